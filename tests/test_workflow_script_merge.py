"""Two edits of one text come together, and no row that anybody wrote is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.script import parse_body
from broadcast.workflow import script_merge
from broadcast.workflow.hearing import is_other_version
from broadcast.workflow.script_merge import Merged, merge

BASE = "một\nhai\nba\nbốn\n"


def comment(text: str) -> str:
    return f"<!-- Bản ở cửa sổ kia: {text} -->"


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (BASE, BASE, Merged(BASE)),
        (BASE, "khác\n", Merged("khác\n", taken=1)),
        ("khác\n", BASE, Merged("khác\n")),
        ("khác\n", "khác\n", Merged("khác\n")),
        ("1\nhai\nba\nbốn\n", "một\nhai\nba\n4\n", Merged("1\nhai\nba\n4\n", taken=1)),
        # Rows side by side are looked at one by one.
        ("một\n2\nba\nbốn\n", "một\nhai\n3\nbốn\n", Merged("một\n2\n3\nbốn\n", taken=1)),
        (
            "một\n2\nba\nbốn\n",
            "một\nII\n3\nbốn\n",
            Merged(f"một\n2\n{comment('II')}\n3\nbốn\n", taken=1, conflicts=1),
        ),
        # Rows put in at one place.
        (
            "một\nmới\nhai\nba\nbốn\n",
            "một\nnữa\n \nhai\nba\nbốn\n",
            Merged(f"một\nmới\n{comment('nữa')}\nhai\nba\nbốn\n", conflicts=1),
        ),
        # One took a row out, the other changed it.
        ("một\nba\nbốn\n", "một\n2\nba\nbốn\n", Merged(f"một\n{comment('2')}\nba\nbốn\n", 0, 1)),
        (
            "một\n2\nba\nbốn\n",
            "một\nba\nbốn\n",
            Merged(f"một\n2\n{comment('bỏ bớt hoặc đổi thứ tự các dòng trên')}\nba\nbốn\n", 0, 1),
        ),
        # What is kept of theirs already is not wrapped again.
        (
            "một\n2\nba\nbốn\n",
            f"một\n{comment('II')}\nba\nbốn\n",
            Merged(f"một\n2\n{comment('II')}\nba\nbốn\n", 0, 1),
        ),
        # A comment of theirs, or half of one, breaks out of nothing.
        (
            "một\n2\nba\nbốn\n",
            "một\n<!-- a --> b -->\nba\nbốn\n",
            Merged(f"một\n2\n{comment('‹!-- a --› b --›')}\nba\nbốn\n", 0, 1),
        ),
    ],
)
def test_what_becomes_of_two_edits(mine: str, theirs: str, merged: Merged) -> None:
    assert merge(BASE, mine, theirs) == merged


@pytest.mark.parametrize(
    ("merged", "told"),
    [
        (Merged(""), ""),
        (Merged("", 2), "đã gộp 2 chỗ vừa được sửa ở nơi khác"),
        (
            Merged("", 1, 1),
            "đã gộp 1 chỗ vừa được sửa ở nơi khác; "
            "1 chỗ hai nơi cùng sửa: bản kia nằm trong dòng ghi chú ngay dưới",
        ),
    ],
)
def test_a_merge_tells_what_it_did(merged: Merged, told: str) -> None:
    assert (str(merged), bool(merged)) == (told, bool(told))


ROW = st.sampled_from(["a", "b", "c", "", " ", "-->", "<!--", "<!-- a -->", "[x]", comment("d")])
TEXT = st.lists(ROW, max_size=7).map("\n".join)


@given(TEXT, TEXT)
def test_who_did_nothing_takes_all_of_the_other_s(base: str, other: str) -> None:
    assert merge(base, base, other).text == other
    assert merge(base, other, base) == Merged(other)
    assert merge(base, other, other) == Merged(other)


@given(TEXT, TEXT, TEXT)
def test_no_row_of_either_is_lost(base: str, mine: str, theirs: str) -> None:
    rows = set(merge(base, mine, theirs).text.split("\n"))
    was = set(base.split("\n"))
    for row in set(mine.split("\n")) - was:
        assert row in rows
    for row in set(theirs.split("\n")) - was:
        if row.strip():
            assert row in rows or comment(script_merge._safe(row)) in rows


@given(TEXT, TEXT, TEXT)
def test_what_is_kept_of_theirs_is_a_comment_nobody_speaks(
    base: str, mine: str, theirs: str
) -> None:
    merged = merge(base, mine, theirs)
    known = {*base.split("\n"), *mine.split("\n"), *theirs.split("\n")}
    for line in parse_body(merged.text):
        if line.raw.rstrip("\n") not in known:
            assert is_other_version(line)
    if not merged.conflicts:
        assert set(merged.text.split("\n")) <= known


@given(st.lists(ROW, min_size=1, max_size=6, unique=True), st.data())
def test_changes_of_different_rows_never_meet(rows: list[str], data: st.DataObject) -> None:
    mine, theirs, both = list(rows), list(rows), list(rows)
    for at in range(len(rows)):
        who = data.draw(st.sampled_from(["mine", "theirs", "nobody"]))
        if who != "nobody":
            (mine if who == "mine" else theirs)[at] = both[at] = f"{who} {at}"
    merged = merge("\n".join(rows), "\n".join(mine), "\n".join(theirs))
    assert (merged.text, merged.conflicts) == ("\n".join(both), 0)


def test_ten_thousand_rows_that_are_alike_are_compared_where_they_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[int] = []
    real = script_merge._Middle.merge

    def counted(self: script_merge._Middle, *texts: list[str]) -> None:
        seen.extend(len(rows) for rows in texts)
        real(self, *texts)

    monkeypatch.setattr(script_merge._Middle, "merge", counted)
    base = "\n".join(["NỮ: x"] * 10_000)
    mine = base.replace("x", "y", 1)
    theirs = base[:-1] + "z"
    assert merge(base, mine, theirs).text == mine[:-1] + "z"
    assert merge(base, mine, base.replace("x", "z", 1)).conflicts == 1
    assert seen == [10_000] * 3 + [1] * 3
