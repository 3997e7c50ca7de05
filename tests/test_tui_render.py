"""The audio screen by keys: reading, stopping, going elsewhere meanwhile, listening, errors."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from broadcast.errors import EngineError
from broadcast.speech.engine import Speech, Voice
from broadcast.speech.tone import ToneEngine
from broadcast.tui.dialogs.ask import ChooseDialog
from broadcast.tui.dialogs.listen import ListenDialog
from broadcast.tui.dialogs.message import ErrorDialog
from broadcast.tui.dialogs.quit import QuitDialog
from broadcast.tui.screens.render import RenderScreen
from broadcast.tui.screens.render_run import StopDialog
from broadcast.tui.widgets.nav import NavBar
from broadcast.vietnamese.pauses import Pause
from broadcast.workflow import production
from broadcast.workflow.desk import Desk
from broadcast.workflow.production import Made, Mark, Need

from .helpers import WEEK, airings, done, edit, script_file, shorten
from .players import SilentPlayer, player
from .tui_pilot import LARGE, Driver, driven, opened

__all__ = ["player"]


@pytest.fixture
def approved(brief: Path) -> Path:
    """How long the scripts are is of no account here, and short ones are read at once."""
    return brief


def screen_of(ui: Driver) -> RenderScreen:
    return next(s for s in ui.app.station_screens() if isinstance(s, RenderScreen))


def needs(ui: Driver) -> list[Need]:
    made = screen_of(ui).production
    assert made is not None
    return [item.need for item in made.items]


def nav(ui: Driver) -> str:
    return str(ui.app.screen.query_one(NavBar).render())


def scripts(root: Path) -> list[str]:
    return [one["script"] for one in airings(root)]


async def until(ui: Driver, reached: Callable[[], bool]) -> None:
    for _ in range(1000):
        if reached():
            return
        await ui.pilot.pause(0.01)
    raise AssertionError("it never came to that")


class SlowMaking:
    """A run that has read one script and a third of the next, until it may go on or is stopped."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.made = production.make
        self.runs = 0

    def __call__(
        self,
        desk: Desk,
        script_ids: Iterable[str],
        tell: Callable[[Mark], None],
        stop: threading.Event,
    ) -> Made:
        self.runs += 1
        ids = list(script_ids)
        tell(Mark(ids[0], 1.0, 0.25))
        for one in ids[1:2]:
            tell(Mark(one, 0.4, 0.25))
        while not self.go_on.wait(0.005):
            if stop.is_set():
                return Made((), (), stopped=True)
        return self.made(desk, ids, tell, stop)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowMaking:
    making = SlowMaking()
    monkeypatch.setattr(production, "make", making)
    monkeypatch.setattr(RenderScreen, "monotonic", staticmethod(lambda: 0.0))
    return making


async def begun(ui: Driver) -> RenderScreen:
    """Press F9 in the week, and wait until the run has told how far it is."""
    await ui.pilot.press("f9")
    await until(ui, lambda: "25%" in ui.text())
    return screen_of(ui)


@driven
async def test_f9_in_the_week_goes_there_and_reads_it(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("f9")
        assert ui.app.screen is screen_of(ui)
        assert set(needs(ui)) == {Need.NOTHING}
        assert "Đã đọc xong 6 kịch bản" in screen_of(ui).line()
        assert "● 6 có MP3" in ui.text()
    assert len(list((approved / "out/audio").glob("*.mp3"))) == 6


@driven
async def test_the_screen_is_one_digit_away_and_begins_nothing(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("4")
        assert ui.app.screen is screen_of(ui)
        assert set(needs(ui)) == {Need.NEW}
        assert "F5 đọc 6 kịch bản cần đọc" in screen_of(ui).line()
        await ui.press("escape")
        assert ui.app.screen is ui.week
    assert not (approved / "out/audio").exists()


@driven
async def test_f5_reads_all_that_need_it(rendered: Path) -> None:
    (rendered / f"out/audio/{scripts(rendered)[1]}.mp3").unlink()
    async with opened(rendered) as ui:
        await ui.press("4")
        assert needs(ui).count(Need.GONE) == 1
        assert "tệp MP3 đã mất" in ui.text()
        await ui.press("f5")
        assert set(needs(ui)) == {Need.NOTHING}
        assert "Đã đọc xong 1 kịch bản" in screen_of(ui).line()
        await ui.press("f5")
        assert "Không có gì cần đọc" in screen_of(ui).line()


@driven
async def test_only_chosen_ones_are_read(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("4", "space", "space", "up", "space")
        assert screen_of(ui).standing.chosen == {scripts(approved)[0]}
        assert "1 đã chọn" in ui.text()
        assert screen_of(ui).line() == "F5 đọc 1 kịch bản đã chọn"
        await ui.press("f5")
        assert needs(ui)[0] is Need.NOTHING
        assert set(needs(ui)[1:]) == {Need.NEW}
        assert screen_of(ui).standing.chosen == set()


@driven
async def test_what_need_not_be_read_cannot_be_chosen(rendered: Path) -> None:
    edit(script_file(rendered, scripts(rendered)[1]), "[nhạc hiệu]", "[nhạc lạ]")
    async with opened(rendered) as ui:
        await ui.press("4", "space")
        assert "không cần đọc lại" in screen_of(ui).line()
        await ui.press("down", "space")
        assert "Phải sửa kịch bản này trước" in screen_of(ui).line()
        assert screen_of(ui).standing.chosen == set()


@driven
async def test_drafts_are_read_and_marked(sample: Path) -> None:
    done("script", "assemble", "--week", WEEK, cwd=sample)
    shorten(sample)
    async with opened(sample) as ui:
        await ui.press("f9")
        assert "NHÁP đã đọc, chưa duyệt" in ui.text()
        assert "6 bản còn là NHÁP" in screen_of(ui).line()
    assert len(list((sample / "out/drafts").glob("*.mp3"))) == 6


@driven
async def test_a_run_shows_each_item_and_the_whole(approved: Path, slow: SlowMaking) -> None:
    async with opened(approved) as ui:
        screen = await begun(ui)
        text = ui.text()
        assert "● Cải cách hành chính" in text
        assert "vừa đọc xong" in text
        assert text.count("chờ đọc") == 4
        assert " 40%" in text
        assert "Đang đọc 1/6 (25%)" in text
        assert "Sản xuất 25%" in nav(ui)
        slow.go_on.set()
        await ui.settle()
        assert screen.run is None
        assert "%" not in nav(ui)


@driven
async def test_the_time_left_is_told(
    approved: Path, slow: SlowMaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter([0.0, *([30.0] * 1000)])
    monkeypatch.setattr(RenderScreen, "monotonic", staticmethod(lambda: next(seconds)))
    async with opened(approved) as ui:
        await begun(ui)
        assert "· 25%, còn khoảng 1:30" in ui.text()
        slow.go_on.set()
        await ui.settle()


@driven
async def test_escape_asks_and_stops(approved: Path, slow: SlowMaking) -> None:
    async with opened(approved) as ui:
        screen = await begun(ui)
        await ui.pilot.press("escape")
        assert isinstance(ui.app.screen, StopDialog)
        await ui.pilot.press("enter")
        assert ui.app.screen is screen
        assert screen.run is not None
        await ui.pilot.press("escape", "down", "enter")
        await ui.settle()
        assert screen.run is None
        assert screen.line().startswith("Đã dừng. Chưa đọc xong kịch bản nào")


@driven
async def test_a_run_that_ends_under_the_question_closes_it(
    approved: Path, slow: SlowMaking
) -> None:
    async with opened(approved) as ui:
        screen = await begun(ui)
        await ui.pilot.press("escape")
        slow.go_on.set()
        await ui.settle()
        assert ui.app.screen is screen


@driven
async def test_a_second_start_waits_for_the_first(approved: Path, slow: SlowMaking) -> None:
    async with opened(approved) as ui:
        screen = await begun(ui)
        await ui.pilot.press("f5")
        await until(ui, lambda: "chờ xong rồi" in screen.line())
        assert slow.runs == 1
        slow.go_on.set()
        await ui.settle()


@driven
async def test_it_goes_on_while_another_screen_is_shown(approved: Path, slow: SlowMaking) -> None:
    async with opened(approved) as ui:
        screen = await begun(ui)
        await ui.pilot.press("1")
        await until(ui, lambda: ui.app.screen is ui.week)
        assert "Sản xuất 25%" in nav(ui)
        slow.go_on.set()
        await ui.settle()
        assert "Sản xuất ✓" in nav(ui)
        assert ui.app.screen is ui.week
        await ui.press("4")
        assert "✓" not in nav(ui)
        assert set(needs(ui)) == {Need.NOTHING}
        assert screen.run is None


@driven
async def test_another_week_can_be_looked_at_meanwhile(approved: Path, slow: SlowMaking) -> None:
    async with opened(approved) as ui:
        screen = await begun(ui)
        await ui.pilot.press("pagedown")
        await until(ui, lambda: screen.production is not None and not screen.production.items)
        assert "Đang đọc 1/6 (25%) tuần 48" in screen.line()
        slow.go_on.set()
        await ui.settle()
        assert "Tuần 49" in ui.text()
        await ui.press("pageup")
        assert set(needs(ui)) == {Need.NOTHING}


@driven
async def test_its_end_leaves_the_week_that_others_show(approved: Path, slow: SlowMaking) -> None:
    async with opened(approved) as ui:
        await begun(ui)
        await ui.pilot.press("1")
        await until(ui, lambda: ui.app.screen is ui.week)
        await ui.pilot.press("pagedown")
        await until(ui, lambda: ui.week.week_id.number == 49)
        slow.go_on.set()
        await ui.settle()
        assert ui.app.office is not None
        assert ui.app.office.week.number == 49


@driven
async def test_quitting_while_it_runs_asks_and_can_be_declined(
    approved: Path, slow: SlowMaking
) -> None:
    async with opened(approved) as ui:
        screen = await begun(ui)
        await ui.pilot.press("ctrl+q")
        assert isinstance(ui.app.screen, QuitDialog)
        assert "còn 5 kịch bản" in ui.text()
        await ui.pilot.press("enter")
        assert ui.app.screen is screen
        slow.go_on.set()
        await ui.settle()
        assert set(needs(ui)) == {Need.NOTHING}


@pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "from the week"])
@driven
async def test_quitting_while_it_runs_stops_it_first(
    elsewhere: bool, approved: Path, slow: SlowMaking
) -> None:
    async with opened(approved) as ui:
        screen = await begun(ui)
        run = screen.run
        if elsewhere:
            await ui.pilot.press("1")
        await ui.pilot.press("ctrl+q", "down", "enter")
        await until(ui, lambda: ui.app._exit)
        assert run is not None
        assert run.stop.is_set()
        assert screen.run is None


@pytest.fixture
def stumbling(approved: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The second script of the week has a line that the engine cannot read."""
    script = scripts(approved)[1]
    read = ToneEngine.synthesize
    edit(script_file(approved, script), "NỮ: ", "NỮ: Câu hỏng [/]. ")

    def stumble(engine: ToneEngine, text: str, voice: Voice, pauses: Sequence[Pause]) -> Speech:
        if "Câu hỏng" in text:
            raise EngineError("Không đọc được câu", "bộ đọc dừng [/]", "viết lại câu này")
        return read(engine, text, voice, pauses)

    monkeypatch.setattr(ToneEngine, "synthesize", stumble)
    return script


@driven
async def test_a_failing_script_is_told_and_the_others_are_made(
    approved: Path, stumbling: str
) -> None:
    async with opened(approved, LARGE) as ui:
        await ui.press("f9")
        screen = ui.app.screen
        assert isinstance(screen, ErrorDialog)
        assert "bộ đọc dừng [/] → viết lại câu này" in str(screen.text)
        assert "5 kịch bản khác đã xong" in str(screen.text)
        await ui.press("escape", "down")
        assert "× Bà con chấm điểm" in ui.text()
        assert "bộ đọc dừng [/]" in ui.text().lower()
        assert needs(ui).count(Need.NOTHING) == 5
        await ui.press("ctrl+l")
        assert isinstance(ui.app.screen, ErrorDialog)


@driven
async def test_failures_wait_until_somebody_looks(
    approved: Path, stumbling: str, slow: SlowMaking
) -> None:
    async with opened(approved) as ui:
        await begun(ui)
        await ui.pilot.press("1")
        slow.go_on.set()
        await ui.settle()
        assert ui.app.screen is ui.week
        assert "Sản xuất !" in nav(ui)
        await ui.press("4")
        assert isinstance(ui.app.screen, ErrorDialog)
        await ui.press("escape", "1", "4")
        assert ui.app.screen is screen_of(ui)
        assert "!" not in nav(ui)


@driven
async def test_a_run_that_cannot_begin_is_told(
    approved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Made:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(production, "make", fail)
    async with opened(approved) as ui:
        await ui.press("f9")
        assert isinstance(ui.app.screen, ErrorDialog)
        assert "ổ đĩa đã đầy" in str(ui.app.screen.text).lower()
        assert screen_of(ui).run is None


@driven
async def test_no_error_can_be_looked_at_where_there_is_none(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("4", "ctrl+l")
        assert "không có lỗi nào" in screen_of(ui).line()


@driven
async def test_blocked_scripts_stay_and_say_what_to_mend(approved: Path) -> None:
    edit(script_file(approved, scripts(approved)[1]), "[nhạc hiệu]", "[nhạc lạ]")
    async with opened(approved) as ui:
        await ui.press("f9")
        assert "1 kịch bản phải sửa: F6 xem" in screen_of(ui).line()
        await ui.press("down")
        assert "hiệu lệnh lạ [nhạc lạ]" in ui.text()
        await ui.press("enter")
        assert isinstance(ui.app.screen, ChooseDialog)
        assert "hiệu lệnh lạ [nhạc lạ]" in ui.text()
        await ui.press("escape")
        assert ui.app.screen is screen_of(ui)


@driven
async def test_findings_open_the_script_at_their_line(
    approved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = scripts(approved)[0]
    edit(script_file(approved, script), "[nhạc hiệu]", "[nhạc lạ]")
    lines = script_file(approved, script).read_text(encoding="utf-8").splitlines()
    row = lines.index("[nhạc lạ]") + 1
    gone: list[tuple[str, object]] = []
    async with opened(approved) as ui:
        await ui.press("4")
        monkeypatch.setattr(ui.app, "go", lambda mode, **what: gone.append((mode, what)))
        await ui.press("f6", "enter", "f4")
        assert screen_of(ui).line() == f"scripts/{script}.md, dòng {row}"

    assert gone == [("script", {"script": script, "row": row})] * 2


@driven
async def test_a_script_that_cannot_be_opened_says_why(approved: Path) -> None:
    script_file(approved, scripts(approved)[0]).unlink()
    async with opened(approved) as ui:
        await ui.press("4")
        assert "không mở được kịch bản" in ui.text()
        await ui.press("f6")
        assert isinstance(ui.app.screen, ErrorDialog)
        assert scripts(approved)[0] in str(ui.app.screen.text)


@driven
async def test_nothing_to_look_at_is_said(approved: Path) -> None:
    (approved / "scripts/tin.md").write_text(
        "---\nid: tin\ntitle: Tin\n---\nNỮ: Xin chào.\n", encoding="utf-8"
    )
    week = next((approved / "schedules").glob("2026-W48.yaml"))
    edit(week, scripts(approved)[0], "tin")
    async with opened(approved) as ui:
        await ui.press("4", "f6")
        assert "không có điểm nào cần xem" in screen_of(ui).line()


@pytest.mark.parametrize("key", ["f9", "enter"])
@driven
async def test_a_finished_file_is_heard(key: str, rendered: Path, player: SilentPlayer) -> None:
    async with opened(rendered) as ui:
        await ui.press("4", key)
        assert isinstance(ui.app.screen, ListenDialog)
        made = screen_of(ui).production
        assert made is not None
        seconds = made.items[0].seconds
        assert [n / rate for n, rate in player.played] == [pytest.approx(seconds, abs=0.1)]
        await ui.press("escape")
        assert ui.app.screen is screen_of(ui)


@driven
async def test_what_has_no_file_cannot_be_heard(approved: Path, player: SilentPlayer) -> None:
    async with opened(approved) as ui:
        await ui.press("4", "f9")
        assert "F5 đọc trước" in screen_of(ui).line()
    assert player.played == []


@driven
async def test_an_older_file_says_that_it_is(rendered: Path, player: SilentPlayer) -> None:
    edit(script_file(rendered, scripts(rendered)[0]), "Kính thưa bà con", "Thưa bà con")
    async with opened(rendered) as ui:
        await ui.press("4")
        assert "NHÁP, lời hoặc giọng đã đổi" in ui.text()
        await ui.press("f9")
        assert "Nghe bản cũ của «Cải cách hành chính" in ui.text()


@driven
async def test_an_empty_week_says_what_comes_first(station: Path) -> None:
    async with opened(station) as ui:
        await ui.press("4")
        assert "Tuần này chưa có lượt phát nào" in ui.text()
        for key in ("space", "enter", "f4", "f5", "f6", "f9"):
            await ui.press(key)
            assert ui.app.screen is screen_of(ui), key


@driven
async def test_a_week_without_scripts_says_what_comes_first(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("4")
        assert "6 lượt phát nhưng chưa có kịch bản nào" in ui.text()
        assert "F7 soạn kịch bản" in screen_of(ui).line()


@driven
async def test_weeks_are_turned_and_shared_with_the_other_screens(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("4", "pagedown", "pagedown")
        assert "Tuần 50" in ui.text()
        await ui.press("escape")
        assert ui.week.week_id.number == 50
        await ui.press("4", "ctrl+home")
        assert "Tuần 48" in ui.text()
        assert "tuần này" in ui.text()


@driven
async def test_a_week_that_cannot_be_read_is_told_in_place(approved: Path) -> None:
    file = approved / "schedules/2026-W48.yaml"
    good = file.read_text(encoding="utf-8")
    async with opened(approved) as ui:
        await ui.press("4")
        file.write_text("airings: [", encoding="utf-8")
        await ui.press("ctrl+r", "f5")
        assert "Cách xử lý" in ui.text() or "2026-W48.yaml" in ui.text()
        assert screen_of(ui).production is None
        file.write_text(good, encoding="utf-8")
        await ui.press("ctrl+r")
        assert "Đã xem lại tệp" in screen_of(ui).line()
        assert set(needs(ui)) == {Need.NEW}


@driven
async def test_what_others_change_is_noticed(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("4")
        (rendered / f"out/audio/{scripts(rendered)[0]}.mp3").unlink()
        screen_of(ui).watch_files()
        await ui.settle()
        assert needs(ui)[0] is Need.GONE


@driven
async def test_a_click_chooses_a_line_and_plays_nothing(
    rendered: Path, player: SilentPlayer
) -> None:
    async with opened(rendered) as ui:
        await ui.press("4")
        await ui.pilot.click("#items", offset=(10, 2))
        await ui.settle()
        assert screen_of(ui).items.highlighted == 2
        assert ui.app.screen is screen_of(ui)
    assert player.played == []
