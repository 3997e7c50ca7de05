"""A day of the airing log as lines, its month as a strip, one airing in full. Pure text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import set_cell_size
from rich.text import Text
from textual.content import Content

from broadcast.domain.wording import AIRED_SIGNS, clock, day_text, moment, weekday_title
from broadcast.tui.hints import key_of

if TYPE_CHECKING:
    from broadcast.domain.log import Heard
    from broadcast.domain.station import Station
    from broadcast.workflow.log_rows import Row
    from broadcast.workflow.log_session import LogDay

DAY_SIGNS = {"không có": "·", "chưa ghi": "?", "có sự cố": "◐", "đã ghi": "✓"}
"""A sign for each state of a day, so that it reads without colour."""

_SIGNS = {**AIRED_SIGNS, "chưa ghi": "?", "chưa đến giờ": "·"}
_OUTCOMES = {"như kế hoạch": "✓", "muộn": "◐", "bị cắt ngắn": "◐", "không phát": "✗"}
_COLOURS = {"✓": "$success", "◐": "$warning", "✗": "$error", "?": "$accent", "·": "$foreground 60%"}
_HEAD, _TIME, _MINUTES, _NARROWEST = 14, 6, 9, 16
_SHARE = 1 / 2
"""Of the room after the numbers that names get; the rest is for what is logged."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: an airing, or with `zone` what that zone heard of it."""

    row: Row
    zone: str | None = None

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones that are meant by it."""
        return (self.zone,) if self.zone else self.row.airing.zones


def lines_of(day: LogDay) -> tuple[Line, ...]:
    """The day's airings, each with its zones below it."""
    return tuple(
        one for row in day.rows for one in (Line(row), *(Line(row, z) for z in row.airing.zones))
    )


def head_text(width: int) -> str:
    """The names of the columns over the list."""
    name = _name_width(width)
    told = f"{'Giờ':<{_TIME}}{'Chương trình, cụm loa':<{name + 2}}"
    return f"{told}{'Kế hoạch':>{_MINUTES}}{'Đã nghe':>{_MINUTES}}  Nhật ký"


def _name_width(width: int) -> int:
    return max(_NARROWEST, int((width - _TIME - 4 - 2 * _MINUTES) * _SHARE))


def line_parts(line: Line, station: Station, now: datetime) -> tuple[str, str, str, str, str]:
    """Sign, name, minutes planned and heard, and what is logged, of a line."""
    row, airing = line.row, line.row.airing
    state, planned = row.state(now), f"{airing.minutes}"
    if line.zone is None:
        title = airing.title or "(chưa có tên)"
        return _SIGNS[state], title, f"{planned} phút", _heard_minutes(row), state
    zone = station.zone(line.zone)
    name = zone.name if zone else line.zone
    one = row.line.entry.in_zone(line.zone) if row.line else None
    if one is None:
        return _SIGNS[state], name, planned, "–", state
    return _OUTCOMES[one.outcome], name, planned, f"{one.minutes}", _told(station, one)


def _heard_minutes(row: Row) -> str:
    """Minutes that zones heard: "15", or where they differ "0–15"."""
    if not row.line:
        return "–"
    minutes = [one.minutes for one in row.line.entry.heard]
    least, most = min(minutes), max(minutes)
    return f"{least}" if least == most else f"{least}–{most}"


def _told(station: Station, one: Heard) -> str:
    from broadcast.workflow.log_view import heard_text  # noqa: PLC0415 - after first paint

    return heard_text(station, one, of_all=True)


def line_text(line: Line, station: Station, now: datetime, width: int) -> Content:
    """A line `width` cells wide; words say all that its colours do."""
    sign, name, planned, heard, told = line_parts(line, station, now)
    of_airing = line.zone is None
    text = Content.assemble(
        set_cell_size(clock(line.row.airing.start) if of_airing else "", _TIME),
        (f"{sign} ", _COLOURS[sign]),
        _fitted(name if of_airing else f" {name}", _name_width(width)),
        f"{planned:>{_MINUTES}}{heard:>{_MINUTES}}  {told}",
    )
    return text.stylize("bold") if of_airing else text


def _fitted(text: str, width: int) -> str:
    shown = text if len(text) <= width else f"{text[: width - 1]}…"
    return set_cell_size(shown, width)


def month_strip(day: LogDay) -> Content:
    """The month in two lines: numbers of the days over their signs, the one shown in brackets.

    Every day takes two cells, so that of numbers only Mondays' have room.
    """
    first = day.month[0][0]
    numbers, signs = [f"{f'Tháng {first:%m/%Y}':<{_HEAD}}"], [Content(f"{'':<{_HEAD}}")]
    before = False
    for one, state in day.month:
        shown, sign = one == day.day, DAY_SIGNS[state]
        numbers.append(f"{one.day:>2}" if one.weekday() == 0 else "  ")
        signs.append(Content.assemble("[" if shown else "]" if before else " ",
                                      (sign, _COLOURS[sign])))  # fmt: skip
        before = shown
    signs.append(Content("]" if before else ""))
    return Content.assemble("".join(numbers), "\n", *signs)


def title_text(day: LogDay, today: str = "") -> str:
    """The line at the top: which day, how many days wait."""
    waiting = f" · còn {len(day.unlogged)} ngày chưa ghi" if day.unlogged else ""
    return f"Nhật ký {weekday_title(day.day)} {day_text(day.day)}{today}{waiting}"


def airing_text(line: Line, station: Station, now: datetime) -> Text:
    """All that is known of an airing: what was heard where, who says so, what it rests on."""
    row, airing = line.row, line.row.airing
    text = Text().append(f"{clock(airing.start)} {airing.title or '(chưa có tên)'}\n", "bold")
    for told in _heard_lines(row, station):
        text.append(f"{told}\n")
    if row.line is None:
        state = row.state(now)
        press = f": {key_of('log.as_planned')} ghi cả ngày" if state == "chưa ghi" else ""
        return text.append(f"{state[:1].upper()}{state[1:]}{press}")
    entry = row.line.entry
    again = " (ghi lại)" if entry.corrects else ""
    text.append(f"{entry.by} ghi {moment(entry.at)}{again}, {row.line.file} dòng {row.line.number}")
    evidence = entry.evidence
    if evidence.approved_by:
        paper = f", văn bản {evidence.paper}" if evidence.paper else ""
        text.append(f"\nDuyệt: {evidence.approved_by}{paper}")
    if evidence.file:
        text.append(f"\n{evidence.file}")
    return text


def _heard_lines(row: Row, station: Station) -> Iterable[str]:
    from broadcast.workflow.log_view import heard_text, zone_names  # noqa: PLC0415 - likewise

    for one in row.line.entry.heard if row.line else ():
        yield heard_text(station, one, of_all=False)
    if row.line is None:
        yield f"Cụm loa: {zone_names(station, row.airing.zones)}"
