"""Plan documents become plans: all parts found, nothing made up, nothing dropped."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.util
import io
import json
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from broadcast.domain.plan import Plan
from broadcast.errors import InputError
from broadcast.intake.document import Document, Paragraph
from broadcast.intake.lines import join_lines
from broadcast.intake.marks import LETTERS, split_mark
from broadcast.intake.plan_parser import parse_plan
from broadcast.intake.readers import read_document
from tests.conftest import ROOT, shared

PLANS = Path(__file__).parent / "plans"
OWN = [
    "phuong-ba-gieng.txt",
    "xa-ba-hoa.txt",
    "xa-dong-mai.md",
    "xa-ta-phin.txt",
    "dang-uy-yen-dinh.txt",
    "phuong-hai-tra.txt",
    "phong-noi-vu-ky-lam.txt",
    "xa-muong-panh.txt",
    "phong-van-hoa-quang-ha.txt",
    "xa-tan-lap.txt",
]
SAMPLE = ROOT / "schedules" / "plans" / "source" / "suoi-hoa-2026.txt"
REAL = {"002_hamtan": 66, "003_duongquan": 57, "004_chiengson": 57}
"""Real plans and the true entries that the hand-made outlines of each have."""
FORMS = ["text/{}.txt", "documents/{}.docx", "documents/{}.pdf"]


def load(path: Path) -> Plan:
    return parse_plan(read_document(path), "kh")


def document(text: str, name: str = "kh.txt") -> Document:
    lines = enumerate(text.strip("\n").splitlines(), 1)
    paragraphs = tuple(
        Paragraph(line.strip(), at, tuple(line.split(" | ")) if " | " in line else ())
        for at, line in lines
        if line.strip()
    )
    return Document(name, "0" * 64, paragraphs)


def parse(text: str) -> Plan:
    return parse_plan(document(text), "kh")


def outline_of(plan: Plan) -> dict[str, Any]:
    """A plan in the form of the expected outlines beside the test documents."""
    return {
        "title": plan.title,
        "issuing_body": plan.issuing_body,
        "level": plan.level,
        "year": plan.year,
        "number": plan.number,
        "date": plan.date,
        "audience": plan.audience,
        "sections": [section.number for section in plan.sections],
        "topics": [[topic.path, topic.kind, topic.airable] for topic in plan.topics],
        "channels": [channel.path for channel in plan.channels],
        "units": [duty.unit for duty in plan.duties],
        "quotas": [[q.unit, q.count, q.per, q.at_least, q.peak] for q in plan.quotas],
        "reporting": [[report.unit, report.to, list(report.per)] for report in plan.reporting],
        "deadlines": [[deadline.unit, deadline.before] for deadline in plan.deadlines],
        "citations": [[c.type, c.number, c.date, c.issuer] for c in plan.citations],
        "signatory": [plan.signatory.position, plan.signatory.name],
        "recipients": list(plan.recipients),
        "problem_lines": [problem.line for problem in plan.problems],
    }


@pytest.mark.parametrize("name", OWN)
def test_plans_of_differing_build_have_the_expected_outline(name):
    expected = yaml.safe_load((PLANS / name).with_suffix(".yaml").read_text(encoding="utf-8"))
    assert outline_of(load(PLANS / name)) == expected


# Nothing of the text is dropped.

LABELS = Counter(
    "nơi nhận tt stt thời gian thực hiện đơn vị cơ quan chủ trì phối hợp nội dung".split()
)
"""Words that only name a place in the form; the plan keeps them as keys."""


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


def kept_texts(plan: Plan) -> Iterator[str]:
    """The texts of all parts that hold the document's paragraphs, each once."""
    yield from (plan.title, plan.audience or "", *plan.recipients)
    yield from (plan.signatory.position, plan.signatory.name)
    yield from (section.title for section in plan.sections)
    for topic in plan.topics:
        yield from (topic.text, *topic.fields.values())
    for parts in (plan.channels, plan.passages, plan.duties):
        yield from (part.text for part in parts)
    yield from (duty.unit for duty in plan.duties)
    yield from (duty.frequency or "" for duty in plan.duties)


def dropped_words(read: Document, plan: Plan) -> Counter[str]:
    """Words of the document, marks apart, that the plan's parts do not have as often."""
    blocks = join_lines(read.paragraphs)
    there = sum((words(split_mark(block.text)[1]) for block in blocks), Counter())
    kept = sum((words(text) for text in kept_texts(plan)), Counter())
    missing = there - kept
    rows = {word for p in read.paragraphs for word in words(p.cells[0] if p.cells else "")}
    return Counter({w: n for w, n in missing.items() if w not in LABELS and w not in rows})


@pytest.mark.parametrize("name", OWN)
def test_every_word_of_our_own_plans_is_kept(name):
    read = read_document(PLANS / name)
    assert dropped_words(read, parse_plan(read, "kh")) == Counter()


def test_every_word_of_the_sample_plan_is_kept():
    read = read_document(SAMPLE)
    assert dropped_words(read, parse_plan(read, "kh")) == Counter()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", REAL)
def test_every_word_of_the_real_plans_is_kept(name, form):
    read = read_document(shared("plans", *form.format(name).split("/")))
    assert dropped_words(read, parse_plan(read, "kh")) == Counter()


SYLLABLES = st.sampled_from(
    "người dân trong bản được hướng dẫn cách nộp hồ sơ đất đai hộ tịch qua mạng tại nhà văn hóa "
    "rồi nhận giấy hẹn và xem kết quả bằng điện thoại khi rảnh".split()
)
SENTENCE = st.lists(SYLLABLES, min_size=6, max_size=40).map(
    lambda found: " ".join(found).capitalize() + "."
)
ITEMS = st.lists(st.tuples(SENTENCE, st.lists(SENTENCE, max_size=3)), min_size=1, max_size=6)


def _expected_topics(items: list[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    letters = [letter for letter in LETTERS if letter not in "fjwz"]
    found = []
    for letter, (text, dashes) in zip(letters, items, strict=False):
        found.append((f"II.1/{letter}", text))
        found += [(f"II.1/{letter}/-{n}", dash) for n, dash in enumerate(dashes, 1)]
    return found


@settings(max_examples=50, deadline=None)
@given(items=ITEMS, loose=st.lists(SENTENCE, max_size=2), width=st.integers(60, 110))
def test_a_generated_plan_comes_back_item_by_item(items, loose, width):
    topics = _expected_topics(items)
    shown = [f"{path[-1]}) {t}" if "-" not in path else f"- {t}" for path, t in topics]
    paragraphs = ["KẾ HOẠCH", "Tuyên truyền năm 2026", "I. MỤC ĐÍCH", *loose]
    paragraphs += ["II. NỘI DUNG", "1. Nội dung tuyên truyền:", *shown]
    paragraphs += [
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Công an xã",
        "- Giữ trật tự.",
        "Nơi nhận:",
        "- Sở.",
    ]
    text = "\n".join(line for p in paragraphs for line in textwrap.wrap(p, width))
    read = document(text)
    plan = parse_plan(read, "kh")
    assert [(topic.path, topic.text) for topic in plan.topics] == topics
    assert dropped_words(read, plan) == Counter()


PIECES = """
KẾ HOẠCH
I. NỘI DUNG
II. NỘI DUNG TUYÊN TRUYỀN
1. Nội dung
III. HÌNH THỨC
IV. TỔ CHỨC THỰC HIỆN
1. Đối tượng: Bà con.
2. Hình thức
a) Đất đai.
2. Hộ tịch
- Thời gian: Quý I
- Cơ quan chủ trì: Đài xã
- Thời lượng: 5 phút
- Nội dung:
+ Ý nhỏ;
* Sao
1.1. Một cửa
đang dở câu và
Câu trọn vẹn.
B. PHẦN HAI
1) Một
đ, Đăng tin
1. Công an xã: Giữ trật tự.
2. Các thôn
- Thôn A: Mở loa.
- Hình thức: Loa.
STT | Nội dung | Đơn vị | Thời gian
1 | Phát tin | Đài xã | Quý I
Một | hai | ba
Báo cáo hằng quý
Căn cứ Luật số 72/2025/QH15,
2026
ABC     x          Y
...:
Trên đây là Kế hoạch.
Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn An
XÃ HOA LƯ
PHỤ LỤC
""".strip().splitlines()


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25), begun=st.booleans())
@example(
    pieces=[
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Nội dung",
        "KẾ HOẠCH",
        "2. Hộ tịch",
        "STT | Nội dung | Đơn vị | Thời gian",
    ],
    begun=True,
)
def test_whatever_the_lines_are_all_words_are_kept_or_the_file_is_refused(pieces, begun):
    start = ["I. NỘI DUNG TUYÊN TRUYỀN", "1. Đất đai."] if begun else []
    read = document("\n".join([*start, *pieces]))
    try:
        plan = parse_plan(read, "kh")
    except InputError:
        return
    assert dropped_words(read, plan) == Counter()


# The real plans against their hand-made outlines.


Score = Callable[[Plan, str], tuple[int, str]]


@pytest.fixture
def score(tmp_path, monkeypatch, capsys) -> Score:
    """Scores a plan against the outline of that name: exit status and the line of the total."""
    path = shared("checks", "score_plan.py")
    spec = importlib.util.spec_from_file_location("score_plan", path)
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)

    def run(plan: Plan, name: str) -> tuple[int, str]:
        imported = tmp_path / "plan.json"
        imported.write_text(as_json(plan), encoding="utf-8")
        truth = shared("plans", "truth", f"{name}.yaml")
        monkeypatch.setattr("sys.argv", ["score_plan.py", str(truth), str(imported)])
        status = scorer.main()
        return status, capsys.readouterr().out.splitlines()[-1]

    return run


def as_json(plan: Plan) -> str:
    return json.dumps(dataclasses.asdict(plan), default=datetime.date.isoformat)


DOCUMENTS = [(name, form.format(name)) for name in REAL for form in FORMS]
DOCUMENTS += [
    ("004_chiengson", "documents/004_chiengson_nfd.docx"),
    ("002_hamtan", "documents/002_hamtan_utf16le_bom.txt"),
]


@pytest.mark.parametrize(("name", "path"), DOCUMENTS)
def test_a_real_plan_has_all_that_is_true_and_nothing_made_up(name, path, score):
    plan = load(shared("plans", *path.split("/")))
    assert score(plan, name) == (0, f"{REAL[name]}/{REAL[name]}, 0 extra")


@pytest.mark.parametrize("width", [58, 72, 90, 118])
@pytest.mark.parametrize("name", REAL)
def test_a_real_plan_broken_at_any_width_is_read_as_well(name, width, score):
    whole = shared("plans", "documents", f"{name}.gold.txt").read_text(encoding="utf-8")
    text = "\n".join(
        piece for line in whole.splitlines() for piece in textwrap.wrap(line, width) or [""]
    )
    assert score(parse(text), name) == (0, f"{REAL[name]}/{REAL[name]}, 0 extra")


def without_places(plan: Plan) -> dict[str, Any]:
    """A plan's parts without lines, and without what depends on the header block."""
    parts = dataclasses.asdict(plan)
    kept = ("topics", "channels", "duties", "quotas", "reporting", "deadlines", "sections")
    return {
        name: [{k: v for k, v in entry.items() if k != "line"} for entry in parts[name]]
        for name in kept
    }


@pytest.mark.parametrize("name", REAL)
def test_text_word_and_pdf_of_one_plan_give_one_outline(name):
    text, word, pdf = (load(shared("plans", *form.format(name).split("/"))) for form in FORMS)
    assert without_places(word) == without_places(pdf)
    outlines = [
        [(topic.path, topic.kind, topic.airable, list(topic.fields)) for topic in plan.topics]
        for plan in (text, word)
    ]
    assert outlines[0] == outlines[1]


def test_defects_of_the_real_plans_are_reported_with_their_line():
    found = {
        (name, problem.line)
        for name in ("003_duongquan", "004_chiengson")
        for problem in load(shared("plans", "text", f"{name}.txt")).problems
    }
    assert {
        ("003_duongquan", 298),  # II, then V
        ("004_chiengson", 26),  # torn in mid-sentence; one decision under two numbers
        ("004_chiengson", 46),
        ("004_chiengson", 50),  # a fragment
        ("004_chiengson", 78),
    } == found


# The sample plan.


def test_the_sample_plan_is_read_whole():
    plan = load(SAMPLE)
    assert plan.issuing_body == "Ủy ban nhân dân xã Suối Hoa"
    assert plan.year == 2026
    assert plan.topic("II.2/đ") is not None
    weekly = plan.weekly_minimum()
    assert weekly is not None
    assert (weekly.count, weekly.peak) == (2, True)
    assert plan.problems == ()


# Single rules.

HEAD = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\n"


def test_a_bare_lead_in_leaves_its_card_to_the_item_before():
    plan = parse(
        HEAD + "I. NỘI DUNG\n1. Bằng các cách như:\n- Phát tin.\n- Kể chuyện;\n"
        "- Thời gian thực hiện: Quý I\n- Cơ quan chủ trì: Đài xã."
    )
    assert [(t.path, t.fields) for t in plan.topics] == [
        ("I.1", {}),
        ("I.1/-1", {}),
        ("I.1/-2", {"time": "Quý I", "lead": "Đài xã"}),
    ]


def test_a_card_belongs_to_the_numbered_activity_above_it():
    plan = parse(
        HEAD + "I. NỘI DUNG\n1. Duy trì chuyên mục trên đài.\n- Giữ giờ phát.\n"
        "- Thời gian: Cả năm.\n- Đơn vị phối hợp: Đoàn xã"
    )
    assert [(t.path, t.kind, t.fields) for t in plan.topics] == [
        ("I.1", "parent", {"time": "Cả năm", "with": "Đoàn xã"}),
        ("I.1/-1", "leaf", {}),
    ]


def test_a_form_named_in_a_card_is_a_channel():
    plan = parse(HEAD + "I. NỘI DUNG\n1. Đất đai.\n- Hình thức: Loa thôn.\n2. Hộ tịch.")
    assert [(c.path, c.text) for c in plan.channels] == [("I.1/-1", "Loa thôn.")]


def test_text_that_cannot_be_placed_is_a_fragment_with_a_problem():
    plan = parse(HEAD + "I. NỘI DUNG\n1. Đất đai của xã.\nđăng tin lên cổng,\n2. Hộ tịch.")
    assert [(t.path, t.kind, t.airable) for t in plan.topics] == [
        ("I.1", "leaf", "yes"),
        ("I.1/fragment", "fragment", "ask"),
        ("I.2", "leaf", "yes"),
    ]
    assert [(problem.line, "đoạn rời" in problem.message) for problem in plan.problems] == [
        (5, True)
    ]


def test_tasks_are_the_contents_where_no_heading_says_contents():
    plan = parse(HEAD + "I. MỤC ĐÍCH\n- Để biết.\nII. NHIỆM VỤ TRỌNG TÂM\n1. Phát tin về đất đai.")
    assert [topic.path for topic in plan.topics] == ["II.1"]


def test_units_on_their_line_inline_and_in_groups_are_told_apart():
    plan = parse(
        HEAD + "I. NỘI DUNG\n1. Đất đai.\nII. TỔ CHỨC THỰC HIỆN\n1. Công an xã\nGiữ trật tự.\n"
        "2. Đề nghị Đoàn xã: Đi cùng.\n3. Các thôn\n- Thôn A: Mở loa.\n- Thôn B: Sửa loa.\n"
        "4. Văn phòng xã chủ trì việc này.\n5. Phòng Kinh tế\na) Làm x:\n- y.\n"
        "6. Kinh phí: Từ ngân sách."
    )
    assert [(duty.unit, duty.text) for duty in plan.duties] == [
        ("Công an xã", "Giữ trật tự."),
        ("Đoàn xã", "Đi cùng."),
        ("Thôn A", "Mở loa."),
        ("Thôn B", "Sửa loa."),
        ("Văn phòng xã", "Văn phòng xã chủ trì việc này."),
        ("Phòng Kinh tế", "Làm x:"),
        ("Phòng Kinh tế", "y."),
    ]


def test_recipients_and_signature_in_two_columns_are_parted():
    plan = parse(
        HEAD + "I. NỘI DUNG\n1. Đất đai.\nNơi nhận:          KT. CHỦ TỊCH\n"
        "- Sở Nội vụ;          PHÓ CHỦ TỊCH\n- Lưu: VT.\n          Lê Thị Bình"
    )
    assert plan.recipients == ("Sở Nội vụ", "Lưu: VT")
    assert (plan.signatory.position, plan.signatory.name) == ("PHÓ CHỦ TỊCH", "Lê Thị Bình")


@pytest.mark.parametrize(
    ("head", "issuer", "level"),
    [
        ("ỦY BAN NHÂN DÂN\nXÃ HOA LƯ\n", "Ủy ban nhân dân xã Hoa Lư", "xã"),
        ("UỶ BAN NHÂN DÂN PHƯỜNG 12\n", "Ủy ban nhân dân phường 12", "phường"),
        ("UBND HUYỆN MAI SƠN\nPHÒNG ĐẤT ĐAI\n", "Phòng Đất đai huyện Mai Sơn", "huyện"),
        ("ĐẢNG ỦY XÃ HOA LƯ\n", "Đảng ủy xã Hoa Lư", "xã"),
        ("UBND TỈNH LAI CHÂU\nUBND XÃ TÀ TỔNG\n", "Ủy ban nhân dân xã Tà Tổng", "xã"),
    ],
)
def test_the_issuing_body_is_read_from_the_header(head, issuer, level):
    plan = parse(
        head
        + "Số: 5/KH-UBND\n"
        + HEAD
        + "I. NỘI DUNG\n1. Đất đai.\nTrên đây là Kế hoạch của Phòng Đất đai."
    )
    assert (plan.issuing_body, plan.level) == (issuer, level)


def test_a_header_left_blank_for_number_and_day_gives_neither():
    plan = parse(
        "UBND XÃ HOA LƯ\nSố:      /KH-UBND\nHoa Lư, ngày      tháng 01 năm 2026\n"
        + HEAD
        + "I. NỘI DUNG\n1. Đất đai."
    )
    assert (plan.number, plan.date, plan.year) == (None, None, 2026)


def test_a_plan_without_contents_is_refused_with_the_headings_found():
    with pytest.raises(InputError) as refusal:
        parse(HEAD + "I. MỤC ĐÍCH\n1. Để biết.\nII. KINH PHÍ\nTừ ngân sách.")
    assert [problem.line for problem in refusal.value.problems] == [3, 4, 5]
    assert "Nội dung tuyên truyền" in refusal.value.mend


def test_a_contents_heading_with_nothing_below_is_refused():
    with pytest.raises(InputError, match="Không tìm thấy nội dung"):
        parse(HEAD + "I. NỘI DUNG TUYÊN TRUYỀN\nII. KINH PHÍ\nTừ ngân sách.")


def test_any_other_text_is_refused_not_imported_empty():
    with pytest.raises(InputError, match="không thấy đề mục nào"):
        parse("Danh sách mua sắm\nGạo, muối, dầu\nTổng cộng 12 món")


def test_a_missing_title_is_a_problem_not_a_refusal():
    plan = parse("I. NỘI DUNG\n1. Đất đai của xã.")
    assert ["KẾ HOẠCH" in problem.message for problem in plan.problems] == [True]


def word_plan(build: Callable[[Any], None], path: Path) -> Plan:
    made = docx.Document()
    build(made)
    stream = io.BytesIO()
    made.save(stream)
    path.write_bytes(stream.getvalue())
    return load(path)


def test_a_word_file_gives_the_same_plan_as_the_text(tmp_path):
    read = read_document(SAMPLE)

    def build(made):
        for block in join_lines(read.paragraphs):
            made.add_paragraph(block.text)

    word, text = word_plan(build, tmp_path / "kh.docx"), parse_plan(read, "kh")
    assert without_places(word) == without_places(text)
    assert (word.title, word.recipients, word.signatory) == (
        text.title,
        text.recipients,
        text.signatory,
    )


def test_a_table_of_activities_gives_topics_with_their_cards(tmp_path):
    def build(made):
        for text in ("KẾ HOẠCH", "Tuyên truyền năm 2026", "I. NỘI DUNG"):
            made.add_paragraph(text)
        rows = [
            ("STT", "Nội dung", "Hình thức", "Chủ trì", "Phối hợp", "Thời gian"),
            ("1", "Cách nộp hồ sơ đất đai", "Loa", "Đài xã", "Công an xã", "Quý I"),
            ("2", "Tổ chức hội nghị đối thoại", "", "Văn phòng", "", "Trước 30/6/2026"),
        ]
        table = made.add_table(rows=0, cols=6)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    plan = word_plan(build, tmp_path / "kh.docx")
    assert [(t.path, t.text, t.airable, t.fields) for t in plan.topics] == [
        (
            "I/t1",
            "Cách nộp hồ sơ đất đai",
            "yes",
            {"lead": "Đài xã", "with": "Công an xã", "time": "Quý I"},
        ),
        (
            "I/t2",
            "Tổ chức hội nghị đối thoại",
            "ask",
            {"lead": "Văn phòng", "time": "Trước 30/6/2026"},
        ),
    ]
    assert [(c.path, c.text) for c in plan.channels] == [("I/t1", "Loa")]
    assert [(d.unit, d.before) for d in plan.deadlines] == [
        ("Văn phòng", datetime.date(2026, 6, 30))
    ]


def test_an_appendix_is_kept_but_makes_no_topics():
    plan = parse(
        HEAD + "I. NỘI DUNG\n1. Đất đai.\nNơi nhận:\n- Sở.\nPHỤ LỤC\nDanh mục tin, bài\n"
        "Mỗi tháng 02 tin, bài"
    )
    assert [topic.path for topic in plan.topics] == ["I.1"]
    assert plan.quotas == ()
    assert [p.text for p in plan.passages if p.path == "phụ lục"] == [
        "PHỤ LỤC",
        "Danh mục tin, bài",
        "Mỗi tháng 02 tin, bài",
    ]


def test_the_plan_names_its_source():
    read = document(HEAD + "I. NỘI DUNG\n1. Đất đai.")
    plan = parse_plan(read, "hoa-lu-2026")
    assert plan.id == "hoa-lu-2026"
    assert plan.source is not None
    assert (plan.source.file, plan.source.digest) == ("kh.txt", "0" * 64)


def test_columns_that_a_pdf_lost_are_parted_by_what_they_say():
    plan = parse(
        """
XÃ THANH LIỆT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA
VIỆT NAM
Thanh Liệt, ngày 12 tháng 3 năm
2026
KẾ HOẠCH
Tuyên truyền cải cách hành chính
UBND xã ban hành kế hoạch:
I. NỘI DUNG
1. Giờ làm việc của bộ phận một cửa.
Nơi nhận: TM. ỦY BAN NHÂN DÂN
- Sở Nội vụ; CHỦ TỊCH
- Lưu: VT. Đinh Công Tráng
"""
    )
    assert plan.issuing_body == "Ủy ban nhân dân xã Thanh Liệt"
    assert plan.date == datetime.date(2026, 3, 12)
    assert plan.recipients == ("Sở Nội vụ", "Lưu: VT")
    assert plan.signatory.name == "Đinh Công Tráng"


def test_what_the_last_paragraph_asks_of_all_is_no_duty_of_the_last_unit():
    plan = parse(
        """
KẾ HOẠCH
Tuyên truyền cải cách hành chính
I. NỘI DUNG
1. Giờ làm việc của bộ phận một cửa.
II. TỔ CHỨC THỰC HIỆN
1. Các thôn
- Mở loa đúng giờ.
Yêu cầu Thủ trưởng các đơn vị thực hiện Kế hoạch này./.
"""
    )
    assert [duty.text for duty in plan.duties] == ["Mở loa đúng giờ."]
