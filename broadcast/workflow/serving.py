"""Serving a week's page to phones and calendar programs, kept up to date with the workspace."""

from __future__ import annotations

import errno
import os
import secrets
import socket
import stat
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock

from broadcast.domain.week import WeekId
from broadcast.errors import BroadcastError, InputError, StorageError
from broadcast.storage import storage_error
from broadcast.store.files import read_text, write_whole
from broadcast.store.workspace import Workspace
from broadcast.workflow.site import write_page

TOKEN_BYTES = 16
"""Bytes of chance in a private address: nobody finds it by trying."""

ADDRESS_FILE = ".broadcast.address"
"""Holds the secret of the private address; not for git, and not for others to read."""

_FOR_ITS_OWNER = 0o600

LOOK_AGAIN = 2.0
"""Seconds between two looks at the workspace; many subscribers at once cost one."""

LOOPBACK = socket.inet_ntoa(socket.INADDR_LOOPBACK.to_bytes(4))
"""Only programs of this machine reach it."""


class FreshPage:
    """The page's folder, written again when the workspace has changed.

    Args:
        workspace: what the page is made from.
        weeks: which weeks stand on it, asked each time: "this" is another one next Monday.
        options: texts and address, as `write_page` takes them.
        told: gets what kept the page from being renewed; the page before stays.
        clock: the time, aware.
    """

    def __init__(  # noqa: PLR0913 - what a page is made of, all but one by keyword
        self,
        workspace: Workspace,
        weeks: Callable[[], Sequence[WeekId]],
        *,
        texts: bool,
        address: str,
        told: Callable[[BroadcastError], None],
        clock: Callable[[], datetime],
    ) -> None:
        self.folder = workspace.out / "page"
        self._workspace = workspace
        self._weeks = weeks
        self._texts, self._address = texts, address
        self._told, self._clock = told, clock
        self._seen: object = None
        self._looked = float("-inf")
        self._lock = Lock()

    def write(self) -> None:
        """Write the page now.

        Raises:
            BroadcastError: as `write_page`.
        """
        seen = self._state()
        write_page(
            self._workspace,
            self._weeks(),
            self.folder,
            now=self._clock(),
            texts=self._texts,
            address=self._address,
        )
        self._seen = seen

    def refresh(self) -> None:
        """Write it if anything changed since; what goes wrong is told once."""
        with self._lock:
            if time.monotonic() - self._looked < LOOK_AGAIN:
                return
            self._looked = time.monotonic()
            state = self._state()
            if state == self._seen:
                return
            try:
                self.write()
            except BroadcastError as error:
                self._seen = state
                self._told(error)

    def _state(self) -> object:
        """What the page hangs on: the weeks, schedules, scripts and what was made, by time."""
        workspace = self._workspace
        # A note is written after its MP3, so it alone tells of both.
        looked = (
            (workspace.schedules, "*"),
            (workspace.scripts, "*"),
            (workspace.out / "audio", "*.json"),
        )
        files = [(str(p), _changed(p)) for folder, names in looked for p in folder.rglob(names)]
        return tuple(self._weeks()), tuple(sorted(files))


def _changed(path: Path) -> int:
    """When a file was changed, in ns; 0 for a folder, and where it went while we looked."""
    try:
        found = path.stat()
    except OSError:
        return 0
    return found.st_mtime_ns if stat.S_ISREG(found.st_mode) else 0


def private_token(workspace: Workspace) -> str:
    """The secret part of this workspace's private address; made once, so that it can be followed.

    Deleting the file makes a new address, and the old one leads nowhere.

    Raises:
        BroadcastError: the file cannot be read or written.
    """
    path = workspace.root / ADDRESS_FILE
    if path.exists() and (known := read_text(path).strip()):
        return known
    token = secrets.token_urlsafe(TOKEN_BYTES)
    try:
        path.touch(_FOR_ITS_OWNER)  # whoever writes it keeps that
    except OSError as error:
        raise storage_error(error, path) from error
    write_whole(path, f"{token}\n")
    return token


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens, so that a port in use is told before anything is written.

    Raises:
        InputError: there is no such port, or it is taken or not allowed.
        StorageError: there is no such address on this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let two programs have one port
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OverflowError as error:
        found.close()
        happened = f"không có cổng {port}"
        raise InputError("Chưa mở được trang", happened, "chọn cổng từ 1024 đến 65535") from error
    except PermissionError as error:
        found.close()
        mend = "chọn cổng từ 1024 trở lên (--port)"
        raise InputError("Chưa mở được trang", f"cổng {port} không được dùng", mend) from error
    except OSError as error:
        found.close()
        if error.errno == errno.EADDRINUSE:
            mend = "chọn cổng khác (--port), hoặc tắt chương trình đang dùng cổng ấy"
            raise InputError("Chưa mở được trang", f"cổng {port} đang bận", mend) from error
        mend = "bỏ --host để chỉ dùng trên máy này"
        raise StorageError(
            "Chưa mở được trang", f"máy này không có địa chỉ {host}", mend
        ) from error
    found.listen(128)
    return found


def own_address(host: str) -> str:
    """How others reach this machine where it listens everywhere; else the host, as in an address.

    No packet is sent: the system only says which of its addresses it would use.
    """
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documents (RFC 5737)
            return str(probe.getsockname()[0])
        except OSError:
            return LOOPBACK


def code_of(address: str) -> str:
    """The address as a QR code for a terminal."""
    from broadcast.publish.qr import qr_terminal  # noqa: PLC0415 - only where somebody looks

    return qr_terminal(address)


def run(folder: Path, refresh: Callable[[], None], token: str, opened: socket.socket) -> None:
    """Serve until the person stops it."""
    import uvicorn  # noqa: PLC0415 - only a server needs one

    from broadcast.publish.serve import Site, site_app  # noqa: PLC0415

    app = site_app(Site(folder, refresh), token)
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")
    uvicorn.Server(config).run(sockets=[opened])
