"""Differences between plans, said in Vietnamese."""

from __future__ import annotations

from datetime import date
from typing import Any

from broadcast.domain.plan_entries import LISTS
from broadcast.domain.plan_merge import Change

_PARTS = {
    "id": "mã kế hoạch",
    "title": "tên kế hoạch",
    "issuing_body": "cơ quan ban hành",
    "locality": "địa phương",
    "level": "cấp",
    "year": "năm",
    "number": "số văn bản",
    "date": "ngày ban hành",
    "audience": "đối tượng",
    "sections": "phần",
    "topics": "nội dung",
    "channels": "hình thức",
    "duties": "nhiệm vụ",
    "quotas": "chỉ tiêu",
    "reporting": "chế độ báo cáo",
    "deadlines": "thời hạn",
    "citations": "căn cứ",
    "signatory": "người ký",
    "recipients": "nơi nhận",
    "passages": "đoạn khác",
}

_FIELDS = {
    "number": "số",
    "title": "tên",
    "path": "vị trí",
    "text": "văn bản",
    "kind": "loại",
    "airable": "phát thanh",
    "fields": "mục của hoạt động",
    "fields.time": "thời gian",
    "fields.lead": "đơn vị chủ trì",
    "fields.with": "đơn vị phối hợp",
    "fields.content": "nội dung hoạt động",
    "unit": "đơn vị",
    "frequency": "mức độ thường xuyên",
    "what": "việc",
    "count": "số lượng",
    "per": "kỳ",
    "at_least": "là mức ít nhất",
    "peak": "vào giờ cao điểm",
    "to": "nơi nhận báo cáo",
    "before": "hạn",
    "type": "loại văn bản",
    "date": "ngày",
    "issuer": "cơ quan ban hành",
    "also": "gồm cả mục",
    "position": "chức vụ",
    "name": "họ tên",
}

_AIRABLE = {"yes": "có", "no": "không", "ask": "hỏi cán bộ"}

_LONGEST = 60
"""Characters of a quotation; what is longer is cut around the first difference."""

_LEAD = 16
"""Characters shown before the first difference."""


def describe(change: Change) -> str:
    """One line about a difference: "II.2/đ: văn bản đổi «...» → «...»"."""
    spot = _spot(change)
    if change.name == "order":
        return f"{spot}: đổi thứ tự"
    name = _FIELDS.get(change.name, change.name.removeprefix("fields."))
    name = f"{name} " if name else ""
    if _is_nothing(change.before):
        return f"{spot}: {name}thêm {_quote(change, change.after)}"
    if _is_nothing(change.after):
        return f"{spot}: {name}bỏ {_quote(change, change.before)}"
    start = _first_difference(change)
    before, after = (_quote(change, it, start) for it in (change.before, change.after))
    return f"{spot}: {name}đổi {before} → {after}"


def describe_conflict(change: Change) -> str:
    """One line about a correction whose place the document changed too."""
    name = _FIELDS.get(change.name, change.name.removeprefix("fields."))
    spot = f"{_spot(change)}: {name}" if name else _spot(change)
    read = "không còn" if _is_nothing(change.before) else f"nay là {_quote(change, change.before)}"
    kept = "đã xoá" if _is_nothing(change.after) else f"giữ {_quote(change, change.after)}"
    return f"{spot}: trong tài liệu {read}; đã sửa tay, {kept}"


def _spot(change: Change) -> str:
    part = _PARTS.get(change.part, change.part)
    if change.part == "topics" and change.where:
        return change.where
    return f"{part} {change.where}" if change.where else part


def _is_nothing(value: Any) -> bool:
    return value is None or value == ""


def _said(change: Change, value: Any) -> str:
    """A value as text: an entry by what it says."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if change.name == "airable":
        return _AIRABLE.get(value, str(value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return ", ".join(str(it) for it in value)
    if change.part in LISTS and not change.name and not isinstance(value, str):
        return LISTS[change.part].text(value)
    return str(value)


def _first_difference(change: Change) -> int:
    """Where to begin quoting two texts so that their first difference is seen."""
    one, other = _said(change, change.before), _said(change, change.after)
    pairs = zip(one, other, strict=False)
    common = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    if max(len(one), len(other)) <= _LONGEST or common <= _LEAD:
        return 0
    return one.rfind(" ", 0, common - _LEAD // 2) + 1


def _quote(change: Change, value: Any, start: int = 0) -> str:
    text = _said(change, value)
    end = start + _LONGEST
    head, tail = "…" if start else "", "…" if len(text) > end else ""
    return f"«{head}{text[start:end].strip()}{tail}»"
