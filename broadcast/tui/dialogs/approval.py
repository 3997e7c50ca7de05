"""The form of whoever approves: name, the signed paper if there is one, a reason where needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from rich.text import Text

from broadcast.domain.approval import Paper, paper_wrong
from broadcast.tui.dialogs.ask import Blank, FormDialog


@dataclass(frozen=True, slots=True)
class Approving:
    """What was filled in: who approves, on which paper, and why in spite of what was found."""

    by: str
    paper: Paper | None
    despite: str

    @classmethod
    def of(cls, values: dict[str, str]) -> Approving:
        """From the values of a form without mistakes."""
        return cls(values["by"], _paper(values), values.get("despite", ""))


def approval_form(  # noqa: PLR0913 - what is asked for and why
    title: str, approver: str, text: Text, today: date, *, stale: bool, found: bool = False
) -> FormDialog:
    """The form.

    Args:
        today: papers are not signed after it.
        stale: something does not hold when it airs; then there must be a reason.
        found: something else is to be looked at; a reason why it stays may be given.
    """
    blanks = [
        Blank("by", "Họ và tên người duyệt", approver, "Nguyễn Thị Hoa"),
        Blank("number", "Số văn bản đã ký (nếu có)", "", "12/TB-UBND", optional=True),
        Blank("day", "Ngày ghi trên văn bản (nếu có)", "", f"{today:%d/%m/%Y}", optional=True),
    ]
    if stale:
        label = "Vì sao vẫn duyệt dù có chỗ quá hạn"
        blanks.insert(1, Blank("despite", label, "", "Đã hỏi lại phòng chuyên môn, vẫn đúng"))
    elif found:
        label = "Vì sao để nguyên những điểm cần xem (nếu có)"
        blanks.insert(1, Blank("despite", label, "", "Đã nghe thử, dễ hiểu", optional=True))
    return FormDialog(title, blanks, lambda values: _wrong(values, today, stale=stale), text)


def _wrong(values: dict[str, str], today: date, *, stale: bool) -> dict[str, str]:
    wrong = {} if values["by"] else {"by": "Ghi họ tên người chịu trách nhiệm nội dung"}
    if values["day"] and not values["number"]:
        wrong["number"] = "Ghi số văn bản, hoặc xóa ngày"
    elif values["number"]:
        wrong |= _paper_wrong(values, today)
    if stale and not values["despite"]:
        wrong["despite"] = "Ghi lý do, hoặc Esc rồi sửa kịch bản"
    return wrong


def _paper_wrong(values: dict[str, str], today: date) -> dict[str, str]:
    try:
        paper = _paper(values)
    except ValueError:
        return {"day": f"Ghi ngày như {today:%d/%m/%Y}"}
    told = paper_wrong(paper, today) if paper else ""
    key = "day" if paper and paper.day > today else "number"
    return {key: told[:1].upper() + told[1:]} if told else {}


def _paper(values: dict[str, str]) -> Paper | None:
    """The paper filled in.

    Raises:
        ValueError: the day is none.
    """
    if not values["number"]:
        return None
    written = values["day"].replace("-", "/").replace(".", "/")
    # A day has no zone.
    day = datetime.strptime(written, "%d/%m/%Y").date()  # noqa: DTZ007
    return Paper(values["number"], day)
