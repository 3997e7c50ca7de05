"""Filling a month, a quarter, a year: which one, how far it is, and what would come of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.wording import day_text
from broadcast.tui.dialogs.ask import Choice
from broadcast.tui.dialogs.progress import ProgressDialog
from broadcast.vietnamese.characters import shorten

if TYPE_CHECKING:
    from broadcast.domain.rota import Explained
    from broadcast.domain.week import Finding
    from broadcast.workflow.span_fill import SpanFill

OTHER = ""
"""Chosen: type the days."""

_TITLE = 40


class SpanProgress(ProgressDialog):
    """Filling goes on; stopping it changes nothing."""

    KEYS = "Esc dừng (chưa ghi gì, mọi tuần vẫn như cũ)"


def span_choices(day: date) -> list[Choice[str]]:
    """The month, the quarter and the year of a day, the ones after, and any other days."""
    month = day.replace(day=1)
    later = (month + timedelta(days=31)).replace(day=1)
    quarter, year = (day.month - 1) // 3 + 1, day.year
    after, its_year = (quarter + 1, year) if quarter < 4 else (1, year + 1)
    return [
        *(Choice(f"{m:%Y-%m}", f"Tháng {m.month} năm {m.year}") for m in (month, later)),
        Choice(f"{year}-Q{quarter}", f"Quý {_ROMAN[quarter]} năm {year}"),
        Choice(f"{its_year}-Q{after}", f"Quý {_ROMAN[after]} năm {its_year}"),
        *(Choice(str(one), f"Cả năm {one}") for one in (year, year + 1)),
        Choice(OTHER, "Những ngày khác…"),
    ]


_ROMAN = ("", "I", "II", "III", "IV")


def filled_text(done: SpanFill) -> Text:
    """What filling a span brought or would bring: counts, what cannot be had, topics."""
    from broadcast.workflow.span_words import few_notes, headline, shares_line  # noqa: PLC0415

    rota = done.rota
    text = Text().append(headline(done, saved=bool(done.saved)), "bold")
    if rota.explained and rota.explained.topics:
        text.append(f"\n{shares_line(rota.explained)}")
    if rota.explained and rota.explained.clashes:
        text.append("\n\nNhững điều không thể cùng được:", "bold")
        text.append("".join(_told(rota.explained.clashes)))
    text.append("".join(_told(few_notes(rota.notes))))
    if rota.explained and rota.explained.topics:
        text.append("\n\nlần  xa nhất   lần cuối    nội dung", "bold")
        text.append("".join(_topics(rota.explained)))
    return text


def _told(findings: Iterable[Finding]) -> Iterator[str]:
    for one in findings:
        yield f"\n! {one.message}"
        if one.mend:
            yield f"\n→ {one.mend}"


def _topics(told: Explained) -> Iterator[str]:
    for one in sorted(told.topics, key=lambda it: (it.times, -it.longest)):
        last = day_text(one.last) if one.last else "chưa có"
        apart = f"{one.longest} ngày"
        yield f"\n{one.times:<5}{apart:<11}{last:<12}{shorten(one.text, _TITLE)}"
