"""out/cache/events.json: the bytes of calendar events as they were last written.

Only worth keeping: where the file is gone or damaged, every event is written anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from broadcast.store.files import write_whole


def load_events(path: Path) -> dict[str, tuple[str, bytes]]:
    """By UID, the state an event had and its bytes; none where the file cannot be used."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return {str(uid): (str(key), str(text).encode()) for uid, (key, text) in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def keep_events(path: Path, known: Mapping[str, tuple[str, bytes]]) -> None:
    """Remember them.

    Raises:
        StorageError: it cannot be written.
    """
    rows = {uid: [key, body.decode()] for uid, (key, body) in known.items()}
    write_whole(path, json.dumps(rows, ensure_ascii=False))
