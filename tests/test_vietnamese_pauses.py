"""Pauses as data: where they fall in spoken text, and how long a line lasts with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.vietnamese.lexicon import product_lexicon
from broadcast.vietnamese.pauses import (
    RATE,
    SECONDS,
    Pause,
    duration,
    find,
    seconds,
    segments,
)
from broadcast.vietnamese.spoken import read_aloud


def pauses(text: str) -> list[tuple[str, str]]:
    """Each pause's kind with the word before it."""
    spoken = read_aloud(text, product_lexicon())
    return [(spoken.text[: one.at].split()[-1], one.kind) for one in spoken.pauses]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Xã, phường", [("Xã", "list")]),
        ("Bà con chú ý: nộp hồ sơ; nhận kết quả", [("ý", "clause"), ("sơ", "clause")]),
        ("Xong. Nghỉ! Hả? Ừ", [("Xong", "sentence"), ("Nghỉ", "sentence"), ("Hả", "sentence")]),
        ("Ông Bình - Trưởng thôn", [("Bình", "clause")]),
        ("cổng (dịch vụ công) mở", [("cổng", "clause"), ("công", "clause")]),
        ("kinh tế - xã hội", []),
        ("xã/phường", [("xã", "list")]),
        ("Gọi 0912345678", [("hai", "list"), ("năm", "list")]),
        ("UBND xã. ", []),
        ("", []),
    ],
)
def test_marks_become_pauses_of_their_kind(written: str, found: list[tuple[str, str]]) -> None:
    assert pauses(written) == found


@given(st.text(alphabet="aà1 ,.;:!?…-()/\n", max_size=80))
def test_every_pause_stands_at_its_mark_between_words(text: str) -> None:
    spoken = read_aloud(text, product_lexicon())
    for one in spoken.pauses:
        assert spoken.text[one.at] in ",.;:!?…"
        assert any(letter.isalnum() for letter in spoken.text[one.at :])


@given(st.text(alphabet="aà ,.;:!?…", max_size=80))
def test_the_parts_between_pauses_are_the_text(text: str) -> None:
    parts = list(segments(text, find(text), RATE))
    assert "".join(part for part, _ in parts) == text
    assert parts[-1][1] == 0


def test_a_slower_voice_pauses_longer() -> None:
    pause = Pause(2, "clause")
    assert seconds(pause, RATE) == SECONDS["clause"]
    assert seconds(pause, RATE // 2) == 2 * SECONDS["clause"]


def test_a_line_lasts_as_long_as_its_syllables_and_pauses() -> None:
    plain = duration(10, (), RATE)
    paused = duration(10, [Pause(2, "list"), Pause(9, "sentence")], RATE)
    assert paused - plain == pytest.approx(SECONDS["list"] + SECONDS["sentence"])
