"""What proofreading asks about in a text, and what it leaves alone."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.vietnamese.citations_check import citation_slips
from broadcast.vietnamese.days_check import day_slips
from broadcast.vietnamese.proofread import proofread
from broadcast.vietnamese.terms import outdated, product_terms
from tests.conftest import ROOT

AIR = date(2026, 11, 26)


def found(lines: list[str], air: date = AIR) -> list[tuple[str, str]]:
    return [(one.written, one.better) for one in outdated(lines, air)]


OUTDATED = [
    ("Dịch vụ công trực tuyến mức độ 3, 4 của xã", "mức độ 3, 4", "toàn trình và một phần"),
    ("nộp hồ sơ trực tuyến mức độ 4", "mức độ 4", "toàn trình"),
    ("BỘ PHẬN MỘT CỬA XÃ SUỐI HOA", "BỘ PHẬN MỘT CỬA", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"),
    ("tại Bộ phận Một cửa", "Bộ phận Một cửa", "Trung tâm Phục vụ hành chính công"),
    ("tại bộ phận TN&TKQ xã", "bộ phận TN&TKQ", "Trung tâm Phục vụ hành chính công"),
    ("gửi UBND huyện Sơn Dương", "UBND huyện Sơn Dương", ""),
    ("gửi Uỷ ban nhân dân huyện", "Uỷ ban nhân dân huyện", ""),
    ("Phòng Nội vụ huyện hướng dẫn", "Phòng Nội vụ huyện", ""),
    ("trên sóng Đài Truyền thanh huyện", "Đài Truyền thanh huyện", ""),
    ("ở các xã, phường, thị trấn", "xã, phường, thị trấn", "xã, phường, đặc khu"),
    ("về thị trấn Tân Yên nộp", "thị trấn Tân Yên", ""),
    ("trên Cổng dịch vụ công tỉnh Sơn La", "Cổng dịch vụ công tỉnh Sơn La",
     "Cổng Dịch vụ công quốc gia"),
    ("vào dichvucong.sonla.gov.vn", "dichvucong.sonla.gov.vn", "dichvucong.gov.vn"),
    ("báo cáo Sở TT&TT", "Sở TT&TT", "Sở Văn hóa, Thể thao và Du lịch"),
    ("Bộ Thông tin và Truyền thông chỉ đạo", "Bộ Thông tin và Truyền thông",
     "Bộ Văn hóa, Thể thao và Du lịch"),
    ("người dân tỉnh Hoà Bình", "tỉnh Hoà Bình", "tỉnh Phú Thọ"),
    ("Sở Lao động - Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội", ""),
    ("mang theo sổ hộ khẩu", "sổ hộ khẩu", ""),
    ("mang theo CMND", "CMND", "thẻ căn cước"),
    ("Giấy chứng minh nhân dân của ông", "Giấy chứng minh nhân dân", "Thẻ căn cước"),
    ("đóng thuế khoán hằng tháng", "thuế khoán", ""),
    ("Hộ kinh doanh có doanh thu dưới 500 triệu đồng không phải nộp thuế", "500 triệu đồng",
     "1 tỷ đồng một năm"),
    ("Đăng nhập bằng mã số BHXH", "mã số BHXH", ""),
    ("theo QCVN 26:2010/BTNMT", "QCVN 26:2010/BTNMT", "QCVN 26:2025/BNNMT"),
    ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về cơ chế",
     "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ",
     "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ"),
    ("theo Quyết định 52/2016/QĐ-TTg", "Quyết định 52/2016/QĐ-TTg", "Nghị định 49/2024/NĐ-CP"),
    ("theo Nghị định 42/2022", "Nghị định 42/2022", "Nghị định 224/2026/NĐ-CP"),
    ("Quyết định 225/QĐ-TTg ngày 04/02/2016", "Quyết định 225/QĐ-TTg ngày 04/02/2016",
     "Nghị quyết 76/NQ-CP ngày 15/7/2021"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "written", "better"), OUTDATED)
def test_what_is_out_of_date_is_found_with_what_to_say(
    line: str, written: str, better: str
) -> None:
    assert found([line]) == [(written, better)]


@pytest.mark.parametrize(
    "line",
    [
        "Nước ta không còn cấp huyện, bà con không phải tìm đến huyện nữa.",
        "Thẻ căn cước thay cho chứng minh nhân dân.",
        "CMND hết dùng sau ngày 31/12/2024.",
        "Thuế khoán đã bãi bỏ từ ngày 01/01/2026.",
        "Quyết định số 381/QĐ-UBND ngày 17/01/2024 của UBND huyện ban hành Kế hoạch của huyện "
        "Thủy Nguyên năm 2024",
        "Thông tư số 39/2020/TT-BTTTT của Bộ Thông tin và Truyền thông",
        "Bệnh nhân ở mức độ 3, 4 được chuyển tuyến.",
        "Phạt 500 triệu đồng đối với công ty xả thải.",
        "Bộ phận một cửa của Bộ Tài chính",
        "Quyết định 225/QĐ-TTg ngày 5/3/2023 của Thủ tướng Chính phủ",
        "Nghị định 118/2025/NĐ-CP thay thế Nghị định 61/2018/NĐ-CP.",
        "dichvucong.gov.vn và Cổng Dịch vụ công quốc gia",
        "chị Trần Thị Huyện ở bản Hòa Bình",
        "Bà con đổi chứng minh nhân dân sang thẻ căn cước.",
        "Xã được thành lập từ thị trấn Tân Yên và xã Tân Lập.",
        "Xã ta trước là thị trấn Tân Yên.",
        "Mẫu đơn cũ hết năm 2024 là không nhận nữa.",
    ],
)
def test_what_is_still_right_or_told_as_past_is_left_alone(line: str) -> None:
    assert found([line]) == []


def test_a_term_over_a_line_break_is_told_where_it_begins() -> None:
    (one,) = outdated(["hồ sơ nộp tại Bộ phận", "", "một cửa của xã"], AIR)

    assert (one.line, one.written, one.better) == (1, "Bộ phận", "")
    assert one.reason.startswith("«Bộ phận một cửa»: ")


def test_a_name_does_not_go_on_in_the_other_column() -> None:
    assert found(["UBND HUYỆN KỲ LÂM\tCỘNG HÒA XÃ HỘI"]) == [("UBND HUYỆN KỲ LÂM", "")]


def test_the_longest_term_wins() -> None:
    assert found(["UBND các xã, phường, thị trấn"]) == [
        ("xã, phường, thị trấn", "xã, phường, đặc khu")
    ]


def test_before_a_term_goes_out_of_date_it_is_right() -> None:
    assert found(["mang theo CMND"], date(2024, 12, 31)) == []


def test_a_reason_says_how_sure_it_is_and_of_when_the_table_is() -> None:
    (sure,) = outdated(["thị trấn Tân Yên"], AIR)
    (unsure,) = outdated(["sổ hộ khẩu"], AIR)

    assert sure.reason.endswith("(đã đối chiếu nguồn, bảng tháng 11/2026)")
    assert unsure.reason.startswith("nên kiểm tra lại: ")
    assert unsure.reason.endswith("(chưa đối chiếu văn bản, bảng tháng 11/2026)")


def test_every_way_of_writing_a_term_can_be_reached() -> None:
    table = product_terms()

    assert len(table.documents) == 6
    assert len({id(t) for terms in table.terms.values() for t in terms}) > 60


CITED = [
    ("Nghị định số 15/QĐ-UBND ngày 5/1", "Nghị định số 15/QĐ-UBND", "Quyết định số 15/QĐ-UBND"),
    ("theo quyết định số 15/KH-UBND", "quyết định số 15/KH-UBND", "kế hoạch số 15/KH-UBND"),
    ("Công văn số 15/QĐ-UBND", "Công văn số 15/QĐ-UBND", "Quyết định số 15/QĐ-UBND"),
    ("Nghị định số 61/NĐ-CP ngày 23/4/2018", "61/NĐ-CP", "61/2018/NĐ-CP"),
    ("Nghị định 61/2018/NĐ-CP ngày 23/4/2019", "61/2018/NĐ-CP", ""),
    ("Quyết định số 15/QD-UBND", "15/QD-UBND", "15/QĐ-UBND"),
    ("Kế hoạch số 15/KH-UBND ngày 5/1/2027", "15/KH-UBND", ""),
]


@pytest.mark.parametrize(("line", "written", "better"), CITED)
def test_a_slip_in_a_citation_is_found(line: str, written: str, better: str) -> None:
    slips = citation_slips([line], air_date=AIR)

    assert [(one.written, one.better) for one in slips] == [(written, better)]


@pytest.mark.parametrize(
    "line",
    [
        "Quyết định số 28/QĐ-TTg ngày 12/7/2018",
        "Công văn số 123/UBND-VX ngày 5/1/2026",
        "Công văn số 1234/CT-TTHT của Cục Thuế",
        "Quy định số 37-QĐ/TW ngày 25/10/2021",
        "Chương trình số 05-CTr/TU",
        "Nghị quyết số 57-NQ/TW",
        "Nghị quyết số 76/2025/UBTVQH15",
        "Luật số 45/2019/QH14 và Bộ luật số 91/2015/QH13",
        "Thông tư liên tịch số 01/2014/TTLT-BNV-BTC",
        "Nghị định số 61/2018/NĐ- CP ngày 23/4/2018",
        "Kế hoạch số 15/KH-UBND, 16/KH-UBND và Quyết định số 3/QĐ-UBND",
    ],
)
def test_a_right_citation_is_left_alone(line: str) -> None:
    assert citation_slips([line], air_date=AIR) == ()


def test_a_code_broken_over_lines_is_read_as_one() -> None:
    (one,) = citation_slips(["theo Nghị định số 61/2018/NĐ-", "", "CP ngày 23/4/2019"])

    assert (one.line, one.written) == (1, "61/2018/NĐ-")


def test_a_document_under_two_numbers_and_two_days_is_found() -> None:
    lines = [
        "Quyết định số 05/QĐ-UBND ngày 02/01/2026 về ban hành Kế hoạch cải cách hành chính xã A;",
        "Quyết định số 03/QĐ-UBND ngày 02/01/2026 về ban hành Kế hoạch cải cách hành chính xã A;",
        "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ;",
        "Nghị định số 118/2025/NĐ-CP ngày 09/7/2025 của Chính phủ.",
    ]
    slips = citation_slips(lines, own_date=date(2026, 2, 1))

    assert [(one.line, one.written) for one in slips] == [(2, "03/QĐ-UBND"), (4, "118/2025/NĐ-CP")]
    assert "05/QĐ-UBND (dòng 1)" in slips[0].reason


def test_a_plan_that_names_itself_by_another_number_is_found() -> None:
    lines = ["Số: 15/KH-UBND", "", "(Kèm theo Kế hoạch số 16/KH-UBND ngày 05/01/2026 của UBND xã)"]
    (one,) = citation_slips(lines)

    assert (one.line, one.written, one.better) == (3, "16/KH-UBND", "15/KH-UBND")


def test_what_is_younger_than_the_plan_itself_is_found() -> None:
    (one,) = citation_slips(
        ["Quyết định số 15/QĐ-UBND ngày 5/3/2026"], own_date=date(2026, 1, 12), air_date=AIR
    )

    assert "sau ngày của chính văn bản này (12/01/2026)" in one.reason


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Đăng ký đến hết ngày 30/6/2026", "ngày 30/6/2026"),
        ("gửi báo cáo trước 15/11/2026", "15/11/2026"),
        ("Báo cáo kết quả về UBND xã trước ngày 15/11/2026", "ngày 15/11/2026"),
        ("Trong năm 2025, xã phấn đấu 80% hồ sơ", "năm 2025"),
        ("cải cách hành chính giai đoạn 2021-2025", "giai đoạn 2021-2025"),
        ("Thời gian thực hiện: Quý III/2026", "Quý III/2026"),
        ("từ ngày 01/6/2026 đến ngày 30/6/2026 mời bà con nộp thuế", "ngày 30/6/2026"),
        ("Hạn chót là 05/11/2026", "05/11/2026"),
        ("Hạn cuối nộp thuế sử dụng đất là ngày 31/10/2026", "ngày 31/10/2026"),
        ("Bà con đăng ký trước ngày 30/9/2026", "ngày 30/9/2026"),
        ("Đề nghị các hộ nộp tiền nước trước ngày 30/9/2026", "ngày 30/9/2026"),
        ("hoàn thành trước tháng 10/2026", "tháng 10/2026"),
        ("Đến năm 2025, 100% thủ tục được thực hiện trực tuyến", "năm 2025"),
        ("ngày 31/02/2027", "31/02/2027"),
        ("sinh hoạt ngày 30 tháng 2", "30 tháng 2"),
        ("thứ Hai, ngày 01/12/2026", "thứ Hai"),
        ("Chào buổi sáng thứ Tư, ngày 26 tháng 11", "thứ Tư"),
    ],
)
def test_a_day_that_is_over_or_cannot_be_is_found(line: str, written: str) -> None:
    assert [one.written for one in day_slips([line], AIR)] == [written]


@pytest.mark.parametrize(
    "line",
    [
        "Quyết định số 15/QĐ-UBND ngày 5/3/2025 của UBND xã",
        "Đến ngày 30/6/2026, xã đã có 20 nhà văn hóa.",
        "Thẻ cấp trước ngày 01/7/2024 vẫn còn giá trị.",
        "Hồ sơ nộp trước ngày 01/7/2025 được giải quyết theo quy định cũ.",
        "Giấy ký trước ngày 01/7/2025 không phải đổi.",
        "Kết quả quý III/2026 của xã",
        "Chậm nhất ngày 20 tháng 12 năm 2026",
        "Nghị định có hiệu lực từ ngày 1/7/2025",
        "Kế hoạch cải cách hành chính năm 2025",
        "báo cáo trước ngày 15/6 hằng năm",
        "cải cách hành chính giai đoạn 2021 - 2030",
        "thứ Ba, ngày 01/12/2026; ngày 29 tháng 2",
        "Chào buổi sáng thứ Năm, ngày 26 tháng 11; thứ Sáu, ngày 1 tháng 1",
        "họp lần thứ hai, ngày 26 tháng 11",
        "trong quý IV năm 2026 và trong năm 2026",
    ],
)
def test_a_day_that_is_told_or_still_to_come_is_left_alone(line: str) -> None:
    assert day_slips([line], AIR) == ()


def test_what_two_ask_about_is_told_once_and_by_place() -> None:
    lines = ["Mang CMND đến UBND huyện", "Nghị định số 61/2018/NĐ-CP ngày 23/4/2019 của Chính phủ"]
    told = proofread(lines, air_date=AIR)

    assert [(one.line, one.rule) for one in told] == [
        (1, "outdated-term"), (1, "outdated-term"), (2, "citation"),
    ]  # fmt: skip


_WORDS = st.sampled_from(
    "UBND huyện thị trấn số 61/2018/NĐ-CP NĐ- CP ngày 31/02/2026 trước mức độ 3 , 4 quý III/2026 "
    "Bộ phận một cửa \n . ; Kế hoạch 15/KH-UBND - (Kèm theo tỉnh Hoà Bình giai đoạn 2021-2025 ￾ İ"
    .split(" ")
)  # fmt: skip
_LINE = st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=12).map(" ".join))


@given(st.lists(_LINE, max_size=6))
def test_whatever_the_text_is_each_place_holds_what_was_written(lines: list[str]) -> None:
    told = proofread(lines, air_date=AIR)
    known = [unicodedata.normalize("NFC", line) for line in lines]

    assert list(told) == sorted(told)
    for one in told:
        assert known[one.line - 1][one.start : one.end] == one.written
        assert one.written
        assert one.reason


@pytest.mark.parametrize(
    "plan", sorted((ROOT / "tests" / "plans").glob("*.txt")), ids=lambda p: p.stem
)
def test_plans_of_all_kinds_cite_without_a_slip(plan: Path) -> None:
    lines = plan.read_text("utf-8").splitlines()

    assert citation_slips(lines, air_date=AIR) == ()


READY = sorted([*(ROOT / "scripts").glob("*.md"), *(ROOT / "scripts/pieces").glob("*.md")])


@pytest.mark.parametrize("script", READY, ids=lambda p: p.stem)
def test_nothing_that_is_ready_to_be_heard_needs_proofreading(script: Path) -> None:
    body = script.read_text("utf-8").rpartition("\n---\n")[2]

    assert proofread(body.splitlines(), air_date=AIR) == ()
