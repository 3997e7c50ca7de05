"""Periods and small numbers as plans write them: "02 (hai)", "mỗi tuần", "hằng quý"."""

from __future__ import annotations

import re

_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
COUNT = r"(?:\d{1,3}|" + "|".join(_WORDS) + r")"
"""A count in digits or in a word, for patterns."""
PERIOD = r"(?:0?6 tháng|0?9 tháng|sáu tháng|chín tháng|ngày|tuần|tháng|quý|năm)"
"""A period of time, for patterns."""


def read_count(text: str) -> int:
    """The number of a text that COUNT matches."""
    text = text.strip().casefold()
    return int(text) if text.isdigit() else _WORDS.index(text) + 1


def read_period(text: str) -> str:
    """The name of a period: "06 tháng" and "sáu tháng" are "6 tháng"."""
    text = re.sub(r"\s+", " ", text.strip().casefold()).removeprefix("0")
    return text.replace("sáu tháng", "6 tháng").replace("chín tháng", "9 tháng")
