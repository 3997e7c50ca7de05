"""Lists of a screen that turns weeks: they go up and down, PgUp and PgDn are the screen's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

if TYPE_CHECKING:
    from broadcast.domain.station import Zone


class PlainList(OptionList, inherit_bindings=False):
    """Goes up and down; Enter is the screen's too, and a click only chooses."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", "Lên", show=False, id="list.up"),
        Binding("down", "cursor_down", "Xuống", show=False, id="list.down"),
        Binding("home", "first", "Đầu danh sách", show=False, id="list.first"),
        Binding("end", "last", "Cuối danh sách", show=False, id="list.last"),
    ]

    class Resized(Message):
        """The list is another number of cells wide."""

    def on_resize(self) -> None:
        """Tell who fills the lines."""
        self.post_message(self.Resized())


class TakeList(PlainList):
    """Lines of which Enter or a click takes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Chọn", show=False, id="list.take")
    ]

    def show_lines(self, lines: Sequence[Text | Content]) -> None:
        """Show other lines; the cursor stays where it was as far as there are lines."""
        at = self.highlighted or 0
        self.set_options(list(lines))
        self.highlighted = min(at, len(lines) - 1) if lines else None


class ZoneList(TakeList):
    """The station's zones, each chosen or not; those without network are marked "USB"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "Chọn hoặc bỏ", show=False, id="zones.toggle")
    ]

    class Changed(Message):
        """Others are chosen now."""

    def __init__(self, **named: str | bool) -> None:
        super().__init__(**named)  # type: ignore[arg-type]
        self._zones: tuple[Zone, ...] = ()
        self._left_out: set[str] = set()

    @property
    def chosen(self) -> list[str]:
        """Ids of the chosen zones, in the station's order."""
        return [zone.id for zone in self._zones if zone.id not in self._left_out]

    @property
    def all_chosen(self) -> bool:
        """Whether none is left out; so where the zones are not known yet."""
        return len(self.chosen) == len(self._zones)

    @property
    def none_chosen(self) -> bool:
        """Whether every one is left out."""
        return bool(self._zones) and not self.chosen

    def show_zones(self, zones: tuple[Zone, ...]) -> None:
        """Show the station's zones; new ones are chosen."""
        if zones != self._zones:
            self._zones = zones
            self._draw()

    def _draw(self) -> None:
        self.show_lines([self._line(zone) for zone in self._zones])

    def _line(self, zone: Zone) -> Text:
        mark = " " if zone.id in self._left_out else "x"
        stick = "" if zone.network else "USB "
        return Text(f"[{mark}] {stick}{zone.name}", no_wrap=True, overflow="ellipsis")

    @on(OptionList.OptionSelected)
    def _toggle(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._leave_out(self._left_out ^ {self._zones[event.option_index].id})

    def choose_sticks(self) -> bool:
        """Choose those without network only, or all if it is so already; False: all have one."""
        carried = {zone.id for zone in self._zones if not zone.network}
        if not carried:
            return False
        others = {zone.id for zone in self._zones} - carried
        self._leave_out(set() if self._left_out == others else others)
        return True

    def _leave_out(self, zones: set[str]) -> None:
        self._left_out = zones
        self._draw()
        self.post_message(self.Changed())


class PlainScroll(VerticalScroll, inherit_bindings=False):
    """A text that scrolls by lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "Lên", show=False, id="scroll.up"),
        Binding("down", "scroll_down", "Xuống", show=False, id="scroll.down"),
        Binding("home", "scroll_home", "Đầu", show=False, id="scroll.home"),
        Binding("end", "scroll_end", "Cuối", show=False, id="scroll.end"),
    ]
