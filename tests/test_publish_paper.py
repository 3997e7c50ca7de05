"""The operator's sheet: everything needed beside the machine, aligned, for an old Notepad."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.station import Zone
from broadcast.publish.items import Item
from broadcast.publish.names import programmes
from broadcast.publish.paper import PAGE, display_width, operator_sheet
from tests.publish_examples import CENTRE, MONDAY, STATION, VILLAGE, handout, item, recorded


def sheet(*items: Item, zones: tuple[Zone, ...] = ()) -> list[str]:
    data = operator_sheet(handout(*items, zones=zones), programmes(items))
    return data.decode("utf-8-sig").split("\r\n")


def both(**more: object) -> Item:
    zones = {"zones": ("trung-tam", "ban-pe"), "zone_names": ("Trung tâm xã", "Bản Pe")}
    return item(**{**zones, **more})


def test_a_programme_is_a_row_to_tick_with_time_length_zones_and_file() -> None:
    lines = sheet(item(source="x"))
    start = next(n for n, line in enumerate(lines) if "[ ]" in line)
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines[start : start + 3]]
    assert cells == [
        ["[ ]", "05:30 - 05:45", "8:12", "Nộp hồ sơ tại nhà"],
        ["", "", "", "Loa: Trung tâm xã"],
        ["", "", "", "Tệp: 01-0530-nop-ho-so-tai-nha.mp3 · mã a1"],
    ]


def test_the_heading_says_station_week_days_and_totals() -> None:
    lines = [line.strip() for line in sheet(item("a1"), item("a2", MONDAY + timedelta(days=2)))]
    assert lines[:4] == [
        "ĐÀI TRUYỀN THANH XÃ THỬ",
        "PHIẾU PHÁT THANH - TUẦN 48 NĂM 2026",
        "Từ Thứ Hai 23/11/2026 đến Chủ nhật 29/11/2026",
        "Cụm loa: tất cả",
    ]
    assert lines[5].startswith("Cả tuần: 2 lượt phát, tổng 16 phút 25 giây.")
    assert any(line.startswith("THỨ TƯ 25/11/2026") for line in lines)


def test_every_day_says_its_folder_and_its_total(tmp_path: Path) -> None:
    lines = sheet(recorded(tmp_path, airing_id="a1"), item("a2", start=time(17)))
    day = lines.index("Thư mục: 2026-11-23-t2")
    assert lines[day - 1].split("  ")[0] == "THỨ HAI 23/11/2026"
    assert lines[day - 1].endswith("2 lượt, 16 phút 25 giây")


def test_a_zone_without_network_is_called_out_with_its_days_and_note() -> None:
    text = "\n".join(sheet(both(), item("a2", MONDAY + timedelta(days=1))))
    assert "CỤM LOA KHÔNG CÓ MẠNG" in text
    assert "[ ] Bản Pe: 1 lượt phát, các ngày 23/11. Giao trưởng bản" in text
    assert "Loa: Trung tâm xã, Bản Pe (chép USB)" in text


def test_a_programme_for_all_of_many_zones_does_not_name_each() -> None:
    zones = (VILLAGE, *(Zone(f"cum-{n}", f"Cụm {n}") for n in range(60)))
    one = item(zones=tuple(z.id for z in zones), zone_names=tuple(z.name for z in zones))
    week = replace(handout(one), station=replace(STATION, zones=zones))
    text = operator_sheet(week, programmes([one])).decode("utf-8-sig")
    assert "Loa: tất cả các cụm loa; Bản Pe: chép USB" in text
    assert "Cụm 7" not in text


def test_a_sheet_for_a_zone_with_network_has_no_stick_to_carry() -> None:
    text = "\n".join(sheet(both(), zones=(CENTRE,)))
    assert "Cụm loa: Trung tâm xã" in text
    assert "CỤM LOA KHÔNG CÓ MẠNG" not in text
    assert "CỤM LOA KHÔNG CÓ MẠNG" in "\n".join(sheet(both(), zones=(VILLAGE,)))


def test_a_missing_file_and_an_urgent_airing_stand_out() -> None:
    text = "\n".join(sheet(item(level="khẩn cấp")))
    assert "KHẨN CẤP: Nộp hồ sơ tại nhà" in text
    assert "Tệp: CHƯA CÓ TỆP TIẾNG" in text
    assert "1 lượt CHƯA CÓ TỆP TIẾNG." in text


def test_those_who_approved_are_named_once_or_a_line_is_left_to_sign() -> None:
    people = [item("a1", approved_by="Lò Văn A"), item("a2", approved_by="Lò Văn A")]
    assert "Người duyệt nội dung: Lò Văn A" in sheet(*people, item("a3"))
    assert "Người duyệt nội dung: " + "." * 30 in sheet(item())


def test_an_airing_until_after_midnight_shows_both_times() -> None:
    assert any("│ 23:50 - 00:05 │" in line for line in sheet(item(start=time(23, 50))))


def test_a_week_without_airings_says_so() -> None:
    assert "Tuần này chưa có lượt phát nào." in sheet()


def test_the_sheet_is_for_old_notepads() -> None:
    data = operator_sheet(handout(item()), programmes([item()]))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")


@given(
    st.text(max_size=150) | st.text(alphabet="aệ 中😀\u0301x", max_size=150) | st.just("liền" * 60),
)
def test_whatever_the_title_the_table_is_straight_and_fits_the_page(title: str) -> None:
    lines = sheet(item(title=title, zone_names=(title, "Bản Pe")))
    table = [line for line in lines if line[:1] in set("│┌├└")]
    assert {display_width(line) for line in table} == {PAGE}
    assert max(display_width(line) for line in lines) <= PAGE
