"""The voices of this machine: which there are, adding, removing and trying them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from broadcast.domain.script import Speaker
from broadcast.domain.station import Station, Voices
from broadcast.errors import InputError
from broadcast.store.workspace import Workspace
from broadcast.workflow.listen import Sound
from broadcast.workflow.programme import open_reader
from broadcast.workflow.voice_choice import (
    candidates,
    how_to_send,
    is_to_be_asked,
    not_sent,
    piper_speakers,
)

SAMPLE = "Kính thưa bà con, đây là chương trình truyền thanh của xã."
"""What is read to try a voice when nothing else is asked for; it tells nobody anything."""

_NOT_ADDED = "Chưa thêm được giọng Piper"

Tell = Callable[[int, int], None]
"""Bytes that are there, bytes there will be (0: nobody knows)."""


@dataclass(frozen=True, slots=True)
class EngineRow:
    """An engine as the officer chooses it: `ready` or why not, and its speakers if it is known."""

    name: str
    title: str
    ready: bool
    why: str = ""
    speakers: tuple[str, ...] = ()


def engine_rows(station: Station | None) -> tuple[EngineRow, ...]:
    """Every engine, and whether it can read here; nothing is loaded and nobody asked."""
    from broadcast.speech.engine import ENGINES, engine_names  # noqa: PLC0415 - when asked for

    rows = []
    for name in engine_names():
        about, why = ENGINES[name], ""
        speakers: tuple[str, ...] = ()
        if name == "piper":
            speakers = piper_speakers()
            why = "" if speakers else _no_piper()
        elif about.online and station:
            why = not_sent(station.voices.online, approved=True)
        rows.append(EngineRow(name, about.title, not why, why, speakers))
    return tuple(rows)


def choice_told(station: Station) -> str:
    """Which voice reads at this station, and why, before anything is tried."""
    voices = station.voices
    first, *others = candidates(voices)
    if voices.engine != "auto":
        return f"Đài chọn bộ đọc {voices.engine}."
    told = f"Đài để tự chọn (auto): {first}"
    if others:
        told += f"; không được thì {', rồi '.join(others)}"
    if is_to_be_asked(station):
        told += ". Chưa hỏi: có gửi lời tới Google để đọc hay không"
    return f"{told}."


def _no_piper() -> str:
    if not find_spec("piper"):
        return "chưa cài: pip install 'broadcast[neural]'"
    return "chưa có giọng tiếng Việt: broadcast voice add TỆP.onnx"


def add_voice(
    source: str, settings: Path | None = None, sha256: str = "", tell: Tell = lambda *_: None
) -> str:
    """Add a Piper voice from a file or an address; the name it has now.

    Args:
        source: a .onnx file with its .onnx.json beside it, or the address of one.
        settings: the .onnx.json where it is not beside the file.
        sha256: of the model.

    Raises:
        InputError, ConflictError, NetworkError, EngineError, StorageError: what is wrong with it.
    """
    from broadcast.speech import piper_voices  # noqa: PLC0415 - when asked for

    if not find_spec("piper"):
        raise InputError(_NOT_ADDED, "chưa cài Piper", _no_piper())
    if "://" not in source:
        model = Path(source)
        _require_digest(model, sha256)
        return piper_voices.add(model, _try_out, settings).name
    model = _fetched(source, sha256, tell)
    try:
        return piper_voices.add(model, _try_out, settings).name
    finally:  # what was no voice is fetched anew next time: it may have been mended there
        shutil.rmtree(model.parent, ignore_errors=True)


def _require_digest(model: Path, sha256: str) -> None:
    if model.is_file() and not _has_digest(model, sha256):
        happened = f"{model.name} không đúng mã kiểm tra (SHA-256)"
        raise InputError(_NOT_ADDED, happened, "tải lại tệp ấy")


def _fetched(address: str, sha256: str, tell: Tell) -> Path:
    """The model at an address, with its settings; what was fetched before is gone on with."""
    from broadcast.speech.download import download, part_name  # noqa: PLC0415 - the network
    from broadcast.speech.piper_voices import require_new  # noqa: PLC0415
    from broadcast.storage import user_folder  # noqa: PLC0415

    parts = urlsplit(address)
    name = PurePosixPath(unquote(parts.path)).name
    if not name.endswith(".onnx"):
        happened = f"«{address}» không phải địa chỉ một tệp .onnx"
        raise InputError(_NOT_ADDED, happened, "nêu địa chỉ tệp .onnx của giọng")
    require_new(name)
    model = user_folder() / "downloads" / part_name(address) / name
    said = parts._replace(path=f"{parts.path}.json").geturl()
    # The settings come from where the model does, so its checksum speaks for the address.
    download(said, model.with_name(f"{name}.json"), any_scheme=bool(sha256))
    # It is there already if the program died while the voice was tried out.
    if not (model.is_file() and _has_digest(model, sha256)):
        download(address, model, sha256, tell)
    return model


def _has_digest(model: Path, sha256: str) -> bool:
    """Whether the file has the checksum that was named, if one was."""
    from broadcast.storage import file_digest  # noqa: PLC0415

    return not sha256 or file_digest(model) == sha256.strip().lower()


def _try_out(voice: object) -> None:
    """Let a new voice read, so that a broken one is told now and not at half past five."""
    from broadcast.speech.piper import PiperEngine  # noqa: PLC0415 - loads the model
    from broadcast.speech.piper_voices import PiperFiles  # noqa: PLC0415

    assert isinstance(voice, PiperFiles)  # noqa: S101 - for mypy
    with PiperEngine(voice.model.parent) as engine:
        for choice in voice.choices:
            reader = engine.speaker("NỮ", Voices(engine="piper", women=choice))
            if not engine.synthesize(SAMPLE, reader).seconds:
                mend = "tải lại cả hai tệp .onnx và .onnx.json, hoặc chọn giọng khác"
                raise InputError(_NOT_ADDED, f"giọng {choice} không ra tiếng", mend)


def remove_voice(name: str) -> None:
    """Take a Piper voice away.

    Raises:
        NotFoundError, StorageError: there is none, or it cannot be deleted.
    """
    from broadcast.speech.piper_voices import remove  # noqa: PLC0415 - when asked for

    remove(name)


def try_voice(  # noqa: PLR0913, PLR0917 - which voice, and what it is to say
    workspace: Workspace,
    station: Station,
    engine: str,
    speaker: str = "",
    text: str = "",
    part: Speaker = "NỮ",
) -> Sound:
    """A sentence in the voice named; nothing of the station changes.

    Args:
        speaker: the engine's own name; "": the one it has for `part`.
        text: the officer's own sentence: a draft, as nobody approved it. "": one of ours.

    Raises:
        InputError: no such voice, or the text may not be sent where it would go.
        EngineError: it failed.
    """
    from broadcast.speech.engine import ENGINES, is_sayable  # noqa: PLC0415 - when asked for
    from broadcast.vietnamese.spoken import read_aloud  # noqa: PLC0415
    from broadcast.workflow.hearing import station_lexicon  # noqa: PLC0415

    voices = replace(station.voices, engine=engine, women=speaker, men=speaker)
    refused = not_sent(voices.online, approved=not text)
    if engine in ENGINES and ENGINES[engine].online and refused:
        mend = how_to_send(approved=not text)
        raise InputError("Chưa đọc thử được", refused, mend)
    said = read_aloud(text or SAMPLE, station_lexicon(workspace), voices.region)
    if not is_sayable(said.text):
        raise InputError("Chưa đọc thử được", "câu ấy không có gì để đọc", "viết một câu có chữ")
    with open_reader(workspace, engine) as reader:
        speech = reader.synthesize(said.text, reader.speaker(part, voices), said.pauses)
    return Sound(speech.samples, speech.rate)
