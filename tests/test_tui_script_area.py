"""The script's editor as a widget: Vietnamese input, whole undo, rows by the thousand."""

from __future__ import annotations

import asyncio
import sys
import unicodedata
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.document._document import Document
from textual.events import Key, Paste
from textual.pilot import Pilot

from broadcast.tui.screens import script
from broadcast.tui.widgets.rows_area import WrappedRows, breaks, visible
from broadcast.tui.widgets.script_area import ScriptArea
from broadcast.tui.widgets.spoken_area import Patch, Said, SpokenArea, patch

from .tui_pilot import driven

CSS = Path(script.__file__).with_name("script.tcss")
ROW = "NỮ: Kính thưa bà con, mời bà con nghe cách nộp hồ sơ qua mạng tại nhà, không phải đi xa."
LETTERS = st.text(st.sampled_from("aeêệ\u0302\u0323 Đ[]:\tw漢\x1b"), max_size=12)
TEXTS = st.lists(LETTERS, min_size=1, max_size=6).map("\n".join)


class Alone(App[None]):
    """The editor, and nothing else."""

    CSS_PATH = CSS
    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+z", "undo", ""), ("ctrl+y", "redo", "")]

    def action_undo(self) -> None:
        self.area.action_undo()

    def action_redo(self) -> None:
        self.area.action_redo()

    def compose(self) -> ComposeResult:
        yield ScriptArea("script")

    @property
    def area(self) -> ScriptArea:
        return self.query_one(ScriptArea)


Steps = Callable[[Alone, Pilot[None]], Awaitable[None]]


def edited(text: str, steps: Steps) -> ScriptArea:
    """The editor after some steps, beginning with a text."""

    async def go() -> ScriptArea:
        app = Alone()
        async with app.run_test(size=(40, 12)) as pilot:
            app.area.load_text(text)
            app.area.focus()
            await pilot.pause()
            await steps(app, pilot)
            await pilot.pause()
            return app.area

    return asyncio.run(go())


def typed(text: str, *keys: str) -> ScriptArea:
    """The editor after keys were pressed at the end of a text."""

    async def steps(app: Alone, pilot: Pilot[None]) -> None:
        app.area.action_bottom()
        await pilot.press(*keys)

    return edited(text, steps)


# Input


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ([*"nghie", "backspace", "backspace", *"iêng"], "nghiêng"),
        ([*"chuo", *["backspace"] * 2, *"ươ", *"ng trin", *["backspace"] * 2, *"ình"],
         "chương trình"),
        (["ệ", "backspace", "e"], "e"),
    ],
)  # fmt: skip
def test_what_an_input_method_sends_arrives_whole(keys: list[str], word: str) -> None:
    area = typed("NỮ: ", *["space" if key == " " else key for key in keys])
    assert area.text == f"NỮ: {word}"


def test_letters_of_bindings_elsewhere_are_typed() -> None:
    assert typed("", *"acmnuvx12345").text == "acmnuvx12345"


def test_a_mark_that_comes_alone_joins_its_letter_and_backspace_takes_both() -> None:
    async def steps(app: Alone, pilot: Pilot[None]) -> None:
        app.area.action_bottom()
        for letter in unicodedata.normalize("NFD", "ệ"):
            app.area.post_message(Key(letter, letter))
            await pilot.pause()
        assert app.area.text == "việ"
        assert app.area.cursor_location == (0, 3)
        await pilot.press("backspace")

    assert edited("vi", steps).text == "vi"


def test_what_is_pasted_is_composed_and_has_the_script_s_line_ends() -> None:
    async def steps(app: Alone, pilot: Pilot[None]) -> None:
        app.area.action_bottom()
        app.post_message(Paste(unicodedata.normalize("NFD", "Việt\r\nNam\x85ở\u2028xa\u2028")))
        await pilot.pause()

    area = edited("NỮ: ", steps)
    assert area.text == "NỮ: Việt\nNam\nở\nxa\n"
    assert area.cursor_location == (4, 0)


def test_cutting_and_pasting_inside_the_text() -> None:
    area = typed("một hai", "ctrl+shift+left", "ctrl+x", "home", "ctrl+v")
    assert area.text == "haimột "


def test_copying_leaves_the_text_and_pasting_repeats_it() -> None:
    assert typed("một", "ctrl+a", "ctrl+c", "end", "ctrl+v").text == "mộtmột"


def test_one_step_back_takes_a_word_as_it_was_typed_with_its_backspaces() -> None:
    keys = [*"nghie", "backspace", "backspace", *"iêng"]
    assert typed("NỮ: ", *keys, "ctrl+z").text == "NỮ: "
    assert typed("NỮ: ", *keys, "ctrl+z", "ctrl+y").text == "NỮ: nghiêng"


def test_everything_that_was_typed_can_be_taken_back() -> None:
    async def steps(app: Alone, pilot: Pilot[None]) -> None:
        for at in range(200):
            app.area.insert(f"dòng {at}\n", (0, 0))
        while app.area.history.undo_stack:
            app.area.undo()
        await pilot.pause()

    assert edited("gốc", steps).text == "gốc"


@settings(max_examples=30)
@given(st.data())
def test_any_edits_leave_composed_text_that_stands_where_a_fresh_layout_puts_it(data: Any) -> None:
    start = unicodedata.normalize("NFC", data.draw(TEXTS))

    async def steps(app: Alone, _pilot: Pilot[None]) -> None:
        area = app.area
        for _ in range(data.draw(st.integers(1, 8))):
            match data.draw(st.sampled_from(["edit", "undo", "redo", "put"])):
                case "undo":
                    area.undo()
                case "redo":
                    area.redo()
                case "put":
                    rows = data.draw(TEXTS)
                    area.put(unicodedata.normalize("NFC", rows).split("\n"))
                    assert area.text == unicodedata.normalize("NFC", rows)
                case _:
                    places = st.tuples(st.integers(0, 9), st.integers(0, 15))
                    one, other = (area.clamp_visitable(data.draw(places)) for _ in "ab")
                    area.replace(data.draw(TEXTS), one, other, maintain_selection_offset=False)
            assert area.text == unicodedata.normalize("NFC", area.text)
            fresh = WrappedRows(Document(area.text), area.wrap_width, area.indent_width)
            now = area.wrapped_document
            assert now._offset_to_line_info == fresh._offset_to_line_info
            assert list(now._line_index_to_offsets) == list(fresh._line_index_to_offsets)
            assert now._wrap_offsets == fresh._wrap_offsets
        while area.history.undo_stack:
            area.undo()
        assert area.text == start

    edited(start, steps)


def test_rows_of_another_window_come_in_without_moving_the_cursor_from_its_row() -> None:
    async def steps(app: Alone, _pilot: Pilot[None]) -> None:
        app.area.move_cursor((2, 2))
        app.area.put(["mới", "một", "hai", "ba", "bốn"])
        assert app.area.cursor_location == (3, 2)
        app.area.undo()
        assert app.area.text == "một\nhai\nba"

    edited("một\nhai\nba", steps)


def test_inserted_rows_stand_below_the_row_or_before_it_at_its_beginning() -> None:
    async def below(app: Alone, _pilot: Pilot[None]) -> None:
        app.area.move_cursor((0, 2))
        app.area.insert_rows(["x", "y"])

    async def before(app: Alone, _pilot: Pilot[None]) -> None:
        app.area.move_cursor((1, 0))
        app.area.insert_rows(["x", "y"])

    async def in_blank(app: Alone, _pilot: Pilot[None]) -> None:
        app.area.move_cursor((1, 0))
        app.area.insert_rows(["x", "y"])

    assert edited("một\nhai", below).text == "một\nx\ny\nhai"
    assert edited("một\nhai", before).text == "một\nx\ny\nhai"
    assert edited("một\n\nhai", in_blank).text == "một\nx\ny\nhai"


# Drawing


def drawn(area: ScriptArea) -> list[str]:
    return [area.render_line(y).text for y in range(area.size.height)]


def test_markup_and_escape_codes_are_shown_to_the_letter() -> None:
    lines: list[str] = []

    async def steps(app: Alone, _pilot: Pilot[None]) -> None:
        lines.extend(drawn(app.area))

    edited("[/] [b]đậm[/b]\nNỮ: \x1b[31mđỏ\ud800", steps)
    assert "[/] [b]đậm[/b]" in lines[0]
    assert "NỮ: ␛[31mđỏ\ufffd" in lines[1]


def test_kinds_of_rows_have_colours_of_their_own() -> None:
    rows = ["NỮ: a", "NAM: a", "[nhạc hiệu]", "<!-- a -->", "[nhac]", "a"]
    colours: list[Any] = []

    async def steps(app: Alone, _pilot: Pilot[None]) -> None:
        app.area.get_component_rich_style("script--cue")  # the classes are there
        for row in range(len(rows)):
            spans = app.area.get_line(row).spans
            colours.append((len(spans), spans[0].end if spans else 0))

    edited("\n".join(rows), steps)
    assert colours == [(1, 3), (1, 4), (1, 11), (1, 10), (1, 6), (0, 0)]


def test_a_row_with_a_finding_has_a_mark_that_moves_with_it() -> None:
    async def steps(app: Alone, pilot: Pilot[None]) -> None:
        app.area.marks = {1: True}
        assert [line[:5] for line in drawn(app.area)][:3] == ["1  mộ", "2! ha", "3  ba"]
        app.area.move_cursor((0, 0))
        await pilot.press("x", "enter")
        assert dict(app.area.marks) == {2: True}
        app.area.undo()
        await pilot.pause()

    edited("một\nhai\nba", steps)


@given(TEXTS.map(lambda text: visible(text.replace("\n", ""))), st.integers(2, 30))
def test_parts_of_a_row_fit_the_width_and_are_the_whole_row(row: str, width: int) -> None:
    at = [0, *breaks(row, width, 4), len(row)]
    parts = [row[a:b] for a, b in pairwise(at)]
    assert "".join(parts) == row
    assert all(cell_len(part.rstrip()) <= width for part in parts if "\t" not in part)


# Thousands of rows


def counted(rows: int) -> int:
    """How many lines of Python it takes to type a letter in a script of so many rows, and draw."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    async def steps(app: Alone, pilot: Pilot[None]) -> None:
        app.area.go_to(rows // 2, 4)
        await pilot.press("x")  # what is done only once is done
        await pilot.pause()
        sys.settrace(trace)
        try:
            app.area._replace_via_keyboard("a", *app.area.selection)
            app.area.action_cursor_down()
            drawn(app.area)
        finally:
            sys.settrace(None)

    edited("\n".join([ROW] * rows), steps)
    return count


def test_a_keystroke_in_ten_thousand_rows_works_as_much_as_in_a_hundred() -> None:
    few, many = counted(100), counted(10_000)
    assert few > 1000
    assert many < few * 1.1


def test_ten_thousand_rows_are_laid_out_row_by_row() -> None:
    rows = [f"{ROW} {number}" for number in range(10_000)]
    wrapped = WrappedRows(Document("\n".join(rows)), 60)
    assert wrapped.height == 20_000
    assert wrapped.get_sections(9_999)[-1].endswith(" 9999")


# What will be heard, beside it


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_a_patch_makes_the_new_rows_of_the_old_ones(old: list[str], new: list[str]) -> None:
    was, now = [Said(one) for one in old], [Said(one) for one in new]
    found = patch(was, now)
    was[found.top : found.old_end] = found.said
    assert was == now


def test_a_patch_is_as_small_as_what_has_changed() -> None:
    was = [Said(str(number)) for number in range(10_000)]
    now = [*was[:5000], Said("x"), *was[5001:]]
    assert patch(was, now) == Patch(5000, 5001, [Said("x")])


@driven
async def test_what_is_heard_is_patched_and_goes_along_with_the_row() -> None:
    class Beside(App[None]):
        AUTO_FOCUS = ""
        CSS_PATH = CSS

        def compose(self) -> ComposeResult:
            yield SpokenArea("spoken")

    async with Beside().run_test(size=(40, 6)) as pilot:
        area = pilot.app.query_one(SpokenArea)
        area.show(Patch(0, 0, [Said(f"dòng {n}") for n in range(50)]), whole=True)
        area.follow(40)
        for _ in range(100):  # a busy machine is not idle that soon
            await pilot.pause(0.01)
            shown = [area.render_line(y).text.strip() for y in range(6)]
            if "dòng 40" in shown:
                break
        assert "dòng 40" in shown
        area.show(Patch(40, 41, [Said("NỮ: khác", ((4, 8),))]))
        assert area.rows[39:42] == ["dòng 39", "NỮ: khác", "dòng 41"]
        assert len(area.get_line(40).spans) == 2
