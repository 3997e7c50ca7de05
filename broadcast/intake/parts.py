"""The parts of a plan while it is being read: every paragraph lands in exactly one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from broadcast.domain.plan import (
    Channel,
    Duty,
    Passage,
    PlanProblem,
    Section,
    Topic,
)
from broadcast.intake.outline import Node


@dataclass(slots=True)
class Parts:
    """Filled section by section, in the document's order."""

    issuer: str = ""
    sections: list[Section] = field(default_factory=list)
    audience: list[str] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    problems: list[PlanProblem] = field(default_factory=list)

    def keep(self, node: Node, path: str) -> None:
        """Keep a node and all under it as passages."""
        for piece in node.walk():
            if piece.text:
                self.passages.append(Passage(piece.path or path, piece.text, piece.line))


def whole_text(node: Node) -> str:
    """A node's text with the paragraphs that go on with it, in one line."""
    text = node.text
    for paragraph in node.paragraphs:
        if not paragraph.cells:
            text = f"{text} {paragraph.text}"
    return text


def all_text(node: Node, without: str = "") -> str:
    """Everything in and under a node in one line; `without` is a heading to leave out in front."""
    pieces = [piece.text for piece in node.walk()]
    pieces[0] = pieces[0].removeprefix(without).lstrip(" :")
    return " ".join(filter(None, pieces))


def numbered_paragraphs(node: Node) -> Iterator[tuple[str, Node]]:
    """Paragraphs without marks with paths of their own: "II/p1", "II/p2"."""
    for count, paragraph in enumerate(node.paragraphs, 1):
        yield f"{node.path}/p{count}", paragraph
