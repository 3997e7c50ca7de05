"""A plan's paragraph retold for the ear: short sentences, no office phrases, one document number.

Plans are written for offices ("Tiếp tục đẩy mạnh tuyên truyền, phổ biến ..."), up to a hundred
syllables a sentence; by ear 15 to 20 are easy and 30 are the ceiling. Nothing is invented: the
sentences are the plan's own words, as a draft that a person edits.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from broadcast.vietnamese.characters import count_syllables, nfc, sentences
from broadcast.vietnamese.lexicon import product_lexicon
from broadcast.vietnamese.spoken import read_aloud

MOST_SYLLABLES = 30
"""The longest sentence that can be followed by ear (radio handbook)."""
_EASY = range(9, 25)
"""Syllables that are easy to follow and still a whole sentence."""

_BEFORE = (
    "tiếp tục|đẩy mạnh|tăng cường|chú trọng|tập trung|thực hiện tốt|thực hiện|làm tốt|triển khai|"
    "thường xuyên|kịp thời|chủ động|tích cực|tổ chức|phối hợp|công tác|việc|hoạt động|"
    "nâng cao chất lượng|nâng cao hiệu quả|duy trì|đổi mới|"
    r"trong năm \d{4}|trong (?:quý|tháng) \w+"
)
_PROPAGANDA = (
    "tuyên truyền|phổ biến|quán triệt|giới thiệu|"
    "(?:thông tin|truyền thông)(?= về| việc| kịp thời| đầy đủ| tuyên truyền| sâu|, tuyên truyền|"
    ", phổ biến| và tuyên truyền)"
)
_HOW = "sâu rộng|rộng rãi|sâu sắc|sâu|kịp thời|đầy đủ|thường xuyên|có hiệu quả|hiệu quả|mạnh mẽ"
_ABOUT = "về|việc|các nội dung|nội dung|để"
_KEPT = (
    "viên|trên|qua|thông|bằng|tại|trong|đến|tới|cho|gắn|kết hợp|phải|là|được|của|có|trực tiếp|"
    "trực quan|lồng ghép|cần|giáo dục"
)
_LEAD = re.compile(
    rf"(?>(?:(?:{_BEFORE})\b,? (?:và )?)*(?:{_PROPAGANDA})\b"
    rf"(?:(?:, | và | )(?:{_PROPAGANDA}|{_HOW})\b)*(?: (?:{_ABOUT})\b)*) (?!(?:{_KEPT})\b)"
    r"(?![^,;:]{0,40}\b(?:thông qua|phải|cần)\b)",
    re.IGNORECASE,
)
"""Office phrases at the head of a sentence that say only that something is to be made known."""

_DATE = r"(?:ngày \d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}| tháng \d{1,2} năm \d{4}))"
_NUMBER = re.compile(
    r"(?:,? ?\bsố:? ?)?(?<![\w/.,])\d{1,6}(?:\.\d{1,2})?(?:/\d{4})?[/-] ?[A-ZĐ](?:[\w&]*)"
    rf"(?:[-/] ?[A-ZĐ][\w&]*)*(?: ?{_DATE})?"
)
_ITS_DATE = re.compile(rf" ?{_DATE}$")
_BULLET = re.compile(r"^(?:[-–+*•·]+ ?|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]{1,2})[.),](?: |$) ?)+")
_SHORT_NOTE = re.compile(r" ?\((?:[A-ZĐ][\w&-]*(?: [A-ZĐ][\w&-]*)?|nếu có)\)")
_NOTE = re.compile(r" ?\(([^()]{0,400})\)")
_EMPHASIS = re.compile(r"[*_“”\"«»]+")
_END = " ,;:.…-–/"
_SPACE_MARK = re.compile(r" +([,.;:])")
_MARKS = re.compile(r"([,;:])(?: ?[,;:])+ ?")
_JOINTS = "và|hoặc|đồng thời|cũng như|cùng với|còn|thì|cùng|hay"
_HEAD = re.compile(rf"^(?:(?:{_JOINTS})\b,? ?|[,;:.…–-] ?)+", re.IGNORECASE)
_TIED = re.compile(r"^(?:nhằm|để) ", re.IGNORECASE)
_LOOSE = (
    "và hoặc của về các những cho với là gồm như theo để trong tại từ đến bằng do việc sau "
    "cụ thể nhằm trên qua tới cùng mọi bao vào khi mà được bị thì sự ở giữa nội dung hay đối"
).split()
"""Words that leave a sentence hanging when they are its last."""
_TAIL = re.compile(
    r"(?:[ ,;:]+(?:(?:cụ thể )?(?:là )?(?:như sau|các nội dung sau|sau đây)|(?:bao )?gồm))+$",
    re.IGNORECASE,
)
_GOOD_STARTS = frozenset(
    "đồng qua từ trong góp giúp bảo đảm phục gắn nhằm để khuyến tạo đặc chú trọng nhất".split()
)
_WEAK_STARTS = frozenset(
    "trong tại trên cho với theo khi từ bằng nhằm để do về giữa sau giai".split()
)
_NEVER_FIRST = frozenset(["của", "là", "được", "hóa", "hoá"])
_LIST_ITEM = 4
"""A stretch between commas of fewer words is an item of a list, which is not torn apart."""
_PARTNERS = frozenset(
    [
        "giải pháp", "phổ biến", "đơn vị", "pháp luật", "đường lối", "viên chức", "công chức",
        "địa phương", "hiệu quả", "nguyên nhân", "hạn chế", "kỷ cương", "giáo dục", "tổ chức",
        "doanh nghiệp", "cá nhân", "tuyên truyền", "chính xác", "mục tiêu", "tầm quan",
        "cách làm", "nhiệm vụ", "điều hành", "xã hội", "ngành", "đoàn thể", "ý nghĩa", "chính sách",
    ]
)  # fmt: skip
"""Second members of pairs that plans join with a comma ("nhiệm vụ, giải pháp")."""
_NEVER = 100_000


class _Word(NamedTuple):
    """A stretch that is not cut, and the syllables it is heard as."""

    text: str
    syllables: int


def retell(text: str) -> tuple[str, ...]:
    """Sentences for the ear out of a plan's paragraph.

    Office phrases at the head go, clauses become sentences of at most 30 syllables as heard, and
    of all document numbers only the first stays (without its date). Abbreviations stay: reading
    aloud opens them. Each sentence begins with a capital and ends with a full stop; a paragraph
    without content gives none.
    """
    plain = _one_number(_clean(text))
    found: list[str] = []
    for sentence in sentences(plain):
        for clause in sentence.split(";"):
            whole = _tidy(clause)
            body = _tidy(_without_lead(whole))
            body = body if body == whole else _TIED.sub("", body)
            found += [_finish(part) for part in _parts(body) if count_syllables(part) > 2]
    return tuple(dict.fromkeys(sentence for sentence in found if sentence))


def short_title(text: str, most: int = 70) -> str:
    """A programme's title out of a topic's text, at most `most` characters.

    Without the office phrase, document numbers and notes; cut at a clause or before a
    preposition; no loose word at its end. A topic without words gives "Không có tên".
    """
    plain = _NUMBER.sub("", _NOTE.sub("", _clean(text)))
    clauses = re.split(r"[;:…]|\.(?: |$)", _tidy(plain))
    first = next((clause for clause in clauses if count_syllables(clause) > 2), clauses[0])
    title = _tidy(_without_lead(first)) or _tidy(first)
    if len(title) > most:
        title = _cut(title, most)
    title = _trim_end(title) or title
    return _capital(title) or "Không có tên"[:most]


def _parts(body: str) -> list[str]:
    """The clause in parts; a later part does not begin with the "để" that tied it."""
    first, *others = _split(body) or [""]
    return [first, *(_TIED.sub("", part) for part in others)]


def _clean(text: str) -> str:
    """One line without bullets, emphasis and notes that only repeat an abbreviation."""
    plain = " ".join(_EMPHASIS.sub("", nfc(text)).split())
    plain = _MARKS.sub(r"\1 ", plain)
    plain = _SHORT_NOTE.sub("", _BULLET.sub("", plain))
    plain = _NOTE.sub(r", \1,", plain)
    return _SPACE_MARK.sub(r"\1", plain).replace(",,", ",").replace(",.", ".").replace(",;", ";")


def _one_number(text: str) -> str:
    """Only the first document number stays, without its date; " số " goes with the others."""
    seen = False

    def shorten(match: re.Match[str]) -> str:
        nonlocal seen
        if seen:
            return ""
        seen = True
        return _ITS_DATE.sub("", match[0])

    return " ".join(_SPACE_MARK.sub(r"\1", _NUMBER.sub(shorten, text)).split())


def _without_lead(text: str) -> str:
    match = _LEAD.match(text)
    return text[match.end() :] if match else text


def _tidy(text: str) -> str:
    """The text without marks and joining words at its ends."""
    return _TAIL.sub("", _HEAD.sub("", text.strip(_END))).strip(_END)


def _trim_end(text: str) -> str:
    words = text.rstrip(_END).split()
    while words and words[-1].lower().strip(_END) in _LOOSE:
        words.pop()
    if " ".join(words[-2:]).lower() in {"giai đoạn", "mức độ", "địa bàn", "quy định"}:
        return _trim_end(" ".join(words[:-2]))
    return " ".join(words).rstrip(_END)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _finish(text: str) -> str:
    body = _tidy(text)
    return f"{_capital(body)}{'' if body.endswith(('!', '?')) else '.'}" if body else ""


def _cut(title: str, most: int) -> str:
    """The longest head that ends before a comma or a preposition, else between words."""
    words = title.split()
    good = rough = length = 0
    for at, word in enumerate(words):
        if length > most:
            break
        before = words[at - 1].lower() if at else ""
        pair = " ".join(words[at : at + 2]).lower().strip(_END)
        if (before.endswith(",") and pair not in _PARTNERS) or (
            word.lower() in _WEAK_STARTS and before not in _LOOSE
        ):
            good = at
        rough = at
        length += len(word) + (1 if at else 0)
    head = " ".join(words[:good]).rstrip(_END)
    return head if len(head) * 3 >= most else (" ".join(words[:rough]) or title[:most])


def _split(text: str) -> list[str]:
    """The clause as stretches of at most 30 syllables as heard, cut where it hurts least."""
    words = _words(text)
    if sum(word.syllables for word in words) <= MOST_SYLLABLES:
        return [text] if text else []
    best = [(0, 0)] + [(_NEVER * len(words), 0)] * len(words)
    for end in range(1, len(words) + 1):
        length = 0
        for start in range(end - 1, -1, -1):
            length += words[start].syllables
            if length > MOST_SYLLABLES and start < end - 1:
                break
            cost = best[start][0] + _strain(length) + _price(words, end)
            if cost < best[end][0]:
                best[end] = (cost, start)
    parts: list[str] = []
    end = len(words)
    while end:
        start = best[end][1]
        parts.append(" ".join(word.text for word in words[start:end]))
        end = start
    return parts[::-1]


def _strain(length: int) -> int:
    """What a sentence of so many syllables costs the listener."""
    return 4 * max(0, _EASY.start - length) + max(0, length - _EASY.stop)


def _price(words: list[_Word], at: int) -> int:
    """What it costs the listener to break before word `at`."""
    if at == len(words):
        return 0
    last, after = words[at - 1].text, words[at].text.lower()
    if after[0].isdigit() or last.lower() in _LOOSE or after in _NEVER_FIRST:
        return 800
    if last.endswith(":"):
        return 4
    if last.endswith(","):
        return 2 if after in _GOOD_STARTS or after in _JOINTS.split("|") else 8 + _tears(words, at)
    if after in {"và", "hoặc"}:
        return 25 + _tears(words, at + 1)
    return 45 if after in _WEAK_STARTS else 400


def _tears(words: list[_Word], at: int) -> int:
    """How much a break before `at` tears a list of short items ("cán bộ, công chức") apart."""
    if 1 < at < len(words) and words[at].text.lower() == words[at - 2].text.lower():
        return 60
    if " ".join(word.text.lower() for word in words[at : at + 2]).strip(_END) in _PARTNERS:
        return 40
    ahead = words[at : at + _LIST_ITEM]
    short = any(word.text.endswith(",") or word.text == "và" for word in ahead)
    return 22 if short or len(ahead) < _LIST_ITEM else 0


def _words(text: str) -> list[_Word]:
    """The text's words with their heard syllables; what is read as one is never cut."""
    spans = [(c.start, c.end, c.spoken) for c in read_aloud(text, product_lexicon()).changes]
    words: list[_Word] = []
    at = 0
    for match in re.finditer(r"\S+", text):
        start, end = match.span()
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        goes_on = at < len(spans) and spans[at][0] < start
        heard = 0 if goes_on else count_syllables(match[0])
        inner = [s for s in spans[at : at + 8] if start <= s[0] < end and s[2].strip(_END)]
        if inner:
            heard = sum(count_syllables(said) for _, _, said in inner)
        if goes_on and words:
            joined = words.pop()
            words.append(_Word(f"{joined.text} {match[0]}", joined.syllables + heard))
        else:
            words.append(_Word(match[0], heard))
    return words
