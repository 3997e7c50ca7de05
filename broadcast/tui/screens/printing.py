"""What is said of a paper that was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadcast.tui.office import Office
    from broadcast.workflow.papers import Printed


def told_printed(office: Office, printed: Printed) -> str:
    """Where a paper is, first, since a small window cuts the end off; and its drafts."""
    drafts = f" ({printed.drafts} bản nháp chưa duyệt)" if printed.drafts else ""
    return f"Đã in ra {office.workspace.shown(printed.path)}{drafts}"
