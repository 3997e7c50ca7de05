"""Rendering beyond one machine: a cluster that loses a worker, and the stations of a folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from broadcast.store.workspace import Workspace
from broadcast.workflow import cluster
from broadcast.workflow.cluster import ClusterError, cluster_workers, versions_here
from broadcast.workflow.progress import Progress, Step
from broadcast.workflow.render import render_scripts

from .helpers import WEEK, run
from .loopback import HOST
from .test_workflow_segments import LINES, entries, file_of, forget

if not find_spec("distributed"):
    if os.environ.get("CI"):
        pytest.fail("distributed is not installed, and CI must have it", pytrace=False)
    pytest.skip("distributed is not installed: broadcast[cluster]", allow_module_level=True)


@contextmanager
def machines() -> Iterator[Any]:
    """A scheduler and two workers, each a process with one thread."""
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host=HOST, dashboard_address=None, silence_logs=60
    ) as made:
        yield made


@pytest.fixture
def told(station: Path) -> Workspace:
    text = f"---\nid: tin\ntitle: Tin\n---\n[nhạc hiệu]\n{LINES}"
    (station / "scripts/tin.md").write_text(text, encoding="utf-8", newline="")
    return Workspace(station)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_worker_killed_loses_nothing_and_workers_gone_are_told_once(told: Workspace) -> None:
    render_scripts(told, ["tin"])
    here = file_of(told), entries(told)
    forget(told)
    with machines() as scheduler, cluster_workers(scheduler.scheduler_address, 10, 2) as workers:
        killed: list[int] = []

        def kill(step: Step) -> None:
            if step.done and not killed:
                assert step.done < step.total - 4
                killed.append(next(iter(scheduler.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        render_scripts(told, ["tin"], progress=Progress(kill), workers=workers)
        assert killed
        assert (file_of(told), entries(told)) == here

        forget(told)
        scheduler.scale(0)
        with pytest.raises(ClusterError, match="không còn máy nào nhận việc"):
            render_scripts(told, ["tin"], workers=workers)
    render_scripts(told, ["tin"])
    assert file_of(told) == here[0]


def test_an_address_nobody_answers_at_is_told_in_one_message(
    brief: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "TIMEOUT", 0.3)
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
    nobody, odd = f"tcp://{HOST}:{port}", "không phải địa chỉ máy điều phối"
    told = {nobody: f"{nobody} không trả lời"} | {
        one: f"«{one}» {odd}" for one in ("máy nào", f"http://{HOST}:{port}", f"tcp://{HOST}")
    }
    for address, why in told.items():
        result = run("render", WEEK, "--cluster", address, cwd=brief)
        assert (result.status, result.out) == (1, "")
        assert result.err.startswith(f"Không nối được tới cụm máy: {why}")
        assert len(result.err.splitlines()) == 2


def test_without_the_extra_it_is_said_how_to_get_it(
    brief: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = run("render", WEEK, "--cluster", f"tcp://{HOST}:1", cwd=brief)
    assert result.status == 1
    assert "pip install 'broadcast[cluster]'" in result.err


class Answering:
    """A client whose one worker has these versions, or this error."""

    def __init__(self, found: object) -> None:
        self.found = found

    def run(self, _call: object, on_error: str) -> dict[str, object]:
        assert on_error == "return"
        return {"tcp://may-2:1": self.found}

    def nthreads(self) -> dict[str, int]:
        return {"tcp://may-2:1": 3}


def test_a_worker_with_other_versions_is_named() -> None:
    same: Any = Answering(versions_here())
    assert cluster._threads(same, "tcp://may:1") == 3
    older: Any = Answering(versions_here() | {"lameenc": "1.0"})
    with pytest.raises(ClusterError, match=r"may-2:1: lameenc 1\.0 \(cần "):
        cluster._threads(older, "tcp://may:1")
    without: Any = Answering(ModuleNotFoundError("broadcast"))
    with pytest.raises(ClusterError, match="may-2:1: chưa cài broadcast"):
        cluster._threads(without, "tcp://may:1")


def test_every_station_of_a_folder_is_rendered_and_those_that_fail_are_told_together(
    brief: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "cac-xa"
    for name in ("an", "binh", "chi", "dao"):
        shutil.copytree(brief, folder / name)
    (folder / "giay-to").mkdir()
    for name in ("an", "dao"):
        (folder / name / f"schedules/{WEEK}.yaml").unlink()
    (folder / "chi/schedules/station.yaml").write_text("name: [\n", "utf-8")

    result = run("render", WEEK, "--stations", folder, cwd=tmp_path)

    made = sorted(folder.glob("*/out/audio/*.mp3"))
    assert result.status == 1
    assert sorted(result.lines) == [path.as_posix() for path in made]
    assert {path.relative_to(folder).parts[0] for path in made} == {"binh"}
    told = result.err[result.err.index("Có đài chưa đọc được") :]
    assert "3/4 đài" in told
    assert "an, dao: " in told
    assert "chi: " in told
    assert told.count("Cách xử lý") == 1


@pytest.mark.parametrize("target", [WEEK, "tin"])
def test_a_folder_without_stations_or_a_script_instead_of_a_week_is_wrong_usage(
    target: str, tmp_path: Path
) -> None:
    result = run("render", target, "--stations", tmp_path, cwd=tmp_path)
    assert (result.status, result.out) == (2, "")
