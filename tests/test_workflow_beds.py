"""Music under the words, the closing, and the station's own music: heard as the script says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from mutagen.id3 import ID3

from broadcast.audio.frames import QUIETER
from broadcast.audio.loudness import measure
from broadcast.audio.mp3 import TOLERANCE, decode, verify
from broadcast.domain.station import Sound
from broadcast.speech.engine import Speech, Voice
from broadcast.speech.tone import ToneEngine
from broadcast.vietnamese.pauses import Pause
from broadcast.workflow.segments import (
    RATE,
    Music,
    OverBed,
    SegmentTask,
    Source,
    Spoken,
    make_segment,
)

from .helpers import done, edit
from .test_workflow_hearing import sound
from .test_workflow_segments import SPOKEN

Heard = npt.NDArray[np.float64]

HEAD = "---\nid: tin\ntitle: Tin\n---\n"
LINES = (
    "NỮ: Kính thưa bà con.\n{}NAM: Hôm nay có hai tin.\n[nghỉ 2s]\nNỮ: Mời nghe.\n{}NAM: Tin đầu.\n"
)
PLAIN = LINES.format("", "")
BEDDED = LINES.format("[nhạc nền]\n", "[hết nhạc nền]\n")


def task(source: Source) -> SegmentTask:
    return SegmentTask(source, Sound(), None)


def heard(root: Path, body: str) -> Heard:
    (root / "scripts/tin.md").write_text(HEAD + body, encoding="utf-8", newline="")
    (name,) = done("render", "tin", cwd=root).lines
    return decode((root / name).read_bytes())[0].astype(float)


def estimate(root: Path, body: str) -> float:
    (root / "scripts/tin.md").write_text(HEAD + body, encoding="utf-8", newline="")
    return float(json.loads(done("script", "show", "tin", "--json", cwd=root).out)["seconds"])


def longest_silence(samples: Heard) -> float:
    loud = np.flatnonzero(np.abs(samples) > 30)
    return float(np.diff(loud).max()) / RATE


def test_a_bed_is_heard_in_the_pauses_between_its_lines(station: Path) -> None:
    assert longest_silence(heard(station, PLAIN)) > 1.5
    assert longest_silence(heard(station, BEDDED)) < 1


def test_a_programme_with_a_bed_is_as_long_as_estimated(station: Path) -> None:
    plain, bedded = heard(station, PLAIN), heard(station, BEDDED)
    estimated = estimate(station, BEDDED) - estimate(station, PLAIN)
    assert (bedded.size - plain.size) / RATE == pytest.approx(estimated, abs=0.3)


@pytest.mark.parametrize("body", ["NỮ: Mời họp.\n", PLAIN, BEDDED])
def test_the_tags_say_what_idents_take_of_a_short_programmes_loudness(
    station: Path, body: str
) -> None:
    heard(station, f"[nhạc hiệu]\n{body}[nhạc hiệu]\n")
    path = station / "out/drafts/tin.mp3"
    assert verify(path) == ()
    loudness = measure(decode(path.read_bytes())[0], RATE).integrated
    said = float(str(ID3(path)[f"TXXX:{QUIETER}"].text[0]))
    assert said > TOLERANCE / 2
    assert loudness + said == pytest.approx(Sound().target, abs=TOLERANCE)


def test_a_line_outside_a_bed_is_changed_without_making_the_bed_anew(
    station: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard(station, BEDDED)
    asked: list[str] = []
    read = ToneEngine.synthesize

    def note(engine: ToneEngine, text: str, voice: Voice, pauses: Sequence[Pause]) -> Speech:
        asked.append(text)
        return read(engine, text, voice, pauses)

    monkeypatch.setattr(ToneEngine, "synthesize", note)
    heard(station, BEDDED.replace("Tin đầu", "Tin thứ nhất"))
    assert asked == ["Tin thứ nhất."]


def test_the_closing_is_another_music_than_the_ident() -> None:
    ident, closing = (make_segment(task(Music(kind))).entry for kind in ("ident", "closing"))
    assert ident != closing


def test_a_station_hears_its_own_closing(station: Path) -> None:
    sound(station / "scripts/recordings/ket.wav")
    ours = heard(station, PLAIN + "[nhạc kết]\n")
    edit(station / "schedules/station.yaml", "sound:\n", "sound:\n  closing: recordings/ket.wav\n")
    own = heard(station, PLAIN + "[nhạc kết]\n")
    assert (ours.size - own.size) / RATE == pytest.approx(5.0, abs=0.2)


def test_lines_over_a_bed_go_to_a_machine_without_this_disk() -> None:
    words = ((SPOKEN, 0.0), (SPOKEN, 0.5))
    here = task(OverBed(words, Music("bed")))
    there = here.portable().source
    assert isinstance(there, OverBed)
    assert all(isinstance(word, Spoken) and word.lines is None for word, _ in there.words)
    assert make_segment(here).entry == make_segment(here.portable()).entry
