"""Names in an export: sorted, short, and taken by every disk."""

from __future__ import annotations

import string
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.errors import InputError
from broadcast.publish.names import (
    LONGEST_NAME,
    day_folder,
    media_name,
    name_problem,
    programmes,
)
from tests.publish_examples import MONDAY, item

TITLES = st.text(max_size=80) | st.sampled_from(
    ["CON", "nul", "...", "aux.mp3", "Đ", "😀", "a" * 90]
)


def test_a_day_folder_sorts_by_date_and_says_the_weekday() -> None:
    assert day_folder(date(2026, 11, 23)) == "2026-11-23-t2"
    assert day_folder(date(2026, 11, 29)) == "2026-11-29-cn"


def test_a_media_name_says_order_time_and_title() -> None:
    name = media_name(item(title="Lễ hội đầu năm"), 1)
    assert name == "01-0530-le-hoi-dau-nam.mp3"


@given(title=TITLES, order=st.integers(1, 99), start=st.times())
def test_any_title_gives_a_name_that_every_disk_takes(title: str, order: int, start: time) -> None:
    name = media_name(item(title=title, start=start), order)
    assert name_problem(name) is None
    assert len(name) <= LONGEST_NAME
    assert set(name) <= set(string.ascii_lowercase + string.digits + "-.")
    assert name.startswith(f"{order:02d}-{start:%H%M}-")


@given(st.lists(st.tuples(st.integers(0, 6), st.times(), TITLES), max_size=30))
def test_names_sort_in_airing_order_and_are_unique_whatever_the_case(
    airings: list[tuple[int, time, str]],
) -> None:
    items = [
        item(f"a{n}", MONDAY + timedelta(days=day), start, title, source="x")
        for n, (day, start, title) in enumerate(airings)
    ]
    paths = [p.path or "" for p in programmes(items)]
    assert paths == sorted(paths)
    assert len({path.casefold() for path in paths}) == len(items)


def test_more_than_ninety_nine_airings_a_day_still_sort_and_fit() -> None:
    items = [item(f"a{n:03d}", start=time(n // 10, n % 10), source="x") for n in range(120)]
    paths = [p.path or "" for p in programmes(items)]
    assert paths == sorted(paths)
    assert {len(path.rpartition("/")[2]) <= LONGEST_NAME for path in paths} == {True}


def test_an_airing_without_a_file_keeps_its_place_but_has_no_path() -> None:
    first, second = programmes([item("a2", start=time(17), source="x"), item("a1")])
    assert (first.item.airing.id, first.order, first.path) == ("a1", 1, None)
    assert (second.order, second.path) == (2, "2026-11-23-t2/02-1700-nop-ho-so-tai-nha.mp3")


def test_two_airings_with_one_id_are_refused_by_name() -> None:
    with pytest.raises(InputError) as caught:
        programmes([item("a1"), item("a1", start=time(17)), item("a2"), item("a2")])
    assert [p.message for p in caught.value.problems] == [
        "mã a1 có 2 lượt phát",
        "mã a2 có 2 lượt phát",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "../a.mp3",
        "/etc/a",
        "a//b",
        "t2/con.mp3",
        "LPT1",
        "a. ",
        "a./b",
        "thứ.mp3",
        "a:b",
        "a\\b",
        "a?b",
        "a\nb",
        "",
    ],
)
def test_names_that_windows_or_fat_refuse_are_told_apart(path: str) -> None:
    assert name_problem(path)


@pytest.mark.parametrize("path", ["2026-W48.ics", "2026-11-23-t2/01-0530-con-duong.mp3", "console"])
def test_usual_names_are_taken(path: str) -> None:
    assert name_problem(path) is None
