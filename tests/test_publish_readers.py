"""A year's calendar says the same to every reader: airings, whole days, alarms and hard titles."""

from __future__ import annotations

import ctypes.util
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from urllib.request import Request, urlopen

import icalendar
import pytest
import recurring_ical_events

from broadcast.domain.reminders import Reminder
from broadcast.publish.calendar import Telling, week_calendar
from broadcast.publish.ics_check import byte_check
from broadcast.publish.names import programmes
from tests.calendar_server import LOGIN, radicale
from tests.conftest import ROOT, need
from tests.publish_examples import NOW, STATION, item

__all__ = ["radicale"]

CLIENTS = ROOT / "tests" / "clients"
SABRE = Path("/usr/share/php/Sabre/VObject/autoload.php")
FIRST, DAYS = date(2027, 1, 4), 364
TITLE = "Nộp hồ sơ tại nhà, không phải chờ; hỏi «một cửa» 😀"
DUE = Reminder("han-1", date(2027, 12, 1), "báo cáo", "p", "Phòng; VH", "Báo cáo quý, năm")

Told = tuple[str, str, str, str]
"""UID, begin, end and summary; times in UTC, days as they are."""


@dataclass(frozen=True, slots=True)
class Year:
    """The file of a year, and what it has to say."""

    file: Path
    told: list[Told]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """Two airings a day for a year, one of them over midnight, each with sound and alarm."""
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    items = [
        item(f"{day}-{start.hour}", day, start, TITLE, summary="Ngồi nhà, nộp hồ sơ.", source="x")
        for day in days
        for start in (time(5, 30), time(23, 50))
    ]
    ordered = programmes(items)
    telling = Telling(dict.fromkeys(days, "rằm tháng Giêng"), "https://xa.example/loa", 10)
    data, _ = week_calendar(ordered, STATION, {}, NOW, reminders=[DUE], telling=telling)
    assert byte_check(data) == ()
    file = tmp_path_factory.mktemp("year") / "year.ics"
    file.write_bytes(data)
    told = [
        (f"{a.id}@thu.broadcast", _utc(a.starts), _utc(a.ends), TITLE)
        for a in (one.item.airing for one in ordered)
    ]
    after = DUE.day + timedelta(days=1)
    told.append((f"{DUE.key}@thu.broadcast", str(DUE.day), str(after), f"Hạn gửi: {DUE.what}"))
    return Year(file, sorted(told))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}"


def _run(*command: str | Path, **more: str) -> str:
    done = subprocess.run(
        command,
        check=False,  # what it said comes with the failure
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **more},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def _missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed, and CI must have it")
    pytest.skip(f"{what} is not installed")


def test_recurring_ical_events_sees_the_year(year: Year) -> None:
    calendar = icalendar.Calendar.from_ical(year.file.read_bytes())
    found = recurring_ical_events.of(calendar).between(FIRST, FIRST + timedelta(days=DAYS + 1))
    assert _told(found) == year.told


def _told(events: list[icalendar.Event]) -> list[Told]:
    return sorted(
        (str(one["UID"]), _shown(one.start), _shown(one.end), str(one["SUMMARY"])) for one in events
    )


def _shown(moment: date) -> str:
    return _utc(moment) if isinstance(moment, datetime) else str(moment)


@pytest.mark.clients
@pytest.mark.parametrize("reader", ["ical.js", "node-ical", "ts-ics"])
def test_readers_in_node_see_the_year(year: Year, reader: str) -> None:
    node = need("node")
    modules = Path(os.environ.get("BROADCAST_NODE_MODULES", ROOT / "node_modules"))
    if not (modules / reader).is_dir():
        _missing(f"{reader} (npm)")
    # node-ical shows a day as midnight of the machine's own zone.
    told = _run(node, CLIENTS / "read_ics.mjs", modules, reader, year.file, TZ="UTC")
    assert _by_json(json.loads(told)) == year.told


def _by_json(events: list[dict[str, str]]) -> list[Told]:
    return sorted(
        (one["uid"], _day(one, "start"), _day(one, "end"), one["summary"]) for one in events
    )


def _day(event: dict[str, str], name: str) -> str:
    return event[name][:10] if event["day"] else event[name]


@pytest.mark.clients
def test_sabre_vobject_sees_the_year_and_has_no_objection(year: Year) -> None:
    if not SABRE.exists():
        _missing("php-sabre-vobject")
    last = FIRST + timedelta(days=DAYS + 1)
    script = CLIENTS / "read_ics.php"
    told = json.loads(
        _run(need("php"), script, SABRE, year.file, str(FIRST - timedelta(1)), str(last))
    )
    assert told["problems"] == []
    assert _by_json(told["events"]) == year.told


@pytest.mark.clients
def test_libical_finds_no_error_where_there_is_none(year: Year, tmp_path: Path) -> None:
    if not ctypes.util.find_library("ical"):
        _missing("libical3")
    check = CLIENTS / "check_ics.py"
    assert _run(sys.executable, check, year.file) == ""
    broken = tmp_path / "broken.ics"
    broken.write_bytes(year.file.read_bytes().replace(b"TRIGGER:-PT10M", b"TRIGGER:soon", 1))
    assert "X-LIC-ERROR" in _run(sys.executable, check, broken)


@pytest.mark.clients
def test_khal_sees_the_year(year: Year, tmp_path: Path) -> None:
    khal = need("khal")
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[loa]]\npath = {tmp_path / 'loa'}\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%dT%H:%M\nlongdatetimeformat = %Y-%m-%dT%H:%M\n"
        "local_timezone = UTC\ndefault_timezone = UTC\n"
    )
    (tmp_path / "loa").mkdir()
    asked = (khal, "-c", config)
    _run(*asked, "import", "--batch", "-a", "loa", year.file)
    row = "{uid}\t{start-long}\t{end-long}\t{title}"
    last = str(FIRST + timedelta(days=DAYS + 1))
    shown = _run(*asked, "list", "--once", "-df", "", "-f", row, str(FIRST - timedelta(1)), last)
    assert sorted(_by_khal(line) for line in shown.splitlines() if line) == year.told


def _by_khal(line: str) -> Told:
    """Its end of whole days is the last of them, not the day after."""
    uid, start, end, title = line.split("\t")
    if "T" in start:
        return uid, f"{start}:00.000Z", f"{end}:00.000Z", title
    return uid, start, str(date.fromisoformat(end) + timedelta(days=1)), title


@pytest.mark.clients
def test_radicale_takes_the_year_and_gives_it_back(year: Year, radicale: str) -> None:
    address = radicale.replace("/loa/", "/ca-nam/")
    login = {**LOGIN, "Content-Type": "text/calendar"}
    sent = Request(address, year.file.read_bytes(), login, method="PUT")  # noqa: S310 - loopback
    with urlopen(sent) as answer:  # noqa: S310
        assert answer.status == 201
    with urlopen(Request(address, headers=login)) as answer:  # noqa: S310
        calendar = icalendar.Calendar.from_ical(answer.read())
    assert _told(list(calendar.walk("VEVENT"))) == year.told
