"""Fetching a large file over a weak network: goes on where it broke off, and checks it whole."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import requests

from broadcast.errors import InputError
from broadcast.speech.net import NetworkError, Patience
from broadcast.storage import file_digest, storage_error

LARGEST = 300_000_000
"""Bytes; the largest voices have 120 million."""

_TITLE = "Chưa tải được giọng"
_CHUNK = 65_536
_PARTIAL = 206
_BEYOND = 416


class _Part:
    """What is there of a file, and the server's mark of the version that it is of."""

    def __init__(self, target: Path) -> None:
        self.path = target.with_name(target.name + ".part")
        self._mark = target.with_name(target.name + ".mark")

    @property
    def size(self) -> int:
        """Bytes that are there."""
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def mark(self) -> str:
        """The version's mark, "" if the server gave none."""
        with suppress(FileNotFoundError):
            return self._mark.read_text("latin-1")
        return ""

    def begin(self, mark: str) -> None:
        """Begin anew, with the version that has this mark."""
        self.drop()
        if mark:
            self._mark.write_text(mark, "latin-1")

    def drop(self) -> None:
        """Forget what is there."""
        self.path.unlink(missing_ok=True)
        self._mark.unlink(missing_ok=True)

    def become(self, target: Path) -> None:
        """It is whole."""
        self.path.replace(target)
        self._mark.unlink(missing_ok=True)


def download(  # noqa: PLR0913 - what a download hangs on
    address: str,
    target: Path,
    sha256: str = "",
    tell: Callable[[int, int], None] = lambda _done, _total: None,
    patience: Patience | None = None,
    *,
    any_scheme: bool = False,
) -> None:
    """Fetch a file to `target`; what was fetched of it before is beside it as .part.

    Without a checksum it is gone on with only if the server says that it is of the same version.

    Args:
        address: https; plain http only with a checksum.
        any_scheme: plain http too, as the caller checks what comes by other means.
        sha256: 64 hex digits that the whole file must have, "" if nobody knows them.
        tell: called with the bytes that are there and, 0 if unknown, those there will be; what it
            raises stops it, and the next call goes on from there.

    Raises:
        InputError: no such address, a wrong checksum.
        NetworkError: the network broke off or the server refused.
        StorageError: it cannot be written.
    """
    _require_address(address, safe=bool(sha256) or any_scheme)
    part, patience = _Part(target), patience or Patience()
    try:
        part.path.parent.mkdir(parents=True, exist_ok=True)
        if not (sha256 or part.mark):
            part.drop()
        _stubbornly(lambda: _go_on(address, part, tell, patience), part, patience)
        _require_whole(part, sha256)
        part.become(target)
    except OSError as error:
        if isinstance(error, requests.RequestException):
            raise
        raise storage_error(error, target, _TITLE) from error


def _stubbornly(attempt: Callable[[], None], part: _Part, patience: Patience) -> None:
    for wait in (*patience.waits, None):
        try:
            return attempt()
        except requests.exceptions.SSLError as error:
            happened = "chứng chỉ an toàn của máy chủ không đúng"
            raise NetworkError(_TITLE, happened, "xem lại ngày giờ của máy và mạng") from error
        except requests.RequestException as error:
            if wait is None:
                raise _broken(part) from error
            time.sleep(wait)
    raise AssertionError  # the last attempt returned or raised


def _require_address(address: str, *, safe: bool) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise InputError(_TITLE, f"«{address}» không phải là địa chỉ mạng", "viết như https://...")
    if parts.scheme == "http" and not safe:
        mend = "dùng địa chỉ https, hoặc thêm --sha256 của tệp"
        raise InputError(_TITLE, "địa chỉ http không an toàn: tệp có thể bị tráo", mend)


def _go_on(address: str, part: _Part, tell: Callable[[int, int], None], patience: Patience) -> None:
    """One attempt, from the end of what there is (RFC 9110, 13.1.5 and 14.2)."""
    have, mark = part.size, part.mark
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    if have and mark:
        headers["If-Range"] = mark
    timeout = patience.connect, patience.silent
    with requests.get(address, headers=headers, stream=True, timeout=timeout) as response:
        if address.startswith("https:") and not response.url.startswith("https:"):
            raise InputError(_TITLE, "máy chủ chuyển sang địa chỉ không an toàn", "xem lại địa chỉ")
        going_on = have and response.status_code in {_PARTIAL, _BEYOND}
        if going_on and not _is_same(response, have, mark):
            part.drop()
            raise requests.ConnectionError("another version")
        if going_on and response.status_code == _BEYOND:
            return  # nothing is missing
        if not response.ok:
            _refused(response.status_code, address)
        if response.status_code != _PARTIAL:
            part.begin(_mark_of(response))
        _take(response, part, tell)


def _take(response: requests.Response, part: _Part, tell: Callable[[int, int], None]) -> None:
    """Put what comes behind what there is."""
    have = part.size
    total = have + int(response.headers.get("Content-Length") or 0)
    with part.path.open("ab") as file:
        for chunk in response.iter_content(_CHUNK):
            file.write(chunk)
            have += len(chunk)
            if have > LARGEST:
                raise InputError(_TITLE, "tệp lớn hơn mọi giọng Piper", "xem lại địa chỉ")
            tell(have, total)
    if have < total:
        raise requests.ConnectionError


def _is_same(response: requests.Response, have: int, mark: str) -> bool:
    """Whether the server goes on with the version that we have, as far as it says."""
    told = _mark_of(response)
    if mark and told and told != mark:
        return False
    if response.status_code == _BEYOND:
        size = response.headers.get("Content-Range", "").rpartition("/")[2]
        return size == str(have) or not (mark or size.isdigit())
    return True


def _mark_of(response: requests.Response) -> str:
    """What tells one version from another, byte by byte: a strong ETag, else when it changed."""
    etag = str(response.headers.get("ETag", ""))
    return etag if etag.startswith('"') else str(response.headers.get("Last-Modified", ""))


def _refused(status: int, address: str) -> None:
    if status >= requests.codes.server_error or status == requests.codes.too_many:
        raise requests.ConnectionError(f"status {status}")
    raise InputError(_TITLE, f"máy chủ trả lời lỗi {status} cho {address}", "xem lại địa chỉ")


def _require_whole(part: _Part, sha256: str) -> None:
    if sha256 and file_digest(part.path) != sha256.strip().lower():
        part.drop()
        happened = "tệp tải về không đúng mã kiểm tra (SHA-256): bị hỏng hoặc bị tráo"
        raise InputError(_TITLE, happened, "tải lại; nếu vẫn vậy thì xem lại mã và địa chỉ")


def _broken(part: _Part) -> NetworkError:
    happened = f"mạng đứt hoặc máy chủ không trả lời; đã có {part.size / 1e6:.1f} MB"
    return NetworkError(_TITLE, happened, "chạy lại lệnh này để tải tiếp phần còn lại")


def part_name(address: str) -> str:
    """A file name for what is fetched from `address`, so that two addresses do not mix."""
    return hashlib.sha256(address.encode()).hexdigest()[:16]
