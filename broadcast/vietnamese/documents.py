"""Reading the numbers of official documents: "số 118/2025/NĐ-CP".

The form is fixed by Nghị định 30/2020/NĐ-CP: number, year for legal documents, the type's code and
the issuer's code. A listener is told the type, the number and the year; the codes are dropped, or
spelt out where nothing before them says what the document is.
"""

from __future__ import annotations

from typing import NamedTuple

from broadcast.vietnamese.dates import year
from broadcast.vietnamese.line import Line, Reading
from broadcast.vietnamese.numbers import cardinal, digits
from broadcast.vietnamese.syllables import is_unspeakable

TYPES = {
    "NĐ": "nghị định", "QĐ": "quyết định", "KH": "kế hoạch", "CT": "chỉ thị", "TT": "thông tư",
    "TTLT": "thông tư liên tịch", "NQ": "nghị quyết", "NQLT": "nghị quyết liên tịch",
    "HD": "hướng dẫn", "BC": "báo cáo", "TB": "thông báo", "TTr": "tờ trình", "CV": "công văn",
    "CTr": "chương trình", "CTrHĐ": "chương trình hành động", "CTHĐ": "chương trình hành động",
    "CĐ": "công điện", "PA": "phương án", "QC": "quy chế", "QyĐ": "quy định", "QĐi": "quy định",
    "KL": "kết luận", "ĐA": "đề án", "DA": "dự án", "PL": "pháp lệnh", "L": "luật",
    "GM": "giấy mời", "BB": "biên bản", "HĐ": "hợp đồng", "VBHN": "văn bản hợp nhất",
    "CTPH": "chương trình phối hợp", "QCPH": "quy chế phối hợp", "SL": "sắc lệnh", "LCT": "lệnh",
    "TC": "thông cáo",
}  # fmt: skip
"""Codes of document types."""
ISSUERS = {
    "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân", "QH": "Quốc hội", "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "VPCP": "Văn phòng Chính phủ", "TW": "Trung ương", "ĐU": "Đảng ủy", "HU": "Huyện ủy",
    "MTTQ": "Mặt trận Tổ quốc", "BNV": "Bộ Nội vụ", "BTP": "Bộ Tư pháp", "BCA": "Bộ Công an",
    "BQP": "Bộ Quốc phòng", "BTC": "Bộ Tài chính", "BYT": "Bộ Y tế", "BCT": "Bộ Công Thương",
    "BXD": "Bộ Xây dựng", "BKHCN": "Bộ Khoa học và Công nghệ", "BNG": "Bộ Ngoại giao",
    "BGDĐT": "Bộ Giáo dục và Đào tạo", "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BTTTT": "Bộ Thông tin và Truyền thông", "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BTNMT": "Bộ Tài nguyên và Môi trường", "TTCP": "Thanh tra Chính phủ",
    "NHNN": "Ngân hàng Nhà nước", "TANDTC": "Tòa án nhân dân tối cao", "CTN": "Chủ tịch nước",
    "VKSNDTC": "Viện Kiểm sát nhân dân tối cao", "BTGTW": "Ban Tuyên giáo Trung ương",
}  # fmt: skip
"""Codes of issuers that mean the same everywhere."""
WORDS = frozenset(
    [*TYPES.values(), "bộ luật", "văn bản", "quy định", "thông tri", "điều lệ", "công ước", "lệnh"]
)
"""Words that say what kind of document a number belongs to."""
_LETTER = "công văn"
_LIST = 16
"""Words in which the kind of a list of numbers was said."""
_NEAR = 24
"""Tokens of the clause behind a number in which its issuer is looked for."""


class _Number(NamedTuple):
    """A document's number as written: where it ends, its words, its codes."""

    end: int
    said: str
    codes: tuple[str, ...]


def document(line: Line, at: int) -> Reading | None:
    """A document's number at `at`."""
    found = _number(line, at)
    if found is None:
        return None
    if _is_named(line, found.codes):
        said = found.said if _is_close(line) else f"số {found.said}"
        return Reading(found.end - at, said, "số văn bản")
    kind = _kind(found.codes)
    if kind and line.rule == "số" and kind.split()[-1] in line.said[-_LIST:]:
        return _introduced(line, at, found, "")  # "Thông tư số 01, 02, 03/2024/TT-BNV"
    if kind is None:
        # "số" in front is enough for a law's own number: it says "số ... của Quốc hội".
        known = line.before() == "số" and found.codes[0] in ISSUERS
        return _introduced(line, at, found, "") if known else None
    return _introduced(line, at, found, kind + " số ")


def numbered_document(line: Line, at: int) -> Reading | None:
    """The word "số" before a document's number that nothing names: the code names it."""
    if line.token(at).lower() != "số":
        return None
    start = line.after_space(at + 1)
    if line.kind(start) == ":":
        start = line.after_space(start + 1)
    if line.kind(start) != "0":
        return None
    found = _number(line, start)
    if found is None:
        return None
    if _is_named(line, found.codes):
        if line.is_at(at + 1, " ") or not line.said:
            return None
        return Reading(found.end - at, f"{line.token(at)} {found.said}", "số văn bản")
    kind = _kind(found.codes)
    return _introduced(line, at, found, kind + " số ") if kind else None


def blank_number(line: Line, at: int) -> Reading | None:
    """The codes behind a number that was left blank: "Kế hoạch số ..../KH-UBND"."""
    if line.kind(at - 1) not in {"", " ", "…"} or line.kind(at + 1) != "a":
        return None
    codes, end = _codes(line, at)
    if len(codes) < 2 or codes[0] not in TYPES:
        return None
    if _is_named(line, codes):
        return Reading(end - at, "", "số văn bản")
    return _introduced(line, at, _Number(end, "", codes), TYPES[codes[0]])


def _introduced(line: Line, at: int, found: _Number, before: str) -> Reading:
    said = f"{before}{found.said}"
    issuer = next((ISSUERS[code] for code in found.codes[1:] or found.codes if code in ISSUERS), "")
    if issuer and not _has_issuer(line, found.end):
        said += f" của {issuer}"
    return Reading(found.end - at, said, "số văn bản, loại theo ký hiệu")


def _kind(codes: tuple[str, ...]) -> str | None:
    """The type that the codes name; an official letter's code begins with its issuer."""
    if codes[0] in TYPES:
        return TYPES[codes[0]]
    return _LETTER if len(codes) > 1 and codes[0] in ISSUERS else None


def _is_named(line: Line, codes: tuple[str, ...]) -> bool:
    """Whether the clause already says what the document is ("Luật Đất đai số")."""
    clause = line.clause()
    near = clause.removesuffix(" số")
    if _ends_in_word(near):
        return True
    if codes[0] not in TYPES and codes[0] not in ISSUERS and near != clause:
        return any(f" {word} " in near for word in WORDS)
    if codes[0] == "QH":
        far = line.said[-_LIST:]  # "Luật Cán bộ, công chức số ..."
        return "luật" in far or " nghị quyết " in near
    return codes[0] in TYPES and f" {TYPES[codes[0]]} " in near


def _ends_in_word(clause: str) -> bool:
    return any(clause.endswith(f" {word}") for word in WORDS)


def _is_close(line: Line) -> bool:
    """Whether the number stands right behind "số" or the document's word."""
    return line.before() == "số" or _ends_in_word(line.clause())


def _has_issuer(line: Line, at: int) -> bool:
    """Whether "của ..." follows in the same clause, or a date after which no issuer fits."""
    if line.word_after(at) == "ngày":
        return True
    for token in line.tokens[at : at + _NEAR]:
        if token == "của":  # noqa: S105  # a word, no password
            return True
        if token in {",", ";", ".", ":"}:
            return False
    return False


def _number(line: Line, at: int) -> _Number | None:
    """Number, year and codes: "61/2018/NĐ-CP", "66.22/2026/NQ-CP", "15-QĐ/TU", "136/2025/QH15"."""
    if len(line.token(at)) > 6:
        return None
    words, end = [_figures(line, at)], at + 1
    if line.is_at(end, ".0/") and len(line.token(end + 1)) <= 2:
        words += ["chấm", _figures(line, end + 1)]
        end += 2
    broken = line.is_at(end, "/ 0/")  # at the end of a line
    if line.kind(end) == "/" and year(line, end + 1 + broken):
        words += ["năm", cardinal(year(line, end + 1 + broken), line.region)]
        end += 2 + broken
    spaced = line.after_space(end)
    if line.kind(spaced) == "/" or (line.is_at(spaced, "-a") and line.token(spaced + 1) in TYPES):
        end = spaced
    codes, end = _codes(line, end)
    return _Number(end, " ".join(words), codes) if codes else None


def _figures(line: Line, at: int) -> str:
    token = line.token(at)
    zero = len(token) > 1 and int(token[0]) == 0 and int(token) > 0
    return digits(token, len(token)) if zero else cardinal(int(token), line.region)


def _codes(line: Line, at: int) -> tuple[tuple[str, ...], int]:
    """The codes after a number and where they end; they may be broken over two lines."""
    codes: list[str] = []
    while len(codes) < 6 and line.kind(at) in ("/", "-", "&") and len(line.token(at)) == 1:
        start = line.after_space(at + 1)
        code = line.token(start)
        if line.kind(start) != "a" or not _is_code(code, spaced=start > at + 1):
            break
        codes.append(code)
        at = start + 1
        if line.kind(at) == "0" and len(line.token(at)) <= 3:
            at += 1
    return tuple(codes), at


def _is_code(code: str, *, spaced: bool) -> bool:
    if code in TYPES or code in ISSUERS:
        return True
    loud = code[0].isupper() and code[-1].isalpha() and sum(map(str.isupper, code)) >= 2
    return loud and (is_unspeakable(code) if spaced else True)
