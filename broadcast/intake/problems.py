"""What in a plan's outline a person should look at: numbering, torn and broken-off paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcast.domain.plan import PlanProblem
from broadcast.intake.lines import is_finished
from broadcast.intake.marks import Mark, follows
from broadcast.intake.outline import Node

_SHOWN = 50


def outline_problems(sections: Sequence[Node]) -> Iterator[PlanProblem]:
    """All problems of the outline, in the document's order."""
    yield from _numbering(sections, "mục lớn")
    for section in sections:
        for node in section.walk():
            if node.items:
                yield from _numbering(node.items, f"mục trong {node.path}")
            yield from _torn(node)


def _numbering(nodes: Sequence[Node], what: str) -> Iterator[PlanProblem]:
    """Skipped and repeated numbers among siblings of one kind."""
    before: dict[tuple[str, bool], tuple[Mark, Node]] = {}
    for node in nodes:
        mark = node.mark
        if mark is None or not mark.ordered:
            continue
        style = (mark.kind, mark.closed)
        last = before.get(style)
        before[style] = mark, node
        if last is None:
            if mark.value > 1 and not any(
                n.mark and n.mark.ordered for n in nodes[: nodes.index(node)]
            ):
                yield _gap(f"{what} bắt đầu từ “{mark.label}”", node)
        elif mark.value == last[0].value:
            yield _gap(f"số “{mark.label}” của {what} lặp lại (đã có ở dòng {last[1].line})", node)
        elif not follows(mark, last[0]):
            yield _gap(f"{what} nhảy từ “{last[0].label}” sang “{mark.label}”", node)


def _gap(message: str, node: Node) -> PlanProblem:
    mend = "xem bản gốc có thiếu mục không; nếu chỉ sai số thứ tự thì không cần sửa"
    return PlanProblem(f"đánh số: {message} (“{_short(node.text)}”)", node.line, mend)


def _torn(node: Node) -> Iterator[PlanProblem]:
    if node.cut is not None:
        message = f"đoạn bị ngắt giữa câu, đã nối với dòng {node.cut}: “{_short(node.text)}”"
        yield PlanProblem(message, node.line, "đọc lại cả đoạn xem chỗ nối có liền ý không")
    elif _breaks_off(node):
        message = f"đoạn kết thúc giữa câu: “… {node.text[-_SHOWN:].split(' ', 1)[-1]}”"
        yield PlanProblem(message, node.line, "xem bản gốc và bổ sung phần còn thiếu")


def _breaks_off(node: Node) -> bool:
    """A long item or paragraph without a stop at its end; lists may leave stops out."""
    text = node.text
    if node.cells or node.items or is_finished(text):
        return False
    return text.endswith((",", "-", "–")) or text.count("“") > text.count("”")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"
