"""What the export screen (Xuất bản) can do."""

from __future__ import annotations

from broadcast.tui.actions.model import Action

HELP = (
    "Ghi một tuần ra thư mục hoặc USB: mỗi ngày một thư mục MP3, lịch .ics, danh sách phát .m3u8 "
    "và phiếu trực máy .txt. Chọn nơi ghi, loại máy phát, cụm loa, xem sẽ ghi những gì, rồi nhấn "
    "F5. Còn việc gì chưa xong thì danh sách nêu từng việc; Enter đưa tới nơi làm việc ấy. Tệp mà "
    "chương trình này không ghi thì không bao giờ bị ghi đè hay xóa; phiếu đã đánh dấu mà phải "
    "in lại thì được giữ sang tên khác.\n\n"
    "+ tệp mới   ~ ghi lại vì đã đổi   = giữ nguyên   − bỏ đi vì tuần này không còn dùng   "
    "! giữ lại vì có người đã sửa"
)

ACTIONS: tuple[Action, ...] = (
    Action("export.folder", "folder", "Chọn thư mục hoặc ổ USB",
           "Đi qua các thư mục và những ổ đang cắm; cũng gõ được đường dẫn.",
           ("f4", "ctrl+o"), "export", "Nơi"),
    Action("export.write", "write", "Ghi tuần ra nơi đã chọn",
           "Ghi những tệp mới và đã đổi; dừng được giữa chừng bằng Esc, khi ấy thư mục vẫn như "
           "trước.", ("f5",), "export", "Ghi"),
    Action("export.player", "player", "Chọn loại máy phát",
           "USB thường, hay máy tự phát theo giờ (DM-8, AMC, DMA1, Barix): mỗi loại có tên tệp, "
           "bảng giờ và giới hạn riêng. Loại đã chọn được nhớ trong thư mục đã ghi.",
           ("f6",), "export", "Máy"),
    Action("export.sticks", "sticks", "Chỉ các cụm loa dùng USB",
           "Chọn những cụm loa không có mạng, bỏ các cụm khác; nhấn lần nữa để chọn lại tất cả.",
           ("f7",), "export", "USB"),
    Action("export.page", "page", "Làm trang cho bà con xem và nghe",
           "Một thư mục có trang lịch phát, tiếng và lịch để theo dõi; mở được trên điện thoại, "
           "đưa lên trang của xã hay chép ra USB. Có địa chỉ thì hiện được mã QR.",
           ("f8",), "export", "Trang"),
    Action("export.publish", "publish", "Gửi lịch lên máy chủ",
           "Tuần đang xem và tuần sau lên máy chủ lịch (CalDAV) ghi ở Đài: cho xem sẽ tạo, sửa, bỏ "
           "gì, chỗ nào có người đã sửa, đồng ý mới gửi.",
           ("f9",), "export", "Lịch"),
    Action("export.sheet", "sheet", "Xem phiếu trực máy",
           "Tờ phiếu sẽ ghi kèm: giờ phát, chương trình, cụm loa, tên tệp.",
           ("ctrl+t",), "export", "Phiếu"),
    Action("export.previous", "previous", "Tuần trước", "Về tuần trước.",
           ("pageup", "ctrl+left"), "export"),
    Action("export.next", "next", "Tuần sau", "Sang tuần sau.",
           ("pagedown", "ctrl+right"), "export"),
    Action("export.today", "today", "Về tuần này", "Về tuần có ngày hôm nay.",
           ("ctrl+home",), "export"),
    Action("export.reload", "reload", "Xem lại tệp trên đĩa",
           "Xem lại tuần, kịch bản, tệp MP3 và nơi ghi; cũng bỏ thông báo của lần ghi vừa rồi.",
           ("ctrl+r",), "export"),
    Action("export.leave", "leave", "Dừng ghi; không ghi gì thì về Tuần",
           "Dừng thì thư mục vẫn như trước khi ghi.", ("escape",), "export"),
)  # fmt: skip
"""In the order of the help."""
