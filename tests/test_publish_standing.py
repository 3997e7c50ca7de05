"""Files of an export told apart by the manifest: whole, missing, changed, foreign."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from broadcast.domain.week import VIETNAM
from broadcast.publish.compare import STAGING
from broadcast.publish.manifest import (
    MANIFEST,
    Aired,
    FileEntry,
    Manifest,
    WeekEntry,
    parse_manifest,
    print_manifest,
)
from broadcast.publish.standing import listed, standing

MONDAY = datetime(2026, 11, 23, 5, 30, tzinfo=VIETNAM)


def wrote(**files: bytes) -> WeekEntry:
    """An export of these files, "_" for the dot in their names."""
    return WeekEntry(
        files={
            name.replace("_", "."): FileEntry(sha256(data).hexdigest(), len(data))
            for name, data in files.items()
        }
    )


def states(folder: Path, manifest: Manifest) -> dict[str, tuple[str, str]]:
    """State and export of each file of the folder, by path."""
    found = {one.path: standing(one) for one in listed(folder, manifest)}
    return {path: (one.state, one.export) for path, one in found.items()}


def test_each_file_is_whole_missing_changed_or_foreign(tmp_path: Path) -> None:
    manifest = Manifest({"2026-W48": wrote(a_mp3=b"abc", b_mp3=b"abc", c_mp3=b"abc", d_mp3=b"a")})
    for name, data in {"a.mp3": b"abc", "b.mp3": b"abd", "c.mp3": b"abcd", "x.txt": b""}.items():
        (tmp_path / name).write_bytes(data)

    assert states(tmp_path, manifest) == {
        "a.mp3": ("nguyên vẹn", "2026-W48"),
        "b.mp3": ("đã đổi", "2026-W48"),
        "c.mp3": ("đã đổi", "2026-W48"),
        "d.mp3": ("thiếu", "2026-W48"),
        "x.txt": ("lạ", ""),
    }


def test_a_name_that_two_weeks_share_is_of_the_week_that_wrote_it_last(tmp_path: Path) -> None:
    weeks = {"2026-W47": wrote(a_mp3=b"old"), "2026-W48": wrote(a_mp3=b"new")}
    (tmp_path / "a.mp3").write_bytes(b"new")
    assert states(tmp_path, Manifest(weeks)) == {"a.mp3": ("nguyên vẹn", "2026-W48")}

    (tmp_path / "a.mp3").write_bytes(b"old")
    assert states(tmp_path, Manifest(weeks)) == {"a.mp3": ("nguyên vẹn", "2026-W47")}


def test_names_are_the_same_in_capitals_and_small_letters(tmp_path: Path) -> None:
    manifest = Manifest({"2026-W48": wrote(A_MP3=b"abc")})
    (tmp_path / "a.mp3").write_bytes(b"abc")
    assert states(tmp_path, manifest) == {"A.MP3": ("nguyên vẹn", "2026-W48")}


def test_what_systems_leave_on_a_stick_and_other_exports_are_not_foreign(tmp_path: Path) -> None:
    for path in (
        "System Volume Information/WPSettings.dat", ".Trash-1000/cu.mp3", "desktop.ini",
        f"{STAGING}/a.mp3.part", MANIFEST, f"trang/{MANIFEST}", "trang/index.html", "nhac/bai.mp3",
    ):  # fmt: skip
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(b"x")

    assert list(states(tmp_path, Manifest())) == ["nhac/bai.mp3"]


def test_a_manifest_keeps_which_airings_a_file_is_for() -> None:
    aired = (Aired("sang", MONDAY), Aired("chieu", MONDAY.replace(hour=17), "ban-lan"))
    manifest = Manifest({"2026-W48": WeekEntry(airings={"a.mp3": aired}, player="dm8")})
    assert parse_manifest(print_manifest(manifest)) == manifest


def test_a_manifest_of_an_earlier_state_of_the_program_is_read() -> None:
    week = b'{"zones": [], "files": {}, "events": {}}'
    data = b'{"made_by": "broadcast", "format": 1, "weeks": {"2026-W48": ' + week + b"}}"
    assert parse_manifest(data) == Manifest({"2026-W48": WeekEntry()})


def test_an_airing_without_a_time_zone_is_no_manifest() -> None:
    manifest = Manifest({"w": WeekEntry(airings={"a": (Aired("x", MONDAY.replace(tzinfo=None)),)})})
    with pytest.raises(ValueError, match="2026-11-23"):
        parse_manifest(print_manifest(manifest))
