"""Engine, voices, colours and keys: the settings that are chosen from what there is."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from rich.text import Text

from broadcast.domain.rulebook import value_text
from broadcast.domain.station_edit import with_values
from broadcast.tui.actions import Action
from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.dialogs.message import ReadDialog
from broadcast.tui.looks import keep_keys
from broadcast.tui.office import Office
from broadcast.tui.screens import station_tasks as tasks
from broadcast.tui.screens.base import StationScreen
from broadcast.tui.screens.consent import with_consent
from broadcast.tui.themes import NAMES
from broadcast.tui.widgets.station_rows import Row

if TYPE_CHECKING:
    from broadcast.domain.rulebook import Profile
    from broadcast.domain.script import Speaker
    from broadcast.domain.station import Station
    from broadcast.workflow.desk import Desk
    from broadcast.workflow.rules import RulesView
    from broadcast.workflow.station_session import Edit, StationSession
    from broadcast.workflow.voice_tryout import Candidate, Tried


class StationLooks(StationScreen):
    """Choosing engine, voices, colours and keys of the station."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.session: StationSession | None = None
        self.rows: list[Row] = []

    @abstractmethod
    def change(self, what: str, edit: Edit) -> None:
        """Have a change made and saved, and show the station after it."""

    @abstractmethod
    def ask(self, task: tasks.Task) -> None:
        """Show a form, and make the change its values ask for."""

    @abstractmethod
    def show_station(self) -> None:
        """Show the station as it is now."""

    def open_looks(self, part: str, station: Station) -> None:
        """Choose what a line of this kind says."""
        if part == "engine":
            self.job(_engines, lambda names: self._ask_engine(names, station))
        elif part == "voices":
            engine = station.voices.engine
            self.job(
                lambda: _speakers(engine), lambda found: self.ask(tasks.voices_task(station, found))
            )
        elif part == "profile":
            self._ask_profile(station.rules.profile)
        elif part == "in_force":
            desk = self.session.desk if self.session else self.office.desk
            self.job(lambda: _in_force(desk), self._show_in_force)
        elif part == "theme":
            ways = [Choice(name, f"{name:<12}{told}") for name, told in NAMES.items()]
            self.app.push_screen(AskDialog("Màu của màn hình", "", ways), self._use_theme)
        else:
            self.action_keys()

    def _ask_engine(self, names: tuple[str, ...], station: Station) -> None:
        there = station.voices.engine
        ways = [Choice(one, f"{one} (đang dùng)" if one == there else one) for one in names]
        text = "Bộ đọc: phần mềm đọc chữ thành tiếng. Đổi bộ đọc thì giọng nữ, nam chọn lại."
        self.app.push_screen(AskDialog("Bộ đọc", text, ways), self._use_engine)

    def _use_engine(self, name: str | None) -> None:
        session = self.session
        if name is None or session is None or name == session.station.voices.engine:
            return
        values = {"voices.engine": name, "voices.women": "", "voices.men": ""}
        self._use_voices(session, f"đổi bộ đọc thành {name}", values)

    def _use_voices(self, session: StationSession, what: str, values: dict[str, Any]) -> None:
        def edit(before: Station) -> Station:
            return with_values(before, values)

        # One that cannot run on this machine is told before it is chosen.
        self.job(
            lambda: _require(edit(session.station)),
            lambda _none: self.change(what, edit),
        )

    # Voices side by side

    def action_try_out(self) -> None:
        """Make one sentence in every voice there is, to be heard and chosen from."""
        session, office = self.session, self.office
        if session is not None:
            self.job(lambda: _voices(office.desk), lambda found: self._try_out(session, *found))

    def _try_out(
        self, session: StationSession, voices: tuple[Candidate, ...], sentence: str
    ) -> None:
        from broadcast.tui.dialogs.tryout import TryOutDialog  # noqa: PLC0415 - when asked for

        desk = session.desk

        def ask() -> None:
            self.app.pop_screen()
            with_consent(self, again, "gtts")

        def again() -> None:
            self.job(session.reload, lambda _lost: self.show_station())
            self.action_try_out()

        dialog = TryOutDialog(voices, sentence, lambda one, text: _tried(desk, one, text), ask)
        self.app.push_screen(dialog, lambda one: self._choose_voice(session, one) if one else None)

    def _choose_voice(self, session: StationSession, one: Candidate) -> None:
        """Use a voice; one of an engine with many may read for one part only."""

        def use(part: str | None) -> None:
            from broadcast.workflow.voice_tryout import values_chosen  # noqa: PLC0415 - loaded

            if part is not None:
                read: Speaker | None = "NAM" if part == "NAM" else "NỮ" if part == "NỮ" else None
                values = values_chosen(session.station, one, read)
                self._use_voices(session, f"chọn giọng {one.title}", values)

        if one.engine != "piper":
            use("")
            return
        parts = ("", "Cả lời NỮ và lời NAM"), ("NỮ", "Chỉ lời NỮ"), ("NAM", "Chỉ lời NAM")
        ways = [Choice(part, told) for part, told in parts]
        self.app.push_screen(AskDialog(f"{one.title} đọc lời nào?", "", ways), use)

    def _ask_profile(self, there: str) -> None:
        from broadcast.workflow.rules import known_profiles  # noqa: PLC0415 - after first paint

        ways = [Choice("", "Không dùng: chỉ theo giới hạn của đài")]
        for one in known_profiles():
            used = " (đang dùng)" if one.id == there else ""
            ways.append(Choice(one.id, f"{one.name}{used}", profile_told(one)))
        text = "Quy định của nơi; mục nào đài tự ghi thì theo đài. Hỏi lại trước khi dùng bản cũ."
        self.app.push_screen(AskDialog("Bộ quy định của nơi", text, ways), self._use_profile)

    def _use_profile(self, profile: str | None) -> None:
        if profile is not None:
            what = f"dùng bộ quy định {profile}" if profile else "thôi dùng bộ quy định của nơi"
            self.change(what, lambda before: with_values(before, {"rules.profile": profile}))

    def _show_in_force(self, found: RulesView) -> None:
        self.app.push_screen(ReadDialog("Quy định đang áp dụng, lấy từ đâu", in_force_text(found)))

    def _use_theme(self, name: str | None) -> None:
        if name:
            self.shell.use_theme(name)
            self.show_station()

    # Keys

    def action_keys(self) -> None:
        """List the actions of all screens, to give one another key."""
        from broadcast.tui.dialogs.keys import KeysDialog  # noqa: PLC0415 - after first paint

        self.app.push_screen(KeysDialog(self.shell.keyboard), self._ask_key)

    def _ask_key(self, action: Action | None) -> None:
        from broadcast.tui.dialogs.keys import EVERYTHING, PressDialog  # noqa: PLC0415 - the same

        if action is EVERYTHING:
            self._keep_keys("", ())
        elif action is not None:
            self.app.push_screen(
                PressDialog(action, self.shell.keyboard),
                lambda keys: self._keep_keys(action.id, keys) if keys is not None else None,
            )

    def _keep_keys(self, action_id: str, keys: tuple[str, ...]) -> None:
        """Have the keys saved, take them, and go on with the list."""
        office = self.office

        def kept(_none: None) -> None:
            own = self.shell.keyboard.own
            others = {key: held for key, held in own.items() if key != action_id and action_id}
            self.shell.use_keys({**others, action_id: keys} if keys else others)
            self.show_station()
            self.action_keys()

        self.job(lambda: keep_keys(office.workspace, action_id, keys), kept)


def _in_force(desk: Desk) -> RulesView:
    """In the worker: the rules that hold."""
    from broadcast.workflow.rules import view_rules  # noqa: PLC0415 - after first paint

    return view_rules(desk)


def profile_told(one: Profile) -> str:
    """Where a profile comes from, how old it is and how far to trust it."""
    old = "có từ trước 1/7/2025, hỏi lại xem còn áp dụng không" if one.outdated else ""
    parts = (f"{one.document} ({one.dated})", one.place, one.certainty, old)
    return " · ".join(filter(None, parts))


def in_force_text(found: RulesView) -> Text:
    """Every rule with its value and source, then those that cannot be kept together."""
    text = Text()
    for rule in found.rules:
        text.append(f"{rule.label}: {value_text(rule.value)}\n", "bold")
        text.append(f"  theo {rule.source}\n", "dim")
    for one in found.findings:
        text.append(f"\n! {one.message}", "bold")
        text.append(f"\n  → {one.mend}" if one.mend else "")
        text.append(f"\n  theo {one.source}" if one.source else "", "dim")
    text.rstrip()
    return text


def _voices(desk: Desk) -> tuple[tuple[Candidate, ...], str]:
    """In the worker: the voices there are, and a sentence to try them on."""
    from broadcast.workflow.voice_tryout import (  # noqa: PLC0415 - after first paint
        first_sentence,
        voices_to_try,
    )

    return voices_to_try(desk.station()), first_sentence(desk)


def _tried(desk: Desk, one: Candidate, text: str) -> Tried:
    """In a worker: the sentence in a voice."""
    from broadcast.workflow.voice_tryout import try_out  # noqa: PLC0415 - engines are heavy

    return try_out(desk, one, text)


def _engines() -> tuple[str, ...]:
    """In the worker: the engines there are."""
    from broadcast.workflow.station_voices import engines  # noqa: PLC0415 - after first paint

    return engines()


def _speakers(engine: str) -> tuple[str, ...]:
    """In the worker: whom an engine can let speak."""
    from broadcast.workflow.station_voices import speakers  # noqa: PLC0415 - engines are heavy

    return speakers(engine)


def _require(station: Station) -> None:
    """In the worker: whether the station's engine runs on this machine."""
    from broadcast.workflow.station_voices import require_voices  # noqa: PLC0415 - the same

    require_voices(station.voices)
