"""Fetching a large file over a weak network: goes on where it broke off, and checks it whole."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
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
    patience = patience or Patience()
    part = target.with_name(target.name + ".part")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        for wait in (*patience.waits, None):
            try:
                _go_on(address, part, tell, patience)
                break
            except requests.exceptions.SSLError as error:
                happened = "chứng chỉ an toàn của máy chủ không đúng"
                raise NetworkError(_TITLE, happened, "xem lại ngày giờ của máy và mạng") from error
            except requests.RequestException as error:
                if wait is None:
                    raise _broken(part) from error
                time.sleep(wait)
        _require_whole(part, sha256)
        part.replace(target)
    except OSError as error:
        if isinstance(error, requests.RequestException):
            raise
        raise storage_error(error, target, _TITLE) from error


def _require_address(address: str, *, safe: bool) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise InputError(_TITLE, f"«{address}» không phải là địa chỉ mạng", "viết như https://...")
    if parts.scheme == "http" and not safe:
        mend = "dùng địa chỉ https, hoặc thêm --sha256 của tệp"
        raise InputError(_TITLE, "địa chỉ http không an toàn: tệp có thể bị tráo", mend)


def _go_on(address: str, part: Path, tell: Callable[[int, int], None], patience: Patience) -> None:
    """One attempt, from the end of what there is."""
    have = part.stat().st_size if part.exists() else 0
    with requests.get(
        address,
        headers={"Range": f"bytes={have}-", "Accept-Encoding": "identity"} if have else {},
        stream=True,
        timeout=(patience.connect, patience.silent),
    ) as response:
        if address.startswith("https:") and not response.url.startswith("https:"):
            raise InputError(_TITLE, "máy chủ chuyển sang địa chỉ không an toàn", "xem lại địa chỉ")
        if have and response.status_code == _BEYOND:
            return  # nothing is missing, or it is another file: the checksum tells
        if not response.ok:
            _refused(response.status_code, address)
        if response.status_code != _PARTIAL:
            have = 0
        total = have + int(response.headers.get("Content-Length") or 0)
        with part.open("ab" if have else "wb") as file:
            for chunk in response.iter_content(_CHUNK):
                file.write(chunk)
                have += len(chunk)
                if have > LARGEST:
                    raise InputError(_TITLE, "tệp lớn hơn mọi giọng Piper", "xem lại địa chỉ")
                tell(have, total)
    if total and have < total:
        raise requests.ConnectionError


def _refused(status: int, address: str) -> None:
    if status >= requests.codes.server_error or status == requests.codes.too_many:
        raise requests.ConnectionError(f"status {status}")
    raise InputError(_TITLE, f"máy chủ trả lời lỗi {status} cho {address}", "xem lại địa chỉ")


def _require_whole(part: Path, sha256: str) -> None:
    if sha256 and file_digest(part) != sha256.strip().lower():
        part.unlink()
        happened = "tệp tải về không đúng mã kiểm tra (SHA-256): bị hỏng hoặc bị tráo"
        raise InputError(_TITLE, happened, "tải lại; nếu vẫn vậy thì xem lại mã và địa chỉ")


def _broken(part: Path) -> NetworkError:
    have = part.stat().st_size if part.exists() else 0
    happened = f"mạng đứt hoặc máy chủ không trả lời; đã có {have / 1e6:.1f} MB"
    return NetworkError(_TITLE, happened, "chạy lại lệnh này để tải tiếp phần còn lại")


def part_name(address: str) -> str:
    """A file name for what is fetched from `address`, so that two addresses do not mix."""
    return hashlib.sha256(address.encode()).hexdigest()[:16]
