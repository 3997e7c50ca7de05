"""Where a long text of a plan can be divided in two."""

from __future__ import annotations

import re
from itertools import accumulate

from broadcast.vietnamese.characters import sentences

_WORD = re.compile(r"\S+")
_CLAUSE, _LIST = (";", ":"), (",",)


def split_places(text: str, *, every: bool = False) -> tuple[int, ...]:
    """The characters before which a second part may begin, in order.

    After sentences, semicolons and colons; where there are none after commas; `every`: between
    any two words.
    """
    words = list(_WORD.finditer(text))
    ends = {count - 1 for count in accumulate(len(s.split()) for s in sentences(text))}
    inner = words[:-1]
    found = [n for n, word in enumerate(inner) if n in ends or word[0].endswith(_CLAUSE)]
    if not found:
        found = [n for n, word in enumerate(inner) if word[0].endswith(_LIST)]
    return tuple(words[n + 1].start() for n in (range(len(inner)) if every else found))
