"""Which kind of player a folder is for: chosen by name and limits, kept for the folder."""

from __future__ import annotations

from abc import abstractmethod
from contextlib import suppress
from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.screens.export_run import Asked, ExportRun

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcast.workflow.preview import ExportPreview


class PlayerChoice(ExportRun):
    """Looks at what would be written for the kind of player that is chosen."""

    preview: ExportPreview | None = None

    def preview_of(self, asked: Asked) -> ExportPreview:
        """In the worker: what an export would do.

        The player is the one chosen for this folder, else the one the folder was written for, else
        the one chosen last.
        """
        from broadcast.workflow.preview import (  # noqa: PLC0415 - after first paint
            preview_export,
            remembered_player,
        )

        office, target = self.office, self.target_of(asked)
        chosen = office.players.get(str(target)) or remembered_player(target)
        player = chosen or office.player or "usb"
        now = office.now()
        return preview_export(office.desk, asked.week, target, asked.zones, now=now, player=player)

    def draw_player(self) -> None:
        """Show the kind of player and its limits; the plain stick's need not be read whole."""
        from broadcast.publish.players import PLAYERS, player_of  # noqa: PLC0415 - as above

        if self.preview is not None:
            player, line = player_of(self.preview.player), self.query_one("#player", Static)
            line.update(Text(f"{player.name} · {player.limits}"))
            line.set_class(player is PLAYERS[0], "-plain")

    @abstractmethod
    def asked(self) -> Asked:
        """What stands in the fields."""

    @abstractmethod
    def look_again(self, then: Callable[[], None] = lambda: None) -> None:
        """See what would be written as the fields are now."""

    def action_player(self) -> None:
        """Choose the kind of player."""
        from broadcast.publish.players import PLAYERS  # noqa: PLC0415 - after first paint

        if self.run is not None:
            return
        now = self.preview.player if self.preview else ""
        choices = [
            Choice(one.id, f"{'●' if one.id == now else ' '} {one.name}", one.limits)
            for one in PLAYERS
        ]

        def taken(player: str | None) -> None:
            if player is not None:
                self.office.player = player
                with suppress(BroadcastError):  # no folder is meant yet: told at its field
                    self.office.players[str(self.target_of(self.asked()))] = player
                self.look_again()

        text = "Mỗi loại máy đọc thẻ, USB theo cách riêng: tên tệp, thư mục, bảng giờ."
        self.app.push_screen(AskDialog("Ghi cho máy phát nào?", text, choices), taken)
