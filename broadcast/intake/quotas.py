"""Counts that a unit owes per period: "mỗi tháng 01 tin, bài", "ít nhất 2 lần/tuần"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from broadcast.domain.plan import Quota
from broadcast.intake.numbers import COUNT, PERIOD, read_count, read_period
from broadcast.intake.units import unit_before_verb
from broadcast.vietnamese.characters import sentences

_LEAST = r"(?P<least>ít nhất|tối thiểu|không (?:dưới|ít hơn)|từ|trên|có từ|đạt)?"
_THING = (
    r"(?P<thing>tin\s?[,/-]?\s?(?:và |hoặc )?bài(?: viết)?|bài(?: viết| tuyên truyền)?|tin(?! học)"
    r"|lần|lượt|buổi|chuyên mục|chuyên đề|chuyên trang|chương trình|bản tin|phóng sự|số|kỳ|đợt"
    r"|cuộc|tiểu phẩm|video(?: clip)?|clip|infographic)"
)
_N = rf"(?P<count>{COUNT})(?:\s?\([^)]*\))?(?:\s?(?:-|–|đến)\s?{COUNT})?"
_EACH = (
    rf"(?:(?:hàng|hằng|mỗi|một|trong mỗi|định kỳ|trong(?!\s+{PERIOD}\s+\d))\s+)"
    rf"(?P<per>{PERIOD})\b(?!\s+\d{{4}})"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # ít nhất 02 tin, bài/quý; 2 lần/01 tuần; 02 buổi mỗi tuần; hai lần trong một tuần
        rf"\b{_LEAST}\s*\b{_N}\s+{_THING}[^,;./]{{0,60}}?"
        rf"(?:\s?/\s?(?:0?1\s)?|\s+(?:mỗi|một|hàng|hằng|trên|trong(?:\s(?:mỗi|một|0?1))?)\s)"
        rf"(?P<per>{PERIOD})\b(?!\s+\d)",
        # Hàng quý có ít nhất 02 tin bài; mỗi tuần phát ít nhất một lần; tuần 2 lần
        rf"\b{_EACH}(?P<gap>[^;:.]{{0,60}}?)\b{_LEAST}\s*\b{_N}\s+{_THING}",
        rf"\b(?P<per>tuần|tháng|quý|ngày)\s+(?P<count>\d{{1,2}})\s+{_THING}",
    )
)
_ALSO = re.compile(
    rf"(?:,|\s+và)\s+(?![^,;:.]*\b(?:mỗi|trong đó|từ)\b)(?P<what>[^,;:./\d]{{0,30}}?\b{_LEAST}\s*"
    rf"\b{_N}\s+{_THING}(?:\s[^,;:./]*)?)(?!\s?/|\s+(?:mỗi|một|hàng|hằng|trong)\s)",
    re.IGNORECASE,
)
"""A second count under the period named before: "mỗi tuần viết 02 bài, phát 04 lượt"."""
_PEAK = re.compile(
    r"(?:thời điểm|khung giờ|giờ|lúc|buổi)\b[^.;]{0,25}?(?:nhiều|đông)\s+(?:người|bà con|nhân dân)"
    r"|cao điểm|giờ vàng|khung giờ có đông",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:đối với|riêng|giao)\s+(.+?)(?:,|:)?\s+(?:có|phải|mỗi|hàng|hằng|ít|tối|phát|đăng)\b"
    r"[^;]*$",
    re.IGNORECASE,
)
_REPORT = re.compile(r"báo cáo|họp|giao ban", re.IGNORECASE)
_AIRING = re.compile(r"tin|bài|phát|chuyên|chương trình|clip|video", re.IGNORECASE)
_TIMES = frozenset(["lần", "lượt", "kỳ", "buổi", "đợt", "cuộc"])
"""Counted things that say nothing by themselves."""
_SAYS_MORE = re.compile(r"[\s,]*(?:để|được|nhằm|vào|trong đó|bảo đảm|đảm bảo)\b")
_LEADS_IN = re.compile(r"\s*\b(?:mỗi|có|hàng|hằng|định kỳ|với|là|:)$", re.IGNORECASE)


def find_quotas(text: str, unit: str, line: int | None) -> Iterator[Quota]:
    """The quotas in one paragraph.

    Args:
        text: the paragraph.
        unit: who owes them where the text itself names nobody.
        line: the paragraph's line.
    """
    for sentence in sentences(text):
        taken: list[tuple[int, int]] = []
        found = _matches(sentence)
        for match in found:
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            before = sentence[: match.start()]
            if _REPORT.search(before[-40:]) and not _AIRING.search(match["thing"] + before[-40:]):
                continue
            quota = Quota(
                unit=_named_unit(before) or unit,
                what=_what(sentence, match),
                count=read_count(match["count"]),
                per=read_period(match["per"]),
                at_least=bool(_group(match, "least")) or "ít nhất" in match[0].casefold(),
                peak=bool(_PEAK.search(sentence)),
                line=line,
            )
            yield quota
            also = _ALSO.match(sentence, match.end()) if _group(match, "gap") is not None else None
            if also and not any(also.start() < other.start() < also.end() for other in found):
                yield replace(
                    quota,
                    what=also["what"],
                    count=read_count(also["count"]),
                    at_least=bool(also["least"]),
                )


def _matches(sentence: str) -> list[re.Match[str]]:
    found = [match for pattern in _PATTERNS for match in pattern.finditer(sentence)]
    return sorted(found, key=lambda match: match.start())


def _group(match: re.Match[str], name: str) -> str | None:
    return match[name] if name in match.re.groupindex else None


def _named_unit(before: str) -> str | None:
    """The unit named before a count: "đối với UBND cấp xã có ...", "Đài ... phát"."""
    clause = re.split(r"[;.]", before)[-1]
    if match := _FOR.search(f"{clause} có"):
        return match[1].strip()
    return unit_before_verb(clause.strip())


def _what(sentence: str, match: re.Match[str]) -> str:
    """What is counted: the thing and what the sentence says about it."""
    rest = sentence[match.end() :].rstrip(" .;")
    rest = re.split(r";\s+(?=đối với|riêng|mỗi|hàng|hằng)", rest, maxsplit=1)[0]
    comma = "," if rest.startswith(",") else ""
    rest = rest.strip(" ,")
    before = re.split(r"[;.]", sentence[: match.start()])[-1]
    before = _FOR.sub("", f"{before.strip(' ,')} có").removesuffix(" có").strip(" ,")
    before = _LEADS_IN.sub("", before).strip(" ,:")
    if rest and not _SAYS_MORE.match(rest):
        before = ""
    thing = "" if match["thing"].casefold() in _TIMES and before else match["thing"]
    said = " ".join(filter(None, [before, thing]))
    return f"{said}{comma} {rest}".strip(" ,")
