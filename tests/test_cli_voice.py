"""`broadcast voice`, and render with voices that are chosen, refused, lost and added."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from mutagen.id3 import ID3

from broadcast.domain.station import Voices
from broadcast.errors import InputError
from broadcast.speech import gtts
from broadcast.speech.net import Patience
from broadcast.speech.piper_voices import read_settings
from broadcast.store.workspace import Workspace

from .helpers import BY, done, edit, run
from .loopback import Google, google
from .voices import NAME, make_voice

SCRIPT = "---\nid: ngan\ntitle: Ngắn\n---\nNỮ: Mời bà con nghe.\nNAM: Xin cảm ơn bà con.\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This user's own data, empty."""
    monkeypatch.setenv("BROADCAST_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def auto(station: Path, data: Path) -> Path:
    """A station that leaves the choice open, with a short script."""
    edit(station / "schedules/station.yaml", "engine: tone", "engine: auto")
    (station / "scripts/ngan.md").write_text(SCRIPT, "utf-8")
    return station


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Google's service, on this machine."""
    with google() as address:
        quick = partial(
            gtts.GttsEngine, address=address, patience=Patience(gap=0, waits=(0,), silent=0.3)
        )
        monkeypatch.setattr(gtts, "GttsEngine", quick)
        yield


def approve(root: Path) -> None:
    done("script", "approve", "ngan", "--by", BY, cwd=root)


def note(root: Path, folder: str = "audio") -> dict[str, str]:
    said: dict[str, str] = json.loads((root / f"out/{folder}/ngan.json").read_text("utf-8"))
    return said


def allow(root: Path, online: str) -> None:
    done("station", "set", "voices.online", online, cwd=root)


@pytest.mark.usefixtures("service")
def test_nothing_is_sent_before_somebody_said_yes(auto: Path) -> None:
    told = done("render", "ngan", cwd=auto).err
    assert note(auto, "drafts")["voice"] == "espeak"
    assert Google.asked == []
    allow(auto, "không")
    approve(auto)
    told += done("render", "ngan", cwd=auto).err
    assert Google.asked == []
    assert "giọng espeak" in told


@pytest.mark.usefixtures("service")
def test_a_yes_for_what_is_approved_is_none_for_drafts(auto: Path) -> None:
    allow(auto, "đã duyệt")
    done("render", "ngan", cwd=auto)
    assert (note(auto, "drafts")["voice"], Google.asked) == ("espeak", [])
    approve(auto)
    done("render", "ngan", cwd=auto)
    assert note(auto)["voice"] == "gtts"
    assert "Mời bà con nghe." in {text for text, _ in Google.asked}


@pytest.mark.usefixtures("service")
def test_a_voice_that_fails_half_way_leaves_the_whole_programme_to_the_next(auto: Path) -> None:
    allow(auto, "cả nháp")
    Google.moods[:] = ["", "", "403"]
    told = done("render", "ngan", cwd=auto).err
    assert note(auto, "drafts")["voice"] == "espeak"
    assert "gtts: Google: trả lời lỗi 403" in told


@pytest.mark.usefixtures("service")
def test_answering_voids_no_approval_and_lets_no_unapproved_voice_in(auto: Path) -> None:
    approve(auto)
    allow(auto, "cả nháp")
    done("render", "ngan", cwd=auto)
    assert note(auto)["voice"] == "espeak"
    assert Google.asked == []


def test_the_question_is_asked_once_and_never_means_never(
    auto: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr("broadcast.cli.sound.sys", SimpleNamespace(stdin=terminal, stderr=terminal))
    first = run("render", "ngan", cwd=auto, stdin="3\n")
    second = run("render", "ngan", cwd=auto)
    assert [("Google" in one.err, one.status) for one in (first, second)] == [(True, 0), (False, 0)]
    assert Workspace(auto).load_station().voices.online == "không"


def test_the_voice_stands_in_the_tags(auto: Path) -> None:
    done("render", "ngan", cwd=auto)
    tags = ID3(auto / "out/drafts/ngan.mp3")
    assert str(tags.getall("COMM")[0]) == "Giọng đọc: espeak"


@pytest.mark.parametrize(
    ("online", "signed", "why", "mend"),
    [
        ("hỏi", False, "chưa trả lời", 'đồng ý gửi cả nháp thì {} "cả nháp"'),
        ("hỏi", True, "chưa trả lời", 'đồng ý gửi thì {} "đã duyệt" (hoặc "cả nháp")'),
        ("không", False, "không cho gửi lời", 'đồng ý gửi cả nháp thì {} "cả nháp"'),
        ("không", True, "không cho gửi lời", 'đồng ý gửi thì {} "đã duyệt" (hoặc "cả nháp")'),
        ("đã duyệt", False, "bản chưa duyệt", 'duyệt trước; đồng ý gửi cả nháp thì {} "cả nháp"'),
    ],
)
def test_an_engine_that_may_not_read_is_refused_with_what_would_let_it(
    auto: Path, online: str, signed: bool, why: str, mend: str
) -> None:
    allow(auto, online)
    if signed:
        approve(auto)
    result = run("render", "ngan", "--engine", "gtts", cwd=auto)
    said = " ".join(result.err.split())
    assert (result.status, why in said) == (1, True)
    command = mend.format("broadcast station set voices.online")
    assert f"{command}; không thì chọn bộ đọc khác" in said


def test_the_answer_changes_nothing_that_is_approved() -> None:
    assert "online" not in Voices().heard()
    assert set(Voices().heard()) == {"engine", "rate", "women", "men", "region"}


def test_the_list_names_every_engine_and_what_keeps_it_from_reading(auto: Path) -> None:
    listed = done("voice", "list", "--json", cwd=auto).json()
    assert [one["name"] for one in listed["engines"]] == ["espeak", "gtts", "piper"]
    assert [one["ready"] for one in listed["engines"]] == [True, False, False]
    assert "auto" in listed["choice"]


def test_trying_a_voice_saves_a_file(station: Path) -> None:
    done("voice", "try", "Một hai ba.", "--engine", "espeak", "--to", "thu.wav", cwd=station)
    assert (station / "thu.wav").stat().st_size > 10_000


def test_a_sentence_without_words_makes_no_file(station: Path) -> None:
    result = run("voice", "try", "   ", "--engine", "espeak", "--to", "thu.wav", cwd=station)
    assert (result.status, "không có gì để đọc" in result.err) == (1, True)
    assert not (station / "thu.wav").exists()


def test_ones_own_sentence_is_not_sent_without_a_yes_for_drafts(station: Path) -> None:
    allow(station, "đã duyệt")
    result = run("voice", "try", "Tin riêng.", "--engine", "gtts", cwd=station)
    assert (result.status, "bản chưa duyệt" in result.err) == (1, True)


@pytest.mark.long
@pytest.mark.clients
def test_a_piper_voice_is_added_read_with_and_removed(
    auto: Path, data: Path, tmp_path: Path
) -> None:
    files = make_voice(tmp_path / "tai-ve")
    approve(auto)
    assert done("voice", "add", files / f"{NAME}.onnx", cwd=auto).out.strip() == NAME
    again = run("voice", "add", files / f"{NAME}.onnx", cwd=auto)
    assert (again.status, f"đã có giọng {NAME}" in again.err) == (1, True)
    done("render", "ngan", cwd=auto)
    assert note(auto)["voice"] == "espeak"  # the new voice waits for the next approval
    edit(auto / "scripts/ngan.md", "Xin cảm ơn", "Cảm ơn")
    approve(auto)
    done("render", "ngan", cwd=auto)
    assert note(auto)["voice"] == f"piper {NAME}"
    done("voice", "remove", NAME, cwd=auto)
    assert list((data / "voices").iterdir()) == []
    edit(auto / "schedules/station.yaml", "bitrate: 64", "bitrate: 96")
    told = done("render", "ngan", cwd=auto).err
    assert (note(auto)["voice"], "không còn trên máy" in told) == ("espeak", True)


@pytest.mark.clients
def test_a_broken_voice_is_refused_and_leaves_nothing(data: Path, tmp_path: Path) -> None:
    model = make_voice(tmp_path / "tai-ve") / f"{NAME}.onnx"
    model.unlink()
    model.write_bytes(b"<html>404</html>")
    result = run("voice", "add", model, cwd=tmp_path)
    assert (result.status, "bị hỏng" in result.err) == (1, True)
    assert list((data / "voices").iterdir()) == []


@pytest.mark.clients
def test_a_voice_of_another_language_is_refused(data: Path, tmp_path: Path) -> None:
    files = make_voice(tmp_path / "tai-ve")
    edit(files / f"{NAME}.onnx.json", '"voice": "vi"', '"voice": "en-us"')
    result = run("voice", "add", files / f"{NAME}.onnx", cwd=tmp_path)
    assert (result.status, "en-us" in result.err) == (1, True)
    assert not data.exists()


@pytest.mark.parametrize(
    ("signs", "kind", "told"),
    [
        ("ɜ246", "espeak", "không biết thanh ngã"),
        ("abc", "espeak", "không biết thanh sắc, huyền, hỏi, ngã, nặng"),
        ("\u0300\u0301\u0303\u0309", "text", "không biết thanh nặng"),
        ("ɜ2456", "pinyin", "tách âm kiểu pinyin"),
    ],
)
def test_a_voice_that_lacks_a_tone_is_refused(
    tmp_path: Path, signs: str, kind: str, told: str
) -> None:
    about = {
        "espeak": {"voice": "vi"}, "audio": {"sample_rate": 22050}, "num_speakers": 1,
        "phoneme_type": kind, "phoneme_id_map": {sign: [n] for n, sign in enumerate(signs)},
    }  # fmt: skip
    model = tmp_path / "vi_VN-x.onnx"
    model.with_name("vi_VN-x.onnx.json").write_text(json.dumps(about), "utf-8")
    with pytest.raises(InputError) as refused:
        read_settings(model)
    assert told in refused.value.happened


def test_removing_what_is_not_there_names_what_is(data: Path, tmp_path: Path) -> None:
    result = run("voice", "remove", "../x", cwd=tmp_path)
    assert (result.status, "chưa có giọng nào" in result.err) == (1, True)
