"""What is due soon, with the days that are left: deadlines, reports, quotas."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.wording import day_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcast.domain.reminders import Reminder


def left_text(day: date, today: date) -> str:
    """How long it is until a day, in words: "còn 3 ngày", "hôm nay", "quá hạn 2 ngày"."""
    left = (day - today).days
    if left < 0:
        return f"quá hạn {-left} ngày"
    return f"còn {left} ngày" if left else "hôm nay là ngày cuối"


def due_line(one: Reminder, today: date) -> str:
    """Something due, in one line."""
    return f"{left_text(one.day, today)} ({day_label(one.day)}): {one.kind} {one.what}, {one.unit}"


def due_text(due: Sequence[Reminder], today: date) -> Text:
    """All that is due, for the panel; nothing if nothing is."""
    text = Text()
    for one in due:
        style = "bold" if one.day <= today else ""
        text.append(f"\n{due_line(one, today)}", style)
    return text


def due_title(due: Sequence[Reminder], today: date) -> str:
    """For the title: the nearest of what is due, and how many more; "" if nothing is."""
    if not due:
        return ""
    more = f", {len(due) - 1} hạn nữa" if len(due) > 1 else ""
    return f" · {due[0].kind} {left_text(due[0].day, today)}{more}"
