"""Pairing scripts with people's recordings in other languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from broadcast.domain.approval import Approval
from broadcast.domain.pairing import (
    Pairing,
    PairState,
    language_key,
    language_name,
    languages_of,
    pair_state,
    zones_by_language,
)
from broadcast.domain.script import Script
from broadcast.domain.station import Station
from broadcast.domain.wording import length_text
from broadcast.errors import InputError, NotFoundError
from broadcast.storage import known_digest, storage_error
from broadcast.store.files import read_bytes, revision, write_whole
from broadcast.store.script_files import with_recordings
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import ascii_name, nfc
from broadcast.workflow.hearing import Hearing, Listener
from broadcast.workflow.segments import RATE

_REFUSED = "Chưa ghép bản ghi âm"


@dataclass(frozen=True, slots=True)
class Stands:
    """A recording and where it stands."""

    pairing: Pairing
    state: PairState


@dataclass(frozen=True, slots=True)
class Needed:
    """A language that zones need: its `key`, where its recording stands, None without one.

    `zones` are the names of the zones, for reading; "" where none needs it any more.
    """

    key: str
    zones: str
    stands: Stands | None = None

    @property
    def name(self) -> str:
        """The language for reading: "tiếng Thái"."""
        return language_name(self.key)


def needed(workspace: Workspace, station: Station, hearing: Hearing) -> tuple[Needed, ...]:
    """Every language the station's zones need, and those the script has a recording in besides."""
    there = states(workspace, hearing)
    zones = zones_by_language(station, (zone.id for zone in station.zones))
    return tuple(
        Needed(key, ", ".join(zone.name for zone in zones.get(key, ())), there.get(key))
        for key in dict.fromkeys((*zones, *there))
    )


def pairings(workspace: Workspace, hearing: Hearing) -> tuple[Stands, ...]:
    """The script's recordings in other languages, each with where it stands."""
    words = hearing.words if hearing.script.recordings else ""
    return tuple(
        Stands(one, pair_state(one, _sound(workspace, one.file), words))
        for one in hearing.script.recordings
    )


def pair(
    workspace: Workspace, script_id: str, language: str, file: Path, by: str
) -> tuple[Stands, ...]:
    """Give a script a recording in a language, in place of the one it had.

    The file is copied into scripts/recordings/ unless it is there already.

    Raises:
        InputError: no zone speaks the language, no name, or the file cannot be decoded.
        NotFoundError, StorageError: no such script or file.
    """
    from broadcast.speech.recording import stream_recording  # noqa: PLC0415 - decoders are heavy

    key, name = language_key(nfc(language)), _named(by, "người ghi âm")
    seconds = round(stream_recording(file, RATE).seconds, 1)

    def paired(hearing: Hearing, station: Station) -> tuple[Pairing, ...]:
        _require_spoken(station, key)
        shown = _kept(workspace, script_id, key, file)
        sound = _sound(workspace, shown) or ""
        new = Pairing(key, shown, name, seconds, sound, hearing.words)
        return (*_others(hearing.script, key), new)

    return _change(workspace, script_id, "ghép bản ghi âm", paired)


def approve_pairing(
    workspace: Workspace, script_id: str, language: str, by: str, at: datetime
) -> tuple[Stands, ...]:
    """Approve a recording as it is now, listened to against the Vietnamese words as they are now.

    Raises:
        InputError: no name, or the file cannot be decoded.
        NotFoundError: no such script or recording, or its file is gone.
    """
    from broadcast.speech.recording import stream_recording  # noqa: PLC0415 - decoders are heavy

    key, name = language_key(nfc(language)), _named(by, "người duyệt")

    def approved(hearing: Hearing, _station: Station) -> tuple[Pairing, ...]:
        old = _one(hearing.script, key)
        path = workspace.recording(old.file)
        if path is None:
            mend = f"chép tệp vào scripts/{old.file}, hoặc ghép tệp khác"
            raise NotFoundError("Chưa duyệt bản ghi âm", f"không có tệp {old.file}", mend)
        seconds = round(stream_recording(path, RATE).seconds, 1)
        sound = _sound(workspace, old.file) or ""
        new = replace(old, seconds=seconds, sound=sound, words=hearing.words, approval=None)
        if old.approval and new.digest() == old.approval.digest:
            return hearing.script.recordings
        new = replace(new, approval=Approval(name, at, new.digest()))
        return tuple(new if one is old else one for one in hearing.script.recordings)

    return _change(workspace, script_id, "duyệt bản ghi âm", approved)


def unpair(workspace: Workspace, script_id: str, language: str) -> tuple[Stands, ...]:
    """Take a recording from a script; its file stays where it is.

    Raises:
        NotFoundError: no such script or recording.
    """
    key = language_key(nfc(language))

    def unpaired(hearing: Hearing, _station: Station) -> tuple[Pairing, ...]:
        return _others(hearing.script, _one(hearing.script, key).language)

    return _change(workspace, script_id, "bỏ bản ghi âm", unpaired)


def text_to_translate(hearing: Hearing, language: str) -> Iterator[str]:
    """The sheet for whoever speaks the recording: title, length to keep to, lines as written.

    Blanks between the lines mark the pauses and idents of the Vietnamese programme.
    """
    name = language_name(language_key(nfc(language)))
    yield f"Lời để dịch và ghi âm {name}: {hearing.script.title}"
    yield f"Bản tiếng Việt dài khoảng {length_text(hearing.seconds)}"
    for heard in hearing.lines:
        yield f"{heard.line.speaker}: {heard.line.text}" if heard.line.cue is None else ""


def pairing_view(stands: Stands) -> dict[str, Any]:
    """A recording as JSON."""
    one = stands.pairing
    approval = one.approval
    return {
        "language": one.language,
        "file": one.file,
        "by": one.by,
        "seconds": one.seconds,
        "state": stands.state,
        "approval": {"by": approval.by, "at": approval.at.isoformat()} if approval else None,
    }


def _change(
    workspace: Workspace,
    script_id: str,
    what: str,
    change: Callable[[Hearing, Station], tuple[Pairing, ...]],
) -> tuple[Stands, ...]:
    with workspace.lock(what):
        station = workspace.load_station()
        seen = revision(workspace.script_path(script_id))
        hearing = Listener.at(workspace, station).hear(workspace.load_script(script_id))
        recordings = change(hearing, station)
        if recordings != hearing.script.recordings:
            script = with_recordings(hearing.script, recordings)
            workspace.save_script(script, seen)
            hearing = replace(hearing, script=script)
        return pairings(workspace, hearing)


def _one(script: Script, key: str) -> Pairing:
    found = next((one for one in script.recordings if one.language == key), None)
    if found is None:
        there = ", ".join(language_name(one.language) for one in script.recordings)
        happened = f"kịch bản {script.id} không có bản ghi âm {language_name(key)}"
        raise NotFoundError(
            "Không có bản ghi âm", happened, f"hiện có: {there}" if there else "ghép trước: --file"
        )
    return found


def _others(script: Script, key: str) -> tuple[Pairing, ...]:
    return tuple(one for one in script.recordings if one.language != key)


def _require_spoken(station: Station, key: str) -> None:
    spoken = {one for zone in station.zones for one in languages_of(station, zone)}
    if key not in spoken:
        known = ", ".join(language_name(one) for one in sorted(spoken))
        mend = (
            f"chọn một trong: {known}" if known else "ghi languages của cụm loa trong station.yaml"
        )
        raise InputError(_REFUSED, f"không cụm loa nào cần {language_name(key)}", mend)


def _kept(workspace: Workspace, script_id: str, key: str, file: Path) -> str:
    """The recording's name relative to scripts/, copied there if it lies elsewhere."""
    inside, scripts = file.resolve(), workspace.scripts.resolve()
    if inside.is_relative_to(scripts):
        return inside.relative_to(scripts).as_posix()
    name = f"{script_id}-{ascii_name(key, 20)}{file.suffix.lower()}"
    write_whole(workspace.recordings / name, read_bytes(file))
    return f"recordings/{name}"


def _sound(workspace: Workspace, file: str) -> str | None:
    path = workspace.recording(file)
    try:
        return known_digest(path) if path else None
    except OSError as error:
        raise storage_error(error, path, "Không đọc được bản ghi âm") from error


def _named(by: str, who: str) -> str:
    name = " ".join(nfc(by).split())
    if not name:
        raise InputError(_REFUSED, f"chưa có tên {who}", 'thêm --by "Họ và tên"')
    return name


def states(workspace: Workspace, hearing: Hearing) -> dict[str, Stands]:
    """Where each language stands."""
    return {one.pairing.language: one for one in pairings(workspace, hearing)}


def approved_pairings(workspace: Workspace, hearing: Hearing) -> Iterable[Pairing]:
    """The recordings that may go on air."""
    return (one.pairing for one in pairings(workspace, hearing) if one.state == "đã duyệt")
