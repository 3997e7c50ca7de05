"""Finished files looked over."""

from __future__ import annotations

from pathlib import Path

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


def test_a_calendar_with_bare_line_ends_is_told(rendered: Path) -> None:
    done("export", WEEK, "--to", "usb", cwd=rendered)
    calendar = rendered / f"usb/{WEEK}.ics"
    calendar.write_bytes(calendar.read_bytes().replace(b"\r\n", b"\n"))
    result = run("verify", calendar, cwd=rendered)
    assert (result.status, "CRLF" in result.out) == (3, True)
