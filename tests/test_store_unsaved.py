"""Unsaved texts belong to the editor that lives; what a killed one left can be taken up once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from broadcast.domain.week import VIETNAM
from broadcast.errors import StorageError
from broadcast.store.unsaved import LeftOver, Place, Unsaved, left_over
from tests.helpers import environment

AT = datetime(2026, 11, 23, 9, 30, tzinfo=VIETNAM)
TEXT = Unsaved("", "a-b", "Tên", "0f", "NỮ: x\n", 'NỮ: "ừ" \ud83d\n', (3, 4), AT)

EDITOR = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from broadcast.store.unsaved import Place, Unsaved
place = Place.make(Path(sys.argv[1]), "a-b")
at = datetime(2026, 11, 23, tzinfo=timezone.utc)
place.write(Unsaved(place.token, "a-b", "T", None, "", "typed", (0, 5), at))
print("typed", flush=True)
sys.stdin.read()
"""


def kept(folder: Path, unsaved: Unsaved = TEXT) -> tuple[Place, Unsaved]:
    place = Place.make(folder, unsaved.script_id)
    mine = replace(unsaved, token=place.token)
    place.write(mine)
    return place, mine


def test_a_text_left_over_comes_back_as_it_was(tmp_path: Path) -> None:
    place, mine = kept(tmp_path / "u")
    assert left_over(tmp_path / "u") == LeftOver()
    place.close()
    assert left_over(tmp_path / "u") == LeftOver((mine,))
    assert left_over(tmp_path / "u", "a-b") == LeftOver((mine,))
    assert left_over(tmp_path / "u", "a") == LeftOver()


def test_the_newest_comes_first(tmp_path: Path) -> None:
    for hours in (1, 3, 2):
        place, _ = kept(tmp_path, replace(TEXT, at=AT + timedelta(hours=hours)))
        place.close()
    assert [one.at.hour for one in left_over(tmp_path).texts] == [12, 11, 10]


def test_a_text_is_taken_up_by_one(tmp_path: Path) -> None:
    place, mine = kept(tmp_path)
    assert Place.take(tmp_path, mine) is None
    place.close()
    taken = Place.take(tmp_path, mine)
    assert taken is not None
    assert Place.take(tmp_path, mine) is None
    assert left_over(tmp_path) == LeftOver()
    taken.close()


def test_a_text_that_was_saved_meanwhile_is_not_taken_up(tmp_path: Path) -> None:
    place, mine = kept(tmp_path)
    place.clear()
    place.close()
    assert Place.take(tmp_path, mine) is None
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_a_killed_program_left_without_a_text_is_tidied_up(tmp_path: Path) -> None:
    (tmp_path / "a-b~0000.lock").touch()
    living = Place.make(tmp_path, "a-b")
    left_over(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f"a-b~{living.token}.lock"]
    living.close()


def test_no_folder_is_nothing_left(tmp_path: Path) -> None:
    assert left_over(tmp_path / "khong-co") == LeftOver()


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "u").touch()
    with pytest.raises(StorageError):
        Place.make(tmp_path / "u", "a-b")


def test_a_folder_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> object:
        raise PermissionError(13, "no", str(self))

    monkeypatch.setattr(Path, "iterdir", refuse)
    (problem,) = left_over(tmp_path).problems
    assert "không có quyền" in problem.message


def test_a_program_that_is_really_killed_leaves_its_text(tmp_path: Path) -> None:
    editor = subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    try:
        assert editor.stdout is not None
        assert editor.stdout.readline() == b"typed\n"
        while_it_lives = left_over(tmp_path)
    finally:
        editor.kill()
        editor.communicate()
    assert while_it_lives == LeftOver()
    assert [one.text for one in left_over(tmp_path).texts] == ["typed"]
