"""Cutting long texts where a reader would breathe, for engines that want short ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_WORD = 60
"""Letters; no Vietnamese syllable has more than 7, no address read aloud more than this."""

LONGEST_NUMBER = 15
"""Digits; what is longer is a code, and is read digit by digit."""

_SENTENCE = re.compile(r"(?<=[.!?…;:])\s+")
_CLAUSE = re.compile(r"(?<=[,)–—])\s+")
_WORD = re.compile(r"\s+")
_CODE = re.compile(rf"\d{{{LONGEST_NUMBER + 1},}}")
_MONSTER = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def cut(text: str, longest: int) -> tuple[str, ...]:
    """`text` in parts of at most `longest` characters (at least LONGEST_WORD), nothing dropped.

    Cut after sentences, within too long sentences after clauses, then between words. A short text
    stays whole. Overlong numbers and words are taken apart first.
    """
    spaced = _MONSTER.sub(r"\g<0> ", _CODE.sub(lambda code: " ".join(code[0]), text.strip()))
    return tuple(_parts(spaced, longest, (_SENTENCE, _CLAUSE, _WORD))) if spaced else ()


def _parts(text: str, longest: int, seams: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    """Parts cut at the first of `seams`, those still too long at the next; short ones joined."""
    if len(text) <= longest or not seams:
        yield text
        return
    held = ""
    for part in seams[0].split(text):
        if held and len(held) + 1 + len(part) > longest:
            yield from _parts(held, longest, seams[1:])
            held = part
        else:
            held = f"{held} {part}" if held else part
    yield from _parts(held, longest, seams[1:])
