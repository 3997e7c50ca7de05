"""Typing and scanning errors of a document, each with the one best suggestion and its reason.

Suggestions are for a person: nothing here changes a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from broadcast.vietnamese import context, surface
from broadcast.vietnamese.characters import nfc
from broadcast.vietnamese.confusions import Confusions
from broadcast.vietnamese.running import Token, runs
from broadcast.vietnamese.sentences import sentence_marks
from broadcast.vietnamese.suggestion import Suggestion
from broadcast.vietnamese.wordbook import Wordbook, wordbook

_REASONS = {
    context.WORD: "“{written}” không hợp với từ đứng cạnh, có lẽ là “{better}”",
    context.SYLLABLE: "“{written}” không phải là âm tiết tiếng Việt, có lẽ là “{better}”",
    context.DROPPED: "có lẽ sót từ “{better}”",
    context.SKIPPED: "có lẽ sót chữ của “{better}”",
    context.PARTED: "thừa dấu cách trong từ “{better}”",
    context.TOGETHER: "thiếu dấu cách trong “{better}”",
}
_NO_SYLLABLE = "“{written}” không phải là âm tiết tiếng Việt"


def spelling(lines: Sequence[str]) -> tuple[Suggestion, ...]:
    """What might be wrong in the lines of one document, in order; no two overlap.

    Lines need not be NFC, but the places are those of their NFC form. A sentence may run over
    line ends and empty lines, as it does in hard-wrapped plans.
    """
    texts = [nfc(line) for line in lines]
    book = wordbook()
    running = runs(texts)
    found = [
        *surface.doubled(running, book),
        *_words(running, book),
        *sentence_marks(texts),
        *surface.spaces(texts),
        *surface.unclosed(texts),
        *surface.mixed_style(texts),
    ]
    return tuple(_apart(texts, found))


@lru_cache(maxsize=1)
def _confusions() -> Confusions:
    return Confusions(wordbook().words())


def _words(running: list[list[Token]], book: Wordbook) -> Iterator[Suggestion]:
    judge = context.Judge(book, _confusions(), running)
    for run in running:
        readings = judge.readings(run)
        for reading in readings:
            yield _suggestion(run, reading)
        touched = {at for reading in readings for at in range(reading.first - 1, reading.last + 1)}
        for at, token in enumerate(run):
            if at not in touched and _is_no_syllable(token, book):
                yield _say(token, token, "", "syllable", _NO_SYLLABLE.format(written=token.text))


def _is_no_syllable(token: Token, book: Wordbook) -> bool:
    """Words without any Vietnamese letter are foreign, not slips."""
    return token.plain and not book.knows(token.word) and not token.word.isascii()


def _suggestion(run: Sequence[Token], reading: context.Reading) -> Suggestion:
    words = " ".join(reading.words)
    if reading.first == reading.last:
        # A word left out is put in after the word before it, which stands for the place.
        before = run[reading.first - 1]
        better = f"{before.text} {words}"
        return _say(before, before, better, reading.rule, _reason(reading.rule, "", words))
    tokens = run[reading.first : reading.last]
    better = words.capitalize() if tokens[0].text[0].isupper() else words
    written = " ".join(token.text for token in tokens)
    return _say(tokens[0], tokens[-1], better, reading.rule, _reason(reading.rule, written, better))


def _reason(rule: str, written: str, better: str) -> str:
    return _REASONS[rule].format(written=written, better=better)


def _say(first: Token, last: Token, better: str, rule: str, reason: str) -> Suggestion:
    return Suggestion(first.line, first.start, last.end, "", better, rule, reason)


def _apart(texts: Sequence[str], found: Sequence[Suggestion]) -> Iterator[Suggestion]:
    """In order of place, `written` filled in from the text; the earlier check wins a place."""
    kept: list[Suggestion] = []
    taken: set[tuple[int, int]] = set()
    for one in found:
        places = {(one.line, at) for at in range(one.start, one.end)}
        if places and not places & taken:
            taken |= places
            kept.append(one._replace(written=texts[one.line - 1][one.start : one.end]))
    return iter(sorted(kept))
