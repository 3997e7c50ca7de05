"""Slips one sees without knowing words: spaces, marks, quotes and brackets, doubled words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from broadcast.vietnamese.running import NAME, Token, common, goes_on
from broadcast.vietnamese.suggestion import Suggestion
from broadcast.vietnamese.wordbook import Wordbook

_GAP = re.compile(r"(?<=\S)[ \t\u00a0]{2,3}(?=\S)")
_WIDE = re.compile(r"\S[ \t\u00a0]{4,}\S|\t")
_MOST_GAPS = 3
"""More wide spaces than this in one line are a layout in columns, not slips."""
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S{1,64}@\S+|(?<![\w-])[\w-]{1,64}(?:\.[a-z]{2,})+(?:/\S*)?"
)
_SPACE_BEFORE = re.compile(
    r"(?<=[\w\])”\"%])[ \u00a0]+(?P<mark>(?:[,;:!?)\]”]|\.(?!\w)))(?![./)\d])"
)
_SPACE_INSIDE = re.compile(r"(?P<mark>[(\[“])[ \u00a0]+(?=\w)")
_NO_SPACE_AFTER = re.compile(
    r"(?<=[^\W\d_])[,;:!?](?=[^\W\d_])|(?<=[a-zà-ỹ])\.(?=[A-ZÀ-ỸĐ][a-zà-ỹ])"
)
_NO_SPACE_BEFORE = re.compile(r"(?<=[^\W\d_]{2})[(“](?=[^\W\d_]{3})")
_MARKS = re.compile(r"(?<![.…])(?:…\.+|\.…|,,+|;;+|::+|,\.|\.,|;,|,;|\.\.)(?![.…/])")
_MARKS_AT_MOST = 4
_BETTER_MARKS = {"….": "…", ".…": "…", "..": ".", ",.": ".", ".,": ","}
_NOT_DOUBLED = frozenset(["năm", "ba", "hai", "mười"])
"""Numbers, of which two may meet: "năm năm" are five years."""
_LONGEST_DOUBLED = 3
_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»"}
_OPENINGS = {closing: opening for opening, closing in _PAIRS.items()}
_MOST_WAITING = 50
"""Marks open at once; where more are, it is no sentence."""
_LOOK_BACK = 12
"""Signs of a line looked back at, which keeps long lines cheap."""
_QUOTES = "“«"
_LABEL = re.compile(r"(?:^[\W_]*|[,;.:]\s*)(?:\w{1,3}|\d+(?:\.\d+)*)\)$")
"""The number of a point, whose bracket nothing opens: "a)"."""
_QUOTED_LINES = 12
"""A quotation may run over several paragraphs, up to so many lines that carry text."""
_BRACKETED_LINES = 2
_SCHOOL = frozenset("oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split())
_NAME = re.compile(r"[A-ZÀ-Ỹ][a-zà-ỹ]* [A-ZÀ-Ỹ][a-zà-ỹ]*$")
_NAME_GOES_ON = re.compile(r"[A-ZÀ-Ỹ][a-zà-ỹ]* [A-ZÀ-Ỹ]")
_USUAL = frozenset("òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split())


def spaces(lines: Sequence[str]) -> Iterator[Suggestion]:
    """Spaces too many, before a mark or missing after one, and marks that stand twice."""
    for number, line in enumerate(lines, 1):
        if "|" in line:
            continue
        addresses = [range(*match.span()) for match in _ADDRESS.finditer(line)]
        for found in _in_line(number, line):
            if not any(found.start in address for address in addresses):
                yield found


def _in_line(number: int, line: str) -> Iterator[Suggestion]:
    in_columns = bool(_WIDE.search(line))
    gaps = [*_GAP.finditer(line)]
    if len(gaps) <= _MOST_GAPS and not in_columns:
        for gap in gaps:
            if not _SPACE_BEFORE.match(line, gap.start()):
                yield _say(number, gap, " ", "double-space", "thừa dấu cách giữa hai từ")
    for match in _SPACE_BEFORE.finditer(line) if not in_columns else ():
        mark = match["mark"]
        yield _say(number, match, mark, "space-before", f"thừa dấu cách trước “{mark}”")
    for match in _SPACE_INSIDE.finditer(line):
        mark = match["mark"]
        yield _say(number, match, mark, "space-inside", f"thừa dấu cách sau “{mark}”")
    for match in _NO_SPACE_AFTER.finditer(line):
        mark = match.group()
        yield _say(number, match, f"{mark} ", "space-missing", f"thiếu dấu cách sau “{mark}”")
    for match in _NO_SPACE_BEFORE.finditer(line):
        mark = match.group()
        yield _say(number, match, f" {mark}", "space-missing", f"thiếu dấu cách trước “{mark}”")
    for match in _MARKS.finditer(line):
        marks = match.group()
        if len(marks) <= _MARKS_AT_MOST:
            better = _BETTER_MARKS.get(marks, marks[0])
            yield _say(number, match, better, "double-mark", f"hai dấu câu liền nhau “{marks}”")


def _say(number: int, match: re.Match[str], better: str, rule: str, reason: str) -> Suggestion:
    return Suggestion(number, *match.span(), match.group(), better, rule, reason)


def doubled(runs: Sequence[Sequence[Token]], book: Wordbook) -> Iterator[Suggestion]:
    """A word, or up to three words, written twice in a row; the second time is to go."""
    for run in runs:
        words = [token.word for token in run]
        at = 0
        while at < len(run):
            size = next((s for s in range(_LONGEST_DOUBLED, 0, -1) if _twice(words, at, s)), 0)
            if size and _is_slip(run, at, size, book):
                end = at + 2 * size
                while _twice(words, end - size, size):
                    end += size
                yield _without(run[at:end], size)
                at = end - 1
            at += 1


def _twice(words: Sequence[str], at: int, size: int) -> bool:
    return words[at : at + size] == words[at + size : at + 2 * size] and len(words) >= at + 2 * size


def _is_slip(run: Sequence[Token], at: int, size: int, book: Wordbook) -> bool:
    tokens = run[at : at + 2 * size]
    words = {token.word for token in tokens}
    if NAME in words or not tokens[-1].plain:
        return False
    if tokens[size].text[0].isupper() and tokens[0].text[0].islower():
        return False
    if size > 1:
        return len(words) > 1
    word = tokens[0].word
    if not tokens[0].plain or not book.knows(word) or word in _NOT_DOUBLED:
        return False
    return word not in book.after(word).counts and not _meets_itself(run, at, book)


def _meets_itself(run: Sequence[Token], at: int, book: Wordbook) -> bool:
    """Whether one compound ends and the next begins with the word: "phân công công chức"."""
    if at == 0 or at + 2 >= len(run):
        return False
    before, word, after = run[at - 1].word, run[at].word, run[at + 2].word
    if after in book.after(f"{before} {word}").counts:
        return False
    return book.binds(before, word) and book.binds(word, after)


def _without(tokens: Sequence[Token], size: int) -> Suggestion:
    """Keep the first `size` words; over a line end take out what stands on the second line."""
    said = " ".join(token.text for token in tokens[:size])
    reason = f"“{said}” viết hai lần liền nhau"
    first, second = tokens[0], tokens[size]
    if tokens[-1].line == first.line:
        written = _between(tokens)
        return Suggestion(first.line, first.start, tokens[-1].end, written, said, "doubled", reason)
    rest = [token for token in tokens[size:] if token.line == second.line]
    written = _between(rest)
    return Suggestion(second.line, second.start, rest[-1].end, written, "", "doubled", reason)


def _between(tokens: Sequence[Token]) -> str:
    """What stands in the line from the first token to the last; only white space parts them."""
    made = tokens[0].text
    for one, two in pairwise(tokens):
        made += " " * (two.start - one.end) + two.text
    return made


class _Open(NamedTuple):
    """A mark that waits for its other half; `seen` counts the lines with text up to it."""

    line: int
    at: int
    sign: str
    seen: int

    def suggestion(self) -> Suggestion:
        name = "dấu ngoặc kép" if self.sign in _QUOTES else f"dấu “{self.sign}”"
        reason = f"{name} mở mà không đóng"
        return Suggestion(self.line, self.at, self.at + 1, self.sign, "", "unclosed", reason)

    def may_wait(self, seen: int, *, fresh: bool) -> bool:
        """Whether its other half may still come in a line, with which a sentence begins or not."""
        reach = _QUOTED_LINES if self.sign in _QUOTES else _BRACKETED_LINES
        return not fresh or seen - self.seen <= reach


def unclosed(lines: Sequence[str]) -> Iterator[Suggestion]:
    """Quotes and brackets that open and do not close, or close and never opened."""
    waiting: list[_Open] = []
    seen = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        seen += 1
        fresh = not goes_on(line)
        yield from (mark.suggestion() for mark in waiting if not mark.may_wait(seen, fresh=fresh))
        waiting = [mark for mark in waiting if mark.may_wait(seen, fresh=fresh)]
        for at, sign in enumerate(line):
            if sign in _PAIRS:
                waiting.append(_Open(number, at, sign, seen))
                del waiting[:-_MOST_WAITING]
            elif sign in _OPENINGS:
                is_label = bool(_LABEL.search(line[max(0, at - _LOOK_BACK) : at + 1]))
                yield from _closed(waiting, _Open(number, at, sign, seen), is_label=is_label)
    yield from (mark.suggestion() for mark in waiting)


def _closed(waiting: list[_Open], mark: _Open, *, is_label: bool) -> Iterator[Suggestion]:
    """Take out of those waiting what a closing mark closes; what opened within it never closed."""
    opening = _OPENINGS[mark.sign]
    if not any(one.sign == opening for one in waiting):
        if is_label:
            return
        name = "dấu ngoặc kép" if opening in _QUOTES else f"dấu “{mark.sign}”"
        reason = f"{name} đóng mà không mở"
        yield Suggestion(mark.line, mark.at, mark.at + 1, mark.sign, "", "unopened", reason)
        return
    while waiting[-1].sign != opening:
        yield waiting.pop().suggestion()
    waiting.pop()


def mixed_style(lines: Sequence[str]) -> Iterator[Suggestion]:
    """Words of the rarer of the two ways to place a tone ("uỷ", "ủy"), each where it is first."""
    places: dict[str, tuple[int, int, str]] = {}
    counts: Counter[str] = Counter()
    styles: dict[bool, set[str]] = defaultdict(set)
    for number, line in enumerate(lines, 1):
        for match in re.finditer(r"[^\W\d_]+", line):
            word = match.group().lower()
            tail = word[-2:]
            if len(word) < 2 or word[0] == "q" or (tail not in _SCHOOL and tail not in _USUAL):
                continue
            head = line[max(0, match.start() - _LOOK_BACK) : match.end()]
            if _NAME.search(head) or _NAME_GOES_ON.match(line, match.start()):
                continue
            styles[tail in _SCHOOL].add(word)
            counts[word] += 1
            places.setdefault(word, (number, match.start(), match.group()))
    school, usual = (sum(counts[word] for word in styles[way]) for way in (True, False))
    if not school or not usual:
        return
    rarer = school <= usual
    for word in sorted(styles[rarer], key=lambda word: places[word][:2]):
        number, start, written = places[word]
        better = _restyled(written, to_usual=rarer)
        reason = (
            f"văn bản đặt dấu thanh hai kiểu: “{better.lower()}” {max(school, usual)} chỗ, "
            f"“{word}” {min(school, usual)} chỗ"
        )
        yield Suggestion(number, start, start + len(written), written, better, "tone-style", reason)


_TO_SCHOOL = {common(tail): tail for tail in _SCHOOL}


def _restyled(written: str, *, to_usual: bool) -> str:
    tail = written[-2:].lower()
    new = common(tail) if to_usual else _TO_SCHOOL[tail]
    cased = "".join(b.upper() if a.isupper() else b for a, b in zip(written[-2:], new, strict=True))
    return written[:-2] + cased
