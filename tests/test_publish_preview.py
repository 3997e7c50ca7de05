"""A preview tells what the export then does, whatever stands in the folder, and writes nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from broadcast.errors import BroadcastError, ConflictError, StorageError
from broadcast.publish import disk
from broadcast.publish.compare import FileSource, Survey, survey
from broadcast.publish.tree import damaged, export_tree, preview_tree
from broadcast.storage import file_digest

from .helpers import tree
from .test_publish_tree import STEPS, KilledError, break_at

W47, W48 = "2026-W47", "2026-W48"
PATHS = ["2026-11-23-t2/01-a.mp3", "2026-11-23-t2/02-b.mp3", "2026-11-24-t3/01-c.mp3", "W.txt"]

FILES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from([b"one", b"two", b"three"]))
"""A week: some of the files, each in one of three states."""

MEDDLING = st.one_of(
    st.tuples(st.just("export"), st.sampled_from([W47, W48]), FILES),
    st.tuples(st.just("kill"), FILES, st.integers(1, 25)),
    st.tuples(st.just("write"), st.sampled_from([*PATHS, "letter.doc"]), st.just(b"by hand")),
    st.tuples(st.just("write"), st.just("2026-11-24-t3"), st.just(b"no folder")),
    st.tuples(st.just("write"), st.just("manifest.json"), st.just(b"{}")),
    st.tuples(st.just("delete"), st.sampled_from([*PATHS, "manifest.json"])),
)
"""What programs and people did to the folder before."""


def sources(files: dict[str, bytes]) -> dict[str, FileSource]:
    return {
        path: FileSource.of_bytes(data, filled_in=path == "W.txt") for path, data in files.items()
    }


def meddle(target: Path, what: str, *how: object) -> None:
    with contextlib.suppress(BroadcastError, OSError, KilledError):
        if what == "export":
            export_tree(target, sources(how[1]), str(how[0]))  # type: ignore[arg-type]
        elif what == "kill":
            with pytest.MonkeyPatch.context() as patch:
                break_at(patch, int(str(how[1])), KilledError(), for_ever=True)
                export_tree(target, sources(how[0]), W48)  # type: ignore[arg-type]
        elif what == "write":
            (target / str(how[0])).parent.mkdir(parents=True, exist_ok=True)
            (target / str(how[0])).write_bytes(how[1])  # type: ignore[arg-type]
        else:
            (target / str(how[0])).unlink()


@given(st.lists(MEDDLING, max_size=5), FILES)
def test_a_preview_says_what_the_export_then_does(
    before: list[tuple[object, ...]], files: dict[str, bytes]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "usb"
        for what, *how in before:
            meddle(target, str(what), *how)
        stood = tree(Path(folder))

        told: Survey | BroadcastError
        try:
            told = preview_tree(target, sources(files), W48)
        except BroadcastError as error:
            told = error
        assert tree(Path(folder)) == stood

        try:
            done = export_tree(target, sources(files), W48)
        except BroadcastError as error:
            event(type(error).__name__)
            assert str(told) == str(error)
        else:
            assert isinstance(told, Survey)
            event(f"writes: {bool(done.written)}, keeps: {bool(done.kept_foreign)}")
            event(f"sets a form aside: {bool(done.set_aside)}")
            assert told.result == done
            assert told.manifest == (target / "manifest.json").read_bytes()
            assert {p: told.sizes[p] for p in files} == {p: len(d) for p, d in files.items()}


def test_only_files_that_stand_there_in_another_state_are_replaced(tmp_path: Path) -> None:
    export_tree(tmp_path, sources({"a.mp3": b"old", "b.mp3": b"same"}), W48)

    found = preview_tree(tmp_path, sources({"a.mp3": b"new", "b.mp3": b"same", "c.mp3": b"1"}), W48)

    assert (found.result.written, found.replaced) == (("a.mp3", "c.mp3"), frozenset(["a.mp3"]))


def test_a_preview_of_what_is_there_already_needs_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_tree(tmp_path, sources({"a.mp3": b"one"}), W48)
    monkeypatch.setattr(disk, "free_bytes", lambda folder: 0)

    found = preview_tree(tmp_path, sources({"a.mp3": b"one"}), W48)

    assert (found.work, found.needed, found.free) == (False, 0, 0)


def test_too_small_a_disk_is_told_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "free_bytes", lambda folder: 1_000_000)
    with pytest.raises(StorageError, match="cần 1,1 MB nhưng chỉ còn trống 1,0 MB"):
        preview_tree(tmp_path / "usb", sources({"a.mp3": b"one"}), W48)


def test_a_folder_below_a_file_is_told_before(tmp_path: Path) -> None:
    (tmp_path / "usb").write_bytes(b"")
    with pytest.raises(StorageError, match=r"usb: một phần của đường dẫn là tệp"):
        preview_tree(tmp_path / "usb" / "tuan", sources({"a.mp3": b"one"}), W48)


@pytest.mark.parametrize(("flags", "said"), [(1, "chỉ đọc được"), (0, "không có quyền")])
def test_a_disk_that_may_not_be_written_is_told_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: int, said: str
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(os, "ST_RDONLY", 1, raising=False)
    monkeypatch.setattr(os, "statvfs", lambda _: type("Told", (), {"f_flag": flags}), raising=False)
    monkeypatch.setattr(disk, "free_bytes", lambda folder: 10**9)
    with pytest.raises(StorageError, match=said):
        preview_tree(tmp_path / "usb", sources({"a.mp3": b"one"}), W48)
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_changed_since_it_was_made_is_found(tmp_path: Path) -> None:
    source = tmp_path / "a.mp3"
    source.write_bytes(b"one")
    files = {"2026-11-23-t2/01.mp3": FileSource.of_file(source, file_digest(source))}
    found = survey(tmp_path / "usb", files, W48)
    assert damaged(files, found) == ()
    source.write_bytes(b"two")
    assert damaged(files, found) == ("2026-11-23-t2/01.mp3",)


def test_what_is_copied_is_told_in_portions_and_stops_within_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_CHUNK", 4)
    source = tmp_path / "a.mp3"
    source.write_bytes(b"x" * 10)
    told: list[int] = []

    def tell(written: int) -> None:
        told.append(written)
        if written == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        disk.copy_whole(source, tmp_path / "b.mp3", tell)
    assert told == [4, 8]


def test_a_stick_pulled_out_while_writing_leaves_the_message_to_put_it_in_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = disk.copy_whole

    def pulled(*args: object) -> str:
        for name in STEPS:
            monkeypatch.setattr(disk, name, gone)
        return real(*args)  # type: ignore[arg-type]

    def gone(*_: object) -> None:
        raise OSError(errno.ENOENT, "gone", str(tmp_path))

    monkeypatch.setattr(disk, "copy_whole", pulled)
    files = sources({"a.mp3": b"one", "b.mp3": b"two"})
    with pytest.raises(StorageError) as caught:
        export_tree(tmp_path, files, W48)
    assert "cắm lại USB" in caught.value.mend


def test_conflicts_are_told_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"mine")
    (tmp_path / "b.mp3").write_bytes(b"mine too")
    with pytest.raises(ConflictError) as caught:
        preview_tree(tmp_path, sources({"a.mp3": b"one", "b.mp3": b"two"}), W48)
    assert [problem.file for problem in caught.value.problems] == ["a.mp3", "b.mp3"]
