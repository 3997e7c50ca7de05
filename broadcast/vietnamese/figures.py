"""Reading figures: whole and decimal numbers, amounts with units, phone numbers, long codes."""

from __future__ import annotations

import unicodedata

from broadcast.vietnamese.line import Line, Reading
from broadcast.vietnamese.numbers import DIGITS, cardinal, decimal, digits, ordinal

UNITS = {
    "%": "phần trăm", "‰": "phần nghìn", "km": "ki lô mét", "m": "mét", "cm": "xăng ti mét",
    "mm": "mi li mét", "dm": "đề xi mét", "ha": "héc ta", "kg": "ki lô gam", "g": "gam",
    "mg": "mi li gam", "l": "lít", "lít": "lít", "ml": "mi li lít", "đ": "đồng", "₫": "đồng",
    "VNĐ": "đồng", "VND": "đồng", "vnđ": "đồng", "USD": "đô la Mỹ", "$": "đô la", "€": "ơ rô",
    "tr": "triệu", "trđ": "triệu đồng", "kVA": "ki lô vôn am pe", "KVA": "ki lô vôn am pe",
    "mmHg": "mi li mét thủy ngân", "mAh": "mi li am pe giờ", "cc": "xê xê", "CC": "xê xê",
    "kcal": "ki lô ca lo", "Kcal": "ki lô ca lo",
    "kV": "ki lô vôn", "KV": "ki lô vôn", "hl": "héc tô lít", "Pa": "pát can",
    "hPa": "héc tô pát can",
    "HP": "mã lực", "TB": "tê ra bai", "Gbps": "ghi ga bít trên giây",
    "µg": "mi crô gam", "mcg": "mi crô gam", "µm": "mi crô mét", "IU": "đơn vị quốc tế",
    "UI": "đơn vị quốc tế", "lux": "lúc", "T": "tấn", "ppm": "phần triệu", "k": "nghìn",
    "kW": "ki lô oát", "KW": "ki lô oát",
    "kWh": "ki lô oát giờ", "KWh": "ki lô oát giờ", "kwh": "ki lô oát giờ", "MW": "mê ga oát",
    "W": "oát", "V": "vôn", "Hz": "héc", "MHz": "mê ga héc", "MB": "mê ga bai",
    "GB": "ghi ga bai", "KB": "ki lô bai", "Mbps": "mê ga bít trên giây", "dB": "đề xi ben",
    "dBA": "đề xi ben",
    "s": "giây", "h": "giờ", "km²": "ki lô mét vuông", "m²": "mét vuông",
    "cm²": "xăng ti mét vuông", "′": "phút",
    "m³": "mét khối", "cm³": "xăng ti mét khối", "ºC": "độ xê", "oC": "độ xê", "°": "độ",
}  # fmt: skip
"""How a unit is said after a number."""
_POWERS = {"2": "vuông", "3": "khối"}
_SCALES = {"C": "xê", "F": "ép"}
_LENGTHS = frozenset(["km", "m", "cm", "mm", "dm"])
_RISKY = frozenset(["V", "W", "s", "k", "T", "TB", "HP"])
"""What is a unit only right behind the number."""
_LISTS = frozenset(
    ["điều", "khoản", "quý", "tổ", "khu", "lớp", "mục", "thôn", "bản", "thứ", "ngày", "tháng"]
)
"""After these words "3,4" are two numbers."""
_OUTLINE = frozenset(["mục", "phần", "bản", "tiểu", "số", "điểm", "mẫu", "chương", "khoản"])
"""After these words "2.4" is no decimal number."""
_LONG = 10
"""A whole number of so many figures without separators is a code, not a quantity."""
_CODES = ("mã", "tài khoản", "căn cước", "căn cước công dân", "chứng minh nhân dân", "hồ sơ số")
_PHONES = (
    "điện thoại", "đường dây nóng", "tổng đài", "số máy", "gọi", "liên hệ", "zalo", "phách", "bấm",
    "da lô", "quay số", "đầu số", "máy lẻ", "nhánh", "di động",
)  # fmt: skip
_HELPERS = (
    "cấp cứu",
    "báo cháy",
    "cứu nạn",
    "công an",
    "chữa cháy",
    "cảnh sát",
    "cứu hỏa",
    "cứu hoả",
    "cứu hộ",
    "trẻ em",
    "xâm hại",
    "bạo lực",
    "mua bán người",
    "số",
)
_EMERGENCY = frozenset("111 112 113 114 115 1022 18001091 18001567".split())
"""Numbers that everybody is to call, also further on in a list of them."""
_BIG = frozenset("đồng đ vnđ vnd người hộ ha tấn kg lượt cây con nhân".split())
_COUNTED = frozenset("đồng đ vnđ vnd người hộ lượt con nhân cử hồ".split())
"""What has no parts, so that a comma before it stands between thousands."""
_AFTER_PHONE = frozenset("để hoặc và khi gặp của là nếu thì trong hay vào được nhé".split())
_PRIMES = frozenset(["'", "’", "′"])
"""Right behind a number: minutes ("15'")."""
_TOTALS = frozenset(["tổng", "trong", "dân", "một", "con", "vô"])
NUMBERED = ("đề án", "mẫu", "biểu", "phụ lục", "quyết định", "thông tư", "nghị quyết", "chỉ thị")


def phone(line: Line, at: int) -> Reading | None:
    """A telephone number, figure by figure, in the groups it is written in."""
    start = at + 1 if line.is_at(at, "+0") else at
    if line.is_at(at, "(0)"):
        return _bracketed(line, at)
    groups, end = _groups(line, start)
    written = "".join(groups)
    plus = start > at
    if plus and not written.startswith("84"):
        return None
    area = written.startswith("0") and len(written) > 6 and _is_called(line, written, end)
    if not (plus or area or _is_phone(written, groups)):
        groups, end = groups[:1], start + 1
        if not _is_called(line, groups[0], end):
            return None
    if len(groups) == 1 and len(groups[0]) >= 8:
        number = groups[0]
        hotline = number[:4] in {"1800", "1900"}
        groups = [number[:4], number[4:]] if hotline else [number[:-6], number[-6:-3], number[-3:]]
    said = ", ".join(digits(group, len(group)) for group in _joined(groups))
    return Reading(end - at, f"cộng {said}" if plus else said, "số điện thoại")


def _bracketed(line: Line, at: int) -> Reading | None:
    """A number whose area code stands in brackets: "(0211) 3.856.789"."""
    start = line.after_space(at + 3)
    area = line.token(at + 1)
    if line.kind(start) != "0" or not area.startswith("0"):
        return None
    groups, end = _groups(line, start)
    if not 9 <= len(area) + sum(map(len, groups)) <= 11:
        return None
    said = ", ".join(digits(group, len(group)) for group in _joined([area, *groups]))
    return Reading(end - at, said, "số điện thoại")


def _joined(groups: list[str]) -> list[str]:
    """The groups, a single figure with those behind it ("3", "856" is said in one breath)."""
    joined: list[str] = []
    held = ""
    for group in groups:
        held += group
        if len(held) > 1:
            joined.append(held)
            held = ""
    return [*joined, held] if held else joined


def _groups(line: Line, at: int) -> tuple[list[str], int]:
    """Groups of figures from `at` on with one dot, dash or space between them, and their end."""
    groups = [line.token(at)]
    end = at + 1
    while len(groups) < 6 and line.shape[end : end + 2] in {".0", "-0", " 0"}:
        groups.append(line.token(end + 1))
        end += 2
    return groups, end


def _is_phone(written: str, groups: list[str]) -> bool:
    if written.startswith("0"):
        singles = sum(len(group) == 1 for group in groups)
        return 9 <= len(written) <= 11 and (not singles or (singles == 1 and len(groups[0]) > 2))
    hotline = groups[0][:4] in {"1800", "1900"}
    return hotline and len(written) in {8, 10} and len(groups[0]) in {4, len(written)}


def _is_called(line: Line, number: str, end: int) -> bool:
    """Whether a short number is one to call: the words before say so, and no noun follows."""
    if not 3 <= len(number) <= 11 or (line.kind(end) in "./-:" and line.kind(end + 1) == "0"):
        return False
    after = line.word_after(end)
    if number in _EMERGENCY and _stands_behind_a_name(line) and after not in _BIG:
        return True
    if after and after not in _AFTER_PHONE:
        return False
    if line.before() in {"gửi", "đến", "tới"} and {"nhắn", "soạn"} & set(line.said[-14:]):
        return True
    known = number in _EMERGENCY
    back = 24 if known else 8 if number.startswith("0") else 5
    said = " " + " ".join(word for word in line.said[-back:] if word != ":") + " "
    names = (*_PHONES, *_HELPERS) if known else _PHONES
    return any(f" {name} " in said for name in names)


def _stands_behind_a_name(line: Line) -> bool:
    """Whether the words right before call it a number to ring: "Tổng đài 111 bảo vệ trẻ em"."""
    return any(name in {line.before(), f"{line.before(2)} {line.before()}"} for name in _PHONES)


def number(line: Line, at: int) -> tuple[int, str]:
    """A number at `at`: how many tokens it takes, and its words. Never fails."""
    token = line.token(at)
    if line.kind(at - 1) == "a" and token.startswith("0") and 1 < len(token) < _LONG:
        return 1, digits(token)  # "D02"
    width = _thousands(line, at) or _spaced_thousands(line, at) or 1
    whole = "".join(line.tokens[at : at + width : 2])
    mark, fraction = line.kind(at + width), line.token(at + width + 1)
    if line.is_at(at + width, ",0") and not _is_list(line, at, width):
        if (
            len(fraction) == 3
            and width == 1
            and line.word_after(at + 3) in _COUNTED
            and whole != "0"
        ):
            return 3, _plain(whole + fraction, line.region)
        return width + 2, _decimal(whole, fraction, line.region)
    if mark == "." and line.is_at(at + width, ".0"):
        return _dotted(line, at)
    if width > 1 or line.word_after(at + 1) == "đồng":
        return width, _plain(whole, line.region)
    return width, integer(line, whole)


def _is_list(line: Line, at: int, width: int) -> bool:
    """Whether "3,4" is two numbers: after what is numbered, or in a chain "2,4,6"."""
    if line.is_at(at + width, ",0,0"):
        return True
    level = line.before() == "độ" and line.before(2) in {"mức", "cấp"}
    listed = level or line.before() in _LISTS or line.kind(at - 1) == ","
    return listed and not unit(line, at + width + 2)[0]


def _thousands(line: Line, at: int) -> int:
    """Tokens of a whole number with dots (or at least two commas) between its thousands, or 0."""
    first = line.token(at)
    if len(first) > 3 or int(first[0]) == 0:
        return 0
    for mark, least in ((".", 1), (",", 2)):
        end = at + 1
        while line.is_at(end, f"{mark}0") and len(line.token(end + 1)) == 3:
            end += 2
        groups = (end - at) // 2
        if groups >= least and not line.is_at(end, f"{mark}0"):
            return 2 * groups + 1
    return 0


def _spaced_thousands(line: Line, at: int) -> int:
    """Tokens of "10 000 đồng": spaces between thousands, sure only before what is counted."""
    end = at + 1
    while end - at < 12 and line.is_at(end, " 0") and len(line.token(end + 1)) == 3:
        end += 2
    fits = len(line.token(at)) <= 3 and not line.token(at).startswith("0")
    return end - at if fits and end > at + 1 and line.word_after(end) in _BIG else 0


def _dotted(line: Line, at: int) -> tuple[int, str]:
    """ "98.5" as a decimal number; "2.4.1" or the item "mục 2.4" with "chấm"."""
    parts = [line.token(at)]
    end = at + 1
    while line.is_at(end, ".0"):
        parts.append(line.token(end + 1))
        end += 2
    if len(parts) == 2 and line.before() not in _OUTLINE and not _is_heading(line, at, end):
        return 3, _decimal(parts[0], parts[1], line.region)
    return end - at, " chấm ".join(_plain(part, line.region) for part in parts)


def _is_heading(line: Line, at: int, end: int) -> bool:
    """Whether a number with a dot counts headings ("1.2. Mục tiêu")."""
    text = line.token(line.after_space(end))[:1].isupper()
    return line.heads(at) and (
        line.kind(end) in {".", "-", ")", "/"} or (text and len(line.token(at)) == 1)
    )


def _decimal(whole: str, fraction: str, region: str) -> str:
    if max(len(whole), len(fraction)) <= 15:
        return decimal(int(whole), fraction, region)
    return f"{_plain(whole, region)} phẩy {digits(fraction)}"


def _plain(figures: str, region: str) -> str:
    """A whole number, or figure by figure if it is long or has zeros in front."""
    if len(figures) > 18 or (len(figures) > 2 and int(figures[0]) == 0):
        return digits(figures)
    return cardinal(int(figures), region)


def integer(line: Line, figures: str) -> str:
    """A whole number as the words before it ask: a place, a code, a numbered document, a count."""
    before = line.before()
    if before == "thứ" and len(figures) <= 2:
        return ordinal(int(figures), line.region)
    if len(figures) == 2 and int(figures) < 10 and _is_numbered(line):
        return digits(figures)
    clause = line.clause(5)
    if len(figures) >= _LONG or (len(figures) >= 6 and any(word in clause for word in _CODES)):
        return digits(figures)
    if figures in {"4", "04"} and line.said[-1:] == [","] and line.said[-3:-2] == ["thứ"]:
        return "tư"
    return _plain(figures, line.region)


def _is_numbered(line: Line) -> bool:
    """Whether a number with a zero in front is a name ("số 06"), not a count ("tổng số 06 hộ")."""
    if line.before() == "số":
        return line.before(2) not in _TOTALS
    if line.said[-1:] == [","] and line.said[-3:-2] == ["không"] and line.rule == "số":
        return True  # "số 01, 02, 03"
    clause = line.clause(3)
    return any(clause.endswith(f" {word}") for word in NUMBERED)


def unit(line: Line, at: int) -> tuple[int, str]:
    """The unit at `at` or after a space: its tokens and words; (0, "") if there is none."""
    spaced = line.kind(at) == " "
    start = at + 1 if spaced else at
    token = line.token(start)
    if token == "đ" and line.is_at(start + 1, "/a") and line.token(start + 2) == "c":  # noqa: S105
        return 0, ""  # "15 đ/c"
    if token in _PRIMES and not spaced and line.kind(at - 2) != '"':
        return 1, "phút"
    if token not in UNITS or (spaced and token in _RISKY):
        return 0, ""
    said, more = UNITS[token], _unit_end(line, token, start + 1)
    if line.kind(start + 1) == "a" and not more:
        return 0, ""
    return start + 1 + len(more.split()) - at + (more == " đồng"), said + more


def _unit_end(line: Line, unit: str, end: int) -> str:
    """What belongs to a unit behind it, a word for each token: "m2", "°C"; "tr.đ" has a dot."""
    token = line.token(end)
    if unit in _LENGTHS and token in _POWERS and line.kind(end + 1) not in {"a", "0"}:
        return f" {_POWERS[token]}"
    if unit == "°" and token in _SCALES:
        return f" {_SCALES[token]}"
    dotted = unit == "tr" and line.is_at(end, ".a") and line.token(end + 1) in {"đ", "đồng"}
    return " đồng" if dotted else ""


def amount(line: Line, at: int) -> Reading:
    """A number with its unit, if one follows."""
    width, said = number(line, at)
    more, name = unit(line, at + width)
    if line.region == "nam":
        name = name.replace("nghìn", "ngàn")
    if more:
        return Reading(width + more, f"{said} {name}", "số và đơn vị")
    return Reading(width, said, "số")


def fraction(line: Line, at: int) -> Reading | None:
    """ "1/2" is "một phần hai", "8/15" and "24/7" are said with "trên"."""
    top, bottom = line.value(at), line.value(at + 2)
    if top < 0 or bottom < 0 or line.is_at(at + 3, "/0") or line.kind(at - 1) == "/":
        return None
    share = 0 < top < bottom <= 10
    under = (
        f"phần {_share(bottom, line.region)}" if share else f"trên {cardinal(bottom, line.region)}"
    )
    said = f"{cardinal(top, line.region)} {under}"
    if line.is_at(at + 3, ",0") and line.kind(at + 5) not in {",", "/"}:
        low = _decimal(line.token(at + 2), line.token(at + 4), line.region)
        more, name = unit(line, at + 5)
        said = f"{cardinal(top, line.region)} trên {low} {name}".strip()
        return Reading(5 + more, said, "phân số")
    more, name = unit(line, at + 3)
    return Reading(3 + more, f"{said} {name}".strip(), "phân số")


def one_by_one(figures: str) -> str:
    """Figures of a web address, without pauses."""
    return " ".join(DIGITS[int(figure)] for figure in figures)


def odd_figures(token: str, region: str, *, after_number: bool) -> str:
    """Letters and figures of other forms: "½" is a fraction, "x²" a power, "①" a number.

    "" where one of them has no reading.

    Args:
        token: letters and figures that are no decimal digits.
        region: "bắc", "trung" or "nam".
        after_number: whether a number stands right before, as in "2½".
    """
    words = [""]
    for sign in token:
        top, slash, bottom = unicodedata.normalize("NFKC", sign).partition("\u2044")
        if sign.isalpha() or top.isalpha():
            words[-1] += sign if sign.isalpha() else top
        elif slash and top and bottom:
            words += ["và"] if after_number or words[-1] else []
            words += [f"{cardinal(int(top), region)} phần {_share(int(bottom), region)}", ""]
        elif not top.isdecimal():
            return ""
        else:
            power = unicodedata.decomposition(sign).startswith("<super>")
            words += [f"{'mũ ' if power else ''}{cardinal(int(top), region)}", ""]
    return " ".join(filter(None, words))


def _share(bottom: int, region: str) -> str:
    """What stands under a fraction: a quarter is "một phần tư"."""
    return "tư" if bottom == 4 else cardinal(bottom, region)
