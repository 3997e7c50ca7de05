"""What is heard of a script: the digest an approval answers for, lengths, and what is found."""

from __future__ import annotations

import os
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from broadcast.store.workspace import Workspace
from broadcast.workflow.hearing import Hearing, estimate_seconds
from broadcast.workflow.scripts import hear_script

from .helpers import edit

BODY = """\
[nhạc hiệu]
NỮ: Kính thưa bà con, TTHC đã có ở NVH bản.
<!-- nhắc lại hai lần -->
NAM: Mời bà con nghe.
[nghỉ 1.5s]
[ghi âm recordings/loi-nhan.wav]
"""

FRONT = "---\nid: tin\ntitle: Tin trong bản\n---\n"


def sound(path: Path, level: int = 1000, seconds: float = 1.0) -> None:
    """A short recording, a square wave of that level."""
    path.parent.mkdir(exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 22050, 0, "NONE", ""))
        up, down = (one.to_bytes(2, "little", signed=True) * 25 for one in (level, -level))
        file.writeframes((up + down) * round(22050 * seconds / 50))


@pytest.fixture
def told(station: Path) -> Path:
    """A station with one script of its own and a recording."""
    (station / "scripts/tin.md").write_text(FRONT + BODY, encoding="utf-8", newline="")
    (station / "scripts/lexicon.yaml").write_text("NVH: nhà văn hóa\n", encoding="utf-8")
    sound(station / "scripts/recordings/loi-nhan.wav")
    return station


def heard(root: Path) -> Hearing:
    return hear_script(Workspace(root), "tin")


def change(file: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda root: edit(root / file, old, new)


SCRIPT = "scripts/tin.md"
STATION = "schedules/station.yaml"


@pytest.mark.parametrize(
    "change_it",
    [
        change(SCRIPT, "Mời bà con", "Xin mời bà con"),
        change(SCRIPT, "NAM: Mời", "NỮ: Mời"),
        change(SCRIPT, "[nghỉ 1.5s]", "[nghỉ 2s]"),
        change(SCRIPT, "[nhạc hiệu]\n", ""),
        change(SCRIPT, "NAM: Mời bà con nghe.\n[nghỉ 1.5s]", "[nghỉ 1.5s]\nNAM: Mời bà con nghe."),
        change("scripts/lexicon.yaml", "nhà văn hóa", "nhà sinh hoạt"),
        change(STATION, "rate: 190", "rate: 170"),
        change(STATION, "engine: tone", "engine: espeak"),
        change(STATION, "\n  region: bắc", "\n  region: nam"),
        lambda root: sound(root / "scripts/recordings/loi-nhan.wav", level=1001),
        lambda root: (root / "scripts/recordings/loi-nhan.wav").unlink(),
    ],
    ids=["words", "speaker", "pause", "ident", "order", "lexicon", "rate", "engine", "region",
         "recording", "recording gone"],
)  # fmt: skip
def test_what_is_heard_otherwise_has_another_digest(
    change_it: Callable[[Path], None], told: Path
) -> None:
    before = heard(told).digest
    change_it(told)

    assert heard(told).digest != before


def windows_lines(root: Path) -> None:
    file = root / SCRIPT
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(
    "change_it",
    [
        change(SCRIPT, "<!-- nhắc lại hai lần -->", "<!-- nhắc một lần -->"),
        change(SCRIPT, "<!-- nhắc lại hai lần -->\n", "\n\n"),
        change(SCRIPT, "title: Tin trong bản", "title: Tin bản ta"),
        change(SCRIPT, "title: Tin", "topic: II.2/c\ntitle: Tin"),
        change(SCRIPT, "NAM: Mời", "nam :   Mời"),
        change(SCRIPT, "[nghỉ 1.5s]", "[nghỉ 1,5 giây]"),
        change(SCRIPT, "TTHC", "thủ tục hành chính"),
        windows_lines,
        change("scripts/lexicon.yaml", "NVH:", "HTX: hợp tác xã\nNVH:"),
        change(STATION, "bitrate: 64", "bitrate: 96"),
        lambda root: os.utime(root / "scripts/recordings/loi-nhan.wav", (1, 1)),
    ],
    ids=["comment", "blank lines", "title", "topic", "speaker's spelling", "cue's spelling",
         "written out", "line ends", "other words", "bit rate", "recording's time"],
)  # fmt: skip
def test_what_is_heard_the_same_has_the_same_digest(
    change_it: Callable[[Path], None], told: Path
) -> None:
    before = heard(told).digest
    change_it(told)

    assert heard(told).digest == before


def test_two_workspaces_hear_the_same(told: Path, tmp_path: Path) -> None:
    before = heard(told).digest
    moved = told.rename(tmp_path / "nơi khác")

    assert heard(moved).digest == before


def test_an_abbreviation_nobody_taught_is_found_with_its_line(told: Path) -> None:
    edit(told / SCRIPT, "Mời bà con nghe.", "Mời bà con đến XQZ.")
    found = [f for f in heard(told).findings if f.rule == "abbreviation"]

    assert [(f.line, "XQZ" in f.message, "lexicon add XQZ" in f.mend) for f in found] == [
        (8, True, True)
    ]
    assert heard(told).blockers == ()


def test_a_sentence_too_long_for_the_ear_is_found(told: Path) -> None:
    edit(told / SCRIPT, "Mời bà con nghe.", f"Mời {'bà con ' * 15}nghe.")
    (found,) = [f for f in heard(told).findings if f.rule == "long-sentence"]

    assert (found.line, "32 âm tiết" in found.message) == (8, True)


def test_a_long_sentence_is_told_at_which_words_to_part_it(told: Path) -> None:
    long = (
        "Xã tổ chức tuyên truyền cải cách hành chính trên loa truyền thanh của tất cả các bản, "
        "trọng tâm là nộp hồ sơ qua mạng và theo dõi hồ sơ để bà con không phải đi lại nhiều lần."
    )
    edit(told / SCRIPT, "Mời bà con nghe.", long)
    (found,) = [f for f in heard(told).findings if f.rule == "long-sentence"]

    assert found.mend.startswith("tách thành câu mới trước «trọng tâm là nộp hồ sơ")


def test_signs_and_letters_that_no_voice_says_are_found(told: Path) -> None:
    edit(told / SCRIPT, "Mời bà con nghe.", "Mời ★ bà con (日) nghe → 5 m³, 20% và a+b.")
    found = [f.message.split("»")[0] for f in heard(told).findings if "ký hiệu" in f.message]

    assert sorted(found) == ["ký hiệu «★", "ký hiệu «日"]


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("UBND, HĐND và MTTQ xã mời bà con.", ["UBND, HĐND, MTTQ"]),
        ("UBND, HĐND xã mời bà con. MTTQ xã dự.", []),
        ("UBND xã ra Quyết định số 15/QĐ-UBND về TTHC.", []),
        ("MỜI BÀ CON NGHE TIN VỀ LÀM GIẤY TỜ.", []),
    ],
)
def test_three_abbreviations_in_a_sentence_as_written_are_found(
    text: str, told_of: list[str], told: Path
) -> None:
    edit(told / SCRIPT, "Mời bà con nghe.", text)
    found = [f.message for f in heard(told).findings if f.rule == "many-abbreviations"]

    assert [message.partition(": ")[2] for message in found] == told_of


def test_more_than_one_document_number_in_an_item_is_found(told: Path) -> None:
    several = (
        "Theo Quyết định số 15/QĐ-UBND.\nNAM: Quyết định số 15/QĐ-UBND và Kế hoạch số 8/KH-UBND."
        "\n[nghỉ 1s]\nNỮ: Theo Nghị định số 118/2025/NĐ-CP."
    )
    edit(told / SCRIPT, "Mời bà con nghe.", several)
    found = [f for f in heard(told).findings if f.rule == "several-numbers"]

    assert [(f.line, f.message) for f in found] == [
        (9, "mục tin này nêu 2 số văn bản, thêm 8/KH-UBND")
    ]


def test_what_stops_a_script_is_told_apart_from_advice(told: Path) -> None:
    (told / "scripts/recordings/loi-nhan.wav").unlink()
    edit(told / SCRIPT, "[nghỉ 1.5s]", "[nghỉ]")
    edit(told / SCRIPT, "Mời bà con nghe.", "Gọi {số điện thoại}.")

    assert [(f.rule, f.line) for f in heard(told).blockers] == [
        ("blank", 8),
        ("cue", 9),
        ("recording", 10),
    ]


def test_a_script_that_says_nothing_is_found(told: Path) -> None:
    (told / SCRIPT).write_text(f"{FRONT}[nhạc hiệu]\nNỮ:\n", encoding="utf-8")

    assert [f.rule for f in heard(told).blockers] == ["empty"]


def test_a_slower_voice_takes_longer(told: Path) -> None:
    before = heard(told)
    edit(told / STATION, "rate: 190", "rate: 95")
    spoken = before.lines
    slow = Workspace(told).load_station().voices
    fast = before.seconds

    assert estimate_seconds(spoken, slow) > fast + 4


def test_a_recording_outside_scripts_is_not_there(told: Path) -> None:
    sound(told / "schedules/loi.wav")
    edit(told / SCRIPT, "recordings/loi-nhan.wav", "../schedules/loi.wav")

    assert [f.rule for f in heard(told).blockers] == ["recording"]


def test_the_stations_own_ident_is_part_of_what_is_heard_and_timed(told: Path) -> None:
    before = heard(told)
    edit(told / STATION, "  profile: horn", "  profile: horn\n  ident: recordings/nhac-hieu.wav")
    missing = heard(told)
    assert (missing.digest, missing.seconds) == (before.digest, before.seconds)
    assert [f.rule for f in missing.findings if f not in before.findings] == ["station-music"]
    assert missing.blockers == before.blockers

    sound(told / "scripts/recordings/nhac-hieu.wav")
    assert heard(told).digest != before.digest
    assert heard(told).seconds != before.seconds


def test_a_bed_whose_file_is_not_there_keeps_a_script_from_being_read(told: Path) -> None:
    edit(
        told / SCRIPT, "[nghỉ 1.5s]", "[nhạc nền recordings/khong-co.mp3]\nNỮ: Tin.\n[hết nhạc nền]"
    )
    (found,) = heard(told).blockers
    assert (found.rule, "recordings/khong-co.mp3" in found.message) == ("recording", True)
