"""A calendar on a server: what is sent, what is left alone, and what a real server keeps."""

from __future__ import annotations

from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.errors import StorageError
from broadcast.publish.caldav import CalDavServer, Known, Remote, carry_out, digest_of, steps
from broadcast.publish.calendar import calendar_events, event_object
from broadcast.publish.names import programmes
from tests.calendar_server import radicale
from tests.loopback import HOST, serve
from tests.publish_examples import LATER, MONDAY, NOW, STATION, item

__all__ = ["radicale"]

DAYS = [MONDAY + timedelta(days=n) for n in range(7)]
SUFFIX = "@thu.broadcast"


class Memory:
    """A server in memory; entity tags count its changes."""

    def __init__(self) -> None:
        self.there: dict[str, tuple[bytes, str, date | None]] = {}
        self.changes = 0

    def objects(self) -> dict[str, Remote]:
        return {
            href.removesuffix(".ics"): Remote(href, tag, day, digest_of(body))
            for href, (body, tag, day) in self.there.items()
        }

    def put(self, href: str, body: bytes, tag: str) -> str:
        old = self.there.get(href, (b"", "", None))
        assert old[1] == tag
        self.changes += 1
        self.there[href] = body, f"e{self.changes}", date.fromisoformat(body.decode()[:10])
        return self.there[href][1]

    def remove(self, href: str, tag: str) -> None:
        assert self.there.pop(href)[1] == tag


def body(day: date, word: str) -> bytes:
    return f"{day} {word}".encode()


UIDS = st.sampled_from(["a", "b", "c", "d"])
WEEK = st.dictionaries(UIDS, st.tuples(st.sampled_from(DAYS), st.sampled_from("xyz")))


def wanted(week: dict[str, tuple[date, str]]) -> dict[str, tuple[str, bytes]]:
    return {uid: (uid, body(*one)) for uid, one in week.items()}


def publish(
    server: Memory, known: dict[str, Known], week: dict[str, tuple[date, str]]
) -> tuple[dict[str, Known], list[str]]:
    planned = steps(wanted(week), server.objects(), known, DAYS)
    return carry_out(server, planned, known), [step.kind for step in planned]


@given(st.lists(WEEK, min_size=1, max_size=5))
def test_after_each_sending_the_server_has_just_what_was_sent(
    weeks: list[dict[str, tuple[date, str]]],
) -> None:
    server, known = Memory(), dict[str, Known]()
    for week in weeks:
        known, kinds = publish(server, known, week)
        assert "đụng" not in kinds
        told = {href.removesuffix(".ics"): one[0] for href, one in server.there.items()}
        assert told == {uid: one[1] for uid, one in wanted(week).items()}
        again = publish(server, known, week)[1]
        assert set(again) <= {"giữ"}


def sent(*uids: str) -> tuple[Memory, dict[str, Known]]:
    server = Memory()
    known, _ = publish(server, {}, dict.fromkeys(uids, (MONDAY, "x")))
    return server, known


def test_what_somebody_changed_on_the_server_is_told_and_left() -> None:
    server, known = sent("a", "b")
    server.there["a.ics"] = b"2026-11-23 of somebody", "other", MONDAY
    known, kinds = publish(server, known, {"a": (MONDAY, "y"), "b": (MONDAY, "y")})
    assert kinds == ["đụng", "sửa"]
    assert server.there["a.ics"][0] == b"2026-11-23 of somebody"


def test_what_somebody_deleted_on_the_server_is_told_and_not_made_again() -> None:
    server, known = sent("a")
    del server.there["a.ics"]
    assert publish(server, known, {"a": (MONDAY, "x")})[1] == ["đụng"]
    assert server.there == {}


def test_it_is_overwritten_only_when_asked() -> None:
    server, known = sent("a", "b")
    server.there["a.ics"] = b"2026-11-23 of somebody", "other", MONDAY
    del server.there["b.ics"]
    week = wanted({"a": (MONDAY, "y"), "b": (MONDAY, "y")})
    planned = steps(week, server.objects(), known, DAYS, overwrite=True)
    carry_out(server, planned, known)
    assert [server.there[f"{uid}.ics"][0] for uid in "ab"] == [body(MONDAY, "y")] * 2


def test_airings_of_other_weeks_stay() -> None:
    server, known = sent("a")
    server.there["a.ics"] = (*server.there["a.ics"][:2], MONDAY - timedelta(days=7))
    assert publish(server, known, {})[1] == []


def test_a_server_that_fails_in_the_middle_leaves_a_true_memory() -> None:
    server = Memory()
    planned = steps(wanted({"a": (MONDAY, "x"), "b": (MONDAY, "x")}), {}, {}, DAYS)

    def cut(step: object) -> None:
        raise StorageError("cut", "", "")

    with pytest.raises(StorageError):
        carry_out(server, planned, {}, cut)
    known, kinds = publish(server, {}, {"a": (MONDAY, "x"), "b": (MONDAY, "x")})
    assert kinds == ["giữ", "tạo"]
    assert set(known) == {"a", "b"}


def real(address: str, password: str) -> CalDavServer:
    return CalDavServer(address, "dai", password, SUFFIX)


@pytest.mark.clients
def test_a_real_server_is_filled_changed_emptied_and_nothing_else_touched(radicale: str) -> None:
    server = real(radicale, "mat-khau")
    foreign = event_object(STATION, calendar_events(
        programmes([item("khac")]), STATION, {}, NOW).bodies[f"khac{SUFFIX}"].replace(
            b"khac@thu.broadcast", b"khac@noi-khac"))  # fmt: skip
    server.put("cua-nguoi-khac.ics", foreign, "")
    first = calendar_events(programmes([item("a1"), item("a2", DAYS[1])]), STATION, {}, NOW)

    def send(events, known):  # type: ignore[no-untyped-def]
        week = {uid: ("t", event_object(STATION, one)) for uid, one in events.bodies.items()}
        planned = steps(week, server.objects(), known, DAYS)
        return carry_out(server, planned, known), [step.kind for step in planned]

    known, kinds = send(first, {})
    assert kinds == ["tạo", "tạo"]
    assert send(first, known)[1] == ["giữ", "giữ"]
    moved = programmes([item("a1", DAYS[2]), item("a2", DAYS[1])])
    second = calendar_events(moved, STATION, first.states, LATER)
    known, kinds = send(second, known)
    assert sorted(kinds) == ["giữ", "sửa"]
    assert server.objects()[f"a1{SUFFIX}"].day == DAYS[2]
    third = calendar_events(moved[:1], STATION, second.states, LATER)
    known, kinds = send(third, known)
    assert sorted(kinds) == ["bỏ", "giữ"]
    assert list(server.objects()) == [moved[0].item.airing.id + SUFFIX]
    everything = CalDavServer(radicale, "dai", "mat-khau", "")
    assert "khac@noi-khac" in everything.objects()


@pytest.mark.clients
@pytest.mark.parametrize(
    ("path", "password", "told"),
    [("", "sai", "mật khẩu"), ("khong-co/", "mat-khau", "không có lịch ấy")],
)
def test_a_real_server_that_refuses_is_told(
    radicale: str, path: str, password: str, told: str
) -> None:
    with pytest.raises(StorageError, match=told):
        real(radicale + path, password).objects()


@pytest.mark.clients
def test_a_server_that_is_not_there_is_told(radicale: str) -> None:
    with pytest.raises(StorageError, match="không liên lạc được"):
        real(f"http://{HOST}:9/dai/loa/", "mat-khau").objects()


class Answering(BaseHTTPRequestHandler):
    """A server that answers everything in one way."""

    status, location = 500, ""

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(self.status)
        if self.location:
            self.send_header("Location", self.location)
        self.send_header("Content-Length", "13")
        self.end_headers()
        self.wfile.write(b"<html></html>")

    do_GET = do_PUT = do_DELETE = do_PROPFIND = do_REPORT = do_OPTIONS = do_HEAD = _answer  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.mark.clients
@pytest.mark.parametrize(
    ("status", "location", "told"),
    [
        (200, "", "không phải máy chủ lịch"),
        (301, "/khac/", "không liên lạc được|không phải máy chủ lịch|trả lời"),
        (401, "", "không nhận mật khẩu"),
        (403, "", "không cho"),
        (500, "", "không liên lạc được|trả lời 500"),
        (503, "", "không liên lạc được|trả lời 503"),
    ],
)
def test_whatever_a_server_answers_is_told_in_one_message(
    status: int, location: str, told: str
) -> None:
    pytest.importorskip("caldav")
    kind = type("One", (Answering,), {"status": status, "location": location})
    with serve(kind) as address:
        server = real(f"{address}/dai/", "mat-khau")
        with pytest.raises(StorageError, match=told):
            server.objects()
        if status != 200:
            with pytest.raises(StorageError):
                server.put("a.ics", b"BEGIN:VCALENDAR", "")


@pytest.mark.clients
def test_a_change_between_reading_and_writing_is_noticed(radicale: str) -> None:
    server = real(radicale, "mat-khau")
    (uid, one), *_ = calendar_events(programmes([item("dua")]), STATION, {}, NOW).bodies.items()
    made = event_object(STATION, one)
    server.put(f"{uid}.ics", made, "")
    with pytest.raises(StorageError, match="vừa có người sửa"):
        server.put(f"{uid}.ics", made, '"an-older-tag"')
    with pytest.raises(StorageError, match="vừa có người sửa"):
        server.put(f"{uid}.ics", made, "")
