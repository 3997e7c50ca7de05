"""The sample station and the ready texts are fit to be read out to a village."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml
from jinja2.sandbox import SandboxedEnvironment

from broadcast.domain.matching import best_piece
from broadcast.domain.piece import Piece
from broadcast.domain.plan import Plan
from broadcast.domain.plan_merge import differences
from broadcast.domain.script import parse_body
from broadcast.domain.week import WeekId
from broadcast.intake.plan_parser import parse_plan
from broadcast.intake.readers import read_document
from broadcast.speech.engine import open_engine
from broadcast.store.script_files import new_script, parse_piece
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import count_syllables, fold
from broadcast.vietnamese.lexicon import product_lexicon
from broadcast.vietnamese.spoken import Spoken, read_aloud
from broadcast.workflow.hearing import Listener
from broadcast.workflow.programme import programme
from broadcast.workflow.texts import piece_lines, unconfirmed
from broadcast.workflow.weeks import view_week

from .conftest import ROOT, shared

PIECES = sorted((ROOT / "scripts" / "pieces").glob("*.md"))
STATION = Workspace(ROOT).load_station()
LEXICON = product_lexicon().with_station(Workspace(ROOT).load_lexicon())

SERVICES = {
    1: "cai-cach-hanh-chinh", 2: "trung-tam-hanh-chinh-cong", 3: "dich-vu-cong-truc-tuyen",
    4: "cong-dich-vu-cong", 5: "phi-le-phi", 6: "buu-chinh-cong-ich", 7: "theo-doi-ho-so",
    8: "su-hai-long", 9: "chi-so-cai-cach-hanh-chinh", 10: "papi", 11: "phan-anh-kien-nghi",
    12: "ky-luat-cong-vu", 13: "dinh-danh-vneid", 14: "ho-tich", 15: "dat-dai", 16: "cu-tru",
    17: "chung-thuc", 18: "tro-cap", 19: "ho-kinh-doanh", 20: "khong-dien-thoai-thong-minh",
    21: "to-cong-nghe-so", 22: "can-cuoc", 23: "chong-lua-dao", 24: "dich-vu-so",
}  # fmt: skip
"""The piece for each subject that has sourced facts, by the subject's number there."""

GATHERED = date(2026, 11, 21)
"""When the facts were gathered; a date to look at a piece again lies after it."""
LATEST_REVIEW = date(2027, 5, 31)
"""No piece goes unlooked at for more than half a year."""

CEILING = 30
"""Syllables of the longest sentence an ear can follow."""
RATE = 190 / 60
"""Syllables a second."""
OUTDATED = (
    r"mức độ (3|4|ba|bốn)\b", r"chứng minh nhân dân", r"\bCMND\b", r"hộ khẩu", r"thị trấn",
    r"một cửa (cấp )?huyện", r"UBND huyện", r"Phòng Nội vụ", r"Cổng Dịch vụ công (của )?tỉnh",
    r"thuế khoán", r"Thông tin và Truyền thông", r"bộ phận một cửa", r"500\.000",
    r"năm trăm (nghìn|triệu)", r"thẻ (BHYT|bảo hiểm y tế) giấy", r"lao động, thương binh",
    r"(huyện|quận) ủy", r"Phòng (Tư pháp|Văn hóa và Thông tin)", r"giáng chức",
)  # fmt: skip
DOCUMENT = r"Nghị định|Thông tư|Chỉ thị|Nghị quyết|Công văn|\d+/"
MONEY = r"(nghìn|triệu|tỷ) đồng"
AGE = r"\b(mười|mươi)( \w+)? tuổi"
ALLOWED_CAPITALS = {"VNeID"}
PLACEHOLDER = re.compile(r"\{([^{}|?]+)([?|]?)([^{}]*)\}")


@pytest.fixture(params=PIECES, ids=lambda path: path.stem)
def piece(request: pytest.FixtureRequest) -> Piece:
    path: Path = request.param
    return parse_piece(path.read_text(encoding="utf-8"), path.name)


def heard(text: str) -> Spoken:
    """What is said of a line once the sample's own details are filled in."""
    return read_aloud(PLACEHOLDER.sub(lambda m: STATION.details.get(m[1]) or m[3], text), LEXICON)


def syllables(piece: Piece) -> list[int]:
    """Length of each sentence; every line of a piece is one sentence."""
    return [count_syllables(heard(line.text).text) for line in piece.lines if line.kind == "speech"]


def render(name: str, **over: Any) -> str:
    source = Workspace(ROOT).load_template(name)
    variables: dict[str, Any] = {
        "station": STATION, "details": STATION.details, "title": "Nộp hồ sơ tại nhà",
        "weekday": "thứ hai", "day": "2/3/2026", "part_of_day": "buổi sáng",
    }  # fmt: skip
    environment = SandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source).render(variables | over)


def length(piece: Piece, details: dict[str, str]) -> float:
    """Seconds that the program expects the piece to take at a station with these details."""
    workspace = Workspace(ROOT)
    lines, _ = piece_lines(piece, details)
    return Listener(workspace, STATION, LEXICON).length(parse_body("\n".join(lines)))


def speakers(piece: Piece) -> list[str]:
    return [line.speaker for line in piece.lines if line.kind == "speech"]


def bare(piece: Piece) -> str:
    """What the piece says itself, without local details."""
    said = (line.text for line in piece.lines if line.kind == "speech")
    return " ".join(PLACEHOLDER.sub(" ", text) for text in said)


def test_each_subject_has_its_one_piece() -> None:
    assert sorted(SERVICES.values()) == [path.stem for path in PIECES]


def test_the_subjects_are_those_that_have_sourced_facts() -> None:
    facts = shared("facts/services.md").read_text(encoding="utf-8")
    # The last two are no subjects: courtesy, and what each place has to fill in itself.
    assert [int(n) for n in re.findall(r"^## (\d+) ", facts, re.MULTILINE)][:-2] == list(SERVICES)


def test_people_hear_questions_and_answers_where_they_ask() -> None:
    forms = [parse_piece(path.read_text("utf-8"), path.name).form for path in PIECES]
    assert forms.count("hỏi đáp") >= len(forms) / 2


def test_who_asks_leaves_the_answer_to_the_other_voice(piece: Piece) -> None:
    asked = [at for at, line in enumerate(piece.lines) if line.text.endswith("?")]
    answered = [at for at, line in enumerate(piece.lines) if line.speaker == "NAM"]
    assert (len(asked) >= 2) == (piece.form == "hỏi đáp")
    assert {piece.lines[at].speaker for at in asked} <= {"NỮ"}
    assert max(asked, default=0) < max(answered)


def test_a_piece_is_found_by_the_name_of_its_file(piece: Piece) -> None:
    assert f"{piece.id}.md" == piece.file
    assert piece.subjects


def test_no_sentence_is_longer_than_an_ear_can_follow(piece: Piece) -> None:
    too_long = [n for n in syllables(piece) if n > CEILING]
    assert too_long == []
    assert 15 <= median(syllables(piece)) <= 20


def test_a_piece_lasts_one_to_three_minutes_and_says_so(piece: Piece) -> None:
    whole = length(piece, STATION.details)
    assert 60 <= whole <= 180
    assert piece.seconds == pytest.approx(whole, rel=0.05)
    assert 60 <= length(piece, {}) <= whole


@pytest.mark.parametrize("name", ["to-cong-nghe-so", "ho-tich"])
def test_a_piece_that_is_read_takes_as_long_as_it_says(name: str, tmp_path: Path) -> None:
    """One whose reading differs most from what it says, and one with questions and answers."""
    path = ROOT / "scripts" / "pieces" / f"{name}.md"
    piece = parse_piece(path.read_text(encoding="utf-8"), path.name)
    lines, _ = piece_lines(piece, STATION.details)
    script = new_script(name, piece.title, body="".join(f"{line}\n" for line in lines))
    workspace = Workspace(tmp_path)
    hearing = Listener(workspace, STATION, LEXICON).hear(script)
    with open_engine("espeak") as engine:
        made = programme(workspace, STATION, hearing, engine)
    assert hearing.findings == ()
    assert piece.seconds == pytest.approx(made.seconds, rel=0.05)


def test_each_line_is_one_sentence_so_that_it_can_be_left_out_alone(piece: Piece) -> None:
    for line in piece.lines:
        if line.kind == "speech":
            told = PLACEHOLDER.sub("x", line.text)
            assert re.fullmatch(r"[^.!?]+(?:\w\.\w[^.!?]*)*[.!?]", told), line.raw


def test_two_voices_take_turns_of_two_to_four_sentences(piece: Piece) -> None:
    turns = [len(list(turn)) for _, turn in groupby(speakers(piece))]
    assert len(turns) >= 6
    assert min(turns) >= 2
    assert max(turns) <= 4


def test_the_voices_still_take_turns_where_the_station_has_told_nothing(piece: Piece) -> None:
    left = [line.speaker for line in piece.lines if line.kind == "speech" and "?}" not in line.text]
    turns = [len(list(turn)) for _, turn in groupby(left)]
    assert max(turns) <= 4
    assert len(left) >= 12


def test_every_line_of_a_piece_is_speech_or_a_known_cue(piece: Piece) -> None:
    assert [line.raw for line in piece.lines if line.kind not in {"speech", "cue"}] == []


def test_every_fact_has_a_source_somebody_has_read(piece: Piece) -> None:
    assert piece.sources
    for reference in piece.sources:
        assert reference.certainty in {"seen", "2nd"}
        assert len(reference.fact) > 20
        assert len(reference.source) > 15
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", reference.as_of)


def test_a_piece_is_looked_at_again_before_a_fact_of_it_ends(piece: Piece) -> None:
    ends = [reference.until for reference in piece.sources if reference.until]
    assert piece.review is not None
    assert GATHERED < piece.review <= min([*ends, LATEST_REVIEW])


def test_what_ends_with_february_says_so_to_the_day() -> None:
    pieces = [parse_piece(path.read_text("utf-8"), path.name) for path in PIECES]
    told = [one for one in pieces if "tháng hai năm 2027" in bare(one)]
    assert len(told) >= 3
    assert {one.review for one in told} == {date(2027, 2, 28)}


def test_numbers_nobody_saw_in_the_law_are_blanks_to_be_confirmed(piece: Piece) -> None:
    seen = [source.fact for source in piece.sources if source.certainty == "seen"]
    if re.search(MONEY, bare(piece)):
        assert [fact for fact in seen if "đồng" in fact]
    assert re.search(AGE, bare(piece)) is None


def test_a_number_to_be_confirmed_is_the_blank_of_a_sentence_that_can_go(piece: Piece) -> None:
    optional = {name for name, form, _ in PLACEHOLDER.findall(piece.text) if form == "?"}
    assert set(piece.numbers) <= optional
    assert unconfirmed(piece, {}) == piece.numbers
    assert {name: STATION.details.get(name) for name in piece.numbers} == piece.numbers


def test_a_piece_says_nothing_outdated(piece: Piece) -> None:
    found = [term for term in OUTDATED if re.search(term, piece.text, re.IGNORECASE)]
    assert found == []


def test_a_piece_names_no_document_by_its_number(piece: Piece) -> None:
    assert re.search(DOCUMENT, bare(piece)) is None


def test_a_piece_has_no_abbreviation_and_no_figure_but_years(piece: Piece) -> None:
    text = bare(piece)
    capitals = {w for w in re.findall(r"\w+", text) if sum(c.isupper() for c in w) > 1}
    assert capitals <= ALLOWED_CAPITALS
    assert [n for n in re.findall(r"\d+", text) if not re.fullmatch(r"20\d\d", n)] == []


def test_everything_in_a_piece_can_be_read_aloud(piece: Piece) -> None:
    unknown = [heard(line.text).unknown for line in piece.lines if line.kind == "speech"]
    assert [found for found in unknown if found] == []


def test_a_piece_ends_with_something_to_do_and_whom_to_ask(piece: Piece) -> None:
    ending = [line.text for line in piece.lines if line.kind == "speech"][-6:]
    assert any("mời" in text.casefold() for text in ending)
    assert any("{số điện thoại" in text for text in ending)


def test_blanks_are_optional_or_have_a_default_or_are_told_by_the_sample(piece: Piece) -> None:
    for name, form, default in PLACEHOLDER.findall(piece.text):
        assert form == "?" or (form == "|" and default) or name in STATION.details


def test_the_sample_tells_every_blank_of_the_pieces(piece: Piece) -> None:
    assert [
        name for name, *_ in PLACEHOLDER.findall(piece.text) if name not in STATION.details
    ] == []


def test_the_opening_greets_names_station_day_and_title() -> None:
    text = render("opening")
    assert text.startswith("[nhạc hiệu]\n")
    for said in (STATION.name, "buổi sáng thứ hai, ngày 2 tháng 3", "Nộp hồ sơ tại nhà."):
        assert said in text


def test_an_opening_for_several_airings_names_no_day() -> None:
    text = render("opening", weekday="", day="", part_of_day="")
    assert "ngày" not in text
    assert "Mời bà con nghe chuyên mục" in text


def test_the_closing_thanks_and_ends_with_the_ident() -> None:
    text = render("closing")
    assert STATION.details["số điện thoại"] in text
    assert "Cảm ơn bà con" in text
    assert text.rstrip().endswith("[nhạc hiệu]")


def test_a_closing_without_a_telephone_number_has_no_half_sentence() -> None:
    text = render("closing", details={})
    assert "Điện thoại" not in text
    assert "Trung tâm Phục vụ hành chính công xã." in text


@pytest.mark.parametrize("name", ["opening", "closing"])
def test_a_template_gives_short_lines_for_two_voices(name: str) -> None:
    lines = parse_body(render(name))
    assert [line.raw for line in lines if line.kind not in {"speech", "cue"}] == []
    spoken = [line for line in lines if line.kind == "speech"]
    lengths = [count_syllables(heard(line.text).text) for line in spoken]
    assert {line.speaker for line in spoken} == {"NỮ", "NAM"}
    assert max(lengths) <= CEILING
    assert 8 <= sum(lengths) / RATE <= 18


def test_the_sample_station_has_the_cases_people_meet() -> None:
    assert len(STATION.zones) == 4
    assert [zone.id for zone in STATION.zones if "Tiếng Thái" in zone.languages] == ["ban-lan"]
    assert [zone.id for zone in STATION.zones if not zone.network] == ["ban-pa-hoc"]
    assert [slot.start.isoformat("minutes") for slot in STATION.slots] == [
        "05:30",
        "17:00",
        "07:00",
    ]
    assert [slot.peak for slot in STATION.slots] == [True, True, False]
    assert {day for slot in STATION.slots for day in slot.days} & {"T7", "CN"}


def test_the_sample_station_keeps_its_own_rules() -> None:
    for slot in STATION.slots:
        assert STATION.rules.earliest <= slot.start < STATION.rules.latest
        assert slot.minutes <= STATION.rules.max_minutes_per_day


def test_the_sample_has_no_telephone_number_of_anybody() -> None:
    # No province of Việt Nam has the area code 0200.
    numbers = [told for name, told in STATION.details.items() if "điện thoại" in name]
    assert numbers
    assert all(number.startswith("0200.") for number in numbers)


def test_the_stations_own_words_are_read_as_it_says_them() -> None:
    own = Workspace(ROOT).load_lexicon()
    for written, spoken in own.items():
        assert read_aloud(f"nghe {written} nói", LEXICON).text.casefold() == (
            f"nghe {spoken} nói".casefold()
        )


@pytest.fixture(scope="module")
def plan() -> Plan:
    document = ROOT / "schedules" / "plans" / "source" / "suoi-hoa-2026.txt"
    return parse_plan(read_document(document), "suoi-hoa-2026")


def test_the_sample_plan_is_read_without_a_question(plan: Plan) -> None:
    assert plan.problems == ()
    assert [topic.path for topic in plan.topics if topic.kind == "fragment"] == []
    assert (plan.number, plan.date) == ("08/KH-UBND", date(2026, 1, 12))
    assert [section.number for section in plan.sections] == ["I", "II", "III", "IV", "V"]
    assert plan.signatory.name == "Lò Thị Mai Xuân"


def test_the_sample_plan_asks_for_two_airings_a_week_when_many_listen(plan: Plan) -> None:
    weekly = plan.weekly_minimum()
    assert weekly is not None
    assert (weekly.count, weekly.per, weekly.at_least, weekly.peak) == (2, "tuần", True, True)


def test_the_sample_plan_gives_each_unit_its_items_a_quarter(plan: Plan) -> None:
    quarterly = {quota.unit: quota.count for quota in plan.quotas if quota.per == "quý"}
    assert quarterly == {
        "Phòng Văn hóa - Xã hội": 3,
        "Trung tâm Phục vụ hành chính công xã": 2,
        "Văn phòng HĐND và UBND xã": 1,
        "Công an xã": 1,
    }
    assert len(plan.quotas) == len(quarterly) + 1
    assert [report.per for report in plan.reporting] == [("quý", "6 tháng", "9 tháng", "năm")]
    assert [deadline.before for deadline in plan.deadlines] == [date(2026, 2, 15)]


def test_each_topic_of_the_sample_plan_has_its_ready_piece(plan: Plan) -> None:
    pieces = Workspace(ROOT).load_pieces()
    found = {topic.path: best_piece(topic.text, pieces, fold) for topic in plan.airable_topics()}
    assert {path: match and match.piece.id for path, match in found.items()} == {
        "II.2/a/-1": "cai-cach-hanh-chinh",
        "II.2/a/-2": "su-hai-long",
        "II.2/b": "ky-luat-cong-vu",
        "II.2/c": "trung-tam-hanh-chinh-cong",
        "II.2/d/-1": "theo-doi-ho-so",
        "II.2/d/-2": "buu-chinh-cong-ich",
        "II.2/đ": "cong-dich-vu-cong",
        "II.2/e/-1": "dinh-danh-vneid",
        "II.2/e/-2": "chong-lua-dao",
        "II.2/g": "phan-anh-kien-nghi",
    }


def test_the_sample_plan_has_no_abbreviation_that_nobody_taught(plan: Plan) -> None:
    texts = [topic.text for topic in plan.topics] + [duty.text for duty in plan.duties]
    assert [read_aloud(text, LEXICON).unknown for text in texts] == [()] * len(texts)


def shipped() -> Iterator[Path]:
    """Every text file of the sample and the ready texts."""
    for folder in ("schedules", "scripts"):
        yield from (p for p in (ROOT / folder).rglob("*") if p.suffix in {".md", ".yaml", ".txt"})


def test_shipped_texts_are_composed_unicode_with_plain_line_ends() -> None:
    for path in shipped():
        text = path.read_bytes().decode("utf-8")
        assert unicodedata.is_normalized("NFC", text), path
        assert "\r" not in text, path
        assert "\t" not in text, path
        assert text.endswith("\n"), path


def test_comments_tell_whoever_corrects_the_station_by_hand_what_each_part_is() -> None:
    text = (ROOT / "schedules" / "station.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    for part in (key for key in yaml.safe_load(text) if key not in {"id", "name", "commune"}):
        above = lines[lines.index(next(row for row in lines if row.startswith(f"{part}:"))) - 1]
        assert above.startswith("#"), part


def test_the_samples_plan_is_what_its_document_gives() -> None:
    workspace = Workspace(ROOT)
    source = workspace.plan_source("suoi-hoa-2026")
    assert source is not None
    kept = workspace.load_plan("suoi-hoa-2026")
    assert differences(kept, parse_plan(read_document(source), "suoi-hoa-2026")) == ()


def test_the_samples_week_waits_for_nothing_but_approval_and_recordings() -> None:
    view = view_week(Workspace(ROOT), WeekId(2026, 48))
    assert {finding.rule for finding in view.findings} == {"unapproved", "no-recording"}
