"""What every test may use: the shared material beside the project, and foreign programs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from . import helpers

# No test asserts wall time, so no example has a deadline. What CI says must not hang on the dice;
# people's own runs go on searching.
settings.register_profile("search", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
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


@pytest.fixture(scope="session")
def sample_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample station, made once; tests get copies."""
    return helpers.make_sample(tmp_path_factory.mktemp("sample") / "dai")


@pytest.fixture(scope="session")
def approved_once(sample_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample station with its week approved, made once; tests get copies."""
    root = tmp_path_factory.mktemp("approved") / "dai"
    return helpers.make_approved(Path(shutil.copytree(sample_once, root)))


@pytest.fixture(scope="session")
def brief_once(approved_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The approved station with short scripts, made once; tests get copies."""
    root = tmp_path_factory.mktemp("brief") / "dai"
    return helpers.make_brief(Path(shutil.copytree(approved_once, root)))


@pytest.fixture(scope="session")
def rendered_once(approved_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample station with its week read aloud, made once; tests get copies."""
    root = Path(shutil.copytree(approved_once, tmp_path_factory.mktemp("rendered") / "dai"))
    helpers.done("render", helpers.WEEK, cwd=root)
    return root


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
