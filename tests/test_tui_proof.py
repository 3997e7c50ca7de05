"""A proofreader's suggestions are decided where they are met: in a script, in a plan."""

from __future__ import annotations

from pathlib import Path

from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.ask import AskDialog, ChooseDialog
from broadcast.tui.screens.plan import PlanScreen

from .helpers import done
from .test_tui_script import editing, looking_is_asked_for, said, saved, text
from .tui_pilot import LARGE, Driver, driven, opened

__all__ = ["looking_is_asked_for"]

BODY = "NỮ: Mời bà con ra ra nhà văn hóa.\nNAM: Đường dài có thị trấn, mời lên thị trấn hỏi.\n"
"""A word twice; a term that is no more, two times."""


def listed(ui: Driver) -> list[str]:
    assert isinstance(ui.app.screen, ChooseDialog)
    return [choice.label for choice in ui.app.screen.choices]


async def take(ui: Driver, words: str) -> None:
    """Choose the line of a list, then of a question, that has these words."""
    screen = ui.app.screen
    assert isinstance(screen, ChooseDialog | AskDialog)
    at = next(n for n, one in enumerate(screen.choices) if words in one.label)
    await ui.press(*["down"] * at, "enter")


@driven
async def test_a_suggestion_is_carried_out_and_one_step_takes_it_back(station: Path) -> None:
    async with editing(station, BODY) as ui:
        await ui.press("f6")
        assert [line.split(":")[0] for line in listed(ui)] == ["? dòng 1", *["? dòng 2"] * 2]
        await take(ui, "dòng 1")
        assert "Để nguyên chỗ này" in ui.text()
        await take(ui, "Sửa thành")
        assert text(ui).split("\n")[0] == "NỮ: Mời bà con ra nhà văn hóa."
        assert [line.split(":")[0] for line in listed(ui)] == ["? dòng 2"] * 2
        await ui.press("escape", "ctrl+z")
        assert text(ui) == BODY


@driven
async def test_what_is_left_alone_is_not_asked_about_again_until_taken_back(station: Path) -> None:
    async with editing(station, BODY) as ui:
        await ui.press("f6")
        await take(ui, "dòng 1")
        await take(ui, "Để nguyên")
        assert "Đã nhớ" in ui.app.screen.heading
        assert [line[:8] for line in listed(ui)] == ["? dòng 2", "? dòng 2", "↶ Hỏi lạ"]
        await take(ui, "Hỏi lại")
        assert [line[:8] for line in listed(ui)] == ["? dòng 1", "? dòng 2", "? dòng 2"]
        await ui.press("escape")
    assert Workspace(station).load_decisions().rejected == ()


@driven
async def test_words_are_never_asked_about_again_anywhere(station: Path) -> None:
    async with editing(station, BODY) as ui:
        await ui.press("f6")
        await take(ui, "dòng 2")
        await take(ui, "Không bao giờ hỏi")
        assert [line[:8] for line in listed(ui)] == ["? dòng 1", "↶ Hỏi lạ"]
        await take(ui, "dòng 1")
        await take(ui, "Sửa thành")
        assert said(ui).endswith("Không còn chỗ nào cần xem")
        await ui.press("ctrl+s")
        assert "ra ra" not in saved(station)
    assert [one.written for one in Workspace(station).load_decisions().ignored] == ["thị trấn"]


def plan_of(ui: Driver) -> PlanScreen:
    return next(s for s in ui.app.station_screens() if isinstance(s, PlanScreen))


@driven
async def test_a_plan_s_slip_is_mended_in_the_plan_and_undone(
    station: Path, tmp_path: Path
) -> None:
    document = tmp_path / "ke-hoach.txt"
    document.write_text(
        "KẾ HOẠCH\nTuyên truyền năm 2026\n\nI. NỘI DUNG TUYÊN TRUYỀN\n"
        "1. Tuyên truyền việc nộp hồ sơ tại tại trung tâm phục vụ.\n"
        "2. Tuyên truyền việc trả kết quả đúng hẹn.\n",
        encoding="utf-8",
    )
    done("plan", "import", document, "--id", "thu", cwd=station)
    async with opened(station, LARGE) as ui:
        await ui.press("3", "f6")
        await take(ui, "tại tại")
        await take(ui, "Sửa thành")
        if isinstance(ui.app.screen, ChooseDialog):
            await ui.press("escape")
        plan = Workspace(station).load_plan("thu")
        assert "tại tại" not in plan.topics[0].text
        await ui.press("ctrl+z")
        assert "tại tại" in Workspace(station).load_plan("thu").topics[0].text
        assert plan_of(ui).plan is not None
