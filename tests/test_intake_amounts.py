"""Counts, reports, days and documents as plans write them."""

from __future__ import annotations

from datetime import date

import pytest

from broadcast.intake.quotas import find_quotas
from broadcast.intake.reports import find_deadlines, find_reports, frequency
from broadcast.intake.units import bare_unit, unit_before_verb
from broadcast.vietnamese.citations import contradictions, distinct, find_mentions


def quotas(text: str) -> list[tuple[str, int, str, bool, bool]]:
    found = find_quotas(text, "UBND xã", 1)
    return [(q.unit, q.count, q.per, q.at_least, q.peak) for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mỗi tháng 01 tin, bài.", [("UBND xã", 1, "tháng", False, False)]),
        ("Hằng tháng đăng 01 tin, bài về CCHC.", [("UBND xã", 1, "tháng", False, False)]),
        ("Phát ít nhất 2 lần/tuần.", [("UBND xã", 2, "tuần", True, False)]),
        ("Tối thiểu 04 tin, bài/năm.", [("UBND xã", 4, "năm", True, False)]),
        ("Hàng quý có ít nhất 02 tin bài về thủ tục.", [("UBND xã", 2, "quý", True, False)]),
        (
            "Phát sóng định kỳ, mỗi tuần ít nhất một lần vào thời điểm có nhiều người theo dõi.",
            [("UBND xã", 1, "tuần", True, True)],
        ),
        ("Phát hai lần một tuần vào giờ cao điểm.", [("UBND xã", 2, "tuần", False, True)]),
        ("Phát 02 lần trong tuần.", [("UBND xã", 2, "tuần", False, False)]),
        ("Không dưới 03 (ba) chuyên mục mỗi quý.", [("UBND xã", 3, "quý", True, False)]),
        ("Tối thiểu 03 (ba) lần trên tuần.", [("UBND xã", 3, "tuần", True, False)]),
        ("Mỗi ngày phát 02 buổi.", [("UBND xã", 2, "ngày", False, False)]),
        ("Tuần 2 lần, buổi sáng.", [("UBND xã", 2, "tuần", False, False)]),
        ("06 tháng ít nhất 01 phóng sự mỗi năm.", [("UBND xã", 1, "năm", True, False)]),
        (
            "Đối với các phòng có ít nhất 01 tin/bài/quý; đối với UBND cấp xã có ít nhất 02 "
            "tin/bài/quý để đăng trên trang.",
            [("các phòng", 1, "quý", True, False), ("UBND cấp xã", 2, "quý", True, False)],
        ),
        (
            "Đài truyền thanh xã phát mỗi tuần 3 lần.",
            [("Đài truyền thanh xã", 3, "tuần", False, False)],
        ),
        (
            "Mỗi tuần viết 02 bài, phát ít nhất 04 lượt trên loa.",
            [("UBND xã", 2, "tuần", False, False), ("UBND xã", 4, "tuần", True, False)],
        ),
        ("Mỗi tuần 3 lượt, mỗi lượt 2 tin.", [("UBND xã", 3, "tuần", False, False)]),
        (
            "Mỗi tuần 3 lượt, 02 tin/tháng.",
            [("UBND xã", 3, "tuần", False, False), ("UBND xã", 2, "tháng", False, False)],
        ),
        ("Năm 2026 có 02 bài báo nói về xã.", []),
        ("Giảm ít nhất 20% thời gian giải quyết.", []),
        ("Báo cáo 01 lần/quý về Sở Nội vụ.", []),
        ("Tuyên truyền dịch vụ công mức độ 3, 4.", []),
    ],
)
def test_counts_per_period_are_quotas(text, expected):
    assert quotas(text) == expected


def test_a_quota_says_what_is_counted():
    (quota,) = find_quotas("Hàng quý có ít nhất 02 tin bài về cải cách thể chế.", "A", 3)
    assert (quota.what, quota.line) == ("tin bài về cải cách thể chế", 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Báo cáo kết quả định kỳ hàng quý, 6 tháng, 9 tháng và năm về UBND huyện (qua Phòng "
            "Nội vụ).",
            [("UBND huyện (qua Phòng Nội vụ)", ("quý", "6 tháng", "9 tháng", "năm"))],
        ),
        (
            "Đôn đốc các thôn; định kỳ hàng quý, 06 tháng, năm báo cáo kết quả với UBND xã.",
            [("UBND xã", ("quý", "6 tháng", "năm"))],
        ),
        (
            "Báo cáo UBND xã trước ngày 20 của tháng cuối quý.",
            [("UBND xã", ("quý",))],
        ),
        ("Báo cáo hằng tháng gửi Văn phòng để tổng hợp.", [("Văn phòng", ("tháng",))]),
        (
            "Báo cáo kết quả (lồng ghép trong báo cáo CCHC định kỳ) gửi UBND huyện.",
            [("UBND huyện", ("lồng ghép báo cáo khác",))],
        ),
        ("Kịp thời đề xuất, báo cáo UBND huyện điều chỉnh.", []),
        ("Mỗi quý có ít nhất 03 tin, bài; khi có vướng mắc thì báo cáo UBND xã.", []),
        ("Kết nối Hệ thống thông tin báo cáo quốc gia năm 2026.", []),
    ],
)
def test_periodic_reports_are_found_with_who_gets_them(text, expected):
    assert [(r.to, r.per) for r in find_reports(text, "A", 1)] == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Hoàn thành trước ngày 15/3/2026.", [date(2026, 3, 15)]),
        ("Thời gian hoàn thành: Trước 01/3/2026.", [date(2026, 3, 1)]),
        ("Chậm nhất ngày 25 tháng 2.", [date(2026, 2, 25)]),
        ("Chậm nhất là ngày 25 tháng 02 năm 2027.", [date(2027, 2, 25)]),
        ("Gửi trước ngày 15/6 và ngày 15/12.", [date(2026, 6, 15), date(2026, 12, 15)]),
        ("Xong trước tháng 4/2026.", [date(2026, 4, 1)]),
        ("Trước ngày 20 hằng tháng.", []),
        ("Trước 2/3 số hộ biết.", []),
        ("Trước ngày 31/02/2026.", []),
        ("Theo Quyết định số 12/QĐ-UBND ngày 01/3/2026.", []),
    ],
)
def test_deadlines_are_days_before_which_something_is_done(text, days):
    assert [d.before for d in find_deadlines(text, "A", 1, 2026)] == days


def test_a_deadline_says_what_is_due():
    (deadline,) = find_deadlines(
        "Lập danh mục; thời gian hoàn thành: Trước 01/3/2026.", "A", 1, 2026
    )
    assert deadline.what == "Lập danh mục"


def test_a_yearly_report_due_before_a_day_is_not_taken_for_last_years():
    (report,) = find_reports(
        "Báo cáo 6 tháng trước ngày 15/6, báo cáo năm trước ngày 5/12.", "A", 1
    )
    assert report.per == ("6 tháng", "năm")
    assert not list(find_reports("So với báo cáo năm trước đã tốt hơn.", "A", 1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Định kỳ hàng quý, 6 tháng báo cáo.", "Định kỳ hàng quý, 6 tháng"),
        ("Thường xuyên đưa tin.", "Thường xuyên"),
        ("Phát 2 lần/tuần.", "2 lần/tuần"),
        ("Đưa tin năm 2026.", None),
    ],
)
def test_how_often_is_said_in_the_plans_own_words(text, said):
    assert frequency(text) == said


def cited(text: str, own: str | None = None) -> list[tuple[str, str, date | None, str | None]]:
    found = distinct(find_mentions([(text, 1)]), own)
    return [(c.type, c.number, c.date, c.issuer) for c in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về một cửa",
            [("Nghị định", "61/2018/NĐ-CP", date(2018, 4, 23), "Chính phủ")],
        ),
        (
            "theo quy định tại Quyết định 28/QĐ-TTg ngày 12 tháng 7 năm 2018 của Thủ tướng Chính "
            "phủ; Đề án 06",
            [("Quyết định", "28/QĐ-TTg", date(2018, 7, 12), "Thủ tướng Chính phủ")],
        ),
        ("Chỉ thị số 05-CT/TU của Tỉnh ủy", [("Chỉ thị", "05-CT/TU", None, "Tỉnh ủy")]),
        ("Luật số 72/2025/QH15", [("Luật", "72/2025/QH15", None, None)]),
        ("Thông tư 01/2018/TT - VPCP", [("Thông tư", "01/2018/TT-VPCP", None, None)]),
        ("(66.7/2025/NQ-CP)", [("Nghị quyết", "66.7/2025/NQ-CP", None, None)]),
        ("02 tin/bài, 3/4 số hộ, giai đoạn 2021-2025", []),
    ],
)
def test_numbered_documents_are_cited(text, expected):
    assert cited(text) == expected


def test_a_document_named_twice_is_one_citation_with_its_date():
    text = "Nghị định 61/2018/NĐ-CP và Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ"
    assert cited(text) == [("Nghị định", "61/2018/NĐ-CP", date(2018, 4, 23), "Chính phủ")]


def test_two_plans_with_one_number_and_two_dates_are_two_documents():
    text = "Kế hoạch số 15/KH-UBND ngày 01/02/2026; Kế hoạch số 15/KH-UBND ngày 05/03/2026"
    assert [day for _, _, day, _ in cited(text)] == [date(2026, 2, 1), date(2026, 3, 5)]


def test_the_plans_own_number_is_no_citation():
    assert cited("Kế hoạch số 15/KH-UBND ngày 01/02/2026", own="15/KH-UBND") == []


def test_one_document_under_two_numbers_is_reported():
    subject = "của UBND xã về ban hành Kế hoạch cải cách hành chính xã Hoa Lư năm 2026"
    texts = [
        (f"Quyết định số 05/QĐ-UBND ngày 02/01/2026 {subject};", 3),
        (f"Quyết định số 03/QĐ-UBND ngày 02/01/2026 {subject}.", 9),
    ]
    (problem,) = contradictions(find_mentions(texts))
    assert problem.line == 9
    assert "05/QĐ-UBND (dòng 3) và 03/QĐ-UBND" in problem.message


def test_one_number_under_two_dates_of_one_issuer_is_reported():
    texts = [
        ("Chỉ thị số 30/CT-TTg ngày 30/10/2018 của Thủ tướng Chính phủ", 1),
        ("Chỉ thị số 30/CT-TTg ngày 31/10/2018 của Thủ tướng Chính phủ", 2),
    ]
    (problem,) = contradictions(find_mentions(texts))
    assert "30/10/2018 (dòng 1) và 31/10/2018" in problem.message


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Đài truyền thanh xã phát 2 buổi/tuần.", "Đài truyền thanh xã"),
        ("Giao Văn phòng HĐND và UBND chủ trì.", "Văn phòng HĐND và UBND"),
        ("Trưởng thôn nhắc bà con.", "Trưởng thôn"),
        ("Sở Tài chính thẩm định, bố trí kinh phí.", "Sở Tài chính"),
        ("Đảng ủy UBND xã lãnh đạo Phòng Kinh tế thực hiện.", "Đảng ủy UBND xã"),
        ("Các đồng chí lãnh đạo UBND xã chỉ đạo.", "Các đồng chí lãnh đạo UBND xã"),
        ("Yêu cầu các đơn vị nghiêm túc thực hiện.", None),
        ("Các cơ quan, đơn vị có trách nhiệm thực hiện.", "Các cơ quan, đơn vị"),
        ("Phối hợp với Đài truyền thanh.", None),
        ("Kinh phí lấy từ ngân sách.", None),
    ],
)
def test_the_unit_a_sentence_opens_with_is_told(sentence, unit):
    assert unit_before_verb(sentence) == unit


def test_a_unit_asked_politely_keeps_its_bare_name():
    assert bare_unit("Đề nghị các đoàn thể xã:") == "các đoàn thể xã"
