"""Dialogs that ask: one of a few ways, one of many things, a few fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.widgets.fields import Field
from broadcast.vietnamese.characters import fold

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Choice(Generic[_T]):
    """Something to choose: what it stands for, its line, and what is told below it."""

    value: _T
    label: str
    detail: str = ""

    def prompt(self) -> Text:
        """Its lines in the list."""
        text = Text(self.label)
        if self.detail:
            text.append(f"\n{self.detail}", "dim")
        return text


class AskDialog(Dialog[_T]):
    """A question with its answers below each other; Enter takes one, Esc none."""

    KEYS = "↑ ↓ chọn · Enter đồng ý · Esc thôi"

    def __init__(
        self, title: str, text: str | Text | Content, choices: Sequence[Choice[_T]]
    ) -> None:
        super().__init__(title)
        self.text = Text(text) if isinstance(text, str) else text
        self.choices = choices

    def body(self) -> ComposeResult:
        """The question and its answers."""
        with VerticalScroll(classes="dialog-ask", can_focus=False):
            yield Static(self.text)
        yield OptionList(*(Option(choice.prompt()) for choice in self.choices))

    def on_mount(self) -> None:
        """The first answer is ready to be taken."""
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.choices[event.option_index].value)


class LongAskDialog(AskDialog[_T]):
    """A question that takes reading: PgUp and PgDn scroll it, the answers keep the arrows."""

    KEYS = "PgUp PgDn cuộn · ↑ ↓ chọn · Enter đồng ý · Esc thôi"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "scroll(-1)", "Lên", show=False, id="ask.pageup", priority=True),
        Binding("pagedown", "scroll(1)", "Xuống", show=False, id="ask.pagedown", priority=True),
    ]

    def action_scroll(self, pages: int) -> None:
        """Scroll the question, and leave the answer that is chosen."""
        question = self.query_one(".dialog-ask", VerticalScroll)
        question.scroll_relative(y=pages * max(1, question.size.height - 1), animate=False)


class ChooseDialog(Dialog[_T]):
    """One of many: typing narrows the list (accents or not), arrows and Enter take one."""

    KEYS = "Gõ để tìm, không cần dấu · ↑ ↓ chọn · Enter đồng ý · Esc thôi"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Lên", show=False, id="choose.up", priority=True),
        Binding("down", "step(1)", "Xuống", show=False, id="choose.down", priority=True),
        Binding("pageup", "step(-8)", "Lên trang", show=False, id="choose.pageup", priority=True),
        Binding("pagedown", "step(8)", "Xuống", show=False, id="choose.pagedown", priority=True),
    ]

    def __init__(self, title: str, choices: Sequence[Choice[_T]], placeholder: str) -> None:
        super().__init__(title)
        self.choices = choices
        self.found = list(choices)
        self.placeholder = placeholder

    def body(self) -> ComposeResult:
        """The search field and the list."""
        yield Field(placeholder=self.placeholder)
        yield OptionList(*self._options())

    def on_mount(self) -> None:
        """Typing searches at once; the first one is ready to be taken."""
        self.query_one(OptionList).can_focus = False
        self.query_one(OptionList).highlighted = 0 if self.found else None
        self.query_one(Field).focus()

    def _options(self) -> list[Option]:
        none = [Option(Text("(không có gì khớp)"), disabled=True)]
        return [Option(choice.prompt()) for choice in self.found] or none

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        words = fold(event.value).split()
        self.found = [
            choice
            for choice in self.choices
            if all(word in fold(f"{choice.label} {choice.detail}") for word in words)
        ]
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(self._options())
        listed.highlighted = 0 if self.found else None

    def action_step(self, lines: int) -> None:
        """Go up or down the list while the field keeps the keys."""
        listed = self.query_one(OptionList)
        if self.found:
            listed.highlighted = max(0, min(len(self.found) - 1, (listed.highlighted or 0) + lines))

    @on(Input.Submitted)
    def _enter(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self.found):
            self.dismiss(self.found[at].value)

    @on(OptionList.OptionSelected)
    def _click(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.found[event.option_index].value)


@dataclass(frozen=True, slots=True)
class Blank:
    """A field of a form: its key in the result, its label, what stands in it, an example.

    Enter does not lead to one that is `optional`.
    """

    key: str
    label: str
    value: str = ""
    example: str = ""
    optional: bool = False


_ROOMY = 2
"""So many fields stand in frames even where a text comes below them."""

Check = Callable[[dict[str, str]], dict[str, str]]
"""What is wrong with a form's fields, by key; nothing if it may go."""


class FormDialog(Dialog[dict[str, str]]):
    """A few fields; Enter goes to the next one that has to be filled, and after them ends it."""

    KEYS = "Tab ô kế · Enter xong · Esc thôi"

    def __init__(
        self,
        title: str,
        blanks: Sequence[Blank],
        check: Check = lambda _values: {},
        text: Text | None = None,
        start: str = "",
    ) -> None:
        super().__init__(title)
        self.blanks = blanks
        self.check = check
        self.text = text
        self.start = start or blanks[0].key

    def body(self) -> ComposeResult:
        """The fields, each with room for what is wrong with it."""
        # Many fields above a text would push out of sight what the text is there to tell.
        tight = self.text is not None and len(self.blanks) > _ROOMY
        for blank in self.blanks:
            name = f"field-{blank.key}"
            yield Label(Text(blank.label))
            yield Field(blank.value, placeholder=blank.example, id=name, compact=tight)
            yield Label("", id=f"wrong-{blank.key}", classes="wrong")
        if self.text is not None:
            with VerticalScroll(classes="dialog-ask"):
                yield Static(self.text)

    def on_mount(self) -> None:
        """Typing goes into the first field, or the one to start with."""
        self.query_one(f"#field-{self.start}", Field).focus()

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        fields = ((b.key, self.query_one(f"#field-{b.key}", Field)) for b in self.blanks)
        return {key: " ".join(field.value.split()) for key, field in fields}

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        at = [f"field-{blank.key}" for blank in self.blanks].index(event.input.id or "")
        if all(blank.optional for blank in self.blanks[at + 1 :]):
            self.submit()
        else:
            self.focus_next(Field)

    def submit(self) -> None:
        """End the form, or show at its field what is wrong and go there."""
        values = self.values()
        wrong = self.check(values)
        for blank in self.blanks:
            label = self.query_one(f"#wrong-{blank.key}", Label)
            label.update(Text(wrong.get(blank.key, "")))
            label.set_class(blank.key in wrong, "-shown")
        if wrong:
            self.query_one(f"#field-{next(iter(wrong))}", Field).focus()
        else:
            self.dismiss(values)
