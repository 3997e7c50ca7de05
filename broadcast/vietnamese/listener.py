"""A plan's paragraph retold for the ear: whole short sentences, lists counted, one document number.

Plans are written for offices ("Tiếp tục đẩy mạnh tuyên truyền, phổ biến ..."), up to a hundred
syllables a sentence; by ear 15 to 20 are easy and 30 are the ceiling. Nothing is invented: what is
told are the plan's own words. What is added only makes sentences of them (`FRAMES`), as a draft
that a person edits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from broadcast.vietnamese.breaks import GOING_ON, MOST_SYLLABLES, NEXT, Part, split
from broadcast.vietnamese.characters import count_syllables, fold, nfc, sentences
from broadcast.vietnamese.lexicon import Lexicon
from broadcast.vietnamese.numbers import cardinal
from broadcast.vietnamese.phrases import (
    END,
    NOUN_HEAD,
    PARTNERS,
    VERB_HEAD,
    capital,
    clean,
    lower_first,
    one_number,
    tidy,
    without_lead,
)
from broadcast.vietnamese.spoken import read_aloud
from broadcast.vietnamese.titles import short_title

__all__ = ["FRAMES", "MOST_SYLLABLES", "opened", "retell", "short_title"]

OPENING = "Nội dung này nói về"
DETAIL = "Cụ thể là"
_IN_TURN = ("Cùng với đó là", "Tiếp theo là", "Ngoài ra là")
_TO_KNOW = "Bà con cần biết"
_HAS_PARTS = "Nội dung này có {} phần"
_MORE_PARTS = "Tiếp theo là {} nội dung"
FRAMES = (OPENING, DETAIL, *_IN_TURN, _TO_KNOW, _HAS_PARTS, _MORE_PARTS, *GOING_ON)
"""All that is ever added to the plan's words, besides "một là" and "việc": it makes sentences."""

_MOST_ITEMS = 12
_LEAST_ITEMS = 3
_COUNTED = re.compile(
    r"(?:^|.* )(?P<count>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2}) "
    r"(?:nội dung|việc|phần|bước|nhóm|nhiệm vụ|lĩnh vực|loại|điều|cách|mục tiêu|chỉ tiêu)\b",
    re.IGNORECASE,
)
"""The head of a list that says how many items follow."""
_LIST = re.compile(r" (?:là|(?:bao )?gồm)(?: có)?:? ")
_TIED = re.compile(r"^(?:nhằm|để|về|đối với)(?: việc)? (?!đích)", re.IGNORECASE)

_FRAGMENT = re.compile(r"(?:về|đối với (?![^,]*,)) ?", re.IGNORECASE)
_STILL = ("từng ", "mỗi ", "kể cả", "nhất là", "đặc biệt")
"""Beginnings of what still belongs to the item before."""
_SPECIAL = re.compile(r"(?:đặc biệt|nhất)(?: là)?,? (?=\w)", re.IGNORECASE)
_QUESTION = re.compile(r" (?:gì|nào|đâu|bao nhiêu|ra sao)$")
_PREPOSITION = re.compile(r" (?:tại|trong|trên|cho|với|ở|vào) ")

_SOME_TIME = re.compile(
    r"(?:trong )?(?:năm|tháng|quý|tuần) [\w/]+(?: năm \d+)?, "
    r"(?:xã|phường|tỉnh|người|bà con|ubnd)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:người (?:dân|nào|đi|làm|có)|bà con|xã|phường|địa phương|ubnd|mỗi|nhà|hộ|công dân|cán bộ|"
    r"ai\b|không|đừng|mời|xin|hãy|đề nghị|chúng ta|mọi|toàn (?:dân|xã)|trung tâm|công an|"
    r"tổ(?! chức))\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r" (?:là|được|có thể|phải|sẽ|đang|đã|cần|không|cũng|nên|tập trung|cử|có|gồm|bị|giúp|nhận|làm|"
    r"thả|vào) ",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:trước khi|sau khi|khi|nếu|đối với|từ|tại|nhờ|để) [^,]{2,90}, ", re.IGNORECASE
)
_ASKED = re.compile(
    r"(?:bà con|người dân|xã|ai|cần|phải|sẽ|được|nên|mời|đề nghị|không|các)\b", re.IGNORECASE
)


class _List(NamedTuple):
    """What a list is of, and its items."""

    head: str
    items: tuple[str, ...]


def retell(text: str) -> tuple[str, ...]:
    """Sentences for the ear out of a plan's paragraph.

    Office phrases at the head go; what only names a thing is put into a neutral frame ("Nội dung
    này nói về ..."); three items or more are counted ("Một là, ..."); nothing is longer than 30
    syllables as heard; of all document numbers only the first stays (without its date).
    Abbreviations stay (see `opened`). Each sentence begins with a capital and ends with
    a full stop; a paragraph without content gives none.
    """
    parts: list[Part] = []
    for sentence in sentences(one_number(clean(text))):
        parts += _sentence(sentence, first=not parts)
    return tuple(dict.fromkeys(_said(parts)))


def opened(text: str, lexicon: Lexicon) -> str:
    """The text with its abbreviations written out that stand for the words they are read as.

    "CCHC" becomes "cải cách hành chính"; names that are only said in another way ("SIPAS") and
    document numbers stay as they are.
    """
    plain = nfc(text)
    for change in reversed(read_aloud(plain, lexicon).changes):
        said = change.spoken.rstrip(END)
        if _stands_for(change.written, said):
            said = said if change.start else capital(said)
            plain = f"{plain[: change.start]}{said}{plain[change.end :]}"
    return plain


def _stands_for(written: str, said: str) -> bool:
    """Whether an abbreviation in capitals is made of the first letters of what it is read as."""
    initials = "".join(word[0] for word in said.split())
    return written.isalpha() and written.isupper() and fold(initials) == fold(written)


def _said(parts: Iterable[Part]) -> Iterator[str]:
    """The parts as sentences; those that go on in turn get a different beginning each."""
    turn = 0
    for part in parts:
        body, frame = tidy(part.text), part.frame
        if not body:
            continue
        if frame.startswith(NEXT):
            frame = _IN_TURN[turn % len(_IN_TURN)] + frame.removeprefix(NEXT)
            turn += 1
        whole = f"{frame} {body}" if frame else body
        yield f"{capital(whole)}{'' if whole.endswith(('!', '?')) else '.'}"


def _sentence(sentence: str, *, first: bool) -> list[Part]:
    """One sentence of the plan: a list that is counted, or clauses one by one."""
    frame = OPENING if first else NEXT
    listed = _list_over_clauses(sentence)
    if listed:
        return [*_clause(listed.head, frame), *_counted(listed.items)]
    clauses = [tidy(clause) for clause in sentence.split(";") if count_syllables(clause) > 1]
    if len(clauses) == 1 or any(_is_whole(_bare(clause)) for clause in clauses):
        return [p for at, c in enumerate(clauses) for p in _clause(c, NEXT if at else frame)]
    if _LEAST_ITEMS <= len(clauses) <= _MOST_ITEMS:
        many = cardinal(len(clauses))
        intro = (_HAS_PARTS if first else _MORE_PARTS).format(many)
        return [Part("", intro), *_counted(clauses)]
    return [p for at, c in enumerate(clauses) for p in _clause(c, NEXT if at else frame)]


def _list_over_clauses(sentence: str) -> _List | None:
    """A list whose items stand between semicolons after a colon."""
    head, colon, rest = sentence.partition(":")
    items = tuple(tidy(item) for item in rest.split(";") if count_syllables(item) > 1)
    if not colon or ";" in head or count_syllables(head) < 2 or ":" in rest:
        return None
    if not _LEAST_ITEMS <= len(items) <= _MOST_ITEMS or len(_comma_items(items[0])) > 2:
        return None
    return _List(head, items)


def _counted(items: Iterable[str]) -> list[Part]:
    """Items as "Một là, ...", "Hai là, ..."."""
    parts: list[Part] = []
    for number, item in enumerate(items, 1):
        head, colon, rest = item.partition(":")
        names = colon and not _is_list(head, _comma_items(rest))
        plain = f"{head} {rest.strip()}" if names else head
        parts += _simple(plain, f"{capital(cardinal(number))} là,")
        if colon and not names:
            parts += _simple(rest, DETAIL)
    return parts


def _clause(clause: str, frame: str) -> list[Part]:
    """A clause, which may introduce a list or say something more after a colon."""
    head, colon, rest = clause.partition(":")
    if not colon:
        head, rest = _list_in(clause)
    if not rest.strip():
        return _simple(head, frame)
    if ":" in rest:
        return [*_simple(head, frame), *_clause(rest.strip(), _TO_KNOW)]
    items = _comma_items(rest, head)
    if _is_list(head, items):
        opened = _TO_KNOW if _COUNTED.match(head) and frame == OPENING else frame
        return [*_simple(head, opened), *_counted(items)]
    if len(items) >= _LEAST_ITEMS and _are_names(items):
        return _simple(f"{head} {rest.strip()}", frame)
    return [*_simple(head, frame), *_simple(rest, DETAIL)]


def _list_in(clause: str) -> tuple[str, str]:
    """What "là" or "gồm" makes a list of, and the list; without one the clause and nothing."""
    match = _LIST.search(clause)
    if match:
        head, rest = clause[: match.start()], clause[match.end() :]
        named = NOUN_HEAD.match(_bare(head)) and not head.endswith("trọng tâm")
        if (named or _COUNTED.match(head)) and _is_list(head, _comma_items(rest, head)):
            return head, rest
    return clause, ""


def _comma_items(text: str, head: str = "") -> tuple[str, ...]:
    """The items of a list within a sentence.

    Pairs ("kỷ luật, kỷ cương") stay together, unless `head` says that there are as many items as
    commas make.
    """
    pieces = [piece for piece in re.split(r", ", text.strip()) if piece]
    counted = _COUNTED.match(head)
    joined: list[str] = []
    for piece in pieces:
        pair = " ".join(piece.lower().split()[:2])
        if joined and not counted and (pair in PARTNERS or pair.startswith(_STILL)):
            joined[-1] += f", {piece}"
        else:
            joined.append(piece)
    last = re.split(r" và (?=\w+ \w+)", joined[-1], maxsplit=1) if joined else []
    if len(last) == 2 and not _PREPOSITION.search(last[0]):
        partner = " ".join(last[1].lower().split()[:2]) in PARTNERS
        if count_syllables(last[0]) > 1 and (counted or not partner):
            joined[-1:] = last
    return tuple(tidy(piece) for piece in joined)


def _is_list(head: str, items: tuple[str, ...]) -> bool:
    """Whether items are told one by one: as many as the head says, or three that say something."""
    match = _COUNTED.match(head)
    if match and match["count"].lower() in {str(len(items)), cardinal(len(items))}:
        return True
    if not _LEAST_ITEMS <= len(items) <= _MOST_ITEMS or _are_names(items):
        return False
    return all(count_syllables(item) >= 3 for item in items)


def _are_names(items: tuple[str, ...]) -> bool:
    return all(count_syllables(item) <= 2 for item in items[:-1])


def _bare(clause: str) -> str:
    """The clause without what only introduces it."""
    whole = tidy(clause)
    body = tidy(without_lead(whole))
    return body if body == whole and not _FRAGMENT.match(body) else _TIED.sub("", body)


def _simple(text: str, frame: str) -> list[Part]:
    """A clause without a list, in its frame, cut into sentences that can be followed."""
    body = _bare(text)
    if count_syllables(body) < (1 if frame.endswith(",") else 3):
        return []
    counted = frame.endswith(",")
    match = _WHEN.match(body)
    if match and VERB_HEAD.match(body, match.end()):
        body = f"{body[: match.end()]}bà con {body[match.end() :]}"
    if _is_whole(body):
        return split(lower_first(body), frame) if counted else split(body, "")
    if special := _SPECIAL.match(body):
        body, frame, counted = body[special.end() :], "Đặc biệt là", False
    doing = VERB_HEAD.match(body) and not NOUN_HEAD.match(body) and not counted
    return split(lower_first(body), f"{frame} việc" if doing else frame)


def _is_whole(body: str) -> bool:
    """Whether the clause is a sentence by itself: who or when, and what of it."""
    when = _WHEN.match(body)
    if when:
        return bool(_ASKED.match(body, when.end()))
    if _QUESTION.search(body):
        return False
    if _SOME_TIME.match(body):
        return True
    if _PERSON.match(body):
        return bool(_TELLS.search(body)) or body.lower().startswith(("mời", "xin", "không", "hãy"))
    if NOUN_HEAD.match(body) or VERB_HEAD.match(body) or _SPECIAL.match(body):
        return False
    return bool(re.search(r" (?:là|được|có thể|phải|sẽ|đang|cần) ", body))
