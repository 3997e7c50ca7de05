"""A file that cannot be read keeps no other from being listed, and is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from .helpers import PLAN, WEEK, done, edit, run


@pytest.mark.parametrize(
    ("kind", "broken", "whole"),
    [
        ("plan", "schedules/plans/hong.yaml", PLAN),
        ("week", "schedules/2026-W47.yaml", WEEK),
        ("script", "scripts/hong.md", "tin"),
    ],
)
def test_a_broken_file_keeps_no_other_from_being_listed(
    kind: str, broken: str, whole: str, sample: Path
) -> None:
    done("script", "new", "Tin", "--id", "tin", cwd=sample)
    (sample / broken).write_text("- không phải\n", encoding="utf-8")

    result = run(kind, "list", cwd=sample)

    assert (result.status, whole in result.out, broken in result.err) == (1, True, True)


def test_a_list_of_nothing_but_broken_files_does_not_say_there_is_nothing(sample: Path) -> None:
    edit(sample / f"schedules/{WEEK}.yaml", "airings:", "airing:")

    result = run("week", "list", cwd=sample)

    assert (result.status, result.out, "Chưa có tuần nào" in result.err) == (1, "", False)
