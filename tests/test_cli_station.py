"""`broadcast station`: what it shows, what it changes, and what it refuses with good reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from broadcast.domain.station import Station, Zone
from broadcast.store.workspace import Workspace

from .helpers import done, make_sample, run, tree

FILE = "schedules/station.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_sample(tmp_path / "dai")


def station(root: Path) -> Station:
    return Workspace(root).load_station()


def file(root: Path) -> str:
    return (root / FILE).read_text(encoding="utf-8")


def test_everything_is_shown_to_people_and_to_programs(root: Path) -> None:
    shown = done("station", "show", cwd=root).out
    assert re.search(r"^voices\.rate +190$", shown, re.MULTILINE)
    assert "05:30 · 15 phút · T2 T4 T6 · mọi cụm loa · giờ đông người nghe" in shown
    view = done("station", "show", "--json", cwd=root).json()
    assert view["rules"]["earliest"] == "05:00"
    assert [zone["id"] for zone in view["zones"]][:2] == ["trung-tam", "ban-lan"]
    assert view["doubts"] == []


def test_a_value_is_set_and_nothing_else_of_the_file_changes(root: Path) -> None:
    before = file(root)
    done("station", "set", "voices.rate", "180", cwd=root)
    done("station", "set", "rules.latest", "21h30", cwd=root)
    after = before.replace("rate: 190", "rate: 180").replace('latest: "22:00"', 'latest: "21:30"')
    assert file(root) == after


def test_where_recordings_are_heard_is_set_and_read_back(root: Path) -> None:
    done("station", "set", "recordings", "Thay", cwd=root)
    assert station(root).recordings == "thay"
    assert re.search(r"^recordings +thay$", done("station", "show", cwd=root).out, re.MULTILINE)
    refused = run("station", "set", "recordings", "trước", cwd=root)
    assert (refused.status, "sau, thay, không" in refused.err) == (1, True)


def test_a_local_fact_is_set_and_removed(root: Path) -> None:
    before = file(root)
    done("station", "set", "details.số máy trực", "0200 300", cwd=root)
    assert station(root).details["số máy trực"] == "0200 300"
    done("station", "set", "details.số máy trực", "", cwd=root)
    assert file(root) == before


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        (["set", "voices.rate", "50"], 1, ("voices.rate", "120 đến 400")),
        (["set", "voices.speed", "50"], 1, ("voices.speed", "voices.rate")),
        (["set", "voices.women", "x9"], 1, ("x9", "chọn một trong")),
        (["set", "voices.engine", "hay"], 1, ("hay", "espeak")),
        (["set", "rules.latest", "04:00"], 1, ("05:00", "trước")),
        (["set", "rules.latest", "tối"], 1, ("tối", "05:30")),
        (["set", "details.không có", ""], 1, ("không có", "số điện thoại")),
        (["set", "name", "  "], 1, ("name", "chưa ghi tên")),
        (["zone", "add", "bản lạn"], 1, ("đã có cụm loa", "tên khác")),
        (["zone", "add", "Bản Mới", "--id", "ban-lan"], 1, ("ban-lan", "mã khác")),
        (["zone", "add", "Bản Mới", "--id", "Bản Mới"], 1, ("Bản Mới", "không dấu")),
        (["zone", "set", "ban-moi", "--note", "x"], 1, ("ban-moi", "trung-tam")),
        (["zone", "remove", "ban-lan"], 1, ("2026-W48", "--yes")),
        (["zone", "remove", "ban-moi"], 1, ("ban-moi", "ban-lan")),
        (["slot", "add", "Trưa", "--start", "25h"], 2, ("25h", "05:30")),
        (["slot", "add", "Trưa", "--start", "11h", "--minutes", "500"], 2, ("500", "240")),
        (["slot", "add", "Trưa", "--start", "11h", "--days", "T9"], 2, ("t9", "T2 T4 T6")),
        (["slot", "add", "Trưa", "--start", "11h", "--zones", "bản xa"], 1, ("bản xa", "ban-lan")),
        (["slot", "add", "Trưa"], 2, ("--start",)),
        (["slot", "set", "trua", "--minutes", "5"], 1, ("trua", "sang")),
        (["slot", "remove", "sang"], 1, ("2026-W48", "--yes")),
        (["slot", "remove", "trua"], 1, ("trua", "sang")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_would_do(
    root: Path, command: list[str], status: int, told: tuple[str, ...]
) -> None:
    before = tree(root)
    result = run("station", *command, cwd=root)
    assert (result.status, result.out) == (status, "")
    assert [word for word in told if word not in result.err] == []
    assert tree(root) == before


def test_a_zone_is_added_changed_and_removed(root: Path) -> None:
    before = file(root)
    added = done(
        "station", "zone", "add", "Bản Mới", "--usb", "--languages", "Tiếng Mông", cwd=root
    )
    assert added.out == "ban-moi\n"
    assert station(root).zones[-1] == Zone("ban-moi", "Bản Mới", ("Tiếng Mông",), network=False)
    done("station", "zone", "set", "ban-moi", "--network", "--note", "một loa", cwd=root)
    assert station(root).zones[-1] == Zone("ban-moi", "Bản Mới", ("Tiếng Mông",), note="một loa")
    done("station", "zone", "remove", "ban-moi", cwd=root)
    assert file(root) == before


def test_a_slot_is_added_changed_and_removed(root: Path) -> None:
    before = file(root)
    added = run("station", "slot", "add", "Sáng sớm", "--start", "5h35", "--days", "T2-T3",
                "--zones", "Bản Lạn, trung-tam", "--peak", cwd=root)  # fmt: skip
    assert (added.status, added.out) == (0, "sang-som\n")
    assert "«Buổi sáng» và «Sáng sớm» trùng giờ T2" in added.err
    slot = station(root).slots[-1]
    assert (slot.days, slot.zones, slot.peak) == (("T2", "T3"), ("trung-tam", "ban-lan"), True)
    moved = done("station", "slot", "set", "sang-som", "--start", "6h", "--no-peak", cwd=root)
    assert moved.err == ""
    done("station", "slot", "remove", "sang-som", cwd=root)
    assert file(root) == before


def test_a_zone_in_use_goes_when_one_insists(root: Path) -> None:
    done("station", "zone", "remove", "ban-lan", "--yes", cwd=root)
    assert "ban-lan" not in [zone.id for zone in station(root).zones]


def test_a_zone_that_is_all_a_slot_has_stays(root: Path) -> None:
    done("station", "slot", "set", "cuoi-tuan", "--zones", "ban-lan", cwd=root)
    result = run("station", "zone", "remove", "ban-lan", "--yes", cwd=root)
    assert result.status == 1
    assert "Sáng chủ nhật, phiên chợ" in result.err


def test_setting_what_is_so_already_says_so(root: Path) -> None:
    assert "Không có gì thay đổi" in done("station", "set", "voices.rate", "190", cwd=root).err
