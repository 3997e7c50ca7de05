"""`broadcast calendar publish`: where others on the way could read the password, nothing is sent
until the person agreed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar
from unittest import mock

import pytest

from broadcast.store.workspace import Workspace
from broadcast.workflow import publishing

from .helpers import WEEK, Result, done, run
from .loopback import HOST, serve
from .test_publish_caldav import Answering

NAME = "lich.xa.test"


class Counting(Answering):
    """Has no calendar, and counts what it is asked."""

    status = 404
    asked: ClassVar[list[str]] = []

    def send_response(self, code: int, message: str | None = None) -> None:
        Counting.asked.append(self.path)
        super().send_response(code, message)


@pytest.fixture
def elsewhere(rendered: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A station whose calendar is on a host with a name, without encryption."""
    pytest.importorskip("caldav")
    Counting.asked.clear()
    real = socket.getaddrinfo

    def found(host: Any, *more: Any, **named: Any) -> Any:
        return real(HOST if host in {NAME, NAME.encode()} else host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setenv(publishing.PASSWORD, "mat-khau")
    with serve(Counting) as address:
        done("station", "set", "calendar.caldav", f"{address.replace(HOST, NAME)}/a/", cwd=rendered)
        done("station", "set", "calendar.user", "dai", cwd=rendered)
        yield rendered


def published(root: Path, *more: str, stdin: str = "", terminal: bool = False) -> Result:
    with mock.patch("broadcast.cli.calendar.sys") as shown:
        shown.stdin.isatty.return_value = shown.stderr.isatty.return_value = terminal
        return run("calendar", "publish", WEEK, *more, cwd=root, stdin=stdin)


@pytest.mark.clients
@pytest.mark.parametrize("more", [(), ("--dry-run",), ("--overwrite",)])
def test_a_password_is_not_sent_where_others_can_read_it(
    elsewhere: Path, more: tuple[str, ...]
) -> None:
    result = published(elsewhere, *more)
    assert result.status == 1
    assert "không mã hóa: mật khẩu và lịch đi qua mạng" in result.err
    assert "https://" in result.err
    assert "--insecure" in result.err
    assert Counting.asked == []


@pytest.mark.clients
@pytest.mark.parametrize(("answer", "sent"), [("k\n", False), ("c\n", True)])
def test_at_a_terminal_it_is_asked_first(elsewhere: Path, answer: str, sent: bool) -> None:
    result = published(elsewhere, stdin=answer, terminal=True)
    assert result.status == 1
    assert "Vẫn gửi?" in result.err
    assert bool(Counting.asked) == sent


@pytest.mark.clients
def test_who_allows_it_gets_as_far_as_the_server(elsewhere: Path) -> None:
    result = published(elsewhere, "--insecure")
    assert "máy chủ không có lịch ấy" in result.err.lower()
    assert Counting.asked != []


@pytest.mark.parametrize(
    ("address", "exposed"),
    [
        ("https://lich.xa.test/a/", False),
        ("http://lich.xa.test/a/", True),
        (f"http://{HOST}:5232/a/", False),
        ("http://[::1]:5232/a/", False),
        (f"http://{HOST}.xa.test/a/", True),
        ("http://192.0.2.7/a/", True),
    ],
)
def test_only_this_machine_and_encryption_keep_a_password_to_themselves(
    address: str, exposed: bool
) -> None:
    assert publishing.Target(address, "dai", "x").exposed == exposed


def test_an_address_with_a_password_in_it_is_not_taken(sample: Path) -> None:
    address = "https://dai:mat-khau@lich.xa.test/a/"
    result = run("station", "set", "calendar.caldav", address, cwd=sample)
    assert result.status != 0
    assert "mat-khau" not in (sample / "schedules/station.yaml").read_text("utf-8")
    assert Workspace(sample).load_station().calendar.caldav == ""
