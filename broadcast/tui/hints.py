"""What to do next, in keys: for the line below the grid, and for errors that name commands."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from broadcast.tui.keyboard import current

if TYPE_CHECKING:
    from broadcast.workflow.weeks import WeekView

_COMMANDS = {
    r"broadcast week check \S+ --each": "script.pair",
    r"broadcast plan import TỆP": "week.import_plan",
    r"broadcast week fill \S+": "week.fill",
    r"broadcast slot change": "week.scope",
    r"broadcast script assemble(?: --week \S+)?": "week.assemble",
    r'broadcast script approve \S+ --by (?:"[^"]*"|TÊN)(?: --despite "LÝ DO")?': "week.approve",
    r"broadcast render \S+": "week.render",
    r"broadcast export \S+ --to \S+": "week.export",
    r"broadcast init \S+": "start.create",
    r'broadcast script pair \S+ --language "[^"]*"'
    r"(?: --file TỆP --by TÊN| --approve --by TÊN)?": "script.pair",
    r"broadcast station set calendar\.caldav \S+": "app.station",
    r'broadcast station set voices\.online "[^"]*"(?: \(hoặc [^)]*\))?': "app.station",
    r"broadcast log day NGÀY": "log.as_planned",
    r"broadcast log correct \S+": "log.open",
    r'broadcast lexicon add \S+ "cách đọc"': "script.teach",
}
"""Commands that errors of the workflow name, and the actions that do the same here."""


_OPTION = re.compile(r" \(--[a-z]+\)")
"""An option of a command, which a screen has as a field or a list of its own."""


def in_keys(text: str) -> str:
    """A text that names commands, with the keys that do the same.

    Of keys that other screens have for something else it says where they are meant.
    """
    for pattern, action_id in _COMMANDS.items():
        where = "trong kịch bản, " if action_id.startswith("script.") else ""
        text = re.sub(pattern, f"{where}nhấn {key_of(action_id)}", text)
    return _OPTION.sub("", text)


def key_of(action_id: str) -> str:
    """The first key of an action, for reading, as the station has it."""
    return current().key_of(action_id)


def next_step(view: WeekView, plans: int) -> str:
    """The one thing to do next with this week."""
    airings = view.week.airings
    states = Counter(view.stands(airing) for airing in airings)
    if not airings and not plans:
        return f"Việc đầu tiên: {key_of('week.import_plan')} nhập kế hoạch của xã"
    if not airings:
        fill, add = key_of("week.fill"), key_of("week.add")
        return f"Tuần này còn trống: {fill} xếp lịch theo kế hoạch, hoặc {add} thêm từng lượt"
    bare = sum(view.stands(a) == "trống" and a.topic is None for a in airings)
    for count, told, action_id in (
        (states["trống"] - bare, "lượt chưa có kịch bản: {key} soạn", "week.assemble"),
        (bare, "lượt chưa có nội dung: {key} xem danh sách", "week.check"),
        (states["nháp"] + states["trả lại"] + states["chờ duyệt"],
         "lượt chưa duyệt: Enter xem, {key} duyệt", "week.approve"),
        (states["đã duyệt"], "lượt chưa có MP3: {key} đọc", "week.render"),
    ):  # fmt: skip
        if count:
            return f"Tiếp theo: {count} {told.format(key=key_of(action_id))}"
    if not states["đã có audio"]:
        return "Cả tuần đã ghi nhật ký phát thanh"
    return f"Cả tuần đã có MP3: {key_of('week.export')} xuất ra thư mục hoặc USB"
