"""A workspace: the folder that holds one station's schedules, scripts and output.

Paths are as design "A workspace" has them. What the station does not have itself (ready pieces,
templates) comes with the product; its own file of the same name wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import EllipsisType
from typing import Literal, TypeVar

from broadcast.domain.duties import DoneItem
from broadcast.domain.piece import Piece
from broadcast.domain.plan import Plan
from broadcast.domain.script import Script, print_script
from broadcast.domain.station import Station
from broadcast.domain.week import Week, WeekId
from broadcast.errors import InputError, NotFoundError, Problem
from broadcast.storage import storage_error
from broadcast.store.batch import recover
from broadcast.store.files import Revision, read_bytes, read_text, write_whole
from broadcast.store.locking import locked
from broadcast.store.names import is_id, require_id
from broadcast.store.paths import Paths
from broadcast.store.records import (
    decode_decisions,
    decode_done,
    decode_plan,
    decode_station,
    decode_texts,
    decode_week,
    encode_decisions,
    encode_done,
    encode_plan,
    encode_station,
    encode_week,
)
from broadcast.store.root import STATION_FILE, find_root
from broadcast.store.sample import sample_root
from broadcast.store.script_files import parse_piece, parse_script
from broadcast.store.voice_lines import VoiceLines
from broadcast.store.yaml_nodes import locate
from broadcast.vietnamese.decisions import Decisions

Kind = Literal["pieces", "templates"]
"""Folders of scripts/ that the product has files for."""

Seen = Revision | EllipsisType
"""What `files.revision` gave before loading; None for a new file; `...` to overwrite anything."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Workspace(Paths):
    """One station's folder. Loaders raise InputError (every problem with file and line),
    NotFoundError (naming what there is) and StorageError; savers ConflictError as well.
    """

    @property
    def voice_lines(self) -> VoiceLines:
        """Lines of scripts that people have read themselves."""
        return VoiceLines(self.recordings / "lines")

    @contextmanager
    def lock(self, what: str) -> Iterator[None]:
        """Keep other programs from writing to the workspace; the same thread may lock again.

        What a program was killed in the middle of is finished first (`batch.recover`), so that
        nobody goes on from half a change.

        Args:
            what: what is being done, a few Vietnamese words for those who have to wait.

        Raises:
            ConflictError: another program holds it for more than ten seconds.
        """
        with locked(self.out, what):
            recover(self.root)
            yield

    def load_station(self) -> Station:
        """The station."""
        return self._load(self.station_path, decode_station)

    def save_station(self, station: Station, seen: Seen) -> str:
        """Write the station, people's comments in its file kept; returns the new revision."""
        path = self.station_path
        return write_whole(path, encode_station(station, _old(path)), expected_revision=seen)

    def plan_ids(self) -> tuple[str, ...]:
        """Ids of the imported plans, in order."""
        return _ids(self.plans_folder, ".yaml")

    def load_plan(self, plan_id: str) -> Plan:
        """An imported plan."""
        path = self.plan_path(plan_id)
        _require(path, f"kế hoạch {plan_id}", self.plan_ids, "broadcast plan import TỆP")
        plan = self._load(path, decode_plan)
        self._same_name(path, plan.id, plan_id)
        return plan

    def save_plan(self, plan: Plan, seen: Seen) -> str:
        """Write a plan, people's comments in its file kept; returns the new revision."""
        path = self.plan_path(plan.id)
        return write_whole(path, encode_plan(plan, _old(path)), expected_revision=seen)

    def plan_source(self, plan_id: str) -> Path | None:
        """The document the plan was imported from, None if it was not kept."""
        require_id(plan_id)
        found = sorted(p for p in _files(self.sources_folder) if p.stem == plan_id)
        return found[0] if found else None

    def keep_source(self, plan_id: str, document: Path) -> Path:
        """Copy a plan's document into the workspace, in place of an earlier one of that plan."""
        old = self.plan_source(plan_id)
        kept = self.sources_folder / f"{plan_id}{document.suffix.lower()}"
        write_whole(kept, read_bytes(document))
        if old and old != kept:
            try:
                old.unlink()
            except OSError as error:
                raise storage_error(error, old, "Không xóa được tệp") from error
        return kept

    def week_ids(self) -> tuple[WeekId, ...]:
        """The weeks there are files of, in order."""
        return tuple(sorted(w for p in _files(self.schedules) if (w := _week_of(p))))

    def load_week(self, week: WeekId) -> Week:
        """A week."""
        path = self.week_path(week)
        _require(path, f"tuần {week}", self.week_ids, f"broadcast week fill {week}")
        loaded = self._load(path, decode_week)
        self._same_name(path, str(loaded.id), str(week))
        return loaded

    def load_or_begin_week(self, week: WeekId) -> Week:
        """A week, without airings where it has no file yet."""
        return self.load_week(week) if week in self.week_ids() else Week(week)

    def save_week(self, week: Week, seen: Seen) -> str:
        """Write a week, people's comments in its file kept; returns the new revision."""
        path = self.week_path(week.id)
        return write_whole(path, encode_week(week, _old(path)), expected_revision=seen)

    def line_of(self, path: Path, *steps: str | int) -> int | None:
        """The line of a value in a YAML file of the workspace, see `yaml_nodes.locate`."""
        return locate(read_text(path), *steps)

    def load_done(self) -> tuple[DoneItem, ...]:
        """What is recorded as done of the plans' duties; nothing if there is no file."""
        if not self.duties_path.exists():
            return ()
        return self._load(self.duties_path, decode_done)

    def save_done(self, done: tuple[DoneItem, ...], seen: Seen) -> str:
        """Write what is done, people's comments in the file kept; returns the new revision."""
        path = self.duties_path
        return write_whole(path, encode_done(done, _old(path)), expected_revision=seen)

    def script_ids(self) -> tuple[str, ...]:
        """Ids of the scripts, in order."""
        return _ids(self.scripts, ".md")

    def load_script(self, script_id: str) -> Script:
        """A script."""
        path = self.script_path(script_id)
        _require(path, f"kịch bản {script_id}", self.script_ids, "broadcast script assemble")
        script = self._load(path, parse_script)
        self._same_name(path, script.id, script_id)
        return script

    def save_script(self, script: Script, seen: Seen) -> str:
        """Write a script to the letter; returns the new revision."""
        return write_whole(
            self.script_path(script.id), print_script(script), expected_revision=seen
        )

    def approved_path(self, script_id: str) -> Path:
        """Where the text of that script as it was approved last is or would be."""
        return self.scripts / "approved" / f"{require_id(script_id)}.md"

    def keep_approved(self, script: Script) -> None:
        """Keep the text of a script that is being approved, in place of an earlier one."""
        write_whole(self.approved_path(script.id), print_script(script))

    def load_approved(self, script_id: str) -> Script | None:
        """The script as it was approved last, None if that was not kept."""
        path = self.approved_path(script_id)
        return self._load(path, parse_script) if path.is_file() else None

    def product_file(self, kind: Kind, name: str) -> Path:
        """A piece's or template's file: the station's own, else the product's.

        Raises:
            NotFoundError: neither has one of that name.
        """
        folders = (self.scripts / kind, sample_root() / "scripts" / kind)
        for folder in folders:
            if (folder / name).is_file():
                return folder / name
        there = sorted({path.name for folder in folders for path in _files(folder)})
        title = f"Không có {self.shown(folders[0] / name)}"
        raise NotFoundError(title, _there(there), "kiểm tra lại tên")

    def load_pieces(self) -> tuple[Piece, ...]:
        """Every ready piece, the station's own in place of the product's of the same name.

        Raises:
            InputError: the problems of all of them together.
        """
        product = _files(sample_root() / "scripts" / "pieces")
        paths = {path.name: path for path in (*product, *_files(self.pieces_folder))}
        pieces, problems = [], list[Problem]()
        for name in sorted(name for name in paths if _is_text_of_ours(name)):
            try:
                piece = self._load(paths[name], parse_piece)
                self._same_name(paths[name], piece.id, name.removesuffix(".md"))
                pieces.append(piece)
            except InputError as error:
                problems += error.problems
        if problems:
            raise InputError("Không đọc được các bài soạn sẵn", problems=problems)
        return tuple(pieces)

    def piece_path(self, piece_id: str) -> Path:
        """A ready piece's file: the station's own, else the product's.

        Raises:
            NotFoundError: there is none of that id.
        """
        return self.product_file("pieces", f"{require_id(piece_id)}.md")

    def load_piece(self, piece_id: str) -> Piece:
        """A ready piece."""
        path = self.piece_path(piece_id)
        piece = self._load(path, parse_piece)
        self._same_name(path, piece.id, piece_id)
        return piece

    def load_template(self, name: str) -> str:
        """A template's jinja2 source, such as that of "opening" or "closing"."""
        return self.read_template(self.template_path(name))

    def template_path(self, name: str, programmes: Iterable[str] = ()) -> Path:
        """The file of the template `name`, or of its form for the first of `programmes` there is.

        "opening-sang.md" goes before "opening.md" for the programme "sang"; all of the station's
        own files go before the product's.

        Raises:
            NotFoundError: there is no such template.
        """
        names = [f"{name}-{one}.md" for one in programmes if is_id(one)]
        names.append(f"{require_id(name)}.md")
        own = self.scripts / "templates"
        for special in names:
            if (own / special).is_file():
                return own / special
        there = {path.name for path in _files(sample_root() / "scripts" / "templates")}
        special = next((one for one in names if one in there), names[-1])
        return self.product_file("templates", special)

    def read_template(self, path: Path) -> str:
        """The text of a template's file."""
        return read_text(path)

    def load_lexicon(self) -> dict[str, str]:
        """The station's own lexicon, written: spoken; empty if it has none."""
        if not self.lexicon_path.exists():
            return {}
        # A copy: what a cache gives to all must not be changed by one.
        return dict(self._load(self.lexicon_path, decode_texts))

    def load_decisions(self) -> Decisions:
        """What was decided about suggestions; nothing if there is no file."""
        if not self.decisions_path.exists():
            return Decisions()
        return self._load(self.decisions_path, decode_decisions)

    def save_decisions(self, decisions: Decisions, seen: Seen) -> str:
        """Write what was decided, people's comments in the file kept; returns the new revision."""
        path = self.decisions_path
        return write_whole(path, encode_decisions(decisions, _old(path)), expected_revision=seen)

    def unread_files(self) -> tuple[Path, ...]:
        """Files that lie among plans, weeks and scripts but have names that nothing reads."""
        unread = [p for p in _files(self.plans_folder) if p.suffix != ".yaml" or not is_id(p.stem)]
        own = {self.station_path, self.duties_path}
        unread += [p for p in _files(self.schedules) if p not in own and not _week_of(p)]
        unread += [
            p for p in _files(self.scripts) if _is_text_of_ours(p.name) and not is_id(p.stem)
        ]
        return tuple(sorted(unread))

    def _load(self, path: Path, parse: Callable[[str, str], _T]) -> _T:
        parsed: _T = _parsed(parse, read_text(path), self.shown(path))
        return parsed

    def _same_name(self, path: Path, inside: str, outside: str) -> None:
        if inside != outside:
            message = f"mã trong tệp là {inside!r}, tên tệp là {outside!r}"
            problem = Problem(message, self.shown(path), suggestion="sửa cho hai tên giống nhau")
            raise InputError("Không đọc được tệp", "mã và tên tệp khác nhau", problems=[problem])


@lru_cache(maxsize=512)  # a year's weeks and the scripts around them
def _parsed(parse: Callable[[str, str], _T], text: str, shown: str) -> _T:
    # The same text is the same value, and all that is parsed is frozen: every view, check and save
    # reads station, plans and week again, which was most of what it took.
    return parse(text, shown)


def find_workspace(start: Path | None = None) -> Workspace:
    """The workspace of the nearest folder upwards from `start` (default: where we are).

    Raises:
        NotFoundError: `start` is no folder, or none upwards holds schedules/station.yaml.
    """
    here = (start or Path.cwd()).absolute()
    if not here.is_dir():
        # A mistyped -C must not quietly open the workspace around it.
        raise NotFoundError("Không có thư mục này", str(here), "kiểm tra lại tên thư mục")
    root = find_root(str(here))
    if root:
        return Workspace(Path(root))
    mend = 'tạo mới bằng "broadcast init THƯ_MỤC", hoặc chỉ thư mục bằng "broadcast -C THƯ_MỤC"'
    raise NotFoundError(
        "Chưa có thư mục làm việc", f"không thấy {STATION_FILE} từ {here} trở lên", mend
    )


def _files(folder: Path) -> Iterator[Path]:
    """The plain files of a folder; none if it is missing."""
    if not folder.is_dir():
        return
    try:
        yield from (p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    except OSError as error:
        raise storage_error(error, folder, "Không đọc được thư mục") from error


def _ids(folder: Path, suffix: str) -> tuple[str, ...]:
    return tuple(sorted(p.stem for p in _files(folder) if p.suffix == suffix and is_id(p.stem)))


def _is_text_of_ours(name: str) -> bool:
    return name.endswith(".md") and name.casefold() != "readme.md"


def _old(path: Path) -> str | None:
    """What a file that is to be written anew says now, as far as it can be read."""
    try:
        return read_text(path)
    except (InputError, NotFoundError):
        return None


def _week_of(path: Path) -> WeekId | None:
    try:
        week = WeekId.parse(path.stem, date.min) if path.stem[:1].isdigit() else None
    except ValueError:
        return None
    return week if week and path.name == f"{week}.yaml" else None


def _require(path: Path, what: str, there: Callable[[], tuple[object, ...]], command: str) -> None:
    if not path.exists():
        mend = f'kiểm tra lại tên, hoặc tạo bằng "{command}"'
        raise NotFoundError(f"Không có {what}", _there(there()), mend)


def _there(names: tuple[object, ...] | list[str]) -> str:
    return f"hiện có: {', '.join(map(str, names))}" if names else "hiện chưa có gì"
