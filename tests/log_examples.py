"""Airings, what was heard of them, and lines of the log, for the tests of log and report."""

from __future__ import annotations

from datetime import date, datetime, time

from hypothesis import strategies as st

from broadcast.domain.log import REASONS, Entry, Evidence, Heard, LogLine, completed
from broadcast.domain.week import VIETNAM, Airing

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 24, 8, 0, tzinfo=VIETNAM)
ZONES = ("trung-tam", "ban-lan", "ban-phieng")


def airing(day: date = DAY, name: str = "sang", **more: object) -> Airing:
    """An airing of a quarter of an hour in three zones."""
    told = {"title": "Bài thử", "plan": "ke-hoach", "topic": "I.1", **more}
    return Airing(f"{day}-{name}", day, time(5, 30), 15, ZONES, name, **told)  # type: ignore[arg-type]


def entry(of: Airing | None = None, *heard: Heard, **more: object) -> Entry:
    """An entry about an airing: what is not told of was as planned."""
    of = of or airing()
    return Entry(of, completed(of, heard), "Lò Thị Thử", AT, **more)  # type: ignore[arg-type]


def line(of: Entry, number: int = 1) -> LogLine:
    """An entry as it would stand in the log."""
    return LogLine(of, "schedules/log/2026-11.jsonl", number, f"{number:064x}")


@st.composite
def heard_in(draw: st.DrawFn, of: Airing) -> tuple[Heard, ...]:
    """Anything that can be told of an airing."""
    return completed(of, [draw(_heard(of, zone)) for zone in of.zones if draw(st.booleans())])


@st.composite
def _heard(draw: st.DrawFn, of: Airing, zone: str) -> Heard:
    reason, note = draw(st.sampled_from(REASONS)), draw(st.text(max_size=8)) + "."
    outcome = draw(st.sampled_from(["muộn", "bị cắt ngắn", "không phát"]))
    if outcome == "muộn":
        minutes = draw(st.integers(1, of.minutes))
        return Heard((zone,), "muộn", minutes, draw(st.integers(1, 90)), reason, note)
    if outcome == "bị cắt ngắn":
        return Heard((zone,), "bị cắt ngắn", draw(st.integers(1, of.minutes - 1)), 0, reason, note)
    return Heard((zone,), "không phát", 0, 0, reason, note)


@st.composite
def airings(draw: st.DrawFn) -> Airing:
    """Any airing of November 2026."""
    day = date(2026, 11, draw(st.integers(1, 30)))
    zones = draw(st.lists(st.sampled_from(ZONES), min_size=1, unique=True))
    topic = draw(st.sampled_from([None, "I.1", "I.2", "II.đ"]))
    return Airing(
        id=f"{day}-{draw(st.integers(0, 3))}",
        day=day,
        start=time(draw(st.integers(0, 23)), draw(st.integers(0, 59))),
        minutes=draw(st.integers(2, 60)),
        zones=tuple(zones),
        slot=draw(st.sampled_from([None, "sang", "chieu"])),
        title=draw(st.text(max_size=20)),
        plan="ke-hoach" if topic else None,
        topic=topic,
        script=draw(st.sampled_from([None, "bai-mot"])),
    )


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any entry about an airing of November 2026."""
    of = draw(airings())
    evidence = Evidence(
        approved_by=draw(st.text(max_size=10)),
        approved_at=draw(st.sampled_from([None, AT])),
        digest=draw(st.sampled_from(["", "ab" * 32])),
        languages=draw(st.dictionaries(st.sampled_from(of.zones), st.just("tiếng Thái"))),
    )
    heard = draw(st.one_of(heard_in(of), st.just(())))
    return Entry(of, heard, draw(st.text(max_size=10)), AT, evidence, "")
