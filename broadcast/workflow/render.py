"""Scripts into finished MP3 files: only what changed, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.domain.pairing import Version
from broadcast.domain.station import Station
from broadcast.domain.week import WeekId
from broadcast.errors import BroadcastError, EngineError, InputError
from broadcast.storage import known_digest, storage_error
from broadcast.store.files import sweep_drafts
from broadcast.store.workspace import Workspace
from broadcast.workflow import pacing
from broadcast.workflow.desk import Desk
from broadcast.workflow.finished import Audio, Target, approved_on, noted_audio, write_audio
from broadcast.workflow.heard_in import HeardIn
from broadcast.workflow.hearing import Hearing, Listener
from broadcast.workflow.programme import open_reader, paired_programme, programme
from broadcast.workflow.progress import SILENT, CancelledError, Progress, Tell, part_of
from broadcast.workflow.scripts import refuse_blocked, scripts_of_week
from broadcast.workflow.threads import meanwhile
from broadcast.workflow.versions import version_key, version_path, version_title, versions
from broadcast.workflow.voice_choice import Choice, Chooser
from broadcast.workflow.workshop import Workers, local_workers

if TYPE_CHECKING:
    from broadcast.speech.engine import Engine

MAKING = 0.95
"""The share of a script's rendering until its segments are there; the rest is joining them."""

_FORMAT = 5
"""Counted up when programmes are put together differently, so that they are made again."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One script's outcome; `fresh` is False where the file was there already.

    `why` says which better voices could not read it.
    """

    hearing: Hearing
    audio: Audio
    fresh: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """A script that could not be made, and why."""

    hearing: Hearing
    error: BroadcastError


def audio_path(workspace: Workspace, hearing: Hearing) -> Path:
    """Where the script's MP3 is or would be; drafts have a folder of their own."""
    folder = "audio" if hearing.state == "đã duyệt" else "drafts"
    return workspace.out / folder / f"{hearing.script.id}.mp3"


def finished_audio(workspace: Workspace, station: Station, hearing: Hearing) -> Audio | None:
    """The script's finished audio, if it and every version of it are what would be made today."""
    audio = _finished(audio_path(workspace, hearing), main_key(station, hearing))
    if audio is None:
        return None
    wanted = versions(workspace, station, hearing)
    return audio if len(finished_versions(workspace, station, hearing)) == len(wanted) else None


def finished_versions(
    workspace: Workspace, station: Station, hearing: Hearing
) -> dict[Version, Audio]:
    """What is finished of what zones hear in other languages."""
    key = main_key(station, hearing)
    found = {
        one: _finished(version_path(workspace, hearing, one), version_key(key, one))
        for one in versions(workspace, station, hearing)
    }
    return {version: audio for version, audio in found.items() if audio}


def _finished(path: Path, key: str) -> Audio | None:
    audio = noted_audio(path)
    return audio if audio and audio.key == key and _whole(path, audio) else None


def _whole(path: Path, audio: Audio) -> bool:
    try:
        return path.stat().st_size == audio.size
    except OSError:
        return False


def main_key(station: Station, hearing: Hearing) -> str:
    """Digest of all that shapes the file: what is heard, how it is mastered, its tags."""
    parts = [
        hearing.digest,
        hearing.state,
        hearing.script.title,
        station.name,
        station.commune,
        str(approved_on(hearing)),
        asdict(station.sound),
        _FORMAT,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def render_week(
    workspace: Workspace,
    week_id: WeekId,
    engine: str | None = None,
    progress: Progress = SILENT,
    workers: Workers | None = None,
) -> list[Rendered]:
    """Render every script the week airs, as `render_scripts` does.

    Raises:
        InputError: the week has no script yet, or scripts cannot be read out as they are.
    """
    ids = scripts_of_week(workspace, week_id)
    if not ids:
        mend = f"soạn kịch bản trước: broadcast script assemble --week {week_id}"
        raise InputError("Chưa có gì để đọc", f"tuần {week_id} chưa có kịch bản nào", mend)
    return render_scripts(workspace, ids, engine, progress, workers)


def render_scripts(
    workspace: Workspace,
    script_ids: Iterable[str],
    engine_name: str | None = None,
    progress: Progress = SILENT,
    workers: Workers | None = None,
) -> list[Rendered]:
    """Render scripts in turn; what is finished stays finished whatever happens to the rest.

    Args:
        workers: who makes the segments; None: threads of this process.

    Raises:
        InputError: scripts that cannot be read out as they are, with every place.
        CancelledError: the person asked to stop.
    """
    station = workspace.load_station()
    listener = Listener.at(workspace, station)
    hearings = [listener.hear(workspace.load_script(one)) for one in script_ids]
    refuse_blocked("Chưa đọc được", hearings)
    total = sum(len(h.lines) for h in hearings)
    lines_done = 0

    def tell(hearing: Hearing, share: float) -> None:
        lines = int(share * len(hearing.lines))
        progress.step(hearing.script.title, lines_done + lines, total)

    done: list[Rendered] = []
    for one in render_each(workspace, station, hearings, engine_name, tell, workers):
        if isinstance(one, Failed):
            raise one.error
        lines_done += len(one.hearing.lines)
        progress.step(one.hearing.script.title, lines_done, total)
        done.append(one)
    return done


def render_each(  # noqa: PLR0913, PLR0917 - what a run is made of
    workspace: Workspace,
    station: Station,
    hearings: Iterable[Hearing],
    engine_name: str | None = None,
    tell: Callable[[Hearing, float], None] = lambda _hearing, _share: None,
    workers: Workers | None = None,
) -> Iterator[Rendered | Failed]:
    """Render scripts without blockers one after the other, those after a failed one too.

    Args:
        engine_name: None: the station's.
        tell: called with the share of a script that is done, 0 to 1; may raise CancelledError,
            which ends it all.
        workers: who makes the segments; None: threads of this process.
    """
    chooser = Chooser(station, engine_name or "")
    for folder in ("audio", "drafts"):
        sweep_drafts(workspace.out / folder)
    with ExitStack() as stack:
        readers = _Readers(workspace, station, chooser, stack, workers)
        for hearing in hearings:
            why = ""
            try:
                audio = finished_audio(workspace, station, hearing)
                fresh = audio is None or not readers.leave(hearing, audio)
                if audio is None or fresh:
                    audio, why = readers.render(hearing, partial(tell, hearing))
            except CancelledError:
                raise
            except BroadcastError as error:
                yield Failed(hearing, error)
            except OSError as error:
                yield Failed(hearing, storage_error(error))
            else:
                yield Rendered(hearing, audio, fresh, why)


def may_read(chooser: Chooser, hearing: Hearing, audio: Audio) -> bool:
    """Whether the voice that reads in a finished file is one of those that may."""
    return (audio.voice or audio.engine) in chooser.allowed(hearing)


def tells_zones(
    where: HeardIn, hearing: Hearing, audio: Audio, made: Mapping[Version, Audio]
) -> bool:
    """Whether the tags of a script's file, and of its versions', name the zones that hear it now.

    Those that name others are as good to hear as ever, but tell what is not true.
    """
    main = audio.zones == where.names(hearing)
    return main and all(one.zones == where.names(hearing, v) for v, one in made.items())


class _Readers:
    """The engines of one run, each opened when a programme first needs it."""

    def __init__(
        self,
        workspace: Workspace,
        station: Station,
        chooser: Chooser,
        stack: ExitStack,
        workers: Workers | None,
    ) -> None:
        self._workspace = workspace
        self._station = station
        self._chooser = chooser
        self._where = HeardIn(Desk(workspace), station)
        self._stack = stack
        self._workers = workers
        self._engines: dict[str, Engine] = {}

    def leave(self, hearing: Hearing, audio: Audio) -> bool:
        """Whether what is finished may stay as it is.

        Raises:
            OSError: it cannot be read.
        """
        made = finished_versions(self._workspace, self._station, hearing)
        return (
            may_read(self._chooser, hearing, audio)
            and tells_zones(self._where, hearing, audio, made)
            and all(intact(self._workspace, one) for one in (audio, *made.values()))
        )

    def render(self, hearing: Hearing, tell: Tell) -> tuple[Audio, str]:
        """Make one script's files in one voice, from its beginning in the next if that fails.

        Returns:
            The audio, and why better voices were passed over.
        """
        furthest = 0.0

        def forwards(share: float) -> None:
            nonlocal furthest
            furthest = max(furthest, share)  # another voice begins anew
            tell(furthest)

        if self._workers is None:
            self._workers = self._stack.enter_context(local_workers())
        while True:
            # Whether Google answers may take it some seconds to say.
            choice = meanwhile(partial(self._chooser.choose, hearing), partial(forwards, 0.0))
            try:
                engine = self._engine(choice.engine)
                audio = render_script(
                    self._workspace,
                    self._station,
                    hearing,
                    engine,
                    self._where,
                    forwards,
                    choice,
                    self._workers,
                )
            except EngineError as error:
                if not self._chooser.pass_over(choice, error):
                    raise
            else:
                return audio, choice.why

    def _engine(self, name: str) -> Engine:
        if name not in self._engines:
            reader = open_reader(self._workspace, name)
            self._engines[name] = self._stack.enter_context(reader)
        return self._engines[name]


def intact(workspace: Workspace, audio: Audio) -> bool:
    """Whether the file still has the bytes it was written with; exports refuse any other.

    Raises:
        OSError: it cannot be read.
    """
    return known_digest(workspace.root / audio.file) == audio.digest


def render_script(  # noqa: PLR0913, PLR0917 - what a programme is made of
    workspace: Workspace,
    station: Station,
    hearing: Hearing,
    engine: Engine,
    where: HeardIn,
    tell: Tell = lambda _share: None,
    choice: Choice | None = None,
    workers: Workers | None = None,
) -> Audio:
    """Make one script's MP3, and those of its versions, and put each, whole, where it belongs.

    Args:
        where: its zones, which the tags tell of.
        choice: who reads; None: as the station says.
        workers: who makes the segments; None: threads of this process.
    """
    own, label = station.voices, choice.label if choice else engine.name
    station = replace(station, voices=choice.voices) if choice else station
    wanted = versions(workspace, station, hearing)
    share = 1 / (1 + len(wanted))
    main = part_of(tell, 0, share)
    made = programme(workspace, station, hearing, engine, part_of(main, 0, MAKING), workers)
    draft = hearing.state != "đã duyệt"
    title = f"[NHÁP] {hearing.script.title}" if draft else hearing.script.title
    key, path = main_key(station, hearing), audio_path(workspace, hearing)
    target = Target(path, key, title, engine.name, label, where.names(hearing))
    audio = write_audio(workspace, station, hearing, made, target, part_of(main, MAKING, 1))
    counts = (heard.reading.counts for heard in hearing.lines if not heard.recorded)
    # Estimates know what the station wishes, not which voice will be had.
    voice = pacing.voice_key(own, own.engine if own.engine == "auto" else engine.name)
    pacing.note(workspace, voice, hearing.script.id, counts, made.spoken)
    for number, version in enumerate(wanted, 1):
        part = part_of(tell, number * share, (number + 1) * share)
        title = version_title(hearing.script.title, version)
        path = version_path(workspace, hearing, version)
        names = where.names(hearing, version)
        target = Target(path, version_key(key, version), title, engine.name, label, names)
        making = part_of(part, 0, MAKING)
        made = paired_programme(workspace, station, hearing, engine, version, making, workers)
        write_audio(workspace, station, hearing, made, target, part_of(part, MAKING, 1))
    return audio
