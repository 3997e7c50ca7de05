"""What a player shows: ID3v2.3 in UTF-16 with Vietnamese as it is, ID3v1 in plain ASCII.

Old players and car radios read no ID3v2.4 and no UTF-8. The same tags give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from broadcast.audio.frames import DIGEST, QUIETER, audio_of, mp3_info

if TYPE_CHECKING:
    from mutagen.id3 import Frame

_V1_SPEECH = 101
"""Genre "Speech" among the ID3v1 numbers."""


SCRIPT = "SCRIPT-SHA-256"
"""Description of the ID3 tag (TXXX) that holds the digest of all that is heard, in hex."""

VOICE = "VOICE"
"""Description of the ID3 tag (TXXX) that holds who reads."""

ZONES = "ZONES"
"""Description of the ID3 tag (TXXX) that holds where it is heard."""

_TOC = "toc"
_NO_OFFSET = 0xFFFFFFFF
"""In place of a byte offset: players go by the time."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the programme that can be gone to: where it begins, in seconds, and its name."""

    starts: float
    title: str


@dataclass(frozen=True, slots=True)
class Tags:
    """Title of the programme, `artist` the station, `album` the programme or week it is part of.

    `voice` says who reads, `zones` where it is heard, `script` is the digest (hex) of all that is
    heard; `chapters` are in order, each until the next begins. `quieter`: LU by which music makes
    the whole quieter than what is said in it; None: nobody knows.
    """

    title: str
    artist: str = ""
    album: str = ""
    day: date | None = None
    comment: str = ""
    voice: str = ""
    zones: str = ""
    script: str = ""
    chapters: tuple[Chapter, ...] = ()
    quieter: float | None = None


def with_tags(mp3: bytes, tags: Tags) -> bytes:
    """The MP3 with these tags instead of any that it has."""
    audio = audio_of(mp3)
    before, after = tag_ends(tags, mp3_info(audio).seconds, hashlib.sha256(audio).hexdigest())
    return b"".join((before, audio, after))


def tag_ends(tags: Tags, seconds: float, digest: str) -> tuple[bytes, bytes]:
    """What stands before an MP3's frames and after them.

    Beside what people read the tags carry the length (TLEN, milliseconds) and a SHA-256 of the
    frames, by which `verify` notices a copy that was cut or damaged.

    Args:
        seconds: how long the frames play.
        digest: SHA-256 (hex) of the frames.
    """
    return _id3v2(tags, round(seconds * 1000), digest), _id3v1(tags)


def _id3v2(tags: Tags, milliseconds: int, digest: str) -> bytes:
    from mutagen import id3  # noqa: PLC0415  (loaded by those who write tags only)

    utf16 = id3.Encoding.UTF16
    frames = id3.ID3()
    frames.add(id3.TIT2(encoding=utf16, text=tags.title))
    frames.add(id3.TPE1(encoding=utf16, text=tags.artist))
    frames.add(id3.TALB(encoding=utf16, text=tags.album))
    frames.add(id3.COMM(encoding=utf16, lang="vie", desc="", text=tags.comment))
    frames.add(id3.TLAN(encoding=id3.Encoding.LATIN1, text="vie"))
    frames.add(id3.TCON(encoding=id3.Encoding.LATIN1, text="Speech"))
    frames.add(id3.TLEN(encoding=id3.Encoding.LATIN1, text=str(milliseconds)))
    frames.add(id3.TXXX(encoding=id3.Encoding.LATIN1, desc=DIGEST, text=digest))
    quieter = "" if tags.quieter is None else f"{tags.quieter:.2f}"
    texts = (VOICE, tags.voice), (ZONES, tags.zones), (SCRIPT, tags.script), (QUIETER, quieter)
    for name, text in texts:
        if text:
            frames.add(id3.TXXX(encoding=utf16, desc=name, text=text))
    for frame in _chapters(tags.chapters, milliseconds):
        frames.add(frame)
    if tags.day:
        frames.add(id3.TDRC(encoding=id3.Encoding.LATIN1, text=tags.day.isoformat()))
    frames.update_to_v23()
    file = BytesIO()
    frames.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    return file.getvalue()


def _chapters(chapters: Sequence[Chapter], milliseconds: int) -> Iterator[Frame]:
    """The chapters and the list of them (ID3v2 Chapter Frame Addendum 1.0)."""
    from mutagen import id3  # noqa: PLC0415

    if not chapters:
        return
    starts = [round(one.starts * 1000) for one in chapters]
    names = [f"ch{number}" for number in range(1, len(chapters) + 1)]
    ends = [*starts[1:], milliseconds]
    for name, one, start, end in zip(names, chapters, starts, ends, strict=True):
        yield id3.CHAP(
            element_id=name,
            start_time=start,
            end_time=end,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[id3.TIT2(encoding=id3.Encoding.UTF16, text=one.title)],
        )
    flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    yield id3.CTOC(element_id=_TOC, flags=flags, child_element_ids=names, sub_frames=[])


def _id3v1(tags: Tags) -> bytes:
    year = f"{tags.day.year:04d}" if tags.day else ""
    fields = ((tags.title, 30), (tags.artist, 30), (tags.album, 30), (year, 4), (tags.comment, 30))
    return b"TAG" + b"".join(_ascii(*field) for field in fields) + bytes([_V1_SPEECH])


def _ascii(text: str, length: int) -> bytes:
    """Vietnamese without its marks, cut and filled to `length` bytes."""
    from anyascii import anyascii  # noqa: PLC0415  (a large table, needed here only)

    return str(anyascii(text)).encode("ascii", "replace")[:length].ljust(length, b"\0")
