"""Running the program as its users do: in this process (quick) and as a process of its own."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

import broadcast
from broadcast.cli.main import _status
from broadcast.domain.week import VIETNAM, WeekId
from broadcast.store.sample import copy_sample, sample_root
from broadcast.store.workspace import Workspace
from broadcast.workflow.plans import import_plan
from broadcast.workflow.scripts import approve, scripts_of_week

WEEK = "2026-W48"
"""The week that tests fill: Monday 23 to Sunday 29 November 2026."""

PLAN = "suoi-hoa-2026"
PLAN_DOCUMENT = sample_root() / "schedules/plans/source/suoi-hoa-2026.txt"
BY = "Trần Thị Mẫu"
APPROVED_AT = datetime(2026, 11, 23, 7, 30, tzinfo=VIETNAM)
"""Fixed, since pictures show the day."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left behind: its exit status, stdout and stderr."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """The one JSON document of stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines of stdout."""
        return self.out.splitlines()


def run(*args: object, cwd: Path, stdin: str = "", env: Mapping[str, str] | None = None) -> Result:
    """Run a command in this process, in the folder `cwd`."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in "oe")
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")
    with (
        contextlib.chdir(cwd),
        mock.patch.dict(os.environ, dict(env or {})),
        mock.patch.object(sys, "stdin", given),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        status = _status([str(one) for one in args])
    return Result(int(status), _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def done(*args: object, cwd: Path) -> Result:
    """Run a command that has to work."""
    result = run(*args, cwd=cwd)
    assert result.status == 0, result.err
    return result


def run_process(
    *args: object, cwd: Path, stdin: str = "", env: Mapping[str, str] | None = None
) -> Result:
    """Run a command in a process of its own, in the folder `cwd`."""
    return run_python("-m", "broadcast", *args, cwd=cwd, stdin=stdin, env=env)


def run_python(
    *args: object, cwd: Path, stdin: str = "", env: Mapping[str, str] | None = None
) -> Result:
    """Run Python in a process of its own, by default with the package under test."""
    finished = subprocess.run(
        [sys.executable, *(str(one) for one in args)],
        cwd=cwd,
        input=stdin,
        env=environment(env),
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    return Result(finished.returncode, finished.stdout, finished.stderr)


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process that uses the package under test, not one installed beside."""
    package = str(Path(broadcast.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": package, **(extra or {})}


def tree(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below `folder` by its path, but for the lock and its note."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("workspace.lock")
    }


def edit(path: Path, old: str, new: str) -> None:
    """Change a text file in one place as a person would; `old` has to be in it."""
    text = path.read_bytes().decode()
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_bytes(text.replace(old, new, 1).encode())


def quick_voice(root: Path) -> None:
    """Let the workspace's station speak in tones, for tests that are not about speech."""
    edit(root / "schedules/station.yaml", "engine: espeak", "engine: tone")


def one_language(root: Path) -> None:
    """Let the workspace's station make no recordings, for tests that are not about languages."""
    edit(root / "schedules/station.yaml", "\nzones:", "\nrecordings: không\nzones:")


def make_unplanned(root: Path) -> None:
    """The sample station with its plan imported and nothing planned."""
    copy_sample(root, plans=False)
    import_plan(Workspace(root), PLAN_DOCUMENT)


def make_sample(root: Path) -> Path:
    """The sample station with its plan imported and a week filled, and a quick voice."""
    copy_sample(root, plans=False)
    quick_voice(root)
    one_language(root)
    done("plan", "import", PLAN_DOCUMENT, cwd=root)
    done("week", "fill", WEEK, cwd=root)
    return root


def make_approved(root: Path) -> Path:
    """A filled station with every script of the week made and, at APPROVED_AT, approved."""
    done("script", "assemble", "--week", WEEK, cwd=root)
    approve_week(root)
    return root


def make_brief(root: Path) -> Path:
    """An approved station whose scripts are only an ident and two lines: read aloud in no time."""
    shorten(root)
    approve_week(root)
    return root


def shorten(root: Path) -> None:
    """Leave the week's scripts an ident and two lines each, as drafts."""
    for script in (root / "scripts").glob("2026-w48-*.md"):
        fence, front, body = script.read_text("utf-8").split("---\n", 2)
        script.write_text("---\n".join((fence, front, "".join(body.splitlines(True)[:3]))), "utf-8")


def approve_week(root: Path) -> None:
    """Approve every script of the sample week."""
    workspace = Workspace(root)
    approve(workspace, scripts_of_week(workspace, WeekId(2026, 48)), BY, APPROVED_AT)


def airings(root: Path, week: str = WEEK) -> list[dict[str, Any]]:
    """The week's airings as `week show --json` gives them."""
    found: list[dict[str, Any]] = done("week", "show", week, "--json", cwd=root).json()["airings"]
    return found


def script_file(root: Path, script_id: str) -> Path:
    """Where that script's text is."""
    return root / "scripts" / f"{script_id}.md"
