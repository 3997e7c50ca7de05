"""Several files as one change: all, none, or finished after an interruption, wherever it came."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from broadcast.errors import ConflictError, InputError, StorageError
from broadcast.store import batch as files
from broadcast.store.batch import Batch, Write

A, B, C = "schedules/a.yaml", "schedules/b.yaml", "schedules/c.yaml"
BATCH = Batch("đổi", (Write(A, "a1\r\n", "a2\r\n"), Write(B, None, "b2"), Write(C, "c1", None)))
PENDING = Path(files.FOLDER, "pending.json")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "schedules").mkdir()
    (tmp_path / A).write_bytes(b"a1\r\n")
    (tmp_path / C).write_bytes(b"c1")
    return tmp_path


def held(root: Path) -> dict[str, str | None]:
    return {file: files.text_of(root, file) for file in (A, B, C)}


BEFORE = {A: "a1\r\n", B: None, C: "c1"}
AFTER = {A: "a2\r\n", B: "b2", C: None}


def test_a_batch_is_written_to_the_letter_and_taken_back(root: Path) -> None:
    files.apply(root, BATCH)
    assert held(root) == AFTER
    assert files.last(root) == BATCH
    assert files.finish(root) is None
    files.apply(root, BATCH.reverse)
    assert held(root) == BEFORE
    assert files.last(root) == BATCH.reverse
    assert BATCH.reverse.undone


def test_nothing_is_written_over_a_file_that_was_changed(root: Path) -> None:
    (root / B).write_bytes(b"x")
    with pytest.raises(ConflictError, match="Chưa lưu") as caught:
        files.apply(root, BATCH)
    assert B in caught.value.happened
    assert held(root) == {**BEFORE, B: "x"}
    assert not (root / PENDING).exists()


@pytest.mark.parametrize("at", range(3))
def test_a_program_killed_on_the_way_leaves_what_finish_writes(
    root: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    put, seen = files._put, []

    def killed(root: Path, write: Write) -> None:
        if len(seen) == at:
            raise KeyboardInterrupt
        seen.append(write)
        put(root, write)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(files, "_put", killed)
        files.apply(root, BATCH)
    assert held(root) != AFTER
    assert files.finish(root) == BATCH
    assert held(root) == AFTER
    assert files.last(root) == BATCH
    assert files.finish(root) is None


def test_a_disk_that_refuses_leaves_everything_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = files._put

    def full(root: Path, write: Write) -> None:
        if write.file == B and write.after:
            raise StorageError("Không ghi được tệp", "ổ đĩa đã đầy")
        put(root, write)

    monkeypatch.setattr(files, "_put", full)
    with pytest.raises(StorageError, match="Không ghi được tệp"):
        files.apply(root, BATCH)
    assert held(root) == BEFORE
    assert not (root / PENDING).exists()


def test_a_disk_that_refuses_even_to_put_back_is_told_file_by_file_and_finished_later(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, count = files._put, []

    def gone(root: Path, write: Write) -> None:
        count.append(write)
        if len(count) > 1:
            raise StorageError("Không ghi được tệp", "ổ đĩa báo lỗi")
        put(root, write)

    with monkeypatch.context() as patch, pytest.raises(StorageError) as caught:
        patch.setattr(files, "_put", gone)
        files.apply(root, BATCH)
    assert f"đã ghi {A}, chưa ghi {B}, {C}" in caught.value.happened
    assert files.finish(root) == BATCH
    assert held(root) == AFTER


def test_what_others_changed_meanwhile_stays_and_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(root: Path, write: Write) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(files, "_put", killed)
        files.apply(root, BATCH)
    (root / A).write_bytes(b"other")
    files.recover(root)
    assert held(root) == {**BEFORE, A: "other"}
    with pytest.raises(ConflictError) as caught:
        files.finish(root)
    assert f"{A} đã bị sửa từ lúc ấy" in caught.value.happened
    assert held(root) == {**AFTER, A: "other"}
    assert files.finish(root) is None


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"what": "x"}', '{"what": "x", "undone": false, "writes": [{"file": 1}]}',
     json.dumps({"what": "x", "undone": False,
                 "writes": [{"file": "../x", "before": None, "after": "x"}]})],
)  # fmt: skip
def test_a_damaged_note_is_told_and_touches_nothing(root: Path, text: str) -> None:
    (root / PENDING).parent.mkdir()
    (root / PENDING).write_text(text)
    with pytest.raises(InputError) as caught:
        files.finish(root)
    assert "pending.json" in str(caught.value)
    assert held(root) == BEFORE
