"""A quarter of the sample station, planned, logged with incidents and reported in every form."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from threading import Event
from typing import Any
from unittest import mock

import openpyxl
import pytest

from broadcast.domain.periods import read_period
from broadcast.domain.week import VIETNAM, WeekId
from broadcast.store.workspace import Workspace
from broadcast.workflow.airing_log import log_day
from broadcast.workflow.desk import Desk
from broadcast.workflow.progress import CancelledError, Progress, Step
from broadcast.workflow.reports import make_report, write_report

from . import quarter
from .helpers import APPROVED_AT, BY, Result, edit, run
from .paper_examples import cells, lines, opened

NAME = "bao-cao-2026-Q4"


@pytest.fixture(scope="module")
def reported(quarter_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with that quarter's report."""
    folder = tmp_path_factory.mktemp("reports")
    result = told("2026-Q4", "--to", folder, cwd=quarter_once)
    assert result.status == 0, result.err
    return folder


def told(*args: object, cwd: Path, at: datetime = quarter.AFTER) -> Result:
    with mock.patch("broadcast.cli.report.now", return_value=at):
        return run("report", *args, cwd=cwd)


def numbers(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = told("2026-Q4", "--json", cwd=root).json()
    return found


def sheet(folder: Path, name: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(folder / f"{NAME}.xlsx")
    return [tuple(cell.value for cell in row) for row in book[name].iter_rows()]


def test_a_quarter_is_planned_logged_and_reported(quarter_once: Path) -> None:
    report = numbers(quarter_once)
    total = report["total"]
    assert (total["minutes_lost"], total["unlogged"]) == (quarter.LOST, 0)
    assert total["minutes_planned"] == total["minutes_heard"] + quarter.LOST
    assert {one["reason"]: one["lost"] for one in report["reasons"]} == {
        "mất điện": 60, "bão, giông": 18, "hỏng thiết bị": 15, "khác": 0,
    }  # fmt: skip
    assert all(one["heard"] for one in report["plan_topics"])
    by_counter = {one["counts"]: one for one in report["quotas"]}
    # The weeks whose Thursday is in the quarter: W40 to W53, and what is owed for the portal.
    assert (by_counter["lượt phát"]["met"], len(by_counter["lượt phát"]["periods"])) == (14, 14)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Theo cụm loa", "zones"),
        ("Theo nội dung", "topics"),
        ("Theo thứ tiếng", "languages"),
        ("Theo tuần", "weeks"),
        ("Theo tháng", "months"),
    ],
)
def test_workbook_and_json_have_the_same_numbers(
    quarter_once: Path, reported: Path, name: str, key: str
) -> None:
    head, *rows, total = sheet(reported, name)
    report = numbers(quarter_once)
    fields = ["airings", "planned", "heard", "missed", "unlogged", "minutes_planned",
              "minutes_heard", "minutes_lost", "minutes_unlogged"]  # fmt: skip
    assert [row[1:10] for row in rows] == [
        tuple(one[field] for field in fields) for one in report[key]
    ]
    assert (total[0], total[1:10]) == ("Tổng cộng", tuple(report["total"][f] for f in fields))
    assert head[1] == "Lượt phát"


def test_the_paper_has_the_same_numbers(quarter_once: Path, reported: Path) -> None:
    report = numbers(quarter_once)
    paper = opened((reported / f"{NAME}.docx").read_bytes())
    # The head is a table too.
    _, *zones, total = cells(paper, 1)
    fields = ["airings", "planned", "heard", "missed", "unlogged", "minutes_planned",
              "minutes_heard"]  # fmt: skip
    assert zones == [
        [one["name"], *(str(one[field]) for field in fields)] for one in report["zones"]
    ]
    assert total == ["Tổng cộng", *(str(report["total"][field]) for field in fields)]
    text = "\n".join(lines(paper))
    assert f"4 sự cố, mất {quarter.LOST} phút loa" in text
    assert "Kết quả tuyên truyền trên hệ thống truyền thanh quý IV năm 2026" in text


def test_rows_of_the_workbook_add_up_and_are_real_days_and_numbers(reported: Path) -> None:
    head, *rows, total = sheet(reported, "Lượt phát")
    assert isinstance(rows[0][0], datetime)
    assert isinstance(rows[0][1], time)
    assert sum(row[head.index("Phút loa đã phát")] for row in rows) == total[9]
    assert (rows[0][0].date(), len(rows)) == (date(2026, 10, 1), 79)


def test_every_airing_has_its_line_of_the_log_for_evidence(
    quarter_once: Path, reported: Path
) -> None:
    head, *rows = sheet(reported, "Minh chứng")
    shown = {(row[head.index("Tệp nhật ký")], row[head.index("Dòng")]): row[-1] for row in rows}
    for path in sorted((quarter_once / "schedules/log").glob("*.jsonl")):
        for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
            assert shown.pop((f"schedules/log/{path.name}", number)) == json.loads(text)["sum"]
    assert shown == {}


def test_charts_are_in_both_files_with_the_numbers_drawn(
    quarter_once: Path, reported: Path
) -> None:
    heard = [one["minutes_heard"] for one in numbers(quarter_once)["weeks"]]
    for name, part in (("xlsx", "xl/charts/chart1.xml"), ("docx", "word/charts/chart1.xml")):
        with zipfile.ZipFile(reported / f"{NAME}.{name}") as archive:
            drawn = re.findall(r"<(?:\w+:)?v>(\d+)</", archive.read(part).decode())
        assert heard == [int(one) for one in drawn[-len(heard) :]]


def test_charts_of_the_paper_can_be_edited(reported: Path) -> None:
    with zipfile.ZipFile(reported / f"{NAME}.docx") as archive:
        names = [one for one in archive.namelist() if one.startswith("word/embeddings/")]
        books = [openpyxl.load_workbook(io.BytesIO(archive.read(one))) for one in names]
    assert [book.active["B1"].value for book in books if book.active] == [
        "Theo kế hoạch",
        "Lượt loa đã phát",
    ]


def test_the_same_report_again_is_the_same_files(quarter_once: Path, reported: Path) -> None:
    before = {path.name: path.read_bytes() for path in reported.iterdir()}
    again = told("2026-Q4", "--to", reported, cwd=quarter_once)
    assert "đã có sẵn đúng như thế" in again.err
    assert {path.name: path.read_bytes() for path in reported.iterdir()} == before


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_file_that_somebody_else_wrote_is_kept(
    quarter_once: Path, tmp_path: Path, ending: str
) -> None:
    (tmp_path / f"{NAME}.{ending}").write_bytes(b"cua toi")
    result = told("2026-Q4", "--to", tmp_path, cwd=quarter_once)
    assert (result.status, "Không ghi đè" in result.err) == (1, True)
    assert (tmp_path / f"{NAME}.{ending}").read_bytes() == b"cua toi"


def test_titles_that_look_like_formulas_stay_text(sample: Path, tmp_path: Path) -> None:
    week = Workspace(sample).load_week(WeekId(2026, 48))
    text = '=HYPERLINK("http://x","y")'
    edit(sample / "schedules/2026-W48.yaml", week.airings[0].title, f"'{text}'")
    told("2026-Q4", "--to", tmp_path, cwd=sample)
    book = openpyxl.load_workbook(tmp_path / f"{NAME}.xlsx")
    cell = next(c for row in book["Lượt phát"].iter_rows() for c in row if c.value == text)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert all(c.data_type != "f" for page in book for row in page.iter_rows() for c in row)


def test_sheets_have_a_frozen_head_and_widths(reported: Path) -> None:
    book = openpyxl.load_workbook(reported / f"{NAME}.xlsx")
    assert {page.freeze_panes for page in book} == {"A2"}
    assert all(page.column_dimensions["A"].width > 9 for page in book)


def test_a_period_to_come_is_refused(sample: Path) -> None:
    at = datetime(2026, 9, 30, 23, tzinfo=VIETNAM)
    result = told("2026-Q4", cwd=sample, at=at)
    assert (result.status, "quý IV năm 2026 chưa đến" in result.err) == (1, True)


def test_a_period_that_goes_on_says_up_to_when(quarter_once: Path, tmp_path: Path) -> None:
    at = datetime(2026, 12, 15, 8, tzinfo=VIETNAM)
    result = told("2026-Q4", "--to", tmp_path, cwd=quarter_once, at=at)
    assert "chưa kết thúc: số liệu tính đến ngày 15/12/2026" in result.err
    text = "\n".join(lines(opened((tmp_path / f"{NAME}.docx").read_bytes())))
    assert "tính đến ngày 15/12/2026" in text


def test_a_period_without_data_says_so_in_every_form(sample: Path, tmp_path: Path) -> None:
    result = told("2026-Q1", "--to", tmp_path, cwd=sample)
    assert (result.status, "không có lượt phát nào" in result.err) == (0, True)
    text = "\n".join(lines(opened((tmp_path / "bao-cao-2026-Q1.docx").read_bytes())))
    assert "không có lượt phát nào" in text
    assert told("2026-Q1", "--json", cwd=sample).json()["empty"] is True


def test_what_nobody_logged_is_not_taken_for_heard(sample: Path) -> None:
    result = told("2026-11", cwd=sample)
    assert "chưa ghi nhật ký lượt phát nào" in result.err
    total = told("2026-11", "--json", cwd=sample).json()["total"]
    assert (total["minutes_heard"], total["unlogged"]) == (0, total["planned"])


@pytest.mark.parametrize("period", ["2026-Q9", "quý 4"])
def test_what_is_no_period_is_told_how_one_is_written(sample: Path, period: str) -> None:
    result = told(period, cwd=sample)
    assert (result.status, "2026-Q4 (quý)" in result.err) == (1, True)


def test_a_damaged_line_is_told_and_not_counted(quarter_once: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(quarter_once, tmp_path / "dai"))
    edit(root / "schedules/log/2026-11.jsonl", quarter.ME, "Ai Đó")
    result = told("2026-Q4", "--json", cwd=root)
    assert "2026-11.jsonl:1: dòng bị hỏng hoặc bị sửa" in result.err
    assert result.json()["total"]["unlogged"] in {3, 4}


def test_evidence_names_who_approved_when_and_which_file_aired(
    rendered: Path, tmp_path: Path
) -> None:
    desk, noon = Desk(Workspace(rendered)), datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
    (line,) = log_day(desk, date(2026, 11, 23), by=quarter.ME, now=noon).lines
    told("2026-Q4", "--to", tmp_path, cwd=rendered)
    head, row = sheet(tmp_path, "Minh chứng")
    shown = dict(zip(head, row, strict=True))
    assert shown["Người duyệt"] == BY
    assert shown["Lúc duyệt"] == APPROVED_AT.replace(tzinfo=None)
    assert shown["SHA-256 của tệp"] == line.entry.evidence.digest
    assert len(shown["SHA-256 của tệp"]) == 64
    paper = opened((tmp_path / f"{NAME}.docx").read_bytes())
    assert f"{BY}, 23/11/2026" in cells(paper, len(paper.tables) - 1)[1][2]


def test_a_report_that_is_stopped_leaves_no_file(sample: Path, tmp_path: Path) -> None:
    stop, steps = Event(), list[Step]()

    def tell(step: Step) -> None:
        steps.append(step)
        if step.label.endswith(".xlsx"):
            stop.set()

    desk, folder = Desk(Workspace(sample)), tmp_path / "bao-cao"
    made = make_report(desk, read_period("2026-Q4"), now=quarter.AFTER)
    with pytest.raises(CancelledError):
        write_report(desk, made, folder, now=quarter.AFTER, progress=Progress(tell, stop))
    assert not folder.exists()
    assert [step.done for step in steps] == [0, 1]
