"""Estimated lengths: by the engine's measured pace, corrected by what the voice took here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.speech.engine import open_engine
from broadcast.speech.pace import NOTHING, PACES, Counted, Pace, counted, pace_of
from broadcast.store.paces import MOST, Took, load_paces, note_pace
from broadcast.store.workspace import Workspace
from broadcast.workflow import pacing
from broadcast.workflow.desk import Desk
from broadcast.workflow.programme import programme
from broadcast.workflow.render import render_scripts

from .helpers import edit
from .test_workflow_hearing import sound

LINES = """\
[nhạc hiệu]
NỮ: Kính thưa bà con, đây là chương trình truyền thanh của xã. Mời bà con nghe.
NAM: Từ ngày 1/7/2026, bà con nộp hồ sơ tại dichvucong.gov.vn; không phải đi xa.
[nghỉ 1.5s]
NAM: Ai chưa rõ thì gọi 0200.300.0118, cán bộ TTHC sẽ giúp: không mất tiền.
NỮ: Một là, mở Cổng. Hai là, đăng nhập bằng VNeID. Ba là, tìm đúng tên thủ tục cần làm.
"""
VOICE = "tone - - 190 bắc"


@pytest.fixture
def told(station: Path) -> Workspace:
    """A station with one script."""
    workspace = Workspace(station)
    put(workspace, "tin", LINES)
    return workspace


def put(workspace: Workspace, name: str, body: str) -> None:
    text = f"---\nid: {name}\ntitle: Tin\n---\n{body}"
    (workspace.scripts / f"{name}.md").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        ("", NOTHING),
        ("...", NOTHING),
        ("Mời bà con nghe.", Counted(4, 0, 0, 1)),
        ("Một là, mở Cổng. Hai là: nghe; rồi làm!", Counted(9, 1, 3, 1)),
        ("vâng,", Counted(1, 0, 0, 1)),
    ],
)
def test_what_takes_time_in_a_line_is_counted(spoken: str, expected: Counted) -> None:
    assert counted(spoken) == expected


@given(st.text(alphabet="aăâ ,.;:!?…", max_size=60))
def test_more_words_never_take_less_time(text: str) -> None:
    pace = PACES["espeak"]
    longer = pace.seconds(counted(f"{text} thêm"), 190)
    assert longer >= pace.seconds(counted(text), 190)


def test_a_slower_rate_takes_longer_in_proportion() -> None:
    some = Counted(100, 5, 5, 8)
    assert Pace(0.9, 1, 2, 0.5).seconds(some, 120) == pytest.approx(
        2 * Pace(0.9, 1, 2, 0.5).seconds(some, 240)
    )


def test_an_engine_nobody_measured_keeps_the_rate() -> None:
    assert pace_of("piper").seconds(Counted(190, 9, 9, 9), 190) == 60


@pytest.mark.parametrize("engine", ["espeak", "tone"])
@pytest.mark.parametrize("rate", [150, 190, 230])
def test_an_estimate_is_within_5_percent_before_anything_was_read(
    engine: str, rate: int, told: Workspace
) -> None:
    edit(told.station_path, "engine: tone", f"engine: {engine}")
    edit(told.station_path, "rate: 190", f"rate: {rate}")
    hearing = Desk(told).hearing("tin")
    with open_engine(engine) as reader:
        made = programme(told, told.load_station(), hearing, reader)
    assert hearing.seconds == pytest.approx(made.seconds, rel=0.05)
    assert 0 < made.spoken < made.seconds - 5.2 - 1.5


def test_what_a_voice_took_corrects_what_comes_next(
    told: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A voice a third slower than its engine was measured; one script is read, another comes."""
    monkeypatch.setitem(PACES, "tone", Pace(0.75))
    put(told, "dai", LINES * 4)
    put(told, "sau", LINES * 3)
    desk = Desk(told)
    first = desk.hearing("sau").seconds
    (one,) = render_scripts(told, ["dai"])
    (other,) = render_scripts(told, ["sau"])
    assert first < 0.85 * other.audio.seconds
    (told.out / "paces.json").write_text("{}", encoding="utf-8")
    render_scripts(told, ["dai"])
    assert one.fresh
    assert desk.hearing("sau").seconds == pytest.approx(first, rel=0.01)
    edit(told.script_path("dai"), "Mời bà con nghe.", "Mời bà con cùng nghe.")
    render_scripts(told, ["dai"])
    assert desk.hearing("sau").seconds == pytest.approx(other.audio.seconds, rel=0.05)


def test_another_rate_is_another_voice(told: Workspace) -> None:
    voices = told.load_station().voices
    note_pace(told.paces_path, pacing.voice_key(voices), Took("a", (400, 0, 0, 0), 200.0))
    assert pacing.correction(told, voices) > 1.4
    for other in (replace(voices, rate=170), replace(voices, women="cao"),
                  replace(voices, region="nam"), replace(voices, engine="espeak")):  # fmt: skip
        assert pacing.correction(told, other) == 1


def test_a_correction_is_bounded_and_one_short_text_decides_little(told: Workspace) -> None:
    voices = told.load_station().voices
    note_pace(told.paces_path, VOICE, Took("a", (4, 0, 0, 1), 3.0))
    assert pacing.correction(told, voices) == pytest.approx(1.16, abs=0.02)
    note_pace(told.paces_path, VOICE, Took("b", (400, 0, 0, 1), 3000.0))
    assert pacing.correction(told, voices) == 2
    note_pace(told.paces_path, VOICE, Took("b", (400, 0, 0, 1), 1.0))
    assert pacing.correction(told, voices) == 0.5


def test_of_each_voice_the_newest_texts_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "out" / "paces.json"
    for number in range(MOST + 5):
        note_pace(path, "a", Took(f"bai-{number}", (1, 2, 3, 4), 5.0))
    note_pace(path, "a", Took("bai-10", (4, 3, 2, 1), 6.0))
    note_pace(path, "b", Took("bai-1", (1, 1, 1, 1), 1.0))
    known = load_paces(path, "a")
    assert len(known) == MOST
    assert (known[0].text, known[-1]) == ("bai-5", Took("bai-10", (4, 3, 2, 1), 6.0))
    assert load_paces(path, "b") == (Took("bai-1", (1, 1, 1, 1), 1.0),)


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"tone - - 190 bắc": 5}', '{"tone - - 190 bắc": [["a", [1], 2]]}']
)
def test_a_damaged_memory_is_as_none(content: str, told: Workspace) -> None:
    told.out.mkdir()
    told.paces_path.write_text(content, encoding="utf-8")
    assert pacing.correction(told, told.load_station().voices) == 1
    render_scripts(told, ["tin"])
    assert len(load_paces(told.paces_path, VOICE)) == 1


def test_a_recording_counts_as_long_as_it_is(told: Workspace) -> None:
    sound(told.recordings / "loi.wav", seconds=3.0)
    before = Desk(told).hearing("tin").seconds
    put(told, "tin", f"{LINES}[ghi âm recordings/loi.wav]\n")
    assert Desk(told).hearing("tin").seconds == pytest.approx(before + 3, abs=0.2)
