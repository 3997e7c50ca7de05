"""What is told of the airing under the cursor: beside the grid, and in full in a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.station_fields import about_slot
from broadcast.domain.week import Airing, Finding
from broadcast.domain.wording import SIGNS, clock, day_label, day_text, length_clock
from broadcast.tui.hints import in_keys, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcast.tui.widgets.cells import Table
    from broadcast.workflow.weeks import WeekView


def side_text(view: WeekView, airing: Airing) -> Text:
    """Title, then all of `about_text`."""
    text = Text(f"{view.title(airing) or '(chưa có tên)'}\n")
    text.stylize("bold")
    return text.append_text(about_text(view, airing))


def place_text(view: WeekView, table: Table, row: int, column: int) -> Text:
    """What is told of a cell without an airing: the day, the slot, what may be done."""
    day, slot, free = table.days[column], table.rows[row].slot, table.free(row, column)
    text = day_text_of(table, column)
    if slot is None or free.kind == "none":
        return text.append("Không có khung giờ này vào ngày này.", "dim")
    add, fill = key_of("week.add"), key_of("week.fill")
    text.append(
        {
            "off": f"Khung giờ này không có vào ngày này ({free.text}).",
            "taken": "Giờ này đã có người dùng, không xếp chương trình vào.",
            "closed": f"Đài nghỉ: {fill} để trống ô này; {add} vẫn thêm được.",
        }.get(free.kind, f"Khung giờ còn trống. {add} thêm lượt phát, {fill} xếp cả tuần.")
    )
    for finding in view.findings_at(day, slot.id):
        text.append(f"\n! {finding.message}", "bold")
        text.append(f" → {in_keys(finding.mend)}" if finding.mend else "")
    return text.append(f"\n{slot.name}: {about_slot(view.station, slot)}", "dim")


def day_text_of(table: Table, column: int) -> Text:
    """The day of a column with its name and lunar date, a line; nothing of a day like others."""
    text = Text()
    label = table.labels[column] if table.labels else None
    if label and label.name:
        text.append(f"{day_label(label.day)}, {label.lunar_text}: {label.told}\n", "bold")
    return text


def about_text(view: WeekView, airing: Airing) -> Text:
    """Topic, script, zones, duration, approval, file and findings of an airing."""
    text = Text()
    state = view.stands(airing)
    text.append(f"{SIGNS[state]} {state}{_logged(view, airing) or _approval(view, airing)}\n")
    text.append(f"{_when(view, airing)} · {zone_names(view, airing.zones)}\n")
    findings = findings_of(view, airing)
    for finding in findings:
        text.append(f"! {finding.message}", "bold")
        text.append(f" → {in_keys(finding.mend)}" if finding.mend else "")
        text.append(f" (theo {finding.source})\n" if finding.source else "\n", "dim")
    text.append(f"{_topic(airing)} · {_script(view, airing)}\n")
    if airing.why:
        text.append(f"Vì {airing.why}", "dim")
    text.rstrip()
    return text


def findings_of(view: WeekView, airing: Airing) -> list[Finding]:
    """What the week's check found about the airing."""
    return [finding for finding in view.findings if finding.airing == airing.id]


def _when(view: WeekView, airing: Airing) -> str:
    seconds = view.seconds(airing)
    told = "chưa rõ" if seconds is None else length_clock(seconds)
    return f"{day_label(airing.day)} {clock(airing.start)}, {told}/{airing.minutes}:00"


def zone_names(view: WeekView, zones: Sequence[str]) -> str:
    """Zones (their ids) as the station calls them."""
    if set(zones) == {zone.id for zone in view.station.zones}:
        return "mọi cụm loa"
    names = (z.name if (z := view.station.zone(one)) else f"{one}?" for one in zones)
    return ", ".join(names)


def _topic(airing: Airing) -> str:
    return f"Nội dung {airing.plan}: {airing.topic}" if airing.topic else "Không theo kế hoạch"


def _script(view: WeekView, airing: Airing) -> str:
    if airing.script is None:
        return "chưa có kịch bản"
    audio = view.audio.get(airing.script)
    return f"tệp {audio.file}" if audio else f"kịch bản {airing.script}"


def _logged(view: WeekView, airing: Airing) -> str:
    """Who says what became of it, and why not all of it; "" if it is not logged."""
    line = view.logged.get(airing.id)
    if line is None:
        return ""
    why = {one.reason or one.note for one in line.entry.heard if one.reason or one.note}
    return f" ({', '.join(filter(None, (*sorted(why), f'{line.entry.by} ghi')))})"


def _approval(view: WeekView, airing: Airing) -> str:
    hearing = view.hearings.get(airing.script or "")
    if hearing and (review := hearing.review):
        done = "gửi duyệt" if review.state == "chờ duyệt" else f"trả lại: {review.note}"
        return f" ({review.by} {done}, {day_text(review.at.date())})"
    if hearing is None or hearing.script.approval is None:
        return ""
    approval = hearing.script.approval
    if hearing.state != "đã duyệt":
        return f" (đã sửa sau khi {approval.by} duyệt {day_text(approval.at.date())})"
    return f" ({approval.by} duyệt {day_text(approval.at.date())})"
