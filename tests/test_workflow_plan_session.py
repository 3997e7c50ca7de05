"""Correcting a plan in a session: saved at once, undone, and nothing of anybody's lost."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.plan import Plan, PlanProblem, Topic
from broadcast.domain.plan_edit import entries
from broadcast.domain.week import Week, WeekId
from broadcast.errors import BroadcastError, ConflictError, InputError
from broadcast.store.workspace import Workspace
from broadcast.workflow.assemble_week import assemble_week
from broadcast.workflow.choices import programmes
from broadcast.workflow.desk import Desk
from broadcast.workflow.plan_session import PlanSession
from broadcast.workflow.plans import read_import, take_import
from broadcast.workflow.splitting import split_places
from broadcast.workflow.topic_counts import Quarter, counts
from broadcast.workflow.week_fill import fill_week
from broadcast.workflow.weeks import view_week
from tests.helpers import PLAN, PLAN_DOCUMENT, edit

TODAY = date(2026, 11, 23)
WEEK = WeekId(2026, 48)


@pytest.fixture
def workspace(unplanned_once: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(unplanned_once, tmp_path / "dai")
    return Workspace(tmp_path / "dai")


@pytest.fixture
def session(workspace: Workspace) -> PlanSession:
    return PlanSession.open(Desk(workspace), PLAN)


def on_disk(session: PlanSession) -> Plan:
    """The plan as a program that starts now would read it."""
    return Workspace(session.desk.workspace.root).load_plan(PLAN)


def topic(session: PlanSession, path: str) -> Topic:
    return next(t for t in session.plan.topics if t.path == path)


def document(tmp_path: Path, old: str, new: str) -> Path:
    """The sample's document with one place changed, under its own name."""
    (tmp_path / "moi").mkdir()
    copied = Path(shutil.copy(PLAN_DOCUMENT, tmp_path / "moi"))
    edit(copied, old, new)
    return copied


def test_every_correction_is_saved_at_once(session: PlanSession) -> None:
    session.set_airable(topic(session, "II.2/a"), "no")
    assert on_disk(session) == session.plan
    session.set_text(topic(session, "II.2/b"), "Ky\u0309 luật")
    assert on_disk(session).topics[3].text == "Kỷ luật"
    joined = session.merge_up(topic(session, "II.2/c"))
    assert (joined.path, joined.also) == ("II.2/b", ("II.2/c",))
    second = session.split(joined, len("Kỷ luật"))
    assert second.path == "II.2/c"
    made = session.retype(session.plan.passages[-1], "leaf")
    assert isinstance(made, Topic)
    assert made in on_disk(session).topics


def test_comments_of_people_stay_in_the_file(session: PlanSession) -> None:
    path = session.desk.workspace.plan_path(PLAN)
    edit(path, "  - path: II.2/b\n", "  # hỏi lại chị Mai\n  - path: II.2/b\n")
    session.reload()
    session.set_airable(topic(session, "II.2/b"), "no")
    session.merge_up(topic(session, "II.2/đ"))
    assert "# hỏi lại chị Mai\n" in path.read_text("utf-8")


def test_undo_gives_the_file_back_to_the_letter(session: PlanSession) -> None:
    path = session.desk.workspace.plan_path(PLAN)
    edit(path, "  - path: II.2/c\n", "  # giờ làm việc mới\n  - path: II.2/c\n")
    session.reload()
    before = path.read_bytes()
    session.merge_up(topic(session, "II.2/c"))
    assert b"# gi" not in path.read_bytes()
    assert session.undo_label == session.undo() == "gộp II.2/c"
    assert path.read_bytes() == before
    assert (session.undo_label, session.redo()) == ("", "gộp II.2/c")
    assert on_disk(session).topic("II.2/c") == session.plan.topic("II.2/b")
    for again in (session.redo, session.undo, session.undo):
        if again == session.undo and session.undo_label:
            again()
        else:
            with pytest.raises(InputError):
                again()


@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from("asmtp"), st.integers(0, 99)), max_size=8))
def test_undoing_everything_gives_the_first_plan_back(
    unplanned_once: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    root = Path(shutil.copytree(unplanned_once, tmp_path_factory.mktemp("undo") / "dai"))
    session = PlanSession.open(Desk(Workspace(root)), PLAN)
    first, path = session.plan, session.desk.workspace.plan_path(PLAN)
    raw = path.read_bytes()
    for what, number in steps:
        make(session, what, number)
    last = session.plan
    made = 0
    while session.undo_label:
        session.undo()
        made += 1
    assert (session.plan, path.read_bytes()) == (first, raw)
    for _ in range(made):
        session.redo()
    assert session.plan == on_disk(session) == last


def make(session: PlanSession, what: str, number: int) -> None:
    """A correction picked by number, if it is not refused."""
    topics, everything = session.plan.topics, entries(session.plan)
    one = topics[number % len(topics)]
    try:
        if what == "a":
            session.set_airable(one, "no" if number % 2 else "yes")
        elif what == "s":
            session.split(one, split_places(one.text)[0])
        elif what == "m":
            session.merge_up(one)
        elif what == "p":
            session.set_text(one, f"{one.text} {number}")
        else:
            session.retype(everything[number % len(everything)], "leaf")
    except (InputError, IndexError):
        return


def test_a_window_that_has_not_seen_the_others_change_is_refused(session: PlanSession) -> None:
    other = PlanSession.open(Desk(session.desk.workspace), PLAN)
    other.set_text(topic(other, "II.2/b"), "Kỷ luật")
    with pytest.raises(ConflictError):
        session.set_airable(topic(session, "II.2/a"), "no")
    assert topic(session, "II.2/a").airable == "ask"
    assert session.changed_on_disk()
    reload = session.reload()
    assert [(c.where, c.after) for c in reload.changes] == [("II.2/b", "Kỷ luật")]
    session.set_airable(topic(session, "II.2/a"), "no")
    assert on_disk(session).topics[3].text == "Kỷ luật"


def test_undo_keeps_what_others_wrote_elsewhere_and_gives_up_where_they_wrote(
    session: PlanSession,
) -> None:
    session.set_text(topic(session, "II.2/b"), "Kỷ luật")
    session.set_airable(topic(session, "II.2/a"), "no")
    other = PlanSession.open(Desk(session.desk.workspace), PLAN)
    other.set_text(topic(other, "II.2/b"), "Kỷ cương")
    assert session.reload().lost == ("sửa chữ II.2/b",)
    assert session.undo() == "đánh dấu II.2/a không phát"
    now = on_disk(session)
    assert (now.topics[0].airable, now.topics[3].text) == ("ask", "Kỷ cương")


def test_who_uses_a_topic_that_is_to_be_one_no_more_is_told(
    session: PlanSession, workspace: Workspace
) -> None:
    fill_week(workspace, WEEK)
    airing = view_week(workspace, WEEK).week.airings[0]
    used = topic(session, airing.topic or "")
    assert [str(use) for use in session.uses_lost_by(used, "passage")] == [
        "tuần 2026-W48: 1 lượt phát"
    ]
    assert session.uses_lost_by(used, "parent") == ()
    made = assemble_week(workspace, WEEK)
    uses = session.uses_lost_by(used, "fragment")
    assert str(uses[1]) in {f"kịch bản {one.script.id}" for one in made}


def test_airings_of_a_joined_topic_go_on_under_the_one_it_was_joined_to(
    session: PlanSession, workspace: Workspace
) -> None:
    fill_week(workspace, WEEK)
    week = view_week(workspace, WEEK).week
    used = [a.topic for a in week.airings]
    one = next(p for p in used if p and not p.endswith("II.2/a/-1"))
    joined = session.merge_up(topic(session, one))
    findings = view_week(workspace, WEEK).findings
    assert "unknown-topic" not in {finding.rule for finding in findings}
    assert counts(session.desk, session.plan, TODAY).of(joined.path).times >= 1
    assert len(assemble_week(workspace, WEEK)) >= 1


def test_a_seen_problem_leaves_the_list_of_the_file(session: PlanSession) -> None:
    problem = PlanProblem("đánh số nhảy", 12)
    path = session.desk.workspace.plan_path(PLAN)
    text = path.read_text("utf-8")
    path.write_text(f"{text}problems:\n  - message: đánh số nhảy\n    line: 12\n", "utf-8")
    session.reload()
    assert session.plan.problems == (problem,)
    session.drop_problem(problem)
    assert on_disk(session).problems == ()


def test_corrections_survive_importing_again_which_can_be_undone(
    session: PlanSession, workspace: Workspace, tmp_path: Path
) -> None:
    session.merge_up(topic(session, "II.2/c"))
    session.retype(session.plan.duties[0], "leaf")
    session.set_airable(topic(session, "II.2/a"), "no")
    mine = session.plan
    same = read_import(workspace, PLAN_DOCUMENT)
    assert (same.done.plan, same.done.changes) == (mine, ())
    other = document(tmp_path, "xin lỗi khi hồ sơ quá hạn", "xin lỗi bằng văn bản khi quá hạn")
    reading = read_import(workspace, other)
    assert [change.where for change in reading.done.changes] == ["II.2/d/-1"]
    assert on_disk(session) == mine
    session.import_again(reading)
    assert "bằng văn bản" in topic(session, "II.2/d/-1").text
    assert session.plan.topic("II.2/c") == session.plan.topic("II.2/b")
    assert topic(session, "II.2/a").airable == "no"
    assert session.undo() == f"nhập lại {other.name}"
    assert on_disk(session) == mine


def test_an_import_compared_before_somebody_changed_the_plan_is_refused(
    session: PlanSession, workspace: Workspace, tmp_path: Path
) -> None:
    other = document(tmp_path, "quá hạn", "trễ hạn")
    reading = read_import(workspace, other)
    session.set_airable(topic(session, "II.2/a"), "no")
    with pytest.raises(BroadcastError):
        take_import(workspace, reading)
    with pytest.raises(ConflictError):
        session.import_again(reading)
    assert on_disk(session) == session.plan


# Where to divide


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Giờ làm việc. Nơi nộp; lệ phí", ["Nơi nộp; lệ phí", "lệ phí"]),
        ("Ở TP. Hải Phòng, tại xã", ["tại xã"]),
        ("nộp hồ sơ", []),
        ("", []),
    ],
)
def test_a_text_is_divided_after_sentences_and_clauses(text: str, parts: list[str]) -> None:
    assert [text[at:] for at in split_places(text)] == parts


def test_a_text_can_be_divided_between_any_two_words() -> None:
    assert split_places("nộp  hồ sơ", every=True) == (5, 8)


# How often


@pytest.mark.parametrize(
    ("day", "told", "first", "last", "weeks"),
    [
        (date(2026, 11, 23), "quý IV/2026", date(2026, 10, 1), date(2026, 12, 31), 14),
        (date(2026, 2, 1), "quý I/2026", date(2026, 1, 1), date(2026, 3, 31), 14),
        (date(2023, 5, 31), "quý II/2023", date(2023, 4, 1), date(2023, 6, 30), 14),
        (date(2029, 1, 1), "quý I/2029", date(2029, 1, 1), date(2029, 3, 31), 13),
    ],
)
def test_a_quarter_has_its_days_and_the_weeks_they_are_in(
    day: date, told: str, first: date, last: date, weeks: int
) -> None:
    quarter = Quarter.of(day)
    assert (str(quarter), quarter.first, quarter.last) == (told, first, last)
    assert len(quarter.weeks) == weeks
    assert day in quarter
    assert (quarter.weeks[0], quarter.weeks[-1]) == (WeekId.of(first), WeekId.of(last))


def test_topics_are_counted_by_week_and_state_with_the_days_around_today(
    session: PlanSession, workspace: Workspace
) -> None:
    fill_week(workspace, WEEK)
    week = view_week(workspace, WEEK).week
    airing = week.in_order()[0]
    count = counts(session.desk, session.plan, TODAY).of(airing.topic or "")
    assert (count.times, count.recent, count.marks[:11]) == (1, 1, ("không",) * 11)
    assert count.marks[11] != "không"
    assert count.states == {"trống": 1}
    before = counts(session.desk, session.plan, date(2026, 11, 1)).of(airing.topic or "")
    assert (before.last, before.next) == (None, airing.day)
    after = counts(session.desk, session.plan, date(2027, 1, 4)).of(airing.topic or "")
    assert (after.times, after.last, after.next) == (0, airing.day, None)


def test_a_week_that_cannot_be_read_is_named_and_not_counted(
    session: PlanSession, workspace: Workspace
) -> None:
    fill_week(workspace, WEEK)
    workspace.save_week(Week(WeekId(2026, 47)), ...)
    workspace.week_path(WeekId(2026, 47)).write_text("week: [", "utf-8")
    found = counts(session.desk, session.plan, TODAY)
    assert found.unread == (WeekId(2026, 47),)
    assert sum(count.times for count in found.topics.values()) == 6
    assert sum(count.states.get("trống", 0) for count in found.topics.values()) == 6


def test_the_least_planned_topics_are_offered_first(
    session: PlanSession, workspace: Workspace
) -> None:
    fill_week(workspace, WEEK)
    joined = session.merge_up(topic(session, "II.2/a/-2"))
    offered = [one.topic for one in programmes(session.desk) if one.topic]
    planned = {a.topic for a in view_week(workspace, WEEK).week.airings}
    assert (PLAN, joined.path) in offered
    assert [path in planned for _, path in offered] == sorted(
        path in planned for _, path in offered
    )
