"""Which ready piece tells about which topic, judged by hand for real plans and the sample."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.matching import best_piece
from broadcast.domain.piece import Piece
from broadcast.intake.plan_parser import parse_plan
from broadcast.intake.readers import read_document
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import fold
from broadcast.workflow.texts import topic_text

from .conftest import shared

ROOT = Path(__file__).parents[1]

REFORM, CENTRE, ONLINE = (
    "cai-cach-hanh-chinh",
    "trung-tam-hanh-chinh-cong",
    "dich-vu-cong-truc-tuyen",
)
PORTAL, FEES, POST, TRACKING = (
    "cong-dich-vu-cong",
    "phi-le-phi",
    "buu-chinh-cong-ich",
    "theo-doi-ho-so",
)
SATISFACTION, INDEX, PAPI = "su-hai-long", "chi-so-cai-cach-hanh-chinh", "papi"
COMPLAINTS, CONDUCT, IDENTITY = "phan-anh-kien-nghi", "ky-luat-cong-vu", "dinh-danh-vneid"
REGISTRY, LAND, RESIDENCE, COPIES = "ho-tich", "dat-dai", "cu-tru", "chung-thuc"
PENSION, TRADE, NO_PHONE = "tro-cap", "ho-kinh-doanh", "khong-dien-thoai-thong-minh"
HELPERS, CARD, FRAUD, HEALTH = "to-cong-nghe-so", "can-cuoc", "chong-lua-dao", "dich-vu-so"

REAL = {
    "002_hamtan.txt": {
        "II.2/a": INDEX,
        "II.2/b": None,  # three plans, one of which names the indices
        "II.2/c": CENTRE,
        "II.2/d": PORTAL,
        "II.2/đ": ONLINE,
    },
    "003_duongquan.txt": {
        "II.1/a": REFORM,
        "II.1/a/-1": REFORM,
        "II.1/a/-2": CONDUCT,
        "II.1/a/-3": CENTRE,
        "II.1/b": None,  # the year's motto, which names land in passing
        "II.1/c": INDEX,
        "II.1/c/-1": None,  # digital government, which names the population database in passing
        "II.1/c/-2": None,  # examples that only the place itself can tell of
        "II.1/c/-3": COMPLAINTS,
        "II.1/d": REFORM,
        "II.1/đ": ONLINE,
        "II.1/e": CENTRE,
    },
    "004_chiengson.txt": {
        "II.2/2.1/+3": COMPLAINTS,
        "II.2/2.1/-1": None,  # the programme itself, with six things in it
        "II.2/2.1/-2": None,
        "II.2/2.1/-3": INDEX,
        "II.2/2.2": None,
        "II.2/2.2/-1": CONDUCT,
        "II.2/2.3": REFORM,
    },
}
"""Every airable topic of the three real plans, read and judged by a person."""

OTHERS = {
    "dang-uy-yen-dinh.txt": {
        "II.1": REFORM, "II.2": REFORM, "II.2/2.1": None, "II.2/2.2": None, "II.3": None,
    },
    "phong-noi-vu-ky-lam.txt": {
        "III.1/a": REFORM, "III.1/b": INDEX, "III.1/c": None, "III.1/d": CENTRE, "III.1/đ": None,
    },
    "phong-van-hoa-quang-ha.txt": {
        "II.1": None, "II.2": INDEX, "II.3/-1": TRACKING, "II.3/-2": POST,
        "II.3/-3": SATISFACTION, "II.4": IDENTITY,
    },
    "phuong-ba-gieng.txt": {
        "III.1/1.1": PORTAL, "III.1/1.2": None, "III.2": TRACKING, "III.3/a": IDENTITY,
        "III.3/b": FRAUD, "III.5": INDEX,
    },
    "phuong-hai-tra.txt": {
        "II.1/-1": None, "II.1/-2": None, "II.2/-1": CENTRE, "II.2/-2/+1": REGISTRY,
        "II.2/-2/+2": REGISTRY, "II.3": None, "II.4": CONDUCT, "II.5": None, "II.6/-1": PORTAL,
        "II.6/-2": HELPERS,
    },
    "xa-ba-hoa.txt": {"II.1/a/-1": None, "II.1/a/-2": None},
    "xa-dong-mai.md": {"2/2.1": None, "2/2.2/-1": ONLINE, "2/2.2/-4": None},
    "xa-muong-panh.txt": {
        "II/I/1": None, "II/I/2": TRACKING, "II/II/1": PORTAL, "II/II/2": HELPERS,
        "II/III": CONDUCT,
    },
    "xa-ta-phin.txt": {"2/p2": CENTRE, "2/p3": TRACKING},
    "xa-tan-lap.txt": {
        "III.1/a": CARD, "III.1/b": ONLINE, "III.1/c": CENTRE, "III.2/a": IDENTITY, "III.4": None,
    },
}  # fmt: skip
"""The same for the plans in tests/plans."""

SAMPLE = {
    "II.2/a/-1": REFORM,
    "II.2/a/-2": SATISFACTION,
    "II.2/b": CONDUCT,
    "II.2/c": CENTRE,
    "II.2/d/-1": TRACKING,
    "II.2/d/-2": POST,
    "II.2/đ": PORTAL,
    "II.2/e/-1": IDENTITY,
    "II.2/e/-2": FRAUD,
    "II.2/g": COMPLAINTS,
}

PHRASES = {
    "Tuyên truyền sáu lĩnh vực cải cách hành chính": REFORM,
    "Cơ chế một cửa, một cửa liên thông": CENTRE,
    "tuyen truyen dich vu cong truc tuyen toan trinh": ONLINE,
    "Nộp hồ sơ online, không phải đi lại": PORTAL,
    "Mức thu phí, lệ phí khi nộp hồ sơ trực tuyến": FEES,
    "Trả kết quả TTHC qua bưu điện": POST,
    "Tỷ lệ hồ sơ trễ hẹn và văn bản xin lỗi": TRACKING,
    "Khảo sát mức độ hài lòng của nhân dân": SATISFACTION,
    "Giải pháp nâng chỉ số PARINDEX": INDEX,
    "Kết quả chỉ số PAPI của tỉnh": PAPI,
    "Quy trình tiếp nhận PAKN của tổ chức, cá nhân": COMPLAINTS,
    "Văn hoá giao tiếp, thái độ phục vụ của cán bộ một cửa": CONDUCT,
    "Cài đặt ứng dụng và kích hoạt VNeID mức 2": IDENTITY,
    "Hướng dẫn làm giấy khai sinh cho con": REGISTRY,
    "Thủ tục cấp sổ đỏ lần đầu": LAND,
    "Đăng ký tạm trú cho công nhân": RESIDENCE,
    "Chứng thực bản sao từ bản chính": COPIES,
    "Chế độ hưu trí xã hội": PENSION,
    "Hộ kinh doanh tự kê khai thuế": TRADE,
    "Người già không có smartphone làm thủ tục ở đâu": NO_PHONE,
    "Tổ CNSCĐ của các thôn": HELPERS,
    "Làm thẻ CCCD cho học sinh": CARD,
    "Chống lừa đảo qua mạng": FRAUD,
    "Sổ sức khỏe điện tử, thẻ BHYT": HEALTH,
}
"""A topic for each piece, in other words than a person would look for it with."""

NOTHING = (
    "Đăng ký số điện thoại nhận tin nhắn của xã",
    "Công khai sinh hoạt hè cho thiếu nhi",
    "Chuyển sang tên gọi mới của các phòng chuyên môn",
    "Khám bệnh, phát thuốc miễn phí cho bà con",
    "Những việc chúng thực hiện chưa tốt",
    "Công chức Tư pháp - Hộ tịch phối hợp rà soát văn bản",
    "Văn bản không còn phù hợp với mô hình chính quyền địa phương hai cấp",
    "Siết chặt kỷ cương quản lý đất đai, trật tự xây dựng",
    "Người dân, hộ kinh doanh, hợp tác xã trên địa bàn",
    "Đánh giá cán bộ, công chức cuối năm",
    "Kết quả xếp hạng thi đua của các bản",
    "Mức phí vệ sinh môi trường",
    "Quyết toán ngân sách, các khoản đóng góp của nhân dân",
    "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
    "Nghĩa vụ quân sự năm 2027",
)
"""Topics that have words of a piece's subjects and are about something else."""


def found_for(document: Path) -> dict[str, str | None]:
    pieces = Workspace(ROOT).load_pieces()
    plan = parse_plan(read_document(document), "ke-hoach")
    matches = {t.path: best_piece(topic_text(t), pieces, fold) for t in plan.airable_topics()}
    return {path: match and match.piece.id for path, match in matches.items()}


@pytest.mark.parametrize("name", REAL)
def test_real_topics_get_the_piece_an_editor_would_take(name: str) -> None:
    assert found_for(shared("plans", "text", name)) == REAL[name]


@pytest.mark.parametrize("name", OTHERS)
def test_topics_of_other_plans_get_the_piece_an_editor_would_take(name: str) -> None:
    assert found_for(ROOT / "tests" / "plans" / name) == OTHERS[name]


@pytest.mark.parametrize("text", PHRASES)
def test_a_subject_is_known_in_other_words(text: str) -> None:
    match = best_piece(text, Workspace(ROOT).load_pieces(), fold)
    assert (match and match.piece.id) == PHRASES[text]


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_only_look_like_a_subject_find_nothing(text: str) -> None:
    assert best_piece(text, Workspace(ROOT).load_pieces(), fold) is None


def test_every_piece_is_found_by_some_topic() -> None:
    assert set(PHRASES.values()) == {one.id for one in Workspace(ROOT).load_pieces()}


def test_topics_of_the_sample_get_the_piece_an_editor_would_take() -> None:
    assert found_for(ROOT / "schedules/plans/source/suoi-hoa-2026.txt") == SAMPLE


def piece(name: str, *subjects: str) -> Piece:
    return Piece(name, name, subjects, "", ())


BRIDGE = piece("cau", "cầu treo", "CTBX")
WATER = piece("nuoc", "nguồn nước sạch", "giếng")
PIECES = (BRIDGE, WATER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Việc sửa cầu treo của bản.", "cau"),
        ("VIỆC SỬA CAU TREO cua ban.", "cau"),
        ("Kết quả kiểm tra CTBX năm nay.", "cau"),
        ("Lịch họp thôn; tiền quỹ; đường đi; trường học; sửa cầu treo.", None),
        ("Lịch họp tại cầu treo của bản.", None),
        ("Tài cầu treo vượt lũ.", "cau"),
        ("Sửa cầu treo, giữ nguồn nước sạch.", "nuoc"),
        ("Giữ nguồn nước sạch; việc sửa cầu treo.", "nuoc"),
        ("Lễ hội xuống đồng. Giữ nguồn nước sạch của bản.", "nuoc"),
        ("Lễ hội xuống đồng. Sửa cầu treo của bản.", None),
        ("Lễ hội xuống đồng ở bản; nguồn nước sạch mới của xã.", "nuoc"),
        ("", None),
        ("cầu", None),
    ],
)
def test_a_piece_counts_where_the_text_is_about_it(text: str, expected: str | None) -> None:
    match = best_piece(text, PIECES, fold)
    assert (match and match.piece.id) == expected


def test_a_subject_lost_in_a_long_leading_clause_does_not_count() -> None:
    about = "các bản trong xã cùng nhau " * 8
    assert best_piece(f"Họp với {about} sửa cầu treo", PIECES, fold) is None


def test_the_named_subjects_are_told_and_the_words_that_named_them() -> None:
    match = best_piece("Sửa  Cau treo theo chương trình CTBX", PIECES, fold)
    assert match
    assert (match.subjects, match.words) == (("cầu treo", "CTBX"), ("Cau treo", "CTBX"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nộp hồ sơ qua mạng cho bản xa", ("hồ sơ qua mạng",)),
        ("Nộp hồ sơ online, hồ sơ trực tuyến", ("hồ sơ online", "hồ sơ trực tuyến")),
        ("Việc tiếp nhận và trả hồ sơ của những bản trên mạng", None),
        ("Tiếp nhận hồ sơ của các bản", ("nhận hồ sơ của các bản",)),
        ("Hồ sơ gửi 02 cấp", ("02 cấp",)),
        ("Hoà giải ở bản", ("Hoà giải",)),
    ],
)
def test_words_that_say_the_same_count_and_are_told_as_written(
    text: str, words: tuple[str, ...] | None
) -> None:
    online = piece(
        "mang", "hồ sơ trực tuyến", "nhận hồ sơ bản", "hai cấp điểm", "hòa giải", "hai cấp"
    )
    match = best_piece(text, [online], fold)
    assert (match and match.words) == words


def test_a_word_with_other_accents_is_another_word() -> None:
    copies = [piece("sao", "chứng thực")]
    assert best_piece("Việc chứng thực của xã", copies, fold)
    assert best_piece("Viec chung thuc cua xa", copies, fold)
    assert best_piece("Việc chúng thực hiện", copies, fold) is None


def test_after_a_label_the_next_clause_leads() -> None:
    bridge = [piece("cau", "cầu treo")]
    others = "lịch họp thôn; quỹ khuyến học; đường làng ngõ xóm"
    assert best_piece(f"Giao thông nông thôn: sửa cầu treo; {others}", bridge, fold)
    assert best_piece(f"Giao thông nông thôn; sửa cầu treo; {others}", bridge, fold) is None


@pytest.mark.parametrize(
    ("used", "expected"), [({}, "a"), ({"a": 1}, "b"), ({"a": 1, "b": 1}, "a")]
)
def test_of_equals_the_one_used_least_is_taken(used: dict[str, int], expected: str) -> None:
    pieces = [piece("b", "cầu treo"), piece("a", "cầu treo")]
    match = best_piece("Sửa cầu treo của bản", pieces, fold, used)
    assert match and match.piece.id == expected


@given(
    st.lists(
        st.sampled_from("sửa cầu treo giếng CTBX tại ; . : nước sạch nguồn".split()), max_size=30
    )
)
def test_a_match_names_only_subjects_that_are_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    match = best_piece(text, PIECES, fold)
    bare = fold("".join(c if c.isalnum() else " " for c in text))
    assert match is None or all(fold(subject) in bare for subject in match.subjects)
