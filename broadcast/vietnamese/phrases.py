"""The office language of plans: what may go unsaid, what heads a phrase, what must stay together.

Retelling a paragraph and making a title share it. Every function takes and gives one line of NFC
text; all of it is linear in the length of the text.
"""

from __future__ import annotations

import re

from broadcast.vietnamese.characters import nfc

END = " ,;:.…-–/"
"""What is taken off the ends of a phrase."""

_BEFORE = (
    "tiếp tục|đẩy mạnh|tăng cường|chú trọng|tập trung(?: vào)?|thực hiện tốt|thực hiện|làm tốt|"
    "triển khai|thường xuyên|kịp thời|chủ động|tích cực|tổ chức|phối hợp|công tác|việc|hoạt động|"
    "nâng cao chất lượng|nâng cao hiệu quả|duy trì|đổi mới|qua đó|từ đó|đồng thời|"
    r"trong năm \d{4}|trong (?:quý|tháng) \w+"
)
_PROPAGANDA = (
    "tuyên truyền|phổ biến|quán triệt|giới thiệu|"
    "(?:thông tin|truyền thông)(?= về| việc| kịp thời| đầy đủ| tuyên truyền| sâu|, tuyên truyền|"
    ", phổ biến| và tuyên truyền| gắn với)"
)
_HOW = "sâu rộng|rộng rãi|sâu sắc|sâu|kịp thời|đầy đủ|thường xuyên|có hiệu quả|hiệu quả|mạnh mẽ"
_ABOUT = "về|việc|các nội dung|nội dung|để|gắn với"
_KEPT = (
    "viên|trên|qua|thông|bằng|tại|trong|đến|tới|cho|gắn|kết hợp|phải|là|được|của|có|trực tiếp|"
    "trực quan|lồng ghép|cần|giáo dục"
)
_LEAD = re.compile(
    rf"(?>(?:(?:{_BEFORE})\b,? (?:và )?)*(?:{_PROPAGANDA})\b"
    rf"(?:(?:, | và | )(?:{_PROPAGANDA}|{_HOW}|biểu dương)\b)*(?: (?:{_ABOUT})\b)*)"
    rf" (?!(?:{_KEPT})\b)(?![^,;:]{{0,40}}\b(?:thông qua|phải|cần)\b)",
    re.IGNORECASE,
)
"""Office phrases at the head of a sentence that say only that something is to be made known."""

_DATE = r"(?:ngày \d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}| tháng \d{1,2} năm \d{4}))"
NUMBER = re.compile(
    r"(?:,? ?\bsố:? ?)?(?<![\w/.,])(?P<number>\d{1,6}(?:\.\d{1,2})?(?:/\d{4})?[/-] ?[A-ZĐ][\w&]*"
    rf"(?:[-/] ?[A-ZĐ][\w&]*)*)(?:,? ?{_DATE})?"
)
"""A document's number with its date ("số 76/NQ-CP ngày 15/7/2021")."""
_ITS_DATE = re.compile(rf",? ?{_DATE}$")
DOCUMENT = (
    "nghị định|nghị quyết|quyết định|chỉ thị|thông tư|kế hoạch|công văn|luật|đề án|chương trình|"
    "kết luận|văn bản"
)
"""What official documents are called."""
_AGAIN = re.compile(rf"\b({DOCUMENT})(?: số)?$", re.IGNORECASE)

_BULLET = re.compile(r"^(?:[-–+*•·]+ ?|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]{1,2})[.),](?: |$) ?)+")
_SHORT_NOTE = re.compile(r" ?\((?:[A-ZĐ][\w&-]*(?: [A-ZĐ][\w&-]*)?|nếu có)\)")
NOTE = re.compile(r" ?\(([^()]{0,400})\)")
"""A note in brackets."""
_LONG_NOTE = 60
_QUOTED = re.compile(r" ?[“\"«]([^“”\"«»]{1,300})[”\"»]")
_NAME_WORDS = 5
"""A quotation of so many words is a name in its sentence, a longer one is told after it."""
_EMPHASIS = re.compile(r"[*_“”\"«»]+")
_ARTICLE = re.compile(
    r" (?:(?:tại|theo|của) )?(?:(?:điểm [a-zđ]|(?:khoản|điều|chương) (?:\d+[a-z]?|[IVX]+))\b"
    rf"(?:,| và)?(?: |$))+(?:của )?(?P<whose>(?={DOCUMENT}))?",
    re.IGNORECASE,
)
"""Which article of a law says it ("tại Điều 5, khoản 2"): nobody remembers that by ear."""
_SPACE_MARK = re.compile(r" +([,.;:])")
_MARKS = re.compile(r"([,;:])(?: ?[,;:])+ ?")
JOINTS = "và|hoặc|đồng thời|cũng như|cùng với|còn|thì|cùng|hay"
"""Words that join what follows to what stands before."""
_HEAD = re.compile(rf"^(?:(?:{JOINTS})\b,? ?|[,;:.…–-] ?)+", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:[ ,;:]+(?:(?:cụ thể )?(?:là )?(?:như sau|các nội dung sau|sau đây)|(?:bao )?gồm|như))+$",
    re.IGNORECASE,
)

LOOSE = frozenset(
    "và hoặc của về các những cho với là gồm như theo để trong tại từ đến bằng do việc sau "
    "cụ thể nhằm trên qua tới cùng mọi bao vào khi mà được bị thì sự ở giữa nội dung hay đối "
    "mỗi đã sẽ đang không chưa rất gắn".split()
)
"""Words that leave a phrase hanging when they are its last."""
_WHOLE_ENDS = frozenset(["làm việc", "công việc", "sự việc", "nội dung", "chi trả bằng"])
WANTS_OBJECT = re.compile(
    r"(?:^|[ ,])(?:tiếp cận|sử dụng|thực hiện|triển khai|tiếp nhận|gửi|nhận|trả|làm|"
    "(?<!thời gian )giải quyết|"
    "nâng cao|tăng cường|xây dựng|phát triển|bảo đảm|đảm bảo|cải thiện|ứng dụng|sửa đổi|"
    "bổ sung|giúp|phục vụ|hướng dẫn|khắc phục|rà soát|cập nhật|duy trì|đổi mới|hoàn thiện|"
    "cung cấp|đẩy mạnh|thúc đẩy|phê duyệt|quy định|tìm hiểu|tra cứu|kiểm soát|giám sát|phổ biến|"
    "tuyên truyền|đăng|đưa|lấy|nộp|có|đến|siết chặt|thi hành|vì|giai đoạn|mức độ|địa bàn|"
    "biểu dương|khen thưởng|phê phán|xử lý|nghĩa vụ|vai trò|vị trí|"
    "hệ thống|bộ phận|tình hình|kết quả|mức|ban hành|gọi|hỏi|đòi|thả|rửa)$",
    re.IGNORECASE,
)
"""An end that asks for more: a verb without its object, a noun without what it is of."""
PARTNERS = frozenset(
    [
        "giải pháp", "phổ biến", "đơn vị", "pháp luật", "đường lối", "viên chức", "công chức",
        "địa phương", "hiệu quả", "nguyên nhân", "hạn chế", "kỷ cương", "giáo dục", "tổ chức",
        "doanh nghiệp", "cá nhân", "tuyên truyền", "chính xác", "mục tiêu", "tầm quan",
        "cách làm", "nhiệm vụ", "điều hành", "xã hội", "ngành", "đoàn thể", "ý nghĩa", "chính sách",
        "kiến nghị", "chủ trương", "tác động", "văn minh", "định danh", "xác thực", "điển hình",
        "cấp xã", "một cửa", "tồn tại", "bổ sung", "tìm hiểu", "kỹ năng", "tiểu khu", "giúp đỡ",
        "nhũng nhiễu", "phiền hà", "sách nhiễu", "chuyên mục", "công an", "thu hút", "của xã",
        "của huyện", "của tỉnh", "tọa đàm", "người dân", "thành phố", "phường", "số điện",
        "hành chính", "cách thức", "bộ", "thị trấn", "thông tin",
    ]
)  # fmt: skip
"""Second members of pairs that plans join with a comma or "và" ("nhiệm vụ, giải pháp")."""

TERM = re.compile(
    "thủ tục hành chính|dịch vụ công(?: trực tuyến)?|cải cách hành chính|hồ sơ|công nghệ thông tin|"
    "cổng dịch vụ công quốc gia|cơ chế một cửa|bộ phận một cửa|trung tâm phục vụ hành chính công|"
    "chính quyền số|chính phủ số|mức độ \\d|tài khoản|định danh điện tử|cán bộ|công chức|người dân",
    re.IGNORECASE,
)
"""Whole names of things: between two of them a phrase may end."""

NOUNS = (
    "kết quả|tình hình|ý nghĩa|lợi ích|cách|cách thức|quyền|trách nhiệm|hoạt động|những|các|một số|"
    f"chỉ số|quy định|danh mục|{DOCUMENT}|chủ trương|quan điểm|chính sách|mô hình|tầm|sự|việc|nơi|"
    "công tác|kỷ luật|dịch vụ|gương|số điện thoại|địa chỉ|giờ|thái độ|mục tiêu|nhiệm vụ|giải pháp|"
    "nội dung|chuyên mục|chuyên trang|tinh thần|vai trò|hiệu quả|thông tin|dữ liệu|phản ánh|"
    "cải cách|mức|hệ thống|cơ chế|kinh nghiệm|chế độ|bộ phận|hành vi|xu hướng|tác động|thành tựu|"
    "tỷ lệ"
)
"""Words that head the name of a thing."""
VERBS = (
    "thực hiện|triển khai|tăng cường|nâng cao|cung cấp|khuyến khích|phản bác|đăng|biểu dương|"
    "hướng dẫn|giới thiệu|đẩy mạnh|tổ chức|nộp|theo dõi|sử dụng|phân biệt|xây dựng|duy trì|giúp|"
    "chú trọng|tập trung|ứng dụng|phát triển|giải quyết|tiếp nhận|trả|gửi|nhận|tra cứu|"
    "cập nhật|rà soát|niêm yết|công khai|phát hiện|đổi mới|bảo đảm|đảm bảo|kiểm soát|tuyên truyền|"
    "phổ biến|vận động|phê bình|rút kinh nghiệm|đưa|bồi dưỡng|tham gia|lồng ghép|siết chặt|"
    "khắc phục|phòng|đấu tranh|chỉ ra|phát huy|nhân rộng|tạo|giữ|giữ gìn|bảo vệ|hỏi|đánh giá|"
    "tiếp cận|tìm hiểu|mở|treo|ký|cài đặt|đăng ký|nhận biết|bổ sung|sửa đổi|hoàn thiện|kết nối|"
    "hỗ trợ|tranh thủ|gọi|thường xuyên|tiếp tục|quán triệt|bố trí|phối hợp|tham mưu|lắng nghe|"
    "xử lý|khai thác|hình thành|sắp xếp|tinh gọn|mời|kiểm tra|tiết kiệm|trồng|chăm sóc|"
    "dùng|bãi bỏ|cấp|xóa|lấy|giảm|khen thưởng|phê phán|kịp thời|chủ động|tích cực|hạn chế"
)
"""Words that head the name of a doing."""
NOUN_HEAD = re.compile(rf"(?:{NOUNS})\b", re.IGNORECASE)
VERB_HEAD = re.compile(rf"(?:{VERBS})\b(?! (?:viên|của)\b)", re.IGNORECASE)


def clean(text: str) -> str:
    """One line without bullets, emphasis and notes that only repeat an abbreviation.

    A long note and a long quotation become a part of their own, after ";" and ":".
    """
    plain = _QUOTED.sub(_unquoted, " ".join(nfc(text).split()))
    plain = " ".join(_EMPHASIS.sub("", plain).split())
    plain = _SHORT_NOTE.sub("", _BULLET.sub("", _MARKS.sub(r"\1 ", plain)))
    plain = NOTE.sub(_unbracketed, plain)
    plain = _ARTICLE.sub(lambda m: " " if m["whose"] is None else " của ", plain)
    plain = _SPACE_MARK.sub(r"\1", plain).replace("...", "…").replace("…;", ";")
    return plain.replace(",,", ",").replace(",.", ".").replace(",;", ";")


def _unquoted(match: re.Match[str]) -> str:
    said = match[1].strip(END)
    if len(said.split()) <= _NAME_WORDS or not match.start():
        return f"{' ' if match[0][0] == ' ' else ''}{said}"
    return f": {lower_first(said.replace(';', ',').replace(':', ','))}"


def _unbracketed(match: re.Match[str]) -> str:
    return f"; {match[1]};" if len(match[1]) > _LONG_NOTE else f", {match[1]},"


def one_number(text: str) -> str:
    """Only the first document number stays, without its date.

    The same document named again is "nghị định này"; other documents keep their names only.
    """
    first = ""

    def shorten(match: re.Match[str]) -> str:
        nonlocal first
        if not first:
            first = match["number"]
            return _ITS_DATE.sub("", match[0])
        same = match["number"] == first and _AGAIN.search(text[: match.start()].rstrip()[-20:])
        return " này" if same else ""

    shorter = NUMBER.sub(shorten, text)
    shorter = re.sub(
        rf"\b({DOCUMENT})\s+này của (?:Thủ tướng )?Chính phủ", r"\1 này", shorter, flags=re.I
    )
    shorter = re.sub(
        rf"\b({DOCUMENT})\s+này\b", lambda m: f"{m[1].lower()} này", shorter, flags=re.I
    )
    return " ".join(_SPACE_MARK.sub(r"\1", shorter).split())


def without_lead(text: str) -> str:
    """The text without the office phrase at its head."""
    match = _LEAD.match(text)
    return text[match.end() :] if match else text


def tidy(text: str) -> str:
    """The text without marks and joining words at its ends."""
    return _TAIL.sub("", _HEAD.sub("", text.strip(END))).strip(END)


def trim_end(text: str) -> str:
    """The text without the words that would leave its end hanging."""
    words = text.rstrip(END).split()
    while words and words[-1].lower().strip(END) in LOOSE:
        if " ".join(words[-2:]).lower() in _WHOLE_ENDS:
            break
        words.pop()
    if " ".join(words[-2:]).lower() in {"giai đoạn", "mức độ", "địa bàn", "quy định"}:
        return trim_end(" ".join(words[:-2]))
    return " ".join(words).rstrip(END)


def capital(text: str) -> str:
    """The text with a large first letter."""
    return text[:1].upper() + text[1:]


UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
"""The large letters of Vietnamese, for a class in a pattern."""
_NAMES = re.compile(
    r"Đảng|Nhà nước|Nhân dân|Chính phủ|Bộ |Trung ương|Trung tâm|Cổng|Đề án|Ủy ban|Thủ tướng|"
    r"Quốc hội|Tổ quốc|Nghị |Quyết định|Chỉ thị|Thông tư|Luật|Kế hoạch số|Công an|Internet|"
    rf"\w*[A-ZĐ]{{2}}|\w+[A-Z]|\w+ [{UPPER}][^\WA-Z]"
)


def lower_first(text: str) -> str:
    """The text with a small first letter, unless it begins with a name."""
    return text if _NAMES.match(text) else text[:1].lower() + text[1:]
