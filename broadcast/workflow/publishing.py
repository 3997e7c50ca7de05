"""Keeping a calendar on a CalDAV server up to date with the weeks."""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from broadcast.domain.station import is_web_address
from broadcast.domain.week import WeekId
from broadcast.domain.wording import moment
from broadcast.errors import InputError, StorageError
from broadcast.store.files import write_whole
from broadcast.store.workspace import Workspace
from broadcast.workflow.calendars import handouts_of
from broadcast.workflow.progress import SILENT, Progress

if TYPE_CHECKING:
    from broadcast.publish.caldav import Known, Server, Step
    from broadcast.publish.items import EventState, Handout, Programme

PASSWORD = "BROADCAST_CALDAV_PASSWORD"  # noqa: S105 - the variable's name
"""The environment variable with the server's password."""

EXPOSED = (
    "địa chỉ lịch bắt đầu bằng http://, không mã hóa: mật khẩu và lịch đi qua mạng, người khác "
    "đọc được; chưa gửi gì cả"
)
"""What is told before anything goes to a server whose connection anybody on the way can read."""

_CLOSED_OR_AGREED = (
    "hỏi người quản trị máy chủ địa chỉ https:// rồi ghi vào calendar.caldav; vẫn muốn gửi thì "
    "thêm --insecure"
)
_SERVICE = "broadcast-caldav"
_SENDING = "gửi lịch"


@dataclass(frozen=True, slots=True)
class Target:
    """A calendar on a server: its address and who may write it.

    `in_clear`: whether the person agreed that others on the way may read what is sent.
    """

    address: str
    user: str
    password: str
    in_clear: bool = False

    @property
    def lacks_password(self) -> bool:
        """Whether somebody is to write it whose password is not known."""
        return bool(self.user and not self.password)

    @property
    def exposed(self) -> bool:
        """Whether the password would go where others can read it, and nobody agreed to that."""
        parts = urlsplit(self.address)
        return parts.scheme == "http" and not (self.in_clear or _is_here(parts.hostname or ""))

    def refuse_exposed(self) -> None:
        """Nothing is sent for others to read unless the person agreed.

        Raises:
            InputError: it would be.
        """
        if self.exposed:
            raise InputError("Chưa gửi được lịch", EXPOSED, _CLOSED_OR_AGREED)


@dataclass(frozen=True, slots=True)
class Published:
    """What was done on the server, or would be; conflicts are among the steps."""

    steps: tuple[Step, ...]
    sent: bool

    def count(self, kind: str) -> int:
        """How many steps are of a kind."""
        return sum(step.kind == kind for step in self.steps)


def known_target(workspace: Workspace) -> Target:
    """The server the station names, with the password of the environment or the keyring if any.

    Raises:
        InputError: the station names none.
    """
    told = workspace.load_station().calendar
    if not is_web_address(told.caldav):
        mend = "ghi địa chỉ: broadcast station set calendar.caldav https://..."
        happened = "đài chưa có địa chỉ lịch trên máy chủ"
        if told.caldav:
            happened = "địa chỉ lịch trên máy chủ (calendar.caldav) không dùng được"
        raise InputError("Chưa gửi được lịch", happened, mend)
    known = os.environ.get(PASSWORD) or _from_keyring(told.caldav, told.user)
    return Target(told.caldav, told.user, known or "")


def target_of(
    workspace: Workspace,
    ask: Callable[[str], str] | None = None,
    agree: Callable[[Target], bool] = lambda target: False,
) -> Target:
    """The server the station names; its password comes from the environment or the keyring.

    Args:
        ask: asks the person for a password, told for whom; None where nobody can be asked.
        agree: whether the person agrees that others can read what is sent; asked before `ask`.

    Raises:
        InputError: the station names none, there is no password, or nobody agreed.
    """
    found = known_target(workspace)
    if found.exposed:
        found = replace(found, in_clear=agree(found))
        found.refuse_exposed()
    if not found.password and ask:
        found = replace(found, password=ask(f"{found.user or 'người dùng'} ở {found.address}"))
    if found.lacks_password:
        mend = f"đặt biến môi trường {PASSWORD}, hoặc chạy trong cửa sổ lệnh để được hỏi"
        raise InputError("Chưa gửi được lịch", "chưa có mật khẩu của máy chủ lịch", mend)
    return found


def _is_here(host: str) -> bool:
    """Whether a host is this machine, so that nothing goes over any network.

    Names are not asked for: whoever answers could send the password anywhere.
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _from_keyring(address: str, user: str) -> str | None:
    """The password the system keeps; None where it keeps none or there is no keyring."""
    try:
        import keyring  # noqa: PLC0415 - an extra

        return keyring.get_password(_SERVICE, f"{user}@{address}")
    except Exception:  # a locked or missing keyring is as good as none
        return None


def remember_password(target: Target) -> bool:
    """Have the system's keyring keep the password; whether there is one that did."""
    try:
        import keyring  # noqa: PLC0415 - an extra

        keyring.set_password(_SERVICE, f"{target.user}@{target.address}", target.password)
    except Exception:  # as above
        return False
    return True


def publish_weeks(  # noqa: PLR0913 - what goes where; the rest is by keyword
    workspace: Workspace,
    weeks: Sequence[WeekId],
    target: Target,
    *,
    now: datetime,
    send: bool = True,
    overwrite: bool = False,
    progress: Progress = SILENT,
) -> Published:
    """Make the server's calendar say what these weeks say.

    Events of weeks gone by that still lead to a sound which left the page with its week are seen
    to as well.

    Args:
        send: False only looks at what would be done.
        overwrite: also where somebody changed the server's copy.

    Raises:
        CancelledError: the person asked to stop; what was sent stays, and is remembered.
        InputError: others could read what is sent, and nobody agreed.
        NotFoundError: no week has a file.
        StorageError: the server does not answer as it should.
    """
    target.refuse_exposed()
    from broadcast.publish import caldav  # noqa: PLC0415 - an extra, and icalendar
    from broadcast.publish.calendar import kept_from  # noqa: PLC0415

    with workspace.lock(_SENDING):
        notes = _Notes.load(workspace, target.address)
        every = sorted({*weeks, *notes.weeks_before(kept_from(now))})
        handouts = handouts_of(workspace, every, progress)
        server = caldav.CalDavServer(
            target.address, target.user, target.password, f"@{handouts[0].station.id}.broadcast"
        )
        told = _told(handouts, notes, now)
        days = {day for one in handouts for day in one.week.days()}
        planned = caldav.steps(
            told.wanted, server.objects(), notes.known, days, overwrite=overwrite
        )
        if send:
            notes.states |= told.states
            _send(server, planned, notes, told.heard, progress)
        return Published(planned, send)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a server is to say, by UID: title and object, the event's state, and of those that lead
    to a sound the day."""

    wanted: dict[str, tuple[str, bytes]]
    states: dict[str, EventState]
    heard: dict[str, date]


def _told(handouts: Sequence[Handout], notes: _Notes, now: datetime) -> _Told:
    from broadcast.publish import calendar  # noqa: PLC0415 - icalendar
    from broadcast.publish.names import programmes  # noqa: PLC0415

    station = handouts[0].station
    ordered = programmes([item for one in handouts for item in one.items])
    lunar = {day: text for one in handouts for day, text in one.lunar.items()}
    telling = calendar.telling_of(station, lunar, now=now)
    events = calendar.calendar_events(ordered, station, notes.states, now, telling=telling)
    wanted, heard = dict[str, tuple[str, bytes]](), dict[str, date]()
    for one, (uid, body) in zip(ordered, events.bodies.items(), strict=True):
        wanted[uid] = _title(one), calendar.event_object(station, body)
        if calendar.sound_address(one, telling):
            heard[uid] = one.item.airing.day
    return _Told(wanted, events.states, heard)


def _title(programme: Programme) -> str:
    """When it is heard, and what it is."""
    airing = programme.item.airing
    return f"{moment(airing.starts)} {programme.item.title or airing.title}"


def _send(
    server: Server,
    planned: Sequence[Step],
    notes: _Notes,
    heard: Mapping[str, date],
    progress: Progress,
) -> None:
    from broadcast.publish import caldav  # noqa: PLC0415 - as above

    try:
        for done, step in enumerate(planned, 1):
            notes.known = caldav.carry_out(server, [step], notes.known)
            notes.heard.pop(step.uid, None)
            notes.heard |= {step.uid: heard[step.uid]} if step.uid in heard else {}
            progress.step(_SENDING, done, len(planned))
    finally:
        # What was sent is remembered, whatever stopped the rest.
        notes.save()


class _Notes:
    """What was last put on a server: schedules/.published.json, without any secret."""

    def __init__(self, workspace: Workspace, address: str, all_of_it: dict[str, Any]) -> None:
        self._path = workspace.schedules / ".published.json"
        self._address = address
        self._all = all_of_it
        self.known: dict[str, Known] = {}
        self.states: dict[str, EventState] = {}
        self.heard: dict[str, date] = {}
        """The days of those events that lead to a sound."""

    def weeks_before(self, day: date) -> set[WeekId]:
        """Weeks before that day with events that lead to a sound."""
        return {WeekId.of(one) for one in self.heard.values() if one < day}

    @classmethod
    def load(cls, workspace: Workspace, address: str) -> _Notes:
        from broadcast.publish.caldav import Known  # noqa: PLC0415 - as above
        from broadcast.publish.items import EventState  # noqa: PLC0415

        path = workspace.schedules / ".published.json"
        try:
            everything = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
            notes = cls(workspace, address, everything)
            for uid, one in everything.get(address, {}).items():
                if one["tag"]:
                    notes.known[uid] = Known(one["tag"], one["digest"])
                moment = datetime.fromisoformat(one["modified"])
                notes.states[uid] = EventState(one["content"], int(one["sequence"]), moment)
                if heard := one.get("heard"):
                    notes.heard[uid] = date.fromisoformat(heard)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            mend = f"xóa {path.name} rồi gửi lại; nơi khác với máy chủ sẽ được hỏi lại"
            raise StorageError("Chưa gửi được lịch", f"{path.name} đã hỏng", mend) from error
        return notes

    def save(self) -> None:
        rows = {}
        for uid, state in self.states.items():
            known = self.known.get(uid)
            rows[uid] = {
                "tag": known.tag if known else "",
                "digest": known.digest if known else "",
                "content": state.digest,
                "sequence": state.sequence,
                "modified": state.modified.isoformat(),
                "heard": self.heard[uid].isoformat() if uid in self.heard else "",
            }
        self._all[self._address] = rows
        write_whole(self._path, json.dumps(self._all, ensure_ascii=False, indent=1) + "\n")
