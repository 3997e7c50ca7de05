"""Suggestions as points to look at and as JSON."""

from __future__ import annotations

from typing import Any

from broadcast.domain.week import Finding
from broadcast.vietnamese.decisions import Open


def finding(one: Open) -> Finding:
    """A suggestion as a point to look at, for lists that have other points too."""
    found = one.suggestion
    mend = f"sửa thành «{found.better}»" if found.better else "xem lại chỗ này"
    return Finding(found.rule, f"«{found.written}»: {found.reason}", mend, line=found.line or None)


def open_view(one: Open) -> dict[str, Any]:
    """A suggestion as JSON."""
    told, found = finding(one), one.suggestion
    return {
        "line": told.line,
        "rule": told.rule,
        "message": told.message,
        "mend": told.mend,
        "id": one.id,
        "start": found.start,
        "end": found.end,
        "written": found.written,
        "better": found.better,
    }
