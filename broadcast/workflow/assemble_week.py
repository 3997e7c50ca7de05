"""Scripts for every airing of a week that has a topic and none yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from broadcast.domain.repeats import followed, following
from broadcast.domain.rotation import Choice
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, Level, Week, WeekId
from broadcast.errors import InputError
from broadcast.store.files import revision
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import ascii_name
from broadcast.vietnamese.listener import short_title
from broadcast.workflow.assemble import Assembled, Assembler
from broadcast.workflow.desk import Desk
from broadcast.workflow.heard import own_text
from broadcast.workflow.order import Ask, Order, When
from broadcast.workflow.plans import TopicKey, find_topic
from broadcast.workflow.scripts import LONGEST_ID
from broadcast.workflow.texts import topic_text


@dataclass(frozen=True, slots=True)
class _Group:
    """Airings that get one script: of one topic, one level, one text."""

    airings: tuple[Airing, ...]
    choice: Choice

    @property
    def topic(self) -> TopicKey:
        """What they are about."""
        return _topic_of(self.airings[0])


def assemble_week(workspace: Workspace, week_id: WeekId) -> list[Assembled]:
    """Scripts for every airing of the week that has a topic and no script yet; the week is saved.

    Nobody hears a text again within four weeks where there is another. Airings of one topic that
    tell the same text (to other listeners, or for want of another) share their script.

    Raises:
        InputError: no airing of the week has a topic.
    """
    with workspace.lock("soạn kịch bản"):
        desk = Desk(workspace)
        seen = revision(workspace.week_path(week_id))
        week = workspace.load_week(week_id)
        waiting = _waiting(desk, week)
        if not any(a.topic for a in week.airings):
            happened = f"tuần {week_id} chưa có lượt phát nào gắn với kế hoạch"
            mend = f"xếp lịch trước: broadcast week fill {week_id}"
            raise InputError("Chưa soạn được kịch bản", happened, mend)
        assembler = Assembler(desk, week_id.days())
        made: dict[str, Assembled] = {}
        with assembler.all_or_none():
            for group in _groups(assembler, waiting):
                done = assembler.save(_drafted(assembler, week_id, group))
                made |= {airing.id: done for airing in group.airings}
            given = tuple(_given(airing, made.get(airing.id)) for airing in week.airings)
            last = desk.week(week_id.before()).airings
            done_week = followed(week, replace(week, airings=given), desk.station(), last)
            workspace.save_week(done_week, seen)
        return list({done.script.id: done for done in made.values()}.values())


def preview_week(desk: Desk, week_id: WeekId) -> list[Assembled]:
    """The scripts `assemble_week` would make, none of them written.

    Raises:
        NotFoundError: the week has no file, or a topic is not in its plan.
    """
    waiting = _waiting(desk, desk.workspace.load_week(week_id))
    assembler = Assembler(desk, week_id.days())
    return [_drafted(assembler, week_id, group) for group in _groups(assembler, waiting)]


def _waiting(desk: Desk, week: Week) -> list[Airing]:
    """Airings that need a script of their own; a repeat has that of what it repeats."""
    last = desk.week(week.id.before()).airings
    led = following(week, desk.station(), last)
    own = {a.id for a in week.airings}
    # The source of a repeat may be last week's: then nothing here gives it a script.
    again = {one for one, first in led.items() if first.id in own}
    return [a for a in week.in_order() if a.topic and a.plan and not a.script and a.id not in again]


def _groups(assembler: Assembler, waiting: Sequence[Airing]) -> list[_Group]:
    """The airings with the texts chosen for them one after another, in the order of time."""
    topics = {key: _text_of(assembler, key) for key in map(_topic_of, waiting)}
    best = {key: assembler.choosing.fitting(text)[:1] for key, text in topics.items()}
    groups: dict[tuple[TopicKey, Level, str], _Group] = {}
    for airing in waiting:
        key = _topic_of(airing)
        # What fits another topic of the week best is left to it.
        own = {match.piece.id for match in best[key]}
        taken = {match.piece.id for one in best.values() for match in one} - own
        audience = assembler.audience(_order(assembler.desk.station(), (airing,)))
        choice = assembler.choosing.choose(topics[key], own_text(key), audience, taken)
        assembler.note(choice.text, audience)
        at = (key, airing.level, choice.text)
        before = groups.get(at)
        if before is None:
            groups[at] = _Group((airing,), choice)
        else:
            kept = before.choice if before.choice.repeats else choice
            groups[at] = _Group((*before.airings, airing), kept)
    return list(groups.values())


def _drafted(assembler: Assembler, week_id: WeekId, group: _Group) -> Assembled:
    key = group.topic
    topic = find_topic(assembler.desk.plan(key[0]), key[1])
    wanted = ascii_name(f"{week_id} {short_title(topic.text)}", LONGEST_ID)
    order = _order(assembler.desk.station(), group.airings)
    made = assembler.draft(order, wanted, {0: group.choice})
    return replace(made, airings=tuple(airing.id for airing in group.airings))


def _order(station: Station, airings: Sequence[Airing]) -> Order:
    """What airings ask for: their topic, in the time of the shortest, greeting if there is one."""
    first = airings[0]
    slots = {airing.slot or "" for airing in airings}
    zones = {zone for airing in airings for zone in airing.zones}
    return Order(
        (Ask("topic", _topic_of(first)),),
        minutes=min(_minutes(station, airing) for airing in airings),
        level=first.level,
        day=first.day,
        zones=tuple(sorted(zones)),
        when=When(first.day, first.start) if len(airings) == 1 else None,
        programme=slots.pop() if len(slots) == 1 else "",
    )


def _minutes(station: Station, airing: Airing) -> int:
    slot = station.slot(airing.slot or "")
    return min(airing.minutes, slot.minutes) if slot else airing.minutes


def _topic_of(airing: Airing) -> TopicKey:
    return airing.plan or "", airing.topic or ""


def _text_of(assembler: Assembler, key: TopicKey) -> str:
    return topic_text(find_topic(assembler.desk.plan(key[0]), key[1]))


def _given(airing: Airing, made: Assembled | None) -> Airing:
    """The airing with its new script, whose title it takes."""
    if made is None:
        return airing
    return replace(airing, script=made.script.id, title=made.script.title)
