"""Other ways out of the export screen, by keys: kinds of players, the page, a calendar's server."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import ClassVar

import pytest
from textual.widgets import Input

from broadcast.domain.week import WeekId
from broadcast.errors import NotFoundError, StorageError
from broadcast.publish import caldav, drives, players
from broadcast.publish.caldav import RefusedError, Remote, digest_of
from broadcast.publish.players import MessagePlayer
from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.code import CodeDialog
from broadcast.tui.dialogs.form import Form
from broadcast.workflow import publishing
from broadcast.workflow.progress import CancelledError, Progress, Step

from .helpers import WEEK, done
from .test_tui_export import hint, screen, to
from .tui_pilot import NOW, Driver, driven, opened


@pytest.fixture(autouse=True)
def no_drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drives of the machine that runs the tests are nobody's business."""
    monkeypatch.setattr(drives, "LINUX", (tmp_path / "media",))
    monkeypatch.setattr(drives, "MAC", tmp_path / "media")


@driven
async def test_a_card_is_written_for_the_player_that_was_chosen_and_its_folder_remembers_it(
    rendered: Path, tmp_path: Path
) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        assert "Máy phát USB thường" in " ".join(ui.text().split())
        await to(ui, tmp_path / "the")
        await ui.press("f6", "down", "enter")
        assert "Adastra DM-8 · tự phát theo giờ" in ui.text()
        assert "MESSA" in ui.text()
        await ui.press("f5")
        assert "✓ Đã ghi xong" in ui.text()
        assert "Adastra DM-8: tự phát theo giờ" in ui.text()
        # As if the program had been closed and opened again.
        screen(ui).office.player = ""
        screen(ui).office.players.clear()
        await ui.press("ctrl+r")
        assert "Adastra DM-8 ·" in ui.text()
        preview = screen(ui).preview
        assert preview is not None
        assert not preview.paths("new", "changed", "removed")
        assert "M001.mp3" in preview.sheet
        await to(ui, tmp_path / "khac")
        assert "Máy phát USB thường" in " ".join(ui.text().split())
    assert len(list((tmp_path / "the/MESSA").glob("M*.mp3"))) == 6
    assert len((tmp_path / "the/schedule.txt").read_bytes().splitlines()) == 6


@driven
async def test_the_player_chosen_for_a_folder_stays_however_the_folder_is_written(
    rendered: Path,
) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f5", "ctrl+r", "f6", "down", "enter")
        assert "Adastra DM-8 ·" in ui.text()
        await to(ui, rendered / "out/export")
        assert "Adastra DM-8 ·" in ui.text()


@driven
async def test_what_a_player_cannot_do_is_told_before_with_what_to_do(
    rendered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = [replace(one, messages=5) if isinstance(one, MessagePlayer) else one
             for one in players.PLAYERS]  # fmt: skip
    monkeypatch.setattr(players, "PLAYERS", tuple(small))
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f6", "down", "enter", "f5")
        said = " ".join(ui.text().split())
        assert "! Adastra DM-8 nhận nhiều nhất 5 tệp, tuần này có 6" in said
        assert "→ xuất riêng từng cụm loa, hoặc bớt lượt phát" in said
        assert "F6 chọn máy phát khác" in hint(ui)
        await ui.press("f7")
        assert "5 lượt phát" in ui.text()
        assert "F5 ghi tuần" in hint(ui)
    assert not (rendered / f"out/export/{WEEK}.txt").exists()


# The page


async def fill(ui: Driver, key: str, text: str) -> None:
    """Type into a field of the form, over what stands there."""
    field = ui.app.screen.query_one(f"#field-{key}", Input)
    field.focus()
    field.value = ""
    await ui.type(text)


@driven
async def test_the_page_is_made_where_it_is_said_and_its_address_is_shown_as_a_code(
    rendered: Path, tmp_path: Path
) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f8")
        assert isinstance(ui.app.screen, Form)
        await ui.press("down", "space")
        await fill(ui, "folder", str(tmp_path / "trang"))
        await fill(ui, "address", "suoihoa.vn")
        await ui.press("ctrl+s")
        assert "địa chỉ bắt đầu bằng https://" in " ".join(ui.text().split()).lower()
        await fill(ui, "address", "https://suoihoa.vn/loa")
        await ui.press("ctrl+s")
        assert "✓ Đã làm trang" in ui.text()
        assert "Tuần 48: 6 lượt phát" in ui.text()
        await ui.press("enter")
        assert isinstance(ui.app.screen, CodeDialog)
        assert "▄▄▄▄▄" in ui.text()
        await ui.press("escape", "f8")
        assert "https://suoihoa.vn/loa" in ui.text()
    page = (tmp_path / "trang/index.html").read_text(encoding="utf-8")
    assert "https://suoihoa.vn/loa" in page
    assert len(list((tmp_path / "trang").rglob("*.mp3"))) == 6


@driven
async def test_a_page_of_a_week_that_is_not_ready_is_refused_with_each_reason(
    approved: Path,
) -> None:
    async with opened(approved) as ui:
        await ui.press("ctrl+e", "f8", "ctrl+s")
        assert "Chưa làm trang" in ui.text()
        assert "Có 6 chỗ chưa sẵn sàng" in ui.text()
        assert "nhấn F9" not in ui.text()
    assert not (approved / "out/trang").exists()


# The calendar's server


class OwnServer:
    """A calendar's server in memory, of which somebody else may change things."""

    there: ClassVar[dict[str, tuple[bytes, str]]] = {}
    password = "đúng rồi"  # noqa: S105 - of no real server
    fails: ClassVar[list[str]] = []
    opened_at: ClassVar[list[str]] = []

    def __init__(self, address: str, user: str, password: str, suffix: str) -> None:
        self.given = password
        self.suffix = suffix
        self.opened_at.append(address)

    def objects(self) -> dict[str, Remote]:
        if self.given != OwnServer.password:
            raise RefusedError("Chưa gửi được lịch", "máy chủ không nhận mật khẩu", "xem lại")
        return {
            href.removesuffix(".ics").replace("%40", "@"): Remote(
                href, tag, date(2026, 11, 24), digest_of(body)
            )
            for href, (body, tag) in self.there.items()
        }

    def put(self, href: str, body: bytes, tag: str) -> str:
        if self.fails:
            raise StorageError("Chưa gửi được lịch", self.fails.pop(), "gửi lại")
        assert self.there.get(href, (b"", ""))[1] == tag
        self.there[href] = body, digest_of(body)
        return self.there[href][1]

    def remove(self, href: str, tag: str) -> None:
        assert self.there.pop(href)[1] == tag


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> type[OwnServer]:
    """The server, empty; this machine knows no password of it."""
    OwnServer.there.clear()
    OwnServer.fails.clear()
    monkeypatch.setattr(caldav, "CalDavServer", OwnServer)
    monkeypatch.delenv(publishing.PASSWORD, raising=False)
    monkeypatch.setattr(publishing, "_from_keyring", lambda address, user: None)
    return OwnServer


def name_server(root: Path, address: str = "https://lich.vn/dai/") -> None:
    done("station", "set", "calendar.caldav", address, cwd=root)
    done("station", "set", "calendar.user", "dai", cwd=root)


@driven
async def test_a_station_without_a_server_is_offered_no_sending(
    rendered: Path, server: type[OwnServer]
) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        assert "Lịch" not in ui.text().splitlines()[-1]
        before = ui.app.screen
        await ui.press("f9")
        assert ui.app.screen is before


@driven
async def test_a_calendar_is_looked_at_then_sent_with_a_password_nobody_sees(
    rendered: Path, server: type[OwnServer]
) -> None:
    name_server(rendered)
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        assert "Lịch" in ui.text().splitlines()[-1]
        await ui.press("f9")
        await ui.type("sai")
        assert "Mật khẩu của dai ở https://lich.vn/dai/" in ui.text()
        assert "sai" not in ui.text()
        await ui.press("ctrl+s")
        assert "máy chủ không nhận mật khẩu" in ui.text().lower()
        await ui.press("escape", "f9")
        await ui.type("đúng rồi")
        await ui.press("ctrl+s")
        assert "+ 6 tạo" in ui.text()
        assert server.there == {}
        server.fails.append("máy chủ trả lời 507")
        await ui.press("enter")
        assert "Máy chủ trả lời 507" in ui.text()
        await ui.press("escape", "f9", "enter")
        assert "✓ Đã gửi lịch" in ui.text()
        assert len(server.there) == 6
        await ui.press("escape", "f9")
        assert "Máy chủ đã có đúng lịch này" in ui.text()
        await ui.press("escape", "pagedown", "f9")
        assert "Tuần này và tuần sau chưa có lịch phát" in ui.text()
    kept = [one.read_text("utf-8", "replace") for one in rendered.rglob("*.json")]
    assert not any("đúng rồi" in one for one in kept)


@driven
async def test_an_address_that_others_can_listen_to_is_asked_about_before_anything_is_sent(
    rendered: Path, server: type[OwnServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    name_server(rendered, "http://lich.vn/dai/")
    monkeypatch.setenv(publishing.PASSWORD, server.password)
    opened_at: list[str] = []
    monkeypatch.setattr(OwnServer, "opened_at", opened_at)
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f9")
        assert "Mật khẩu sẽ không được giữ kín" in ui.text()
        await ui.press("enter")
        assert "chưa gửi" not in ui.text()
        await ui.press("f9", "escape")
        assert opened_at == []
        await ui.press("f9", "down", "enter")
        assert "+ 6 tạo" in ui.text()
        await ui.press("enter")
        assert "✓ Đã gửi lịch" in ui.text()
        await ui.press("escape", "f9")
        assert "Máy chủ đã có đúng lịch này" in ui.text()
    assert set(opened_at) == {"http://lich.vn/dai/"}


@driven
async def test_what_somebody_changed_on_the_server_is_overwritten_only_when_chosen(
    rendered: Path, server: type[OwnServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    name_server(rendered)
    monkeypatch.setenv(publishing.PASSWORD, server.password)
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f9", "enter", "escape")
        changed, removed, *_ = server.there
        server.there[changed] = b"of somebody", "other"
        del server.there[removed]
        await ui.press("f9")
        assert "! 2 đụng  = 4 giữ" in ui.text()
        assert "→ đã có người sửa trên máy chủ: để nguyên" in ui.text()
        await ui.press("escape")
        assert server.there[changed] == (b"of somebody", "other")
        await ui.press("f9", "enter")
        assert "✓ Đã gửi lịch" in ui.text()
        assert server.there[changed][1] == digest_of(server.there[changed][0])
        assert len(server.there) == 6


def test_what_was_sent_before_a_stop_is_remembered_to_the_last_of_it(
    rendered: Path, server: type[OwnServer]
) -> None:
    name_server(rendered)
    workspace, stop = Workspace(rendered), Event()
    target = replace(publishing.known_target(workspace), password=server.password)

    def after_two(step: Step) -> None:
        if len(server.there) == 2:
            stop.set()

    with pytest.raises(CancelledError):
        publishing.publish_weeks(
            workspace, [WeekId(2026, 48)], target, now=NOW, progress=Progress(after_two, stop)
        )
    notes = json.loads((rendered / "schedules/.published.json").read_text("utf-8"))
    sent = [uid for uid, one in notes[target.address].items() if one["tag"]]
    assert len(sent) == len(server.there) == 3


def test_events_of_a_week_whose_sound_left_the_page_lead_there_no_more(
    rendered: Path, server: type[OwnServer]
) -> None:
    name_server(rendered)
    done("station", "set", "calendar.address", "https://xa.vn/loa", cwd=rendered)
    target = replace(publishing.known_target(Workspace(rendered)), password=server.password)

    def send(week: int, now: datetime) -> tuple[list[str], int]:
        """The kinds of steps, and how many events on the server then lead to a sound."""
        weeks = [WeekId(2026, week)]
        found = publishing.publish_weeks(Workspace(rendered), weeks, target, now=now)
        leading = sum(b"ATTACH" in body for body, _ in server.there.values())
        return [step.kind for step in found.steps], leading

    assert send(48, NOW) == (["tạo"] * 6, 6)
    sunday = NOW + timedelta(days=6)
    assert send(48, sunday) == (["giữ"] * 6, 6)
    assert send(49, sunday + timedelta(days=1)) == (["sửa"] * 6, 0)
    with pytest.raises(NotFoundError):
        send(49, sunday + timedelta(days=1))
