"""No word is lost: two windows on one script, a killed program, a text that is left over."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.ask import AskDialog
from broadcast.workflow.desk import Desk
from broadcast.workflow.script_session import ScriptSession, pending

from .helpers import run_python
from .test_tui_script import BODY, ID, editing, said, saved, screen, shown, text, title, write
from .tui_pilot import driven, opened


@pytest.fixture(autouse=True)
def looking_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window looks at the files by itself while a test goes on."""
    monkeypatch.setattr("broadcast.tui.screens.script.WATCH_EVERY", 3600)


KILLED = """
import asyncio, os, signal
from pathlib import Path
from tests.tui_pilot import opened

async def go():
    async with opened(Path("dai")) as ui:
        ui.app.go("script", script="thu", row=1)
        await ui.settle()
        await ui.press("end")
        await ui.type(" Chưa lưu")
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(go())
"""


@driven
async def test_a_killed_program_gives_the_text_back_to_the_letter(station: Path) -> None:
    write(station)
    root = str(Path(__file__).resolve().parents[1])
    killed = run_python("-c", KILLED, cwd=station.parent, env={"PYTHONPATH": root})
    assert killed.status == -signal.SIGKILL
    assert saved(station).endswith(BODY)
    async with opened(station) as ui:
        ui.app.go("script", script=ID)
        await ui.settle()
        assert "NỮ: Kính thưa bà con. Chưa lưu\n" in text(ui)
        assert "Đã lấy lại chữ chưa lưu" in said(ui)
        assert "chưa lưu" in title(ui)
        assert screen(ui).area.cursor_location == (1, 30)
        await ui.press("ctrl+z")
        assert text(ui) == BODY
        assert "đã lưu" in title(ui)
        await ui.press("ctrl+y", "escape")
    assert "Chưa lưu\n" in saved(station)
    assert pending(Workspace(station)).texts == ()


@driven
async def test_two_windows_on_one_script_keep_both_edits(station: Path) -> None:
    async with editing(station, row=1) as one, opened(station) as other:
        other.app.go("script", script=ID, row=2)
        await other.settle()
        assert text(other) == BODY
        await one.press("end")
        await one.type(" Một.")
        await other.press("end")
        await other.type(" Hai.")
        await one.press("ctrl+s")
        await other.press("ctrl+s")
        one.app.call_later(screen(one).watch_files)  # in its own app's context
        await one.settle()
        both = "[nhạc hiệu]\nNỮ: Kính thưa bà con. Một.\nNAM: Ngày 25/11/2026 có 3 việc. Hai.\n"
        assert (text(one), text(other)) == (both, both)
        assert "gộp" in said(other)
        assert "đã lưu" in title(one)
        assert "đã lưu" in title(other)
    assert saved(station).endswith(both)


@driven
async def test_two_windows_in_the_same_row_keep_both_rows(station: Path) -> None:
    async with editing(station, row=1) as one, opened(station) as other:
        other.app.go("script", script=ID, row=1)
        await other.settle()
        for ui, told in ((one, " Một."), (other, " Hai.")):
            await ui.press("end")
            await ui.type(told)
        await one.press("escape")
        await other.press("ctrl+s")
        assert "NỮ: Kính thưa bà con. Hai.\n<!-- Bản ở cửa sổ kia: NỮ: Kính thưa" in text(other)
        assert "! 1 chỗ" in shown(other, "#meter")
        await other.press("ctrl+down", "home", "shift+down", "backspace")
        assert "cửa sổ kia" not in text(other)
        assert "! 1 chỗ" not in shown(other, "#meter")


@driven
async def test_what_is_typed_while_it_is_being_saved_stays_on_top_of_what_comes_in(
    station: Path,
) -> None:
    async with editing(station, row=1) as ui:
        area = screen(ui).area
        area.insert("A. ", (1, 4))
        screen(ui).changed()
        path = station / f"scripts/{ID}.md"
        path.write_text(path.read_text("utf-8").replace("3 việc", "4 việc"), "utf-8")
        screen(ui).save()
        area.insert("B. ", (1, 4))
        await ui.settle()
        assert text(ui) == BODY.replace("NỮ: ", "NỮ: B. A. ").replace("3 việc", "4 việc")
        assert "chưa lưu" in title(ui)
        await ui.press("ctrl+s")
    assert saved(station).endswith("NỮ: B. A. Kính thưa bà con.\nNAM: Ngày 25/11/2026 có 4 việc.\n")


@driven
async def test_a_text_that_cannot_be_kept_is_told_while_typing_goes_on(
    station: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    async with editing(station) as ui:
        monkeypatch.setattr(ScriptSession, "keep", refuse)
        await ui.type("a")
        assert "chưa giữ được trên đĩa" in said(ui)
        monkeypatch.undo()
        await ui.type("b")
        assert "chưa giữ được" not in said(ui)
        assert text(ui).startswith("ab")


def left(root: Path, *texts: str) -> None:
    """Texts that programs left which were killed one after the other."""
    sessions = [ScriptSession.open(Desk(Workspace(root)), ID) for _ in texts]
    for session, body in zip(sessions, texts, strict=True):
        session.keep(body, (0, 0))
        session._keeper._place._lock.release()  # type: ignore[union-attr] - as the system does


@pytest.mark.parametrize("keys", [(), ("down",)], ids=["merged", "thrown away"])
@driven
async def test_more_than_one_text_left_over_is_asked_about(
    station: Path, keys: tuple[str, ...]
) -> None:
    write(station)
    left(station, BODY.replace("Kính", "Một kính"), BODY.replace("3 việc", "3 việc, Hai"))
    async with opened(station) as ui:
        ui.app.go("script", script=ID)
        await ui.settle()
        assert isinstance(ui.app.screen, AskDialog)
        assert "Còn một bản khác chưa lưu" in ui.text()
        before = text(ui)
        await ui.press(*keys, "enter")
        assert ui.app.screen is screen(ui)
        words = [word for word in ("Một kính", "3 việc, Hai") if word in text(ui)]
        assert len(words) == (1 if keys else 2)
        assert (text(ui) == before) == bool(keys)
        await ui.press("escape")
    assert pending(Workspace(station)).texts == ()


@driven
async def test_what_is_typed_while_another_script_opens_is_saved(station: Path) -> None:
    write(station, "NỮ: Hai.\n", "hai", "Bài hai")
    async with editing(station, row=1) as ui:
        screen(ui).open_script("hai")
        screen(ui).area.insert("A. ", (1, 4))
        await ui.settle()
        assert text(ui) == "NỮ: Hai.\n"
    assert "NỮ: A. Kính thưa bà con." in saved(station)
    assert pending(Workspace(station)).texts == ()
