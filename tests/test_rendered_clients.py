"""A week as it is rendered, in the hands of programs that others trust."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from .conftest import need
from .helpers import airings

pytestmark = [pytest.mark.clients, pytest.mark.long]


@pytest.fixture
def files(rendered: Path) -> list[Path]:
    """Every MP3 of the week."""
    found = sorted({rendered / one["audio"] for one in airings(rendered)})
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
