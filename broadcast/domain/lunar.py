"""A day of the lunar calendar (âm lịch), and how it is said.

How it is reckoned is for the almanac; here are only its parts and its words.
"""

from __future__ import annotations

from dataclasses import dataclass

MONTHS = (
    "Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Chạp",
)  # fmt: skip
"""Names of the lunar months, the first one first."""

_STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
_BRANCHES = (
    "Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi",
)  # fmt: skip
_FIRST_CYCLE = 1984
"""A year Giáp Tý, with which the cycle of sixty begins."""

_EARLY, _FULL = 10, 15


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day by month (1 to 12) and year (the solar year its first month begins in).

    `leap`: the month is the second one of its number (tháng nhuận).
    """

    day: int
    month: int
    year: int
    leap: bool = False

    @property
    def text(self) -> str:
        """As people say it: "mùng 1 tháng Giêng", "rằm tháng Bảy", "23 tháng Sáu nhuận"."""
        day = "rằm" if self.day == _FULL else str(self.day)
        early = "mùng " if self.day <= _EARLY else ""
        leap = " nhuận" if self.leap else ""
        return f"{early}{day} tháng {MONTHS[self.month - 1]}{leap}"

    @property
    def short(self) -> str:
        """For a narrow column: "1/1", in a leap month "1/6 nhuận"."""
        return f"{self.day}/{self.month}{' nhuận' if self.leap else ''}"

    @property
    def year_name(self) -> str:
        """The year's name in the cycle of sixty (can chi): "Bính Ngọ"."""
        at = self.year - _FIRST_CYCLE
        return f"{_STEMS[at % 10]} {_BRANCHES[at % 12]}"
