"""The picture of a finished file on the audio screen, made in a worker while one goes on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from broadcast.tui.newest import Newest
from broadcast.tui.office import Office
from broadcast.tui.screens.render_run import RenderRun
from broadcast.tui.widgets.waveform import Waveform

if TYPE_CHECKING:
    from broadcast.audio.levels import Levels


class Drawn(NamedTuple):
    """A file as it was made at some moment."""

    file: Path
    made_at: datetime | None


class RenderPicture(RenderRun):
    """Draws the file of the item one is on; of one that cannot be read nothing is drawn."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._drawn: Drawn | None = None
        """The file whose picture is shown, or was asked for."""
        self._pictures: Newest[Drawn, tuple[Drawn, Levels]] = Newest(
            self, _levels, self._show_made, lambda _error: None
        )

    @property
    def busy(self) -> bool:
        """Whether something is being done, or a picture made."""
        return super().busy or self._pictures.busy

    def show_picture(self, drawn: Drawn | None) -> None:
        """Show the picture of a file as soon as it is there; None: of nothing."""
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self._put(None)
        if drawn:
            self._pictures.ask(drawn)

    def _show_made(self, made: tuple[Drawn, Levels]) -> None:
        if made[0] == self._drawn:
            self._put(made[1])

    def _put(self, levels: Levels | None) -> None:
        wave = self.query_one(Waveform)
        wave.levels, wave.display = levels, levels is not None


def _levels(drawn: Drawn) -> tuple[Drawn, Levels]:
    """In a worker: the picture of a file, which may be gone or broken."""
    from broadcast.workflow.levels import file_levels  # noqa: PLC0415 - decoders are heavy

    return drawn, file_levels(drawn.file)
