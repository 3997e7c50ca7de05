"""What the station's settings (Đài) can do."""

from __future__ import annotations

from broadcast.tui.actions.model import Action

HELP = (
    "Cài đặt của đài: tên, cụm loa, khung giờ, giọng đọc, quy định, thông tin địa phương, phím và "
    "màu. Đi bằng phím mũi tên, Enter để sửa dòng đang chọn; ô nào ghi sai thì báo ngay tại ô. "
    "Khung giờ đang có tuần dùng thì hỏi: chỉ lần tới, từ lần tới về sau, hay tất cả, và cho xem "
    "những ngày bị đổi. Mỗi thay đổi được ghi vào schedules/station.yaml khi nhấn Ctrl+S hoặc "
    "Enter ở ô cuối; lời ghi chú trong tệp vẫn còn. Những chỗ nên xem lại có dấu ! ở phần bên."
)

ACTIONS: tuple[Action, ...] = (
    Action("station.open", "open", "Sửa dòng đang chọn",
           "Mở ô để sửa; trong ô, Ctrl+S lưu, Esc thôi.", ("enter",), "station", "Sửa"),
    Action("station.add", "add", "Thêm cụm loa, khung giờ hoặc thông tin",
           "Thêm vào mục đang chọn; ở mục khác thì hỏi thêm gì.", ("f2", "insert"),
           "station", "Thêm"),
    Action("station.check", "check", "Những chỗ nên xem lại",
           "Khung giờ trùng nhau, ngoài giờ được phát, cụm loa không có khung giờ, quy định mâu "
           "thuẫn nhau.",
           ("f6",), "station", "Xem lại"),
    Action("station.try_out", "try_out", "Nghe thử các giọng, chọn một giọng",
           "Mọi giọng có trên máy đọc cùng một câu của đài; nghe từng giọng hay lần lượt, Enter "
           "dùng cho đài.", ("f4",), "station", "Giọng"),
    Action("station.listen", "listen", "Nghe thử giọng đọc",
           "Đọc hai câu mẫu bằng giọng nữ, giọng nam của đài.", ("f9",), "station", "Nghe"),
    Action("station.import_calendar", "import_calendar", "Nhập lịch .ics của nơi khác",
           "Giờ tiếp âm của tỉnh thành khung giờ, ngày nghỉ thành ngày riêng. Cho xem trước; "
           "đồng ý mới ghi.", ("f7",), "station"),
    Action("station.delete", "delete", "Bỏ dòng đang chọn",
           "Bỏ cụm loa, khung giờ hoặc thông tin; nếu có tuần đang dùng thì cho xem rồi hỏi lại.",
           ("delete", "ctrl+d"), "station", "Bỏ"),
    Action("station.undo", "undo", "Hoàn tác", "Lấy lại như trước thay đổi vừa rồi.",
           ("ctrl+z",), "station"),
    Action("station.redo", "redo", "Làm lại", "Làm lại việc vừa hoàn tác.", ("ctrl+y",), "station"),
    Action("station.keys", "keys", "Đổi phím",
           "Chọn việc rồi nhấn phím mới; ghi vào mục screen của station.yaml.",
           ("ctrl+k",), "station"),
    Action("station.reload", "reload", "Đọc lại tệp từ đĩa",
           "Lấy những gì cửa sổ khác hay trình soạn thảo khác vừa ghi.", ("ctrl+r",), "station"),
)  # fmt: skip
"""In the order of the help."""
