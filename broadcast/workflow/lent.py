"""Engines lent to the threads of this process: opened once, used by one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from broadcast.speech.engine import Engine, open_engine


class Readers:
    """The engines of this process, each lent to one thread at a time and kept for the next.

    `_closed` counts how often they were closed: what was lent before comes back too late to be
    kept, and is closed then.
    """

    def __init__(self) -> None:
        self._idle: dict[tuple[str, Path | None], list[Engine]] = {}
        self._lock = Lock()
        self._closed = 0

    @contextmanager
    def borrowed(self, name: str, lines: Path | None) -> Iterator[Engine]:
        """An engine of that name that nobody else uses, opened if all are lent.

        Raises:
            InputError, EngineError: as `speech.engine.open_engine`.
        """
        with self._lock:
            idle = self._idle.get((name, lines))
            engine, lent = idle.pop() if idle else None, self._closed
        engine = engine or _opened(name, lines)
        try:
            yield engine
        finally:
            with self._lock:
                late = lent != self._closed
                if not late:
                    self._idle.setdefault((name, lines), []).append(engine)
            if late:
                engine.close()

    def close(self) -> None:
        """Close what nobody uses now, and what is lent as soon as it comes back."""
        with self._lock:
            self._closed += 1
            engines = [engine for idle in self._idle.values() for engine in idle]
            self._idle.clear()
        for engine in engines:
            engine.close()


READERS = Readers()
"""Those of this process."""


def _opened(name: str, lines: Path | None) -> Engine:
    if lines is None:
        return open_engine(name)
    from broadcast.speech.cache import CachingEngine, SpeechCache  # noqa: PLC0415

    cache = SpeechCache(lines)
    return CachingEngine(open_engine(name, cache), cache)
