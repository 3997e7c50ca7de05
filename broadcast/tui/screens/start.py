"""The first screen where there is no station yet: name the commune, and begin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from broadcast.tui.actions import Where, bindings
from broadcast.tui.jobs import WorkingScreen
from broadcast.tui.widgets.fields import Field
from broadcast.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from broadcast.store.workspace import Workspace
    from broadcast.tui.app import BroadcastApp


class StartScreen(WorkingScreen):
    """Makes a workspace in `folder` and goes on to its first week."""

    WHERE: ClassVar[Where] = "start"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("start", "app")]

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.folder = folder
        self.clock = clock

    def compose(self) -> ComposeResult:
        """What this is, what is asked, what comes after."""
        with Vertical(id="welcome"):
            yield Static(Text("Lập lịch truyền thanh xã", "bold"))
            yield Static(
                Text(
                    f"Chưa có đài nào trong {self.folder}. Ghi tên xã rồi nhấn Enter: chương "
                    "trình tạo thư mục schedules/ và scripts/ ngay tại đây."
                )
            )
            yield Label("Tên xã, phường")
            yield Field(placeholder="xã Suối Hoa", id="commune")
            yield Label("", id="wrong", classes="wrong")
            yield Label("Tỉnh (có thể để trống)")
            yield Field(placeholder="tỉnh Sơn La", id="province")
            yield Static(
                Text("Sau đó: nhập kế hoạch (Ctrl+K), xếp lịch tuần (F5), soạn, duyệt, đọc, xuất.")
            )
        yield KeyBar()

    def on_mount(self) -> None:
        """Typing goes into the commune's name."""
        self.query_one("#commune", Field).focus()

    @on(Input.Submitted, "#commune")
    def _to_province(self) -> None:
        if self._named():
            self.query_one("#province", Field).focus()

    @on(Input.Submitted, "#province")
    def _enter(self) -> None:
        self.action_create()

    def _named(self) -> bool:
        """Whether there is a name; if not it says so at the field."""
        named = bool(self.query_one("#commune", Field).value.strip())
        label = self.query_one("#wrong", Label)
        label.update("" if named else "Ghi tên xã, phường trước")
        label.set_class(not named, "-shown")
        if not named:
            self.query_one("#commune", Field).focus()
        return named

    def action_create(self) -> None:
        """Make the workspace."""
        if self._named():
            commune, province = (
                self.query_one(name, Field).value for name in ("#commune", "#province")
            )
            self.job(lambda: self._created(commune, province), self._created_it)

    def _created(self, commune: str, province: str) -> Workspace:
        from broadcast.workflow.setup import create_workspace  # noqa: PLC0415 - when asked for

        return create_workspace(self.folder, commune, province)

    def _created_it(self, workspace: Workspace) -> None:
        cast("BroadcastApp", self.app).open_station(workspace.root)
