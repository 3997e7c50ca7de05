"""A new workspace, and a look at whether machine and workspace are fit for work."""

from __future__ import annotations

import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TypeVar

from broadcast.errors import BroadcastError, InputError
from broadcast.storage import storage_error
from broadcast.store.files import write_whole
from broadcast.store.sample import new_station
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import ascii_name, nfc
from broadcast.workflow.airing_log import whole_log
from broadcast.workflow.desk import Desk

_T = TypeVar("_T")

_NAME = re.compile(r"[\w.-]+")
"""A distribution's name at the head of a requirement."""

LEAST_SPACE = 500 * 2**20
"""Bytes: a year of programmes is about 300 MB."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `good`, and what was seen or is to be done."""

    name: str
    good: bool
    seen: str


def create_workspace(folder: Path, commune: str, province: str = "") -> Workspace:
    """Make `folder` a workspace for `commune`, with a station description to correct.

    Raises:
        ConflictError: it is one already; nothing is touched.
    """
    place = " ".join(nfc(commune).split()) or "xã ..."
    short = place
    for unit in ("xã ", "phường ", "đặc khu "):
        short = short.removeprefix(unit).removeprefix(unit.capitalize())
    return Workspace(new_station(folder, ascii_name(short), place, " ".join(nfc(province).split())))


def examine(workspace: Workspace | None) -> Iterator[Check]:
    """Everything that the daily work needs, one check after the other."""
    yield Check("Python", sys.version_info >= (3, 11), platform.python_version())
    missing = [name for name in _libraries() if not _installed(name)]
    yield Check("Thư viện", not missing, f"thiếu {', '.join(missing)}" if missing else "đủ")
    yield _tried("Giọng đọc không cần mạng", _try_speech)
    yield _tried("Nén MP3", _try_mp3)
    if workspace is None:
        yield Check("Thư mục làm việc", True, "chưa có; tạo bằng: broadcast init THƯ_MỤC")
        return
    yield Check("Thư mục làm việc", True, str(workspace.root))
    yield _space(workspace.root)
    yield _tried("Ghi được tệp", lambda: _try_writing(workspace))
    yield from _files(workspace)


def _libraries() -> list[str]:
    """What the program says it always needs; requirements with a condition are left out."""
    try:
        asked = requires("broadcast") or []
    except PackageNotFoundError:
        return []
    names = (_NAME.match(line) for line in asked if ";" not in line)
    return [name[0] for name in names if name]


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _tried(name: str, attempt: Callable[[], str]) -> Check:
    try:
        return Check(name, True, attempt())
    except BroadcastError as error:
        return Check(name, False, str(error))
    except ImportError as error:
        return Check(name, False, f"thiếu {error.name or error}; cài lại chương trình")
    except OSError as error:
        return Check(name, False, str(storage_error(error)))


def _try_speech() -> str:
    from broadcast.domain.station import Voices  # noqa: PLC0415
    from broadcast.speech.engine import open_engine  # noqa: PLC0415

    with open_engine("espeak") as engine:
        speech = engine.synthesize("Kính thưa bà con", engine.speaker("NỮ", Voices()))
        return f"espeak-ng đọc thử được {speech.seconds:.1f} giây"


def _try_mp3() -> str:
    import numpy as np  # noqa: PLC0415

    from broadcast.audio.mp3 import encode, mp3_info  # noqa: PLC0415
    from broadcast.workflow.segments import RATE  # noqa: PLC0415

    made = encode(np.zeros(RATE, np.int16), RATE, 64)
    return f"LAME nén thử được {mp3_info(made).seconds:.1f} giây"


def _space(root: Path) -> Check:
    free = shutil.disk_usage(root).free
    enough = free >= LEAST_SPACE
    return Check(
        "Chỗ trống trên ổ đĩa",
        enough,
        f"{free / 2**30:.1f} GB{'' if enough else ', cần ít nhất 0,5 GB'}",
    )


def _try_writing(workspace: Workspace) -> str:
    with tempfile.TemporaryDirectory(dir=workspace.root, prefix=".thu-") as folder:
        write_whole(Path(folder) / "thu.txt", "thử\n")
    return "được"


def _files(workspace: Workspace) -> Iterator[Check]:
    """Every file of the workspace, each told with what is wrong in it."""
    yield _tried("station.yaml", lambda: workspace.load_station().name)
    yield _tried("lexicon.yaml", lambda: f"{len(workspace.load_lexicon())} mục của đài")
    decided = workspace.load_decisions
    yield _tried("proofread.yaml", lambda: f"{len(decided().rejected)} chỗ để nguyên")
    yield _tried("Bài soạn sẵn", lambda: f"{len(workspace.load_pieces())} bài")
    yield _all("Kế hoạch", workspace.plan_ids(), workspace.load_plan)
    yield _all("Tuần phát", workspace.week_ids(), workspace.load_week)
    yield _all("Kịch bản", workspace.script_ids(), workspace.load_script)
    yield _tried("Việc đã làm", lambda: f"{len(workspace.load_done())} việc")
    yield _tried("Nhật ký phát thanh", lambda: _read_log(workspace))
    unread = [workspace.shown(path) for path in workspace.unread_files()]
    told = f"bị bỏ qua vì tên lạ: {', '.join(unread)}; đặt lại như ban-lan.md, 2026-W48.yaml"
    yield Check("Tên tệp", not unread, told if unread else "đều dùng được")


def _read_log(workspace: Workspace) -> str:
    """How many lines the airing log has.

    Raises:
        InputError: a line is torn, damaged or gone.
    """
    lines, problems = whole_log(Desk(workspace))
    if problems:
        title = "Nhật ký có chỗ hỏng; xem: broadcast log check"
        raise InputError(title, problems=problems)
    return f"{len(lines)} dòng, đều nguyên vẹn"


def _all(name: str, ids: tuple[_T, ...], load: Callable[[_T], object]) -> Check:
    errors = []
    for one in ids:
        try:
            load(one)
        except BroadcastError as error:
            errors.append(str(error))
    return Check(name, not errors, "\n".join(errors) or f"{len(ids)} tệp, đều đọc được")
