"""How the screens look and which keys they take, as station.yaml says: read and kept in workers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from broadcast.errors import InputError, Problem
from broadcast.tui.keyboard import understood
from broadcast.tui.themes import NAMES

if TYPE_CHECKING:
    from broadcast.store.workspace import Workspace
    from broadcast.tui.office import Office


@dataclass(frozen=True, slots=True)
class Looks:
    """The theme ("" none of its own), the keys that can be taken, and what of it cannot."""

    theme: str = ""
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    trouble: InputError | None = None


def read_looks(office: Office) -> Looks:
    """In the worker: how this station wants its screens.

    Raises:
        InputError: the station cannot be read at all.
    """
    screen = office.desk.station().screen
    problems = []
    if screen.theme and screen.theme not in NAMES:
        near = get_close_matches(screen.theme, NAMES, 1)
        mend = f"có phải {near[0]}?" if near else f"được dùng: {', '.join(NAMES)}"
        problems.append(
            _problem(office.workspace, f"không có bộ màu {screen.theme!r}", mend, "theme")
        )
    keys, troubles = understood(screen.keys)
    problems += [
        _problem(office.workspace, one.message, one.mend, "keys", one.action) for one in troubles
    ]
    problems.sort(key=lambda problem: problem.line or 0)
    happened = "mục screen của station.yaml có chỗ không dùng được; những chỗ khác vẫn dùng"
    mend = "sửa những dòng ấy, hoặc đổi phím trong màn hình Đài"
    trouble = InputError("Phím hoặc màu đặt riêng chưa đúng", happened, mend, problems)
    theme = screen.theme if screen.theme in NAMES else ""
    return Looks(theme, keys, trouble if problems else None)


def _problem(workspace: Workspace, message: str, mend: str, *steps: str) -> Problem:
    path = workspace.station_path
    line = workspace.line_of(path, "screen", *steps)
    return Problem(message, workspace.shown(path), line, mend)


def keep_theme(workspace: Workspace, theme: str) -> None:
    """In the worker: open with this theme the next time.

    Raises:
        BroadcastError: it cannot be written.
    """
    from broadcast.workflow.station_session import save_screen  # noqa: PLC0415 - first paint

    save_screen(workspace, lambda screen: replace(screen, theme=theme))


def keep_keys(workspace: Workspace, action_id: str, keys: tuple[str, ...]) -> None:
    """In the worker: let an action have these keys; none give it its own back, "" all of them.

    Raises:
        BroadcastError: it cannot be written.
    """
    from broadcast.workflow.station_session import save_screen  # noqa: PLC0415 - first paint

    def given(held: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        if not action_id:
            return {}
        others = {key: value for key, value in held.items() if key != action_id}
        return {**held, action_id: keys} if keys else others

    save_screen(workspace, lambda screen: replace(screen, keys=given(screen.keys)))
