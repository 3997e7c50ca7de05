"""The lexicon: how abbreviations and foreign words are said, the product's and a station's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from os.path import dirname  # pathlib costs more than all of the lexicon
from typing import NamedTuple

from broadcast.vietnamese.characters import nfc
from broadcast.vietnamese.line import Line, cut
from broadcast.vietnamese.numbers import roman
from broadcast.vietnamese.syllables import is_latin, is_syllable, is_unspeakable

_MOST_PLAIN = 20_000
"""Words remembered as plain; Vietnamese has some 7,000 syllables."""
_FULL_STOP = frozenset(".")
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


Index = Mapping[str, tuple[Entry, ...]]


@dataclass(frozen=True)
class Lexicon:
    """Entries by their first token (`exact`), and in capitals for text typed in small letters."""

    entries: tuple[Entry, ...]
    exact: Index
    capitals: Index
    _plain: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

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
        loud = word.upper() in self.capitals and not is_syllable(word)
        return word in self.exact or loud or roman(word) is not None

    def _is_plain(self, word: str) -> bool:
        if not word.isalpha() or len(word) == 1 or word in self.exact or word.lower() == "số":
            return False
        if roman(word) is not None or is_unspeakable(word) or not is_latin(word):
            return False
        return word.upper() not in self.capitals or is_syllable(word)

    def with_station(self, entries: Mapping[str, str]) -> Lexicon:
        """This lexicon with a station's own entries (written: said), which win."""
        own = [_entry(written, said, station=True) for written, said in entries.items()]
        return _lexicon([*(entry for entry in own if entry.tokens), *self.entries])

    def find(self, line: Line, at: int) -> Entry | None:
        """The entry for the tokens at `at`, None where none fits what stands beside them."""
        token = line.tokens[at]
        for entry in self.exact.get(token, ()):
            if _matches(entry, line, at) and _fits(entry, line, at):
                return entry
        if token.islower() or token.istitle():
            loud = token.upper()
            if loud in self.capitals and not is_syllable(token):
                for entry in self.capitals[loud]:
                    if _matches(entry, line, at, loud=True) and _fits(entry, line, at):
                        return entry
        return None

    def is_doubtful(self, line: Line, at: int) -> bool:
        """Whether the word at `at` is an abbreviation of which nothing beside it decides."""
        entries = self.exact.get(line.tokens[at], ())
        return any(
            len(entry.tokens) == 1
            and len(entry.written) > 1
            and entry.written.isupper()
            and not _is_heading_word(entry, line, at)
            for entry in entries
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
        around = f" {' '.join(line.said[-_AROUND:])} {line.following(at + 1, _AROUND)} "
        return any(f" {word} " in around for word in entry.beside)
    if entry.side == "prev":
        said = line.clause(4) or "".join(f" {word}" for word in line.said[-5:-1])
        return any(said.endswith(f" {word}") for word in entry.beside)
    return True


def _next_fits(entry: Entry, line: Line, after: int) -> bool:
    token, kind = line.token(after), line.kind(after)
    following = line.following(after)
    for word in entry.beside:
        if word == "<number>":
            fits = kind == "0"
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


def _is_initial(entry: Entry, line: Line, at: int) -> bool:
    """Whether "H." is no district but the end of a person's name ("Phạm Văn H.")."""
    if len(entry.tokens) != 2 or len(entry.tokens[0]) != 1:
        return False
    return line.kind(at - 1) == " " and at > 1 and line.token(at - 2).istitle()


def _entry(written: str, said: str, *, station: bool = False) -> Entry:
    written = " ".join(nfc(written).split())
    return Entry(written, tuple(cut(written)), " ".join(nfc(said).split()), station=station)


def _lexicon(entries: Iterable[Entry]) -> Lexicon:
    ordered = tuple(sorted(entries, key=Entry.rank))
    exact: dict[str, list[Entry]] = {}
    capitals: dict[str, list[Entry]] = {}
    for entry in ordered:
        exact.setdefault(entry.tokens[0], []).append(entry)
        if entry.written.isupper():
            capitals.setdefault(entry.tokens[0], []).append(entry)
    return Lexicon(
        ordered,
        {first: tuple(found) for first, found in exact.items()},
        {first: tuple(found) for first, found in capitals.items()},
    )


@lru_cache(maxsize=1)
def product_lexicon() -> Lexicon:
    """The lexicon that the product ships (lexicon.yaml beside this module), read once."""
    import yaml  # noqa: PLC0415  # whoever only asks for types need not load it

    # importlib.resources would take longer to import than everything else here.
    with open(f"{dirname(__file__)}/lexicon.yaml", "rb") as file:  # noqa: PTH120, PTH123
        source = file.read()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    blocks = yaml.load(source, Loader=loader)  # noqa: S506  # both are safe loaders
    ambiguous = [_context(row) for row in blocks.pop("ambiguous").splitlines()]
    rows = (row.partition(": ") for block in blocks.values() for row in block.splitlines())
    return _lexicon([*ambiguous, *(_entry(written, said) for written, _, said in rows)])


def _context(row: str) -> Entry:
    written, side, beside, said = (cell.strip() for cell in row.split(" | "))
    words = tuple(word.strip().replace("<,>", ",") for word in beside.split(","))
    return Entry(written, tuple(cut(written)), said, side, words)
