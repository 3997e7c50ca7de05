"""What slots may not say of one another: told with the slot and the key that says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadcast.domain.station import Slot
from broadcast.domain.wording import day_text


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that cannot be: the slot's place in the list, its key, what is wrong, the mend."""

    number: int
    key: str
    message: str
    mend: str


def wrong(slots: Sequence[Slot]) -> Iterator[Wrong]:
    """Everything that cannot be among the slots, in their order."""
    for number, slot in enumerate(slots):
        for key, message, mend in (*_dates(slot), *_relay(slot), *_repeat(slot, slots)):
            yield Wrong(number, key, message, mend)


_Told = tuple[str, str, str]


def _dates(slot: Slot) -> Iterator[_Told]:
    first, last = slot.valid_from, slot.valid_until
    if first and last and last < first:
        message = f"ngày cuối {day_text(last)} trước ngày đầu {day_text(first)}"
        yield "valid_until", message, "đổi valid_from hoặc valid_until"


def _relay(slot: Slot) -> Iterator[_Told]:
    if not slot.relay:
        return
    for key, what in (("repeats", "phát lại"), ("column", "chuyên mục"), ("topics", "nội dung")):
        if getattr(slot, key):
            message = f"khung giờ tiếp âm «{slot.relay}» thì không có {what} riêng"
            yield key, message, f"bỏ dòng {key}, hoặc bỏ dòng relay"


def _repeat(slot: Slot, slots: Sequence[Slot]) -> Iterator[_Told]:
    if not slot.repeats:
        return
    source = next((one for one in slots if one.id == slot.repeats), None)
    others = [one.id for one in slots if _can_be_repeated(one) and one.id != slot.id]
    mend = f"ghi một trong: {', '.join(others)}" if others else "bỏ dòng repeats"
    if slot.repeats == slot.id:
        yield "repeats", "khung giờ phát lại chính nó", mend
    elif source is None:
        yield "repeats", f"không có khung giờ {slot.repeats!r} để phát lại", mend
    elif source.repeats:
        message = f"khung giờ {source.id} cũng là khung giờ phát lại"
        root = source.repeats if source.repeats in others else ""
        yield "repeats", message, f"ghi {root}" if root else mend
    elif source.relay:
        yield (
            "repeats",
            f"khung giờ {source.id} là khung giờ tiếp âm, đài không có bản để phát lại",
            mend,
        )


def _can_be_repeated(slot: Slot) -> bool:
    return not slot.repeats and not slot.relay
