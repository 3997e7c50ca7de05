"""Checking and showing a week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from broadcast.domain import conflicts
from broadcast.domain.contradictions import ABOUT_STATION
from broadcast.domain.days import SpecialDays
from broadcast.domain.log import LogLine
from broadcast.domain.mending import apply_mend
from broadcast.domain.pairing import Version, version_for
from broadcast.domain.reminders import Reminder, reminders
from broadcast.domain.rules import Paired, ScriptInfo, check_week
from broadcast.domain.station import Station, Zone
from broadcast.domain.week import Airing, Finding, Week, WeekId
from broadcast.errors import BroadcastError, InputError, NotFoundError
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.listener import short_title
from broadcast.workflow.day_labels import special_days_of
from broadcast.workflow.desk import Desk
from broadcast.workflow.finished import Audio
from broadcast.workflow.freshness import stale_by_day
from broadcast.workflow.heard import heard_around
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.log_rows import logged_in
from broadcast.workflow.pairing import Stands, pairings
from broadcast.workflow.render import finished_audio, finished_versions

_WRITTEN_WRONG = {
    "unknown-zone": "zones",
    "unknown-slot": "slot",
    "unknown-plan": "plan",
    "unknown-topic": "topic",
    "unknown-script": "script",
    "wrong-day": "day",
    "duplicate-id": "id",
    "no-zone": "zones",
}
"""Rules about what the week's file says, and the key that says it."""

EMPTY, ON_FILE = "trống", "đã có audio"
"""States of an airing beyond those of its script."""


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week with all that is known of its airings: scripts as heard, audio, findings."""

    week: Week
    station: Station
    hearings: Mapping[str, Hearing]
    audio: Mapping[str, Audio]
    findings: tuple[Finding, ...]
    recordings: Mapping[str, tuple[Stands, ...]] = field(default_factory=dict)
    """By script, those in other languages."""
    versions: Mapping[str, Mapping[Version, Audio]] = field(default_factory=dict)
    """By script, what zones hear that speak other languages, as far as it is finished."""
    logged: Mapping[str, LogLine] = field(default_factory=dict)
    """By airing, the line of the log that holds for it."""
    lost: Mapping[Airing, tuple[str, ...]] = field(default_factory=dict)
    """The zones in which an airing gives way to one of a higher level and is not heard."""
    days: SpecialDays = field(default_factory=dict)
    """Holidays and the station's own days of the week."""
    reminders: tuple[Reminder, ...] = ()
    """What is due in the week or soon after."""

    def state(self, airing: Airing) -> str:
        """Where the airing stands: trống, nháp, ..., đã duyệt, đã có audio."""
        return _state(airing, self.hearings, self.audio)

    def stands(self, airing: Airing) -> str:
        """What became of the airing where that is logged (đã phát, phát một phần, không phát);
        else how far it has been made, see `state`."""
        line = self.logged.get(airing.id)
        return line.entry.state if line else self.state(airing)

    def seconds(self, airing: Airing) -> float | None:
        """Length of the airing's programme: measured if there is audio, else estimated."""
        audio = self.audio.get(airing.script or "")
        hearing = self.hearings.get(airing.script or "")
        return audio.seconds if audio else hearing.seconds if hearing else None

    def version(self, airing: Airing, zone: Zone) -> Version | None:
        """What the zone hears of an airing in its own languages, None if just the Vietnamese."""
        stands = self.recordings.get(airing.script or "", ())
        approved = {one.pairing.language: one.pairing for one in stands if one.state == "đã duyệt"}
        version = version_for(self.station, zone, approved)
        return version if version in self.versions.get(airing.script or "", {}) else None

    def title(self, airing: Airing) -> str:
        """Title of the airing's script as it is now, or its own."""
        hearing = self.hearings.get(airing.script or "")
        return hearing.script.title if hearing else airing.title

    def findings_of(self, airing_id: str) -> tuple[Finding, ...]:
        """Findings about one airing."""
        return tuple(f for f in self.findings if f.airing == airing_id)

    def findings_at(self, day: date, slot_id: str) -> tuple[Finding, ...]:
        """Findings about a place: those of the airings in it, or of its being empty."""
        there = {a.id for a in self.week.airings if (a.day, a.slot) == (day, slot_id)}
        return tuple(
            f for f in self.findings if f.airing in there or (f.day, f.slot) == (day, slot_id)
        )

    def place_of(self, finding: Finding) -> tuple[date, str | None] | None:
        """Day and slot a finding is about, to jump there; None if it is about the whole week."""
        airing = self.week.airing(finding.airing) if finding.airing else None
        if airing:
            return airing.day, airing.slot
        return (finding.day, finding.slot) if finding.day else None


def list_weeks(workspace: Workspace) -> tuple[list[Week], list[BroadcastError]]:
    """Every week that can be read, in order, and what is wrong with the files that cannot."""
    weeks, broken = [], []
    for week_id in workspace.week_ids():
        try:
            weeks.append(workspace.load_week(week_id))
        except BroadcastError as error:
            broken.append(error)
    return weeks, broken


def mended(week: Week, station: Station, finding: Finding) -> Week:
    """The week with what the finding offers done to it; nothing is saved.

    Raises:
        InputError: the finding offers nothing.
        NotFoundError: the airing or slot is not there any more.
    """
    change = finding.change
    if change is None:
        raise InputError("Chưa sửa được bằng một lệnh", finding.message, finding.mend)
    if change.title:
        change = replace(change, title=short_title(change.title))
    return apply_mend(week, station, change)


def view_week(
    workspace: Workspace, week_id: WeekId, *, each: bool = False, now: datetime | None = None
) -> WeekView:
    """The week with its scripts, audio and findings.

    Args:
        each: tell of every script that waits for a recording, not only how many do.
        now: aware; what is over by then is not asked to be moved.

    Raises:
        NotFoundError: the week has no file.
    """
    return seen_from(Desk(workspace), workspace.load_week(week_id), each=each, now=now)


Checks = list[tuple[WeekId, tuple[Finding, ...]]]
"""Weeks with their findings."""


def check_weeks(
    workspace: Workspace, weeks: Iterable[WeekId], *, now: datetime | None = None
) -> tuple[Checks, list[BroadcastError]]:
    """The findings of those of the weeks that have a file, and what is wrong with other files.

    Every file is read once. What is about the station and not about a week is told in the first
    of them alone.

    Raises:
        NotFoundError: none of them has a file.
    """
    desk, told = Desk(workspace), set[Finding]()
    wanted = set(weeks)
    there = [one for one in workspace.week_ids() if one in wanted]
    if not there:
        raise NotFoundError("Chưa kiểm tra được", "chưa có tuần nào trong những tuần ấy")
    checked, broken = list[tuple[WeekId, tuple[Finding, ...]]](), dict[str, BroadcastError]()
    for one in there:
        try:
            found = seen_from(desk, desk.week(one), now=now).findings
        except BroadcastError as error:
            broken[str(error)] = error
            continue
        checked.append((one, tuple(f for f in found if f not in told)))
        told.update(f for f in found if f.rule in ABOUT_STATION)
    return checked, list(broken.values())


def seen_from(
    desk: Desk, week: Week, *, each: bool = False, now: datetime | None = None
) -> WeekView:
    """The week with all that the desk's workspace knows of its airings."""
    station = desk.station()
    hearings, broken = _hear_all(desk, week)
    audio = _read_aloud(desk, hearings)
    infos = {one: _info(desk, week, h, audio.get(one)) for one, h in hearings.items()}
    days, near = week.id.days(), neighbours(desk, week.id)
    special = special_days_of(desk, week.id)
    lines = logged_in(desk, week.id)
    found = check_week(
        week,
        station,
        desk.plans(),
        infos | broken,
        near,
        heard=heard_around(desk, days[0], days[-1], without=week.id),
        each=each,
        profile=desk.profile(),
        days=special,
        logged=lines,
        now=now,
    )
    due, unread = _due(desk, week.id)
    findings = (*(_located(desk.workspace, week.id, one) for one in found), *unread)
    recordings = {one: pairings(desk.workspace, h) for one, h in hearings.items()}
    others = {one: finished_versions(desk.workspace, station, h) for one, h in hearings.items()}
    lost = conflicts.silent([*week.airings, *near])
    return WeekView(
        week, station, hearings, audio, findings, recordings, others, lines, lost, special, due
    )


def _due(desk: Desk, week_id: WeekId) -> tuple[tuple[Reminder, ...], tuple[Finding, ...]]:
    """What is due; the week is shown all the same where what is done cannot be read."""
    try:
        done = desk.done()
    except BroadcastError as error:
        told = "; ".join(map(str, error.problems)) or error.title
        mend = "sửa tệp ấy, rồi xem lại hạn: broadcast duties show"
        return (), (Finding("duties-unread", f"không đọc được việc đã làm: {told}", mend),)
    return reminders(week_id, desk.plans().values(), desk.station(), done), ()


def _info(desk: Desk, week: Week, hearing: Hearing, audio: Audio | None) -> ScriptInfo:
    script = hearing.script
    days = {airing.day for airing in week.airings if airing.script == script.id}
    seconds = audio.seconds if audio else hearing.seconds
    stale = stale_by_day(desk, script, days)
    recordings = {
        one.pairing.language: Paired(one.state, one.pairing.seconds)
        for one in pairings(desk.workspace, hearing)
    }
    return ScriptInfo(
        hearing.state, seconds, len(hearing.blockers), stale, recordings, script.pieces
    )


def _located(workspace: Workspace, week_id: WeekId, finding: Finding) -> Finding:
    """The finding with the line of the week's file that names what does not exist."""
    key = _WRITTEN_WRONG.get(finding.rule)
    if key is None or finding.airing is None:
        return finding
    path = workspace.week_path(week_id)
    if not path.exists():
        return finding
    return replace(finding, line=workspace.line_of(path, "airings", finding.airing, key))


def _hear_all(desk: Desk, week: Week) -> tuple[dict[str, Hearing], dict[str, ScriptInfo]]:
    """The week's scripts as heard; those whose file cannot be read count as one problem each."""
    hearings: dict[str, Hearing] = {}
    broken: dict[str, ScriptInfo] = {}
    for script_id in dict.fromkeys(a.script for a in week.in_order() if a.script):
        if not desk.has_script(script_id):
            continue
        try:
            hearings[script_id] = desk.hearing(script_id)
        except BroadcastError as error:
            broken[script_id] = ScriptInfo("nháp", None, max(1, len(error.problems)))
    return hearings, broken


def _read_aloud(desk: Desk, hearings: Mapping[str, Hearing]) -> dict[str, Audio]:
    """The finished recordings of those scripts that have one."""
    finished = {
        one: finished_audio(desk.workspace, desk.station(), h) for one, h in hearings.items()
    }
    return {one: audio for one, audio in finished.items() if audio}


def states_of(desk: Desk, week: Week) -> dict[str, str]:
    """The state of every airing by its id, as a view has it, of a week that need not be checked.

    Raises:
        InputError: the station cannot be read.
    """
    hearings, _ = _hear_all(desk, week)
    audio = _read_aloud(desk, hearings)
    return {airing.id: _state(airing, hearings, audio) for airing in week.airings}


def _state(airing: Airing, hearings: Mapping[str, Hearing], audio: Mapping[str, Audio]) -> str:
    hearing = hearings.get(airing.script or "")
    if hearing is None:
        return EMPTY
    if hearing.state == "đã duyệt" and airing.script in audio:
        return ON_FILE
    return hearing.state


def neighbours(desk: Desk, week_id: WeekId) -> list[Airing]:
    """Airings of the weeks before and after, which may collide across midnight."""
    near = (week_id.before(), week_id.after())
    return [airing for one in near for airing in desk.week(one).airings]
