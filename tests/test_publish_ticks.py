"""The operator's sheet for Word, and a ticked sheet of either form read back into the log."""

from __future__ import annotations

import io
import os
import re
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.week import VIETNAM
from broadcast.errors import InputError
from broadcast.publish.docx_sheet import BOX, HEAD, sheet_paper
from broadcast.publish.items import Item
from broadcast.publish.names import programmes
from broadcast.publish.paper import operator_sheet
from broadcast.publish.sheet import week_on_sheet
from broadcast.publish.ticks import is_sheet, read_ticks
from broadcast.store.airing_log import AiringLog
from broadcast.store.workspace import Workspace
from tests.helpers import WEEK, done, run
from tests.paper_examples import cells, lines, opened
from tests.publish_examples import MONDAY, handout, item

ITEMS = [item("2026-11-23-sang"), item("le", MONDAY + timedelta(days=2), title="Họp x")]
LATER = datetime(2026, 12, 31, 8, tzinfo=VIETNAM)
TICKS = (
    (datetime(2026, 11, 23, 5, 30, tzinfo=VIETNAM), "sang"),
    (datetime(2026, 11, 25, 5, 30, tzinfo=VIETNAM), "le"),
)


def read(data: bytes) -> tuple[tuple[datetime, str], ...]:
    return tuple((one.starts, one.code) for one in read_ticks(data, "phieu")[0])


def paper(*items: Item) -> bytes:
    return sheet_paper(week_on_sheet(handout(*items), programmes(items)))


def text(*items: Item) -> bytes:
    return operator_sheet(handout(*items), programmes(items))


def ticked(data: bytes, *rows: int, mark: str = "[x]") -> bytes:
    """The sheet with these of its boxes filled in, as Notepad or Word leave it."""
    if not data.startswith(b"PK"):
        number = iter(range(1, 99))
        box = re.compile(rb"\xe2\x94\x82 \[ \]")
        filled = "│ ".encode() + mark.encode()
        return box.sub(lambda m: filled if next(number) in rows else m[0], data)
    document = docx.Document(io.BytesIO(data))
    every = (row for table in document.tables for row in table.rows[1:])
    for number, row in enumerate(every, 1):
        if number in rows:
            row.cells[0].text = mark
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_the_paper_has_a_table_a_day_with_box_time_length_programme_and_file() -> None:
    document = opened(paper(*ITEMS))
    assert cells(document, 0) == [
        list(HEAD),
        [BOX, "05:30 - 05:45", "8:12", "Nộp hồ sơ tại nhà. Loa: Trung tâm xã",
         "Tệp: CHƯA CÓ TỆP TIẾNG · mã sang"],
    ]  # fmt: skip
    told = lines(document)
    assert [one for one in told if one.startswith("THỨ")] == [
        "THỨ HAI 23/11/2026",
        "THỨ TƯ 25/11/2026",
    ]
    assert "Từ Thứ Hai 23/11/2026 đến Chủ nhật 29/11/2026" in told


def test_the_same_week_is_the_same_paper() -> None:
    sheet = week_on_sheet(handout(*ITEMS), programmes(ITEMS))
    assert sheet_paper.__wrapped__(sheet) == sheet_paper.__wrapped__(sheet)


@pytest.mark.parametrize("form", [paper, text])
@pytest.mark.parametrize("mark", ["[x]", "X", "✓"])
def test_ticks_are_read_back_from_either_form(form, mark: str) -> None:  # type: ignore[no-untyped-def]
    assert read(ticked(form(*ITEMS), 1, 2, mark=mark)) == TICKS
    assert read(ticked(form(*ITEMS), 2, mark=mark)) == TICKS[1:]


@pytest.mark.parametrize("form", [paper, text])
def test_a_box_that_says_no_is_told_and_not_taken_for_a_tick(form) -> None:  # type: ignore[no-untyped-def]
    found, problems = read_ticks(ticked(form(*ITEMS), 1, mark="ko"), "phieu")
    assert (found, ["«ko»" in one.message for one in problems]) == ((), [True])


def test_a_tick_of_the_text_has_its_line() -> None:
    data = ticked(text(*ITEMS), 2)
    (line,) = (n for n, one in enumerate(data.decode().splitlines(), 1) if "[x]" in one)
    assert [one.line for one in read_ticks(data, "phieu")[0]] == [line]


def test_a_sheet_that_notepad_saved_as_unicode_is_read() -> None:
    data = ticked(text(*ITEMS), 1).decode("utf-8-sig").encode("utf-16")
    assert (is_sheet(data), read(data)) == (True, TICKS[:1])


@pytest.mark.parametrize("form", [paper, text])
def test_a_sheet_without_a_tick_is_told(form) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="phieu chưa có ô nào được đánh dấu"):
        read_ticks(form(*ITEMS), "phieu")


def test_a_day_that_somebody_changed_into_none_is_told() -> None:
    data = ticked(text(*ITEMS), 1).replace(b"HAI 23/11/2026", b"HAI 93/11/2026")
    with pytest.raises(InputError, match="không có ngày giờ «93/11/2026 05:30»"):
        read_ticks(data, "phieu")


@given(st.integers(0, 2**16), st.binary(min_size=1, max_size=20))
def test_a_damaged_sheet_is_read_or_told(at: int, noise: bytes) -> None:
    good = ticked(text(*ITEMS), 1, 2)
    for data in (good[: at % len(good)] + noise + good[at % len(good) :], b"PK" + noise):
        try:
            assert len(read_ticks(data, "phieu")[0]) <= 2
        except InputError as error:
            assert "Chưa đọc được phiếu" in str(error)


@pytest.mark.parametrize("data", [b"PK\x03\x04abc", b"Gio;Tep\n05:30;a.mp3\n", b""])
def test_what_is_no_sheet_is_left_to_others(data: bytes) -> None:
    assert not is_sheet(data)


@pytest.mark.parametrize("ending", ["docx", "txt"])
def test_an_exported_sheet_is_ticked_and_logged(rendered: Path, ending: str) -> None:
    done("export", WEEK, "--to", "usb", cwd=rendered)
    file = rendered / f"phieu.{ending}"
    file.write_bytes(ticked((rendered / f"usb/{WEEK}.{ending}").read_bytes(), 1, 3))
    with mock.patch("broadcast.cli.log.now", return_value=LATER):
        result = run("log", "import", file, "--by", "Lò Thị Thử", "--json", cwd=rendered)
    assert (result.status, result.json()["problems"]) == (0, [])
    logged = AiringLog(Workspace(rendered)).month(MONDAY).lines
    planned = read(ticked(file.read_bytes(), *range(1, 99)))
    assert [(one.entry.airing.day, one.entry.airing.start) for one in logged] == [
        (planned[n][0].date(), planned[n][0].time()) for n in (0, 2)
    ]
    assert {each.outcome for one in logged for each in one.entry.heard} == {"như kế hoạch"}


def test_a_sheet_ticked_on_the_stick_is_kept_told_and_logged_after_another_export(
    rendered: Path,
) -> None:
    done("export", WEEK, "--to", "usb", cwd=rendered)
    for ending in ("docx", "txt"):
        sheet = rendered / f"usb/{WEEK}.{ending}"
        sheet.write_bytes(ticked(sheet.read_bytes(), 1, 3))
    same = done("export", WEEK, "--to", "usb", cwd=rendered)
    assert (same.out, "10 giữ nguyên" in same.err) == ("", True)
    assert "2 đã ghi tay" in run("verify", "usb", cwd=rendered).err

    told = done("export", WEEK, "--to", "usb", "--zone", "ban-pa-hoc", cwd=rendered).err
    assert f"broadcast log import usb{os.sep}{WEEK}-da-ghi.txt" in told
    with mock.patch("broadcast.cli.log.now", return_value=LATER):
        file = f"usb/{WEEK}-da-ghi.docx"
        done("log", "import", file, "--by", "Lò Thị Thử", cwd=rendered)
    logged = AiringLog(Workspace(rendered)).month(MONDAY).lines
    assert len(logged) == 2


def test_a_tick_for_an_airing_that_is_gone_is_told_and_not_given_to_another(sample: Path) -> None:
    file = sample / "phieu.txt"
    file.write_bytes(ticked(text(item("2026-11-23-khong-con")), 1))
    with mock.patch(
        "broadcast.cli.log.now", return_value=datetime(2026, 12, 31, 8, tzinfo=VIETNAM)
    ):
        result = run("log", "import", file, "--by", "Lò Thị Thử", "--json", cwd=sample)
    assert (result.status, result.json()["lines"]) == (3, [])
    assert [one["message"] for one in result.json()["problems"]] == [
        "tuần không còn lượt «khong-con»"
    ]
