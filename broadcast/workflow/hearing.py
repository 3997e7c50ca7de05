"""What will be heard of a script: its spoken lines, their digest, its length, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from broadcast.domain.approval import Review, heard_digest
from broadcast.domain.beds import bed_findings
from broadcast.domain.script import BLOCKING, Cue, Line, Script, State, line_findings, state
from broadcast.domain.station import Station, Voices
from broadcast.domain.week import Finding
from broadcast.speech.pace import NOTHING, Counted, counted, pace_of
from broadcast.storage import known_digest
from broadcast.store.voice_lines import VoiceLine, VoiceLines, line_key
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import shorten
from broadcast.vietnamese.ear import (
    LongSentence,
    crowded_sentences,
    document_numbers,
    is_latin,
    long_sentences,
    unread_symbols,
)
from broadcast.vietnamese.lexicon import Lexicon, product_lexicon
from broadcast.vietnamese.pauses import Pause
from broadcast.vietnamese.spoken import Change, read_aloud
from broadcast.workflow import pacing
from broadcast.workflow.recordings import recording_doubts, recording_seconds

LONGEST_SHOWN = 60
"""Characters of a sentence that a finding quotes."""

PAUSE_LINE = 0.5
"""Seconds between two lines of one speaker."""

PAUSE_SPEAKER = 0.65
"""Seconds between two speakers."""

IDENT_SECONDS = 5.2
"""How long the ident is, for estimates before there is audio."""

CLOSING_SECONDS = 6.0
"""How long the closing is."""

BED_SECONDS = {"bed": 1.0, "bed-end": 1.5}
"""How long a bed is heard alone, before the words it lies under and after them."""

_STATIONS_OWN = {"jingle": "ident", "closing": "closing", "bed": "bed"}
"""What the station may have music of its own for, as `Sound` names it."""

RECORDING_SECONDS = 30.0
"""What an estimate takes a recording for that is not there or cannot be decoded."""

ALIKE = 0.6
"""From which share of the same letters on a line is taken for an earlier one that was changed."""

MOST_READ = 20_000
"""Lines remembered as read; a year of weekly scripts has about half of that."""

NEEDS_EDITING = "cần biên tập"
"""Stands in a comment of scripts that were made from the plan's own sentences."""

OTHER_VERSION = "Bản ở cửa sổ kia"
"""Begins a comment that keeps what somebody else wrote at the same place at the same time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one line's words are read: what is said, and what was changed for that.

    `unknown` is what nobody taught, `counts` what of it takes time, `long` the sentences that are
    too long to follow, `symbols` signs that nobody hears, `crowded` the abbreviations of sentences
    with too many, `documents` the numbers of the documents it names, `pauses` those within the
    line.
    """

    spoken: str = ""
    unknown: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    counts: Counted = NOTHING
    long: tuple[LongSentence, ...] = ()
    symbols: tuple[str, ...] = ()
    crowded: tuple[tuple[str, ...], ...] = ()
    documents: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()


_SILENT = Reading()


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A line of the script as it will be heard."""

    line: Line
    reading: Reading = _SILENT
    seconds: float = 0.0
    """Of a recording, or of the line as a person read it."""
    recorded: VoiceLine | None = None
    """The very words as a person read them, heard instead of an engine."""

    @property
    def spoken(self) -> str:
        """What is said, "" for a cue."""
        return self.reading.spoken


@dataclass(frozen=True, slots=True)
class Hearing:
    """A script with all that will be heard of it.

    `seconds` is an estimate from syllables, rate and pauses; `digest` covers everything heard.
    """

    script: Script
    lines: tuple[HeardLine, ...]
    digest: str
    seconds: float
    findings: tuple[Finding, ...]

    @property
    def state(self) -> State:
        """Approved only while what would be heard is what was approved."""
        return state(self.script, self.digest)

    @property
    def words(self) -> str:
        """Digest of what is spoken, which recordings in other languages translate."""
        return heard_digest(h.spoken for h in self.lines if h.line.kind == "speech")

    @property
    def review(self) -> Review | None:
        """Who handed the script in or sent it back, while nothing was changed since."""
        return self.script.review if self.state in {"chờ duyệt", "trả lại"} else None

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """Findings that keep the script from being read or approved."""
        return tuple(f for f in self.findings if f.rule in BLOCKING)


@dataclass(frozen=True, slots=True)
class Listener:
    """Turns scripts into what is heard at one station: its lexicon, voices and recordings.

    Openings, closings and pieces come back in script after script, so what was read is remembered.
    """

    workspace: Workspace
    station: Station
    lexicon: Lexicon
    correction: float = 1.0
    """What this voice takes against its engine's measured pace."""
    _read: dict[str, Reading] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def at(cls, workspace: Workspace, station: Station) -> Listener:
        """The listener of this workspace."""
        correction = pacing.correction(workspace, station.voices)
        return cls(workspace, station, station_lexicon(workspace), correction)

    def hear(self, script: Script) -> Hearing:
        """Everything that will be heard of `script`."""
        recorded = self.workspace.voice_lines.keys()
        lines = tuple(self._heard(line, recorded) for line in script.heard_lines())
        digest = heard_digest(self._digest_parts(lines))
        seconds = estimate_seconds(lines, self.station.voices, self.correction)
        return Hearing(script, lines, digest, seconds, tuple(self._findings(script, lines)))

    def length(self, lines: Iterable[Line]) -> float:
        """How long these lines take, in seconds."""
        recorded = self.workspace.voice_lines.keys()
        heard = (self._heard(line, recorded) for line in lines if line.kind in {"speech", "cue"})
        return estimate_seconds(heard, self.station.voices, self.correction)

    def cue_file(self, cue: Cue) -> Path | None:
        """The file that a cue lets be heard, None where there is none or the program's own sound
        is heard."""
        name = cue.path or getattr(self.station.sound, _STATIONS_OWN.get(cue.kind, ""), "")
        return self.workspace.recording(name) if name else None

    def _heard(self, line: Line, recorded: frozenset[str]) -> HeardLine:
        if line.cue and line.cue.kind == "recording":
            path = self.workspace.recording(line.cue.path)
            seconds = recording_seconds(path) if path else None
            return HeardLine(line, seconds=RECORDING_SECONDS if seconds is None else seconds)
        if line.cue and line.cue.kind in {"jingle", "closing"}:
            music = self.cue_file(line.cue)
            return HeardLine(line, seconds=(recording_seconds(music) if music else None) or 0.0)
        if line.kind != "speech":
            return HeardLine(line)
        reading = self._known_reading(line)
        if line_key(reading.spoken) in recorded:
            own = self.workspace.voice_lines.get(reading.spoken)
            seconds = recording_seconds(own.path) if own else None
            if own and seconds is not None:
                return HeardLine(line, reading, seconds, own)
        return HeardLine(line, reading)

    def _known_reading(self, line: Line) -> Reading:
        known = self._read.get(line.text)
        if known is None:
            known = self._reading(line.text)
            if len(self._read) >= MOST_READ:
                self._read.clear()
            self._read[line.text] = known
        return known

    def _reading(self, text: str) -> Reading:
        said = read_aloud(text, self.lexicon, self.station.voices.region)
        return Reading(
            said.text,
            tuple(one.text for one in said.unknown),
            said.changes,
            counted(said.text),
            long_sentences(said.text),
            unread_symbols(said),
            crowded_sentences(text, self.lexicon),
            document_numbers(text),
            said.pauses,
        )

    def _digest_parts(self, lines: tuple[HeardLine, ...]) -> Iterator[str]:
        yield repr(sorted(self.station.voices.heard().items()))
        for heard in lines:
            cue = heard.line.cue
            if heard.recorded:
                yield f"{heard.spoken} read {known_digest(heard.recorded.path)}"
            elif cue is None:
                yield f"{heard.line.speaker}:{heard.spoken}"
            elif path := self.cue_file(cue):
                yield f"{cue.kind} {known_digest(path)}"
            else:
                yield f"{cue.kind} {cue.path or f'{cue.seconds:g}'}"

    def _findings(self, script: Script, lines: tuple[HeardLine, ...]) -> Iterator[Finding]:
        yield from line_findings(script)
        yield from bed_findings(script.lines)
        for heard in lines:
            yield from self._line_findings(heard)
            yield from _ear_findings(heard)
        yield from _number_findings(lines)
        yield from self._outgrown(script, lines)
        for line in script.lines:
            if line.kind == "comment":
                yield from _comment_findings(line)

    def _line_findings(self, heard: HeardLine) -> Iterator[Finding]:
        line = heard.line
        if line.cue:
            yield from self._music_findings(line.cue, line.number)
        if line.cue and line.cue.path:
            path, name = self.workspace.recording(line.cue.path), line.cue.path
            if path is None:
                message, mend = f"không có tệp ghi âm {name}", "chép tệp vào scripts/recordings/"
                yield Finding("recording", message, mend, line=line.number)
            spoken = path if line.cue.kind == "recording" else None
            for doubt in recording_doubts(spoken) if spoken else ():
                message = f"bản ghi âm {name}: {doubt.message}"
                yield Finding("recording-quality", message, doubt.mend, line=line.number)
        for word in heard.reading.unknown:
            what = "chữ viết tắt" if is_latin(word) else "ký hiệu"
            message = f"{what} «{word}» chưa có cách đọc"
            mend = f'broadcast lexicon add {word} "cách đọc" để dạy cách đọc, hoặc viết đủ chữ'
            yield Finding("abbreviation", message, mend, line=line.number)

    def _music_findings(self, cue: Cue, number: int) -> Iterator[Finding]:
        """The station's own music that is not there; the program's is heard instead."""
        key = _STATIONS_OWN.get(cue.kind, "")
        name = "" if cue.path else getattr(self.station.sound, key, "")
        if name and self.cue_file(cue) is None:
            message = f"không có tệp {name} ghi ở sound.{key}; nhạc có sẵn sẽ phát thay"
            mend = "chép tệp vào scripts/recordings/, hoặc sửa trong Cài đặt đài"
            yield Finding("station-music", message, mend, line=number)

    def _outgrown(self, script: Script, lines: Iterable[HeardLine]) -> Iterator[Finding]:
        """Lines that were read for this script by a person, and whose words have changed since."""
        for heard, own in outgrown(self.workspace.voice_lines, script.id, lines):
            message = f"{own.by} đã thu «{shorten(own.text, LONGEST_SHOWN)}»; lời nay đã đổi"
            mend = "bộ đọc đọc lại dòng này; muốn giọng người thì thu lại"
            yield Finding("voice-line", message, mend, line=heard.line.number)


def outgrown(
    read: VoiceLines, script_id: str, lines: Iterable[HeardLine]
) -> Iterator[tuple[HeardLine, VoiceLine]]:
    """Lines that an engine reads, each with what a person read for it before its words changed."""
    heard = list(lines)
    words = {line_key(one.spoken) for one in heard if one.spoken}
    engines = {one.spoken: one for one in heard if one.spoken and not one.recorded}
    for own in read.all():
        if own.script != script_id or line_key(own.text) in words:
            continue
        near = get_close_matches(own.text, engines, 1, ALIKE)
        if near:
            yield engines[near[0]], own


def _ear_findings(heard: HeardLine) -> Iterator[Finding]:
    """What nobody can follow by ear in one line."""
    number, reading = heard.line.number, heard.reading
    for one in reading.long:
        message = f"câu dài {one.syllables} âm tiết: «{shorten(one.text, LONGEST_SHOWN)}»"
        yield Finding("long-sentence", message, one.mend, line=number)
    for sign in reading.symbols:
        message = f"ký hiệu «{sign}» không đọc được thành lời"
        yield Finding("unread-symbol", message, "viết bằng chữ, hoặc bỏ đi", line=number)
    for several in reading.crowded:
        message = f"câu có {len(several)} chữ viết tắt: {', '.join(several)}"
        mend = "viết đủ chữ, hoặc tách thành nhiều câu"
        yield Finding("many-abbreviations", message, mend, line=number)


def _number_findings(lines: Iterable[HeardLine]) -> Iterator[Finding]:
    """Items (what is said between two cues) with more than one document number."""
    known: set[str] = set()
    for heard in lines:
        if heard.line.kind == "cue":
            known = set()
        for number in heard.reading.documents:
            if known and number not in known:
                message = f"mục tin này nêu {len(known) + 1} số văn bản, thêm {number}"
                mend = "mỗi mục tin chỉ nêu một số văn bản; văn bản khác gọi bằng tên"
                yield Finding("several-numbers", message, mend, line=heard.line.number)
            known.add(number)


def is_other_version(line: Line) -> bool:
    """Whether the line is a comment that keeps what was written elsewhere at the same place."""
    return line.kind == "comment" and line.raw.strip().startswith(f"<!-- {OTHER_VERSION}")


def _comment_findings(line: Line) -> Iterator[Finding]:
    if is_other_version(line):
        message = "chỗ này được sửa ở hai nơi cùng lúc; dòng ghi chú giữ bản kia"
        mend = "chọn câu chữ đúng, rồi xóa dòng ghi chú"
        yield Finding("other-version", message, mend, line=line.number)
    elif NEEDS_EDITING in line.raw:
        message = "kịch bản lấy từ câu chữ của kế hoạch, cần biên tập cho dễ nghe"
        yield Finding("edit", message, "đọc lại, sửa rồi xóa dòng ghi chú", line=line.number)


def station_lexicon(workspace: Workspace) -> Lexicon:
    """The product's lexicon with the station's own entries over it."""
    return product_lexicon().with_station(workspace.load_lexicon())


def estimate_seconds(lines: Iterable[HeardLine], voices: Voices, correction: float = 1.0) -> float:
    """Length of the programme from syllables, rate, pauses and cues, in seconds.

    Args:
        correction: what speech of this voice takes against its engine's measured pace.
    """
    total, pace = 0.0, pace_of(voices.engine)
    previous: str | None = None
    for heard in lines:
        cue = heard.line.cue
        if cue is None:
            total += pause_before(previous, heard.line.speaker)
            engines = pace.seconds(heard.reading.counts, voices.rate) * correction
            total += heard.seconds if heard.recorded else engines
            previous = heard.line.speaker
            continue
        previous = None
        music = {"jingle": IDENT_SECONDS, "closing": CLOSING_SECONDS, **BED_SECONDS}
        total += heard.seconds or music.get(cue.kind, cue.seconds)
    return round(total, 1)


def pause_before(previous: str | None, speaker: str) -> float:
    """Seconds of silence between two spoken lines; none at a start or after a cue."""
    if previous is None:
        return 0.0
    return PAUSE_LINE if previous == speaker else PAUSE_SPEAKER
