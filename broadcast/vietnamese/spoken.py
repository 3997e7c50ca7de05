"""Written Vietnamese as an announcer says it: no abbreviation, no symbol, no figure is left.

A line is cut into tokens once; at each token the first rule that fits takes as many tokens as it
reads. Every rule looks only a bounded way around, so reading is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from broadcast.vietnamese import codes, dates, documents, figures, words
from broadcast.vietnamese.characters import nfc
from broadcast.vietnamese.lexicon import Entry, Lexicon
from broadcast.vietnamese.line import BREAK, STRENGTH, Line, Reading
from broadcast.vietnamese.marks import mark
from broadcast.vietnamese.pauses import Pause, find
from broadcast.vietnamese.slashes import COUNTS
from broadcast.vietnamese.syllables import is_latin, is_unspeakable

_AFTER_WORDS = {
    "đ": frozenset(["triệu", "nghìn", "ngàn", "tỷ", "trăm", "tỉ"]),
    "C": frozenset(["độ"]),
    "F": frozenset(["độ"]),
}
"""Units that are said so only behind these words ("5 triệu đ", "30 độ C")."""
_AFTER_PLAIN = frozenset(["", " ", ",", ";"])
"""What may stand behind a plain word without being read together with it."""
_AMOUNTS = frozenset(["số", "số và đơn vị"])
_PASSES = 4
"""Most readings of the result again; one finds nothing more unless the lexicon feeds itself."""
_POINTS = frozenset("abcdđegh")
"""Letters by which the points of a law are counted."""
_SHORT = 2
"""Letters of an abbreviation that may be a code by chance."""
_STOPS = frozenset(".?!")
_FIGURES: tuple[Callable[[Line, int], Reading | None], ...] = (
    codes.run, codes.plate, figures.phone, documents.document, codes.house, dates.date,
    dates.months, dates.clock, dates.colon, dates.part_of_date,
)  # fmt: skip


class Change(NamedTuple):
    """`written`, at start to end of the written text (NFC), is said as `spoken`; `rule` why.

    `at` is where `spoken` begins in the spoken text.
    """

    start: int
    end: int
    written: str
    spoken: str
    rule: str
    at: int


class Unknown(NamedTuple):
    """What no rule reads, at start to end of the written text (NFC): it is left as it stands.

    An abbreviation that nobody taught, a sign without a name, letters of another alphabet.
    """

    start: int
    end: int
    text: str


class Spoken(NamedTuple):
    """What will be said, what was changed for it, and what the officer must still explain.

    `pauses` lie between its words; the marks in the text show them to a reader.
    """

    text: str
    changes: tuple[Change, ...]
    unknown: tuple[Unknown, ...]
    pauses: tuple[Pause, ...] = ()


class _Piece(NamedTuple):
    """A stretch of the written text and what is said for it: words, or only a mark."""

    start: int
    end: int
    words: str
    mark: str = ""
    rule: str = ""
    unknown: bool = False


def read_aloud(text: str, lexicon: Lexicon, region: str = "bắc") -> Spoken:
    """How a text is said; whatever it is, nothing is raised.

    Reading the result again changes nothing. What no rule can read is left as it is written.

    Args:
        text: any text; line ends count as spaces.
        lexicon: the product's, with the station's own entries.
        region: "bắc", "trung" or "nam" (numbers).
    """
    written = nfc(text)
    pieces = _pieces(written, lexicon, region, runs=True)
    said, places = _join(pieces)
    if _may_change(said, lexicon):
        pieces = _pieces(written, lexicon, region)
        said, places = _join(pieces)
    for _ in range(_PASSES):
        if not _may_change(said, lexicon):
            break
        again = _pieces(said, lexicon, region)
        if _join(again)[0] == said:
            break
        pieces = _compose(pieces, places, again)
        said, places = _join(pieces)
    changes = tuple(_changes(written, said, pieces, places))
    unknown = (Unknown(p.start, p.end, written[p.start : p.end]) for p in pieces if p.unknown)
    return Spoken(said, changes, tuple(unknown), find(said, _breaks(pieces, places)))


def _changes(
    written: str, said: str, pieces: list[_Piece], places: list[tuple[int, int]]
) -> Iterator[Change]:
    """What is said otherwise than it is written; the mark behind it is no part of it."""
    for piece, stop, (start, end) in zip(pieces, _settle(pieces), places, strict=True):
        before = written[piece.start : piece.end]
        after = said[start : end - len(stop) if piece.words else end]
        if piece.rule and before != after:
            yield Change(piece.start, piece.end, before, after, piece.rule, start)


def _breaks(pieces: list[_Piece], places: list[tuple[int, int]]) -> set[int]:
    """Where a comma of the text stands for a dash or a bracket."""
    stops = zip(_settle(pieces), places, strict=True)
    return {end - 1 for stop, (_, end) in stops if stop == BREAK}


def _may_change(said: str, lexicon: Lexicon) -> bool:
    """Whether reading this result again could find anything: a word that is still an entry."""
    return any(lexicon.may_read(word.rstrip(",.?!;:…")) for word in set(said.split()))


def format_trace(spoken: Spoken) -> str:
    """One line a change: "written -> spoken (rule)"; then the abbreviations nobody taught."""
    rows = [f"{_flat(c.written)} -> {c.spoken or '(bỏ)'} ({c.rule})" for c in spoken.changes]
    rows += [f"{one.text} -> ? (chưa có cách đọc)" for one in spoken.unknown]
    return "\n".join(rows)


def _flat(text: str) -> str:
    return " ".join(text.split()) or "␣"


def _pieces(text: str, lexicon: Lexicon, region: str, *, runs: bool = False) -> list[_Piece]:
    """The text read once, piece by piece, in order; `runs`: plain words in a row are one piece."""
    line = Line(text, region)
    pieces: list[_Piece] = []
    at = 0
    while at < len(line.tokens):
        kind = line.shape[at]
        if kind == " ":
            at += 1
            continue
        if runs and kind == "a" and (end := _run(line, at, lexicon)) > at:
            words = line.tokens[at:end:2]
            line.say_plain(words)
            pieces.append(_Piece(line.starts[at], line.starts[end], " ".join(words)))
            at = end
            continue
        reading = _read(line, at, kind, lexicon)
        start, end = line.starts[at], line.starts[at + reading.width]
        unknown = bool(reading.text) and not reading.rule and _is_unknown(kind, reading.text)
        unknown = unknown or (kind == "a" and not reading.rule and lexicon.is_doubtful(line, at))
        pieces.append(_Piece(start, end, reading.text, reading.pause, reading.rule, unknown))
        line.say(reading.text, reading.pause, reading.rule)
        at += reading.width
    return pieces


def _run(line: Line, at: int, lexicon: Lexicon) -> int:
    """Where the plain words from `at` on end, each with a space (the last: or a comma) behind it.

    Most of any text is such words: they pass by all rules here.
    """
    end = at
    tokens, shape, is_plain = line.tokens, line.shape, lexicon.is_plain
    while is_plain(tokens[end]):
        follower = shape[end + 1 : end + 3]
        if follower[:1] not in _AFTER_PLAIN:
            return end - 1 if end > at else at
        end += 1
        if follower != " a":
            return end
        end += 1
    return end - 1 if end > at else at


def _read(line: Line, at: int, kind: str, lexicon: Lexicon) -> Reading:
    """What the first rule that fits makes of the token at `at`."""
    if kind == "a":
        return _read_word(line, at, lexicon)
    if entry := lexicon.find(line, at):
        return _say_entry(line, at, entry)
    return _read_figures(line, at) if kind == "0" else mark(line, at)


def _read_figures(line: Line, at: int) -> Reading:
    for rule in _FIGURES:
        if reading := rule(line, at):
            return reading
    if line.is_at(at, "0/0") and (reading := figures.fraction(line, at)):
        return reading
    return figures.amount(line, at)


def _read_word(line: Line, at: int, lexicon: Lexicon) -> Reading:
    follower = line.kind(at + 1)
    if follower not in {"", " ", ","} and (reading := words.address(line, at)):
        return reading
    reading = _slashed(line, at, lexicon) if follower == "/" else None
    reading = reading or documents.numbered_document(line, at) or words.roman_number(line, at)
    if reading or (reading := codes.road(line, at) or codes.standard(line, at)):
        return reading
    if follower == "0" and (reading := codes.run(line, at)):
        return reading
    entry = lexicon.find(line, at)
    if follower == "0" and (reading := _with_figures(line, at, entry)):
        return reading
    if entry:
        return _say_entry(line, at, entry)
    return codes.form(line, at) or codes.serial(line, at) or _plain_word(line, at)


def _slashed(line: Line, at: int, lexicon: Lexicon) -> Reading | None:
    """ "K/g", "V/v": first letters of two words, in whatever case; untaught they are left.

    Two capitals ("A/B") are two things, and so are the points of a law ("a/b").
    """
    token, last = line.token(at), line.token(at + 2)
    if line.kind(at + 2) != "a":
        return None
    alone = line.starts_token(at) and line.kind(at + 3) not in {"/", "0"}
    if len(token) != 1 or len(last) != 1 or not alone or line.before() in COUNTS:
        return None
    for first in (token, token.swapcase()):
        for entry in lexicon.beginning(first):
            if "".join(entry.tokens).lower() == f"{token}/{last}".lower():
                return _say_entry(line, at, entry)
    points = {token, last} <= _POINTS
    return Reading(3, f"{token}/{last}", "") if last.islower() and not points else None


def _with_figures(line: Line, at: int, entry: Entry | None) -> Reading | None:
    """Letters with figures right behind them: "T2" is a day, "BC15" a code and no report."""
    if reading := dates.weekday_code(line, at):
        return reading
    if entry and (entry.station or len(entry.written) > _SHORT):
        return None
    return codes.lettered(line, at)


def _plain_word(line: Line, at: int) -> Reading:
    """A word as it stands; "x" between numbers; letters only of what is no word."""
    token = line.tokens[at]
    if token in _AFTER_WORDS and line.before() in _AFTER_WORDS[token]:
        return Reading(1, {"đ": "đồng", "C": "xê", "F": "ép"}[token], "số và đơn vị")
    after = line.kind(line.after_space(at + 1))
    times = token in {"x", "X"} and (
        after == "0" or (after == "a" and not COUNTS.isdisjoint(line.said[-4:]))
    )
    if times and (line.rule in _AMOUNTS or line.kind(at - 1) == " "):
        return Reading(1, "nhân", "dấu nhân")
    if token.isalpha() or any(sign.isalpha() and not is_latin(sign) for sign in token):
        return Reading(1, token, "")  # "一②" too: letters of another alphabet are left whole
    said = figures.odd_figures(token, line.region, after_number=line.kind(at - 1) == "0")
    return Reading(1, said, "ký tự lạ") if said else Reading(1, token, "")


def _say_entry(line: Line, at: int, entry: Entry) -> Reading:
    """An entry's words; a full stop of its own that ends the line too stays a pause."""
    width = len(entry.tokens)
    ends = entry.tokens[-1][-1] == "." and line.after_space(at + width) >= len(line.tokens)
    said = " ".join(entry.said.replace(" - ", " ").split())
    head = " ".join(said.split()[:2])
    if said != head and line.clause().endswith(f" {head}"):
        said = said.removeprefix(head).strip()  # "chỉ số PAR INDEX": the index is named once
    return Reading(
        width, said, "từ điển của đài" if entry.station else "từ điển", "." if ends else ""
    )


def _is_unknown(kind: str, token: str) -> bool:
    """Whether what no rule read is no word either: an abbreviation, a sign, another alphabet."""
    if kind != "a" or "/" in token or is_unspeakable(token):
        return True
    return not (token.isascii() or is_latin(token))


def _compose(
    pieces: list[_Piece], places: list[tuple[int, int]], again: list[_Piece]
) -> list[_Piece]:
    """What a second reading says (`again`), led back to the written text.

    `pieces` stand at `places` in the text that `again` read; what comes out of one piece, or
    belongs to one reading now, becomes one piece.
    """
    result: list[_Piece] = []
    first, covered = 0, -1
    for late in again:
        while places[first][1] <= late.start:
            first += 1
        last = first
        while last + 1 < len(pieces) and places[last + 1][0] < late.end:
            last += 1
        early = pieces[first]
        if first <= covered:
            result[-1] = _melt(result[-1], late, pieces[last].end)
        else:
            rule = late.rule or early.rule
            result.append(
                _Piece(early.start, pieces[last].end, late.words, late.mark, rule, late.unknown)
            )
        first, covered = last, last
    return result


def _melt(piece: _Piece, late: _Piece, end: int) -> _Piece:
    lead = " " if late.words else ""
    stop = "," if piece.mark == BREAK else piece.mark
    words = f"{piece.words}{stop}{lead}{late.words}".strip() if late.words else piece.words
    stop = late.mark if STRENGTH[late.mark] > STRENGTH[piece.mark] or late.words else piece.mark
    unknown = piece.unknown or late.unknown
    return _Piece(piece.start, max(piece.end, end), words, stop, late.rule or piece.rule, unknown)


def _join(pieces: list[_Piece]) -> tuple[str, list[tuple[int, int]]]:
    """The text that the pieces make, and where in it each of them stands.

    Of several marks in a row the strongest stays; none stands at the beginning.
    """
    marks = [stop if stop != BREAK else "," for stop in _settle(pieces)]
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    length = 0
    fresh = True
    for piece, stop in zip(pieces, marks, strict=True):
        said = piece.words
        if said and fresh and piece.rule:
            said = said[0].upper() + said[1:]
        lead = " " if said and length else ""
        parts.append(f"{lead}{said}{stop}")
        start = length + len(lead)
        length += len(parts[-1])
        places.append((min(start, length), length))
        fresh = stop in _STOPS if stop else fresh and not said
    return "".join(parts), places


def _settle(pieces: list[_Piece]) -> list[str]:
    """The mark each piece keeps."""
    marks = [""] * len(pieces)
    holder = -1
    for at, piece in enumerate(pieces):
        if piece.words:
            holder = at
        if piece.mark and holder >= 0 and STRENGTH[piece.mark] > STRENGTH[marks[holder]]:
            marks[holder] = piece.mark
    if holder >= 0 and marks[holder] in {",", BREAK}:
        marks[holder] = ""
    return marks
