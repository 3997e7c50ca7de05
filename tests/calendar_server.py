"""Radicale, a real calendar server, on this machine for the tests."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest

from tests.loopback import HOST

LOGIN = {"Authorization": "Basic ZGFpOm1hdC1raGF1"}
"""The header of its one person: dai, whose password is mat-khau."""


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of its one calendar."""
    for module in ("radicale", "caldav"):
        if importlib.util.find_spec(module) is None:
            if os.environ.get("CI"):
                pytest.fail(f"{module} is not installed, and CI must have it")
            pytest.skip(f"{module} is not installed")
    folder = tmp_path_factory.mktemp("radicale")
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    (folder / "users").write_text("dai:mat-khau\n")
    (folder / "config").write_text(
        f"[server]\nhosts = {HOST}:{port}\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\n"
        f"htpasswd_encryption = plain\n[storage]\nfilesystem_folder = {folder / 'data'}\n"
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "radicale", "-C", folder / "config"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://{HOST}:{port}/dai/loa/"
    try:
        _make(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def _make(address: str) -> None:
    """Make the collection, as soon as the server answers."""
    ask = urllib.request.Request(  # noqa: S310 - loopback
        address,
        method="MKCALENDAR",
        headers=LOGIN,
    )
    for _ in range(200):
        try:
            urllib.request.urlopen(ask)  # noqa: S310
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the server does not answer")
