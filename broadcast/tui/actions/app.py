"""What can be done from every screen."""

from __future__ import annotations

from broadcast.tui.actions.model import ALT_DIGITS, Action


def _go(mode: str, digit: str, name: str) -> Action:
    """The action that leads to a screen; digits alone work where nothing is being typed."""
    label, told = f"Sang màn hình {name}", "Việc đang làm dở ở màn hình này vẫn còn đó."
    keys = ALT_DIGITS[digit], digit
    return Action(f"app.go.{mode}", f"app.go('{mode}')", label, told, keys, "app")


ACTIONS: tuple[Action, ...] = (
    Action("app.help", "app.help", "Trợ giúp màn hình này",
           "Giải thích màn hình đang mở và mọi phím dùng được ở đó.", ("f1",), "app", "Giúp"),
    Action("app.palette", "app.command_palette", "Tìm việc cần làm",
           "Gõ vài chữ, có dấu hay không dấu đều được, rồi nhấn Enter.",
           ("f3", "ctrl+p"), "app", "Tìm"),
    Action("app.screens", "app.screens", "Chuyển sang màn hình khác",
           "Danh sách các màn hình; gõ số hoặc chọn rồi nhấn Enter. Nơi không gõ chữ thì nhấn "
           "thẳng số cũng được.", ("f10",), "app"),
    _go("week", "1", "Tuần"),
    _go("script", "2", "Kịch bản"),
    _go("plan", "3", "Kế hoạch"),
    _go("render", "4", "Sản xuất"),
    _go("export", "5", "Xuất bản"),
    Action("app.station", "app.go('station')", "Cài đặt đài",
           "Tên, cụm loa, khung giờ, giọng đọc, quy định, thông tin địa phương, phím và màu.",
           ("ctrl+b", ALT_DIGITS["6"], "6"), "app"),
    _go("log", "7", "Nhật ký"),
    Action("app.voices", "app.voices", "Nghe thử các giọng đọc",
           "Sang Cài đặt đài, mọi giọng đọc cùng một câu để so và chọn.", ("f11",), "app"),
    Action("app.theme", "app.next_theme", "Đổi màu: tối, sáng, tương phản cao",
           "Đổi lần lượt giữa ba bộ màu.", ("f12",), "app"),
    Action("app.quit", "app.quit", "Thoát",
           "Mọi thay đổi đã được lưu; nếu đang đọc MP3 thì hỏi lại.", ("ctrl+q",), "app", "Thoát"),
)  # fmt: skip
"""In the order of the help."""
