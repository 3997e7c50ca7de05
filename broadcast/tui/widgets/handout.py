"""What is told of an export as lines: what would be written, what is to be done first, what was.

Pure text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from rich.text import Text

from broadcast.domain.wording import day_label, length_text, size_text
from broadcast.tui.hints import in_keys, key_of

if TYPE_CHECKING:
    from broadcast.domain.station import Zone
    from broadcast.errors import Problem
    from broadcast.workflow.handing_out import Blocker, Mend
    from broadcast.workflow.preview import Change, ExportPreview, PlannedFile
    from broadcast.workflow.share import Shared

SIGNS: dict[Change, tuple[str, str, str]] = {
    "new": ("+", "mới", ""),
    "changed": ("~", "ghi lại", ""),
    "same": ("=", "giữ nguyên", "dim"),
    "removed": ("−", "bỏ đi", ""),
    "kept": ("!", "giữ lại (đã bị sửa)", ""),
}
"""Sign, word and style of what becomes of a file."""

MOST_TOLD = 12
"""Files that the outcome names one by one."""

SAFELY = "Rút ổ an toàn: chọn «Đẩy ra» (Eject) ở biểu tượng ổ, chờ báo xong rồi mới rút."
"""A stick pulled out at once may lose what the computer still holds back."""

_NAME = 32
_SIZE = 8


@dataclass(frozen=True, slots=True)
class Way:
    """Where something is done that an export needs first: screen, its name, what is done there."""

    mode: Literal["week", "script", "render"]
    name: str
    action: str
    told: str


WAYS: dict[Mend, Way] = {
    "fill": Way("week", "Tuần", "week.fill", "xếp lịch"),
    "assemble": Way("week", "Tuần", "week.assemble", "soạn kịch bản"),
    "choose": Way("week", "Tuần", "week.delete", "bỏ lượt ấy rồi thêm lượt có nội dung"),
    "week": Way("week", "Tuần", "week.check", "xem các điểm cần sửa"),
    "approve": Way("week", "Tuần", "week.approve", "duyệt"),
    "render": Way("render", "Sản xuất", "render.start", "đọc thành MP3"),
}
"""By what a blocker says that mends it."""

_LACKS: dict[Mend, str] = {
    "fill": "chưa có lịch phát",
    "assemble": "chưa có kịch bản",
    "choose": "chưa có nội dung",
    "week": "lịch phải sửa",
    "approve": "chưa duyệt",
    "render": "chưa có MP3",
}


def way_text(blocker: Blocker) -> str:
    """What takes a blocker one step further, in keys."""
    way = WAYS[blocker.mend]
    return f"Enter sang {way.name}, {key_of(way.action)} {way.told}"


def blocker_text(blocker: Blocker) -> Text:
    """A blocker in the list: what it is, and below it the way out."""
    # Ids are for files; the place is in the message, and Enter goes there.
    text = Text(f"! {blocker.problem.message.removeprefix(f'{blocker.airing}: ')}")
    text.stylize("bold")
    if blocker.mend == "week" and blocker.problem.suggestion:
        text.append(f"\n  → {blocker.problem.suggestion}", "not bold")
    text.append(f"\n  → {way_text(blocker)}", "not bold dim")
    return text


def problem_text(problem: Problem) -> Text:
    """Something a folder or a player does not allow, and below it the way out."""
    text = Text(f"! {replace(problem, suggestion=None)}", "bold")
    if problem.suggestion:
        text.append(f"\n  → {in_keys(problem.suggestion)}", "not bold dim")
    return text


def blockers_summary(blockers: Sequence[Blocker]) -> Text:
    """How many things are to be done first, by kind."""
    kinds = [(kind, sum(b.mend == kind for b in blockers)) for kind in _LACKS]
    told = " · ".join(f"{count} {_LACKS[kind]}" for kind, count in kinds if count)
    return Text(f"Chưa ghi được, còn {len(blockers)} việc\n", "bold").append(told, "not bold")


def preview_summary(preview: ExportPreview) -> Text:
    """How much goes out, how much room that takes, and how many files of each kind."""
    text = Text(f"{preview.airings} lượt phát, {length_text(preview.seconds)}\n", "bold")
    room = f"Ghi {size_text(preview.bytes_of('new', 'changed'))}"
    if preview.free is not None:
        room += f", nơi ghi còn trống {size_text(preview.free)}"
    counts = [
        f"{sign} {count} {word}"
        for change, (sign, word, _) in SIGNS.items()
        if (count := len(preview.paths(change)))
    ]
    return text.append(f"{room}\n{'  '.join(counts)}", "not bold")


def file_lines(preview: ExportPreview, width: int) -> Iterator[tuple[Text, PlannedFile | None]]:
    """The files by folder, each folder with its count and size, in `width` cells."""
    for folder, group in groupby(preview.files, key=lambda file: file.folder):
        files = tuple(group)
        size = sum(file.size for file in files if file.change != "removed")
        told = f"{len(files)} tệp, {size_text(size)}" if size else f"{len(files)} tệp"
        yield Text(f"{_folder_name(folder)} · {told}", "bold"), None
        for file in files:
            yield _file_text(file, width), file


def sheet_file(preview: ExportPreview) -> str:
    """The name of the operator's sheet."""
    return f"{preview.week}.txt"


def _folder_name(folder: str) -> str:
    if not folder:
        return "Cả tuần"
    if not folder[:4].isdecimal():
        return folder  # a player's own
    return f"{day_label(date.fromisoformat(folder[:10]))} · {folder}"


def _file_text(file: PlannedFile, width: int) -> Text:
    sign, _, style = SIGNS[file.change]
    line = f"{sign} {file.name:<{_NAME}}{size_text(file.size):>{_SIZE}}"
    text = Text(line, style, no_wrap=True, overflow="ellipsis")
    if file.title and width > len(line) + 12:
        text.append(f"  {file.title}", "not bold")
    return text


def outcome_text(done: Shared, where: str, *, drive: bool, player: str = "") -> Text:
    """What was written, and what comes next.

    Args:
        where: the folder as it was typed.
        drive: whether it is on a drive that is taken out.
        player: what the player's operator has to know, "" if nothing.
    """
    files = done.files
    text = Text("✓ Đã ghi xong\n", "bold")
    told = f"{done.airings} lượt phát, {length_text(done.seconds)}, vào {where}\n"
    counts = [f"{len(files.written)} tệp đã ghi", f"{len(files.unchanged)} giữ nguyên"]
    if files.removed:
        counts.append(f"{len(files.removed)} bỏ đi")
    text.append(told + ", ".join(counts) + "\n", "not bold")
    text.append("\nViệc tiếp theo\n", "bold")
    steps = [*next_steps(done, drive=drive), *([player] if player else [])]
    for number, step in enumerate(steps, 1):
        text.append(f"{number}. {step}\n", "not bold")
    for title, names in (
        ("Phiếu đã ghi tay, nay mang tên này", [name for _, name in files.set_aside]),
        ("Giữ lại vì có người đã sửa từ lần ghi trước", files.kept_foreign),
        ("Đã bỏ đi", files.removed),
        ("Đã ghi", files.written),
    ):
        _append_names(text, title, names)
    text.rstrip()
    return text


def _append_names(text: Text, title: str, names: Sequence[str]) -> None:
    if not names:
        return
    text.append(f"\n{title}\n", "bold")
    text.append("\n".join(names[:MOST_TOLD]) + "\n", "not bold")
    if len(names) > MOST_TOLD:
        text.append(f"… và {len(names) - MOST_TOLD} tệp nữa\n", "dim")


def next_steps(done: Shared, *, drive: bool) -> list[str]:
    """What a person has to do with what was written."""
    steps = [SAFELY] if drive else []
    steps.append(f"In phiếu {done.week}.docx, giao cho người trực máy.")
    steps += [_log(name) for _, name in done.files.set_aside]
    return steps + [_carry(zone, drive=drive) for zone in done.carried]


def _log(name: str) -> str:
    """What a sheet that was filled in is for."""
    way = f"màn hình Nhật ký ({key_of('app.go.log')}), {key_of('log.import')}"
    return f"Phiếu đã đánh dấu {name}: chưa ghi vào nhật ký thì nhập ở {way}."


def _carry(zone: Zone, *, drive: bool) -> str:
    hand_over = "Giao USB" if drive else "Chép cả thư mục ra USB, giao"
    note = zone.note.rstrip(".")
    return f"{hand_over} cho {zone.name}. {note}." if note else f"{hand_over} cho {zone.name}."
