"""A week of airings, its ISO name, and where each airing stands in time.

Times are local to Việt Nam (Asia/Ho_Chi_Minh, UTC+7, no daylight saving) and aware.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

VIETNAM = timezone(timedelta(hours=7), "ICT")
"""Việt Nam's one time zone; it has had no daylight saving since 1975."""

Level = Literal["thông thường", "ưu tiên", "khẩn cấp"]
"""Bulletin levels of Thông tư 39/2020/TT-BTTTT."""

LEVELS: tuple[Level, ...] = ("thông thường", "ưu tiên", "khẩn cấp")
"""Every level, the usual one first."""

_YEAR = re.compile(r"[0-9]{4}")
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")


@dataclass(frozen=True, slots=True, order=True)
class WeekId:
    """An ISO week: Monday first, written 2026-W48."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str, today: date) -> WeekId:
        """Read "2026-W48", "this" or "next" (also "nay", "sau").

        Raises:
            ValueError: `text` names no ISO week.
        """
        word = text.strip().casefold()
        if word in {"this", "nay"}:
            return cls.of(today)
        if word in {"next", "sau"}:
            return cls.of(today + timedelta(days=7))
        match = _WEEK.fullmatch(text.strip())
        if not match:
            raise ValueError(text)
        week = cls(int(match[1]), int(match[2]))
        date.fromisocalendar(week.year, week.number, 1)
        return week

    @classmethod
    def of(cls, day: date) -> WeekId:
        """The ISO week that `day` is in."""
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @classmethod
    def parse_many(cls, text: str, today: date) -> tuple[WeekId, ...]:
        """Read a year ("2026"), a stretch ("2026-W50..2027-W02", "2026-W01..W26") or one week.

        Raises:
            ValueError: `text` names no weeks, or a stretch that ends before it begins.
        """
        if _YEAR.fullmatch(text.strip()):
            # The 28th of December is in the last week of its ISO year.
            last = date(int(text), 12, 28).isocalendar().week
            return tuple(cls(int(text), number) for number in range(1, last + 1))
        first, dots, end = text.partition("..")
        begin = cls.parse(first, today)
        if not dots:
            return (begin,)
        until = cls.parse(end if end[:1].isdigit() else f"{begin.year}-{end.strip()}", today)
        if until < begin:
            raise ValueError(text)
        weeks = (until.days()[0] - begin.days()[0]).days // 7 + 1
        return tuple(cls.of(begin.days()[0] + timedelta(days=7 * n)) for n in range(weeks))

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    def before(self) -> WeekId:
        """The week before."""
        return WeekId.of(self.days()[0] - timedelta(days=7))

    def after(self) -> WeekId:
        """The week after."""
        return WeekId.of(self.days()[0] + timedelta(days=7))

    def days(self) -> tuple[date, ...]:
        """The seven days, Monday first."""
        return tuple(date.fromisocalendar(self.year, self.number, n) for n in range(1, 8))


@dataclass(frozen=True, slots=True)
class Airing:
    """One broadcast of one programme at one time in some zones (lượt phát).

    `id` is given once and survives moves. `minutes` is the time set aside. `script` is the id of
    the script it airs, None while there is none. `why` says how it came to be where it is.
    """

    id: str
    day: date
    start: time
    minutes: int
    zones: tuple[str, ...]
    slot: str | None = None
    title: str = ""
    plan: str | None = None
    topic: str | None = None
    script: str | None = None
    level: Level = "thông thường"
    why: str = ""

    @property
    def starts(self) -> datetime:
        """Start, aware."""
        return datetime.combine(self.day, self.start, VIETNAM)

    @property
    def ends(self) -> datetime:
        """End of the time set aside, aware; may be on the next day."""
        return self.starts + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Week:
    """The airings of one ISO week, in the order of the file."""

    id: WeekId
    airings: tuple[Airing, ...] = ()

    def in_order(self) -> tuple[Airing, ...]:
        """Airings by time, then id."""
        return tuple(sorted(self.airings, key=lambda a: (a.starts, a.id)))

    def airing(self, airing_id: str) -> Airing | None:
        """The airing of that id, if there is one."""
        return next((a for a in self.airings if a.id == airing_id), None)


MendKind = Literal["move", "length", "zones", "make-up", "fill", "remove"]
"""What a mend does to a week, see `Mend`."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A change of a week that mends a finding, small enough for one key.

    move: `airing` to `day`, `start` and `slot` (None: into none). length: it lasts `minutes`.
    zones: it is heard in `zones` only. make-up: it leaves `zones`, which hear it at `day`, `start`,
    `slot` instead. fill: the empty `slot` of `day` airs `topic` of `plan` under `title`. remove.
    """

    kind: MendKind
    airing: str | None = None
    day: date | None = None
    start: time | None = None
    slot: str | None = None
    minutes: int | None = None
    zones: tuple[str, ...] = ()
    plan: str | None = None
    topic: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check found (điểm cần xem): the rule, the airing or line, and how to mend it.

    `rule` is a stable ASCII name such as "overlap"; `message`, `mend` and `source` (where the rule
    comes from) are Vietnamese. `day` and `slot` (its id) say where it is when it is about no
    airing. `change`: what mends it by itself, None where only a person can.
    """

    rule: str
    message: str
    mend: str = ""
    airing: str | None = None
    line: int | None = None
    day: date | None = None
    slot: str | None = None
    source: str = ""
    change: Mend | None = None
