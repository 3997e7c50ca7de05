"""Choices of a station's settings in the officer's words."""

from __future__ import annotations

from collections.abc import Mapping

from broadcast.domain.station import ONLINE_DRAFTS, ONLINE_NO, ONLINE_OPEN, ONLINE_YES

PROFILES: Mapping[str, str] = {
    "horn": "loa phóng thanh (loa nén)",
    "indoor": "loa trong nhà",
    "phone": "điện thoại",
}
"""What programmes are heard from, in words."""

RECORDINGS: Mapping[str, str] = {
    "sau": "nghe bản ghi âm sau bản tiếng Việt",
    "thay": "nghe bản ghi âm thay bản tiếng Việt",
    "không": "đài không làm bản ghi âm",
}
"""Where recordings in other languages are heard, in words."""

ONLINE_TOLD: Mapping[str, str] = {
    ONLINE_OPEN: "chưa trả lời",
    ONLINE_NO: "không bao giờ",
    ONLINE_YES: "chỉ bài đã duyệt",
    ONLINE_DRAFTS: "có, cả bản nháp",
}
"""Whether texts may be sent to Google, as the officer reads it."""
