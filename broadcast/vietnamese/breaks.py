"""Where a long clause may end, and how what follows becomes a sentence of its own."""

from __future__ import annotations

import re
from typing import NamedTuple

from broadcast.vietnamese.characters import count_syllables
from broadcast.vietnamese.lexicon import product_lexicon
from broadcast.vietnamese.phrases import (
    DOCUMENT,
    END,
    JOINTS,
    LOOSE,
    NOUN_HEAD,
    PARTNERS,
    TERM,
    VERB_HEAD,
    WANTS_OBJECT,
)
from broadcast.vietnamese.spoken import read_aloud

MOST_SYLLABLES = 30
"""The longest sentence that can be followed by ear (radio handbook)."""
_EASY = 22
_SHORT = 8
"""Sentences between these many syllables are easy to follow and still say something."""

NEXT = "+"
"""A frame that stands for "and then": whoever puts the sentences together varies the words."""


class Part(NamedTuple):
    """A sentence to be: the frame that goes before it, and the plan's own words."""

    frame: str
    text: str


class _Word(NamedTuple):
    """A stretch that is not cut, and the syllables it is heard as."""

    text: str
    syllables: int


class _Break(NamedTuple):
    """A place to go on in a new sentence: its price, the new frame, the characters it replaces."""

    price: int
    frame: str
    dropped: int = 0


_DOCUMENT_BEFORE = re.compile(rf"\b(?:{DOCUMENT})\b[^;:]*$", re.IGNORECASE)
_SEVERAL = re.compile(rf"\b(?:các|những) (?:{DOCUMENT})\b[^;:]*$", re.IGNORECASE)
_NOT_BEFORE_ABOUT = re.compile(
    r"(?:nói|trở|thông tin|tin|bài|nghe|hỏi|hiểu biết|ý kiến|dữ liệu|thức|kỹ năng)$"
)

_FRAMES = (
    (r"trọng tâm là ", "Trọng tâm là", 2),
    (r"(?:nhất là|đặc biệt(?: là)?)(?: trong)? ", "Đặc biệt là", 2),
    (r"(?:từ đó|qua đó),? (?=\w)", "Từ đó, địa phương", 2),
    (r"trong (?=năm \d|quý|giai đoạn|thời gian)", "Thời gian là", 12),
    (r"(?=giai đoạn (?:năm )?\d)", "Thời gian là", 14),
    (r"(?=(?:định hướng|tầm nhìn) đến)", "Việc này có", 9),
    (r"trong (?!đó|sạch|nước\b|cộng đồng)", "Phạm vi là", 8),
    (r"trên (?=địa bàn)", "Phạm vi là", 12),
    (rf"(?:trên|tại) (?!cơ sở|(?:{DOCUMENT})\b)", "Nơi thực hiện là", 9),
    (r"nhằm(?: để)? ", "Mục đích là", 5),
    (r"(?=để )", "Mục đích là", 8),
    (rf"(?=theo (?:quy định|(?:{DOCUMENT})\b))", "Việc này làm", 4),
    (r"đối với ", "Việc này liên quan đến", 14),
    (r"(?=gắn với )", "Việc này", 5),
    (r"(?=(?:đáp ứng|góp phần) |phục vụ (?:chuyển đổi|phát triển|yêu cầu))", "Việc này", 9),
    (r"(?=với (?!nhau|việc|sự))", "Việc này gắn", 25),
    (r"(?=như (?!vậy|sau|thế|nhau))", "Ví dụ", 8),
    (r"(?=(?:thông )?qua (?!mạng|đó|đời)|bằng (?:tiếng|cách|hình|văn))", "Việc này làm", 9),
    (r"(?=(?:đã|đang|sẽ) được )", "Những điều này", 12),
    (r"(?=kể cả )", "Việc này tính", 20),
    (r"(?=khi (?!nào|cần))", "Đó là", 14),
)
_JOINS = tuple(
    (re.compile(pattern, re.IGNORECASE), frame, cost) for pattern, frame, cost in _FRAMES
)
_JOINT = re.compile(rf"(?:{JOINTS})(?: với)? ", re.IGNORECASE)
_TEXT_DOES = re.compile(
    r"(?:phê duyệt|sửa đổi|hướng dẫn|quy định|ban hành (?!tại)) ", re.IGNORECASE
)
_ISSUED = re.compile(r"(?:được )?ban hành (?=tại|theo)", re.IGNORECASE)
_ABOUT = re.compile(r"về (?:việc )?", re.IGNORECASE)
_MANNER = re.compile(r"(?:đầy đủ|kịp thời|thường xuyên|hiệu quả|có hiệu quả|chính xác)\b")
_DOING_AFTER = frozenset(
    ["Phạm vi là", "Đặc biệt là", "Văn bản này nói về", "Các văn bản này nói về"]
)
"""Frames after which a doing is "việc ..."."""
_MEANS = re.compile(r"(?:giải pháp|biện pháp|nhiệm vụ)$")
_TIME = re.compile(r"giai đoạn|năm \d|quý ")
_NEVER_FIRST = frozenset("của là được hóa hoá này đó".split())
_NEVER = 100_000
_TORN = 800
_WHOLE_MEMBER = 3
_DESPERATE = _Break(400, "Cụ thể là")
_HANGING = _Break(_TORN, "Cụ thể là")
GOING_ON = (
    *(frame for _, frame, _ in _FRAMES),
    *("Văn bản này nói về việc", "Các văn bản này nói về", "Nội dung này được ban hành"),
    *("Đó là tác động", "Thời gian tiếp theo là", "Cụ thể là"),
)
"""Every beginning given to a sentence that was cut off a longer one."""


def split(text: str, frame: str) -> list[Part]:
    """The clause as sentences of at most 30 syllables as heard, cut where it hurts least.

    `frame` goes before the first. Only a single stretch that is read as one may be longer.
    """
    words = _words(text)
    if not words:
        return []
    breaks = [_Break(0, frame), *(_break(words, at) for at in range(1, len(words)))]
    best = [(0, 0)] + [(_NEVER * len(words), 0)] * len(words)
    for end in range(1, len(words) + 1):
        length = 0
        for start in range(end - 1, -1, -1):
            length += words[start].syllables
            heard = (
                length + count_syllables(breaks[start].frame) + 4 * (NEXT in breaks[start].frame)
            )
            if length > MOST_SYLLABLES and start < end - 1:
                break
            over = _TORN * 4 if heard > MOST_SYLLABLES else 0
            cost = best[start][0] + breaks[start].price + _strain(heard) + over
            if cost < best[end][0]:
                best[end] = (cost, start)
    return _parts(words, breaks, best)


def _parts(words: list[_Word], breaks: list[_Break], best: list[tuple[int, int]]) -> list[Part]:
    """The way back from the end, as parts in reading order."""
    parts: list[Part] = []
    end = len(words)
    while end:
        start = best[end][1]
        said = " ".join(word.text for word in words[start:end])
        parts.append(Part(breaks[start].frame, said[breaks[start].dropped :]))
        end = start
    return parts[::-1]


def _strain(heard: int) -> int:
    """What a sentence of so many syllables costs the listener."""
    return 3 * max(0, _SHORT - heard) + max(0, heard - _EASY)


def _break(words: list[_Word], at: int) -> _Break:
    """How to go on before word `at`."""
    last, rest = words[at - 1].text, " ".join(word.text for word in words[at : at + 9])
    before = " ".join(word.text for word in words[max(0, at - 14) : at])
    bare = before.rstrip(END)
    if (match := _ISSUED.match(rest)) and last.lower() != "được":
        return _Break(5, "Nội dung này được ban hành", match.end())
    if rest[0].isdigit() or last.lower() in LOOSE or rest.split()[0].lower() in _NEVER_FIRST:
        return _HANGING
    if WANTS_OBJECT.search(bare) or _MANNER.match(rest) or bare.lower().endswith(" không"):
        return _HANGING
    found = _about_document(before, rest) or _preposition(rest)
    if not found and rest.startswith("đến ") and " tác động" in before:
        found = _Break(8, "Đó là tác động")
    if not found and _MEANS.search(bare) and VERB_HEAD.match(rest):
        found = _Break(12, "Mục đích là")
    return found or _coordinate(last, rest, bare)


def _preposition(rest: str) -> _Break | None:
    """How to go on with what tells where, when, whereby or what for."""
    for pattern, frame, price in _JOINS:
        if match := pattern.match(rest):
            return _Break(price, _with_doing(frame, rest[match.end() :]), match.end())
    return None


def _with_doing(frame: str, rest: str) -> str:
    doing = frame in _DOING_AFTER and VERB_HEAD.match(rest) and not NOUN_HEAD.match(rest)
    return f"{frame} việc" if doing else frame


def _about_document(before: str, rest: str) -> _Break | None:
    """What a document is about or does; None where no document goes before."""
    named = _DOCUMENT_BEFORE.search(before)
    if match := _ABOUT.match(rest):
        if _NOT_BEFORE_ABOUT.search(before):
            return _HANGING
        if not named:
            return _Break(25, "Cụ thể là", 0)
        frame = "Các văn bản này nói về" if _SEVERAL.search(before) else "Văn bản này nói về"
        price = 20 if " " not in named[0].strip() or named[0].count(" ") < 3 else 5
        return _Break(price, _with_doing(frame, rest[match.end() :]), match.end())
    return _Break(6, "Văn bản này") if named and _TEXT_DOES.match(rest) else None


def _coordinate(last: str, rest: str, bare: str) -> _Break:
    """How to go on between members of a row: whole ones only, pairs and short items stay."""
    joint = _JOINT.match(rest)
    if not joint and not last.endswith(","):
        return _DESPERATE
    item = rest[joint.end() :] if joint else rest
    if joint and _TIME.match(item):
        return _Break(12, "Thời gian tiếp theo là", joint.end())
    doing = bool(VERB_HEAD.match(item)) and not NOUN_HEAD.match(item)
    price = 8 if doing else 10
    if not doing and not NOUN_HEAD.match(item):
        price += 20
    member, following = _member(bare, -1), _member(item, 0)
    if len(member) < _WHOLE_MEMBER or len(following) < _WHOLE_MEMBER:
        price += 22
    if f" {' '.join(following[:2])} " in f" {' '.join(member)} " or _TIME.match(item):
        price += 30
    if {" ".join(following[:1]), " ".join(following[:2])} & PARTNERS:
        price += 60
    return _Break(price, f"{NEXT} việc" if doing else NEXT, joint.end() if joint else 0)


def _member(text: str, which: int) -> list[str]:
    """The words of the last (-1) or first (0) member of a row, small."""
    return re.split(r"[,;:]| và ", text.lower())[which].split()


def _words(text: str) -> list[_Word]:
    """The text's words with their heard syllables.

    What is read as one and the names of things ("thủ tục hành chính") are never cut.
    """
    changes = read_aloud(text, product_lexicon()).changes
    spans = [(c.start, c.end, c.spoken) for c in changes]
    whole = sorted([span[:2] for span in spans] + [match.span() for match in TERM.finditer(text)])
    words: list[_Word] = []
    at = kept = until = 0
    for match in re.finditer(r"\S+", text):
        start, end = match.span()
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        while kept < len(whole) and whole[kept][0] < start:
            until, kept = max(until, whole[kept][1]), kept + 1
        heard = 0 if at < len(spans) and spans[at][0] < start else count_syllables(match[0])
        inner = [s for s in spans[at : at + 8] if start <= s[0] < end and s[2].strip(END)]
        if inner:
            heard = sum(count_syllables(said) for _, _, said in inner)
        if until > start and words:
            joined = words.pop()
            words.append(_Word(f"{joined.text} {match[0]}", joined.syllables + heard))
        else:
            words.append(_Word(match[0], heard))
    return words
