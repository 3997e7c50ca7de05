"""Driving the terminal UI in tests: the app on a workspace, with a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

from textual import _wait
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

from broadcast.domain.week import VIETNAM
from broadcast.tui import app as shell
from broadcast.tui.app import BroadcastApp
from broadcast.tui.jobs import WorkingScreen
from broadcast.tui.screens import week as first
from broadcast.tui.screens.week import WeekScreen

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
"""Monday of the week that tests fill."""

OURS = {"jobs", "long", "month"}
"""Groups of the app's own workers; a DirectoryTree has one that never ends."""

SMALL, LARGE = (80, 24), (120, 40)

# Pilot takes an app for idle that used no CPU for 20 ms, several times a key: most of what a test
# took. `settle` waits for what the app itself says it is doing, so shorter looks are enough.
_wait.SLEEP_GRANULARITY = 1 / 250
_wait.SLEEP_IDLE = _wait.SLEEP_GRANULARITY / 10

# Every app parses the same sheets, and again at every theme: a tenth of what a test took. Parsed
# rules are only read (Textual shares them between copies of a sheet too), so tests may share them.
_parse_rules = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


@wraps(_parse_rules)
def _parse_once(sheet: Stylesheet, *args: Any, **named: Any) -> list[RuleSet]:
    key = (args, frozenset(named.items()), frozenset(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, *args, **named)
    return _parsed[key]


Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]

# A rule set is its own key, some ten thousand times a screen; Python's own hash says the same.
RuleSet.__hash__ = object.__hash__  # type: ignore[assignment]

# Without a terminal nobody sees what is drawn between two keys: a third of what a test took.
# `Driver.text`, snapshots and the end of every test draw the whole screen, and find what cannot be.


def _do_not_draw(screen: Screen[Any]) -> None:
    if screen is screen.app.screen:
        screen._dirty_widgets.clear()
        screen._compositor._dirty_regions.clear()


Screen._compositor_refresh = _do_not_draw  # type: ignore[method-assign]

# A test need not wait until a first picture is drawn to have the week, the station's keys, colours.
shell.FIRST_LOOKS = first.FIRST_PICTURE = 0.001

# A cursor that blinks is in a picture or not, as it happens.
for editor in (Input, TextArea):
    editor.cursor_blink._default = False


def make_app(root: Path) -> BroadcastApp:
    """The app on a folder, which may be no workspace yet."""
    there = (root / "schedules/station.yaml").exists()
    app = BroadcastApp(root if there else None, root, lambda: NOW)
    app.animation_level = "none"  # a picture shows where a scroll ends, not how far it got
    return app


class Driver:
    """An app that is driven by keys; after each the work they began is waited for."""

    def __init__(self, app: BroadcastApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and wait for the work after each."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text letter by letter, as an input method commits it."""
        await self.pilot.press(*text)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is being done and everything done is shown."""
        await settle(self.pilot)

    @property
    def week(self) -> WeekScreen:
        """The week screen, whatever dialog is over it."""
        return next(s for s in self.app.station_screens() if isinstance(s, WeekScreen))

    @property
    def titles(self) -> dict[str, str]:
        """Titles of the week's airings by "day slot"."""
        assert self.week.view is not None
        return {
            f"{a.day:%d} {a.slot}": self.week.view.title(a) for a in self.week.view.week.airings
        }

    @property
    def states(self) -> set[str]:
        """The states of the week's airings."""
        assert self.week.view is not None
        return {self.week.view.state(a) for a in self.week.view.week.airings}

    @property
    def hint(self) -> str:
        """The line below the grid."""
        return self.week.line()

    @property
    def cursor(self) -> str:
        """The cell under the cursor as "day slot"."""
        place = self.week.grid.place
        assert place is not None
        return f"{place[0]:%d} {place[1]}"

    def text(self) -> str:
        """Everything on screen, as it is read."""
        app = self.app
        lines = app.screen._compositor.render_strips(app.size)
        return "\n".join(strip.text.rstrip() for strip in lines)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no screen of the app works any more."""
    for _ in range(400):
        await pilot.pause()
        stacks = pilot.app._screen_stacks.values()
        screens = [s for stack in stacks for s in stack if isinstance(s, WorkingScreen)]
        opening = [s for s in screens if isinstance(s, WeekScreen) and s.view is None]
        running = [w for w in pilot.app.workers if w.group in OURS and not w.is_finished]
        if not running and not opening and not any(s.busy for s in screens):
            await pilot.pause()
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the app does not come to rest")


@asynccontextmanager
async def opened(root: Path, size: tuple[int, int] = SMALL) -> AsyncIterator[Driver]:
    """The app, open and at rest."""
    app = make_app(root)
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        yield driver
        if app.is_running:
            driver.text()


def driven(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Let pytest run a test that waits."""

    @wraps(test)
    def run(*args: Any, **named: Any) -> None:
        asyncio.run(test(*args, **named))

    return run
