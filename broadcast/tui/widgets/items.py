"""The scripts of a week as lines: sign, title, length, where its audio stands. Pure text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.content import Content

from broadcast.domain.wording import clock, day_label, length_clock, moment
from broadcast.tui.hints import in_keys, key_of

if TYPE_CHECKING:
    from broadcast.errors import BroadcastError
    from broadcast.workflow.production import Item, Production

NEXT = "Tiếp theo: "
"""Before the next thing to do, where nothing else is said."""

STATUS_WIDTH = 27
"""Cells for where an item stands; the bar of the one at work fits in."""

_BAR = 20
_PERCENT = 5
_LENGTH = 6
_MARKS = 4
_NARROWEST_TITLE = 10


@dataclass(slots=True)
class Standing:
    """What is going on with the items: chosen ones, shares of those being made, failed ones.

    `queue` has every script of the work that runs; `shares` those begun, 0 to 1.
    """

    chosen: set[str] = field(default_factory=set)
    queue: Collection[str] = ()
    shares: dict[str, float] = field(default_factory=dict)
    failed: dict[str, BroadcastError] = field(default_factory=dict)


Status = tuple[str, str, str]
"""A sign, words, and the theme's colour for both."""


def status(item: Item, standing: Standing) -> Status:
    """Where an item stands: in the work that runs, else on the disk."""
    if item.script in standing.failed:
        return "×", "chưa đọc được", "$error"
    if item.script in standing.queue:
        return _in_work(item, standing.shares.get(item.script))
    if item.blocked:
        words = "không mở được kịch bản" if item.error else f"phải sửa {len(item.blockers)} chỗ"
        return "!", words, "$error"
    draft = "NHÁP, " if item.draft else ""
    if item.to_make:
        return "○", f"{draft}{item.need.value}", "$warning"
    return ("◉", "NHÁP đã đọc, chưa duyệt", "$warning") if draft else ("●", "có MP3", "$success")


def _in_work(item: Item, share: float | None) -> Status:
    if share is None:
        return "…", "chờ đọc", "$accent"
    if share < 1.0:
        return "▸", _bar(share), "$accent"
    if item.draft:
        return "◉", "NHÁP, vừa đọc xong", "$warning"
    return "●", "vừa đọc xong", "$success"


def _bar(share: float, width: int = _BAR) -> str:
    full = round(width * share)
    return "█" * full + "░" * (width - full) + f" {share:4.0%}"


def whole_line(share: float, left: str, width: int) -> Content:
    """All of the work that runs as one bar of `width` cells, with what is told of the time left."""
    told = f"  {left}" if left else ""
    room = max(_BAR, width - _PERCENT - cell_len(told))
    return Content.styled(f"{_bar(share, room)}{told}", "$accent")


def item_line(item: Item, standing: Standing, width: int) -> Content:
    """One item in `width` cells: chosen, sign, title, length, status."""
    sign, words, colour = status(item, standing)
    room = max(width - _MARKS - _LENGTH - STATUS_WIDTH - 2, _NARROWEST_TITLE)
    mark = "✓ " if item.script in standing.chosen else "  "
    seconds = item.seconds
    length = "" if seconds is None else length_clock(seconds)
    return Content.assemble(
        (mark, "bold $accent"),
        (f"{sign} ", colour),
        _fitted(item.title, room),
        f" {length:>{_LENGTH}} ",
        (_fitted(words, STATUS_WIDTH), colour),
    )


def _fitted(text: str, width: int) -> str:
    """The text in exactly `width` cells."""
    if cell_len(text) > width:
        return set_cell_size(text, width - 1) + "…"
    return set_cell_size(text, width)


def summary(made: Production, standing: Standing) -> Content:
    """The line above the list: how many of each kind."""
    fresh = {script for script, share in standing.shares.items() if share == 1.0}
    needed = sum(item.to_make and item.script not in fresh for item in made.items)
    read = [i for i in made.items if i.script in fresh or not (i.blocked or i.to_make)]
    drafts = sum(item.draft for item in read)
    blocked = sum(item.blocked for item in made.items)
    parts = [
        (f"● {len(read) - drafts} có MP3", "$success"),
        (f"   ○ {needed} cần đọc", "$warning" if needed else "dim"),
        (f"   ! {blocked} phải sửa", "$error" if blocked else "dim"),
    ]
    if drafts:
        parts.append((f"   ◉ {drafts} NHÁP", "$warning"))
    if made.unscripted:
        parts.append((f"   · {made.unscripted} lượt chưa có kịch bản", "$warning"))
    if standing.chosen:
        parts.append((f"   ✓ {len(standing.chosen)} đã chọn", "bold $accent"))
    return Content.assemble(*parts)


def item_text(item: Item, standing: Standing) -> Text:
    """All that is known of an item: when it airs, its file, what is to be done."""
    sign, words, _ = status(item, standing)
    if sign == "▸":
        words = "đang đọc"
    text = Text(f"{item.title}\n", "bold")
    body = Text(f"{sign} {words}\n")
    error = standing.failed.get(item.script) or item.error
    if error is not None:
        body.append(f"! {in_keys(error.happened or error.title)}", "bold")
        body.append(f" → {in_keys(error.mend)}\n" if error.mend else "\n")
    for finding in item.blockers:
        line = f"dòng {finding.line}: " if finding.line else ""
        body.append(f"! {line}{finding.message}", "bold")
        body.append(f" → {finding.mend}\n")
    body.append(f"Phát: {' · '.join(moment(a.starts) for a in item.airings)}\n")
    body.append_text(_file_text(item))
    if item.hearing and len(item.hearing.findings) > len(item.blockers):
        count = len(item.hearing.findings) - len(item.blockers)
        body.append(f"{count} điểm nên xem trước khi phát: {key_of('render.findings')}\n")
    body.rstrip()
    return Text.assemble(text, body)


def _file_text(item: Item) -> Text:
    """Which file there is, how long and loud, who read it when."""
    audio = item.audio
    if audio is None:
        return Text()
    old = " (bản cũ)" if item.to_make or item.blocked else ""
    made = item.made_at
    when = f" · đọc {day_label(made.date())} {clock(made)}" if made else ""
    return Text(
        f"Tệp{old}: {audio.file}\n{length_clock(audio.seconds)} · {audio.loudness:.1f} LUFS · đỉnh "
        f"{audio.true_peak:.1f} dBTP · bộ đọc {audio.engine}{when}\n"
    )


def next_to_make(made: Production, standing: Standing) -> str:
    """The one thing to do next on this screen, in keys."""
    if not made.airings:
        return f"Tuần này chưa có lượt phát nào: Esc về Tuần, {key_of('week.fill')} xếp lịch"
    if not made.items:
        return f"Chưa có kịch bản nào: Esc về Tuần, {key_of('week.assemble')} soạn kịch bản"
    start = key_of("render.start")
    if chosen := sum(item.script in standing.chosen for item in made.items):
        return f"{start} đọc {chosen} kịch bản đã chọn"
    if needed := sum(item.to_make for item in made.items):
        return f"{NEXT}{start} đọc {needed} kịch bản cần đọc"
    for count, told in (
        (sum(item.blocked for item in made.items),
         f"kịch bản phải sửa: {key_of('render.findings')} xem"),
        (made.unscripted, f"lượt chưa có kịch bản: Esc về Tuần, {key_of('week.assemble')} soạn"),
        (sum(item.draft for item in made.items),
         f"bản còn là NHÁP: Esc về Tuần, {key_of('week.approve')} duyệt rồi đọc lại"),
    ):  # fmt: skip
        if count:
            return f"{NEXT}{count} {told}"
    return f"Cả tuần đã có MP3: Enter nghe, hoặc về Tuần {key_of('week.export')} xuất"


def empty_text(made: Production) -> Text:
    """What is told in the place of the list where there is nothing to list."""
    fill, assemble, approve = map(key_of, ("week.fill", "week.assemble", "week.approve"))
    what, first = "chưa có lượt phát nào", f"{fill} xếp lịch theo kế hoạch, "
    if made.airings:
        what, first = f"có {made.airings} lượt phát nhưng chưa có kịch bản nào", ""
    return Text(
        f"Tuần này {what}.\n\n1. Esc (hoặc phím 1) về màn hình Tuần.\n2. {first}{assemble} soạn "
        f"kịch bản, {approve} duyệt.\n3. Trở lại đây, {key_of('render.start')} đọc thành MP3."
    )
