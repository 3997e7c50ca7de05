"""Headings: where one ends, and what part of a plan it opens (contents, forms, audience ...)."""

from __future__ import annotations

import re
from typing import Literal

from broadcast.intake.lines import is_finished

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
_GENERIC_WORDS = """
nội dung thời gian hình thức đối tượng tuyên truyền thông tin và phổ biến cụ thể trọng
tâm chủ yếu thực hiện cải cách hành chính nhà nước năm công tác phương pháp biện về của
các cchc vận động kênh loại hoạt nhiệm vụ giải địa điểm phạm vi tổ chức trong trên bàn
xã phường huyện tỉnh kế hoạch mục đích tiêu yêu cầu quan kinh phí nguồn chỉ tần suất
lượng tiến độ lộ trình chế báo cáo đảm bảo triển khai một số những chung việc cần tập dự
toán trách phân tiện tiếp cận phát thanh hưởng thụ đề ra đạo châm nguyên tắc căn cứ tình
kết quả đợt tham gia bài kiểm tra đôn đốc khen thưởng sơ tổng
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_LONGEST_HEADING = 150
"""Characters."""
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"\s*(?:[,;/&]|\bvà\b|\s[-–]\s|\+)\s*")
_PRIORITY: tuple[Role, ...] = ("content", "organisation", "channels", "audience", "tasks")
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
    if not heading or not set(_WORD.findall(heading.casefold())) <= _GENERIC:
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
