"""Ids that are file names on every system: short, ASCII, none that Windows keeps for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from broadcast.errors import InputError, Problem
from broadcast.store.yaml_nodes import Scalar
from broadcast.vietnamese.characters import is_reserved

LONGEST = 80
"""Characters; leaves room for folders and endings in Windows' 260."""

ALLOWED = "chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ ban-lan"
_ID = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")


def is_id(text: str) -> bool:
    """Whether `text` can be an id and a file name everywhere."""
    return bool(len(text) <= LONGEST and _ID.fullmatch(text) and not is_reserved(text))


def id_problem(text: str) -> Problem | None:
    """What is wrong with an id, None if it is right."""
    if is_id(text):
        return None
    if is_reserved(text):
        return Problem(f"Windows dành riêng tên {text!r}", suggestion="chọn tên khác")
    if len(text) > LONGEST:
        return Problem(f"mã {text[:20]!r}... quá dài", suggestion=f"nhiều nhất {LONGEST} ký tự")
    return Problem(f"mã {text!r} không dùng được", suggestion=ALLOWED)


def require_id(text: str) -> str:
    """The id itself.

    Raises:
        InputError: it cannot be an id.
    """
    problem = id_problem(text)
    if problem:
        raise InputError("Không dùng được mã này", problem.message, problem.suggestion or "")
    return text


def id_problems(ids: Iterable[Scalar]) -> Iterator[Problem]:
    """Ids in a file that cannot be ids."""
    for item in ids:
        wrong = id_problem(item.text)
        if wrong:
            yield Problem(wrong.message, line=item.line, suggestion=wrong.suggestion)


def twice(ids: Iterable[Scalar], what: str) -> Iterator[Problem]:
    """Ids in a file that two `what` share."""
    seen: dict[str, int] = {}
    for item in ids:
        if item.text in seen:
            message = f"{what} {item.text!r} đã có ở dòng {seen[item.text]}"
            yield Problem(message, line=item.line, suggestion="đặt mã khác")
        seen.setdefault(item.text, item.line)
