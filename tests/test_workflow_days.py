"""Closed days and days with a programme of their own, from the station's file to the week."""

from __future__ import annotations

from pathlib import Path

from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.months import month

from .helpers import WEEK, airings, done, edit, run

TET = "2027-W05"
"""Monday 1 to Sunday 7 February 2027; Tết is closed from Thursday on."""


def keep(root: Path, **settings: str) -> None:
    for key, value in settings.items():
        done("station", "set", key.replace("_", "."), value, cwd=root)


def days_of(root: Path, week: str = TET) -> list[str]:
    return [one["day"] for one in airings(root, week)]


def test_nothing_is_filled_in_at_tet_and_the_note_says_why(sample: Path) -> None:
    told = done("week", "fill", TET, cwd=sample).err
    assert days_of(sample) == ["2027-02-01", "2027-02-02", "2027-02-03"]
    assert "T5 04/02 (29 Tết (dự kiến)): ngày nghỉ, không xếp" in told
    assert "CN 07/02 (Mùng hai Tết Nguyên Đán): ngày nghỉ, không xếp" in told


def test_an_empty_slot_on_a_closed_day_is_no_finding(sample: Path) -> None:
    done("week", "fill", TET, cwd=sample)
    shown = done("week", "show", TET, "--json", cwd=sample).json()
    assert "empty-slot" not in {one["rule"] for one in shown["findings"]}


def test_a_festive_programme_is_filled_in_where_tet_has_one(sample: Path) -> None:
    keep(sample, holidays_tet="riêng", holidays_programme="Mừng xuân Đinh Mùi")
    done("week", "fill", TET, cwd=sample)
    festive = [one for one in airings(sample, TET) if one["title"] == "Mừng xuân Đinh Mùi"]
    assert [one["id"] for one in festive] == [
        "2027-02-04-chieu",
        "2027-02-05-sang",
        "2027-02-07-cuoi-tuan",
    ]
    assert {(one["topic"], one["why"].partition(" của ")[0]) for one in festive} == {
        (None, "chương trình riêng")
    }
    again = done("week", "fill", TET, cwd=sample)
    assert again.lines == []


def test_an_airing_put_on_a_closed_day_is_a_finding_with_its_mend(sample: Path) -> None:
    repair = "days:\n  - name: Sửa máy\n    day: 2026-11-25\n    closed: true\n"
    edit(sample / "schedules/station.yaml", "days:\n", repair)
    found = run("week", "check", WEEK, "--json", cwd=sample).json()["findings"]
    (closed,) = [one for one in found if one["rule"] == "closed-day"]
    assert closed["airing"] == "2026-11-25-sang"
    assert closed["message"] == "T4 25/11 (Sửa máy) là ngày đài nghỉ"
    assert closed["mend"].startswith("bỏ lượt phát này, hoặc sửa mục holidays, days")
    done("week", "remove", WEEK, "2026-11-23-sang", cwd=sample)
    found = run("week", "check", WEEK, "--json", cwd=sample).json()["findings"]
    (closed,) = [one for one in found if one["rule"] == "closed-day"]
    assert closed["mend"].startswith("dời sang T2 23/11")


def test_an_urgent_airing_may_go_on_air_on_a_closed_day(sample: Path) -> None:
    done("week", "add", TET, "--day", "2027-02-06", "--start", "08:00", "--minutes", "5",
         "--title", "Tin bão", "--level", "khẩn cấp", cwd=sample)  # fmt: skip
    found = run("week", "check", TET, "--json", cwd=sample).json()["findings"]
    assert "closed-day" not in {one["rule"] for one in found}


def test_the_week_shows_lunar_dates_and_holidays(sample: Path) -> None:
    text = done("week", "show", WEEK, cwd=sample).out
    assert "Thứ Ba 24/11  16 tháng Mười · Ngày Văn hóa Việt Nam" in text
    days = done("week", "show", WEEK, "--json", cwd=sample).json()["days"]
    assert [one["day"] for one in days][::6] == ["2026-11-23", "2026-11-29"]
    assert days[1] == {
        "day": "2026-11-24",
        "lunar": "16 tháng Mười",
        "lunar_short": "16/10",
        "lunar_year": "Bính Ngọ",
        "name": "Ngày Văn hóa Việt Nam",
        "kind": "lễ",
        "closed": False,
        "programme": "",
    }
    assert (days[0]["name"], days[0]["kind"]) == ("", None)


def test_a_week_whose_holidays_are_only_expected_says_so(sample: Path) -> None:
    done("week", "fill", TET, cwd=sample)
    assert "năm 2027 mới là dự kiến" in done("week", "show", TET, cwd=sample).out
    assert "dự kiến" not in done("week", "show", WEEK, cwd=sample).out


def test_a_closed_day_counts_no_empty_places_in_the_month(sample: Path) -> None:

    days = {one.day.day: one for one in month(Desk(Workspace(sample)), 2027, 2).days}
    assert [days[number].places for number in (3, 4, 5, 7, 8, 11)] == [1, 0, 0, 0, 0, 1]


def test_an_export_tells_what_is_due_and_the_lunar_date_if_asked(rendered: Path) -> None:
    def calendar(*options: str, to: str) -> str:
        done("export", WEEK, "--to", rendered / to, *options, cwd=rendered)
        return (rendered / to / f"{WEEK}.ics").read_text("utf-8").replace("\n ", "")

    plan = rendered / "schedules/plans/suoi-hoa-2026.yaml"
    edit(plan, "before: 2026-02-15", "before: 2026-12-01")
    plain = calendar(to="mot")
    assert "DTSTART;VALUE=DATE:20261201" in plain
    assert "Âm lịch" not in plain
    assert "VALUE=DATE:" not in calendar("--zone", "ban-lan", to="hai")
    keep(rendered, calendar_lunar="có", calendar_reminders="không")
    asked = calendar(to="ba")
    assert "Âm lịch: rằm tháng Mười" in asked
    assert "VALUE=DATE:" not in asked
