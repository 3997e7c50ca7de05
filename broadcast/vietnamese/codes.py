"""Reading codes: number plates, roads, house numbers, letters that belong to figures."""

from __future__ import annotations

from broadcast.vietnamese.line import Line, Reading
from broadcast.vietnamese.numbers import cardinal, digits
from broadcast.vietnamese.syllables import is_unspeakable, spell

_RULE = "mã"
FORM = "ký hiệu mẫu"
"""The rule by which a form's letters are spelt."""
_ROADS = {
    "QL": "quốc lộ", "TL": "tỉnh lộ", "ĐT": "đường tỉnh", "ĐH": "đường huyện", "HL": "hương lộ",
}  # fmt: skip
_STANDARDS = {
    "QCVN": "quy chuẩn Việt Nam", "QCĐP": "quy chuẩn địa phương", "TCVN": "tiêu chuẩn Việt Nam",
    "TCCS": "tiêu chuẩn cơ sở", "TCXDVN": "tiêu chuẩn xây dựng Việt Nam",
}  # fmt: skip
_HOUSES = ("số nhà", "nhà số", "ngõ", "hẻm", "ngách", "kiệt", "địa chỉ", "địa chỉ số")
_STREETS = frozenset(["đường", "phố", "ngõ", "thôn", "tổ", "khu", "ấp"])
_PLACES = frozenset(["TDP", "KP", "KDC", "KV", "NVH", "P", "Q", "Km", "KM", "TP"])
"""Abbreviations that a number may follow without a space ("KP5")."""
_CODE_WORDS = tuple(
    f" {word}"
    for word in (
        "mã", "mã số", "mã hồ sơ", "mã định danh", "mã số thuế", "tài khoản", "số tài khoản",
        "ký hiệu", "số định danh", "định danh cá nhân", "mã khách hàng", "mã tra cứu", "số seri",
        "seri", "số hiệu", "số phát hành", "căn cước công dân", "mã đơn vị", "mã bưu chính",
    )
)  # fmt: skip
"""What stands before a code that is read sign by sign."""
_IN_CODES = frozenset("a0.-/_")
_LONGEST_RUN = 24
"""Tokens of a code that are read as one."""
_GOES_ON = frozenset([".0", ",0", "/0"])
_MOST_LETTERS = 5
_FORMS = ("mẫu", "mẫu số", "biểu mẫu", "tờ khai", "tờ khai số")
"""Words after which letters are a form's ("mẫu TK1-TS")."""


def plate(line: Line, at: int) -> Reading | None:
    """A number plate ("99A-123.45", "29-B1 123.45", "14C 0987"), figure by figure."""
    if len(line.token(at)) != 2:
        return None
    letters = at + 2 if line.is_at(at, "0-a0") else at + 1
    token = line.token(letters)
    if line.kind(letters) != "a" or not token.isupper() or len(token) > 2:
        return None
    end = letters + 1
    series = [cardinal(line.value(at), line.region), token]
    if line.kind(end) == "0" and len(line.token(end)) == 1:
        series.append(digits(line.token(end)))
        end += 1
    if line.kind(end) not in {"-", " "}:
        return None
    groups = [line.token(end + 1)]
    end += 2
    if line.is_at(end, ".0"):
        groups.append(line.token(end + 1))
        end += 2
    if [len(group) for group in groups] not in ([3, 2], [4], [5]) or line.kind(end) == ".":
        return None
    if len(groups) == 1 and line.kind(letters + 1) == " " and "biển" not in line.clause():
        return None  # "12 A 1234" may be anything
    said = ", ".join(digits(group, len(group)) for group in groups if group.isdecimal())
    return Reading(end - at, f"{' '.join(series)}, {said}", "biển số") if said else None


def house(line: Line, at: int) -> Reading | None:
    """A house's number with those of its lanes: "ngõ 12/34" is "mười hai trên ba mươi tư"."""
    if not line.is_at(at, "0/0"):
        return None
    clause = line.clause(3)
    named = any(clause.endswith(f" {word}") for word in _HOUSES)
    words: list[str] = []
    end = at
    while line.kind(end) == "0" and line.value(end) >= 0 and len(words) < 5:
        words.append(cardinal(line.value(end), line.region))
        end += 2 if line.is_at(end + 1, "/0") else 1
        if line.kind(end) != "0":
            break
    street = line.word_after(end) in _STREETS and line.before() in {"số", ""}
    if not (named or (street and line.said)):
        return None
    return Reading(end - at, " trên ".join(words), "số nhà")


def standard(line: Line, at: int) -> Reading | None:
    """A technical standard ("QCVN 01-1:2018/BYT"): its number, its part and its year."""
    name = _STANDARDS.get(line.token(at))
    parted = line.is_at(at, "a 0-0:0") or line.is_at(at, "a 0-a:0")
    if name is None or not (parted or line.is_at(at, "a 0:0")):
        return None
    numbers = [line.token(at + 2), *([line.token(at + 4)] if parted else [])]
    end = at + 2 * len(numbers) + 3
    issued = line.value(end - 1)
    if not 1900 <= issued <= 2100 or max(map(len, numbers)) > 6:
        return None
    said = " gạch ".join(_number(one, line.region) for one in numbers)
    if line.is_at(end, "/a"):
        end += 2
    words = f"{name} {said} năm {cardinal(issued, line.region)}"
    return Reading(end - at, words, _RULE)


def _number(figures: str, region: str) -> str:
    """A part of a code: as one number, figure by figure with a zero in front, or spelt."""
    if not figures.isdecimal():
        return spell(figures)
    return digits(figures) if figures.startswith("0") else cardinal(int(figures), region)


def road(line: Line, at: int) -> Reading | None:
    """A road's number: "QL.18", "QL6", "ĐT.295"; its kind is named once."""
    name = _ROADS.get(line.token(at))
    if name is None:
        return None
    before = line.before()
    apart = line.is_at(at, "a.0") or (line.is_at(at, "a 0") and before in {"đường", "tuyến"})
    start = at + 2 if apart else at + 1
    figures = line.token(start)
    if line.kind(start) != "0" or len(figures) > 3 or figures.startswith("0"):
        return None
    if name == "đường tỉnh" and len(figures) < 3:
        return None
    if line.is_at(start, "0.0"):
        return None
    named = line.clause().endswith(f" {name}")
    kind = "" if named else name.removeprefix("đường ") if before == "đường" else name
    said = f"{kind} {cardinal(int(figures), line.region)}".strip()
    return Reading(start + 1 - at, said, "tên đường")


def lettered(line: Line, at: int) -> Reading | None:
    """Letters with figures right behind them ("BC15", "TBR225"): spelt, for they name nothing."""
    token, figures = line.token(at), line.token(at + 1)
    short = len(token) == 2 and token.isascii() and token.isupper()
    if token in _PLACES or len(token) > _MOST_LETTERS or not (short or is_unspeakable(token)):
        return None
    long = len(figures) > 3 or figures.startswith("0")
    said = digits(figures) if long else cardinal(int(figures), line.region)
    return Reading(2, f"{spell(token)} {said}".strip(), _RULE)


def serial(line: Line, at: int) -> Reading | None:
    """Letters before a long number ("BX 123456", "CT.05"): a series, spelt."""
    token = line.token(at)
    dotted = line.is_at(at, "a.0") and line.token(at + 2).startswith("0")
    start = at + 2
    if not (dotted or (line.is_at(at, "a 0") and len(line.token(start)) in {6, 7, 8})):
        return None
    series = is_unspeakable(token) or (len(token) == 2 and token.isascii() and token.isupper())
    if len(token) > 3 or not series or line.shape[start + 1 : start + 3] in _GOES_ON:
        return None
    return Reading(3, f"{spell(token)} {digits(line.token(start))}", _RULE)


def run(line: Line, at: int) -> Reading | None:
    """A code behind the word that says so ("Mã hồ sơ: H12.34-261124-0005"), sign by sign."""
    said = " " + " ".join(word for word in line.said[-4:] if word != ":")
    if not said.endswith(_CODE_WORDS) or line.kind(at - 1) not in {" ", ":"}:
        return None
    end = at
    while line.kind(end) in _IN_CODES and end - at < _LONGEST_RUN:
        end += 1
    while end > at and line.kind(end - 1) not in {"0", "a"}:
        end -= 1
    while line.is_at(end, " 0") and line.kind(end - 1) == "0" and len(line.token(end + 1)) > 2:
        end += 2
    tokens = line.tokens[at:end]
    if len(tokens) == 1:
        return None
    figures = sum(len(token) for token in tokens if token.isdecimal())
    mixed = any(token.isalpha() for token in tokens)
    if figures < (2 if mixed else 4) or not all(map(_is_code_part, tokens)):
        return None
    parts = (digits(one) if one.isdecimal() else spell(one) for one in tokens if one.isalnum())
    return Reading(end - at, ", ".join(parts), _RULE)


def _is_code_part(token: str) -> bool:
    return not token.isalpha() or (token.isupper() and len(token) <= _MOST_LETTERS)


def form(line: Line, at: int) -> Reading | None:
    """A form's letters ("Mẫu số 02/ĐK"), spelt."""
    token = line.token(at)
    if not is_unspeakable(token) or not _is_form(line, at):
        return None
    return Reading(1, spell(token), FORM)


def _is_form(line: Line, at: int) -> bool:
    """Whether a form is named right before, or with a number and a mark between."""
    if line.kind(at - 1) in {"/", "-", "."}:
        said = " ".join(line.said[-8:])
        return any(f" {word} " in f" {said} " for word in _FORMS)
    return any(line.clause().endswith(f" {word}") for word in _FORMS)
