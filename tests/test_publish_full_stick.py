"""A stick that is really full: a file system of four megabytes, made in memory."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcast.errors import StorageError
from broadcast.publish import disk
from broadcast.publish.compare import FileSource
from broadcast.publish.export import export_week
from broadcast.publish.players import PLAYERS, Player
from broadcast.publish.tree import export_tree
from tests.publish_examples import LATER, NOW, handout, recorded

pytestmark = pytest.mark.clients


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """Four megabytes that are a disk of its own; only root may mount one."""
    folder = tmp_path / "stick"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "stick", folder]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def held(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")
            if p.is_file()}  # fmt: skip


@pytest.mark.parametrize("player", PLAYERS, ids=lambda one: one.id)
def test_what_does_not_fit_is_told_before_a_byte_is_written(
    stick: Path, tmp_path: Path, player: Player
) -> None:
    large = recorded(tmp_path, bytes(5_000_000), airing_id="a1")
    with pytest.raises(StorageError, match="chỉ còn trống 4,2 MB"):
        export_week(stick, handout(large), NOW, player=player)
    assert held(stick) == {}


@pytest.mark.parametrize("player", PLAYERS, ids=lambda one: one.id)
def test_a_stick_that_fills_up_meanwhile_keeps_the_old_week_and_takes_the_new_one_later(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, player: Player
) -> None:
    export_week(stick, handout(recorded(tmp_path, b"old" * 50_000, airing_id="a1")), NOW,
                player=player)  # fmt: skip
    before = held(stick)
    new = handout(recorded(tmp_path, b"new" * 100_000, airing_id="a1"))
    somebodys = stick / "anh.jpg"
    somebodys.write_bytes(bytes(disk.free_bytes(stick) - 200_000))
    with monkeypatch.context() as patch:
        patch.setattr(disk, "free_bytes", lambda folder: 10**9)  # it was free when we looked
        with pytest.raises(StorageError, match="ổ đĩa đã đầy"):
            export_week(stick, new, LATER, player=player)
    assert {name: data for name, data in held(stick).items() if name != "anh.jpg"} == before
    somebodys.unlink()
    export_week(stick, new, LATER, player=player)
    export_week(tmp_path / "fresh", new, LATER, player=player)
    sounds = {n: d for n, d in held(stick).items() if not n.endswith((".json", ".ics"))}
    assert sounds == {n: d for n, d in held(tmp_path / "fresh").items() if n in sounds}


def test_a_stick_that_is_pulled_is_told(stick: Path) -> None:
    def pulled(_: object) -> None:
        raise OSError(5, "Input/output error", str(stick))

    with pytest.raises(StorageError):
        export_tree(stick, {"a.mp3": FileSource.of_bytes(b"a")}, "2026-W48", progress=pulled)
    export_tree(stick, {"a.mp3": FileSource.of_bytes(b"a")}, "2026-W48")
    assert held(stick)["a.mp3"] == b"a"
