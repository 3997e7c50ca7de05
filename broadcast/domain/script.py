"""A script: front matter, then speakers' lines and cues, kept so that it prints back unchanged.

The text format (design: "A workspace")::

    [nhạc hiệu]
    NỮ: Kính thưa bà con ...
    [nghỉ 1.5s]
    [ghi âm recordings/loi-nhan.mp3]
    [nhạc nền] ... [hết nhạc nền]
    [nhạc kết]

A line without a speaker goes on with the speaker before it. Lines in <!-- --> are not spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from broadcast.domain.approval import Approval, Review
from broadcast.domain.pairing import Pairing
from broadcast.domain.week import Finding

Speaker = Literal["NỮ", "NAM"]
"""The two parts of a script: a woman's voice and a man's."""

State = Literal["nháp", "chờ duyệt", "đã duyệt", "trả lại"]
"""Where a script stands on its way to the air."""


LineKind = Literal["speech", "cue", "blank", "comment", "wrong"]
CueKind = Literal["jingle", "closing", "pause", "recording", "bed", "bed-end"]

CUES_ALLOWED = (
    "[nhạc hiệu], [nhạc kết], [nghỉ 1.5s], [ghi âm recordings/tên-tệp.wav], "
    "[nhạc nền] ... [hết nhạc nền]"
)
LONGEST_PAUSE = 60.0
"""Seconds; a longer silence on air is a mistake."""

BLOCKING = frozenset({"cue", "recording", "blank", "empty"})
"""Rules whose breach keeps a script from being read out and approved; "recording", a file that is
not there, is found by those who know the workspace."""

_SPEAKER = re.compile(r"\s*(NỮ|NAM)\s*:\s*(.*?)\s*", re.IGNORECASE)
_PAUSE = re.compile(r"nghỉ\s+(\d+(?:[.,]\d+)?)\s*(?:s|giây)?", re.IGNORECASE)
_RECORDING = re.compile(r"ghi âm\s+(\S.*)", re.IGNORECASE)
_BED = re.compile(r"nhạc nền(?:\s+(\S.*))?", re.IGNORECASE)
_MUSIC: dict[str, CueKind] = {
    "nhạc hiệu": "jingle",
    "nhạc kết": "closing",
    "hết nhạc nền": "bed-end",
}
_NOTE = re.compile(r"\s*<!--.*-->\s*")
_FILL = "điền ngay trong kịch bản, hoặc ghi vào mục details của schedules/station.yaml"
_PLACEHOLDER = re.compile(r"\{[^{}\n]+\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """Something other than speech: the ident, the closing, `seconds` of silence, a recording at
    `path`, or where music under the words begins (at `path`, "" is the station's) and ends."""

    kind: CueKind
    seconds: float = 0.0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script's body: `number` is 1-based in the file, `raw` the whole line."""

    number: int
    raw: str
    kind: LineKind
    speaker: Speaker = "NỮ"
    text: str = ""
    cue: Cue | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """A placeholder nobody filled: its name, the line's number in the file, and what is said."""

    name: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Script:
    """A script as its file says it.

    `front` is the raw front matter between its --- lines (each line with its end), `lines` the
    body; together they print back the file to the letter. `plan` and `topic` say what it is about,
    `pieces` the ready pieces it was made from, `retold` the topics ("plan:path") of a script of
    several items that are told in the plan's own sentences, `recordings` its translations as
    people spoke them, one of each language. `fences` are the two --- lines with their ends, as
    Windows editors and people write them.
    """

    id: str
    title: str
    front: str
    lines: tuple[Line, ...]
    plan: str | None = None
    topic: str | None = None
    pieces: tuple[str, ...] = ()
    approval: Approval | None = None
    review: Review | None = None
    recordings: tuple[Pairing, ...] = ()
    fences: tuple[str, str] = ("---\n", "---\n")
    retold: tuple[str, ...] = ()

    def spoken_lines(self) -> Iterator[Line]:
        """The lines somebody speaks, in order."""
        return (line for line in self.lines if line.kind == "speech")

    def heard_lines(self) -> Iterator[Line]:
        """Speech and cues, in order."""
        return (line for line in self.lines if line.kind in {"speech", "cue"})


def parse_body(text: str, first_line: int = 1, speaker: Speaker = "NỮ") -> tuple[Line, ...]:
    """Split a script's body into lines; what is no known cue becomes kind "wrong".

    Args:
        text: the body, with any line ends; they stay in `raw`.
        first_line: the line number of the body's first line in its file.
        speaker: who speaks until the text names somebody.
    """
    lines: list[Line] = []
    for number, raw in enumerate(text.splitlines(keepends=True), first_line):
        line = _parse_line(number, raw, speaker)
        speaker = line.speaker
        lines.append(line)
    return tuple(lines)


def _parse_line(number: int, raw: str, speaker: Speaker) -> Line:
    text = raw.strip()
    if not text:
        return Line(number, raw, "blank", speaker)
    if _NOTE.fullmatch(text):
        return Line(number, raw, "comment", speaker)
    if text.startswith("[") and text.endswith("]"):
        cue = parse_cue(text[1:-1])
        return Line(number, raw, "cue" if cue else "wrong", speaker, text, cue)
    match = _SPEAKER.fullmatch(text)
    if match:
        part: Speaker = "NAM" if match[1].upper() == "NAM" else "NỮ"
        return Line(number, raw, "speech" if match[2] else "blank", part, match[2])
    return Line(number, raw, "speech", speaker, text)


def parse_cue(text: str) -> Cue | None:
    """The cue that `text` (without its brackets) names, None if it names none."""
    text = " ".join(text.split())
    if music := _MUSIC.get(text.casefold()):
        return Cue(music)
    if match := _PAUSE.fullmatch(text):
        seconds = float(match[1].replace(",", "."))
        return Cue("pause", seconds) if 0 < seconds <= LONGEST_PAUSE else None
    if match := _RECORDING.fullmatch(text):
        return Cue("recording", path=match[1])
    if match := _BED.fullmatch(text):
        return Cue("bed", path=match[1] or "")
    return None


def print_script(script: Script) -> str:
    """The script's file, to the letter."""
    opening, closing = script.fences
    return opening + script.front + closing + "".join(line.raw for line in script.lines)


def line_findings(script: Script) -> tuple[Finding, ...]:
    """What in the body cannot be made into sound, or must not be, by line.

    Rules: "cue" (no known cue), "blank" (a placeholder nobody filled), "empty" (nothing is said).
    """
    found = []
    for line in script.lines:
        if line.kind == "wrong":
            message, mend = f"hiệu lệnh lạ {line.text}", f"được dùng: {CUES_ALLOWED}"
            found.append(Finding("cue", message, mend, line=line.number))
        elif line.kind == "speech":
            for blank in _PLACEHOLDER.findall(line.text):
                message = f"chỗ trống chưa điền {blank}"
                found.append(Finding("blank", message, _FILL, line=line.number))
    if next(script.spoken_lines(), None) is None:
        mend = "viết ít nhất một dòng NỮ: hoặc NAM:"
        found.append(Finding("empty", "kịch bản chưa có lời nào", mend))
    return tuple(found)


def blanks(script: Script) -> Iterator[Blank]:
    """Every placeholder that nobody filled, in order."""
    for line in script.spoken_lines():
        for match in _PLACEHOLDER.findall(line.text):
            yield Blank(_name(match), line.number, line.text)


def filled_in(line: Line, values: Mapping[str, str]) -> str:
    """The line as written (`raw`), with its placeholders filled that `values` name."""
    if line.kind != "speech":
        return line.raw
    return _PLACEHOLDER.sub(lambda m: values.get(_name(m[0]), m[0]), line.raw)


def _name(placeholder: str) -> str:
    """The name in "{name}", "{name?}" or "{name|default}"."""
    return re.split(r"[?|]", placeholder[1:-1])[0].strip()


def state(script: Script, digest: str) -> State:
    """Approved, handed in or sent back only while what would be heard is what it was then."""
    if script.approval and script.approval.digest == digest:
        return "đã duyệt"
    if script.review and script.review.digest == digest:
        return script.review.state
    return "nháp"
