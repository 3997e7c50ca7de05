"""Ctrl-C while reading aloud: what is finished stays whole, and the next run goes on from there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .helpers import WEEK, airings, done, edit, environment, run, tree

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows gives a test no Ctrl-C for one child process"
)

WAITING = """
import sys, time
from broadcast.speech import tone
read, lines = tone.ToneEngine.synthesize, []

def slow(engine, text, voice, pauses):
    lines.append(text)
    if len(lines) == {line}:
        print("CHỜ", file=sys.stderr, flush=True)
        time.sleep(60)
    return read(engine, text, voice, pauses)

tone.ToneEngine.synthesize = slow
from broadcast.cli.main import run
run(["render", {week!r}])
"""
"""`broadcast render` with an engine that, at one of its lines, waits until it is interrupted."""


def _hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def interrupted(arguments: list[str], root: Path, until: str) -> tuple[int, str, str]:
    """Start a process, press Ctrl-C as a terminal does once it has said `until`."""
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=root,
        env=environment({"PYTHONIOENCODING": "utf-8"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        # A runner in the background hands on that Ctrl-C is not heard.
        preexec_fn=_hear_ctrl_c,  # noqa: PLW1509 - no thread of a test is at work meanwhile
    ) as process:
        assert process.stderr is not None
        said = ""
        for line in process.stderr:
            said += line
            if until in line:
                os.killpg(process.pid, signal.SIGINT)
                break
        out, err = process.communicate(timeout=60)
        return process.returncode, out, said + err


def programmes(root: Path) -> set[str]:
    return {path.stem for path in (root / "out/audio").glob("*.mp3")}


def nothing_broken(root: Path) -> None:
    """Every file under its final name is a whole programme with its note, and no scraps lie by."""
    for path in (root / "out/audio").glob("*.mp3"):
        assert path.with_suffix(".json").is_file()
        assert done("verify", path, "--json", cwd=root).json()[0]["problems"] == []
    assert list((root / "out").rglob("*.tmp")) == []


@pytest.mark.parametrize("line", [1, 4])
def test_ctrl_c_while_a_line_is_read_breaks_nothing(
    line: int, brief: Path, brief_once: Path, tmp_path: Path
) -> None:
    code = WAITING.format(line=line, week=WEEK)
    status, out, err = interrupted(["-c", code], brief, "CHỜ")
    first = programmes(brief)

    assert (status, out) == (1, "")
    assert "Đã dừng theo yêu cầu" in err
    assert "Traceback" not in err
    assert (len(first) > 0) == (line > 1)
    assert len(first) < len(airings(brief))
    nothing_broken(brief)

    again = done("render", WEEK, cwd=brief)
    assert again.err.count("  đã có: ") == len(first)
    at_once = Path(shutil.copytree(brief_once, tmp_path / "một mạch"))
    done("render", WEEK, cwd=at_once)
    whole = {p.name: d for p, d in _files(brief).items()}
    assert whole == {p.name: d for p, d in _files(at_once).items()}


def _files(root: Path) -> dict[Path, str]:
    return {Path(name): digest for name, digest in tree(root / "out/audio").items()}


def test_ctrl_c_reaches_the_reading_process_too(approved: Path) -> None:
    edit(approved / "schedules/station.yaml", "engine: tone", "engine: espeak")
    done("script", "approve", "--week", WEEK, "--by", "Người Duyệt", cwd=approved)
    second = airings(approved)[1]["title"]
    status, _, err = interrupted(["-m", "broadcast", "render", WEEK], approved, second)

    assert status == 1, err
    assert "Đã dừng theo yêu cầu" in err
    assert "Traceback" not in err
    assert 1 <= len(programmes(approved)) < len(airings(approved))
    nothing_broken(approved)
    assert run("week", "check", WEEK, cwd=approved).status == 0
