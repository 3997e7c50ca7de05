"""The versions of a script that zones hear in their own language, as files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from broadcast.domain.pairing import Pairing, Version, language_name, version_for
from broadcast.domain.station import Station
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import ascii_name
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.pairing import approved_pairings


def versions(workspace: Workspace, station: Station, hearing: Hearing) -> tuple[Version, ...]:
    """What some zone hears of a script beside the Vietnamese; nothing of a draft."""
    if hearing.state != "đã duyệt" or not hearing.script.recordings:
        return ()
    approved = by_language(workspace, hearing)
    heard = (version_for(station, zone, approved) for zone in station.zones)
    return tuple(dict.fromkeys(one for one in heard if one))


def by_language(workspace: Workspace, hearing: Hearing) -> dict[str, Pairing]:
    """The recordings that may go on air."""
    return {one.language: one for one in approved_pairings(workspace, hearing)}


def version_title(title: str, version: Version) -> str:
    """A programme's title with its languages: "Tin (tiếng Thái)"."""
    return f"{title} ({', '.join(map(language_name, version.languages))})"


def version_path(workspace: Workspace, hearing: Hearing, version: Version) -> Path:
    """Where the version's MP3 is or would be."""
    folder = "-".join(ascii_name(one, 20) for one in (*version.languages, version.place))
    return workspace.out / "audio" / folder / f"{hearing.script.id}.mp3"


def version_key(main: str, version: Version) -> str:
    """Digest of all that shapes a version's file.

    Args:
        main: that of the Vietnamese programme's file.
    """
    parts = [main, version.place, [one.digest() for one in version.recordings]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
