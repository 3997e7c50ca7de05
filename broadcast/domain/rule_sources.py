"""Where rules come from that no key of the station's rules and no plan asks for."""

from __future__ import annotations

from dataclasses import replace

from broadcast.domain import freshness
from broadcast.domain.week import Finding

_FILE = "lịch tuần phải chỉ đúng cụm loa, khung giờ, kế hoạch, kịch bản có thật"
_APPROVAL = "lãnh đạo xã duyệt trước khi phát"
_LANGUAGES = "tiếng của cụm loa, mục languages và recordings trong station.yaml"

_SOURCES = {
    "duplicate-id": "mỗi lượt phát một mã",
    "wrong-day": "ngày giờ của khung giờ trong station.yaml",
    "no-zone": _FILE,
    "unknown-zone": _FILE,
    "unknown-slot": _FILE,
    "unknown-plan": _FILE,
    "unknown-topic": _FILE,
    "unknown-script": _FILE,
    "no-script": _APPROVAL,
    "script-problem": _APPROVAL,
    "unapproved": _APPROVAL,
    "too-long": "số phút dành cho lượt phát và khung giờ",
    "no-recording": _LANGUAGES,
    "recording-waits": _LANGUAGES,
    "recording-changed": _LANGUAGES,
} | dict.fromkeys(freshness.RULES, "nguồn và hạn xem lại ghi trong bài soạn sẵn, văn bản hiện hành")
"""By the finding's rule."""


def cited(finding: Finding) -> Finding:
    """The finding with its source, its own if it has one."""
    return finding if finding.source else replace(finding, source=_SOURCES.get(finding.rule, ""))
