"""Engine, voices, colours and keys: the settings that are chosen from what there is."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from broadcast.domain.station_edit import with_values
from broadcast.tui.actions import Action
from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.looks import keep_keys
from broadcast.tui.office import Office
from broadcast.tui.screens import station_tasks as tasks
from broadcast.tui.screens.base import StationScreen
from broadcast.tui.themes import NAMES
from broadcast.tui.widgets.station_rows import Row

if TYPE_CHECKING:
    from broadcast.domain.station import Station
    from broadcast.workflow.station_session import Edit, StationSession


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

        def edit(before: Station) -> Station:
            return with_values(before, values)

        # One that cannot run on this machine is told before it is chosen.
        self.job(
            lambda: _require(edit(session.station)),
            lambda _none: self.change(f"đổi bộ đọc thành {name}", edit),
        )

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
