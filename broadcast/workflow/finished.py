"""A finished MP3: the file, the note beside it that says what it is, the folder's digests."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from broadcast.domain.station import Station
from broadcast.store.files import write_portions, write_whole
from broadcast.store.workspace import Workspace
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.programme import Programme
from broadcast.workflow.progress import Tell

DIGESTS = "SHA256SUMS"
"""The file beside finished MP3s that lists their digests, as `sha256sum -c` reads it."""


@dataclass(frozen=True, slots=True)
class Audio:
    """A finished programme.

    `file` is relative to the workspace, `key` what it was made from, `digest` the SHA-256 of its
    bytes. Loudness in LUFS, true peak in dBTP. `heard` is the digest of what is heard in it,
    `voice` the label of who reads, "" where older notes do not say. `zones` are the names of the
    zones that its tags tell of.
    """

    file: str
    key: str
    digest: str
    size: int
    seconds: float
    loudness: float
    true_peak: float
    engine: str
    heard: str = ""
    voice: str = ""
    zones: str = ""


def noted_audio(path: Path) -> Audio | None:
    """What the note beside an MP3 says of it, whatever became of the MP3; None without a note."""
    try:
        return Audio(**json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class Target:
    """A file to be made: where, from what (see Audio.key), its title, by which engine and voice.

    `zones` are the names of those that hear it.
    """

    path: Path
    key: str
    title: str
    engine: str
    voice: str
    zones: str = ""


def write_audio(  # noqa: PLR0913, PLR0917 - what a file is made of
    workspace: Workspace,
    station: Station,
    hearing: Hearing,
    made: Programme,
    target: Target,
    tell: Tell,
) -> Audio:
    """Put a programme where it belongs, then its note, then the folder's list of digests.

    Raises:
        StorageError: it cannot be written.
    """
    from broadcast.audio.tags import Chapter, Tags, tag_ends  # noqa: PLC0415 - mutagen is heavy

    comment = f"Giọng đọc: {target.voice}" + (f". Cụm loa: {target.zones}" if target.zones else "")
    tags = Tags(
        target.title,
        station.name,
        station.commune,
        approved_on(hearing),
        comment,
        target.voice,
        target.zones,
        hearing.digest,
        # One chapter is the programme itself.
        tuple(Chapter(*one) for one in made.chapters) if len(made.chapters) > 1 else (),
        made.quieter,
    )
    sound = hashlib.sha256()
    for portion in made.portions():
        sound.update(portion)
    tell(0.5)
    before, after = tag_ends(tags, made.seconds, sound.hexdigest())
    path = target.path
    digest = write_portions(path, chain([before], made.portions(), [after]))
    audio = Audio(
        workspace.shown(path),
        target.key,
        digest,
        path.stat().st_size,
        round(made.seconds, 2),
        round(made.loudness.integrated, 2),
        round(made.loudness.true_peak, 2),
        target.engine,
        hearing.digest,
        target.voice,
        target.zones,
    )
    tell(1)
    # The note comes last: without it the MP3 counts as not made.
    write_whole(path.with_suffix(".json"), json.dumps(asdict(audio), indent=1) + "\n")
    write_whole(path.parent / DIGESTS, _digest_list(path.parent))
    return audio


def _digest_list(folder: Path) -> str:
    """Digest and name of every MP3 of the folder that has its note, a line each."""
    made = ((path.name, noted_audio(path)) for path in sorted(folder.glob("*.mp3")))
    return "".join(f"{audio.digest}  {name}\n" for name, audio in made if audio)


def approved_on(hearing: Hearing) -> date | None:
    """The day on which the script was approved."""
    approval = hearing.script.approval
    return approval.at.date() if approval else None
