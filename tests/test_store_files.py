"""Files are written whole or not at all, and errors say what to do."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.errors import ConflictError, InputError, NotFoundError, StorageError
from broadcast.storage import storage_error
from broadcast.store import files
from broadcast.store.files import read_text, revision, write_whole


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_text_is_written_as_it_is_with_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.md"
    new = write_whole(path, "một\r\nhai\n")
    assert path.read_bytes() == "một\r\nhai\n".encode()
    assert new == revision(path)
    assert _names(path.parent) == ["b.md"]


def test_a_file_that_is_not_there_has_no_revision(tmp_path: Path) -> None:
    assert revision(tmp_path / "x") is None


def test_a_file_changed_since_it_was_read_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    seen = write_whole(path, "1")
    write_whole(path, "2", expected_revision=seen)
    with pytest.raises(ConflictError) as caught:
        write_whole(path, "3", expected_revision=seen)
    assert path.read_text() == "2"
    assert str(path) in caught.value.happened
    assert _names(tmp_path) == ["a.yaml"]


def test_a_file_removed_since_it_was_read_is_not_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    seen = write_whole(path, "1")
    path.unlink()
    with pytest.raises(ConflictError):
        write_whole(path, "2", expected_revision=seen)
    assert _names(tmp_path) == []


def test_a_new_file_does_not_take_the_place_of_one_that_appeared(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    write_whole(path, "mine", expected_revision=None)
    with pytest.raises(ConflictError, match="Không ghi đè"):
        write_whole(path, "theirs", expected_revision=None)
    assert path.read_text() == "mine"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_when_writing_fails_the_old_file_stays_and_nothing_is_left_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.yaml"
    write_whole(path, "old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(files, "_replace", full)
    with pytest.raises(StorageError) as caught:
        write_whole(path, "new")
    assert "ổ đĩa đã đầy" in caught.value.happened
    assert str(path) in caught.value.happened
    assert (path.read_text(), _names(tmp_path)) == ("old", ["a.yaml"])


def test_an_interruption_leaves_nothing_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "_replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.yaml", "new")
    assert _names(tmp_path) == []


def test_a_full_disk_is_reported_by_the_system_itself(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    link = tmp_path / "a.txt"
    try:
        Path("/dev/full").write_text("x")
    except OSError as error:
        told = storage_error(error, link)
    assert str(link) in told.happened
    assert "đầy" in told.happened
    assert "out/" in told.mend


def test_a_name_too_long_for_the_disk_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="quá dài"):
        write_whole(tmp_path / ("a" * 300), "x")
    assert _names(tmp_path) == []


def test_a_folder_or_a_file_in_the_way_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match="đây là thư mục"):
        write_whole(tmp_path / "folder", "x")
    with pytest.raises(StorageError, match=r"là tệp|tệp trùng tên"):
        write_whole(tmp_path / "file" / "inside", "x")


def test_a_read_only_folder_is_said_so(tmp_path: Path) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("rights do not bind the administrator, nor a Windows folder")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="quyền"):
            write_whole(tmp_path / "a", "x")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EROFS, "chỉ đọc"),
        (errno.EACCES, "không có quyền"),
        (errno.EINVAL, "không nhận tên"),
        (errno.ENOENT, "không có ổ đĩa"),
        (errno.EXDEV, "hệ điều hành báo: Invalid cross-device link"),
    ],
)
def test_a_refusal_of_the_system_is_said_in_vietnamese(code: int, words: str) -> None:
    told = storage_error(OSError(code, os.strerror(code)), Path("lịch.yaml"))
    assert words in told.happened
    assert "lịch.yaml" in told.happened
    assert told.mend


@pytest.mark.parametrize(
    ("code", "words"), [(32, "đang mở"), (112, "đầy"), (123, "không nhận tên"), (206, "quá dài")]
)
def test_windows_own_codes_are_understood(code: int, words: str) -> None:
    error = OSError(errno.EPERM, "")
    error.winerror = code  # type: ignore[attr-defined]
    assert words in storage_error(error, Path("a")).happened


def test_without_a_path_the_file_is_the_one_the_system_names() -> None:
    error = OSError(errno.EACCES, "Permission denied", "lịch.yaml")
    assert storage_error(error).happened.startswith("lịch.yaml: không có quyền")
    assert storage_error(OSError("lạ")).happened == "hệ điều hành báo: lạ"


def test_rights_of_a_replaced_file_are_kept(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such rights")
    path = tmp_path / "a"
    path.write_text("x")
    path.chmod(0o640)
    write_whole(path, "y")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("x")
    write_whole(tmp_path / "whole", "x")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "whole")}
    assert len(modes) == 1


def test_a_link_stays_and_what_it_names_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("this system lets this user make no links")
    write_whole(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_text_that_cannot_be_utf8_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_whole(tmp_path / "a", "được\n\ud800")
    assert caught.value.problems[0].line == 2
    assert _names(tmp_path) == []


def test_text_comes_back_in_nfc_without_the_mark_and_with_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf" + "Tie\u0302\u0301ng\r\nViệt".encode())
    assert read_text(path) == "Tiếng\r\nViệt"


@pytest.mark.parametrize(
    ("raw", "message", "line"),
    [
        ("một\nhai\n".encode() + b"ba \xe9\n", "chữ không theo mã UTF-8", 3),
        ("một".encode("utf-16"), "tệp được lưu theo mã UTF-16", 1),
        (b"\x89PNG\n\x00\x00", "tệp nhị phân", 1),
        (b"a\nb\x00c", "tệp nhị phân", 2),
    ],
)
def test_what_is_no_text_is_named_with_its_line(
    tmp_path: Path, raw: bytes, message: str, line: int
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_text(path)
    (problem,) = caught.value.problems
    assert (problem.message, problem.file, problem.line) == (message, str(path), line)


def test_a_missing_file_is_not_found_and_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_text(tmp_path / "x")
    with pytest.raises(StorageError):
        read_text(tmp_path)


@settings(deadline=None)
@given(raw=st.binary(max_size=200))
def test_reading_any_bytes_gives_text_or_a_message(
    raw: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(raw)
    try:
        text = read_text(path)
    except InputError as error:
        assert error.problems[0].line
    else:
        assert "\0" not in text
