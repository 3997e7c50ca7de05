"""The station: its zones, slots, rules and voices, as schedules/station.yaml holds them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from datetime import date, time
from typing import Literal

from broadcast.domain.days import Holidays, OwnDay
from broadcast.domain.wording import weekday_code

Region = Literal["bắc", "trung", "nam"]
"""Whose Vietnamese is spoken: northern, central, southern."""

Recordings = Literal["sau", "thay", "không"]
"""Where recordings in other languages than Vietnamese are heard, or that there are none."""

Online = Literal["hỏi", "không", "đã duyệt", "cả nháp"]
"""Whether texts may be sent to an online voice: nobody has said yet, never, what is approved, or
drafts too."""

ONLINE_OPEN: Online = "hỏi"
ONLINE_NO: Online = "không"
ONLINE_YES: Online = "đã duyệt"
ONLINE_DRAFTS: Online = "cả nháp"
ONLINE: tuple[Online, ...] = (ONLINE_OPEN, ONLINE_NO, ONLINE_YES, ONLINE_DRAFTS)
"""Every answer, by the names the rest of the program uses."""

REGIONS: tuple[Region, ...] = ("bắc", "trung", "nam")
"""Every region a voice may be asked for."""

VIETNAMESE = "Tiếng Việt"
"""The language of a zone and a slot that name none."""

Profile = Literal["horn", "indoor", "phone"]
"""What a programme is heard from: horn loudspeakers outdoors, loudspeakers in a room, phones."""

LOUDNESS: dict[Profile, float] = {"horn": -16.0, "indoor": -18.0, "phone": -16.0}
"""LUFS for each of them, by judgement. A horn has wind, engines and distance to get over, and its
amplifier little headroom. In a room speech needs less, and less squeezing: -18 is what AES TD1008
asks of speech. Phones are heard at the ear but also in the kitchen; -16 is what podcasts have."""

SLOWEST, FASTEST = 120, 400
"""Syllables a minute: outside these nobody follows, and no engine is faithful."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A group of loudspeakers that always hears the same (cụm loa).

    `languages` are spoken there; without `network` the zone gets its files on a USB stick.
    """

    id: str
    name: str
    languages: tuple[str, ...] = (VIETNAMESE,)
    network: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A standing time of broadcast (khung giờ): local start, length in minutes, weekdays, zones.

    `zones` empty means every zone. `peak`: a time when many people listen. `language`: what is
    spoken in it. `valid_from`, `valid_until`: first and last day it stands, None without end.
    `relay`: whose programme is carried then ("Đài tỉnh"); such a slot is taken and never filled.
    `repeats`: the id of the slot whose programme is heard again here. `column`: the name of the
    series it belongs to, `topics` ("plan:path" or a path alone) what that series draws from.
    `except_on`: days on which it does not stand although it would. `follows`: the id of the slot
    it goes on from, where a standing slot was changed from some day on.
    """

    id: str
    name: str
    start: time
    minutes: int
    days: tuple[str, ...]
    zones: tuple[str, ...] = ()
    peak: bool = False
    language: str = VIETNAMESE
    valid_from: date | None = None
    valid_until: date | None = None
    relay: str = ""
    repeats: str = ""
    column: str = ""
    topics: tuple[str, ...] = ()
    except_on: tuple[date, ...] = ()
    follows: str = ""

    def stands_on(self, day: date) -> bool:
        """Whether it stands on `day`: by its weekdays, first and last day, and exceptions."""
        begun = self.valid_from is None or self.valid_from <= day
        going = self.valid_until is None or day <= self.valid_until
        usual = begun and going and weekday_code(day) in self.days
        return usual and day not in self.except_on


@dataclass(frozen=True, slots=True)
class Rules:
    """The station's own limits; a plan's weekly minimum is taken from the plan itself.

    `earliest`/`latest`: local times between which broadcasts start and end;
    `max_minutes_per_day`: most minutes a zone hears in one day; `repeat_after_days`: least days
    before the same topic is filled in again where there is a choice.

    What is None or empty asks for nothing. `quiet_hours`: "11:30-13:30", nothing sounds then.
    `max_minutes_per_slot`: most minutes without a break in one zone, relays included. `weekdays`:
    the only ones with broadcasts. `no_broadcast_days`: days without any. Whole hours before
    a zone hears one script again: `same_programme_after_hours`; where a slot repeats another one,
    `repeat_at_least_hours` and `repeat_at_most_hours` count instead. `weekly_minimum_at_peak`,
    `language_minimum_per_week` (airings in each other language of a zone), `max_airings_per_day`:
    counts. `warn_before`: starts before it are told, never refused.

    `profile`: the id of a profile that holds where the station says nothing itself. `sources`:
    where a key's value comes from; a key named in it is the station's own even if it equals the
    default.
    """

    earliest: time = time(5, 0)
    latest: time = time(22, 0)
    max_minutes_per_day: int = 60
    repeat_after_days: int = 2
    quiet_hours: tuple[str, ...] = ()
    max_minutes_per_slot: int | None = None
    weekdays: tuple[str, ...] = ()
    no_broadcast_days: tuple[date, ...] = ()
    same_programme_after_hours: int | None = None
    repeat_at_least_hours: int | None = None
    repeat_at_most_hours: int | None = None
    weekly_minimum_at_peak: int | None = None
    language_minimum_per_week: int | None = None
    max_airings_per_day: int | None = None
    warn_before: time = time(5, 30)
    profile: str = ""
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Voices:
    """Which engine reads, how fast, and which of its speakers takes each part.

    `rate`: syllables a minute aimed at. `women`/`men`: the engine's speaker names, "" its default.
    `online` says nothing of how it sounds: whether texts may be sent to an online voice.
    """

    engine: str = "espeak"
    rate: int = 190
    women: str = ""
    men: str = ""
    region: str = "bắc"
    online: Online = ONLINE_OPEN

    def heard(self) -> dict[str, str | int]:
        """By name, all that can be heard of it: what an approval covers."""
        values = asdict(self)
        del values["online"]
        return values


@dataclass(frozen=True, slots=True)
class Sound:
    """How programmes sound: true peak ceiling (dBTP), MP3 bit rate (kbit/s), and more.

    `profile`: what they are heard from, which shapes them. `loudness`: LUFS, None what the profile
    asks for. `ident`, `closing`, `bed`: the station's own music ("recordings/nhac-hieu.mp3"), ""
    what the program makes.
    """

    loudness: float | None = None
    true_peak: float = -1.0
    bitrate: int = 64
    profile: Profile = "horn"
    ident: str = ""
    closing: str = ""
    bed: str = ""

    @property
    def target(self) -> float:
        """LUFS that a programme is brought to."""
        return LOUDNESS[self.profile] if self.loudness is None else self.loudness


@dataclass(frozen=True, slots=True)
class Paper:
    """What papers to be signed say of this commune.

    `place`: what stands before the date, "" takes the commune's name. `position`, `signer`: who
    signs; without a name it is left to be written by hand.
    """

    place: str = ""
    position: str = "Chủ tịch"
    signer: str = ""


def is_web_address(text: str) -> bool:
    """Whether this is the address of a page or folder on the web, without anything odd in it.

    "https://NAME:PASSWORD@HOST" is none: files of the station hold no password.
    """
    return bool(re.fullmatch(r"https?://[^\s/?#<>\"'@]+(/[^\s?#<>\"']*)?", text))


@dataclass(frozen=True, slots=True)
class CalendarExport:
    """What the exported calendar tells besides airings.

    `lunar`: the lunar date of each airing's day; `reminders`: what is due (deadlines, reports);
    `alarm`: minutes before an airing at which calendars ring, 0 for not at all; `address`: where
    the page's folder stands for everybody ("https://..."); `caldav`: address of the calendar on a
    server that `calendar publish` keeps up to date, and `user` its user name.
    """

    lunar: bool = False
    reminders: bool = True
    alarm: int = 0
    address: str = ""
    caldav: str = ""
    user: str = ""

    @property
    def page(self) -> str:
        """The address, "" where what is written is none: it goes into pages and calendars."""
        return self.address if is_web_address(self.address) else ""


@dataclass(frozen=True, slots=True)
class Screen:
    """How the terminal UI looks and is driven at this station.

    `theme`: the name of its colours, "" the first of them. `keys`: the keys of an action by its
    id ("week.fill": ("f5",)) in place of its own; what is no theme, action or key is for the
    terminal UI to tell, the station can be read all the same.
    """

    theme: str = ""
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Station:
    """The whole of schedules/station.yaml.

    `details` are the local facts that fill placeholders in ready pieces ("số điện thoại": "...").
    `recordings` of scripts in a zone's own language come after the Vietnamese ("sau") or instead of
    it ("thay"); "không": the station makes none.
    `days` are days of its own, `holidays` says what it does on public ones.
    `screen` says nothing of what is broadcast: stations that differ in it alone are equal.
    """

    id: str
    name: str
    commune: str
    province: str = ""
    zones: tuple[Zone, ...] = ()
    slots: tuple[Slot, ...] = ()
    rules: Rules = Rules()
    voices: Voices = Voices()
    sound: Sound = Sound()
    paper: Paper = Paper()
    details: dict[str, str] = field(default_factory=dict)
    recordings: Recordings = "sau"
    days: tuple[OwnDay, ...] = ()
    holidays: Holidays = field(default=Holidays())
    calendar: CalendarExport = CalendarExport()
    screen: Screen = field(default=Screen(), compare=False)

    def zone(self, zone_id: str) -> Zone | None:
        """The zone of that id, if there is one."""
        return next((z for z in self.zones if z.id == zone_id), None)

    def slot(self, slot_id: str) -> Slot | None:
        """The slot of that id, if there is one."""
        return next((s for s in self.slots if s.id == slot_id), None)

    def lineage(self, slot_id: str) -> tuple[str, ...]:
        """Ids of that slot and of those that go on from it, in the station's order."""
        found = {slot_id}
        while more := {s.id for s in self.slots if s.follows in found} - found:
            found |= more
        return tuple(s.id for s in self.slots if s.id in found)

    def zones_of(self, slot: Slot) -> tuple[str, ...]:
        """Ids of the zones that hear `slot`, in the station's order."""
        return tuple(z.id for z in self.zones if not slot.zones or z.id in slot.zones)
