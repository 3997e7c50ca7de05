"""Stretches of a year that are reported on: a month, a quarter, 6 months, 9 months, the year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_FORM = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(6|9)M|(0[1-9]|1[0-2])))?", re.IGNORECASE)

PERIOD_FORMS = "2026-Q4 (quý), 2026-H1 (6 tháng đầu năm), 2026-9M (9 tháng), 2026 (cả năm), 2026-11"
"""How a period is written."""

_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months of one year: from the 1-based month `begins` to `ends`, both of them in it."""

    year: int
    begins: int
    ends: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read "2026-Q4", "2026-H1", "2026-H2", "2026-6M", "2026-9M", "2026", "2026-11".

        Raises:
            ValueError: `text` names no period.
        """
        match = _FORM.fullmatch(text.strip())
        if not match or not 1 <= int(match[1]) < date.max.year:
            raise ValueError(text)
        year, quarter, half, months, month = match.groups()
        if quarter:
            return cls(int(year), int(quarter) * 3 - 2, int(quarter) * 3)
        if half:
            return cls(int(year), int(half) * 6 - 5, int(half) * 6)
        if month:
            return cls(int(year), int(month), int(month))
        return cls(int(year), 1, int(months or 12))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.begins, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        following = date(self.year + self.ends // 12, self.ends % 12 + 1, 1)
        return following - timedelta(days=1)

    def __str__(self) -> str:
        length = self.ends - self.begins + 1
        if length == 1:
            return f"{self.year:04d}-{self.begins:02d}"
        if length == 3:
            return f"{self.year:04d}-Q{self.ends // 3}"
        if length == 6:
            return f"{self.year:04d}-H{self.ends // 6}"
        return f"{self.year:04d}-9M" if length == 9 else f"{self.year:04d}"

    @property
    def told(self) -> str:
        """The period within a sentence: "quý IV năm 2026", "6 tháng đầu năm 2026", "năm 2026"."""
        length = self.ends - self.begins + 1
        names = {
            1: f"tháng {self.begins} năm {self.year}",
            3: f"quý {_QUARTERS[self.ends // 3 - 1]} năm {self.year}",
            6: f"6 tháng {'đầu' if self.ends == 6 else 'cuối'} năm {self.year}",
            9: f"9 tháng đầu năm {self.year}",
        }
        return names.get(length, f"năm {self.year}")
