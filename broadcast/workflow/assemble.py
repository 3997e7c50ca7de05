"""A script from a topic: an opening, a ready piece or the plan's own content retold, a closing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from broadcast.domain.matching import Match, best_piece
from broadcast.domain.piece import Piece
from broadcast.domain.plan import Plan, Topic
from broadcast.domain.script import Script
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, WeekId
from broadcast.domain.wording import weekday
from broadcast.errors import BroadcastError, InputError
from broadcast.store.files import revision
from broadcast.store.script_files import new_script
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import ascii_name, fold, sentences
from broadcast.vietnamese.listener import retell, short_title
from broadcast.workflow.hearing import NEEDS_EDITING
from broadcast.workflow.plans import TopicKey, find_topic
from broadcast.workflow.scripts import LONGEST_ID, free_id
from broadcast.workflow.templates import Template

SENTENCES_A_TURN = 2
"""After so many sentences the other voice goes on; listeners stay awake."""

_LAST_LINES = 3
_WHERE_TO_ASK = re.compile(
    r"\b(?:gọi|hỏi|mời|điện thoại|số của)\b[^.]*\b(?:trung tâm|công an|số (?:là )?\d)",
    re.IGNORECASE,
)
"""A place to ask or a number to ring."""

_OPTIONAL = re.compile(r"\{([^{}|?\n]+)\?\}")
_DEFAULT = re.compile(r"\{([^{}|?\n]+)\|([^{}\n]*)\}")
_NEEDED = re.compile(r"\{([^{}|?\n]+)\}")


@dataclass(frozen=True, slots=True)
class Assembled:
    """A script made from a topic, and why it says what it says.

    `left_out` are the sentences that a missing local detail took away, `numbers` what the piece's
    sources say for those among the details that are amounts, ages or terms to be confirmed.
    """

    script: Script
    why: str
    left_out: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class When:
    """The airing a script is made for; a script for several airings names no day."""

    day: date
    start: time

    def variables(self) -> dict[str, str]:
        """What the templates may say of the time."""
        return {
            "weekday": weekday(self.day),
            "day": f"{self.day.day}/{self.day.month}/{self.day.year}",
            "part_of_day": part_of_day(self.start),
        }


def part_of_day(start: time) -> str:
    """Morning, noon, afternoon or evening, as one greets."""
    for until, name in ((11, "buổi sáng"), (13, "buổi trưa"), (18, "buổi chiều")):
        if start.hour < until:
            return name
    return "buổi tối"


class Assembler:
    """Makes scripts from topics with one station's templates, pieces and local details."""

    def __init__(self, workspace: Workspace, station: Station) -> None:
        self.workspace = workspace
        self.station = station
        self.pieces = workspace.load_pieces()
        self.ids = set(workspace.script_ids())
        self.used = Counter(piece for one in self.ids for piece in _pieces_of(workspace, one))
        self._opening = Template(workspace, "opening")
        self._closing = Template(workspace, "closing")

    def assemble(
        self,
        plan: Plan,
        topic: Topic,
        wanted_id: str,
        when: When | None = None,
        heard: Container[str] = (),
    ) -> Assembled:
        """A new script about `topic`, saved under `wanted_id` or the next free id after it.

        Args:
            heard: pieces that listeners get in the same week already; they are not taken again.
        """
        fresh = [piece for piece in self.pieces if piece.id not in heard]
        match = best_piece(topic_text(topic), fresh, fold, self.used)
        title = match.piece.title if match else short_title(topic.text)
        body, left_out = self._body(topic, match, title, when)
        script_id = free_id(wanted_id, self.ids)
        pieces = (match.piece.id,) if match else ()
        script = new_script(
            script_id, title, plan=plan.id, topic=topic.path, pieces=pieces, body=body
        )
        self.workspace.save_script(script, None)
        self.ids.add(script_id)
        self.used.update(pieces)
        numbers = unconfirmed(match.piece, self.station.details) if match else {}
        return Assembled(script, _why(match), left_out, numbers)

    @contextmanager
    def all_or_none(self) -> Iterator[None]:
        """Take back the scripts made inside if anything fails before the end.

        No airing would know of them, and the next run would make them once more.
        """
        before = set(self.ids)
        try:
            yield
        except BaseException:
            for one in self.ids - before:
                with suppress(OSError):
                    self.workspace.script_path(one).unlink()
            raise

    def _body(
        self, topic: Topic, match: Match | None, title: str, when: When | None
    ) -> tuple[str, tuple[str, ...]]:
        variables: dict[str, Any] = {
            "station": self.station, "details": self.station.details, "title": title,
            "weekday": "", "day": "", "part_of_day": "",
        }  # fmt: skip
        if when:
            variables |= when.variables()
        lines, left_out = (
            piece_lines(match.piece, self.station.details) if match else (retold_lines(topic), ())
        )
        variables["asked"] = names_where_to_ask(lines)
        parts = [self._opening.render(variables), "[nghỉ 1s]", *lines, "[nghỉ 1s]"]
        parts.append(self._closing.render(variables))
        text = "\n".join(part.strip("\n") for part in parts)
        return text + "\n", left_out


def names_where_to_ask(lines: list[str]) -> bool:
    """Whether one of the last spoken lines tells whom to ask, so that a closing need not."""
    spoken = [line for line in lines if not line.startswith(("[", "<!--"))]
    return any(_WHERE_TO_ASK.search(line) for line in spoken[-_LAST_LINES:])


def piece_lines(piece: Piece, details: Mapping[str, str]) -> tuple[list[str], tuple[str, ...]]:
    """A ready piece's lines with local details filled in, and the sentences left out for want of
    one."""
    lines: list[str] = []
    left_out: list[str] = []
    for line in piece.lines:
        raw = line.raw.strip()
        if line.kind != "speech":
            lines += [raw] if raw else []
            continue
        text, missing = fill_details(line.text, details)
        left_out += missing
        if text:
            lines.append(f"{line.speaker}: {text}")
    return lines, tuple(left_out)


def unconfirmed(piece: Piece, details: Mapping[str, str]) -> dict[str, str]:
    """The piece's numbers that the station has not confirmed, as its sources have them."""
    return {name: said for name, said in piece.numbers.items() if not details.get(name)}


def fill_details(text: str, details: Mapping[str, str]) -> tuple[str, list[str]]:
    """Fill {name}, {name|default} and {name?}; a sentence whose {name?} is unknown is left out.

    A {name} nobody knows stays, so that it is seen and must be filled before airing.
    """
    kept, left_out = [], []
    # The question mark of a {name?} ends no sentence.
    for masked in sentences(_OPTIONAL.sub("{\\1\0}", text)):
        sentence = masked.replace("\0", "?")
        if any(not details.get(name.strip()) for name in _OPTIONAL.findall(sentence)):
            left_out.append(sentence)
            continue
        filled = _OPTIONAL.sub(lambda m: details[m[1].strip()], sentence)
        filled = _DEFAULT.sub(lambda m: details.get(m[1].strip()) or m[2].strip(), filled)
        kept.append(_NEEDED.sub(lambda m: details.get(m[1].strip()) or m[0], filled))
    return " ".join(kept), left_out


def retold_lines(topic: Topic) -> list[str]:
    """The plan's own content as listener's sentences, two voices in turn, marked for editing."""
    told = list(retell(topic_text(topic)))
    lines = [f"<!-- {NEEDS_EDITING}: câu chữ lấy từ kế hoạch, mục {topic.path} -->"]
    for turn, at in enumerate(range(0, len(told), SENTENCES_A_TURN)):
        speaker = "NAM" if turn % 2 == 0 else "NỮ"
        lines.append(f"{speaker}: {' '.join(told[at : at + SENTENCES_A_TURN])}")
    return lines


def assemble_topic(workspace: Workspace, plan_id: str, path: str) -> Assembled:
    """A script about one topic of a plan, for no particular airing.

    Raises:
        NotFoundError: no such plan or topic.
    """
    with workspace.lock("soạn kịch bản"):
        station = workspace.load_station()
        plan = workspace.load_plan(plan_id)
        topic = find_topic(plan, path)
        wanted = ascii_name(
            f"{plan_id} {path.replace('/', ' ')} {short_title(topic.text)}", LONGEST_ID
        )
        return Assembler(workspace, station).assemble(plan, topic, wanted)


def assemble_week(workspace: Workspace, week_id: WeekId) -> list[Assembled]:
    """Scripts for every airing of the week that has a topic and no script yet; the week is saved.

    Airings of one topic share their script; no ready piece is heard twice in the week.

    Raises:
        InputError: no airing of the week has a topic.
    """
    with workspace.lock("soạn kịch bản"):
        station = workspace.load_station()
        seen = revision(workspace.week_path(week_id))
        week = workspace.load_week(week_id)
        waiting = [a for a in week.in_order() if a.topic and a.plan and not a.script]
        if not any(a.topic for a in week.airings):
            happened = f"tuần {week_id} chưa có lượt phát nào gắn với kế hoạch"
            mend = f"xếp lịch trước: broadcast week fill {week_id}"
            raise InputError("Chưa soạn được kịch bản", happened, mend)
        plans = {p: workspace.load_plan(p) for p in {a.plan for a in waiting} if p}
        topics = {key: find_topic(plans[key[0]], key[1]) for key in _by_topic(waiting)}
        assembler = Assembler(workspace, station)
        heard = {p for a in week.airings if a.script for p in _pieces_of(workspace, a.script)}
        made: dict[TopicKey, Assembled] = {}
        with assembler.all_or_none():
            for key, airings in _by_topic(waiting).items():
                when = When(airings[0].day, airings[0].start) if len(airings) == 1 else None
                wanted = ascii_name(f"{week_id} {short_title(topics[key].text)}", LONGEST_ID)
                done = assembler.assemble(plans[key[0]], topics[key], wanted, when, heard)
                heard.update(done.script.pieces)
                made[key] = done
            given = tuple(_given(airing, made) for airing in week.airings)
            workspace.save_week(replace(week, airings=given), seen)
        return list(made.values())


def _by_topic(airings: list[Airing]) -> dict[TopicKey, list[Airing]]:
    found: dict[TopicKey, list[Airing]] = {}
    for airing in airings:
        found.setdefault((airing.plan or "", airing.topic or ""), []).append(airing)
    return found


def _given(airing: Airing, made: Mapping[TopicKey, Assembled]) -> Airing:
    """The airing with its new script, whose title it takes."""
    one = made.get((airing.plan or "", airing.topic or ""))
    if one is None or airing.script:
        return airing
    return replace(airing, script=one.script.id, title=one.script.title)


def topic_text(topic: Topic) -> str:
    """What the topic says, with the content field of an activity card."""
    return " ".join(part for part in (topic.text, topic.fields.get("content", "")) if part)


def _pieces_of(workspace: Workspace, script_id: str) -> tuple[str, ...]:
    """Pieces an existing script was made from; a script that cannot be read has none."""
    try:
        return workspace.load_script(script_id).pieces
    except BroadcastError:
        return ()


def _why(match: Match | None) -> str:
    if match is None:
        return f"không có bài soạn sẵn nào hợp; lấy câu chữ của kế hoạch, {NEEDS_EDITING}"
    named = ", ".join(f"«{words}»" for words in match.words[:4])
    return f"bài «{match.piece.title}» vì có các từ {named}"
