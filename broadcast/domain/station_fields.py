"""What is typed into a station's fields: read, or told what is wrong with it.

Readers take what a person types; `ValueError` says in Vietnamese what is wrong, with an example.
The same readers serve a field of a form and a command's argument.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from broadcast.domain.station import FASTEST, ONLINE, REGIONS, SLOWEST, Slot, Station, Zone
from broadcast.domain.wording import DAYS, clock

LONGEST_SLOT = 240
"""Minutes; a programme of more than four hours is a slip of the finger."""

BITRATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""Kilobits a second that an MP3 of speech can have."""

EVERY_ZONE = "tất cả"
"""How the officer writes that a slot is for every zone, also for those to come."""

_CLOCK = re.compile(r"([0-9]{1,2})(?:\s*(?:h|g|giờ|:|\.|,)\s*([0-9]{1,2})?)?\s*(?:'|p|phút)?", re.I)
_DAY = re.compile(r"(?:thứ\s*|t\s*)?([2-7]|hai|ba|tư|bốn|năm|sáu|bảy)|(cn|chủ\s*nhật)", re.I)
_NUMBERS = {"hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
_YES = {"có", "true", "yes", "on", "1", "c"}
_NO = {"không", "false", "no", "off", "0", "k"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A single value of the station: its dotted `key`, label, reader, and an example of it."""

    key: str
    label: str
    read: Callable[[str], Any]
    example: str


def read_name(text: str) -> str:
    """A name: one line, not empty."""
    name = read_words(text)
    if not name:
        raise ValueError("chưa ghi tên")
    return name


def read_words(text: str) -> str:
    """One line of any text, white space folded."""
    return " ".join(text.split())


def read_clock(text: str) -> time:
    """A time of day as people write it: 05:30, 5h30, 17 giờ, 5.30."""
    match = _CLOCK.fullmatch(text.strip())
    try:
        if match:
            return time(int(match[1]), int(match[2] or 0))
    except ValueError:
        pass
    raise ValueError("không phải là giờ; viết như 05:30 hoặc 17h")


def whole_number(least: int, most: int, unit: str, example: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        digits = text.strip().casefold().removesuffix(unit.casefold()).strip()
        if not (digits.isascii() and digits.isdecimal()):
            raise ValueError(f"không phải là số {unit}; viết như {example}")
        if len(digits) > 9 or not least <= int(digits) <= most:
            raise ValueError(f"phải từ {least} đến {most} {unit}, ví dụ {example}")
        return int(digits)

    return read


def number(least: float, most: float, unit: str, example: float) -> Callable[[str], float]:
    """A reader of numbers from `least` to `most`, with a point or a comma."""

    def read(text: str) -> float:
        plain = text.strip().casefold().removesuffix(unit.casefold()).strip().replace(",", ".")
        if not re.fullmatch(r"[-−]?[0-9]{1,4}(?:\.[0-9]{1,4})?", plain):
            raise ValueError(f"không phải là số {unit}; viết như {example:g}")
        value = float(plain.replace("−", "-"))
        if not least <= value <= most:
            raise ValueError(f"phải từ {least:g} đến {most:g} {unit}, ví dụ {example:g}")
        return value

    return read


def one_of(choices: Iterable[str]) -> Callable[[str], str]:
    """A reader of one of a few words."""
    allowed = tuple(choices)

    def read(text: str) -> str:
        word = read_words(text)
        found = next((one for one in allowed if one.casefold() == word.casefold()), None)
        if found is None:
            raise ValueError(f"không có «{word}»; chọn một trong: {', '.join(allowed)}")
        return found

    return read


def read_bitrate(text: str) -> int:
    """A bit rate that an MP3 can have."""
    return int(one_of(map(str, BITRATES))(text.casefold().removesuffix("kbit/s")))


def read_flag(text: str) -> bool:
    """Yes or no."""
    word = text.strip().casefold()
    if word in _YES | _NO:
        return word in _YES
    raise ValueError("viết «có» hoặc «không»")


def read_days(text: str) -> tuple[str, ...]:
    """Weekdays as people write them: "T2 T4 T6", "thứ hai, CN", "T2-T6", "cả tuần"."""
    words = " ".join(text.casefold().split())
    if words in {"cả tuần", "hằng ngày", "hàng ngày", "mỗi ngày"}:
        return DAYS
    found: set[str] = set()
    for part in _day_parts(words):
        first, dash, last = part.partition("-")
        begin = _day(first)
        end = _day(last) if dash else begin
        if begin > end:
            raise ValueError(f"«{part}» ngược thứ tự; viết như T2-T6")
        found.update(DAYS[begin : end + 1])
    if not found:
        raise ValueError("chưa ghi ngày nào; viết như T2 T4 T6, T2-T6 hoặc cả tuần")
    return tuple(day for day in DAYS if day in found)


def _day_parts(words: str) -> list[str]:
    """The days and stretches of days in a text: "thứ hai đến thứ sáu, cn" has two."""
    words = re.sub(r"\s*(?:-|–|đến)\s*", "-", words)
    words = re.sub(r"(thứ|t) (?=\w)", r"\1", re.sub(r"chủ nhật", "cn", words))
    return [part for part in re.split(r"[\s,;+&]+|\bvà\b", words) if part]


def _day(word: str) -> int:
    match = _DAY.fullmatch(word)
    if not match:
        raise ValueError(f"«{word}» không phải là ngày; viết như T2 T4 T6 hoặc CN")
    if match[2]:
        return 6
    return (_NUMBERS.get(match[1]) or int(match[1])) - 2


def read_languages(text: str) -> tuple[str, ...]:
    """Languages with commas between them: "Tiếng Việt, Tiếng Thái"."""
    found = tuple(dict.fromkeys(w for part in text.split(",") if (w := read_words(part))))
    if not found:
        raise ValueError("chưa ghi thứ tiếng nào; viết như Tiếng Việt, Tiếng Thái")
    return found


def zones_reader(station: Station) -> Callable[[str], tuple[str, ...]]:
    """A reader of zones by id or name, with commas between them; "tất cả" or nothing is all."""
    names = {zone.name.casefold(): zone.id for zone in station.zones}
    names |= {zone.id: zone.id for zone in station.zones}

    def read(text: str) -> tuple[str, ...]:
        words = [w for part in text.split(",") if (w := read_words(part).casefold())]
        if not words or words == [EVERY_ZONE]:
            return ()
        strange = [word for word in words if word not in names]
        if strange:
            known = ", ".join(zone.id for zone in station.zones) or "đài chưa có cụm loa nào"
            raise ValueError(f"không có cụm loa «{strange[0]}»; hiện có: {known}")
        chosen = {names[word] for word in words}
        return tuple(zone.id for zone in station.zones if zone.id in chosen)

    return read


read_minutes = whole_number(1, LONGEST_SLOT, "phút", 15)
"""A reader of a slot's length."""

ENTRIES: tuple[Entry, ...] = (
    Entry("name", "Tên đài", read_name, "Đài truyền thanh xã Suối Hoa"),
    Entry("commune", "Xã, phường", read_name, "xã Suối Hoa"),
    Entry("province", "Tỉnh, thành phố", read_words, "tỉnh Sơn La"),
    Entry("rules.earliest", "Không phát trước", read_clock, "05:00"),
    Entry("rules.latest", "Không phát sau", read_clock, "22:00"),
    Entry("rules.max_minutes_per_day", "Số phút nhiều nhất một ngày",
          whole_number(1, 1440, "phút", 60), "60"),
    Entry("rules.repeat_after_days", "Số ngày mới lặp lại nội dung",
          whole_number(0, 365, "ngày", 2), "2"),
    Entry("voices.engine", "Bộ đọc", read_name, "espeak"),
    Entry("voices.rate", "Tốc độ (âm tiết/phút)",
          whole_number(SLOWEST, FASTEST, "âm tiết", 190), "190"),
    Entry("voices.women", "Giọng nữ", read_words, "f5"),
    Entry("voices.men", "Giọng nam", read_words, "m3"),
    Entry("voices.region", "Vùng giọng", one_of(REGIONS), "bắc"),
    Entry("voices.online", "Gửi lời tới Google để đọc", one_of(ONLINE), "không"),
    Entry("sound.loudness", "Độ to (LUFS)", number(-30, -9, "LUFS", -16), "-16"),
    Entry("sound.true_peak", "Mức đỉnh (dBTP)", number(-9, 0, "dBTP", -1), "-1"),
    Entry("sound.bitrate", "Chất lượng MP3 (kbit/s)", read_bitrate, "64"),
    Entry("paper.position", "Chức vụ người ký", read_name, "Chủ tịch"),
    Entry("paper.signer", "Họ tên người ký", read_words, "Nguyễn Văn An"),
    Entry("paper.place", "Nơi ghi trước ngày tháng", read_words, "Suối Hoa"),
)  # fmt: skip
"""Every single value, in the order of the file; zones, slots and details have their functions."""


def value_text(value: Any) -> str:
    """A value as the officer types it, so that its reader gives it back."""
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, bool):
        return "có" if value else "không"
    return f"{value:g}" if isinstance(value, float) else str(value)


def about_zone(zone: Zone) -> str:
    """A zone in a few words, without its name."""
    way = "có mạng" if zone.network else "chép USB"
    return " · ".join(filter(None, (way, ", ".join(zone.languages), zone.note)))


def about_slot(station: Station, slot: Slot) -> str:
    """A slot in a few words, without its name."""
    zones = [zone.name for zone in station.zones if zone.id in slot.zones]
    where = ", ".join(zones) or "mọi cụm loa"
    peak = "giờ đông người nghe" if slot.peak else ""
    days = "cả tuần" if set(slot.days) == set(DAYS) else " ".join(slot.days)
    parts = (f"{clock(slot.start)} · {slot.minutes} phút · {days} · {where}", peak)
    return " · ".join(filter(None, parts))
