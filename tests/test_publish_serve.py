"""The page over HTTP: conditional answers, ranges, private addresses, and only what is ours."""

from __future__ import annotations

import gzip
import os
import socket
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from broadcast.domain.week import WeekId
from broadcast.errors import BroadcastError, InputError
from broadcast.publish.qr import qr_svg, qr_terminal
from broadcast.publish.serve import Site, site_app
from broadcast.publish.site import SiteOptions, write_site
from broadcast.store.workspace import Workspace
from broadcast.workflow import serving
from tests.publish_examples import LATER, MONDAY, NOW, handout, recorded

SOUND = "2026-11-23-t2/01-0530-nop-ho-so-tai-nha.mp3"
PREFIX = "mat-ma-cua-dai"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    week = handout(recorded(tmp_path, bytes(range(256)) * 40, airing_id="a1"))
    write_site(tmp_path / "web", [week], NOW, SiteOptions())
    return tmp_path / "web"


@pytest.fixture
def asker(folder: Path) -> Iterator[TestClient]:
    with TestClient(site_app(Site(folder))) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html"), ("/index.html", "text/html"), ("/lich.ics", "text/calendar")],
)
def test_page_and_calendar_are_given_with_their_type(
    asker: TestClient, folder: Path, path: str, kind: str
) -> None:
    answer = asker.get(path)
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert answer.content == (folder / (path.strip("/") or "index.html")).read_bytes()


@pytest.mark.parametrize("path", ["/", "/lich.ics", f"/{SOUND}"])
def test_who_has_it_already_gets_no_second_copy(asker: TestClient, path: str) -> None:
    tag = asker.get(path).headers["etag"]
    again = asker.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")


def test_a_change_gets_a_new_tag(asker: TestClient, folder: Path, tmp_path: Path) -> None:
    before = asker.get("/lich.ics").headers["etag"]
    moved = recorded(tmp_path, b"new", airing_id="a1", day=MONDAY + timedelta(days=1))
    write_site(folder, [handout(moved)], LATER)
    answer = asker.get("/lich.ics", headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20261124T053000" in answer.content


def test_texts_go_out_packed_to_those_who_ask(asker: TestClient, folder: Path) -> None:
    with asker.stream("GET", "/lich.ics", headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == (folder / "lich.ics").read_bytes()
    plain = asker.get("/lich.ics", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers


def test_sound_goes_out_in_parts(asker: TestClient, folder: Path) -> None:
    answer = asker.get(f"/{SOUND}", headers={"Range": "bytes=100-199"})
    whole = (folder / SOUND).read_bytes()
    assert (answer.status_code, answer.content) == (206, whole[100:200])
    assert answer.headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert asker.get(f"/{SOUND}", headers={"Range": "bytes=99999999-"}).status_code == 416


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip;q=0", False), ("br, gzip; q=0.0", False), ("br, GZIP;q=0.5", True), ("*", False)],
)
def test_who_does_not_want_it_packed_gets_it_plain(
    asker: TestClient, accepted: str, packed: bool
) -> None:
    answer = asker.get("/lich.ics", headers={"Accept-Encoding": accepted})
    assert ("content-encoding" in answer.headers) is packed


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=abc", "items=0-1", "bytes=-", "bytes=" + "0-0," * 2000 + "0-0"]
)
def test_parts_that_nobody_can_play_are_the_whole(
    asker: TestClient, folder: Path, asked: str
) -> None:
    answer = asker.get(f"/{SOUND}", headers={"Range": asked})
    assert (answer.status_code, answer.content) == (200, (folder / SOUND).read_bytes())


@pytest.mark.parametrize("path", ["/", "/lich.ics", f"/{SOUND}"])
def test_what_is_there_can_only_be_read(asker: TestClient, path: str) -> None:
    assert asker.head(path).content == b""
    for method in ("POST", "PUT", "DELETE"):
        answer = asker.request(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "/manifest.json",
        "/2026-11-23-t2/",
        "/2026-11-23-t2",
        "/khong-co.ics",
        "/../web/lich.ics",
        "/%2e%2e/station.yaml",
        "/..%2fsecret.ics",
        "/secret.ics%00.html",
        "/%00.mp3",
        "/%ff.mp3",
        "/..%5csecret.mp3",
        f"/{'a' * 300}.mp3",
        f"/{'a' * 300}.ics",
    ],
)
def test_nothing_else_is_given(asker: TestClient, folder: Path, path: str) -> None:
    (folder.parent / "secret.ics").write_text("secret")
    answer = asker.get(path)
    assert answer.status_code in {400, 404}
    assert b"secret" not in answer.content


def test_what_others_put_into_the_folder_is_not_given(asker: TestClient, folder: Path) -> None:
    inside = ("nhap.html", "rieng.ics", "rieng.mp3", "2026-11-23-t2/khac.mp3", "..\\secret.ics")
    for name in inside:
        (folder / name).write_bytes(b"secret")
    asked = (*inside, "..%5csecret.ics", "C:%5csecret.ics")
    assert [asker.get(f"/{name}").status_code for name in asked] == [404] * len(asked)


def test_a_folder_in_place_of_a_file_of_the_page_is_not_found(
    asker: TestClient, folder: Path
) -> None:
    for name in ("lich.ics", SOUND):
        (folder / name).unlink()
        (folder / name).mkdir()
        assert asker.get(f"/{name}").status_code == 404


def test_nothing_is_given_once_the_manifest_is_not_ours(asker: TestClient, folder: Path) -> None:
    (folder / "manifest.json").write_text("{}")
    assert [asker.get(path).status_code for path in ("/", f"/{SOUND}")] == [404] * 2


def test_a_private_page_stands_only_under_its_secret(folder: Path) -> None:
    with TestClient(site_app(Site(folder), PREFIX)) as asker:
        assert [asker.get(path).status_code for path in ("/", "/lich.ics", f"/{SOUND}")] == [
            404
        ] * 3
        found = [f"/{PREFIX}/", f"/{PREFIX}/lich.ics", f"/{PREFIX}/{SOUND}"]
        assert [asker.get(path).status_code for path in found] == [200] * 3


@pytest.mark.parametrize("path", ["/", "/lich.ics", f"/{SOUND}", "/khong-co.ics"])
def test_every_answer_keeps_its_address_to_itself(asker: TestClient, path: str) -> None:
    headers = asker.get(path).headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex"
    assert headers["x-content-type-options"] == "nosniff"


def test_a_private_address_stays_the_same_until_its_file_goes(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    first = serving.private_token(workspace)
    assert len(first) >= 20
    assert serving.private_token(workspace) == first
    (tmp_path / serving.ADDRESS_FILE).unlink()
    assert serving.private_token(workspace) != first


def test_a_port_in_use_is_told() -> None:
    with serving.listening(serving.LOOPBACK, 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"cổng {port} đang bận"):
            serving.listening(serving.LOOPBACK, port)


@pytest.mark.parametrize("host", ["203.0.113.7", "khong co may nay"])
def test_an_address_of_another_machine_is_told(host: str) -> None:
    with pytest.raises(BroadcastError, match="không có địa chỉ"):
        serving.listening(host, 0)


@pytest.mark.parametrize("port", [-1, 65_536, 10**9])
def test_a_port_that_no_machine_has_is_told(port: int) -> None:
    with pytest.raises(InputError, match="chọn cổng từ 1024 đến 65535"):
        serving.listening(serving.LOOPBACK, port)


def test_only_listening_everywhere_needs_an_address_to_be_found() -> None:
    assert serving.own_address(serving.LOOPBACK) == serving.LOOPBACK
    assert serving.own_address("fe80::1") == "[fe80::1]"
    socket.inet_aton(serving.own_address("0.0.0.0"))  # noqa: S104 - only looked up


class Told(list[str]):
    def __call__(self, error: BroadcastError) -> None:
        self.append(str(error))


class Writer:
    """Stands in for writing the page: counts, and fails when told to."""

    def __init__(self) -> None:
        self.written = 0
        self.wrong: BroadcastError | None = None

    def __call__(self, *_: object, **__: object) -> None:
        if self.wrong:
            raise self.wrong
        self.written += 1


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Writer:
    made = Writer()
    monkeypatch.setattr(serving, "write_page", made)
    monkeypatch.setattr(serving, "LOOK_AGAIN", 0.0)
    return made


def page(
    root: Path, told: Told, weeks: Sequence[WeekId] = (WeekId(2026, 48),)
) -> serving.FreshPage:
    (root / "schedules").mkdir(exist_ok=True)
    (root / "scripts").mkdir(exist_ok=True)
    return serving.FreshPage(
        Workspace(root), lambda: weeks, texts=False, address="", told=told, clock=datetime.now
    )


def test_a_page_is_written_again_only_after_a_change(tmp_path: Path, writer: Writer) -> None:
    fresh = page(tmp_path, Told())
    fresh.write()
    fresh.refresh()
    assert writer.written == 1
    (tmp_path / "scripts" / "a.md").write_text("new")
    fresh.refresh()
    fresh.refresh()
    assert writer.written == 2


def test_a_page_is_written_again_when_a_programme_was_read(tmp_path: Path, writer: Writer) -> None:
    fresh = page(tmp_path, Told())
    fresh.write()
    (tmp_path / "out" / "audio" / "thai-sau").mkdir(parents=True)
    (tmp_path / "out" / "audio" / "thai-sau" / "tin.json").write_text("{}")
    fresh.refresh()
    assert writer.written == 2


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_a_private_address_is_for_its_owner_alone(tmp_path: Path) -> None:
    token = serving.private_token(Workspace(tmp_path))
    file = tmp_path / serving.ADDRESS_FILE
    assert (file.stat().st_mode & 0o777, file.read_text()) == (0o600, f"{token}\n")
    assert serving.private_token(Workspace(tmp_path)) == token


def test_what_keeps_a_page_from_being_renewed_is_told_once(tmp_path: Path, writer: Writer) -> None:
    told = Told()
    fresh = page(tmp_path, told)
    fresh.write()
    writer.wrong = InputError("Chưa làm trang", "chưa duyệt", "duyệt")
    file = tmp_path / "scripts" / "a.md"
    file.write_text("new")
    fresh.refresh()
    fresh.refresh()
    assert len(told) == 1
    writer.wrong = None
    file.write_text("newer")
    os.utime(file, (1, 1))
    fresh.refresh()
    assert writer.written == 2


def test_an_address_becomes_a_code_on_screen_and_page() -> None:
    drawn = qr_terminal("http://192.168.1.5:8008/")
    assert len(drawn.splitlines()) > 10
    svg = ElementTree.fromstring(qr_svg('http://xa.example/?a=1&b="2"'))  # noqa: S314 - our own
    assert svg.tag.endswith("svg")
