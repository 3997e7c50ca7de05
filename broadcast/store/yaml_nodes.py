"""YAML text as nodes that remember their lines, and syntax errors said in the officer's words.

Scalars stay text: what 17:00, 05 or 2026-11-23 means is for the reader's types to say, not for
YAML's own rules (which take 17:00 for 1020). Aliases, tags and deep nesting are refused: people
do not write them, and a small file could be made to swell with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import yaml

from broadcast.errors import InputError, Problem
from broadcast.vietnamese.characters import nfc

DEEPEST = 20
"""Levels of nesting; our own files have five."""

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTE = 'đặt cả giá trị trong dấu nháy kép, ví dụ title: "Hỏi: đáp"'

_PAIR = 'viết "tên: giá trị"'


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: its NFC text, whether it stands without quotes, and where it starts.

    `line` is 1-based in the file, `column` 0-based.
    """

    text: str
    plain: bool
    line: int
    column: int = 0

    @property
    def null(self) -> bool:
        """Whether nothing is written there, or YAML's words for nothing."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; `flow` where it is written in braces."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """The value of `key`, None if it is not there."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node = Scalar | Sequence | Mapping


def parse(text: str, file: str, first_line: int = 1) -> tuple[Node, tuple[Problem, ...]]:
    """Read one YAML document into nodes.

    Args:
        text: the YAML.
        file: its name for problems.
        first_line: the number of the text's first line in its file.

    Returns:
        The root, and the problems that leave the structure readable (keys given twice).

    Raises:
        InputError: the text is not YAML; the problem says in which line and why.
    """
    return _parse(text, file, first_line)


@lru_cache(maxsize=8)
def _parse(text: str, file: str, first_line: int) -> tuple[Node, tuple[Problem, ...]]:
    # A file is asked for the line of one finding after the other, and read, then cut into rows.
    reader = _Reader(file, first_line)
    try:
        events = iter(yaml.parse(text, Loader=_LOADER))
        return reader.document(events), tuple(reader.problems)
    except _RefusedError as refused:
        problem = refused.problem
    except yaml.MarkedYAMLError as error:
        problem = _explain(error, text, file, first_line)
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        position = getattr(error, "position", None) or getattr(error, "start", 0)
        line = first_line + text.count("\n", 0, position)
        problem = Problem("có ký tự điều khiển không đọc được", file, line, "xóa và gõ lại dòng đó")
    raise InputError("Không đọc được tệp", "tệp viết sai cú pháp YAML", problems=[problem])


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class _Reader:
    """Builds nodes from parser events, collecting problems."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []

    def document(self, events: Iterator[yaml.Event]) -> Node:
        """The one document of the stream; an empty stream is an empty mapping."""
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise self.refused(event, "có hai tài liệu YAML trong một tệp", "bỏ dòng ---")
                root = self.node(next(events), events, 0)
        if root is None or (isinstance(root, Scalar) and root.null):
            return Mapping((), self.first_line)
        return root

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            raise self.refused(event, f"không dùng được tham chiếu *{event.anchor}", _QUOTE)
        if depth > DEEPEST:
            raise self.refused(event, f"lồng nhau quá {DEEPEST} bậc", "bớt ngoặc hoặc thụt dòng")
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            raise self.refused(event, f"không dùng được thẻ {tag}", _QUOTE)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        children = self.children(events, depth + 1)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(children), self.line(event))
        return self.mapping(event, children)

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        mark = event.start_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return Scalar(nfc(event.value), not event.style, self.first_line + line, column)

    def children(self, events: Iterator[yaml.Event], depth: int) -> list[Node]:
        found = []
        for event in events:
            if isinstance(event, yaml.CollectionEndEvent):
                break
            found.append(self.node(event, events, depth))
        return found

    def mapping(self, start: yaml.Event, children: list[Node]) -> Mapping:
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, int] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.problem(key.line, "tên mục phải là một chữ", "xem lại dấu ngoặc ở đầu dòng")
            elif key.text in seen:
                message = f"mục {key.text!r} đã có ở dòng {seen[key.text]}"
                self.problem(key.line, message, "giữ lại một mục")
            else:
                seen[key.text] = key.line
                pairs.append((key, value))
        return Mapping(tuple(pairs), self.line(start), bool(getattr(start, "flow_style", False)))

    def line(self, event: yaml.Event) -> int:
        return self.first_line + (event.start_mark.line if event.start_mark else 0)

    def problem(self, line: int, message: str, suggestion: str) -> None:
        self.problems.append(Problem(message, self.file, line, suggestion))

    def refused(self, event: yaml.Event, message: str, suggestion: str) -> _RefusedError:
        return _RefusedError(Problem(message, self.file, self.line(event), suggestion))


def _explain(error: yaml.MarkedYAMLError, text: str, file: str, first_line: int) -> Problem:
    """A parser's complaint as a person would put it, at the line to be mended."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines() or [""]
    line = min(line, len(lines) - 1)
    message, suggestion, at = _diagnose(error, lines, line, column)
    return Problem(message, file, first_line + at, suggestion)


def _diagnose(
    error: yaml.MarkedYAMLError, lines: list[str], line: int, column: int
) -> tuple[str, str, int]:
    """What is wrong, what to do, and the 0-based line to do it in."""
    context, problem = error.context or "", error.problem or ""
    opened = min(line, error.context_mark.line) if error.context_mark else line
    here = lines[line]
    if "\t" in here[: column + 1]:
        return "đầu dòng có dấu Tab", "thay dấu Tab bằng dấu cách", line
    if "cannot start any token" in problem:
        return f"giá trị bắt đầu bằng ký tự {here[column : column + 1]!r}", _QUOTE, line
    if "mapping values" in problem:
        return _colon(lines, line, column)
    if _AFTER_QUOTE.match(here):
        return "có chữ sau dấu nháy đóng", "đặt cả giá trị trong một cặp nháy", line
    for phrase, message, mend, at_start in _CAUSES:
        if phrase in f"{context} {problem}":
            return message, mend, opened if at_start else line
    return "không đúng cú pháp YAML", "xem lại dấu hai chấm, dấu nháy và thụt đầu dòng", line


_AFTER_QUOTE = re.compile(r"\s*[\w-]+\s*:\s*(\"[^\"]*\"|'[^']*')\s*[^\s#]")
_ALIGN = "các mục cùng cấp phải thẳng hàng, thụt bằng dấu cách"
_CAUSES = (
    ("escape", "dấu \\ trong nháy kép", "dùng nháy đơn '...' hoặc viết \\\\", False),
    ("quoted scalar", "thiếu dấu nháy đóng", "thêm dấu nháy ở cuối giá trị", True),
    ("flow", "thiếu dấu đóng ] hoặc }, hoặc thiếu dấu phẩy", "đóng ngoặc ở dòng này", True),
    ("could not find expected ':'", "thiếu dấu hai chấm sau tên mục", _PAIR, True),
    ("did not find expected", "thụt đầu dòng không khớp với các dòng trên", _ALIGN, False),
    ("expected <block end>", "thụt đầu dòng không khớp với các dòng trên", _ALIGN, False),
)
"""A phrase of the parser, what it means, what to do, whether to mend where the trouble began."""


def _colon(lines: list[str], line: int, column: int) -> tuple[str, str, int]:
    """A colon where none may stand: inside a value, after a line without one, or too deep."""
    if re.match(r"\s*(- )?[^:]+:\s", lines[line][:column]):
        return "dấu hai chấm trong giá trị", _QUOTE, line
    above = max((n for n in range(line) if lines[n].strip()), default=line)
    if above != line and ":" not in lines[above]:
        return "thiếu dấu hai chấm sau tên mục", _PAIR, above
    return "thụt đầu dòng sâu hơn dòng trên", _ALIGN, line


def scalars(node: Node | None, *keys: str) -> Iterator[Scalar]:
    """Every single value that the keys lead to, through lists: ("zones", "id") gives all ids."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item, *keys)
    elif isinstance(node, Mapping) and keys:
        yield from scalars(node.get(keys[0]), *keys[1:])
    elif isinstance(node, Scalar) and not keys:
        yield node


def locate(text: str, *path: str | int) -> int | None:
    """The 1-based line of a value in YAML text that can be read.

    Args:
        path: keys; within a list a number (0-based), the `id` of an item, or the item's own text:
            ("airings", "2026-11-23-sang", "zones", "trung-tam").

    Returns:
        The line of what is reached, None if there is nothing.
    """
    node: Node | None = parse(text, "")[0]
    for step in path:
        node = _step(node, step)
    return node.line if node else None


def _step(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Mapping):
        return node.get(str(step))
    if not isinstance(node, Sequence):
        return None
    if isinstance(step, int):
        return node.items[step] if step < len(node.items) else None
    return next((item for item in node.items if step in _names(item)), None)


def _names(item: Node) -> set[str]:
    name = item.get("id") if isinstance(item, Mapping) else item
    return {name.text} if isinstance(name, Scalar) else set()
