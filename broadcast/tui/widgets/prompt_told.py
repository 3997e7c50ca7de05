"""What the prompter tells of a line and of a take, in words. Pure text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from broadcast.domain.wording import length_clock
from broadcast.tui.hints import in_keys
from broadcast.vietnamese.characters import shorten

if TYPE_CHECKING:
    from broadcast.errors import BroadcastError
    from broadcast.workflow.prompter import Prompter, Take
    from broadcast.workflow.voice_tracking import LineToRead

_QUOTED = 60


def head(prompter: Prompter) -> Content:
    """Which line of how many, and how many are there."""
    place = prompter.place
    count = len(place.lines)
    done = count - place.unread
    by = f" · người đọc: {prompter.by}" if prompter.by else ""
    told = f"Tự đọc · câu {place.at + 1}/{count} · đã thu {done}{by} · {prompter.title}"
    return Content(told)


def line_told(prompter: Prompter) -> Content:
    """Who reads the line now, and why it is to be read."""
    line = prompter.line
    if line.recorded:
        own = line.recorded
        where = "" if own.script == prompter.script_id else f" cho bài {own.script}"
        told = f"✓ {own.by} đã thu{where}; dùng ở mọi bài có đúng lời này. Space để thu lại."
        return Content.styled(told, "$success")
    length = f"đọc chừng {length_clock(line.expected)}"
    if line.was:
        old = shorten(line.was.text, _QUOTED)
        return Content.assemble(
            (f"! Lời đã đổi sau khi {line.was.by} thu: «{old}»", "$warning"),
            f"\nMáy đang đọc câu này; Space để thu lại, {length}.",
        )
    again = "\n! Bài đã duyệt: thu thêm câu nào thì phải duyệt lại." if prompter.approved else ""
    return Content.assemble(f"○ Máy đang đọc câu này. Space để thu, {length}.", (again, "$warning"))


def take_told(take: Take, line: LineToRead) -> Content:
    """How long a take is, and what is wrong with it."""
    lengths = f"{length_clock(take.sound.seconds)}, dự kiến {length_clock(line.expected)}"
    if not take.doubts:
        return Content.styled(f"✓ Thu tốt ({lengths}). Enter giữ.", "$success")
    # Of several there is room for what is wrong only: a line each in the smallest window.
    mends = [f" → {one.mend}" if len(take.doubts) == 1 else "" for one in take.doubts]
    parts = [
        Content.assemble((f"! {doubt.message}", "bold $error"), mend)
        for doubt, mend in zip(take.doubts, mends, strict=True)
    ]
    return Content("\n").join(parts)


def error_told(error: BroadcastError) -> Content:
    """An error in a few lines: what, why, what to do."""
    what = ": ".join(filter(None, (error.title, in_keys(error.happened))))
    mend = f"\n→ {in_keys(error.mend)}" if error.mend else ""
    return Content.assemble((f"! {what}", "bold $error"), mend)
