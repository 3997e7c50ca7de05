"""Headings: where one ends, and what part of a plan it opens (contents, forms, audience ...)."""

from __future__ import annotations

import re
from typing import Literal

from broadcast.intake.lines import is_finished
from broadcast.intake.marks import UPPER

Role = Literal[
    "purpose",
    "audience",
    "content",
    "channels",
    "tasks",
    "solutions",
    "time",
    "budget",
    "targets",
    "reports",
    "organisation",
    "other",
]

_OPENINGS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "organisation",
        re.compile(
            r"tổ chức (?:triển khai )?thực hiện|phân công|trách nhiệm|triển khai"
            r" thực hiện|(?:nhiệm vụ|trách nhiệm) (?:cụ thể )?(?:của|các)\b"
        ),
    ),
    ("content", re.compile(r"nội dung")),
    ("audience", re.compile(r"đối tượng")),
    (
        "channels",
        re.compile(
            r"(?:các )?(?:hình thức|phương thức|phương pháp|kênh|loại hình"
            r"|phương tiện|cách thức)"
        ),
    ),
    (
        "purpose",
        re.compile(
            r"mục đích|mục tiêu|yêu cầu|quan điểm|căn cứ|sự cần thiết|tình hình"
            r"|phạm vi|phương châm|nguyên tắc|chủ đề"
        ),
    ),
    ("targets", re.compile(r"chỉ tiêu|tần suất|thời lượng")),
    ("time", re.compile(r"thời gian|tiến độ|lộ trình|thời điểm")),
    ("budget", re.compile(r"kinh phí|nguồn kinh phí|nguồn lực|dự toán")),
    ("solutions", re.compile(r"(?:một số |các )?(?:giải pháp|biện pháp)")),
    ("reports", re.compile(r"(?:chế độ )?(?:thông tin,? )?báo cáo|kiểm tra|khen thưởng|sơ kết")),
    ("tasks", re.compile(r"(?:các |những )?(?:nhiệm vụ|công việc|hoạt động)")),
)
_GENERIC = re.compile(
    r"\b(?:"
    r"cải cách hành chính|giáo dục pháp luật|chuyển đổi số|sự cần thiết|trên địa bàn"
    r"|biện pháp|báo cáo|bảo đảm|chế độ|chỉ tiêu|chỉ đạo|chủ yếu|chủ đề|cách thức|công tác"
    r"|công việc|căn cứ|cơ bản|cụ thể|dự toán|giai đoạn|giám sát|giải pháp|hoạt động"
    r"|hình thức|khen thưởng|kinh phí|kiểm tra|kế hoạch|kết quả|loại hình|lộ trình|một số"
    r"|mục tiêu|mục đích|nguyên tắc|nguồn lực|nhiệm vụ|nhà nước|nội dung|phát thanh"
    r"|phân công|phương châm|phương pháp|phương thức|phương tiện|phạm vi|phổ biến|quan điểm"
    r"|sơ kết|tham gia|thành phố|thông tin|thời gian|thời lượng|thời điểm|thụ hưởng"
    r"|thực hiện|tiến độ|tiếp cận|triển khai|truyền thanh|truyền thông|trách nhiệm|trọng tâm"
    r"|tuyên truyền|tình hình|tần suất|tổ chức|tổng kết|vận động|yêu cầu|đôn đốc|đảm bảo"
    r"|địa điểm|đối tượng|bài|cchc|cho|chung|chính|các|cần|của|huyện|kênh|nguồn|những|năm"
    r"|phường|quý|tháng|tin|toàn|trong|tỉnh|việc|và|về|với|xã|được|đợt"
    r")\b"
)
_PLACE = re.compile(rf"\b(xã|phường|thị trấn|huyện|tỉnh|thành phố)(?:\s+[{UPPER}][^\W\d_]*)+")
"""A place with its name, in a heading of ordinary letters."""
_LONGEST_HEADING = 150
"""Characters."""
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"\s*(?:[,;/&]|\bvà\b|\s[-–]\s|\+)\s*")
_PRIORITY: tuple[Role, ...] = ("content", "organisation", "channels", "tasks")
"""Of the parts a section's title names, what the section is when its items do not say."""


def role_of(title: str) -> Role:
    """The part of a plan that a heading opens; of several, the one that matters most."""
    roles = _roles(title.casefold())
    return next((role for role in _PRIORITY if role in roles), roles[0] if roles else "other")


def _roles(title: str) -> list[Role]:
    found = [_opening(part) for part in [title, *_PARTS.split(title)]]
    return [role for role in found if role]


def _opening(part: str) -> Role | None:
    return next((role for role, pattern in _OPENINGS if pattern.match(part)), None)


def own_role(text: str) -> Role | None:
    """The role of a heading inside a section, None for an item that is matter, not a heading.

    A heading is generic: it opens with a part's name and all its words belong to such headings,
    as in "Hình thức tuyên truyền" or "Nội dung, thời gian tuyên truyền: ...".
    """
    heading, _ = heading_and_text(text)
    common = _GENERIC.sub("", _PLACE.sub(r"\1", heading).casefold())
    if not heading or _WORD.search(common):
        return None
    roles = _roles(heading.casefold())
    return role_of(heading) if roles else None


def heading_and_text(text: str) -> tuple[str, str]:
    """Part "Phòng Tư pháp: Xây dựng ..." at its colon; the second is "" where nothing follows.

    A text whose colon comes late, or that is a sentence, is no heading: ("", text).
    """
    head, colon, rest = text.partition(":")
    if colon and len(head) <= _LONGEST_HEADING and ". " not in head:
        return head.strip(), rest.strip()
    if not colon and is_heading(text):
        return text.strip(), ""
    return "", text


def is_heading(text: str) -> bool:
    """Whether a text without a colon reads as a heading: short, and not ended as a sentence."""
    return len(text) <= _LONGEST_HEADING and not is_finished(text)
