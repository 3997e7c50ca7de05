"""Asking machines elsewhere: patience, politeness, and what the officer is told when it fails.

Certificates are always checked. Nothing here knows who is asked or for what.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Event

import requests

from broadcast.errors import EngineError

_CHUNK = 65_536
_TOO_MANY = 429
_OWN_FAULT = 500
_RETRIED = frozenset({408, 425, _TOO_MANY})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds.

    `connect` for a connection, `silent` for the next bytes, `whole` for a whole answer. `waits`
    lie between attempts; a server that names a time is given that, `longest` at most. `gap` lies
    between the beginnings of two requests, so that nobody is asked too fast.
    """

    connect: float = 8.0
    silent: float = 15.0
    whole: float = 60.0
    waits: tuple[float, ...] = (1.0, 4.0, 15.0)
    longest: float = 60.0
    gap: float = 0.5


class NetworkError(EngineError):
    """Somebody elsewhere could not be reached, or refused."""


class _AgainError(Exception):
    """An attempt that failed in a way that may pass; `wait` seconds if the server named a time."""

    def __init__(self, failure: NetworkError, wait: float | None = None) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.wait = wait


class Asker:
    """Sends requests one after the other.

    Args:
        title: what could not be done when it fails ("Chưa đọc được bằng giọng Google").
        who: who is asked, as the officer reads it.
    """

    def __init__(self, title: str, who: str, patience: Patience) -> None:
        self._title = title
        self._who = who
        self._patience = patience
        self._session = requests.Session()
        self._closing = Event()
        self._last = float("-inf")

    def ask(self, request: requests.PreparedRequest, take: Callable[[bytes], bytes]) -> bytes:
        """The answer's body as `take` understands it.

        Args:
            take: raises ValueError for an answer that is not whole; it is asked for again.

        Raises:
            NetworkError: no network, refused, or broken answers however often it was asked.
        """
        return self._stubbornly(lambda: self._taken(request, take))

    def close(self) -> None:
        """Let go of connections; returns at once.

        In another thread a pause between requests ends now, and the wait for an answer with its
        next bytes, or when it has lasted as long as `Patience` allows; nothing more is asked.
        """
        self._closing.set()
        self._session.close()

    def _stubbornly(self, attempt: Callable[[], bytes]) -> bytes:
        for wait in (*self._patience.waits, None):
            try:
                return attempt()
            except _AgainError as again:
                pause = again.wait if again.wait is not None else wait
                if wait is None or pause is None or pause > self._patience.longest:
                    raise again.failure from again
                self._wait(max(pause, wait))
        raise AssertionError  # the last attempt returned or raised

    def _taken(self, request: requests.PreparedRequest, take: Callable[[bytes], bytes]) -> bytes:
        try:
            return take(self._body(request))
        except ValueError as error:
            raise _AgainError(self._failed("câu trả lời không đầy đủ")) from error

    def _body(self, request: requests.PreparedRequest) -> bytes:
        """One attempt's body."""
        self._wait(self._last + self._patience.gap - time.monotonic())
        self._last = time.monotonic()
        try:
            with self._send(request) as response:
                self._require_ok(response)
                return b"".join(self._pieces(response))
        except requests.exceptions.SSLError as error:
            raise self._failed(
                "chứng chỉ an toàn của máy chủ không đúng",
                "xem lại ngày giờ của máy và mạng đang dùng (mạng công cộng hay đòi đăng nhập)",
            ) from error
        except requests.RequestException as error:
            raise _AgainError(self._failed(_told(error))) from error

    def _send(self, request: requests.PreparedRequest) -> requests.Response:
        patience = self._patience
        settings = self._session.merge_environment_settings(str(request.url), {}, True, True, None)
        return self._session.send(
            request,
            timeout=(patience.connect, patience.silent),
            allow_redirects=False,
            **settings,
        )

    def _require_ok(self, response: requests.Response) -> None:
        status = response.status_code
        if status == requests.codes.ok:
            return
        if status == _TOO_MANY:
            wait = _named_wait(response.headers.get("Retry-After", ""))
            told = "đang bị hỏi quá nhiều nên từ chối (lỗi 429)"
            minutes = f", hẹn {wait / 60:.0f} phút nữa" if wait and wait > 60 else ""
            raise _AgainError(self._failed(told + minutes, "đợi một lúc rồi làm lại"), wait)
        failure = self._failed(f"trả lời lỗi {status}")
        if status >= _OWN_FAULT or status in _RETRIED:
            wait = _named_wait(response.headers.get("Retry-After", ""))
            raise _AgainError(failure, wait)
        raise failure

    def _pieces(self, response: requests.Response) -> Iterator[bytes]:
        until = time.monotonic() + self._patience.whole
        for chunk in response.iter_content(_CHUNK):
            yield chunk
            self._require_open()
            if time.monotonic() > until:
                raise requests.Timeout

    def _wait(self, seconds: float) -> None:
        """Pause, if there is need to, and go on unless it was closed."""
        if seconds > 0:
            self._closing.wait(seconds)
        self._require_open()

    def _require_open(self) -> None:
        if self._closing.is_set():
            raise self._failed("đã dừng theo yêu cầu")

    def _failed(self, happened: str, mend: str = "") -> NetworkError:
        later = "xem lại mạng rồi làm lại; phần đã xong được giữ, hoặc chọn bộ đọc không cần mạng"
        return NetworkError(self._title, f"{self._who}: {happened}", mend or later)


def _told(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "không trả lời kịp"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "mạng đứt giữa chừng"
    return "không kết nối được (máy không có mạng, hoặc mạng chặn)"


def _named_wait(text: str) -> float | None:
    """Seconds of a Retry-After header, which names seconds or a moment; None for anything else."""
    with suppress(ValueError):
        return max(0.0, float(int(text)))
    with suppress(ValueError, TypeError):
        moment = parsedate_to_datetime(text)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    return None
