"""Reading aloud: only what changed, drafts apart from what is approved, whole files with tags."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest
from mutagen.id3 import ID3

from broadcast.audio.loudness import measure
from broadcast.audio.mp3 import decode
from broadcast.audio.tags import SCRIPT, VOICE, ZONES
from broadcast.domain.week import WeekId
from broadcast.speech.engine import Speech, Voice
from broadcast.speech.tone import ToneEngine
from broadcast.storage import ABANDONED
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.pauses import Pause
from broadcast.workflow.progress import CancelledError, Progress, Step
from broadcast.workflow.render import render_scripts, render_week

from .helpers import BY, WEEK, airings, done, edit, run, script_file
from .test_workflow_hearing import sound

BODY = "[nhạc hiệu]\nNỮ: Kính thưa bà con.\nNAM: Mời bà con nghe tin.\n[nghỉ 2s]\nNỮ: Xin chào.\n"


@pytest.fixture
def told(station: Path) -> Path:
    """A station with one short script, not approved."""
    text = f"---\nid: tin\ntitle: Tin trong bản\n---\n{BODY}"
    (station / "scripts/tin.md").write_text(text, encoding="utf-8", newline="")
    return station


def approve(root: Path) -> None:
    done("script", "approve", "tin", "--by", BY, cwd=root)


def rendered_file(root: Path) -> Path:
    (name,) = done("render", "tin", cwd=root).lines
    return root / name


@pytest.fixture
def read_lines(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the engine was asked to read, by which of its speakers, in order."""
    asked: list[tuple[str, str]] = []
    read = ToneEngine.synthesize

    def note(engine: ToneEngine, text: str, voice: Voice, pauses: Sequence[Pause]) -> Speech:
        asked.append((text, voice.speaker))
        return read(engine, text, voice, pauses)

    monkeypatch.setattr(ToneEngine, "synthesize", note)
    return asked


def test_a_file_carries_its_chapters_voice_and_script_and_is_on_the_digest_list(
    told: Path,
) -> None:
    approve(told)
    file = rendered_file(told)

    tags = ID3(file)
    parts = [tags[f"CHAP:{name}"] for name in tags["CTOC:toc"].child_element_ids]
    note = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    assert [str(one.sub_frames["TIT2"]) for one in parts] == ["Kính thưa bà con.", "Xin chào."]
    assert parts[0].start_time == 0
    assert parts[0].end_time == parts[1].start_time
    assert parts[1].end_time == +tags["TLEN"]
    assert str(tags[f"TXXX:{SCRIPT}"]) == note["heard"]
    assert str(tags[f"TXXX:{VOICE}"]) == note["voice"]
    listed = (file.parent / "SHA256SUMS").read_text(encoding="utf-8")
    assert listed == f"{sha256(file.read_bytes()).hexdigest()}  tin.mp3\n"


def test_a_chapter_begins_where_its_first_word_is_heard(told: Path) -> None:
    file = rendered_file(told)
    tags = ID3(file)
    samples, rate = decode(file.read_bytes())
    start = round(tags["CHAP:ch2"].start_time / 1000 * rate)
    around = round(0.2 * rate)
    before, after = (abs(part).max() for part in (samples[start - around : start - around // 2],
                                                  samples[start : start + around]))  # fmt: skip
    assert (before < 100, after > 1000) == (True, True)


def test_a_draft_lies_apart_and_says_so(told: Path) -> None:
    file = rendered_file(told)

    assert file == told / "out/drafts/tin.mp3"
    assert str(ID3(file)["TIT2"]) == "[NHÁP] Tin trong bản"
    assert not (told / "out/audio").exists()


def test_an_approved_programme_has_vietnamese_tags(told: Path) -> None:
    approve(told)
    file = rendered_file(told)
    tags = ID3(file)

    assert file == told / "out/audio/tin.mp3"
    assert str(tags["TIT2"]) == "Tin trong bản"
    assert "Đài truyền thanh xã Đông Thử" in str(tags["TPE1"])


def test_a_draft_is_not_taken_for_the_approved_programme(told: Path) -> None:
    rendered_file(told)
    approve(told)
    done("week", "add", WEEK, "--day", "2026-11-23", "--slot", "sang", "--script", "tin", cwd=told)

    assert [one["state"] for one in airings(told)] == ["đã duyệt"]
    rendered_file(told)
    assert [one["state"] for one in airings(told)] == ["đã có audio"]


def test_the_note_beside_a_programme_is_true(told: Path) -> None:
    file = rendered_file(told)
    note = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))

    assert (note["digest"], note["size"]) == (
        sha256(file.read_bytes()).hexdigest(), file.stat().st_size,
    )  # fmt: skip
    assert note["file"] == "out/drafts/tin.mp3"
    measured = measure(*decode(file.read_bytes()))
    assert note["loudness"] == pytest.approx(measured.integrated, abs=0.2)
    assert note["true_peak"] == pytest.approx(measured.true_peak, abs=0.1)
    assert note["true_peak"] <= -1.0


def test_the_estimate_comes_close_to_the_measured_length(rendered: Path) -> None:
    estimated = {
        one["id"]: one["seconds"] for one in done("script", "list", "--json", cwd=rendered).json()
    }

    for airing in airings(rendered):
        assert airing["seconds"] == pytest.approx(estimated[airing["script"]], rel=0.05)


def test_a_changed_line_is_the_only_one_read_again(
    told: Path, read_lines: list[tuple[str, str]]
) -> None:
    rendered_file(told)
    assert read_lines == [
        ("Kính thưa bà con.", "cao"),
        ("Mời bà con nghe tin.", "trầm"),
        ("Xin chào.", "cao"),
    ]
    edit(told / "scripts/tin.md", "nghe tin", "nghe tin mới")
    rendered_file(told)

    assert read_lines[3:] == [("Mời bà con nghe tin mới.", "trầm")]


def test_lines_that_scripts_share_are_read_once(
    approved: Path, read_lines: list[tuple[str, str]]
) -> None:
    done("render", WEEK, cwd=approved)
    said = [
        line
        for one in airings(approved)
        for line in done("script", "show", one["script"], "--json", cwd=approved).json()["spoken"]
    ]

    assert len(read_lines) == len(set(read_lines)) < len(said)


def test_an_unchanged_script_opens_no_engine(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered_file(told)

    def fail(_name: str) -> None:
        raise AssertionError("an engine was opened")

    monkeypatch.setattr("broadcast.speech.engine.open_engine", fail)
    assert "đã có" in done("render", "tin", cwd=told).err


def test_the_tags_tell_the_zones_that_hear_it_and_new_ones_cost_no_reading(
    brief: Path, read_lines: list[tuple[str, str]]
) -> None:
    first = airings(brief)[0]
    file, week = brief / f"out/audio/{first['script']}.mp3", brief / f"schedules/{WEEK}.yaml"
    done("render", first["script"], cwd=brief)
    before, read = zones_told(file), len(read_lines)
    edit(week, "[trung-tam, ban-lan, ban-phieng, ban-pa-hoc]", "[ban-phieng, trung-tam]")
    done("render", first["script"], cwd=brief)

    assert before == "Khu trung tâm xã, Bản Lạn, Bản Phiêng, Bản Pa Hốc"
    assert zones_told(file) == "Khu trung tâm xã, Bản Phiêng"
    assert len(read_lines) == read


def zones_told(file: Path) -> str:
    return str(ID3(file)[f"TXXX:{ZONES}"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bitrate: 64", "bitrate: 96"),
        ("profile: horn", "profile: horn\n  loudness: -20.0"),
        ('name: "Đài truyền thanh', 'name: "Đài'),
        ('commune: "xã Đông Thử"', 'commune: "xã Tây Thử"'),
    ],
)
def test_a_change_of_mastering_or_tags_makes_the_file_anew(old: str, new: str, told: Path) -> None:
    before = rendered_file(told).read_bytes()
    edit(told / "schedules/station.yaml", old, new)

    assert rendered_file(told).read_bytes() != before


@pytest.mark.parametrize("harm", ["cut", "other bytes", "no note", "gone"])
def test_a_damaged_programme_is_made_again(harm: str, rendered: Path) -> None:
    airing = airings(rendered)[0]
    file = rendered / airing["audio"]
    whole = file.read_bytes()
    if harm == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif harm == "other bytes":
        file.write_bytes(whole[:5000] + bytes(100) + whole[5100:])
    else:
        (file.with_suffix(".json") if harm == "no note" else file).unlink()
    refused = run("export", WEEK, "--to", rendered.parent / "usb", cwd=rendered)
    assert refused.status in {1, 3}
    assert "broadcast render" in refused.err
    done("render", WEEK, cwd=rendered)

    assert file.read_bytes() == whole
    done("export", WEEK, "--to", rendered.parent / "usb", cwd=rendered)


def test_a_recording_is_heard_in_the_programme(told: Path) -> None:
    before = _seconds(rendered_file(told))
    sound(told / "scripts/recordings/loi.wav", level=8000, seconds=3)
    edit(told / "scripts/tin.md", "[nghỉ 2s]", "[ghi âm recordings/loi.wav]")

    assert _seconds(rendered_file(told)) == pytest.approx(before + 1, abs=0.7)


def _seconds(file: Path) -> float:
    note = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    return float(note["seconds"])


def test_another_engine_may_be_asked_for_once(told: Path) -> None:
    edit(told / "schedules/station.yaml", "engine: tone", "engine: espeak")
    (name,) = done("render", "tin", "--engine", "tone", cwd=told).lines
    note = json.loads((told / name).with_suffix(".json").read_text(encoding="utf-8"))
    refused = run("render", "tin", "--engine", "khong-co", cwd=told)

    assert note["engine"] == "tone"
    assert refused.status == 1
    assert "espeak" in refused.err


def test_stopping_keeps_what_is_finished(approved: Path) -> None:
    stop, titles = Event(), list[str]()

    def tell(step: Step) -> None:
        titles.append(step.label)
        if len(set(titles)) == 3:
            stop.set()

    with pytest.raises(CancelledError):
        render_week(Workspace(approved), WeekId(2026, 48), progress=Progress(tell, stop))

    assert len(list((approved / "out/audio").glob("*.mp3"))) == 2
    assert done("verify", approved / "out/audio", cwd=approved).status == 0


def test_what_a_killed_render_left_goes_and_what_another_writes_stays(told: Path) -> None:
    folder = told / "out/drafts"
    folder.mkdir(parents=True)
    old, young = (folder / f".broadcast-{name}.tmp" for name in ("old", "young"))
    for one in (old, young):
        one.write_bytes(b"half")
    os.utime(old, (time.time() - ABANDONED - 60,) * 2)
    done("render", "tin", cwd=told)
    assert (old.exists(), young.exists()) == (False, True)


def test_progress_goes_forward_to_its_end(approved: Path) -> None:
    steps: list[Step] = []
    ids = [one["script"] for one in airings(approved)[:2]]
    render_scripts(Workspace(approved), ids, progress=Progress(steps.append))

    assert [s.done for s in steps] == sorted(s.done for s in steps)
    assert (steps[-1].done, len({s.total for s in steps})) == (steps[-1].total, 1)


def test_the_audio_is_the_same_on_every_run(approved: Path, rendered_once: Path) -> None:
    shutil.rmtree(approved / "out", ignore_errors=True)
    script = airings(approved)[0]["script"]
    (name,) = done("render", script, cwd=approved).lines

    assert (approved / name).read_bytes() == (rendered_once / name).read_bytes()


def test_a_script_edited_after_approval_becomes_a_draft(rendered: Path) -> None:
    script = airings(rendered)[0]["script"]
    before = (rendered / f"out/audio/{script}.mp3").read_bytes()
    edit(script_file(rendered, script), "Kính thưa bà con", "Thưa bà con")
    result = done("render", script, cwd=rendered)

    assert result.lines == [f"out/drafts/{script}.mp3"]
    assert "BẢN NHÁP" in result.err
    assert (rendered / f"out/audio/{script}.mp3").read_bytes() == before
