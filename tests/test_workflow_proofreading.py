"""Suggestions for scripts and plans: carried out, rejected, ignored, and what stays of that."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.plan import Plan
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.errors import ConflictError, InputError, NotFoundError
from broadcast.store.records import decode_decisions, encode_decisions
from broadcast.store.script_files import parse_script
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.decisions import Choice, Decisions, Ignored, Open, Rejected
from broadcast.workflow.desk import Desk
from broadcast.workflow.plan_session import PlanSession
from broadcast.workflow.plans import import_plan
from broadcast.workflow.proofreading import Proofreading
from broadcast.workflow.script_session import ScriptSession
from tests.helpers import environment

TODAY = date(2026, 11, 23)
SCRIPT = """\
---
id: thu
title: Thử
---
[nhạc hiệu]
NỮ: Mời bà con mang CMND đến Bộ phận một cửa trước ngày 30/6/2026.
NAM: Làm CMND ở thị trấn Tân Yên.
"""
PLAN = """\
ỦY BAN NHÂN DÂN
XÃ SUỐI HOA
Số: 08/KH-UBND

Suối Hoa, ngày 12 tháng 01 năm 2026

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2026

I. MỤC ĐÍCH
- Để người dân biết việc gì làm ở đâu.

II. NỘI DUNG TUYÊN TRUYỀN
- Cách nộp hồ sơ tại Bộ phận một cửa xã và nhận kết quả.
- Giấy tờ cần mang khi đến xã: CMND hoặc sổ hộ khẩu của gia đình.
- Nghị định số 15/QĐ-UBND ngày 05/01/2026 của UBND xã về giờ làm việc.

III. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa - Xã hội: chủ trì thực hiện.

Nơi nhận:
- UBND huyện;
"""


@pytest.fixture
def workspace(station: Path) -> Workspace:
    made = Workspace(station)
    made.save_script(parse_script(SCRIPT, ""), ...)
    return made


@pytest.fixture
def proofreading(workspace: Workspace) -> Proofreading:
    return Proofreading(Desk(workspace), lambda: TODAY)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture
def plan(workspace: Workspace, document: Path) -> Plan:
    return import_plan(workspace, document, "ke-hoach").plan


def told(found: tuple[Open, ...]) -> list[tuple[int, str]]:
    return [(one.suggestion.line, one.suggestion.written) for one in found]


def named(found: tuple[Open, ...], written: str, nth: int = 0) -> Open:
    return [one for one in found if one.suggestion.written == written][nth]


IN_SCRIPT = [
    (6, "CMND"), (6, "Bộ phận một cửa"), (6, "ngày 30/6/2026"), (7, "CMND"),
    (7, "thị trấn Tân Yên"),
]  # fmt: skip


def test_a_script_is_asked_about_by_the_lines_of_its_file(proofreading: Proofreading) -> None:
    found = proofreading.of_script("thu")
    rows = SCRIPT.splitlines()

    assert told(found) == IN_SCRIPT
    assert [rows[s.line - 1][s.start : s.end] for _, s, _ in found] == [w for _, w in IN_SCRIPT]
    assert len({one.id for one in found}) == len(IN_SCRIPT)


def test_a_suggestion_is_carried_out_only_where_it_was_accepted(
    proofreading: Proofreading, workspace: Workspace
) -> None:
    one = named(proofreading.of_script("thu"), "CMND", 1)
    proofreading.decide_script("thu", Choice(accept=[one.id]))

    expected = SCRIPT.replace("Làm CMND ở", "Làm thẻ căn cước ở")
    assert workspace.script_path("thu").read_text("utf-8") == expected


def test_several_are_carried_out_at_once_and_the_others_keep_their_ids(
    proofreading: Proofreading, workspace: Workspace
) -> None:
    before = proofreading.of_script("thu")
    chosen = [named(before, "CMND").id, named(before, "Bộ phận một cửa").id]
    left = named(before, "thị trấn Tân Yên").id
    proofreading.decide_script("thu", Choice(accept=chosen))

    row = workspace.script_path("thu").read_text("utf-8").splitlines()[5]
    assert row == (
        "NỮ: Mời bà con mang thẻ căn cước đến Trung tâm Phục vụ hành chính công trước ngày "
        "30/6/2026."
    )
    assert named(proofreading.of_script("thu"), "thị trấn Tân Yên").id == left


@pytest.mark.parametrize("choice", [Choice(accept=["zzzz"]), Choice(reject=["zzzz"])])
def test_an_id_that_is_gone_does_nothing(
    choice: Choice, proofreading: Proofreading, workspace: Workspace
) -> None:
    one = proofreading.of_script("thu")[0]
    both = Choice([one.id, *choice.accept], choice.reject)

    with pytest.raises(NotFoundError, match="Chưa làm gì"):
        proofreading.decide_script("thu", both)
    assert workspace.script_path("thu").read_text("utf-8") == SCRIPT
    assert not workspace.decisions_path.exists()


def test_what_has_nothing_to_put_in_its_place_cannot_be_accepted(
    proofreading: Proofreading, workspace: Workspace
) -> None:
    one = named(proofreading.of_script("thu"), "thị trấn Tân Yên")

    with pytest.raises(InputError, match="Không sửa được"):
        proofreading.decide_script("thu", Choice(accept=[one.id]))
    assert workspace.script_path("thu").read_text("utf-8") == SCRIPT


def test_what_was_rejected_stays_rejected_when_lines_move(
    proofreading: Proofreading, workspace: Workspace
) -> None:
    one = named(proofreading.of_script("thu"), "CMND", 1)
    proofreading.decide_script("thu", Choice(reject=[one.id]))
    moved = SCRIPT.replace("[nhạc hiệu]\n", "[nhạc hiệu]\nNỮ: Kính thưa bà con.\n[nghỉ 1s]\n")
    workspace.save_script(parse_script(moved, ""), ...)

    expected = [
        (line + 2, written) for line, written in IN_SCRIPT if (line, written) != (7, "CMND")
    ]
    assert told(proofreading.of_script("thu")) == expected


def test_what_was_rejected_stays_so_when_words_beside_it_are_corrected(
    proofreading: Proofreading,
) -> None:
    found = proofreading.of_script("thu")
    both = Choice([named(found, "Bộ phận một cửa").id], [named(found, "ngày 30/6/2026").id])
    proofreading.decide_script("thu", both)

    assert told(proofreading.of_script("thu")) == [
        (6, "CMND"), (7, "CMND"), (7, "thị trấn Tân Yên"),
    ]  # fmt: skip


def test_what_is_ignored_is_asked_about_nowhere(proofreading: Proofreading, plan: Plan) -> None:
    proofreading.ignore(named(proofreading.of_script("thu"), "CMND"))

    assert "CMND" not in {one.suggestion.written for one in proofreading.of_script("thu")}
    assert "CMND" not in {one.suggestion.written for one in proofreading.of_plan(plan)}


def test_a_decision_can_be_taken_back(proofreading: Proofreading) -> None:
    found = proofreading.of_script("thu")
    decided = proofreading.reject(named(found, "CMND"), named(found, "Bộ phận một cửa"))
    proofreading.take_back(*decided)

    assert told(proofreading.of_script("thu")) == IN_SCRIPT


def test_a_text_being_edited_is_asked_about_and_corrected_without_saving(
    proofreading: Proofreading, workspace: Workspace
) -> None:
    session = ScriptSession.open(proofreading.desk, "thu")
    text = session.text.replace("Làm CMND", "Nộp CMND")
    found = proofreading.of_text(session, text)
    after = proofreading.accept_in_text(session, text, [named(found, "CMND", 1)])

    assert after == text.replace("Nộp CMND", "Nộp thẻ căn cước")
    assert workspace.script_path("thu").read_text("utf-8") == SCRIPT


def test_a_script_is_measured_by_its_last_airing(
    proofreading: Proofreading, workspace: Workspace
) -> None:
    row = "NAM: Mời bà con đăng ký đến hết ngày 28/11/2026.\n"
    workspace.save_script(parse_script(SCRIPT + row, ""), ...)
    assert "ngày 28/11/2026" not in {s.written for _, s, _ in proofreading.of_script("thu")}

    week = WeekId(2026, 49)
    slot = workspace.load_station().slots[0]
    airing = Airing("a1", week.days()[2], slot.start, 15, slot=slot.id, zones=slot.zones,
                    title="Thử", script="thu")  # fmt: skip
    workspace.save_week(Week(week, (airing,)), None)
    assert "ngày 28/11/2026" in {s.written for _, s, _ in proofreading.of_script("thu")}


# Plans

IN_PLAN = [
    (14, "Bộ phận một cửa"), (15, "CMND"), (15, "sổ hộ khẩu"), (16, "Nghị định số 15/QĐ-UBND"),
    (22, "UBND huyện"),
]  # fmt: skip


def test_a_plan_is_asked_about_by_the_lines_of_its_document(
    proofreading: Proofreading, plan: Plan
) -> None:
    assert told(proofreading.of_plan(plan)) == IN_PLAN


def test_a_plan_whose_document_is_gone_is_asked_about_by_its_texts(
    proofreading: Proofreading, plan: Plan, workspace: Workspace
) -> None:
    source = workspace.plan_source(plan.id)
    assert source
    source.unlink()

    assert told(proofreading.of_plan(plan)) == IN_PLAN[:-1]


def test_accepting_in_a_plan_is_a_step_that_can_be_undone(
    proofreading: Proofreading, plan: Plan, workspace: Workspace
) -> None:
    session = PlanSession.open(proofreading.desk, plan.id)
    found = proofreading.of_plan(session.plan)
    chosen = [named(found, "Bộ phận một cửa"), named(found, "CMND"),
              named(found, "Nghị định số 15/QĐ-UBND")]  # fmt: skip
    proofreading.accept_in_plan(session, chosen)

    texts = [topic.text for topic in workspace.load_plan(plan.id).topics]
    assert texts[0] == ("Cách nộp hồ sơ tại Trung tâm Phục vụ hành chính công xã và nhận kết quả.")
    assert texts[1] == "Giấy tờ cần mang khi đến xã: thẻ căn cước hoặc sổ hộ khẩu của gia đình."
    assert texts[2].startswith("Quyết định số 15/QĐ-UBND ngày")
    assert told(proofreading.of_plan(session.plan)) == [(15, "sổ hộ khẩu"), (22, "UBND huyện")]

    assert session.undo() == "sửa 3 chỗ theo gợi ý"
    assert told(proofreading.of_plan(session.plan)) == IN_PLAN


def test_the_fields_of_an_activity_card_are_corrected_too(
    proofreading: Proofreading, workspace: Workspace, document: Path
) -> None:
    card = (
        "1. Hướng dẫn nộp hồ sơ qua mạng.\n- Thời gian thực hiện: Thường xuyên\n"
        "- Cơ quan chủ trì: Phòng Văn hóa - Xã hội\n- Cơ quan phối hợp: Bộ phận một cửa xã"
    )
    topic = "- Cách nộp hồ sơ tại Bộ phận một cửa xã và nhận kết quả."
    document.write_text(PLAN.replace(topic, card), "utf-8")
    made = import_plan(workspace, document, "the").plan
    assert made.topics[0].fields["with"] == "Bộ phận một cửa xã"
    session = PlanSession.open(proofreading.desk, "the")
    one = named(proofreading.of_plan(session.plan), "Bộ phận một cửa")
    proofreading.accept_in_plan(session, [one])

    fields = workspace.load_plan("the").topics[0].fields
    assert fields["with"] == "Trung tâm Phục vụ hành chính công xã"
    assert "Bộ phận một cửa" not in {s.written for _, s, _ in proofreading.of_plan(session.plan)}


def test_what_cannot_be_corrected_in_a_plan_leaves_all_as_it_was(
    proofreading: Proofreading, plan: Plan, workspace: Workspace
) -> None:
    found = proofreading.of_plan(plan)
    chosen = [named(found, "Bộ phận một cửa").id, named(found, "UBND huyện").id]

    with pytest.raises(InputError):
        proofreading.decide_plan(plan.id, Choice(accept=chosen))
    assert workspace.load_plan(plan.id) == plan


def test_a_plan_changed_elsewhere_is_not_overwritten(
    proofreading: Proofreading, plan: Plan, workspace: Workspace
) -> None:
    session = PlanSession.open(proofreading.desk, plan.id)
    one = named(proofreading.of_plan(session.plan), "CMND")
    path = workspace.plan_path(plan.id)
    path.write_text(path.read_text("utf-8") + "# của người khác\n", "utf-8")

    with pytest.raises(ConflictError):
        proofreading.accept_in_plan(session, [one])


def test_what_a_person_writes_into_a_plan_is_asked_about_too(
    proofreading: Proofreading, plan: Plan
) -> None:
    session = PlanSession.open(proofreading.desk, plan.id)
    session.set_text(session.plan.topics[0], "Cách nộp hồ sơ ở thị trấn Tân Yên.")

    assert told(proofreading.of_plan(session.plan)) == [
        (14, "thị trấn Tân Yên"), *IN_PLAN[1:],
    ]  # fmt: skip


def test_decisions_stay_when_the_document_comes_again_with_other_lines(
    proofreading: Proofreading, plan: Plan, workspace: Workspace, document: Path
) -> None:
    found = proofreading.of_plan(plan)
    rejected = [named(found, "sổ hộ khẩu").id, named(found, "UBND huyện").id]
    proofreading.decide_plan(plan.id, Choice(reject=rejected))
    shifted = PLAN.replace("- Cách nộp", "- Giờ làm việc mới của xã.\n\n- Cách nộp")
    shifted = shifted.replace("hoặc sổ hộ", "hoặc\nsổ hộ")
    document.write_text(shifted, "utf-8")
    again = import_plan(workspace, document, plan.id, replace=True).plan

    assert told(proofreading.of_plan(again)) == [
        (16, "Bộ phận một cửa"), (17, "CMND"), (19, "Nghị định số 15/QĐ-UBND"),
    ]  # fmt: skip


# The file of decisions

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\x85\u2028\u2029"), max_size=12)
_WORD = _TEXT.map(str.strip).filter(bool)
_DECISIONS = st.builds(
    Decisions,
    st.lists(st.builds(Ignored, _WORD, _WORD), max_size=3).map(tuple),
    st.lists(st.builds(Rejected, _WORD, _WORD, _WORD, _WORD), max_size=3).map(tuple),
)


@given(_DECISIONS)
def test_decisions_are_read_back_as_they_were_written(decisions: Decisions) -> None:
    once = decode_decisions(encode_decisions(decisions), "proofread.yaml")

    assert decode_decisions(encode_decisions(once), "proofread.yaml") == once
    assert len(once.ignored) == len(decisions.ignored)


def test_the_file_of_decisions_explains_itself_and_keeps_what_people_add(
    proofreading: Proofreading, workspace: Workspace
) -> None:
    found = proofreading.of_script("thu")
    proofreading.reject(named(found, "CMND"))
    path = workspace.decisions_path
    text = path.read_text("utf-8")
    path.write_text(f"{text}# chị Hoa bảo để nguyên\n", "utf-8")
    proofreading.ignore(named(found, "thị trấn Tân Yên"))

    after = path.read_text("utf-8")
    assert after.startswith("# Những gợi ý soát lỗi đã quyết định.")
    assert "# chị Hoa bảo để nguyên\n" in after
    assert workspace.load_decisions() == Decisions(
        (Ignored("outdated-term", "thị trấn Tân Yên"),),
        (Rejected("outdated-term", "CMND", "bà con mang", "đến Bộ phận"),),
    )


def test_a_wrong_file_of_decisions_is_told_by_line(workspace: Workspace) -> None:
    workspace.decisions_path.write_text("ignored:\n  - rule: spelling\n", "utf-8")

    with pytest.raises(InputError) as error:
        workspace.load_decisions()
    assert [(p.file, p.line) for p in error.value.problems] == [("scripts/proofread.yaml", 2)]


def test_a_file_of_comments_only_holds_nothing(workspace: Workspace) -> None:
    workspace.decisions_path.write_text("# chưa có gì\n\n", "utf-8")

    assert workspace.load_decisions() == Decisions()


_DECIDING = """
import sys
from datetime import date
from pathlib import Path
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.decisions import Ignored
from broadcast.workflow.desk import Desk
from broadcast.workflow.proofreading import Proofreading
made = Proofreading(Desk(Workspace(Path(sys.argv[1]))))
for number in range(12):
    made._decide((Ignored("spelling", f"{sys.argv[2]}-{number}"),))
"""


def test_two_programs_that_decide_at_once_lose_nothing(workspace: Workspace) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _DECIDING, str(workspace.root), name], env=environment()
        )
        for name in ("một", "hai")
    ]

    assert [one.wait(timeout=120) for one in started] == [0, 0]
    kept = {one.written for one in workspace.load_decisions().ignored}
    assert kept == {f"{name}-{number}" for name in ("một", "hai") for number in range(12)}
