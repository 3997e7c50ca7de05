"""Teaching how a word is said, and hearing it before it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Label

from broadcast.tui.dialogs.ask import Blank, Check, FormDialog

if TYPE_CHECKING:
    from broadcast.workflow.listen import Sound
    from broadcast.workflow.progress import Progress

Hear = Callable[[str, "Progress"], "Sound"]
"""Makes the sound of the words as they are to be said."""


class TeachDialog(FormDialog):
    """The written word and how it is said.

    Args:
        written, said: what stands in the fields at first.
        hear: makes the sound of what stands in the second field.
        save_as: the file offered where there is no loudspeaker.
    """

    KEYS = "F9 nghe thử · Tab ô kế · Enter nhớ cách đọc · Esc thôi"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "hear", "Nghe thử", show=False, id="teach.hear"),
    ]

    def __init__(self, written: str, said: str, check: Check, hear: Hear, save_as: Path) -> None:
        blanks = [
            Blank("written", "Chữ viết trong kịch bản", written, "NVH"),
            Blank("said", "Đọc là (để trống: bỏ cách đọc của đài)", said, "nhà văn hóa"),
        ]
        about = Text("Đài nhớ cách đọc này cho mọi kịch bản, trong tệp scripts/lexicon.yaml.")
        super().__init__("Dạy cách đọc", blanks, check, about, "said" if written else "written")
        self._hear = hear
        self._save_as = save_as

    def action_hear(self) -> None:
        """Let what is typed be heard."""
        from broadcast.tui.dialogs.listen import ListenDialog  # noqa: PLC0415 - when asked for

        said = self.values()["said"]
        if said:
            make = partial(self._hear, said)
            self.app.push_screen(ListenDialog(f"Nghe thử: {said}", make, self._save_as))
        else:
            label = self.query_one("#wrong-said", Label)
            label.update(Text("Ghi cách đọc rồi nghe"))
            label.add_class("-shown")
