"""What every engine promises, tried on each: one suite, inherited."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from broadcast.domain.station import Voices
from broadcast.errors import BroadcastError, EngineError, InputError
from broadcast.speech.cache import speech_key
from broadcast.speech.engine import (
    ENGINES,
    About,
    Engine,
    Speech,
    Voice,
    clean,
    engine_names,
    is_sayable,
    open_engine,
)
from broadcast.speech.gtts import GttsEngine
from broadcast.speech.net import Patience
from broadcast.vietnamese.pauses import Pause, seconds

from .loopback import google
from .voices import NAME, make_voice

TEXT = "Kính thưa bà con, mời bà con nghe cách nộp hồ sơ ở bộ phận một cửa của xã."
OTHER = "Trưởng bản nhắc mỗi nhà cử một người đi họp."
DIGEST = """
import hashlib, sys
from broadcast.domain.station import Voices
from broadcast.speech.engine import open_engine
sys.stdin.reconfigure(encoding="utf-8")
with open_engine(sys.argv[1]) as engine:
    speech = engine.synthesize(sys.stdin.read(), engine.speaker("NAM", Voices()))
print(hashlib.sha256(speech.samples.tobytes()).hexdigest())
"""


def longest_silence(speech: Speech) -> float:
    """Seconds of the longest near-silence between sounds."""
    loud = np.flatnonzero(np.abs(speech.samples.astype(int)) > 300)
    return float(np.diff(loud).max()) / speech.rate


def same(one: Speech, other: Speech) -> bool:
    return one.rate == other.rate and np.array_equal(one.samples, other.samples)


class EngineContract:
    """Inherit with `engine_name` to hold an engine to the contract, as far as it says it can."""

    engine_name: str
    long_text = 20_000
    """Characters of a very long text; fewer for an engine that needs minutes for so much."""
    long_within = 0.05
    """How near its length comes to that of its parts; a pause after the last is missing in it."""
    quicker = 1.16
    """How many times longer 190 syllables a minute take than 260, at least."""
    monster = 3_000
    """Characters of a word without end."""
    text = TEXT
    """What is read mostly; shorter for an engine that is slow."""
    opening = ""
    """Python that a process runs first, for `open_engine` to give this engine there."""

    def open(self) -> Engine:
        """Another engine of the same kind."""
        return open_engine(self.engine_name)

    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls) -> Iterator[Engine]:
        with cls().open() as engine:
            yield engine

    @pytest.fixture
    def about(self) -> About:
        return ENGINES[self.engine_name]

    @pytest.fixture
    def voice(self, engine: Engine) -> Voice:
        return engine.speaker("NỮ", Voices())

    def test_it_has_its_name_and_an_identity(self, engine: Engine) -> None:
        assert engine.name == self.engine_name
        assert engine.identity

    def test_sound_is_mono_int16_that_can_be_heard(self, engine: Engine, voice: Voice) -> None:
        speech = engine.synthesize(self.text, voice)
        assert speech.samples.dtype == np.int16
        assert speech.samples.ndim == 1
        assert speech.rate >= 16_000
        assert np.abs(speech.samples.astype(int)).max() > 2_000

    def test_the_same_text_sounds_the_same_whatever_was_said_before(
        self, engine: Engine, voice: Voice
    ) -> None:
        first = engine.synthesize(self.text, voice)
        engine.synthesize(OTHER, engine.speaker("NAM", Voices(rate=150)))
        engine.synthesize(OTHER, voice)
        assert same(first, engine.synthesize(self.text, voice))

    def test_two_processes_say_the_same(self, engine: Engine) -> None:
        command = [sys.executable, "-c", self.opening + DIGEST, self.engine_name]
        other = subprocess.run(command, input=self.text.encode(), capture_output=True, check=True)
        here = engine.synthesize(self.text, engine.speaker("NAM", Voices())).samples.tobytes()
        assert other.stdout.decode().strip() == hashlib.sha256(here).hexdigest()

    def test_decomposed_letters_sound_like_composed_ones(
        self, engine: Engine, voice: Voice
    ) -> None:
        decomposed = unicodedata.normalize("NFD", self.text)
        assert same(engine.synthesize(self.text, voice), engine.synthesize(decomposed, voice))

    def test_different_texts_sound_different(self, engine: Engine, voice: Voice) -> None:
        assert not same(engine.synthesize("Nộp phí.", voice), engine.synthesize("Nộp phạt.", voice))

    @pytest.mark.parametrize("nothing", ["", " \n\t", "...", "?! – “”", "\u200b", "\ue000\x00"])
    def test_nothing_to_say_is_no_sound(self, engine: Engine, voice: Voice, nothing: str) -> None:
        assert engine.synthesize(nothing, voice).samples.shape == (0,)

    def test_a_very_long_text_is_read_to_its_end(self, engine: Engine, voice: Voice) -> None:
        once = engine.synthesize(f"{self.text} {self.text}", voice)
        times = self.long_text // len(self.text)
        long = engine.synthesize(" ".join([self.text] * times), voice)
        assert long.seconds == pytest.approx(once.seconds * times / 2, rel=self.long_within)

    @pytest.mark.parametrize("monster", ["7", "a", "ạ", "x7,"])
    def test_a_monster_is_read_and_does_not_hang(
        self, engine: Engine, voice: Voice, monster: str
    ) -> None:
        assert engine.synthesize(monster * (self.monster // len(monster)), voice).seconds > 0

    @pytest.mark.parametrize(
        "odd",
        ["a\x00b\x07c", "lửa 🔥 cháy", "\ud800 lẻ loi", "Привет 你好 ꪎꪱꪫ", "[[k@n]] <b>đậm</b> %s"],
    )
    def test_odd_characters_do_no_harm(self, engine: Engine, voice: Voice, odd: str) -> None:
        assert engine.synthesize(odd, voice).seconds > 0
        assert engine.synthesize(OTHER, voice).seconds > 1

    def test_a_slower_rate_lasts_longer(self, engine: Engine, about: About) -> None:
        if about.rates != "any":
            pytest.skip("it says that it cannot")
        slow, usual, fast = (
            engine.synthesize(self.text, engine.speaker("NỮ", Voices(rate=rate))).seconds
            for rate in (140, 190, 260)
        )
        assert slow > 1.2 * usual
        assert usual > self.quicker * fast

    @pytest.mark.parametrize("rate", [150, 230])
    def test_a_pause_lasts_as_its_kind_says_whatever_the_mark(
        self, engine: Engine, about: About, rate: int
    ) -> None:
        if not about.exact_pauses:
            pytest.skip("it says that it cannot")
        voice = engine.speaker("NỮ", Voices(rate=rate))
        text = "bà con nghe rõ, bà con nhớ giờ"
        short, long = (Pause(text.index(","), kind) for kind in ("list", "sentence"))
        lasted = [engine.synthesize(text, voice, [pause]).seconds for pause in (short, long)]
        longer = seconds(long, rate) - seconds(short, rate)
        assert lasted[1] - lasted[0] == pytest.approx(longer, abs=0.001)

    def test_pauses_one_upon_another_and_at_the_end_do_no_harm(self, engine: Engine) -> None:
        voice = engine.speaker("NỮ", Voices())
        pauses = [Pause(0, "sentence"), Pause(1, "sentence"), Pause(2, "list"), Pause(3, "list")]
        assert engine.synthesize(".,!?", voice, pauses).seconds < 2
        assert engine.synthesize("bà, con", voice, [Pause(2, "list"), Pause(6, "list")]).seconds > 0

    def test_women_and_men_sound_different_where_there_are_two_voices(self, engine: Engine) -> None:
        women, men = (engine.speaker(part, Voices()) for part in ("NỮ", "NAM"))
        if len(engine.speakers) == 1:
            assert women == men
            return
        assert women != men
        assert not same(engine.synthesize(self.text, women), engine.synthesize(self.text, men))

    def test_the_station_may_choose_each_parts_speaker(self, engine: Engine) -> None:
        chosen = Voices(women=engine.speakers[-1], men=engine.speakers[0])
        assert engine.speaker("NỮ", chosen).speaker == engine.speakers[-1]
        assert engine.speaker("NAM", chosen).speaker == engine.speakers[0]

    @pytest.mark.parametrize(
        ("wrong", "named"),
        [
            (Voices(women="Lan Anh"), "Lan Anh"),
            (Voices(region="tây"), "tây"),
            (Voices(rate=5), "5"),
            (Voices(rate=2_000), "2000"),
        ],
    )
    def test_a_voice_that_is_not_there_is_named(
        self, engine: Engine, wrong: Voices, named: str
    ) -> None:
        with pytest.raises(InputError) as caught:
            engine.speaker("NỮ", wrong)
        assert named in caught.value.happened
        assert "chọn" in caught.value.mend

    def test_closing_twice_is_fine_and_use_after_it_is_a_clear_error(self) -> None:
        engine = self.open()
        voice = engine.speaker("NỮ", Voices())
        engine.synthesize(OTHER, voice)
        engine.close()
        engine.close()
        with pytest.raises(EngineError, match="đã đóng"):
            engine.synthesize(OTHER, voice)


class TestTone(EngineContract):
    engine_name = "tone"

    def test_its_length_is_its_syllables(self, engine: Engine) -> None:
        speech = engine.synthesize("một hai, ba!", Voice("cao", 180))
        assert speech.seconds == pytest.approx(1.0, abs=0.001)


class TestEspeak(EngineContract):
    engine_name = "espeak"

    def test_what_is_heard_of_a_pause_is_its_silence(self, engine: Engine) -> None:
        text = "bà con nghe rõ, bà con nhớ giờ"
        pause = Pause(text.index(","), "clause")
        speech = engine.synthesize(text, Voice("f5", 190), [pause])
        assert longest_silence(speech) == pytest.approx(seconds(pause, 190), abs=0.01)


GTTS_OPENING = """
import broadcast.speech.gtts as g, functools
from broadcast.speech.net import Patience
g.GttsEngine = functools.partial(g.GttsEngine, address={address!r}, patience=Patience(gap=0))
"""


class TestGtts(EngineContract):
    engine_name = "gtts"
    long_text, monster = 3_000, 600
    address = ""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def service(cls) -> Iterator[None]:
        with google() as address:
            cls.address, cls.opening = address, GTTS_OPENING.format(address=address)
            yield

    def open(self) -> Engine:
        return GttsEngine(address=self.address, patience=Patience(gap=0))


PIPER_OPENING = """
import broadcast.speech.engine, functools, pathlib
import broadcast.speech.piper as p
p.PiperEngine = functools.partial(p.PiperEngine, where=pathlib.Path({where!r}))
"""


@pytest.mark.clients
class TestPiper(EngineContract):
    engine_name = "piper"
    text = "Mời bà con nghe."
    long_text, long_within, quicker, monster = 100, 0.2, 1.1, 30

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def voices(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        cls.where = make_voice(tmp_path_factory.mktemp("voices"))
        cls.opening = PIPER_OPENING.format(where=str(cls.where))
        return cls.where

    def open(self) -> Engine:
        from broadcast.speech.piper import PiperEngine  # noqa: PLC0415 - an extra

        return PiperEngine(self.where)

    def test_pauses_between_clauses_and_sentences_are_exact(self, engine: Engine) -> None:
        text = "bà con nghe, bà con nhớ"
        voice = engine.speaker("NỮ", Voices())
        short, long = (Pause(text.index(","), kind) for kind in ("clause", "sentence"))
        lasted = [engine.synthesize(text, voice, [pause]).seconds for pause in (short, long)]
        longer = seconds(long, voice.rate) - seconds(short, voice.rate)
        assert lasted[1] - lasted[0] == pytest.approx(longer, abs=0.001)

    def test_the_model_is_in_memory_once_and_takes_one_thread_for_each_reader(self) -> None:
        with self.open() as one, self.open() as other:
            voices = [engine.speaker("NỮ", Voices()) for engine in (one, other)]
            both = [e._load(v)._voice.session for e, v in zip((one, other), voices, strict=True)]
        assert both[0] is both[1]
        assert both[0].get_session_options().intra_op_num_threads == 1

    def test_without_a_voice_it_is_said_how_to_add_one(self, tmp_path: Path) -> None:
        from broadcast.speech.piper import PiperEngine  # noqa: PLC0415 - an extra

        with pytest.raises(EngineError, match="chưa có giọng Piper") as caught:
            PiperEngine(tmp_path)
        assert "voice add" in caught.value.mend

    def test_a_line_hangs_on_the_voice_that_reads_it_and_on_no_other(self, tmp_path: Path) -> None:
        from broadcast.speech.piper import PiperEngine  # noqa: PLC0415 - an extra

        settings = json.loads((self.where / f"{NAME}.onnx.json").read_text("utf-8"))

        def put(name: str, rate: int = 22_050) -> None:
            (tmp_path / f"{name}.onnx").write_bytes(b"a model")
            settings["audio"]["sample_rate"] = rate
            (tmp_path / f"{name}.onnx.json").write_text(json.dumps(settings), "utf-8")

        def key() -> str:
            with PiperEngine(tmp_path) as engine:
                voice = engine.speaker("NỮ", Voices(women="vi_VN-b"))
                return speech_key(engine.identity, self.text, voice)

        put("vi_VN-b")
        before = key()
        put("vi_VN-a")
        assert key() == before
        put("vi_VN-b", 16_000)
        assert key() != before

    def test_a_voice_that_is_another_on_this_machine_does_not_read(self, engine: Engine) -> None:
        voice = engine.speaker("NỮ", Voices())
        for other in (replace(voice, files="1"), replace(voice, speaker="vi_VN-khac")):
            with pytest.raises(BroadcastError, match="giọng cần đọc"):
                engine.synthesize(self.text, other)


def test_officers_are_shown_voices_and_not_the_stand_in() -> None:
    assert engine_names() == ("espeak", "gtts", "piper")


def test_an_unknown_engine_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(InputError) as caught:
        open_engine("nonesuch")
    assert "nonesuch" in caught.value.happened
    assert "espeak" in caught.value.mend


def test_looking_up_engines_loads_none_and_no_numpy() -> None:
    code = (
        "import sys, broadcast.speech.engine as e; e.engine_names();"
        "print([m for m in sys.modules if m == 'numpy' or m.startswith('broadcast.speech.')"
        " or 'espeak' in m])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stdout.decode().strip() == "['broadcast.speech.engine']"


def test_cleaning_composes_drops_the_invisible_and_single_spaces() -> None:
    assert clean("  Hoa\u0300\u200b\n\x00 bi\u0300nh\u00a0 ") == "Hoà bình"


def test_punctuation_alone_is_not_sayable() -> None:
    assert [is_sayable(text) for text in ("", "…–!", "5", "ờ")] == [False, False, True, True]
