"""The sample week as a real voice reads it, in the hands of programs that others trust."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from broadcast.audio.mp3 import verify

from .conftest import Once, need
from .helpers import WEEK, airings, approve_week, done, edit

pytestmark = [pytest.mark.clients, pytest.mark.long]


def make_spoken(root: Path) -> None:
    """Let the station speak as it does outside of tests."""
    edit(root / "schedules/station.yaml", "engine: tone", "engine: espeak")
    approve_week(root)
    done("render", WEEK, cwd=root)


@pytest.fixture(scope="session")
def spoken(once: Once, approved_once: Path) -> Path:
    """The sample station with its week read by espeak-ng, made once; tests only look at it."""
    return once("spoken", lambda to: make_spoken(Path(shutil.copytree(approved_once, to))))


@pytest.fixture
def files(spoken: Path) -> list[Path]:
    """Every MP3 of the week."""
    found = sorted({spoken / one["audio"] for one in airings(spoken)})
    assert len(found) == 6
    return found


def told(command: list[str], file: Path) -> str:
    done = subprocess.run([*command, str(file)], capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def test_mp3val_mp3check_and_mpg123_find_nothing_wrong(files: list[Path]) -> None:
    for file in files:
        said = told([need("mp3val")], file)
        assert "CBR" in said
        assert "WARNING" not in said
        assert "ERROR" not in said
        assert not told(
            [need("mp3check"), "-e", "-G", "-S"], file
        ).strip()  # -S: its tag is no junk
        assert not told([need("mpg123"), "-q", "-t"], file).strip()


def test_we_find_nothing_wrong_either(files: list[Path]) -> None:
    assert [problem for file in files for problem in verify(file)] == []


def test_ebur128_hears_the_level_and_peaks_wanted(files: list[Path]) -> None:
    for file in files:
        command = [need("ffmpeg"), "-hide_banner", "-nostats", "-xerror", "-i", str(file)]
        command += ["-af", "ebur128=peak=true", "-f", "null", "-"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        summary = done.stderr[done.stderr.index("Summary:") :]
        values = dict(line.split(":", 1) for line in summary.splitlines() if line.count(":") == 1)
        figures = {key.strip(): value.split() for key, value in values.items()}
        assert float(figures["I"][0]) == pytest.approx(-16.0, abs=1.0)
        assert float(figures["Peak"][0]) <= -1.0
