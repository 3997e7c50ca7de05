"""A period's report drawn in letters: bars, and beside each bar its numbers. Pure text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from broadcast.domain.week import WeekId
from broadcast.domain.wording import clock, day_label

if TYPE_CHECKING:
    from broadcast.domain.report import Counted, Incident, Report, Tally
    from broadcast.workflow.reports import Made

HEARD, LOST, UNLOGGED = "█", "×", "░"
"""Minutes heard, lost and not logged, in a bar: told apart without colour."""

LEGEND = f"{HEARD} đã phát   {LOST} mất   {UNLOGGED} chưa ghi"

_NAME, _NUMBERS, _LEAST = 22, 24, 8
_QUOTA = 20
_LIMIT = 30
"""Incidents told one by one; of more, the paper has all."""

_COLOURS = {HEARD: "$success", LOST: "$error", UNLOGGED: "$foreground 60%"}


def parts(values: Sequence[int], most: int, width: int) -> tuple[int, ...]:
    """Cells for values that make up one bar; `most` takes the whole `width`.

    Their sum is the bar's length to the nearest cell; what is there at all has a cell of its own
    as long as there is room.
    """
    total = sum(values)
    if not total or most <= 0:
        return (0,) * len(values)
    length = max(round(width * total / most), 1)
    exact = [length * value / total for value in values]
    cells = [int(one) for one in exact]
    rest = sorted(range(len(values)), key=lambda n: cells[n] - exact[n])
    for n in rest[: length - sum(cells)]:
        cells[n] += 1
    return _seen(cells, values)


def _seen(cells: list[int], values: Sequence[int]) -> tuple[int, ...]:
    """A cell from the longest part for each that would not be seen."""
    for n, value in enumerate(values):
        longest = max(range(len(cells)), key=lambda m: cells[m])
        if value and not cells[n] and cells[longest] > 1:
            cells[n], cells[longest] = 1, cells[longest] - 1
    return tuple(cells)


def bar(tally: Tally, most: int, width: int) -> Content:
    """Minutes of some airings as a bar; `most` minutes take the whole `width`."""
    values = (tally.minutes_heard, tally.minutes_lost, tally.minutes_unlogged)
    cells = parts(values, most, width)
    shown = [(sign * n, _COLOURS[sign]) for sign, n in zip(_COLOURS, cells, strict=True)]
    return Content.assemble(*shown, " " * (width - sum(cells)))


def bars(lines: Sequence[Counted], names: Iterable[str], width: int) -> tuple[Content, ...]:
    """A line for each count: name, bar, minutes heard of those planned."""
    most = max((line.tally.minutes_planned for line in lines), default=0)
    room = max(_LEAST, width - _NAME - _NUMBERS - 2)
    found = []
    for line, name in zip(lines, names, strict=True):
        t = line.tally
        share = f"{t.share:.0%}"
        numbers = f" {number(t.minutes_heard):>7}/{number(t.minutes_planned):<7}{share:>5}"
        found.append(Content.assemble(_fitted(name, _NAME), " ", bar(t, most, room), numbers))
    return tuple(found)


def number(value: int) -> str:
    """A number as Vietnamese write it: "12.480"."""
    return f"{value:,}".replace(",", ".")


def _fitted(text: str, width: int) -> str:
    shown = text if cell_len(text) <= width else f"{text[: width - 1]}…"
    return set_cell_size(shown, width)


def report_text(made: Made, width: int) -> Content:
    """The whole report, for a screen `width` cells wide."""
    from broadcast.publish.report_tables import notes  # noqa: PLC0415 - when asked for

    told = made.report
    remarks = [*notes(told), *(f"Nhật ký có chỗ hỏng: {one}" for one in made.problems)]
    lines = [*(Content(_indented("! ", one, width)) for one in remarks), *_totals(told)]
    if not told.empty:
        for head, counts in (
            ("Phút loa theo tuần", told.by_week),
            ("Phút loa theo cụm loa", told.by_zone),
            ("Phút loa theo thứ tiếng", told.by_language if len(told.by_language) > 1 else ()),
        ):
            lines += _section(head, bars(counts, map(_name, counts), width))
    lines += _section(_topics_head(told), _topics(told, width))
    lines += _section("Chỉ tiêu", _quotas(told, width))
    lines += _section(_incidents_head(told), _incidents(told, width))
    return Content("\n").join(lines)


def _name(line: Counted) -> str:
    """What a line is called; a week by its number and its Monday."""
    try:
        week = WeekId.parse(line.key, date.min)
    except ValueError:
        return line.name
    return f"Tuần {week.number} từ {week.days()[0]:%d/%m}"


def _indented(head: str, text: str, width: int) -> str:
    """A text in as many lines as it takes, those after the first as far in as after `head`."""
    lines = wrap(text, width - len(head)) or [""]
    return head + f"\n{' ' * len(head)}".join(lines)


def _totals(told: Report) -> list[Content]:
    t = told.total
    heard = f"đã phát {number(t.heard)}, không phát {number(t.missed)}"
    lost = f"mất {number(t.minutes_lost)}, chưa ghi {number(t.minutes_unlogged)}"
    minutes = f"kế hoạch {number(t.minutes_planned)}, đã phát {number(t.minutes_heard)}"
    return [
        Content(f"{number(t.airings)} lượt phát, {number(t.planned)} lượt loa: {heard}, "
                f"chưa ghi {number(t.unlogged)}"),
        Content.assemble("Phút loa: ", (f"{minutes} ({t.share:.0%})", "bold"), f", {lost}"),
        Content.styled(LEGEND, "$foreground 70%"),
    ]  # fmt: skip


def _section(head: str, lines: Iterable[Content]) -> list[Content]:
    shown = list(lines)
    return [Content(""), Content.styled(head, "bold"), *shown] if shown else []


def _topics_head(told: Report) -> str:
    silent = sum(not one.heard for one in told.topics)
    heard = len(told.topics) - silent
    return f"Nội dung kế hoạch: {heard} đã phát, {silent} chưa phát lần nào"


def _topics(told: Report, width: int) -> Iterable[Content]:
    """Every topic with how often it was heard, those not heard first, then as the plan has them."""
    from broadcast.vietnamese.listener import short_title  # noqa: PLC0415 - when asked for

    most = max((one.heard for one in told.topics), default=0)
    room = max(_LEAST, width // 4)
    for one in sorted(told.topics, key=lambda one: one.heard > 0):
        (cells,) = parts([one.heard], most, room)
        count = f"{one.heard:>4} lần " if one.heard else " chưa phát"
        title = _fitted(short_title(one.text), max(_NAME, width - room - 12))
        mark = ("! ", "$warning") if not one.heard else "  "
        yield Content.assemble(mark, title, count, ("■" * cells, "$success"))


def _quotas(told: Report, width: int) -> Iterable[Content]:
    """Airings and other things apart, as the plans' duties count them."""
    for one in (count for duties in told.duties for count in duties.quotas if count.parts):
        (done,) = parts([one.done], one.owed, _QUOTA)
        left = f", còn thiếu {one.missing}" if one.missing else ""
        shown = (
            f"[{'█' * done}{'░' * (_QUOTA - done)}] {one.done}/{one.owed} {one.counted.by}{left}"
        )
        unit = f"{one.quota.unit}: " if one.quota.unit else ""
        yield Content(_indented("! " if one.missing else "✓ ", f"{unit}{one.quota.what}", width))
        yield Content.styled(f"  {shown}", "$warning" if one.missing else "$success")


def _incidents_head(told: Report) -> str:
    lost = sum(one.lost for one in told.incidents)
    return f"{len(told.incidents)} sự cố, mất {number(lost)} phút loa"


def _incidents(told: Report, width: int) -> Iterable[Content]:
    if not told.incidents:
        return
    most = max(one.lost for one in told.reasons)
    for one in told.reasons:
        (cells,) = parts([one.lost], most, _QUOTA)
        shown = f"{LOST * cells:<{_QUOTA}}"
        yield Content.assemble(_fitted(one.reason, _NAME), " ", (shown, "$error"),
                               f" {one.incidents} sự cố, {number(one.lost)} phút")  # fmt: skip
    for incident in told.incidents[:_LIMIT]:
        yield Content(_indented("· ", _incident(told, incident), width))
    if len(told.incidents) > _LIMIT:
        yield Content(f"… và {len(told.incidents) - _LIMIT} sự cố nữa, đủ trong tệp báo cáo")


def _incident(told: Report, one: Incident) -> str:
    from broadcast.workflow.log_view import heard_text  # noqa: PLC0415 - when asked for

    airing = one.row.airing
    what = heard_text(told.station, one.heard, of_all=False)
    return f"{day_label(airing.day)} {clock(airing.start)} {what}"
