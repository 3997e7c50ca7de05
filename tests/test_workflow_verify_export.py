"""A stick that was exported, looked over: what is whole, what is still aired, what is not."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from broadcast.domain.week import VIETNAM, WeekId
from broadcast.publish.compare import STAGING, recovered
from broadcast.publish.manifest import MANIFEST
from broadcast.store.workspace import Workspace
from broadcast.workflow.progress import CancelledError, Progress, Step
from broadcast.workflow.share import export_week
from broadcast.workflow.site import write_page
from broadcast.workflow.verify import verify_paths
from broadcast.workflow.verify_export import Checked, ExportCheck

from .helpers import WEEK, airings, edit, run, script_file

W48 = WeekId(2026, 48)
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=VIETNAM)
MONDAY = "2026-11-23-t2/01-0530-cai-cach-hanh.mp3"
LISTS = {f"{WEEK}.ics", f"{WEEK}.m3u8", f"{WEEK}.txt", f"{WEEK}.docx"}


@pytest.fixture
def stick(rendered: Path) -> Path:
    """A stick with the week of the station beside it, in the folder "dai"."""
    folder = rendered.parent / "usb"
    export_week(Workspace(rendered), W48, folder, now=NOW)
    return folder


def looked_over(folder: Path, root: Path | None) -> list[Checked]:
    """The folder's files without their sound decoded."""
    check = ExportCheck(folder, recovered(folder), Workspace(root) if root else None, NOW)
    return [*map(check.look, check.files()), *check.of_folder()]


def not_current(folder: Path, root: Path) -> dict[str, tuple[str, list[str]]]:
    """State and problems of what is not in use as it stands, by path."""
    return {
        one.path.relative_to(folder).as_posix(): (one.state, [p.message for p in one.problems])
        for one in looked_over(folder, root)
        if one.state != "đang dùng"
    }


def week_file(stick: Path) -> Path:
    return stick.parent / f"dai/schedules/{WEEK}.yaml"


def test_a_fresh_stick_is_whole_approved_and_current(stick: Path) -> None:
    assert not_current(stick, stick.parent / "dai") == {}


def test_without_a_workspace_only_being_whole_is_told(stick: Path) -> None:
    assert {one.state for one in looked_over(stick, None)} == {"nguyên vẹn"}


def test_missing_changed_and_foreign_files_are_told_with_what_to_do(stick: Path) -> None:
    (stick / f"{WEEK}.m3u8").unlink()
    with (stick / MONDAY).open("r+b") as file:
        file.seek(5000)
        file.write(b"\0\0\0\0")
    (stick / "nhac.mp3").write_bytes(b"x")
    (stick / "ghi chep.txt").write_bytes(b"x")

    found = {one.path.name: one for one in looked_over(stick, stick.parent / "dai")}

    again = f"broadcast export {WEEK} --to {stick}"
    told = {
        name: (one.state, [p.suggestion for p in one.problems])
        for name, one in found.items()
        if one.state != "đang dùng"
    }
    assert told == {
        f"{WEEK}.m3u8": ("thiếu", [again]),
        Path(MONDAY).name: ("đã đổi", [f"xóa tệp này rồi xuất lại: {again}"]),
        "nhac.mp3": ("lạ", ["bỏ tệp này nếu không định phát"]),
        "ghi chep.txt": ("lạ", []),
    }


def test_a_moved_airing_makes_its_file_an_older_state(stick: Path) -> None:
    edit(week_file(stick), 'start: "05:30"', 'start: "06:00"')
    found = not_current(stick, stick.parent / "dai")
    assert found.keys() == {MONDAY, *LISTS}
    assert found[MONDAY][0] == "bản cũ"
    assert "T2 23/11 05:30" in found[MONDAY][1][0]
    assert found[MONDAY][1][0].endswith("đã dời sang T2 23/11 06:00")


def test_an_airing_that_was_renamed_is_gone_and_the_other_was_never_exported(stick: Path) -> None:
    edit(week_file(stick), "id: 2026-11-23-sang", "id: 2026-11-23-khac")
    found = not_current(stick, stick.parent / "dai")
    assert found[MONDAY] == ("bản cũ", [f"lượt T2 23/11 05:30 không còn trong tuần {WEEK}"])
    assert found["."][0] == "chưa có"
    assert found["."][1][0].startswith("T2 23/11 05:30 «")


def test_a_script_that_was_changed_is_not_approved_any_more(stick: Path) -> None:
    root = stick.parent / "dai"
    file = script_file(root, str(airings(root)[0]["script"]))
    file.write_text(file.read_text("utf-8") + "\nThêm một câu mới.\n", "utf-8")
    state, (why,) = not_current(stick, root)[MONDAY]
    assert (state, "chưa được duyệt (nháp)" in why) == ("bản cũ", True)


def test_a_lost_reading_is_told(stick: Path) -> None:
    shutil.rmtree(stick.parent / "dai/out/audio")
    state, (why,) = not_current(stick, stick.parent / "dai")[MONDAY]
    assert (state, "chưa đọc thành MP3" in why) == ("bản cũ", True)


def test_an_airing_that_got_another_programme_has_an_older_sound(stick: Path) -> None:
    root = stick.parent / "dai"
    first, second = (str(one["script"]) for one in airings(root)[:2])
    edit(week_file(stick), f"script: {first}", f"script: {second}")
    state, (why,) = not_current(stick, root)[MONDAY]
    assert (state, "bản đọc khác" in why) == ("bản cũ", True)


def test_a_stick_for_one_zone_is_judged_by_what_that_zone_hears(rendered: Path) -> None:
    target = rendered.parent / "usb"
    export_week(Workspace(rendered), W48, target, ["ban-lan"], now=NOW)
    assert not_current(target, rendered) == {}

    edit(rendered / f"schedules/{WEEK}.yaml", "[trung-tam, ban-lan,", "[trung-tam,")
    state, (why,) = not_current(target, rendered)[MONDAY]
    assert (state, "nay không phát ở đây" in why) == ("bản cũ", True)


@pytest.mark.parametrize("player", ["dm8", "amc", "dma1", "barix"])
def test_a_card_of_each_player_is_known_whatever_its_names(player: str, rendered: Path) -> None:
    target = rendered.parent / "the"
    export_week(Workspace(rendered), W48, target, now=NOW, player=player)
    assert not_current(target, rendered) == {}

    edit(rendered / f"schedules/{WEEK}.yaml", 'start: "05:30"', 'start: "06:00"')
    problems = [why for _, several in not_current(target, rendered).values() for why in several]
    assert sum("đã dời sang T2 23/11 06:00" in why for why in problems) == 1


def test_the_folder_of_the_page_is_judged_too(rendered: Path) -> None:
    target = rendered.parent / "trang"
    write_page(Workspace(rendered), [W48], target, now=NOW)
    assert {name: state for name, (state, _) in not_current(target, rendered).items()} == {
        one.path.name: "nguyên vẹn"
        for one in looked_over(target, rendered)
        if one.path.suffix in {".html", ".ics"}
    }

    edit(rendered / f"schedules/{WEEK}.yaml", 'start: "05:30"', 'start: "06:00"')
    assert not_current(target, rendered)[MONDAY][0] == "bản cũ"


def test_a_week_the_workspace_does_not_have_leaves_it_open(stick: Path) -> None:
    week_file(stick).unlink()
    found = not_current(stick, stick.parent / "dai")
    assert {state for name, (state, _) in found.items() if name != "."} == {"nguyên vẹn"}
    assert "không biết tuần 2026-W48 còn đúng hay không" in found["."][1][0]


def test_an_export_that_was_cut_off_is_told(stick: Path) -> None:
    (stick / STAGING).mkdir()
    assert not_current(stick, stick.parent / "dai")["."][1] == [
        "lần xuất trước bị cắt giữa chừng, chưa chép hết"
    ]


def test_a_damaged_manifest_is_told_and_the_sounds_are_still_looked_at(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(b'{"made_by": "broad')
    (tmp_path / "a.MP3").write_bytes(b"no sound")
    first, second = verify_paths([tmp_path])
    assert (first.path.name, first.state) == (MANIFEST, "đã đổi")
    assert (second.path.name, len(second.problems)) == ("a.MP3", 1)


def test_doing_what_is_told_makes_the_stick_current_again(stick: Path) -> None:
    root = stick.parent / "dai"
    (stick / f"{WEEK}.txt").unlink()
    (stick / f"{WEEK}.m3u8").write_bytes(b"#EXTM3U")
    edit(week_file(stick), 'start: "05:30"', 'start: "05:40"')
    edit(week_file(stick), "    slot: sang\n", "")

    for one in looked_over(stick, root):
        for problem in one.problems:
            if (problem.suggestion or "").startswith("xóa tệp này"):
                one.path.unlink()
    result = run("export", WEEK, "--to", stick, cwd=root)

    assert (result.status, not_current(stick, root)) == (0, {})


def test_looking_over_a_stick_tells_each_file_and_can_be_stopped(stick: Path) -> None:
    for sound in stick.rglob("*.mp3"):
        sound.unlink()
    steps: list[Step] = []
    verify_paths([stick], progress=Progress(steps.append))
    assert [(one.done, one.total) for one in steps] == [(n, 10) for n in range(1, 11)]

    stop = Event()
    stop.set()
    with pytest.raises(CancelledError):
        verify_paths([stick], progress=Progress(stop=stop))


def test_the_command_tells_every_file_in_words_and_as_json(stick: Path) -> None:
    for sound in stick.rglob("*.mp3"):
        if sound != stick / MONDAY:
            sound.unlink()
    root = stick.parent / "dai"

    told = run("verify", stick, cwd=root)
    rows = json.loads(run("verify", stick, "--json", cwd=root).out)

    assert told.status == 3
    assert f"{stick / MONDAY}: đang dùng" in told.out
    assert "5 thiếu" in told.err
    by_state = {row["state"] for row in rows}
    assert (by_state, len(rows)) == ({"đang dùng", "thiếu"}, 10)
    assert {row["export"] for row in rows} == {WEEK}
    assert rows[1]["mends"] == [f"broadcast export {WEEK} --to {stick}"]
