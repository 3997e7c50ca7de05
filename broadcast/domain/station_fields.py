"""What is typed into a station's fields: read, or told what is wrong with it.

Readers take what a person types; `ValueError` says in Vietnamese what is wrong, with an example.
The same readers serve a field of a form and a command's argument.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeVar

from broadcast.domain.days import HOLIDAY_WAYS
from broadcast.domain.rulebook import read_span
from broadcast.domain.station import (
    FASTEST,
    ONLINE,
    REGIONS,
    SLOWEST,
    VIETNAMESE,
    Slot,
    Station,
    Zone,
    is_web_address,
)
from broadcast.domain.station_words import ONLINE_TOLD, PROFILES, RECORDINGS
from broadcast.domain.wording import DAYS, clock, day_text

T = TypeVar("T")

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
    """A single value of the station: its dotted `key`, label, reader, and an example of it.

    `choices` are its values where there are but a few, each with its meaning.
    """

    key: str
    label: str
    read: Callable[[str], Any]
    example: str
    choices: Mapping[str, str] = field(default_factory=dict)


def read_name(text: str) -> str:
    """A name: one line, not empty."""
    name = read_words(text)
    if not name:
        raise ValueError("chưa ghi tên")
    return name


def read_words(text: str) -> str:
    """One line of any text, white space folded."""
    return " ".join(text.split())


def read_web_address(text: str) -> str:
    """The address of a page on the web, or nothing."""
    address = text.strip()
    if address and not is_web_address(address):
        raise ValueError("địa chỉ bắt đầu bằng https://, như https://xa.tinh.vn/loa; hoặc để trống")
    return address


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


def read_profile(text: str) -> str:
    """What programmes are heard from, by its id or its Vietnamese name."""
    word = read_words(text).casefold()
    for profile, label in PROFILES.items():
        if word in {profile, label.casefold()}:
            return profile
    raise ValueError(f"không có «{word}»; chọn một trong: {', '.join(PROFILES)}")


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


def read_date(text: str) -> date:
    """A day with its year: 2026-12-01, 1/12/2026."""
    words = "".join(text.split())
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError("không phải là ngày; viết như 01/12/2026")


def read_day_or_none(text: str) -> date | None:
    """A day with its year, or that there is no limit: "" or "không"."""
    return None if text.strip().casefold() in {"", "không", "không hạn"} else read_date(text)


def read_names(text: str) -> tuple[str, ...]:
    """Names with commas between them, also none."""
    return tuple(dict.fromkeys(w for part in text.split(",") if (w := read_words(part))))


def read_languages(text: str) -> tuple[str, ...]:
    """Languages with commas between them: "Tiếng Việt, Tiếng Thái"."""
    found = read_names(text)
    if not found:
        raise ValueError("chưa ghi thứ tiếng nào; viết như Tiếng Việt, Tiếng Thái")
    return found


def or_none(read: Callable[[str], T]) -> Callable[[str], T | None]:
    """A reader of a number that may be left out."""
    return lambda text: None if _left_out(text) else read(text)


def or_empty(read: Callable[[str], tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    """A reader of a list that may be left out."""
    return lambda text: () if _left_out(text) else read(text)


def _left_out(text: str) -> bool:
    return text.strip().casefold() in {"", "không"}


def read_spans(text: str) -> tuple[str, ...]:
    """Stretches of the day with commas between them: "11:30-13:30, 21:00-05:00"."""
    spans = [] if _left_out(text) else [read_span(part) for part in text.split(",")]
    return tuple(f"{clock(begin)}-{clock(end)}" for begin, end in spans)


def read_dates(text: str) -> tuple[date, ...]:
    """Days with commas between them: "06/02/2027, 2027-02-07"."""
    found = set[date]()
    for part in () if _left_out(text) else text.split(","):
        day, month, year = [*part.strip().split("/"), "", ""][:3]
        written = f"{year}-{month:0>2}-{day:0>2}" if year else day
        try:
            found.add(date.fromisoformat(written))
        except ValueError:
            raise ValueError(f"«{part.strip()}» không phải là ngày; viết như 06/02/2027") from None
    return tuple(sorted(found))


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

_LIMITS = (
    Entry("rules.quiet_hours", "Giờ yên tĩnh", read_spans, "11:30-13:30"),
    Entry("rules.max_minutes_per_slot", "Số phút nhiều nhất một lần phát",
          or_none(whole_number(1, 1440, "phút", 45)), "45"),
    Entry("rules.weekdays", "Chỉ phát các ngày", or_empty(read_days), "T2-T6"),
    Entry("rules.no_broadcast_days", "Ngày không phát", read_dates, "06/02/2027"),
    Entry("rules.same_programme_after_hours", "Số giờ mới phát lại một chương trình",
          or_none(whole_number(0, 999, "giờ", 4)), "4"),
    Entry("rules.repeat_at_least_hours", "Phát lại sau ít nhất",
          or_none(whole_number(0, 999, "giờ", 6)), "6"),
    Entry("rules.repeat_at_most_hours", "Phát lại sau nhiều nhất",
          or_none(whole_number(0, 999, "giờ", 24)), "24"),
    Entry("rules.weekly_minimum_at_peak", "Số lượt ít nhất một tuần vào giờ cao điểm",
          or_none(whole_number(0, 999, "lượt", 2)), "2"),
    Entry("rules.language_minimum_per_week", "Số lượt ít nhất một tuần bằng tiếng của cụm loa",
          or_none(whole_number(0, 999, "lượt", 1)), "1"),
    Entry("rules.max_airings_per_day", "Số lượt nhiều nhất một ngày",
          or_none(whole_number(1, 999, "lượt", 2)), "2"),
    Entry("rules.warn_before", "Nhắc khi phát trước", read_clock, "05:30"),
    Entry("rules.profile", "Bộ quy định của nơi", read_words, "hai-duong-2016"),
)  # fmt: skip
"""Limits that a station may leave open; nothing typed, or "không", leaves them so."""

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
    *_LIMITS,
    Entry("voices.engine", "Bộ đọc", read_name, "espeak"),
    Entry("voices.rate", "Tốc độ (âm tiết/phút)",
          whole_number(SLOWEST, FASTEST, "âm tiết", 190), "190"),
    Entry("voices.women", "Giọng nữ", read_words, "f5"),
    Entry("voices.men", "Giọng nam", read_words, "m3"),
    Entry("voices.region", "Vùng giọng", one_of(REGIONS), "bắc"),
    Entry("voices.online", "Gửi lời tới Google để đọc", one_of(ONLINE), "không",
          ONLINE_TOLD),
    Entry("sound.profile", "Nghe bằng", read_profile, PROFILES["horn"], PROFILES),
    Entry("sound.loudness", "Độ to (LUFS), để trống thì theo nơi nghe",
          or_none(number(-30, -9, "LUFS", -16)), "-16"),
    Entry("sound.true_peak", "Mức đỉnh (dBTP)", number(-9, 0, "dBTP", -1), "-1"),
    Entry("sound.bitrate", "Chất lượng MP3 (kbit/s)", read_bitrate, "64"),
    Entry("sound.ident", "Tệp nhạc hiệu của đài", read_words, "recordings/nhac-hieu.mp3"),
    Entry("sound.closing", "Tệp nhạc kết của đài", read_words, "recordings/nhac-ket.mp3"),
    Entry("sound.bed", "Tệp nhạc nền của đài", read_words, "recordings/nhac-nen.mp3"),
    Entry("recordings", "Nơi nói tiếng khác", one_of(RECORDINGS), "sau", RECORDINGS),
    Entry("paper.position", "Chức vụ người ký", read_name, "Chủ tịch"),
    Entry("paper.signer", "Họ tên người ký", read_words, "Nguyễn Văn An"),
    Entry("paper.place", "Nơi ghi trước ngày tháng", read_words, "Suối Hoa"),
    Entry("holidays.tet", "Những ngày Tết", one_of(HOLIDAY_WAYS), "nghỉ"),
    Entry("holidays.other", "Ngày lễ khác, ngày nghỉ bù", one_of(HOLIDAY_WAYS), "thường"),
    Entry("holidays.programme", "Chương trình riêng ngày lễ", read_words, "Chương trình mừng xuân"),
    Entry("calendar.lunar", "Lịch xuất ra ghi ngày âm", read_flag, "có"),
    Entry("calendar.alarm", "Lịch reo trước mấy phút (0: không)",
          whole_number(0, 1440, "phút", 10), "0"),
    Entry("calendar.address", "Địa chỉ trang của đài trên mạng", read_web_address,
          "https://xa.tinh.vn/loa"),
    Entry("calendar.caldav", "Địa chỉ lịch trên máy chủ (CalDAV)", read_web_address,
          "https://lich.tinh.vn/xa/loa/"),
    Entry("calendar.user", "Tên đăng nhập máy chủ lịch", read_words, "dai-suoi-hoa"),
    Entry("calendar.reminders", "Lịch xuất ra nhắc việc đến hạn", read_flag, "có"),
)  # fmt: skip
"""Every single value, in the order of the file; zones, slots and details have their functions."""


def value_text(value: Any) -> str:
    """A value as the officer types it, so that its reader gives it back."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(map(value_text, value))
    if isinstance(value, date):
        return day_text(value)
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
    return " · ".join(filter(None, (*parts, *_ties(station, slot))))


def _ties(station: Station, slot: Slot) -> Iterator[str]:
    """What is not so of every slot, in words."""
    if slot.language != VIETNAMESE:
        yield slot.language
    if slot.relay:
        yield f"tiếp âm {slot.relay}"
    if slot.repeats:
        source = station.slot(slot.repeats)
        yield f"phát lại «{source.name if source else slot.repeats}»"
    if slot.column:
        drawn = f" ({', '.join(slot.topics)})" if slot.topics else ""
        yield f"chuyên mục «{slot.column}»{drawn}"
    if slot.valid_from and slot.valid_from == slot.valid_until:
        yield f"chỉ ngày {day_text(slot.valid_from)}"
    else:
        if slot.valid_from:
            yield f"từ {day_text(slot.valid_from)}"
        if slot.valid_until:
            yield f"đến hết {day_text(slot.valid_until)}"
    if slot.except_on:
        yield f"trừ {', '.join(map(day_text, slot.except_on))}"
