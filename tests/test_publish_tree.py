"""Writing an export: only changes, only our files, and whole files however it ends."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from broadcast.errors import ConflictError, StorageError
from broadcast.publish import disk
from broadcast.publish.compare import STAGING, ExportResult, FileSource
from broadcast.publish.manifest import read_manifest
from broadcast.publish.tree import Copied, export_tree
from broadcast.storage import file_digest

W48 = "2026-W48"
OLD = {
    "2026-11-23-t2/01-a.mp3": b"A" * 3000,
    "2026-11-23-t2/02-b.mp3": b"B" * 3000,
    "2026-11-23-t2/03-c.mp3": b"C" * 3000,
    "2026-11-24-t3/01-d.mp3": b"D" * 3000,
    "2026-W48.txt": b"old sheet",
}
NEW = {
    "2026-11-23-t2/01-a.mp3": b"A" * 3000,
    "2026-11-23-t2/02-new.mp3": b"N" * 3000,
    "2026-11-23-t2/03-c.mp3": b"changed",
    "2026-11-23-t2/04-b.mp3": b"B" * 3000,
    "2026-11-25-t4/01-e.mp3": b"E" * 3000,
    "2026-W48.txt": b"new sheet",
}
STEPS = ("copy_whole", "move", "make_folder", "remove", "remove_empty", "flush_folder")


class KilledError(BaseException):
    """The power went: nothing after this happens, not even cleaning up."""


def export(target: Path, files: dict[str, bytes], week: str = W48) -> ExportResult:
    return export_tree(target, {p: FileSource.of_bytes(d) for p, d in files.items()}, week)


def held(target: Path) -> dict[str, bytes]:
    """Every file below, without manifest and staging."""
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file() and STAGING not in path.parts and path.name != "manifest.json"
    }


def times(target: Path) -> dict[str, int]:
    return {p.relative_to(target).as_posix(): p.stat().st_mtime_ns for p in target.rglob("*.*")}


def break_at(
    patch: pytest.MonkeyPatch, step: int, error: BaseException, for_ever: bool
) -> Callable[[], bool]:
    """Let the n-th thing done to the disk fail, half done; tells whether it came to that."""
    count = 0

    def broken(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object) -> object:
            nonlocal count
            count += 1
            if count == step and real is copy_whole:
                Path(str(args[1])).write_bytes(b"half")
            if count == step or (for_ever and count > step):
                raise error
            return real(*args)

        return call

    copy_whole = disk.copy_whole
    for name in STEPS:
        patch.setattr(disk, name, broken(getattr(disk, name)))
    return lambda: count >= step


def test_the_first_export_writes_everything_in_playing_order(tmp_path: Path) -> None:
    result = export(tmp_path / "usb", OLD)
    assert result == ExportResult(written=tuple(OLD))
    assert held(tmp_path / "usb") == OLD
    assert sorted(p.name for p in (tmp_path / "usb").iterdir()) == [
        "2026-11-23-t2",
        "2026-11-24-t3",
        "2026-W48.txt",
        "manifest.json",
    ]


def test_the_manifest_names_every_file_with_digest_and_size(tmp_path: Path) -> None:
    export(tmp_path, OLD)
    content = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    files = content["weeks"][W48]["files"]
    assert {p: f["bytes"] for p, f in files.items()} == {p: len(d) for p, d in OLD.items()}
    assert {p: f["sha256"] for p, f in files.items()} == {p: file_digest(tmp_path / p) for p in OLD}


def test_exporting_again_touches_nothing(tmp_path: Path) -> None:
    export(tmp_path, OLD)
    before = times(tmp_path)
    assert export(tmp_path, OLD) == ExportResult(unchanged=tuple(OLD))
    assert times(tmp_path) == before


def test_a_changed_week_changes_only_what_changed(tmp_path: Path) -> None:
    export(tmp_path, OLD)
    before = times(tmp_path)
    result = export(tmp_path, NEW)
    assert held(tmp_path) == NEW
    assert result.unchanged == ("2026-11-23-t2/01-a.mp3",)
    assert result.removed == ("2026-11-23-t2/02-b.mp3", "2026-11-24-t3/01-d.mp3")
    assert times(tmp_path)["2026-11-23-t2/01-a.mp3"] == before["2026-11-23-t2/01-a.mp3"]
    assert not (tmp_path / "2026-11-24-t3").exists()


def test_a_folder_with_a_new_file_is_put_in_playing_order_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(tmp_path, OLD)
    arrivals: list[str] = []
    real = disk.move

    def note(source: Path, to: Path) -> None:
        arrivals.append(to.relative_to(tmp_path).as_posix())
        real(source, to)

    monkeypatch.setattr(disk, "move", note)
    export(tmp_path, NEW)
    assert [a for a in arrivals if a.startswith("2026-11-2")] == [p for p in NEW if "/" in p]


def test_other_peoples_files_and_other_weeks_stay(tmp_path: Path) -> None:
    (tmp_path / "2026-11-24-t3").mkdir()
    (tmp_path / "2026-11-24-t3" / "nhac.mp3").write_bytes(b"music")
    (tmp_path / "thu.doc").write_bytes(b"letter")
    export(tmp_path, {"2026-W47.txt": b"last week"}, "2026-W47")
    export(tmp_path, OLD)
    export(tmp_path, NEW)
    foreign = {"2026-11-24-t3/nhac.mp3": b"music", "thu.doc": b"letter"}
    assert held(tmp_path) == {**NEW, **foreign, "2026-W47.txt": b"last week"}
    assert set(read_manifest(tmp_path).weeks) == {"2026-W47", W48}


def test_a_foreign_file_in_the_way_stops_the_export_before_it_writes(tmp_path: Path) -> None:
    (tmp_path / "2026-W48.txt").write_bytes(b"mine")
    (tmp_path / "2026-11-24-t3").write_bytes(b"a file where a folder must go")
    before = held(tmp_path)
    with pytest.raises(ConflictError) as caught:
        export(tmp_path, OLD)
    assert held(tmp_path) == before
    assert [p.file for p in caught.value.problems] == ["2026-11-24-t3", "2026-W48.txt"]


def test_a_file_edited_since_is_not_overwritten(tmp_path: Path) -> None:
    export(tmp_path, OLD)
    (tmp_path / "2026-W48.txt").write_bytes(b"with a note by hand")
    with pytest.raises(ConflictError) as caught:
        export(tmp_path, NEW)
    assert [p.message for p in caught.value.problems] == ["đã bị sửa sau lần xuất trước"]
    assert held(tmp_path) == {**OLD, "2026-W48.txt": b"with a note by hand"}


def sheet(data: bytes) -> dict[str, FileSource]:
    return {"2026-W48.txt": FileSource.of_bytes(data, filled_in=True)}


def test_a_form_that_was_filled_in_stays_while_the_form_is_the_same(tmp_path: Path) -> None:
    export_tree(tmp_path, sheet(b"sheet"), W48)
    (tmp_path / "2026-W48.txt").write_bytes(b"sheet, ticked")
    assert export_tree(tmp_path, sheet(b"sheet"), W48).unchanged == ("2026-W48.txt",)
    assert held(tmp_path) == {"2026-W48.txt": b"sheet, ticked"}


def test_forms_that_were_filled_in_stand_beside_the_new_one_each_time(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        export_tree(tmp_path, sheet(b"sheet %d" % number), W48)
        (tmp_path / "2026-W48.txt").write_bytes(b"sheet %d, ticked" % number)
    result = export_tree(tmp_path, sheet(b"sheet 4"), W48)
    assert result.set_aside == (("2026-W48.txt", "2026-W48-da-ghi-3.txt"),)
    assert held(tmp_path) == {
        "2026-W48-da-ghi.txt": b"sheet 1, ticked",
        "2026-W48-da-ghi-2.txt": b"sheet 2, ticked",
        "2026-W48-da-ghi-3.txt": b"sheet 3, ticked",
        "2026-W48.txt": b"sheet 4",
    }


@pytest.mark.parametrize("step", range(1, 14))
def test_a_kill_at_any_step_loses_no_form_that_was_filled_in(tmp_path: Path, step: int) -> None:
    export_tree(tmp_path, sheet(b"sheet"), W48)
    (tmp_path / "2026-W48.txt").write_bytes(b"ticked")
    with pytest.MonkeyPatch.context() as patch:
        reached = break_at(patch, step, KilledError(), for_ever=True)
        with contextlib.suppress(KilledError):
            export_tree(tmp_path, sheet(b"new"), W48)
        assert reached() or step > 10
    export_tree(tmp_path, sheet(b"new"), W48)
    assert held(tmp_path) == {"2026-W48-da-ghi.txt": b"ticked", "2026-W48.txt": b"new"}


def test_a_form_that_no_export_wrote_is_still_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "2026-W48.txt").write_bytes(b"somebody else's")
    with pytest.raises(ConflictError):
        export_tree(tmp_path, sheet(b"sheet"), W48)
    assert held(tmp_path) == {"2026-W48.txt": b"somebody else's"}


def test_a_file_no_longer_wanted_but_edited_is_kept_and_told(tmp_path: Path) -> None:
    export(tmp_path, OLD)
    (tmp_path / "2026-11-24-t3" / "01-d.mp3").write_bytes(b"edited")
    result = export(tmp_path, NEW)
    assert result.kept_foreign == ("2026-11-24-t3/01-d.mp3",)
    assert held(tmp_path)["2026-11-24-t3/01-d.mp3"] == b"edited"
    assert export(tmp_path, NEW).kept_foreign == ()


def test_a_file_deleted_by_hand_is_written_again(tmp_path: Path) -> None:
    export(tmp_path, OLD)
    (tmp_path / "2026-11-23-t2" / "02-b.mp3").unlink()
    assert export(tmp_path, OLD).written == ("2026-11-23-t2/02-b.mp3",)
    assert held(tmp_path) == OLD


def test_a_shortcut_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "usb").mkdir()
    try:
        (tmp_path / "usb" / "2026-11-24-t3").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("this system does not let us make symbolic links")
    with pytest.raises(ConflictError):
        export(tmp_path / "usb", OLD)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b'{"made_by": "other"}',
        b'{"made_by": "broadcast", "format": 2, "weeks": {}}',
        b'{"made_by": "broadcast", "format": 1, "weeks": {"2026-W48": 3}}',
        b"\xff\xfe",
    ],
)
def test_a_manifest_that_is_not_ours_stops_the_export(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(ConflictError):
        export(tmp_path, OLD)
    assert (tmp_path / "manifest.json").read_bytes() == content
    assert held(tmp_path) == {}


def test_a_manifest_that_names_a_file_outside_deletes_nothing_there(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"x")
    export(tmp_path / "usb", {"2026-W48.txt": b"x"})
    place = tmp_path / "usb" / "manifest.json"
    place.write_text(place.read_text("utf-8").replace("2026-W48.txt", "../precious"), "utf-8")
    (tmp_path / "usb" / "2026-W48.txt").unlink()
    export(tmp_path / "usb", {})
    assert (tmp_path / "precious").read_bytes() == b"x"


@pytest.mark.parametrize(
    "names", [["aux.mp3"], ["../x"], ["a:b"], ["A.mp3", "a.mp3"], ["Manifest.json"]]
)
def test_names_a_disk_refuses_are_told_before_anything_is_written(
    tmp_path: Path, names: list[str]
) -> None:
    with pytest.raises(StorageError) as caught:
        export(tmp_path / "usb", dict.fromkeys(["ok.txt", *names], b"x"))
    assert caught.value.problems
    assert not (tmp_path / "usb").exists()


def test_a_source_that_changed_since_it_was_made_stops_the_export(tmp_path: Path) -> None:
    source = tmp_path / "a.mp3"
    source.write_bytes(b"one")
    file = FileSource.of_file(source, file_digest(source))
    source.write_bytes(b"two")
    with pytest.raises(ConflictError):
        export_tree(tmp_path / "usb", {"2026-11-23-t2/01.mp3": file}, W48)
    assert list((tmp_path / "usb").iterdir()) == []


def test_a_disk_too_small_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "free_bytes", lambda folder: 1_000_000)
    with pytest.raises(StorageError, match=r"chỉ còn trống 1,0 MB"):
        export(tmp_path, OLD)
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "usb").write_bytes(b"")
    with pytest.raises(StorageError):
        export(tmp_path / "usb", OLD)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="root may write into any folder"
)
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError, match="không có quyền"):
        export(tmp_path, OLD)
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "hết dung lượng"),
        (errno.EROFS, "chỉ đọc được"),
        (errno.EACCES, "không có quyền"),
        (errno.EINVAL, "không nhận tên tệp"),
        (errno.EIO, "ổ đĩa báo lỗi"),
    ],
)
def test_every_trouble_of_a_disk_is_said_in_its_own_words(number: int, said: str) -> None:
    error = disk.export_error(OSError(number, os.strerror(number), "E:\\a.mp3"), Path("E:"))
    assert said in error.happened
    assert "a.mp3" in error.happened
    assert error.mend


def test_a_cancelled_export_leaves_the_old_one(tmp_path: Path) -> None:
    export(tmp_path, OLD)

    def cancel(copied: Copied) -> None:
        if copied.done == 2:
            raise KeyboardInterrupt

    files = {p: FileSource.of_bytes(d) for p, d in NEW.items()}
    with pytest.raises(KeyboardInterrupt):
        export_tree(tmp_path, files, W48, progress=cancel)
    assert held(tmp_path) == OLD
    assert not (tmp_path / STAGING).exists()


def check_whole(target: Path) -> None:
    for path, content in held(target).items():
        assert content in {OLD.get(path), NEW.get(path)}, path


def test_an_error_at_any_step_leaves_whole_files_and_the_next_export_mends_it(
    tmp_path: Path,
) -> None:
    for step in range(1, 200):
        target = tmp_path / str(step)
        export(target, OLD)
        with pytest.MonkeyPatch.context() as patch:
            broke = break_at(patch, step, OSError(errno.ENOSPC, "full"), for_ever=False)
            try:
                export(target, NEW)
            except StorageError:
                assert "2026-11-23-t2/01-a.mp3" in held(target), step
        check_whole(target)
        export(target, NEW)
        assert held(target) == NEW
        assert not (target / STAGING).exists()
        if not broke():
            break
    assert step > len(NEW) * 2


@pytest.mark.parametrize("then", [OLD, NEW], ids=["going back", "trying again"])
def test_a_kill_at_any_step_leaves_whole_files_and_the_next_export_mends_it(
    tmp_path: Path, then: dict[str, bytes]
) -> None:
    for step in range(1, 200):
        target = tmp_path / str(step)
        export(target, OLD)
        with pytest.MonkeyPatch.context() as patch:
            broke = break_at(patch, step, KilledError(), for_ever=True)
            try:
                export(target, NEW)
            except KilledError:
                check_whole(target)
        export(target, then)
        assert held(target) == then, step
        assert not (target / STAGING).exists()
        if not broke():
            break
    assert step > len(NEW) * 2


def test_a_kill_while_mending_a_kill_is_mended_too(tmp_path: Path) -> None:
    # Every second step, each after another first one than its neighbours.
    for turn, first in enumerate(range(8, 30, 3)):
        for second in range(1 + turn % 5, 40, 5):
            target = tmp_path / f"{first}-{second}"
            for step, files in ((first, NEW), (second, OLD)):
                with pytest.MonkeyPatch.context() as patch:
                    break_at(patch, step, KilledError(), for_ever=True)
                    try:
                        export(target, files)
                    except KilledError:
                        check_whole(target)
            export(target, NEW)
            assert held(target) == NEW, (first, second)
            assert not (target / STAGING).exists()


def test_a_kill_in_one_week_loses_nothing_when_another_week_is_exported_next(
    tmp_path: Path,
) -> None:
    for step in range(1, 60):
        target = tmp_path / str(step)
        export(target, OLD)
        with pytest.MonkeyPatch.context() as patch:
            break_at(patch, step, KilledError(), for_ever=True)
            with contextlib.suppress(KilledError):
                export(target, NEW)
        export(target, {"2026-W49.txt": b"next"}, "2026-W49")
        check_whole_of_either(target)
        export(target, NEW)
        assert held(target) == {**NEW, "2026-W49.txt": b"next"}


def check_whole_of_either(target: Path) -> None:
    files = held(target)
    assert files.pop("2026-W49.txt") == b"next"
    assert files["2026-11-23-t2/01-a.mp3"] == OLD["2026-11-23-t2/01-a.mp3"]
