"""Fetching a voice from a server that breaks off, begins anew, refuses or sends something else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar

import pytest

from broadcast.errors import ConflictError, InputError
from broadcast.speech.download import download, part_name
from broadcast.speech.net import NetworkError, Patience
from broadcast.workflow import voice_files
from broadcast.workflow.voice_files import add_voice

from .loopback import HOST, serve

DATA = bytes(range(256)) * 1_000
SHA = hashlib.sha256(DATA).hexdigest()
ONCE = Patience(connect=2, silent=0.3, waits=())


class Shelf(BaseHTTPRequestHandler):
    """Serves `data`; `breaks`: bytes after which each request ends; `ranges`: whether it resumes.

    `etag`: what it calls this version. It goes by If-Range unless it is `careless`.
    """

    data: ClassVar[bytes] = DATA
    etag: ClassVar[str] = ""
    careless: ClassVar[bool] = False
    breaks: ClassVar[list[int]] = []
    ranges: ClassVar[bool] = True
    status: ClassVar[int] = 200
    asked: ClassVar[list[str]] = []
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.asked.append(wanted)
        same = self.careless or self.headers.get("If-Range", self.etag) == self.etag
        start = int(wanted[6:-1]) if wanted and self.ranges and same else 0
        if start >= len(self.data):
            return self._head(416, 0)
        body = self.data[start:]
        self._head(206 if start else self.status, len(body))
        if self.breaks:
            body, self.close_connection = body[: self.breaks.pop(0)], True
        self.wfile.write(body)
        return None

    def _head(self, status: int, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        if self.etag:
            self.send_header("ETag", self.etag)
        if status == 416:
            self.send_header("Content-Range", f"bytes */{len(self.data)}")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    Shelf.breaks, Shelf.ranges, Shelf.status = [], True, 200
    Shelf.data, Shelf.etag, Shelf.careless = DATA, "", False
    Shelf.asked.clear()
    with serve(Shelf) as there:
        yield f"{there}/vi_VN-thu.onnx"


def test_what_broke_off_is_gone_on_with(address: str, tmp_path: Path) -> None:
    target = tmp_path / "a.onnx"
    Shelf.breaks = [100_000]
    with pytest.raises(NetworkError, match=r"đã có 0\.1 MB"):
        download(address, target, SHA, patience=ONCE)
    assert not target.exists()
    download(address, target, SHA, patience=ONCE)
    assert target.read_bytes() == DATA
    assert Shelf.asked == ["", "bytes=100000-"]
    assert [one.name for one in tmp_path.iterdir()] == ["a.onnx"]


def fetched(address: str, target: Path) -> bytes:
    """What is fetched without a checksum, tried twice."""
    patience = Patience(connect=2, silent=0.3, waits=(0,))
    download(address, target, patience=patience, any_scheme=True)
    assert [one.name for one in target.parent.iterdir()] == [target.name]
    return target.read_bytes()


def test_without_a_checksum_only_the_same_version_is_gone_on_with(
    address: str, tmp_path: Path
) -> None:
    target = tmp_path / "a.onnx"
    for etag, other, ranges in (
        ('"1"', '"1"', ["", "bytes=100000-"]),
        ('"1"', '"2"', ["", "bytes=100000-"]),
        ("", "", ["", ""]),
        ('W/"1"', 'W/"1"', ["", ""]),
    ):
        Shelf.data, Shelf.etag, Shelf.breaks = DATA, etag, [100_000]
        Shelf.asked.clear()
        with pytest.raises(NetworkError):
            download(address, target, patience=ONCE, any_scheme=True)
        Shelf.etag = other
        Shelf.data = DATA if etag == other else DATA[::-1]
        assert fetched(address, target) == Shelf.data
        assert Shelf.asked == ranges
        target.unlink()


@pytest.mark.parametrize("size", [100_000, len(DATA), len(DATA) + 9])
def test_a_part_that_nobody_can_vouch_for_is_not_taken(
    address: str, tmp_path: Path, size: int
) -> None:
    (tmp_path / "a.onnx.part").write_bytes(bytes(size))
    assert fetched(address, tmp_path / "a.onnx") == DATA


@pytest.mark.parametrize("size", [100_000, len(DATA) + 9])
def test_a_server_that_goes_on_with_another_version_is_asked_for_all_of_it(
    address: str, tmp_path: Path, size: int
) -> None:
    (tmp_path / "a.onnx.part").write_bytes(bytes(size))
    (tmp_path / "a.onnx.mark").write_text('"old"')
    Shelf.etag, Shelf.careless = '"new"', True
    assert fetched(address, tmp_path / "a.onnx") == DATA


def test_within_one_run_it_is_tried_again_by_itself(address: str, tmp_path: Path) -> None:
    Shelf.breaks = [1_000, 2_000]
    patience = Patience(connect=2, silent=0.3, waits=(0, 0))
    download(address, tmp_path / "a.onnx", SHA, patience=patience)
    assert Shelf.asked == ["", "bytes=1000-", "bytes=3000-"]


def test_a_server_that_cannot_resume_is_asked_for_all(address: str, tmp_path: Path) -> None:
    Shelf.breaks, Shelf.ranges = [1_000], False
    patience = Patience(connect=2, silent=0.3, waits=(0,))
    download(address, tmp_path / "a.onnx", SHA, patience=patience)
    assert (tmp_path / "a.onnx").read_bytes() == DATA


def test_a_file_with_another_checksum_is_thrown_away(address: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="SHA-256"):
        download(address, tmp_path / "a.onnx", "0" * 64, patience=ONCE)
    assert list(tmp_path.iterdir()) == []


def test_a_whole_part_of_another_run_is_taken_as_it_is(address: str, tmp_path: Path) -> None:
    (tmp_path / "a.onnx.part").write_bytes(DATA)
    download(address, tmp_path / "a.onnx", SHA, patience=ONCE)
    assert (tmp_path / "a.onnx").read_bytes() == DATA


@pytest.mark.parametrize(("status", "kind"), [(404, InputError), (503, NetworkError)])
def test_a_refusal_leaves_nothing(
    address: str, tmp_path: Path, status: int, kind: type[Exception]
) -> None:
    Shelf.status = status
    with pytest.raises(kind):
        download(address, tmp_path / "a.onnx", SHA, patience=ONCE)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_and_may_stop_it(address: str, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def stop(have: int, total: int) -> None:
        told.append((have, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download(address, tmp_path / "a.onnx", SHA, stop, ONCE)
    assert told[0][1] == len(DATA)
    download(address, tmp_path / "a.onnx", SHA, patience=ONCE)
    assert (tmp_path / "a.onnx").read_bytes() == DATA


@pytest.mark.parametrize("wrong", [f"http://{HOST}:9/a.onnx", "ftp://a/b", "a.onnx", "https://"])
def test_addresses_that_are_none_or_not_safe_are_refused(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        download(wrong, tmp_path / "a.onnx", patience=ONCE)


def test_a_certificate_nobody_signed_is_refused(tmp_path: Path) -> None:
    with serve(Shelf, secure=True) as there, pytest.raises(NetworkError, match="chứng chỉ"):
        download(f"{there}/a.onnx", tmp_path / "a.onnx", SHA, patience=ONCE)


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A user's data of the test's own, on a machine that has Piper."""
    monkeypatch.setenv("BROADCAST_DATA", str(tmp_path))
    monkeypatch.setattr(voice_files, "find_spec", lambda _name: True)
    return tmp_path


def test_what_is_fetched_and_is_no_voice_does_not_stay(address: str, data: Path) -> None:
    with pytest.raises(InputError, match="không phải tệp giọng Piper"):
        add_voice(address, sha256=SHA)
    assert [one for one in data.rglob("*") if one.is_file()] == []


def test_what_an_earlier_run_left_is_held_against_the_checksum(address: str, data: Path) -> None:
    left = data / "downloads" / part_name(address) / "vi_VN-thu.onnx"
    for there, fetched_too in ((b"broken", True), (DATA, False)):
        Shelf.asked.clear()
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_bytes(there)
        assert voice_files._fetched(address, SHA, lambda *_: None).read_bytes() == DATA
        assert Shelf.asked == ([""] * 2 if fetched_too else [""])


@pytest.mark.parametrize("name", ["vi_VN-thu.onnx", "..%5Cla.onnx"])
def test_a_name_that_no_voice_can_have_is_told_before_anything_is_fetched(
    address: str, data: Path, name: str
) -> None:
    (data / "voices").mkdir()
    (data / "voices/vi_VN-thu.onnx").write_bytes(b"")
    with pytest.raises((ConflictError, InputError), match=r"đã có giọng|tên giọng lạ"):
        add_voice(address.replace("vi_VN-thu.onnx", name), sha256=SHA)
    assert Shelf.asked == []
