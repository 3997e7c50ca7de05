"""Whole paragraphs -> the plan's outline: nested items, each with its mark, path and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from broadcast.intake.headings import role_of
from broadcast.intake.lines import Block, is_capitals
from broadcast.intake.marks import UPPER, Mark, follows, small_value, split_mark

_CLOSING = re.compile(
    r"Trên đây là|Trong quá trình (?:tổ chức |triển khai )*thực hiện|Nhận được"
    r"|Căn cứ (?:Kế hoạch|nội dung) này"
)
_CLOSING_AFTER_ITEMS = re.compile(
    r"(?:Yêu cầu|Đề nghị) (?:các|[Tt]hủ trưởng|[Cc]hủ tịch|[Gg]iám đốc|[Nn]gười đứng đầu)"
    r"|Kế hoạch này"
    r"|(?:UBND|[ỦU][ỷy] ban nhân dân) \w+ [^.;]{0,60}(?:yêu cầu|đề nghị)"
)
"""Closing words where units with their duties came before; else they are the duties."""
_TAIL = re.compile(
    r"Nơi nhận\b|(?:TM|KT|TL|TUQ|Q)\.\s*\S|(?:PHÓ |Q\. ?)?(?:CHỦ TỊCH|BÍ THƯ|TRƯỞNG|GIÁM ĐỐC)\b"
    r"|(?:NGƯỜI LẬP|CHÁNH VĂN PHÒNG|XÁC NHẬN)"
)
_PERSON = re.compile(rf"(?:[{UPPER}][^\W\d_]*\s+){{1,4}}[{UPPER}][^\W\d_]*")
_APPENDIX = re.compile(
    r"phụ lục(?:\s+(?:số\s*)?[\dIVX]+)?\W*$|phụ lục\b.{0,80}$|biểu (?:số|mẫu)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Node:
    """An item of the outline; a paragraph without a mark is a node without children.

    `text` is without the mark. `rank` is the level of a mark that the mark alone does not tell, 0
    for all others. `children` are items and paragraphs in the document's order.
    """

    text: str
    line: int
    mark: Mark | None = None
    path: str = ""
    cut: int | None = None
    cells: tuple[str, ...] = ()
    heading: bool = False
    rank: float = 0
    children: list[Node] = field(default_factory=list)

    @property
    def items(self) -> list[Node]:
        """Children that have marks of their own."""
        return [child for child in self.children if child.mark]

    @property
    def paragraphs(self) -> list[Node]:
        """Children without a mark."""
        return [child for child in self.children if not child.mark]

    def walk(self) -> Iterator[Node]:
        """This node and everything under it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Outline:
    """The document in four parts: before the first section, sections, ending, appendix."""

    head: tuple[Block, ...]
    sections: tuple[Node, ...]
    closing: tuple[Block, ...]
    tail: tuple[Block, ...]
    appendix: tuple[Block, ...]


def build_outline(blocks: Sequence[Block]) -> Outline:
    """Part the document and nest its items by their marks."""
    first = _first_section(blocks)
    tail = _tail_start(blocks, first)
    after = next((at for at in range(tail, len(blocks)) if _is_appendix(blocks, at)), len(blocks))
    body, closing = _part_closing(blocks[first:tail])
    return Outline(
        head=tuple(blocks[:first]),
        sections=tuple(_nest(body)),
        closing=tuple(closing),
        tail=tuple(blocks[tail:after]),
        appendix=tuple(blocks[after:]),
    )


def _first_section(blocks: Sequence[Block]) -> int:
    """Index of the first level-one heading; the end where there is none.

    Roman numbers (or capital letters) head sections; a plan without them counts its sections in
    digits, or writes them in capitals alone.
    """
    marks = [split_mark(block.text)[0] for block in blocks]
    for kinds in ({"roman", "part"}, {"number"}):
        places = [at for at, mark in enumerate(marks) if mark and mark.kind in kinds]
        first = next((at for at in places if (mark := marks[at]) and mark.value == 1), None)
        if first is not None or len(places) > 1:
            return places[0] if first is None else first
    title = next((i for i, b in enumerate(blocks) if b.text.startswith("KẾ HOẠCH")), -1)
    at = next((i for i in range(title + 1, len(blocks)) if _is_bare_heading(blocks[i])), None)
    return len(blocks) if at is None or title < 0 else at


def is_plan_word(text: str) -> bool:
    """Whether the text is the word KẾ HOẠCH on a line of its own, above the title."""
    return bool(re.fullmatch(r"(?:\(?dự thảo\)?\s+)?kế hoạch\W*", text.strip(), re.IGNORECASE))


def _is_bare_heading(block: Block) -> bool:
    """A heading in capitals without a number, which opens a known part of a plan."""
    known = is_capitals(block.text) and role_of(block.text) != "other"
    return known and not _TAIL.match(block.text) and not block.cells


def _tail_start(blocks: Sequence[Block], first: int) -> int:
    """Index where recipients and signature begin: what comes first of the two, after the body."""
    nodes = range(first, len(blocks))
    labels = [at for at in nodes if re.match(r"nơi nhận\b", blocks[at].text, re.IGNORECASE)]
    if labels:
        start = labels[0]
    else:
        signs = [at for at in nodes if _TAIL.match(blocks[at].text) and _short(blocks[at])]
        appendix = [at for at in nodes if _is_appendix(blocks, at)]
        start = min([*signs[:1], *appendix[:1], len(blocks)])
    while start > first and (lines := _signature_lines(blocks[first:start])):
        start -= lines
    return start


def _signature_lines(blocks: Sequence[Block]) -> int:
    """How many blocks at the end belong to a signature: a position, or a name below one."""
    signs = [bool(_TAIL.match(block.text)) and _short(block) for block in blocks[-2:]]
    if signs[-1]:
        return 1
    below = len(signs) == 2 and signs[0] and _PERSON.fullmatch(blocks[-1].text)
    return 2 if below else 0


def _short(block: Block) -> bool:
    return len(block.text) <= 80 and (is_capitals(block.text) or block.text[:1] == "N")


def _is_appendix(blocks: Sequence[Block], at: int) -> bool:
    return bool(_APPENDIX.match(blocks[at].text)) and is_capitals(blocks[at].text.split(":")[0])


def _part_closing(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Part the unmarked paragraphs at the end that speak of the whole plan from the items."""
    at = len(blocks)
    while at and split_mark(blocks[at - 1].text)[0] is None and not blocks[at - 1].cells:
        at -= 1
    before = split_mark(blocks[at - 1].text)[0] if at else None
    after_items = before is not None and before.kind not in {"roman", "part"}
    starts = [
        i
        for i in range(at, len(blocks))
        if _CLOSING.match(blocks[i].text)
        or (after_items and _CLOSING_AFTER_ITEMS.match(blocks[i].text))
    ]
    cut = starts[0] if starts else len(blocks)
    return blocks[:cut], blocks[cut:]


def _nest(blocks: Sequence[Block]) -> list[Node]:
    nester = _Nester(blocks)
    for block in blocks:
        nester.add(block)
    return nester.root.children


class _Nester:
    """Builds the tree by ranking marks: sections, digits, letters, then bullets as they come."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        marks = [split_mark(block.text)[0] for block in blocks]
        self.kinds = {mark.kind for mark in marks if mark}
        self.bare = not self.kinds & {"roman", "part", "number"}
        self.root = Node("", 0)
        self.stack: list[Node] = [self.root]

    def add(self, block: Block) -> None:
        """Hang one paragraph into the tree."""
        mark, text = split_mark(block.text)
        if block.cells:
            mark, text = None, block.text
        mark = mark and self._as_counted(mark)
        node = Node(text, block.line, mark, cut=block.cut, cells=block.cells)
        node.heading = block.heading
        if self.bare and not mark and _is_bare_heading(block):
            node.mark = Mark("number", str(len(self.root.children) + 1))
        if node.mark is None:
            self.stack[-1].children.append(node)
            return
        node.rank = 4.5 if self._is_listed(node) else 0
        rank = node.rank or self._rank(node.mark)
        while len(self.stack) > 1 and self._rank_of(self.stack[-1]) >= rank:
            self.stack.pop()
        self._hang(node, node.mark)

    def _as_counted(self, mark: Mark) -> Mark:
        """The letters i, v and x as small Roman numbers, where the list above counts so."""
        open_marks = [node.mark for node in self.stack if node.mark]
        value = small_value(mark.label) if mark.kind == "letter" else 0
        if not value:
            return mark
        small = next((m for m in open_marks if m.kind == "small"), None)
        letter = next((m for m in open_marks if m.kind == "letter"), None)
        starts = value == 1 and not (letter and letter.label in "gh")
        counts_on = small is not None and small.value == value - 1
        return replace(mark, kind="small") if starts or counts_on else mark

    def _hang(self, node: Node, mark: Mark) -> None:
        parent = self.stack[-1]
        label = mark.label
        if not mark.ordered:
            sign = {"dash": "-", "plus": "+"}.get(mark.kind, "*")
            same = [n for n in parent.items if n.mark and n.mark.kind == mark.kind]
            label = f"{sign}{len(same) + 1}"
        if parent is self.root:
            path = label
        elif len(self.stack) == 2 and mark.kind == "number" and mark.depth == 1:
            path = f"{parent.path}.{label}"
        else:
            path = f"{parent.path}/{label}"
        taken = sum(1 for n in parent.items if re.fullmatch(re.escape(path) + r"(#\d+)?", n.path))
        node.path = f"{path}#{taken + 1}" if taken else path
        parent.children.append(node)
        self.stack.append(node)

    def _is_listed(self, node: Node) -> bool:
        """A list counted in digits under a heading of the same kind: "### 2." above "1."."""
        mark = node.mark
        if mark is None or mark.kind != "number" or mark.depth > 1 or node.heading:
            return False
        digits = [n for n in self.stack if n.mark and n.mark.kind == "number" and n.mark.depth == 1]
        if not any(n.heading for n in digits):
            return False
        last = digits[-1]
        return mark.value == 1 or bool(not last.heading and last.mark and follows(mark, last.mark))

    def _rank_of(self, node: Node) -> float:
        if node.rank:
            return node.rank
        return self._rank(node.mark) if node.mark else 0

    def _rank(self, mark: Mark | None) -> float:
        """Depth of a mark's level, smaller is higher."""
        if mark is None:
            return 0
        if mark.kind == "part":
            return 0.5
        if mark.kind == "roman":
            return 1
        if mark.kind == "number":
            return self._number_rank(mark)
        if mark.kind in {"letter", "small"}:
            return 6 if mark.kind == "letter" else 6.7
        return self._bullet_rank(mark)

    def _number_rank(self, mark: Mark) -> float:
        """Digits rank above letters, unless they count inside a letter's item."""
        open_kinds = [node.mark.kind for node in self.stack if node.mark]
        if mark.depth > 1 or "letter" not in open_kinds:
            return 1 + mark.depth
        letter = open_kinds.index("letter")
        inside = "number" in open_kinds[letter:]
        above = [n.mark for n in self.stack if n.mark and n.mark.kind == "number"][:1]
        if "number" not in open_kinds[:letter]:
            return 6.5 if mark.value == 1 or inside else 2
        other_form = bool(above) and above[0].closed != mark.closed
        return 6.5 if other_form and (mark.value == 1 or inside) else 2

    def _bullet_rank(self, mark: Mark) -> float:
        """Bullets nest in the order in which their forms come, but "-" is never under "+"."""
        forms = [n.mark.kind for n in self.stack if n.mark and not n.mark.ordered]
        if mark.kind in forms:
            return 7 + forms.index(mark.kind)
        if mark.kind == "dash" and "plus" in forms:
            return 7 + forms.index("plus")
        return 7 + len(forms)
