"""What is told of an airing in a few words, as it is typed: "sang@ban-lan=5: mất điện cả bản"."""

from __future__ import annotations

import re

from broadcast.domain.log import REASONS, Outcome, Reason
from broadcast.errors import InputError
from broadcast.vietnamese.characters import fold, nfc
from broadcast.workflow.airing_log import Told

_TOLD = re.compile(
    r"(?P<airing>[^@=:\s]+)(?:@(?P<zones>[^=:]+))?(?:=(?P<minutes>\d{1,4})\s*(?:phút|p)?)?"
    r"\s*(?::(?P<why>.*))?",
    re.DOTALL,
)
_WORDS: dict[str, Reason] = {
    "mất điện": "mất điện",
    "cúp điện": "mất điện",
    "bão": "bão, giông",
    "bão, giông": "bão, giông",
    "bão giông": "bão, giông",
    "giông": "bão, giông",
    "dông": "bão, giông",
    "sét": "bão, giông",
    "mưa bão": "bão, giông",
    "hỏng thiết bị": "hỏng thiết bị",
    "hỏng máy": "hỏng thiết bị",
    "hỏng loa": "hỏng thiết bị",
    "khác": "khác",
}
"""How reasons begin as people type them."""


def read_reason(text: str) -> tuple[Reason | None, str]:
    """The reason and what is told beside it; words that name none are the note of "khác".

    Words typed without any accents are understood too.
    """
    words = " ".join(nfc(text).split())
    if not words:
        return None, ""
    lower = words.casefold()
    known = {fold(one): why for one, why in _WORDS.items()} if fold(words) == lower else _WORDS
    for begins in sorted(known, key=len, reverse=True):
        if re.match(rf"{re.escape(begins)}(?!\w)", lower):
            return known[begins], words[len(begins) :].strip(" ,;:.-–")
    return "khác", words


def read_told(text: str, outcome: Outcome, reason: str = "") -> Told:
    """What is told of one airing: its id or slot, perhaps zones, minutes and the reason.

    Args:
        outcome: late and cut short need minutes: how late, how many were heard.
        reason: that of airings that name none.

    Raises:
        InputError: it cannot be read so.
    """
    match = _TOLD.fullmatch(nfc(text).strip())
    minutes = int(match["minutes"]) if match and match["minutes"] else None
    if match is None or (minutes is None) != (outcome == "không phát"):
        raise InputError(
            "Chưa ghi nhật ký",
            f"không hiểu «{text}» ({outcome})",
            "viết LƯỢT, có thể thêm @CỤM_LOA,CỤM_LOA và : LÝ DO; muộn hay bị cắt ngắn thì =PHÚT, "
            f"ví dụ sang@ban-lan=5: mất điện. Lý do: {'; '.join(REASONS)}",
        )
    zones = tuple(filter(None, (zone.strip() for zone in (match["zones"] or "").split(","))))
    named, note = read_reason(match["why"] or reason)
    late = (minutes or 0) if outcome == "muộn" else 0
    heard = minutes if outcome == "bị cắt ngắn" else None
    return Told(match["airing"], outcome, heard, late, named, note, zones)
