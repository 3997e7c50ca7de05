"""Servers on this machine that stand in for those elsewhere, with their moods."""

from __future__ import annotations

import base64
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs

from broadcast.audio.mp3 import encode
from broadcast.speech.engine import Voice
from broadcast.speech.tone import ToneEngine

HOST = str(ipaddress.IPv4Address(0x7F00_0001))
"""This machine."""

CERTIFICATE = Path(__file__).parent / "clients" / "loopback.pem"
"""Signed by nobody, for HOST."""


class Google(BaseHTTPRequestHandler):
    """Speaks as Google's service does, in tones; `moods` are what it does first, one a request.

    A mood is "stall", "half" (fewer bytes than promised), "cut" (an answer that ends early),
    "silent" (no sound in it), "drop" (no answer) or a status, with its Retry-After: "429 7".
    """

    moods: ClassVar[list[str]] = []
    asked: ClassVar[list[tuple[str, bool]]] = []
    """Each text asked for, and whether slowly."""
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        rpc = json.loads(parse_qs(form)["f.req"][0])
        text, language, slow, _ = json.loads(rpc[0][0][1])
        assert language == "vi"
        self.asked.append((text, bool(slow)))
        answer = _answer(text, slow=bool(slow))
        self._reply(self.moods.pop(0) if self.moods else "", answer)

    def _reply(self, mood: str, answer: bytes) -> None:
        if mood[:1].isdigit():
            status, _, wait = mood.partition(" ")
            self.send_response(int(status))
            if wait:
                self.send_header("Retry-After", wait)
            answer = b""
        elif mood == "drop":
            self.close_connection = True
            return
        else:
            self.send_response(200)
        if mood == "silent":
            answer = b"[]"
        if mood == "cut":
            answer = answer[: len(answer) // 2]
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if mood == "stall":
            time.sleep(1)
        if mood == "half":
            answer, self.close_connection = answer[: len(answer) // 2], True
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _answer(text: str, *, slow: bool) -> bytes:
    with ToneEngine() as tone:
        speech = tone.synthesize(text, Voice("cao", 140 if slow else 200))
    sound = base64.b64encode(encode(speech.samples, speech.rate, 32)).decode()
    return f')]}}\'\n\n[["wrb.fr","jQ1olc","[\\"{sound}\\"]",null,null,null,"generic"]]'.encode()


@contextmanager
def serve(handler: type[BaseHTTPRequestHandler], *, secure: bool = False) -> Iterator[str]:
    """The address of a server with this handler; `secure` has a certificate nobody trusts."""
    server = ThreadingHTTPServer((HOST, 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http{'s' if secure else ''}://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def google(moods: Sequence[str] = (), *, secure: bool = False) -> Iterator[str]:
    """The address of a stand-in for Google's service; see Google.moods."""
    Google.moods[:] = moods
    Google.asked.clear()
    with serve(Google, secure=secure) as address:
        yield address


@contextmanager
def silence() -> Iterator[str]:
    """The address of a machine that takes connections and never says a word."""
    with socket.create_server((HOST, 0)) as listening:
        yield f"http://{HOST}:{listening.getsockname()[1]}"
