"""What every test may use: the shared material beside the project, and foreign programs."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from . import helpers, quarter

# The tests start the program a hundred times, and its readers start themselves. On a machine that
# keeps no bytecode each of them would first compile it: a second, of which the tests need none.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# No test asserts wall time, so no example has a deadline. What CI says must not hang on the dice;
# people's own runs go on searching.
# Half of Hypothesis's own number of examples: the suite has to be quick enough to be run.
settings.register_profile("search", deadline=None, max_examples=50)
settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "search")

ROOT = Path(__file__).resolve().parents[1]
"""The repository's root, which is the sample station's workspace too."""


def need(program: str) -> str:
    """Path of a foreign program: where it is missing, skip on a bare machine and fail in CI."""
    found = shutil.which(program)
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{program} is not installed, and CI must have it")
    pytest.skip(f"{program} is not installed")


def shared(*parts: str) -> Path:
    """A file of the material kept beside the project (real plans, gold readings)."""
    path = ROOT.parent.joinpath("shared", *parts)
    if not path.exists():
        pytest.skip("the real plans and gold readings are not beside this checkout")
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes seconds: at the end no process is left alone with it."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


Once = Callable[[str, Callable[[Path], object]], Path]
"""Gives the workspace of that name, which one process of the test run makes."""


@pytest.fixture(scope="session", autouse=True)
def _no_power_cut() -> Iterator[None]:
    """Let no write wait for the disk: no test can cut the power, and they write some ten thousand.

    Tests of a disk that is full put their own `os.fsync` in, and so see that it is called.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)  # it still has to be an open file
        yield


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes workspaces that all processes of a test run share, and nobody writes to."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        root = folder / "once" / name / "dai"
        root.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(root.parent / "lock"):
            if not (root.parent / "made").exists():
                shutil.rmtree(root, ignore_errors=True)  # what another process failed to make
                fill(root)
                (root.parent / "made").touch()
        return root

    return make


@pytest.fixture(scope="session")
def sample_once(once: Once) -> Path:
    """The sample station, made once; tests get copies."""
    return once("sample", helpers.make_sample)


@pytest.fixture(scope="session")
def unplanned_once(once: Once) -> Path:
    """The sample station with its plan and nothing planned, made once; tests get copies."""
    return once("unplanned", helpers.make_unplanned)


@pytest.fixture(scope="session")
def approved_once(once: Once, sample_once: Path) -> Path:
    """The sample station with its week approved, made once; tests get copies."""
    return once("approved", lambda to: helpers.make_approved(_copy(sample_once, to)))


@pytest.fixture(scope="session")
def brief_once(once: Once, approved_once: Path) -> Path:
    """The approved station with short scripts, made once; tests get copies."""
    return once("brief", lambda to: helpers.make_brief(_copy(approved_once, to)))


@pytest.fixture(scope="session")
def brief_read_once(once: Once, brief_once: Path) -> Path:
    """The station with its short scripts read aloud, made once; tests get copies."""
    return once(
        "brief-read", lambda to: helpers.done("render", helpers.WEEK, cwd=_copy(brief_once, to))
    )


@pytest.fixture(scope="session")
def quarter_once(once: Once, sample_once: Path) -> Path:
    """The sample station with a quarter planned and logged; tests only read it or copy it."""
    return once("quarter", lambda to: quarter.make_quarter(_copy(sample_once, to)))


@pytest.fixture(scope="session")
def rendered_once(once: Once, approved_once: Path) -> Path:
    """The sample station with its week read aloud, made once; tests get copies."""
    return once(
        "rendered", lambda to: helpers.done("render", helpers.WEEK, cwd=_copy(approved_once, to))
    )


def _copy(root: Path, to: Path) -> Path:
    return Path(shutil.copytree(root, to))


@pytest.fixture
def station(tmp_path: Path) -> Path:
    """A new workspace as `init` makes it, with a quick voice."""
    helpers.done("init", tmp_path / "dai", "--commune", "xã Đông Thử", cwd=tmp_path)
    helpers.quick_voice(tmp_path / "dai")
    return tmp_path / "dai"


@pytest.fixture
def sample(sample_once: Path, tmp_path: Path) -> Path:
    """The sample station with its plan imported and week 2026-W48 filled."""
    return Path(shutil.copytree(sample_once, tmp_path / "dai"))


@pytest.fixture
def approved(approved_once: Path, tmp_path: Path) -> Path:
    """The sample station with the scripts of 2026-W48 approved, not yet read aloud."""
    return Path(shutil.copytree(approved_once, tmp_path / "dai"))


@pytest.fixture
def brief(brief_once: Path, tmp_path: Path) -> Path:
    """The approved station with scripts of two lines, for tests that have them read aloud."""
    return Path(shutil.copytree(brief_once, tmp_path / "dai"))


@pytest.fixture
def rendered(rendered_once: Path, tmp_path: Path) -> Path:
    """The sample station with 2026-W48 read aloud in tones."""
    return Path(shutil.copytree(rendered_once, tmp_path / "dai"))
