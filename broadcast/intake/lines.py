"""Lines -> whole paragraphs: what a line break, a page break or a blank line tore apart is joined.

Whether a line goes on with the one before is told by the text alone: how a line ends, how the next
begins, and whether the next line's first word would have fitted. Blank lines say little, since many
converters put one after every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadcast.intake.document import Paragraph
from broadcast.intake.marks import UPPER, Mark, follows, is_bare_mark, split_mark

_WIDEST_PAGE = 140
"""Characters; longer lines are paragraphs, not lines of a page."""
_SHARE_GOING_ON = 0.2
"""From this share of lines that begin in small letters the document is broken into lines."""
_LEAST_WRAPPED = 4
"""Full lines with a small letter after them; with so many, lines are broken if few go on."""
_FULL = 0.83
"""Share of the page's width from which a line counts as full; proportional fonts vary that much."""
_HEADING = 100
"""Characters; a longer text without a full stop is a sentence cut off, not a heading."""

_STOPS = ".;:!?…"
_CLOSERS = "”\"')’»]"
_DANGLING = re.compile(
    r"(?:^|\s)(?:và|hoặc|của|về|với|cho|đến|tới|tại|trên|theo|là|để|từ|trong|các|những|số|được|do"
    r"|bằng|vào|như|mà|cùng|hay|bởi|khi|việc|sự|giữa|ngày|tháng|năm|nhằm|thuộc|trước|sau)$",
    re.IGNORECASE,
)
"""Words no sentence, heading or item ends with."""
_COLUMN_GAP = re.compile(r"\S(?: {4,}|\t)\s*\S")
_FIRST_HALF = re.compile(
    r"(?:kinh tế|chính trị|văn hóa|văn hoá|tư pháp|tài chính|địa chính|văn phòng|lao động|xã hội"
    r"|phát thanh|khoa học|nông nghiệp|hành chính|kế hoạch|thương binh|quốc phòng|độc lập)$",
    re.IGNORECASE,
)
_SECOND_HALF = re.compile(
    r"(?:xã hội|hộ tịch|kế toán|thống kê|xây dựng|môi trường|thông tin|truyền hình|thể thao|du lịch"
    r"|đầu tư|nông nghiệp|tin học|thương binh|khoa học|nghề nghiệp|đô thị|an ninh|quốc phòng"
    r"|kỹ thuật|công nghệ|dân tộc|gia đình|thương mại|tự do|hạnh phúc|đào tạo)\b",
    re.IGNORECASE,
)
"""What follows the dash in compounds as "kinh tế - xã hội"; a line may break before the dash."""
_BEGINS = re.compile(
    r"Căn cứ|Trên đây là|Nơi nhận|Phụ lục|PHỤ LỤC|Kính gửi|\(?Kèm theo|\(Ban hành kèm"
    r"|Trong quá trình (?:tổ chức |triển khai )*thực hiện|STT\b"
)
"""Words that open a paragraph wherever they stand at a line's beginning."""
_BASE = re.compile(
    r"Căn cứ|Thực hiện|Triển khai|Tiếp tục|Theo|Xét|Để |Nhằm|Trên cơ sở|UBND|Ủy ban|Uỷ ban|Đảng ủy"
    r"|Phòng|Sở|Ban "
)
"""Words that open the preamble, after the title."""
_TITLE_WORD = re.compile(r"(?:dự thảo\s+)?kế hoạch\W*", re.IGNORECASE)
_SHORTENED = re.compile(r"(?:\.\.|\bv\.v|\b(?:tp|tx|tt|đ/c|ths|ts|[a-zđ]))\.$", re.IGNORECASE)
"""Full stops that end no sentence."""
_SOFT_SPACE = re.compile(r"\s+")
_BROKEN_NUMBER = re.compile(rf"(?<=[{UPPER}])-\s+(?=(?:CP|TTg|UBND|HĐND|BNV|BTTTT|VPCP)\b)")


@dataclass(frozen=True, slots=True)
class Block:
    """A whole paragraph: its text (single spaces, mark included) and its first line.

    `cut` is the line at which a paragraph that was torn in mid-sentence by more than an ordinary
    line break goes on, None for all others. `raw` are its lines as they were, for columns.
    """

    text: str
    line: int
    cut: int | None = None
    cells: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    heading: bool = False


def join_lines(paragraphs: Sequence[Paragraph]) -> tuple[Block, ...]:
    """The document's whole paragraphs, in order; nothing is dropped."""
    return tuple(_Joiner(paragraphs).blocks())


def page_width(texts: Sequence[str]) -> int | None:
    """Width in characters of a text broken into lines; None where lines are whole paragraphs."""
    if len(texts) < 4:
        return None
    width = sorted(map(len, texts))[int(len(texts) * 0.9)]
    going_on = [text.lstrip("(")[:1].islower() and split_mark(text)[0] is None for text in texts]
    after_full = [
        small
        for text, small in zip(texts, going_on[1:], strict=False)
        if len(text) >= _FULL * width and not has_columns(text)
    ]
    often = sum(going_on) / len(texts) >= _SHARE_GOING_ON
    wrapped = sum(after_full) >= _LEAST_WRAPPED and sum(after_full) / len(after_full) >= 0.4
    return width if width <= _WIDEST_PAGE and (often or wrapped) else None


def _stands_alone(line: Paragraph) -> bool:
    """Rows of tables, lines in two columns and the word KẾ HOẠCH above the title."""
    row = bool(line.cells) or has_columns(line.text)
    return row or bool(_TITLE_WORD.fullmatch(line.text))


def has_columns(text: str) -> bool:
    """Whether the line has two columns, as headers and signatures typed with spaces or tabs."""
    return bool(_COLUMN_GAP.search(split_mark(text)[1]))


def is_capitals(text: str) -> bool:
    """Whether all letters are capitals, as in headings and signatures; at least two letters."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence, an item of a list or a lead-in ends."""
    return text.rstrip().rstrip(_CLOSERS).endswith(tuple(_STOPS)) or text.endswith("./")


class _Joiner:
    """One pass over the lines; remembers the list each mark belongs to."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.width = page_width([p.text for p in paragraphs if not p.cells])
        self.last: dict[tuple[str, int, str], Mark] = {}
        self.in_title = False
        self.in_body = False

    def blocks(self) -> Iterator[Block]:
        """Whole paragraphs, one after the other."""
        open_lines: list[Paragraph] = []
        for paragraph in self.paragraphs:
            if open_lines and self._goes_on(open_lines, paragraph):
                open_lines.append(paragraph)
                continue
            if open_lines:
                yield self._block(open_lines)
                self.in_title = bool(_TITLE_WORD.fullmatch(open_lines[0].text))
            open_lines = [paragraph]
            self._remember(paragraph)
        if open_lines:
            yield self._block(open_lines)

    def _block(self, lines: Sequence[Paragraph]) -> Block:
        text, cut = "", None
        for at, paragraph in enumerate(lines):
            tight = re.search(r"[^\s\-]-$|\d/$", text) if at else None
            text += paragraph.text if tight or not at else f" {paragraph.text}"
            headed = is_bare_mark(lines[0].text) and at == 1
            if at and self.width is None and not self.in_title and not headed:
                cut = cut or paragraph.line
        text = _BROKEN_NUMBER.sub("-", _SOFT_SPACE.sub(" ", text).strip())
        raw = tuple(p.text for p in lines)
        return Block(text, lines[0].line, cut, lines[0].cells, raw, lines[0].heading)

    def _remember(self, paragraph: Paragraph) -> None:
        if is_bare_mark(paragraph.text):
            self.in_body = True
        mark, _ = split_mark(paragraph.text)
        if mark and mark.ordered:
            self.last[_list_of(mark)] = mark
            self.in_body = True

    def _goes_on(self, lines: Sequence[Paragraph], after: Paragraph) -> bool:
        """Whether `after` belongs to the paragraph of `lines`."""
        before, text = lines[-1], after.text
        opens = _stands_alone(after) or _BEGINS.match(text) or is_bare_mark(text)
        if opens or _stands_alone(before):
            return False
        mark, rest = split_mark(text)
        if is_bare_mark(before.text):
            return mark is None
        if mark:
            return not self.in_title and self._is_false(mark, rest, before.text, lines)
        if self.in_title or (not self.in_body and before.text.endswith((".", ";", ",", ":"))):
            return not _BASE.match(text) and (self.in_title or self._text_goes_on(lines, text))
        if is_capitals(text) or is_capitals(before.text):
            return self._capitals_go_on(lines, text)
        return self._text_goes_on(lines, text)

    def _is_false(self, mark: Mark, rest: str, before: str, lines: Sequence[Paragraph]) -> bool:
        """A continuation line that looks like an item: "- xã hội ...", "4. Tăng cường ..."."""
        if mark.kind == "dash" and _FIRST_HALF.search(before) and _SECOND_HALF.match(rest):
            return True
        if is_finished(before) or is_capitals(before) or not self._is_full(before, rest):
            return False
        if mark.ordered:
            expected = self.last.get(_list_of(mark))
            in_order = mark.value == 1 or (expected and follows(mark, expected))
            return not in_order or (rest[:1].islower() and len(lines) > 1)
        return (
            bool(_SECOND_HALF.match(rest))
            if rest[:1].isupper()
            else rest[:1].islower() or rest[:1].isdigit()
        )

    def _capitals_go_on(self, lines: Sequence[Paragraph], text: str) -> bool:
        """A heading in capitals that takes two lines; capitals elsewhere stand for themselves."""
        before = lines[-1].text
        if is_capitals(text) and is_capitals(before):
            mark, _ = split_mark(lines[0].text)
            return bool(mark and mark.kind in {"roman", "part", "number"}) and before[-1:] != ":"
        acronym = is_capitals(text) and len(text.split()) <= 3 and not is_finished(before)
        if acronym and self.width:
            return self._is_full(before, text) and len(lines) > 1
        short = is_capitals(before) and len(lines) > 1 and bool(self.width)
        return short and text[:1].islower()

    def _text_goes_on(self, lines: Sequence[Paragraph], text: str) -> bool:
        """Whether a line without a mark goes on with the sentence or paragraph before it."""
        before = lines[-1].text
        small = text.lstrip("(")[:1].islower() or (text[:1].isdigit() and not is_finished(before))
        if re.search(r"[^\s\-]-$", before) or text[:1] in ",;.)":
            return True
        if before.endswith(".") and text[:1].islower() and not _SHORTENED.search(before):
            return False  # no sentence begins small: a piece that lost its place
        if self.width is None:
            return self._torn(before, small)
        full = self._is_full(before, text)
        if is_finished(before):
            return full and not (len(lines) == 1 and self._is_label(before))
        heading = len(lines) == 1 and not full and len(before) < _HEADING
        return small or full or (not heading and _hangs(before))

    def _torn(self, before: str, small: bool) -> bool:
        """Where lines are whole paragraphs: only a sentence cut in the middle goes on."""
        if is_finished(before):
            return False
        return small or _hangs(before)

    def _is_label(self, line: str) -> bool:
        """A short heading on a line of its own, with its colon."""
        return line.endswith(":") and bool(self.width) and len(line) < 0.75 * (self.width or 0)

    def _is_full(self, line: str, following: str) -> bool:
        """Whether the next line's first word would not have fitted on this line."""
        word = following.split(maxsplit=1)[0] if following.split() else ""
        return self.width is not None and len(line) + 1 + len(word) > _FULL * self.width


def _list_of(mark: Mark) -> tuple[str, int, str]:
    """Marks of one list share kind, depth and head: 2.1 and 2.2."""
    return mark.kind, mark.depth, mark.label.rpartition(".")[0]


def _hangs(text: str) -> bool:
    """Whether the text breaks off: on a comma, in a quotation, or on a word that wants another."""
    return (
        text.endswith((",", "-", "–", "/", "("))
        or text.count("“") > text.count("”")
        or text.count("(") > text.count(")")
        or bool(_DANGLING.search(text))
    )
