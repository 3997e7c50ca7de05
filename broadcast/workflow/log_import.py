"""Taking what a player played into the airing log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from broadcast.domain.log import Entry, Heard, Key, LogLine, completed
from broadcast.domain.log_match import Played, by_airing, heard_by
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, WeekId
from broadcast.errors import InputError, Problem
from broadcast.publish.items import Item
from broadcast.publish.names import media_name
from broadcast.store.airing_log import AiringLog
from broadcast.store.files import read_bytes
from broadcast.vietnamese.characters import ascii_name, fold
from broadcast.workflow.airing_log import entry_of
from broadcast.workflow.desk import Desk
from broadcast.workflow.log_rows import Row, rows_between
from broadcast.workflow.log_view import line_view, problem_view
from broadcast.workflow.weeks import seen_from

if TYPE_CHECKING:
    from broadcast.intake.player_log import PlayerLog, PlayerRow

TOLERANCE = timedelta(minutes=15)
"""How far from its time a row without a known name may be."""

_REFUSED = "Chưa nhập được nhật ký của máy phát"


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be taken.

    `columns` as `read_player_log` has them. `rest`: zones the file says nothing of heard all as
    planned; else airings with such zones are left out. `replace`: where something else is logged
    already, correct it. `dry`: write nothing.
    """

    columns: Mapping[str, str]
    tolerance: timedelta = TOLERANCE
    rest: bool = False
    replace: bool = False
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What was (or, dry, would be) written, and what was not.

    `same` are airings logged like that already, `silent` those of these days that the file says
    nothing of. `problems` are told with their line.
    """

    entries: tuple[Entry, ...]
    lines: tuple[LogLine, ...]
    same: tuple[Airing, ...]
    silent: tuple[Airing, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]


def import_log(desk: Desk, file: Path, options: Options, *, by: str, now: datetime) -> Imported:
    """Log what a player's CSV, or the operator's ticked sheet, says was played.

    Raises:
        InputError: the file is neither; see `read_player_log` and `read_ticks`.
        NotFoundError, StorageError: it is not there, or cannot be read.
    """
    from broadcast.intake.player_log import days_of  # noqa: PLC0415

    told = _read(file, options)
    with desk.workspace.lock("nhập nhật ký của máy phát"):
        days = days_of(told.rows) or _all_days(desk, now)
        one = timedelta(days=1)
        rows = [
            row
            for row in rows_between(desk, days[0] - one, days[1] + one).rows
            if row.airing.starts <= now
        ]
        names, lengths = _known(desk, rows)
        station, problems = desk.station(), list(told.problems)
        played = []
        for each in told.rows:
            zones = _zones(station, each.zone)
            if each.zone and not zones:
                known = ", ".join(zone.id for zone in station.zones)
                message = f"không có cụm loa «{each.zone}»"
                problems.append(Problem(message, file.name, each.line, f"đang có: {known}"))
                continue
            named = _coded(rows, each) if each.airing else names.get(_stem(each.file), frozenset())
            if each.airing and not named:
                message = f"tuần không còn lượt «{each.airing}»"
                problems.append(Problem(message, file.name, each.line, "ghi lượt ấy bằng tay"))
                continue
            played.append(Played(each.line, each.when, each.seconds, zones, named))
        airings = [row.airing for row in rows]
        found, left = by_airing(played, airings, options.tolerance)
        problems += (
            Problem("không khớp lượt phát nào", file.name, one.line, "xem giờ, tên tệp, cụm loa")
            for one in left
        )
        work = _Work(desk, rows, found, lengths, {z for one in played for z in one.zones})
        return work.done(options, days, problems, told.ignored, by=by, now=now)


def _read(file: Path, options: Options) -> PlayerLog:
    """The rows of a player's CSV; those of a sheet say that what is ticked was played in time."""
    from broadcast.intake.player_log import PlayerLog, PlayerRow, read_player_log  # noqa: PLC0415
    from broadcast.publish.ticks import is_sheet, read_ticks  # noqa: PLC0415

    data = read_bytes(file)
    if not is_sheet(data):
        return read_player_log(data, file.name, options.columns)
    ticks, problems = read_ticks(data, file.name)
    rows = (PlayerRow(one.line, one.starts, "", None, "", one.code) for one in ticks)
    return PlayerLog(tuple(rows), problems)


def _coded(rows: Iterable[Row], each: PlayerRow) -> frozenset[Key]:
    """The airing of a sheet's code, which is its id or its id without the day."""
    day = each.when.date() if each.when else None
    ids = {each.airing, f"{day}-{each.airing}"}
    keys = ((row.airing.day, row.airing.id) for row in rows)
    return frozenset(key for key in keys if key[0] == day and key[1] in ids)


def _all_days(desk: Desk, now: datetime) -> tuple[date, date]:
    """Where rows name no day: all there are weeks of."""
    weeks = desk.workspace.week_ids()
    return (weeks[0].days()[0], now.date()) if weeks else (now.date(), now.date())


@dataclass(frozen=True, slots=True)
class _Work:
    desk: Desk
    rows: Sequence[Row]
    found: Mapping[Key, tuple[Played, ...]]
    lengths: Mapping[Key, float]
    covered: set[str]

    def done(  # noqa: PLR0913 - who and when are by keyword
        self,
        options: Options,
        days: tuple[date, date],
        problems: list[Problem],
        ignored: tuple[str, ...],
        *,
        by: str,
        now: datetime,
    ) -> Imported:
        entries, same, silent = list[Entry](), list[Airing](), list[Airing]()
        for row in self.rows:
            airing, key = row.airing, (row.airing.day, row.airing.id)
            if key not in self.found:
                if days[0] <= airing.day <= days[1] and not row.line:
                    silent.append(airing)
                continue
            heard = heard_by(airing, self.found[key], self.lengths[key], self.covered)
            if (wrong := self._refused(row, heard, options)) is not None:
                problems.append(wrong)
            elif row.line and _alike(row.line.entry.heard, completed(airing, heard)):
                same.append(airing)
            else:
                entry = entry_of(self.desk, airing, completed(airing, heard), by=by, now=now)
                corrects = row.line.checksum if row.line else ""
                entries.append(replace(entry, corrects=corrects))
        lines, wrongs = (), ()  # type: tuple[LogLine, ...], tuple[Problem, ...]
        if entries and not options.dry:
            lines, wrongs = AiringLog(self.desk.workspace).append(entries)
        return Imported(
            tuple(entries), lines, tuple(same), tuple(silent), (*problems, *wrongs), ignored
        )

    def _refused(self, row: Row, heard: tuple[Heard, ...], options: Options) -> Problem | None:
        told = {zone for one in heard for zone in one.zones}
        missing = [zone for zone in row.airing.zones if zone not in told]
        line = self.found[row.airing.day, row.airing.id][0].line
        if missing and not options.rest:
            message = f"{row.airing.id}: tệp không nói gì về cụm loa {', '.join(missing)}"
            return Problem(message, None, line, "coi như phát đúng kế hoạch: thêm --rest")
        logged = row.line.entry.heard if row.line else ()
        if logged and not options.replace and not _alike(logged, completed(row.airing, heard)):
            message = f"{row.airing.id} đã được ghi khác"
            return Problem(message, None, line, "sửa theo tệp này: thêm --replace")
        return None


def _alike(one: Iterable[Heard], other: Iterable[Heard]) -> bool:
    """Whether both say the same of every zone, reasons and notes apart."""
    return _by_zone(one) == _by_zone(other)


def _by_zone(heard: Iterable[Heard]) -> dict[str, tuple[str, int, int]]:
    return {zone: (one.outcome, one.minutes, one.late) for one in heard for zone in one.zones}


def _zones(station: Station, text: str) -> tuple[str, ...]:
    """The zone of that id or name; none where there is no such zone."""
    return tuple(z.id for z in station.zones if fold(text.strip()) in {z.id, fold(z.name)})


def _stem(file: str) -> str:
    """A file's name as names are compared: no folders, no ending, folded."""
    return ascii_name(PurePosixPath(file.replace("\\", "/")).name.rpartition(".mp3")[0] or file, 80)


def _known(desk: Desk, rows: Iterable[Row]) -> tuple[dict[str, frozenset[Key]], dict[Key, float]]:
    """The names of each airing's file (as exported, by script, by title), and its seconds."""
    names: dict[str, frozenset[Key]] = {}
    lengths: dict[Key, float] = {}
    weeks: dict[WeekId, list[Airing]] = {}
    for row in rows:
        weeks.setdefault(WeekId.of(row.airing.day), []).append(row.airing)
    for week, airings in weeks.items():
        view = seen_from(desk, desk.week(week))
        for airing in airings:
            key, title = (airing.day, airing.id), view.title(airing)
            todays = [one for one in view.week.in_order() if one.day == airing.day]
            order = 1 + sum(one.starts < airing.starts for one in todays)
            item = Item(airing, title)
            digits = max(2, len(str(len(todays))))
            told = (media_name(item, order, digits), f"{airing.script}.mp3", f"{title}.mp3")
            for name in (_stem(one) for one in told):
                names[name] = names.get(name, frozenset()) | {key}
            lengths[key] = min(view.seconds(airing) or airing.minutes * 60, airing.minutes * 60)
    return names, lengths


def read_columns(given: Iterable[str]) -> dict[str, str]:
    """Columns as they are typed: "Bắt đầu lúc=thời điểm".

    Raises:
        InputError: they are written otherwise.
    """
    found = {}
    for one in given:
        head, equals, what = one.rpartition("=")
        if not (equals and head.strip() and what.strip()):
            mend = "viết TÊN CỘT=LOẠI, ví dụ --column 'Bắt đầu lúc=thời điểm'"
            raise InputError(_REFUSED, f"không hiểu «{one}»", mend)
        found[head.strip()] = what.strip()
    return found


def imported_view(imported: Imported, *, dry: bool) -> dict[str, Any]:
    """What an import did, as JSON."""
    shown = imported.lines or [LogLine(entry, "", 0, "") for entry in imported.entries]
    return {
        "dry_run": dry,
        "lines": [line_view(line) for line in shown],
        "same": [airing.id for airing in imported.same],
        "silent": [airing.id for airing in imported.silent],
        "ignored_columns": list(imported.ignored),
        "problems": [problem_view(one) for one in imported.problems],
    }
