"""A script's blanks are filled in one form, in the editor: one step takes it all back."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.domain.script import blanks
from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.form import Form, Typed
from broadcast.tui.widgets.fields import Field

from .helpers import edit
from .test_tui_script import BODY, ID, editing, looking_is_asked_for, said, saved, text
from .tui_pilot import Driver, driven

__all__ = ["looking_is_asked_for"]

BLANK = (
    "NỮ: Bà con gọi {số điện thoại}, phí là {phí chứng thực}.\n"
    "NAM: Nhà văn hóa ở {nơi họp}. Xin nhắc lại, ở {nơi họp?}, lúc {giờ họp}.\n"
)


@pytest.fixture
def unconfirmed(sample: Path) -> Path:
    """The sample's station, which has not confirmed what an attested copy costs."""
    edit(sample / "schedules/station.yaml", "phí chứng thực:", "phí khác:")
    return sample


def form(ui: Driver) -> dict[str, tuple[str, str]]:
    """By label: what stands in the field, and its example."""
    screen = ui.app.screen
    assert isinstance(screen, Form)
    found = {}
    for one in screen.asked:
        if isinstance(one, Typed):
            field = screen.query_one(f"#field-{one.key}", Field)
            found[one.label] = (field.value, field.placeholder)
    return found


@driven
async def test_every_blank_is_asked_for_once_with_what_is_known_of_it(unconfirmed: Path) -> None:
    async with editing(unconfirmed, BLANK) as ui:
        await ui.press("ctrl+k")
        asked = form(ui)
        assert list(asked) == [
            "số điện thoại", "phí chứng thực", "nơi họp (2 chỗ)", "giờ họp",
        ]  # fmt: skip
        known = Workspace(unconfirmed).load_station().details["số điện thoại"]
        assert asked["số điện thoại"][0] == known
        assert asked["phí chứng thực"][0] == ""
        assert "hai nghìn đồng" in asked["phí chứng thực"][1]
        assert asked["nơi họp (2 chỗ)"][1].startswith("Nhà văn hóa ở")


@driven
async def test_what_is_typed_is_filled_in_and_one_step_takes_it_back(unconfirmed: Path) -> None:
    async with editing(unconfirmed, BLANK) as ui:
        await ui.press("ctrl+k", "down", "down")
        await ui.type("bản Lạn")
        await ui.press("ctrl+s")
        known = Workspace(unconfirmed).load_station().details["số điện thoại"]
        assert text(ui) == (
            f"NỮ: Bà con gọi {known}, phí là {{phí chứng thực}}.\n"
            "NAM: Nhà văn hóa ở bản Lạn. Xin nhắc lại, ở bản Lạn, lúc {giờ họp}.\n"
        )
        assert said(ui).startswith("Đã điền 3 chỗ")
        await ui.press("ctrl+z")
        assert text(ui) == BLANK
        await ui.press("ctrl+y", "ctrl+s")
        assert "bản Lạn, lúc {giờ họp}" in saved(unconfirmed)
    left = [one.name for one in blanks(Workspace(unconfirmed).load_script(ID))]
    assert left == ["phí chứng thực", "giờ họp"]
    assert "nơi họp" not in Workspace(unconfirmed).load_station().details


@driven
async def test_the_station_keeps_a_value_for_the_next_script_if_asked_to(unconfirmed: Path) -> None:
    async with editing(unconfirmed, BLANK) as ui:
        await ui.press("ctrl+k", "down", "down")
        await ui.type("bản Lạn")
        await ui.press("down", "down", "right", "ctrl+s")
        assert said(ui).endswith("đài nhớ cho bài sau")
    assert Workspace(unconfirmed).load_station().details["nơi họp"] == "bản Lạn"


@driven
async def test_a_value_that_is_a_blank_itself_is_refused_at_its_field(unconfirmed: Path) -> None:
    async with editing(unconfirmed, BLANK) as ui:
        await ui.press("ctrl+k", "down")
        await ui.type("{chưa rõ}")
        await ui.press("ctrl+s")
        assert isinstance(ui.app.screen, Form)
        assert "Bỏ dấu { và }" in ui.text()
        assert text(ui) == BLANK


@driven
async def test_where_nothing_is_blank_that_is_said(station: Path) -> None:
    async with editing(station, BODY) as ui:
        await ui.press("ctrl+k")
        assert said(ui) == "Kịch bản không có chỗ trống nào phải điền"


@driven
async def test_many_blanks_fit_the_small_window(station: Path) -> None:
    body = "".join(f"NỮ: Số của bản {n} là {{số {n}}}.\n" for n in range(40))
    async with editing(station, body) as ui:
        await ui.press("ctrl+k")
        await ui.pilot.press(*["down"] * 39)
        await ui.type("mười")
        assert "số 39" in ui.text()
        await ui.press("ctrl+s")
        assert text(ui).endswith("NỮ: Số của bản 39 là mười.\n")
