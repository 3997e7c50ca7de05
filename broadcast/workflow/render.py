"""Scripts into finished MP3 files: only what changed, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.domain.station import Station
from broadcast.domain.week import WeekId
from broadcast.errors import InputError
from broadcast.storage import file_digest
from broadcast.store.files import write_whole
from broadcast.store.workspace import Workspace
from broadcast.workflow.hearing import Hearing, Listener
from broadcast.workflow.programme import RATE, open_reader, programme
from broadcast.workflow.progress import SILENT, Progress
from broadcast.workflow.scripts import refuse_blocked, scripts_of_week

if TYPE_CHECKING:
    from broadcast.speech.engine import Engine

_MAKING = 2
"""Counted up when programmes are put together differently, so that they are made again."""


@dataclass(frozen=True, slots=True)
class Audio:
    """A finished programme.

    `file` is relative to the workspace, `key` what it was made from, `digest` the SHA-256 of its
    bytes. Loudness in LUFS, true peak in dBTP.
    """

    file: str
    key: str
    digest: str
    size: int
    seconds: float
    loudness: float
    true_peak: float
    engine: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """One script's outcome; `fresh` is False where the file was there already."""

    hearing: Hearing
    audio: Audio
    fresh: bool


def audio_path(workspace: Workspace, hearing: Hearing) -> Path:
    """Where the script's MP3 is or would be; drafts have a folder of their own."""
    folder = "audio" if hearing.state == "đã duyệt" else "drafts"
    return workspace.out / folder / f"{hearing.script.id}.mp3"


def finished_audio(workspace: Workspace, station: Station, hearing: Hearing) -> Audio | None:
    """The script's finished audio, if it is still what would be made today."""
    path = audio_path(workspace, hearing)
    try:
        audio = Audio(**json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
        there = path.stat().st_size == audio.size
    except (OSError, ValueError, TypeError):
        return None
    return audio if there and audio.key == _key(station, hearing) else None


def _key(station: Station, hearing: Hearing) -> str:
    """Digest of all that shapes the file: what is heard, how it is mastered, its tags."""
    parts = [
        hearing.digest,
        hearing.state,
        hearing.script.title,
        station.name,
        station.commune,
        str(_approved_on(hearing)),
        asdict(station.sound),
        _MAKING,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def render_week(
    workspace: Workspace, week_id: WeekId, engine: str | None = None, progress: Progress = SILENT
) -> list[Rendered]:
    """Render every script the week airs.

    Raises:
        InputError: the week has no script yet, or scripts cannot be read out as they are.
    """
    ids = scripts_of_week(workspace, week_id)
    if not ids:
        mend = f"soạn kịch bản trước: broadcast script assemble --week {week_id}"
        raise InputError("Chưa có gì để đọc", f"tuần {week_id} chưa có kịch bản nào", mend)
    return render_scripts(workspace, ids, engine, progress)


def render_scripts(
    workspace: Workspace,
    script_ids: Iterable[str],
    engine_name: str | None = None,
    progress: Progress = SILENT,
) -> list[Rendered]:
    """Render scripts in turn; what is finished stays finished whatever happens to the rest.

    Raises:
        InputError: scripts that cannot be read out as they are, with every place.
        CancelledError: the person asked to stop.
    """
    station = workspace.load_station()
    listener = Listener.at(workspace, station)
    hearings = [listener.hear(workspace.load_script(one)) for one in script_ids]
    refuse_blocked("Chưa đọc được", hearings)
    name = engine_name or station.voices.engine
    total = sum(len(h.lines) for h in hearings)
    done: list[Rendered] = []
    lines_done = 0
    with ExitStack() as stack:
        engine: Engine | None = None
        for hearing in hearings:
            audio = finished_audio(workspace, station, hearing)
            fresh = audio is None or audio.engine != name or not _intact(workspace, audio)
            if fresh:
                engine = engine or stack.enter_context(open_reader(workspace, name))
                tell = _teller(progress, hearing, lines_done, total)
                audio = render_script(workspace, station, hearing, engine, tell)
            lines_done += len(hearing.lines)
            progress.step(hearing.script.title, lines_done, total)
            assert audio is not None  # noqa: S101 - made above where it was missing
            done.append(Rendered(hearing, audio, fresh))
    return done


def _intact(workspace: Workspace, audio: Audio) -> bool:
    """Whether the file still has the bytes it was written with; exports refuse any other."""
    return file_digest(workspace.root / audio.file) == audio.digest


def _teller(progress: Progress, hearing: Hearing, before: int, total: int) -> Callable[[int], None]:
    return lambda line: progress.step(hearing.script.title, before + line, total)


def render_script(
    workspace: Workspace,
    station: Station,
    hearing: Hearing,
    engine: Engine,
    tell: Callable[[int], None] = lambda _line: None,
) -> Audio:
    """Make one script's MP3 and put it, whole, where it belongs.

    Args:
        tell: called with the number of lines done.
    """
    from broadcast.audio.mp3 import encode, mp3_info  # noqa: PLC0415 - numpy, codecs are heavy
    from broadcast.audio.tags import Tags, with_tags  # noqa: PLC0415

    samples, loudness = programme(workspace, station, hearing, engine, tell)
    plain = encode(samples, RATE, station.sound.bitrate)
    draft = hearing.state != "đã duyệt"
    title = f"[NHÁP] {hearing.script.title}" if draft else hearing.script.title
    mp3 = with_tags(plain, Tags(title, station.name, station.commune, _approved_on(hearing)))
    path = audio_path(workspace, hearing)
    audio = Audio(
        workspace.shown(path),
        _key(station, hearing),
        hashlib.sha256(mp3).hexdigest(),
        len(mp3),
        round(mp3_info(plain).seconds, 2),
        round(loudness.integrated, 2),
        round(loudness.true_peak, 2),
        engine.name,
    )
    write_whole(path, mp3)
    # The note comes last: without it the MP3 counts as not made.
    write_whole(path.with_suffix(".json"), json.dumps(asdict(audio), indent=1) + "\n")
    return audio


def _approved_on(hearing: Hearing) -> date | None:
    approval = hearing.script.approval
    return approval.at.date() if approval else None
