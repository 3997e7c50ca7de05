"""Scripts made of every airable topic of real and invented plans, and two months of weeks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean

from broadcast.domain.plan import Plan
from broadcast.domain.rotation import QUIET_DAYS
from broadcast.domain.week import WeekId
from broadcast.intake.plan_parser import parse_plan
from broadcast.intake.readers import read_document
from broadcast.store.sample import copy_sample
from broadcast.store.workspace import Workspace
from broadcast.workflow.assemble import Assembled, Assembler
from broadcast.workflow.assemble_week import assemble_week
from broadcast.workflow.desk import Desk
from broadcast.workflow.heard import texts_of
from broadcast.workflow.hearing import Hearing, Listener
from broadcast.workflow.order import Ask, Order
from broadcast.workflow.programme import open_reader, programme
from broadcast.workflow.week_fill import fill_week

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "schedules/plans/source/suoi-hoa-2026.txt"
REAL = ROOT.parent / "shared/plans/text"
"""Real plans, kept beside the project; without them their rows are missing."""

WEEKS = 9
"""Two months."""
SPOKEN = 12
"""Scripts of all plans that are read aloud, evenly spread, to bound the time this takes."""

TITLE = (
    "Kịch bản từ mọi nội dung phát được của các kế hoạch, phát trong năm của kế hoạch; "
    f"hai tháng là {WEEKS} tuần; độ dài so với bản đọc của espeak trên {SPOKEN} kịch bản"
)
HEAD = (
    "kế hoạch", "nội dung", "không vướng (trừ chỗ trống)", "chỗ trống", "câu quá 30 âm tiết",
    "từ bài soạn sẵn", "từ câu chữ kế hoạch", "bài lặp lại trong 28 ngày",
    "câu chữ kế hoạch lặp lại", "độ dài lệch (lớn nhất)",
)  # fmt: skip


@dataclass(slots=True)
class _Row:
    """What is counted of a plan's scripts.

    `repeats` are pieces and own sentences heard again too early, times zones; `errors` estimated
    over rendered length, less 1.
    """

    name: str
    made: list[Assembled] = field(default_factory=list)
    repeats: tuple[int, int] = (0, 0)
    errors: list[float] = field(default_factory=list)

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        told = sum(bool(one.script.pieces) for one in self.made)
        rules = [[f.rule for f in one.hearing.findings] for one in self.made]
        free = sum(all(f.rule == "blank" for f in one.hearing.blockers) for one in self.made)
        errors = [abs(error) for error in self.errors]
        return (
            self.name,
            str(len(self.made)),
            f"{free}/{len(self.made)}",
            str(sum(found.count("blank") for found in rules)),
            str(sum(found.count("long-sentence") for found in rules)),
            f"{told} ({told / len(self.made):.0%})" if self.made else "0",
            str(len(self.made) - told),
            str(self.repeats[0]),
            str(self.repeats[1]),
            f"{mean(errors):.1%} ({max(errors):.1%}; {len(errors)})" if errors else "–",
        )


def rows() -> list[tuple[str, ...]]:
    """One row a plan, and the sum of all."""
    with tempfile.TemporaryDirectory() as folder:
        found = [_row(Path(folder) / f"dai-{n}", *plan) for n, plan in enumerate(_plans())]
        for row, one, reader_root in _spread(found, Path(folder)):
            row.errors.append(_error(reader_root, one.hearing))
    whole = _Row("cộng", [one for row in found for one in row.made])
    whole.repeats = sum(row.repeats[0] for row in found), sum(row.repeats[1] for row in found)
    whole.errors = [error for row in found for error in row.errors]
    return [row.cells() for row in (*found, whole)]


def _plans() -> Iterator[tuple[str, Plan]]:
    """Name and plan: the sample, the real ones, the tests'."""
    documents = [SAMPLE, *sorted(REAL.glob("*.txt")), *sorted((ROOT / "tests/plans").glob("*.txt"))]
    documents += sorted((ROOT / "tests/plans").glob("*.md"))
    for number, document in enumerate(documents):
        yield document.stem, parse_plan(read_document(document), f"ke-hoach-{number}")


def _row(root: Path, name: str, plan: Plan) -> _Row:
    copy_sample(root, plans=False)
    workspace = Workspace(root)
    workspace.save_plan(plan, None)
    year = plan.year or 2026
    row = _Row(f"{name} ({year})")
    for topic in plan.airable_topics():
        # Each for itself, on a day when nothing was heard yet: what the pieces can tell.
        order = Order((Ask("topic", topic=(plan.id, topic.path)),), day=date(year, 6, 1))
        row.made.append(Assembler(Desk(workspace)).draft(order))
    row.repeats = _repeats(workspace, WeekId(year, 14)) if row.made else (0, 0)
    return row


def _repeats(workspace: Workspace, week: WeekId) -> tuple[int, int]:
    """How often a zone hears a text again too early in two months of filled weeks: pieces, and
    topics' own sentences."""
    days: dict[tuple[str, str], list[date]] = {}
    for _ in range(WEEKS):
        fill_week(workspace, week)
        assemble_week(workspace, week)
        for airing in workspace.load_week(week).in_order():
            for text in texts_of(workspace.load_script(airing.script or "")):
                for zone in airing.zones:
                    days.setdefault((text, zone), []).append(airing.day)
        week = week.after()
    near = timedelta(QUIET_DAYS)
    early = {key: sum(b - a < near for a, b in pairwise(heard)) for key, heard in days.items()}
    own = sum(count for (text, _), count in early.items() if ":" in text)
    return sum(early.values()) - own, own


def _spread(found: Sequence[_Row], folder: Path) -> Iterator[tuple[_Row, Assembled, Path]]:
    """Scripts evenly spread over all plans, with the workspace each is of."""
    every = [(row, one, folder / f"dai-{n}") for n, row in enumerate(found) for one in row.made]
    step = max(1, len(every) // SPOKEN)
    yield from every[step // 2 :: step][:SPOKEN]


def _error(root: Path, hearing: Hearing) -> float:
    """How far the estimate is from the length read aloud, as a share of it."""
    workspace = Workspace(root)
    station = workspace.load_station()
    heard = Listener.at(workspace, station).hear(hearing.script)
    with open_reader(workspace, "espeak") as engine:
        made = programme(workspace, station, heard, engine)
    return hearing.seconds / made.seconds - 1
