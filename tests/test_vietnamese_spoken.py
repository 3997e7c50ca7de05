"""Written lines and how they are said: a table, and what holds for any text whatever."""

# ruff: noqa: E501  # a written line and its reading stand side by side
from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.vietnamese.characters import nfc
from broadcast.vietnamese.lexicon import product_lexicon
from broadcast.vietnamese.spoken import Change, Unknown, format_trace, read_aloud
from tests.conftest import shared
from tests.spoken_lines import OURS, load, wrong

READINGS = [
    (
        "số 118/2025/NĐ-CP",
        "Nghị định số một trăm mười tám năm hai nghìn không trăm hai mươi lăm của Chính phủ",
    ),
    (
        "Nghị định số 118/2025/NĐ-CP",
        "Nghị định số một trăm mười tám năm hai nghìn không trăm hai mươi lăm",
    ),
    ("từ ngày 15 - 20/11", "từ ngày mười lăm đến hai mươi tháng mười một"),
    ("15 - 20/11", "Mười lăm đến hai mươi tháng mười một"),
    ("8h", "Tám giờ"),
    ("8h00", "Tám giờ"),
    ("08 giờ 30", "Tám giờ ba mươi"),
    ("08 giờ 00 phút", "Tám giờ"),
    (
        "từ 01/7/2025 đến 31/12/2025",
        "từ ngày mùng một tháng bảy năm hai nghìn không trăm hai mươi lăm đến ngày ba mươi mốt tháng mười hai năm hai nghìn không trăm hai mươi lăm",
    ),
    ("2 lần/tháng", "Hai lần một tháng"),
    ("02 tin/bài/quý", "Hai tin, bài mỗi quý"),
    ("ít nhất 01 tin/bài/quý", "ít nhất một tin, bài mỗi quý"),
    ("Quyết định số 15-QĐ/TU", "Quyết định số mười lăm"),
    ("Luật số 136/2025/QH15", "Luật số một trăm ba mươi sáu năm hai nghìn không trăm hai mươi lăm"),
    ("Luật Hộ tịch 03/2026/QH16", "Luật Hộ tịch số không ba năm hai nghìn không trăm hai mươi sáu"),
    ("Kế hoạch 15/KH-UBND", "Kế hoạch mười lăm"),
    ("24/7", "Hai mươi tư trên bảy"),
    ("1/2", "Một phần hai"),
    ("đạt 1/2 diện tích", "đạt một phần hai diện tích"),
    ("thứ 7", "thứ bảy"),
    ("Điều 5, khoản 2", "Điều năm, khoản hai"),
    ("VNeID", "Vê nờ e i đê"),
    ("dichvucong.gov.vn", "Dịch vụ công chấm gốp chấm vê nờ"),
    (
        "Truy cập https://dichvucong.gov.vn/ để nộp.",
        "Truy cập dịch vụ công chấm gốp chấm vê nờ để nộp.",
    ),
    ("ubnd.suoihoa@gmail.com", "U bê nờ đê chấm suoi hoa a còng gờ meo chấm com"),
    ("mã QR, CCCD, OTP, BHYT", "mã quy rờ, căn cước công dân, ô tê pê, bảo hiểm y tế"),
    ("+84 912 345 678", "Cộng tám bốn, chín một hai, ba bốn năm, sáu bảy tám"),
    ("38,5°C", "Ba mươi tám phẩy năm độ xê"),
    ("80%", "Tám mươi phần trăm"),
    ("5-7%", "Năm đến bảy phần trăm"),
    (
        "“Đẩy mạnh” (gọi tắt là CCHC) – năm 2026",
        "Đẩy mạnh, gọi tắt là cải cách hành chính, năm hai nghìn không trăm hai mươi sáu",
    ),
    ("kinh tế - xã hội", "kinh tế xã hội"),
    ("LÝ VĂN A", "LÝ VĂN A"),
    ("KẾ HOẠCH TUYÊN TRUYỀN", "KẾ HOẠCH TUYÊN TRUYỀN"),
    ("ngày 03 tháng 01 năm 2020", "ngày mùng ba tháng một năm hai nghìn không trăm hai mươi"),
    ("ngày 20-11-2026", "ngày hai mươi tháng mười một năm hai nghìn không trăm hai mươi sáu"),
    (
        "trong tháng 7-9/2026",
        "trong tháng bảy đến tháng chín năm hai nghìn không trăm hai mươi sáu",
    ),
    ("tháng 12/2025", "tháng mười hai năm hai nghìn không trăm hai mươi lăm"),
    ("quý IV/2025", "quý bốn năm hai nghìn không trăm hai mươi lăm"),
    ("Đại hội XIV của Đảng", "Đại hội mười bốn của Đảng"),
    ("lần thứ XIV", "lần thứ mười bốn"),
    ("phụ lục III", "phụ lục ba"),
    ("II. NỘI DUNG", "Hai. NỘI DUNG"),
    (
        "Gọi 113 hoặc 0912 345 678",
        "Gọi một một ba hoặc không chín một hai, ba bốn năm, sáu bảy tám",
    ),
    ("Liên hệ: 0912345678", "Liên hệ: không chín một hai, ba bốn năm, sáu bảy tám"),
    (
        "số điện thoại 0212.3888.999",
        "số điện thoại không hai một hai, ba tám tám tám, chín chín chín",
    ),
    ("tổng đài 1022", "tổng đài một không hai hai"),
    ("1.250.000đ", "Một triệu hai trăm năm mươi nghìn đồng"),
    ("50.000 đồng/kg", "Năm mươi nghìn đồng một ki lô gam"),
    ("20.000đ/lượt", "Hai mươi nghìn đồng một lượt"),
    ("3 tỷ", "Ba tỷ"),
    ("60 km/h", "Sáu mươi ki lô mét một giờ"),
    ("5 ha lúa, 2,5 tấn/ha", "Năm héc ta lúa, hai phẩy năm tấn một héc ta"),
    ("Từ 7h30-11h30", "Từ bảy giờ ba mươi đến mười một giờ ba mươi"),
    ("17:00 - 17:30", "Mười bảy giờ đến mười bảy giờ ba mươi"),
    ("thứ 2, 4, 6 hằng tuần", "thứ hai, tư, sáu hằng tuần"),
    ("T2-T6", "Thứ hai đến thứ sáu"),
    ("tháng 4", "tháng tư"),
    (
        "năm học 2025-2026",
        "năm học hai nghìn không trăm hai mươi lăm đến hai nghìn không trăm hai mươi sáu",
    ),
    ("TT Đảng ủy, HĐND xã", "Thường trực Đảng ủy, hội đồng nhân dân xã"),
    ("TT số 01/2018/TT-VPCP", "Thông tư số không một năm hai nghìn không trăm mười tám"),
    ("TT Y tế", "Trung tâm Y tế"),
    ("TT Mộc Châu", "Thị trấn Mộc Châu"),
    ("CT UBND xã", "Chủ tịch ủy ban nhân dân xã"),
    ("CT 24/CT-TTg", "Chỉ thị hai mươi tư"),
    ("CT-XH", "Chính trị xã hội"),
    ("CA xã", "Công an xã"),
    ("BCH Đảng bộ, BCH Quân sự", "Ban chấp hành Đảng bộ, ban chỉ huy Quân sự"),
    ("ĐT: 0912345678", "Điện thoại: không chín một hai, ba bốn năm, sáu bảy tám"),
    ("ubnd xã", "Ủy ban nhân dân xã"),
    ("NĐ 224/2026", "Nghị định hai trăm hai mươi tư năm hai nghìn không trăm hai mươi sáu"),
    ("Nghị định số 61/2018/NĐ- CP", "Nghị định số sáu mươi mốt năm hai nghìn không trăm mười tám"),
    ("nhiệt độ -5°C", "nhiệt độ âm năm độ xê"),
    ("98.5 điểm", "Chín mươi tám phẩy năm điểm"),
    ("mức độ 3,4", "mức độ ba, bốn"),
    ("mục 2.4", "mục hai chấm bốn"),
    ("phiên bản 2.0", "phiên bản hai chấm không"),
    ("Đề án 06", "Đề án không sáu"),
    ("Quyết định số 06/QĐ-TTg", "Quyết định số không sáu"),
    (
        "số 01/2024/QĐ-UBND ngày 5/1/2024",
        "Quyết định số không một năm hai nghìn không trăm hai mươi tư ngày mùng năm tháng một năm hai nghìn không trăm hai mươi tư",
    ),
    ("tổng số 05 hồ sơ", "tổng số năm hồ sơ"),
    ("v.v. và v.v.", "Vân vân và vân vân."),
    ("Đ/c Nguyễn Văn A, CT UBND xã./.", "Đồng chí Nguyễn Văn A, chủ tịch ủy ban nhân dân xã."),
    ("STK 123456789012", "Số tài khoản một hai ba, bốn năm sáu, bảy tám chín, không một hai"),
    (
        "số CCCD 014085001234",
        "số căn cước công dân không một bốn, không tám năm, không không một, hai ba bốn",
    ),
    ("ngày 5 hằng tháng", "ngày mùng năm hằng tháng"),
    ("mỗi ngày 5 lần", "mỗi ngày năm lần"),
    ("dịp 30/4 và 1/5", "dịp ba mươi tháng tư và mùng một tháng năm"),
    ("sáng 5/7", "sáng ngày mùng năm tháng bảy"),
    ("4 x 6 m", "Bốn nhân sáu mét"),
    ("COVID-19", "Cô vít mười chín"),
    ("vaccine", "Vắc xin"),
    ("Tỷ lệ 1:500", "Tỷ lệ một trên năm trăm"),
    ("100.000.000.000 đồng", "Một trăm tỷ đồng"),
    ("10 000 đồng", "Mười nghìn đồng"),
    ("0,5 ha", "Không phẩy năm héc ta"),
    ("100%", "Một trăm phần trăm"),
    ("TP Hà Nội, TP. HCM", "Thành phố Hà Nội, thành phố Hồ Chí Minh"),
    ("Phòng VH-XH, phòng LĐ-TB&XH", "Phòng văn hóa xã hội, phòng lao động thương binh và xã hội"),
    ("gửi qua Zalo, Facebook", "gửi qua da lô, phây búc"),
    ("Ngày 8/3", "Ngày mùng tám tháng ba"),
    (
        "Nghị quyết 66.22/2026/NQ-CP",
        "Nghị quyết sáu mươi sáu chấm hai mươi hai năm hai nghìn không trăm hai mươi sáu",
    ),
    ("Công văn số 623/TTg-KSTT", "Công văn số sáu trăm hai mươi ba"),
    ("số 623/TTg-KSTT", "Công văn số sáu trăm hai mươi ba"),
    (
        "theo 45/2020/NĐ-CP của Chính phủ",
        "theo nghị định số bốn mươi lăm năm hai nghìn không trăm hai mươi của Chính phủ",
    ),
    (
        "Nghị định số 61/2018/NĐ-CP, 107/2021/NĐ-CP",
        "Nghị định số sáu mươi mốt năm hai nghìn không trăm mười tám, nghị định số một trăm linh bảy năm hai nghìn không trăm hai mươi mốt của Chính phủ",
    ),
    (
        "giai đoạn 2021 - 2030, tầm nhìn đến năm 2045",
        "giai đoạn hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm ba mươi, tầm nhìn đến năm hai nghìn không trăm bốn mươi lăm",
    ),
    ("70-74 tuổi", "Bảy mươi đến bảy mươi tư tuổi"),
    ("8 giờ - 10 giờ", "Tám giờ đến mười giờ"),
    ("500 triệu - 1 tỷ đồng", "Năm trăm triệu đến một tỷ đồng"),
    ("ngày/tháng/năm sinh", "ngày, tháng, năm sinh"),
    ("và/hoặc", "và hoặc"),
    ("1.2.3", "Một chấm hai chấm ba"),
    ("Nộp hồ sơ 24/24 giờ", "Nộp hồ sơ hai mươi tư trên hai mươi tư giờ"),
    ("lớp 1A1", "lớp một A một"),
    ("Quốc lộ 6A, QL6", "Quốc lộ sáu A, quốc lộ sáu"),
    ("a) Mục tiêu", "a, Mục tiêu"),
    ("15/20 hồ sơ", "Mười lăm trên hai mươi hồ sơ"),
    ("3/4 số hộ", "Ba phần tư số hộ"),
    ("¾ dân số", "Ba phần tư dân số"),
    ("chờ 2½ giờ", "chờ hai và một phần hai giờ"),
    ("bước ①", "bước một"),
    ("10^3 và 10²", "Mười mũ ba và mười mũ hai"),
    ("quý Ⅱ", "quý hai"),
    ("ISO 9001:2015", "I sô chín nghìn không trăm linh một năm hai nghìn không trăm mười lăm"),
    ("5.000-10.000đ", "Năm nghìn đến mười nghìn đồng"),
    ("3G/4G", "Ba G, bốn G"),
    ("5 m2, 10 km², 3m3", "Năm mét vuông, mười ki lô mét vuông, ba mét khối"),
    ("ngày 1-7-2025", "ngày mùng một tháng bảy năm hai nghìn không trăm hai mươi lăm"),
    ("02123.888.999", "Không hai một hai ba, tám tám tám, chín chín chín"),
    ("UBND&HĐND", "Ủy ban nhân dân và hội đồng nhân dân"),
    ("Hộ nghèo còn 3,25%.", "Hộ nghèo còn ba phẩy hai mươi lăm phần trăm."),
    ("Thu 12.500.000 VNĐ", "Thu mười hai triệu năm trăm nghìn đồng"),
    ("Giải ngân 1,5 tỷ đồng", "Giải ngân một phẩy năm tỷ đồng"),
    ("Lúc 5h30 sáng và 17h chiều", "Lúc năm giờ ba mươi sáng và mười bảy giờ chiều"),
    ("Đúng 00:00", "Đúng không giờ"),
    ("Từ 19h05 đến 20h", "Từ mười chín giờ năm phút đến hai mươi giờ"),
    ("Họp lúc 14 giờ 05 phút", "Họp lúc mười bốn giờ năm phút"),
    ("ngày 31/12/2026", "ngày ba mươi mốt tháng mười hai năm hai nghìn không trăm hai mươi sáu"),
    ("ngày 04/04/2024", "ngày mùng bốn tháng tư năm hai nghìn không trăm hai mươi tư"),
    ("hạn chót 30/11", "hạn chót ngày ba mươi tháng mười một"),
    (
        "từ 1/3 đến 15/3/2026",
        "từ ngày mùng một tháng ba đến ngày mười lăm tháng ba năm hai nghìn không trăm hai mươi sáu",
    ),
    ("mùng 10/3", "mùng mười tháng ba"),
    ("Tháng 01/2026", "Tháng một năm hai nghìn không trăm hai mươi sáu"),
    ("9 tháng năm 2026", "Chín tháng năm hai nghìn không trăm hai mươi sáu"),
    ("6 tháng đầu năm", "Sáu tháng đầu năm"),
    ("quý 3/2026", "quý ba năm hai nghìn không trăm hai mươi sáu"),
    ("quý I và quý II", "quý một và quý hai"),
    ("Khóa XVI, kỳ họp thứ 2", "Khóa mười sáu, kỳ họp thứ hai"),
    ("hạng III", "hạng ba"),
    ("Bà Trần Thị V", "Bà Trần Thị V"),
    ("Chương II, Mục 3", "Chương hai, Mục ba"),
    (
        "Nghị định số 49/2024/NĐ-CP",
        "Nghị định số bốn mươi chín năm hai nghìn không trăm hai mươi tư",
    ),
    ("Thông tư 39/2020/TT-BTTTT", "Thông tư ba mươi chín năm hai nghìn không trăm hai mươi"),
    (
        "Nghị quyết số 202/2025/QH15",
        "Nghị quyết số hai trăm linh hai năm hai nghìn không trăm hai mươi lăm",
    ),
    ("Công văn 45/UBND-VX", "Công văn bốn mươi lăm"),
    ("số 7/TB-UBND", "Thông báo số bảy của Ủy ban nhân dân"),
    ("Kế hoạch số 05-KH/ĐU", "Kế hoạch số không năm"),
    ("Hướng dẫn 12-HD/BTGTW", "Hướng dẫn mười hai"),
    ("thứ 2 đến thứ 6", "thứ hai đến thứ sáu"),
    ("thứ 4", "thứ tư"),
    ("hạng nhất, lần thứ 5", "hạng nhất, lần thứ năm"),
    ("1.001", "Một nghìn không trăm linh một"),
    ("2.000.015 người", "Hai triệu không trăm mười lăm người"),
    ("0,05", "Không phẩy không năm"),
    ("45 000 đồng", "Bốn mươi lăm nghìn đồng"),
    ("15 tr", "Mười lăm triệu"),
    ("90 m²", "Chín mươi mét vuông"),
    ("30 km/h", "Ba mươi ki lô mét một giờ"),
    ("2 buổi/tuần", "Hai buổi một tuần"),
    ("500 kg/hộ", "Năm trăm ki lô gam một hộ"),
    ("3 người/hộ", "Ba người một hộ"),
    ("tin/bài", "tin, bài"),
    ("20 - 30 phút", "Hai mươi đến ba mươi phút"),
    ("từ 18 – 25 tuổi", "từ mười tám đến hai mươi lăm tuổi"),
    ("2-3 lần", "Hai đến ba lần"),
    ("-3°C", "Âm ba độ xê"),
    ("A & B", "A và B"),
    ("50/50", "Năm mươi trên năm mươi"),
    ("3/4", "Ba phần tư"),
    ("9/10 tiêu chí", "Chín phần mười tiêu chí"),
    ("20/10", "Hai mươi tháng mười"),
    ("điện thoại 02123 888 999", "điện thoại không hai một hai ba, tám tám tám, chín chín chín"),
    ("hotline 19001234", "Đường dây nóng một chín không không, một hai ba bốn"),
    ("Gọi 115 để cấp cứu", "Gọi một một năm để cấp cứu"),
    ("ĐT liên hệ: 0987.654.321", "Điện thoại liên hệ: không chín tám bảy, sáu năm bốn, ba hai một"),
    ("www.suoihoa.gov.vn", "Suoi hoa chấm gốp chấm vê nờ"),
    ("Email: vanthu@suoihoa.gov.vn", "I meo: văn thư a còng suoi hoa chấm gốp chấm vê nờ"),
    ("đăng nhập VNeID mức 2", "đăng nhập vê nờ e i đê mức hai"),
    ("quét mã QR", "quét mã quy rờ"),
    ("MTTQ và các đoàn thể", "Mặt trận tổ quốc và các đoàn thể"),
    ("BTV Đảng ủy", "Ban thường vụ Đảng ủy"),
    ("BHXH, BHTN", "Bảo hiểm xã hội, bảo hiểm thất nghiệp"),
    ("PCCC và CNCH", "Phòng cháy, chữa cháy và cứu nạn, cứu hộ"),
    ("HTX, OCOP", "Hợp tác xã, ô cốp"),
    ("GCNQSDĐ", "Giấy chứng nhận quyền sử dụng đất"),
    ("Sở NN&MT, Sở GD&ĐT", "Sở nông nghiệp và môi trường, Sở giáo dục và đào tạo"),
    ("trường THCS, THPT", "trường trung học cơ sở, trung học phổ thông"),
    ("TDP 3, KP 5", "Tổ dân phố ba, khu phố năm"),
    ("PCT UBND", "Phó chủ tịch ủy ban nhân dân"),
    ("CBCC xã", "Cán bộ, công chức xã"),
    ("BCĐ CCHC", "Ban chỉ đạo cải cách hành chính"),
    ("hệ thống TTHC; DVC", "hệ thống thủ tục hành chính; dịch vụ công"),
    ("TTYT xã", "Trung tâm y tế xã"),
    ("TT PVHCC xã", "Trung tâm phục vụ hành chính công xã"),
    ("TT GDTX", "Trung tâm giáo dục thường xuyên"),
    ("P. Tân Thịnh, Q. 3", "Phường Tân Thịnh, quận ba"),
    ("(ký tên)", "ký tên"),
    ("[ghi chú]", "ghi chú"),
    ('"Dân biết, dân bàn"', "Dân biết, dân bàn"),
    ("xã, phường...", "xã, phường…"),
    ("Xong rồi!!!", "Xong rồi!"),
    ("Thật không?!", "Thật không?"),
    ("a/b", "a, b"),
    ("K/g: UBND xã", "Kính gửi: ủy ban nhân dân xã"),
    ("V/v nộp thuế", "Về việc nộp thuế"),
    ("Bảng A: Thôn 1 - Thôn 3", "Bảng A: Thôn một, Thôn ba"),
    ("Thứ Bảy, CN nghỉ", "Thứ Bảy, chủ nhật nghỉ"),
    ("ông Nguyễn Văn B./.", "ông Nguyễn Văn B."),
    ("CHỦ TỊCH", "CHỦ TỊCH"),
    ("ỦY BAN NHÂN DÂN XÃ SUỐI HOA", "ỦY BAN NHÂN DÂN XÃ SUỐI HOA"),
    ("xã Suối Hoa", "xã Suối Hoa"),
    ("Đắk Lắk", "Đắk Lắk"),
    ("tài khoản 0123456789", "tài khoản không một hai ba, bốn năm sáu, bảy tám chín"),
    ("mã hồ sơ 000123", "mã hồ sơ không không không, một hai ba"),
    ("giá 100.000đ/suất", "giá một trăm nghìn đồng một suất"),
    ("10.5", "Mười phẩy năm"),
    ("mục 1.2.3", "mục một chấm hai chấm ba"),
    ("khoản 1, 2 Điều 3", "khoản một, hai Điều ba"),
    ("điểm đ khoản 2", "điểm đ khoản hai"),
    ("Tổ 1, 2, 3", "Tổ một, hai, ba"),
    ("8-10 triệu đồng", "Tám đến mười triệu đồng"),
    ("1 000 000 đồng", "Một triệu đồng"),
    ("đạt 100 %", "đạt một trăm phần trăm"),
    ("45 phút/buổi", "Bốn mươi lăm phút một buổi"),
    ("Chỉ số PAR INDEX", "Chỉ số cải cách hành chính"),
    ("30/45/60 năm", "Ba mươi, bốn mươi lăm, sáu mươi năm"),
    ("24 giờ/ngày", "Hai mươi tư giờ một ngày"),
]


BROKEN = [
    "Nghị định số 118/2025/\nNĐ-CP",
    "Nghị định số 118/\n2025/NĐ-CP",
    "Nghị định số\n118/2025/NĐ-\nCP",
    "Nghị định\nsố 118/2025/NĐ- CP",
]


@pytest.mark.parametrize("written", BROKEN)
def test_a_document_s_number_may_be_broken_over_lines_anywhere(written: str) -> None:
    right = "Nghị định số một trăm mười tám năm hai nghìn không trăm hai mươi lăm"
    assert say(written) == right


def test_amounts_are_numbers_up_to_a_million_billions_and_beyond_that_figures() -> None:
    assert say("1.000.000.000.000.000 đồng") == "Một triệu tỷ đồng"
    assert say("12345678901234567890 đồng").startswith("Một hai ba, bốn năm sáu, bảy tám chín")


def say(text: str, region: str = "bắc") -> str:
    return read_aloud(text, product_lexicon(), region).text


@pytest.mark.parametrize(("written", "said"), READINGS)
def test_a_written_line_is_said_as_an_announcer_says_it(written: str, said: str) -> None:
    assert say(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1.024 hồ sơ", "Một ngàn không trăm hai mươi tư hồ sơ"),
        ("năm 2005", "năm hai ngàn không trăm lẻ năm"),
        ("ngày 01/7/2025", "ngày một tháng bảy năm hai ngàn không trăm hai mươi lăm"),
    ],
)
def test_the_south_says_numbers_its_own_way(written: str, said: str) -> None:
    assert say(written, "nam") == said


def test_every_gold_reading_is_met() -> None:
    assert wrong(load(shared("spoken", "gold.yaml")), say) == []


def test_every_line_of_our_own_list_is_read_right() -> None:
    assert wrong(load(OURS), say) == []


def test_our_own_list_is_long_and_names_every_line_once() -> None:
    cases = load(OURS)
    assert len(cases) >= 150
    assert len({case.id for case in cases}) == len({case.written for case in cases}) == len(cases)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Theo QWRT của xã", ("QWRT",)),
        ("ƯBND xã", ("ƯBND",)),
        ("TT và CT", ("TT", "CT")),
        ("KẾ HOẠCH TUYÊN TRUYỀN CỦA ĐỘI", ()),
        ("LÝ VĂN A", ()),
        ("Facebook của xã", ()),
        ("khóa XVIII", ()),
    ],
)
def test_an_abbreviation_nobody_taught_is_a_finding_and_stays(
    text: str, unknown: tuple[str, ...]
) -> None:
    spoken = read_aloud(text, product_lexicon())
    assert tuple(one.text for one in spoken.unknown) == unknown
    assert all(one in spoken.text for one in unknown)


def test_findings_and_changes_point_into_the_written_text() -> None:
    text = "Theo QWRT, 5 hộ"
    spoken = read_aloud(text, product_lexicon())
    assert spoken.unknown == (Unknown(5, 9, "QWRT"),)
    assert spoken.changes == (Change(11, 12, "5", "năm", "số", 11),)


def test_a_station_s_own_entry_wins_and_the_longest_one_first() -> None:
    own = product_lexicon().with_station({"UBND": "ủy ban", "UBND xã": "ủy ban xã nhà"})
    assert read_aloud("UBND xã và UBND tỉnh", own).text == "Ủy ban xã nhà và ủy ban tỉnh"


def test_a_station_teaches_what_nobody_knew() -> None:
    own = product_lexicon().with_station({"QWRT": "quỹ rừng thôn"})
    spoken = read_aloud("QWRT họp", own)
    assert (spoken.text, spoken.unknown) == ("Quỹ rừng thôn họp", ())


def test_an_entry_that_needs_reading_itself_is_read_too() -> None:
    own = product_lexicon().with_station({"NVH2": "NVH số 2"})
    assert read_aloud("tại NVH2 xã", own).text == "tại nhà văn hóa số hai xã"


def test_small_letters_without_a_vowel_are_looked_up_as_capitals() -> None:
    assert say("ubnd xã, hđnd xã") == "Ủy ban nhân dân xã, hội đồng nhân dân xã"


def test_the_trace_names_what_became_of_what_and_why() -> None:
    spoken = read_aloud("UBND xã, 5 hộ, QWRT", product_lexicon())
    assert format_trace(spoken).splitlines() == [
        "UBND -> Ủy ban nhân dân (từ điển)",
        "5 -> năm (số)",
        "QWRT -> ? (chưa có cách đọc)",
    ]


def test_the_lexicon_has_the_abbreviations_of_commune_life() -> None:
    written = [entry.written for entry in product_lexicon().entries if not entry.side]
    assert len(written) >= 150
    assert sorted({one for one in written if written.count(one) > 1}) == []


def test_every_entry_of_the_lexicon_is_said_in_plain_words() -> None:
    said = [entry.said for entry in product_lexicon().entries]
    assert [one for one in said if re.search(r"[^\w\s,\-]|\d|[A-ZĐ]{2}", one)] == []


PIECES = [entry.written for entry in product_lexicon().entries][::5] + (
    "quý số ngày tháng thứ giờ Nghị_định I V XIV 12 04 2026 7 000 / - . , : % ( ) h km đ @ www gov "
    "vn và của NĐ CP + 84 0912345678 T & ² °C … gọi x từ đến phường đồng lần ? ; ! _ 24 30"
).replace("_", " ").split(" ")
NASTY = st.lists(st.sampled_from([*PIECES, " ", " ", " "]), max_size=16).map("".join)


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=60), NASTY), st.sampled_from(["bắc", "nam"]))
def test_reading_the_result_again_changes_nothing(text: str, region: str) -> None:
    spoken = say(text, region)
    assert say(spoken, region) == spoken


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=60), NASTY))
def test_no_figure_and_no_sign_is_left_without_a_finding(text: str) -> None:
    spoken = read_aloud(text, product_lexicon())
    left = {letter for letter in spoken.text if not letter.isalpha()} - set(" ,.?!;:…")
    assert left <= {letter for one in spoken.unknown for letter in one.text}
    assert not any(letter.isdecimal() for letter in left)
    assert "  " not in spoken.text


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=60), NASTY))
def test_changes_quote_the_written_and_the_spoken_text_in_order(text: str) -> None:
    spoken = read_aloud(text, product_lexicon())
    written = nfc(text)
    assert [c.written for c in spoken.changes] == [written[c.start : c.end] for c in spoken.changes]
    said = [spoken.text[c.at : c.at + len(c.spoken)] for c in spoken.changes]
    assert said == [c.spoken for c in spoken.changes]
    ends = [0, *(c.end for c in spoken.changes)]
    assert all(c.start >= end for c, end in zip(spoken.changes, ends, strict=False))


@pytest.mark.parametrize("written", ["p/v", "HA"])
def test_a_short_form_that_nobody_taught_is_left_and_told(written: str) -> None:
    spoken = read_aloud(f"Theo {written} của xã", product_lexicon())
    assert (spoken.text, [one.text for one in spoken.unknown]) == (
        f"Theo {written} của xã",
        [written],
    )


@pytest.mark.parametrize("unit", ["7", "-", "/", "(", "a.", "1/", "1.000.", " ", "số 1/", "@a"])
def test_a_very_long_line_is_read_to_its_end(unit: str) -> None:
    spoken = say(unit * 10_000 + " xã")
    assert spoken.endswith("xã")


def work(text: str) -> int:
    """Calls of functions, ours and the interpreter's, that reading a text takes."""
    calls = 0

    def count(_frame: object, event: str, _what: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        say(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "unit",
    [
        "Theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018, UBND xã có 1.024 hồ sơ. ",
        "TT ", "HS 5 ", "7", "1.000.", "0/", "- ", "(0211) ", "113, ", "a@", "I.", "QL.", "∮ ", "5-",
        "xã phường ", "b, ", "T2-", "Km 1 - ", "6T/", "V/v ", "http://a.vn/", "7h30-",
    ],
)  # fmt: skip
def test_twice_the_text_is_twice_the_work(unit: str) -> None:
    say(unit * 80)  # what is remembered between calls
    assert work(unit * 160) <= 2.1 * work(unit * 80) + 100
