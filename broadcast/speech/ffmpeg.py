"""Recordings that only ffmpeg can decode (M4A of phones), as a stream of samples."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from broadcast.errors import InputError

_CHUNK = 1 << 17
_BRANDS = (b"M4A", b"M4B", b"mp42", b"mp41", b"isom", b"iso2", b"3gp", b"qt  ")


def is_mp4(head: bytes) -> bool:
    """Whether a file that begins so is M4A, MP4 or 3GP, whatever its name."""
    return head[4:8] == b"ftyp" and head[8:12].startswith(_BRANDS)


def program() -> str | None:
    """ffmpeg on this machine: its own, or the one that the extra [m4a] brings; None without."""
    if found := shutil.which("ffmpeg"):
        return found
    if not find_spec("imageio_ffmpeg"):
        return None
    try:
        return str(import_module("imageio_ffmpeg").get_ffmpeg_exe())
    except (RuntimeError, OSError):
        return None


def chunks(path: Path, rate: int) -> Iterator[np.ndarray[tuple[int], np.dtype[np.int16]]]:
    """Samples as they are decoded, mono at `rate`; the reader may stop at any time.

    Raises:
        InputError: there is no ffmpeg, or it cannot decode the file.
    """
    exe = program()
    if exe is None:
        raise InputError(
            f"Không dùng được bản ghi âm {path.name}",
            "tệp M4A của điện thoại cần chương trình ffmpeg để đọc, máy này chưa có",
            "cài thêm: pip install 'broadcast[m4a]'; hoặc lưu lại thành MP3 rồi thử lại",
        )
    command = [exe, "-v", "error", "-nostdin", "-i", f"file:{path}", "-vn", "-ac", "1"]
    command += ["-ar", str(rate), "-f", "s16le", "-"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        assert process.stdout  # noqa: S101 - it is a pipe, for mypy
        try:
            while data := process.stdout.read(_CHUNK):
                yield np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.int16)
        except GeneratorExit:  # there is enough of it
            process.kill()
            raise
    if process.returncode:
        raise InputError(
            f"Không dùng được bản ghi âm {path.name}",
            "tệp đã hỏng, ffmpeg không đọc được",
            "chép lại từ điện thoại, hoặc lưu lại thành MP3",
        )
