"""A script is looked at before it is made: what of, why, how long; changed till it is right."""

from __future__ import annotations

from pathlib import Path

from broadcast.tui.dialogs.ask import ChooseDialog, LongAskDialog
from broadcast.tui.dialogs.message import ErrorDialog

from .test_tui_proof import listed, take
from .test_tui_script import listing, looking_is_asked_for, said, screen, text
from .tui_pilot import Driver, driven

__all__ = ["looking_is_asked_for"]


def scripts(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "scripts").glob("*.md"))


def told(ui: Driver) -> str:
    """What the preview says."""
    dialog = ui.app.screen
    assert isinstance(dialog, LongAskDialog)
    return dialog.text.plain


async def previewing(ui: Driver) -> None:
    await ui.press("f5")
    await ui.type("nop ho so")
    await ui.press("enter")


@driven
async def test_the_preview_tells_what_and_why_and_writes_nothing(sample: Path) -> None:
    before = scripts(sample)
    async with listing(sample) as ui:
        await previewing(ui)
        assert "Dài khoảng" in told(ui)
        assert "1. " in told(ui)
        assert "vì có các từ «" in told(ui)
        assert "Soạn kịch bản này" in ui.text()
        assert "Esc thôi" in ui.text()
        assert scripts(sample) == before
        await ui.press("escape")
        assert screen(ui).session is None
    assert scripts(sample) == before


@driven
async def test_an_item_is_told_in_the_plan_s_own_words_instead(sample: Path) -> None:
    async with listing(sample) as ui:
        await previewing(ui)
        await take(ui, "Đổi lời")
        await take(ui, "Câu chữ của kế hoạch")
        assert "theo ý người soạn" in told(ui)
        await take(ui, "Đổi lời")
        await take(ui, "Để chương trình chọn lại")
        assert "vì có các từ «" in told(ui)
        await take(ui, "Đổi lời")
        assert isinstance(ui.app.screen, ChooseDialog)
        await take(ui, "Câu chữ của kế hoạch")
        await take(ui, "Soạn kịch bản này")
        assert said(ui).startswith("Đã soạn")
        session = screen(ui).session
        assert session is not None
        assert session.script.pieces == ()
        assert "cần biên tập" in text(ui)


@driven
async def test_leaving_a_question_leads_back_to_the_preview(sample: Path) -> None:
    async with listing(sample) as ui:
        await previewing(ui)
        first = told(ui)
        for way in ("Đổi lời", "Thêm nội dung", "Thêm tin của xã", "Đặt số phút"):
            await take(ui, way)
            await ui.press("escape")
            assert told(ui) == first


@driven
async def test_items_are_added_and_dropped_until_it_fits(sample: Path) -> None:
    async with listing(sample) as ui:
        await previewing(ui)
        await take(ui, "Thêm thông báo")
        await ui.type("Chiều thứ Sáu cắt điện toàn xã.")
        await ui.press("enter")
        assert "2. Chiều thứ Sáu cắt điện" in told(ui)
        await take(ui, "Thêm tin thời tiết")
        await ui.type("Trời nắng to.")
        await ui.press("enter")
        await take(ui, "Bỏ mục «Trời nắng")
        assert "Trời nắng" not in told(ui)
        await take(ui, "Đặt số phút")
        await ui.type("1")
        await ui.press("enter")
        assert "trong 1 phút" in told(ui)
        assert "! chương trình dài" in told(ui)
        await take(ui, "Soạn kịch bản này")
        assert "cắt điện toàn xã" in text(ui)


@driven
async def test_minutes_that_are_none_are_refused_at_their_field(sample: Path) -> None:
    async with listing(sample) as ui:
        await previewing(ui)
        await take(ui, "Đặt số phút")
        await ui.type("không")
        await ui.press("enter")
        assert "Ghi số phút từ 1 đến 240" in ui.text()


@driven
async def test_what_cannot_be_read_is_told_and_the_preview_comes_back(sample: Path) -> None:
    async with listing(sample) as ui:
        await previewing(ui)
        first = told(ui)
        await take(ui, "Thêm tin của xã")
        await ui.type("...")
        await ui.press("enter")
        assert isinstance(ui.app.screen, ErrorDialog)
        assert ui.app.screen.error.happened == "tin không có chữ nào"
        await ui.press("escape")
        assert told(ui) == first


@driven
async def test_a_second_topic_makes_a_bulletin(sample: Path) -> None:
    async with listing(sample) as ui:
        await previewing(ui)
        await take(ui, "Thêm nội dung của kế hoạch")
        assert len(listed(ui)) > 1
        await ui.press("enter")
        assert "2. " in told(ui)
