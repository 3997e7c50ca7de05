"""Numbers in Vietnamese words: pure functions, north and south.

`region` is "bắc", "trung" or "nam"; only the south differs here: ngàn, lẻ, and no "mùng".
"""

from __future__ import annotations

from collections.abc import Iterator

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9
_SPELL_FROM = 10**18
"""From here on nobody follows a number by ear: its digits are read in groups."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_PARTS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def cardinal(n: int, region: str = "bắc") -> str:
    """A whole number: 1024 is "một nghìn không trăm hai mươi tư".

    From 10^18 on the digits are read one by one, in groups of three.
    """
    if n < 0:
        return f"âm {cardinal(-n, region)}"
    if n >= _SPELL_FROM:
        return digits("".join(reversed([f"{part:018d}" for part in _chunks(n)])).lstrip("0"))
    high, low = divmod(n, _BILLION)
    if not high:
        return " ".join(_below_billion(low, region, full=False))
    words = [cardinal(high, region), "tỷ"]
    return " ".join([*words, *_below_billion(low, region, full=True)] if low else words)


def _chunks(n: int) -> Iterator[int]:
    while n:
        n, part = divmod(n, _SPELL_FROM)
        yield part


def _below_billion(n: int, region: str, *, full: bool) -> list[str]:
    """Words of 0 <= n < 10^9; `full`: something larger was said, so empty hundreds are said."""
    words: list[str] = []
    thousand = "ngàn" if region == "nam" else "nghìn"
    for size, name in ((1_000_000, "triệu"), (1_000, thousand), (1, "")):
        group = n // size % 1_000
        if group:
            words += _group(group, region, full=full or bool(words))
            words += [name] if name else []
    return words or ["không"]


def _group(n: int, region: str, *, full: bool) -> list[str]:
    """Words of 1 <= n < 1000."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens > 1:
        words += [DIGITS[tens], "mươi"]
    elif tens:
        words.append("mười")
    elif ones and words:
        words.append("lẻ" if region == "nam" else "linh")
    return words + ([_unit(ones, tens)] if ones else [])


def _unit(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 4 and tens > 1:
        return "tư"
    return "lăm" if ones == 5 and tens else DIGITS[ones]


def digits(figures: str, group: int = 3) -> str:
    """Figures one by one: "0912" is "không chín một hai"; a comma's pause after each `group`.

    A last group of a single figure joins the one before it.
    """
    words = [DIGITS[int(figure)] for figure in figures]
    parts = [words[at : at + group] for at in range(0, len(words), group)]
    if len(parts) > 1 and len(parts[-1]) == 1:
        last = parts.pop()
        parts[-1] += last
    return ", ".join(" ".join(part) for part in parts)


def decimal(whole: int, fraction: str, region: str = "bắc") -> str:
    """A decimal number: (98, "5") is "chín mươi tám phẩy năm".

    Two figures after the comma are read as a number ("bảy mươi lăm"), more of them, or with a
    leading zero, one by one.
    """
    short = len(fraction) <= 2 and not fraction.startswith("0")
    after = cardinal(int(fraction), region) if short else digits(fraction)
    return f"{cardinal(whole, region)} phẩy {after}"


def ordinal(n: int, region: str = "bắc") -> str:
    """A place in an order, after the word "thứ": 1 is "nhất", 4 is "tư"."""
    return {1: "nhất", 4: "tư"}.get(n) or cardinal(n, region)


def day_of_month(n: int, region: str = "bắc") -> str:
    """A day after the word "ngày": 1 is "mùng một" (south: "một"), 15 is "mười lăm"."""
    early = 1 <= n <= 10 and region != "nam"
    return f"mùng {cardinal(n, region)}" if early else cardinal(n, region)


def month(n: int) -> str:
    """A month after the word "tháng": 4 is "tư"."""
    return "tư" if n == 4 else cardinal(n)


def roman(text: str) -> int | None:
    """The value of a Roman number in its proper form ("XIV" is 14), None for anything else."""
    if (
        not text
        or text[0] not in _ROMAN
        or len(text) > 15
        or any(letter not in _ROMAN for letter in text)
    ):
        return None
    values = [_ROMAN[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    total = sum(-value if value < after else value for value, after in pairs)
    return total if _to_roman(total) == text else None


def _to_roman(n: int) -> str:
    parts = []
    for value, letters in _ROMAN_PARTS:
        count, n = divmod(n, value)
        parts.append(letters * count)
    return "".join(parts)
