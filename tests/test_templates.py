"""The shipped opening and closing: what listeners are told once is not told twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.store.workspace import Workspace
from broadcast.workflow.assemble import names_where_to_ask, piece_lines
from broadcast.workflow.templates import Template

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("NỮ: Cần hỏi thêm, mời bà con đến Trung tâm Phục vụ hành chính công xã.", True),
        ("NAM: Chưa làm được, mời bà con gọi số 0200.300.0118.", True),
        ("NAM: Số điện thoại của trung tâm là 0200.300.0118.", True),
        ("NAM: Tuần này, mời đến Công an xã để hỏi và đăng ký.", True),
        ("NỮ: Mời mỗi nhà kể lại ba điều ấy cho nhau nghe.", False),
        ("NỮ: Nội dung này nói về ba việc của bản.", False),
        ("<!-- mời hỏi công an -->", False),
        ("[nghỉ 1s]", False),
    ],
)
def test_a_body_that_ends_with_a_place_to_ask_is_known(line: str, asked: bool) -> None:
    assert names_where_to_ask(["NỮ: Chào bà con.", line]) == asked


def test_a_place_named_long_before_the_end_is_not_where_to_ask() -> None:
    lines = ["NỮ: Mời bà con đến Trung tâm.", *["NAM: Trời nắng."] * 3]
    assert not names_where_to_ask(lines)


def test_every_ready_piece_of_the_sample_tells_where_to_ask_so_its_closing_does_not() -> None:
    workspace = Workspace(ROOT)
    details = workspace.load_station().details
    bodies = [piece_lines(piece, details)[0] for piece in workspace.load_pieces()]
    assert [names_where_to_ask(lines) for lines in bodies] == [True] * len(bodies)


@pytest.mark.parametrize(("asked", "times"), [(True, 0), (False, 1)])
def test_the_closing_names_the_centre_only_where_the_body_did_not(asked: bool, times: int) -> None:
    workspace = Workspace(ROOT)
    station = workspace.load_station()
    variables = {"station": station, "details": station.details, "title": "", "asked": asked}
    closing = Template(workspace, "closing").render(variables)
    assert closing.count("mời bà con đến") == times
    assert closing.count(station.details["số điện thoại"]) == times
    assert closing.rstrip().endswith("[nhạc hiệu]")
