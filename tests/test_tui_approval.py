"""The form of whoever approves: the signed paper, and a reason where something does not hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadcast.domain.script import Paper
from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.approval import Approving, approval_form
from broadcast.tui.dialogs.ask import FormDialog

from .helpers import airings
from .tui_pilot import driven, opened

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "day", "despite", "wrong"),
    [
        ("", "", "vẫn đúng", set()),
        ("12/TB-UBND", "20/11/2026", "vẫn đúng", set()),
        ("12/TB-UBND", "20-11-2026", "vẫn đúng", set()),
        ("12/TB-UBND", "", "vẫn đúng", {"day"}),
        ("12/TB-UBND", "tháng 11", "vẫn đúng", {"day"}),
        ("12/TB-UBND", "24/11/2026", "vẫn đúng", {"day"}),
        ("mười hai", "20/11/2026", "vẫn đúng", {"number"}),
        ("", "20/11/2026", "vẫn đúng", {"number"}),
        ("", "", "", {"despite"}),
    ],
)
def test_what_is_filled_in_is_looked_at_before_it_goes(
    number: str, day: str, despite: str, wrong: set[str]
) -> None:
    form = approval_form("", "", "", TODAY, stale=True)  # type: ignore[arg-type]
    values = {"by": "Lan", "number": number, "day": day, "despite": despite}
    assert set(form.check(values)) == wrong
    if not wrong:
        paper = Paper("12/TB-UBND", date(2026, 11, 20)) if number else None
        assert Approving.of(values) == Approving("Lan", paper, "vẫn đúng")


def test_a_reason_is_asked_for_only_where_something_does_not_hold() -> None:
    for stale, keys in ((False, ["by"]), (True, ["by", "despite"])):
        form = approval_form("", "", "", TODAY, stale=stale)  # type: ignore[arg-type]
        assert [blank.key for blank in form.blanks if not blank.optional] == keys


@driven
async def test_a_week_is_approved_on_a_paper(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f7", "space", "f8")
        assert isinstance(ui.app.screen, FormDialog)
        await ui.type("Lan")
        await ui.press("tab")
        await ui.type("12/TB-UBND")
        await ui.press("tab")
        await ui.type("20/11/2026")
        await ui.press("enter")
    script = Workspace(sample).load_script(airings(sample)[0]["script"])
    assert script.approval is not None
    assert script.approval.paper == Paper("12/TB-UBND", date(2026, 11, 20))


@driven
async def test_what_does_not_hold_is_approved_by_keys_for_a_reason(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f7")
        workspace = Workspace(sample)
        scripts = [workspace.load_script(one["script"]) for one in airings(sample)]
        script = next(one for one in scripts if one.pieces)
        piece = script.pieces[0]
        text = workspace.piece_path(piece).read_text("utf-8")
        own = workspace.pieces_folder / f"{piece}.md"
        own.parent.mkdir(exist_ok=True)
        review = text.partition("\nreview: ")[2].partition("\n")[0]
        own.write_text(text.replace(f"review: {review}", "review: 2026-11-01"), "utf-8")
        ui.week.watch_files()
        await ui.settle()
        await ui.press("f8")
        await ui.type("Lan")
        await ui.press("enter")
        await ui.type("Đã đối chiếu")
        await ui.press("enter")
    approval = workspace.load_script(script.id).approval
    assert approval is not None
    assert [(one.rule, one.by, one.reason) for one in approval.despite] == [
        ("review-due", "Lan", "Đã đối chiếu")
    ]
