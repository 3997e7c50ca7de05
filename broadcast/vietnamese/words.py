"""Reading words that are no plain words: Roman numbers, web and mail addresses."""

from __future__ import annotations

from broadcast.vietnamese.dates import year
from broadcast.vietnamese.figures import one_by_one
from broadcast.vietnamese.line import Line, Reading
from broadcast.vietnamese.numbers import cardinal, roman
from broadcast.vietnamese.syllables import is_syllable, spell, split_plain

_BEFORE_ROMAN = frozenset(
    "quý khóa khoá phần chương mục lục hội kỳ hạng loại cấp thứ bậc vùng nhóm tập kỷ đoạn đợt vực "
    "khu điều biểu bảng động lần số tuyến mức vòng quyển học tiết đề cụm tổ đội pháo".split()
)
"""Words after which I, V, X are numbers."""
_ROMAN_RULE = "số La Mã"
_SMALL = frozenset("IVX")
_TOPS = frozenset(
    "vn com net org gov edu info io me asia ly gl app page tv online site top xyz link".split()
)
"""Endings of addresses without http:// before them."""
_LABELS = {
    "gov": "gốp", "vn": "vê nờ", "com": "com", "net": "nét", "org": "o rờ gờ", "edu": "e đu",
    "www": "vê kép vê kép vê kép", "dichvucong": "dịch vụ công", "vneid": "vê nờ e i đê",
    "chinhphu": "chính phủ", "baohiemxahoi": "bảo hiểm xã hội", "bocongan": "bộ công an",
    "gmail": "gờ meo", "mail": "meo", "email": "i meo", "yahoo": "da hu", "zalo": "da lô",
    "facebook": "phây búc", "google": "gu gồ", "youtube": "diu túp", "congdan": "công dân",
    "thutuc": "thủ tục", "ubnd": "u bê nờ đê",
    "io": "i o", "web": "oép", "portal": "po tồ", "app": "áp", "bit": "bít", "info": "in phô",
    "me": "mi", "html": "hát tê em lờ",
}  # fmt: skip
"""Parts of addresses that people know by a name."""
_KNOWN = {
    "congan": "công an", "tintuc": "tin tức", "thongbao": "thông báo",
    "truyenthanh": "truyền thanh",
    "dangky": "đăng ký", "xa": "xã", "phuong": "phường", "huyen": "huyện", "tinh": "tỉnh",
    "daotao": "đào tạo", "giaoduc": "giáo dục", "yte": "y tế", "tuyensinh": "tuyển sinh",
    "phananh": "phản ánh", "tracuu": "tra cứu", "hoso": "hồ sơ", "hanhchinh": "hành chính",
    "motcua": "một cửa", "vanban": "văn bản", "vanthu": "văn thư", "dichvucong": "dịch vụ công",
    "baohiemxahoi": "bảo hiểm xã hội", "thanhnien": "thanh niên", "phunu": "phụ nữ",
    "nongdan": "nông dân", "mattran": "mặt trận", "chinhquyen": "chính quyền",
    "congdan": "công dân", "chuyendoiso": "chuyển đổi số", "vieclam": "việc làm", "thue": "thuế",
    "hoadon": "hóa đơn", "luatvietnam": "luật Việt Nam", "quocgia": "quốc gia",
    "angiang": "an giang", "bacninh": "bắc ninh", "bacgiang": "bắc giang", "backan": "bắc kạn",
    "baclieu": "bạc liêu", "bentre": "bến tre", "binhdinh": "bình định", "binhduong": "bình dương",
    "binhphuoc": "bình phước", "binhthuan": "bình thuận", "camau": "cà mau", "cantho": "cần thơ",
    "caobang": "cao bằng", "danang": "đà nẵng", "daklak": "đắk lắk", "daknong": "đắk nông",
    "dienbien": "điện biên", "dongnai": "đồng nai", "dongthap": "đồng tháp", "gialai": "gia lai",
    "hagiang": "hà giang", "hanam": "hà nam", "hanoi": "hà nội", "hatinh": "hà tĩnh",
    "haiduong": "hải dương", "haiphong": "hải phòng", "haugiang": "hậu giang",
    "hoabinh": "hòa bình", "hungyen": "hưng yên", "khanhhoa": "khánh hòa",
    "kiengiang": "kiên giang", "kontum": "kon tum", "laichau": "lai châu", "lamdong": "lâm đồng",
    "langson": "lạng sơn", "laocai": "lào cai", "longan": "long an", "namdinh": "nam định",
    "nghean": "nghệ an", "ninhbinh": "ninh bình", "ninhthuan": "ninh thuận", "phutho": "phú thọ",
    "phuyen": "phú yên", "quangbinh": "quảng bình", "quangnam": "quảng nam",
    "quangngai": "quảng ngãi", "quangninh": "quảng ninh", "quangtri": "quảng trị",
    "soctrang": "sóc trăng", "sonla": "sơn la", "tayninh": "tây ninh", "thaibinh": "thái bình",
    "thainguyen": "thái nguyên", "thanhhoa": "thanh hóa", "thuathienhue": "thừa thiên huế",
    "tiengiang": "tiền giang", "travinh": "trà vinh", "tuyenquang": "tuyên quang",
    "vinhlong": "vĩnh long", "vinhphuc": "vĩnh phúc", "yenbai": "yên bái",
    "hochiminh": "hồ chí minh", "tphcm": "thành phố hồ chí minh",
}  # fmt: skip
"""Words written together without marks that addresses of offices are made of."""
_SIGNS = {
    ".": "chấm", "@": "a còng", "/": "gạch chéo", "-": "gạch ngang", "_": "gạch dưới",
    ":": "hai chấm", "?": "hỏi", "=": "bằng", "&": "và", "%": "phần trăm", "+": "cộng",
    "#": "thăng",
}  # fmt: skip
_MOST = 40
"""Tokens of an address that are read; a longer one is cut there."""


def roman_number(line: Line, at: int) -> Reading | None:
    """A Roman number where a number is meant: "quý IV", "khóa XV", at the head of a line."""
    token = line.token(at)
    value = roman(token)
    if value is None or (len(token) == 1 and token not in {"I", "V", "X"}):
        return None
    heads = line.kind(at + 1) in {".", "/", ")", "-"} and line.heads(at)
    goes_on = line.rule == _ROMAN_RULE and line.kind(at - 1) in {" ", "-", ",", "/"}
    # No name, no abbreviation and no syllable is written "III" or "XII".
    sure = len(token) > 1 and set(token) <= _SMALL and not is_syllable(token)
    if not (line.before() in _BEFORE_ROMAN or heads or goes_on or sure):
        return None
    if line.is_at(at + 1, ".0") and not heads:
        dotted = f"{cardinal(value, line.region)} chấm {cardinal(line.value(at + 2), line.region)}"
        return Reading(3, dotted, _ROMAN_RULE) if line.value(at + 2) >= 0 else None
    said = cardinal(value, line.region)
    if line.before() == "thứ" and value in {1, 4}:
        said = "nhất" if value == 1 else "tư"
    if line.kind(at + 1) in {"/", "-"} and year(line, at + 2):
        return Reading(3, f"{said} năm {cardinal(year(line, at + 2), line.region)}", _ROMAN_RULE)
    return Reading(1, said, _ROMAN_RULE)


def address(line: Line, at: int) -> Reading | None:
    """A web or mail address, said sign by sign; the scheme and "www" are left out."""
    if not line.starts_token(at):
        return None
    end = at
    while end < len(line.shape) and end - at < _MOST and line.shape[end] not in ' "()[],;<>…!':
        end += 1
    while end > at and line.shape[end - 1] in ".:?":
        end -= 1
    if end - at < 3 or not _is_address(line, at, end):
        return None
    start = at
    if line.is_at(start + 1, "://"):
        start += 4
    elif line.token(start + 1) == ":" and line.token(start + 2) == "//":
        start += 3
    if line.token(start).lower() == "www" and line.kind(start + 1) == ".":
        start += 2
    if line.kind(end - 1) == "/":
        words = [_part(line, n) for n in range(start, end - 1)]
    else:
        words = [_part(line, n) for n in range(start, end)]
    return Reading(end - at, " ".join(word for word in words if word), "địa chỉ mạng")


def _is_address(line: Line, at: int, end: int) -> bool:
    tokens = line.tokens[at:end]
    if tokens[0].lower() in {"http", "https"} and tokens[1] == ":":
        return True
    if not all(token.isascii() for token in tokens[:3]):
        return False
    if "@" in tokens[1:-1]:
        return "." in tokens[tokens.index("@", 1) :]
    host = tokens[: tokens.index("/")] if "/" in tokens else tokens
    if host.count(".") == 0 or not set(line.shape[at : at + len(host)]) <= set("a0.-"):
        return False
    return host[-1].lower() in _TOPS and host[-2] == "."


def _part(line: Line, at: int) -> str:
    token = line.token(at).lower()
    kind = line.kind(at)
    if kind == "0":
        return one_by_one(token)
    if kind != "a":
        return _SIGNS.get(kind, "")
    return _LABELS.get(token) or _known_parts(token)


def _known_parts(label: str) -> str:
    """Syllables where the label is made of them, else letter by letter."""
    for known in ("ubnd", "hdnd", "vpub"):
        if label.startswith(known) and len(label) > len(known):
            return f"{spell(known)} {_known_parts(label[len(known) :])}"
    if is_syllable(label) and label not in _KNOWN:
        return label
    parts = split_plain(label, _KNOWN)
    return " ".join(parts) if parts else spell(label)
