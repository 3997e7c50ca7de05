"""The shell: one registry of actions, palette, help, themes, errors, Vietnamese input, start."""

from __future__ import annotations

import unicodedata
from importlib import import_module
from pathlib import Path

import pytest
from rich.text import Text
from textual.binding import Binding
from textual.command import CommandPalette
from textual.events import Key, Paste
from textual.widgets import Static

from broadcast.domain.wording import STATE_SIGNS
from broadcast.errors import InputError, Problem
from broadcast.tui.actions import ACTIONS, SCREENS, Where, actions_of, bindings, key_name
from broadcast.tui.app import SCREENS as APP_SCREENS
from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.dialogs.help import HelpDialog, help_text
from broadcast.tui.dialogs.message import ErrorDialog, error_text
from broadcast.tui.hints import in_keys
from broadcast.tui.jobs import told_error
from broadcast.tui.palette import best
from broadcast.tui.screens.start import StartScreen
from broadcast.tui.screens.week import WeekScreen
from broadcast.tui.themes import NAMES, THEMES
from broadcast.tui.widgets.fields import Field

from .helpers import edit, run, run_python
from .tui_pilot import driven, make_app, opened

SCREEN_CLASSES = {
    mode: getattr(import_module(where.split(":")[0]), where.split(":")[1])
    for mode, (_, where) in APP_SCREENS.items()
}
"""The class of each screen of a station, by its mode."""


def test_ids_and_keys_of_actions_are_given_once_on_each_screen() -> None:
    ids = [action.id for action in ACTIONS]
    assert len(ids) == len(set(ids))
    for where in SCREENS:
        keys = [key for action in actions_of(where, "app") for key in action.keys]
        assert len(keys) == len(set(keys))


def test_every_action_has_a_function_ctrl_or_plain_key_before_any_letter() -> None:
    assert [action.id for action in ACTIONS if len(action.keys[0]) == 1] == []


def test_every_action_is_there_to_be_called() -> None:
    for action in ACTIONS:
        name = f"action_{action.call.removeprefix('app.').partition('(')[0]}"
        owners = {"start": StartScreen, **SCREEN_CLASSES}
        owner = owners.get(action.where) or type(make_app(Path("nowhere")))
        assert hasattr(owner, name), action.id


def test_every_binding_has_an_id_to_be_remapped_by() -> None:
    found = [b for b in bindings("week", "app") if isinstance(b, Binding)]
    assert {b.id for b in found} == {action.id for action in actions_of("week", "app")}


@pytest.mark.parametrize("where", SCREENS)
def test_the_footer_fits_the_small_window(where: Where) -> None:
    shown = [a for a in actions_of(where, "app") if a.short]
    width = sum(len(key_name(a.keys[0]).replace("Ctrl+", "^")) + len(a.short) + 2 for a in shown)
    assert width - 1 <= 80


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("lich", "Chép lịch tuần trước"),
        ("duyet kich ban", "Duyệt kịch bản của tuần"),
        ("Duyệt", "Duyệt kịch bản của tuần"),
        ("doc thanh tep", "Đọc kịch bản thành tệp MP3"),
        (unicodedata.normalize("NFD", "Thoát"), "Thoát"),
    ],
)
def test_the_palette_finds_with_and_without_accents(typed: str, label: str) -> None:
    assert label in [action.label for _, action in best(typed, ACTIONS)]


def test_the_palette_finds_every_action_by_its_folded_label() -> None:
    for action in ACTIONS:
        assert best(action.label, ACTIONS)[0][1] in {a for a in ACTIONS if a.label == action.label}


@driven
async def test_the_palette_does_what_was_found(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f3")
        assert isinstance(ui.app.screen, CommandPalette)
        await ui.type("tuan sau")
        await ui.pilot.pause(0.3)
        await ui.press("enter")
        await ui.pilot.pause(0.3)
        await ui.settle()
        assert str(ui.week.week_id) == "2026-W49"


@driven
async def test_f1_is_about_the_screen_also_from_a_dialog(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+g", "f1")
        assert isinstance(ui.app.screen, HelpDialog)
        assert SCREENS["week"][:30] in str(ui.app.screen.text)
        await ui.press("f1", "escape", "escape")
        assert ui.app.screen is ui.week


@pytest.mark.parametrize("where", list(SCREENS))
def test_help_tells_every_action_and_sign(where: str) -> None:
    told = str(help_text(where))  # type: ignore[arg-type]
    assert [a.label for a in actions_of(where, "app") if a.label not in told] == []  # type: ignore[arg-type]
    assert where != "week" or all(sign in told for sign in STATE_SIGNS.values())


@driven
async def test_a_key_goes_through_the_themes_and_around(sample: Path) -> None:
    async with opened(sample) as ui:
        seen = [ui.app.theme]
        for _ in THEMES:
            await ui.press("f12")
            seen.append(ui.app.theme)
        assert seen == [*NAMES, "toi"]


def test_errors_tell_what_happened_every_problem_and_what_to_do_in_keys() -> None:
    error = InputError(
        "Hỏng", "có hai chỗ", "broadcast week fill 2026-W48", [Problem("[/] a", "b")]
    )
    told = str(error_text(error))
    assert told == "Có hai chỗ\n  • b: [/] a\n\nCách xử lý: nhấn F5"


def test_any_error_is_one_the_officer_can_read() -> None:
    assert told_error(RuntimeError("x")).title == "Chương trình gặp lỗi ngoài dự kiến"
    assert told_error(PermissionError(13, "x")).mend


def test_commands_that_errors_name_become_keys() -> None:
    assert in_keys('duyệt: broadcast script approve a-b --by "HỌ TÊN"') == "duyệt: nhấn F8"


@driven
async def test_markup_in_texts_is_shown_to_the_letter(approved: Path) -> None:
    script = next((approved / "scripts").glob("2026-*.md"))
    edit(script, "title: ", "title: '[/] [b]đậm[/b] ' #")
    async with opened(approved) as ui:
        assert "[/] [b]đậm[/b]".split(maxsplit=1)[0] in ui.text()
        ui.app.push_screen(ErrorDialog(InputError("[/] x", "[nhạc hiệu] kêu [/]")))
        await ui.settle()
        assert "[/] x" in ui.text()
        assert "[nhạc hiệu] kêu [/]" in ui.text()
        await ui.press("escape")
        ui.app.push_screen(AskDialog("[b]", "[/i]", [Choice(1, "[nhạc hiệu]", "[/]")]))
        await ui.settle()
        assert all(one in ui.text() for one in ("[b]", "[/i]", "[nhạc hiệu]", "[/]"))


@driven
async def test_escape_codes_in_a_script_do_not_reach_the_terminal(approved: Path) -> None:
    script = next((approved / "scripts").glob("2026-*.md"))
    edit(script, "NỮ: ", "NỮ: \x1b[31mđỏ\x1b[0m ")
    async with opened(approved) as ui:
        for _ in range(7):
            await ui.press("enter")
            assert "\x1b" not in ui.text()
            await ui.press("escape", "right")


@driven
async def test_decomposed_text_is_composed_when_pasted_and_typed(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f2")
        field = ui.app.screen.query_one(Field)
        field.post_message(Paste(unicodedata.normalize("NFD", "Việt")))
        await ui.settle()
        assert field.value == "Việt"
        assert field.cursor_position == 4
        await ui.press("backspace", "backspace")
        assert field.value == "Vi"
        for letter in unicodedata.normalize("NFD", "ệ"):
            field.post_message(Key(letter, letter))
        await ui.settle()
        assert field.value == "Việ"
        assert field.cursor_position == 3


@driven
async def test_words_an_input_method_commits_arrive_whole(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f2")
        field = ui.app.screen.query_one(Field)
        for word, sent in (("nghiêng", "nghie"), ("chương trình", "chuo")):
            field.value = ""
            await ui.type(sent)
            await ui.press(*["backspace"] * 2)
            await ui.type(word[len(sent) - 2 :])
            assert field.value == word


def test_kitty_keys_are_off_before_textual_is_loaded_unless_the_user_says_otherwise(
    tmp_path: Path,
) -> None:
    code = "import broadcast.tui.app; from textual import constants; print({})"
    asked = code.format("constants.DISABLE_KITTY_KEY")
    assert run_python("-c", asked, cwd=tmp_path).out == "True\n"
    env = {"TEXTUAL_DISABLE_KITTY_KEY": "0"}
    assert run_python("-c", asked, cwd=tmp_path, env=env).out == "False\n"


def test_nothing_heavy_is_loaded_before_the_first_picture(tmp_path: Path) -> None:
    heavy = "numpy yaml jinja2 icalendar pydub broadcast.workflow.render broadcast.workflow.desk"
    code = "import sys, broadcast.tui.app; print(sorted(set('{}'.split()) & set(sys.modules)))"
    assert run_python("-c", code.format(heavy), cwd=tmp_path).out == "[]\n"


def test_without_a_terminal_bare_broadcast_refuses_and_names_what_to_do(tmp_path: Path) -> None:
    result = run(cwd=tmp_path)
    assert result.status == 2
    assert "phải nêu một lệnh" in result.err
    assert "broadcast --help" in result.err


@driven
async def test_an_empty_folder_leads_to_a_station(tmp_path: Path) -> None:
    async with opened(tmp_path) as ui:
        assert isinstance(ui.app.screen, StartScreen)
        await ui.press("enter")
        assert "Ghi tên xã" in str(ui.app.screen.query_one("#wrong", Static).content)
        await ui.type("xã Đông Thử")
        await ui.press("enter", "enter")
        assert isinstance(ui.app.screen, WeekScreen)
        assert "Ctrl+K" in ui.hint
    assert "xã Đông Thử" in (tmp_path / "schedules/station.yaml").read_text("utf-8")


@driven
async def test_ctrl_q_leaves(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.pilot.press("ctrl+q")
        assert ui.app._exit


def test_texts_of_the_registry_hold_no_markup() -> None:
    for action in ACTIONS:
        assert Text.from_markup(action.label + action.help).plain == action.label + action.help


@driven
async def test_a_key_in_the_line_of_keys_can_be_clicked(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.pilot.click("#keys", offset=(1, 0))
        await ui.settle()
        assert isinstance(ui.app.screen, HelpDialog)


@pytest.mark.parametrize("where", sorted(APP_SCREENS))
def test_every_screen_has_all_that_its_base_leaves_to_it(where: str) -> None:
    module, _, name = APP_SCREENS[where][1].partition(":")
    screen = getattr(import_module(module), name)
    parts = [getattr(screen, part, None) for part in dir(screen)]
    assert [one for one in parts if getattr(one, "__isabstractmethod__", False)] == []
