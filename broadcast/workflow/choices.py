"""What may be put on air: topics, the least heard first, and scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from broadcast.domain.wording import day_text
from broadcast.errors import BroadcastError
from broadcast.vietnamese.listener import short_title
from broadcast.workflow.desk import Desk
from broadcast.workflow.topic_counts import planned_days


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
    plans = desk.plans()
    days = planned_days(desk, plans, desk.workspace.week_ids())
    found = []
    for plan in plans.values():
        for topic in plan.airable_topics():
            key = plan.id, topic.path
            on = days.get(key, [])
            last = on[-1] if on else None
            programme = Programme(short_title(topic.text), _heard(topic.path, len(on), last), key)
            found.append((len(on), last or date.min, programme))
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
