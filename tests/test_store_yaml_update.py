"""What people wrote into a file stays when the program changes other parts of it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from datetime import date, time

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.station import Rules, Screen, Voices
from broadcast.domain.week import Airing, WeekId
from broadcast.store.records import decode_station, encode_station
from broadcast.store.yaml_files import decode
from broadcast.store.yaml_update import update
from broadcast.store.yaml_write import encode


@dataclass(frozen=True, slots=True)
class Kept:
    week: WeekId
    note: str = ""
    airings: tuple[Airing, ...] = ()


OLD = """\
# Tuần có phiên chợ
week: 2026-W48   # sửa tay

airings:
# thứ hai
- id: a
  day: 2026-11-23
  start: 5:30      # sớm hơn mọi khi
  minutes: 15
  zones: [x]

  # trưởng bản hẹn lại
- {id: b, day: 2026-11-24, start: 17:00, minutes: 15, zones: [x, y]}
- id: c
  day: 2026-11-25
  start: 17:00
  minutes: 10
  zones:
    - y
# hết
"""


def _old() -> Kept:
    return decode(OLD, Kept, "x")


def test_nothing_changed_means_not_a_letter_changed() -> None:
    assert update(OLD, _old()) == OLD
    assert update(OLD.replace("\n", "\r\n"), _old()) == OLD.replace("\n", "\r\n")


def test_a_changed_airing_is_written_anew_and_the_rest_stays() -> None:
    old = _old()
    a, b, c = old.airings
    value = replace(old, airings=(a, replace(b, minutes=20), c))
    assert update(OLD, value) == OLD.replace(
        "- {id: b, day: 2026-11-24, start: 17:00, minutes: 15, zones: [x, y]}\n",
        '- id: b\n  day: 2026-11-24\n  start: "17:00"\n  minutes: 20\n  zones: [x, y]\n',
    )


def test_an_added_airing_takes_the_files_own_indentation() -> None:
    old = _old()
    new = Airing("d", date(2026, 11, 26), time(5, 30), 15, ("y",))
    text = update(OLD, replace(old, airings=(new, *old.airings)))
    assert text.startswith(
        "# Tuần có phiên chợ\nweek: 2026-W48   # sửa tay\n\nairings:\n"
        '- id: d\n  day: 2026-11-26\n  start: "05:30"\n  minutes: 15\n  zones: [y]\n'
        "# thứ hai\n- id: a\n"
    )


def test_a_removed_airing_goes_with_its_comment() -> None:
    old = _old()
    text = update(OLD, replace(old, airings=(old.airings[0], old.airings[2])))
    assert "trưởng bản" not in text
    assert "# sớm hơn mọi khi" in text


def test_an_entry_that_was_not_there_is_added() -> None:
    text = update(OLD, replace(_old(), note="mới"))
    assert text == OLD + "note: mới\n"


def test_a_file_that_cannot_be_kept_in_part_is_written_anew() -> None:
    value = _old()
    for text in ("{week: 2026-W47}", "week: [", "week: 2026-W48\nairings: [{id: a}]\n", "- x"):
        assert decode(update(text, value), Kept, "x") == value


IDS = st.sampled_from(["a", "b", "c", "d"])
AIRINGS = st.lists(
    st.builds(
        Airing,
        id=IDS,
        day=st.dates(date(2026, 11, 23), date(2026, 11, 29)),
        start=st.sampled_from([time(5, 30), time(17)]),
        minutes=st.integers(1, 3),
        zones=st.just(("x",)),
        title=st.sampled_from(["", "Hỏi: đáp", "một\n\nhai\n", "# không phải ghi chú", "- x"]),
    ),
    max_size=4,
).map(tuple)


@settings(deadline=None)
@given(AIRINGS, AIRINGS, st.sampled_from(["", "# ghi chú\n"]))
def test_whatever_changes_the_new_value_is_what_is_read_back(
    before: tuple[Airing, ...], after: tuple[Airing, ...], comment: str
) -> None:
    old = Kept(WeekId(2026, 48), airings=before)
    text = encode(old).replace("  - id", "  # của tôi\n  - id") + comment
    new = replace(old, airings=after, note="x")
    written = update(text, new)
    assert decode(written, Kept, "x") == new
    assert update(written, new) == written
    stayed = set(before) & set(after)
    assert written.count("# của tôi") >= len(stayed)


STATION = """\
id: x
name: Đài X
commune: xã X
zones:
  # gần chợ
  - id: a
    name: Bản A     # cũ là Bản Ạ
    # nhắc trưởng bản
    note: hai loa
  - {id: b, name: Bản B}
rules:
  earliest: "05:00"   # sớm nhất
  # theo quy chế
  latest: "21:00"     # muộn nhất
voices: {rate: 180}   # chậm
# ai trực thì gọi
details:
    số máy: "0200 # 1"   # của xã
    # giờ hành chính
    giờ: 7h
# hết
"""


def _changed_station(**changes: object) -> str:
    """What differs between the file and the one with changes, as rows taken out and put in."""
    station = decode_station(STATION, "x")
    text = encode_station(replace(station, **changes), STATION)  # type: ignore[arg-type]
    assert decode_station(text, "x") == replace(station, **changes)  # type: ignore[arg-type]
    rows = difflib.ndiff(STATION.splitlines(), text.splitlines())
    return "\n".join(row for row in rows if row[0] in "+-")


def test_a_changed_value_keeps_its_row_and_the_comment_behind_it() -> None:
    assert _changed_station(rules=Rules(time(6), time(21))) == (
        '-   earliest: "05:00"   # sớm nhất\n+   earliest: "06:00"   # sớm nhất'
    )


def test_a_value_that_becomes_the_usual_one_stays_written() -> None:
    assert _changed_station(rules=Rules(time(5), time(22))) == (
        '-   latest: "21:00"     # muộn nhất\n+   latest: "22:00"     # muộn nhất'
    )


def test_a_changed_item_keeps_its_other_rows() -> None:
    station = decode_station(STATION, "x")
    a, b = station.zones
    changed = _changed_station(zones=(replace(a, name="Bản Mới", network=False), b))
    assert changed == (
        "-     name: Bản A     # cũ là Bản Ạ\n"
        "+     name: Bản Mới     # cũ là Bản Ạ\n"
        "+     network: false"
    )


def test_an_item_in_braces_is_written_anew_when_it_changes() -> None:
    station = decode_station(STATION, "x")
    a, b = station.zones
    assert _changed_station(zones=(a, replace(b, note="mới"))) == (
        "-   - {id: b, name: Bản B}\n+   - id: b\n+     name: Bản B\n+     note: mới"
    )


def test_texts_by_name_keep_their_rows_comments_and_indentation() -> None:
    assert _changed_station(details={"số máy": "0200 # 2", "giờ": "7h", "mới": "x"}) == (
        "-     số máy: \"0200 # 1\"   # của xã\n+     số máy: '0200 # 2'   # của xã\n+     mới: x"
    )


def test_a_text_that_goes_leaves_the_comments_of_the_others() -> None:
    assert _changed_station(details={"giờ": "7h"}) == '-     số máy: "0200 # 1"   # của xã'


def test_a_section_in_braces_is_written_anew_when_it_changes() -> None:
    assert _changed_station(voices=Voices(rate=170)).startswith("- voices: {rate: 180}   # chậm")


def test_the_keys_of_the_screens_come_last_and_stay() -> None:
    station = decode_station(STATION, "x")
    screen = Screen("sang", {"week.fill": ("f4", "ctrl+x")})
    text = encode_station(replace(station, screen=screen), STATION)
    added = "screen:\n  theme: sang\n  keys:\n    week.fill: [f4, ctrl+x]\n"
    assert text == STATION + added
    alone = text.replace("[f4, ctrl+x]", "f4   # như máy cũ")
    assert decode_station(alone, "x").screen.keys == {"week.fill": ("f4",)}
    again = encode_station(replace(station, screen=Screen("toi", {"week.fill": ("f4",)})), alone)
    assert again == alone.replace("theme: sang", "theme: toi")
