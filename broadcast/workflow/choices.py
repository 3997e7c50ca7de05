"""What may be put on air: topics, the least heard first, and scripts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from broadcast.domain.wording import day_text
from broadcast.errors import BroadcastError
from broadcast.vietnamese.listener import short_title
from broadcast.workflow.desk import Desk


@dataclass(frozen=True, slots=True)
class Programme:
    """Something to put on air: a topic (plan id, path), or a script. `told` says how often."""

    title: str
    told: str
    topic: tuple[str, str] | None = None
    script: str | None = None


def programmes(desk: Desk) -> list[Programme]:
    """Airable topics by how seldom they are planned, then every script that can be read."""
    return [*_topics(desk), *_scripts(desk)]


def _topics(desk: Desk) -> list[Programme]:
    times: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], date] = {}
    for week_id in desk.workspace.week_ids():
        for airing in desk.week(week_id).airings:
            if airing.plan and airing.topic:
                key = airing.plan, airing.topic
                times[key] += 1
                last[key] = max(airing.day, last.get(key, date.min))
    found = [
        (times[key], last.get(key, date.min), Programme(short_title(topic.text), told, topic=key))
        for plan in desk.plans().values()
        for topic in plan.airable_topics()
        for key in [(plan.id, topic.path)]
        for told in [_heard(topic.path, times[key], last.get(key))]
    ]
    return [programme for *_, programme in sorted(found, key=lambda one: one[:2])]


def _heard(path: str, times: int, last: date | None) -> str:
    heard = f"{times} lần, gần nhất {day_text(last)}" if last else "chưa phát"
    return f"mục {path} · {heard}"


def _scripts(desk: Desk) -> list[Programme]:
    found = []
    for script_id in desk.workspace.script_ids():
        try:
            script = desk.script(script_id)
        except BroadcastError:
            continue  # a broken file cannot go on air; the check of the workspace tells of it
        found.append(Programme(script.title, f"kịch bản {script_id}", script=script_id))
    return found
