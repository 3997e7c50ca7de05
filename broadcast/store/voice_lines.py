"""scripts/recordings/lines/: lines that a person has read, each found by the very words said.

A line is a .wav and a .json that says whose voice it is; both are named by the digest of its words,
so there is no list that could go wrong, and a greeting read once is there for every script.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from broadcast.storage import storage_error
from broadcast.store.files import write_whole
from broadcast.vietnamese.characters import nfc

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """A line as a person read it: the words, by whom, when (ISO), for which script it was made."""

    path: Path
    text: str
    by: str
    at: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class VoiceLines:
    """The lines in a folder, which may not be there."""

    folder: Path

    def keys(self) -> frozenset[str]:
        """Keys of every line that there is."""
        return frozenset(path.stem for path in self.folder.glob("*.wav"))

    def get(self, spoken: str) -> VoiceLine | None:
        """The line with these words, None if nobody has read it."""
        return self._load(self._path(spoken))

    def all(self) -> Iterator[VoiceLine]:
        """Every line, in the order of their keys."""
        for path in sorted(self.folder.glob("*.wav")):
            if line := self._load(path):
                yield line

    def put(self, line: VoiceLine, wav: bytes) -> VoiceLine:
        """Keep what a person read, in place of an earlier reading of the same words.

        Args:
            line: its `path` does not matter.
            wav: 16-bit mono.

        Raises:
            StorageError: it cannot be written.
        """
        path = self._path(line.text)
        about = {name: value for name, value in asdict(line).items() if name != "path"}
        write_whole(
            path.with_suffix(".json"), json.dumps(about, ensure_ascii=False, indent=1) + "\n"
        )
        write_whole(path, wav)  # last: without it there is no line
        return VoiceLine(path, line.text, line.by, line.at, line.script)

    def remove(self, spoken: str) -> bool:
        """Let the engine read these words again; whether there was a reading.

        Raises:
            StorageError: it cannot be deleted.
        """
        path = self._path(spoken)
        was_there = path.is_file()
        try:
            path.unlink(missing_ok=True)
            path.with_suffix(".json").unlink(missing_ok=True)
        except OSError as error:
            raise storage_error(error, path, "Chưa bỏ được lời đã thu") from error
        return was_there

    def _path(self, spoken: str) -> Path:
        return self.folder / f"{line_key(spoken)}.wav"

    def _load(self, path: Path) -> VoiceLine | None:
        if not path.is_file():
            return None
        try:
            said = json.loads(path.with_suffix(".json").read_text("utf-8"))
            text, by = str(said["text"]), str(said["by"])
            at, script = str(said.get("at", "")), str(said.get("script", ""))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None  # nobody can say whose words these are, so nobody hears them
        return VoiceLine(path, text, by, at, script) if line_key(text) == path.stem else None


def line_key(spoken: str) -> str:
    """20 hex digits for the words of a line: marks and capitals do not matter, a question does."""
    words = " ".join(_WORD.findall(nfc(spoken).casefold()))
    asked = "?" if spoken.rstrip().endswith("?") else ""
    return hashlib.sha256(f"{words}{asked}".encode()).hexdigest()[:20]
