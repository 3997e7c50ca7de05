"""Taking a player's file into the log: chosen, looked at, then written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rich.text import Text

from broadcast.domain.wording import clock, day_label
from broadcast.errors import InputError
from broadcast.tui.dialogs.ask import Choice, LongAskDialog
from broadcast.tui.dialogs.form import Chosen, Form
from broadcast.tui.hints import key_of
from broadcast.tui.screens.log_edits import LogEdits

if TYPE_CHECKING:
    from broadcast.domain.station import Station
    from broadcast.domain.week import Airing
    from broadcast.errors import BroadcastError, Problem
    from broadcast.workflow.log_import import Imported, Options

ENDINGS = frozenset({".csv", ".txt", ".tsv", ".log", ".docx"})
"""Endings of files that a player may write, and of the operator's sheet."""

Way = Literal["write", "rest", "replace"]

_IN_WORDS = {
    "thêm --rest": "chọn «coi như đúng kế hoạch» ở dưới",
    "thêm --replace": "chọn «sửa theo tệp» ở dưới",
}
"""What problems of an import name as options, and the answers that do the same here."""


class LogImport(LogEdits):
    """The actions that take a file in."""

    _folder: Path | None = None

    def action_import_log(self) -> None:
        """Choose a player's file."""
        from broadcast.tui.dialogs.files import FileDialog  # noqa: PLC0415 - after first paint

        start = self._folder or self.office.papers or Path.cwd()
        dialog = FileDialog(
            "Nhập nhật ký: CSV của máy phát, hoặc phiếu đã đánh dấu", start, ENDINGS
        )
        self.app.push_screen(dialog, lambda file: self._take(file) if file else None)

    def _take(self, file: Path, columns: Mapping[str, str] | None = None) -> None:
        from broadcast.workflow.log_import import Options  # noqa: PLC0415 - after first paint

        self._folder = file.parent
        self._preview(file, Options(columns or {}, dry=True))

    def _preview(self, file: Path, options: Options) -> None:
        """Look at what would be written."""
        now = self.office.now()
        self.say(f"Đang đọc {file.name}…")
        self.job(
            lambda: self.session.take_in(file, options, now),
            lambda found: self._show_preview(file, options, found),
            lambda error: self._not_read(file, options, error),
        )

    def _not_read(self, file: Path, options: Options, error: BroadcastError) -> None:
        """Columns that nobody knows are asked about; all else is told."""
        from broadcast.intake.player_log import KNOWN, ColumnsError  # noqa: PLC0415 - as above

        self.say("")
        if not isinstance(error, ColumnsError) or not error.heads:
            self.show_error(error)
            return
        kinds = [("", "không dùng"), *((one, one) for one in KNOWN)]
        asked = [
            Chosen(f"column-{n}", head, options.columns.get(head, ""), kinds)
            for n, head in enumerate(error.heads)
        ]

        def taken(values: dict[str, str] | None) -> None:
            if values:
                named = zip(error.heads, values.values(), strict=True)
                self._take(file, {head: kind for head, kind in named if kind})

        self.app.push_screen(Form(f"{file.name}: cột nào là gì?", asked, _timed), taken)

    def _show_preview(self, file: Path, options: Options, found: Imported) -> None:
        self.say("")
        day = self.day
        if day is None:
            return
        text = preview_text(found, day.station)
        choices: list[Choice[Way]] = []
        if found.entries:
            choices.append(Choice("write", f"Ghi {len(found.entries)} lượt vào nhật ký"))
        told = [one.suggestion or "" for one in found.problems]
        if any("--rest" in one for one in told):
            choices.append(Choice("rest", "Cụm loa tệp không nói tới: coi như đúng kế hoạch"))
        if any("--replace" in one for one in told):
            choices.append(Choice("replace", "Lượt đã ghi khác: sửa theo tệp này"))

        def taken(way: Way | None) -> None:
            if way == "write":
                self._write(file, replace(options, dry=False))
            elif way == "rest":
                self._preview(file, replace(options, rest=True))
            elif way == "replace":
                self._preview(file, replace(options, replace=True))

        title = f"{file.name}: sẽ ghi {len(found.entries)} lượt"
        self.app.push_screen(LongAskDialog(title, text, choices), taken)

    def _write(self, file: Path, options: Options) -> None:
        now = self.office.now()

        def told(done: Imported) -> str:
            problems = f"; {len(done.problems)} điểm chưa ghi" if done.problems else ""
            undo = key_of("log.undo")
            return f"Đã ghi {len(done.entries)} lượt từ {file.name}{problems} · {undo} lấy lại"

        self.enter(lambda session: session.take_in(file, options, now), told)


def _timed(values: dict[str, str]) -> None:
    """Whether the columns say when or what.

    Raises:
        InputError: they do not.
    """
    if not {"thời điểm", "giờ", "tệp"} & set(values.values()):
        raise InputError("Chưa đủ", "phải có cột thời điểm, giờ, hoặc tệp")


def preview_text(found: Imported, station: Station) -> Text:
    """What an import would write, what is there already, and each line that fits nothing."""
    from broadcast.workflow.log_view import heard_text  # noqa: PLC0415 - after first paint

    text = Text()
    for problem in found.problems:
        text.append(f"! {_in_words(problem)}\n")
    for entry in found.entries:
        airing = entry.airing
        again = " (sửa lời đã ghi)" if entry.corrects else ""
        text.append(
            f"{day_label(airing.day)} {clock(airing.start)} {airing.title}{again}\n", "bold"
        )
        for one in entry.heard:
            text.append(f"  {heard_text(station, one, set(one.zones) == set(airing.zones))}\n")
    text.append(_list("Đã ghi đúng như thế", found.same))
    text.append(_list("Tệp không nói tới", found.silent))
    if found.ignored:
        text.append(f"Cột không dùng: {', '.join(found.ignored)}\n")
    if not text.plain:
        text.append("Tệp không có dòng nào của một lượt phát trong lịch.")
    text.rstrip()
    return text


def _list(head: str, airings: Iterable[Airing]) -> str:
    told = ", ".join(f"{day_label(one.day)} {clock(one.start)}" for one in airings)
    return f"{head}: {told}\n" if told else ""


def _in_words(problem: Problem) -> str:
    told = str(problem)
    for option, words in _IN_WORDS.items():
        told = told.replace(option, words)
    return told
