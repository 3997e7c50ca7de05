"""A form of typed values, choices and ticks: wrong ones are told at the field, as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Label, SelectionList, Static
from textual.widgets.selection_list import Selection

from broadcast.errors import BroadcastError, Problem
from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.widgets.fields import Field

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Typed:
    """Something typed: `read` makes a value of the text; its ValueError says what is wrong.

    What is `hidden` is not seen as it is typed.
    """

    key: str
    label: str
    text: str
    read: Callable[[str], Any]
    example: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of a few: each with its value and name."""

    key: str
    label: str
    value: Any
    choices: Sequence[tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class Ticked:
    """Some of several, each with its value and name; `none` is told where none is ticked."""

    key: str
    label: str
    values: Sequence[str]
    choices: Sequence[tuple[str, str]]
    none: str


Asked = Typed | Chosen | Ticked


class Cycle(Static, can_focus=True):
    """One of a few names on one line; left, right and space go through them."""

    at = reactive(0)

    class Turned(Message):
        """Another one is shown."""

    def __init__(self, asked: Chosen) -> None:
        super().__init__(id=f"field-{asked.key}", classes="form-field")
        self.choices = asked.choices
        values = [value for value, _ in asked.choices]
        self.set_reactive(Cycle.at, values.index(asked.value) if asked.value in values else 0)

    @property
    def value(self) -> Any:
        """The value of what is shown."""
        return self.choices[self.at][0]

    def render(self) -> Text:
        """The name between arrows."""
        return Text(f"◂ {self.choices[self.at][1]} ▸", no_wrap=True, overflow="ellipsis")

    def on_key(self, event: events.Key) -> None:
        """Go through the names; as a key and no binding, it is still its own when typed ahead."""
        by = {"right": 1, "space": 1, "left": -1}.get(event.key)
        if by:
            event.stop()
            self.turn(by)

    def turn(self, by: int) -> None:
        """Show the one after or before, around and around."""
        self.at = (self.at + by) % len(self.choices)
        self.post_message(self.Turned())

    def on_click(self) -> None:
        """The next one."""
        self.turn(1)


class Ticks(SelectionList[str]):
    """Names with ticks; space ticks."""

    def __init__(self, asked: Ticked) -> None:
        lines = [
            Selection(Text(name), value, initial_state=value in asked.values)
            for value, name in asked.choices
        ]
        super().__init__(*lines, id=f"field-{asked.key}", classes="form-field", compact=True)


class Form(Dialog[Values]):
    """Asks for values; Ctrl+S, or Enter in the last field, ends it, unless something is wrong.

    Args:
        attempt: tries what will be done with the values, raising BroadcastError if it may not be.
        notes: what is odd about the values, though it may be.
    """

    KEYS = "↑ ↓ Tab ô khác · ← → phím cách chọn · Enter tiếp · Ctrl+S lưu · Esc thôi"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Lưu", show=False, id="form.save"),
        # At once, or what is typed fast goes into the field before.
        Binding("enter", "next", "Tiếp", show=False, id="form.next", priority=True),
        Binding("down", "app.focus_next", "Xuống", show=False, id="form.down"),
        Binding("up", "app.focus_previous", "Lên", show=False, id="form.up"),
    ]

    def __init__(
        self,
        title: str,
        asked: Sequence[Asked],
        attempt: Callable[[Values], object] = lambda _values: None,
        notes: Callable[[Values], Sequence[Problem]] = lambda _values: (),
    ) -> None:
        super().__init__(title)
        self.asked = asked
        self.attempt = attempt
        self.notes = notes

    def body(self) -> ComposeResult:
        """A line for each field, below it room for what is wrong, then what is odd."""
        with Vertical(classes="form-rows"):
            for one in self.asked:
                classes = "form-row -ticks" if isinstance(one, Ticked) else "form-row"
                with Horizontal(classes=classes):
                    yield Label(Text(one.label), classes="form-label")
                    yield _field(one)
                yield Label("", id=f"wrong-{one.key}", classes="wrong")
        yield Static("", id="form-note")

    def on_mount(self) -> None:
        """The first field is ready."""
        self.query(".form-field").first().focus()
        self._show_notes()

    def read(self) -> tuple[Values, dict[str, str]]:
        """The values that can be read, and what is wrong with the others, by key."""
        values, wrong = Values(), dict[str, str]()
        for one in self.asked:
            try:
                values[one.key] = self._value(one)
            except ValueError as error:
                wrong[one.key] = str(error)
        return values, wrong

    def _value(self, one: Asked) -> Any:
        if isinstance(one, Typed):
            return one.read(self.query_one(f"#field-{one.key}", Field).value)
        if isinstance(one, Chosen):
            return self.query_one(f"#field-{one.key}", Cycle).value
        ticked = set(self.query_one(f"#field-{one.key}", Ticks).selected)
        if not ticked:
            raise ValueError(one.none)
        return tuple(value for value, _ in one.choices if value in ticked)

    @on(Input.Changed)
    @on(Cycle.Turned)
    @on(SelectionList.SelectedChanged)
    def _changed(self, event: Message) -> None:
        """Say at the field what is wrong with it now; what others hold is not asked yet."""
        field = event.control if isinstance(event, Input.Changed) else None
        _values, wrong = self.read()
        for one in self.asked:
            if (field is not None and field.id == f"field-{one.key}") or one.key not in wrong:
                self._show_wrong(one.key, wrong.get(one.key, ""))
        self._show_notes()

    def _show_wrong(self, key: str, told: str) -> None:
        label = self.query_one(f"#wrong-{key}", Label)
        label.update(Text(f"! {told[:1].upper()}{told[1:]}" if told else ""))
        label.set_class(bool(told), "-shown")

    def _show_notes(self) -> None:
        """Say below the fields what is odd about all of them together, or may not be."""
        values, wrong = self.read()
        if wrong:
            self._note([], refused=False)
        elif self._attempted(values):
            self._note([f"Lưu ý: {note}" for note in self.notes(values)], refused=False)

    def _attempted(self, values: Values) -> bool:
        """Whether the values may be; if not, why is said."""
        try:
            self.attempt(values)
        except BroadcastError as error:
            happened = error.happened or error.title
            told = f"! {happened[:1].upper()}{happened[1:]}"
            self._note([f"{told}; {error.mend}" if error.mend else told], refused=True)
            return False
        return True

    def _note(self, lines: Sequence[str], *, refused: bool) -> None:
        note = self.query_one("#form-note", Static)
        note.update(Text("\n".join(lines)))
        note.set_class(bool(lines), "-shown")
        note.set_class(refused, "-refused")

    def action_next(self) -> None:
        """Go to the next field; from the last one, save."""
        at = self.focused
        if at is not None and at.id == f"field-{self.asked[-1].key}":
            at.call_later(self.action_save)  # after what was typed into it
        else:
            self.focus_next(".form-field")

    def action_save(self) -> None:
        """End the form, or show everything that is wrong and go to the first of it."""
        values, wrong = self.read()
        for one in self.asked:
            self._show_wrong(one.key, wrong.get(one.key, ""))
        if wrong:
            self.query_one(f"#field-{next(iter(wrong))}").focus()
            return
        if self._attempted(values):
            self.dismiss(values)


def _field(one: Asked) -> Widget:
    if isinstance(one, Typed):
        return Field(
            one.text,
            placeholder=one.example,
            password=one.hidden,
            id=f"field-{one.key}",
            classes="form-field",
            compact=True,
        )
    return Cycle(one) if isinstance(one, Chosen) else Ticks(one)
