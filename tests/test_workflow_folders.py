"""Choosing a folder: paths as people type them, what is in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.errors import InputError, StorageError
from broadcast.publish import drives
from broadcast.workflow.folders import look_into, typed_path


@pytest.fixture(autouse=True)
def no_drives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drives, "LINUX", ())
    monkeypatch.setattr(drives, "MAC", Path("nowhere"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("usb", "/dai/usb"),
        (" usb/tuan 48 ", "/dai/usb/tuan 48"),
        ('"/media/lan/USB"', "/media/lan/USB"),
        ("'/media/lan/USB XA'", "/media/lan/USB XA"),
        ("~/Tuần 48", "/nha/Tuần 48"),
        ("../khac", "/dai/../khac"),
    ],
)
def test_a_path_is_taken_as_people_type_it(
    monkeypatch: pytest.MonkeyPatch, typed: str, meant: str
) -> None:
    monkeypatch.setenv("HOME", "/nha")
    monkeypatch.setenv("USERPROFILE", "/nha")
    assert typed_path(typed, Path("/dai")) == Path(meant)


@pytest.mark.parametrize("typed", ["", "  ", '""'])
def test_no_path_is_no_folder(typed: str) -> None:
    with pytest.raises(InputError, match="Chưa chọn được thư mục"):
        typed_path(typed, Path("/dai"))


def test_somebody_unknown_has_no_folder() -> None:
    with pytest.raises(InputError) as caught:
        typed_path("~khong-co-ai/tuan", Path("/dai"))
    assert caught.value.happened == "không rõ ~khong-co-ai là thư mục của ai"


def test_folders_are_listed_by_name_without_hidden_ones_and_files(tmp_path: Path) -> None:
    for name in ("Tuần 48", "am nhac", ".git", "$RECYCLE.BIN"):
        (tmp_path / name).mkdir()
    (tmp_path / "thu.txt").write_text("x")

    found = look_into(tmp_path)

    assert found.inside == ("am nhac", "Tuần 48")
    assert (found.path, found.above, found.drives) == (tmp_path, tmp_path.parent, ())


def test_where_there_is_no_folder_the_nearest_above_is_shown(tmp_path: Path) -> None:
    (tmp_path / "thu.txt").write_text("x")
    assert look_into(tmp_path / "a/b").path == tmp_path
    assert look_into(tmp_path / "thu.txt").path == tmp_path


def test_nothing_is_above_the_top() -> None:
    assert look_into(Path(Path.cwd().anchor)).above is None


def test_a_folder_that_cannot_be_looked_into_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("broadcast.workflow.folders.os.scandir", refuse)
    with pytest.raises(StorageError, match="không có quyền"):
        look_into(tmp_path)


def test_documents_are_listed_where_they_are_looked_for(tmp_path: Path) -> None:
    (tmp_path / "thư.docx").mkdir()
    for name in ("Kế hoạch.DOCX", "bao cao.pdf", "anh.jpg", "~$Kế hoạch.docx", ".an.pdf"):
        (tmp_path / name).write_text("x")

    found = look_into(tmp_path, frozenset({".docx", ".pdf"}))

    assert found.files == ("bao cao.pdf", "Kế hoạch.DOCX")
    assert found.inside == ("thư.docx",)
    assert look_into(tmp_path).files == ()


def test_the_persons_folders_of_documents_are_offered_but_for_the_one_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("Downloads", "Tài liệu", "Khác"):
        (tmp_path / name).mkdir()
    wanted = frozenset({".pdf"})

    assert look_into(tmp_path, wanted).places == (tmp_path / "Downloads", tmp_path / "Tài liệu")
    assert look_into(tmp_path / "Downloads", wanted).places == (tmp_path / "Tài liệu",)
    assert look_into(tmp_path).places == ()


def test_where_nobody_is_at_home_no_folders_of_documents_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", nobody)
    assert look_into(tmp_path, frozenset({".pdf"})).places == ()
