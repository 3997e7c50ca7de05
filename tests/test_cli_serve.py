"""The server by its command: it tells its address, serves, and ends well with Ctrl+C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from .helpers import WEEK, run


@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C is sent otherwise there")
def test_it_serves_until_it_is_stopped_and_that_is_no_failure(rendered: Path) -> None:
    command = [sys.executable, "-m", "broadcast", "serve", WEEK, "--port", "0", "--private"]
    with subprocess.Popen(
        command, cwd=rendered, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        with urlopen(address) as answer:  # noqa: S310 - loopback
            assert "<h1>" in answer.read().decode()
        server.send_signal(signal.SIGINT)
        _, told = server.communicate(timeout=30)
    assert (server.returncode, told.rstrip().endswith("Đã dừng.")) == (0, True)


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (("--port", "99999"), 1, "chọn cổng từ 1024 đến 65535"),
        (("--port", "mot"), 2, "--port phải là số nguyên"),
        (("--host", "khong-co-may-nay.invalid"), 1, "không có địa chỉ"),
        (("2026-W60",), 2, "2026-W60"),
    ],
)
def test_what_it_cannot_do_is_told(
    sample: Path, asked: tuple[str, ...], status: int, said: str
) -> None:
    told = run("serve", *asked, cwd=sample)
    assert (told.status, said in told.err, "Traceback" in told.err) == (status, True, False)
