"""Scripts put together: an opening, headlines, items for the ear, a closing, to a length.

`Assembler.draft` writes nothing: it is the preview of which pieces and why, how long, what is
missing. `Assembler.save` makes a file of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from broadcast.domain.budget import Budget, Part
from broadcast.domain.plan import Topic
from broadcast.domain.rotation import Audience, Choice, Choosing, Hearing
from broadcast.domain.script import Blank, Script, blanks, parse_body
from broadcast.domain.week import Finding
from broadcast.errors import InputError
from broadcast.store.script_files import new_script
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import ascii_name, fold, shorten
from broadcast.vietnamese.listener import short_title
from broadcast.workflow.desk import Desk
from broadcast.workflow.heard import Hearings, heard_around, made_from
from broadcast.workflow.hearing import Hearing as Heard
from broadcast.workflow.items import Item, Maker
from broadcast.workflow.order import Ask, Order, part_of_day
from broadcast.workflow.plans import find_topic
from broadcast.workflow.scripts import LONGEST_ID, free_id
from broadcast.workflow.templates import Template
from broadcast.workflow.texts import after, last_speaker, names_where_to_ask

MOST_HEADLINES = 3
_BETWEEN = "[nghỉ 1.5s]"
_AROUND = "[nghỉ 1s]"
_SHORT_FORMS = {"ưu tiên": "priority", "khẩn cấp": "urgent"}
"""Templates of the bulletin levels that have a short form of their own."""

_NEED_TIME = "{thời gian áp dụng}"
_NEED_CALL = "{số điện thoại trực}"
_LONGEST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Assembled:
    """A script, saved or not, and why it says what it says.

    `hearing` is what will be heard of it, `budget` its length part by part, `findings` what making
    it found: too long, too short, heard too lately. `airings` are those of a week it was made for.
    """

    script: Script
    order: Order
    items: tuple[Item, ...]
    hearing: Heard
    budget: Budget
    findings: tuple[Finding, ...] = ()
    airings: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """Why it says what it says, item by item."""
        if len(self.items) == 1:
            return self.items[0].why
        return "; ".join(f"«{item.title}»: {item.why}" for item in self.items)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Sentences that a missing local detail took away."""
        return tuple(sentence for item in self.items for sentence in item.left_out)

    @property
    def cut(self) -> tuple[str, ...]:
        """The plan's sentences that there was no time for."""
        return tuple(sentence for item in self.items for sentence in item.cut)

    @property
    def numbers(self) -> dict[str, str]:
        """Amounts, ages, terms to be confirmed, as the pieces' sources have them."""
        return {name: said for item in self.items for name, said in item.numbers.items()}

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Placeholders that are still to be filled."""
        return tuple(blanks(self.script))


@dataclass(slots=True)
class Assembler:
    """Makes scripts with one station's templates, pieces, local details and history.

    Args:
        days: the days scripts are made for; what is heard around them is not told again.
    """

    desk: Desk
    days: tuple[date, ...] = ()
    heard: Hearings = field(init=False)
    choosing: Choosing = field(init=False)
    ids: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.heard = heard_around(self.desk, min(self.days), max(self.days)) if self.days else {}
        counts = made_from(self.desk)
        self.choosing = Choosing(self.workspace.load_pieces(), fold, self.heard, counts)
        self.ids = set(self.workspace.script_ids())

    @property
    def workspace(self) -> Workspace:
        """Where the scripts are written."""
        return self.desk.workspace

    def draft(
        self, order: Order, wanted_id: str = "", choices: Mapping[int, Choice] | None = None
    ) -> Assembled:
        """The script that `order` makes; nothing is written.

        Args:
            wanted_id: its id or the beginning of it; "" for one after its title.
            choices: texts of topics that were chosen before, by the number of their ask.

        Raises:
            InputError: nothing is asked for, or a text or template cannot be used.
            NotFoundError: no such plan, topic or piece.
        """
        if not order.asks:
            mend = "nêu một mục của kế hoạch, một bài soạn sẵn, hoặc tin, thông báo"
            raise InputError("Không soạn được kịch bản", "chưa có nội dung nào", mend)
        maker = self._maker(order)
        items = self._items(order, maker, choices or {})
        made = self._composed(order, items, wanted_id)
        if made.budget.left < 0:
            made = self._shortened(maker, made, wanted_id)
        return self._filled(maker, made, wanted_id)

    def save(self, made: Assembled) -> Assembled:
        """Write a draft as a new script."""
        self.workspace.save_script(made.script, None)
        self.ids.add(made.script.id)
        return made

    def audience(self, order: Order) -> Audience:
        """Who hears what is ordered."""
        zones = order.zones or tuple(zone.id for zone in self.desk.station().zones)
        return Audience(order.day, frozenset(zones))

    def note(self, text: str, audience: Audience) -> None:
        """Remember that an audience hears a text, for what is chosen after it."""
        if audience.day:
            self.heard.setdefault(text, []).append(Hearing(audience.day, audience.zones))

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

    def _maker(self, order: Order) -> Maker:
        details = {**self.desk.station().details, **order.details}
        return Maker(self.desk.listener(), self.choosing, self.audience(order), details)

    def _items(self, order: Order, maker: Maker, choices: Mapping[int, Choice]) -> tuple[Item, ...]:
        items: list[Item] = []
        asked = {ask.piece for ask in order.asks if ask.piece}
        for number, ask in enumerate(order.asks):
            if ask.kind == "topic":
                taken = asked | {item.text for item in items}
                topic = self._topic(ask)
                items.append(maker.topic(ask, topic, choices.get(number), taken))
            elif ask.kind == "piece":
                items.append(maker.piece(ask))
            else:
                items.append(maker.typed(ask, self.desk.station().commune))
        return tuple(items)

    def _topic(self, ask: Ask) -> Topic:
        plan_id, path = ask.topic or ("", "")
        return find_topic(self.desk.plan(plan_id), path)

    def _shortened(self, maker: Maker, made: Assembled, wanted_id: str) -> Assembled:
        """Cut the plan's own sentences from their ends until the rest has time."""
        items = list(made.items)
        over = -made.budget.left
        for number in reversed(range(len(items))):
            while over > 0 and (shorter := maker.shorter(items[number])):
                over -= items[number].seconds - shorter.seconds
                items[number] = shorter
        if tuple(items) == made.items:
            return made
        return self._composed(made.order, items, wanted_id)

    def _filled(self, maker: Maker, made: Assembled, wanted_id: str) -> Assembled:
        """With further pieces where the order wants that, else with what could be added."""
        taken = {item.text for item in made.items}
        more = maker.fillers(taken, made.budget.left) if made.budget.left > 0 else []
        if more and made.order.fill:
            made = self._composed(made.order, (*made.items, *more), wanted_id)
            more = []
        names = " ".join(f"--piece {item.text}" for item in more[:MOST_HEADLINES])
        proposal = f"thêm bài, tin, thông báo, hoặc để vậy; bài còn mới: {names}" if more else ""
        length = made.budget.finding(self.desk.station().voices.rate, proposal=proposal)
        repeats = [item.finding for item in made.items]
        return replace(made, findings=tuple(f for f in (length, *repeats) if f))

    def _composed(self, order: Order, items: Sequence[Item], wanted_id: str) -> Assembled:
        title = order.title or _title(items)
        form = _SHORT_FORMS.get(order.level)
        parts = self._notice(form, order, items) if form else self._parts(order, items, title)
        body = "\n".join(text for _, text in parts) + "\n"
        topics = [item.ask.topic for item in items if item.ask.topic]
        texts = list(dict.fromkeys(item.text for item in items if item.text))
        own = [text for text in texts if ":" in text]
        script = new_script(
            free_id(wanted_id or ascii_name(title, LONGEST_ID), self.ids), title,
            plan=topics[0][0] if topics else None, topic=topics[0][1] if topics else None,
            pieces=tuple(text for text in texts if ":" not in text),
            # Of a script about nothing but its topic the topic says it already.
            retold=() if len(items) == 1 else tuple(own), body=body,
        )  # fmt: skip
        listener = self.desk.listener()
        hearing = listener.hear(script)
        lengths = tuple(Part(n, listener.length(parse_body(text))) for n, text in parts if n)
        budget = Budget(lengths, hearing.seconds, order.minutes)
        return Assembled(script, order, tuple(items), hearing, budget)

    def _parts(self, order: Order, items: Sequence[Item], title: str) -> list[tuple[str, str]]:
        """The programme part by part, each with its name in the budget."""
        several = len(items) > 1
        variables = self._variables(order, title)
        variables["headlines"] = _headlines(items) if several else []
        parts = [("mở đầu", self._rendered("opening", order, variables))]
        if several:
            parts.append(("điểm tin", self._rendered("headlines", order, variables)))
        previous = None
        for number, item in enumerate(items):
            parts.append(("", _BETWEEN if number else _AROUND))
            lines = list(item.lines)
            if several and item.lead:
                lines = ["NAM: " + item.lead, *lines]
            lines = after(previous, lines)
            previous = last_speaker(lines)
            parts.append((f"«{shorten(item.title, _LONGEST_NAMED)}»", "\n".join(lines)))
        parts.append(("", _AROUND))
        variables["asked"] = any(names_where_to_ask(item.lines) for item in items)
        parts.append(("kết", self._rendered("closing", order, variables)))
        return [(name, text) for name, text in parts if text]

    def _notice(self, form: str, order: Order, items: Sequence[Item]) -> list[tuple[str, str]]:
        """The short form of a priority notice: what is to be known, twice."""
        details = {**self.desk.station().details, **order.details}
        lines = after("NỮ", [line for item in items for line in item.lines])
        call = order.call or details.get("số điện thoại trực") or details.get("số điện thoại")
        variables = self._variables(order, order.title or _title(items)) | {
            "text": "\n".join(lines),
            "time": order.effective or _NEED_TIME,
            "call": call or _NEED_CALL,
        }  # fmt: skip
        return [("thông báo", self._rendered(form, order, variables))]

    def _variables(self, order: Order, title: str) -> dict[str, Any]:
        station = self.desk.station()
        variables: dict[str, Any] = {
            "station": station, "details": {**station.details, **order.details}, "title": title,
            "weekday": "", "day": "", "part_of_day": "", "level": order.level,
            "programme": order.programme,
        }  # fmt: skip
        return variables | (order.when.variables() if order.when else {})

    def _rendered(self, name: str, order: Order, variables: Mapping[str, Any]) -> str:
        programmes = [order.programme] if order.programme else []
        if order.when:
            programmes.append(ascii_name(part_of_day(order.when.start)))
        return Template(self.workspace, name, programmes).render(variables).strip("\n")


def _headlines(items: Sequence[Item]) -> list[str]:
    """The first items, but for the weather; a notice is always among them."""
    told = [item for item in items if item.ask.kind != "weather"]
    first, rest = told[:MOST_HEADLINES], told[MOST_HEADLINES:]
    notice = next((item for item in rest if item.ask.kind == "notice"), None)
    if notice and not any(item.ask.kind == "notice" for item in first):
        first[-1] = notice
    return [item.title.rstrip(" .;:") for item in first]


def _title(items: Sequence[Item]) -> str:
    """The title of a programme that was given none."""
    more = len(items) - 1
    return f"{items[0].title} và {more} nội dung khác" if more else items[0].title


def preview_order(desk: Desk, order: Order) -> Assembled:
    """The script an order makes, not written: which pieces and why, how long, what is missing.

    Raises:
        InputError, NotFoundError: as `Assembler.draft`.
    """
    return Assembler(desk, (order.day,) if order.day else ()).draft(order, wanted_id(desk, order))


def assemble_order(workspace: Workspace, order: Order) -> Assembled:
    """A new script as ordered, for no particular airing.

    Raises:
        InputError, NotFoundError: as `Assembler.draft`.
    """
    with workspace.lock("soạn kịch bản"):
        desk = Desk(workspace)
        assembler = Assembler(desk, (order.day,) if order.day else ())
        return assembler.save(assembler.draft(order, wanted_id(desk, order)))


def assemble_topic(
    workspace: Workspace, plan_id: str, path: str, today: date | None = None
) -> Assembled:
    """A script about one topic of a plan, for no particular airing.

    Raises:
        NotFoundError: no such plan or topic.
    """
    return assemble_order(workspace, Order((Ask("topic", (plan_id, path)),), day=today))


def wanted_id(desk: Desk, order: Order) -> str:
    """The id for a script about a plan's topic; "" for others, which are called by their title."""
    first = order.asks[0] if order.asks else None
    if order.title or first is None or first.topic is None:
        return ""
    plan_id, path = first.topic
    topic = find_topic(desk.plan(plan_id), path)
    return ascii_name(f"{plan_id} {path.replace('/', ' ')} {short_title(topic.text)}", LONGEST_ID)
