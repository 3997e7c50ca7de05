"""YAML is read by types, with every problem and its line, and written back the same."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Literal
from unicodedata import normalize

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.plan import Plan
from broadcast.domain.station import Station
from broadcast.domain.week import VIETNAM, Airing, WeekId
from broadcast.errors import InputError, Problem
from broadcast.store import yaml_nodes
from broadcast.store.yaml_files import decode
from broadcast.store.yaml_nodes import Node, locate, scalars
from broadcast.store.yaml_write import encode

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]
"""PyYAML's own parser and, where it was built with it, libyaml: they word errors differently."""


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    id: str
    count: int = 3
    share: float = 0.5
    open: bool = False
    at: time = time(5, 0)
    date: date | None = None
    moment: datetime | None = None
    level: Literal["thấp", "cao"] = "thấp"
    tags: tuple[str, ...] = ()
    part: Part = Part("x")
    parts: tuple[Part, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    week: WeekId | None = None
    note: str | None = "sẵn có"


def _problems(text: str, kind: type = Whole) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        decode(text, kind, "tệp.yaml")
    assert all(problem.file == "tệp.yaml" for problem in caught.value.problems)
    return list(caught.value.problems)


def _one(text: str, kind: type = Whole) -> Problem:
    (problem,) = _problems(text, kind)
    return problem


def test_every_type_of_the_domain_is_read() -> None:
    text = """
id: 05
count: -7
share: 1e-3
open: có
at: 17:00
date: 2026-11-23
moment: 2026-11-23T08:00:00+07:00
level: cao
tags: [a, 1, 2026-11-23, no]
part: {name: y, day: 2026-01-02}
parts:
  - name: z
facts:
  số điện thoại: 0212.300
week: 2026-W48
note: null
"""
    assert decode(text, Whole, "x") == Whole(
        id="05",
        count=-7,
        share=0.001,
        open=True,
        at=time(17, 0),
        date=date(2026, 11, 23),
        moment=datetime(2026, 11, 23, 8, tzinfo=VIETNAM),
        level="cao",
        tags=("a", "1", "2026-11-23", "no"),
        part=Part("y", date(2026, 1, 2)),
        parts=(Part("z"),),
        facts={"số điện thoại": "0212.300"},
        week=WeekId(2026, 48),
        note=None,
    )


def test_a_time_without_quotes_is_a_time_and_no_number() -> None:
    assert yaml.safe_load("at: 17:00") == {"at": 1020}
    assert decode("{id: a, at: 17:00}", Whole, "x").at == time(17, 0)
    assert decode("{id: a, at: 5:30}", Whole, "x").at == time(5, 30)
    assert decode('{id: a, at: "05:30:15"}', Whole, "x").at == time(5, 30, 15)


def test_a_moment_without_an_offset_is_local() -> None:
    moment = decode("{id: a, moment: 2026-11-23 08:00}", Whole, "x").moment
    assert moment == datetime(2026, 11, 23, 8, tzinfo=VIETNAM)


def test_an_empty_entry_is_the_same_as_none_written() -> None:
    assert decode("id: a\ntags:\ncount:\nfacts:\n", Whole, "x") == Whole("a")


def test_letters_come_in_nfc_even_from_escapes() -> None:
    assert decode('id: "e\\u0302\\u0301"', Whole, "x").id == "ế"


def test_all_problems_come_together_in_the_order_of_the_file() -> None:
    text = """cont: 3
count: ba
at: 25:99
level: vừa
tags: a
parts:
  - nam: b
  - [c]
facts: [d]
"""
    found = [(p.line, p.message) for p in _problems(text)]
    assert found == [
        (1, "thiếu mục 'id'"),
        (1, "mục lạ 'cont'"),
        (2, "count: cần số nguyên, nhưng ở đây là 'ba'"),
        (3, "at: cần giờ, nhưng ở đây là '25:99'"),
        (4, "level: 'vừa' không được dùng"),
        (5, "tags: cần một danh sách, nhưng ở đây là 'a'"),
        (7, "parts: thiếu mục 'name'"),
        (7, "mục lạ 'nam'"),
        (8, "parts: cần các mục con, nhưng ở đây là một danh sách"),
        (9, 'facts: cần các dòng "tên: giá trị", ở đây là một danh sách'),
    ]


@pytest.mark.parametrize(
    ("entry", "suggestion"),
    [
        ("at: 5h30", 'viết "05:30"'),
        ("at: 5 giờ 30 phút", 'viết "05:30"'),
        ("at: 17h", 'viết "17:00"'),
        ("at: 5.30", 'viết "05:30"'),
        ("at: sáng", 'viết giờ:phút từ "00:00" đến "23:59", ví dụ "05:30"'),
        ("at: 24:00", 'viết giờ:phút từ "00:00" đến "23:59", ví dụ "05:30"'),
        ("date: 23/11/2026", "viết 2026-11-23"),
        ("date: 31/02/2026", "viết năm-tháng-ngày, ví dụ 2026-11-23"),
        ("date: 2026-02-30", "viết năm-tháng-ngày, ví dụ 2026-11-23"),
        ("date: 20261123", "viết năm-tháng-ngày, ví dụ 2026-11-23"),
        ("moment: hôm qua", "viết như 2026-11-23T08:00:00+07:00"),
        ("count: 15 phút", "viết 15"),
        ("count: 1.5", "viết số nguyên, ví dụ 15"),
        ("share: 1,5", "viết 1.5"),
        ("share: .inf", "viết bằng chữ số"),
        ("open: ừ", "viết true (có) hoặc false (không)"),
        ("level: cáo", "được dùng: thấp, cao"),
        ("week: this", "viết như 2026-W48"),
        ("week: 2026-W54", "viết như 2026-W48"),
        ("tags: a", "viết trong ngoặc vuông: tags: [a]"),
        ("levle: cao", "có phải 'level'? Được dùng: "),
        ("part: 5", "các mục con: name, day"),
    ],
)
def test_a_wrong_value_is_answered_with_the_right_way_to_write_it(
    entry: str, suggestion: str
) -> None:
    problem = _one(f"id: a\n{entry}\n")
    assert problem.line == 2
    assert (problem.suggestion or "").startswith(suggestion)


def test_a_required_entry_left_empty_is_asked_for() -> None:
    problem = _one("id:\n")
    assert (problem.line, problem.message) == (1, "mục 'id' còn trống")


def test_a_key_given_twice_is_named_with_both_lines() -> None:
    problem = _one("id: a\ncount: 1\ncount: 2\n")
    assert (problem.line, problem.message) == (3, "mục 'count' đã có ở dòng 2")


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("id: a\n\tcount: 1\n", 2, "đầu dòng có dấu Tab"),
        ("id: a\npart:\n\tname: x\n", 3, "đầu dòng có dấu Tab"),
        ("id a\ncount: 1\n", 1, "thiếu dấu hai chấm sau tên mục"),
        ("id: a\ncount 1\n", 2, "thiếu dấu hai chấm sau tên mục"),
        ("id: Hỏi: đáp\n", 1, "dấu hai chấm trong giá trị"),
        ('id: "a\ncount: 1\n', 1, "thiếu dấu nháy đóng"),
        ("id: 'a\ncount: 1\n", 1, "thiếu dấu nháy đóng"),
        ('id: "a" b\n', 1, "có chữ sau dấu nháy đóng"),
        ('id: "C:\\quê"\n', 1, "dấu \\ trong nháy kép"),
        ("id: a\n  count: 1\n", 2, "thụt đầu dòng sâu hơn dòng trên"),
        ("part:\n  name: a\n day: b\n", 3, "thụt đầu dòng không khớp với các dòng trên"),
        ("id: a\ntags: [b, c\ncount: 1\n", 2, "thiếu dấu đóng ] hoặc }, hoặc thiếu dấu phẩy"),
        ("id: @a\n", 1, "giá trị bắt đầu bằng ký tự '@'"),
        ("id: *a\n", 1, "không dùng được tham chiếu *a"),
        ("id: &a b\ntags: [*a]\n", 2, "không dùng được tham chiếu *a"),
        ("id: !ma x\n", 1, "không dùng được thẻ !ma"),
        ("id: !!int 5\n", 1, "không dùng được thẻ tag:yaml.org,2002:int"),
        ("id: a\n---\nid: b\n", 2, "có hai tài liệu YAML trong một tệp"),
        ("id: a\nnote: \x07\n", 2, "có ký tự điều khiển không đọc được"),
        ("id: \ud800\n", 1, "có ký tự điều khiển không đọc được"),
    ],
)
def test_a_syntax_error_is_said_in_plain_words_at_its_line(
    text: str, line: int, message: str, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_nodes, "_LOADER", loader)
    problem = _one(text)
    assert (problem.line, problem.message) == (line, message)
    assert problem.suggestion


def test_deep_nesting_and_swelling_aliases_are_refused() -> None:
    assert _one("id: " + "[" * 100_000).line == 1
    bomb = "a: &a [x,x]\n" + "".join(
        f"{y}: &{y} [*{x},*{x}]\n" for x, y in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "tham chiếu" in _one(bomb).message


@pytest.mark.parametrize("text", ["", "\n", "# chỉ có ghi chú\n", "null\n", "---\n"])
def test_an_empty_file_lacks_what_is_required(text: str) -> None:
    assert _one(text).message == "thiếu mục 'id'"


def test_lines_are_counted_from_where_the_text_starts_in_its_file() -> None:
    with pytest.raises(InputError) as caught:
        decode("id: a\ncount: b\n", Whole, "x", first_line=2)
    assert caught.value.problems[0].line == 3
    with pytest.raises(InputError) as caught:
        decode("id: a\n\tb", Whole, "x", first_line=2)
    assert caught.value.problems[0].line == 3


def test_further_checks_are_reported_together_with_wrong_types() -> None:
    def check(root: Node) -> list[Problem]:
        return [Problem("lạ", line=item.line) for item in scalars(root, "parts", "name")]

    with pytest.raises(InputError) as caught:
        decode("id: a\nparts:\n- name: b\ncount: c", Whole, "x", check=check)
    assert [(p.file, p.line, p.message[:5]) for p in caught.value.problems] == [
        ("x", 3, "lạ"),
        ("x", 4, "count"),
    ]


def test_a_value_is_located_by_keys_numbers_ids_and_its_own_text() -> None:
    text = "week: 2026-W48\nairings:\n  - id: a\n    zones:\n      - x\n      - y\n  - id: b\n"
    assert locate(text, "airings", "a", "zones", "y") == 6
    assert locate(text, "airings", 1, "id") == 7
    assert locate(text, "airings", "c") is None
    assert locate(text, "week", "x") is None
    assert locate(text, "airings", 5) is None


def test_people_can_read_what_is_written() -> None:
    airing = Airing(
        id="2026-11-23-sang",
        day=date(2026, 11, 23),
        start=time(5, 30),
        minutes=15,
        zones=("trung-tam", "ban-lan"),
        slot="sang",
        title="Nộp hồ sơ tại nhà",
        why="một\nhai",
    )
    assert encode(airing, comment="Tuần 48") == (
        "# Tuần 48\n"
        "id: 2026-11-23-sang\n"
        "day: 2026-11-23\n"
        'start: "05:30"\n'
        "minutes: 15\n"
        "zones: [trung-tam, ban-lan]\n"
        "slot: sang\n"
        "title: Nộp hồ sơ tại nhà\n"
        "why: |-\n"
        "  một\n"
        "  hai\n"
    )


def test_long_lines_are_folded_and_long_lists_stand_line_by_line() -> None:
    long = "bà con nộp hồ sơ qua mạng " * 20
    text = encode(Whole("a", tags=(long.strip(), "b")))
    assert max(map(len, text.splitlines())) <= 100
    assert "\n  - b\n" in text


def test_other_readers_of_yaml_get_the_same_values() -> None:
    whole = Whole("05", at=time(17), date=date(2026, 1, 2), share=1e-7, open=True, tags=("no", "1"))
    assert yaml.safe_load(encode(whole)) == {
        "id": "05",
        "share": 1e-7,
        "open": True,
        "at": "17:00",
        "date": date(2026, 1, 2),
        "tags": ["no", "1"],
    }


LETTERS = st.characters(exclude_categories=["Cs"])
VIETNAMESE = st.sampled_from(
    " aăâđêôơưếộữ\u0301\u0303\n\r\t:#-'\"[]{}|>&*!%@`,.?0123456789" + string.ascii_letters
)
TEXTS = (st.text(LETTERS | VIETNAMESE, max_size=60) | st.text(VIETNAMESE, max_size=200)).map(
    lambda text: normalize("NFC", text)
)
WEEKS = st.dates(date(1900, 1, 1), date(2900, 1, 1)).map(WeekId.of)
MOMENTS = st.datetimes(timezones=st.sampled_from([VIETNAM, UTC]))


def _values(kind: type) -> st.SearchStrategy[object]:
    return st.builds(kind)


for _kind, _strategy in {
    str: TEXTS,
    float: st.floats(allow_nan=False, allow_infinity=False),
    int: st.integers(-(10**17), 10**17),
    datetime: MOMENTS,
    WeekId: WEEKS,
}.items():
    st.register_type_strategy(_kind, _strategy)


@pytest.mark.parametrize("kind", [Whole, Station, Airing, Plan])
@settings(deadline=None)
@given(data=st.data())
def test_what_is_written_is_read_back_the_same(kind: type, data: st.DataObject) -> None:
    value = data.draw(_values(kind))
    text = encode(value)
    assert decode(text, kind, "x") == value
    assert "\r" not in text


@settings(deadline=None)
@given(st.text(VIETNAMESE | LETTERS, max_size=200))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    try:
        decode(text, Whole, "x")
    except InputError as error:
        assert all(problem.line for problem in error.problems)
        assert error.problems
