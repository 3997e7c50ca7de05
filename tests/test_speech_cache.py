"""The cache of lines already read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from broadcast.domain.station import Voices
from broadcast.errors import EngineError, StorageError
from broadcast.speech.cache import CachingEngine, SpeechCache, speech_key
from broadcast.speech.engine import Speech, Voice
from broadcast.speech.tone import ToneEngine
from broadcast.vietnamese.pauses import Pause

VOICE = Voice("cao", 190)
SPEECH = Speech(np.arange(-500, 500, dtype=np.int16), 22_050)
KEY = "ab" * 32


def test_what_is_put_is_got_back(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    assert cache.get(KEY) is None
    cache.put(KEY, SPEECH)
    kept = SpeechCache(tmp_path).get(KEY)
    assert kept is not None
    assert (kept.rate, kept.samples.tolist()) == (22_050, SPEECH.samples.tolist())


def test_a_silent_entry_is_kept_too(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    cache.put(KEY, Speech(np.zeros(0, np.int16), 22_050))
    kept = cache.get(KEY)
    assert kept is not None
    assert len(kept.samples) == 0


def test_nothing_but_the_entry_is_left_behind(tmp_path: Path) -> None:
    SpeechCache(tmp_path).put(KEY, SPEECH)
    files = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")]
    assert files == [f"ab/{'ab' * 31}.pcm"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:10],
        lambda data: data[:-2],
        lambda data: data + b"\0\0",
        lambda data: b"XXXX" + data[4:],
        lambda data: data[:4] + bytes(4) + data[8:],
        lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
    ],
)
def test_a_damaged_entry_is_made_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    cache = SpeechCache(tmp_path)
    engine = CachingEngine(ToneEngine(), cache)
    sound = engine.synthesize("một hai", VOICE)
    path = cache.path(speech_key(engine.identity, "một hai", VOICE))
    path.write_bytes(damage(path.read_bytes()))
    again = engine.synthesize("một hai", VOICE)
    assert again.samples.tolist() == sound.samples.tolist()
    assert (engine.made, engine.reused) == (2, 0)
    engine.synthesize("một hai", VOICE)
    assert engine.reused == 1


def test_an_unchanged_line_is_not_read_again(tmp_path: Path) -> None:
    with CachingEngine(ToneEngine(), SpeechCache(tmp_path)) as engine:
        first = engine.synthesize("bà con", VOICE)
    with CachingEngine(ToneEngine(), SpeechCache(tmp_path)) as engine:
        second = engine.synthesize("bà con", VOICE)
        assert (engine.made, engine.reused) == (0, 1)
    assert first.samples.tolist() == second.samples.tolist()


def test_whatever_changes_the_sound_changes_the_key() -> None:
    keys = {
        speech_key("engine 1", "bà con", VOICE),
        speech_key("engine 2", "bà con", VOICE),
        speech_key("engine 1", "bà con.", VOICE),
        speech_key("engine 1", "bà con", Voice("trầm", 190)),
        speech_key("engine 1", "bà con", Voice("cao", 191)),
        speech_key("engine 1", "bà con", Voice("cao", 190, "nam")),
        speech_key("engine 1", "bà con", VOICE, [Pause(2, "list")]),
        speech_key("engine 1", "bà con", VOICE, [Pause(2, "clause")]),
    }
    assert len(keys) == 8


def test_what_sounds_the_same_has_one_key() -> None:
    assert speech_key("e", "ba\u0300  con\n", VOICE) == speech_key("e", "bà con", VOICE)


def test_at_the_close_the_entries_asked_for_longest_ago_go(tmp_path: Path) -> None:
    entry = 16 + 2 * len(SPEECH.samples)
    cache = SpeechCache(tmp_path, largest=3 * entry)
    keys = [f"{number:02d}" * 32 for number in range(5)]
    for age, key in enumerate(keys):
        cache.put(key, SPEECH)
        os.utime(cache.path(key), (1_000 + age, 1_000 + age))
    assert cache.get(keys[0]) is not None
    CachingEngine(ToneEngine(), cache).close()
    kept = [key for key in keys if cache.path(key).exists()]
    assert kept == [keys[0], keys[3], keys[4]]


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    blocked = tmp_path / "speech"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(StorageError, match=r"Không lưu được giọng đọc: .*tệp"):
        SpeechCache(blocked).put(KEY, SPEECH)


def test_a_failed_write_leaves_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError):
        SpeechCache(tmp_path).put(KEY, SPEECH)
    assert list(tmp_path.rglob("*.*")) == []


def test_it_speaks_for_the_engine_behind_it_and_closes_it(tmp_path: Path) -> None:
    tone = ToneEngine()
    engine = CachingEngine(tone, SpeechCache(tmp_path))
    assert (engine.name, engine.identity, engine.speakers) == (
        tone.name,
        tone.identity,
        tone.speakers,
    )
    assert engine.speaker("NAM", Voices()) == tone.speaker("NAM", Voices())
    engine.close()
    with pytest.raises(EngineError, match="đã đóng"):
        engine.synthesize("chưa đọc bao giờ", VOICE)
