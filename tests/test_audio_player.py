"""What every player promises, tried on each: one suite, inherited; and a machine without sound."""

from __future__ import annotations

import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from broadcast.audio.loudness import Samples
from broadcast.audio.player import PLAYERS, Player, open_player
from broadcast.audio.speakers import BACKENDS, Speakers
from broadcast.audio.speakers_worker import Tape
from broadcast.errors import SoundError

from .audio_sounds import RATE, silence, voice
from .helpers import environment
from .players import SilentPlayer


class PlayerContract:
    """Inherit and give it a fixture `player` to hold a player to the contract."""

    @pytest.fixture
    def long(self) -> Samples:
        """A sound that does not end while a test runs."""
        return silence(600)

    def test_a_sound_is_heard_to_its_end_and_told_forwards(self, player: Player) -> None:
        told: list[float] = []

        assert player.play(voice(0.5), RATE, threading.Event(), told.append) is True
        assert told
        assert all(before <= after for before, after in pairwise([0.0, *told, 0.5]))

    def test_nothing_is_over_at_once(self, player: Player) -> None:
        assert player.play(np.zeros(0, np.int16), RATE, threading.Event(), lambda _: None) is True

    def test_it_ends_when_it_is_stopped(self, player: Player, long: Samples) -> None:
        stop = threading.Event()

        assert player.play(long, RATE, stop, lambda _: stop.set()) is False

    def test_what_is_stopped_before_it_begins_is_not_heard(
        self, player: Player, long: Samples
    ) -> None:
        stop = threading.Event()
        stop.set()

        assert player.play(long, RATE, stop, lambda _: None) is False

    def test_it_plays_one_sound_after_the_other(self, player: Player) -> None:
        for _ in range(2):
            assert player.play(voice(0.2), RATE, threading.Event(), lambda _: None) is True


class TestSilentPlayer(PlayerContract):
    @pytest.fixture
    def player(self) -> Player:
        return SilentPlayer()


class TestSpeakersOnADeviceWithoutSound(PlayerContract):
    """The real one, on miniaudio's device that takes samples in time and lets nobody hear them."""

    @pytest.fixture
    def player(self) -> Player:
        return Speakers(("NULL",))


@pytest.mark.parametrize("name", PLAYERS)
def test_a_player_is_opened_by_its_name(name: str) -> None:
    assert hasattr(open_player(name), "play")


def test_nobody_is_let_wait_before_a_device_without_sound() -> None:
    assert "NULL" not in BACKENDS


def test_a_machine_without_loudspeakers_is_told_what_to_do() -> None:
    with pytest.raises(SoundError) as told:
        Speakers(("JACK", "AAUDIO")).play(voice(0.1), RATE, threading.Event(), lambda _: None)

    assert "không có loa hoặc card âm thanh" in told.value.happened
    assert "lưu thành tệp" in told.value.mend


def test_loudspeakers_that_go_on_the_way_are_told(tmp_path: Path) -> None:
    (tmp_path / "gone_worker.py").write_text("print(2205, flush=True)\n", encoding="utf-8")
    told: list[float] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(tmp_path)
        with pytest.raises(SoundError) as error:
            Speakers(worker="gone_worker").play(voice(0.5), RATE, threading.Event(), told.append)

    assert (told, error.value.happened) == ([0.1], "loa ngừng giữa chừng")


_NOISE = """
import threading, numpy
from broadcast.audio.speakers import Speakers
from broadcast.errors import SoundError
try:
    Speakers().play(numpy.zeros(2205, numpy.int16), 22050, threading.Event(), lambda _: None)
except SoundError:
    pass
"""


def test_sound_libraries_print_nothing_over_the_screen() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _NOISE],
        capture_output=True,
        env=environment(),
        timeout=60,
        check=True,
    )

    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_tape_gives_every_sample_once_and_then_silence() -> None:
    tape = Tape(bytes(range(1, 11)))
    feed = tape.feed()
    next(feed)

    assert [feed.send(2), feed.send(2), feed.send(2)] == [
        b"\1\2\3\4", b"\5\6\7\10", b"\11\12\0\0",
    ]  # fmt: skip
    assert (tape.taken, tape.length) == (6, 5)
