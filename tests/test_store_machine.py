"""Two people edit one week in any order: nothing that was saved is lost without a word."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, time
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from broadcast.domain.week import Airing, Week, WeekId
from broadcast.errors import ConflictError
from broadcast.store.files import Revision, revision
from broadcast.store.workspace import Workspace

WEEK = WeekId(2026, 48)
PEOPLE = st.sampled_from(["Lan", "Sơn"])


class Editing(RuleBasedStateMachine):
    """The disk's week is what the last successful save, or the last edit by hand, made it.

    A save goes through exactly when the file's bytes are those that the person opened.
    """

    @initialize()
    def start(self) -> None:
        self.workspace = Workspace(Path(tempfile.mkdtemp(prefix="broadcast-test-")))
        self.path = self.workspace.week_path(WEEK)
        self.disk: Week | None = None
        self.seen: dict[str, tuple[bytes | None, Revision, Week]] = {}
        self.count = 0

    def held(self) -> bytes | None:
        return self.path.read_bytes() if self.path.exists() else None

    @rule(who=PEOPLE)
    def opens(self, who: str) -> None:
        taken = revision(self.path)
        week = self.workspace.load_week(WEEK) if taken else Week(WEEK)
        self.seen[who] = (self.held(), taken, week)

    @rule(who=PEOPLE)
    def adds_an_airing_and_saves(self, who: str) -> None:
        if who not in self.seen:
            return
        opened, taken, week = self.seen[who]
        self.count += 1
        airing = Airing(f"a-{self.count}", date(2026, 11, 23), time(5, 30), 15, ("x",), title=who)
        changed = Week(WEEK, (*week.airings, airing))
        now = self.held()
        try:
            new = self.workspace.save_week(changed, taken)
        except ConflictError:
            assert opened != now
        else:
            assert opened == now
            self.disk = changed
            self.seen[who] = (self.held(), new, changed)

    @rule()
    def adds_a_comment_by_hand(self) -> None:
        if self.disk:
            self.count += 1
            with self.path.open("a", encoding="utf-8", newline="") as file:
                file.write(f"# ghi chú {self.count}\n")

    @rule()
    def deletes_the_file(self) -> None:
        if self.disk:
            self.path.unlink()
            self.disk = None

    @invariant()
    def the_disk_holds_the_last_word_and_no_scraps(self) -> None:
        names = [p.name for p in self.workspace.schedules.glob("*")]
        assert names == ([self.path.name] if self.disk else [])
        if self.disk:
            assert self.workspace.load_week(WEEK) == self.disk

    def teardown(self) -> None:
        shutil.rmtree(self.workspace.root)


Editing.TestCase.settings = settings(deadline=None, max_examples=30, stateful_step_count=20)
TestEditing = Editing.TestCase
