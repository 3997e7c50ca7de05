"""Items encoded by themselves, joined as bytes: heard as if they had been one."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from math import inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.audio.frames import FrameCounter, walk
from broadcast.audio.joining import DELAY, LEAST, Length, joined, lay_out, loudness, silent_frame
from broadcast.audio.levelling import Wanted
from broadcast.audio.loudness import measure
from broadcast.audio.mp3 import decode, encode
from broadcast.audio.segment import Segment, read_segment, write_segment
from broadcast.domain.station import Sound
from tests.audio_sounds import RATE, Samples, silence, tone, voice
from tests.conftest import need

FRAME = 576
PAUSES = (0.0, 0.5, 0.65, 2.0, 0.3)


def kept(path: Path, samples: Samples, sound: Sound | None = None) -> Segment:
    with path.open("w+b") as file:
        write_segment(file, lambda: [samples], Wanted(RATE, sound or Sound()))
    segment = read_segment(path)
    assert segment
    return segment


@pytest.fixture(scope="module")
def segments(tmp_path_factory: pytest.TempPathFactory) -> list[Segment]:
    folder = tmp_path_factory.mktemp("segments")
    sounds = [tone(1.013, 440, 9000), voice(2.3), tone(0.2, 900, 9000), voice(1.7, 210), voice(0.6)]
    return [kept(folder / str(n), sound) for n, sound in enumerate(sounds)]


@pytest.fixture(scope="module")
def programme(segments: list[Segment]) -> bytes:
    layout = lay_out(lengths(segments), RATE)
    return b"".join(joined(segments, layout, RATE, 64))


def lengths(segments: list[Segment]) -> list[Length]:
    return [Length(s.samples, s.frames, p) for s, p in zip(segments, PAUSES, strict=True)]


def test_every_item_is_heard_where_it_is_said_to_be(
    segments: list[Segment], programme: bytes
) -> None:
    heard, _ = decode(programme)
    for segment, place in zip(segments, lay_out(lengths(segments), RATE).places, strict=True):
        alone, _ = decode(b"".join(segment.portions()))
        own = alone[DELAY : DELAY + segment.samples].astype(int)
        there = heard[place.starts : place.starts + segment.samples].astype(int)
        assert np.abs(own - there).max() <= 2


def test_nothing_is_heard_between_items(segments: list[Segment], programme: bytes) -> None:
    heard, _ = decode(programme)
    places = lay_out(lengths(segments), RATE).places
    ends = [place.starts + s.samples for place, s in zip(places, segments, strict=True)]
    spread = FRAME  # what coding spreads around a sound
    for end, place in zip(ends, places[1:], strict=False):
        assert (
            np.abs(heard[end + spread : place.starts - spread].astype(int)).max() < 260
        )  # -42 dBFS


items = st.builds(
    # LAME fills up from 576 samples before the sound and as many after it to whole frames.
    lambda samples, pause: Length(samples, -(-(samples + 1152) // FRAME), pause),
    st.integers(1, 400_000),
    st.sampled_from([0.0, 0.1, 0.27, 0.5, 0.65, 1.0, 5.0]),
)


@given(st.lists(items, min_size=1, max_size=60), st.sampled_from([0.0, 1.5]))
def test_pauses_and_the_whole_are_exact_to_a_frame_however_many_items(
    found: list[Length], after: float
) -> None:
    layout = lay_out(found, RATE, after)
    for (item, place), (following, then) in pairwise(zip(found, layout.places, strict=True)):
        pause = (then.starts - place.starts - item.samples) / RATE
        assert pause == pytest.approx(max(following.pause, LEAST), abs=FRAME / RATE)
    gaps = [one.pause if n == 0 else max(one.pause, LEAST) for n, one in enumerate(found)]
    planned = sum(gaps) + after + sum(one.samples for one in found) / RATE
    assert layout.frames * FRAME / RATE == pytest.approx(planned, abs=4 * FRAME / RATE)
    assert layout.frames == sum(p.silent + i.frames for p, i in
                                zip(layout.places, found, strict=True)) + layout.silent  # fmt: skip


def test_the_loudness_of_the_whole_comes_from_its_segments(
    segments: list[Segment], programme: bytes
) -> None:
    measured, told = measure(decode(programme)[0], RATE), loudness(segments)
    assert told.integrated == pytest.approx(measured.integrated, abs=0.2)
    assert told.true_peak == pytest.approx(measured.true_peak, abs=0.1)


def test_a_programme_of_nothing_is_silence() -> None:
    layout = lay_out([], RATE, 1.0)
    heard, _ = decode(b"".join(joined([], layout, RATE, 64)))
    assert (heard.any(), loudness([]).integrated) == (False, -inf)
    assert heard.size == pytest.approx(RATE, abs=FRAME)


@pytest.mark.parametrize("bitrate", [32, 48, 64, 128])
def test_a_silent_frame_needs_no_other(bitrate: int) -> None:
    frame = silent_frame(RATE, bitrate)
    assert frame[4] == 0  # main_data_begin of MPEG 2: nothing lies in frames before it
    walked = walk(frame * 10)
    assert walked
    assert (walked.info.frames, walked.info.bitrate, walked.gaps) == (10, bitrate, ())


def test_the_same_item_gives_the_same_bytes(tmp_path: Path) -> None:
    kept(tmp_path / "a", voice(1))
    kept(tmp_path / "b", voice(1))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("place", [0, 5, 12, 40, -1, -9])
def test_a_damaged_entry_counts_as_missing(tmp_path: Path, place: int) -> None:
    path = tmp_path / "a"
    kept(path, voice(0.5))
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert read_segment(path) is None
    path.write_bytes(data[:20])
    assert read_segment(path) is None
    assert read_segment(tmp_path / "b") is None


@pytest.mark.parametrize("size", [1, 100, 208, 5000])
def test_frames_are_counted_in_pieces_of_any_size(size: int) -> None:
    mp3 = encode(voice(1), RATE, 64)
    counter = FrameCounter()
    for at in range(0, len(mp3), size):
        counter.add(mp3[at : at + size])
    walked = walk(mp3)
    assert walked
    assert counter.frames == walked.info.frames


def test_a_peak_that_coding_raised_is_taken_down(tmp_path: Path) -> None:
    bursts = voice(4, level=30000) * (np.arange(4 * RATE) // 2000 % 2)
    for bitrate in (32, 64):
        segment = kept(tmp_path / "a", bursts.astype(np.int16), Sound(bitrate=bitrate))
        heard, _ = decode(b"".join(segment.portions()))
        assert measure(heard, RATE).true_peak <= -1.0
        assert segment.true_peak == pytest.approx(measure(heard, RATE).true_peak, abs=0.05)


def test_silence_is_an_item_too(tmp_path: Path) -> None:
    segment = kept(tmp_path / "a", silence(0.3))
    assert (segment.samples, segment.levels.size) == (round(0.3 * RATE), 0)
    assert kept(tmp_path / "b", silence(0)).frames == 0


@pytest.mark.clients
@pytest.mark.parametrize(
    "command", [["mp3val"], ["mp3check", "-e", "-G"], ["mpg123", "-q", "-t"]], ids=lambda c: c[0]
)
def test_players_and_checkers_find_nothing_wrong(
    programme: bytes, command: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(programme)
    done = subprocess.run(
        [need(command[0]), *command[1:], str(path)], capture_output=True, text=True, check=False
    )
    told = done.stdout + done.stderr
    assert done.returncode == 0
    assert "CBR" in told if command[0] == "mp3val" else not told.strip()
