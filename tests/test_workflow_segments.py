"""Rendering by segments: what is kept, what a change costs, and that a kill loses nothing."""

from __future__ import annotations

import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from broadcast.domain.station import Sound
from broadcast.errors import BroadcastError, EngineError
from broadcast.speech.engine import Voice
from broadcast.speech.gtts import GttsEngine
from broadcast.speech.tone import ToneEngine
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.lent import READERS, Readers
from broadcast.workflow.programme import programme, segments_folder
from broadcast.workflow.progress import CancelledError, Progress, Step
from broadcast.workflow.render import render_scripts
from broadcast.workflow.segments import (
    Made,
    Music,
    Read,
    Recorded,
    SegmentTask,
    Source,
    Spoken,
    make_segment,
    segment_shelf,
)
from broadcast.workflow.threads import Threads
from broadcast.workflow.workshop import Order, Workers, local_workers, segments_of

from .helpers import edit
from .loopback import silence
from .test_workflow_hearing import sound

IDENTITY = ToneEngine().identity
SPOKEN = Spoken("tone", IDENTITY, "kính thưa bà con", Voice("cao", 190))
LINES = "".join(f"{'NAM' if n % 2 else 'NỮ'}: Tin {n}, mời bà con nghe.\n" for n in range(12))


@pytest.fixture
def told(station: Path) -> Workspace:
    """A station with a script of lines, an ident, a pause and a recording."""
    folder = station / "scripts/recordings"
    folder.mkdir(exist_ok=True)
    sound(folder / "loi.wav", 3)
    cues = "[nhạc hiệu]\n", "[nghỉ 2s]\n[ghi âm recordings/loi.wav]\n"
    text = f"---\nid: tin\ntitle: Tin\n---\n{cues[0]}{LINES}{cues[1]}NỮ: Xin chào.\n"
    (station / "scripts/tin.md").write_text(text, encoding="utf-8", newline="")
    return Workspace(station)


def file_of(workspace: Workspace) -> bytes:
    return (workspace.out / "drafts/tin.mp3").read_bytes()


def entries(workspace: Workspace) -> dict[str, bytes]:
    folder = segments_folder(workspace)
    return {path.name: path.read_bytes() for path in folder.rglob("*.seg")}


class Counting(Executor):
    """Does what it is given at once, and keeps the tasks."""

    def __init__(self) -> None:
        self.tasks: list[SegmentTask] = []

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.tasks.append(args[0])
        future: Future[Any] = Future()
        try:
            future.set_result(call(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def made_by(workspace: Workspace, *, remote: bool = False) -> list[SegmentTask]:
    """The tasks that a render hands out."""
    counting = Counting()
    render_scripts(workspace, ["tin"], workers=Workers(counting, 1, remote))
    READERS.close()
    return counting.tasks


def test_a_changed_line_costs_one_segment_and_leaves_every_other_as_it_was(
    told: Workspace,
) -> None:
    made_by(told)
    before = entries(told)
    edit(told.script_path("tin"), "Tin 5,", "Tin 500,")
    (task,) = made_by(told)
    after = entries(told)

    assert isinstance(task.source, Spoken)
    assert "năm trăm" in task.source.text
    assert {name: data for name, data in after.items() if name in before} == before
    assert len(after) == len(before) + 1


def test_who_makes_the_segments_makes_no_difference(told: Workspace) -> None:
    made_by(told)
    here = file_of(told), entries(told)
    for workers in (1, 3):
        forget(told)
        with local_workers(workers) as local:
            render_scripts(told, ["tin"], workers=local)
        assert (file_of(told), entries(told)) == here
    forget(told)
    tasks = made_by(told, remote=True)
    assert (file_of(told), entries(told)) == here
    assert all(task.shelf is None for task in tasks)


def test_a_process_without_our_disk_makes_the_same(told: Workspace, tmp_path: Path) -> None:
    sources: list[Source] = [SPOKEN, Music()]
    tasks = [SegmentTask(one, Sound(), tmp_path).portable() for one in sources]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        made = list(executor.map(make_segment, tasks))
    assert made == [make_segment(task) for task in tasks]
    READERS.close()


def test_a_recording_goes_along_as_bytes(told: Workspace) -> None:
    path = told.root / "scripts/recordings/loi.wav"
    task = SegmentTask(Recorded("loi.wav", "1f" * 32, path), Sound(), None).portable()
    sent = pickle.loads(pickle.dumps(task))  # noqa: S301 - our own
    path.unlink()
    assert sent.key == task.key
    assert make_segment(sent).entry


def test_an_engine_of_another_version_is_not_taken_for_ours() -> None:
    other = Spoken("tone", "tone 0", "bà con", Voice("cao", 190))
    with pytest.raises(BroadcastError, match="giống nhau trên các máy") as caught:
        make_segment(SegmentTask(other, Sound(), None))
    assert not isinstance(caught.value, EngineError)  # the voice itself is not condemned


def test_errors_and_results_travel_between_processes() -> None:
    error = EngineError("Không đọc được", "hỏng", "thử lại")
    for one in (error, CancelledError()):
        assert str(pickle.loads(pickle.dumps(one))) == str(one)  # noqa: S301 - our own
    made = Made("ab" * 32, b"x")
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own


@pytest.mark.parametrize("change", [Sound(bitrate=48), Sound(loudness=-20), Sound(true_peak=-2)])
def test_another_sound_is_another_segment(change: Sound) -> None:
    assert SegmentTask(SPOKEN, change, None).key != SegmentTask(SPOKEN, Sound(), None).key


def test_a_damaged_segment_is_made_again(told: Workspace) -> None:
    made_by(told)
    before = file_of(told)
    path = next(segments_folder(told).rglob("*.seg"))
    path.write_bytes(path.read_bytes()[:-3])
    (told.out / "drafts/tin.mp3").unlink()
    assert len(made_by(told)) == 1
    assert file_of(told) == before


def test_stopping_is_noticed_before_the_next_piece_of_sound(told: Workspace) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(CancelledError):
        make_segment(SegmentTask(SPOKEN, Sound(), segments_folder(told)), stop.is_set)
    assert entries(told) == {}


def test_a_stop_is_obeyed_while_a_service_says_nothing_and_nobody_is_asked_again(
    tmp_path: Path,
) -> None:
    engine, looks, told, ended = GttsEngine(address="?"), iter(range(9)), [], Event()

    def read() -> Source:
        try:
            return Read("k", engine.synthesize("Kính thưa bà con.", Voice("vi", 190)).samples)
        except EngineError as error:
            told.append(error.happened)
            raise
        finally:
            ended.set()

    def tell(_share: float) -> None:
        if next(looks) == 2:
            raise CancelledError

    with silence() as engine._address:
        with pytest.raises(CancelledError), local_workers(1) as workers:
            segments_of([Order("k", read)], tmp_path, Sound(), workers, tell)
        engine.close()
        assert not told
    assert ended.wait(30)
    assert told == ["Google: đã dừng theo yêu cầu"]


def test_a_stop_is_obeyed_while_it_is_asked_whether_google_answers(
    told: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, over, answered = Event(), Event(), Event()

    def answers() -> bool:
        stop.set()
        over.wait(30)
        answered.set()
        return False

    monkeypatch.setattr("broadcast.speech.gtts.answers", answers)
    edit(told.root / "schedules/station.yaml", "engine: tone", "engine: auto\n  online: cả nháp")
    with pytest.raises(CancelledError):
        render_scripts(told, ["tin"], progress=Progress(stop=stop))
    assert not answered.is_set()
    over.set()


def test_what_was_made_before_a_stop_is_kept(told: Workspace) -> None:
    stop = Event()

    def tell(step: Step) -> None:
        if step.share > 0.4:
            stop.set()

    with pytest.raises(CancelledError):
        render_scripts(told, ["tin"], progress=Progress(tell, stop))
    kept = len(entries(told))
    assert kept > 2
    assert len(made_by(told)) <= 15 - kept
    assert not list(segments_folder(told).rglob("*.tmp"))


def test_an_engine_given_back_after_everything_was_closed_is_closed_too() -> None:
    readers = Readers()
    with readers.borrowed("tone", None) as late:
        readers.close()
        late.synthesize("xin chào", SPOKEN.voice)
    with pytest.raises(EngineError, match="đã đóng"):
        late.synthesize("xin chào", SPOKEN.voice)
    with readers.borrowed("tone", None) as engine:
        assert engine is not late


def test_threads_that_were_ended_take_no_more_work() -> None:
    threads = Threads(1, "one")
    assert threads.submit(pow, 2, 3).result() == 8
    threads.shutdown()
    threads.shutdown()
    with pytest.raises(RuntimeError):
        threads.submit(pow, 2, 3)


def test_the_shelf_lets_the_oldest_go(tmp_path: Path) -> None:
    task = SegmentTask(SPOKEN, Sound(), tmp_path)
    make_segment(task)
    shelf = segment_shelf(tmp_path)
    shelf._largest = 1
    shelf.put("ab" * 32, b"more than that")
    shelf.prune()
    assert not list(tmp_path.rglob("*.seg"))


def test_a_paused_programme_is_as_long_as_it_says(told: Workspace) -> None:
    with READERS.borrowed("tone", None) as engine:
        made = programme(told, told.load_station(), Desk(told).hearing("tin"), engine)
    assert made.samples().size / 22050 == pytest.approx(made.seconds, abs=1e-6)
    assert [title for _, title in made.chapters] == [
        "Tin 0, mời bà con nghe.", "Bản ghi âm loi", "Xin chào.",
    ]  # fmt: skip


def forget(workspace: Workspace) -> None:
    """Let a workspace be as if nothing had been rendered."""
    for folder in (workspace.out / "drafts", segments_folder(workspace)):
        for path in [*folder.rglob("*")]:
            if path.is_file():
                path.unlink()


KILLS = int(os.environ.get("BROADCAST_KILLS", "6"))
"""How often a render is killed; 50 by hand: BROADCAST_KILLS=50."""


def render_process(workspace: Workspace) -> subprocess.Popen[bytes]:
    code = (
        "import sys; from pathlib import Path; from broadcast.store.workspace import Workspace;"
        "from broadcast.workflow.render import render_scripts;"
        "print('begun', flush=True); render_scripts(Workspace(Path(sys.argv[1])), ['tin'])"
    )
    command = [sys.executable, "-c", code, str(workspace.root)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    return process


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_render_killed_at_random_moments_ends_in_the_same_file(told: Workspace) -> None:
    made_by(told)
    undisturbed, whole = file_of(told), entries(told)
    forget(told)
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    for _ in range(KILLS):
        process = render_process(told)
        time.sleep(chance.uniform(0.0, 0.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        found = entries(told)
        assert all(whole[name] == data for name, data in found.items())
        if (told.out / "drafts/tin.mp3").exists():
            assert file_of(told) == undisturbed
            forget(told)
    process = render_process(told)
    process.communicate()
    assert process.returncode == 0
    assert file_of(told) == undisturbed
