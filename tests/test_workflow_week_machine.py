"""Two windows on one week, any changes in any order: every save is the other's news or a conflict.

The model is the list of weeks the file held, and for each window a stack of what it did.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from broadcast.domain.week import Week, WeekId
from broadcast.errors import BroadcastError, ConflictError
from broadcast.store.sample import copy_sample
from broadcast.store.workspace import Workspace
from broadcast.workflow.plans import import_plan
from broadcast.workflow.week_history import Difference
from broadcast.workflow.week_session import Clip, CollisionError, WeekSession
from tests.helpers import PLAN_DOCUMENT

WEEK = WeekId(2026, 48)
PLACES = [(WEEK.days()[n], slot) for n, slot in enumerate("sang chieu sang chieu sang".split())]
PLACES.append((WEEK.days()[6], "cuoi-tuan"))

WINDOW = st.sampled_from([0, 1])
PLACE = st.sampled_from(PLACES)
NUMBER = st.integers(0, 5)
OUT = st.sampled_from([None, "next-slot", "replace", "split"])


class TwoWindows(RuleBasedStateMachine):
    """A change goes through exactly when the window has seen the file as it is.

    Then the file holds the window's week; taking everything back and doing it again brings back
    the file's bytes, with the comments a person wrote meanwhile.
    """

    @initialize()
    def start(self) -> None:
        self.workspace = Workspace(Path(tempfile.mkdtemp(prefix="broadcast-test-")) / "dai")
        copy_sample(self.workspace.root, plans=False)
        import_plan(self.workspace, PLAN_DOCUMENT)
        self.topics = [
            (plan, topic.path)
            for plan in self.workspace.plan_ids()
            for topic in self.workspace.load_plan(plan).airable_topics()
        ]
        self.windows = [WeekSession.open(self.workspace, WEEK) for _ in range(2)]
        self.clips: list[Clip] = []
        self.disk = Week(WEEK)

    def change(self, who: int, action: Callable[[WeekSession], Any]) -> None:
        """Do something in a window and compare with what the rules above ask for."""
        window, other = self.windows[who], self.windows[1 - who]
        stale = window.changed_on_disk()
        before, others = window.week, other.week
        try:
            action(window)
        except ConflictError as error:
            assert stale or isinstance(error, CollisionError)
            assert window.week == before
        except BroadcastError:
            assert window.week == before
        else:
            assert not stale or window.week == before
            if window.week != before:
                self.disk = window.week
        assert other.week == others

    @rule(who=WINDOW, place=PLACE, number=NUMBER, out=OUT)
    def adds(self, who: int, place: tuple[Any, str], number: int, out: str | None) -> None:
        topic = self.topics[number]
        self.change(who, lambda s: _out_of_it(lambda way: s.add(*place, topic, out=way), out))

    @rule(who=WINDOW, place=PLACE, number=NUMBER, out=OUT)
    def moves(self, who: int, place: tuple[Any, str], number: int, out: str | None) -> None:
        one = self.id_of(who, number)
        self.change(who, lambda s: _out_of_it(lambda way: s.move(one, *place, out=way), out))

    @rule(who=WINDOW, number=NUMBER, other=NUMBER)
    def swaps(self, who: int, number: int, other: int) -> None:
        self.change(who, lambda s: s.swap(self.id_of(who, number), self.id_of(who, other)))

    @rule(who=WINDOW, number=NUMBER)
    def removes(self, who: int, number: int) -> None:
        self.change(who, lambda s: s.remove(self.id_of(who, number)))

    @rule(who=WINDOW, number=NUMBER)
    def copies(self, who: int, number: int) -> None:
        self.change(who, lambda s: self.clips.append(s.copy(self.id_of(who, number))))

    @rule(who=WINDOW, place=PLACE, number=NUMBER, out=OUT)
    def pastes(self, who: int, place: tuple[Any, str], number: int, out: str | None) -> None:
        if self.clips:
            clip = self.clips[number % len(self.clips)]
            self.change(who, lambda s: _out_of_it(lambda way: s.paste(clip, *place, out=way), out))

    @rule(who=WINDOW, places=st.none() | st.sets(PLACE))
    def fills(self, who: int, places: set[Any] | None) -> None:
        self.change(who, lambda s: s.fill(places))

    @rule(who=WINDOW)
    def undoes(self, who: int) -> None:
        self.change(who, lambda s: s.undo())

    @rule(who=WINDOW)
    def redoes(self, who: int) -> None:
        self.change(who, lambda s: s.redo())

    @rule(who=WINDOW)
    def takes_all_back_and_does_it_again(self, who: int) -> None:
        window = self.windows[who]
        if window.changed_on_disk() or not window.can_undo:
            return
        path, count = self.workspace.week_path(WEEK), 0
        before, week = path.read_bytes(), window.week
        while window.can_undo:
            window.undo()
            count += 1
        for _ in range(count):
            window.redo()
        assert (window.week, path.read_bytes()) == (week, before)

    @rule(who=WINDOW)
    def reloads(self, who: int) -> None:
        window = self.windows[who]
        before = window.week
        told = window.reload()
        assert window.week == self.disk
        assert told.changes == Difference.of(before, self.disk)

    @rule()
    def a_person_comments_the_file(self) -> None:
        path = self.workspace.week_path(WEEK)
        if path.exists():
            with path.open("a", encoding="utf-8", newline="") as file:
                file.write("# ghi chú\n")

    @invariant()
    def the_file_holds_what_was_saved_last_and_no_id_twice(self) -> None:
        fresh = WeekSession.open(self.workspace, WEEK)
        assert fresh.week == self.disk
        assert "duplicate-id" not in [finding.rule for finding in fresh.view.findings]
        for window in self.windows:
            if not window.changed_on_disk():
                assert window.week == self.disk
                assert window.view == fresh.view

    def id_of(self, who: int, number: int) -> str:
        airings = self.windows[who].week.airings
        return airings[number % len(airings)].id if airings else "khong-co"

    def teardown(self) -> None:
        shutil.rmtree(self.workspace.root.parent)


def _out_of_it(action: Callable[[Any], object], kind: str | None) -> None:
    """Do it; where something is in the way, take the way out of that kind if there is one."""
    try:
        action(None)
    except CollisionError as error:
        way = next((way for way in error.ways if way.kind == kind), None)
        if way is None:
            raise
        action(way)


TwoWindows.TestCase.settings = settings(deadline=None, max_examples=25, stateful_step_count=20)
TestTwoWindows = TwoWindows.TestCase
