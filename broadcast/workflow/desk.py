"""What one workspace holds, read once and kept while the files stay as they are.

The screens look at the same station, plans, weeks and scripts again and again; a desk reads and
hears only those whose files changed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

from broadcast.domain.duties import DoneItem
from broadcast.domain.piece import Piece
from broadcast.domain.plan import Plan
from broadcast.domain.rulebook import Profile, ruled
from broadcast.domain.script import Script
from broadcast.domain.station import Station, Voices
from broadcast.domain.week import Week, WeekId
from broadcast.storage import storage_error
from broadcast.store.airing_log import AiringLog, Month
from broadcast.store.files import Revision, revision
from broadcast.store.names import is_id
from broadcast.store.profiles import profiles
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.decisions import Decisions
from broadcast.workflow.hearing import Hearing, Listener
from broadcast.workflow.pacing import correction

_T = TypeVar("_T")

SETTLED = 3_000_000_000
"""Nanoseconds after which a file's time tells its states apart; FAT counts in two seconds."""

Stamp = tuple[int, int, int] | None
"""A file's time (ns), size and inode; None while there is no file."""


def stamp(path: Path) -> Stamp:
    """What the file system says of a file's state, without reading it.

    Raises:
        StorageError: it does not say.
    """
    try:
        now = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise storage_error(error, path, "Không đọc được tệp") from error
    return now.st_mtime_ns, now.st_size, now.st_ino


@dataclass(slots=True)
class _Kept:
    """A value made from a file: the file's stamp when it was last looked at, and its bytes' digest.

    `settled`: the file was old enough then for its stamp to tell any later change.
    """

    stamp: Stamp
    settled: bool
    revision: Revision
    value: object


@dataclass(slots=True)
class Desk:
    """One workspace's files as last read; safe to use from several threads (`lock`).

    Loaders raise as those of Workspace; what cannot be read is tried again each time.
    """

    workspace: Workspace
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _kept: dict[Path, _Kept] = field(default_factory=dict, repr=False)
    _hearings: dict[str, tuple[Hashable, Hearing]] = field(default_factory=dict, repr=False)
    _listener: tuple[Station, dict[str, str], Listener] | None = field(default=None, repr=False)
    _pace: tuple[Stamp, Voices, float] | None = field(default=None, repr=False)

    def station(self) -> Station:
        """The station."""
        return self._read(self.workspace.station_path, self.workspace.load_station)

    def profile(self) -> Profile | None:
        """The profile of rules the station has chosen."""
        return profiles().get(self.station().rules.profile)

    def plans(self) -> dict[str, Plan]:
        """Every plan of the workspace by id."""
        return {one: self.plan(one) for one in self.workspace.plan_ids()}

    def plan(self, plan_id: str) -> Plan:
        """An imported plan."""
        path = self.workspace.plan_path(plan_id)
        return self._read(path, lambda: self.workspace.load_plan(plan_id))

    def week(self, week_id: WeekId) -> Week:
        """A week; one without a file is empty."""
        path = self.workspace.week_path(week_id)
        if stamp(path) is None:
            return Week(week_id)
        return self._read(path, lambda: self.workspace.load_week(week_id))

    def other_weeks(self, week_id: WeekId) -> list[Week]:
        """Every week there is a file of but that one, in order."""
        return [self.week(one) for one in self.workspace.week_ids() if one != week_id]

    def log_month(self, day: date) -> Month:
        """The month of the airing log that a day is in."""
        log = AiringLog(self.workspace)
        # The seal is written with the log; alone it changes only when something is wrong.
        return self._read(log.path(day), lambda: log.month(day))

    def ruled(self) -> Station:
        """The station with the rules in force: its own, and those of the profile it has chosen."""
        return ruled(self.station(), self.profile())

    def done(self) -> tuple[DoneItem, ...]:
        """What is recorded as done of the plans' duties."""
        return self._read(self.workspace.duties_path, self.workspace.load_done)

    def has_script(self, script_id: str) -> bool:
        """Whether there is a file of that script."""
        return is_id(script_id) and self.workspace.script_path(script_id).is_file()

    def script(self, script_id: str) -> Script:
        """A script."""
        path = self.workspace.script_path(script_id)
        return self._read(path, lambda: self.workspace.load_script(script_id))

    def piece(self, piece_id: str) -> Piece:
        """A ready piece."""
        path = self.workspace.piece_path(piece_id)
        return self._read(path, lambda: self.workspace.load_piece(piece_id))

    def hearing(self, script_id: str) -> Hearing:
        """A script as it will be heard."""
        with self.lock:
            script, listener = self.script(script_id), self.listener()
            recordings = [listener.cue_file(line.cue) for line in script.lines if line.cue]
            # A line that a person reads is heard in every script that has its words.
            files = (*recordings, self.workspace.voice_lines.folder)
            key = id(listener), tuple(path and stamp(path) for path in files)
            known = self._hearings.get(script_id)
            if known and known[0] == key and known[1].script is script:
                return known[1]
            hearing = listener.hear(script)
            self._hearings[script_id] = key, hearing
            return hearing

    def decisions(self) -> Decisions:
        """What was decided about suggestions of proofreading."""
        return self._read(self.workspace.decisions_path, self.workspace.load_decisions)

    def listener(self) -> Listener:
        """What turns scripts into what is heard; another one when station or lexicon change."""
        with self.lock:
            station = self.station()
            words = self._read(self.workspace.lexicon_path, self.workspace.load_lexicon)
            correction = self._correction(station)
            known = self._listener
            if known and known[0] == station and known[1] is words:
                if known[2].correction == correction:
                    return known[2]
                listener = replace(known[2], correction=correction)
            else:
                listener = replace(Listener.at(self.workspace, station), correction=correction)
            self._hearings.clear()
            self._listener = station, words, listener
            return listener

    def _correction(self, station: Station) -> float:
        """How this station's voice keeps its engine's pace; changes with every script read."""
        now, voices = stamp(self.workspace.paces_path), station.voices
        if self._pace is None or self._pace[:2] != (now, voices):
            self._pace = now, voices, correction(self.workspace, voices)
        return self._pace[2]

    def _read(self, path: Path, load: Callable[[], _T]) -> _T:
        """What `load` makes of the file at `path`, the value of the last time if it is the same."""
        with self.lock:
            now, kept = stamp(path), self._kept.get(path)
            if kept and kept.settled and kept.stamp == now:
                return cast(_T, kept.value)
            settled = now is None or time.time_ns() - now[0] > SETTLED
            digest = revision(path)
            if kept is None or kept.revision != digest:
                kept = _Kept(now, settled, digest, load())
                self._kept[path] = kept
            kept.stamp, kept.settled = now, settled
            return cast(_T, kept.value)
