"""A plan's duties as lines to be drawn: done and owed as bars, days left, what is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.duties import DatedDuty, DoneItem, PartCount, QuotaCount
from broadcast.domain.wording import day_text
from broadcast.tui.widgets.columns import fitting

if TYPE_CHECKING:
    from broadcast.workflow.duties import DutiesView

DONE, LATE, OPEN, NONE = "✓", "!", "○", "–"
"""All of it is done; something is overdue; something is still to be done; nothing is owed."""

FULL, PLANNED, EMPTY = "█", "▒", "░"
"""What a bar is made of: done, planned, missing without a plan."""

BAR, COUNT, MISSING, LEFT = 10, 6, 6, 17
"""Columns of the bar, of done/owed, of how many are missing, of the days left."""

UNIT_SHARE = 0.38
"""How much of the room for words the unit may take."""

ABSENT = "·"
"""A period with nothing done."""

Duty = QuotaCount | DatedDuty | DoneItem
"""A line is of a quota, a deadline or report, or of something done that fits no duty any more."""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One line of the table; its texts are not cut yet."""

    of: Duty
    sign: str
    unit: str
    what: str
    bar: str
    count: str = ""
    missing: str = ""
    left: str = ""


def duty_rows(view: DutiesView) -> tuple[DutyRow, ...]:
    """What is overdue from before, then quotas, deadlines and reports, then what fits nothing."""
    return tuple(_rows(view))


def _rows(view: DutiesView) -> Iterator[DutyRow]:
    known = set(view.overdue)
    yield from (_dated(one, view.today) for one in view.overdue)
    yield from (_quota(one, view.today) for one in view.duties.quotas)
    yield from (_dated(one, view.today) for one in view.duties.dated if one not in known)
    for item in view.duties.strays:
        yield DutyRow(item, "?", item.unit, item.what, day_text(item.day), left="không còn mục ấy")


def _quota(one: QuotaCount, today: date) -> DutyRow:
    sign = NONE if not one.owed else LATE if one.lost(today) else OPEN if one.missing else DONE
    count = f"{one.done}/{one.owed}"
    missing = str(one.missing) if one.missing else ""
    bar = progress(one.done, one.planned, one.owed)
    return DutyRow(
        one, sign, one.quota.unit, one.quota.what, bar, count, missing, _quota_left(one, today)
    )


def _quota_left(one: QuotaCount, today: date) -> str:
    if not one.owed:
        return "ngoài kỳ"
    if not one.missing:
        return "đủ"
    left = one.days_left(today)
    return "đã hết kỳ" if left is None else _days(left)


def _days(left: int) -> str:
    if left < 0:
        return f"quá hạn {-left} ngày"
    return f"còn {left} ngày" if left else "hạn hôm nay"


def _dated(one: DatedDuty, today: date) -> DutyRow:
    left = one.days_left(today)
    sign = DONE if one.done else LATE if left is not None and left < 0 else OPEN
    due = day_text(one.due) if one.due else "không ngày"
    told = f"xong {one.done.day:%d/%m}" if one.done else "" if left is None else _days(left)
    count = "1/1" if one.done else "0/1"
    return DutyRow(one, sign, one.unit, one.what, due, count, "" if one.done else "1", told)


def progress(done: int, planned: int, owed: int) -> str:
    """How much of what is owed is there, and how much is planned, as a bar.

    Only all of it fills the bar, and the first one done is seen in it.
    """
    if not owed:
        return ABSENT * BAR
    full, ahead = _share(done, owed), _share(done + planned, owed)
    return FULL * full + PLANNED * (ahead - full) + EMPTY * (BAR - ahead)


def _share(part: int, whole: int) -> int:
    if part >= whole:
        return BAR
    return min(BAR - 1, max(round(BAR * part / whole), 1 if part else 0))


def head_line(width: int) -> Text:
    """The names of the columns."""
    row = DutyRow(_NOBODY, " ", "Đơn vị", "Việc", "", "Đã làm", "Thiếu", "Còn lại")
    return Text(_columns(row, width), "bold", no_wrap=True)


_NOBODY = DoneItem("", "", "chỉ tiêu", "", "", date.min)


def row_line(row: DutyRow, width: int) -> Text:
    """A line in so many columns; what is done is dim, what is overdue bold."""
    style = {DONE: "dim", LATE: "bold"}.get(row.sign, "")
    return Text(_columns(row, width), style, no_wrap=True)


def _columns(row: DutyRow, width: int) -> str:
    room = max(12, width - 2 - BAR - COUNT - MISSING - LEFT - 4)
    unit = round(room * UNIT_SHARE)
    return (
        f"{row.sign} {fitting(row.unit, unit)} {fitting(row.what, room - unit)} "
        f"{row.bar:<{BAR}}{row.count:>{COUNT + 1}}{row.missing:>{MISSING}} {row.left:>{LEFT}}"
    )


def sums(rows: Iterable[DutyRow]) -> str:
    """How many duties are done, open and overdue."""
    signs = [row.sign for row in rows]
    told = [(DONE, "đã xong"), (OPEN, "đang làm"), (LATE, "quá hạn")]
    return " · ".join(f"{sign} {signs.count(sign)} {word}" for sign, word in told)


def duty_text(row: DutyRow, view: DutiesView) -> Text:
    """All of one duty: its words, what counts, its periods, what is recorded for it."""
    unit = f"{row.unit}: " if row.unit else ""
    text = Text.assemble((f"{unit}{row.what}\n", "bold"))
    if isinstance(row.of, QuotaCount):
        _tell_quota(text, row.of, view)
    elif isinstance(row.of, DatedDuty):
        told = f"hạn {day_text(row.of.due)} · " if row.of.due else ""
        text.append(f"{told}{row.of.why}\n")
    for item in items_of(row.of):
        more = " · ".join(filter(None, (item.title, item.link)))
        text.append(f"{DONE} {day_text(item.day)}{f'  {more}' if more else ''}\n")
    text.rstrip()
    return text


def _tell_quota(text: Text, one: QuotaCount, view: DutiesView) -> None:
    source = " · theo nhật ký" if one.counted.by == "lượt phát" else " · ghi bằng tay"
    least = "ít nhất " if one.quota.at_least else ""
    text.append(
        f"{least}{one.quota.count}/{one.quota.per}, {one.counted.by}: {one.counted.why}{source}\n"
    )
    if len(one.parts) > 1:
        text.append(f"Từng {one.quota.per}: {parts_strip(one.parts)}  █ đủ  ▄ một phần  ")
        text.append("░ đã xếp  · chưa có\n")
    _tell_missing(text, one, view.today)


def _tell_missing(text: Text, one: QuotaCount, today: date) -> None:
    lost, open_ = (
        [part for part in one.parts if part.missing and (part.period.last < today) is over]
        for over in (True, False)
    )
    if lost:
        text.append(f"Đã quá kỳ {one.lost(today)}: {'; '.join(map(_part, lost))}\n")
    if open_:
        count = sum(part.missing for part in open_)
        text.append(f"Còn phải làm {count}: {'; '.join(map(_part, open_))}\n")


def parts_strip(parts: Iterable[PartCount]) -> str:
    """The periods of a quota, one character each."""
    return "".join(
        "█" if not part.missing else "▄" if part.done else "░" if part.planned else ABSENT
        for part in parts
    )


def _part(part: PartCount) -> str:
    """A period that lacks something; of a week the year goes without saying."""
    name = part.period.text
    planned = f" (đã xếp {part.planned})" if part.planned else ""
    return (
        f"{name.partition(' năm')[0] if name.startswith('tuần') else name}: {part.missing}{planned}"
    )


def items_of(duty: Duty) -> tuple[DoneItem, ...]:
    """What is recorded for a duty."""
    if isinstance(duty, QuotaCount):
        return duty.items
    if isinstance(duty, DoneItem):
        return (duty,)
    return (duty.done,) if duty.done else ()
