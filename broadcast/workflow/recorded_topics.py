"""Which topics have an approved recording in which language, for slots that are in it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from contextlib import suppress

from broadcast.domain.rota_model import Key
from broadcast.domain.rota_places import is_vietnamese
from broadcast.errors import BroadcastError
from broadcast.workflow.desk import Desk
from broadcast.workflow.pairing import pairings


def recorded_topics(desk: Desk) -> Mapping[str, Set[Key]]:
    """By language (`language_key`) the topics whose scripts have an approved recording in it.

    Scripts are only looked at where the station has a slot in another language than Vietnamese;
    those that cannot be read have none.
    """
    found: dict[str, set[Key]] = {}
    if all(map(is_vietnamese, desk.station().slots)):
        return found
    plans = desk.plans()
    for script_id in desk.workspace.script_ids():
        with suppress(BroadcastError):
            script = desk.script(script_id)
            if not (script.recordings and script.plan and script.topic):
                continue
            plan = plans.get(script.plan)
            key = script.plan, plan.path_of(script.topic) if plan else script.topic
            for one in pairings(desk.workspace, desk.hearing(script_id)):
                if one.state == "đã duyệt":
                    found.setdefault(one.pairing.language, set()).add(key)
    return found
