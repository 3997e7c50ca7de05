"""What is to be looked at in a week: each with its rule's source; a key does what it offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList, Static

from broadcast.tui.dialogs.ask import Choice, ChooseDialog
from broadcast.tui.hints import in_keys
from broadcast.tui.widgets.due import due_line
from broadcast.tui.widgets.fields import Field

if TYPE_CHECKING:
    from broadcast.domain.week import Finding
    from broadcast.workflow.weeks import WeekView

MENDS = "F4 làm theo gợi ý"
"""At a finding that offers a change."""


class FindingsDialog(ChooseDialog["Finding | None"]):
    """Findings and what is due; Enter jumps to one, F4 mends it and the list stays.

    Args:
        mend: has a finding mended and afterwards calls `refresh_list`.
        undo: takes the last change back, likewise.
    """

    KEYS = "Gõ để tìm · ↑ ↓ · F4 sửa theo gợi ý · Ctrl+Z lấy lại · Enter tới ô · Esc"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "mend", "Sửa", show=False, id="findings.mend", priority=True),
        Binding("ctrl+z", "undo", "Lấy lại", show=False, id="findings.undo", priority=True),
    ]

    def __init__(
        self,
        view: WeekView,
        today: date,
        mend: Callable[[Finding], None],
        undo: Callable[[], None],
    ) -> None:
        super().__init__(findings_title(view), finding_choices(view, today), "Tìm")
        self.today = today
        self.mend, self.undo = mend, undo

    def refresh_list(self, view: WeekView, told: str) -> None:
        """Show what is found now, with the cursor where it was; `told` says what was done."""
        listed, field = self.query_one(OptionList), self.query_one(Field)
        at = listed.highlighted or 0
        self.choices = finding_choices(view, self.today)
        self._narrow(Input.Changed(field, field.value))
        listed.highlighted = min(at, len(self.found) - 1) if self.found else None
        self.query_one(".dialog-title", Static).update(Text(f"{findings_title(view)}\n{told}"))

    def action_mend(self) -> None:
        """Do what the finding under the cursor offers."""
        at = self.query_one(OptionList).highlighted
        finding = self.found[at].value if at is not None and at < len(self.found) else None
        if finding is not None and finding.change is not None:
            self.mend(finding)
        else:
            self.app.bell()

    def action_undo(self) -> None:
        """Take back what was done last."""
        self.undo()


def findings_title(view: WeekView) -> str:
    """How many there are."""
    due = f", {len(view.reminders)} việc đến hạn" if view.reminders else ""
    return f"{len(view.findings)} điểm cần xem trong tuần {view.week.id}{due}"


def finding_choices(view: WeekView, today: date) -> Sequence[Choice[Finding | None]]:
    """A line for each finding, below it the mend and the source; at the end what is due."""
    found: list[Choice[Finding | None]] = [
        Choice(one, f"! {_where(view, one)}{one.message}", _detail(one)) for one in view.findings
    ]
    found += [Choice(None, f"• {due_line(one, today)}", one.why) for one in view.reminders]
    return found


def _where(view: WeekView, finding: Finding) -> str:
    place = view.place_of(finding)
    return f"{place[0]:%d/%m}: " if place else ""


def _detail(finding: Finding) -> str:
    lines = []
    if finding.mend:
        key = f" ({MENDS})" if finding.change else ""
        lines.append(f"→ {in_keys(finding.mend)}{key}")
    if finding.source:
        lines.append(f"theo {finding.source}")
    return "\n".join(lines)
