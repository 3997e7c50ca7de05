"""Nobody hears a text twice within four weeks while there is another one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.piece import Piece
from broadcast.domain.rotation import QUIET_DAYS, Audience, Choosing, Hearing, too_near
from broadcast.vietnamese.characters import fold

MONDAY = date(2026, 11, 2)
EVERYBODY = frozenset(["trung-tam", "ban-lan"])
TOPIC = "Tuyên truyền nguồn nước suối của bản và việc giữ gìn nguồn nước suối."
OWN = "ke-hoach:II.1"


def piece(name: str, subjects: tuple[str, ...] = ("nguồn nước suối",)) -> Piece:
    return Piece(name, f"Bài {name}", subjects, "", ())


PIECES = (piece("a"), piece("b"), piece("c", ("thuế đất",)))


def on(days: int, zones: frozenset[str] = EVERYBODY) -> Audience:
    return Audience(MONDAY + timedelta(days), zones)


def heard(**days: int) -> dict[str, list[Hearing]]:
    """Each text heard everywhere so many days after Monday."""
    return {text: [Hearing(MONDAY + timedelta(day), EVERYBODY)] for text, day in days.items()}


def test_of_equal_pieces_the_one_used_least_is_taken() -> None:
    chosen = Choosing(PIECES, fold, {}, {"a": 2, "b": 1}).choose(TOPIC, OWN, on(0))
    assert (chosen.text, chosen.passed) == ("b", ())


def test_a_piece_heard_lately_is_passed_over_and_named_with_its_day() -> None:
    chosen = Choosing(PIECES, fold, heard(a=-27)).choose(TOPIC, OWN, on(0))
    assert chosen.text == "b"
    assert [(one.match.piece.id, one.day) for one in chosen.passed] == [("a", date(2026, 10, 6))]


def test_on_the_28th_day_a_piece_may_be_heard_again() -> None:
    assert Choosing(PIECES, fold, heard(a=-28)).choose(TOPIC, OWN, on(0)).text == "a"


def test_what_is_planned_for_coming_weeks_counts_as_well() -> None:
    assert Choosing(PIECES, fold, heard(a=20)).choose(TOPIC, OWN, on(0)).text == "b"


def test_what_other_zones_heard_does_not_count() -> None:
    there = {"a": [Hearing(MONDAY, frozenset(["ban-lan"]))]}
    choosing = Choosing(PIECES, fold, there)
    assert choosing.choose(TOPIC, OWN, on(3, frozenset(["trung-tam"]))).text == "a"
    assert choosing.choose(TOPIC, OWN, on(3)).text == "b"


def test_when_every_piece_was_heard_the_plans_own_sentences_are_told() -> None:
    chosen = Choosing(PIECES, fold, heard(a=-3, b=-9)).choose(TOPIC, OWN, on(0))
    assert (chosen.text, chosen.match, chosen.repeats) == (OWN, None, None)
    assert len(chosen.passed) == 2


def test_when_everything_was_heard_the_plans_own_sentences_come_back_and_say_so() -> None:
    times = heard(a=-3, b=-9) | {OWN: [Hearing(MONDAY - timedelta(5), EVERYBODY)]}
    chosen = Choosing(PIECES, fold, times).choose(TOPIC, OWN, on(0))
    assert (chosen.text, chosen.repeats) == (OWN, MONDAY - timedelta(5))


def test_a_piece_that_is_spoken_for_is_left_to_the_other_topic() -> None:
    assert Choosing(PIECES, fold, {}).choose(TOPIC, OWN, on(0), {"a"}).text == "b"
    assert Choosing(PIECES, fold, {}).choose(TOPIC, OWN, on(0), {"a", "b"}).text == OWN


def test_a_topic_without_a_piece_tells_its_own_sentences() -> None:
    chosen = Choosing(PIECES, fold, {}).choose("Văn nghệ quần chúng ở các bản.", OWN, on(0))
    assert (chosen.text, chosen.fitting) == (OWN, ())


def test_without_a_day_nothing_was_heard_too_lately() -> None:
    assert Choosing(PIECES, fold, heard(a=0)).choose(TOPIC, OWN, Audience()).text == "a"


ZONES = ("mot", "hai", "ba")
AIRINGS = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.sets(st.sampled_from(ZONES), min_size=1).map(frozenset),
        st.sampled_from(["nguồn nước suối", "thuế đất", "văn nghệ quần chúng"]),
    ),
    max_size=40,
)


@given(AIRINGS, st.integers(0, 4), st.integers(0, 2))
def test_in_two_months_no_listener_hears_a_piece_again_within_four_weeks(
    airings: list[tuple[int, frozenset[str], str]], waters: int, taxes: int
) -> None:
    pieces = [piece(f"n{n}") for n in range(waters)]
    pieces += [piece(f"t{n}", ("thuế đất",)) for n in range(taxes)]
    times: dict[str, list[Hearing]] = {}
    choosing = Choosing(pieces, fold, times)
    by_zone: dict[tuple[str, str], list[date]] = {}
    for days, zones, subject in airings:
        audience = on(days, zones)
        own = f"ke-hoach:{subject}"
        chosen = choosing.choose(f"Tuyên truyền về {subject}.", own, audience)
        day = MONDAY + timedelta(days)
        near = [
            other
            for zone in zones
            for other in by_zone.get((chosen.text, zone), [])
            if abs((other - day).days) < QUIET_DAYS
        ]
        # It says so when it repeats something, and then there was nothing else.
        assert bool(near) == bool(chosen.repeats)
        if near:
            assert chosen.match is None
            texts = [own, *(match.piece.id for match in chosen.fitting)]
            assert all(too_near(times, text, audience) for text in texts)
        times.setdefault(chosen.text, []).append(Hearing(day, zones))
        for zone in zones:
            by_zone.setdefault((chosen.text, zone), []).append(day)
