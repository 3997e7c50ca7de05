"""Frozen dataclasses as YAML that people can read and correct."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time
from types import NoneType
from typing import Any

import yaml

from broadcast.domain.week import WeekId
from broadcast.vietnamese.characters import nfc

_WIDTH = 96
_SHORT = 72
"""A list whose items together are no longer than this stands on one line."""

_TAG = "tag:yaml.org,2002:"
_ODD_BREAK = re.compile("[\r\x85\u2028\u2029]")
_PARAGRAPHS = re.compile(r"\S.*(?:\n+\S.*)+\n?")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Dumper(yaml.SafeDumper):
    """Indents the items of a list under its key, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def encode(value: Any, comment: str = "") -> str:
    """A dataclass as YAML: keys as declared, what equals its default left out, text in NFC.

    Args:
        value: an instance of a frozen dataclass of the types `decode` knows, or values by name;
            datetimes aware.
        comment: lines put before it, each made a comment.
    """
    head = "".join(f"# {line}\n" for line in comment.splitlines())
    text: str = yaml.serialize(_node(value), Dumper=_Dumper, allow_unicode=True, width=_WIDTH)
    return head + text


def _node(value: Any) -> yaml.Node:
    if is_dataclass(value) and not isinstance(value, WeekId):
        return _mapping({f.name: getattr(value, f.name) for f in fields(value) if told(value, f)})
    if isinstance(value, dict):
        return _mapping(value)
    if isinstance(value, tuple):
        return _sequence([_node(item) for item in value])
    return _scalar(value)


def told(value: Any, field: Field[Any]) -> bool:
    """Whether the field must be written because reading would not restore it."""
    held = getattr(value, field.name)
    if field.default_factory is not MISSING:
        return bool(held != field.default_factory())
    return field.default is MISSING or bool(held != field.default)


def _mapping(pairs: dict[str, Any]) -> yaml.Node:
    nodes = [(_text(key), _node(value)) for key, value in pairs.items()]
    return yaml.MappingNode(f"{_TAG}map", nodes, flow_style=not nodes)


def _sequence(items: list[yaml.Node]) -> yaml.Node:
    single = all(isinstance(item, yaml.ScalarNode) for item in items)
    short = single and sum(len(item.value) + 2 for item in items) <= _SHORT
    return yaml.SequenceNode(f"{_TAG}seq", items, flow_style=short)


def _scalar(value: Any) -> yaml.Node:
    if isinstance(value, time):
        exact = value.second or value.microsecond
        written = value.isoformat("auto" if exact else "minutes")
        # In quotes, because other readers of YAML take a bare 17:00 for the number 1020.
        return yaml.ScalarNode(f"{_TAG}str", written, style='"')
    for kind, tag, write in _WRITERS:
        if isinstance(value, kind):
            return yaml.ScalarNode(f"{_TAG}{tag}", write(value))
    return _text(str(value))


def _number(value: float) -> str:
    """A float with a point even before an exponent, as YAML's own rule wants it."""
    written = repr(value)
    return written if "." in written else written.replace("e", ".0e")


_WRITERS: tuple[tuple[type, str, Callable[[Any], str]], ...] = (
    (NoneType, "null", lambda _: "null"),
    (bool, "bool", lambda value: "true" if value else "false"),
    (int, "int", str),
    (float, "float", _number),
    (date, "timestamp", lambda value: value.isoformat()),
)
"""Written without quotes: type, YAML tag, how; bool before int, which it is a kind of."""


def _text(text: str) -> yaml.Node:
    """Text in the style that keeps it readable: paragraphs in a block, else as YAML allows."""
    text = nfc(_SURROGATE.sub("\ufffd", text))
    style = None
    if _ODD_BREAK.search(text):
        style = '"'  # the only style that gives these back as they were
    elif _PARAGRAPHS.fullmatch(text):
        style = "|"
    return yaml.ScalarNode(f"{_TAG}str", text, style=style)
