"""The lexicon: how abbreviations and foreign words are said, the product's and a station's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from os.path import dirname  # pathlib costs more than all of the lexicon
from typing import NamedTuple

from broadcast.vietnamese.characters import nfc
from broadcast.vietnamese.line import Line, cut, first_token
from broadcast.vietnamese.numbers import roman
from broadcast.vietnamese.syllables import is_latin, is_syllable, is_unspeakable

_MOST_PLAIN = 20_000
"""Words remembered as plain; Vietnamese has some 7,000 syllables."""
_FULL_STOP = frozenset(".")
_PAIR = 2
"""Letters of which a syllable in capitals may be an abbreviation."""
_AROUND = 40
"""Words said before, and tokens after, that tell what a line is about."""


class Entry(NamedTuple):
    """How one written form is said: always, or only beside some words.

    `side` is "" (always), "next", "prev" or "near" (the line around it); `beside` the words of
    which one must stand there.
    """

    written: str
    tokens: tuple[str, ...]
    said: str
    side: str = ""
    beside: tuple[str, ...] = ()
    station: bool = False

    def rank(self) -> tuple[int, bool, bool, int]:
        """Order of trying: longest first, the station's own first, then what asks for context."""
        core = sum(token not in _FULL_STOP for token in self.tokens)
        return (-core, not self.station, not self.side, -len(self.tokens))


class Row(NamedTuple):
    """An entry as it is written down, `beside` in one cell; made an Entry when it is asked for."""

    written: str
    said: str
    side: str = ""
    beside: str = ""
    station: bool = False

    def entry(self) -> Entry:
        """The entry, its written form cut into tokens."""
        words = tuple(word.strip().replace("<,>", ",") for word in self.beside.split(","))
        beside = words if self.beside else ()
        tokens = tuple(cut(self.written))
        return Entry(self.written, tokens, self.said, self.side, beside, self.station)


class Lexicon:
    """Entries by their first token, and in capitals for text typed in small letters.

    A text meets few of a thousand entries: the others stay rows, so that reading a line starts at
    once.

    Args:
        rows: by the first token of what is written; those that ask for context in order of trying.
    """

    __slots__ = ("_capitals", "_exact", "_plain", "_rows")

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self._rows = rows
        self._exact: dict[str, tuple[Entry, ...]] = {}
        self._capitals: dict[str, tuple[Entry, ...]] = {}
        self._plain: dict[str, bool] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries."""
        return tuple(entry for first in self._rows for entry in self.beginning(first))

    def beginning(self, first: str) -> tuple[Entry, ...]:
        """The entries whose first token this is, in order of trying."""
        if first not in self._rows:
            return ()
        found = self._exact.get(first)
        if found is None:
            ordered = sorted((row.entry() for row in self._rows[first]), key=Entry.rank)
            found = self._exact[first] = tuple(ordered)
        return found

    def in_capitals(self, first: str) -> tuple[Entry, ...]:
        """Those of them that are written in capitals throughout."""
        if first not in self._rows:
            return ()
        found = self._capitals.get(first)
        if found is None:
            loud = (entry for entry in self.beginning(first) if entry.written.isupper())
            found = self._capitals[first] = tuple(loud)
        return found

    def is_plain(self, word: str) -> bool:
        """Whether no rule reads this word, whatever stands around it but figures and marks."""
        known = self._plain.get(word)
        if known is None:
            if len(self._plain) >= _MOST_PLAIN:
                self._plain.clear()
            known = self._plain[word] = self._is_plain(word)
        return known

    def may_read(self, word: str) -> bool:
        """Whether an entry or a Roman number could begin at this word of a spoken text."""
        if self.is_plain(word) or not word:
            return False
        loud = bool(self.in_capitals(word.upper())) and not is_syllable(word)
        return word in self._rows or loud or roman(word) is not None

    def _is_plain(self, word: str) -> bool:
        if not word.isalpha() or len(word) == 1 or word in self._rows or word.lower() == "số":
            return False
        if roman(word) is not None or is_unspeakable(word) or not is_latin(word):
            return False
        if len(word) == _PAIR and word.isupper() and word.isascii():
            return False
        return is_syllable(word) or not self.in_capitals(word.upper())

    def with_station(self, entries: Mapping[str, str]) -> Lexicon:
        """This lexicon with a station's own entries (written: said), which win."""
        rows = dict(self._rows)
        for written, said in entries.items():
            row = Row(_spaced(written), _spaced(said), station=True)
            if row.written:
                first = first_token(row.written)
                rows[first] = (row, *rows.get(first, ()))
        return Lexicon(rows)

    def find(self, line: Line, at: int) -> Entry | None:
        """The entry for the tokens at `at`, None where none fits what stands beside them."""
        token = line.tokens[at]
        for entry in self.beginning(token):
            if _matches(entry, line, at) and _fits(entry, line, at):
                return entry
        if token.islower() or token.istitle():
            loud = self.in_capitals(token.upper())
            for entry in loud if loud and not is_syllable(token) else ():
                if _matches(entry, line, at, loud=True) and _fits(entry, line, at):
                    return entry
        return None

    def is_doubtful(self, line: Line, at: int) -> bool:
        """Whether the word at `at` is an abbreviation of which nothing beside it decides."""
        return _is_lone_pair(line, at) or any(
            len(entry.tokens) == 1
            and len(entry.written) > 1
            and entry.written.isupper()
            and not _is_heading_word(entry, line, at)
            for entry in self.beginning(line.tokens[at])
        )


def _matches(entry: Entry, line: Line, at: int, *, loud: bool = False) -> bool:
    for offset, wanted in enumerate(entry.tokens):
        token = line.token(at + offset)
        if (token.upper() if loud else token) != wanted and not (wanted == " " and token.isspace()):
            return False
    return True


def _fits(entry: Entry, line: Line, at: int) -> bool:
    if _is_heading_word(entry, line, at) or _is_initial(entry, line, at):
        return False
    if entry.side == "next":
        return _next_fits(entry, line, line.after_space(at + len(entry.tokens)))
    if entry.side == "near":
        around = f" {' '.join(line.said[-_AROUND:])} {_words_after(line, at + 1)} "
        return any(f" {word} " in around for word in entry.beside)
    if entry.side == "prev":
        said = line.clause(4) or "".join(f" {word}" for word in line.said[-5:-1])
        return any(said.endswith(f" {word}") for word in entry.beside)
    return True


def _words_after(line: Line, at: int) -> str:
    """The words and figures that come, in small letters, whatever marks stand between."""
    coming = zip(line.tokens[at : at + _AROUND], line.shape[at : at + _AROUND], strict=True)
    return " ".join(token.lower() for token, kind in coming if kind in "a0")


def _next_fits(entry: Entry, line: Line, after: int) -> bool:
    token, kind = line.token(after), line.kind(after)
    following = line.following(after)
    for word in entry.beside:
        if word == "<number>":
            fits = kind == "0"
        elif word == "<date>":
            fits = line.is_at(after, "0/0")
        elif word == "<name>":
            fits = token.istitle()
        elif word == "<punctuation>":
            fits = kind in {":", "."}
        else:
            fits = following.startswith(word) and not following[len(word) : len(word) + 1].isalpha()
        if fits:
            return True
    return False


def _is_heading_word(entry: Entry, line: Line, at: int) -> bool:
    """Whether a word that is a syllable too ("AI", "SIM") stands in a heading in capitals."""
    if entry.station or len(entry.tokens) > 1 or not is_syllable(entry.written):
        return False
    beside = (line.token(at - 2), line.token(at + 2))
    return any(len(word) > 1 and word.isupper() and is_syllable(word) for word in beside)


def _is_lone_pair(line: Line, at: int) -> bool:
    """Whether two capitals that make a syllable ("HA") stand among words in small letters."""
    token = line.token(at)
    if len(token) != _PAIR or not (token.isupper() and token.isascii()):
        return False
    beside = line.token(at - 2) if at > 1 else "", line.token(at + 2)
    return not any(word.isupper() for word in beside) and any(word.islower() for word in beside)


def _is_initial(entry: Entry, line: Line, at: int) -> bool:
    """Whether "H." is no district but the end of a person's name ("Phạm Văn H.")."""
    if len(entry.tokens) != 2 or len(entry.tokens[0]) != 1:
        return False
    return line.kind(at - 1) == " " and at > 1 and line.token(at - 2).istitle()


def _spaced(text: str) -> str:
    return " ".join(nfc(text).split())


@lru_cache(maxsize=1)
def product_lexicon() -> Lexicon:
    """The lexicon that the product ships (lexicon.yaml beside this module), read once."""
    import yaml  # noqa: PLC0415  # whoever only asks for types need not load it

    # importlib.resources would take longer to import than everything else here.
    with open(f"{dirname(__file__)}/lexicon.yaml", "rb") as file:  # noqa: PTH120, PTH123
        source = file.read()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    blocks = yaml.load(source, Loader=loader)  # noqa: S506  # both are safe loaders
    rows: dict[str, list[Row]] = {}
    for line in blocks.pop("ambiguous").splitlines():
        written, side, beside, said = line.split(" | ")
        rows.setdefault(first_token(written), []).append(Row(written, said, side, beside))
    for block in blocks.values():
        for line in block.splitlines():
            written, _, said = line.partition(": ")
            rows.setdefault(first_token(written), []).append(Row(written, said))
    return Lexicon(rows)
