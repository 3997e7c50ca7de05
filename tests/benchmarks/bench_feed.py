"""A year's calendar against icalendar's plain build and write, and a writer of bare strings."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from broadcast.domain.station import Station, Zone
from broadcast.domain.week import Airing
from broadcast.publish.calendar import EventBook, week_calendar
from broadcast.publish.items import Item, Programme
from broadcast.publish.names import programmes

TITLE = "Lịch cả năm: 14 lượt một tuần, 728 sự kiện (CPU mili giây, trung vị các lượt xen kẽ)"
HEAD = ("cách", "mili giây", "so với icalendar", "kB")
RUNS = 7
NOW = datetime(2026, 12, 1, tzinfo=UTC)
STATION = Station(
    "do", "Đài truyền thanh xã Đo", "xã Đo", zones=(Zone("a", "Trung tâm xã"), Zone("b", "Bản Pe"))
)
SUMMARY = (
    "Từ nay bà con có thể nộp hồ sơ trên Cổng Dịch vụ công quốc gia, không phải chờ đợi; "
    "ai chưa quen thì đến Trung tâm Phục vụ hành chính công xã để được giúp."
)


def rows() -> list[tuple[str, ...]]:
    """The ways in turn, again and again, so that a busy moment meets all of them."""
    year = programmes([_item(number) for number in range(728)])
    book = EventBook()
    _, states = week_calendar(year, STATION, {}, NOW, book=book)
    changed = programmes([*(one.item for one in year[1:]), _item(0, "Tin mới")])
    ways: dict[str, Callable[[], bytes]] = {
        "icalendar, dựng và ghi thẳng": lambda: _plain(year),
        "broadcast, từ đầu": lambda: week_calendar(year, STATION, {}, NOW)[0],
        "broadcast, không đổi gì": lambda: _again(year, states, book),
        "broadcast, đổi một lượt": lambda: _again(changed, states, book),
        "ghi chuỗi, không thư viện": lambda: _strings(year),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    sizes = {}
    for _ in range(RUNS):
        for name, way in ways.items():
            begin = time.process_time()
            sizes[name] = len(way())
            took[name].append(1000 * (time.process_time() - begin))
    floor = statistics.median(took["icalendar, dựng và ghi thẳng"])
    return [
        (name, f"{(m := statistics.median(one)):.0f}", f"{m / floor:.2f}", f"{sizes[name] // 1000}")
        for name, one in took.items()
    ]


def _item(number: int, title: str = "") -> Item:
    day = date(2027, 1, 4) + timedelta(days=number // 2)
    start = datetime(2027, 1, 4, 5, 30) if number % 2 == 0 else datetime(2027, 1, 4, 17)  # noqa: DTZ001
    airing = Airing(f"{day}-{number % 2}", day, start.time(), 15, ("a", "b"))
    told = title or f"Nộp hồ sơ tại nhà qua Cổng Dịch vụ công quốc gia, kỳ {number}"
    names = ("Trung tâm xã", "Bản Pe")
    return Item(airing, told, SUMMARY, 187.0, names, topic=f"ke-hoach: II.{number % 9}")


def _again(year: tuple[Programme, ...], states: dict, book: EventBook) -> bytes:  # type: ignore[type-arg]
    kept = EventBook(book.known)
    return week_calendar(year, STATION, states, NOW, book=kept)[0]


def _plain(year: tuple[Programme, ...]) -> bytes:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    calendar = Calendar()
    calendar.add("prodid", "-//do//")
    calendar.add("version", "2.0")
    for one in year:
        airing = one.item.airing
        event = Event()
        event.add("uid", f"{airing.id}@do")
        event.add("dtstart", datetime.combine(airing.day, airing.start, zone))
        event.add("dtend", datetime.combine(airing.day, airing.start, zone) + timedelta(minutes=15))
        event.add("summary", one.item.title)
        event.add("location", ", ".join(one.item.zone_names))
        event.add("description", f"{SUMMARY}\nNội dung: {one.item.topic}")
        event.add("categories", ["Truyền thanh"])
        event.add("transp", "TRANSPARENT")
        event.add("sequence", 0)
        event.add("dtstamp", NOW)
        event.add("last-modified", NOW)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _strings(year: tuple[Programme, ...]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//do//"]
    for one in year:
        airing = one.item.airing
        start = datetime.combine(airing.day, airing.start)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{airing.id}@do",
            f"DTSTART;TZID=Asia/Ho_Chi_Minh:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Asia/Ho_Chi_Minh:{start + timedelta(minutes=15):%Y%m%dT%H%M%S}",
            f"SUMMARY:{_escaped(one.item.title)}",
            f"LOCATION:{_escaped(', '.join(one.item.zone_names))}",
            f"DESCRIPTION:{_escaped(SUMMARY)}\\nNội dung: {_escaped(one.item.topic)}",
            f"DTSTAMP:{NOW:%Y%m%dT%H%M%SZ}",
            "END:VEVENT",
        ]
    return "".join(_fold(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> str:
    parts = [line[at : at + 24] for at in range(0, len(line), 24)]
    return "\r\n ".join(parts) + "\r\n"
