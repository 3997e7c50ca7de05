"""Scripts on paper: what is gathered for them, where they go, what is never overwritten."""

from __future__ import annotations

import errno
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest

from broadcast.domain.week import VIETNAM, WeekId
from broadcast.errors import (
    BroadcastError,
    ConflictError,
    InputError,
    NotFoundError,
    StorageError,
)
from broadcast.publish.docx_scripts import DRAFT
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.papers import Printed, print_script, print_week

from .helpers import BY, WEEK, airings, done, edit, run
from .paper_examples import cells, lines, opened

NOW = datetime(2026, 11, 20, 8, tzinfo=VIETNAM)
THIS = WeekId(2026, 48)


def desk(root: Path) -> Desk:
    return Desk(Workspace(root))


def printed_week(root: Path, to: Path) -> Printed:
    return print_week(desk(root), THIS, to, now=NOW)


def printed_script(root: Path, to: Path, script_id: str, **more: Any) -> Printed:
    return print_script(desk(root), script_id, to, now=NOW, **more)


def first_script(root: Path) -> str:
    return str(airings(root)[0]["script"])


def test_a_week_is_on_paper_with_every_script_and_every_word(
    approved: Path, tmp_path: Path
) -> None:
    made = printed_week(approved, tmp_path)
    document = docx.Document(str(made.path))
    text = lines(document)
    shown = airings(approved)
    assert made == Printed(tmp_path / f"{WEEK}-kich-ban.docx", 6, 0, written=True)
    assert [row[3] for row in cells(document, 1)[1:]] == [one["title"] for one in shown]
    assert text.count(f"Đã duyệt: {BY}, 07:30 ngày 23/11/2026") == 6
    for one in shown:
        script = Workspace(approved).load_script(one["script"])
        for line in script.spoken_lines():
            assert f"{line.speaker}:\t{line.text}" in text


def test_the_paper_says_of_what_plan_and_by_what_sources_without_addresses(
    approved: Path, tmp_path: Path
) -> None:
    text = "\n".join(lines(docx.Document(str(printed_week(approved, tmp_path).path))))
    assert "(mục II.2/b, Kế hoạch tuyên truyền cải cách hành chính năm 2026" in text
    assert "Nguồn: " in text
    assert "http" not in text


def test_a_script_that_airs_twice_is_on_paper_once(approved: Path, tmp_path: Path) -> None:
    one, other = airings(approved)[:2]
    done("week", "set", WEEK, other["id"], "--script", one["script"], cwd=approved)
    made = printed_week(approved, tmp_path)
    numbers = [row[-1] for row in cells(docx.Document(str(made.path)), 1)[1:]]
    assert made.scripts == 5
    assert numbers == ["Số 1", "Số 1", "Số 2", "Số 3", "Số 4", "Số 5"]


def test_what_changed_since_its_approval_is_a_draft_on_paper(
    approved: Path, tmp_path: Path
) -> None:
    script_id = first_script(approved)
    edit(approved / f"scripts/{script_id}.md", "Kính thưa bà con", "Thưa bà con")
    made = printed_week(approved, tmp_path)
    text = lines(docx.Document(str(made.path)))
    assert (made.scripts, made.drafts) == (6, 1)
    assert text.count(DRAFT) == 1


def test_the_signed_paper_stands_beside_the_approval_as_long_as_that_holds(
    sample: Path, tmp_path: Path
) -> None:
    done("script", "assemble", "--week", WEEK, cwd=sample)
    paper = ("--paper-number", "12/TB-UBND", "--paper-date", "20/11/2026")
    done("script", "approve", "--week", WEEK, "--by", BY, *paper, cwd=sample)
    told = "; văn bản số 12/TB-UBND ngày 20/11/2026"
    text = lines(docx.Document(str(printed_week(sample, tmp_path).path)))
    assert sum(line.startswith("Đã duyệt: ") and line.endswith(told) for line in text) == 6
    script_id = first_script(sample)
    edit(sample / f"scripts/{script_id}.md", "Kính thưa bà con", "Thưa bà con")
    text = lines(docx.Document(str(printed_week(sample, tmp_path).path)))
    assert sum(line.endswith(told) for line in text) == 5


def test_an_airing_without_a_script_has_its_row(sample: Path, tmp_path: Path) -> None:
    made = printed_week(sample, tmp_path)
    rows = cells(docx.Document(str(made.path)), 1)[1:]
    assert (made.scripts, len(rows)) == (0, 6)
    assert {row[-1] for row in rows} == {"chưa có"}


def test_a_week_without_airings_is_not_put_on_paper(station: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="Chưa in được"):
        printed_week(station, tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_every_script_that_cannot_be_read_is_named_and_nothing_is_written(
    approved: Path, tmp_path: Path
) -> None:
    one, other = (approved / f"scripts/{a['script']}.md" for a in airings(approved)[:2])
    one.unlink()
    edit(other, "title:", "titel:")
    with pytest.raises(InputError) as caught:
        printed_week(approved, tmp_path / "x")
    files = [problem.file for problem in caught.value.problems]
    assert f"scripts/{one.name}" in files
    assert f"scripts/{other.name}" in files
    assert not (tmp_path / "x").exists()


def test_one_script_says_when_it_airs(approved: Path, tmp_path: Path) -> None:
    script_id = first_script(approved)
    made = printed_script(approved, tmp_path, script_id)
    text = lines(docx.Document(str(made.path)))
    assert made.path == tmp_path / f"{script_id}.docx"
    assert "Phát: 05:30 thứ Hai 23/11/2026 (tất cả các cụm loa)" in text


def test_the_words_to_translate_go_into_a_file_of_their_own(approved: Path, tmp_path: Path) -> None:
    script_id = first_script(approved)
    made = printed_script(approved, tmp_path, script_id, translate=True)
    document = docx.Document(str(made.path))
    spoken = list(Workspace(approved).load_script(script_id).spoken_lines())
    assert made.path == tmp_path / f"{script_id}-loi-de-dich.docx"
    assert [row[1] for row in cells(document, 0)[1:]] == [f"{x.speaker}: {x.text}" for x in spoken]
    assert "Dịch sang: Tiếng Thái" in lines(document)


def test_a_script_without_words_is_not_there_to_be_translated(
    station: Path, tmp_path: Path
) -> None:
    done("script", "new", "Bài trống", "--id", "trong", cwd=station)
    with pytest.raises(InputError, match="Chưa in được"):
        printed_script(station, tmp_path, "trong", translate=True)


def test_the_station_says_who_signs_and_where(approved: Path, tmp_path: Path) -> None:
    done("station", "set", "paper.position", "Phó Chủ tịch", cwd=approved)
    done("station", "set", "paper.signer", "Lò Thị Bình", cwd=approved)
    done("station", "set", "paper.place", "Xã Suối Hoa", cwd=approved)
    document = docx.Document(str(printed_week(approved, tmp_path).path))
    signed = document.tables[-1].rows[0].cells[1].text.split("\n")
    assert signed == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lò Thị Bình"]
    assert cells(document, 0)[1][1].startswith("Xã Suối Hoa, ngày")


def test_who_signs_changes_nothing_of_what_was_approved(approved: Path) -> None:
    done("station", "set", "paper.signer", "Lò Thị Bình", cwd=approved)
    assert {one["state"] for one in airings(approved)} == {"đã duyệt"}


@pytest.mark.parametrize(
    ("to", "file"),
    [
        ("moi", f"moi/{WEEK}-kich-ban.docx"),
        ("moi/tuần 48.docx", "moi/tuần 48.docx"),
        ("TUAN.DOCX", "TUAN.DOCX"),
        ("v1.2", f"v1.2/{WEEK}-kich-ban.docx"),
    ],
)
def test_it_goes_into_the_folder_or_file_that_is_named(
    sample: Path, tmp_path: Path, to: str, file: str
) -> None:
    assert printed_week(sample, tmp_path / to).path == tmp_path / file
    assert opened((tmp_path / file).read_bytes()).tables


@pytest.mark.parametrize("name", ["tuan.pdf", "tuan.DOC", "tuan.odt"])
def test_it_does_not_pass_for_a_file_of_another_kind(
    sample: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(InputError, match=name):
        printed_week(sample, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_what_is_there_already_is_left_as_it_is(approved: Path, tmp_path: Path) -> None:
    made = printed_week(approved, tmp_path)
    os.utime(made.path, (1, 1))
    again = printed_week(approved, tmp_path)
    assert not again.written
    assert made.path.stat().st_mtime == 1


def test_an_older_paper_of_ours_is_replaced(approved: Path, tmp_path: Path) -> None:
    made = printed_week(approved, tmp_path)
    edit(approved / f"scripts/{first_script(approved)}.md", "Kính thưa bà con", "Thưa bà con")
    again = printed_week(approved, tmp_path)
    assert again.written
    assert DRAFT in lines(docx.Document(str(made.path)))


def _filled_in(path: Path) -> None:
    """As somebody does in Word."""
    document = docx.Document(str(path))
    document.tables[0].rows[1].cells[0].paragraphs[0].runs[0].text = "Số: 12/UBND"
    document.save(str(path))


def _of_somebody_else(path: Path) -> None:
    path.write_bytes(b"somebody's letter")


@pytest.mark.parametrize("change", [_filled_in, _of_somebody_else])
def test_what_people_wrote_is_not_overwritten(approved: Path, tmp_path: Path, change: Any) -> None:
    path = printed_week(approved, tmp_path).path
    change(path)
    before = path.read_bytes()
    with pytest.raises(ConflictError) as caught:
        printed_week(approved, tmp_path)
    assert str(path) in caught.value.happened
    assert path.read_bytes() == before


def test_a_disk_that_refuses_leaves_the_paper_that_was_there(
    approved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "x"
    path = printed_week(approved, folder).path
    before = path.read_bytes()
    edit(approved / f"scripts/{first_script(approved)}.md", "Kính thưa bà con", "Thưa bà con")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("broadcast.store.files.os.fsync", full)
    with pytest.raises(StorageError, match="Không ghi được tệp"):
        printed_week(approved, folder)
    assert path.read_bytes() == before
    assert list(folder.iterdir()) == [path]


def test_a_drive_that_is_not_in_is_told(
    approved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadcast.publish.drives.LINUX", (tmp_path,))
    with pytest.raises(BroadcastError, match="không có ổ đĩa"):
        printed_week(approved, tmp_path / "me" / "STICK" / "tuan.docx")
    assert not (tmp_path / "me").exists()


# The commands


def test_the_week_is_printed_into_the_workspace_unless_told_otherwise(approved: Path) -> None:
    result = run("week", "print", WEEK, cwd=approved)
    path = approved / f"out/paper/{WEEK}-kich-ban.docx"
    assert (result.status, result.lines) == (0, [str(path)])
    assert "Đã in 6 kịch bản." in result.err
    assert path.exists()


def test_printing_again_says_that_nothing_changed(approved: Path) -> None:
    done("week", "print", WEEK, cwd=approved)
    assert "đã có sẵn" in done("week", "print", WEEK, cwd=approved).err


def test_drafts_are_counted(approved: Path) -> None:
    edit(approved / f"scripts/{first_script(approved)}.md", "Kính thưa bà con", "Thưa bà con")
    assert "1 bản nháp chưa duyệt" in done("week", "print", WEEK, cwd=approved).err


def test_a_script_is_printed_to_sign_or_to_translate(approved: Path, tmp_path: Path) -> None:
    script_id = first_script(approved)
    paper = done("script", "print", script_id, "--to", tmp_path, cwd=approved)
    sheet = done("script", "print", script_id, "--translate", "--to", tmp_path, cwd=approved)
    assert [*paper.lines, *sheet.lines] == [
        str(tmp_path / f"{script_id}.docx"),
        str(tmp_path / f"{script_id}-loi-de-dich.docx"),
    ]


def test_a_script_that_is_not_there_is_told(approved: Path) -> None:
    result = run("script", "print", "khong-co", cwd=approved)
    assert (result.status, result.out) == (1, "")
    assert "Không có kịch bản khong-co" in result.err
