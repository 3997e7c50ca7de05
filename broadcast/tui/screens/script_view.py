"""What the script screen shows, made in workers: texts, and what of them is new. No widgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.script import BLOCKING
from broadcast.domain.wording import STATE_SIGNS, length_clock, length_text, meter
from broadcast.tui.hints import in_keys, key_of
from broadcast.tui.memory import undisturbed
from broadcast.tui.widgets.spoken_area import Patch, Said, patch, said_of
from broadcast.vietnamese.characters import fold

if TYPE_CHECKING:
    from broadcast.workflow.script_list import Entry
    from broadcast.workflow.script_session import Found, Preview, ScriptSession, Since

_AROUND = 2
"""Rows of the approved text shown around a change."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The rows that are in the editor of a session, and where its cursor is."""

    session: ScriptSession
    rows: list[str]
    cursor: tuple[int, int] = (0, 0)

    @property
    def text(self) -> str:
        """The rows as the session has them."""
        return "\n".join(self.rows)


@dataclass(frozen=True, slots=True)
class Heard:
    """How what was typed will be heard.

    `patch` is what of it differs from the last time, `whole` whether that was another script.
    `marks` are the rows with findings, and whether these keep the script from being read out.
    """

    typed: Typed
    preview: Preview
    patch: Patch
    whole: bool
    marks: Mapping[int, bool]
    unsaved: bool


class Hearer:
    """Hears what is typed, time after time; of use to one worker at a time."""

    def __init__(self) -> None:
        self._session: ScriptSession | None = None
        self._said: list[Said] = []

    def hear(self, typed: Typed) -> Heard:
        """How the script will be heard, and what is new in that."""
        with undisturbed(len(typed.rows)):
            return self._heard(typed)

    def _heard(self, typed: Typed) -> Heard:
        text = typed.text
        preview = typed.session.preview(text)
        pairs = zip(preview.rows, typed.rows, strict=True)
        said = [said_of(row, written) for row, written in pairs]
        whole = self._session is not typed.session
        found = patch([] if whole else self._said, said)
        self._session, self._said = typed.session, said
        marks: dict[int, bool] = {}
        for one in preview.findings:
            if one.row is not None:
                marks[one.row] = marks.get(one.row, False) or one.finding.rule in BLOCKING
        return Heard(typed, preview, found, whole, marks, text != typed.session.saved_text)


# The list


def entry_text(entry: Entry, width: int) -> Text:
    """A script in the list: sign and title; below it state, length, topic, when it is on air."""
    if entry.error:
        text = Text(f"✗ {entry.title}", "bold", no_wrap=True, overflow="ellipsis")
        problems = [str(one) for one in entry.error.problems] or [entry.error.happened]
        return text.append(f"\n  Không đọc được: {problems[0]}", "not bold")
    text = Text(f"{STATE_SIGNS[entry.state or 'nháp']} {entry.title}", "bold")
    text.truncate(width, overflow="ellipsis")
    below = Text("\n  " + " · ".join(_told(entry)), "not bold dim")
    below.truncate(width + 1, overflow="ellipsis")
    return text.append_text(below)


def _told(entry: Entry) -> Iterator[str]:
    yield entry.state or "nháp"
    yield length_text(entry.seconds)
    if entry.findings:
        yield f"! {entry.findings} chỗ cần xem"
    yield f"phát {entry.used}" if entry.used else "chưa xếp lịch"
    if entry.topic:
        yield f"mục {entry.topic}"


def matching(entries: Sequence[Entry], words: str) -> list[Entry]:
    """The scripts that have every word, accents or not."""
    wanted = fold(words).split()
    return [one for one in entries if all(word in _searched(one) for word in wanted)]


def _searched(entry: Entry) -> str:
    broken = "không đọc được" if entry.error else entry.state or ""
    return fold(f"{entry.title} {entry.id} {broken} {entry.topic or ''} {entry.used}")


def same(one: Sequence[Entry], other: Sequence[Entry]) -> bool:
    """Whether two lists say the same; errors are never one another's equal."""
    return [_key(entry) for entry in one] == [_key(entry) for entry in other]


def _key(entry: Entry) -> tuple[object, ...]:
    error = (str(entry.error), [*map(str, entry.error.problems)]) if entry.error else None
    told = entry.id, entry.title, entry.state, entry.seconds, entry.topic, entry.days
    return *told, entry.findings, error


# The editor


def meter_text(heard: Heard, width: int) -> Text:
    """State, length against the slot as a bar, which slot, how much is to be looked at."""
    preview, slot = heard.preview, heard.typed.session.slot
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append(f"{STATE_SIGNS[preview.state]} {preview.state}  ", "bold")
    findings = len(preview.findings)
    if findings:
        style = "bold reverse" if preview.blockers else "bold"
        text.append(f"! {findings} chỗ", style)
        text.append(f" ({key_of('script.check')})  ")
    if slot is None:
        return text.append(f"{length_clock(preview.seconds)} · chưa xếp lịch phát")
    text.append(f"{length_clock(preview.seconds)}/{length_clock(slot.seconds)} ")
    bar = meter(preview.seconds, round(slot.seconds / 60), max(6, min(20, width - 64)))
    text.append(bar, "bold" if preview.seconds > slot.seconds else "")
    over = preview.seconds - slot.seconds
    if over > 0:
        text.append(f" dài quá {length_text(over)}", "bold")
    return text.append(f"  {slot.told}", "dim")


def row_text(heard: Heard, row: int) -> Text:
    """What is found in a row, and what of it is read in another way than written, by which rule."""
    text = Text()
    if row >= len(heard.preview.rows):
        return text
    shown = heard.preview.rows[row]
    for finding in shown.findings:
        text.append(f"! {finding.message}", "bold")
        text.append(f" → {in_keys(finding.mend)}\n" if finding.mend else "\n")
    for change in shown.changes:
        text.append(change.written.strip() or "␣")
        text.append(f" → {change.spoken or '(không đọc)'}", "bold")
        text.append(f" ({change.rule})\n", "dim")
    if not text:
        text.append(f"Dòng {row + 1}: {_WHAT[shown.kind]}", "dim")
    text.rstrip()
    return text


_WHAT = {
    "speech": "đọc đúng như viết",
    "cue": "hiệu lệnh",
    "blank": "dòng trống, không đọc",
    "comment": "ghi chú, không đọc",
    "wrong": "hiệu lệnh lạ",
}


def next_step(heard: Heard) -> str:
    """The one thing to do next with a script."""
    preview = heard.preview
    check, submit, approve = (key_of(f"script.{one}") for one in ("check", "submit", "approve"))
    if preview.blockers:
        return f"Phải sửa {len(preview.blockers)} chỗ trước khi trình: {check} xem từng chỗ"
    if preview.state == "đã duyệt":
        return "Đã duyệt; sửa lời thì phải duyệt lại. Esc quay ra"
    if preview.state == "chờ duyệt":
        return f"Chờ duyệt: {approve} duyệt, hoặc {key_of('script.send_back')} trả lại kèm lý do"
    review = preview.hearing.review
    if preview.state == "trả lại" and review:
        return f"{review.by} trả lại: {review.note}. Sửa rồi {submit} trình lại"
    look = f"{check} xem {len(preview.findings)} chỗ cần xem, " if preview.findings else ""
    return f"Tiếp theo: {look}{submit} trình duyệt, hoặc {approve} duyệt luôn"


def place(found: Found) -> str:
    """Where a finding is, at the head of a line."""
    return "" if found.row is None else f"dòng {found.row + 1}: "


def look_over(heard: Heard) -> Text:
    """What whoever answers for the script is told: its length and what is to be looked at."""
    preview, slot = heard.preview, heard.typed.session.slot
    text = Text(f"«{heard.typed.session.title}»\nDài {length_text(preview.seconds)}")
    text.append(f", khung giờ {length_text(slot.seconds)} ({slot.told})" if slot else "")
    if not preview.findings:
        return text.append("\nKhông có chỗ nào cần xem.")
    text.append(f"\n{len(preview.findings)} chỗ cần xem:", "bold")
    for one in preview.findings:
        text.append(f"\n  ! {place(one)}{one.finding.message}")
    return text


def since_text(since: Since, added: str, removed: str) -> Text:
    """What was changed since the approval: signs and colours; rows that stayed only around it.

    Args:
        added, removed: styles.
    """
    text = Text(f"{since.told}\n", "bold")
    changed = {n for n, row in enumerate(since.rows) if row.kind != "kept"}
    shown = {n + by for n in changed for by in range(-_AROUND, _AROUND + 1)}
    left_out = 0
    for number, row in enumerate(since.rows):
        if number not in shown:
            left_out += 1
            continue
        _tell_left_out(text, left_out)
        left_out = 0
        sign, style = {"added": ("+", added), "removed": ("−", removed), "kept": (" ", "not bold")}[
            row.kind
        ]
        text.append(f"\n{sign} {row.text}", f"not bold {style}" if style != "not bold" else style)
    _tell_left_out(text, left_out)
    return text


def _tell_left_out(text: Text, rows: int) -> None:
    if rows:
        text.append(f"\n  … {rows} dòng như cũ", "not bold dim")
