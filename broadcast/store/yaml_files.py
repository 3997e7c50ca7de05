"""YAML files as frozen dataclasses: read by their type hints, every problem with its line.

`decode(encode(value)) == value` for the types used in the domain: str, int, float, bool, date,
time, aware datetime, Optional, Literal, tuple[T, ...], dict[str, T], dataclasses and WeekId.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, fields, is_dataclass
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
    root, problems = parse(text, file, first_line)
    decoder = _Decoder(file, problems)
    value = decoder.value(root, kind, "")
    for found in check(root) if check else ():
        problems.append(Problem(found.message, file, found.line, found.suggestion))
    if problems:
        problems.sort(key=lambda problem: problem.line or 0)
        raise InputError("Không đọc được tệp", f"{file} có chỗ chưa đúng", problems=problems)
    return value  # type: ignore[no-any-return]  # no problems: it is a T


@cache
def _hints(kind: type) -> dict[str, Any]:
    # Without explicit name spaces a field called `date` would hide the type of that name.
    return get_type_hints(kind, vars(sys.modules[kind.__module__]), {})


class _Decoder:
    """Turns nodes into values; a value with a problem becomes None and the problem is kept."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def fail(self, node: Node, message: str, suggestion: str | None = None) -> None:
        self.problems.append(Problem(message, self.file, node.line, suggestion))

    def value(self, node: Node, hint: Any, key: str) -> Any:
        origin = get_origin(hint)
        if origin in {Union, UnionType}:
            return self.optional(node, hint, key)
        if is_dataclass(hint):
            return self.week(node, key) if hint is WeekId else self.record(node, hint, key)
        if origin is tuple:
            return self.items(node, get_args(hint)[0], key)
        if origin is dict:
            return self.named(node, get_args(hint)[1], key)
        return self.single(node, hint, key)

    def single(self, node: Node, hint: Any, key: str) -> Any:
        if not isinstance(node, Scalar):
            self.fail(node, f"{_of(key)}cần {_called(hint)}, nhưng ở đây là {_kind(node)}")
            return None
        if get_origin(hint) is Literal:
            return self.choice(node, get_args(hint), key)
        return self.scalar(node, hint, key)

    def optional(self, node: Node, hint: Any, key: str) -> Any:
        if isinstance(node, Scalar) and node.null:
            return None
        (inner,) = (arg for arg in get_args(hint) if arg is not NoneType)
        return self.value(node, inner, key)

    def record(self, node: Node, kind: Any, key: str) -> Any:
        if not isinstance(node, Mapping):
            names = ", ".join(field.name for field in fields(kind))
            message = f"{_of(key)}cần các mục con, nhưng ở đây là {_kind(node)}"
            self.fail(node, message, f"các mục con: {names}")
            return None
        known = {field.name: field for field in fields(kind) if field.init}
        before = len(self.problems)
        for name, field in known.items():
            if _required(field) and node.get(name) is None:
                self.fail(node, f"{_of(key)}thiếu mục {name!r}")
        values = self.known(node, known, _hints(kind))
        return kind(**values) if len(self.problems) == before else None

    def known(
        self, node: Mapping, known: dict[str, Field[Any]], hints: dict[str, Any]
    ) -> dict[str, Any]:
        values = {}
        for name, value in node.pairs:
            if name.text not in known:
                self.unknown(name, known)
            elif isinstance(value, Scalar) and value.null and not _nullable(hints[name.text]):
                # "note:" with nothing after it is the same as no note.
                if _required(known[name.text]):
                    self.fail(name, f"mục {name.text!r} còn trống", "điền giá trị")
            else:
                values[name.text] = self.value(value, hints[name.text], name.text)
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

    def week(self, node: Node, key: str) -> WeekId | None:
        text = node.text if isinstance(node, Scalar) else ""
        try:
            # Words such as "this" mean another week tomorrow; a file names its week.
            if text[:1].isdigit():
                return WeekId.parse(text, date.min)
        except ValueError:
            pass
        self.fail(node, f"{_of(key)}{text!r} không phải tuần", "viết như 2026-W48")
        return None

    def choice(self, node: Scalar, allowed: tuple[Any, ...], key: str) -> Any:
        if node.text in allowed:
            return node.text
        names = ", ".join(map(str, allowed))
        self.fail(node, f"{_of(key)}{node.text!r} không được dùng", f"được dùng: {names}")
        return None

    def scalar(self, node: Scalar, hint: Any, key: str) -> Any:
        try:
            return _READERS[hint](node.text)
        except ValueError as error:
            suggestion = str(error) or None
            called = _called(hint)
            self.fail(node, f"{_of(key)}cần {called}, nhưng ở đây là {node.text!r}", suggestion)
            return None


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
