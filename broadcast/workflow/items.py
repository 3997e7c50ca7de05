"""The items of a programme: what each says, how long it takes, and why it is the one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from broadcast.domain.matching import Match
from broadcast.domain.piece import Piece
from broadcast.domain.plan import Topic
from broadcast.domain.rotation import (
    QUIET_DAYS,
    Audience,
    Choice,
    Choosing,
    repeated,
    too_near,
)
from broadcast.domain.script import parse_body
from broadcast.domain.week import Finding
from broadcast.domain.wording import day_text
from broadcast.errors import NotFoundError
from broadcast.vietnamese.listener import opened, retell, short_title
from broadcast.workflow.heard import own_text
from broadcast.workflow.hearing import NEEDS_EDITING, Listener
from broadcast.workflow.order import OWN_SENTENCES, Ask, ItemKind
from broadcast.workflow.texts import marked, piece_lines, topic_text, turns, typed, unconfirmed

FEWEST_TOLD = 2
"""Sentences of a plan that stay however little time there is."""

BETWEEN_SECONDS = 6.0
"""About what a further item takes besides itself: the pause before it and its headline."""

_MOST_NAMED = 4
_TYPED: dict[ItemKind, str] = {"news": "tin", "notice": "thông báo", "weather": "tin thời tiết"}


@dataclass(frozen=True, slots=True)
class Option:
    """A piece that could tell a topic: `heard` is when listeners have it too lately, if they do."""

    piece: str
    title: str
    subjects: tuple[str, ...]
    heard: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its lines, about how long they take (seconds), and why it is the one.

    `text` names what it tells for the rotation ("" where that is nothing that comes back),
    `repeats` a day on which listeners hear the same too near. `told` are the plan's own sentences
    where it tells those. `lead` announces it among others. `options` could stand in its place.
    `left_out` are sentences that a missing local detail took away, `cut` those there was no time
    for, `numbers` what the piece's sources say for details the station has not confirmed.
    """

    ask: Ask
    title: str
    lines: tuple[str, ...]
    seconds: float
    why: str
    text: str = ""
    told: tuple[str, ...] = ()
    lead: str = ""
    repeats: date | None = None
    options: tuple[Option, ...] = ()
    left_out: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)

    @property
    def finding(self) -> Finding | None:
        """That listeners hear the same too near, if they do."""
        return None if self.repeats is None else repeated(self.title, self.repeats)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes items for one audience.

    Args:
        choosing: the pieces and what was heard of them.
        details: what fills placeholders.
    """

    listener: Listener
    choosing: Choosing
    audience: Audience
    details: Mapping[str, str]

    def topic(
        self, ask: Ask, topic: Topic, choice: Choice | None = None, taken: Collection[str] = ()
    ) -> Item:
        """An item about a plan's topic.

        Args:
            choice: its text, where that was chosen before.
            taken: pieces that are spoken for.

        Raises:
            NotFoundError: there is no such piece as was asked for.
        """
        assert ask.topic is not None  # noqa: S101 - a topic's ask has one
        own = own_text(ask.topic)
        if choice is None:
            choice = self.choosing.choose(topic_text(topic), own, self.audience, taken)
        if ask.piece is not None:
            return replace(self._asked(ask, topic, own), options=self._options(choice.fitting))
        piece = choice.match.piece if choice.match else None
        made = self._told(ask, piece) if piece else self._retold(ask, topic, own)
        why, options = _why(choice), self._options(choice.fitting)
        return replace(made, why=why, options=options, repeats=choice.repeats)

    def piece(self, ask: Ask) -> Item:
        """A ready piece that was asked for by its id.

        Raises:
            NotFoundError: there is none.
        """
        return self._told(ask, self._find(ask.piece or ""))

    def typed(self, ask: Ask, commune: str) -> Item:
        """What the officer typed.

        Raises:
            InputError: there is nothing to read.
        """
        text = typed(ask.text, _TYPED[ask.kind])
        lead = {
            "notice": f"Mời bà con nghe thông báo của {commune}.",
            "weather": "Sau đây là tin thời tiết.",
        }.get(ask.kind, "")
        return self._timed(Item(
            ask, text.title, tuple(turns(text.sentences, "NỮ")), 0, f"{_TYPED[ask.kind]} đã nhập",
            lead=lead,
        ))  # fmt: skip

    def shorter(self, item: Item) -> Item | None:
        """A retold item without its last sentence; None where that would leave next to nothing."""
        if len(item.told) <= FEWEST_TOLD or item.ask.topic is None:
            return None
        told, cut = item.told[:-1], (item.told[-1], *item.cut)
        lines = tuple(marked(told, item.ask.topic[1]))
        return self._timed(replace(item, told=told, lines=lines, cut=cut))

    def fillers(self, taken: Collection[str], left: float) -> list[Item]:
        """Ready pieces that nobody of the audience hears too near and that fit into `left` seconds,
        those first that scripts were made from least."""
        found: list[Item] = []
        pieces = sorted(
            self.choosing.pieces, key=lambda p: (self.choosing.counts.get(p.id, 0), p.id)
        )
        for piece in pieces:
            if piece.id in taken or too_near(self.choosing.heard, piece.id, self.audience):
                continue
            item = self._told(Ask("piece", piece=piece.id), piece)
            needed = item.seconds + BETWEEN_SECONDS
            if needed <= left:
                found.append(replace(item, why="thêm cho đủ thời lượng"))
                left -= needed
        return found

    def _asked(self, ask: Ask, topic: Topic, own: str) -> Item:
        if ask.piece == OWN_SENTENCES:
            return replace(self._retold(ask, topic, own), why=f"theo ý người soạn, {NEEDS_EDITING}")
        return self._told(ask, self._find(ask.piece or ""))

    def _find(self, piece_id: str) -> Piece:
        found = next((one for one in self.choosing.pieces if one.id == piece_id), None)
        if found is None:
            known = ", ".join(one.id for one in self.choosing.pieces)
            happened = f"không có bài soạn sẵn {piece_id}"
            raise NotFoundError("Không soạn được kịch bản", happened, f"đang có: {known}")
        return found

    def _told(self, ask: Ask, piece: Piece) -> Item:
        lines, left_out = piece_lines(piece, self.details)
        heard = too_near(self.choosing.heard, piece.id, self.audience)
        return self._timed(Item(
            ask, piece.title, tuple(lines), 0, "bài soạn sẵn được chọn", text=piece.id,
            repeats=heard, left_out=left_out, numbers=unconfirmed(piece, self.details),
        ))  # fmt: skip

    def _retold(self, ask: Ask, topic: Topic, own: str) -> Item:
        lexicon = self.listener.lexicon
        told = tuple(opened(sentence, lexicon) for sentence in retell(topic_text(topic)))
        return self._timed(Item(
            ask, short_title(topic.text), tuple(marked(told, topic.path)), 0, "", text=own,
            told=told, repeats=too_near(self.choosing.heard, own, self.audience),
        ))  # fmt: skip

    def _timed(self, item: Item) -> Item:
        seconds = self.listener.length(parse_body("\n".join(item.lines)))
        return replace(item, seconds=seconds)

    def _options(self, fitting: Sequence[Match]) -> tuple[Option, ...]:
        return tuple(
            Option(one.piece.id, one.piece.title, one.subjects,
                   too_near(self.choosing.heard, one.piece.id, self.audience))
            for one in fitting
        )  # fmt: skip


def _why(choice: Choice) -> str:
    """Why this text tells the topic, in the officer's words."""
    heard = ", ".join(f"«{one.match.piece.title}» ({day_text(one.day)})" for one in choice.passed)
    if choice.repeats:
        pieces = f"bài hợp nghe chưa đủ {QUIET_DAYS} ngày: {heard}; " if heard else ""
        return (
            f"{pieces}câu chữ của kế hoạch bà con cũng nghe ngày {day_text(choice.repeats)}: "
            f"lấy lại, {NEEDS_EDITING} cho khác lần ấy"
        )
    if choice.match:
        named = ", ".join(f"«{words}»" for words in choice.match.words[:_MOST_NAMED])
        instead = f"; không lấy bài nghe chưa đủ {QUIET_DAYS} ngày: {heard}" if heard else ""
        return f"bài «{choice.match.piece.title}» vì có các từ {named}{instead}"
    own = f"lấy câu chữ của kế hoạch, {NEEDS_EDITING}"
    if heard:
        return f"bài hợp nghe chưa đủ {QUIET_DAYS} ngày: {heard}; {own}"
    if choice.fitting:
        kept = ", ".join(f"«{one.piece.title}»" for one in choice.fitting)
        return f"bài hợp đã dành cho nội dung khác: {kept}; {own}"
    return f"không có bài soạn sẵn nào hợp; {own}"
