"""The whole job once, on a copy of the sample station, offline."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from broadcast.domain.week import WeekId
from broadcast.errors import ConflictError
from broadcast.store.files import write_whole
from broadcast.store.root import STATION_FILE
from broadcast.store.sample import copy_sample, sample_root
from broadcast.store.workspace import Workspace
from broadcast.workflow.assemble_week import assemble_week
from broadcast.workflow.plans import import_plan
from broadcast.workflow.progress import SILENT, Progress
from broadcast.workflow.render import render_week
from broadcast.workflow.scripts import approve, scripts_of_week
from broadcast.workflow.share import Shared, export_week
from broadcast.workflow.verify import verify_paths
from broadcast.workflow.week_fill import fill_week
from broadcast.workflow.weeks import WeekView, view_week

APPROVER = "Lãnh đạo xã Suối Hoa (duyệt thử)"
"""Who approves in the demo; the name says that it is none."""

_DESPITE = "bản làm thử, không phát"
"""Why the demo approves pieces that are past their day: it works in any year."""

PLAN_DOCUMENT = "schedules/plans/source/suoi-hoa-2026.txt"

_MARK = ".broadcast-demo"
_MARK_TEXT = "Thư mục này do lệnh broadcast demo tạo; chạy lại lệnh sẽ dùng tiếp.\n"

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the demo: what was made, where, and how many seconds it took."""

    name: str
    made: str
    where: str
    seconds: float


@dataclass(slots=True)
class Demo:
    """What the demo did."""

    workspace: Workspace
    week: WeekId
    stages: list[Stage] = field(default_factory=list)
    view: WeekView | None = None
    shared: Shared | None = None

    def stage(self, name: str, where: str, work: Callable[[], _T], made: Callable[[_T], str]) -> _T:
        """Do one stage and note it."""
        began = time.perf_counter()
        result = work()
        self.stages.append(Stage(name, made(result), where, time.perf_counter() - began))
        return result


def run_demo(folder: Path, now: datetime, progress: Progress = SILENT) -> Demo:
    """Plan to export for the week after `now`, in `folder`.

    A folder of an earlier demo is used on; any other workspace is refused, since the demo
    approves what it finds.

    Raises:
        ConflictError: `folder` holds something else.
    """
    workspace = Workspace(folder.absolute())
    demo = Demo(workspace, WeekId.of(now.date() + timedelta(days=7)))
    week, out = demo.week, workspace.out / "export"
    demo.stage("Đài mẫu", "schedules/, scripts/", lambda: _prepare(workspace), lambda made: made)
    demo.stage(
        "Nhập kế hoạch",
        "schedules/plans/",
        lambda: import_plan(workspace, sample_root() / PLAN_DOCUMENT, replace=True),
        lambda done: f"{len(done.plan.topics)} nội dung, {len(done.plan.quotas)} chỉ tiêu",
    )
    demo.stage(
        "Xếp lịch",
        f"schedules/{week}.yaml",
        lambda: fill_week(workspace, week),
        lambda _done: f"{len(workspace.load_week(week).airings)} lượt phát",
    )
    demo.stage(
        "Soạn kịch bản",
        "scripts/",
        lambda: assemble_week(workspace, week),
        lambda _made: f"{len(scripts_of_week(workspace, week))} kịch bản",
    )
    demo.stage(
        "Duyệt (thử)",
        "scripts/",
        lambda: approve(
            workspace, scripts_of_week(workspace, week), APPROVER, now, despite=_DESPITE
        ),
        lambda done: f"{len(done)} kịch bản",
    )
    demo.stage(
        "Đọc thành MP3",
        "out/audio/",
        lambda: render_week(workspace, week, progress=progress),
        lambda done: f"{len(done)} tệp, {sum(r.audio.seconds for r in done) / 60:.1f} phút",
    )
    demo.shared = demo.stage(
        "Xuất tuần phát",
        f"out/export/{week}.*",
        lambda: export_week(workspace, week, out, now=now),
        lambda done: f"{len(done.files.written) + len(done.files.unchanged)} tệp",
    )
    demo.stage(
        "Kiểm tra lại",
        "out/export/",
        lambda: verify_paths([out], workspace.load_station().sound, workspace=workspace, now=now),
        lambda done: f"{sum(not one.problems for one in done)}/{len(done)} tệp tốt",
    )
    demo.view = view_week(workspace, week)
    return demo


def _prepare(workspace: Workspace) -> str:
    mark = workspace.root / _MARK
    if (workspace.root / STATION_FILE).exists():
        if not mark.exists():
            happened = (
                f"{workspace.root} là thư mục làm việc thật, không phải của lần làm thử trước"
            )
            raise ConflictError(
                "Chưa làm thử", happened, "nêu thư mục khác: broadcast demo THƯ_MỤC"
            )
        return "dùng tiếp lần trước"
    made = copy_sample(workspace.root, plans=False)
    write_whole(mark, _MARK_TEXT)
    return f"{len(made)} tệp"
