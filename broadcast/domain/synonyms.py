"""Words that say the same in plans and in ready pieces, for matching one with the other.

Plans abbreviate ("TTHC"), pieces spell out; one office writes "qua mạng", another "trực tuyến".
Only what means the same in every plan stands here: a word too many makes wrong matches.
"""

from __future__ import annotations

SYNONYMS = """
cải cách hành chính: CCHC
thủ tục hành chính: TTHC
dịch vụ công: DVC
dịch vụ công trực tuyến: DVCTT
cổng dịch vụ công quốc gia: cổng DVCQG, DVCQG
trực tuyến: qua mạng, trên mạng, qua internet, trên internet, online, trên môi trường mạng
trung tâm phục vụ hành chính công: TTPVHCC, trung tâm PVHCC, PVHCC, trung tâm hành chính công, TTHCC
bộ phận tiếp nhận trả kết quả: bộ phận TN TKQ, BPTNTKQ, bộ phận TNTKQ
một cửa: BPMC
bưu chính: bưu điện
bưu chính công ích: BCCI
đúng hạn: đúng hẹn
quá hạn: quá hẹn, trễ hạn, trễ hẹn
tra cứu hồ sơ: tra hồ sơ, xem hồ sơ
trả kết quả đúng hạn: trả hồ sơ đúng hạn, trả hồ sơ đúng hẹn, trả kết quả đúng hẹn
phản ánh kiến nghị: PAKN
khiếu nại tố cáo: KNTC
par index: PARINDEX
người dân: nhân dân, bà con
người cao tuổi: người già
điện thoại thông minh: smartphone
tiếp công dân: tiếp dân
nhũng nhiễu: sách nhiễu, hạch sách
căn cước: thẻ căn cước, căn cước công dân, thẻ căn cước công dân, CCCD
mức hai: mức 2, mức độ 2, mức độ hai
hai cấp: 2 cấp
chữ ký số: CKS
mã xác thực: mã OTP, OTP
giả danh: mạo danh, giả mạo, giả làm
lừa đảo: lừa gạt
công nghệ số cộng đồng: CNSCĐ
chuyển đổi số: CĐS
bảo hiểm y tế: BHYT
mai táng phí: chi phí mai táng, tiền mai táng
hộ kinh doanh: HKD
giấy chứng nhận quyền sử dụng đất: GCNQSDĐ, sổ đỏ, sổ hồng
""".strip()
"""A line for each meaning: how it is compared, then what else says it. The longest phrase wins."""

FILLERS = frozenset(["của", "các", "những", "về", "và", "công tác"])
"""Words a plan puts in or leaves out as it likes; they count only as they are written here, with
their accents: folded, "của" would take "cửa" along."""
