"""Who issues a paper and who signs it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from broadcast.domain.letterhead import letterhead, place_name, signing_lines
from broadcast.domain.station import Paper, Station

STATION = Station("thu", "Đài truyền thanh xã Thử", "xã Suối Hoa")


@pytest.mark.parametrize("commune", ["xã Suối Hoa", "Xã  Suối Hoa", "UBND xã Suối Hoa",
                                     "Ủy ban nhân dân xã Suối Hoa"])  # fmt: skip
def test_the_committee_of_the_commune_issues_it(commune: str) -> None:
    head = letterhead(replace(STATION, commune=commune))
    assert head.body == ("ỦY BAN NHÂN DÂN", "XÃ SUỐI HOA")
    assert head.place == "Suối Hoa"


@pytest.mark.parametrize(
    ("commune", "place"),
    [("phường 8", "Phường 8"), ("phường Ba Đình", "Ba Đình"), ("đặc khu Côn Đảo", "Côn Đảo"),
     ("xã Xã Mới", "Xã Mới"), ("Yên Bình", "Yên Bình")],
)  # fmt: skip
def test_a_place_with_a_number_for_a_name_keeps_its_unit(commune: str, place: str) -> None:
    assert place_name(commune) == place


def test_the_station_may_say_another_place_and_who_signs() -> None:
    paper = Paper("Xã Kim Đồng", "Phó Chủ tịch", "Lò Thị Bình")
    head = letterhead(replace(STATION, paper=paper))
    assert (head.place, head.signer) == ("Xã Kim Đồng", "Lò Thị Bình")


@pytest.mark.parametrize(
    ("position", "lines"),
    [
        ("Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("Quyền Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH")),
        ("phó  chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("Trưởng phòng Văn hóa - Xã hội", ("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI")),
    ],
)
def test_who_signs_for_whom_is_said_as_official_papers_do(
    position: str, lines: tuple[str, ...]
) -> None:
    assert signing_lines(position) == lines
