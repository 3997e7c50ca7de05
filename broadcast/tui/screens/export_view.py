"""What the export screen says: what is wrong with the target, what is there, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.week import WeekId
from broadcast.errors import BroadcastError, InputError
from broadcast.tui.hints import key_of
from broadcast.tui.widgets.handout import blockers_summary, preview_summary

if TYPE_CHECKING:
    from broadcast.workflow.preview import ExportPreview


def wrong_text(preview: ExportPreview | None, refused: BroadcastError | None) -> Text:
    """What is wrong with the target, for its field; empty if nothing."""
    trouble = preview.trouble if preview and not _of_player(preview) else None
    # What has problems is a file of the station: that is told below.
    error = refused if isinstance(refused, InputError) and not refused.problems else trouble
    told = " → ".join(part for part in (error.happened, error.mend) if part) if error else ""
    return Text(f"! {told}" if told else "")


def _of_player(preview: ExportPreview) -> bool:
    """Whether the trouble is what the kind of player cannot do: the folder itself is well."""
    return isinstance(preview.trouble, InputError)


def summary_text(preview: ExportPreview) -> Text:
    """What would be written, or why nothing can be yet."""
    if preview.blockers:
        return blockers_summary(preview.blockers)
    if preview.trouble is not None and _of_player(preview):
        return Text(f"{preview.trouble.title}\n", "bold").append(
            preview.trouble.happened, "not bold"
        )
    if preview.trouble is not None:
        return Text(f"{preview.trouble.title}\n", "bold").append(
            f"{key_of('export.folder')} chọn thư mục khác hoặc ổ USB", "not bold"
        )
    return preview_summary(preview)


def next_hint(
    preview: ExportPreview | None, refused: BroadcastError | None, week_id: WeekId, target: str
) -> str:
    """The one thing to do next before anything is written to `target`."""
    write, folder, reload = (key_of(f"export.{one}") for one in ("write", "folder", "reload"))
    if preview is None:
        way = f"{reload} đọc lại sau khi sửa tệp"
        if refused and not refused.problems:
            way = f"{folder} chọn nơi ghi"
        return f"{refused.title}; {way}" if refused else "Đang xem…"
    if preview.blockers:
        return f"Còn {len(preview.blockers)} việc trước khi ghi: ↑ ↓ chọn, Enter tới chỗ làm"
    if preview.trouble is not None and _of_player(preview):
        return f"Làm theo gợi ý, hoặc {key_of('export.player')} chọn máy phát khác"
    if preview.trouble is not None:
        return f"Chọn nơi ghi khác: {folder}"
    if not preview.paths("new", "changed", "removed"):
        return f"Nơi này đã có đủ tệp của tuần; {folder} chọn nơi khác"
    return f"{write} ghi tuần {week_id.number} vào {target} · {folder} đổi nơi"
