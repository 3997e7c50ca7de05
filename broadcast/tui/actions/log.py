"""What the log and report screen (Nhật ký) can do."""

from __future__ import annotations

from broadcast.tui.actions.model import Action

HELP = (
    "Nhật ký phát thanh: những gì đã phát so với kế hoạch, từng lượt, từng cụm loa. Mở ra là ngày "
    "gần nhất còn lượt chưa ghi. F5 ghi cả ngày là phát như kế hoạch; lượt nào khác thì chọn dòng "
    "ấy rồi nhấn F6 muộn, F7 bị cắt ngắn, F8 không phát: ở dòng lượt phát là cho mọi cụm loa, ở "
    "dòng cụm loa là cho cụm loa ấy. Ghi nhầm thì Ctrl+Z, hoặc ghi lại: dòng cũ còn trong tệp, "
    "dòng sau được tính. F9 chuyển sang báo cáo của một kỳ và trở lại.\n\n"
    "✓ như kế hoạch   ◐ muộn hoặc bị cắt ngắn   ✗ không phát   ? chưa ghi   · chưa đến giờ; ở dải "
    "tháng: ◐ có sự cố, · không có lượt nào"
)

ACTIONS: tuple[Action, ...] = (
    Action("log.import", "import_log", "Nhập tệp CSV của máy phát",
           "Hoặc phiếu trực máy đã đánh dấu. Xem trước dòng nào khớp lượt nào, dòng nào không; "
           "đồng ý mới ghi.",
           ("f2", "ctrl+k", "insert"), "log"),
    Action("log.planned", "planned", "Dòng này phát như kế hoạch",
           "Ghi, hoặc ghi lại, là đã phát đủ, đúng giờ.", ("f4",), "log"),
    Action("log.as_planned", "as_planned", "Cả ngày phát như kế hoạch",
           "Ghi mọi lượt đã phát xong mà chưa ghi; lượt đã ghi rồi giữ nguyên.",
           ("f5",), "log", "Cả ngày"),
    Action("log.late", "late", "Phát muộn", "Muộn mấy phút, nghe được mấy phút, vì sao.",
           ("f6",), "log", "Muộn"),
    Action("log.cut", "cut", "Bị cắt ngắn", "Nghe được mấy phút, vì sao.", ("f7",), "log", "Cắt"),
    Action("log.missed", "missed", "Không phát",
           "Vì sao: mất điện, bão giông, hỏng thiết bị, khác.", ("f8",), "log", "Không"),
    Action("log.report", "report", "Xem báo cáo; nhấn lần nữa trở lại nhật ký",
           "Quý, 6 tháng, 9 tháng, năm, tháng: phát so với kế hoạch, nội dung, chỉ tiêu, sự cố.",
           ("f9",), "log", "Báo cáo"),
    Action("log.open", "open", "Việc có thể làm với dòng đang chọn",
           "Xem đủ lời ghi rồi chọn việc.", ("enter",), "log"),
    Action("log.take_back", "take_back", "Bỏ lời ghi cuối của lượt này",
           "Lời ghi trước đó lại được tính; chưa có lời nào trước thì lượt thành chưa ghi.",
           ("delete", "ctrl+d"), "log"),
    Action("log.undo", "undo", "Hoàn tác", "Lấy lại như trước việc vừa làm, bằng dòng ghi mới.",
           ("ctrl+z", "u"), "log"),
    Action("log.redo", "redo", "Làm lại", "Làm lại việc vừa hoàn tác.", ("ctrl+y",), "log"),
    Action("log.previous", "previous", "Ngày trước, hoặc kỳ trước",
           "Trong báo cáo thì về kỳ trước cùng độ dài.", ("pageup", "ctrl+left"), "log"),
    Action("log.next", "next", "Ngày sau, hoặc kỳ sau",
           "Trong báo cáo thì sang kỳ sau cùng độ dài.", ("pagedown", "ctrl+right"), "log"),
    Action("log.waiting", "waiting", "Đến ngày gần nhất chưa ghi xong",
           "Không còn ngày nào thì về hôm nay; trong báo cáo thì về quý này.",
           ("ctrl+home",), "log"),
    Action("log.go_to", "go_to", "Đến ngày…, hoặc chọn kỳ báo cáo",
           "Gõ ngày như 23/11/2026; trong báo cáo thì chọn kỳ.", ("ctrl+g", "ctrl+o"), "log"),
    Action("log.save", "save", "Lưu báo cáo thành .docx và .xlsx",
           "Chọn thư mục hoặc USB; dừng được bằng Esc, khi ấy chưa ghi gì.",
           ("ctrl+e", "ctrl+s"), "log", "Lưu"),
    Action("log.writer", "writer", "Ai ghi nhật ký", "Họ tên này đi kèm mọi lời ghi từ đây.",
           ("ctrl+n",), "log"),
    Action("log.problems", "problems", "Kiểm tra cả nhật ký",
           "Dòng hỏng, dòng đứt, dòng ghi đè, lượt chưa ghi; Enter đưa tới ngày ấy.",
           ("ctrl+l",), "log"),
    Action("log.reload", "reload", "Đọc lại tệp từ đĩa",
           "Lấy những gì cửa sổ khác hay lệnh khác vừa ghi.", ("ctrl+r",), "log"),
    Action("log.leave", "leave", "Ra khỏi báo cáo; ở nhật ký thì về Tuần",
           "Nhật ký được ghi ngay, không cần lưu.", ("escape",), "log"),
)  # fmt: skip
"""In the order of the help."""
