"""What of a week needs audio and why; making it item by item, through failures and stops."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from broadcast.domain.week import VIETNAM, WeekId
from broadcast.errors import EngineError
from broadcast.speech.engine import Speech, Voice
from broadcast.speech.tone import ToneEngine
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.pauses import Pause
from broadcast.workflow import finished, programme, render
from broadcast.workflow.desk import Desk
from broadcast.workflow.production import (
    Item,
    Made,
    Mark,
    Need,
    Production,
    make,
    needing,
    production,
)
from broadcast.workflow.render import render_week

from .helpers import BY, WEEK, airings, done, edit, script_file

WEEK_ID = WeekId(2026, 48)


@pytest.fixture
def approved(brief: Path) -> Path:
    """How long the scripts are is of no account here, and short ones are read at once."""
    return brief


def desk_of(root: Path) -> Desk:
    return Desk(Workspace(root))


def look(root: Path) -> Production:
    return production(desk_of(root), WEEK_ID)


def first(root: Path) -> Item:
    return look(root).items[0]


def make_all(root: Path) -> Made:
    desk = desk_of(root)
    return make(desk, needing(production(desk, WEEK_ID).items))


def scripts(root: Path) -> list[str]:
    return [one["script"] for one in airings(root)]


def test_a_week_nobody_filled_has_nothing(station: Path) -> None:
    assert look(station) == Production(WEEK_ID, (), 0, 0)


def test_airings_without_scripts_are_counted(sample: Path) -> None:
    made = look(sample)

    assert (made.items, made.airings, made.unscripted) == ((), 6, 6)


def test_items_come_once_in_airing_order_with_all_their_airings(approved: Path) -> None:
    script = scripts(approved)[0]
    for day in ("2026-11-29", "2026-11-24"):
        done("week", "add", WEEK, "--day", day, "--slot", "sang", "--script", script,
             cwd=approved)  # fmt: skip
    made = look(approved)

    assert [item.script for item in made.items] == list(dict.fromkeys(scripts(approved)))
    assert [f"{a.day:%d}" for a in made.items[0].airings] == ["23", "24", "29"]
    assert made.item(script) is made.items[0]
    assert made.item("khong-co") is None


def test_what_was_never_read_needs_it(approved: Path) -> None:
    items = look(approved).items

    assert {item.need for item in items} == {Need.NEW}
    assert {item.audio for item in items} == {None}
    assert len(needing(items)) == len(items) == 6
    assert [item.seconds for item in items] == [
        item.hearing and item.hearing.seconds for item in items
    ]


def test_what_was_read_needs_nothing_and_says_when_and_by_whom(rendered: Path) -> None:
    note = next((rendered / "out/audio").glob(f"{scripts(rendered)[0]}.json"))
    at = datetime(2026, 11, 23, 9, 15, tzinfo=VIETNAM)
    os.utime(note, (at.timestamp(), at.timestamp()))
    item = first(rendered)

    assert (item.need, item.draft, item.made_at) == (Need.NOTHING, False, at)
    assert item.audio is not None
    assert (item.audio.engine, item.seconds) == ("tone", item.audio.seconds)
    assert needing(look(rendered).items) == ()


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _harm(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:5000] + bytes(100) + whole[5100:])


@pytest.mark.parametrize(
    ("harm", "need"),
    [
        (_cut, Need.DAMAGED),
        (_harm, Need.DAMAGED),
        (Path.unlink, Need.GONE),
        (lambda file: file.with_suffix(".json").unlink(), Need.NEW),
    ],
    ids=["cut", "other bytes", "gone", "no note"],
)
def test_why_a_file_has_to_be_made_again(
    harm: Callable[[Path], None], need: Need, rendered: Path
) -> None:
    harm(rendered / f"out/audio/{scripts(rendered)[0]}.mp3")
    item = first(rendered)

    assert (item.need, item.audio, item.to_make) == (need, None, True)


def test_other_zones_are_written_into_the_file_as_by_the_command(rendered: Path) -> None:
    every = "[trung-tam, ban-lan, ban-phieng, ban-pa-hoc]"
    edit(rendered / f"schedules/{WEEK_ID}.yaml", every, "[ban-lan]")
    desk = desk_of(rendered)
    item = production(desk, WEEK_ID).items[0]
    make(desk, [item.script])

    assert (item.need, item.audio is None) == (Need.ZONED, False)
    assert production(desk, WEEK_ID).items[0].need is Need.NOTHING
    assert [one.fresh for one in render_week(desk.workspace, WEEK_ID)] == 6 * [False]


def test_damage_is_seen_by_a_desk_that_saw_the_whole_file(rendered: Path) -> None:
    desk = desk_of(rendered)
    assert production(desk, WEEK_ID).items[0].need is Need.NOTHING
    _harm(rendered / f"out/audio/{scripts(rendered)[0]}.mp3")

    assert production(desk, WEEK_ID).items[0].need is Need.DAMAGED


def test_a_text_changed_after_approval_is_a_draft_with_older_audio(rendered: Path) -> None:
    edit(script_file(rendered, scripts(rendered)[0]), "Kính thưa bà con", "Thưa bà con")
    item = first(rendered)

    assert (item.need, item.draft) == (Need.CHANGED, True)
    assert item.audio is not None
    assert item.audio.file.startswith("out/audio/")


def test_a_draft_read_once_more_after_another_change(rendered: Path) -> None:
    file = script_file(rendered, scripts(rendered)[0])
    edit(file, "Kính thưa bà con", "Thưa bà con")
    make_all(rendered)
    assert (first(rendered).need, first(rendered).draft) == (Need.NOTHING, True)
    edit(file, "Thưa bà con", "Thưa các bác")

    assert first(rendered).need is Need.CHANGED


def test_a_draft_approved_as_it_was_read_has_to_lose_its_mark(rendered: Path) -> None:
    script = scripts(rendered)[0]
    edit(script_file(rendered, script), "Kính thưa bà con", "Thưa bà con")
    make_all(rendered)
    shutil.rmtree(rendered / "out/audio")
    done("script", "approve", script, "--by", BY, cwd=rendered)
    item = first(rendered)

    assert (item.need, item.draft) == (Need.APPROVED, False)
    assert item.audio is not None
    assert item.audio.file == f"out/drafts/{script}.mp3"


def test_another_loudness_dresses_everything_anew(rendered: Path) -> None:
    edit(rendered / "schedules/station.yaml", "loudness: -16.0", "loudness: -20.0")

    assert {item.need for item in look(rendered).items} == {Need.DRESSED}


def test_a_script_with_blockers_is_not_to_be_made(approved: Path) -> None:
    edit(script_file(approved, scripts(approved)[0]), "[nhạc hiệu]", "[nhạc lạ]")
    item = first(approved)

    assert (item.blocked, item.to_make) == (True, False)
    assert [f.rule for f in item.blockers] == ["cue"]


@pytest.mark.parametrize("harm", ["unreadable", "missing"])
def test_a_script_that_cannot_be_read_is_an_item_with_its_error(harm: str, approved: Path) -> None:
    file = script_file(approved, scripts(approved)[0])
    if harm == "missing":
        file.unlink()
    else:
        file.write_text("không có phần đầu", encoding="utf-8")
    item = first(approved)

    assert item.hearing is None
    assert item.error is not None
    assert (item.title, item.blocked, item.seconds) == (item.airings[0].title, True, None)
    assert len(needing(look(approved).items)) == 5


def test_everything_that_needs_it_is_made(approved: Path) -> None:
    marks: list[Mark] = []
    desk = desk_of(approved)
    ids = needing(production(desk, WEEK_ID).items)
    made = make(desk, ids, marks.append)

    assert [one.hearing.script.id for one in made.done] == list(ids)
    assert (made.failed, made.stopped) == ((), False)
    assert {item.need for item in production(desk, WEEK_ID).items} == {Need.NOTHING}
    wholes = [mark.whole for mark in marks]
    assert wholes == sorted(wholes)
    assert wholes[-1] == pytest.approx(1.0)
    for one in ids:
        shares = [mark.share for mark in marks if mark.script == one]
        assert shares == sorted(shares)
        assert [share for share in shares if share == 1.0] == [1.0]


def test_only_the_chosen_are_made(approved: Path) -> None:
    chosen = scripts(approved)[2]
    make(desk_of(approved), [chosen])

    assert [item.script for item in look(approved).items if item.need is Need.NOTHING] == [chosen]


@pytest.fixture
def stumbling(approved: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The second script of the week has a line that the engine cannot read."""
    script = scripts(approved)[1]
    edit(script_file(approved, script), "NỮ: ", "NỮ: Câu hỏng. ")
    read = ToneEngine.synthesize

    def stumble(engine: ToneEngine, text: str, voice: Voice, pauses: Sequence[Pause]) -> Speech:
        if "Câu hỏng" in text:
            raise EngineError("Không đọc được câu", "bộ đọc dừng", "viết lại câu này")
        return read(engine, text, voice, pauses)

    monkeypatch.setattr(ToneEngine, "synthesize", stumble)
    return script


def test_a_failure_in_the_middle_keeps_nothing_else_from_being_made(
    approved: Path, stumbling: str
) -> None:
    made = make_all(approved)

    assert [(one.script, one.error.happened) for one in made.failed] == [(stumbling, "bộ đọc dừng")]
    assert len(made.done) == 5
    assert needing(look(approved).items) == (stumbling,)


def test_a_failure_is_told_at_once_and_the_whole_goes_on(approved: Path, stumbling: str) -> None:
    marks: list[Mark] = []
    make(desk_of(approved), scripts(approved), marks.append)

    of_it = [mark for mark in marks if mark.script == stumbling]
    assert 1.0 not in [mark.share for mark in of_it]
    assert [bool(mark.error) for mark in of_it] == [False] * (len(of_it) - 1) + [True]
    assert [mark.whole for mark in marks] == sorted(mark.whole for mark in marks)
    assert marks[-1].whole == pytest.approx(1.0)


def test_blocked_scripts_are_told_beside_what_was_made(approved: Path) -> None:
    ids = scripts(approved)
    edit(script_file(approved, ids[0]), "[nhạc hiệu]", "[nhạc lạ]")
    script_file(approved, ids[1]).unlink()
    made = make(desk_of(approved), ids)

    assert [one.script for one in made.failed] == ids[:2]
    assert "hiệu lệnh lạ" in str(made.failed[0].error)
    assert len(made.done) == 4


def test_a_recording_that_goes_on_the_way_is_an_error_to_read(
    approved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = scripts(approved)[0]
    recording = approved / "scripts/recordings/loi.wav"
    recording.parent.mkdir(exist_ok=True)
    recording.write_bytes(b"RIFF")
    edit(script_file(approved, script), "[nhạc hiệu]", "[ghi âm recordings/loi.wav]")
    open_reader = programme.open_reader

    def open_and_lose(*given: object) -> object:
        recording.unlink()
        return open_reader(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(render, "open_reader", open_and_lose)
    made = make(desk_of(approved), [script])

    assert "không có tệp ghi âm recordings/loi.wav" in str(made.failed[0].error)


def test_a_disk_that_refuses_is_told_for_every_item(
    approved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(finished, "write_portions", full)
    made = make_all(approved)

    assert len(made.failed) == 6
    assert {one.error.happened for one in made.failed} == {"ổ đĩa đã đầy, hết dung lượng"}


def test_stopping_keeps_what_is_finished(approved: Path) -> None:
    stop = Event()
    desk = desk_of(approved)

    def tell(mark: Mark) -> None:
        if mark.script == scripts(approved)[2] and mark.share > 0.3:
            stop.set()

    made = make(desk, scripts(approved), tell, stop)

    assert (len(made.done), made.failed, made.stopped) == (2, (), True)
    assert len(needing(production(desk, WEEK_ID).items)) == 4
    assert done("verify", approved / "out/audio", cwd=approved).status == 0


def test_stopping_before_the_beginning_makes_nothing(approved: Path) -> None:
    stop = Event()
    stop.set()

    assert make(desk_of(approved), scripts(approved), stop=stop) == Made((), (), stopped=True)
    assert not (approved / "out/audio").exists()


def test_progress_is_told_line_by_line_and_never_goes_back(approved: Path) -> None:
    """A long programme is one script: it must not take all of it to be stopped."""
    marks: list[Mark] = []
    lines = (f"NỮ: Tin {number}, mời bà con nghe.\n" for number in range(60))
    (approved / "scripts/dai.md").write_text(
        f"---\nid: dai\ntitle: Dài\n---\n{''.join(lines)}", encoding="utf-8"
    )
    make(desk_of(approved), ["dai"], marks.append)
    shares = [mark.share for mark in marks]

    assert shares == sorted(shares)
    assert len({one for one in shares if one < render.MAKING}) >= 60
