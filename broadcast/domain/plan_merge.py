"""Importing a plan document again: what the officer corrected stays, everything else is read anew.

A three-way merge of plans as data: `base` is what the import before read, `mine` the file as it is
now, `fresh` what this import reads. Entries of a list are matched by their identity (a topic by its
path, a duty by its unit and text), then every field by itself: a field that the officer changed
stays hers, any other follows the document. `line`, `source` and `problems` describe the reading,
so they follow the fresh import and are no changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Final

from broadcast.domain.plan import Plan
from broadcast.domain.plan_entries import LISTS, Label, aligned, labelled

_READING = frozenset({"line", "source", "problems"})
"""Fields that tell how the document was read, not what the plan says."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: in `part` (a field of Plan), at `where` (a path, a number, a unit).

    `name` is the entry's field, "" where the whole entry comes (`before` None) or goes (`after`
    None).
    """

    where: str
    before: Any
    after: Any
    part: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged plan.

    `changes`: what becomes different from `mine`. `corrections`: what the officer had changed and
    stays (before: as the document was read, after: hers). `conflicts`: corrections where the
    document changed too (before: what the document says now, after: hers, which stays).
    """

    plan: Plan
    changes: tuple[Change, ...] = ()
    corrections: tuple[Change, ...] = ()
    conflicts: tuple[Change, ...] = ()


class _Missing:
    """What the base has for a thing it does not know."""


_MISSING: Final = _Missing()


@dataclass(slots=True)
class _Log:
    """What the merge decided, with the place it is at."""

    corrections: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)

    def keep(self, spot: _Spot, base: Any, mine: Any, fresh: Any) -> None:
        """The officer's value stays."""
        read = None if base is _MISSING else base
        self.corrections.append(Change(spot.where, read, mine, spot.part, spot.name))
        if base is _MISSING or not _same(base, fresh):
            self.conflicts.append(Change(spot.where, fresh, mine, spot.part, spot.name))


@dataclass(frozen=True, slots=True)
class _Spot:
    part: str
    where: str = ""
    name: str = ""


def merge(base: Plan | None, mine: Plan, fresh: Plan) -> Merge:
    """Bring a fresh reading into a plan that a person may have corrected.

    Args:
        base: what the import before this one read; None if nobody knows. Then everything that
            differs counts as a correction, and nothing as deleted.
        mine: the plan as its file says it now.
        fresh: what this import reads.
    """
    log = _Log()
    merged: dict[str, Any] = {}
    for name in (f.name for f in fields(Plan)):
        old = _MISSING if base is None else getattr(base, name)
        spot = _Spot(name)
        if name in LISTS:
            before = () if base is None else getattr(base, name)
            merged[name] = _merge_list(before, getattr(mine, name), getattr(fresh, name), spot, log)
        else:
            merged[name] = _merge_value(old, getattr(mine, name), getattr(fresh, name), spot, log)
    plan = Plan(**merged)
    return Merge(plan, differences(mine, plan), tuple(log.corrections), tuple(log.conflicts))


def _merge_value(base: Any, mine: Any, fresh: Any, spot: _Spot, log: _Log) -> Any:
    """One field, three ways; entries and dicts field by field."""
    if spot.name in _READING or spot.part in _READING:
        return mine if fresh == base else fresh
    if mine == fresh:
        return fresh
    if isinstance(mine, dict) and isinstance(fresh, dict):
        return _merge_dict(base, mine, fresh, spot, log)
    if is_dataclass(fresh) and isinstance(mine, type(fresh)):
        return _merge_entry(base, mine, fresh, spot, log)
    if mine == base:
        return fresh
    log.keep(spot, base, mine, fresh)
    return mine


def _merge_entry(base: Any, mine: Any, fresh: Any, spot: _Spot, log: _Log) -> Any:
    merged = {}
    for name in (f.name for f in fields(fresh)):
        old = getattr(base, name, _MISSING)
        inner = replace(spot, name=name)
        merged[name] = _merge_value(old, getattr(mine, name), getattr(fresh, name), inner, log)
    return type(fresh)(**merged)


def _merge_dict(
    base: Any, mine: dict[str, str], fresh: dict[str, str], spot: _Spot, log: _Log
) -> dict[str, str]:
    known: dict[str, str] = base if isinstance(base, dict) else {}
    merged: dict[str, str] = {}
    for key in {**fresh, **mine}:
        inner = replace(spot, name=f"{spot.name}.{key}")
        value = _merge_optional(known.get(key), mine.get(key), fresh.get(key), inner, log)
        if value is not None:
            merged[key] = value
    return merged


def _merge_optional(base: Any, mine: Any, fresh: Any, spot: _Spot, log: _Log) -> Any:
    """A thing that may be missing (None) on any side; who deletes or adds it is believed."""
    if mine is None and fresh is None:
        return None
    if mine is None or fresh is None:
        return _merge_presence(base, mine, fresh, spot, log)
    return _merge_value(_MISSING if base is None else base, mine, fresh, spot, log)


def _merge_presence(base: Any, mine: Any, fresh: Any, spot: _Spot, log: _Log) -> Any:
    """One of the two has it and the other has not."""
    if base is None and mine is None:
        return fresh
    if base is not None and mine is not None and _same(base, mine):
        return None
    log.keep(spot, base, mine, fresh)
    return mine


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same, wherever they were read."""
    if is_dataclass(one) and not isinstance(one, type) and type(one) is type(other):
        names = (f.name for f in fields(one) if f.name not in _READING)
        return all(_same(getattr(one, name), getattr(other, name)) for name in names)
    return bool(one == other)


def _merge_list(
    base: Sequence[Any], mine: Sequence[Any], fresh: Sequence[Any], spot: _Spot, log: _Log
) -> tuple[Any, ...]:
    by = LISTS[spot.part]
    old, hers, new = labelled(by, base), aligned(by, base, mine), aligned(by, base, fresh)
    merged: list[Any] = []
    for label in _order(list(old), list(hers), list(new)):
        sides = old.get(label), hers.get(label), new.get(label)
        entry = next(side for side in reversed(sides) if side is not None)
        value = _merge_optional(*sides, replace(spot, where=by.where(entry)), log)
        if value is not None:
            merged.append(value)
    return tuple(merged)


def _order(old: list[Label], hers: list[Label], new: list[Label]) -> list[Label]:
    """The officer's order, unless the document changed its own; the rest after what precedes it."""
    known, still = set(old), set(new)
    moved = [it for it in old if it in still] != [it for it in new if it in known]
    order, others = (list(new), hers) if moved else (list(hers), new)
    placed = set(order)
    at = 0
    for label in others:
        if label in placed:
            at = order.index(label) + 1
        else:
            order.insert(at, label)
            at += 1
    return order


def differences(a: Plan, b: Plan) -> tuple[Change, ...]:
    """What `b` says otherwise than `a`, in the order of the plan's parts."""
    found: list[Change] = []
    for name in (f.name for f in fields(Plan) if f.name not in _READING):
        before, after = getattr(a, name), getattr(b, name)
        if name in LISTS:
            found += _list_differences(name, before, after)
        else:
            found += _value_differences(_Spot(name), before, after)
    return tuple(found)


def _list_differences(part: str, before: Sequence[Any], after: Sequence[Any]) -> Iterable[Change]:
    by = LISTS[part]
    old, new = labelled(by, before), aligned(by, before, after)
    for label in _order(list(old), list(old), list(new)):
        one, other = old.get(label), new.get(label)
        entry = one if other is None else other
        yield from _value_differences(_Spot(part, by.where(entry)), one, other)
    common = [label for label in old if label in new]
    turned = [label for label in new if label in old]
    if common != turned:
        was, now = (tuple(by.text(old[it]) for it in its) for its in (common, turned))
        yield Change("", was, now, part, "order")


def _value_differences(spot: _Spot, one: Any, other: Any) -> Iterable[Change]:
    if _same(one, other):
        return
    if is_dataclass(other) and isinstance(one, type(other)):
        for name in (f.name for f in fields(other) if f.name not in _READING):
            inner = replace(spot, name=name)
            yield from _value_differences(inner, getattr(one, name), getattr(other, name))
    elif isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            inner = replace(spot, name=f"{spot.name}.{key}")
            yield from _value_differences(inner, one.get(key), other.get(key))
    else:
        yield Change(spot.where, one, other, spot.part, spot.name)
