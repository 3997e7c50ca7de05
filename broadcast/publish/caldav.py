"""Airings on a calendar server, one object each; nothing else there is touched.

A server's copy that somebody changed there is never overwritten: it is told, and left to a person.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol, TypeVar
from urllib.parse import quote

from broadcast.errors import StorageError

Kind = Literal["tạo", "sửa", "bỏ", "giữ", "đụng"]
"""What is done with an event: made, changed, removed, kept as it is, or left for a person."""

_T = TypeVar("_T")

TIMEOUT = 20
"""Seconds a server has to answer."""


@dataclass(frozen=True, slots=True)
class Remote:
    """An object on the server: its address, entity tag and day; `digest` of what it says."""

    href: str
    tag: str
    day: date | None
    digest: str


@dataclass(frozen=True, slots=True)
class Known:
    """What was last put: the entity tag the server gave it, and the digest of its bytes."""

    tag: str
    digest: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with one event; `why` tells a conflict."""

    kind: Kind
    uid: str
    title: str
    href: str
    body: bytes = b""
    tag: str = ""
    why: str = ""


class RefusedError(StorageError):
    """The server does not take the password."""


class Server(Protocol):
    """A calendar on a server."""

    def objects(self) -> dict[str, Remote]:
        """The objects of ours that are there, by UID."""
        ...

    def put(self, href: str, body: bytes, tag: str) -> str:
        """Write an object that has `tag` ("": that is not there yet); its new entity tag."""
        ...

    def remove(self, href: str, tag: str) -> None:
        """Take an object away that has `tag`."""
        ...


def digest_of(body: bytes) -> str:
    """SHA-256 of what an object says, without what servers put in themselves."""
    lines = re.sub(rb"\r?\n[ \t]", b"", body).replace(b"\r\n", b"\n").split(b"\n")
    told = sorted(one for one in lines if one and not one.startswith((b"PRODID", b"X-RADICALE")))
    return hashlib.sha256(b"\n".join(told)).hexdigest()


def steps(
    wanted: Mapping[str, tuple[str, bytes]],
    there: Mapping[str, Remote],
    known: Mapping[str, Known],
    days: Collection[date],
    *,
    overwrite: bool = False,
) -> tuple[Step, ...]:
    """What has to be done so that the server has just `wanted` for these days.

    Args:
        wanted: title and object by UID.
        there: our objects on the server.
        known: what was last put, by UID.
        days: the days that are published; objects of other days stay.
        overwrite: also where somebody changed the server's copy.
    """
    found = [_wanted(uid, *one, there.get(uid), known.get(uid)) for uid, one in wanted.items()]
    for uid, remote in there.items():
        if uid not in wanted and remote.day in days:
            found.append(_unwanted(uid, remote, known.get(uid)))
    return tuple(_forced(one) if overwrite else one for one in found)


def _wanted(uid: str, title: str, body: bytes, there: Remote | None, known: Known | None) -> Step:
    href = there.href if there else f"{quote(uid, safe='')}.ics"
    if there is None:
        if known:
            why = "đã bị xóa trên máy chủ"
            return Step("đụng", uid, title, href, body, "", why)
        return Step("tạo", uid, title, href, body)
    digest = digest_of(body)
    if there.digest == digest:
        return Step("giữ", uid, title, href, body, there.tag)
    if known and known.tag == there.tag:
        return Step("sửa", uid, title, href, body, there.tag)
    return Step("đụng", uid, title, href, body, there.tag, "đã có người sửa trên máy chủ")


def _unwanted(uid: str, there: Remote, known: Known | None) -> Step:
    if known and known.tag == there.tag:
        return Step("bỏ", uid, uid, there.href, b"", there.tag)
    why = "không còn trong lịch, nhưng đã có người sửa trên máy chủ"
    return Step("đụng", uid, uid, there.href, b"", there.tag, why)


def _forced(step: Step) -> Step:
    if step.kind != "đụng":
        return step
    kind: Kind = "bỏ" if not step.body else "sửa" if step.tag else "tạo"
    return Step(kind, step.uid, step.title, step.href, step.body, step.tag)


def carry_out(
    server: Server,
    planned: Iterable[Step],
    known: Mapping[str, Known],
    done: Callable[[Step], None] = lambda step: None,
) -> dict[str, Known]:
    """Do the steps; what is known afterwards.

    Of one that fails nothing is given back, not even what was known before it: who is to remember
    each step hands them over one by one.

    Args:
        done: told each step; what it raises stops the rest.
    """
    after = dict(known)
    for step in planned:
        if step.kind in {"tạo", "sửa"}:
            tag = server.put(step.href, step.body, step.tag)
            after[step.uid] = Known(tag, digest_of(step.body))
        elif step.kind == "bỏ":
            server.remove(step.href, step.tag)
            after.pop(step.uid, None)
        elif step.kind == "giữ":
            after[step.uid] = Known(step.tag, digest_of(step.body))
        done(step)
    return after


class CalDavServer:
    """A calendar collection by its address, through the caldav library.

    Args:
        address: of the collection, "https://.../calendar/".
        suffix: what UIDs of this station end with; other objects are not looked at.
    """

    def __init__(self, address: str, user: str, password: str, suffix: str) -> None:
        try:
            from caldav.davclient import DAVClient  # noqa: PLC0415 - an extra
            from caldav.lib import error as errors  # noqa: PLC0415
        except ImportError as error:
            mend = "cài thêm: pip install 'broadcast[caldav]'"
            raise StorageError("Chưa gửi được lịch", "chưa cài thư viện caldav", mend) from error
        self._errors: Any = errors
        client: Any = DAVClient(
            url=address,
            username=user,
            password=password,
            timeout=TIMEOUT,
            require_tls=False,
            enable_rfc6764=False,
        )
        self._client = client
        self._calendar: Any = client.calendar(url=address)
        self._suffix = suffix

    def objects(self) -> dict[str, Remote]:
        """The objects of ours that are there, by UID."""
        return self._asked(self._objects)

    def _objects(self) -> dict[str, Remote]:
        found = {}
        for one in self._calendar.get_events():
            one.load(only_if_unloaded=True)
            remote, uid = _remote(one)
            if uid.endswith(self._suffix):
                found[uid] = remote
        return found

    def put(self, href: str, body: bytes, tag: str) -> str:
        """Write an object that has `tag` ("": that is not there yet); its new entity tag."""
        address = str(self._calendar.url.join(href))
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        headers |= {"If-Match": tag} if tag else {"If-None-Match": "*"}
        answer = self._asked(lambda: self._client.put(address, body.decode(), headers))
        self._require(answer)
        given = answer.headers.get("ETag", "")
        return given or self._asked(lambda: self._tag(address))

    def remove(self, href: str, tag: str) -> None:
        """Take an object away that has `tag`."""
        address = str(self._calendar.url.join(href))
        headers = {"If-Match": tag} if tag else {}
        self._require(self._asked(lambda: self._client.request(address, "DELETE", "", headers)))

    def _tag(self, address: str) -> str:
        answer = self._client.request(address, "HEAD", "", {})
        return str(answer.headers.get("ETag", ""))

    def _require(self, answer: Any) -> None:
        if answer.status in {409, 412}:
            mend = "gửi lại: chương trình sẽ đọc lại máy chủ trước"
            raise StorageError("Chưa gửi được lịch", "máy chủ vừa có người sửa", mend)
        if not 200 <= answer.status < 300:
            raise StorageError(
                "Chưa gửi được lịch",
                f"máy chủ trả lời {answer.status}",
                "hỏi người quản trị máy chủ lịch",
            )

    def _asked(self, ask: Callable[[], _T]) -> _T:
        """What the server answers, with what goes wrong in the officer's words."""
        try:
            return ask()
        except self._errors.AuthorizationError as error:
            if getattr(error, "reason", "") == "Forbidden":
                mend = "hỏi người quản trị máy chủ: người này phải được ghi vào lịch ấy"
                happened = "máy chủ không cho người này dùng lịch ấy"
                raise StorageError("Chưa gửi được lịch", happened, mend) from error
            mend = "xem lại tên đăng nhập và mật khẩu"
            raise RefusedError("Chưa gửi được lịch", "máy chủ không nhận mật khẩu", mend) from error
        except self._errors.NotFoundError as error:
            mend = "xem lại địa chỉ lịch (calendar.caldav trong station.yaml)"
            raise StorageError("Chưa gửi được lịch", "máy chủ không có lịch ấy", mend) from error
        except (self._errors.DAVError, OSError) as error:
            mend = "xem mạng còn không, rồi gửi lại; chỗ đã gửi vẫn đúng"
            raise StorageError("Chưa gửi được lịch", "không liên lạc được máy chủ", mend) from error
        except Exception as error:  # the library trips in many ways over what is no answer to it
            mend = "xem lại địa chỉ lịch (calendar.caldav trong station.yaml)"
            happened = "nơi ấy trả lời, nhưng không phải máy chủ lịch"
            raise StorageError("Chưa gửi được lịch", happened, mend) from error


def _remote(one: Any) -> tuple[Remote, str]:
    data = one.data.encode() if isinstance(one.data, str) else one.data
    event = next(iter(one.icalendar_instance.walk("VEVENT")), None)
    start = event.decoded("DTSTART") if event and "DTSTART" in event else None
    day = getattr(start, "date", lambda: start)()
    tag = str(one.props.get("{DAV:}getetag", "")) or str(one.etag or "")
    return Remote(str(one.url), tag, day, digest_of(data)), str(
        event.get("UID", "")
    ) if event else ""
