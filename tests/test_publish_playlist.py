"""The week's playlist as players read it."""

from __future__ import annotations

from datetime import time

from broadcast.publish.names import programmes
from broadcast.publish.playlist import week_playlist
from tests.publish_examples import item


def test_a_playlist_names_every_file_with_length_and_title_in_airing_order() -> None:
    ordered = programmes([item("a2", start=time(17), source="x"), item("a1", source="x")])
    assert week_playlist(ordered, "Đài xã Thử").decode().split("\n") == [
        "#EXTM3U",
        "#PLAYLIST:Đài xã Thử",
        "#EXTINF:492,Nộp hồ sơ tại nhà",
        "2026-11-23-t2/01-0530-nop-ho-so-tai-nha.mp3",
        "#EXTINF:492,Nộp hồ sơ tại nhà",
        "2026-11-23-t2/02-1700-nop-ho-so-tai-nha.mp3",
        "",
    ]


def test_an_airing_without_a_file_is_not_in_the_playlist() -> None:
    assert week_playlist(programmes([item()]), "x").count(b"#EXTINF") == 0


def test_a_title_with_line_breaks_stays_on_its_line() -> None:
    data = week_playlist(programmes([item(title="Hai\r\ndòng\x85ba\u2028bốn", source="x")]), "x")
    assert "#EXTINF:492,Hai dòng ba bốn\n" in data.decode()


def test_an_unknown_length_is_minus_one_and_no_byte_order_mark_comes_first() -> None:
    data = week_playlist(programmes([item(seconds=0.0, source="x")]), "x")
    assert b"#EXTINF:-1," in data
    assert data.startswith(b"#EXTM3U\n")


def test_a_title_in_two_encodings_is_written_in_one() -> None:
    data = week_playlist(programmes([item(title="Thủ tục", source="x")]), "x")
    assert "Thủ tục" in data.decode()
