"""What can be done where there is no station yet."""

from __future__ import annotations

from broadcast.tui.actions.model import Action

ACTIONS: tuple[Action, ...] = (
    Action("start.create", "create", "Tạo đài", "Tạo thư mục làm việc cho đài của xã mình.",
           ("f5",), "start", "Tạo đài"),
)  # fmt: skip
"""In the order of the help."""

HELP = "Màn hình này tạo thư mục làm việc cho đài. Điền tên xã, rồi nhấn F5."
"""What the screen is, at the head of its help."""
