"""`broadcast voice`: which voices there are, adding, removing and trying them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from broadcast.cli.common import JSON_OPTION, progress_bar, put_json, say, table, workspace_of
from broadcast.cli.words import VietnameseGroup
from broadcast.domain.station import Station
from broadcast.errors import NotFoundError

if TYPE_CHECKING:
    from broadcast.workflow.progress import Progress


@click.group(cls=VietnameseGroup)
def voice() -> None:
    """Giọng đọc: có những giọng nào, thêm, bỏ, nghe thử."""


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
    type=click.Path(path_type=Path),
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
