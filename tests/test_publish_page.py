"""The public page: what stands on it, that nothing of a station becomes markup, and how it looks
to a real browser."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import replace
from datetime import time, timedelta
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import lameenc
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.station import CalendarExport, Station
from broadcast.domain.station_check import doubts
from broadcast.publish.items import Item, Variant
from broadcast.publish.names import programmes
from broadcast.publish.page import CalendarLink, PageOptions, week_page
from broadcast.publish.site import SiteOptions, site_files, write_site
from broadcast.publish.words import clean_line
from tests.conftest import ROOT, need
from tests.helpers import WEEK, run
from tests.publish_examples import LATER, MONDAY, NOW, STATION, handout, item, recorded

ATTACK = (
    '</script></style><img src=x onerror="window.attacked=1"><script>window.attacked=1</script>'
)


class Reader(HTMLParser):
    """Tags with their attributes, and the text between them."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def page(*items: Item, options: PageOptions | None = None) -> Reader:
    return Reader(week_page(programmes(items), STATION, NOW, options))


def test_an_airing_tells_when_where_and_what() -> None:
    read = page(item(airing_id="a1", start=time(5, 30)))
    (one,) = read.all("article")
    assert one["data-start"] == "2026-11-23T05:30:00+07:00"
    assert one["data-end"] == "2026-11-23T05:45:00+07:00"
    assert {"05:30", " – 05:45", "Thứ Hai, 23/11/2026"} <= set(read.words)


def test_a_programme_over_midnight_ends_on_the_next_day() -> None:
    (one,) = page(item(airing_id="a1", start=time(23, 50))).all("article")
    assert one["data-end"] == "2026-11-24T00:05:00+07:00"


def test_only_airings_with_sound_can_be_played(tmp_path: Path) -> None:
    heard = recorded(tmp_path, b"one", airing_id="a1")
    read = page(heard, item(airing_id="a2", start=time(17)))
    assert [one["src"] for one in read.all("audio")] == [
        "2026-11-23-t2/01-0530-nop-ho-so-tai-nha.mp3"
    ]


def test_a_zone_that_hears_something_else_has_its_own_sound(tmp_path: Path) -> None:
    heard = recorded(tmp_path, b"one", airing_id="a1", zones=("trung-tam", "ban-pe"))
    assert heard.source
    other = Variant("ban-pe", "Bản Pe", "tiếng Thái", heard.source, heard.digest, 60.0)
    spoken = replace(heard, variants=(other,))
    read = page(spoken)
    assert [one["src"] for one in read.all("audio")][1].startswith("ban-pe/2026-11-23")
    assert "Bản Pe (tiếng Thái)" in read.words


def test_texts_stand_on_the_page_only_when_given() -> None:
    given = PageOptions(texts={"a1": ["Kính thưa bà con."]})
    assert page(item(airing_id="a1")).all("details") == []
    read = page(item(airing_id="a1"), options=given)
    assert len(read.all("details")) == 1
    assert "Kính thưa bà con." in read.words


def test_a_week_without_airings_says_so() -> None:
    assert "Chưa có lượt phát nào." in page().words


def test_days_can_have_a_note() -> None:
    read = page(item(airing_id="a1"), options=PageOptions(notes={"2026-11-23": "Ngày hội"}))
    assert "Ngày hội" in read.words


@pytest.mark.parametrize("place", ["title", "summary", "text", "note", "calendar", "zone"])
def test_nothing_of_a_station_becomes_markup(place: str) -> None:
    plain = Reader(week_page(programmes([one_with("", "")]), STATION, NOW, shown("", "")))
    read = Reader(
        week_page(programmes([one_with(place, ATTACK)]), STATION, NOW, shown(place, ATTACK))
    )
    assert [tag for tag, _ in read.tags] == [tag for tag, _ in plain.tags]


def one_with(place: str, text: str) -> Item:
    words = {"title": "Tin", "summary": "Tóm tắt", "zone": "Bản"} | {place: text}
    made = item(airing_id="a1")
    return replace(
        made, title=words["title"], summary=words["summary"], zone_names=(words["zone"],)
    )


def shown(place: str, text: str) -> PageOptions:
    words = {"text": "Lời", "note": "Ngày", "calendar": "Lịch"} | {place: text}
    return PageOptions(
        texts={"a1": [words["text"]]},
        notes={"2026-11-23": words["note"]},
        calendars=[CalendarLink(words["calendar"], "lich.ics")],
    )


@given(st.text())
def test_any_title_is_read_back_as_it_is(title: str) -> None:
    made = item(airing_id="a1", title=title)
    words = " ".join("".join(page(made).words).split())
    assert " ".join(clean_line(title).split()) in words


def test_the_page_asks_for_nothing_from_outside(tmp_path: Path) -> None:
    options = PageOptions(calendars=[CalendarLink("Lịch", "lich.ics")])
    read = page(recorded(tmp_path, b"one", airing_id="a1"), options=options)
    addresses = [
        value
        for _, attrs in read.tags
        for name, value in attrs.items()
        if name in {"src", "href", "action", "poster", "srcset"}
    ]
    assert [one for one in addresses if one and (":" in one or one.startswith("/"))] == []


def test_the_policy_allows_just_our_own_script_and_style() -> None:
    html = week_page((), STATION, NOW).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert "'unsafe-inline'" not in policy[1]
    assert policy[1].count("'sha256-") == 2


def test_the_folder_holds_page_sound_and_a_calendar_for_each_zone(tmp_path: Path) -> None:
    week = handout(
        recorded(tmp_path, b"one", airing_id="a1"),
        recorded(tmp_path, b"two", airing_id="a2", start=time(17), zones=("ban-pe",)),
    )
    files, _ = site_files([week], {}, NOW, SiteOptions())
    assert sorted(files) == [
        "2026-11-23-t2/01-0530-nop-ho-so-tai-nha.mp3",
        "2026-11-23-t2/02-1700-nop-ho-so-tai-nha.mp3",
        "index.html",
        "lich-ban-pe.ics",
        "lich-trung-tam.ics",
        "lich.ics",
    ]


def test_an_unchanged_page_is_not_written_again(tmp_path: Path) -> None:
    week = handout(recorded(tmp_path, b"one", airing_id="a1"))
    write_site(tmp_path / "web", [week], NOW)
    again = write_site(tmp_path / "web", [week], LATER)
    assert again.written == ()


def test_a_later_week_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    first = handout(recorded(tmp_path, b"one", airing_id="a1"))
    second = handout(recorded(tmp_path, b"one", airing_id="b1", day=MONDAY + timedelta(days=1)))
    write_site(tmp_path / "web", [first], NOW)
    write_site(tmp_path / "web", [second], LATER)
    sounds = [path.parent.name for path in (tmp_path / "web").rglob("*.mp3")]
    assert sounds == ["2026-11-24-t3"]


def test_an_address_makes_calendars_that_can_be_followed(tmp_path: Path) -> None:
    week = handout(recorded(tmp_path, b"one", airing_id="a1"))
    files, _ = site_files([week], {}, NOW, SiteOptions(address="https://xa.example/loa/"))
    html = files["index.html"].content
    assert isinstance(html, bytes)
    assert b"webcal://xa.example/loa/lich.ics" in html


def sound(seconds: float) -> bytes:
    """A tone as MP3."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(22050)
    encoder.set_channels(1)
    encoder.silence()
    times = np.arange(int(22050 * seconds)) / 22050
    samples = (8000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16)
    return bytes(encoder.encode(samples.tobytes()) + encoder.flush())


def heard_at(folder: Path, station: Station, options: SiteOptions) -> set[str]:
    week = replace(handout(recorded(folder, airing_id="a1")), station=station)
    write_site(folder / "web", [week], NOW, options)
    written = (folder / "web" / "lich.ics").read_bytes().replace(b"\r\n ", b"").decode()
    return set(re.findall(r"(?:Nghe: |ATTACH;FMTTYPE=audio/mpeg:)(https?://[^\\\s]+)", written))


@pytest.mark.parametrize(
    ("own", "given", "base"),
    [
        ("https://xa.example/loa", "", "https://xa.example/loa/"),
        ("https://xa.example/loa", "https://khac.example/", "https://khac.example/"),
        ("", "", ""),
        ("javascript:alert(1)", "", ""),
    ],
)
def test_calendars_lead_to_the_sound_where_the_page_stands(
    tmp_path: Path, own: str, given: str, base: str
) -> None:
    station = replace(STATION, calendar=CalendarExport(address=own))
    sound = "2026-11-23-t2/01-0530-nop-ho-so-tai-nha.mp3"
    expected = {f"{base}{sound}"} if base else set()
    assert heard_at(tmp_path, station, SiteOptions(address=given)) == expected


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "xa.example", "https://", 'https://a"b', "https://a b", "https://a/?b"],
)
def test_what_is_no_address_is_told_by_the_station_and_the_command(
    address: str, sample: Path
) -> None:
    station = replace(STATION, calendar=CalendarExport(address=address))
    assert [one.message for one in doubts(station) if address in one.message] != []
    told = run("page", WEEK, "--to", "trang", "--address", address, cwd=sample)
    assert (told.status, "--address" in told.err, "https://xa.tinh.vn/loa" in told.err) == (
        2, True, True,
    )  # fmt: skip
    assert not (sample / "trang").exists()


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(scheme: int) -> None:
    style = (files("broadcast.publish") / "web" / "page.css").read_text("utf-8")
    palette = re.findall(r":root\{([^}]*)\}", style)[scheme]
    colours = {name: _light(code) for name, code in re.findall(r"--(\w+):#(\w+)", palette)}
    behind = ("paper", "card", "on")
    weak = {
        (text, ground): round(ratio, 2)
        for text in ("ink", "soft", "mark", "warm")
        for ground in behind
        if (ratio := _contrast(colours[text], colours[ground])) < 4.5  # WCAG 2.2, 1.4.3
    }
    assert weak == {}


def _light(code: str) -> float:
    """Relative luminance (WCAG 2.2) of "fff" or "1d2521"."""
    whole = code if len(code) == 6 else "".join(2 * one for one in code)
    parts = (int(whole[n : n + 2], 16) / 255 for n in (0, 2, 4))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def test_headings_come_in_order_and_the_page_says_its_language(tmp_path: Path) -> None:
    week = [recorded(tmp_path, airing_id="a1"), recorded(tmp_path, airing_id="a2", start=time(17))]
    read = page(*week, options=PageOptions(calendars=[CalendarLink("Lịch", "lich.ics")]))
    assert read.all("html") == [{"lang": "vi"}]
    headings = [name for name, _ in read.tags if re.fullmatch("h[1-6]", name)]
    assert headings == ["h1", "h2", "h3", "h3", "h2"]
    labels = [one["aria-label"] for one in read.all("audio")]
    assert labels == ["Nghe: Nộp hồ sơ tại nhà"] * 2


@pytest.mark.clients
def test_a_real_browser_shows_plays_filters_and_prints_it(tmp_path: Path) -> None:
    browser, node = need("chromium"), need("node")
    modules = Path(os.environ.get("BROADCAST_NODE_MODULES", ROOT / "node_modules"))
    if not (modules / "puppeteer-core").is_dir():
        if os.environ.get("CI"):
            pytest.fail("puppeteer-core is not in BROADCAST_NODE_MODULES, and CI must have it")
        pytest.skip("puppeteer-core is not installed (npm install --prefix DIR puppeteer-core)")
    tone = sound(2.0)
    week = handout(
        recorded(tmp_path, tone, airing_id="a1", title=ATTACK),
        recorded(tmp_path, tone, airing_id="a2", start=time(17), zones=("trung-tam", "ban-pe")),
    )
    texts = SiteOptions(texts={"a1": [ATTACK, "Lời " * 200 + "x" * 300]})
    write_site(tmp_path / "web", [week], NOW, texts)
    done = subprocess.run(
        [node, ROOT / "tests" / "clients" / "look_page.mjs", modules, browser,
         tmp_path / "web" / "index.html", "2026-11-23T05:35:00+07:00", "ban-pe"],
        capture_output=True, text=True, encoding="utf-8", check=True, timeout=120,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found["errors"] == []
    assert found["outside"] == []
    assert found["attacked"] == "undefined"
    assert found["overflow"] == {"360": 0, "1280": 0}
    assert found["now"] == [f"Đang phát: {ATTACK}", "Sắp phát 17:00 hôm nay: Nộp hồ sơ tại nhà"]
    assert found["played"]["seconds"] == pytest.approx(2.0, abs=0.2)
    assert (found["played"]["firstStopped"], found["played"]["secondPlays"]) == (True, True)
    assert (found["shown"], found["printed"], found["unnamed"]) == (1, 0, 0)
    assert found["plain"] == [ATTACK, "Nộp hồ sơ tại nhà"]
