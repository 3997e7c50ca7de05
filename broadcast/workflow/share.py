"""Handing a week out: files for players, calendar, playlist, the operator's sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from broadcast.domain.rules import BLOCKING
from broadcast.domain.week import Airing, WeekId
from broadcast.domain.wording import moment
from broadcast.errors import FoundError, NotFoundError, Problem
from broadcast.publish.items import Handout, Item
from broadcast.publish.tree import ExportResult
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import sentences
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.progress import SILENT, Progress
from broadcast.workflow.weeks import EMPTY, ON_FILE, WeekView, view_week

LONGEST_SUMMARY = 240
"""Characters of a calendar entry's summary of the script."""

_OPENING_LINES = 3
"""Lines of greeting and headline that say nothing of the content."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What an export did: where, how many airings, how many seconds of audio, which files."""

    target: Path
    airings: int
    seconds: float
    files: ExportResult


def export_week(  # noqa: PLR0913 - what goes where; clock and progress are by keyword
    workspace: Workspace,
    week_id: WeekId,
    target: Path,
    zone: str | None = None,
    *,
    now: datetime,
    progress: Progress = SILENT,
) -> Shared:
    """Write the week to `target`: a folder a day, calendar, playlist, sheet, manifest.

    Only approved and rendered airings go out, and all of them or none.

    Args:
        zone: only what that zone hears.
        now: the time of changes in the calendar, aware.
        progress: told each file written; stopping leaves the folder as it was.

    Raises:
        CancelledError: the person asked to stop.
        NotFoundError: no such zone.
        FoundError: airings that are not approved, not rendered, or collide; with each one.
    """
    from broadcast.publish.export import export_week as export  # noqa: PLC0415 - icalendar

    view = view_week(workspace, week_id)
    airings = _chosen(view, zone)
    _refuse_unready(view, airings)
    items = [_item(workspace, view, airing) for airing in airings]
    heard_in = view.station.zone(zone) if zone else None
    handout = Handout(week_id, view.station, tuple(items), heard_in)
    label = f"tuần {week_id}"
    result = export(target, handout, now, lambda done, total: progress.step(label, done, total))
    seconds = sum(item.seconds for item in items)
    return Shared(target, len(airings), seconds, result)


def _chosen(view: WeekView, zone: str | None) -> list[Airing]:
    """The airings that go out, in order."""
    if zone is None:
        return list(view.week.in_order())
    if view.station.zone(zone) is None:
        known = ", ".join(z.id for z in view.station.zones)
        raise NotFoundError("Chưa xuất", f"không có cụm loa {zone}", f"chọn một trong: {known}")
    return [airing for airing in view.week.in_order() if zone in airing.zones]


def _refuse_unready(view: WeekView, airings: Iterable[Airing]) -> None:
    """Everything that keeps the week from going out, told together."""
    week = view.week.id
    file = f"schedules/{week}.yaml"
    problems = [
        Problem(
            f"{moment(a.starts)} «{view.title(a)}»: {_lacking(view, a)}",
            suggestion=_next(view, a),
        )
        for a in airings
        if view.state(a) != ON_FILE
    ]
    problems += [
        Problem(f"{f.airing}: {f.message}" if f.airing else f.message, file, f.line, f.mend)
        for f in view.findings
        if f.rule in BLOCKING
    ]
    if problems:
        happened = f"tuần {week} có {len(problems)} chỗ chưa sẵn sàng; chưa ghi gì cả"
        raise FoundError("Chưa xuất", happened, "làm xong các việc trên rồi xuất lại", problems)


def _lacking(view: WeekView, airing: Airing) -> str:
    """What an airing still lacks."""
    state = view.state(airing)
    return "đã duyệt, chưa đọc thành MP3" if state == "đã duyệt" else state


def _next(view: WeekView, airing: Airing) -> str:
    """The command that takes an airing one step further."""
    week = view.week.id
    state = view.state(airing)
    if state == EMPTY and not (airing.plan and airing.topic):
        return f"ghi mã kịch bản vào mục script của lượt phát {airing.id}, hoặc bỏ lượt phát ấy"
    if state == EMPTY:
        return f"broadcast script assemble --week {week}"
    if state == "đã duyệt":
        return f"broadcast render {week}"
    if state == "trả lại":
        return f'sửa rồi gửi lại: broadcast script submit {airing.script} --by "HỌ TÊN"'
    return f'broadcast script approve {airing.script} --by "HỌ TÊN"'


def _item(workspace: Workspace, view: WeekView, airing: Airing) -> Item:
    assert airing.script is not None  # noqa: S101 - _refuse_unready has looked
    hearing, audio = view.hearings[airing.script], view.audio[airing.script]
    approval = hearing.script.approval
    return Item(
        airing=airing,
        title=hearing.script.title,
        summary=_summary(hearing),
        seconds=audio.seconds,
        zone_names=tuple(z.name for one in airing.zones if (z := view.station.zone(one))),
        source=workspace.root / audio.file,
        digest=audio.digest,
        topic=f"{airing.plan}: {airing.topic}" if airing.plan and airing.topic else "",
        approved_by=approval.by if approval else "",
    )


def _summary(hearing: Hearing) -> str:
    """The first sentences after the opening, as the script writes them."""
    spoken = [h.line.text for h in hearing.lines if h.line.kind == "speech"]
    told = ""
    for sentence in (s for text in spoken[_OPENING_LINES:] for s in sentences(text)):
        if len(told) + len(sentence) >= LONGEST_SUMMARY:
            break
        told = f"{told} {sentence}".strip()
    return told
