"""Looking over a folder or stick that was exported: which files are whole, current, and which not.

The manifest tells what was written and for which airings; the workspace, where there is one, what
should be heard of those airings now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from broadcast.domain.week import WeekId
from broadcast.errors import BroadcastError, Problem
from broadcast.storage import quoted, storage_error
from broadcast.store.workspace import Workspace
from broadcast.workflow.still_aired import Now, week_now

if TYPE_CHECKING:
    from broadcast.publish.manifest import Aired, Manifest, WeekEntry
    from broadcast.publish.standing import Listed, Standing

State = Literal[
    "", "đang dùng", "nguyên vẹn", "bản cũ", "thiếu", "đã đổi", "đã ghi tay", "lạ", "chưa có",
    "không đọc được",
]  # fmt: skip
"""Of a file: approved and current; whole (whether current cannot be told); of an older state;
missing; changed; a sheet that somebody wrote in, as it is meant for; foreign. Of a folder:
something that should be there was never exported to it. "" for files looked at by themselves."""

_PAGE = "page"
_FOREIGN_SOUND = "không phải do chương trình này xuất; máy phát có thể phát cả tệp này"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked at, or the folder where a problem is about none.

    `export` is the export that wrote it, as the manifest names it ("2026-W48", "page").
    """

    path: Path
    problems: tuple[Problem, ...] = ()
    state: State = ""
    export: str = ""


@dataclass(frozen=True, slots=True)
class ExportCheck:
    """A folder with the manifest in it.

    Args:
        folder: where it is.
        manifest: what was exported there.
        workspace: what should be heard now; None: that cannot be told.
        now: the time, aware.
    """

    folder: Path
    manifest: Manifest
    workspace: Workspace | None
    now: datetime
    _weeks: dict[tuple[WeekId, tuple[str, ...]], Now | str] = field(default_factory=dict)
    _wanted: dict[str, dict[str, str]] = field(default_factory=dict)

    def files(self) -> list[Listed]:
        """What is to be looked at: every file that should be there, and every other one."""
        from broadcast.publish.standing import listed  # noqa: PLC0415 - with its neighbours

        try:
            return listed(self.folder, self.manifest)
        except OSError as error:
            raise storage_error(error, title="Không kiểm tra được") from error

    def look(self, one: Listed) -> Checked:
        """What is to be said of one file."""
        from broadcast.publish.standing import standing  # noqa: PLC0415

        try:
            found = standing(one)
        except OSError as error:
            refused = storage_error(error, one.place, "Không đọc được tệp")
            problem = Problem(refused.happened, str(one.place), suggestion=refused.mend)
            return Checked(one.place, (problem,), "không đọc được")
        if found.state == "nguyên vẹn":
            return self._whole(one, found)
        if found.state == "đã đổi" and _is_sheet(one.place):
            return Checked(one.place, (), "đã ghi tay", found.export)
        return Checked(one.place, tuple(self._trouble(one, found)), found.state, found.export)

    def _trouble(self, one: Listed, found: Standing) -> Iterator[Problem]:
        from broadcast.publish.standing import SOUND  # noqa: PLC0415

        if found.state == "thiếu":
            again = self.again(found.export)
            yield Problem("lần xuất ghi tệp này, nay không thấy", str(one.place), suggestion=again)
        elif found.state == "đã đổi":
            mend = f"xóa tệp này rồi xuất lại: {self.again(found.export)}"
            yield Problem("không còn như lúc xuất (sai mã SHA-256)", str(one.place), None, mend)
        elif one.place.suffix.casefold() in SOUND:
            mend = "bỏ tệp này nếu không định phát"
            yield Problem(_FOREIGN_SOUND, str(one.place), suggestion=mend)

    def _whole(self, one: Listed, found: Standing) -> Checked:
        entry = self.manifest.weeks[found.export]
        reasons = self._reasons(one.path, found)
        whole = Checked(one.place, state="nguyên vẹn", export=found.export)
        if reasons is None:
            return whole
        mend = self.again(found.export)
        problems = tuple(Problem(why, str(one.place), suggestion=mend) for why in reasons)
        if problems:
            return replace(whole, problems=problems, state="bản cũ")
        known = one.path in entry.airings or one.path in self._wanted.get(found.export, {})
        return replace(whole, state="đang dùng") if known else whole

    def _reasons(self, path: str, found: Standing) -> list[str] | None:
        """Why a whole file is not current; None where that cannot be told."""
        entry = self.manifest.weeks[found.export]
        if self.workspace is None:
            return None
        if path not in entry.airings:
            return self._list_reasons(path, found)
        reasons = []
        for aired in entry.airings[path]:
            week = self._week_of(aired, entry)
            if isinstance(week, str):
                return None
            why = week.why_not(aired, found.digest)
            reasons += [why] if why else []
        return reasons

    def _list_reasons(self, path: str, found: Standing) -> list[str] | None:
        """The same for a calendar, a list or a sheet: it is what an export would write now."""
        wanted = self._wanted_files(found.export)
        if not wanted:
            return None
        if wanted.get(path) == found.digest:
            return []
        return ["lịch tuần hoặc tên chương trình đã đổi sau lần xuất"]

    def _wanted_files(self, export: str) -> dict[str, str]:
        """What an export of a week would write now; nothing where it cannot, or is no week's."""
        if export not in self._wanted:
            self._wanted[export] = self._look_up(export)
        return self._wanted[export]

    def _look_up(self, export: str) -> dict[str, str]:
        from broadcast.publish.export import wanted_files  # noqa: PLC0415 - icalendar
        from broadcast.publish.players import player_of  # noqa: PLC0415

        entry = self.manifest.weeks[export]
        week_id = _week_named(export)
        week = self._week(week_id, entry) if week_id and entry.player else None
        if not isinstance(week, Now) or not all(one.source for one in week.given.items):
            return {}
        try:
            return wanted_files(self.folder, week.given, self.now, player_of(entry.player))
        except BroadcastError:
            return {}  # it could not be exported as it stands; the export itself says why

    def of_folder(self) -> Iterator[Checked]:
        """What should be there and was never exported, weeks that nothing is known of, and whether
        an export was cut off."""
        from broadcast.publish.compare import STAGING  # noqa: PLC0415 - with its neighbours

        if (self.folder / STAGING).is_dir():
            told = "lần xuất trước bị cắt giữa chừng, chưa chép hết"
            mend = "xuất lại tuần ấy vào đây: phần đã chép được giữ"
            yield Checked(self.folder, (Problem(told, str(self.folder), suggestion=mend),), "thiếu")
        for name, entry in self.manifest.weeks.items() if self.workspace else ():
            problems = [*self._unknown_weeks(name, entry), *self._never_exported(name, entry)]
            if problems:
                yield Checked(self.folder, tuple(problems), "chưa có", name)

    def _never_exported(self, name: str, entry: WeekEntry) -> Iterator[Problem]:
        handed_out = [one for several in entry.airings.values() for one in several]
        for week_id in _weeks_of(entry, handed_out):
            week = self._week(week_id, entry)
            if isinstance(week, Now):
                for why in week.missing(handed_out):
                    yield Problem(why, str(self.folder), suggestion=self.again(name))

    def _unknown_weeks(self, name: str, entry: WeekEntry) -> Iterator[Problem]:
        handed_out = (one for several in entry.airings.values() for one in several)
        for week_id in _weeks_of(entry, handed_out):
            week = self._week(week_id, entry)
            if isinstance(week, str):
                told = f"không biết tuần {week_id} còn đúng hay không: {week}"
                mend = "chạy lệnh này trong thư mục làm việc đã xuất ra nó (-C THƯ_MỤC)"
                yield Problem(told, str(self.folder), suggestion=mend)

    def _week_of(self, aired: Aired, entry: WeekEntry) -> Now | str:
        return self._week(WeekId.of(aired.starts.date()), entry)

    def _week(self, week_id: WeekId, entry: WeekEntry) -> Now | str:
        assert self.workspace is not None  # noqa: S101 - nobody asks without one
        key = (week_id, entry.zones)
        if key not in self._weeks:
            self._weeks[key] = week_now(self.workspace, week_id, entry.zones)
        return self._weeks[key]

    def again(self, export: str) -> str:
        """The command that writes this export anew."""
        entry = self.manifest.weeks[export]
        target = f"--to {quoted(self.folder)}"
        if _week_named(export):
            zones = "".join(f" --zone {zone}" for zone in entry.zones)
            player = f" --player {entry.player}" if entry.player not in {"", "usb"} else ""
            return f"broadcast export {export} {target}{zones}{player}"
        if export == _PAGE:
            handed_out = (one for several in entry.airings.values() for one in several)
            weeks = " ".join(str(week) for week in _weeks_of(entry, handed_out))
            return f"broadcast page {weeks or 'TUẦN'} {target}"
        return f"broadcast calendar export {export.removeprefix('lich-')} {target}"


def _is_sheet(place: Path) -> bool:
    """Whether a file can still be read as an operator's sheet."""
    from broadcast.publish.ticks import is_sheet  # noqa: PLC0415 - with its neighbours

    try:
        return place.suffix.casefold() in {".txt", ".docx"} and is_sheet(place.read_bytes())
    except OSError:
        return False


def _weeks_of(entry: WeekEntry, handed_out: Iterable[Aired]) -> list[WeekId]:
    """The weeks of which an export has sounds."""
    found = {WeekId.of(one.starts.date()) for one in handed_out}
    return sorted(found)


def _week_named(export: str) -> WeekId | None:
    """The week that an export is of; None if it is not one week's."""
    try:
        return WeekId.parse(export, date.min)
    except ValueError:
        return None
