"""What will be heard, row by row beside the script, with what was changed for reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from broadcast.tui.widgets.rows_area import RowsArea, visible

if TYPE_CHECKING:
    from broadcast.workflow.script_session import Row


@dataclass(frozen=True, slots=True)
class Said:
    """A row as it is heard: its text, and where in it something was changed (start, end)."""

    text: str = ""
    changed: tuple[tuple[int, int], ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Patch:
    """Rows that differ from those shown: `said` stands in place of `top` up to `old_end`."""

    top: int
    old_end: int
    said: Sequence[Said]


def said_of(row: Row, written: str) -> Said:
    """How a row is heard; cues are told as they are written, comments and blanks are nothing."""
    if row.kind == "speech":
        lead = f"{row.speaker}: "
        starts = ((len(lead) + change.at, len(change.spoken)) for change in row.changes)
        return Said(lead + row.spoken, tuple((at, at + size) for at, size in starts if size))
    return Said(written.strip(), quiet=True) if row.kind in {"cue", "wrong"} else Said()


def patch(old: Sequence[Said], new: Sequence[Said]) -> Patch:
    """What has to be shown anew."""
    shorter = min(len(old), len(new))
    top = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    low = next((n for n in range(shorter - top) if old[-n - 1] != new[-n - 1]), shorter - top)
    return Patch(top, len(old) - low, new[top : len(new) - low])


class SpokenArea(RowsArea):
    """Read only; goes along with the script's cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"spoken--changed", "spoken--quiet", "spoken--here"}

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, read_only=True, compact=True, highlight_cursor_line=False)
        self.said: list[Said] = [Said()]
        self.here = 0

    def show(self, found: Patch, *, whole: bool = False) -> None:
        """Show rows that differ; `whole`: nothing of what is shown stays."""
        old_end = len(self.said) if whole else found.old_end
        self.said[found.top : old_end] = found.said
        self.put_rows(found.top, old_end, [said.text for said in found.said])
        self.follow(self.here)

    def on_resize(self) -> None:
        """The row of the script's cursor stays in view, however much room there is now."""
        self.call_after_refresh(self.follow, self.here)

    def follow(self, row: int) -> None:
        """Bring the row of the script's cursor into view and mark it."""
        self.here = row
        if not self.has_focus:
            self.go_to(row)
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A row, with what was changed for reading; that of the script's cursor stands out."""
        said = self.said[line_index]
        text = Text(visible(said.text), end="", no_wrap=True)
        if line_index == self.here:
            text.stylize(self.get_component_rich_style("spoken--here", partial=True))
        if said.quiet:
            text.stylize(self.get_component_rich_style("spoken--quiet", partial=True))
        for start, end in said.changed:
            text.stylize(self.get_component_rich_style("spoken--changed", partial=True), start, end)
        return text
