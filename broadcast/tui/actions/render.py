"""What the audio screen (Sản xuất) can do."""

from __future__ import annotations

from broadcast.tui.actions.model import Action

HELP = (
    "Những kịch bản mà tuần này phát, theo thứ tự phát: cái nào đã có tệp MP3 (●), cái nào cần đọc "
    "(○) và vì sao, cái nào phải sửa trước (!). F5 đọc tất cả những cái cần đọc, hoặc chỉ những "
    "cái đã chọn bằng phím cách. Trong lúc đọc có thể sang màn hình khác làm việc; Esc để dừng, "
    "những tệp đã xong được giữ lại. Kịch bản chưa duyệt chỉ ra bản NHÁP để nghe thử, không xuất "
    "được."
)

ACTIONS: tuple[Action, ...] = (
    Action("render.script", "script", "Mở kịch bản của mục đang chọn",
           "Sang màn hình Kịch bản, tới dòng đầu tiên cần sửa.", ("f4",), "render", "Kịch bản"),
    Action("render.start", "start", "Bắt đầu đọc",
           "Đọc mọi kịch bản cần đọc; nếu đã chọn bằng phím cách thì chỉ đọc những cái đã chọn.",
           ("f5",), "render", "Đọc"),
    Action("render.findings", "findings", "Xem những chỗ phải sửa",
           "Điểm cần xem của kịch bản đang chọn; Enter mở kịch bản ở dòng ấy.",
           ("f6",), "render", "Kiểm"),
    Action("render.listen", "listen", "Nghe tệp MP3",
           "Phát qua loa của máy này; máy không có loa thì lưu thành tệp.",
           ("f9",), "render", "Nghe"),
    Action("render.record", "record", "Tự đọc, thu tiếng từng câu",
           "Thu giọng mình cho kịch bản đang chọn; câu đã giữ thay cho máy.",
           ("ctrl+e",), "render"),
    Action("render.open", "open", "Nghe, hoặc xem chỗ phải sửa",
           "Có tệp MP3 thì nghe; phải sửa trước thì xem chỗ phải sửa.", ("enter",), "render"),
    Action("render.select", "select", "Chọn hoặc bỏ chọn kịch bản",
           "Các kịch bản đã chọn có dấu ✓; F5 sẽ chỉ đọc những cái ấy.", ("space",), "render"),
    Action("render.errors", "errors", "Xem lại lỗi của lần đọc vừa rồi",
           "Những kịch bản chưa đọc được, vì sao, và cách xử lý.", ("ctrl+l",), "render"),
    Action("render.previous", "previous", "Tuần trước", "Về tuần trước.",
           ("pageup", "ctrl+left"), "render"),
    Action("render.next", "next", "Tuần sau", "Sang tuần sau.",
           ("pagedown", "ctrl+right"), "render"),
    Action("render.today", "today", "Về tuần này", "Về tuần có ngày hôm nay.",
           ("ctrl+home",), "render"),
    Action("render.reload", "reload", "Đọc lại tệp từ đĩa",
           "Xem lại kịch bản và tệp MP3 trên đĩa.", ("ctrl+r",), "render"),
    Action("render.leave", "leave", "Dừng đọc; không đọc gì thì về Tuần",
           "Hỏi lại trước khi dừng; những tệp đã xong được giữ lại.", ("escape",), "render"),
)  # fmt: skip
"""In the order of the help."""
