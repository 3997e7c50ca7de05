"""People's own recordings, made ready to stand between lines: decoded, trimmed, faded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import miniaudio
import numpy as np

from broadcast.errors import InputError
from broadcast.speech import ffmpeg
from broadcast.speech.engine import Speech
from broadcast.speech.recording_check import Doubt, doubts
from broadcast.storage import storage_error

LONGEST_MINUTES = 30
"""Of what is read as a whole, to be looked at or to be a line."""

LONGEST_STREAMED = 120
"""Minutes of what is aired piece by piece."""

FADE_MS = 10
"""Long enough that no click is heard at a cut, too short to swallow a consonant."""

KEPT_MS = 50
"""Left before and after what is heard, for soft beginnings and endings."""

QUIET_DB = 45.0
"""This far below the loudest moment counts as silence: the hiss of a phone in a quiet room."""

FORMATS = "WAV, MP3, FLAC, OGG Vorbis, M4A"
"""What can be read, as the officer is told."""

_FRAMES = 65_536
_HEAD = 12
_SLACK = 4096
"""Bytes that a file may be shorter than its head says: some programs count wrongly."""

_OPEN = 0x7FFF_0000
"""From which on a WAV's size says that nobody knew it when the head was written."""

_COPY = "chép lại từ máy đã ghi, hoặc lưu lại thành MP3"


def read_recording(path: Path, rate: int) -> Speech:
    """A recording as mono samples at `rate` Hz, without silence at its ends, faded in and out.

    Args:
        path: a wav, mp3, flac, ogg (Vorbis) or, where there is ffmpeg, m4a file of at most
            30 minutes.
        rate: what the programme is mixed at, in Hz.

    Raises:
        InputError: there is no such file, it cannot be decoded, is too long or only silence.
    """
    return Speech(_trim(path, _read(path, rate), rate), rate)


@dataclass(frozen=True, slots=True)
class Streamed:
    """A recording that is read piece by piece, however long: what is heard is from `start` on, up
    to `stop` (samples at `rate` Hz)."""

    path: Path
    rate: int
    start: int
    stop: int

    @property
    def seconds(self) -> float:
        """How long it is heard."""
        return (self.stop - self.start) / self.rate

    def blocks(self) -> Iterator[np.ndarray[Any, np.dtype[np.int16]]]:
        """What `read_recording` gives, in pieces; the file is read anew each time.

        Raises:
            InputError: it cannot be read any more.
        """
        at = 0
        for chunk in recording_chunks(self.path, self.rate):
            heard = chunk[max(0, self.start - at) : max(0, self.stop - at)]
            if len(heard):
                place = max(0, at - self.start)
                yield _faded(heard, place, self.stop - self.start, self.rate)
            at += len(chunk)
            if at >= self.stop:
                return


def stream_recording(path: Path, rate: int) -> Streamed:
    """Find where a recording begins and ends to be heard, for `Streamed.blocks`.

    Args:
        path: as `read_recording`, but of at most two hours.

    Raises:
        InputError: as `read_recording`.
    """
    levels = _Levels(rate)
    for chunk in recording_chunks(path, rate):
        levels.add(chunk)
        if levels.size > LONGEST_STREAMED * 60 * rate:
            raise _too_long(path, LONGEST_STREAMED)
    start, stop = levels.ends(path)
    return Streamed(path, rate, start, stop)


class _Levels:
    """How loud a recording is, moment by moment (10 ms)."""

    def __init__(self, rate: int) -> None:
        self.size = 0
        self._moment = rate // 100
        self._loudest = 0
        self._left = np.zeros(0, np.int16)
        self._powers: list[np.ndarray[Any, np.dtype[np.float32]]] = []
        self._kept = KEPT_MS * rate // 1000

    def add(self, chunk: np.ndarray[Any, np.dtype[np.int16]]) -> None:
        self.size += len(chunk)
        self._loudest = max(self._loudest, int(chunk.max(initial=0)), -int(chunk.min(initial=0)))
        joined = np.concatenate([self._left, chunk])
        whole = len(joined) - len(joined) % self._moment
        moments = joined[:whole].reshape(-1, self._moment).astype(np.float32)
        self._powers.append(np.einsum("ij,ij->i", moments, moments) / self._moment)
        self._left = joined[whole:]

    def ends(self, path: Path) -> tuple[int, int]:
        """From where to where something is heard, with a little silence around it."""
        powers = np.concatenate(self._powers) if self._powers else np.zeros(0, np.float32)
        loud = np.flatnonzero(powers >= (self._loudest * 10 ** (-QUIET_DB / 20)) ** 2)
        if not self.size:
            raise _refused(path, "tệp không có âm thanh", "ghi âm lại, hoặc chọn tệp khác")
        if not self._loudest or not loud.size:
            raise _refused(path, "bản ghi chỉ có im lặng", "ghi âm lại, hoặc chọn tệp khác")
        start, stop = int(loud[0]) * self._moment, (int(loud[-1]) + 1) * self._moment
        if loud[-1] == powers.size - 1:
            stop = self.size  # a piece of a moment may follow
        return max(0, start - self._kept), min(self.size, stop + self._kept)


def examine_recording(
    path: Path, rate: int, expected: float = 0.0
) -> tuple[Speech, tuple[Doubt, ...]]:
    """A recording as `read_recording` gives it, and what is wrong with how it was made.

    Args:
        expected: how many seconds its words take, 0: nobody knows.

    Raises:
        InputError: as `read_recording`.
    """
    samples = _read(path, rate)
    heard = _trim(path, samples, rate)
    return Speech(heard, rate), doubts(samples, heard, rate, expected)


def recording_chunks(path: Path, rate: int) -> Iterator[np.ndarray[Any, np.dtype[np.int16]]]:
    """A recording piece by piece, as it is: mono samples at `rate` Hz.

    Raises:
        InputError: there is no such file, or it cannot be decoded.
    """
    try:
        with path.open("rb") as file:
            yield from _chunks(path, file, rate)
    except FileNotFoundError as error:
        raise _refused(path, "không có tệp này", "kiểm tra đường dẫn") from error
    except OSError as error:
        told = storage_error(error, path)
        raise _refused(path, told.happened, told.mend) from error


class _Source(miniaudio.StreamableSource):  # type: ignore[misc] # miniaudio has no types
    """An open file for the decoder, which by itself cannot open every name on Windows."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, num_bytes: int) -> bytes:
        """The next bytes of the file."""
        return self._file.read(num_bytes)

    def seek(self, offset: int, origin: miniaudio.SeekOrigin) -> bool:
        """Go to `offset` from the start or from here."""
        self._file.seek(offset, 0 if origin == miniaudio.SeekOrigin.START else 1)
        return True


def _read(path: Path, rate: int) -> np.ndarray[Any, np.dtype[np.int16]]:
    """All samples, mono; stops as soon as there are too many."""
    allowed = LONGEST_MINUTES * 60 * rate
    chunks: list[np.ndarray[Any, np.dtype[np.int16]]] = []
    for chunk in recording_chunks(path, rate):
        chunks.append(chunk)
        allowed -= len(chunk)
        if allowed < 0:
            raise _too_long(path, LONGEST_MINUTES)
    if not chunks:
        raise _refused(path, "tệp không có âm thanh", "ghi âm lại, hoặc chọn tệp khác")
    return np.concatenate(chunks)


def _chunks(path: Path, file: BinaryIO, rate: int) -> Iterator[np.ndarray[Any, np.dtype[np.int16]]]:
    """Samples as they are decoded, mixed down to mono and resampled to `rate`."""
    head = file.read(_HEAD)
    _refuse_part(path, head)
    if ffmpeg.is_mp4(head):
        yield from ffmpeg.chunks(path, rate)
        return
    file.seek(0)
    source = _Source(file)  # must outlive the stream, which holds it by a C handle only
    try:
        stream = miniaudio.stream_any(source, nchannels=1, sample_rate=rate, frames_to_read=_FRAMES)
        for chunk in stream:
            yield np.frombuffer(chunk, np.int16)
    except miniaudio.MiniaudioError as error:
        raise _refused(
            path,
            f"không phải bản ghi âm đọc được (đọc được {FORMATS}), hoặc tệp đã hỏng",
            "lưu lại thành MP3 hoặc WAV rồi thử lại",
        ) from error


def _refuse_part(path: Path, head: bytes) -> None:
    """Refuse a file of which a copy got only the beginning: it would break off in mid-sentence.

    Programs that do not know the length yet write 0 or all ones in a WAV's head.
    """
    size = path.stat().st_size
    if not size:
        raise _refused(path, "tệp trống (0 byte)", _COPY)
    told = int.from_bytes(head[4:8], "little") + 8 if head[:4] == b"RIFF" else 0
    if size + _SLACK < told < _OPEN:
        missing = 100 - 100 * size // told
        raise _refused(path, f"tệp bị cắt, thiếu {missing}% ở cuối", _COPY)


def _trim(
    path: Path, samples: np.ndarray[Any, np.dtype[np.int16]], rate: int
) -> np.ndarray[Any, np.dtype[np.int16]]:
    """Without silence at its ends, fading in and out."""
    levels = _Levels(rate)
    levels.add(samples)
    start, stop = levels.ends(path)
    return _faded(samples[start:stop], 0, stop - start, rate)


def _faded(
    piece: np.ndarray[Any, np.dtype[np.int16]], at: int, size: int, rate: int
) -> np.ndarray[Any, np.dtype[np.int16]]:
    """A piece of `size` samples from their sample `at` on: they fade in, and out, as a whole."""
    edge = min(FADE_MS * rate // 1000, size // 2)
    if edge <= at <= size - edge - len(piece):
        return piece
    places = np.arange(at, at + len(piece))
    from_ends = np.minimum(places, size - 1 - places) + 0.5
    return np.rint(piece * np.minimum(from_ends / max(1, edge), 1)).astype(np.int16)


def _too_long(path: Path, minutes: int) -> InputError:
    mend = "cắt bớt, hoặc chia thành nhiều tệp"
    return _refused(path, f"bản ghi dài hơn {minutes} phút", mend)


def _refused(path: Path, happened: str, mend: str) -> InputError:
    return InputError(f"Không dùng được bản ghi âm {path.name}", happened, mend)
