"""Handing out and checking tell what they are at, and stop when asked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from broadcast.domain.week import VIETNAM, WeekId
from broadcast.store.workspace import Workspace
from broadcast.workflow.progress import CancelledError, Progress, Step, part_of, seconds_left
from broadcast.workflow.share import export_week
from broadcast.workflow.verify import verify_paths

from .helpers import tree

W48 = WeekId(2026, 48)
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=VIETNAM)


def stopping_after(count: int) -> Progress:
    """Progress that is asked to stop once `count` steps were told."""
    stop = Event()

    def tell(step: Step) -> None:
        if step.done >= count:
            stop.set()

    return Progress(tell, stop)


def test_an_export_tells_every_file_it_writes(rendered: Path) -> None:
    steps: list[Step] = []
    target = rendered.parent / "usb"

    done = export_week(Workspace(rendered), W48, target, now=NOW, progress=Progress(steps.append))

    total = len(done.files.written)
    assert sorted({(s.done, s.total) for s in steps}) == [(n, total) for n in range(total + 1)]
    assert list(dict.fromkeys(s.label for s in steps)) == list(done.files.written)
    assert (steps[-1].written, steps[-1].share) == (steps[-1].size, 1.0)


def test_a_stopped_export_leaves_the_folder_as_it_was(rendered: Path) -> None:
    target = rendered.parent / "usb"
    target.mkdir()
    (target / "của tôi.txt").write_text("giữ", encoding="utf-8")
    before = tree(target)

    with pytest.raises(CancelledError):
        export_week(Workspace(rendered), W48, target, now=NOW, progress=stopping_after(2))

    assert tree(target) == before


def test_a_check_of_files_can_be_stopped(rendered: Path) -> None:
    with pytest.raises(CancelledError):
        verify_paths([rendered / "out/audio"], progress=stopping_after(1))


@pytest.mark.parametrize(
    ("spent", "share", "left"),
    [(0.5, 0.5, None), (10.0, 0.0, None), (10.0, 0.25, 30.0), (10.0, 1.0, 0.0)],
)
def test_the_time_left_is_told_once_it_can_be_known(
    spent: float, share: float, left: float | None
) -> None:
    assert seconds_left(spent, share) == left


def test_the_shares_of_a_part_lie_within_the_whole() -> None:
    told: list[float] = []
    second = part_of(part_of(told.append, 0.5, 1.0), 0.0, 0.5)
    for share in (0.0, 0.5, 1.0):
        second(share)

    assert told == [0.5, 0.625, 0.75]
