"""Rules of a week about days that are closed."""

from __future__ import annotations

from collections.abc import Iterator

from broadcast.domain.checked import Checked, Dated
from broadcast.domain.week import Airing, Finding
from broadcast.domain.wording import day_label


def check(checked: Checked) -> Iterator[Dated]:
    """An airing on a closed day, unless it is urgent: a storm does not wait for a holiday."""
    for airing in checked.week.airings:
        special = checked.days.get(airing.day)
        if special and special.closed and airing.level != "khẩn cấp":
            message = f"{day_label(airing.day)} ({special.name}) là ngày đài nghỉ"
            yield airing.starts, Finding("closed-day", message, _mend(checked, airing), airing.id)


def _mend(checked: Checked, airing: Airing) -> str:
    """The nearest day of the week that is open and has the slot, else to leave the airing out."""
    slot = checked.station.slot(airing.slot or "")
    open_days = [
        day
        for day in checked.week.id.days()
        if (day not in checked.days or not checked.days[day].closed)
        and (slot is None or slot.stands_on(day))
    ]
    there = {(other.day, other.slot) for other in checked.week.airings}
    free = [day for day in open_days if slot is None or (day, slot.id) not in there]
    nearest = min(free, key=lambda day: abs((day - airing.day).days), default=None)
    first = f"dời sang {day_label(nearest)}" if nearest else "bỏ lượt phát này"
    return f"{first}, hoặc sửa mục holidays, days trong schedules/station.yaml nếu vẫn phát"
