"""The form of whoever approves: the signed paper, and a reason where something does not hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadcast.domain.approval import Paper
from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.approval import Approving, approval_form
from broadcast.tui.dialogs.ask import FormDialog

from .helpers import airings, done
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


@pytest.mark.parametrize(
    ("stale", "found", "must", "may"),
    [
        (False, False, ["by"], ["number", "day"]),
        (True, True, ["by", "despite"], ["number", "day"]),
        (False, True, ["by"], ["despite", "number", "day"]),
    ],
)
def test_a_reason_must_be_given_for_what_does_not_hold_and_may_be_for_the_rest(
    stale: bool, found: bool, must: list[str], may: list[str]
) -> None:
    form = approval_form("", "", "", TODAY, stale=stale, found=found)  # type: ignore[arg-type]
    assert [blank.key for blank in form.blanks if not blank.optional] == must
    assert [blank.key for blank in form.blanks if blank.optional] == may
    unsaid = {"by": "Lan", "number": "", "day": "", "despite": ""}
    assert ("despite" in form.check(unsaid)) is stale


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


@driven
async def test_why_a_finding_stays_is_kept_with_the_approval_of_the_week(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f7")
        script = airings(sample)[0]["script"]
        path = Workspace(sample).script_path(script)
        path.write_text(path.read_text("utf-8") + "NAM: Hỏi QWRT nhé.\n", "utf-8")
        ui.week.watch_files()
        await ui.settle()
        await ui.press("space", "f8")
        await ui.type("Lan")
        await ui.press("tab")
        await ui.type("Tên riêng của hợp tác xã")
        await ui.press("enter")
    approval = Workspace(sample).load_script(script).approval
    assert approval is not None
    assert [(one.rule, one.reason) for one in approval.despite] == [
        ("abbreviation", "Tên riêng của hợp tác xã")
    ]


@driven
async def test_the_week_asks_for_a_reason_if_its_script_airs_too_late_in_a_later_week(
    sample: Path,
) -> None:
    async with opened(sample) as ui:
        await ui.press("f7")
        scripts = [Workspace(sample).load_script(one["script"]) for one in airings(sample)]
        told = next(one for one in scripts if one.pieces)
        done("week", "add", "2029-W10", "--day", "2029-03-06", "--start", "05:30",
             "--minutes", "15", "--script", told.id, cwd=sample)  # fmt: skip
        ui.week.watch_files()
        await ui.settle()
        await ui.press("f8")
        form = ui.app.screen
        assert isinstance(form, FormDialog)
        assert [blank.key for blank in form.blanks if not blank.optional] == ["by", "despite"]
