"""Keys that the station gives its actions: read, refused, shown everywhere, and working."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.store.workspace import Workspace
from broadcast.tui.actions import ACTIONS
from broadcast.tui.actions.model import Where, key_name
from broadcast.tui.dialogs.help import HelpDialog
from broadcast.tui.dialogs.message import ErrorDialog
from broadcast.tui.keyboard import Keyboard, current, read_key, understood

from .tui_pilot import LARGE, Driver, driven, opened


def write_screen(root: Path, text: str) -> int:
    """Give the station a section `screen:`; the number of its first line."""
    path = root / "schedules/station.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + text, encoding="utf-8")
    return before.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("F5", "f5"), ("ctrl+e", "ctrl+e"), ("Ctrl+E", "ctrl+e"), ("CTRL-E", "ctrl+e"),
        ("Shift+Ctrl+Left", "ctrl+shift+left"), ("PgUp", "pageup"), ("phím cách", "space"),
        ("Alt+S", "alt+s"), ("Alt+2", "trade_mark_sign"), ("Del", "delete"), ("a", "a"),
        ("A", "A"), ("7", "7"), ("ctrl+→", "ctrl+right"),
        ("f99", None), ("", None), ("ctrl+", None), ("bấm", None), ("f5 f6", None), ("?", None),
    ],
)  # fmt: skip
def test_keys_are_read_as_people_write_them(text: str, key: str | None) -> None:
    assert read_key(text) == key


def test_every_key_that_is_shown_can_be_written() -> None:
    for action in ACTIONS:
        assert [read_key(key_name(key)) for key in action.keys] == list(action.keys)


@given(st.text(max_size=12))
def test_anything_written_is_a_key_or_not(text: str) -> None:
    key = read_key(text)
    assert key is None or read_key(key_name(key)) == key


def _told(**wanted: tuple[str, ...]) -> list[str]:
    keys, troubles = understood({name.replace("__", "."): k for name, k in wanted.items()})
    assert not {one.action for one in troubles} & keys.keys()
    return [f"{one.action}: {one.message}" for one in troubles]


def test_an_action_or_key_that_is_not_there_is_told() -> None:
    assert _told(week__fil=("f4",)) == ["week.fil: không có việc nào tên 'week.fil'"]
    assert _told(week__fill=("f4x",)) == ["week.fill: không có phím 'f4x'"]
    assert _told(week__fill=()) == ["week.fill: chưa ghi phím nào cho week.fill"]


def test_a_key_another_action_of_the_screen_has_is_told() -> None:
    assert _told(week__fill=("f6",)) == [
        "week.fill: phím F6 đang dùng cho việc «Kiểm tra tuần» (week.check)"
    ]
    assert "app.help" in _told(week__fill=("f1",))[0]
    assert "week.add" in _told(app__help=("insert",))[0]


def test_a_key_of_another_screen_can_be_taken() -> None:
    assert _told(start__create=("f6",)) == []


def test_two_actions_may_change_their_keys() -> None:
    keys, troubles = understood({"week.fill": ("F6",), "week.check": ("F5", "ctrl+x")})
    assert (keys, troubles) == ({"week.fill": ("f6",), "week.check": ("f5", "ctrl+x")}, [])


def test_one_that_is_left_out_takes_its_own_keys_from_nobody() -> None:
    keys, troubles = understood({"week.fill": ("f6",), "week.check": ("f4x",)})
    assert keys == {}
    assert [one.action for one in troubles] == ["week.check", "week.fill"]


def test_keys_for_moving_and_typing_cannot_be_given_away() -> None:
    for key in ("Esc", "Enter", "Tab", "left", "backspace", "ctrl+m", "ctrl+i"):
        assert len(_told(week__fill=(key,))) == 1
    assert len(_told(app__help=("h",))) == 1
    assert _told(week__open=("enter", "ctrl+x")) == []


ID = st.sampled_from([action.id for action in ACTIONS] + ["week.nothing"])
KEY = st.sampled_from(["f1", "f4", "F5", "f6", "Ctrl+X", "a", "x", "enter", "none", "PgUp"])


@given(st.dictionaries(ID, st.lists(KEY, min_size=1, max_size=2).map(tuple), max_size=5))
def test_whatever_is_written_no_screen_has_a_key_twice(wanted: dict[str, tuple[str, ...]]) -> None:
    taken, troubles = understood(wanted)
    assert taken.keys() | {one.action for one in troubles} == wanted.keys()
    assert not taken.keys() & {one.action for one in troubles}
    keyboard = Keyboard(taken)
    places: tuple[Where, ...] = ("week", "start")
    for where in places:
        keys = [k for a in ACTIONS if a.where in {where, "app"} for k in keyboard.keys(a)]
        assert len(keys) == len(set(keys))


def test_texts_name_the_stations_keys() -> None:
    keyboard = Keyboard({"week.fill": ("f6",), "week.check": ("f5",), "week.export": ("alt+x",)})
    told = keyboard.told("F5 xếp, F6 kiểm, Ctrl+E xuất; F1 giúp, F12, Ctrl+F5", "week")
    assert told == "F6 xếp, F5 kiểm, Alt+X xuất; F1 giúp, F12, Ctrl+F5"
    assert keyboard.told("F5 tạo", "start") == "F5 tạo"


SCREEN = "screen:\n  theme: sang\n  keys:\n    week.add: [f4, Ctrl+X]\n    week.move: f2\n"


@driven
async def test_a_given_key_works_and_the_old_one_does_not(sample: Path) -> None:
    write_screen(sample, SCREEN)
    async with opened(sample) as ui:
        assert ui.app.theme == "sang"
        for key in ("f4", "ctrl+x"):
            await ui.press(key)
            assert "Thêm lượt phát" in ui.text()
            await ui.press("escape")
        before = ui.text()
        await ui.press("insert", "a")
        assert ui.app.screen is ui.week
        assert ui.text() == before


@driven
async def test_a_given_key_is_shown_in_footer_palette_help_and_hints(station: Path) -> None:
    write_screen(station, SCREEN + "    week.import_plan: ctrl+f\n    week.fill: alt+x\n")
    async with opened(station, LARGE) as ui:
        assert "Việc đầu tiên: Ctrl+F nhập kế hoạch" in ui.text()
        footer = ui.text().splitlines()[-1]
        assert footer.startswith("F1 Giúp F3 Tìm F4 Thêm F6 Kiểm")
        assert "Alt+X Xếp" in footer
        await ui.press("f1")
        assert isinstance(ui.app.screen, HelpDialog)
        told = str(ui.app.screen.text)
        assert "F4, Ctrl+X · Thêm lượt phát vào ô đang chọn" in told
        assert "Ctrl+F nhập kế hoạch, Alt+X xếp lịch" in told
        await ui.press("escape", "f3")
        await ui.type("them luot")
        await ui.pilot.pause(0.3)
        assert "F4, Ctrl+X" in ui.text()


WRONG = """\
screen:
  theme: xanh
  keys:
    week.fil: f4
    week.fill: f6
    week.go_to: ctrl+f
"""


@driven
async def test_what_is_wrong_is_told_once_with_its_line_and_the_rest_works(station: Path) -> None:
    first = write_screen(station, WRONG)
    async with opened(station, LARGE) as ui:
        assert isinstance(ui.app.screen, ErrorDialog)
        lines = [problem.line for problem in ui.app.screen.error.problems]
        assert lines == [first + 1, first + 3, first + 4]
        assert f"schedules/station.yaml:{first + 3}: không có việc nào tên" in ui.text()
        await ui.press("escape", "ctrl+f")
        assert "Đến tuần có ngày" in ui.text()
        await ui.press("escape")
        assert ui.app.theme == "toi"


async def _theme_after(ui: Driver) -> str:
    await ui.press("f12")
    return ui.app.theme


@driven
async def test_colours_are_remembered_and_nothing_is_said_to_have_changed(station: Path) -> None:
    async with opened(station) as ui:
        line = ui.hint
        assert await _theme_after(ui) == "sang"
        ui.week.watch_files()
        await ui.settle()
        assert ui.hint == line
    assert Workspace(station).load_station().screen.theme == "sang"
    async with opened(station) as ui:
        assert ui.app.theme == "sang"


@driven
async def test_colours_change_also_where_they_cannot_be_remembered(station: Path) -> None:
    async with opened(station) as ui:
        path = station / "schedules/station.yaml"
        path.write_text("id: [", encoding="utf-8")
        assert await _theme_after(ui) == "sang"
        assert ui.app.screen is ui.week
        assert path.read_text(encoding="utf-8") == "id: ["


@driven
async def test_each_app_has_its_own_keyboard(station: Path, tmp_path: Path) -> None:
    shutil.copytree(station, tmp_path / "khac")
    write_screen(station, SCREEN)
    async with opened(station) as one, opened(tmp_path / "khac") as other:
        assert one.app.keyboard.key_of("week.add") == "F4"
        assert other.app.keyboard.key_of("week.add") == "F2"
    assert current().own == {}
