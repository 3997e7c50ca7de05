"""What everything that is handed out says alike."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from icalendar import Calendar

from broadcast.domain.week import VIETNAM
from broadcast.publish.calendar import week_calendar
from broadcast.publish.names import programmes
from broadcast.publish.page import week_page
from broadcast.publish.paper import operator_sheet
from broadcast.publish.players import player_of
from tests.publish_examples import MONDAY, NOW, STATION, handout, item


@pytest.mark.parametrize(
    ("minutes", "seconds", "end"),
    [
        (15, 61.0, "05:45"),
        (15, 20 * 60.0, "05:50"),
        (15, 15 * 60 + 0.5, "05:46"),
        (0, 0.0, "05:31"),
    ],
)
def test_an_airing_ends_at_one_time_wherever_it_is_told(
    minutes: int, seconds: float, end: str
) -> None:
    given = item("a1", seconds=seconds, minutes=minutes)
    (one,) = programmes([given])
    calendar, _ = week_calendar([one], STATION, {}, NOW)
    event = Calendar.from_ical(calendar).events[0]
    page = week_page([one], STATION, NOW).decode()
    barix = player_of("barix").lay_out([one]).lists
    assert one.ends == datetime.combine(MONDAY, time.fromisoformat(end), VIETNAM)
    assert f"{event.end:%H:%M}" == end
    assert f'data-end="{one.ends.isoformat()}"' in page
    assert f" – {end}<" in page
    assert f"05:30 - {end}" in operator_sheet(handout(given), [one]).decode("utf-8-sig")
    assert any(f",0530,{end.replace(':', '')}," in text.decode() for text in barix.values())
