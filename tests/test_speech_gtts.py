"""Google's voice against a server of ours that is slow, refuses, stalls, and breaks off."""

from __future__ import annotations

import socket
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.errors import EngineError
from broadcast.speech.cache import SpeechCache
from broadcast.speech.engine import Voice
from broadcast.speech.gtts import LONGEST, GttsEngine, requests_of
from broadcast.speech.net import NetworkError, Patience
from broadcast.vietnamese.pauses import find, segments

from .loopback import HOST, Google, google

QUICK = Patience(connect=2, silent=0.3, whole=5, waits=(0, 0, 0), gap=0)
VOICE = Voice("vi", 190)
TEXT = "Bà con nhớ mang theo thẻ căn cước khi đến làm thủ tục."
LONG = " ".join([TEXT, "Ai ốm đau, đi xa thì nhờ người nhà nộp thay.", TEXT])
WHOLE = "stall half cut silent drop 500 503 429".split()
"""Every way in which one answer may fail."""


@pytest.mark.parametrize("mood", WHOLE)
def test_one_failure_of_any_kind_is_asked_again(mood: str) -> None:
    with google() as address, GttsEngine(address=address, patience=QUICK) as engine:
        usual = engine.synthesize(TEXT, VOICE).samples
    with google([mood]) as address, GttsEngine(address=address, patience=QUICK) as engine:
        assert np.array_equal(engine.synthesize(TEXT, VOICE).samples, usual)
    assert len(Google.asked) == 2


@pytest.mark.parametrize("mood", WHOLE)
def test_what_goes_on_failing_is_told_in_words_after_four_attempts(mood: str) -> None:
    with google([mood] * 9) as address, GttsEngine(address=address, patience=QUICK) as engine:
        with pytest.raises(NetworkError) as caught:
            engine.synthesize(TEXT, VOICE)
        assert len(Google.asked) == 4
    assert caught.value.title == "Chưa đọc được bằng giọng Google"
    assert caught.value.mend


def test_a_refusal_for_good_is_not_asked_again() -> None:
    with (
        google(["403"] * 9) as address,
        GttsEngine(address=address, patience=QUICK) as engine,
        pytest.raises(NetworkError, match="403"),
    ):
        engine.synthesize(TEXT, VOICE)
    assert len(Google.asked) == 1


def test_the_time_a_busy_server_names_is_given_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    patience = Patience(waits=(0.001, 9), gap=0)
    with (
        google(["429 7", "429"]) as address,
        GttsEngine(address=address, patience=patience) as engine,
    ):
        monkeypatch.setattr(engine._asker, "_wait", waited.append)
        engine.synthesize(TEXT, VOICE)
    assert [one for one in waited if one > 0] == [7, 9]


def test_a_server_that_wants_more_time_than_anybody_has_is_not_waited_for() -> None:
    with (
        google(["429 3600"]) as address,
        GttsEngine(address=address, patience=QUICK) as engine,
        pytest.raises(NetworkError, match="hẹn 60 phút nữa"),
    ):
        engine.synthesize(TEXT, VOICE)
    assert len(Google.asked) == 1


def test_requests_are_a_polite_while_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    with google() as address, GttsEngine(address=address, patience=Patience(gap=5)) as engine:
        monkeypatch.setattr(engine._asker, "_wait", waited.append)
        engine.synthesize(LONG, VOICE)
    assert [one > 3 for one in waited] == [False] + [True] * (len(Google.asked) - 1)


def test_a_certificate_nobody_signed_is_refused_and_no_text_is_sent() -> None:
    with (
        google(secure=True) as address,
        GttsEngine(address=address, patience=QUICK) as engine,
        pytest.raises(NetworkError, match="chứng chỉ"),
    ):
        engine.synthesize(TEXT, VOICE)
    assert Google.asked == []


def test_without_a_network_the_message_says_so_and_names_a_way_out() -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind((HOST, 0))
        address = f"http://{HOST}:{taken.getsockname()[1]}"
        with (
            GttsEngine(address=address, patience=QUICK) as engine,
            pytest.raises(NetworkError) as caught,
        ):
            engine.synthesize(TEXT, VOICE)
    assert "không kết nối được" in caught.value.happened
    assert "không cần mạng" in caught.value.mend


def test_a_line_cut_off_goes_on_where_it_was(tmp_path: Path) -> None:
    keep = SpeechCache(tmp_path)
    refusing = ["", "403"]
    with google(refusing) as address, GttsEngine(keep, address, QUICK) as engine:
        with pytest.raises(NetworkError):
            engine.synthesize(LONG, VOICE)
        begun = list(Google.asked)
        engine.synthesize(LONG, VOICE)
    assert Google.asked[len(begun) :] == [begun[1], *Google.asked[3:]]
    assert begun[0] not in Google.asked[2:]
    assert all(path.stat().st_size > 16 for path in tmp_path.rglob("*") if path.is_file())


def test_slow_reading_is_asked_for_slowly() -> None:
    with google() as address, GttsEngine(address=address, patience=QUICK) as engine:
        engine.synthesize(TEXT, Voice("vi", 140))
        engine.synthesize(TEXT, VOICE)
    assert [slow for _, slow in Google.asked] == [True, False]


def test_closing_ends_a_wait() -> None:
    patience = Patience(waits=(50,), gap=0)
    with google(["500"]) as address, GttsEngine(address=address, patience=patience) as engine:
        engine._asker._closing.set()
        with pytest.raises(EngineError, match="đã dừng"):
            engine.synthesize(TEXT, VOICE)


def test_a_short_line_is_one_request_and_a_long_one_is_cut_at_its_longest_pauses() -> None:
    one, two = TEXT[:-1] + ".", "Ai ốm đau, đi xa thì nhờ người nhà nộp thay."
    assert asked_for(one) == [one]
    assert asked_for(f"{one} {two}") == [f"{one} {two}"]
    assert asked_for(LONG) == [f"{one} {two}", TEXT]


def asked_for(text: str) -> list[str]:
    return [said for said, _ in requests_of(list(segments(text, find(text), 190)))]


@given(st.text("aạ bc,.;:!? \n", max_size=700))
def test_every_request_fits_and_no_word_is_lost(text: str) -> None:
    said = asked_for(text)
    assert all(len(one) <= LONGEST for one in said)
    letters = [one for one in text if one.isalnum()]
    assert [one for part in said for one in part if one.isalnum()] == letters
