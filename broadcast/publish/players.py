"""Field players: where each wants its files, what it calls them, and how it is told when to play.

A player is an adapter that lays out a week's programmes as the files of one stick or card; the
export writes them in that order. What does not fit the player is told before anything is written.
Sources: the makers' manuals (AMC Weekly Player; Adastra DM-8, version 3.1; Australian Monitor DMA1;
Barix FTP MP3 Player, version 1.08).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Protocol

from broadcast.domain.week import VIETNAM
from broadcast.domain.wording import clock, day_label, moment
from broadcast.errors import InputError, Problem
from broadcast.publish.items import Programme

_ENGLISH = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_BARIX_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SO")
_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of one stick: `sounds` and then `lists`, each in the order of writing.

    `sounds`: a programme by the path its file gets; programmes with the same sound share one.
    `lists`: what tells the player when to play, by path. `placed`: every programme with the path
    that is played for it. `problems`: what this player cannot do; with any, nothing is written.
    """

    sounds: Mapping[str, Programme] = field(default_factory=dict)
    lists: Mapping[str, bytes] = field(default_factory=dict)
    placed: tuple[Programme, ...] = ()
    problems: tuple[Problem, ...] = ()


class Player(Protocol):
    """A kind of player."""

    @property
    def id(self) -> str:
        """The name it is chosen by."""
        ...

    @property
    def name(self) -> str:
        """What it is called, in Vietnamese where it has no name of its own."""
        ...

    @property
    def limits(self) -> str:
        """In one line: what it takes, and what the operator has to know."""
        ...

    def lay_out(self, programmes: Sequence[Programme]) -> Layout:
        """The files for these programmes (those with a sound, in airing order)."""
        ...


@dataclass(frozen=True, slots=True)
class PlainStick:
    """An amplifier that plays a USB stick file by file, in the order of writing."""

    id: str = "usb"
    name: str = "USB thường"
    limits: str = "phát lần lượt theo thứ tự đã chép; mỗi ngày một thư mục, người trực mở máy"

    def lay_out(self, programmes: Sequence[Programme]) -> Layout:
        """A folder a day, names with a number first, as `names` gives them."""
        sounds = {one.path: one for one in programmes if one.path}
        return Layout(sounds, placed=tuple(programmes))


@dataclass(frozen=True, slots=True)
class MessagePlayer:
    """A player with a folder MESSA and a weekly time table, a line an event.

    `table` is the time table's file, `start` writes a time of day as the player reads it. It knows
    weekdays and no dates: a card holds one week.
    """

    id: str
    name: str
    table: str
    start: Callable[[Programme], str]
    messages: int = 99
    events: int = 99
    limits: str = "tự phát theo giờ; thẻ FAT32 đã định dạng sạch, nhiều nhất 99 tệp, 99 lượt"

    def lay_out(self, programmes: Sequence[Programme]) -> Layout:
        """MESSA/M001.mp3 and on; the table in order of time, no blanks in it."""
        numbered = _numbered(programmes, "MESSA/M{:03d}.mp3")
        lines, placed = [], []
        for one in programmes:
            path = numbered.path_of(one)
            day = _ENGLISH[one.item.airing.day.weekday()]
            lines.append(f"{self.start(one)},{day},{path[6:10]}")
            placed.append(replace(one, path=path))
        problems = [
            *_too_many(self.name, len(numbered.sounds), self.messages, "tệp"),
            *_too_many(self.name, len(lines), self.events, "lượt phát"),
            *_same_time(self.name, programmes),
            *_other_weeks(self.name, programmes),
        ]
        lists = {self.table: _lines(lines)}
        return Layout(numbered.sounds, lists, tuple(placed), tuple(problems))


@dataclass(frozen=True, slots=True)
class WeekdayLists:
    """Australian Monitor DMA1: seven lists, the first for Monday; its inputs start them."""

    id: str = "dma1"
    name: str = "Australian Monitor DMA1"
    limits: str = (
        "mỗi thứ một danh sách 1.M3U (thứ Hai) đến 7.M3U (Chủ nhật), đầu vào IN1 đến IN7 bật; "
        "nhiều nhất 500 tệp"
    )
    most: int = 500

    def lay_out(self, programmes: Sequence[Programme]) -> Layout:
        """Names of seven figures: weekday, time, place in the day ("1053001.MP3")."""
        placed = tuple(replace(one, path=_short_name(one)) for one in programmes)
        lists: dict[str, list[str]] = {}
        for one in placed:
            lists.setdefault(f"{one.item.airing.day.isoweekday()}.M3U", []).append(one.path or "")
        problems = [
            *_too_many(self.name, len(placed), self.most, "tệp"),
            *_other_weeks(self.name, programmes),
        ]
        written = {path: _lines(names) for path, names in sorted(lists.items())}
        return Layout({one.path or "": one for one in placed}, written, placed, tuple(problems))


@dataclass(frozen=True, slots=True)
class TimedLists:
    """Barix FTP MP3 Player: a list an airing, whose first line says on which day and when."""

    id: str = "barix"
    name: str = "Barix FTP MP3 Player"
    limits: str = (
        "tự phát theo ngày giờ; nhiều nhất 100 danh sách; chép các dòng của PLAYLIST.CFG vào tệp "
        "cấu hình của máy"
    )
    most: int = 100

    def lay_out(self, programmes: Sequence[Programme]) -> Layout:
        """NAME.MP3, NAME.M3U with its times, and the lines for the player's own settings."""
        placed = tuple(replace(one, path=_short_name(one)) for one in programmes)
        lists = {_list_of(one): _lines([_barix_times(one), one.path or ""]) for one in placed}
        if lists:
            lists["PLAYLIST.CFG"] = _lines([f"PLAYLIST={name}" for name in lists])
        problems = [
            *_too_many(self.name, len(placed), self.most, "lượt phát"),
            *_other_weeks(self.name, programmes),
            *(_over_midnight(self.name, one) for one in programmes if _ends(one) > _MIDNIGHT),
        ]
        return Layout({one.path or "": one for one in placed}, lists, placed, tuple(problems))


PLAYERS: tuple[Player, ...] = (
    PlainStick(),
    MessagePlayer(
        "dm8",
        "Adastra DM-8",
        "schedule.txt",
        lambda one: f"{one.item.airing.start:%H%M}",
        limits="tự phát theo giờ; thẻ FAT32 4-32 GB đã định dạng sạch, nhiều nhất 99 tệp, 99 lượt",
    ),
    MessagePlayer(
        "amc", "AMC Weekly Player", "TIMING.TXT", lambda one: f"{one.item.airing.start:%H:%M}"
    ),
    WeekdayLists(),
    TimedLists(),
)
"""Every kind of player; another one is another entry."""


def player_of(name: str) -> Player:
    """The player of that id.

    Raises:
        InputError: there is none; all are named.
    """
    found = next((one for one in PLAYERS if one.id == name), None)
    if found is None:
        known = ", ".join(f"{one.id} ({one.name})" for one in PLAYERS)
        raise InputError("Chưa xuất", f"không có loại máy phát «{name}»", f"chọn: {known}")
    return found


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Sounds by numbered names; what sounds alike has one."""

    sounds: dict[str, Programme]
    by_digest: dict[str, str]

    def path_of(self, programme: Programme) -> str:
        return self.by_digest[programme.item.digest]


def _numbered(programmes: Iterable[Programme], pattern: str) -> _Numbered:
    made = _Numbered({}, {})
    for one in programmes:
        if one.item.digest not in made.by_digest:
            path = pattern.format(len(made.by_digest) + 1)
            made.by_digest[one.item.digest] = path
            made.sounds[path] = one
    return made


def _short_name(programme: Programme) -> str:
    """ "1053001.MP3": weekday, time and place in the day; eight letters and an ending at most."""
    airing = programme.item.airing
    return f"{airing.day.isoweekday()}{airing.start:%H%M}{programme.order % 100:02d}.MP3"


def _list_of(programme: Programme) -> str:
    return (programme.path or "").replace(".MP3", ".M3U")


def _barix_times(programme: Programme) -> str:
    """From which day to which, weekday, from when to when, once, at once, in order."""
    airing = programme.item.airing
    day = f"{airing.day:%d-%m-%y}"
    until = min(_ends(programme), _MIDNIGHT - 1)
    times = f"{airing.start:%H%M},{until // 60:02d}{until % 60:02d}"
    return f"#BARIX-4,{day},{day},{_BARIX_DAYS[airing.day.weekday()]},{times},1,,1,0"


def _ends(programme: Programme) -> int:
    """Minutes after midnight of the airing's day at which it is over."""
    midnight = datetime.combine(programme.item.airing.day, time(), VIETNAM)
    return (programme.ends - midnight) // timedelta(minutes=1)


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _too_many(player: str, count: int, most: int, what: str) -> list[Problem]:
    if count <= most:
        return []
    mend = "xuất riêng từng cụm loa (--zone), hoặc bớt lượt phát"
    told = f"{player} nhận nhiều nhất {most} {what}, tuần này có {count}"
    return [Problem(told, suggestion=mend)]


def _same_time(player: str, programmes: Sequence[Programme]) -> list[Problem]:
    """Two events of one minute: the player starts only one of them."""
    taken: dict[object, Programme] = {}
    problems = []
    for one in programmes:
        other = taken.setdefault(one.item.airing.starts, one)
        if other is not one:
            both = f"«{other.item.title}», «{one.item.title}»"
            told = f"{player}: hai chương trình cùng lúc {moment(one.item.airing.starts)}: {both}"
            mend = "xuất riêng từng cụm loa (--zone): mỗi thẻ cho một nơi nghe"
            problems.append(Problem(told, suggestion=mend))
    return problems


def _other_weeks(player: str, programmes: Sequence[Programme]) -> list[Problem]:
    """Weekdays say nothing of the week: what is of two weeks would be heard twice."""
    weeks = {one.item.airing.day.isocalendar()[:2] for one in programmes}
    if len(weeks) < 2:
        return []
    return [Problem(f"{player}: mỗi thẻ chỉ chứa được một tuần", suggestion="xuất từng tuần")]


def _over_midnight(player: str, programme: Programme) -> Problem:
    airing = programme.item.airing
    told = f"{player} không phát qua 0 giờ: {day_label(airing.day)} {clock(airing.starts)}"
    return Problem(told, suggestion="dời lượt ấy sớm hơn, hoặc chia làm hai lượt")
