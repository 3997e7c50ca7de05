"""Every kind of player: its card is read back as its manual describes, and gives the week."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path

import pytest

from broadcast.errors import InputError
from broadcast.publish.export import export_week
from broadcast.publish.items import Item
from broadcast.publish.manifest import MANIFEST
from broadcast.publish.players import PLAYERS, Player, player_of
from tests.publish_examples import LATER, MONDAY, NOW, handout, item, recorded

Heard = list[tuple[int, str, bytes]]
"""What a card makes heard: weekday (Monday 1), start, sound; by time."""


def written(folder: Path, player: Player, *items: Item) -> list[str]:
    result = export_week(folder, handout(*items), NOW, player=player)
    return list(result.written)


def week(tmp_path: Path) -> list[Item]:
    """Five airings on three days, one sound twice."""
    audio = tmp_path / "audio"
    audio.mkdir()
    tuesday, sunday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=6)
    return [
        recorded(audio, b"one", airing_id="a1"),
        recorded(audio, b"two", airing_id="a2", start=time(17)),
        recorded(audio, b"one", airing_id="a3", day=tuesday, start=time(6)),
        recorded(audio, b"three", airing_id="a4", day=sunday, start=time(7, 5)),
        recorded(audio, b"four", airing_id="a5", day=sunday, start=time(19, 30)),
    ]


TOLD: Heard = [
    (1, "05:30", b"one"),
    (1, "17:00", b"two"),
    (2, "06:00", b"one"),
    (7, "07:05", b"three"),
    (7, "19:30", b"four"),
]


def read_plain(folder: Path) -> Heard:
    """A person plays the folder of the day, file by file; the sheet has the times."""
    heard = []
    for path in sorted(folder.glob("*/*.mp3")):
        match = re.fullmatch(r"\d{2}-(\d{2})(\d{2})-[a-z0-9-]+\.mp3", path.name)
        assert match
        day = int("1234567"["t2 t3 t4 t5 t6 t7 cn".split().index(path.parent.name[-2:])])
        heard.append((day, f"{match[1]}:{match[2]}", path.read_bytes()))
    return heard


def read_messages(folder: Path, table: str, start: str) -> Heard:
    """Lines "time,day,message" without blanks; the message is a file of MESSA."""
    data = (folder / table).read_bytes()
    assert data.isascii()
    assert b" " not in data
    heard = []
    for line in data.decode().split("\r\n")[:-1]:
        match = re.fullmatch(rf"{start},(Mon|Tue|Wed|Thu|Fri|Sat|Sun),(M0\d\d)", line)
        assert match, line
        day = "Mon Tue Wed Thu Fri Sat Sun".split().index(match[3]) + 1
        sound = (folder / "MESSA" / f"{match[4]}.mp3").read_bytes()
        heard.append((day, f"{match[1]}:{match[2]}", sound))
    return heard


def read_dma1(folder: Path) -> Heard:
    """1.M3U to 7.M3U, a name of at most eight letters and its ending a line."""
    heard = []
    for day in range(1, 8):
        table = folder / f"{day}.M3U"
        for name in table.read_bytes().decode("ascii").split("\r\n")[:-1] if table.exists() else ():
            assert re.fullmatch(r"[A-Z0-9]{1,8}\.MP3", name)
            heard.append((day, f"{name[1:3]}:{name[3:5]}", (folder / name).read_bytes()))
    return heard


def read_barix(folder: Path) -> Heard:
    """The settings name the lists; each list's first line says when it is played."""
    heard = []
    for setting in (folder / "PLAYLIST.CFG").read_text("ascii").split():
        name = setting.removeprefix("PLAYLIST=")
        assert re.fullmatch(r"[A-Z0-9]{1,8}\.M3U", name)
        times, sound = (folder / name).read_text("ascii").split()
        match = re.fullmatch(
            r"#BARIX-4,(\d\d-\d\d-\d\d),\1,(MO|TU|WE|TH|FR|SA|SO),(\d\d)(\d\d),\d{4},1,,1,0", times
        )
        assert match, times
        day = "MO TU WE TH FR SA SO".split().index(match[2]) + 1
        assert match[1] == f"{MONDAY + timedelta(days=day - 1):%d-%m-%y}"
        heard.append((day, f"{match[3]}:{match[4]}", (folder / sound).read_bytes()))
    return heard


READ: dict[str, Callable[[Path], Heard]] = {
    "usb": read_plain,
    "dm8": lambda folder: read_messages(folder, "schedule.txt", r"(\d\d)(\d\d)"),
    "amc": lambda folder: read_messages(folder, "TIMING.TXT", r"(\d\d):(\d\d)"),
    "dma1": read_dma1,
    "barix": read_barix,
}

every_player = pytest.mark.parametrize("player", PLAYERS, ids=lambda one: one.id)


@every_player
def test_a_card_gives_the_week_as_its_manual_reads_it(tmp_path: Path, player: Player) -> None:
    written(tmp_path / "card", player, *week(tmp_path))
    assert READ[player.id](tmp_path / "card") == TOLD


@every_player
def test_names_are_ascii_and_short(tmp_path: Path, player: Player) -> None:
    names = written(tmp_path / "card", player, *week(tmp_path))
    assert [name for name in names if not name.isascii()] == []
    assert max(len(part) for name in names for part in name.split("/")) <= 30


@every_player
def test_sounds_are_written_in_the_order_of_airing(tmp_path: Path, player: Player) -> None:
    names = written(tmp_path / "card", player, *week(tmp_path))
    sounds = [name for name in names if name.lower().endswith(".mp3")]
    contents = [(tmp_path / "card" / name).read_bytes() for name in sounds]
    order = [sound for _, _, sound in TOLD]
    assert contents in (order, list(dict.fromkeys(order)))


@every_player
def test_the_sheet_names_the_file_of_every_programme(tmp_path: Path, player: Player) -> None:
    written(tmp_path / "card", player, *week(tmp_path))
    sheet = (tmp_path / "card" / "2026-W48.txt").read_text("utf-8-sig")
    named = re.findall(r"Tệp: (\S+)", sheet)
    sounds = {
        path.name: path.read_bytes() for path in (tmp_path / "card").rglob("*") if path.is_file()
    }
    assert [sounds[name] for name in named] == [sound for _, _, sound in TOLD]


@every_player
def test_a_second_writing_changes_nothing(tmp_path: Path, player: Player) -> None:
    items = week(tmp_path)
    written(tmp_path / "card", player, *items)
    again = export_week(tmp_path / "card", handout(*items), LATER, player=player)
    assert again.written == ()


@every_player
def test_another_week_takes_away_only_what_was_written(tmp_path: Path, player: Player) -> None:
    items = week(tmp_path)
    written(tmp_path / "card", player, *items)
    (tmp_path / "card" / "ANH.JPG").write_bytes(b"of somebody")
    export_week(tmp_path / "card", handout(items[0]), LATER, player=player)
    assert READ[player.id](tmp_path / "card") == TOLD[:1]
    assert (tmp_path / "card" / "ANH.JPG").read_bytes() == b"of somebody"


@every_player
def test_a_card_can_be_made_for_another_player(tmp_path: Path, player: Player) -> None:
    items = week(tmp_path)
    for other in PLAYERS:
        export_week(tmp_path / "card", handout(*items), NOW, player=other)
    export_week(tmp_path / "card", handout(*items), LATER, player=player)
    assert READ[player.id](tmp_path / "card") == TOLD
    fresh = tmp_path / "fresh"
    export_week(fresh, handout(*items), LATER, player=player)
    assert names(tmp_path / "card") == names(fresh)


def names(folder: Path) -> set[str]:
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return found - {MANIFEST}


@every_player
def test_an_airing_without_sound_stands_on_the_sheet_only(tmp_path: Path, player: Player) -> None:
    items = week(tmp_path)
    written(tmp_path / "card", player, *items, item(airing_id="live", start=time(12)))
    assert READ[player.id](tmp_path / "card") == TOLD
    assert "CHƯA CÓ TỆP TIẾNG" in (tmp_path / "card" / "2026-W48.txt").read_text("utf-8-sig")


def refused(tmp_path: Path, player: str, *items: Item) -> str:
    with pytest.raises(InputError) as told:
        export_week(tmp_path / "card", handout(*items), NOW, player=player_of(player))
    assert not (tmp_path / "card").exists()
    return str([str(one) for one in told.value.problems])


def many(tmp_path: Path, count: int) -> list[Item]:
    return [
        recorded(
            tmp_path,
            str(number).encode(),
            airing_id=f"a{number}",
            day=MONDAY + timedelta(days=number % 7),
            start=time(5 + number // 7 // 4, number // 7 % 4 * 15),
            minutes=10,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("player", "most"), [("dm8", 99), ("amc", 99), ("barix", 100), ("dma1", 500)]
)
def test_more_than_a_player_takes_is_told_before_writing(
    tmp_path: Path, player: str, most: int
) -> None:
    assert str(most) in refused(tmp_path, player, *many(tmp_path, most + 1))


@pytest.mark.parametrize(("player", "most"), [("dm8", 99), ("amc", 99), ("barix", 100)])
def test_as_much_as_a_player_takes_is_written(tmp_path: Path, player: str, most: int) -> None:
    written(tmp_path / "card", player_of(player), *many(tmp_path, most))
    assert len(READ[player](tmp_path / "card")) == most


@pytest.mark.parametrize("player", ["dm8", "amc"])
def test_two_programmes_of_one_minute_are_told(tmp_path: Path, player: str) -> None:
    same = [
        recorded(tmp_path, b"one", airing_id="a1"),
        recorded(tmp_path, b"two", airing_id="a2", zones=("ban-pe",)),
    ]
    assert "hai chương trình cùng lúc" in refused(tmp_path, player, *same)


def test_barix_cannot_play_over_midnight(tmp_path: Path) -> None:
    late = recorded(tmp_path, b"one", airing_id="a1", start=time(23, 50))
    assert "không phát qua 0 giờ" in refused(tmp_path, "barix", late)


def test_an_unknown_player_is_told_with_all_there_are() -> None:
    with pytest.raises(InputError) as told:
        player_of("walkman")
    assert all(one.name in str(told.value) for one in PLAYERS)
