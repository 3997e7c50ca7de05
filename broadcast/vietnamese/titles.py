"""A programme's title out of a topic of a plan: a whole phrase that a listener understands."""

from __future__ import annotations

import re
from collections.abc import Callable

from broadcast.vietnamese.characters import count_syllables
from broadcast.vietnamese.phrases import (
    DOCUMENT,
    END,
    LOOSE,
    NOTE,
    NOUN_HEAD,
    NOUNS,
    NUMBER,
    PARTNERS,
    TERM,
    UPPER,
    VERB_HEAD,
    WANTS_OBJECT,
    capital,
    clean,
    tidy,
    trim_end,
    without_lead,
)

_PEOPLE = (
    "người dân|tổ chức|cá nhân|doanh nghiệp|công dân|cơ quan|đơn vị|địa phương|cán bộ|công chức|"
    "đảng|nhà nước|(?:thủ tướng )?chính phủ|trung ương|(?:(?:ubnd|hđnd|ủy ban nhân dân) )?"
    "(?:tỉnh|huyện|xã|thành phố|phường|thị trấn|đặc khu)|bộ|ngành|các cấp|các cơ quan"
)
_OWNER = re.compile(
    rf" của (?:{_PEOPLE})(?:,?(?: và| của)? (?:{_PEOPLE}))*(?= về |, (?:{NOUNS})[^:]* về )",
    re.IGNORECASE,
)
"""Whose something is that is said to be about something."""
_VAGUE = re.compile(
    rf",? (?:theo (?:quy định (?:tại|của) )?(?:các )?(?:{DOCUMENT})(?= của| và|,|$)|"
    r"bằng nhiều hình thức).*$",
    re.IGNORECASE,
)
"""A basis that has lost its number, and other ends that tell nothing."""
_MOST_OF_ALL = re.compile(r", (?:nhất là|đặc biệt|trọng tâm|trong đó|kể cả)\b.*$")
_DOING = (
    r"(?:tình hình|triển khai|kết quả|hiệu quả|thực hiện|thành tựu|tổ chức|nâng cao|chất lượng|"
    r"duy trì|cung cấp|việc|các nội dung|một số|tiếp tục|đẩy mạnh|thường xuyên|kịp thời|chú trọng)"
)
_PROGRESS = re.compile(
    rf"(?=(?:{_DOING},? ?)*?(?:tình hình|triển khai|thực hiện|nâng cao|duy trì|cung cấp|thường))"
    rf"{_DOING}(?:(?:,? và |, | ){_DOING})*(?: về| của)? (?=\w)(?!(?:và|của|trong)\b)",
    re.IGNORECASE,
)
"""How something goes ("tình hình triển khai, kết quả thực hiện"), before what it is."""
_COUNTLESS = re.compile(r"(?:những|các|một số) ", re.IGNORECASE)
_MANNER = re.compile(
    r",? (?:thường xuyên|kịp thời|đầy đủ|có hiệu quả|sâu rộng)"
    r"(?:(?:, | và )(?:thường xuyên|kịp thời|đầy đủ|hiệu quả|sâu rộng|chính xác))*(?= |$)"
)
_ROUTINE = re.compile(
    r"^(?:(?:hướng dẫn|thông tin về|đối với) (?=cách|nơi|giờ|việc|các|tuyên)|về )", re.IGNORECASE
)
_WHEN = re.compile(r"^(?:trong|khi|sau khi|trước khi|để|nhằm|theo|tại|từ) [^,]{3,60}, ", re.I)

_WEAK = (
    (
        r"theo (?!dõi)|nhằm |để |trong (?!đó|sạch)|trên (?!cơ sở)|tại |giai đoạn |khi |"
        r"thông qua |qua (?!mạng|đó)|đối với |gắn với |từ (?=năm|ngày|quý|\d)|"
        r"bằng (?=tiếng|hình thức|cách)|đến (?=phát triển|đời sống|năm)|"
        r"(?:huyện|xã|tỉnh|phường|thị trấn|thành phố) "
        rf"[{UPPER}]",
        0,
    ),
    (r"năm \d", 6),
    (r"đã |được |đang ", 10),
    (r"về |cho |với ", 20),
    (r"và |hoặc |cũng như ", 24),
    (r"của ", 26),
)
"""What may begin after a title's end, and how many characters of title that end is worth less."""
_BREAKS = tuple((re.compile(pattern), price) for pattern, price in _WEAK)
_LIST_STARTS = re.compile(r" (?:là|(?:bao )?gồm|như)(?= )|:")
_LEAST_SYLLABLES = 3
_LONGEST_CLAUSE = 600
"""Characters of a clause that are looked at; no topic that names something needs more."""
_NAMELESS = "Không có tên"


def short_title(text: str, most: int = 70) -> str:
    """A programme's title out of a topic's text, at most `most` characters.

    The first clause that says something, without office phrases, document numbers and notes. What
    is still too long loses, as far as needed, how things go ("tình hình triển khai"), who they are
    of and the manner; then it is cut where a phrase ends: never in a word, in a list, nor after a
    word that asks for more. A topic without words gives "Không có tên".
    """
    plain = " ".join(NUMBER.sub("", NOTE.sub("", clean(text))).split())
    clauses = re.split(r"[;:…]|\.(?: |$)", tidy(plain))
    first = next((clause for clause in clauses if count_syllables(clause) > 2), clauses[0])
    first = first[:_LONGEST_CLAUSE]
    title = tidy(without_lead(tidy(first))) or tidy(first)
    title = _without(_VAGUE)(_without(_ROUTINE, 1)(title))
    title = trim_end(_fitted(title, most)) or _hard_cut(title, most)
    return capital(title) or _NAMELESS[:most]


def _fitted(title: str, most: int) -> str:
    """The title as it is, or shortened step by step, or cut."""
    for step in _STEPS:
        if len(title) > most:
            title = step(title)
    return title if len(title) <= most else _cut(title, most)


def _without(pattern: re.Pattern[str], count: int = 0) -> Callable[[str], str]:
    """A step that leaves `pattern` out where at least three syllables stay."""

    def step(title: str) -> str:
        shorter = pattern.sub("", title, count=count).strip(END)
        return shorter if count_syllables(shorter) >= _LEAST_SYLLABLES else title

    return step


def _without_progress(title: str) -> str:
    match = _PROGRESS.match(title)
    shorter = title[match.end() :] if match else title
    return shorter if count_syllables(shorter) >= _LEAST_SYLLABLES else title


def _without_count(title: str) -> str:
    match = _COUNTLESS.match(title)
    return title[match.end() :] if match else title


_STEPS: tuple[Callable[[str], str], ...] = (
    _without(_MOST_OF_ALL),
    _without(_WHEN),
    _without_progress,
    _without_count,
    _without(_MANNER),
    _without(_OWNER),
)


def _cut(title: str, most: int) -> str:
    """The title up to the best end of a phrase, "" when there is none."""
    started = _LIST_STARTS.search(title)
    if started and title.count(",", started.end()) and started.start() >= most // 3:
        title = title[: started.start()]
        if len(title) <= most:
            return title
    best, worth = "", float(0)
    for at in (match.end() for match in re.finditer(r" ", title[: most + 1])):
        head = title[:at].rstrip(END)
        price = _price(title, at, head)
        if price is not None and len(head) - price > worth:
            best, worth = head, len(head) - price
    return best


def _price(title: str, at: int, head: str) -> int | None:
    """What it costs to end before character `at`; None where a phrase would be torn."""
    rest = title[at:]
    last = head.rsplit(maxsplit=1)[-1].lower() if head else ""
    if count_syllables(head) < _LEAST_SYLLABLES or last in LOOSE or WANTS_OBJECT.search(head):
        return None
    if title[at - 2] == ",":
        pair = " ".join(rest.lower().split()[:2]).strip(END)
        if pair in PARTNERS:
            return None
        return 6 if NOUN_HEAD.match(rest) or VERB_HEAD.match(rest) else 25
    for pattern, price in _BREAKS:
        if pattern.match(rest):
            return price + (40 if _in_list(head) and price else 0)
    ends = any(match.end() == len(head) for match in TERM.finditer(head))
    return 15 if ends and TERM.match(rest) else None


def _in_list(head: str) -> bool:
    """Whether the last stretch is a short item after a comma, which "và" or "của" goes on."""
    return "," in head and len(head.rpartition(",")[2].split()) < _LEAST_SYLLABLES


def _hard_cut(title: str, most: int) -> str:
    """Where no phrase ends in time: whole syllables without a loose end, else characters."""
    head = title[: most + 1].rpartition(" ")[0] if len(title) > most else title
    return trim_end(head) or head.strip(END)[:most] or title[:most].strip(END)
