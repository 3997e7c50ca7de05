"""What every test may use: the shared material beside the project, and foreign programs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

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
