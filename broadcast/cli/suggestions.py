"""What `plan check` and `script check` share: suggestions by line, and deciding about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

import click

from broadcast.cli.common import say
from broadcast.vietnamese.decisions import Choice, Open
from broadcast.workflow.proof_view import finding

DECIDE = "Quyết định: --accept MÃ (sửa), --reject MÃ (để nguyên), --ignore MÃ (không hỏi nữa)"
"""Told below a list of suggestions."""

_OPTIONS = (
    ("--ignore", "Không hỏi về chữ ấy nữa, ở mọi kịch bản và kế hoạch"),
    ("--reject", "Để nguyên chỗ mang mã này, không hỏi lại"),
    ("--accept", "Sửa theo gợi ý mang mã này; nêu được nhiều lần"),
)


def choice_options(command: Callable[..., None]) -> Callable[..., None]:
    """Options that decide about suggestions by their ids; the command gets them as `choice`."""

    @wraps(command)
    def chosen(
        *args: Any,
        accept: tuple[str, ...],
        reject: tuple[str, ...],
        ignore: tuple[str, ...],
        **others: Any,
    ) -> None:
        command(*args, choice=Choice(accept, reject, ignore), **others)

    made: Callable[..., None] = chosen
    for name, told in _OPTIONS:
        made = click.option(name, metavar="MÃ_GỢI_Ý", multiple=True, help=told)(made)
    return made


def suggestion_lines(found: Iterable[Open], indent: str = "") -> Iterator[str]:
    """Suggestions for reading: id, line, what, how to mend it; the same words are told once."""
    alike: dict[tuple[str, str, str], list[Open]] = {}
    for one in found:
        said = one.suggestion
        alike.setdefault((said.rule, said.written, said.reason), []).append(one)
    for first, *others in alike.values():
        told = finding(first)
        yield f"{indent}! [{first.id}] {_line(first, ': ')}{told.message}"
        yield f"{indent}  → {told.mend}"
        if others:
            places = ", ".join(f"{_line(one, ' ')}[{one.id}]" for one in others)
            yield f"{indent}  cũng ở: {places}"


def tell_decided(decided: Iterable[Open], choice: Choice) -> None:
    """Say what was done about suggestions."""
    for one in decided:
        found = one.suggestion
        if one.id in choice.accept:
            say(f"Đã sửa {_line(one, ': ')}«{found.written}» thành «{found.better}»")
        elif one.id in choice.reject:
            say(f"Để nguyên {_line(one, ': ')}«{found.written}»")
        else:
            say(f"Không hỏi về «{found.written}» nữa")


def _line(one: Open, end: str) -> str:
    return f"dòng {one.suggestion.line}{end}" if one.suggestion.line else ""
