"""espeak-ng: its worker's life and death, its rates, and how long texts are cut."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import espeakng_loader
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.station import REGIONS, Region
from broadcast.errors import EngineError
from broadcast.speech import espeak, espeak_worker
from broadcast.speech.clauses import LONGEST_WORD, cut
from broadcast.speech.engine import Voice
from broadcast.speech.espeak import EspeakEngine, espeak_rate
from broadcast.vietnamese.pauses import find

VOICE = Voice("f5", 190)
TEXT = "Bà con nhớ mang theo thẻ căn cước khi đến làm thủ tục."
FAULTY = """
import runpy, sys, time
from pathlib import Path
sys.path.insert(0, {folder!r})
import espeak_worker
mark = Path({mark!r})
count = int(mark.read_text()) if mark.exists() else 0
mark.write_text(str(count + 1))
if count < {times}:
    {fault}
espeak_worker.main()
"""
CRASH = "espeak_worker.answer = lambda *_: __import__('os').abort()"
HANG = (
    "espeak_worker.seconds_allowed = lambda size: 0.2;"
    "espeak_worker.answer = lambda *_: time.sleep(60)"
)
SLEEP = "espeak_worker.serve = lambda *_: time.sleep(600)"
STALE = "espeak_worker.is_fresh = lambda library, seen=[]: seen.append(1) or len(seen) == 1"
ALWAYS_STALE = "espeak_worker.is_fresh = lambda library: False"


@pytest.fixture(scope="module")
def engine() -> Iterator[EspeakEngine]:
    with EspeakEngine() as engine:
        yield engine


def faulty(folder: Path, fault: str, times: int) -> tuple[EspeakEngine, Path]:
    """An engine whose worker has `fault` the first `times` it is started; where starts count."""
    script, mark = folder / "worker.py", folder / "starts"
    room = str(Path(espeak_worker.__file__).parent)
    script.write_text(FAULTY.format(folder=room, mark=str(mark), times=times, fault=fault))
    return EspeakEngine(worker=script), mark


@pytest.mark.parametrize("fault", [CRASH, HANG])
def test_a_crash_or_a_hang_costs_one_restart(
    engine: EspeakEngine, tmp_path: Path, fault: str
) -> None:
    broken, starts = faulty(tmp_path, fault, times=1)
    with broken:
        speech = broken.synthesize(TEXT, VOICE)
    assert np.array_equal(speech.samples, engine.synthesize(TEXT, VOICE).samples)
    assert starts.read_text() == "2"


def test_a_worker_killed_in_the_middle_of_a_line_costs_one_restart(
    engine: EspeakEngine, tmp_path: Path
) -> None:
    sleepy, starts = faulty(tmp_path, SLEEP, times=1)

    def kill() -> None:
        while not (starts.exists() and starts.read_text()) or sleepy._process is None:
            time.sleep(0.01)
        sleepy._process.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with sleepy:
        speech = sleepy.synthesize(TEXT, VOICE)
    killer.join()
    assert np.array_equal(speech.samples, engine.synthesize(TEXT, VOICE).samples)
    assert starts.read_text() == "2"


def test_a_worker_that_hangs_without_ending_itself_is_ended(
    engine: EspeakEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = engine.synthesize(TEXT, VOICE)
    monkeypatch.setattr(espeak_worker, "seconds_allowed", lambda _size: 2.0)
    monkeypatch.setattr(espeak, "_GRACE", 0.0)
    sleepy, starts = faulty(tmp_path, SLEEP, times=1)
    with sleepy:
        assert np.array_equal(sleepy.synthesize(TEXT, VOICE).samples, usual.samples)
    assert starts.read_text() == "2"


@pytest.mark.parametrize("fault", [CRASH, HANG])
def test_failing_twice_is_an_error_that_quotes_the_text(tmp_path: Path, fault: str) -> None:
    broken, starts = faulty(tmp_path, fault, times=2)
    with broken:
        with pytest.raises(EngineError) as caught:
            broken.synthesize(TEXT, VOICE)
        assert TEXT in caught.value.title
        assert starts.read_text() == "2"
        assert broken.synthesize(TEXT, VOICE).seconds > 1


def test_where_the_library_stays_loaded_every_text_gets_a_new_worker(
    engine: EspeakEngine, tmp_path: Path
) -> None:
    sticky, starts = faulty(tmp_path, STALE, times=9)
    with sticky:
        both = [sticky.synthesize(TEXT, VOICE).samples.tolist() for _ in range(2)]
    assert both == [engine.synthesize(TEXT, VOICE).samples.tolist()] * 2
    assert starts.read_text() == "2"


def test_a_library_that_is_never_fresh_is_an_error_and_no_endless_restart(tmp_path: Path) -> None:
    hopeless, _ = faulty(tmp_path, ALWAYS_STALE, times=9)
    with hopeless, pytest.raises(EngineError):
        hopeless.synthesize(TEXT, VOICE)


def test_a_worker_killed_between_lines_is_replaced(engine: EspeakEngine) -> None:
    first = engine.synthesize(TEXT, VOICE)
    assert engine._process
    engine._process.kill()
    engine._process.wait()
    assert np.array_equal(first.samples, engine.synthesize(TEXT, VOICE).samples)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal to send one process")
def test_ctrl_c_does_not_end_the_worker(engine: EspeakEngine) -> None:
    engine.synthesize(TEXT, VOICE)
    process = engine._process
    assert process
    process.send_signal(signal.SIGINT)
    engine.synthesize(TEXT, VOICE)
    assert engine._process is process


def test_an_interrupted_answer_is_not_taken_for_the_next(
    engine: EspeakEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = engine.synthesize(TEXT, VOICE).samples
    monkeypatch.setattr(espeak_worker, "ANSWER", InterruptedAnswer())
    with pytest.raises(KeyboardInterrupt):
        engine.synthesize("Câu này bị ngắt giữa chừng.", VOICE)
    monkeypatch.undo()
    assert np.array_equal(whole, engine.synthesize(TEXT, VOICE).samples)


class InterruptedAnswer:
    """Stands for the answer's head, and Ctrl-C comes right after it was read."""

    size = 5

    def unpack(self, _: bytes) -> None:
        raise KeyboardInterrupt


def test_the_worker_ends_with_its_parent() -> None:
    code = (
        "import os; from broadcast.speech.espeak import EspeakEngine;"
        "from broadcast.speech.engine import Voice;"
        "engine = EspeakEngine(); engine.synthesize('bà con', Voice('f5', 190));"
        "print(engine._process.pid, flush=True); os._exit(1)"
    )
    parent = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert parent.returncode == 1
    assert not is_running(int(parent.stdout))


def is_running(pid: int) -> bool:
    """Whether a process lives, given two seconds to go."""
    for _ in range(100):
        try:
            if sys.platform == "linux":
                state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
                if state == "Z":
                    return False
            else:
                os.kill(pid, 0)
        except OSError:
            return False
        time.sleep(0.02)
    return True


def test_the_worker_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import espeak_worker;"
        "print(sorted({'numpy', 'broadcast', 'subprocess', 'tempfile'} & set(sys.modules)))"
    )
    room = str(Path(espeak_worker.__file__).parent)
    command = [sys.executable, "-I", "-S", "-c", code, room]
    assert subprocess.run(command, capture_output=True, check=True).stdout.split() == [b"[]"]


def test_data_behind_a_very_long_path_with_accents_is_found(
    engine: EspeakEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / ("Máy tính cơ quan xã " * 5) / ("đ" * 60) / "espeak-ng-data"
    assert len(str(data).encode()) > 250
    shutil.copytree(espeakng_loader.get_data_path(), data)
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(data))
    with EspeakEngine() as far:
        assert np.array_equal(
            far.synthesize(TEXT, VOICE).samples, engine.synthesize(TEXT, VOICE).samples
        )


def test_missing_data_is_an_engine_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(tmp_path))
    with EspeakEngine() as engine, pytest.raises(EngineError, match="cannot read its data"):
        engine.synthesize(TEXT, VOICE)


@pytest.mark.parametrize("region", REGIONS)
def test_each_region_has_its_own_sound(engine: EspeakEngine, region: Region) -> None:
    here = engine.synthesize(TEXT, Voice("f5", 190, region)).samples
    others = [
        engine.synthesize(TEXT, Voice("f5", 190, other)).samples
        for other in REGIONS
        if other != region
    ]
    assert not any(np.array_equal(here, other) for other in others)


def test_women_are_an_octave_above_men(engine: EspeakEngine) -> None:
    women, men = (pitch(engine.synthesize(TEXT, Voice(v, 190)).samples) for v in ("f5", "m3"))
    assert 1.6 < women / men < 2.6


def pitch(samples: np.ndarray) -> float:
    """Median Hz of the voice over pieces of 50 ms, by autocorrelation between 60 and 350 Hz."""
    found = []
    for start in range(0, len(samples) - 1_100, 1_100):
        piece = samples[start : start + 1_100].astype(float)
        likeness = np.correlate(piece, piece, "full")[1_099:]
        lag = 63 + int(likeness[63:367].argmax())
        if likeness[0] > 1e9 and likeness[lag] > 0.5 * likeness[0]:
            found.append(22_050 / lag)
    return float(np.median(found))


TEXTS = (
    "Xin mời bà con đến nhà văn hóa họp lúc bảy giờ tối. Cuộc họp bàn việc làm đường vào bản."
    " Mỗi nhà cử một người, nhớ đến đúng giờ.",
    "Khi nộp hồ sơ, bà con mang theo căn cước, giấy tờ nhà đất và số điện thoại. Cán bộ sẽ xem giấy"
    " tờ, hướng dẫn điền tờ khai và hẹn ngày trả kết quả.",
    "Phí chứng thực là hai nghìn đồng một trang. Từ trang thứ ba trở đi chỉ còn một nghìn đồng."
    " Bà con trả tiền tại quầy, hoặc quét mã trên điện thoại.",
    "Ủy ban nhân dân xã tiếp dân vào thứ năm hằng tuần tại phòng tiếp công dân. Ai có việc gấp thì"
    " gọi số không hai một hai, ba tám năm, sáu bảy tám.",
    "Nếu quá hẹn mà chưa có kết quả, bà con có quyền hỏi lý do. Cán bộ phải xin lỗi bằng văn bản,"
    " và ghi rõ ngày hẹn mới.",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize(("speaker", "rate"), [("f5", 150), ("m3", 190), ("f5", 260)])
def test_a_text_of_a_few_lines_has_the_rate_asked_for(
    engine: EspeakEngine, text: str, region: Region, speaker: str, rate: int
) -> None:
    voice = Voice(speaker, rate, region)
    lines = text.replace(". ", ".\n").splitlines()
    seconds = sum(engine.synthesize(line, voice, find(line)).seconds for line in lines)
    assert 60 * len(text.split()) / seconds == pytest.approx(rate, rel=0.1)


def test_rates_between_and_beyond_the_table() -> None:
    asked = (60, 120, 143, 158, 494, 900)
    assert [espeak_rate(one, "bắc") for one in asked] == [80, 80, 100, 110, 320, 320]


def test_a_short_text_stays_whole() -> None:
    assert cut("Một câu. Hai câu.", 100) == ("Một câu. Hai câu.",)
    assert cut("  ", 100) == ()


def test_cuts_fall_after_sentences_then_clauses_then_words() -> None:
    sentences = "Câu thứ nhất có một số chữ đứng đây. Câu thứ hai cũng có từng ấy chữ đứng đây."
    assert cut(sentences, 60) == (sentences[:36], sentences[37:])
    clause = "một vế dài đứng trước một dấu phẩy ở đây"
    assert cut(f"{clause}, {clause}", 60) == (f"{clause},", clause)
    assert cut(" ".join(["chữ"] * 20), 60) == (" ".join(["chữ"] * 15), " ".join(["chữ"] * 5))


def test_a_code_of_many_digits_is_taken_apart_and_an_amount_is_not() -> None:
    assert cut("1234567890123456", 100) == ("1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6",)
    assert cut("123456789012345 đồng", 100) == ("123456789012345 đồng",)


@given(st.text(st.sampled_from("ạb7 .,;!\n("), max_size=600), st.integers(LONGEST_WORD, 300))
def test_parts_are_short_enough_and_nothing_is_dropped(text: str, longest: int) -> None:
    parts = cut(text, longest)
    assert all(0 < len(part) <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_the_default_speakers_are_among_those_there_are() -> None:
    assert {espeak.WOMEN, espeak.MEN} <= set(espeak.SPEAKERS)
