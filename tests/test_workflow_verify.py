"""Finished files looked over."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from broadcast.workflow.verify import verify_paths

from .helpers import WEEK, done, run


def test_an_export_is_looked_over_with_its_calendar(rendered: Path) -> None:
    done("export", WEEK, "--to", "usb", cwd=rendered)
    checked = verify_paths([rendered / "usb"])
    assert sorted({one.path.suffix for one in checked}) == [
        ".docx",
        ".ics",
        ".m3u8",
        ".mp3",
        ".txt",
    ]
    assert [one for one in checked if one.problems] == []


def test_a_folder_named_like_a_file_keeps_nobody_from_looking_at_the_files(rendered: Path) -> None:
    (rendered / "out/audio/thu-muc.mp3").mkdir()
    checked = verify_paths([rendered / "out/audio"])
    assert (len(checked), [one for one in checked if one.problems]) == (6, [])


def test_a_calendar_with_bare_line_ends_is_told(rendered: Path) -> None:
    done("export", WEEK, "--to", "usb", cwd=rendered)
    calendar = rendered / f"usb/{WEEK}.ics"
    calendar.write_bytes(calendar.read_bytes().replace(b"\r\n", b"\n"))
    result = run("verify", calendar, cwd=rendered)
    assert (result.status, "CRLF" in result.out) == (3, True)


def test_a_file_that_cannot_be_read_is_one_row_among_the_others(
    rendered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = min((rendered / "out/audio").glob("*.mp3"))
    reads = Path.read_bytes

    def fail(path: Path) -> bytes:
        if path == first:
            raise OSError(errno.EIO, "a stick that fails")
        return reads(path)

    monkeypatch.setattr(Path, "read_bytes", fail)
    checked = verify_paths([rendered / "out/audio"])
    assert [one.path for one in checked if one.problems] == [first]
    assert len(checked) == 6
