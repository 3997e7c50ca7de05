"""What of a week has audio, what needs it and why; and making it, one failure at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from threading import Event

from broadcast.domain.station import Station
from broadcast.domain.week import VIETNAM, Airing, Finding, WeekId
from broadcast.errors import BroadcastError, NotFoundError, Problem
from broadcast.workflow.desk import Desk
from broadcast.workflow.finished import Audio, noted_audio
from broadcast.workflow.heard_in import HeardIn
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.progress import CancelledError
from broadcast.workflow.render import (
    Failed,
    Rendered,
    audio_path,
    finished_audio,
    finished_versions,
    intact,
    main_key,
    may_read,
    render_each,
    tells_zones,
)
from broadcast.workflow.scripts import refuse_blocked
from broadcast.workflow.voice_choice import Chooser
from broadcast.workflow.workshop import Workers

APPROVED = "đã duyệt"


class Need(Enum):
    """Why a script is to be made into audio, as the officer reads it; NOTHING: it need not."""

    NOTHING = ""
    NEW = "chưa đọc"
    CHANGED = "lời hoặc giọng đã đổi"
    DRESSED = "tên hoặc mức âm đã đổi"
    APPROVED = "mới duyệt, cần đọc lại"
    GONE = "tệp MP3 đã mất"
    DAMAGED = "tệp MP3 bị hỏng"
    PAIRED = "bản ghi âm tiếng dân tộc mới"
    ZONED = "cụm loa nghe đã đổi, ghi lại vào tệp"


@dataclass(frozen=True, slots=True)
class Item:
    """One script of a week: when it airs, its audio, and what stands in its way.

    `airings` are in order. `hearing` is None, and `error` says why, where the script cannot be
    read. `audio` can be listened to, made at `made_at` (aware); it may be out of date (`need`).
    """

    script: str
    airings: tuple[Airing, ...]
    hearing: Hearing | None = None
    error: BroadcastError | None = field(default=None, compare=False)
    audio: Audio | None = None
    made_at: datetime | None = None
    need: Need = Need.NEW

    @property
    def title(self) -> str:
        """The script's title, else that of its first airing."""
        return self.hearing.script.title if self.hearing else self.airings[0].title or self.script

    @property
    def draft(self) -> bool:
        """Whether its audio is or would be a draft: nobody answers for the text as it is."""
        return self.hearing is not None and self.hearing.state != APPROVED

    @property
    def seconds(self) -> float | None:
        """Length: measured if the audio is as the script is now, else estimated."""
        if self.audio and self.need is Need.NOTHING:
            return self.audio.seconds
        return self.hearing.seconds if self.hearing else None

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """What keeps it from being made."""
        return self.hearing.blockers if self.hearing else ()

    @property
    def blocked(self) -> bool:
        """Whether it cannot be made as it is."""
        return self.error is not None or bool(self.blockers)

    @property
    def to_make(self) -> bool:
        """Whether it is to be made and can be."""
        return self.need is not Need.NOTHING and not self.blocked


@dataclass(frozen=True, slots=True)
class Production:
    """A week's scripts in the order in which they air first.

    `airings` counts all of the week, `unscripted` those that have no script yet.
    """

    week: WeekId
    items: tuple[Item, ...]
    airings: int
    unscripted: int

    def item(self, script_id: str) -> Item | None:
        """The item of that script, if the week airs it."""
        return next((one for one in self.items if one.script == script_id), None)


def production(desk: Desk, week_id: WeekId) -> Production:
    """Where a week's audio stands.

    Raises:
        InputError, StorageError: the week or the station cannot be read.
    """
    station, airings = desk.station(), desk.week(week_id).in_order()
    by_script: dict[str, list[Airing]] = {}
    for airing in airings:
        if airing.script:
            by_script.setdefault(airing.script, []).append(airing)
    looks = _Looks(desk, station)
    items = tuple(_item(looks, one, tuple(its)) for one, its in by_script.items())
    unscripted = sum(airing.script is None for airing in airings)
    return Production(week_id, items, len(airings), unscripted)


class _Looks:
    """What one look at a week's audio goes by."""

    def __init__(self, desk: Desk, station: Station) -> None:
        self.desk, self.station = desk, station
        self.chooser, self.where = Chooser(station), HeardIn(desk, station)


def _item(looks: _Looks, script_id: str, airings: tuple[Airing, ...]) -> Item:
    try:
        hearing = _heard(looks.desk, script_id)
    except BroadcastError as error:
        return Item(script_id, airings, error=error)
    audio, need = _audio_of(looks, hearing)
    made_at = None
    if audio:
        note = (looks.desk.workspace.root / audio.file).with_suffix(".json")
        try:
            made_at = datetime.fromtimestamp(note.stat().st_mtime, VIETNAM)
        except OSError:  # it went while we looked
            audio, need = None, Need.GONE
    return Item(script_id, airings, hearing, None, audio, made_at, need)


def _heard(desk: Desk, script_id: str) -> Hearing:
    if not desk.has_script(script_id):
        happened = f"không có tệp scripts/{script_id}.md"
        raise NotFoundError("Không đọc được kịch bản", happened, "chọn kịch bản khác cho lượt phát")
    return desk.hearing(script_id)


def _audio_of(looks: _Looks, hearing: Hearing) -> tuple[Audio | None, Need]:
    """The audio there is to listen to, and why it has to be made again."""
    workspace = looks.desk.workspace
    path = audio_path(workspace, hearing)
    note = noted_audio(path)
    if note is None:
        return _audio_elsewhere(looks.desk, hearing)
    try:
        whole = path.stat().st_size == note.size and intact(workspace, note)
    except FileNotFoundError:
        return None, Need.GONE
    except OSError:
        whole = False
    if not whole:
        return None, Need.DAMAGED
    return note, _need_of(looks, hearing, note)


def _need_of(looks: _Looks, hearing: Hearing, note: Audio) -> Need:
    """Why a whole file has to be made again."""
    workspace, station = looks.desk.workspace, looks.station
    if note.heard != hearing.digest or not may_read(looks.chooser, hearing, note):
        return Need.CHANGED
    if note.key != main_key(station, hearing):
        return Need.DRESSED
    if not finished_audio(workspace, station, hearing):
        return Need.PAIRED
    made = finished_versions(workspace, station, hearing)
    told = tells_zones(looks.where, hearing, note, made)
    return Need.NOTHING if told else Need.ZONED


def _audio_elsewhere(desk: Desk, hearing: Hearing) -> tuple[Audio | None, Need]:
    """The same for a script that was made in its other state only: as a draft, or approved."""
    out = desk.workspace.out
    folder = out / ("drafts" if hearing.state == APPROVED else "audio")
    path = folder / f"{hearing.script.id}.mp3"
    note = noted_audio(path)
    if note is None or not path.is_file():
        return None, Need.NEW
    return note, Need.APPROVED if note.heard == hearing.digest else Need.CHANGED


@dataclass(frozen=True, slots=True)
class Mark:
    """How far making a selection is: `share` of `script`, `whole` of all of it, both 0 to 1.

    `error` says why it goes on without that script.
    """

    script: str
    share: float
    whole: float
    error: BroadcastError | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A script that was not made, and why."""

    script: str
    title: str
    error: BroadcastError


@dataclass(frozen=True, slots=True)
class Made:
    """What making a selection came to; `stopped`: the person ended it before the rest."""

    done: tuple[Rendered, ...]
    failed: tuple[Failure, ...]
    stopped: bool = False


def told_failures(made: Made) -> BroadcastError | None:
    """All that failed as one thing to read, what is the same told once; None if nothing did."""
    if not made.failed:
        return None
    titles: dict[tuple[str, str], list[str]] = {}
    problems: list[Problem] = []
    for failure in made.failed:
        error = failure.error
        problems += error.problems
        if not error.problems:
            told = f"{error.title}: {error.happened}" if error.happened else error.title
            titles.setdefault((told, error.mend), []).append(f"«{failure.title}»")
    problems += [
        Problem(f"{', '.join(names)}: {told}", suggestion=mend or None)
        for (told, mend), names in titles.items()
    ]
    happened = f"{len(made.failed)} kịch bản chưa đọc được"
    if made.done:
        happened += f"; {len(made.done)} kịch bản khác đã xong"
    mend = "sửa những chỗ trên rồi đọc lại"
    return BroadcastError("Có kịch bản chưa đọc được", happened, mend, problems)


def make(
    desk: Desk,
    script_ids: Iterable[str],
    tell: Callable[[Mark], None] = lambda _mark: None,
    stop: Event | None = None,
    workers: Workers | None = None,
) -> Made:
    """Make the audio of scripts in turn; one that fails does not keep the others from it.

    Args:
        tell: called often, with shares that never go back; a share of 1 means the file is there.
        stop: set by whoever wants it to end; what is finished then stays.
        workers: who makes the segments; None: threads of this process.

    Raises:
        InputError, StorageError: the station cannot be read.
    """
    station = desk.station()
    hearings, failed = _sorted_out(desk, script_ids)
    marks = _Marks(hearings, tell, stop or Event())
    done: list[Rendered] = []
    try:
        made = render_each(desk.workspace, station, hearings, tell=marks.tell, workers=workers)
        for one in made:
            if isinstance(one, Failed):
                title = one.hearing.script.title
                failed.append(Failure(one.hearing.script.id, title, one.error))
                marks.finish(one.hearing, one.error)
            else:
                done.append(one)
                marks.finish(one.hearing)
    except CancelledError:
        return Made(tuple(done), tuple(failed), stopped=True)
    return Made(tuple(done), tuple(failed))


def _sorted_out(desk: Desk, script_ids: Iterable[str]) -> tuple[list[Hearing], list[Failure]]:
    """The scripts that can be made, and those that cannot."""
    hearings: list[Hearing] = []
    failed: list[Failure] = []
    for script_id in script_ids:
        hearing = None
        try:
            hearing = _heard(desk, script_id)
            refuse_blocked("Chưa đọc được", [hearing])
        except BroadcastError as error:
            title = hearing.script.title if hearing else script_id
            failed.append(Failure(script_id, title, error))
        else:
            hearings.append(hearing)
    return hearings, failed


class _Marks:
    """Shares of single scripts, weighed by their length, as shares of the whole."""

    def __init__(
        self, hearings: Sequence[Hearing], tell: Callable[[Mark], None], stop: Event
    ) -> None:
        self._tell = tell
        self._stop = stop
        self._total = sum(h.seconds for h in hearings) or 1.0
        self._before = 0.0

    def tell(self, hearing: Hearing, share: float) -> None:
        """Tell a step within a script.

        Raises:
            CancelledError: the person asked to stop.
        """
        if self._stop.is_set():
            raise CancelledError
        # 1 is kept for the finished file.
        self._mark(hearing, min(share, 0.99))

    def finish(self, hearing: Hearing, error: BroadcastError | None = None) -> None:
        """Tell that a script is through, made or not."""
        self._before += hearing.seconds
        self._mark(hearing, 0.0 if error else 1.0, error, within=False)

    def _mark(
        self,
        hearing: Hearing,
        share: float,
        error: BroadcastError | None = None,
        *,
        within: bool = True,
    ) -> None:
        done = self._before + (share * hearing.seconds if within else 0.0)
        self._tell(Mark(hearing.script.id, share, min(done / self._total, 1.0), error))


def needing(items: Iterable[Item]) -> tuple[str, ...]:
    """Scripts of the items that are to be made and can be."""
    return tuple(one.script for one in items if one.to_make)
