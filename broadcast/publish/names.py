"""File and folder names that every player, FAT and Windows take, in airing order.

Players show few characters and no Vietnamese letters; the car-type ones play by writing order,
the others by name (facts: players). So: ASCII, a number first, at most 30 characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby

from broadcast.domain.week import WeekId
from broadcast.domain.wording import weekday_code
from broadcast.errors import InputError, Problem
from broadcast.publish.items import Item, Programme
from broadcast.vietnamese.characters import ascii_name, is_reserved

LONGEST_NAME = 30
"""Characters of a file name with its ending; players cut longer ones off."""

_REFUSED = re.compile(r'[<>:"\\|?*\x00-\x1f\x7f]')


def day_folder(day: date) -> str:
    """The folder of a day, sorting by date: "2026-11-23-t2"."""
    return f"{day.isoformat()}-{weekday_code(day).lower()}"


def media_name(item: Item, order: int, digits: int = 2) -> str:
    """The MP3's name within its day: "01-0530-tieu-de-ngan.mp3".

    Args:
        item: the airing and its title.
        order: its place in the day, from 1; it makes the name unique.
        digits: how many digits `order` is written with, the same for the whole day.
    """
    start = f"{order:0{digits}d}-{item.airing.start:%H%M}-"
    most = LONGEST_NAME - len(start) - len(".mp3")
    return f"{start}{ascii_name(item.title or item.airing.id, most)}.mp3"


def programmes(items: Iterable[Item]) -> tuple[Programme, ...]:
    """Items in airing order, each with its place in its day.

    Raises:
        InputError: two items have the same airing id.
    """
    ordered = sorted(items, key=lambda i: (i.airing.starts, i.airing.id))
    _refuse_twice(ordered)
    found: list[Programme] = []
    for day, group in groupby(ordered, key=lambda i: i.airing.day):
        todays = tuple(group)
        digits = max(2, len(str(len(todays))))
        for order, item in enumerate(todays, 1):
            path = f"{day_folder(day)}/{media_name(item, order, digits)}"
            found.append(Programme(item, order, path if item.source else None))
    return tuple(found)


def of_zones(ordered: Iterable[Programme]) -> dict[str, tuple[Programme, ...]]:
    """All that each zone hears which hears anything else than the others, in a folder of its own.

    By zone id: the folder is a stick's whole content, in the same order and with the same names.
    """
    every = tuple(ordered)
    zones = dict.fromkeys(v.zone for one in every for v in one.item.variants)
    return {
        zone: tuple(_for_zone(one, zone) for one in every if zone in one.item.airing.zones)
        for zone in zones
    }


def _for_zone(programme: Programme, zone: str) -> Programme:
    item = programme.item
    variant = next((one for one in item.variants if one.zone == zone), None)
    if variant:
        item = replace(
            item,
            source=variant.source,
            digest=variant.digest,
            seconds=variant.seconds,
            title=f"{item.title} ({variant.told})",
        )
    path = f"{zone}/{programme.path}" if programme.path else None
    return Programme(replace(item, variants=()), programme.order, path)


def _refuse_twice(items: Iterable[Item]) -> None:
    counts = Counter(item.airing.id for item in items)
    problems = [Problem(f"mã {name} có {n} lượt phát") for name, n in counts.items() if n > 1]
    if problems:
        raise InputError(
            "Không xuất được",
            "có lượt phát trùng mã",
            "sửa lại mã (id) trong tệp tuần, mỗi lượt phát một mã",
            problems,
        )


def week_file(week: WeekId, ending: str) -> str:
    """The week's own file at the top of an export: "2026-W48.ics"."""
    return f"{week}.{ending}"


def name_problem(path: str) -> str | None:
    """Why FAT, Windows or a safe export refuses a relative path; None where all take it."""
    for part in path.split("/"):
        if part in {"", ".", ".."}:
            return "đường dẫn đi ra ngoài thư mục xuất"
        if not part.isascii() or _REFUSED.search(part):
            return "có ký tự mà thẻ nhớ (FAT) hoặc Windows không nhận"
        if part[-1] in ". ":
            return "kết thúc bằng dấu chấm hoặc dấu cách"
        if is_reserved(part):
            return "trùng tên Windows dành riêng"
    return None
