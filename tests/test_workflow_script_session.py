"""One script being edited: kept, restored, saved to the letter, merged with other windows."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadcast.domain.week import VIETNAM
from broadcast.errors import InputError, NotFoundError, StorageError
from broadcast.store.sample import copy_sample
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import nfc
from broadcast.workflow import hearing, script_review
from broadcast.workflow.desk import Desk
from broadcast.workflow.script_session import ScriptSession, carried, pending
from broadcast.workflow.script_text import with_text
from tests.helpers import BY, edit

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=VIETNAM)
ID = "loi-chao"
FRONT = "---\nid: loi-chao\ntitle: Lời chào\n---\n"
BODY = "[nhạc hiệu]\nNỮ: Kính thưa bà con.\nNAM: Mời bà con nghe.\nNỮ: Xin cảm ơn bà con.\n"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("bare") / "dai"
    copy_sample(root, plans=False)
    return root


@pytest.fixture(scope="module")
def scratch(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace that the examples of one test share."""
    return Workspace(Path(shutil.copytree(bare, tmp_path_factory.mktemp("scratch") / "dai")))


@pytest.fixture
def workspace(bare: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(bare, tmp_path / "dai")
    made = Workspace(tmp_path / "dai")
    write(made, FRONT + BODY)
    return made


def write(workspace: Workspace, text: str) -> None:
    workspace.script_path(ID).write_bytes(text.encode())


def file_text(workspace: Workspace) -> str:
    return workspace.script_path(ID).read_bytes().decode()


def begin(workspace: Workspace, now: datetime = NOW) -> ScriptSession:
    """A window of a program of its own."""
    return ScriptSession.open(Desk(workspace), ID, now=lambda: now)


def kill(session: ScriptSession) -> None:
    """What the system does when a program dies: its locks go, nothing else happens."""
    place = session._keeper._place
    if place:
        place._lock.release()
        session._keeper._place = None
    session._keeper._closed = True


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_body_is_edited_without_its_front(workspace: Workspace) -> None:
    session = begin(workspace)
    assert (session.title, session.text, session.restored) == ("Lời chào", BODY, None)
    saved = session.save(changed(BODY, "Mời", "Xin mời"))
    assert (saved.merged, saved.told) == (False, "Đã lưu")
    assert file_text(workspace) == FRONT + changed(BODY, "Mời", "Xin mời")
    assert session.saved_text == saved.text


BODIES = st.lists(
    st.sampled_from(["NỮ: Chào [/]", "NAM: \x1b[31mđỏ", "[nghỉ 1s]", "---", "", "  ", "a\u0301"])
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    max_size=6,
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\x85", "\u2028", "\x1c"])


@st.composite
def odd_files(draw: st.DrawFn) -> str:
    rows = draw(BODIES)
    body = "".join(row + draw(ENDS) for row in rows) + draw(st.sampled_from(["", "NỮ: hết"]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    front = FRONT.replace("\n", end)
    return draw(st.sampled_from(["", "\ufeff"])) + front + body


@example(text=f"{FRONT}NỮ: một\nNỮ: hai\r", at=3)
@given(odd_files(), st.integers(0, 6))
def test_saving_what_nobody_changed_leaves_the_file_s_bytes(
    scratch: Workspace, text: str, at: int
) -> None:
    write(scratch, text)
    before = scratch.script_path(ID).read_bytes()
    session = begin(scratch)
    session.save(session.text)
    assert scratch.script_path(ID).read_bytes() == before
    assert not session.changed_on_disk()
    # A row put in, and taken out again, leaves the other rows with their own line ends.
    text, rows = session.text, session.text.split("\n")
    more = "\n".join([*rows[:at], "NAM: thêm", *rows[at:]])
    assert session.save(more).text == more
    assert begin(scratch).text == more
    session.save(text)
    session.close()
    if at < len(rows):
        assert file_text(scratch) == nfc(before.decode("utf-8-sig"))


def test_any_line_end_is_a_row_of_the_text(workspace: Workspace) -> None:
    write(workspace, FRONT + "NỮ: một\r\nNAM: hai\u2028ba\x85NỮ: bốn")
    session = begin(workspace)
    assert session.text == "NỮ: một\nNAM: hai\nba\nNỮ: bốn"
    session.save(session.text + "\nNAM: năm")
    assert file_text(workspace) == FRONT + ("NỮ: một\r\nNAM: hai\u2028ba\x85NỮ: bốn\r\nNAM: năm")
    shown = session.preview(session.text)
    assert [(row.number, row.speaker) for row in shown.rows] == [
        (0, "NỮ"),
        (1, "NAM"),
        (2, "NAM"),
        (3, "NỮ"),
    ]


def test_a_body_begins_on_a_line_of_its_own(workspace: Workspace) -> None:
    write(workspace, FRONT.rstrip("\n"))
    session = begin(workspace)
    session.save("NỮ: Chào.\n")
    assert file_text(workspace) == FRONT + "NỮ: Chào.\n"


def test_letters_apart_come_together(workspace: Workspace) -> None:
    session = begin(workspace)
    saved = session.save("NU\u031b\u0303: cha\u0300o\r\n")
    assert saved.text == "NỮ: chào\n"


# What a preview shows


def test_a_preview_has_a_row_for_every_row_of_the_text(workspace: Workspace) -> None:
    session = begin(workspace)
    shown = session.preview("NỮ: UBND xã, 5 hộ.\n<!-- ghi chú -->\n\nNAM: QWRT họp.\n[lạ]\n")
    assert [(row.number, row.kind, row.speaker) for row in shown.rows] == [
        (0, "speech", "NỮ"), (1, "comment", "NỮ"), (2, "blank", "NỮ"), (3, "speech", "NAM"),
        (4, "wrong", "NAM"), (5, "blank", "NAM"),
    ]  # fmt: skip
    assert shown.rows[0].spoken == "Ủy ban nhân dân xã, năm hộ."
    said = [shown.rows[0].spoken[c.at : c.at + len(c.spoken)] for c in shown.rows[0].changes]
    assert said == ["Ủy ban nhân dân", "năm"]
    assert [(f.row, f.finding.rule) for f in shown.findings] == [(3, "abbreviation"), (4, "cue")]
    assert [f.rule for f in shown.rows[4].findings] == ["cue"]
    assert [f.rule for f in shown.blockers] == ["cue"]
    assert shown.state == "nháp"


def test_an_empty_body_has_one_row_and_a_finding_about_the_whole(workspace: Workspace) -> None:
    shown = begin(workspace).preview("")
    assert [row.kind for row in shown.rows] == ["blank"]
    assert [(f.row, f.finding.rule) for f in shown.findings] == [(None, "empty")]


def test_a_preview_reads_only_lines_it_has_not_read(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin(workspace)
    text = "".join(f"NỮ: Dòng số {n}, mời bà con nghe.\n" for n in range(2_000))
    session.preview(text)
    read: list[str] = []
    real = hearing.read_aloud
    monkeypatch.setattr(hearing, "read_aloud", lambda t, *a: read.append(t) or real(t, *a))
    session.preview(changed(text, "Dòng số 1000,", "Dòng số một nghìn,"))
    assert read == ["Dòng số một nghìn, mời bà con nghe."]


def test_the_next_airing_gives_the_time_to_fill(workspace: Workspace) -> None:
    assert begin(workspace).slot is None
    week = """week: 2026-W48
airings:
  - {id: a, day: 2026-11-23, start: "05:30", minutes: 10, zones: [ban-lan], script: loi-chao}
  - {id: b, day: 2026-11-25, start: "05:30", minutes: 12, zones: [ban-lan], script: loi-chao}
"""
    (workspace.schedules / "2026-W48.yaml").write_text(week, encoding="utf-8")
    slot = begin(workspace).slot
    assert slot is not None
    assert (slot.seconds, slot.told) == (720, "T4 25/11 05:30, 12 phút")


def test_a_script_whose_airings_are_over_still_has_the_time_of_the_last_one(
    workspace: Workspace,
) -> None:
    for name, days in (("2026-W46", "2026-11-09"), ("2026-W47", "2026-11-16")):
        week = (
            f"week: {name}\nairings:\n  - {{id: a, day: {days}, start: '05:30', minutes: 10, "
            "zones: [ban-lan], script: loi-chao}\n"
        )
        (workspace.schedules / f"{name}.yaml").write_text(week, encoding="utf-8")
    slot = begin(workspace).slot
    assert slot is not None
    assert (slot.seconds, slot.told) == (600, "đã qua: T2 16/11 05:30, 10 phút")


# What a killed program leaves


def test_a_killed_program_gives_its_text_back(workspace: Workspace) -> None:
    first = begin(workspace)
    typed = changed(BODY, "Mời", "Kính mời")
    first.keep(typed, (2, 9))
    kill(first)
    left = pending(workspace)
    assert [(one.script_id, one.title, one.text) for one in left.texts] == [(ID, "Lời chào", typed)]
    second = begin(workspace)
    assert (second.text, second.cursor, second.restored) == (typed, (2, 9), NOW)
    assert second.told == "Đã lấy lại chữ chưa lưu lúc 09:30 23/11/2026"
    assert second.saved_text == BODY
    assert file_text(workspace) == FRONT + BODY
    second.save(second.text)
    second.close()
    assert file_text(workspace) == FRONT + typed
    assert list(workspace.unsaved.iterdir()) == []


def test_another_window_s_unsaved_text_is_not_taken(workspace: Workspace) -> None:
    first = begin(workspace)
    first.keep(BODY + "NAM: của tôi\n")
    second = begin(workspace)
    assert (second.text, second.others) == (BODY, ())
    assert pending(workspace).texts == ()
    first.close()
    assert [one.text for one in pending(workspace).texts] == [BODY + "NAM: của tôi\n"]


def test_what_was_taken_back_is_not_kept(workspace: Workspace) -> None:
    session = begin(workspace)
    session.keep(BODY + "thêm")
    session.keep(BODY)
    session.close()
    assert list(workspace.unsaved.iterdir()) == []


def test_nothing_is_kept_after_closing(workspace: Workspace) -> None:
    session = begin(workspace)
    session.close()
    session.keep(BODY + "thêm")
    assert not workspace.unsaved.exists()


def test_of_several_texts_the_newest_is_restored_and_the_others_are_offered(
    workspace: Workspace,
) -> None:
    rows = {31: "NAM: một\n", 33: "NAM: ba\n", 32: "NAM: hai\n"}
    windows = {at: begin(workspace, NOW.replace(minute=at)) for at in rows}
    for at, window in windows.items():
        window.keep(BODY + rows[at])
    for window in windows.values():
        kill(window)
    session = begin(workspace)
    assert (session.text, session.restored) == (BODY + rows[33], NOW.replace(minute=33))
    assert [one.text for one in session.others] == [BODY + rows[32], BODY + rows[31]]
    second, first = session.others
    session.discard(first)
    saved = session.adopt(session.text, second)
    assert saved.text == BODY + rows[33] + "<!-- Bản ở cửa sổ kia: NAM: hai -->\n"
    assert (saved.conflicts, session.others) == (1, ())
    session.save(saved.text)
    session.close()
    assert pending(workspace).texts == ()


def test_a_text_that_somebody_took_meanwhile_is_not_adopted_twice(workspace: Workspace) -> None:
    windows = [begin(workspace), begin(workspace)]
    for window in windows:
        window.keep(BODY + "NAM: x\n")
        window.keep(BODY + f"NAM: {id(window)}\n")
    for window in windows:
        kill(window)
    one = begin(workspace)
    other = begin(workspace)
    assert (len(one.others), len(other.others)) == (1, 0)
    assert one.adopt(one.text, one.others[0]).told == "Chữ ấy đang được sửa ở cửa sổ khác"
    assert one.others == ()


def test_a_text_left_over_is_merged_with_the_file_as_it_is_now(workspace: Workspace) -> None:
    first = begin(workspace)
    first.keep(changed(BODY, "Mời", "Kính mời"))
    kill(first)
    edit(workspace.script_path(ID), "Xin cảm ơn", "Cảm ơn")
    second = begin(workspace)
    assert second.text == changed(changed(BODY, "Mời", "Kính mời"), "Xin cảm ơn", "Cảm ơn")
    assert second.saved_text == changed(BODY, "Xin cảm ơn", "Cảm ơn")


def test_a_text_that_was_saved_just_before_the_kill_is_no_news(workspace: Workspace) -> None:
    first = begin(workspace)
    first.keep(BODY + "NAM: x\n")
    kill(first)
    write(workspace, FRONT + BODY + "NAM: x\n")
    second = begin(workspace)
    assert (second.restored, second.text) == (None, BODY + "NAM: x\n")
    assert pending(workspace).texts == ()


def test_a_text_whose_script_is_gone_is_given_back_as_a_new_file(workspace: Workspace) -> None:
    first = begin(workspace)
    first.keep(BODY + "NAM: x\n")
    kill(first)
    workspace.script_path(ID).unlink()
    second = begin(workspace)
    assert (second.title, second.text) == ("Lời chào", BODY + "NAM: x\n")
    second.save(second.text)
    assert file_text(workspace) == FRONT + BODY + "NAM: x\n"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", b"{}", b'{"script": "loi-chao", "cursor": [1], "at": "x"}'],
)
def test_a_damaged_text_is_told_and_no_crash(workspace: Workspace, content: bytes) -> None:
    workspace.unsaved.mkdir()
    broken = workspace.unsaved / f"{ID}~abcd.json"
    broken.write_bytes(content)
    session = begin(workspace)
    assert session.text == BODY
    assert str(broken) in session.told
    assert [problem.file for problem in pending(workspace).problems] == [str(broken)]
    assert broken.read_bytes() == content


def test_what_else_lies_there_is_left_alone(workspace: Workspace) -> None:
    workspace.unsaved.mkdir()
    (workspace.unsaved / "ghi chú.txt").write_text("x", encoding="utf-8")
    (workspace.unsaved / "thu.muc").mkdir()
    assert pending(workspace).problems == ()
    assert workspace.script_ids() == (ID,)
    assert workspace.unread_files() == ()
    assert sorted(p.name for p in workspace.unsaved.iterdir()) == ["ghi chú.txt", "thu.muc"]


def test_half_a_letter_is_kept_and_told_when_saving(workspace: Workspace) -> None:
    session = begin(workspace)
    typed = BODY + "NAM: a\ud83d\n"
    session.keep(typed)
    with pytest.raises(InputError) as caught:
        session.save(typed)
    assert [problem.line for problem in caught.value.problems] == [9]
    kill(session)
    assert begin(workspace).text == typed


def test_a_disk_that_keeps_nothing_is_told_and_saving_goes_on(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.unsaved.write_text("a file is in the way", encoding="utf-8")
    session = begin(workspace)
    with pytest.raises(StorageError):
        session.keep(BODY + "x")
    session.save(BODY + "NAM: x\n")
    assert file_text(workspace) == FRONT + BODY + "NAM: x\n"


# Two windows


def test_changes_of_other_rows_come_together(workspace: Workspace) -> None:
    one, other = begin(workspace), begin(workspace)
    one.save(changed(BODY, "Kính thưa", "Thưa"))
    saved = other.save(changed(BODY, "Xin cảm ơn", "Cảm ơn"))
    both = changed(changed(BODY, "Kính thưa", "Thưa"), "Xin cảm ơn", "Cảm ơn")
    assert saved.text == both
    assert saved.told == "Đã lưu; đã gộp 1 chỗ vừa được sửa ở nơi khác"
    assert file_text(workspace) == FRONT + both


def test_changes_of_the_same_row_both_stay(workspace: Workspace) -> None:
    one, other = begin(workspace), begin(workspace)
    one.save(changed(BODY, "NAM: Mời", "NAM: --> [lạ] Kính mời"))
    saved = other.save(changed(BODY, "Mời bà con nghe", "Mời nghe"))
    assert (saved.merged, saved.conflicts) == (True, 1)
    rows = saved.text.split("\n")
    assert rows[2:4] == [
        "NAM: Mời nghe.",
        "<!-- Bản ở cửa sổ kia: NAM: --› [lạ] Kính mời bà con nghe. -->",
    ]
    shown = other.preview(saved.text)
    assert [(f.row, f.finding.rule) for f in shown.findings] == [(3, "other-version")]
    assert shown.rows[3].kind == "comment"
    assert shown.blockers == ()


def test_a_reload_merges_without_saving(workspace: Workspace) -> None:
    session = begin(workspace)
    assert not session.changed_on_disk()
    edit(workspace.script_path(ID), "Xin cảm ơn", "Cảm ơn")
    edit(workspace.script_path(ID), "title: Lời chào", "title: Lời chào mới")
    assert session.changed_on_disk()
    typed = changed(BODY, "Mời", "Kính mời")
    got = session.reload(typed)
    assert got.text == changed(typed, "Xin cảm ơn", "Cảm ơn")
    assert got.told == (
        "Đã gộp 1 chỗ vừa được sửa ở nơi khác; tên hoặc phần duyệt vừa được đổi ở nơi khác"
    )
    assert session.title == "Lời chào mới"
    assert not session.changed_on_disk()
    assert session.saved_text == changed(BODY, "Xin cảm ơn", "Cảm ơn")
    kill(session)
    assert begin(workspace).text == got.text


def test_what_is_typed_while_a_save_is_under_way_is_carried_on(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin(workspace)
    edit(workspace.script_path(ID), "Xin cảm ơn", "Cảm ơn")
    sent = changed(BODY, "Mời", "Kính mời")
    typed = changed(sent, "Kính thưa", "Thưa")
    real = Workspace.save_script

    def slow(*args: object) -> str:
        typist = threading.Thread(target=session.keep, args=(typed, (1, 4)))
        typist.start()
        typist.join(60)
        assert not typist.is_alive()
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Workspace, "save_script", slow)
    saved = session.save(sent)
    now = carried(sent, typed, saved.text)
    assert now == changed(typed, "Xin cảm ơn", "Cảm ơn")
    kill(session)
    again = begin(workspace)
    assert (again.text, again.cursor) == (now, (1, 4))


def test_the_front_that_others_changed_is_kept(workspace: Workspace) -> None:
    one, other = begin(workspace), begin(workspace)
    one.rename("  Tên   mới ")
    assert one.title == "Tên mới"
    assert not one.changed_on_disk()
    saved = other.save(BODY + "NAM: x\n")
    assert saved.merged is False
    assert file_text(workspace) == FRONT.replace("Lời chào", "Tên mới") + BODY + "NAM: x\n"
    with pytest.raises(InputError):
        one.rename(" ")


def test_renaming_leaves_what_others_wrote_for_the_next_save(workspace: Workspace) -> None:
    session = begin(workspace)
    edit(workspace.script_path(ID), "Xin cảm ơn", "Cảm ơn")
    session.rename("Tên mới")
    assert session.changed_on_disk()
    saved = session.save(changed(BODY, "Mời", "Kính mời"))
    both = changed(changed(BODY, "Mời", "Kính mời"), "Xin cảm ơn", "Cảm ơn")
    assert saved.text == both
    assert file_text(workspace) == FRONT.replace("Lời chào", "Tên mới") + both


def test_a_file_that_went_away_is_written_again_only_for_what_was_changed(
    workspace: Workspace,
) -> None:
    session = begin(workspace)
    workspace.script_path(ID).unlink()
    assert session.save(BODY).told == "Tệp kịch bản đã bị xóa ở nơi khác"
    assert not workspace.script_path(ID).exists()
    write(workspace, FRONT + BODY)
    session = begin(workspace)
    workspace.script_path(ID).unlink()
    told = session.save(BODY + "NAM: x\n").told
    assert told == "Đã lưu; tệp kịch bản đã bị xóa ở nơi khác, vừa được ghi lại"
    assert file_text(workspace) == FRONT + BODY + "NAM: x\n"


def test_a_file_that_cannot_be_read_any_more_is_told_and_the_text_is_kept(
    workspace: Workspace,
) -> None:
    session = begin(workspace)
    write(workspace, "không phải kịch bản")
    with pytest.raises(InputError):
        session.save(BODY + "NAM: x\n")
    with pytest.raises(InputError):
        session.reload(BODY + "NAM: x\n")
    kill(session)
    write(workspace, FRONT + BODY)
    assert begin(workspace).text == BODY + "NAM: x\n"


def test_a_program_that_writes_just_then_is_merged_with_too(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin(workspace)
    real = Workspace.save_script

    def meanwhile(*args: object) -> str:
        monkeypatch.setattr(Workspace, "save_script", real)
        edit(workspace.script_path(ID), "Xin cảm ơn", "Cảm ơn")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Workspace, "save_script", meanwhile)
    session.save(changed(BODY, "Mời", "Kính mời"))
    both = changed(changed(BODY, "Mời", "Kính mời"), "Xin cảm ơn", "Cảm ơn")
    assert file_text(workspace) == FRONT + both


# Handing on


def test_a_script_goes_its_way_and_an_edit_voids_it(workspace: Workspace) -> None:
    session = begin(workspace)
    assert session.submit(BODY, BY, NOW).told == "Đã gửi duyệt"
    assert session.preview(BODY).state == "chờ duyệt"
    assert session.send_back(BODY, BY, "ngắn quá", NOW).told == "Đã trả lại"
    review = session.preview(BODY).hearing.review
    assert review is not None
    assert review.note == "ngắn quá"
    longer = BODY + "NAM: Mời bà con hỏi thêm.\n"
    assert session.approve(longer, BY, NOW).told == "Đã duyệt"
    assert session.preview(longer).state == "đã duyệt"
    assert session.preview(BODY).state == "nháp"
    assert not session.changed_on_disk()
    told = session.save(BODY).told
    assert told == "Đã lưu; nội dung đã đổi nên không còn «đã duyệt»"
    since = session.changes_since_approval(BODY)
    assert [(row.kind, row.text) for row in since.rows] == [
        ("kept", "[nhạc hiệu]"),
        ("kept", "NỮ: Kính thưa bà con."),
        ("kept", "NAM: Mời bà con nghe."),
        ("kept", "NỮ: Xin cảm ơn bà con."),
        ("removed", "NAM: Mời bà con hỏi thêm."),
    ]
    assert since.told == f"Bỏ 1 dòng so với bản {BY} duyệt lúc 09:30 23/11/2026"
    same = session.changes_since_approval(longer)
    assert same.told == f"Lời vẫn như bản {BY} duyệt lúc 09:30 23/11/2026"
    edit(workspace.lexicon_path, "\n", '\nbà con: "bà con bản ta"\n')
    assert script_review.changes_since_approval(
        workspace, with_text(session.script, longer)
    ).told == (f"{same.told}; cách đọc, giọng hoặc tệp ghi âm của đài đã đổi sau khi duyệt")


def test_nobody_approves_what_came_in_at_that_moment(workspace: Workspace) -> None:
    session = begin(workspace)
    edit(workspace.script_path(ID), "Xin cảm ơn", "Cảm ơn")
    saved = session.approve(BODY, BY, NOW)
    assert (saved.acted, saved.merged) == (False, True)
    assert saved.told.endswith("Chưa duyệt: đọc lại chỗ vừa gộp rồi làm lại")
    assert session.preview(saved.text).state == "nháp"
    assert session.approve(saved.text, BY, NOW).acted


@pytest.mark.parametrize("verb", ["submit", "approve"])
def test_what_cannot_be_read_out_is_saved_but_not_handed_on(
    workspace: Workspace, verb: str
) -> None:
    session = begin(workspace)
    action: Callable[..., object] = getattr(session, verb)
    with pytest.raises(InputError) as caught:
        action(BODY + "[lạ]\n", BY, NOW)
    assert [problem.line for problem in caught.value.problems] == [9]
    assert file_text(workspace) == FRONT + BODY + "[lạ]\n"
    assert session.saved_text == BODY + "[lạ]\n"


def test_what_was_approved_without_a_copy_cannot_be_compared(workspace: Workspace) -> None:
    session = begin(workspace)
    with pytest.raises(NotFoundError, match="chưa được duyệt"):
        session.changes_since_approval(BODY)
    session.approve(BODY, BY, NOW)
    kept = workspace.approved_path(ID)
    assert kept.read_bytes() == workspace.script_path(ID).read_bytes()
    edit(kept, BY, "Người khác")
    with pytest.raises(NotFoundError, match="không có bản lưu"):
        session.changes_since_approval(BODY)
    kept.unlink()
    with pytest.raises(NotFoundError, match="không có bản lưu"):
        session.changes_since_approval(BODY)


def test_the_kept_file_says_what_a_person_needs_to_get_the_text_back(workspace: Workspace) -> None:
    session = begin(workspace)
    session.keep(BODY + "NAM: Đây.\n", (4, 2))
    (path,) = workspace.unsaved.glob("*.json")
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert (kept["script"], kept["text"], kept["base"]) == (ID, BODY + "NAM: Đây.\n", BODY)
    assert (kept["cursor"], kept["at"]) == ([4, 2], NOW.isoformat())
