"""What an export that was cut off, or anybody else, left in the staging folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.publish.compare import STAGING

from .test_publish_tree import export, held


@pytest.mark.parametrize(
    "name",
    ["..+evil.txt", "+evil.txt", "..+..+evil.txt", "link+evil.txt", "2026-W48.txt+a.mp3", "x:"],
)
def test_what_waits_under_a_name_no_export_gives_goes_nowhere(tmp_path: Path, name: str) -> None:
    target, outside = tmp_path / "a" / "usb", tmp_path / "outside"
    outside.mkdir()
    export(target, {"2026-W48.txt": b"x"})
    (target / "link").symlink_to(outside)
    (target / STAGING).mkdir()
    (target / STAGING / f"{name}.out").write_bytes(b"evil")
    export(target, {"2026-W48.txt": b"x"})
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {
        target / "2026-W48.txt", target / "manifest.json"
    }  # fmt: skip


def test_what_waits_for_a_folder_that_is_gone_gets_it_back(tmp_path: Path) -> None:
    (tmp_path / STAGING).mkdir()
    (tmp_path / STAGING / "2026-11-23-t2+01-a.mp3.out").write_bytes(b"A")
    (tmp_path / STAGING / "a folder.out").mkdir()
    export(tmp_path, {"2026-W48.txt": b"x"})
    assert held(tmp_path) == {"2026-11-23-t2/01-a.mp3": b"A", "2026-W48.txt": b"x"}
