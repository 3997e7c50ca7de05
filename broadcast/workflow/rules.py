"""The rules in force at a station, where each comes from, and which cannot be kept together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from broadcast.domain.contradictions import contradictions
from broadcast.domain.plan import Plan
from broadcast.domain.rulebook import Profile, Rule, RuleBook, in_force, rule_book, stated
from broadcast.domain.station import Station
from broadcast.domain.station_check import doubts
from broadcast.domain.week import Finding
from broadcast.domain.wording import clock
from broadcast.errors import NotFoundError, Problem
from broadcast.store.profiles import profiles
from broadcast.workflow.desk import Desk
from broadcast.workflow.week_json import finding_view


@dataclass(frozen=True, slots=True)
class RulesView:
    """What holds at a station: its book, every rule in force, and the contradictions."""

    book: RuleBook
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]


def view_rules(desk: Desk) -> RulesView:
    """The rules of the desk's station and plans."""
    station, plans = desk.station(), desk.plans().values()
    book = rule_book(station, desk.profile())
    found = contradictions(book, replace(station, rules=book.rules), plans)
    return RulesView(book, in_force(book, plans), found)


def all_doubts(station: Station, plans: Iterable[Plan] = ()) -> tuple[Problem, ...]:
    """What is odd about a station, with the contradictions of its own and its profile's rules.

    Args:
        plans: those that series draw from.
    """
    return (*doubts(station, plans), *_clashes(station))


def _clashes(station: Station) -> tuple[Problem, ...]:
    book = rule_book(station, profiles().get(station.rules.profile))
    found = contradictions(book, replace(station, rules=book.rules), ())
    return tuple(
        Problem(f"{one.message} ({one.source})" if one.source else one.message, suggestion=one.mend)
        for one in found
    )


def require_profile(profile_id: str) -> None:
    """Refuse a profile that there is none of; "" is none and allowed.

    Raises:
        NotFoundError: naming those there are.
    """
    if profile_id and profile_id not in profiles():
        happened = f"không có bộ quy định {profile_id}"
        raise NotFoundError("Không đổi được cài đặt", happened, f"hiện có: {', '.join(profiles())}")


def rules_view(view: RulesView) -> dict[str, Any]:
    """`rules list --json`."""
    return {
        "profile": profile_view(view.book.profile) if view.book.profile else None,
        "rules": [rule_view(rule) for rule in view.rules],
        "findings": [finding_view(finding) for finding in view.findings],
    }


def rule_view(rule: Rule) -> dict[str, Any]:
    """A rule as JSON."""
    return {
        "rule": rule.name,
        "label": rule.label,
        "value": plain(rule.value),
        "from": rule.source.kind,
        "source": rule.source.text,
        "dated": rule.source.dated,
    }


def known_profiles() -> tuple[Profile, ...]:
    """The profiles that come with the product."""
    return tuple(profiles().values())


def profile_view(profile: Profile) -> dict[str, Any]:
    """A profile as JSON, with what it states."""
    return {
        "id": profile.id,
        "name": profile.name,
        "place": profile.place,
        "document": profile.document,
        "year": profile.year,
        "since": profile.since.isoformat() if profile.since else None,
        "url": profile.url,
        "certainty": profile.certainty,
        "note": profile.note,
        "outdated": profile.outdated,
        "rules": {key: plain(getattr(profile.rules, key)) for key in stated(profile.rules)},
    }


def plain(value: Any) -> Any:
    """A rule's value as JSON has it."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, time):
        return clock(value)
    return value.isoformat() if isinstance(value, date) else value
