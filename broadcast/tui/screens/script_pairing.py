"""A script in people's voices: read by oneself, and recorded in the zones' other languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual.content import Content

from broadcast.domain.wording import length_text
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.ask import AskDialog, Blank, Choice, ChooseDialog, FormDialog
from broadcast.tui.dialogs.files import FileDialog
from broadcast.tui.dialogs.message import ReadDialog
from broadcast.tui.office import Office
from broadcast.tui.screens.prompting import show_prompter
from broadcast.tui.screens.script_work import ScriptWork
from broadcast.tui.widgets.waveform import clips_text, waveform

if TYPE_CHECKING:
    from broadcast.audio.levels import Levels
    from broadcast.workflow.folders import Folder
    from broadcast.workflow.pairing import Needed, Stands
    from broadcast.workflow.script_session import ScriptSession

SOUND_ENDINGS = frozenset({".wav", ".mp3", ".ogg", ".flac"})
"""Endings of files that may hold a recording; others are not shown."""

_PICTURE = 60
"""Cells of a recording's picture: a dialog has room for them in the smallest window."""


class SoundDialog(FileDialog):
    """A recording that is there."""

    def look_into(self, path: Path) -> Folder:
        """In the worker: what is in a folder."""
        from broadcast.workflow.folders import look_into  # noqa: PLC0415 - when asked for

        return look_into(path, SOUND_ENDINGS)


class ScriptPairing(ScriptWork):
    """The action that pairs recordings with the script; the script is saved first."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._speaker = ""
        self._sounds: Path | None = None
        """The folder from which a recording was taken last."""

    def action_record(self) -> None:
        """Let a person read the script line by line; it is saved first."""
        self.with_script(
            lambda session, heard: (
                None
                if self._refused("thu", heard)
                else self.save(lambda saved: None if saved.conflicts else self._prompt(session))
            )
        )

    def _prompt(self, session: ScriptSession) -> None:
        show_prompter(self, session.script_id, self._hear_now)

    def action_pair(self) -> None:
        """Show where each language stands."""
        self.with_script(
            lambda session, _heard: self.save(
                lambda saved: None if saved.conflicts else self._languages(session)
            )
        )

    def _languages(self, session: ScriptSession) -> None:
        self.job(
            lambda: _needed(self.office, session.script_id),
            lambda found: self._ask_language(session, found) if session is self.session else None,
        )

    def _ask_language(self, session: ScriptSession, found: tuple[Needed, ...]) -> None:
        if not found:
            self.say("Không cụm loa nào cần tiếng khác: khai tiếng của cụm loa trong Cài đặt đài")
            return
        choices = [Choice(one, f"{one.name}: {_told(one.stands)}", one.zones) for one in found]
        self.app.push_screen(
            ChooseDialog(f"Bản ghi âm của «{session.title}»", choices, "Tìm tiếng"),
            lambda one: self._look_at(session, one) if one else None,
        )

    def _look_at(self, session: ScriptSession, one: Needed) -> None:
        """Draw the recording there is, then ask what to do with it."""
        if one.stands is None:
            self._ask_way(session, one, None)
            return
        file = one.stands.pairing.file
        self.job(
            lambda: _levels(self.office, file), lambda found: self._ask_way(session, one, found)
        )

    def _ask_way(self, session: ScriptSession, one: Needed, levels: Levels | None) -> None:
        ways = [
            Choice("file", "Ghép tệp ghi âm khác" if one.stands else "Ghép tệp ghi âm"),
            Choice("text", "Xem lời để dịch và ghi âm"),
        ]
        if one.stands:
            ways += [Choice("remove", "Bỏ bản ghi âm này; tệp vẫn còn")]
            if one.stands.state not in {"đã duyệt", "thiếu tệp"}:
                ways.insert(0, Choice("approve", "Duyệt: đã nghe, đúng với lời tiếng Việt"))
        acts: dict[str, Callable[[ScriptSession, Needed], None]] = {
            "file": self._ask_file, "text": self._show_text,
            "approve": self._ask_approval, "remove": self._remove,
        }  # fmt: skip
        self.app.push_screen(
            AskDialog(one.name[:1].upper() + one.name[1:], _drawn(one.stands, levels), ways),
            lambda way: acts[way](session, one) if way else None,
        )

    def _ask_file(self, session: ScriptSession, one: Needed) -> None:
        start = self._sounds or Path.cwd()
        self.app.push_screen(
            SoundDialog(f"Ghép bản ghi âm {one.name}: chọn tệp", start),
            lambda file: self._ask_speaker(session, one, file) if file else None,
        )

    def _ask_speaker(self, session: ScriptSession, one: Needed, file: Path) -> None:
        self._sounds = file.parent
        blank = Blank("by", "Ai ghi âm", self._speaker, "Lò Thị Hoa")
        form = FormDialog(f"Ghép {file.name}", [blank], _need_name)

        def named(values: dict[str, str] | None) -> None:
            if values:
                self._speaker = by = values["by"]
                self._change(session, one.key, lambda: _pair(self.office, session, one, file, by))

        self.app.push_screen(form, named)

    def _ask_approval(self, session: ScriptSession, one: Needed) -> None:
        blank = Blank("by", "Họ và tên người duyệt", self.office.approver, "Nguyễn Thị Hoa")

        def named(values: dict[str, str] | None) -> None:
            if values:
                self.office.approver = by = values["by"]
                self._change(session, one.key, lambda: _approve(self.office, session, one, by))

        form = FormDialog(f"Duyệt bản ghi âm {one.name}", [blank], _need_name)
        self.app.push_screen(form, named)

    def _remove(self, session: ScriptSession, one: Needed) -> None:
        self._change(session, one.key, lambda: _unpair(self.office, session, one))

    def _change(
        self, session: ScriptSession, key: str, work: Callable[[], tuple[Stands, ...]]
    ) -> None:
        """Do something with a recording; the editor takes up the file as it is then."""
        sent = self.rows

        def changed() -> tuple[tuple[Stands, ...], object]:
            return work(), session.reload("\n".join(sent))

        def done(found: tuple[tuple[Stands, ...], object]) -> None:
            stands = next((one for one in found[0] if one.pairing.language == key), None)
            self.say(f"Bản ghi âm: {_told(stands)}")

        self.job(changed, done)

    def _show_text(self, session: ScriptSession, one: Needed) -> None:
        def show(told: list[str]) -> None:
            self.app.push_screen(ReadDialog(told[0], Text("\n".join(told[1:]))))

        self.job(lambda: _sheet(self.office, session, one), show)


def _told(stands: Stands | None) -> str:
    if stands is None:
        return "chưa có"
    one = stands.pairing
    return f"{stands.state} ({one.by} ghi, {length_text(one.seconds)})"


def _drawn(stands: Stands | None, levels: Levels | None) -> Content:
    """Where a recording stands, its picture, and where it is cut off."""
    told = Content(_told(stands))
    if levels is None:
        return told
    clips = clips_text(levels)
    lines = [told, waveform(levels, _PICTURE, 2), *([clips] if clips else [])]
    return Content("\n").join(lines)


def _need_name(values: dict[str, str]) -> dict[str, str]:
    return {} if values["by"] else {"by": "Ghi họ và tên"}


# In the worker


def _needed(office: Office, script_id: str) -> tuple[Needed, ...]:
    from broadcast.workflow.pairing import needed  # noqa: PLC0415 - in the worker

    return needed(office.workspace, office.desk.station(), office.desk.hearing(script_id))


def _levels(office: Office, file: str) -> Levels | None:
    from broadcast.workflow.levels import file_levels  # noqa: PLC0415 - decoders are heavy

    path = office.workspace.recording(file)
    try:
        return file_levels(path) if path else None
    except BroadcastError:
        return None  # its state says that it cannot be read


def _pair(
    office: Office, session: ScriptSession, one: Needed, file: Path, by: str
) -> tuple[Stands, ...]:
    from broadcast.workflow.pairing import pair  # noqa: PLC0415 - decoders are heavy

    return pair(office.workspace, session.script_id, one.key, file, by)


def _approve(office: Office, session: ScriptSession, one: Needed, by: str) -> tuple[Stands, ...]:
    from broadcast.workflow.pairing import approve_pairing  # noqa: PLC0415 - decoders are heavy

    return approve_pairing(office.workspace, session.script_id, one.key, by, office.now())


def _unpair(office: Office, session: ScriptSession, one: Needed) -> tuple[Stands, ...]:
    from broadcast.workflow.pairing import unpair  # noqa: PLC0415 - in the worker

    return unpair(office.workspace, session.script_id, one.key)


def _sheet(office: Office, session: ScriptSession, one: Needed) -> list[str]:
    from broadcast.workflow.pairing import text_to_translate  # noqa: PLC0415 - in the worker

    return list(text_to_translate(office.desk.hearing(session.script_id), one.key))
