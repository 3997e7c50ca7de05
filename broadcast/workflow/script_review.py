"""What was changed in a script since it was approved: words, recordings, the way it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from broadcast.domain.approval import Approval
from broadcast.domain.pairing import language_name
from broadcast.domain.script import Line, Script
from broadcast.domain.wording import clock, day_text
from broadcast.errors import NotFoundError
from broadcast.store.workspace import Workspace
from broadcast.workflow.hearing import Listener
from broadcast.workflow.pairing import Stands, pairings


@dataclass(frozen=True, slots=True)
class Changed:
    """A row of what is heard: as it was approved, taken out since, or put in since."""

    kind: Literal["kept", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Since:
    """What was changed since an approval, row by row in order, and that in a sentence."""

    approval: Approval
    rows: tuple[Changed, ...]
    told: str


def changes_since_approval(
    workspace: Workspace, script: Script, listener: Listener | None = None
) -> Since:
    """What of the script differs from the text that was approved.

    Args:
        listener: how the station says it now, if that is known already.

    Raises:
        NotFoundError: it was never approved, or the approved text was not kept then.
        InputError: the text that was kept cannot be read.
    """
    title = "Không so được với bản đã duyệt"
    if script.approval is None:
        raise NotFoundError(title, "kịch bản chưa được duyệt lần nào", "gửi duyệt trước")
    approved = workspace.load_approved(script.id)
    if approved is None or approved.approval != script.approval:
        happened = "không có bản lưu của lần duyệt ấy"
        raise NotFoundError(title, happened, "từ lần duyệt tới, bản duyệt được giữ lại để so")
    words = tuple(_rows(_heard(approved), _heard(script)))
    told = [_told(script.approval, words)]
    listener = listener or Listener.at(workspace, workspace.load_station())
    # The words as they were approved, said as they are said today.
    if listener.hear(approved).digest != script.approval.digest:
        told.append("cách đọc, giọng hoặc tệp ghi âm của đài đã đổi sau khi duyệt")
    told += _recordings_told(approved, pairings(workspace, listener.hear(script)))
    spoken = tuple(_rows(_paired(approved), _paired(script)))
    return Since(script.approval, (*words, *spoken), "; ".join(told))


def _paired(script: Script) -> list[str]:
    """The script's recordings in other languages, a row each."""
    return [
        f"[bản ghi âm {language_name(one.language)}: {one.file}, {one.by} ghi]"
        for one in script.recordings
    ]


def _recordings_told(approved: Script, now: Iterable[Stands]) -> Iterator[str]:
    """What was done to recordings since, one after the other."""
    before = {one.language: one for one in approved.recordings}
    for stands in now:
        one, name = stands.pairing, f"bản ghi âm {language_name(stands.pairing.language)}"
        old = before.pop(one.language, None)
        if old is None:
            yield f"thêm {name}"
        elif old.sound != one.sound or stands.state == "tệp đã đổi":
            yield f"{name} đã đổi"
        if stands.state == "thiếu tệp":
            yield f"{name} mất tệp"
    for language in before:
        yield f"bỏ bản ghi âm {language_name(language)}"


def _heard(script: Script) -> list[str]:
    return [_shown(line) for line in script.heard_lines()]


def _shown(line: Line) -> str:
    return line.text if line.cue else f"{line.speaker}: {line.text}"


def _rows(old: list[str], new: list[str]) -> Iterator[Changed]:
    for kind, start, end, first, last in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield from (Changed("kept", text) for text in new[first:last])
            continue
        yield from (Changed("removed", text) for text in old[start:end])
        yield from (Changed("added", text) for text in new[first:last])


def _told(approval: Approval, rows: tuple[Changed, ...]) -> str:
    when = f"{clock(approval.at)} {day_text(approval.at.date())}"
    against = f"bản {approval.by} duyệt lúc {when}"
    added, removed = (sum(row.kind == kind for row in rows) for kind in ("added", "removed"))
    if not added and not removed:
        return f"Lời vẫn như {against}"
    parts = (f"thêm {added} dòng" if added else "", f"bỏ {removed} dòng" if removed else "")
    told = ", ".join(part for part in parts if part)
    return f"{told[0].upper()}{told[1:]} so với {against}"
