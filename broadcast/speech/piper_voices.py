"""Piper's voices on this machine: a model (.onnx) and its settings (.onnx.json) each.

Looking at them loads neither Piper nor numpy.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadcast.errors import ConflictError, InputError, NotFoundError
from broadcast.storage import flush_folder, known_digest, storage_error, user_folder

MODEL, SETTINGS, PACE = ".onnx", ".onnx.json", ".pace.json"
"""Endings of a voice's files; the last is ours: how fast the voice reads by itself."""

VIETNAMESE = "vi"

TONES = {
    "espeak": {"ɜ": "sắc", "2": "huyền", "4": "hỏi", "5": "ngã", "6": "nặng"},
    "text": {
        "\u0301": "sắc",
        "\u0300": "huyền",
        "\u0309": "hỏi",
        "\u0303": "ngã",
        "\u0323": "nặng",
    },
}
"""The signs of the tones, by how a voice takes words apart: espeak-ng's phonemes, the same in all
of its Vietnamese, or letters and marks. Piper passes over signs that a voice has no number for:
without one of these, words of that tone would be read as others, and nobody be told."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}")
_TITLE = "Chưa thêm được giọng Piper"
_OTHER = "chọn giọng có tên bắt đầu bằng vi_VN"
_DIGITS = 16
"""Hex digits of a file's SHA-256 by which voices are told apart."""


@dataclass(frozen=True, slots=True)
class PiperFiles:
    """A voice: its name, its model, what its speakers are called (one: none), Hz of its sound."""

    name: str
    model: Path
    speakers: tuple[str, ...]
    rate: int

    @property
    def choices(self) -> tuple[str, ...]:
        """What a station writes to choose a speaker of it."""
        return tuple(f"{self.name}/{one}" for one in self.speakers) or (self.name,)

    @property
    def digest(self) -> str:
        """Differs where the model or its settings do.

        Raises:
            OSError: they cannot be read any more.
        """
        files = self.model, self.model.with_name(self.name + SETTINGS)
        return " ".join(known_digest(one)[:_DIGITS] for one in files)


def folder() -> Path:
    """Where voices lie."""
    return user_folder() / "voices"


def installed(where: Path | None = None) -> tuple[PiperFiles, ...]:
    """The Vietnamese voices that are there, by name; what cannot be read is passed over."""
    found = []
    for model in sorted((where or folder()).glob(f"*{MODEL}")):
        with suppress(InputError):
            found.append(read_settings(model))
    return tuple(found)


def read_settings(model: Path, settings: Path | None = None) -> PiperFiles:
    """What a voice's settings say of it.

    Raises:
        InputError: they are missing, are none of Piper's, of another language, or lack a tone.
    """
    path = settings or settings_of(model)
    try:
        said = json.loads(path.read_text("utf-8"))
        language, rate = str(said["espeak"]["voice"]), int(said["audio"]["sample_rate"])
        ids: dict[str, Any] = said.get("speaker_id_map") or {}
        speakers = tuple(ids) if int(said["num_speakers"]) > 1 else ()
        kind, signs = str(said.get("phoneme_type", "espeak")), frozenset(said["phoneme_id_map"])
    except FileNotFoundError as error:
        raise InputError(
            _TITLE, f"thiếu tệp {path.name}", "tải cả hai tệp .onnx và .onnx.json của giọng"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            _TITLE, f"{path.name} không phải tệp giọng Piper, hoặc đã hỏng", "tải lại tệp ấy"
        ) from error
    if language.split("-", maxsplit=1)[0] != VIETNAMESE:
        happened = f"giọng này đọc tiếng khác ({language}), không phải tiếng Việt"
        raise InputError(_TITLE, happened, _OTHER)
    _require_tones(kind, signs)
    return PiperFiles(model.name.removesuffix(MODEL), model, speakers, rate)


def _require_tones(kind: str, signs: Collection[str]) -> None:
    """Refuse a voice that cannot tell Vietnamese words apart.

    Raises:
        InputError: it has not the sign of every tone.
    """
    if kind not in TONES:
        happened = f"giọng này tách âm kiểu {kind}, không dành cho tiếng Việt"
        raise InputError(_TITLE, happened, _OTHER)
    lacking = [tone for sign, tone in TONES[kind].items() if sign not in signs]
    if lacking:
        happened = f"giọng này không biết thanh {', '.join(lacking)}: tiếng có thanh ấy sẽ đọc sai"
        raise InputError(_TITLE, happened, _OTHER)


def add(
    model: Path,
    try_out: Callable[[PiperFiles], None],
    settings: Path | None = None,
    where: Path | None = None,
) -> PiperFiles:
    """Copy a voice's two files to the others; both appear whole or not at all.

    Args:
        try_out: makes sure that the copy speaks; what it raises undoes all.
        settings: the .onnx.json, if it is not beside the model.

    Raises:
        InputError: no such file, or not a Vietnamese voice of Piper's.
        ConflictError: there is a voice of that name.
        StorageError: it cannot be written.
    """
    target = where or folder()
    if not (model.name.endswith(MODEL) and model.is_file()):
        raise InputError(_TITLE, f"{model} không phải là tệp {MODEL}", "nêu tệp .onnx của giọng")
    read_settings(model, settings)
    require_new(model.name, where)
    kept, beside = target / model.name, model.name + ".json"
    try:
        target.mkdir(parents=True, exist_ok=True)
        _copy(settings or model.with_name(beside), kept.with_name(beside))
        _copy(model, kept)  # the model last: it makes a voice
        flush_folder(target)
        added = read_settings(kept)
        try_out(added)
    except OSError as error:
        _forget(kept)
        raise storage_error(error, target, _TITLE) from error
    except BaseException:
        _forget(kept)
        raise
    return added


def require_new(file: str, where: Path | None = None) -> None:
    """Refuse a model's file name that is none for a voice, or is taken.

    Raises:
        InputError: a voice cannot be called so.
        ConflictError: there is a voice of that name.
    """
    name = file.removesuffix(MODEL)
    if not _NAME.fullmatch(name):
        raise InputError(_TITLE, f"tên giọng lạ: {name}", "đặt tên như vi_VN-abc-medium.onnx")
    if ((where or folder()) / file).exists():
        mend = f"bỏ giọng cũ trước: broadcast voice remove {name}"
        raise ConflictError(_TITLE, f"đã có giọng {name}", mend)


def remove(name: str, where: Path | None = None) -> None:
    """Take a voice away.

    Raises:
        NotFoundError: there is none of that name.
        StorageError: it cannot be deleted.
    """
    model = (where or folder()) / f"{name}{MODEL}"
    if not (_NAME.fullmatch(name) and model.is_file()):
        there = ", ".join(one.name for one in installed(where)) or "chưa có giọng nào"
        raise NotFoundError(
            "Chưa bỏ được giọng", f"không có giọng Piper tên {name}", f"có: {there}"
        )
    try:
        model.unlink()
        _forget(model)
    except OSError as error:
        raise storage_error(error, model, "Chưa bỏ được giọng") from error


def settings_of(model: Path) -> Path:
    """Where a model's settings are."""
    return model.with_name(f"{model.name}.json")


def _copy(source: Path, target: Path) -> None:
    draft = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        with source.open("rb") as reading, draft.open("wb") as writing:
            shutil.copyfileobj(reading, writing, 1 << 20)
            writing.flush()
            os.fsync(writing.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _forget(model: Path) -> None:
    stem = model.name.removesuffix(MODEL)
    for ending in (MODEL, SETTINGS, PACE):
        model.with_name(stem + ending).unlink(missing_ok=True)
