"""`broadcast spoken`: what a written line will sound like.

Kept light, for it runs on single lines: no workspace is loaded as a whole, only what shapes words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import click
import yaml

from broadcast.cli.words import VietnameseCommand
from broadcast.store.root import STATION_FILE, find_root
from broadcast.vietnamese.lexicon import Lexicon, product_lexicon
from broadcast.vietnamese.spoken import format_trace, read_aloud

NORTH = "bắc"
"""The reading where no station says otherwise."""


@click.command(cls=VietnameseCommand)
@click.argument("text", metavar="[CÂU]...", nargs=-1)
@click.option("--trace", is_flag=True, help="Cho biết chữ nào đọc thành gì, theo quy tắc nào")
@click.pass_context
def spoken(context: click.Context, text: tuple[str, ...], *, trace: bool) -> None:
    """In ra lời sẽ được đọc của một câu, hoặc của từng dòng đưa vào qua stdin."""
    folder: str | None = context.find_root().obj
    lexicon, region = _station_reading(folder)
    lines: Iterable[str] = [" ".join(text)] if text else (line.rstrip("\r\n") for line in sys.stdin)
    for line in lines:
        heard = read_aloud(line, lexicon, region)
        click.echo(heard.text)
        if trace and (told := format_trace(heard)):
            click.echo(told, err=True)


def _station_reading(folder: str | None) -> tuple[Lexicon, str]:
    """The station's words over the product's, and its region; the product's outside a workspace."""
    root = find_root(folder or ".")
    if root is None and folder is None:
        return product_lexicon(), NORTH
    words, region = (root and _read_lightly(root)) or _read_thoroughly(folder)
    return product_lexicon().with_station(words) if words else product_lexicon(), region


def _read_lightly(root: str) -> tuple[dict[str, str], str] | None:
    """Lexicon and region if both files are as they should be; None if anything is odd."""
    try:
        words = _loaded(f"{root}/scripts/lexicon.yaml") or {}
        station = _loaded(f"{root}/{STATION_FILE}")
        region = station.get("voices", {}).get("region", NORTH)
    except (OSError, ValueError, AttributeError, yaml.YAMLError):
        return None
    sound = isinstance(words, dict) and all(isinstance(x, str) for p in words.items() for x in p)
    return (words, region) if sound and isinstance(region, str) else None


def _loaded(path: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs as much as reading a line
            return yaml.load(file, loader)  # noqa: S506 - both loaders are safe ones
    except FileNotFoundError:
        return None


def _read_thoroughly(folder: str | None) -> tuple[dict[str, str], str]:
    """The slow way, which says what is wrong and where."""
    from pathlib import Path  # noqa: PLC0415 - only when needed

    from broadcast.store.workspace import find_workspace  # noqa: PLC0415

    workspace = find_workspace(Path(folder) if folder is not None else None)
    return workspace.load_lexicon(), workspace.load_station().voices.region
