"""The airing log (nhật ký phát thanh): what was to air, what zones heard of it, and why not all.

An entry says everything about one airing and is never changed. A correction is another entry that
names the one it corrects; the last one holds. Minutes are whole and those set aside for the airing:
a zone that heard the programme as planned heard all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from broadcast.domain.week import Airing

Outcome = Literal["như kế hoạch", "muộn", "bị cắt ngắn", "không phát"]
"""As planned, late (perhaps shorter too), cut short, not at all."""

OUTCOMES: tuple[Outcome, ...] = ("như kế hoạch", "muộn", "bị cắt ngắn", "không phát")
"""Every outcome, the usual one first."""

Reason = Literal["mất điện", "bão, giông", "hỏng thiết bị", "khác"]
"""Why it was not as planned; "khác" is explained in the note."""

REASONS: tuple[Reason, ...] = ("mất điện", "bão, giông", "hỏng thiết bị", "khác")
"""Every reason."""

AiredState = Literal["đã phát", "phát một phần", "không phát"]
"""What became of an airing that was logged."""

Key = tuple[date, str]
"""An airing in the log: its planned day and its id (a moved airing's id may be given again)."""

UNNAMED = "chưa ghi tên"
"""Who entered it, where nobody said."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What some zones heard of an airing.

    `minutes` heard, `late` minutes after its time; `reason` and `note` say why where it was not as
    planned, None and "" else.
    """

    zones: tuple[str, ...]
    outcome: Outcome
    minutes: int
    late: int = 0
    reason: Reason | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that the programme was approved: by whom, when (aware), on which signed paper.

    `digest` is the SHA-256 of the MP3 that was handed out, `file` its path; "" where not known.
    `languages` by zone: what was heard there, where it was not Vietnamese alone ("tiếng Thái").
    """

    approved_by: str = ""
    approved_at: datetime | None = None
    paper: str = ""
    file: str = ""
    digest: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: the airing as it was planned, what was heard, who says so and when.

    `heard` names every zone of the airing once; nothing in it takes an earlier entry back, so that
    the airing counts as not logged. `corrects`: checksum of the entry it replaces, "" if none.
    """

    airing: Airing
    heard: tuple[Heard, ...]
    by: str
    at: datetime
    evidence: Evidence = Evidence()
    corrects: str = ""

    @property
    def key(self) -> Key:
        """The airing it is about."""
        return self.airing.day, self.airing.id

    def in_zone(self, zone: str) -> Heard | None:
        """What that zone heard."""
        return next((one for one in self.heard if zone in one.zones), None)

    @property
    def state(self) -> AiredState:
        """What became of the airing, all zones taken together."""
        if all(one.outcome == "không phát" for one in self.heard):
            return "không phát"
        whole = all(one.minutes == self.airing.minutes for one in self.heard)
        return "đã phát" if whole else "phát một phần"


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry as it stands in the log: its file, its line from 1, its checksum."""

    entry: Entry
    file: str
    number: int
    checksum: str


def as_planned(airing: Airing, zones: Iterable[str] | None = None) -> Heard:
    """All of the airing at its time, in all of its zones or in these."""
    return Heard(airing.zones if zones is None else tuple(zones), "như kế hoạch", airing.minutes)


def completed(airing: Airing, told: Iterable[Heard]) -> tuple[Heard, ...]:
    """What all zones heard where something is told of some: the others heard it as planned."""
    heard = tuple(told)
    named = {zone for one in heard for zone in one.zones}
    rest = tuple(zone for zone in airing.zones if zone not in named)
    return (*heard, as_planned(airing, rest)) if rest else heard


def wrong_with(airing: Airing, heard: Collection[Heard]) -> tuple[str, ...]:
    """Everything that cannot be in what is told of an airing, in Vietnamese; none if all can."""
    zones = [zone for one in heard for zone in one.zones]
    wrong = [f"cụm loa {zone} không nghe lượt này" for zone in sorted({*zones} - {*airing.zones})]
    twice = (zone for zone in sorted({*zones}) if zones.count(zone) > 1)
    wrong += [f"cụm loa {zone} được ghi hai lần" for zone in twice]
    wrong += [
        f"chưa ghi gì cho cụm loa {zone}" for zone in airing.zones if heard and zone not in zones
    ]
    return (*wrong, *(told for one in heard for told in _impossible(airing, one)))


def _impossible(airing: Airing, one: Heard) -> Iterable[str]:
    most = airing.minutes
    if one.outcome not in OUTCOMES:
        yield f"không có kết quả «{one.outcome}»"
    if one.outcome == "như kế hoạch" and (one.minutes, one.late) != (most, 0):
        yield f"như kế hoạch thì phát đủ {most} phút, không muộn"
    if one.outcome == "muộn" and not (one.late > 0 and 0 < one.minutes <= most):
        yield f"muộn thì phải ghi muộn mấy phút, và phát từ 1 đến {most} phút"
    if one.outcome == "bị cắt ngắn" and not (one.late == 0 and 0 < one.minutes < most):
        yield f"bị cắt ngắn thì nghe được từ 1 đến {most - 1} phút"
    if one.outcome == "không phát" and (one.minutes, one.late) != (0, 0):
        yield "không phát thì không có phút nào"
    if one.outcome != "như kế hoạch" and one.reason not in REASONS:
        yield f"{one.outcome} thì phải nêu lý do: {'; '.join(REASONS)}"
    if one.reason == "khác" and not one.note.strip():
        yield "lý do khác thì ghi rõ là gì"


def holding(lines: Iterable[LogLine]) -> dict[Key, LogLine]:
    """The line that holds for each logged airing: its last one, unless that takes it back."""
    last = {line.entry.key: line for line in lines}
    return {key: line for key, line in last.items() if line.entry.heard}


def as_heard(airing: Airing, line: LogLine | None) -> Airing | None:
    """The airing in those zones that heard something of it, None if none did.

    Without a line that holds for it, it was heard as its week has it.
    """
    if line is None:
        return airing
    planned, entry = line.entry.airing, line.entry
    zones = tuple(z for z in planned.zones if (one := entry.in_zone(z)) and one.minutes)
    return replace(planned, zones=zones) if zones else None


def taken_back(lines: Iterable[LogLine], key: Key) -> tuple[LogLine, tuple[Heard, ...]] | None:
    """What undoing the last entry about an airing means: that line, and what held before it.

    None where nothing is logged. What held before is nothing for a first entry; undoing an undo
    brings back what was undone.
    """
    own = [line for line in lines if line.entry.key == key]
    if not own:
        return None
    last = own[-1]
    before = next((one for one in own if one.checksum == last.entry.corrects), None)
    return last, before.entry.heard if before else ()
