from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.beds import Bed, bed_findings, beds
from broadcast.domain.script import Cue, parse_body, parse_cue

ROWS = (
    "NỮ: Một.", "[nhạc nền]", "[nhạc nền recordings/a.mp3]", "[hết nhạc nền]", "[nhạc hiệu]",
    "[nhạc kết]", "[nghỉ 1s]", "", "<!-- x -->",
)  # fmt: skip


def rows(*texts: str) -> str:
    return "\n".join(texts) + "\n"


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("nhạc kết", Cue("closing")),
        ("Nhạc  nền", Cue("bed")),
        ("nhạc nền recordings/ru con.mp3", Cue("bed", path="recordings/ru con.mp3")),
        ("HẾT nhạc nền", Cue("bed-end")),
        ("hết nhạc", None),
    ],
)
def test_music_cues_are_read_as_people_write_them(text: str, cue: Cue | None) -> None:
    assert parse_cue(text) == cue


def test_a_bed_lies_under_the_lines_between_its_cues() -> None:
    body = rows("[nhạc hiệu]", "[nhạc nền]", "NỮ: Một.", "", "NAM: Hai.", "[hết nhạc nền]", "Ba.")
    assert beds(parse_body(body)) == (Bed(3, 5),)
    assert [*bed_findings(parse_body(body))] == []


@pytest.mark.parametrize(
    ("body", "line", "words", "under"),
    [
        (("[nhạc nền]", "Một.", "Hai."), 1, "kéo đến hết", (Bed(2, 3),)),
        (("[nhạc nền]", "Một.", "[nhạc kết]", "Hai."), 3, "[nhạc kết]", (Bed(2, 2),)),
        (("Một.", "[hết nhạc nền]"), 2, "không có nhạc nền nào", ()),
        (
            ("[nhạc nền]", "Một.", "[nhạc nền b.mp3]", "Hai.", "[hết nhạc nền]"),
            3,
            "nhạc nền khác",
            (Bed(2, 2), Bed(4, 4, "b.mp3")),
        ),
    ],
)
def test_what_is_wrong_with_beds_is_told_at_its_line(
    body: tuple[str, ...], line: int, words: str, under: tuple[Bed, ...]
) -> None:
    lines = parse_body(rows(*body))
    (found,) = bed_findings(lines)
    assert (found.rule, found.line, words in found.message) == ("bed", line, True)
    assert beds(lines) == under


@given(st.lists(st.sampled_from(ROWS), max_size=12))
@settings(max_examples=60, deadline=None)
def test_beds_never_overlap_nor_lie_under_other_music(texts: list[str]) -> None:
    lines = parse_body(rows(*texts))
    found, last = beds(lines), 0
    for bed in found:
        assert last < bed.first <= bed.last
        last = bed.last
        under = [one.cue.kind for one in lines[bed.first - 1 : bed.last] if one.cue]
        assert set(under) <= {"pause", "recording"}
