"""MP3 files: made by LAME, and checked as they will be heard."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from broadcast.audio.frames import DIGEST, QUIETER, Mp3Info, Walk, audio_of, mp3_info, walk
from broadcast.audio.loudness import Meter, Samples, floats
from broadcast.domain.script import LONGEST_PAUSE
from broadcast.domain.station import Sound
from broadcast.domain.wording import length_clock
from broadcast.errors import EncoderError, InputError, NotFoundError, Problem
from broadcast.storage import storage_error

if TYPE_CHECKING:
    from mutagen import id3

__all__ = ["QUALITY", "Encoder", "Mp3Info", "decode", "encode", "mp3_info", "verify"]

QUALITY = 5
"""LAME's scale (0 best, 9 fastest); 2 was measured to take twice the CPU time of 5."""

TOLERANCE = 1.0
"""LU that a programme may be off its target, beside what music takes from it."""

MUSIC = 2.5
"""LU that idents may take, as they lie below speech: where the tags do not say, and at most."""

SILENCE = -50.0
"""LUFS below which a whole programme is no programme."""

_QUIET = 0.003
"""Level (-50 dBFS) below which nothing is heard."""

_BLOCK = 1 << 16
_AGAIN = "tạo lại tệp bằng broadcast render"
_COPY = "chép lại từ bản gốc, hoặc tạo lại bằng broadcast render"

Found = tuple[str, str]
"""What is wrong and how to mend it."""


class Encoder:
    """LAME at a constant bit rate, mono, without tags; samples go in and frames come out by blocks.

    Args:
        rate: samples a second, one that MP3 has.
        bitrate: kbit/s.

    Raises:
        EncoderError: LAME refuses the settings (then, or when the first samples come).
    """

    def __init__(self, rate: int, bitrate: int) -> None:
        import lameenc  # noqa: PLC0415  (loaded by those who encode only)

        self._lame = lameenc.Encoder()
        self._lame.silence()
        self._begun = False
        with _lame_errors():
            self._lame.set_bit_rate(bitrate)
            self._lame.set_in_sample_rate(rate)
            self._lame.set_out_sample_rate(rate)
            self._lame.set_channels(1)
            self._lame.set_quality(QUALITY)

    def add(self, samples: Samples) -> bytes:
        """The next samples, 16-bit; the frames that are whole by now."""
        if not samples.size:
            return b""
        self._begun = True
        with _lame_errors():
            return bytes(self._lame.encode(np.ascontiguousarray(samples)))

    def finish(self) -> bytes:
        """The last frames; the encoder is spent."""
        return bytes(self._lame.flush()) if self._begun else b""


@contextmanager
def _lame_errors() -> Iterator[None]:
    try:
        yield
    except (RuntimeError, ValueError) as error:
        mend = "dùng bitrate 32, 48, 64 hoặc 128 trong schedules/station.yaml"
        raise EncoderError("Không nén được MP3", f"bộ nén LAME báo: {error}", mend) from error


def encode(samples: Samples, rate: int, bitrate: int) -> bytes:
    """Samples as MP3 with a constant bit rate, without tags.

    Args:
        samples: 16-bit mono.
        rate: samples a second, one that MP3 has.
        bitrate: kbit/s.

    Raises:
        EncoderError: LAME refused the settings or the samples.
    """
    encoder = Encoder(rate, bitrate)
    blocks = (samples[start : start + _BLOCK] for start in range(0, samples.size, _BLOCK))
    return b"".join([*(encoder.add(block) for block in blocks), encoder.finish()])


def decode(mp3: bytes) -> tuple[Samples, int]:
    """An MP3 as it will be heard: 16-bit mono samples, and how many a second.

    Raises:
        InputError: it cannot be decoded.
    """
    import miniaudio  # noqa: PLC0415  (loaded by those who decode only)

    info = mp3_info(mp3)
    try:
        sound = miniaudio.decode(mp3, nchannels=1, sample_rate=info.rate)
    except miniaudio.MiniaudioError as error:
        raise InputError("Không đọc được MP3", "tệp hỏng, không giải mã được", _AGAIN) from error
    return np.frombuffer(sound.samples, np.int16), info.rate


def decoded_blocks(file: BinaryIO, size: int, rate: int) -> Iterator[Samples]:
    """The next `size` bytes of a file, MP3 frames, as they will be heard, block by block.

    Raises:
        InputError: they cannot be decoded.
    """
    import miniaudio  # noqa: PLC0415  (loaded by those who decode only)

    start = file.tell()

    class Frames(miniaudio.StreamableSource):  # type: ignore[misc] # miniaudio has no types
        def read(self, num_bytes: int) -> bytes:
            return file.read(min(num_bytes, start + size - file.tell()))

        def seek(self, offset: int, origin: miniaudio.SeekOrigin) -> bool:
            from_start = origin == miniaudio.SeekOrigin.START
            file.seek(start + offset if from_start else file.tell() + offset)
            return True

    source = Frames()  # must outlive the stream, which holds it by a C handle only
    kind = miniaudio.FileFormat.MP3
    try:
        for block in miniaudio.stream_any(
            source, kind, nchannels=1, sample_rate=rate, frames_to_read=_BLOCK
        ):
            yield np.frombuffer(block, np.int16)
    except miniaudio.MiniaudioError as error:
        raise InputError("Không đọc được MP3", "tệp hỏng, không giải mã được", _AGAIN) from error


def verify(path: Path, sound: Sound | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a finished MP3; nothing if it can go on air.

    Args:
        path: the file.
        sound: what its loudness and true peak should be; None: the defaults.

    Raises:
        NotFoundError: there is no such file.
        StorageError: it cannot be read.
    """
    data = _read(path)
    audio = audio_of(data)
    walked = walk(audio)
    if not data:
        found: Iterator[Found] = iter([("tệp trống (0 byte)", _COPY)])
    elif walked is None:
        found = iter([("không phải tệp MP3, hoặc hỏng hết: không có khung âm thanh nào", _AGAIN)])
    else:
        found = chain(
            _frame_problems(walked),
            _tag_problems(data, audio, walked.info),
            _sound_problems(audio, walked.info, sound or Sound(), _quieter(data)),
        )
    return tuple(Problem(message, str(path), suggestion=mend) for message, mend in found)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError("Không kiểm tra được tệp", f"không tìm thấy {path}") from error
    except OSError as error:
        raise storage_error(error, path, "Không kiểm tra được tệp") from error


def _frame_problems(walked: Walk) -> Iterator[Found]:
    for gap in walked.gaps:
        yield f"hỏng {gap.size} byte ở {length_clock(gap.seconds)}", _COPY
    if walked.cut:
        yield f"bị cắt ở cuối: khung cuối thiếu {walked.cut} byte", _COPY
    if len(walked.rates) > 1:
        rates = ", ".join(str(rate) for rate in walked.rates)
        yield f"các đoạn có tần số lấy mẫu khác nhau ({rates} Hz)", _AGAIN


def _tag_problems(data: bytes, audio: bytes, info: Mp3Info) -> Iterator[Found]:
    """Length and digest against the tags, where the file has them."""
    from mutagen import MutagenError, id3  # noqa: PLC0415  (loaded by those who read tags only)

    try:
        tags = id3.ID3(BytesIO(data))
    except MutagenError:
        return
    seconds, digest = _seconds(_first(tags, "TLEN")), _first(tags, f"TXXX:{DIGEST}")
    if seconds > 0 and abs(seconds - info.seconds) > info.seconds / info.frames:
        tagged, real = length_clock(seconds), length_clock(info.seconds)
        yield f"dài {real}, nhưng nhãn ghi {tagged}: tệp bị cắt hoặc bị ghép", _COPY
    if digest and digest != hashlib.sha256(audio).hexdigest():
        yield "âm thanh không còn như lúc tạo ra (sai mã SHA-256)", _COPY


def _quieter(data: bytes) -> float:
    """LU by which music makes the whole quieter than its speech, as its tags say, or MUSIC.

    A programme of two sentences between idents is quieter by 2, an hour of speech by nothing.
    """
    from mutagen import MutagenError, id3  # noqa: PLC0415  (loaded by those who read tags only)

    try:
        said = float(str(id3.ID3(BytesIO(data))[f"TXXX:{QUIETER}"].text[0]))
    except (MutagenError, KeyError, IndexError, ValueError):
        return MUSIC
    return min(max(said, 0.0), MUSIC) if isfinite(said) else MUSIC


def _first(tags: id3.ID3, name: str) -> str:
    """The first text of a tag, "" where there is none: other programs write what they like."""
    texts = tags[name].text if name in tags else ()
    return str(texts[0]) if texts else ""


def _seconds(milliseconds: str) -> float:
    """What a tag of a length says, 0 where it says nothing to be compared with."""
    try:
        seconds = float(milliseconds) / 1000
    except ValueError:
        return 0.0
    return seconds if isfinite(seconds) else 0.0


def _sound_problems(audio: bytes, info: Mp3Info, sound: Sound, quieter: float) -> Iterator[Found]:
    """Loudness, true peak and silence, decoded as a player does.

    Args:
        quieter: LU that music takes.
    """
    import miniaudio  # noqa: PLC0415  (loaded by those who decode only)

    meter, silence = Meter(info.rate), LongestSilence(info.rate)
    try:
        # It decodes a beginning at once: one frame that leans on those before it fails here.
        decoded = miniaudio.stream_memory(
            audio, nchannels=1, sample_rate=info.rate, frames_to_read=_BLOCK
        )
        for block in decoded:
            samples = floats(np.asarray(block, dtype=np.int16))
            meter.add(samples)
            silence.add(samples)
    except miniaudio.MiniaudioError:
        yield "không giải mã được, máy phát sẽ không đọc", _AGAIN
        return
    loudness = meter.result()
    if not isfinite(loudness.integrated) or loudness.integrated < SILENCE:
        yield "không có tiếng: cả tệp là khoảng lặng", _AGAIN
        return
    off = loudness.integrated - sound.target
    if not -TOLERANCE - quieter <= off <= TOLERANCE:
        word = "to" if off > 0 else "nhỏ"
        target = f"mức đặt là {sound.target:.1f}"
        yield f"{word} quá: độ to {loudness.integrated:.1f} LUFS, {target}", _AGAIN
    if loudness.true_peak > sound.true_peak:
        target = f"cho phép {sound.true_peak:.1f}"
        yield f"đỉnh {loudness.true_peak:.1f} dBTP, {target}: tiếng có thể bị vỡ", _AGAIN
    if silence.longest > LONGEST_PAUSE + 1:
        yield f"im lặng {silence.longest:.0f} giây liền, từ {length_clock(silence.starts)}", _AGAIN


class LongestSilence:
    """The longest silence in sound that comes in blocks; `longest` and `starts` in seconds."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._at = 0
        self._heard = 0
        self.longest = 0.0
        self.starts = 0.0

    def add(self, samples: np.typing.NDArray[np.float32]) -> None:
        loud = np.flatnonzero(np.abs(samples) > _QUIET) + self._at
        self._at += samples.size
        edges = np.concatenate([[self._heard], loud, [self._at] if not loud.size else []])
        lengths = np.diff(edges)
        if lengths.size and lengths.max() / self._rate > self.longest:
            self.longest = float(lengths.max()) / self._rate
            self.starts = float(edges[lengths.argmax()]) / self._rate
        self._heard = int(loud[-1]) if loud.size else self._heard
