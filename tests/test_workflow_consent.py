"""Nothing is sent to Google, by whatever way, before somebody said yes to just that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from broadcast.domain.station import ONLINE_DRAFTS, ONLINE_NO, ONLINE_OPEN, ONLINE_YES
from broadcast.domain.week import VIETNAM
from broadcast.errors import BroadcastError
from broadcast.speech import gtts
from broadcast.speech.net import Patience
from broadcast.store.workspace import Workspace
from broadcast.workflow import voice_choice
from broadcast.workflow.desk import Desk
from broadcast.workflow.listen import line_audio, script_audio
from broadcast.workflow.prompter import Prompter
from broadcast.workflow.render import render_scripts
from broadcast.workflow.scripts import approve
from broadcast.workflow.voice_files import try_voice
from broadcast.workflow.voice_tryout import try_out, voices_to_try

from .helpers import BY, edit
from .loopback import Google, google

SCRIPT = "---\nid: ngan\ntitle: Ngắn\n---\nNỮ: {}\n"
NOW = datetime(2026, 11, 23, 8, tzinfo=VIETNAM)

Way = Callable[[Desk, str], object]
"""A way of hearing some words."""


def approved(desk: Desk, _words: str) -> object:
    approve(desk.workspace, ["ngan"], BY, NOW)
    return render_scripts(desk.workspace, ["ngan"])


def side_by_side(desk: Desk, words: str) -> object:
    (one,) = [one for one in voices_to_try(desk.station()) if one.engine == "gtts"]
    return try_out(desk, one, words)


DRAFTS: dict[str, Way] = {
    "a word being taught": line_audio,
    "a script being written": lambda desk, _words: script_audio(desk, desk.script("ngan")),
    "the prompter": lambda desk, _words: Prompter.open(desk, "ngan", lambda: NOW).heard(),
    "a draft": lambda desk, _words: render_scripts(desk.workspace, ["ngan"]),
    "a draft by name": lambda desk, _words: render_scripts(desk.workspace, ["ngan"], "gtts"),
    "voices side by side": side_by_side,
    "one's own sentence": lambda desk, words: try_voice(
        desk.workspace, desk.station(), "gtts", text=words
    ),
}
OTHERS: dict[str, Way] = {
    "an approved script": approved,
    "a sentence of ours": lambda desk, _words: try_voice(desk.workspace, desk.station(), "gtts"),
}


@pytest.fixture(params=["auto", "gtts"])
def desk(
    station: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Desk]:
    """A station that would like Google's voice, with that service on this machine."""
    edit(station / "schedules/station.yaml", "engine: tone", f"engine: {request.param}")
    monkeypatch.setattr(voice_choice, "piper_speakers", lambda: ())
    with google() as address:
        quick = partial(gtts.GttsEngine, address=address, patience=Patience(gap=0, waits=()))
        monkeypatch.setattr(gtts, "GttsEngine", quick)
        yield Desk(Workspace(station))


def sent(desk: Desk, way: Way, number: int) -> bool:
    """Whether words that nobody heard before are sent; refusing is one way of not sending."""
    words = f"Mời bà con nghe tin số {number}."
    (desk.workspace.scripts / "ngan.md").write_text(SCRIPT.format(words), "utf-8")
    Google.asked.clear()
    with suppress(BroadcastError):
        way(desk, words)
    return bool(Google.asked)


@pytest.mark.parametrize("online", [ONLINE_OPEN, ONLINE_NO, ONLINE_YES, ONLINE_DRAFTS])
def test_only_what_was_said_yes_to_is_sent(desk: Desk, online: str) -> None:
    path = desk.workspace.root / "schedules/station.yaml"
    edit(path, "  rate: 190", f"  rate: 190\n  online: {online}")
    ways = DRAFTS | OTHERS
    allowed = {ONLINE_YES: set(OTHERS), ONLINE_DRAFTS: set(ways)}.get(online, set())
    assert {
        name for number, (name, way) in enumerate(ways.items()) if sent(desk, way, number)
    } == allowed
