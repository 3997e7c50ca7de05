"""Names of units: who has to do something, told from what they have to do."""

from __future__ import annotations

import re

_BEGINS = re.compile(
    r"(?!tổ chức (?!đoàn|chính trị|xã hội|hội)|hội (?:nghị|thảo|thi)|phòng,? chống|ban hành"
    r"|bản (?:tin|sao)|xã hội|đội ngũ|trường hợp|đoàn kết|sở hữu|khu vực|bà con|người ta)"
    r"(?:các |những |toàn thể |tất cả )*(?:cơ quan|đơn vị|phòng|ban|ngành|văn phòng|công chức"
    r"|cán bộ|ubnd|ủy ban|uỷ ban|trung tâm|đài|trạm|trường|hiệu trưởng|công an|quân sự|bộ phận|tổ"
    r"|hội|đoàn|mặt trận|mttq|ubmttq|đảng ủy|đảng uỷ|hđnd|hội đồng|thường trực|trưởng|bí thư"
    r"|thủ trưởng|lãnh đạo|chủ tịch|phó chủ tịch|thôn|bản|xóm|ấp|khu|tiểu khu|buôn|làng|bưu điện"
    r"|sở|huyện|xã|phường|thành viên|chi bộ|doanh nghiệp|hợp tác xã|tư pháp|văn hóa|văn hoá"
    r"|tài chính|kế toán|địa chính|nội vụ|y tế|tuyên truyền viên|báo cáo viên|cổng thông tin"
    r"|người|đồng chí|ông|bà|kho bạc|ngân hàng|chi cục|hạt|đội)\b",
    re.IGNORECASE,
)
_KIND_ONLY = re.compile(
    r"(?:ban|tổ|đội|hội|đoàn|phòng|trung tâm|bộ phận|văn phòng|hội đồng|tổ chức)", re.IGNORECASE
)
"""Words that name no unit until more follows: "Ban chỉ đạo", "Đội tuyên truyền lưu động"."""
_VERB = re.compile(
    r",?\s+(?:(?:có (?:trách nhiệm|nhiệm vụ)|chịu trách nhiệm|phải|cần|sẽ"
    r"|là (?:cơ quan|đơn vị|đầu mối)|chủ trì|chủ động|phối hợp|tham mưu|xây dựng|thực hiện"
    r"|triển khai|tổ chức|hướng dẫn|theo dõi|đôn đốc|kiểm tra|tăng cường|bố trí|căn cứ|cung cấp"
    r"|đăng tải|đăng|phát(?: sóng)?|biên tập|duy trì|lồng ghép|vận động|tuyên truyền|đẩy mạnh"
    r"|thường xuyên|kịp thời|tiếp tục|tổng hợp|báo cáo|cập nhật|quán triệt|phổ biến|niêm yết|dành"
    r"|mỗi|hàng|hằng|đưa|nhận|viết|gửi|làm|giúp|rà soát|nghiêm túc|trực tiếp|chỉ đạo|phân công"
    r"|tích cực|thông báo|nhắc|thẩm định|bảo đảm|đảm bảo|hỗ trợ|vận hành|tiếp sóng|tiếp âm"
    r"|đề xuất|nghiên cứu|công khai|ban hành|lập|mở"
    r"|(?<!đồng chí )(?<!cán bộ )(?<!các )(?<!tập thể )lãnh đạo)\b)"
)
"""Small letters only: in "Ban Xây dựng Đảng" the same words are a name."""
_ASKED = re.compile(r"(?:đề nghị|yêu cầu|giao(?: cho)?|phân công|đối với|riêng)\s+", re.IGNORECASE)
_HOW = re.compile(
    r",?\s+(?:nghiêm túc|tích cực|chủ động|kịp thời|thường xuyên|căn cứ|tiếp tục|phải|cần|sẽ)"
)
"""What stands behind "các đơn vị" in general, and never inside a unit's name."""
_LONGEST_UNIT = 160


def bare_unit(heading: str) -> str:
    """A unit's name without "Đề nghị", "Giao" and the like before it."""
    return _ASKED.sub("", heading.strip(" :.;"), count=1) if _ASKED.match(heading) else heading


def is_unit(text: str) -> bool:
    """Whether a text begins as names of units do."""
    return bool(_BEGINS.match(bare_unit(text.strip())))


def unit_before_verb(sentence: str) -> str | None:
    """The unit a sentence opens with: "Đài truyền thanh xã phát ..." gives "Đài truyền thanh xã".

    None where the sentence opens with anything else.
    """
    bare = bare_unit(sentence)
    if not _BEGINS.match(bare):
        return None
    for match in _VERB.finditer(bare):
        name = bare[: match.start()].strip(" ,")
        if _KIND_ONLY.fullmatch(name) or (_BEGINS.fullmatch(name) and not name[:1].isupper()):
            if _HOW.match(match[0]):
                return None
            continue
        return name if len(name) <= _LONGEST_UNIT else None
    return None
