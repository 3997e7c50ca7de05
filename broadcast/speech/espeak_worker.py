"""The process in which espeak-ng speaks: requests on stdin, sound on stdout.

It is started by its path and imports little, so it is ready within some 20 ms; it ends when its
stdin does, that is, with its parent. A crash in the library takes only this process along.

espeak-ng keeps the state of its noise, flutter and filters from one text to the next, so the same
text sounds different the second time, and neither setting the voice again nor espeak_Terminate
resets it. A fresh image of the library does, and costs 0.3 ms: each text gets its own.
"""

from __future__ import annotations

import _ctypes
import ctypes
import faulthandler
import os
import signal
import struct
import sys
from typing import BinaryIO

REQUEST = struct.Struct("<HHHI")
"""Bytes of the voice name, espeak rate (words a minute), 1 to end with a pause, bytes of text."""

ANSWER = struct.Struct("<BI")
"""SOUND, FAILED or STALE, and how many bytes follow (samples, or why it failed)."""

SOUND, FAILED, STALE = range(3)
RATE = 22_050
"""Hz of what comes back: mono, signed 16 bits, little-endian."""

PITCH_RANGE = 100
"""espeak-ng's range of pitch, 0 to 100, 50 if not asked for: tones lie as far apart as they can.

By a recogniser over 200 sentences (3,197 syllables) at 190 a minute, f5: 50 gives 65 % of syllables
wrong, 75 gives 61, 100 gives 57. m3 is as hard to understand with any (80 %).
"""

_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_RATE_PARAMETER = 1
_RANGE_PARAMETER = 4
_BY_CHARACTER = 1
_UTF8 = 1
_END_PAUSE = 0x1000
_SEED = 1
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def seconds_allowed(size: int) -> float:
    """Wall seconds after which a text of `size` bytes counts as hung (100 times the usual)."""
    return 10 + size / 50


def load(path: str) -> ctypes.CDLL:
    """An image of the library with the types of what is called of it."""
    library = ctypes.CDLL(path)
    library.espeak_Initialize.argtypes = [
        ctypes.c_int,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
    ]
    library.espeak_SetSynthCallback.argtypes = [_CALLBACK]
    library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    library.espeak_ng_SetVoiceByFile.argtypes = [ctypes.c_char_p]
    library.espeak_ng_SetRandSeed.argtypes = [ctypes.c_long]
    library.espeak_SetParameter.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int]
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    return library


def unload(library: ctypes.CDLL) -> None:
    """Let go of the image, so that the next `load` gives one without a past."""
    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)
    else:
        _ctypes.dlclose(library._handle)


def is_fresh(library: ctypes.CDLL) -> bool:
    """Whether nothing was ever spoken by this image: its sample rate is still unset."""
    return bool(library.espeak_ng_GetSampleRate() == 0)


def speak(library: ctypes.CDLL, voice: bytes, rate: int, pause: int, text: bytes) -> bytes:
    """The samples of `text`; the data is expected in the current folder.

    A voice with "/" is a file, found at once; by name espeak reads every voice's head first (1 ms),
    but some Vietnamese voices have capitals in their file names, which it cannot open by file.

    Raises:
        RuntimeError: espeak-ng refused; its word for it.
    """
    if library.espeak_Initialize(_SYNCHRONOUS, 0, b".", _DO_NOT_EXIT) != RATE:
        raise RuntimeError("espeak-ng cannot read its data")
    sound = bytearray()

    def take(samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            sound.extend(ctypes.string_at(samples, 2 * count))
        return 0

    callback = _CALLBACK(take)
    library.espeak_SetSynthCallback(callback)
    set_voice = library.espeak_SetVoiceByName
    if b"/" in voice:
        set_voice = library.espeak_ng_SetVoiceByFile
    if set_voice(voice):
        raise RuntimeError(f"espeak-ng has no voice {voice.decode()}")
    library.espeak_SetParameter(_RATE_PARAMETER, rate, 0)
    library.espeak_SetParameter(_RANGE_PARAMETER, PITCH_RANGE, 0)
    library.espeak_ng_SetRandSeed(_SEED)
    flags = _UTF8 | (_END_PAUSE if pause else 0)
    status = library.espeak_Synth(text, len(text) + 1, 0, _BY_CHARACTER, 0, flags, None, None)
    library.espeak_Terminate()
    if status:
        raise RuntimeError(f"espeak-ng stopped with status {status}")
    return bytes(sound)


def answer(path: str, voice: bytes, rate: int, pause: int, text: bytes) -> tuple[int, bytes]:
    """Speak one text with a fresh image; STALE where the system keeps the old one loaded."""
    library = load(path)
    if not is_fresh(library):
        return STALE, b""
    try:
        return SOUND, speak(library, voice, rate, pause, text)
    except RuntimeError as error:
        return FAILED, str(error).encode()
    finally:
        unload(library)


def serve(requests: BinaryIO, answers: BinaryIO, library: str) -> None:
    """Answer requests until there are no more; a hung one ends the process, and the parent sees."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - pathlib costs a third of the start
        while len(head := requests.read(REQUEST.size)) == REQUEST.size:
            voice_size, rate, pause, text_size = REQUEST.unpack(head)
            voice, text = requests.read(voice_size), requests.read(text_size)
            limit = seconds_allowed(text_size)
            faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
            kind, body = answer(library, voice, rate, pause, text)
            faulthandler.cancel_dump_traceback_later()
            answers.write(ANSWER.pack(kind, len(body)))
            answers.write(body)
            answers.flush()


def main() -> None:
    """Serve stdin with the library and data named on the command line.

    Ctrl-C is the parent's business. The data folder becomes the current one, because espeak-ng
    fails on paths over about 155 bytes and, on Windows, on letters outside the code page. What the
    library prints must not mix with the answers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    library, data = sys.argv[1:]
    os.chdir(data)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    serve(sys.stdin.buffer, answers, library)


if __name__ == "__main__":
    main()
