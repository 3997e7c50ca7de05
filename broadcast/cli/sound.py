"""`broadcast render`, `verify` and `export`: from approved scripts to what is handed out."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcast.cli.common import (
    JSON_OPTION,
    WEEK,
    WHERE_TO,
    WeekType,
    minutes,
    now,
    progress_bar,
    put_json,
    say,
    workspace_of,
)
from broadcast.cli.words import VietnameseCommand
from broadcast.domain.station import Online
from broadcast.domain.week import WeekId
from broadcast.errors import ExitStatus, NotFoundError
from broadcast.storage import quoted
from broadcast.store.workspace import Workspace

if TYPE_CHECKING:
    from broadcast.workflow.render import Rendered
    from broadcast.workflow.verify_export import Checked
    from broadcast.workflow.workshop import Workers

_LIKE_A_WEEK = re.compile(r"\d{4}-?[Ww]\d{1,2}|this|next|nay|sau", re.IGNORECASE)


@click.command(cls=VietnameseCommand)
@click.argument("target", metavar="TUẦN|KỊCH_BẢN")
@click.option("--engine", metavar="TÊN", help="Bộ đọc (mặc định theo station.yaml)")
@click.option(
    "--stations",
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Đọc tuần ấy cho mọi đài có thư mục làm việc ngay trong thư mục này",
)
@click.option(
    "--cluster",
    metavar="ĐỊA_CHỈ",
    help="Chia việc cho cụm máy dask, ví dụ tcp://MÁY:8786 (cần broadcast[cluster])",
)
@click.pass_context
def render(
    context: click.Context,
    target: str,
    engine: str | None,
    stations: Path | None,
    cluster: str | None,
) -> None:
    """Đọc kịch bản thành MP3: cả tuần, hoặc một kịch bản. Kịch bản chưa duyệt chỉ ra bản nháp."""
    if stations:
        _render_stations(stations, target, engine, cluster)
        return
    from broadcast.workflow.render import render_scripts, render_week  # noqa: PLC0415
    from broadcast.workflow.voices import one_voice  # noqa: PLC0415

    workspace = workspace_of(context)
    _ask_about_google(workspace, engine or "")
    with _workers(cluster) as workers, progress_bar("Đang đọc") as progress:
        week_id = _week(target)
        done = (
            render_week(workspace, week_id, engine, progress, workers)
            if week_id
            else render_scripts(workspace, [target], engine, progress, workers)
        )
    for one in done:
        _tell_rendered(one, one.audio.file)
    _tell_passed_over(done)
    fresh = any(one.fresh for one in done)
    if fresh and (told := one_voice(workspace.load_station(), engine)):
        say(told)


@contextmanager
def _workers(address: str | None) -> Iterator[Workers | None]:
    """Those of the cluster; None without one."""
    if address is None:
        yield None
        return
    from broadcast.workflow.cluster import cluster_workers  # noqa: PLC0415 - an extra

    with cluster_workers(address) as workers:
        yield workers


def _render_stations(folder: Path, target: str, engine: str | None, cluster: str | None) -> None:
    """Nobody is asked about Google here: a station that has not answered sends nothing."""
    from broadcast.workflow.stations import (  # noqa: PLC0415 - as in render
        render_stations,
        stations_failed,
        stations_in,
    )

    week_id = _week(target)
    if week_id is None:
        raise click.UsageError(f"Với --stations phải nêu một tuần, không phải «{target}».")
    stations = stations_in(folder)
    if not stations:
        happened = "không có thư mục con nào có schedules/station.yaml"
        raise click.UsageError(f"Không thấy đài nào trong {folder}: {happened}.")
    failed = []
    with _workers(cluster) as workers, progress_bar("Đang đọc") as progress:
        for one in render_stations(stations, week_id, engine, progress, workers):
            for rendered in one.rendered:
                name = one.workspace.root.name
                _tell_rendered(rendered, (folder / name / rendered.audio.file).as_posix())
            _tell_passed_over(one.rendered)
            if one.error:
                failed.append(one)
    if failed:
        raise stations_failed(failed, len(stations))


def _tell_rendered(one: Rendered, file: str) -> None:
    """Data: the file; talk: what it is."""
    click.echo(file)
    told = "mới" if one.fresh else "đã có"
    draft = "" if one.hearing.state == "đã duyệt" else ", BẢN NHÁP chưa duyệt"
    level = f"{one.audio.loudness:.1f} LUFS, đỉnh {one.audio.true_peak:.1f} dBTP"
    say(f"  {told}{draft}: {minutes(one.audio.seconds)}, {level}, giọng {one.audio.voice}")


def _tell_passed_over(done: Sequence[Rendered]) -> None:
    for why in dict.fromkeys(one.why for one in done if one.why):
        say(f"Không dùng giọng hay hơn: {why}")


_ANSWERS: dict[str, Online] = {"1": "đã duyệt", "2": "cả nháp", "3": "không"}


def _ask_about_google(workspace: Workspace, engine: str) -> None:
    """Ask once whether texts may go to Google; without a terminal nobody is asked, nothing sent."""
    from broadcast.workflow.desk import Desk  # noqa: PLC0415
    from broadcast.workflow.voice_choice import is_to_be_asked, remember  # noqa: PLC0415

    terminal = sys.stdin.isatty() and sys.stderr.isatty()
    if not (terminal and is_to_be_asked(workspace.load_station(), engine)):
        return
    say("Giọng Google nghe tự nhiên hơn, nhưng lời sẽ được gửi qua mạng tới máy của Google.")
    say("  1  gửi bản đã duyệt thôi      2  gửi cả bản nháp      3  không bao giờ")
    answer = click.prompt("Chọn", type=click.Choice(list(_ANSWERS)), show_choices=False, err=True)
    remember(Desk(workspace), _ANSWERS[answer])
    say("Đã nhớ. Đổi lại bất cứ lúc nào: broadcast station set voices.online ...")


def _week(text: str) -> WeekId | None:
    """The week that `text` names, None if it is a script's id."""
    if not _LIKE_A_WEEK.fullmatch(text):
        return None
    return WeekType().convert(text, None, None)


@click.command(cls=VietnameseCommand)
@click.argument("paths", metavar="TỆP...", nargs=-1, required=True, type=click.Path(path_type=Path))
@JSON_OPTION
@click.pass_context
def verify(context: click.Context, paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Kiểm tra tệp đã làm ra, từng tệp hoặc cả thư mục, thẻ nhớ đã xuất.

    MP3 nguyên vẹn, đúng độ dài và mức âm; lịch .ics đúng chuẩn. Với thư mục đã xuất: tệp nào còn
    nguyên và đang dùng, tệp nào là bản cũ, thiếu, đã đổi hay lạ, và phải làm gì.
    """
    from broadcast.workflow.verify import verify_paths  # noqa: PLC0415

    workspace = _workspace_if_any(context)
    sound = workspace.load_station().sound if workspace else None
    with progress_bar("Đang kiểm tra", shown=not as_json) as progress:
        checked = verify_paths(paths, sound, progress, workspace, now())
    if as_json:
        put_json([_checked_json(one) for one in checked])
    else:
        _tell_checked(checked)
        if workspace is None and any(one.export for one in checked):
            say("Không ở trong thư mục làm việc: chỉ biết tệp có nguyên vẹn hay không.")
    if any(one.problems for one in checked):
        context.exit(ExitStatus.FOUND)


def _checked_json(one: Checked) -> dict[str, object]:
    problems = [p.message for p in one.problems]
    told: dict[str, object] = {"file": str(one.path), "problems": problems}
    if one.state:
        mends = list(dict.fromkeys(p.suggestion for p in one.problems if p.suggestion))
        told |= {"state": one.state, "export": one.export, "mends": mends}
    return told


def _tell_checked(checked: Sequence[Checked]) -> None:
    """A line a file, its problems below; foreign files that do no harm are only counted."""
    harmless = [one for one in checked if one.state == "lạ" and not one.problems]
    for one in checked:
        if one in harmless:
            continue
        verdict: str = one.state or "tốt"
        if one.problems:
            count = f"{len(one.problems)} lỗi"
            verdict = f"{one.state}, {count}" if one.state else count
        click.echo(f"{one.path}: {verdict}")
        for problem in one.problems:
            mend = f" → {problem.suggestion}" if problem.suggestion else ""
            click.echo(f"  ! {problem.message}{mend}")
    counts = Counter(one.state for one in checked if one.state)
    if counts:
        say("Tổng cộng: " + ", ".join(f"{n} {state}" for state, n in counts.items()))
    if harmless:
        say(f"{len(harmless)} tệp lạ không phải âm thanh, không ảnh hưởng gì.")


def _workspace_if_any(context: click.Context) -> Workspace | None:
    """The workspace here, or the one that -C names; none is needed."""
    try:
        return workspace_of(context)
    except NotFoundError:
        if context.find_root().obj is not None:
            raise
        return None


@click.command(cls=VietnameseCommand)
@WEEK
@click.option(
    "--to",
    "target",
    metavar="THƯ_MỤC",
    type=WHERE_TO,
    required=True,
    help="Nơi xuất, ví dụ ổ USB",
)
@click.option(
    "--zone",
    "zones",
    metavar="CỤM_LOA",
    multiple=True,
    help="Chỉ những gì cụm loa này nghe; nêu được nhiều lần",
)
@click.option(
    "--player",
    metavar="MÁY",
    default="usb",
    help="Loại máy phát: usb (mặc định), dm8, amc, dma1, barix",
)
@click.pass_context
def export(
    context: click.Context, week_id: WeekId, target: Path, zones: tuple[str, ...], player: str
) -> None:
    """Xuất tuần phát: thư mục theo ngày, lịch iCal, danh sách phát, phiếu trực máy.

    Với máy hẹn giờ thì ghi đúng tên tệp và bảng giờ mà máy ấy đọc.
    """
    from broadcast.workflow.share import export_week  # noqa: PLC0415

    workspace = workspace_of(context)
    with progress_bar("Đang chép") as progress:
        done = export_week(
            workspace, week_id, target, zones, now=now(), progress=progress, player=player
        )
    files = done.files
    for name in files.written:
        click.echo(name)
    say(f"Đã xuất {done.airings} lượt phát ({minutes(done.seconds)}) vào {target}:")
    say(
        f"  {len(files.written)} tệp ghi mới, {len(files.unchanged)} giữ nguyên, "
        f"{len(files.removed)} bỏ đi"
    )
    for name in files.removed:
        say(f"  bỏ: {name}")
    for name in files.kept_foreign:
        say(f"  giữ lại vì đã bị sửa từ lần xuất trước: {name}")
    for _, name in files.set_aside:
        say(f"  phiếu đã ghi tay nay là {name}; ghi vào nhật ký nếu chưa ghi:")
        say(f"    broadcast log import {quoted(target / name)}")
