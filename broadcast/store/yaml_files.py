"""YAML files as frozen dataclasses: read by their type hints, every problem with its line.

`decode(encode(value)) == value` for the types used in the domain: str, int, float, bool, date,
time, aware datetime, Optional, Literal, tuple[T, ...], dict[str, T], dataclasses and WeekId.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from broadcast.domain.week import VIETNAM, WeekId
from broadcast.errors import InputError, Problem
from broadcast.store.yaml_nodes import Mapping, Node, Scalar, Sequence, parse

T = TypeVar("T")

Check = Callable[[Node], Iterable[Problem]]
"""Looks for what types cannot say (ids given twice, unknown references); files in its problems
are filled in by `decode`."""

_YES = {"true", "yes", "on", "có"}
_NO = {"false", "no", "off", "không"}
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?")
_LOOSE_TIME = re.compile(r"([0-9]{1,2})\s*(?:h|g|giờ|\.|,|:)\s*([0-9]{1,2})?\s*(?:'|p|phút)?", re.I)
_LOOSE_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_NUMBER = re.compile(r"[+-]?[0-9]{1,300}(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,3})?")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_WITH_UNIT = re.compile(r"([+-]?[0-9]{1,18})\s*[^\W\d].*")


def decode(
    text: str, kind: type[T], file: str, *, first_line: int = 1, check: Check | None = None
) -> T:
    """Read YAML into the dataclass `kind`.

    Args:
        file: name for problems.
        first_line: the number of the text's first line in its file.
        check: further problems, found in the nodes; reported together with all others.

    Raises:
        InputError: with every problem of the file, each with line and what would be right.
    """
    root, twice = parse(text, file, first_line)
    problems = list(twice)
    decoder = _Decoder(file, problems)
    value = decoder.value(root, kind, "")
    for found in check(root) if check else ():
        problems.append(Problem(found.message, file, found.line, found.suggestion))
    if problems:
        problems.sort(key=lambda problem: problem.line or 0)
        raise InputError("Không đọc được tệp", f"{file} có chỗ chưa đúng", problems=problems)
    return value  # type: ignore[no-any-return]  # no problems: it is a T


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a record: its type, whether it has to be given and whether it may be nothing."""

    hint: Any
    required: bool
    nullable: bool


@cache
def _fields(kind: type) -> dict[str, _Field]:
    # Without explicit name spaces a field called `date` would hide the type of that name.
    hints = get_type_hints(kind, vars(sys.modules[kind.__module__]), {})
    return {
        field.name: _Field(hints[field.name], _required(field), _nullable(hints[field.name]))
        for field in fields(kind)
        if field.init
    }


class _Decoder:
    """Turns nodes into values; a value with a problem becomes None and the problem is kept."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def fail(self, node: Node, message: str, suggestion: str | None = None) -> None:
        self.problems.append(Problem(message, self.file, node.line, suggestion))

    def value(self, node: Node, hint: Any, key: str) -> Any:
        read, inner = _reading(hint)
        return read(self, node, inner, key)

    def optional(self, node: Node, inner: Any, key: str) -> Any:
        return None if isinstance(node, Scalar) and node.null else self.value(node, inner, key)

    def record(self, node: Node, kind: Any, key: str) -> Any:
        known = _fields(kind)
        if not isinstance(node, Mapping):
            names = ", ".join(field.name for field in fields(kind))
            message = f"{_of(key)}cần các mục con, nhưng ở đây là {_kind(node)}"
            self.fail(node, message, f"các mục con: {names}")
            return None
        before = len(self.problems)
        there = {name.text for name, _ in node.pairs}
        for name, field in known.items():
            if field.required and name not in there:
                self.fail(node, f"{_of(key)}thiếu mục {name!r}")
        values = self.known(node, known)
        return kind(**values) if len(self.problems) == before else None

    def known(self, node: Mapping, known: dict[str, _Field]) -> dict[str, Any]:
        values = {}
        for name, value in node.pairs:
            field = known.get(name.text)
            if field is None:
                self.unknown(name, known)
            elif not field.nullable and isinstance(value, Scalar) and value.null:
                # "note:" with nothing after it is the same as no note.
                if field.required:
                    self.fail(name, f"mục {name.text!r} còn trống", "điền giá trị")
            else:
                values[name.text] = self.value(value, field.hint, name.text)
        return values

    def unknown(self, name: Scalar, known: Iterable[str]) -> None:
        allowed = list(known)
        near = get_close_matches(name.text, allowed, 1)
        suggestion = f"có phải {near[0]!r}? " if near else ""
        suggestion += f"Được dùng: {', '.join(allowed)}" if near else ""
        self.fail(name, f"mục lạ {name.text!r}", suggestion or f"được dùng: {', '.join(allowed)}")

    def items(self, node: Node, hint: Any, key: str) -> tuple[Any, ...] | None:
        if isinstance(node, Sequence):
            return tuple(self.value(item, hint, key) for item in node.items)
        example = (
            f"viết trong ngoặc vuông: {key}: [{node.text}]" if isinstance(node, Scalar) else ""
        )
        self.fail(
            node,
            f"{_of(key)}cần một danh sách, nhưng ở đây là {_kind(node)}",
            example or 'mỗi phần tử một dòng, bắt đầu bằng "- "',
        )
        return None

    def named(self, node: Node, hint: Any, key: str) -> dict[str, Any] | None:
        """Values by name; where each is a list, a single one may stand without brackets."""
        if not isinstance(node, Mapping):
            self.fail(node, f'{_of(key)}cần các dòng "tên: giá trị", ở đây là {_kind(node)}')
            return None
        values = {}
        for name, value in node.pairs:
            alone = get_origin(hint) is tuple and isinstance(value, Scalar)
            items = Sequence((value,), value.line) if alone else value
            values[name.text] = self.value(items, hint, name.text)
        return values

    def week(self, node: Node, _: Any, key: str) -> WeekId | None:
        text = node.text if isinstance(node, Scalar) else ""
        try:
            # Words such as "this" mean another week tomorrow; a file names its week.
            if text[:1].isdigit():
                return WeekId.parse(text, date.min)
        except ValueError:
            pass
        self.fail(node, f"{_of(key)}{text!r} không phải tuần", "viết như 2026-W48")
        return None

    def choice(self, node: Node, allowed: tuple[Any, ...], key: str) -> Any:
        if not isinstance(node, Scalar):
            return self.not_single(node, None, key)
        if node.text in allowed:
            return node.text
        names = ", ".join(map(str, allowed))
        self.fail(node, f"{_of(key)}{node.text!r} không được dùng", f"được dùng: {names}")
        return None

    def scalar(self, node: Node, hint: Any, key: str) -> Any:
        if not isinstance(node, Scalar):
            return self.not_single(node, hint, key)
        try:
            return _READERS[hint](node.text)
        except ValueError as error:
            suggestion = str(error) or None
            called = _called(hint)
            self.fail(node, f"{_of(key)}cần {called}, nhưng ở đây là {node.text!r}", suggestion)
            return None

    def not_single(self, node: Node, hint: Any, key: str) -> None:
        self.fail(node, f"{_of(key)}cần {_called(hint)}, nhưng ở đây là {_kind(node)}")


_Reading = tuple[Callable[[_Decoder, Node, Any, str], Any], Any]
"""How a type is read: a way of the decoder, and what that has to know of the type."""


@cache
def _reading(hint: Any) -> _Reading:
    # Found out once a type: asking what a hint is took longer than reading the value.
    origin, args = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        (inner,) = (arg for arg in args if arg is not NoneType)
        return _Decoder.optional, inner
    if hint is WeekId:
        return _Decoder.week, None
    if is_dataclass(hint):
        return _Decoder.record, hint
    if origin is tuple:
        return _Decoder.items, args[0]
    if origin is dict:
        return _Decoder.named, args[1]
    return (_Decoder.choice, args) if origin is Literal else (_Decoder.scalar, hint)


def _whole(text: str) -> int:
    if _WHOLE.fullmatch(text):
        return int(text)
    with_unit = _WITH_UNIT.fullmatch(text)
    raise ValueError(f"viết {with_unit[1]}" if with_unit else "viết số nguyên, ví dụ 15")


def _number(text: str) -> float:
    if _NUMBER.fullmatch(text):
        return float(text)
    point = text.replace(",", ".")
    raise ValueError(f"viết {point}" if _NUMBER.fullmatch(point) else "viết bằng chữ số")


def _flag(text: str) -> bool:
    word = text.casefold()
    if word in _YES | _NO:
        return word in _YES
    raise ValueError("viết true (có) hoặc false (không)")


def _clock(text: str) -> time:
    match = _TIME.fullmatch(text)
    hour, minute, second, part = match.groups("0") if match else ("99", "0", "0", "0")
    try:
        return time(int(hour), int(minute), int(second), int(part.ljust(6, "0")))
    except ValueError:
        pass
    loose = _LOOSE_TIME.fullmatch(text.strip())
    if loose and int(loose[1]) < 24 and int(loose[2] or 0) < 60:
        raise ValueError(f'viết "{int(loose[1]):02d}:{int(loose[2] or 0):02d}"')
    raise ValueError('viết giờ:phút từ "00:00" đến "23:59", ví dụ "05:30"')


def _day(text: str) -> date:
    try:
        if len(text) == len("2026-11-23"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    loose = _LOOSE_DATE.fullmatch(text.strip())
    try:
        day = date(int(loose[3]), int(loose[2]), int(loose[1])) if loose else None
    except ValueError:
        day = None
    raise ValueError(f"viết {day}" if day else "viết năm-tháng-ngày, ví dụ 2026-11-23")


def _moment(text: str) -> datetime:
    """An aware time; without an offset it is Việt Nam's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("viết như 2026-11-23T08:00:00+07:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


_READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: _whole,
    float: _number,
    bool: _flag,
    time: _clock,
    date: _day,
    datetime: _moment,
}
_CALLED = {
    str: "chữ",
    int: "số nguyên",
    float: "số",
    bool: "có/không (true/false)",
    time: "giờ",
    date: "ngày",
    datetime: "ngày giờ",
}


def _called(hint: Any) -> str:
    return _CALLED.get(hint, "một giá trị")


def _kind(node: Node) -> str:
    if isinstance(node, Mapping):
        return "các mục con"
    return "một danh sách" if isinstance(node, Sequence) else repr(node.text)


def _of(key: str) -> str:
    return f"{key}: " if key else ""


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _nullable(hint: Any) -> bool:
    return get_origin(hint) in {Union, UnionType} and NoneType in get_args(hint)
