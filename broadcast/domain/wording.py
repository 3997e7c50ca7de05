"""Days, times and lengths as Vietnamese readers write them: one spelling for every room."""

from __future__ import annotations

from datetime import date, datetime, time

from broadcast.domain.week import WeekId

DAYS: tuple[str, ...] = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
"""Weekday names as the officer writes them, Monday first (index = date.weekday())."""

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
"""Capitals as official documents have them (Nghị định 30/2020/NĐ-CP); Monday first."""


def weekday(day: date) -> str:
    """The weekday within a sentence: "thứ Hai" to "Chủ nhật"."""
    return WEEKDAYS[day.weekday()]


def weekday_title(day: date) -> str:
    """The weekday at the head of a line: "Thứ Hai" to "Chủ nhật"."""
    name = weekday(day)
    return name[0].upper() + name[1:]


def weekday_code(day: date) -> str:
    """The weekday as the officer writes it in files and tables: T2 to T7, CN."""
    return DAYS[day.weekday()]


def day_label(day: date) -> str:
    """A day in a message: "T2 23/11"."""
    return f"{weekday_code(day)} {day:%d/%m}"


def day_text(day: date) -> str:
    """A day in full: "23/11/2026"."""
    return f"{day:%d/%m/}{day.year:04d}"


def week_text(week_id: WeekId, today: date) -> str:
    """A week at the head of a screen: "Tuần 48 · 23/11/2026 – 29/11/2026 · tuần này"."""
    days = week_id.days()
    now = " · tuần này" if today in days else ""
    return f"Tuần {week_id.number} · {day_text(days[0])} – {day_text(days[-1])}{now}"


def clock(when: time | datetime) -> str:
    """A time of day: "05:30"."""
    return f"{when:%H:%M}"


def moment(when: datetime) -> str:
    """A time in a message: "T2 23/11 05:30"."""
    return f"{day_label(when.date())} {clock(when)}"


def length_text(seconds: float) -> str:
    """A length in words, to the second: "1 giờ 02 phút", "8 phút 12 giây", "45 giây"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} giờ {minutes:02d} phút"
    if minutes:
        return f"{minutes} phút {rest:02d} giây" if rest else f"{minutes} phút"
    return f"{rest} giây"


def length_clock(seconds: float) -> str:
    """A length as players show it, minutes and seconds: "3:05", "75:00"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


_UNITS = ("KB", "MB", "GB", "TB")


def size_text(size: int) -> str:
    """Bytes as a disk's label counts them, with a decimal comma: "640 byte", "7,1 MB", "32 GB"."""
    if size < 1000:
        return f"{size} byte"
    value = float(size)
    for unit in _UNITS:
        value /= 1000
        if value < 999.5 or unit == _UNITS[-1]:
            break
    digits = 1 if value < 9.95 else 0
    return f"{value:.{digits}f} {unit}".replace(".", ",")


STATE_SIGNS = {
    "trống": "·",
    "nháp": "○",
    "chờ duyệt": "◔",
    "trả lại": "↩",
    "đã duyệt": "◉",
    "đã có audio": "●",
}
"""A sign for each state of an airing, so that it reads without colour."""

AIRED_SIGNS = {"đã phát": "✓", "phát một phần": "◐", "không phát": "✗"}
"""Likewise for what became of an airing, once that is logged."""

SIGNS = STATE_SIGNS | AIRED_SIGNS
"""Every sign that a cell of the week may bear."""


def meter(seconds: float | None, slot_minutes: int, width: int) -> str:
    """How full a slot is, `width` cells long; an overfull one shows it."""
    share = (seconds or 0) / (slot_minutes * 60)
    if share > 1:
        return "█" * (width - 1) + "!"
    full = max(round(width * share), 1 if share else 0)
    return "█" * full + "░" * (width - full)
