"""The house itself: what is loaded, what the help says, what the wheel carries, what is written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
import pytest

import broadcast
from broadcast.cli.main import main

from .conftest import ROOT
from .helpers import PLAN_DOCUMENT, run, run_process, run_python

HEAVY = (
    "textual", "numpy", "scipy", "docx", "docx2python", "openpyxl", "pypdfium2", "icalendar",
    "lameenc", "mutagen", "miniaudio", "pydub", "jinja2", "filelock", "holidays", "lunar_vn",
    "broadcast.speech", "broadcast.audio", "broadcast.intake", "broadcast.publish",
)  # fmt: skip
"""What one spoken line has no use for."""

_LOADED = """
import sys
from broadcast.cli.main import _status
status = _status({arguments!r})
print(status, sorted(set({heavy!r}) & set(sys.modules)))
"""


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command there is, groups included, as words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


COMMANDS = [(), *commands()]


@pytest.mark.parametrize("arguments", [["spoken", "15/QĐ-UBND"], ["--help"], ["--version"]])
def test_light_commands_load_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    result = run_python("-c", _LOADED.format(arguments=arguments, heavy=HEAVY), cwd=tmp_path)

    assert result.lines[-1] == "0 []", result.err


def test_spoken_in_a_workspace_loads_nothing_heavy_either(station: Path) -> None:
    code = _LOADED.format(arguments=["spoken", "15/QĐ-UBND"], heavy=HEAVY)

    assert run_python("-c", code, cwd=station).lines[-1] == "0 []"


def test_the_version_is_written_once(tmp_path: Path) -> None:
    asked = run_process("--version", cwd=tmp_path).out

    assert asked == f"broadcast {broadcast.__version__}\n"
    assert version("broadcast") == broadcast.__version__
    assert "version" not in (ROOT / "pyproject.toml").read_text("utf-8").split("dynamic")[0]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_vietnamese_help(words: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*words, "--help", cwd=tmp_path)

    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(f"Cách dùng: {' '.join(('broadcast', *words))}")
    assert not re.search(
        r"\b(Usage|Options|Commands|OPTIONS|ARGS|Show this message|required|default)\b", result.out
    )


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_is_explained(words: tuple[str, ...], tmp_path: Path) -> None:
    told = run(*words, "--help", cwd=tmp_path).out.partition("Tùy chọn:")[2].partition("Lệnh:")[0]
    rows = re.split(r"\n  (?=-)", told)[1:]

    assert rows
    assert [row for row in rows if not re.search(r"\s{2,}\S+ \S+", row)] == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built offline from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.long  # beside the other test of this wheel
def test_the_wheel_carries_the_sample_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    carried = {one.removeprefix("broadcast/sample/") for one in names if "/sample/" in one}

    assert {"schedules/station.yaml", "scripts/lexicon.yaml"} <= carried
    assert {f"scripts/pieces/{p.name}" for p in (ROOT / "scripts/pieces").iterdir()} <= carried
    assert {
        f"scripts/templates/{p.name}" for p in (ROOT / "scripts/templates").iterdir()
    } <= carried
    assert f"schedules/plans/source/{PLAN_DOCUMENT.name}" in carried
    words = {f"broadcast/vietnamese/{name}.yaml" for name in ("lexicon", "terms")}
    assert {*words, "broadcast/py.typed"} <= set(names)
    assert [one for one in names if one.startswith(("tests", "out", "broadcast/sample/out"))] == []
    assert [one for one in names if "/." in one or "/log/" in one] == []


@pytest.mark.long
def test_the_demo_works_from_the_wheel_in_an_empty_folder_and_again(
    wheel: Path, tmp_path: Path
) -> None:
    site, empty = tmp_path / "site", tmp_path / "trống"
    pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site, wheel]
    assert run_python(*pip, cwd=tmp_path).status == 0
    empty.mkdir()
    result = run_process("demo", cwd=empty, env={"PYTHONPATH": str(site)})
    again = run_process("demo", cwd=empty, env={"PYTHONPATH": str(site)})
    where = run_python("-c", "import broadcast; print(broadcast.__file__)", cwd=empty,
                       env={"PYTHONPATH": str(site)})  # fmt: skip

    assert (result.status, again.status) == (0, 0), result.err + again.err
    assert "dùng tiếp lần trước" in again.out
    assert Path(where.out.strip()).is_relative_to(site)
    exported = empty / "suoi-hoa-demo/out/export"
    assert len(list(exported.glob("*.ics"))) == 1
    assert len(list(exported.rglob("*.mp3"))) == len(
        [line for line in next(exported.glob("*.m3u8")).read_text("utf-8").splitlines()
         if line and not line.startswith("#")]
    )  # fmt: skip


def test_no_text_of_the_repository_names_a_machine() -> None:
    private = re.compile(
        r"(?<![\w.])/(?:wor[k]|tm[p]|hom[e]|roo[t])/|[A-Z]:\\{1,2}User[s]"
        r"|pypi\.or[g]|pythonhoste[d]|npmj[s]\.|index-ur[l]|local[h]ost|\b127\.0\.0\.1\b"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in _texts()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if private.search(line)
    ]

    assert found == []


def _texts() -> Iterator[Path]:
    """The repository's text files: those of git, or in an unpacked sdist all there are."""
    if (ROOT / ".git").exists() and (git := shutil.which("git")):
        listed = subprocess.run(
            [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
        )
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        parts = ("broadcast", "schedules", "scripts", "tests")
        paths = [p for part in parts for p in (ROOT / part).rglob("*")]
        paths = [p for p in paths if "__pycache__" not in p.parts]
    for path in paths:
        if path.is_file() and b"\0" not in path.read_bytes()[:8192]:
            yield path
