"""What the week screen (Tuần) can do."""

from __future__ import annotations

from broadcast.tui.actions.model import Action

ACTIONS: tuple[Action, ...] = (
    Action("week.add", "add", "Thêm lượt phát vào ô đang chọn",
           "Chọn một nội dung của kế hoạch (nội dung ít phát nhất đứng đầu) hoặc một kịch bản.",
           ("f2", "insert", "a"), "week", "Thêm"),
    Action("week.move", "move", "Dời lượt phát",
           "Đánh dấu lượt phát, đi tới ô mới bằng phím mũi tên rồi nhấn Enter; Esc để thôi.",
           ("f4", "m"), "week"),
    Action("week.fill", "fill", "Xếp nội dung vào các khung giờ trống",
           "Xếp cả tuần; nếu đã chọn ô bằng phím cách thì chỉ xếp các ô đã chọn.",
           ("f5",), "week", "Xếp"),
    Action("week.fill_span", "fill_span", "Xếp lịch cả tháng, cả quý, cả năm",
           "Cho xem trước mỗi nội dung được phát mấy lần, vướng ở đâu; đồng ý mới ghi. Dừng được "
           "giữa chừng; Ctrl+Z lấy lại cả trong một bước.", ("ctrl+end",), "week"),
    Action("week.check", "check", "Kiểm tra tuần",
           "Liệt kê mọi điểm cần xem, theo quy định nào, và việc sắp đến hạn. Trong danh sách có "
           "phím làm theo gợi ý; Enter đưa tới ô có điểm ấy.", ("f6",), "week", "Kiểm"),
    Action("week.assemble", "assemble", "Soạn kịch bản cho cả tuần",
           "Soạn kịch bản cho những lượt phát đã có nội dung mà chưa có kịch bản.",
           ("f7",), "week", "Soạn"),
    Action("week.preview", "preview", "Xem bài lấy cho từng lượt phát, vì sao",
           "Trước khi soạn: xem trước, chưa ghi gì. Sau khi soạn: bài nào được lấy, bỏ bài nào.",
           ("ctrl+u",), "week"),
    Action("week.approve", "approve", "Duyệt kịch bản của tuần",
           "Ghi họ tên người duyệt, xem lại danh sách rồi xác nhận.", ("f8",), "week", "Duyệt"),
    Action("week.render", "render", "Đọc kịch bản thành tệp MP3",
           "Sang màn hình Sản xuất và đọc mọi kịch bản cần đọc; dừng được giữa chừng.",
           ("f9",), "week", "Đọc"),
    Action("week.export", "export", "Xuất tuần phát ra thư mục hoặc USB",
           "Ghi tệp âm thanh theo ngày, lịch, danh sách phát và phiếu trực máy.",
           ("ctrl+e",), "week", "Xuất"),
    Action("week.print", "print", "In ra văn bản để trình ký",
           "Lịch phát và mọi kịch bản của tuần trong một tệp .docx theo mẫu văn bản hành chính.",
           ("ctrl+w",), "week"),
    Action("week.open", "open", "Mở lượt phát đang chọn",
           "Mở kịch bản của lượt phát để đọc, sửa, nghe; chưa có kịch bản thì xem lượt phát.",
           ("enter",), "week"),
    Action("week.next_in_cell", "next_in_cell", "Lượt kế tiếp trong cùng một ô",
           "Khi một ô có nhiều lượt phát cho các cụm loa khác nhau.", ("ctrl+n", "n"), "week"),
    Action("week.select", "select", "Chọn hoặc bỏ chọn ô",
           "Các ô đã chọn có dấu ▪; F5 sẽ chỉ xếp vào các ô ấy.", ("space",), "week"),
    Action("week.copy", "copy", "Chép lượt phát", "Ghi nhớ lượt phát để dán vào ô khác.",
           ("ctrl+c", "c"), "week"),
    Action("week.paste", "paste", "Dán lượt phát", "Dán lượt phát đã chép vào ô đang chọn.",
           ("ctrl+v", "v"), "week"),
    Action("week.swap", "swap", "Đổi chỗ hai lượt phát",
           "Đánh dấu lượt thứ nhất, đi tới lượt thứ hai rồi nhấn Enter; Esc để thôi.",
           ("ctrl+t", "t"), "week"),
    Action("week.delete", "delete", "Bỏ lượt phát",
           "Bỏ lượt phát khỏi tuần; kịch bản vẫn còn, Ctrl+Z để lấy lại.",
           ("delete", "ctrl+d", "x"), "week"),
    Action("week.scope", "scope", "Đổi khung giờ: chỉ lần này, từ lần này về sau, tất cả",
           "Đổi hay bỏ khung giờ, chuyên mục, các lượt cùng nội dung. Cho xem từng ngày bị đổi, "
           "lượt nào giữ nguyên vì đã sửa tay hay đã phát; chọn cách nào thì làm cách ấy.",
           ("ctrl+s",), "week"),
    Action("week.undo", "undo", "Hoàn tác", "Lấy lại như trước việc vừa làm.",
           ("ctrl+z", "u"), "week"),
    Action("week.redo", "redo", "Làm lại", "Làm lại việc vừa hoàn tác.", ("ctrl+y",), "week"),
    Action("week.copy_last", "copy_last", "Chép lịch tuần trước",
           "Chép các lượt phát của tuần trước sang tuần này.", ("ctrl+l",), "week"),
    Action("week.previous", "previous", "Tuần trước", "Về tuần trước.",
           ("pageup", "ctrl+left"), "week"),
    Action("week.next", "next", "Tuần sau", "Sang tuần sau.", ("pagedown", "ctrl+right"), "week"),
    Action("week.today", "today", "Về tuần này", "Về tuần có ngày hôm nay.",
           ("ctrl+home",), "week"),
    Action("week.go_to", "go_to", "Đến tuần có ngày…", "Gõ ngày như 23/11/2026.",
           ("ctrl+g",), "week"),
    Action("week.month", "month", "Xem cả tháng",
           "Mỗi ngày có mấy lượt phát, tới đâu; Enter mở tuần có ngày ấy.", ("ctrl+o",), "week"),
    Action("week.quarter", "quarter", "Xem cả quý: tuần nào nghe nội dung nào",
           "Tuần ngang, nội dung dọc, ô càng đậm càng nhiều lượt; Enter mở tuần ấy.",
           ("ctrl+a",), "week"),
    Action("week.reload", "reload", "Đọc lại tệp từ đĩa",
           "Lấy những gì cửa sổ khác hay trình soạn thảo khác vừa ghi.", ("ctrl+r",), "week"),
    Action("week.import_plan", "import_plan", "Nhập kế hoạch",
           "Chọn tệp kế hoạch (.docx, .doc, .pdf, .txt, .md) để lấy nội dung, chỉ tiêu.",
           ("ctrl+k",), "week"),
)  # fmt: skip
"""In the order of the help."""

HELP = (
    "Lịch phát của một tuần: mỗi cột một ngày, mỗi hàng một khung giờ. Trong ô là tên chương "
    "trình, thanh độ dài so với khung giờ, và trạng thái. Dưới mỗi ngày là ngày âm, ngày lễ; ô mờ "
    "ghi vì sao không xếp được: tiếp âm đài khác, đài nghỉ, khung giờ chưa có, đã hết hay bỏ lần "
    "ấy. Việc sắp đến hạn có trên dòng đầu và trong danh sách F6. Đi lại bằng phím mũi tên, Enter "
    "để xem lượt phát. Một tuần xong khi mọi ô đều có dấu ●, phát rồi và ghi nhật ký thì thành ✓. "
    "Thứ tự công việc: Ctrl+K nhập kế hoạch, F5 xếp lịch, F7 soạn kịch bản, F8 duyệt, "
    "F9 đọc thành MP3, Ctrl+E xuất."
)
"""What the screen is, at the head of its help."""
