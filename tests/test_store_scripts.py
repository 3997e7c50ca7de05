"""Scripts and ready pieces print back to the letter, and wrong ones are told by line."""

from __future__ import annotations

from datetime import date, datetime
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.approval import Approval, Override, Paper, Review
from broadcast.domain.pairing import Pairing
from broadcast.domain.piece import Reference
from broadcast.domain.script import Cue, Script, print_script
from broadcast.domain.week import VIETNAM
from broadcast.errors import InputError, Problem
from broadcast.store.script_files import (
    new_script,
    parse_piece,
    parse_script,
    with_approval,
    with_body,
    with_recordings,
    with_review,
    with_title,
)

APPROVAL = Approval("Lò Thị Hoa", datetime(2026, 11, 22, 9, 30, tzinfo=VIETNAM), "ab" * 32)
OTHER = Approval("Cầm Văn Sơn", datetime(2026, 11, 23, 7, 0, tzinfo=VIETNAM), "cd" * 32)
REVIEW = Review("trả lại", "Lò Thị Hoa", APPROVAL.at, "ef" * 32, "câu cuối: quá dài")
TEXT = """---
id: nop-ho-so
title: Nộp hồ sơ tại nhà
plan: suoi-hoa-2026
topic: II.2/đ
pieces: [dich-vu-cong]
---
[nhạc hiệu]
NỮ: Kính thưa bà con.

NAM: Mời bà con nghe.
[nghỉ 1.5s]
"""


def _problems(text: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        parse_script(text, "scripts/a.md")
    assert all(problem.file == "scripts/a.md" for problem in caught.value.problems)
    return list(caught.value.problems)


def test_a_script_is_read_with_the_line_numbers_of_its_file() -> None:
    script = parse_script(TEXT, "a.md")
    assert (script.id, script.plan, script.topic) == ("nop-ho-so", "suoi-hoa-2026", "II.2/đ")
    assert script.pieces == ("dich-vu-cong",)
    assert [(line.number, line.speaker) for line in script.spoken_lines()] == [
        (9, "NỮ"),
        (11, "NAM"),
    ]
    assert script.lines[0].cue == Cue("jingle")
    assert script.approval is None


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.rstrip(),
        "---\nid: a\ntitle: b\n---",
        "---  \nid:   a   # mã\n\n# ghi chú\ntitle: 'b'\n--- \n\n\n NỮ :  x \n<!-- y -->\n[lạ]",
        "---\n  id: a\n  title: b\n---\nNỮ: x\r\nNAM: y\n",
        "---\nid: a\ntitle: |\n  b\n  c\n---\n---\nNỮ: x",
    ],
)
def test_a_valid_file_prints_back_to_the_letter(text: str) -> None:
    assert print_script(parse_script(text, "a.md")) == text


def test_decomposed_letters_come_back_composed() -> None:
    assert print_script(parse_script(normalize("NFD", TEXT), "a.md")) == TEXT


BODY = st.lists(
    st.sampled_from(
        [
            "NỮ: Kính thưa bà con",
            "NAM:",
            "nam : x",
            "[nhạc hiệu]",
            "[nghỉ 2s]",
            "[x]",
            "",
            " \t",
            "---",
        ]
    )
    | st.text(max_size=20),
    max_size=8,
)
ENDS = st.sampled_from(["\n", "\r\n"])
TITLES = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40)
NOTES = st.sampled_from(
    ["", "# ghi chú: của tôi", "   # thụt vào", "plan: null", "topic: 'II.2/-1'"]
)


@st.composite
def valid_files(draw: st.DrawFn) -> str:
    """A script's file as many hands might leave it."""
    end = draw(ENDS)
    title = draw(TITLES).replace("'", "''")
    entries = ["id: a-1", f"title: '{title}'", *draw(st.lists(NOTES, max_size=3, unique=True))]
    if draw(st.booleans()):
        entries.append(f"approval:{end}  by: Lan{end}  at: 2026-11-22 09:00{end}{end}  digest: x")
    front = draw(st.permutations(entries))
    body = end.join(draw(BODY)).encode("utf-8", "ignore").decode()
    return normalize("NFC", end.join(["---", *front, "---", body]))


@settings(deadline=None)
@given(valid_files())
def test_every_valid_file_prints_back_to_the_letter(text: str) -> None:
    assert print_script(parse_script(text, "a.md")) == text


@settings(deadline=None)
@given(valid_files(), st.sampled_from([None, OTHER]))
def test_approving_changes_the_approval_and_nothing_else(
    text: str, before: Approval | None
) -> None:
    script = with_approval(parse_script(text, "a.md"), before)
    approved = with_approval(script, APPROVAL)
    assert approved.approval == APPROVAL
    assert _rest(approved) == _rest(script)
    assert [line.raw for line in approved.lines] == [line.raw for line in script.lines]
    assert with_approval(approved, APPROVAL) == approved
    assert with_approval(with_approval(approved, None), None) == with_approval(script, None)


def _rest(script: Script) -> list[str]:
    """Front matter without the approval, as with_approval itself does not see it."""
    rows, kept, inside = script.front.splitlines(), [], False
    for row in rows:
        inside = row.startswith("approval:") or (inside and row.startswith("  ") and "#" not in row)
        if not inside and row.strip():
            kept.append(row)
    return kept


def test_approval_goes_to_the_end_of_the_front_matter_and_keeps_its_place() -> None:
    approved = with_approval(parse_script(TEXT, "a.md"), APPROVAL)
    assert print_script(approved) == TEXT.replace(
        "pieces: [dich-vu-cong]\n",
        "pieces: [dich-vu-cong]\n"
        "approval:\n"
        "  by: Lò Thị Hoa\n"
        "  at: 2026-11-22T09:30:00+07:00\n"
        f"  digest: {'ab' * 32}\n",
    )
    moved = (
        print_script(approved)
        .replace("plan: suoi-hoa-2026\n", "")
        .replace(f"  digest: {'ab' * 32}\n", f"  digest: {'ab' * 32}\nplan: suoi-hoa-2026\n")
    )
    again = print_script(with_approval(parse_script(moved, "a.md"), OTHER))
    assert again.index("Cầm Văn Sơn") < again.index("plan: suoi-hoa-2026")
    assert again.count("approval:") == 1


WHOLE = Approval(
    "Lò Thị Hoa",
    APPROVAL.at,
    "ab" * 32,
    Paper("12/TB-UBND", date(2026, 11, 20)),
    (
        Override(
            "fact-ended", "bài «Lệ phí»: chỉ đúng đến: năm 2026", "Sơn", APPROVAL.at, "đã hỏi"
        ),
        Override("review-due", "bài «Lệ phí» phải xem lại", "Sơn", APPROVAL.at, "# vẫn đúng"),
    ),
)
RECORDINGS = (
    Pairing("thái", "recordings/tin-thai.mp3", "Lò Thị Hoa", 92.4, "cd" * 32, "ef" * 32, OTHER),
    Pairing("mông", "recordings/tin mông.wav", "Giàng A: Páo", 90.0, "01" * 32, "ef" * 32),
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_papers_reasons_and_recordings_are_kept_and_taken_back(end: str) -> None:
    script = parse_script(TEXT.replace("\n", end), "a.md")
    whole = with_recordings(with_approval(script, WHOLE), RECORDINGS)
    again = parse_script(print_script(whole), "a.md")
    assert again == whole
    assert (again.approval, again.recordings) == (WHOLE, RECORDINGS)
    assert with_approval(with_recordings(again, ()), None) == script
    one = with_recordings(again, RECORDINGS[:1])
    assert (one.recordings, one.approval) == (RECORDINGS[:1], WHOLE)
    assert with_title(whole, "Tên khác").recordings == RECORDINGS


def test_withdrawing_an_approval_gives_the_unapproved_file_back() -> None:
    script = parse_script(TEXT.replace("\n", "\r\n"), "a.md")
    assert with_approval(with_approval(script, APPROVAL), None) == script


@settings(deadline=None)
@given(valid_files(), st.sampled_from([None, REVIEW]), TITLES)
def test_a_review_and_a_title_change_nothing_else(
    text: str, review: Review | None, title: str
) -> None:
    script = parse_script(text, "a.md")
    title = normalize("NFC", title)
    changed = with_title(with_review(script, review), title)
    assert (changed.review, changed.title) == (review, title)
    assert changed.approval == script.approval
    assert [line.raw for line in changed.lines] == [line.raw for line in script.lines]
    back = with_title(with_review(changed, None), script.title)
    assert parse_script(print_script(back), "a.md") == back
    assert back.review is None


def test_a_review_stands_beside_the_approval() -> None:
    script = with_review(with_approval(parse_script(TEXT, "a.md"), APPROVAL), REVIEW)
    assert print_script(script) == TEXT.replace(
        "pieces: [dich-vu-cong]\n",
        "pieces: [dich-vu-cong]\n"
        "approval:\n"
        "  by: Lò Thị Hoa\n"
        "  at: 2026-11-22T09:30:00+07:00\n"
        f"  digest: {'ab' * 32}\n"
        "review:\n"
        "  state: trả lại\n"
        "  by: Lò Thị Hoa\n"
        "  at: 2026-11-22T09:30:00+07:00\n"
        f"  digest: {'ef' * 32}\n"
        "  note: 'câu cuối: quá dài'\n",
    )


@settings(deadline=None)
@given(valid_files(), st.lists(st.text(max_size=8), max_size=3))
def test_another_body_leaves_the_front_to_the_letter(text: str, rows: list[str]) -> None:
    script = parse_script(text, "a.md")
    body = normalize("NFC", "\n".join(rows).encode("utf-8", "ignore").decode())
    changed = with_body(script, body)
    assert changed.front == script.front
    assert "".join(line.raw for line in changed.lines) == body
    assert parse_script(print_script(changed), "a.md") == changed


def test_an_approval_in_braces_or_in_quotes_is_replaced() -> None:
    text = TEXT.replace("plan:", '"approval": {by: x,\n   at: 2026-01-01 10:00, digest: y}\nplan:')
    approved = with_approval(parse_script(text, "a.md"), APPROVAL)
    assert approved.approval == APPROVAL
    assert print_script(with_approval(approved, None)) == TEXT


def test_front_matter_that_hides_an_entry_is_refused_and_not_spoilt() -> None:
    text = "---\nid: a\ntitle: b\n? approval\n: {by: x, at: 2026-01-01 10:00, digest: y}\n---\n"
    with pytest.raises(InputError, match="Không ghi được mục duyệt"):
        with_approval(parse_script(text, "a.md"), APPROVAL)


def test_a_new_script_says_what_it_was_made_from() -> None:
    script = new_script("a-b", "Hỏi: đáp", plan="p", topic="II/-1", pieces=("x",), body="NỮ: a\n")
    assert print_script(script) == (
        "---\nid: a-b\ntitle: 'Hỏi: đáp'\nplan: p\ntopic: II/-1\npieces: [x]\n---\nNỮ: a\n"
    )
    assert [line.number for line in script.spoken_lines()] == [8]


def test_a_new_script_needs_an_id_that_can_be_a_file_name() -> None:
    with pytest.raises(InputError):
        new_script("Lịch phát", "x")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "tệp không bắt đầu bằng dòng ---"),
        ("NỮ: a\n", 1, "tệp không bắt đầu bằng dòng ---"),
        ("---\nid: a\ntitle: b\nNỮ: x\n", 4, "thiếu dòng --- đóng phần đầu"),
        ("---\nid: a\ntitle: b\ntopik: c\n---\n", 4, "mục lạ 'topik'"),
        ("---\nid: a\n\ttitle: b\n---\n", 3, "đầu dòng có dấu Tab"),
        ("---\nid: a\n---\n", 2, "thiếu mục 'title'"),
        ("---\n---\nNỮ: x\n", 2, "thiếu mục 'id'"),
        ("---\nid: a\ntitle: [b]\n---\n", 3, "title: cần chữ, nhưng ở đây là một danh sách"),
        ("---\n{id: a, title: b}\n---\n", 2, "phần đầu viết trong ngoặc {}"),
        ("---\nid: con\ntitle: b\n---\n", 2, "Windows dành riêng tên 'con'"),
        (
            "---\nid: a\ntitle: b\napproval:\n  by: x\n  at: hôm qua\n  digest: y\n---\n",
            6,
            "at: cần",
        ),
        ("---\nid: a\ntitle: b\napproval: x\n---\n", 4, "approval: cần các mục con"),
    ],
)
def test_a_wrong_front_matter_is_told_by_line(text: str, line: int, message: str) -> None:
    problem = _problems(text)[0]
    assert problem.line == line
    assert problem.message.startswith(message)


def test_a_piece_is_read_with_its_sources_and_lines() -> None:
    text = """---
id: dich-vu-cong
title: Nộp hồ sơ qua mạng
subjects: [dịch vụ công trực tuyến, nộp hồ sơ]
seconds: 90
sources:
  - fact: Cổng quốc gia là nơi nộp duy nhất
    source: P8
    certainty: 2nd
    as_of: 9/2026
review: 2027-06-30
---
NỮ: Kính thưa bà con.
"""
    piece = parse_piece(text, "scripts/pieces/dich-vu-cong.md")
    assert piece.subjects == ("dịch vụ công trực tuyến", "nộp hồ sơ")
    assert piece.sources == (Reference("Cổng quốc gia là nơi nộp duy nhất", "P8", "2nd", "9/2026"),)
    assert (piece.seconds, piece.review) == (90, date(2027, 6, 30))
    assert piece.text == "NỮ: Kính thưa bà con.\n"
    assert [(line.number, line.text) for line in piece.lines] == [(13, "Kính thưa bà con.")]
    assert (piece.form, piece.numbers) == ("bản tin", {})


def test_a_piece_says_its_form_its_numbers_and_until_when_a_fact_holds() -> None:
    text = """---
id: khai-sinh
title: Khai sinh
form: hỏi đáp
numbers:
  hạn đăng ký khai sinh: sáu mươi ngày
sources:
  - {fact: Miễn phí đến hết tháng hai, source: Thông tư 117, until: 2027-02-28}
---
NỮ: Khai sinh ở đâu?
"""
    piece = parse_piece(text, "khai-sinh.md")
    assert piece.form == "hỏi đáp"
    assert piece.numbers == {"hạn đăng ký khai sinh": "sáu mươi ngày"}
    assert [source.until for source in piece.sources] == [date(2027, 2, 28)]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("form: đối thoại", "'đối thoại'"),
        ("numbers: [sáu mươi ngày]", "numbers"),
        ("sources: [{fact: a, source: b, until: cuối năm}]", "'cuối năm'"),
    ],
)
def test_what_a_piece_cannot_say_is_told_with_its_line(entry: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        parse_piece(f"---\nid: a\ntitle: b\n{entry}\n---\nNỮ: c.\n", "a.md")
    (problem,) = error.value.problems
    assert problem.line == 4
    assert told in problem.message
