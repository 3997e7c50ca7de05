"""MP3 files read frame by frame: how long they play, and where they are broken.

Frames: ISO/IEC 11172-3 and 13818-3, Layer III, and MPEG 2.5. Tags: ID3v2 before, ID3v1 after.
"""

from __future__ import annotations

from dataclasses import dataclass

from broadcast.errors import InputError

DIGEST = "SHA-256"
"""Description of the ID3 tag (TXXX) that holds the digest of the frames, in hex."""

QUIETER = "MUSIC-LU"
"""Description of the ID3 tag (TXXX) that holds by how many LU music makes a programme quieter than
what is said in it."""

_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Samples a second by the header's version (3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5) and rate bits."""

_BITRATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BITRATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


@dataclass(frozen=True, slots=True)
class Mp3Info:
    """Length in seconds, kbit/s (of most frames), samples a second, number of whole frames."""

    seconds: float
    bitrate: int
    rate: int
    frames: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What a frame's header says: `size` in bytes, `samples` in it, kbit/s, samples a second."""

    size: int
    samples: int
    bitrate: int
    rate: int


@dataclass(frozen=True, slots=True)
class Gap:
    """`size` bytes that are no frame, met after `seconds` of sound."""

    seconds: float
    size: int


@dataclass(frozen=True, slots=True)
class Walk:
    """What was met on the way over all frames."""

    info: Mp3Info
    gaps: tuple[Gap, ...]
    cut: int
    rates: tuple[int, ...]


def audio_of(mp3: bytes) -> bytes:
    """The MP3 without the ID3 tags at its ends."""
    start, stop = 0, len(mp3)
    if mp3[:3] == b"ID3" and len(mp3) >= 10:
        size = 0
        for byte in mp3[6:10]:
            size = size << 7 | byte & 0x7F
        start = min(10 + size, stop)
    if stop - start >= 128 and mp3[stop - 128 : stop - 125] == b"TAG":
        stop -= 128
    return mp3[start:stop]


def mp3_info(mp3: bytes) -> Mp3Info:
    """Length and kind of an MP3.

    Raises:
        InputError: it has no MP3 frame.
    """
    walked = walk(audio_of(mp3))
    if walked is None:
        raise InputError("Không đọc được MP3", "dữ liệu không có khung âm thanh MP3 nào")
    return walked.info


def frame_at(audio: bytes, at: int) -> Frame | None:
    """The frame whose header starts at `at`; None if there is none of Layer III."""
    header = audio[at : at + 3]
    if len(header) < 3 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version, bitrate, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or rate == 3 or bitrate in {0, 15}:
        return None
    kilobits = (_BITRATES_1 if version == 3 else _BITRATES_2)[bitrate]
    hertz = _RATES[version][rate]
    samples = 1152 if version == 3 else 576
    size = samples // 8 * 1000 * kilobits // hertz + (header[2] >> 1 & 1)
    return Frame(size, samples, kilobits, hertz)


class FrameCounter:
    """Counts the frames of sound without tags that comes in pieces of any size."""

    def __init__(self) -> None:
        self.frames = 0
        self._head = b""
        self._skip = 0
        self._sizes: dict[bytes, int] = {}

    def add(self, data: bytes) -> None:
        """Take the next bytes into account.

        Raises:
            ValueError: there is something between frames.
        """
        at = self._skip
        while at < len(data):
            header = self._head + data[at : at + 3 - len(self._head)]
            if len(header) < 3:
                self._head, self._skip = header, 0
                return
            at += (self._sizes.get(header) or self._size(header)) - len(self._head)
            self._head = b""
            self.frames += 1
        self._skip = at - len(data)

    def _size(self, header: bytes) -> int:
        frame = frame_at(header, 0)
        if frame is None:
            raise ValueError(f"no frame begins with {header.hex()}")
        self._sizes[header] = frame.size
        return frame.size


def walk(audio: bytes) -> Walk | None:
    """Go from frame to frame, past what is none; None where there is no whole frame."""
    counts: dict[bytes, int] = {}
    sizes: dict[bytes, int] = {}
    gaps: list[Gap] = []
    at, length = 0, len(audio)
    while at < length:
        header = audio[at : at + 3]
        if header in sizes:
            counts[header] += 1
            at += sizes[header]
        elif frame := frame_at(audio, at):
            sizes[header], counts[header] = frame.size, 0
        else:
            following = _next_frame(audio, at + 1)
            gaps.append(Gap(_seconds(counts), following - at))
            at = following
    if at > length:
        counts[header] -= 1
    return _walked(counts, tuple(gaps), at - length)


def _walked(counts: dict[bytes, int], gaps: tuple[Gap, ...], cut: int) -> Walk | None:
    """What is known after all frames; `counts` are by the first three bytes of headers."""
    total = sum(counts.values())
    if not total:
        return None
    frames = {header: frame for header in counts if (frame := frame_at(header, 0))}
    most = frames[max(counts, key=lambda header: counts[header])]
    info = Mp3Info(_seconds(counts), most.bitrate, most.rate, total)
    rates = {frame.rate for header, frame in frames.items() if counts[header]}
    return Walk(info, gaps, cut, tuple(sorted(rates)))


def _seconds(counts: dict[bytes, int]) -> float:
    frames = ((frame_at(header, 0), count) for header, count in counts.items())
    return sum(frame.samples / frame.rate * count for frame, count in frames if frame)


def _next_frame(audio: bytes, start: int) -> int:
    """Where the next frame starts that another frame or the end follows."""
    at = audio.find(b"\xff", start)
    while at >= 0:
        frame = frame_at(audio, at)
        if frame:
            after = at + frame.size
            if after == len(audio) or frame_at(audio, after):
                return at
        at = audio.find(b"\xff", at + 1)
    return len(audio)
