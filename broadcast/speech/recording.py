"""People's own recordings, made ready to stand between lines: decoded, trimmed, faded."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import miniaudio
import numpy as np

from broadcast.errors import InputError
from broadcast.speech import ffmpeg
from broadcast.speech.engine import Speech
from broadcast.speech.recording_check import Doubt, doubts
from broadcast.storage import storage_error

if TYPE_CHECKING:
    from types import ModuleType

LONGEST_MINUTES = 30
"""Longer than any programme; what is longer is most likely the wrong file."""

FADE_MS = 10
"""Long enough that no click is heard at a cut, too short to swallow a consonant."""

KEPT_MS = 50
"""Left before and after what is heard, for soft beginnings and endings."""

QUIET_DB = 45.0
"""This far below the loudest moment counts as silence: the hiss of a phone in a quiet room."""

FORMATS = "WAV, MP3, FLAC, OGG Vorbis, M4A"
"""What can be read, as the officer is told."""

_FRAMES = 65_536
_SAMPLE_BYTES = 2
_HEAD = 12


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


def examine_recording(path: Path, rate: int) -> tuple[Speech, tuple[Doubt, ...]]:
    """A recording as `read_recording` gives it, and what is wrong with how it was made.

    Raises:
        InputError: as `read_recording`.
    """
    samples = _read(path, rate)
    heard = _trim(path, samples, rate)
    return Speech(heard, rate), doubts(samples, heard, rate)


def recording_chunks(path: Path, rate: int) -> Iterator[np.ndarray[Any, np.dtype[np.int16]]]:
    """A recording piece by piece, as it is: mono samples at `rate` Hz.

    Raises:
        InputError: there is no such file, or it cannot be decoded.
    """
    try:
        with path.open("rb") as file:
            yield from _chunks(path, file, rate)
    except FileNotFoundError as error:
        raise _refused(
            path, "không có tệp này", "chép tệp vào thư mục recordings, hoặc sửa tên trong kịch bản"
        ) from error
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
            raise _refused(
                path,
                f"bản ghi dài hơn {LONGEST_MINUTES} phút",
                "cắt bớt, hoặc chia thành nhiều tệp",
            )
    if not chunks:
        raise _refused(path, "tệp không có âm thanh", "ghi âm lại, hoặc chọn tệp khác")
    return np.concatenate(chunks)


def _chunks(path: Path, file: BinaryIO, rate: int) -> Iterator[np.ndarray[Any, np.dtype[np.int16]]]:
    """Samples as they are decoded, mixed down to mono and resampled to `rate`."""
    if ffmpeg.is_mp4(file.read(_HEAD)):
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


def _trim(
    path: Path, samples: np.ndarray[Any, np.dtype[np.int16]], rate: int
) -> np.ndarray[Any, np.dtype[np.int16]]:
    """Without silence at its ends, fading in and out."""
    pydub = _pydub()
    sound = pydub.AudioSegment(
        samples.tobytes(), sample_width=_SAMPLE_BYTES, frame_rate=rate, channels=1
    )
    quiet = sound.max_dBFS - QUIET_DB
    find = pydub.silence.detect_leading_silence
    start = find(sound, silence_threshold=quiet) if sound.max else len(sound)
    if start >= len(sound):
        raise _refused(path, "bản ghi chỉ có im lặng", "ghi âm lại, hoặc chọn tệp khác")
    end = len(sound) - find(sound.reverse(), silence_threshold=quiet)
    heard = sound[max(0, start - KEPT_MS) : end + KEPT_MS]
    faded = heard.fade_in(FADE_MS).fade_out(FADE_MS)
    return np.frombuffer(faded.raw_data, np.int16)


@cache
def _pydub() -> ModuleType:
    """pydub, without its warning that there is no ffmpeg: it only gets samples here.

    Its own regular expressions and its audioop warn on newer Pythons too, for its authors to mend.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pydub  # noqa: PLC0415 - imported where its warnings are silenced
        import pydub.silence  # noqa: PLC0415
    return pydub  # type: ignore[no-any-return]


def _refused(path: Path, happened: str, mend: str) -> InputError:
    return InputError(f"Không dùng được bản ghi âm {path.name}", happened, mend)
