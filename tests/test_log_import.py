"""Taking a player's CSV into the log."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest

from broadcast.domain.log import Heard
from broadcast.domain.log_match import NOTE, Played, airing_of, heard_by
from broadcast.domain.week import VIETNAM
from broadcast.errors import InputError
from broadcast.intake.player_log import PlayerRow, read_length, read_player_log
from broadcast.store.airing_log import AiringLog
from broadcast.store.workspace import Workspace

from .helpers import Result, airings, run
from .log_examples import airing

AT = datetime(2026, 11, 23, 5, 30, tzinfo=VIETNAM)
LATER = datetime(2026, 12, 31, 8, tzinfo=VIETNAM)
ME = "Lò Thị Thử"
SANG, CHIEU = "2026-11-23-sang", "2026-11-24-chieu"
BOTH = "Thời điểm;Thời lượng\n23/11/2026 05:30:20;00:15:00\n24/11/2026 17:00;00:15:00\n"


def read(text: str) -> tuple[PlayerRow, ...]:
    return read_player_log(text.encode(), "may.csv").rows


def imported(root: Path, text: str | bytes, *more: object) -> Result:
    file = root / "may.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with mock.patch("broadcast.cli.log.now", return_value=LATER):
        return run("log", "import", file, "--by", ME, "--json", *more, cwd=root)


def logged(root: Path) -> dict[str, tuple[Heard, ...]]:
    lines = AiringLog(Workspace(root)).month(date(2026, 11, 1)).lines
    return {line.entry.airing.id: line.entry.heard for line in lines}


@pytest.mark.parametrize(
    "text",
    [
        "Thời điểm;Tệp;Thời lượng;Cụm loa\n23/11/2026 05:30;a.mp3;00:15:00;ban-lan\n",
        "start time,filename,duration (s),zone\n2026-11-23 05:30:00,a.mp3,900,ban-lan\n",
        "sep=\t\nNgày\tGiờ phát\tCHUONG TRINH\tSố phút\tKhu vực\n"
        "23-11-2026\t05:30\ta.mp3\t15\tban-lan",
        'Volume|Timestamp|Track|Length|Output\n9|2026-11-23T05:30:00.250|a.mp3|15:00|"ban-lan"\n',
        "date,time,file,length,area\r\n\r\n23/11/26,5:30 AM,a.mp3,15 phút,ban-lan\r\n",
    ],
)
def test_columns_are_known_by_vietnamese_and_english_names(text: str) -> None:
    (row,) = read(text)
    assert (row.when, row.file, row.seconds, row.zone) == (AT, "a.mp3", 900.0, "ban-lan")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_encoding_of_a_spreadsheet_is_read(encoding: str) -> None:
    told = read_player_log(BOTH.encode(encoding), "may.csv")
    assert [row.when for row in told.rows][:1] == [AT + timedelta(seconds=20)]


def test_unknown_columns_get_one_message_with_the_names_that_are_known() -> None:
    with pytest.raises(InputError) as error:
        read("Alpha;Beta\n1;2\n3;4\n")
    text = str(error.value)
    assert "các cột có trong tệp: Alpha, Beta" in text
    assert all(word in text for word in ("thời điểm", "timestamp", "--column", "filename"))


def test_a_column_may_be_said_to_be_something() -> None:
    data = b"Luc nao;Gi\n23/11/2026 05:30;a.mp3\n"
    told = read_player_log(data, "may.csv", {"Luc nao": "thời điểm"})
    assert (told.rows[0].when, told.ignored) == (AT, ("Gi",))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\x89PNG\r\n\x00\x01", b"Gi\xea\x80;T\n"])
def test_what_is_no_csv_is_told_in_one_message(data: bytes) -> None:
    with pytest.raises(InputError, match="Chưa nhập được nhật ký của máy phát"):
        read_player_log(data, "may.csv")


def test_a_row_that_cannot_be_read_is_told_with_its_line_and_the_others_are_taken() -> None:
    told = read_player_log(b"start,length\n23/11/2026 05:30,900\nhom qua,9\n", "may.csv")
    assert (len(told.rows), [one.line for one in told.problems]) == (1, [3])


@pytest.mark.parametrize(
    ("text", "head", "seconds"),
    [("", "", None), ("1:00:00", "", 3600), ("02:05.5", "", 125), ("12,5", "Số phút", 750),
     ("90", "", 90), ("90s", "phút", 90), ("3 min", "", 180)],
)  # fmt: skip
def test_lengths_are_read_as_players_write_them(
    text: str, head: str, seconds: float | None
) -> None:
    assert read_length(text, head) == seconds


def test_a_row_is_about_the_airing_its_file_is_named_for_though_another_is_nearer() -> None:
    morning, evening = airing(), airing(name="chieu")
    named = frozenset([(evening.day, evening.id)])
    row = Played(2, AT + timedelta(hours=1), 900, named=named)
    assert airing_of(row, [morning, evening], timedelta(minutes=15)) == evening


def test_without_a_known_name_the_time_tells_within_what_is_allowed() -> None:
    rows = [Played(2, AT + timedelta(minutes=n), 900) for n in (-15, 15, 16)]
    found = [airing_of(row, [airing()], timedelta(minutes=15)) for row in rows]
    assert found == [airing(), airing(), None]


@pytest.mark.parametrize(
    ("minutes", "seconds", "expected"),
    [
        (0, 900.0, ("như kế hoạch", 15, 0)),
        (1, None, ("như kế hoạch", 15, 0)),
        (-3, 850.0, ("như kế hoạch", 15, 0)),
        (7, 900.0, ("muộn", 15, 7)),
        (7, 300.0, ("muộn", 5, 7)),
        (0, 300.0, ("bị cắt ngắn", 5, 0)),
        (0, 5.0, ("bị cắt ngắn", 1, 0)),
    ],
)
def test_late_and_short_are_told_by_time_and_length(
    minutes: int, seconds: float | None, expected: tuple[str, int, int]
) -> None:
    row = Played(2, AT + timedelta(minutes=minutes), seconds)
    (heard,) = heard_by(airing(), [row], 900, ())
    assert (heard.outcome, heard.minutes, heard.late) == expected


def test_a_zone_whose_player_says_nothing_heard_nothing_and_others_are_not_told_of() -> None:
    row = Played(2, AT, 900, ("ban-lan",))
    assert heard_by(airing(), [row], 900, ("ban-lan", "ban-phieng")) == (
        Heard(("ban-lan",), "như kế hoạch", 15),
        Heard(("ban-phieng",), "không phát", 0, 0, "khác", f"{NOTE}: không có lượt này"),
    )


def test_rows_by_time_are_logged_for_all_zones(sample: Path) -> None:
    result = imported(sample, BOTH)
    assert result.status == 0, result.err
    assert sorted(logged(sample)) == [SANG, CHIEU]
    assert all(one.outcome == "như kế hoạch" for heard in logged(sample).values() for one in heard)


def test_a_dry_run_shows_the_same_and_writes_nothing(sample: Path) -> None:
    dry = imported(sample, BOTH, "--dry-run").json()
    assert ([line["airing"] for line in dry["lines"]], logged(sample)) == ([SANG, CHIEU], {})


def test_the_same_file_again_changes_nothing(sample: Path) -> None:
    imported(sample, BOTH)
    again = imported(sample, BOTH).json()
    assert (again["lines"], again["same"]) == ([], [SANG, CHIEU])


def test_files_named_as_exported_are_known_without_a_time(approved: Path) -> None:
    script = airings(approved)[1]["script"]
    text = f"file;duration\nE:\\{script}.MP3\n".replace(".MP3", ".mp3;")
    result = imported(approved, text)
    assert [line["airing"] for line in result.json()["lines"]] == [CHIEU]


def test_rows_that_match_nothing_are_told_with_their_lines(sample: Path) -> None:
    result = imported(sample, BOTH + "25/11/2026 23:00;60\n")
    problems = result.json()["problems"]
    assert (result.status, [(one["line"], one["message"]) for one in problems]) == (
        3,
        [(4, "không khớp lượt phát nào")],
    )
    assert sorted(logged(sample)) == [SANG, CHIEU]


def test_airings_the_file_says_nothing_of_are_told_and_not_logged(sample: Path) -> None:
    text = "start\n2026-11-23 05:30\n2026-11-25 05:30\n"
    assert imported(sample, text).json()["silent"] == [CHIEU]


def test_zones_the_file_says_nothing_of_are_not_guessed(sample: Path) -> None:
    text = "start;zone\n2026-11-23 05:30;Bản Lạn\n"
    result = imported(sample, text)
    assert (result.status, "--rest" in result.json()["problems"][0]["mend"]) == (3, True)
    assert logged(sample) == {}
    assert imported(sample, text, "--rest").status == 0
    assert {zone for one in logged(sample)[SANG] for zone in one.zones} == {
        "trung-tam", "ban-lan", "ban-phieng", "ban-pa-hoc",
    }  # fmt: skip


def test_a_zone_that_does_not_exist_is_told_with_those_that_do(sample: Path) -> None:
    result = imported(sample, "start;zone\n2026-11-23 05:30;Bản Xa\n")
    (problem,) = result.json()["problems"]
    assert (problem["line"], "ban-lan" in problem["mend"]) == (2, True)


def test_what_is_logged_otherwise_is_only_corrected_when_asked_for(sample: Path) -> None:
    imported(sample, BOTH)
    late = BOTH.replace("05:30:20", "05:40:00")
    assert (imported(sample, late).status, logged(sample)[SANG][0].outcome) == (3, "như kế hoạch")
    assert imported(sample, late, "--replace").status == 0
    heard = logged(sample)[SANG][0]
    assert (heard.outcome, heard.late, heard.note) == ("muộn", 10, NOTE)
    with mock.patch(
        "broadcast.cli.log.now", return_value=datetime(2026, 11, 25, 5, tzinfo=VIETNAM)
    ):
        assert run("log", "check", cwd=sample).status == 0


def test_a_file_that_is_not_there_is_told(sample: Path) -> None:
    result = run("log", "import", "khong-co.csv", "--by", ME, cwd=sample)
    assert (result.status, "khong-co.csv" in result.err) == (1, True)
