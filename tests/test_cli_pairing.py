"""Recordings in a village's own language: paired, approved, voided, waited for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import ID3

from broadcast.audio.loudness import measure
from broadcast.audio.mp3 import decode
from broadcast.domain.pairing import GAP, language_key, language_name, languages_of, place_in
from broadcast.domain.station import Station, Zone

from .helpers import BY, WEEK, Result, done, edit, run, tree
from .test_workflow_hearing import sound

STATION = "schedules/station.yaml"
SCRIPT = "scripts/tin.md"
TEXT = "---\nid: tin\ntitle: Tin trong bản\n---\n[nhạc hiệu]\nNỮ: Mời bà con nghe.\n[nhạc hiệu]\n"
SPEAKER = "Lò Thị Hoa"


@pytest.fixture
def village(station: Path) -> Path:
    """A station of two zones, in one of which Thái is spoken too, with an airing for both."""
    text = (station / STATION).read_text("utf-8")
    start, end = text.index("\nzones:"), text.index("\n# Khung giờ")
    zones = (
        "\nzones:\n  - id: trung-tam\n    name: Trung tâm\n"
        "  - id: ban-lan\n    name: Bản Lạn\n    languages: [Tiếng Việt, Tiếng Thái]\n"
    )
    (station / STATION).write_text(text[:start] + zones + text[end:], "utf-8")
    (station / SCRIPT).write_text(TEXT, encoding="utf-8")
    sound(station.parent / "thu.wav", level=5000, seconds=3)
    done("week", "add", WEEK, "--day", "2026-11-23", "--start", "05:30", "--minutes", "15",
         "--zone", "trung-tam", "--zone", "ban-lan", "--script", "tin", cwd=station)  # fmt: skip
    done("week", "add", WEEK, "--day", "2026-11-24", "--start", "05:30", "--minutes", "15",
         "--zone", "ban-lan", "--script", "tin", cwd=station)  # fmt: skip
    done("script", "approve", "tin", "--by", BY, cwd=station)
    return station


def pair(root: Path, *options: object) -> Result:
    return run("script", "pair", "tin", "--language", "Tiếng Thái", *options, cwd=root)


def paired(root: Path) -> Result:
    return pair(root, "--file", root.parent / "thu.wav", "--by", SPEAKER)


def recordings(root: Path) -> Any:
    return done("script", "show", "tin", "--json", cwd=root).json()["recordings"]


def state(root: Path) -> str:
    (one,) = recordings(root)
    told: str = one["state"]
    return told


def waits(root: Path) -> list[tuple[str, str]]:
    found = run("week", "check", WEEK, "--json", cwd=root).json()["findings"]
    return [(f["rule"], f["message"]) for f in found if "ghi âm" in f["message"]]


@pytest.mark.parametrize("name", ["Tiếng Thái", "thái", " THÁI ", "tiếng  thái"])
def test_a_language_is_known_however_it_is_written(name: str) -> None:
    assert language_name(language_key(name)) == "tiếng Thái"


def test_a_zone_needs_the_languages_it_speaks_beside_vietnamese() -> None:
    both = Zone("a", "A", ("Tiếng Việt", "Tiếng Thái", "mông"))
    alone = Zone("b", "B", ("Tiếng Mông",))
    after, instead, none = (
        Station("s", "S", "xã", recordings=one)  # type: ignore[arg-type]
        for one in ("sau", "thay", "không")
    )
    assert languages_of(after, both) == ("thái", "mông")
    assert languages_of(after, Zone("c", "C")) == ()
    assert languages_of(none, both) == ()
    assert [place_in(s, z) for s in (after, instead) for z in (both, alone)] == [
        "sau", "thay", "thay", "thay",
    ]  # fmt: skip


def test_a_recording_is_paired_approved_and_taken_away(village: Path) -> None:
    assert waits(village) == [("no-recording", "Bản Lạn: chưa có bản ghi âm tiếng Thái")]
    done_pair = paired(village)
    assert (done_pair.status, done_pair.out) == (0, "tin\n")
    assert recordings(village) == [
        {
            "language": "thái", "file": "recordings/tin-thai.wav", "by": SPEAKER,
            "seconds": 3.0, "state": "chưa duyệt", "approval": None,
        }
    ]  # fmt: skip
    assert waits(village) == [("recording-waits", "Bản Lạn: bản ghi âm tiếng Thái chưa được duyệt")]
    assert pair(village, "--approve", "--by", BY).status == 0
    assert (state(village), recordings(village)[0]["approval"]["by"]) == ("đã duyệt", BY)
    assert waits(village) == []
    shown = done("script", "show", "tin", cwd=village).out
    assert f"Bản ghi âm tiếng Thái: recordings/tin-thai.wav, {SPEAKER} ghi, 0:03, đã duyệt" in shown
    assert done("script", "show", "tin", "--json", cwd=village).json()["state"] == "đã duyệt"

    assert pair(village, "--remove").status == 0
    assert recordings(village) == []
    assert (village / "scripts/recordings/tin-thai.wav").is_file()
    assert "recordings:" not in (village / SCRIPT).read_text("utf-8")


def test_a_change_of_the_words_or_the_sound_voids_its_approval(village: Path) -> None:
    paired(village)
    pair(village, "--approve", "--by", BY)
    edit(village / SCRIPT, "Mời bà con nghe.", "Mời bà con cùng nghe.")
    assert state(village) == "lời đã đổi"
    assert [rule for rule, _ in waits(village)] == ["recording-changed"]
    pair(village, "--approve", "--by", BY)
    assert state(village) == "đã duyệt"

    sound(village / "scripts/recordings/tin-thai.wav", level=5000, seconds=4)
    assert state(village) == "tệp đã đổi"
    pair(village, "--approve", "--by", BY)
    assert (state(village), recordings(village)[0]["seconds"]) == ("đã duyệt", 4.0)

    (village / "scripts/recordings/tin-thai.wav").unlink()
    assert state(village) == "thiếu tệp"
    assert [rule for rule, _ in waits(village)] == ["recording-changed"]


def test_what_is_not_spoken_leaves_the_recording_as_it_is(village: Path) -> None:
    paired(village)
    pair(village, "--approve", "--by", BY)
    edit(village / SCRIPT, "[nhạc hiệu]\nNỮ", "[nghỉ 2s]\n<!-- đọc chậm -->\nNỮ")
    edit(village / STATION, "rate: 190", "rate: 170")
    assert state(village) == "đã duyệt"


def test_a_changed_text_is_told_before_anybody_approved(village: Path) -> None:
    paired(village)
    edit(village / SCRIPT, "Mời bà con nghe.", "Mời bà con cùng nghe.")
    assert state(village) == "lời đã đổi"


def test_an_approval_written_by_hand_for_another_file_is_none(village: Path) -> None:
    paired(village)
    pair(village, "--approve", "--by", BY)
    digest = done("script", "show", "tin", "--json", cwd=village).json()["digest"]
    text = (village / SCRIPT).read_text("utf-8")
    own = text.rpartition("digest: ")[2].split()[0]
    (village / SCRIPT).write_text(text.replace(own, digest), "utf-8")
    assert state(village) == "chưa duyệt"


def test_another_recording_takes_the_place_of_the_one_before(village: Path) -> None:
    paired(village)
    pair(village, "--approve", "--by", BY)
    sound(village / "scripts/recordings/moi.wav", level=4000, seconds=5)
    pair(village, "--file", village / "scripts/recordings/moi.wav", "--by", "Cầm Văn Sơn")
    (one,) = recordings(village)
    assert (one["file"], one["by"], one["state"]) == (
        "recordings/moi.wav", "Cầm Văn Sơn", "chưa duyệt",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        ((), 2, "một trong bốn"),
        (("--approve", "--remove"), 2, "một trong bốn"),
        (("--approve", "--text"), 2, "một trong bốn"),
        (("--approve",), 2, "--by"),
        (("--approve", "--by", BY), 1, "không có bản ghi âm tiếng Thái"),
        (("--remove",), 1, "không có bản ghi âm tiếng Thái"),
        (("--file", "khong-co.wav", "--by", BY), 1, "khong-co.wav"),
        (("--file", SCRIPT, "--by", BY), 1, "không phải bản ghi âm"),
        (("--language", "mông", "--file", "../thu.wav", "--by", BY), 1, "tiếng Thái"),
        (("--file", "../thu.wav", "--by", " "), 1, "chưa có tên người ghi âm"),
    ],
)
def test_what_cannot_be_paired_is_refused(
    options: tuple[str, ...], status: int, told: str, village: Path
) -> None:
    before = tree(village)
    result = pair(village, *options)
    assert (result.status, told in result.err) == (status, True), result.err
    assert tree(village) == before


def test_a_recording_that_does_not_fit_the_time_set_aside_is_found(village: Path) -> None:
    sound(village.parent / "thu.wav", level=5000, seconds=895)
    paired(village)
    pair(village, "--approve", "--by", BY)
    found = [message for rule, message in waits(village) if rule == "too-long"]
    assert len(found) == 2
    assert found[0].startswith("Bản Lạn: cả bản ghi âm dài 15 phút ")
    edit(village / STATION, "\nzones:", "\nrecordings: thay\nzones:")
    assert waits(village) == []


def test_a_station_that_makes_no_recordings_waits_for_none(village: Path) -> None:
    edit(village / STATION, "\nzones:", "\nrecordings: không\nzones:")
    assert waits(village) == []


def test_a_slip_in_the_setting_is_told_with_what_is_allowed(village: Path) -> None:
    edit(village / STATION, "\nzones:", "\nrecordings: trước\nzones:")
    refused = run("week", "check", WEEK, cwd=village)
    assert (refused.status, "sau, thay, không" in refused.err) == (1, True)


def test_whoever_speaks_it_gets_the_text_to_translate(village: Path) -> None:
    assert pair(village, "--text").out.splitlines() == [
        "Lời để dịch và ghi âm tiếng Thái: Tin trong bản",
        "Bản tiếng Việt dài khoảng 12 giây",
        "",
        "NỮ: Mời bà con nghe.",
        "",
    ]


# Read aloud and handed out


@pytest.fixture
def heard(village: Path) -> Path:
    """The village with its recording approved and everything read aloud."""
    paired(village)
    pair(village, "--approve", "--by", BY)
    done("render", WEEK, cwd=village)
    return village


def exported(root: Path, *options: str) -> Path:
    target = root.parent / "usb"
    done("export", WEEK, "--to", target, *options, cwd=root)
    return target


def mp3s(folder: Path) -> dict[str, bytes]:
    found = sorted(folder.rglob("*.mp3"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def audio(root: Path, name: str) -> Any:
    return json.loads((root / "out/audio" / f"{name}.json").read_text("utf-8"))


def stale(root: Path, usb: Path) -> dict[str, str]:
    """State of each file of the stick that is not in use as it stands."""
    rows = json.loads(run("verify", usb, "--json", cwd=root).out)
    return {
        Path(one["file"]).relative_to(usb).as_posix(): one["state"]
        for one in rows
        if one["state"] != "đang dùng"
    }


def loudness(root: Path, name: str, start: int, stop: int) -> float:
    """LUFS of a file between two times in milliseconds."""
    samples, rate = decode((root / f"out/audio/{name}.mp3").read_bytes())
    return measure(samples[start * rate // 1000 : stop * rate // 1000], rate).integrated


def test_a_recording_is_heard_after_the_vietnamese_and_as_loud(heard: Path) -> None:
    plain, both = audio(heard, "tin"), audio(heard, "thai-sau/tin")
    tags = ID3(heard / "out/audio/thai-sau/tin.mp3")
    last = tags[f"CHAP:{tags['CTOC:toc'].child_element_ids[-1]}"]
    assert str(last.sub_frames["TIT2"]) == "Bản tiếng Thái"
    assert last.start_time / 1000 == pytest.approx(plain["seconds"] + GAP, abs=0.3)
    assert both["seconds"] == pytest.approx(plain["seconds"] + GAP + 3, abs=0.3)
    assert loudness(heard, "thai-sau/tin", last.start_time, last.start_time + 3000) == (
        pytest.approx(-16, abs=0.6)
    )
    assert run("verify", "out/audio", cwd=heard).status == 0


def test_a_recording_is_heard_instead_where_the_station_says_so(heard: Path) -> None:
    edit(heard / STATION, "\nzones:", "\nrecordings: thay\nzones:")
    done("render", WEEK, cwd=heard)
    alone = audio(heard, "thai-thay/tin")
    assert alone["seconds"] == pytest.approx(2 * 5.2 + 2 * GAP + 3, abs=0.3)
    start = round(1000 * (5.2 + GAP))
    assert loudness(heard, "thai-thay/tin", start, start + 3000) == pytest.approx(-16, abs=0.6)


def test_what_is_finished_is_not_made_again(heard: Path) -> None:
    before = tree(heard / "out/audio")
    done("render", WEEK, cwd=heard)
    assert tree(heard / "out/audio") == before


def test_an_export_has_a_folder_and_a_playlist_for_the_zone(heard: Path) -> None:
    usb = exported(heard)
    files = mp3s(usb)
    names = sorted(name for name in files if not name.startswith("ban-lan/"))
    monday, tuesday = names
    both = (heard / "out/audio/thai-sau/tin.mp3").read_bytes()
    plain = (heard / "out/audio/tin.mp3").read_bytes()
    # On Tuesday nobody but the zone listens: its own file stands in the day's folder too.
    assert files == {monday: plain, tuesday: both, f"ban-lan/{monday}": both,
                     f"ban-lan/{tuesday}": both}  # fmt: skip
    playlist = (usb / f"{WEEK}-ban-lan.m3u8").read_text("utf-8")
    assert f"ban-lan/{monday}" in playlist
    assert "(tiếng Thái)" in playlist
    assert "ban-lan" not in (usb / f"{WEEK}.m3u8").read_text("utf-8")
    sheet = " ".join((usb / f"{WEEK}.txt").read_text("utf-8-sig").replace("│", " ").split())
    assert "Riêng Bản Lạn (tiếng Thái, dài" in sheet


def test_an_export_for_the_zone_alone_is_just_what_it_hears(heard: Path) -> None:
    usb = exported(heard, "--zone", "ban-lan")
    both = (heard / "out/audio/thai-sau/tin.mp3").read_bytes()
    assert set(mp3s(usb).values()) == {both}
    assert not (usb / "ban-lan").exists()
    assert not (usb / f"{WEEK}-ban-lan.m3u8").exists()


def test_a_recording_that_is_void_is_heard_no_more(heard: Path) -> None:
    usb = exported(heard)
    assert stale(heard, usb) == {}
    sound(heard / "scripts/recordings/tin-thai.wav", level=5000, seconds=4)
    monday = sorted(name for name in mp3s(usb) if not name.startswith("ban-lan/"))[0]
    old = set(mp3s(usb)) - {monday}
    assert {n: s for n, s in stale(heard, usb).items() if n.endswith(".mp3")} == dict.fromkeys(
        old, "bản cũ"
    )
    usb = exported(heard)
    plain = (heard / "out/audio/tin.mp3").read_bytes()
    assert set(mp3s(usb).values()) == {plain}


def test_a_week_waits_until_an_approved_recording_is_read_in(village: Path) -> None:
    done("render", WEEK, cwd=village)
    exported(village)
    paired(village)
    pair(village, "--approve", "--by", BY)
    refused = run("export", WEEK, "--to", village.parent / "usb2", cwd=village)
    assert (refused.status, f"broadcast render {WEEK}" in refused.err) == (3, True)
    done("render", WEEK, cwd=village)
    done("export", WEEK, "--to", village.parent / "usb2", cwd=village)


def test_week_and_script_show_recordings_as_json(heard: Path) -> None:
    shown = done("week", "show", WEEK, "--json", cwd=heard).json()["airings"]
    assert [[one["state"] for one in airing["recordings"]] for airing in shown] == [
        ["đã duyệt"], ["đã duyệt"],
    ]  # fmt: skip
    assert shown[0]["recordings"] == recordings(heard)


def test_what_changed_since_the_approval_tells_of_recordings_and_of_voices(village: Path) -> None:
    def told() -> str:
        made = done("script", "changes", "tin", cwd=village)
        return made.err + made.out

    assert "bản ghi âm" not in told()
    paired(village)
    assert "thêm bản ghi âm tiếng Thái" in told()
    assert f"+ [bản ghi âm tiếng Thái: recordings/tin-thai.wav, {SPEAKER} ghi]" in told()
    sound(village / "scripts/recordings/tin-thai.wav", level=5000, seconds=4)
    edit(village / SCRIPT, "Mời bà con nghe.", "Mời bà con cùng nghe.")
    assert "Thêm 1 dòng, bỏ 1 dòng" in told()
    assert "giọng" not in told()
    # Voices that changed are told of although words changed too.
    edit(village / STATION, "rate: 190", "rate: 170")
    assert "cách đọc, giọng hoặc tệp ghi âm của đài đã đổi sau khi duyệt" in told()

    edit(village / SCRIPT, "Mời bà con cùng nghe.", "Mời bà con nghe.")
    done("script", "approve", "tin", "--by", BY, cwd=village)
    (village / "scripts/recordings/tin-thai.wav").unlink()
    assert "bản ghi âm tiếng Thái mất tệp" in told()
    pair(village, "--remove")
    assert "bỏ bản ghi âm tiếng Thái" in told()
