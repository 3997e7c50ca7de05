"""Drives that people put in and take out: listed, and missed when they are not in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from broadcast.errors import StorageError
from broadcast.publish import disk, drives
from broadcast.publish.compare import FileSource
from broadcast.publish.drives import Drive, drive_of
from broadcast.publish.tree import export_tree


@pytest.fixture
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which Linux shows drives."""
    monkeypatch.setattr(drives, "LINUX", (tmp_path / "media", tmp_path / "run"))
    monkeypatch.setattr(drives, "MAC", tmp_path / "Volumes")
    monkeypatch.setattr(disk, "free_bytes", lambda folder: 4_000_000_000)
    return tmp_path / "media"


def test_linux_lists_the_drives_of_every_person(media: Path) -> None:
    for place in ("lan/USB XA", "lan/THE-NHO", "hoa/USB"):
        (media / place).mkdir(parents=True)
    (media / "lan/thu.txt").write_text("x")

    assert drives.drives("linux") == (
        Drive("THE-NHO", media / "lan/THE-NHO", 4_000_000_000),
        Drive("USB", media / "hoa/USB", 4_000_000_000),
        Drive("USB XA", media / "lan/USB XA", 4_000_000_000),
    )


def test_a_drive_mounted_without_a_persons_folder_is_one(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (media / "usb0/thu muc").mkdir(parents=True)
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == media / "usb0")

    assert [drive.path for drive in drives.drives("linux")] == [media / "usb0"]
    assert drive_of(media / "usb0/thu muc", "linux") == media / "usb0"


def test_macos_lists_its_volumes_but_not_its_own(media: Path, tmp_path: Path) -> None:
    (tmp_path / "Volumes/USB").mkdir(parents=True)
    (tmp_path / "Volumes/Macintosh HD").symlink_to(tmp_path)

    assert [drive.name for drive in drives.drives("darwin")] == ["USB"]
    assert drive_of(tmp_path / "Volumes/USB/tuan", "darwin") == tmp_path / "Volumes/USB"


def test_windows_lists_its_letters_but_not_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYSTEMDRIVE", "C:")
    found = drives._letters(lambda name: name in {"A:\\", "C:\\", "E:\\", "F:\\"})
    assert [str(path) for path in found] == ["E:\\", "F:\\"]


def test_no_drives_are_no_error(media: Path) -> None:
    assert [drives.drives(system) for system in ("linux", "darwin")] == [(), ()]


def test_a_drive_that_does_not_say_how_much_is_free_is_listed_all_the_same(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (media / "lan/USB").mkdir(parents=True)

    def broken(_: Path) -> int:
        raise OSError

    monkeypatch.setattr(disk, "free_bytes", broken)
    assert drives.drives("linux") == (Drive("USB", media / "lan/USB"),)


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("media/lan/USB/tuan", "media/lan/USB"),
        ("media/lan/USB", "media/lan/USB"),
        ("media/lan", "media/lan"),
        ("media", None),
        ("run/lan/USB/a/b", "run/lan/USB"),
        ("home/lan", None),
    ],
)
def test_a_path_is_on_the_drive_it_leads_through(media: Path, path: str, drive: str | None) -> None:
    found = drive_of(media.parent / path, "linux")
    assert found == (media.parent / drive if drive else None)


@pytest.mark.skipif(os.name != "posix", reason="Windows' letters are not folders")
def test_a_week_is_not_written_beside_a_drive_that_is_not_in(media: Path) -> None:
    (media / "lan").mkdir(parents=True)
    with pytest.raises(StorageError) as caught:
        export_tree(media / "lan/USB/tuan", {"a.mp3": FileSource.of_bytes(b"x")}, "2026-W48")
    assert str(media / "lan/USB") in caught.value.happened
    assert "không có ổ đĩa" in caught.value.happened
    assert list((media / "lan").iterdir()) == []
