"""A workspace: where things are, what is read from them, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import date, time
from pathlib import Path

import pytest

from broadcast.domain.plan import Plan, Source, Topic
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.errors import (
    BroadcastError,
    ConflictError,
    InputError,
    NotFoundError,
    Problem,
    StorageError,
)
from broadcast.store import locking
from broadcast.store.files import revision
from broadcast.store.names import is_id
from broadcast.store.sample import copy_sample, sample_root
from broadcast.store.script_files import new_script
from broadcast.store.workspace import Workspace, find_workspace

STATION = """\
id: dai-xa
name: Đài xã
commune: xã Thử
zones:
  - {id: trung-tam, name: Trung tâm}
  - {id: ban-lan, name: Bản Lạn}
slots:
  - {id: sang, name: Sáng, start: 5:30, minutes: 15, days: [T2, CN]}
"""
WEEK = WeekId(2026, 48)
AIRING = Airing("2026-11-23-sang", date(2026, 11, 23), time(5, 30), 15, ("trung-tam",), slot="sang")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path)
    made.schedules.mkdir()
    made.station_path.write_text(STATION, "utf-8")
    return made


def _problems(workspace: Workspace, station: str) -> list[tuple[int | None, str]]:
    workspace.station_path.write_text(station, "utf-8")
    with pytest.raises(InputError) as caught:
        workspace.load_station()
    assert {p.file for p in caught.value.problems} == {"schedules/station.yaml"}
    return [(p.line, p.message) for p in caught.value.problems]


def test_the_nearest_folder_upwards_with_a_station_is_the_workspace(workspace: Workspace) -> None:
    deep = workspace.root / "out" / "a"
    deep.mkdir(parents=True)
    assert find_workspace(deep) == workspace
    assert find_workspace(workspace.root) == workspace


def test_without_a_workspace_the_officer_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_workspace(tmp_path)
    assert "broadcast init" in caught.value.mend
    assert "-C" in caught.value.mend


def test_a_mistyped_folder_does_not_open_the_workspace_around_it(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="Không có thư mục này"):
        find_workspace(workspace.root / "nhầm")


def test_files_are_where_the_design_says(workspace: Workspace) -> None:
    shown = [
        workspace.shown(path)
        for path in (
            workspace.plan_path("p"),
            workspace.week_path(WeekId(2026, 5)),
            workspace.script_path("s"),
            workspace.lexicon_path,
            workspace.recordings,
            workspace.cache,
        )
    ]
    assert shown == [
        "schedules/plans/p.yaml",
        "schedules/2026-W05.yaml",
        "scripts/s.md",
        "scripts/lexicon.yaml",
        "scripts/recordings",
        "out/cache",
    ]


def test_the_station_is_read(workspace: Workspace) -> None:
    station = workspace.load_station()
    assert [zone.id for zone in station.zones] == ["trung-tam", "ban-lan"]
    assert station.slots[0].start == time(5, 30)


def test_what_does_not_fit_together_in_the_station_is_told_by_line(workspace: Workspace) -> None:
    text = STATION.replace("id: ban-lan", "id: trung-tam").replace(
        "minutes: 15, days: [T2, CN]", "minutes: 0, days: [T2, T8], zones: [ban-lan]"
    )
    text += "  - {id: Buổi Chiều, name: Chiều, start: 17h, minutes: 15, days: [T3]}\n"
    assert sorted(_problems(workspace, text)) == [
        (6, "cụm loa 'trung-tam' đã có ở dòng 5"),
        (8, "cụm loa lạ 'ban-lan'"),
        (8, "minutes: khung giờ 0 phút kết thúc trước khi bắt đầu"),
        (8, "ngày lạ 'T8'"),
        (9, "mã 'Buổi Chiều' không dùng được"),
        (9, "start: cần giờ, nhưng ở đây là '17h'"),
    ]


def test_an_unknown_zone_comes_with_the_allowed_ones(workspace: Workspace) -> None:
    workspace.station_path.write_text(STATION.replace("days:", "zones: [x], days:"), "utf-8")
    with pytest.raises(InputError) as caught:
        workspace.load_station()
    assert caught.value.problems == (
        Problem("cụm loa lạ 'x'", "schedules/station.yaml", 8, "được dùng: trung-tam, ban-lan"),
    )


def test_an_unknown_zone_of_a_station_without_zones_says_there_are_none(
    workspace: Workspace,
) -> None:
    head, _, rest = STATION.partition("zones:\n")
    slots = rest[rest.index("slots:") :].replace("days:", "zones: [x], days:")
    workspace.station_path.write_text(f"{head}zones: []\n{slots}", "utf-8")
    with pytest.raises(InputError) as caught:
        workspace.load_station()
    assert [problem.suggestion for problem in caught.value.problems] == [
        "đài chưa khai cụm loa nào"
    ]


def test_a_week_is_written_as_the_design_has_it_and_read_back(workspace: Workspace) -> None:
    week = Week(WEEK, (AIRING,))
    new = workspace.save_week(week, None)
    path = workspace.week_path(WEEK)
    assert path.read_text("utf-8") == (
        "week: 2026-W48\n"
        "airings:\n"
        "  - id: 2026-11-23-sang\n"
        "    day: 2026-11-23\n"
        '    start: "05:30"\n'
        "    minutes: 15\n"
        "    zones: [trung-tam]\n"
        "    slot: sang\n"
    )
    assert workspace.load_week(WEEK) == week
    assert workspace.week_ids() == (WEEK,)
    assert new == revision(path)


def test_a_week_that_changed_meanwhile_is_not_overwritten(workspace: Workspace) -> None:
    seen = workspace.save_week(Week(WEEK), None)
    workspace.save_week(Week(WEEK, (AIRING,)), seen)
    with pytest.raises(ConflictError):
        workspace.save_week(Week(WEEK), seen)
    assert workspace.load_week(WEEK).airings == (AIRING,)


def test_a_week_that_does_not_exist_names_those_that_do(workspace: Workspace) -> None:
    workspace.save_week(Week(WEEK), None)
    with pytest.raises(NotFoundError, match="2026-W48"):
        workspace.load_week(WeekId(2026, 1))


def test_a_weeks_unknown_zone_can_be_shown_with_its_line(workspace: Workspace) -> None:
    workspace.save_week(Week(WEEK, (AIRING,)), None)
    path = workspace.week_path(WEEK)
    assert workspace.line_of(path, "airings", AIRING.id, "zones", "trung-tam") == 7


def test_a_file_whose_name_and_id_differ_is_refused(workspace: Workspace) -> None:
    workspace.week_path(WEEK).write_text("week: 2026-W47\n", "utf-8")
    with pytest.raises(InputError) as caught:
        workspace.load_week(WEEK)
    assert caught.value.problems[0].file == "schedules/2026-W48.yaml"


def test_only_week_files_are_weeks(workspace: Workspace) -> None:
    for name in (
        "2026-W54.yaml",
        "2026-w01.yaml",
        "ghi-chu.yaml",
        "2026-W10.yaml~",
        "2026-W02.yaml",
    ):
        (workspace.schedules / name).write_text("")
    assert workspace.week_ids() == (WeekId(2026, 2),)


def test_a_plan_is_kept_with_its_document(workspace: Workspace, tmp_path: Path) -> None:
    plan = Plan(
        "xa-2026",
        title="Kế hoạch",
        topics=(Topic("II.1/a", "Nội dung"),),
        source=Source("k.docx", "x"),
    )
    workspace.save_plan(plan, None)
    assert workspace.plan_ids() == ("xa-2026",)
    assert workspace.load_plan("xa-2026") == plan
    assert workspace.plan_source("xa-2026") is None
    (tmp_path / "k.DOCX").write_bytes(b"PK\0")
    kept = workspace.keep_source("xa-2026", tmp_path / "k.DOCX")
    assert workspace.shown(kept) == "schedules/plans/source/xa-2026.docx"
    assert kept.read_bytes() == b"PK\0"


def test_a_newer_document_takes_the_place_of_the_older(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name, text in (("a.txt", "cũ"), ("b.pdf", "mới")):
        (tmp_path / name).write_text(text, "utf-8")
        workspace.keep_source("xa", tmp_path / name)
    assert [path.name for path in workspace.sources_folder.iterdir()] == ["xa.pdf"]


def test_keeping_a_document_that_is_kept_already_changes_nothing(workspace: Workspace) -> None:
    workspace.sources_folder.mkdir(parents=True)
    document = workspace.sources_folder / "xa.txt"
    document.write_text("một", "utf-8")
    assert workspace.keep_source("xa", document).read_text("utf-8") == "một"


def test_a_script_is_written_to_the_letter_and_read_back(workspace: Workspace) -> None:
    script = new_script("a-b", "Tựa", body="NỮ: a\r\n")
    workspace.save_script(script, None)
    assert workspace.load_script("a-b") == script
    assert workspace.script_ids() == ("a-b",)
    with pytest.raises(NotFoundError, match="a-b"):
        workspace.load_script("c")


@pytest.mark.parametrize(
    "wrong", ["../a", "a/b", "Nháp", "con", "lpt1", "", "a b", "a" * 81, "-a", "a."]
)
def test_an_id_that_is_no_file_name_everywhere_is_refused(workspace: Workspace, wrong: str) -> None:
    assert not is_id(wrong)
    for path in (workspace.script_path, workspace.plan_path, workspace.load_template):
        with pytest.raises(InputError):
            path(wrong)


def test_the_stations_own_text_wins_over_the_products(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = tmp_path / "product"
    monkeypatch.setattr("broadcast.store.workspace.sample_root", lambda: product)
    piece = "---\nid: {}\ntitle: {}\n---\nNỮ: x\n"
    for root, names in ((product, ("a", "b")), (workspace.root, ("b", "c"))):
        folder = root / "scripts" / "pieces"
        folder.mkdir(parents=True)
        for name in names:
            (folder / f"{name}.md").write_text(piece.format(name, root.name), "utf-8")
    own = workspace.root.name
    assert [(p.id, p.title) for p in workspace.load_pieces()] == [
        ("a", "product"),
        ("b", own),
        ("c", own),
    ]
    assert workspace.product_file("pieces", "a.md") == product / "scripts" / "pieces" / "a.md"
    with pytest.raises(NotFoundError, match=r"a\.md, b\.md, c\.md"):
        workspace.product_file("pieces", "d.md")


def test_problems_of_all_pieces_are_told_together(workspace: Workspace) -> None:
    workspace.pieces_folder.mkdir(parents=True)
    (workspace.pieces_folder / "x1.md").write_text("NỮ: a", "utf-8")
    (workspace.pieces_folder / "x2.md").write_text("---\nid: y\ntitle: z\n---\n", "utf-8")
    with pytest.raises(InputError) as caught:
        workspace.load_pieces()
    assert [p.file for p in caught.value.problems] == [
        "scripts/pieces/x1.md",
        "scripts/pieces/x2.md",
    ]


def test_files_with_names_that_nothing_reads_are_found(workspace: Workspace) -> None:
    workspace.scripts.mkdir()
    workspace.plans_folder.mkdir()
    for name in (
        "scripts/README.md",
        "scripts/lexicon.yaml",
        "scripts/a-b.md",
        "schedules/2026-W01.yaml",
    ):
        (workspace.root / name).write_text("")
    wrong = ["schedules/2026-w2.yaml", "schedules/plans/Kế hoạch.yaml", "scripts/Bản nháp.md"]
    for name in wrong:
        (workspace.root / name).write_text("")
    assert [workspace.shown(path) for path in workspace.unread_files()] == wrong


def test_the_lexicon_is_a_mapping_and_may_be_missing(workspace: Workspace) -> None:
    assert workspace.load_lexicon() == {}
    workspace.scripts.mkdir()
    workspace.lexicon_path.write_text("TTPVHCC: trung tâm\nNo: nờ o\n", "utf-8")
    assert workspace.load_lexicon() == {"TTPVHCC": "trung tâm", "No": "nờ o"}
    workspace.lexicon_path.write_text("- a\n", "utf-8")
    with pytest.raises(InputError):
        workspace.load_lexicon()


def test_the_sample_becomes_a_workspace_and_keeps_ready_texts_with_the_product(
    tmp_path: Path,
) -> None:
    made = copy_sample(tmp_path / "mới")
    workspace = find_workspace(tmp_path / "mới")
    assert workspace.load_station().zones
    assert workspace.plan_source("suoi-hoa-2026") in made
    assert not workspace.pieces_folder.exists()
    assert not (workspace.scripts / "templates").exists()


def test_a_station_of_its_own_starts_without_the_samples_plans(tmp_path: Path) -> None:
    names = [path.relative_to(tmp_path).as_posix() for path in copy_sample(tmp_path, plans=False)]
    assert set(names) <= {"schedules/station.yaml", "scripts/lexicon.yaml"}
    assert "schedules/station.yaml" in names


def test_the_sample_overwrites_nothing(workspace: Workspace) -> None:
    with pytest.raises(ConflictError) as caught:
        copy_sample(workspace.root)
    assert [p.file for p in caught.value.problems] == [str(workspace.station_path)]
    assert sorted(path.name for path in workspace.root.rglob("*")) == ["schedules", "station.yaml"]


def test_the_sample_is_a_workspace_itself() -> None:
    assert find_workspace(sample_root()).load_station().id


def test_the_same_thread_may_lock_again_and_others_wait(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BroadcastError] = []

    def other() -> None:
        try:
            with locking.locked(workspace.out, "xuất lịch", seconds=0.1):
                pass
        except BroadcastError as error:
            told.append(error)

    with workspace.lock("điền tuần"), workspace.lock("điền tuần"):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert [type(error) for error in told] == [ConflictError]
    assert told[0].title == "Chưa làm được: xuất lịch"
    assert "điền tuần" in told[0].happened
    other()
    assert len(told) == 1


def test_another_program_waits_too(workspace: Workspace) -> None:
    code = (
        "import sys, pathlib; from broadcast.store.locking import locked\n"
        "with locked(pathlib.Path(sys.argv[1]), 'x', 0.1): pass"
    )
    with workspace.lock("điền tuần"):
        run = subprocess.run(
            [sys.executable, "-c", code, str(workspace.out)],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    assert "điền tuần" in run.stderr


def test_a_lock_that_cannot_be_made_is_said_so(workspace: Workspace) -> None:
    workspace.out.write_text("")
    with pytest.raises(StorageError), workspace.lock("x"):
        pass


def test_opening_a_workspace_loads_no_heavy_library() -> None:
    code = (
        "import sys, json, broadcast.store.workspace\n"
        "print(json.dumps([m for m in sys.modules if '.' not in m]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"filelock", "jinja2", "numpy", "scipy", "textual", "click", "asyncio", "icalendar"}
    assert heavy & set(json.loads(run.stdout)) == set()
