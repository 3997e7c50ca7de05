"""What is wrong with the station's own days as its file writes them, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from broadcast.domain.days import LONGEST, read_day_month
from broadcast.errors import Problem
from broadcast.store.yaml_nodes import Mapping, Node, Scalar, Sequence

_WHEN = {"day": "day: 2026-12-22", "yearly": "yearly: 22/12", "lunar": "lunar: 10/1"}
"""The keys that say when, each with an example."""

_COUNT = 4
"""Most digits of a number of days that are read."""


def own_day_problems(root: Node) -> Iterator[Problem]:
    """Every problem of `days` that types cannot say."""
    listed = root.get("days") if isinstance(root, Mapping) else None
    for item in listed.items if isinstance(listed, Sequence) else ():
        if isinstance(item, Mapping):
            yield from _when(item)
            yield from _length(item)
            yield from _treatment(item)


def _scalar(item: Mapping, key: str) -> Scalar | None:
    value = item.get(key)
    return value if isinstance(value, Scalar) and not value.null else None


def _when(item: Mapping) -> Iterator[Problem]:
    said = [found for key in _WHEN if (found := _scalar(item, key))]
    if len(said) != 1:
        line = max((found.line for found in said), default=item.line)
        count = "thiếu ngày" if not said else "ghi ngày theo nhiều cách"
        yield Problem(
            f"ngày riêng của đài {count}",
            line=line,
            suggestion=f"ghi đúng một trong: {'; '.join(_WHEN.values())}",
        )
    for key in ("yearly", "lunar"):
        if text := _scalar(item, key):
            try:
                read_day_month(text.text, lunar=key == "lunar")
            except ValueError as error:
                example = f"viết như {_WHEN[key]}"
                yield Problem(f"{key}: {text.text!r}: {error}", line=text.line, suggestion=example)


def _length(item: Mapping) -> Iterator[Problem]:
    until, lasts = _scalar(item, "until"), _scalar(item, "lasts")
    begun = _scalar(item, "day")
    if until and begun is None:
        mend = "ngày lặp lại hằng năm kéo dài mấy ngày thì ghi lasts: 3"
        yield Problem("until chỉ dùng với day", line=until.line, suggestion=mend)
    elif until and begun and (problem := _range(begun.text, until.text)):
        yield Problem(problem, line=until.line, suggestion="sửa day hoặc until")
    if lasts and begun:
        yield Problem(
            "lasts chỉ dùng với yearly hoặc lunar",
            line=lasts.line,
            suggestion="ghi ngày cuối: until",
        )
    elif lasts and lasts.text[:_COUNT].lstrip("-").isdecimal():
        count = int(lasts.text[:_COUNT])
        if not 1 <= count <= LONGEST:
            yield Problem(
                f"lasts: {lasts.text} ngày", line=lasts.line, suggestion=f"từ 1 đến {LONGEST}"
            )


def _range(first: str, last: str) -> str:
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return ""  # told by the reader of dates
    if end < begin:
        return f"until {last} trước day {first}"
    return f"dài quá {LONGEST} ngày" if end - begin > timedelta(days=LONGEST) else ""


def _treatment(item: Mapping) -> Iterator[Problem]:
    closed, programme = _scalar(item, "closed"), _scalar(item, "programme")
    if closed and programme and closed.text.casefold() in {"true", "yes", "on", "có"}:
        yield Problem(
            "ngày riêng vừa nghỉ (closed) vừa có chương trình (programme)",
            line=programme.line,
            suggestion="bỏ một trong hai dòng",
        )
