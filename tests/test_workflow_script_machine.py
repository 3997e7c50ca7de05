"""Windows on one script that type, save, reload and are killed, while a person edits the file.

Every row has a word of its own. A word that somebody typed and nobody took out is, at any time, in
the file, in a window's unsaved text on the disk, or in what a killed window left there.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from broadcast.domain.script import Script, print_script
from broadcast.domain.week import VIETNAM
from broadcast.store.sample import copy_sample
from broadcast.store.script_files import parse_script
from broadcast.store.unsaved import left_over
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.script_session import Saved, ScriptSession
from broadcast.workflow.script_text import plain, text_of, with_text

ID = "loi-chao"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=VIETNAM)
FILE = "---\nid: loi-chao\ntitle: Lời chào\n---\nNỮ: goc0.\r\nNAM: goc1.\nNỮ: goc2."

WINDOW = st.sampled_from([0, 1])
PLACE = st.integers(0, 30)


class Window:
    """An editor: its session and the text in it."""

    def __init__(self, workspace: Workspace) -> None:
        self.session = ScriptSession.open(Desk(workspace), ID, now=lambda: NOW)
        self.text = self.session.text

    def takes(self, saved: Saved) -> None:
        """Go on with what came back, as screens do."""
        self.text = saved.text
        self.session.keep(self.text)


class Windows(RuleBasedStateMachine):
    """Two windows and a person with another editor, in any order."""

    @initialize()
    def start(self) -> None:
        self.workspace = Workspace(Path(tempfile.mkdtemp(prefix="broadcast-test-")) / "dai")
        copy_sample(self.workspace.root, plans=False)
        self.path.write_bytes(FILE.encode())
        self.windows = [Window(self.workspace) for _ in range(2)]
        self.words = {"goc0.", "goc1.", "goc2."}
        self.count = 0

    @property
    def path(self) -> Path:
        return self.workspace.script_path(ID)

    def typed(self, text: str, at: int, how: str) -> str:
        """The text with a row put in, changed or taken out."""
        rows = text.split("\n")
        at %= len(rows)
        if how != "in":
            # Who changes a row or takes it out has read it, and means it.
            self.words -= {word for word in self.words if word in rows[at]}
        new = []
        if how != "out":
            self.count += 1
            word = f"chu{self.count}."
            self.words.add(word)
            new = [f"{'NAM' if at % 2 else 'NỮ'}: {word}"]
        return "\n".join([*rows[:at], *new, *rows[at + (how != "in") :]])

    @rule(who=WINDOW, at=PLACE, how=st.sampled_from(["in", "in", "change", "change", "out"]))
    def types(self, who: int, at: int, how: str) -> None:
        window = self.windows[who]
        window.text = self.typed(window.text, at, how)
        window.session.keep(window.text)

    @rule(who=WINDOW)
    def saves(self, who: int) -> None:
        window = self.windows[who]
        window.takes(window.session.save(window.text))
        assert text_of(self.script()) == window.text == window.session.saved_text

    @rule(who=WINDOW)
    def reloads(self, who: int) -> None:
        window = self.windows[who]
        window.takes(window.session.reload(window.text))
        assert not window.session.changed_on_disk()
        assert window.session.saved_text == text_of(self.script())

    @rule(who=WINDOW)
    def renames(self, who: int) -> None:
        self.count += 1
        self.windows[who].session.rename(f"Tên {self.count}")
        assert self.script().title == f"Tên {self.count}"

    @rule(who=WINDOW)
    def is_killed(self, who: int) -> None:
        place = self.windows[who].session._keeper._place
        if place:
            place._lock.release()
        self.windows[who] = Window(self.workspace)

    @rule(who=WINDOW)
    def is_closed(self, who: int) -> None:
        self.windows[who].session.close()
        self.windows[who] = Window(self.workspace)

    @rule(who=WINDOW)
    def adopts(self, who: int) -> None:
        window = self.windows[who]
        for other in window.session.others:
            window.takes(window.session.adopt(window.text, other))

    @rule(at=PLACE, how=st.sampled_from(["in", "change", "out"]))
    def a_person_edits_the_file(self, at: int, how: str) -> None:
        script = self.script()
        text = self.typed(text_of(script), at, how)
        self.path.write_bytes(print_script(with_text(script, text)).encode())

    @invariant()
    def no_word_is_lost(self) -> None:
        kept = [self.path.read_bytes().decode()]
        kept += [json.loads(path.read_text(encoding="utf-8"))["text"] for path in self.unsaved()]
        everything = "\n".join(kept)
        assert [word for word in sorted(self.words) if word not in everything] == []

    @invariant()
    def each_window_s_text_is_in_the_file_or_on_the_disk(self) -> None:
        for window in self.windows:
            place = window.session._keeper._place
            saved = window.text == window.session.saved_text
            assert (place is not None and place.path.exists()) is not saved
            assert plain(window.text) == window.text

    @invariant()
    def nobody_s_text_lies_about_twice(self) -> None:
        living = [w.session._keeper._place for w in self.windows]
        kept = sum(1 for place in living if place and place.path.exists())
        assert len(self.unsaved()) == kept + len(left_over(self.workspace.unsaved).texts)

    def script(self) -> Script:
        return parse_script(self.path.read_bytes().decode(), "a.md")

    def unsaved(self) -> list[Path]:
        return sorted(self.workspace.unsaved.glob("*.json"))

    def teardown(self) -> None:
        for window in self.windows:
            window.session.close()
        shutil.rmtree(self.workspace.root.parent)


Windows.TestCase.settings = settings(deadline=None, max_examples=30, stateful_step_count=20)
TestWindows = Windows.TestCase
