"""Station, plan and week as YAML, with the checks that one file allows by itself.

Whether a week's zones and slots exist is for the domain's rules, which know the station.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time

from broadcast.domain.duties import DoneItem
from broadcast.domain.plan import Plan
from broadcast.domain.rulebook import LABELS, read_span
from broadcast.domain.slot_check import wrong
from broadcast.domain.station import Slot, Station
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.wording import DAYS
from broadcast.errors import Problem
from broadcast.store.names import id_problems, twice
from broadcast.store.own_days import own_day_problems
from broadcast.store.profiles import profiles
from broadcast.store.yaml_files import decode
from broadcast.store.yaml_nodes import Mapping, Node, Scalar, Sequence, scalars
from broadcast.store.yaml_update import update
from broadcast.store.yaml_write import encode
from broadcast.vietnamese.decisions import Decisions


@dataclass(frozen=True, slots=True)
class _WeekFile:
    """The keys of a week's file."""

    week: WeekId
    airings: tuple[Airing, ...] = ()


def decode_station(text: str, file: str) -> Station:
    """Read schedules/station.yaml.

    Raises:
        InputError: every problem with its line.
    """
    return decode(text, Station, file, check=_check_station)


def encode_station(station: Station, old: str | None = None) -> str:
    """The station's file; comments and layout of the `old` text stay where nothing changed."""
    return update(old, station) if old else encode(station)


def decode_plan(text: str, file: str) -> Plan:
    """Read an imported plan.

    Raises:
        InputError: every problem with its line.
    """
    return decode(text, Plan, file, check=lambda root: id_problems(scalars(root, "id")))


def encode_plan(plan: Plan, old: str | None = None) -> str:
    """A plan's file; comments and layout of the `old` text stay where nothing changed."""
    return update(old, plan) if old else encode(plan)


def decode_week(text: str, file: str) -> Week:
    """Read a week's file.

    Raises:
        InputError: every problem with its line.
    """
    read = decode(text, _WeekFile, file, check=_check_week)
    return Week(read.week, read.airings)


def encode_week(week: Week, old: str | None = None) -> str:
    """A week's file; comments and layout of the `old` text stay where nothing changed."""
    record = _WeekFile(week.id, week.airings)
    return update(old, record) if old else encode(record)


def decode_texts(text: str, file: str) -> dict[str, str]:
    """Read a file that is one mapping of texts (the lexicon).

    Raises:
        InputError: every problem with its line.
    """
    return decode(text, dict[str, str], file)


_DECISIONS = """\
Những gợi ý soát lỗi đã quyết định. ignored: không hỏi nữa ở bất cứ đâu.
rejected: chỗ ấy viết đúng; before, after là những chữ đứng trước và sau nó.
Xóa một mục để được hỏi lại."""


def decode_decisions(text: str, file: str) -> Decisions:
    """Read scripts/proofread.yaml; a file of comments only holds nothing.

    Raises:
        InputError: every problem with its line.
    """
    if all(not row.strip() or row.lstrip().startswith("#") for row in text.splitlines()):
        return Decisions()
    return decode(text, Decisions, file)


def encode_decisions(decisions: Decisions, old: str | None = None) -> str:
    """The file of decisions; comments of the `old` text stay where nothing changed."""
    return update(old, decisions) if old else encode(decisions, _DECISIONS)


_DONE = """\
Những việc đã làm theo kế hoạch mà máy không tự đếm được: tin, bài đã đăng, hạn đã xong, báo cáo
đã gửi. Ghi bằng "broadcast duties done", hoặc sửa tay."""


@dataclass(frozen=True, slots=True)
class _DoneFile:
    """The keys of schedules/duties.yaml."""

    done: tuple[DoneItem, ...] = ()


def decode_done(text: str, file: str) -> tuple[DoneItem, ...]:
    """Read schedules/duties.yaml.

    Raises:
        InputError: every problem with its line.
    """
    return decode(text, _DoneFile, file, check=_check_done).done


def encode_done(done: tuple[DoneItem, ...], old: str | None = None) -> str:
    """The file of what was done; comments and layout of the `old` text stay."""
    record = _DoneFile(done)
    return update(old, record) if old else encode(record, _DONE)


def _check_done(root: Node) -> Iterator[Problem]:
    yield from id_problems(scalars(root, "done", "id"))
    yield from twice(scalars(root, "done", "id"), "việc đã làm")


def _check_station(root: Node) -> Iterator[Problem]:
    yield from id_problems(scalars(root, "id"))
    for part, what in (("zones", "cụm loa"), ("slots", "khung giờ")):
        yield from id_problems(scalars(root, part, "id"))
        yield from twice(scalars(root, part, "id"), what)
    zones = tuple(item.text for item in scalars(root, "zones", "id"))
    yield from _unknown(scalars(root, "slots", "zones"), zones, "cụm loa")
    yield from _unknown(scalars(root, "slots", "days"), DAYS, "ngày")
    for item in scalars(root, "slots", "minutes"):
        yield from _slot_length(item)
    yield from _slots(root)
    yield from _check_rules(root)
    yield from _too_small(scalars(root, "voices", "rate"), 1)
    yield from _check_sound(root)
    yield from own_day_problems(root)


def _check_sound(root: Node) -> Iterator[Problem]:
    """Numbers that no programme can be made with: the limits of the form that asks for them."""
    from broadcast.domain.station_fields import ENTRIES  # noqa: PLC0415 - with every form's texts

    readers = {entry.key: entry.read for entry in ENTRIES}
    for key in ("loudness", "true_peak", "bitrate"):
        numbers = (item for item in scalars(root, "sound", key) if _NUMBER.match(item.text))
        for item in numbers:  # what is none is told already
            try:
                readers[f"sound.{key}"](item.text)
            except ValueError as error:
                yield Problem(f"{key}: {item.text} không được: {error}", line=item.line)


_NUMBER = re.compile(r"[-+]?\d")
_DAY = 24 * 60


def _slot_length(item: Scalar) -> Iterator[Problem]:
    """A slot's minutes, where they are a whole number that no slot can have."""
    minutes = _whole(item)
    if minutes is not None and not 1 <= minutes <= _DAY:
        told = "kết thúc trước khi bắt đầu" if minutes < 1 else "dài hơn một ngày"
        message = f"minutes: khung giờ {item.text} phút {told}"
        yield Problem(message, line=item.line, suggestion=f"ghi số phút từ 1 đến {_DAY}")


def _slots(root: Node) -> Iterator[Problem]:
    """What slots may not say of one another; read loosely, so that it is told with all else."""
    listed = root.get("slots") if isinstance(root, Mapping) else None
    items = listed.items if isinstance(listed, Sequence) else ()
    found = [item for item in items if isinstance(item, Mapping)]
    for one in wrong([_loose_slot(item) for item in found]):
        node = found[one.number].get(one.key)
        line = node.line if node else found[one.number].line
        yield Problem(f"{one.key}: {one.message}", line=line, suggestion=one.mend)


def _loose_slot(item: Mapping) -> Slot:
    """A slot as far as its ties to others go; what is unreadable there is told elsewhere."""

    def text(key: str) -> str:
        return next((one.text for one in scalars(item, key) if not one.null), "")

    def day(key: str) -> date | None:
        with suppress(ValueError):
            return date.fromisoformat(text(key))
        return None

    return Slot(
        text("id"), "", time(), 1, (), relay=text("relay"), repeats=text("repeats"),
        column=text("column"), topics=tuple(one.text for one in scalars(item, "topics")),
        valid_from=day("valid_from"), valid_until=day("valid_until"),
    )  # fmt: skip


_AT_LEAST_ONE = ("max_minutes_per_day", "max_minutes_per_slot", "max_airings_per_day")
_COUNTS = (
    "repeat_after_days",
    "same_programme_after_hours",
    "repeat_at_least_hours",
    "repeat_at_most_hours",
    "weekly_minimum_at_peak",
    "language_minimum_per_week",
)


def _check_rules(root: Node) -> Iterator[Problem]:
    for key in _AT_LEAST_ONE:
        yield from _too_small(scalars(root, "rules", key), 1)
    for key in _COUNTS:
        yield from _too_small(scalars(root, "rules", key), 0)
    yield from _unknown(scalars(root, "rules", "weekdays"), DAYS, "ngày")
    for item in scalars(root, "rules", "quiet_hours"):
        try:
            read_span(item.text)
        except ValueError as error:
            yield Problem(str(error), line=item.line)
    asked = [item for item in scalars(root, "rules", "profile") if item.text]
    yield from _unknown(iter(asked), tuple(profiles()) if asked else (), "bộ quy định")
    rules = root.get("rules") if isinstance(root, Mapping) else None
    sources = rules.get("sources") if isinstance(rules, Mapping) else None
    names = (name for name, _ in sources.pairs) if isinstance(sources, Mapping) else iter(())
    yield from _unknown(names, (*LABELS, "profile"), "quy định")


def _check_week(root: Node) -> Iterator[Problem]:
    # Two airings of one id are a finding of the domain's rules, which read the week all the same.
    yield from id_problems(scalars(root, "airings", "id"))
    yield from _too_small(scalars(root, "airings", "minutes"), 1)


def _unknown(items: Iterator[Scalar], allowed: tuple[str, ...], what: str) -> Iterator[Problem]:
    for item in items:
        if item.text not in allowed:
            names = f"được dùng: {', '.join(allowed)}" if allowed else f"đài chưa khai {what} nào"
            yield Problem(f"{what} lạ {item.text!r}", line=item.line, suggestion=names)


def _too_small(items: Iterator[Scalar], least: int) -> Iterator[Problem]:
    for item in items:
        number = _whole(item)
        if number is not None and number < least:
            yield Problem(f"{item.text} quá nhỏ", line=item.line, suggestion=f"ít nhất {least}")


def _whole(item: Scalar) -> int | None:
    digits = item.text.removeprefix("-")
    return int(item.text[:18]) if digits.isascii() and digits.isdigit() else None
