"""The page's folder over HTTP: page, calendars and sound for whoever subscribes.

Texts are answered from memory with an entity tag, so that a calendar program that asks every few
minutes gets a 304 of a hundred bytes; sound goes out in ranges, as phones ask for it. Only files
that the page is made of, as the folder's manifest has it, are served, whatever else lies there.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Awaitable, Callable, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from broadcast.errors import ConflictError
from broadcast.publish.manifest import MANIFEST, WeekEntry, read_manifest
from broadcast.publish.site import ENTRY, PAGE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_TYPES = {".html": "text/html; charset=utf-8", ".ics": "text/calendar; charset=utf-8"}
_SOUND = ".mp3"
_METHODS = ("GET", "HEAD")
_RANGE = re.compile(rb"\s*bytes\s*=\s*(?:\d+\s*-\s*\d*|-\s*\d+)\s*", re.IGNORECASE)
_ASK_AGAIN = "no-cache"
"""Keep it, but ask each time whether it changed: a 304 costs next to nothing, a stale week does."""

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-robots-tag": b"noindex",
}
"""On every answer; a private address is not to be found by searching or told to other sites."""


_Stamp = tuple[int, int]
"""Changes when a file does: when it was written, and its size."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the page as it goes out: `stamp` is the file's, `tag` its entity tag."""

    stamp: _Stamp
    body: bytes
    zipped: bytes
    tag: str
    kind: str


class Site:
    """The folder of a page, read when it changes.

    Args:
        folder: where `site.write_site` writes.
        refresh: called before a text is served, at most as often as it likes; it may write the
            folder anew. What it raises is told by the caller, and the old page stays.
    """

    def __init__(self, folder: Path, refresh: Callable[[], None] = lambda: None) -> None:
        self.folder = folder
        self._refresh = refresh
        self._texts: dict[str, _Text] = {}
        self._listed: tuple[_Stamp, Set[str]] | None = None

    def has(self, path: str) -> bool:
        """Whether the page is made of this file, by its path as the manifest has it."""
        try:
            stamp = _stamp(self.folder / MANIFEST)
            if self._listed is None or self._listed[0] != stamp:
                entry = read_manifest(self.folder).weeks.get(ENTRY, WeekEntry())
                self._listed = stamp, frozenset(entry.files)
        except (OSError, ConflictError):
            return False
        return path in self._listed[1]

    async def text(self, request: Request) -> Response:
        """The page or a calendar; 304 where the asker has it already."""
        name = request.path_params.get("name") or PAGE
        await run_in_threadpool(self._refresh)
        found = self._text(name)
        if found is None:
            raise HTTPException(404)
        headers = {"ETag": found.tag, "Cache-Control": _ASK_AGAIN, "Vary": "Accept-Encoding"}
        if _has(request.headers.get("if-none-match", ""), found.tag):
            return Response(status_code=304, headers=headers)
        zipped = _takes_gzip(request.headers.get("accept-encoding", ""))
        if zipped:
            headers["Content-Encoding"] = "gzip"
        return Response(
            found.zipped if zipped else found.body, headers=headers, media_type=found.kind
        )

    def _text(self, name: str) -> _Text | None:
        path = self.folder / name
        kind = _TYPES.get(path.suffix)
        if kind is None or not self.has(name):
            return None
        try:
            stamp = _stamp(path)
            known = self._texts.get(name)
            if known is None or known.stamp != stamp:
                known = self._texts[name] = _read(path, stamp, kind)
        except OSError:
            return None
        return known


def _stamp(path: Path) -> _Stamp:
    state = path.stat()
    return state.st_mtime_ns, state.st_size


def _read(path: Path, stamp: _Stamp, kind: str) -> _Text:
    body = path.read_bytes()
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    return _Text(stamp, body, gzip.compress(body, mtime=0), tag, kind)


class _Sounds(StaticFiles):
    """The page's MP3s, and nothing else of the folder."""

    def __init__(self, site: Site) -> None:
        super().__init__(directory=site.folder, check_dir=False)
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kept = [one for one in scope["headers"] if not _odd_range(*one)]
        await super().__call__({**scope, "headers": kept}, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["method"] not in _METHODS:
            raise HTTPException(405, headers={"Allow": ", ".join(_METHODS)})
        if Path(path).suffix != _SOUND or not self._site.has(Path(path).as_posix()):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers.setdefault("Cache-Control", _ASK_AGAIN)
        return response


class _Guarded:
    """Adds our headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS.items()]
            await send(message)

        await self._app(scope, receive, sent)


def site_app(site: Site, token: str = "") -> Starlette:
    """The application; with a token everything stands under "/TOKEN/" and the rest is not found."""
    routes: list[BaseRoute] = [
        Route("/", site.text),
        Route("/{name}.html", _named(site, ".html")),
        Route("/{name}.ics", _named(site, ".ics")),
        Mount("/", _Sounds(site)),
    ]
    if token:
        routes = [Mount(f"/{token}", routes=routes)]
    return Starlette(routes=routes, middleware=[Middleware(_Guarded)])


def _named(site: Site, ending: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        request.path_params["name"] += ending
        return await site.text(request)

    return answer


def _odd_range(name: bytes, value: bytes) -> bool:
    """Whether a header asks for parts that no player wants: several at once, another unit, none.

    RFC 9110, 14.2, lets a server leave them out of account; thousands of them cost nothing then.
    """
    if name.lower() != b"range":
        return False
    first, _, last = value.partition(b"=")[2].partition(b"-")
    backwards = first.strip().isdigit() and last.strip().isdigit() and int(last) < int(first)
    return backwards or not _RANGE.fullmatch(value)


def _takes_gzip(accepted: str) -> bool:
    """Whether Accept-Encoding names gzip, and not with a weight of nothing (RFC 9110, 12.5.3)."""
    for one in accepted.lower().split(","):
        name, *params = (part.strip() for part in one.split(";"))
        if name in {"gzip", "x-gzip"}:
            return not any(re.fullmatch(r"q\s*=\s*0(\.0*)?", part) for part in params)
    return False


def _has(asked: str, tag: str) -> bool:
    """Whether If-None-Match names the tag; a strong and a weak one are the same here."""
    tags = {one.strip().removeprefix("W/") for one in asked.split(",")}
    return "*" in tags or tag.removeprefix("W/") in tags
