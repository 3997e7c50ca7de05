"""The scripts and ready pieces there are, for lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from broadcast.domain.script import State, parse_body
from broadcast.domain.week import Airing
from broadcast.domain.wording import day_label
from broadcast.errors import BroadcastError, NotFoundError
from broadcast.workflow.desk import Desk
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.script_airings import airings_by_script
from broadcast.workflow.texts import piece_lines

_MOST_DAYS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A script in a list; one whose file cannot be read has an `error` and little else.

    `seconds` is an estimate, `days` when it is on air, `findings` how many points to look at.
    """

    id: str
    title: str
    state: State | None = None
    seconds: float = 0.0
    plan: str | None = None
    topic: str | None = None
    days: tuple[date, ...] = ()
    findings: int = 0
    error: BroadcastError | None = None

    @property
    def used(self) -> str:
        """When it is on air, the first few days: "T2 23/11, T4 25/11 ..."; "" if never."""
        shown = ", ".join(day_label(day) for day in self.days[:_MOST_DAYS])
        return f"{shown} ..." if len(self.days) > _MOST_DAYS else shown


@dataclass(frozen=True, slots=True)
class Insertable:
    """A ready piece that can be put into a script: about how long it is (seconds), about what."""

    id: str
    title: str
    seconds: float
    subjects: tuple[str, ...] = ()


def script_list(desk: Desk) -> list[Entry]:
    """Every script, by id; what did not change is not read again."""
    airings = airings_by_script(desk)
    return [_entry(desk, one, airings.get(one, ())) for one in desk.workspace.script_ids()]


def _entry(desk: Desk, script_id: str, airings: Sequence[Airing]) -> Entry:
    days = tuple(dict.fromkeys(airing.day for airing in airings))
    try:
        hearing = desk.hearing(script_id)
    except BroadcastError as error:
        return Entry(script_id, script_id, days=days, error=error)
    return _heard(hearing, days)


def _heard(hearing: Hearing, days: tuple[date, ...]) -> Entry:
    script = hearing.script
    return Entry(
        id=script.id,
        title=script.title,
        state=hearing.state,
        seconds=hearing.seconds,
        plan=script.plan,
        topic=script.topic,
        days=days,
        findings=len(hearing.findings),
    )


def insertable(desk: Desk) -> list[Insertable]:
    """The ready pieces, by title.

    Raises:
        InputError: some cannot be read; the problems of all of them together.
    """
    listener = desk.listener()
    found = []
    for piece in desk.workspace.load_pieces():
        body, _ = piece_lines(piece, listener.station.details)
        seconds = listener.length(parse_body("\n".join(body)))
        found.append(Insertable(piece.id, piece.title, seconds, piece.subjects))
    return sorted(found, key=lambda one: one.title)


def piece_body(desk: Desk, piece_id: str) -> str:
    """A ready piece's rows with the station's details filled in, as a script takes them.

    Raises:
        NotFoundError: there is no such piece.
    """
    for piece in desk.workspace.load_pieces():
        if piece.id == piece_id:
            lines, _ = piece_lines(piece, desk.station().details)
            return "".join(f"{line}\n" for line in lines)
    raise NotFoundError("Không chèn được bài", f"không có bài soạn sẵn {piece_id}", "chọn bài khác")
