"""What a plan's quota counts: airings on the loudspeakers, items written for a portal, other work.

The words decide, and the unit where the words leave it open; each answer says why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Counter = Literal["lượt phát", "tin bài", "việc khác"]
"""Counted from the airings themselves; recorded by hand; recorded by hand too."""

_AIRED = re.compile(
    r"phát sóng|phát thanh|truyền thanh|\bloa\b|lượt phát|trên sóng"
    r"|\bphát\b(?! (?:triển|động|hiện|huy|hành|sinh|biểu))",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"\bđăng\b|trang (?:thông tin|tin)|cổng (?:thông tin|giao tiếp)|website|mạng xã hội|zalo"
    r"|facebook|fanpage|\bbáo (?:điện tử|in)\b",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"\btin\b(?! học)|\bbài\b|phóng sự|tiểu phẩm|video|\bclip\b|infographic|chuyên trang",
    re.IGNORECASE,
)
_STATION = re.compile(
    r"\bđài\b|truyền thanh|phát thanh|trung tâm (?:văn hóa|truyền thông|thông tin)", re.IGNORECASE
)
_OFTEN = {"ngày", "tuần"}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a quota counts, and the reason in a few Vietnamese words."""

    by: Counter
    why: str


def counted_as(unit: str, what: str, per: str, *, peak: bool = False) -> Counted:
    """What a quota with these words counts.

    Args:
        unit: who owes it.
        what: what is counted, in the plan's words.
        per: the period it is owed in ("tuần", "quý").
        peak: whether it is asked for at a time when many listen.
    """
    aired, posted, written = (_found(one, what) for one in (_AIRED, _POSTED, _WRITTEN))
    if peak:
        return Counted("lượt phát", "phát vào giờ có nhiều người nghe")
    if aired and not written:
        return Counted("lượt phát", f"kế hoạch ghi «{aired}»")
    if aired and not posted and _STATION.search(unit):
        return Counted("lượt phát", f"«{aired}», do {unit} phát")
    if posted or written:
        return Counted("tin bài", f"kế hoạch ghi «{written or posted}»")
    if per in _OFTEN:
        return Counted("lượt phát", f"tính theo {per}, không nói là tin, bài")
    return Counted("việc khác", "không phải lượt phát, không phải tin, bài")


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0].casefold() if match else ""
