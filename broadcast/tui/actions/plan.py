"""What the plan screen (Kế hoạch) can do."""

from __future__ import annotations

from broadcast.tui.actions.model import Action

ACTIONS: tuple[Action, ...] = (
    Action("plan.import", "import_plan", "Nhập kế hoạch, hoặc nhập lại bản mới",
           "Chọn tệp kế hoạch (.docx, .pdf, .txt, .md). Nhập lại thì xem trước những chỗ sẽ "
           "đổi; chỗ đã sửa tay vẫn giữ.", ("f2", "ctrl+k", "insert"), "plan", "Nhập"),
    Action("plan.edit", "edit", "Sửa chữ của mục đang chọn",
           "Sửa lỗi đánh máy của văn bản; tuần và kịch bản đã có không đổi.",
           ("f4", "e"), "plan", "Sửa"),
    Action("plan.confirm", "confirm", "Trả lời từng mục đang chờ",
           "Hỏi lần lượt những mục có dấu ?: phát được, không phát, gộp vào mục trước.",
           ("f5",), "plan", "Hỏi"),
    Action("plan.problems", "problems", "Xem những chỗ máy đọc chưa chắc",
           "Liệt kê kèm số dòng của bản gốc; Enter đưa tới mục gần nhất.",
           ("f6",), "plan", "Kiểm"),
    Action("plan.next_waiting", "next_waiting", "Đến mục đang chờ kế tiếp",
           "Những mục có dấu ? chờ cán bộ quyết định có phát hay không.",
           ("f7",), "plan", "Chờ"),
    Action("plan.air", "air", "Đánh dấu phát được",
           "Nội dung này được xếp vào lịch phát. Nếu mục đang chờ thì sang luôn mục chờ kế tiếp.",
           ("f8",), "plan", "Phát"),
    Action("plan.keep_off", "keep_off", "Đánh dấu không phát",
           "Nội dung này không được xếp vào lịch; chữ của nó vẫn còn trong kế hoạch.",
           ("delete", "ctrl+d"), "plan"),
    Action("plan.open", "open", "Việc có thể làm với mục đang chọn",
           "Đọc đủ chữ rồi chọn việc. Ở tên phần: mở ra hoặc gập lại.", ("enter",), "plan",
           "Việc"),
    Action("plan.toggle", "turn", "Đổi giữa phát được và không phát",
           "Mục đang chờ thì thành phát được.", ("space",), "plan"),
    Action("plan.merge", "merge", "Gộp vào mục ngay trước",
           "Chữ được nối lại; lượt phát đã xếp cho mục này chuyển theo mục gộp.",
           ("ctrl+g",), "plan"),
    Action("plan.split", "split", "Tách làm hai mục",
           "Chọn chỗ tách trong danh sách các câu.", ("ctrl+t",), "plan"),
    Action("plan.retype", "retype", "Đổi loại của mục",
           "Nội dung, mục cha, đoạn rời, hình thức, nhiệm vụ hay đoạn văn khác.",
           ("ctrl+l",), "plan"),
    Action("plan.find", "find", "Tìm trong kế hoạch",
           "Gõ vài chữ, không cần dấu; Enter đưa tới mục ấy.", ("ctrl+f",), "plan"),
    Action("plan.least", "least", "Xếp theo số lần phát: ít phát nhất trước",
           "Chỉ những nội dung phát được; nhấn lần nữa để về thứ tự của văn bản.",
           ("ctrl+n",), "plan"),
    Action("plan.quarter", "quarter", "Xem cả quý: tuần nào nghe nội dung nào",
           "Tuần ngang, nội dung dọc, ô càng đậm càng nhiều lượt; Enter mở tuần ấy.",
           ("ctrl+a",), "plan"),
    Action("plan.quotas", "duties", "Chỉ tiêu, thời hạn, báo cáo: đã làm, còn thiếu",
           "Từng đơn vị từng kỳ: phải làm, đã làm, còn thiếu, còn mấy ngày; ghi việc đã làm.",
           ("ctrl+u",), "plan"),
    Action("plan.plans", "plans", "Chọn kế hoạch khác",
           "Danh sách những kế hoạch đã nhập.", ("ctrl+o",), "plan"),
    Action("plan.undo", "undo", "Hoàn tác", "Lấy lại như trước lần sửa vừa rồi.",
           ("ctrl+z", "u"), "plan"),
    Action("plan.redo", "redo", "Làm lại", "Làm lại việc vừa hoàn tác.", ("ctrl+y",), "plan"),
    Action("plan.save", "save", "Lưu", "Mọi chỗ sửa được lưu ngay, không cần nhấn phím này.",
           ("ctrl+s",), "plan"),
    Action("plan.reload", "reload", "Đọc lại tệp từ đĩa",
           "Lấy những gì cửa sổ khác hay trình soạn thảo khác vừa ghi.", ("ctrl+r",), "plan"),
)  # fmt: skip
"""In the order of the help."""

HELP = (
    "Kế hoạch đã nhập, như một dàn ý: từng phần, từng nội dung, có phát hay không, 12 tuần qua "
    "nghe tuần nào (█ giờ cao điểm, ▄ giờ khác, ░ mới xếp), quý này mấy lần. Máy đọc văn bản nên "
    "có chỗ không chắc: những mục có dấu ? chờ cán bộ trả lời (F5 hỏi lần lượt từng mục). Đi lại "
    "bằng ↑ ↓, mở và gập phần bằng → ←, Enter xem việc có thể làm. Mọi chỗ sửa được lưu ngay và "
    "giữ nguyên khi nhập lại văn bản. Ctrl+A xem cả quý, Ctrl+U xem chỉ tiêu, thời hạn, báo cáo. "
    "Xong thì sang màn hình Tuần."
)
"""What the screen is, at the head of its help."""
