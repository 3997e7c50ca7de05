"""Correcting a plan: no text of the document is ever dropped, and paths stay what others know."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.plan import Channel, Duty, Passage, Plan, PlanProblem, Section, Topic
from broadcast.domain.plan_edit import (
    Entry,
    EntryKind,
    before,
    drop_problem,
    entries,
    kind_of,
    lost_paths,
    merge_up,
    retype,
    set_airable,
    set_text,
    split,
    waiting,
)
from broadcast.domain.plan_merge import merge
from broadcast.domain.plan_outline import Heading, first_folds, keys_over, nearest, outline
from broadcast.errors import InputError, NotFoundError

A = Topic("II.1", "Nộp hồ sơ qua mạng:", "parent", "ask", line=10)
A1 = Topic("II.1/-1", "Trên Cổng Dịch vụ công. Có người giúp", line=11)
LOOSE = Topic("II.1/-1/fragment", "tại bộ phận một cửa", "fragment", "ask", line=12)
B = Topic("II.2", "Giờ tiếp dân", fields={"time": "Quý I", "lead": "Văn phòng"}, line=14)
FIRST_OF_III = Topic("III.1", "Phản ánh, kiến nghị", line=20)
CHANNEL = Channel("III.2", "Phát trên đài truyền thanh", line=21)
DUTY = Duty("Công an xã", "Tuyên truyền tài khoản định danh", "hằng quý", line=31)
PASSAGE = Passage("I", "Nâng cao nhận thức", line=5)
OPENING = Passage("mở đầu", "Căn cứ Luật", line=1)

PLAN = Plan(
    "suoi-hoa-2026",
    sections=(
        Section("I", "MỤC ĐÍCH", 4), Section("II", "NỘI DUNG", 9),
        Section("III", "HÌNH THỨC", 19), Section("IV", "TỔ CHỨC", 30),
    ),
    topics=(A, A1, LOOSE, B, FIRST_OF_III),
    channels=(CHANNEL,),
    duties=(DUTY,),
    passages=(OPENING, PASSAGE),
    problems=(PlanProblem("đoạn rời", 12, "ghép lại"), PlanProblem("nhảy số", 14)),
)  # fmt: skip


def paths(plan: Plan) -> list[str]:
    return [topic.path for topic in plan.topics]


def words(plan: Plan) -> Counter[str]:
    """Every word that the plan's entries say, card fields and units too."""
    texts = [entry.text for entry in entries(plan)]
    texts += [value for topic in plan.topics for value in topic.fields.values()]
    texts += [f"{duty.unit} {duty.frequency or ''}" for duty in plan.duties]
    return Counter(word for text in texts for word in text.replace(";", " ").split())


def test_an_answer_changes_nothing_else() -> None:
    answered = set_airable(PLAN, A, "no")
    assert answered == replace(PLAN, topics=(replace(A, airable="no"), *PLAN.topics[1:]))
    assert waiting(answered) == (LOOSE,)


def test_a_fragment_that_is_for_the_air_becomes_a_topic_by_itself() -> None:
    aired = set_airable(PLAN, LOOSE, "yes")
    assert aired.topic(LOOSE.path) == replace(LOOSE, kind="leaf", airable="yes")
    assert set_airable(PLAN, LOOSE, "no").topic(LOOSE.path) is None


def test_a_joined_topic_is_found_by_both_paths() -> None:
    joined = merge_up(PLAN, A1)
    one = joined.topic("II.1")
    assert one is not None
    assert (one.text, one.also) == (f"{A.text} {A1.text}", ("II.1/-1",))
    assert joined.topic("II.1/-1") == one
    assert joined.path_of("II.1/-1") == "II.1"
    assert joined.path_of("II.9") == "II.9"
    assert lost_paths(PLAN, joined) == ()


def test_a_fragment_joined_to_its_topic_leaves_no_path_behind() -> None:
    joined = merge_up(PLAN, LOOSE)
    assert joined.topic("II.1/-1") == replace(A1, text=f"{A1.text} {LOOSE.text}")
    assert paths(joined) == ["II.1", "II.1/-1", "II.2", "III.1"]


def test_a_topic_joined_to_a_fragment_keeps_its_own_path() -> None:
    joined = merge_up(PLAN, B)
    assert joined.topic("II.2") == replace(B, text=f"{LOOSE.text} {B.text}", line=LOOSE.line)


def test_a_parent_whose_last_child_is_joined_to_it_is_a_topic_by_itself() -> None:
    alone = replace(PLAN, topics=(A, A1, B))
    assert [t.kind for t in merge_up(alone, A1).topics] == ["leaf", "leaf"]


def test_cards_of_joined_topics_are_joined() -> None:
    other = Topic("II.3", "Lịch nghỉ", fields={"time": "Quý II", "with": "Đoàn xã"})
    joined = merge_up(Plan("x", topics=(B, other)), other)
    assert joined.topics[0].fields == {
        "time": "Quý I; Quý II", "lead": "Văn phòng", "with": "Đoàn xã",
    }  # fmt: skip


def test_topics_of_two_sections_are_not_joined() -> None:
    with pytest.raises(InputError):
        merge_up(PLAN, FIRST_OF_III)
    with pytest.raises(InputError):
        before(PLAN, A)


def test_a_divided_topic_is_two_and_the_second_has_a_path_of_its_own() -> None:
    at = A1.text.index("Có")
    divided = split(PLAN, A1, at)
    assert divided.topics[1:3] == (
        replace(A1, text="Trên Cổng Dịch vụ công."),
        Topic("II.1/-1~2", "Có người giúp", line=11),
    )
    again = split(divided, divided.topics[2], len("Có "))
    assert paths(again)[1:4] == ["II.1/-1", "II.1/-1~2", "II.1/-1~3"]


@pytest.mark.parametrize("at", [0, len(B.text), -100, 999])
def test_no_part_of_a_divided_topic_is_empty(at: int) -> None:
    with pytest.raises(InputError):
        split(PLAN, B, at)


def test_a_text_is_corrected_but_never_emptied() -> None:
    assert set_text(PLAN, DUTY, "  Tuyên  truyền ").duties[0].text == "Tuyên truyền"
    with pytest.raises(InputError):
        set_text(PLAN, B, " \n")


def test_a_passage_becomes_a_topic_for_the_air_in_its_place() -> None:
    made = retype(PLAN, PASSAGE, "leaf")
    assert made.topics[0] == Topic("I/+1", "Nâng cao nhận thức", line=5)
    assert made.passages == (OPENING,)
    opened = retype(made, OPENING, "leaf")
    assert opened.topics[0].path == "mở đầu/+1"


def test_a_channel_becomes_a_topic_under_its_own_path() -> None:
    assert retype(PLAN, CHANNEL, "leaf").topics[-1] == Topic("III.2", CHANNEL.text, line=21)


def test_a_topic_beside_another_of_its_path_gets_a_path_of_its_own() -> None:
    twice = replace(PLAN, passages=(Passage("II.2", "Thứ Bảy nghỉ", line=15),))
    assert paths(retype(twice, twice.passages[0], "leaf"))[3:5] == ["II.2", "II.2~2"]


def test_a_duty_becomes_a_topic_and_a_duty_again() -> None:
    made = retype(PLAN, DUTY, "leaf")
    topic = made.topics[-1]
    assert topic == Topic(
        "IV/+1", DUTY.text, fields={"lead": "Công an xã", "time": "hằng quý"}, line=31
    )
    back = retype(made, topic, "duty").duties
    assert back == (Duty("Công an xã", f"{DUTY.text}; hằng quý", line=31),)


def test_a_duty_has_a_unit() -> None:
    with pytest.raises(InputError):
        retype(PLAN, A1, "duty", " ")
    assert retype(PLAN, A1, "duty", "Đoàn  xã").duties[0].unit == "Đoàn xã"


def test_a_card_goes_along_into_a_passage() -> None:
    made = retype(PLAN, B, "passage")
    assert Passage("II.2", "Giờ tiếp dân; Quý I; Văn phòng", line=14) in made.passages
    assert lost_paths(PLAN, made) == ("II.2",)


def test_what_became_a_fragment_is_asked_about() -> None:
    made = retype(PLAN, B, "fragment").topics[3]
    assert (made.kind, made.airable) == ("fragment", "ask")
    assert retype(PLAN, B, "leaf") == PLAN


def test_a_seen_problem_leaves_the_list() -> None:
    assert drop_problem(PLAN, PLAN.problems[0]).problems == PLAN.problems[1:]


def test_what_has_changed_meanwhile_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        set_airable(PLAN, replace(B, text="Giờ làm việc"), "no")


def test_corrections_survive_an_import_of_the_same_document() -> None:
    mine = merge_up(PLAN, A1)
    mine = split(mine, mine.topics[-1], len("Phản ánh, "))
    mine = retype(mine, PASSAGE, "leaf")
    mine = retype(mine, CHANNEL, "passage")
    mine = retype(mine, DUTY, "leaf")
    mine = set_airable(mine, LOOSE, "yes")
    mine = drop_problem(mine, mine.problems[0])
    again = merge(PLAN, mine, PLAN)
    assert again.plan == mine
    assert again.changes == ()


# Any corrections

KINDS = cast("list[EntryKind]", ["leaf", "parent", "fragment", "channel", "duty", "passage"])
STEPS = st.tuples(st.sampled_from(["air", "merge", "split", "type"]), st.integers(0, 50))


def corrected(plan: Plan, step: tuple[str, int]) -> Plan:
    """A correction picked by number; where it is refused the plan stays."""
    what, number = step
    everything: tuple[Entry, ...] = plan.topics if what != "type" else entries(plan)
    if not everything:
        return plan
    entry = everything[number % len(everything)]
    try:
        if not isinstance(entry, Topic) or what == "type":
            return retype(plan, entry, KINDS[number % len(KINDS)], "Văn phòng")
        if what == "air":
            return set_airable(plan, entry, "no" if number % 2 else "yes")
        return merge_up(plan, entry) if what == "merge" else split(plan, entry, number % 20)
    except InputError:
        return plan


@given(st.lists(STEPS, max_size=25))
def test_no_word_of_the_document_is_ever_dropped(steps: list[tuple[str, int]]) -> None:
    plan = PLAN
    for step in steps:
        plan = corrected(plan, step)
    # Splitting inside a word makes two of it.
    kept, said = "".join(sorted("".join(words(plan).elements()))), "".join(words(PLAN).elements())
    assert not Counter(said.replace(" ", "")) - Counter(kept)


@given(st.lists(STEPS, max_size=25))
def test_paths_stay_unique_and_lead_somewhere_as_long_as_the_entry_is_a_topic(
    steps: list[tuple[str, int]],
) -> None:
    plan = PLAN
    for step in steps:
        if step[0] == "type":
            continue
        before_it, plan = plan, corrected(plan, step)
        assert lost_paths(before_it, plan) == ()
        known = [p for t in plan.topics for p in (t.path, *t.also)]
        assert len(set(known)) == len(known)


TEXT = st.text("aă bê.;", min_size=1).map(lambda t: " ".join(t.split())).filter(bool)


@given(TEXT, TEXT)
def test_joining_and_dividing_gives_the_two_topics_back(one: str, other: str) -> None:
    plan = Plan("x", topics=(Topic("II.1", one), Topic("II.2", other)))
    joined = merge_up(plan, plan.topics[1])
    assert split(joined, joined.topics[0], len(one)) == plan


# The outline


def told(plan: Plan) -> list[str]:
    rows = outline(plan, first_folds(plan))
    return [
        "  " * row.depth + (row.of.title if isinstance(row.of, Heading) else row.of.text)
        for row in rows
    ]


def test_the_outline_shows_topics_under_their_sections_and_folds_the_rest() -> None:
    assert told(PLAN) == [
        "Phần mở đầu",
        "I. MỤC ĐÍCH",
        "II. NỘI DUNG",
        "  Nộp hồ sơ qua mạng:",
        "    Trên Cổng Dịch vụ công. Có người giúp",
        "      tại bộ phận một cửa",
        "  Giờ tiếp dân",
        "III. HÌNH THỨC",
        "  Phản ánh, kiến nghị",
        "  Hình thức tuyên truyền",
        "IV. TỔ CHỨC",
    ]


def test_the_outline_opened_shows_every_entry_once() -> None:
    shown = [row.of for row in outline(PLAN) if not isinstance(row.of, Heading)]
    assert sorted(shown, key=repr) == sorted(entries(PLAN), key=repr)


@pytest.mark.parametrize("entry", entries(PLAN), ids=kind_of)
def test_opening_what_is_over_an_entry_shows_it(entry: Entry) -> None:
    folded = first_folds(PLAN) - keys_over(PLAN, entry)
    assert entry in [row.of for row in outline(PLAN, folded)]


@pytest.mark.parametrize(
    ("line", "entry"), [(12, LOOSE), (13, LOOSE), (99, DUTY), (0, OPENING), (None, None)]
)
def test_a_problem_is_near_the_entry_its_line_is_in(line: int | None, entry: Entry | None) -> None:
    assert nearest(PLAN, line) == entry
