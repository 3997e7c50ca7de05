"""Where marks of a sentence stand wrongly or are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from broadcast.vietnamese.running import goes_on
from broadcast.vietnamese.suggestion import Suggestion

_ISSUES = (
    "phê duyệt|ban hành|công bố|thông qua|sửa đổi|bổ sung|hướng dẫn|quy định|triển khai|thực hiện"
)
_ISSUED = (
    "Kế hoạch|Đề án|Chương trình|Quy chế|Quy định|Danh mục|Bộ chỉ số|Chiến lược|Quyết định|"
    "Nghị quyết|Chỉ thị|Nghị định|Thông tư|Luật|Quy hoạch|Dự án|Phương án|Bộ tiêu chí"
)
_CUT = re.compile(rf"\b(?:{_ISSUES})(?P<stop>\s*\.\s+)(?:{_ISSUED})\b")
_PASSIVE = re.compile(r"\b(?:được|đã|chưa|phải|cần|để|việc|sự|và|,)(?:\s+\S+){0,5}\s*$")
_NEVER_LAST = "của|và|các|những|với|bởi|nhằm|hoặc|nếu|mỗi|đối với|cũng như"
_HANGING = re.compile(rf"(?<![\w/])(?:{_NEVER_LAST})(?P<stop>\s*[.,;](?!\w)(?!\.))", re.IGNORECASE)
_REPEATED = re.compile(
    r"(?<!\w)(?P<word>của|ở|tại|cho|với|từ|về) (?:[^\W\d_]+ ){0,2}(?P<last>[^\W\d_]+) (?P=word) "
    r"[^\W\d_]+(?: [^\W\d_]+){0,2}(?:, (?P=word) )"
)


class _Paragraph(NamedTuple):
    """Text of a paragraph with one space between words, and where each sign of it stands."""

    text: str
    places: list[tuple[int, int]]


def sentence_marks(lines: Sequence[str]) -> Iterator[Suggestion]:
    """A full stop in mid-sentence, a sentence cut short, a list that lacks a comma."""
    for paragraph in _paragraphs(lines):
        for match in _CUT.finditer(paragraph.text):
            if not _PASSIVE.search(paragraph.text[max(0, match.start() - 80) : match.start()]):
                reason = "dấu chấm cắt ngang câu: động từ chưa có bổ ngữ"
                yield _say(paragraph, match.span("stop"), " ", "cut", reason)
        for match in _HANGING.finditer(paragraph.text):
            last = match.group()[: -len(match["stop"])]
            reason = f"“{last}” không đứng trước dấu câu: thừa dấu hoặc sót từ"
            if match["stop"].strip() != "." or paragraph.text[match.end() :].strip():
                yield _say(paragraph, match.span("stop"), "", "hanging", reason)
        for match in _REPEATED.finditer(paragraph.text):
            reason = f"các ý liệt kê “{match['word']} …” thiếu dấu phẩy"
            yield _say(paragraph, match.span("last"), f"{match['last']},", "comma", reason)


def _say(
    paragraph: _Paragraph, span: tuple[int, int], better: str, rule: str, reason: str
) -> Suggestion:
    """A suggestion about text of a paragraph, kept to the line where it begins; `written` is not
    filled in, since a paragraph has its white space folded."""
    start, end = span
    line, first = paragraph.places[start]
    whole = end
    while end > start + 1 and paragraph.places[end - 1][0] != line:
        end -= 1
    last = paragraph.places[end - 1][1] + 1
    if end < whole:
        better = better.rstrip()
    return Suggestion(line, first, last, "", better, rule, reason)


def _paragraphs(lines: Sequence[str]) -> Iterator[_Paragraph]:
    text = ""
    places: list[tuple[int, int]] = []
    for number, line in enumerate(lines, 1):
        if text and not goes_on(line):
            yield _Paragraph(text, places)
            text, places = "", []
        for match in re.finditer(r"\S+", line):
            if text:
                text += " "
                places.append((number, max(0, match.start() - 1)))
            text += match.group()
            places.extend((number, at) for at in range(match.start(), match.end()))
    if text:
        yield _Paragraph(text, places)
