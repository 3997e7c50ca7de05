"""Which topics are for the air: yes, or ask the officer."""

from __future__ import annotations

import re

from broadcast.domain.plan import Airable, TopicKind

_LEAD_IN = re.compile(
    r"(?::|\b(?:như sau|như|sau đây|dưới đây|bao gồm|gồm|nội dung sau|cụ thể))\s*[:.]?$",
    re.IGNORECASE,
)
_TRAINING = re.compile(
    r"(?:tổ chức|mở|tham gia|tham dự|cử|phối hợp)\b[^.;]{0,60}\b(?:tập huấn|bồi dưỡng|lớp|đào tạo)"
    r"|^(?:các )?(?:lớp|khóa|khoá|chương trình) (?:tập huấn|bồi dưỡng|đào tạo)"
    r"|^tập huấn|^bồi dưỡng",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"(?:tổ chức|tại|trong|qua|thông qua|lồng ghép|vào|tham gia|phối hợp)\b[^.;]{0,80}\b(?:hội nghị"
    r"|hội thảo|tọa đàm|toạ đàm|cuộc họp|phiên họp|buổi họp|họp (?:thôn|bản|dân|giao ban|định kỳ"
    r"|chi bộ|xóm|ấp|tổ)|sinh hoạt (?:chi bộ|chuyên đề|đoàn)|cuộc thi|hội thi)"
    r"|^(?:hội nghị|hội thảo|tọa đàm)",
    re.IGNORECASE,
)
_BOARD = re.compile(
    r"niêm yết|(?:bảng|bản) (?:tin|thông báo)\b(?! phát)|pa[ -]?nô|áp phích|băng[ -]?r[ôo]n"
    r"|tờ (?:rơi|gấp)|khẩu hiệu|phướn|cờ đuôi nheo",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:tiếp tục |đẩy mạnh |tăng cường |chú trọng )*(?:tuyên truyền|phổ biến|thông tin|giới thiệu"
    r"|thông báo|hướng dẫn|biểu dương)\b"
    r"(?! (?:trực quan|trực tiếp|miệng|thông qua|qua|tại|bằng|trong)\b)",
    re.IGNORECASE,
)
_TITLE_WORDS = 14


def airable(text: str, kind: TopicKind) -> Airable:
    """Whether a topic goes on air, by its text.

    - A fragment is asked about: nobody knows what it belongs to.
    - A parent that only leads in ("... như:", "các nội dung sau:") or is a short title is asked
      about, since its children say the matter; a parent that is itself a statement is aired.
    - A training class, a meeting, a notice board, posters: asked about, for they are held or hung
      up, not heard. A text that opens with telling people something ("Tuyên truyền về ...") is
      matter for the air even if it names such a thing further on.
    - Every other leaf is aired.
    """
    if kind == "fragment":
        return "ask"
    plain = text.strip()
    if kind == "parent" and (_LEAD_IN.search(plain) or _is_title(plain)):
        return "ask"
    if _TRAINING.search(plain[:160]) or (not _TOLD.match(plain) and _MEETING.search(plain[:160])):
        return "ask"
    if _BOARD.search(plain[:120]) and not _TOLD.match(plain):
        return "ask"
    return "yes"


def _is_title(text: str) -> bool:
    return len(text.split()) <= _TITLE_WORDS and not text.endswith(".")
