"""What the script screen (Kịch bản) can do."""

from __future__ import annotations

from broadcast.tui.actions.model import Action

ACTIONS: tuple[Action, ...] = (
    Action("script.new", "new", "Viết kịch bản mới",
           "Ghi tên chương trình rồi viết lời từ đầu.", ("f2",), "script", "Mới"),
    Action("script.listen_line", "listen_line", "Nghe dòng đang đứng",
           "Nghe dòng có con trỏ, hoặc các dòng đang chọn, cả khi chưa lưu.",
           ("f4",), "script", "Dòng"),
    Action("script.assemble", "assemble", "Soạn kịch bản từ một nội dung của kế hoạch",
           "Chọn nội dung (nội dung ít phát nhất đứng đầu), xem trước bài nào và vì sao, đổi bài, "
           "thêm tin, thông báo; đồng ý mới ghi.", ("f5",), "script", "Soạn"),
    Action("script.check", "check", "Xem các chỗ cần sửa trong kịch bản",
           "Liệt kê từng chỗ kèm cách sửa; Enter đưa con trỏ tới dòng ấy.",
           ("f6",), "script", "Kiểm"),
    Action("script.submit", "submit", "Trình duyệt",
           "Lưu rồi gửi cho người duyệt, ghi tên người trình.", ("f7",), "script", "Trình"),
    Action("script.approve", "approve", "Duyệt kịch bản này",
           "Xem lại độ dài và những chỗ cần xem, ghi họ tên người duyệt rồi xác nhận.",
           ("f8",), "script", "Duyệt"),
    Action("script.listen", "listen", "Nghe cả kịch bản",
           "Đọc thành tiếng như sẽ phát, cả khi chưa lưu; máy không có loa thì lưu thành tệp.",
           ("f9",), "script", "Nghe"),
    Action("script.open", "open", "Mở kịch bản đang chọn", "Mở để đọc và sửa lời.",
           ("enter",), "script"),
    Action("script.save", "save", "Lưu kịch bản",
           "Rời kịch bản thì cũng tự lưu; chữ đang gõ luôn được giữ, mất điện không mất chữ.",
           ("ctrl+s",), "script"),
    Action("script.next_finding", "next_finding", "Tới chỗ cần sửa kế tiếp",
           "Đưa con trỏ tới chỗ cần sửa tiếp theo, hết thì quay về chỗ đầu.",
           ("ctrl+down",), "script"),
    Action("script.teach", "teach", "Dạy cách đọc chữ viết tắt, tên riêng",
           "Chữ chưa có cách đọc ở dòng này, hoặc chữ bất kỳ: ghi cách đọc, nghe thử, rồi đài nhớ "
           "cho mọi kịch bản.", ("ctrl+g",), "script"),
    Action("script.insert", "insert_piece", "Chèn bài soạn sẵn",
           "Chọn một bài soạn sẵn; lời của bài được chèn tại con trỏ.",
           ("ctrl+l", "insert"), "script"),
    Action("script.fill", "fill_blanks", "Điền các chỗ trống của kịch bản",
           "Mọi chỗ {...} trong một bảng; điều đài đã biết có sẵn, điều mới thì nhớ cho đài nếu "
           "muốn.", ("ctrl+k",), "script"),
    Action("script.rename", "rename", "Đổi tên kịch bản", "Tên này hiện trong lịch phát.",
           ("ctrl+n",), "script"),
    Action("script.send_back", "send_back", "Trả kịch bản lại để sửa",
           "Ghi tên và lý do; người soạn thấy lý do khi mở kịch bản.", ("ctrl+t",), "script"),
    Action("script.print", "print", "In ra văn bản để trình ký, hoặc bản lời để dịch",
           "Tệp .docx của kịch bản này; bản lời để dịch có chỗ trống cạnh từng câu.",
           ("ctrl+u",), "script"),
    Action("script.pair", "pair", "Bản ghi âm tiếng khác: ghép, duyệt, bỏ",
           "Từng tiếng mà cụm loa cần đang ở đâu; ghép tệp, ghi ai đọc, duyệt, xem lời để dịch.",
           ("ctrl+d",), "script"),
    Action("script.record", "record", "Tự đọc, thu tiếng từng câu",
           "Câu hiện to giữa màn hình, có thước đo mức âm; nghe lại, thu lại, giữ. Câu đã giữ thay "
           "cho máy ở mọi bài có đúng lời ấy.", ("ctrl+e",), "script"),
    Action("script.changes", "changes", "Xem lời đã đổi gì từ lần duyệt",
           "So với bản đã duyệt: dòng thêm có dấu +, dòng bỏ có dấu −.", ("ctrl+o",), "script"),
    Action("script.search", "search", "Tìm kịch bản, hoặc tìm chữ trong kịch bản",
           "Không cần dấu; trong kịch bản thì tìm tiếp từ con trỏ.", ("ctrl+f",), "script"),
    Action("script.undo", "undo", "Hoàn tác", "Lấy lại chữ như trước khi sửa.",
           ("ctrl+z",), "script"),
    Action("script.redo", "redo", "Làm lại", "Làm lại việc vừa hoàn tác.",
           ("ctrl+y",), "script"),
    Action("script.reload", "reload", "Đọc lại tệp từ đĩa",
           "Gộp những gì cửa sổ khác vừa ghi vào chữ đang sửa.", ("ctrl+r",), "script"),
)  # fmt: skip
"""In the order of the help."""

HELP = (
    "Danh sách kịch bản: gõ để tìm (không cần dấu), ↑ ↓ chọn, Enter mở. Trong kịch bản, mỗi dòng "
    "là một lời đọc: NỮ: hoặc NAM: ở đầu dòng là giọng đọc; [nhạc hiệu], [nhạc kết], [nghỉ 1.5s], "
    "[ghi âm recordings/tệp.wav], [nhạc nền] ... [hết nhạc nền] là hiệu lệnh; dòng <!-- ... --> là "
    "ghi chú, không đọc. Số dòng có dấu ! là có chỗ cần xem. Bên cạnh (hoặc bên dưới) là lời máy "
    "sẽ đọc, chỗ gạch chân là chữ đã đổi để đọc cho đúng. Chữ đang gõ luôn được giữ; Esc lưu rồi "
    "quay ra. Tab sang phần lời đọc để cuộn xem."
)
"""What the screen is, at the head of its help."""
