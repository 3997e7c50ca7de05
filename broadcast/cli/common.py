"""What the commands share: the workspace, JSON on stdout, weeks, progress on stderr, tables."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcast.cli.words import WEEK_FORMS
from broadcast.domain.week import LEVELS, VIETNAM, Finding, Level, WeekId
from broadcast.domain.wording import length_clock
from broadcast.errors import BroadcastError, ExitStatus
from broadcast.store.workspace import Workspace, find_workspace
from broadcast.vietnamese.characters import fold, shorten

if TYPE_CHECKING:
    from broadcast.workflow.papers import Printed
    from broadcast.workflow.progress import Progress, Step

JSON_OPTION = click.option(
    "--json", "as_json", is_flag=True, help="In ra một văn bản JSON, không gì khác"
)


class _LevelType(click.ParamType):
    """A bulletin's level, with or without accents."""

    name = "mức"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Level:
        """The level meant."""
        known = {fold(level): level for level in LEVELS}
        if fold(str(value)) not in known:
            self.fail(f"được dùng: {', '.join(LEVELS)}.")
        return known[fold(str(value))]


LEVEL_OPTION = click.option(
    "--level",
    metavar="MỨC",
    type=_LevelType(),
    default=LEVELS[0],
    help="Mức bản tin: thông thường, ưu tiên hoặc khẩn cấp",
)

STATE_COLOURS = {
    "trống": "red",
    "nháp": "yellow",
    "chờ duyệt": "cyan",
    "trả lại": "magenta",
    "đã duyệt": "blue",
    "đã có audio": "green",
    "đã phát": "green",
    "phát một phần": "yellow",
    "không phát": "red",
}

_BAR = 24


class WeekType(click.ParamType):
    """2026-W48, "this" or "next"."""

    name = "tuần"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> WeekId:
        """The week meant, seen from today."""
        if isinstance(value, WeekId):
            return value
        try:
            return WeekId.parse(str(value), now().date())
        except ValueError:
            self.fail(f"«{value}» không phải là tuần; viết như {WEEK_FORMS}.")


class WeeksType(click.ParamType):
    """One or more weeks: 2026, 2026-W01..2026-W26, 2026-W48, "this"."""

    name = "các tuần"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> tuple[WeekId, ...]:
        """The weeks meant, in order, seen from today."""
        try:
            return WeekId.parse_many(str(value), now().date())
        except (ValueError, OverflowError):
            many = "2026 (cả năm), 2026-W01..2026-W26 (nhiều tuần)"
            self.fail(f"«{value}» không phải là tuần; viết như {WEEK_FORMS}, {many}.")


class TopicType(click.ParamType):
    """A topic as its plan's id and its path: suoi-hoa-2026:II.2/đ."""

    name = "nội dung"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> tuple[str, str]:
        """The plan's id and the path."""
        plan_id, _, path = str(value).partition(":")
        if not (plan_id and path):
            self.fail("viết như suoi-hoa-2026:II.2/đ (mã kế hoạch, hai chấm, mục).")
        return plan_id, path


class PathType(click.Path):
    """A file or folder to write to; an empty text is none, though systems take it for this one."""

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Any:
        """The path meant."""
        if not str(value).strip():
            self.fail("chưa nêu nơi ghi, ví dụ E:\\ hoặc Tuan48.")
        return super().convert(value, param, context)


WHERE_TO = PathType(path_type=Path)

PAPER_TO = click.option(
    "--to",
    metavar="NƠI",
    type=WHERE_TO,
    help="Tệp .docx hoặc thư mục để ghi (mặc định: out/paper)",
)


class DayType(click.ParamType):
    """A day: 2026-11-23 or 23/11/2026."""

    name = "ngày"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> date:
        """The day meant."""
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(str(value), form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        return self.fail(f"«{value}» không phải là ngày; viết như 2026-11-23 hoặc 23/11/2026.")


WEEK = click.argument("week_id", metavar="TUẦN", type=WeekType())


def options(*several: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several options as one decorator."""

    def decorate(command: Any) -> Any:
        for option in reversed(several):
            command = option(command)
        return command

    return decorate


def now() -> datetime:
    """This moment in Việt Nam."""
    return datetime.now(VIETNAM).replace(microsecond=0)


def workspace_of(context: click.Context) -> Workspace:
    """The workspace that -C names, or the nearest one upwards."""
    folder: str | None = context.find_root().obj
    return find_workspace(Path(folder) if folder is not None else None)


def say(text: str = "") -> None:
    """Talk: to stderr, so that stdout stays data."""
    click.echo(text, err=True)


def put_json(value: Any) -> None:
    """Data: one JSON document on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def tell_printed(printed: Printed) -> None:
    """Data: where a paper is; talk: what is in it."""
    click.echo(printed.path)
    told = f"{printed.scripts} kịch bản"
    if printed.drafts:
        told += f", trong đó {printed.drafts} bản nháp chưa duyệt"
    say(f"Đã in {told}." if printed.written else f"Tệp đã có sẵn đúng như thế: {told}.")


def minutes(seconds: float | None) -> str:
    """A length as people write it: 2:05; a dash where it is unknown."""
    return "–" if seconds is None else length_clock(seconds)


def table(
    rows: Iterable[Sequence[str]], head: Sequence[str] = (), right: frozenset[int] = frozenset()
) -> str:
    """Rows in columns as wide as their widest cell; `right` columns end in line."""
    body = [list(row) for row in rows]
    everything = [list(head), *body] if head else body
    if not everything:
        return ""
    widths = [
        max(len(click.unstyle(row[n])) for row in everything) for n in range(len(everything[0]))
    ]
    lines = [_table_line(row, widths, right) for row in everything]
    if head:
        lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines)


def _table_line(row: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
    cells = []
    for n, (cell, width) in enumerate(zip(row, widths, strict=True)):
        gap = " " * (width - len(click.unstyle(cell)))
        cells.append(gap + cell if n in right else cell + gap)
    return "  ".join(cells).rstrip()


def finding_lines(
    findings: Iterable[Finding], indent: str = "  ", file: str = "dòng "
) -> Iterator[str]:
    """Findings for reading: where (`file` goes before the line), what, how to mend it."""
    for finding in findings:
        place = f"{file}{finding.line}: " if finding.line else ""
        airing = f"{finding.airing}: " if finding.airing else ""
        yield f"{indent}! {place}{airing}{finding.message}"
        if finding.mend:
            yield f"{indent}  → {finding.mend}"
        if finding.source and finding.source not in finding.message:
            yield f"{indent}    quy định: {finding.source}"


def end_of_list(context: click.Context, broken: Sequence[BroadcastError]) -> None:
    """Tell the files that could not be listed; the status says that the list is not whole."""
    for error in broken:
        say(str(error))
    if broken:
        context.exit(ExitStatus.FAILED)


@contextmanager
def progress_bar(what: str, *, shown: bool = True) -> Iterator[Progress]:
    """A bar with time left on stderr; plain lines where stderr is no terminal."""
    from broadcast.workflow.progress import Progress  # noqa: PLC0415 - only work that takes long

    bar = _Bar(what)
    try:
        yield Progress(bar.show if shown else None)
    finally:
        bar.end()


class _Bar:
    def __init__(self, what: str) -> None:
        self.what = what
        self.began = time.monotonic()
        self.last = ""
        self.drawn = False

    def show(self, step: Step) -> None:
        """Draw the bar, or say each new item once where there is no terminal."""
        if not sys.stderr.isatty():
            if step.label != self.last:
                say(f"{self.what}: {step.label}")
                self.last = step.label
            return
        full = round(_BAR * step.share)
        left = self._left(step)
        bar = "█" * full + "░" * (_BAR - full)
        text = f"{self.what} {bar} {step.done}/{step.total}{left} {shorten(step.label, 30)}"
        click.echo(f"\r{text}\x1b[K", nl=False, err=True)
        self.drawn = True

    def _left(self, step: Step) -> str:
        from broadcast.workflow.progress import seconds_left  # noqa: PLC0415 - long work only

        left = seconds_left(time.monotonic() - self.began, step.share)
        return "" if left is None else f" còn {minutes(left)}"

    def end(self) -> None:
        """Leave the bar's line."""
        if self.drawn:
            say()
