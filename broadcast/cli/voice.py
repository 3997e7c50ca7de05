"""`broadcast voice`: which voices there are, adding, removing and trying them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from broadcast.cli.common import (
    JSON_OPTION,
    WHERE_TO,
    now,
    progress_bar,
    put_json,
    say,
    table,
    workspace_of,
)
from broadcast.cli.words import VietnameseGroup
from broadcast.domain.station import Station
from broadcast.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from broadcast.audio.recorder import Level
    from broadcast.speech.recording_check import Doubt
    from broadcast.workflow.desk import Desk
    from broadcast.workflow.progress import Progress
    from broadcast.workflow.prompter import Prompter

_METER = 30
"""Cells of the level meter."""


@click.group(cls=VietnameseGroup)
def voice() -> None:
    """Giọng đọc: có những giọng nào, thêm, bỏ, nghe thử, tự thu."""


@voice.command("list")
@JSON_OPTION
@click.pass_context
def list_(context: click.Context, *, as_json: bool) -> None:
    """Các bộ đọc và giọng trên máy này; đài dùng giọng nào, vì sao."""
    from broadcast.workflow.voice_files import choice_told, engine_rows  # noqa: PLC0415

    station = _station(context)
    rows = engine_rows(station)
    told = choice_told(station) if station else ""
    if as_json:
        put_json({"engines": [asdict(row) for row in rows], "choice": told})
        return
    cells = [
        (row.name, "dùng được" if row.ready else "chưa", row.why or ", ".join(row.speakers))
        for row in rows
    ]
    click.echo(table(cells))
    for row in rows:
        say(f"  {row.name}: {row.title}")
    if told:
        click.echo(told)


def _station(context: click.Context) -> Station | None:
    """The station, where there is one."""
    try:
        return workspace_of(context).load_station()
    except NotFoundError:
        if context.find_root().obj is not None:
            raise
        return None


@voice.command()
@click.argument("source", metavar="TỆP|ĐỊA_CHỈ")
@click.option(
    "--config",
    "settings",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Tệp .onnx.json, nếu không nằm cạnh tệp .onnx",
)
@click.option("--sha256", metavar="MÃ", default="", help="Mã kiểm tra SHA-256 của tệp .onnx")
def add(source: str, settings: Path | None, sha256: str) -> None:
    """Thêm một giọng Piper tiếng Việt, từ tệp .onnx hoặc địa chỉ tải; đứt mạng thì tải tiếp."""
    from broadcast.workflow.voice_files import add_voice  # noqa: PLC0415

    with progress_bar("Đang tải", shown="://" in source) as progress:
        name = add_voice(source, settings, sha256, lambda have, all_: _tell(progress, have, all_))
    click.echo(name)
    say("Đã thêm. Nghe thử: broadcast voice try --engine piper")


def _tell(progress: Progress, have: int, total: int) -> None:
    """A download's step, in megabytes."""
    progress.step("giọng Piper (MB)", have // 1_000_000, max(total, have) // 1_000_000 or 1)


@voice.command()
@click.argument("name", metavar="TÊN")
def remove(name: str) -> None:
    """Bỏ một giọng Piper khỏi máy này."""
    from broadcast.workflow.voice_files import remove_voice  # noqa: PLC0415

    remove_voice(name)
    say(f"Đã bỏ giọng {name}.")


@voice.command("try")
@click.argument("text", metavar="[CÂU]", default="")
@click.option("--engine", metavar="TÊN", default="", help="Bộ đọc (mặc định: của đài)")
@click.option("--speaker", metavar="GIỌNG", default="", help="Giọng của bộ đọc ấy")
@click.option(
    "--to",
    "target",
    metavar="TỆP",
    type=WHERE_TO,
    help="Lưu thành tệp .mp3 hoặc .wav thay vì phát ra loa",
)
@click.pass_context
def try_(context: click.Context, text: str, engine: str, speaker: str, target: Path | None) -> None:
    """Nghe thử một câu bằng một giọng; không nêu câu thì đọc lời chào mẫu."""
    from broadcast.vietnamese.characters import nfc  # noqa: PLC0415
    from broadcast.workflow.listen import play, save_sound  # noqa: PLC0415
    from broadcast.workflow.voice_choice import candidates  # noqa: PLC0415
    from broadcast.workflow.voice_files import try_voice  # noqa: PLC0415

    workspace = workspace_of(context)
    station = workspace.load_station()
    wanted = engine or station.voices.engine
    if wanted == "auto":
        wanted = candidates(station.voices, approved=not text)[0].split()[0]
    sound = try_voice(workspace, station, wanted, speaker, nfc(text))
    if target:
        save_sound(sound, target)
        click.echo(target)
    else:
        play(sound, Event())
    say(f"{wanted}: {sound.seconds:.1f} giây")


@voice.command()
@click.argument("script_id", metavar="KỊCH_BẢN")
@click.option("--by", metavar="HỌ_TÊN", default="", help="Ai đọc (cần có, trừ khi --forget)")
@click.option("--line", "number", metavar="DÒNG", type=int, help="Chỉ dòng này của kịch bản")
@click.option(
    "--from",
    "source",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Lấy bản ghi có sẵn (điện thoại) làm lời của dòng ấy",
)
@click.option("--forget", is_flag=True, help="Bỏ lời đã thu của dòng ấy, để bộ đọc đọc lại")
@click.pass_context
def record(  # noqa: PLR0913, PLR0917 - click hands over every option
    context: click.Context,
    script_id: str,
    by: str,
    number: int | None,
    source: Path | None,
    forget: bool,
) -> None:
    """Tự đọc kịch bản từng dòng; dòng đã thu thay cho bộ đọc ở mọi bài có đúng lời ấy."""
    from broadcast.workflow.desk import Desk  # noqa: PLC0415
    from broadcast.workflow.voice_tracking import forget_line, keep_file  # noqa: PLC0415

    desk = Desk(workspace_of(context))
    if source and forget:
        raise click.UsageError("Chọn một trong hai: --from hoặc --forget.")
    if number is None and (source or forget):
        raise click.UsageError("Thêm --line: dòng nào của kịch bản.")
    if not (forget or by.strip()):
        raise click.UsageError("Thêm --by: ai đọc.")
    if forget and number is not None:
        gone = forget_line(desk, script_id, number)
        say("Đã bỏ; bộ đọc đọc lại dòng này." if gone else "Dòng này chưa ai thu.")
    elif source and number is not None:
        _, doubts = keep_file(desk, script_id, number, source, by=by, at=now())
        say("Đã giữ.")
        _tell_doubts(doubts)
    else:
        _record(desk, script_id, number, by)


def _record(desk: Desk, script_id: str, number: int | None, by: str) -> None:
    """Read one line, or in turn those that nobody has read."""
    from broadcast.workflow.prompter import Prompter  # noqa: PLC0415

    prompter = Prompter.open(desk, script_id, now)
    prompter.by = by
    if number is not None:
        prompter.go_to(number)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError("Thu tiếng cần một cửa sổ dòng lệnh; hoặc nêu --line và --from.")
    if prompter.approved:
        say("! Bài đã duyệt: thu thêm câu nào thì phải duyệt lại.")
    unread = [one.number for one in prompter.place.lines if one.recorded is None]
    if number is None and not unread:
        say("Mọi câu đều đã thu. Thu lại một câu: thêm --line DÒNG.")
    for one in unread if number is None else [number]:
        prompter.go_to(one)
        _record_line(prompter)


def _record_line(prompter: Prompter) -> None:
    """One line: takes until one is kept or the line is passed over."""
    from broadcast.workflow.listen import play  # noqa: PLC0415

    line = prompter.line
    held = f" (đã thu: {line.recorded.by})" if line.recorded else ""
    held = f" (lời đã đổi sau khi {line.was.by} thu)" if line.was else held
    click.secho(f"\n{line.speaker}{held}\n  {line.spoken}\n", bold=True, err=True)
    while True:
        words = {"t": "thu", "n": "nghe", "g": "giữ", "b": "bỏ qua"}
        keys = "tngb" if prompter.take else "tnb"
        shown = "  ".join(f"{key} {words[key]}" for key in keys)
        answer = click.prompt(shown, type=click.Choice([*keys]), show_choices=False, err=True)
        if answer == "t":
            _take(prompter)
        elif answer == "n":
            play(prompter.heard(), Event())
        elif answer == "g":
            prompter.keep()
            return
        else:
            return


def _take(prompter: Prompter) -> None:
    """A take: from now until the Enter key, with the level on one line; what is wrong is told."""
    try:
        prompter.begin(_show_level)
        say("Đang thu. Enter để dừng.")
        click.get_text_stream("stdin").readline()
        _tell_doubts(prompter.end().doubts)
    except InputError as error:  # only silence: she takes it again
        say(str(error))
    finally:
        prompter.cancel()


def _show_level(level: Level) -> None:
    full = round(level.share * _METER)
    meter = "█" * full + "░" * (_METER - full)
    told = "  QUÁ TO" if level.clipped else ""
    click.echo(f"\r{meter} {level.seconds:5.1f} giây{told}\x1b[K", nl=False, err=True)


def _tell_doubts(doubts: Iterable[Doubt]) -> None:
    for doubt in doubts:
        say(f"  ! {doubt.message} → {doubt.mend}")
