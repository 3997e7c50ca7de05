"""The shipped opening and closing: what listeners are told once is not told twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.errors import InputError
from broadcast.store.workspace import Workspace
from broadcast.workflow.templates import Template
from broadcast.workflow.texts import names_where_to_ask, piece_lines

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("NỮ: Cần hỏi thêm, mời bà con đến Trung tâm Phục vụ hành chính công xã.", True),
        ("NAM: Chưa làm được, mời bà con gọi số 0200.300.0118.", True),
        ("NAM: Số điện thoại của trung tâm là 0200.300.0118.", True),
        ("NAM: Tuần này, mời đến Công an xã để hỏi và đăng ký.", True),
        ("NỮ: Mời mỗi nhà kể lại ba điều ấy cho nhau nghe.", False),
        ("NỮ: Nội dung này nói về ba việc của bản.", False),
        ("<!-- mời hỏi công an -->", False),
        ("[nghỉ 1s]", False),
    ],
)
def test_a_body_that_ends_with_a_place_to_ask_is_known(line: str, asked: bool) -> None:
    assert names_where_to_ask(["NỮ: Chào bà con.", line]) == asked


def test_a_place_named_long_before_the_end_is_not_where_to_ask() -> None:
    lines = ["NỮ: Mời bà con đến Trung tâm.", *["NAM: Trời nắng."] * 3]
    assert not names_where_to_ask(lines)


def test_every_ready_piece_of_the_sample_tells_where_to_ask_so_its_closing_does_not() -> None:
    workspace = Workspace(ROOT)
    details = workspace.load_station().details
    bodies = [piece_lines(piece, details)[0] for piece in workspace.load_pieces()]
    assert [names_where_to_ask(lines) for lines in bodies] == [True] * len(bodies)


@pytest.mark.parametrize(("asked", "times"), [(True, 0), (False, 1)])
def test_the_closing_names_the_centre_only_where_the_body_did_not(asked: bool, times: int) -> None:
    workspace = Workspace(ROOT)
    station = workspace.load_station()
    variables = {"station": station, "details": station.details, "title": "", "asked": asked}
    closing = Template(workspace, "closing").render(variables)
    assert closing.count("mời bà con đến") == times
    assert closing.count(station.details["số điện thoại"]) == times
    assert closing.rstrip().endswith("[nhạc hiệu]")


def rendered(folder: Path, source: str, name: str = "opening") -> str:
    """What the station's own template of that name gives."""
    own = folder / "scripts/templates"
    own.mkdir(parents=True, exist_ok=True)
    (own / f"{name}.md").write_text(source, encoding="utf-8")
    details = {"số điện thoại": "0200.300.0118"}
    variables = {"details": details, "title": "Nước sạch", "lines": ["một", "hai"]}
    return Template(Workspace(folder), name).render(variables)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ title | upper }}", "NƯỚC SẠCH"),
        ("{% for one in lines %}{{ loop.index }}{{ one }}{{ ', ' if not loop.last }}{% endfor %}",
         "1một, 2hai"),
        ("{{ details.get('không có') or 'trụ sở' }}", "trụ sở"),
        ("{% if details['không có'] %}Gọi.{% endif %}{{ 1 + 1 }}{{ 5 % 2 }}", "21"),
        ("{% set x = title ~ '!' %}{{ x }}{{ x.split(' ')[0] }}{{ 2 * 3 }}", "Nước sạch!Nước6"),
        ("{{ lines | join(' và ') }}{{ title.replace('sạch', 'suối') }}", "một và haiNước suối"),
        ("{% for n in range(3) %}{{ n }}{% endfor %}", "012"),
    ],
)  # fmt: skip
def test_a_template_may_do_what_greetings_need(source: str, text: str, tmp_path: Path) -> None:
    assert rendered(tmp_path, source) == text


DOUBLED = "{% set x = x ~ x %}" * 60
LOOPS = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{{ ''.__class__.__mro__ }}", "__class__"),
        ("{{ ''['__class__'] }}", "__class__"),
        ("{{ details.update({'a': 'b'}) }}", "update"),
        ("{{ self._TemplateReference__context }}", "_TemplateReference__context"),
        ("{% include 'station.yaml' %}", "include"),
        ("{% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(1) }}", "macro"),
        ("{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}", "lặp không dứt"),
        (LOOPS, "lặp quá"),
        ("{% set x = '0123456789' %}" + DOUBLED, "dài quá"),
        ("{% set x = '0123456789' %}" + DOUBLED.replace("~", "+"), "dài quá"),
        ("{% for a in range(9000) %}" + "x" * 80 + "{% endfor %}", "quá 20000 ký tự"),
        ("{{ 'x' * 1000000000 }}", "* với chữ"),
        ("{{ 2 ** 99999 }}", "**"),
        ("{{ '%999999999d' % 1 }}", "% với chữ"),
        ("{{ '{:>999999999}'.format(1) }}", "format"),
        ("{{ 'x'.center(999999999) }}", "số lớn quá"),
        ("{{ 'x'.ljust(99999) }}", "dài quá"),
        ("{{ title | sort(attribute='__class__.__mro__') }}", "__class__"),
        ("{{ [title] | join('', attribute='__class__') }}", "__class__"),
        ("{{ range.__call__.__self__ }}", "__call__"),
        ("{{ title | pprint }}", "pprint"),
        ("{{ lipsum(9) }}", "lipsum"),
    ],
)
def test_a_template_that_reaches_out_or_never_ends_is_refused_with_its_line(
    source: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        rendered(tmp_path, f"NỮ: Chào.\n{source}\n")
    (problem,) = refused.value.problems
    assert (problem.file, problem.line) == ("scripts/templates/opening.md", 2)
    assert told in problem.message
    assert "sửa chỗ đó" in refused.value.mend


def test_a_programmes_own_template_wins_over_the_general_one(tmp_path: Path) -> None:
    rendered(tmp_path, "chung")
    rendered(tmp_path, "riêng", "opening-sang")
    workspace = Workspace(tmp_path)
    for programmes, text in [((), "chung"), (("sang",), "riêng"), (("chieu", "sang"), "riêng"),
                             (("chieu",), "chung"), (("../sang",), "chung")]:  # fmt: skip
        assert Template(workspace, "opening", programmes).render({}) == text
