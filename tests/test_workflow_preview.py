"""What the officer is shown before an export is what the export does."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from broadcast.domain.week import VIETNAM, WeekId
from broadcast.errors import BroadcastError, FoundError, NotFoundError
from broadcast.publish import disk
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.preview import ExportPreview, preview_export
from broadcast.workflow.scripts import approve
from broadcast.workflow.share import Shared, export_week

from .helpers import BY, WEEK, airings, done, edit, script_file, tree

W48 = WeekId(2026, 48)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
ZONES = ["trung-tam", "ban-lan", "ban-phieng", "ban-pa-hoc"]


def preview(root: Path, *zones: str, week: WeekId = W48) -> ExportPreview:
    return preview_export(Desk(Workspace(root)), week, root.parent / "usb", zones, now=NOW)


def export(root: Path, *zones: str) -> Shared:
    return export_week(Workspace(root), W48, root.parent / "usb", zones, now=NOW)


def unapprove(root: Path) -> None:
    edit(script_file(root, airings(root)[0]["script"]), "NỮ: ", "NỮ: Thêm. ")


def lose_audio(root: Path) -> None:
    sorted((root / "out/audio").glob("*.mp3"))[0].unlink()


def spoil_audio(root: Path) -> None:
    file = sorted((root / "out/audio").glob("*.mp3"))[0]
    file.write_bytes(bytes(file.stat().st_size))


def approve_all(root: Path) -> None:
    approve(Workspace(root), [one["script"] for one in airings(root)], BY, NOW)


def drop_airing(root: Path) -> None:
    done("week", "remove", WEEK, airings(root)[-1]["id"], cwd=root)


def collide(root: Path) -> None:
    done("week", "add", WEEK, "--day", "2026-11-23", "--start", "05:35", "--minutes", "5",
         "--script", airings(root)[0]["script"], cwd=root)  # fmt: skip


def put_in_the_way(root: Path) -> None:
    usb = root.parent / "usb"
    usb.mkdir(exist_ok=True)
    (usb / f"{WEEK}.txt").write_text("của tôi", encoding="utf-8")


def edit_copy(root: Path) -> None:
    sorted((root.parent / "usb").rglob("*.mp3"))[-1].write_bytes(b"edited")


def lose_copy(root: Path) -> None:
    sorted((root.parent / "usb").rglob("*.mp3"))[0].unlink()


def lose_week(root: Path) -> None:
    (root / f"schedules/{WEEK}.yaml").unlink()


def file_for_folder(root: Path) -> None:
    shutil.rmtree(root.parent / "usb", ignore_errors=True)
    (root.parent / "usb").write_text("x")


MEDDLING: list[Callable[[Path], object]] = [
    unapprove, lose_audio, spoil_audio, approve_all, drop_airing, collide, put_in_the_way,
    edit_copy, lose_copy, lose_week, file_for_folder,
]  # fmt: skip
SOME_ZONES = st.lists(st.sampled_from(ZONES), unique=True)
STEP = st.one_of(
    st.sampled_from(MEDDLING), SOME_ZONES.map(lambda zones: lambda root: export(root, *zones))
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(STEP, max_size=3), zones=SOME_ZONES)
def test_a_preview_says_what_the_export_then_does(
    brief_read_once: Path, before: list[Callable[[Path], object]], zones: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(brief_read_once, Path(folder) / "dai"))
        for step in before:
            with contextlib.suppress(BroadcastError, OSError, IndexError, AssertionError):
                step(root)
        stood = tree(Path(folder))
        told = preview(root, *zones)
        assert tree(Path(folder)) == stood

        try:
            shared = export(root, *zones)
        except BroadcastError as error:
            event(type(error).__name__)
            assert not told.ready
            assert tree(Path(folder)) == stood
        else:
            event("done")
            assert told.ready
            assert (told.airings, told.seconds) == (shared.airings, shared.seconds)
            assert told.carried == shared.carried
            by_change = (told.paths("new", "changed"), told.paths("same"), told.paths("removed"))
            files = shared.files
            assert tuple(map(sorted, by_change)) == tuple(
                map(sorted, (files.written, files.unchanged, files.removed))
            )
            assert sorted(told.paths("kept")) == sorted(files.kept_foreign)
            written = [root.parent / "usb" / one for one in files.written]
            assert told.bytes_of("new", "changed") == sum(p.stat().st_size for p in written)
            assert (
                told.sheet.replace("\n", "\r\n").encode("utf-8-sig")
                == (root.parent / f"usb/{WEEK}.txt").read_bytes()
            )


def test_a_first_export_is_all_new_days_first_then_the_weeks_own(rendered: Path) -> None:
    told = preview(rendered)

    assert [file.change for file in told.files] == ["new"] * 10
    assert [file.name for file in told.files[6:]] == [
        f"{WEEK}.{e}" for e in ("docx", "ics", "m3u8", "txt")
    ]
    assert [file.title for file in told.files[:6]] == [one["title"] for one in airings(rendered)]
    assert sum(file.seconds for file in told.files) == told.seconds
    assert told.files[0].folder == "2026-11-23-t2"
    assert not (rendered.parent / "usb").exists()


def test_for_fewer_zones_what_they_do_not_hear_is_removed(rendered: Path) -> None:
    export(rendered)
    told = preview(rendered, "ban-pa-hoc")

    heard = [one for one in airings(rendered) if "ban-pa-hoc" in one["zones"]]
    assert told.airings == len(heard) == 5
    assert [Path(path).parent.name for path in told.paths("removed")] == ["2026-11-29-cn"]
    assert [zone.name for zone in told.carried] == ["Bản Pa Hốc"]
    assert "Cụm loa: Bản Pa Hốc\n" in told.sheet


def test_all_zones_by_name_are_as_none(rendered: Path) -> None:
    assert preview(rendered, *ZONES) == preview(rendered)


def test_several_zones_get_what_any_of_them_hears(rendered: Path) -> None:
    told = preview(rendered, "ban-pa-hoc", "ban-lan")
    assert (told.airings, [zone.id for zone in told.zones]) == (6, ["ban-lan", "ban-pa-hoc"])
    assert "Cụm loa: Bản Lạn, Bản Pa Hốc\n" in told.sheet


def test_unknown_zones_are_told_all_together(rendered: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        preview(rendered, "ban-xa", "ban-lan", "ban-la")
    assert caught.value.happened == "không có cụm loa ban-xa, ban-la"


def test_every_airing_that_is_not_ready_says_its_step(sample: Path) -> None:
    done("week", "add", WEEK, "--day", "2026-11-28", "--start", "19:00", "--minutes", "5",
         cwd=sample)  # fmt: skip
    told = preview(sample)

    assert [blocker.mend for blocker in told.blockers] == ["assemble"] * 5 + ["choose", "assemble"]
    assert told.blockers[0].airing == "2026-11-23-sang"
    assert (told.files, told.ready) == ((), False)
    assert "CHƯA CÓ TỆP TIẾNG" in told.sheet


def test_steps_lead_from_draft_to_approved_to_audio(rendered: Path) -> None:
    first, second = (airings(rendered)[n]["script"] for n in (0, 1))
    edit(script_file(rendered, first), "NỮ: ", "NỮ: Thêm. ")
    assert [(b.mend, b.script) for b in preview(rendered).blockers] == [("approve", first)]

    approve(Workspace(rendered), [first], BY, NOW)
    spoiled = next((rendered / "out/audio").glob(f"{second}*.mp3"))
    spoiled.write_bytes(bytes(spoiled.stat().st_size))
    assert [(b.mend, b.script) for b in preview(rendered).blockers] == [("render", first)]

    done("render", first, cwd=rendered)
    (damaged,) = preview(rendered).blockers
    assert (damaged.mend, damaged.script) == ("render", second)
    assert "bị hỏng" in damaged.problem.message


def test_blockers_are_the_problems_of_the_export(sample: Path) -> None:
    collide_error = None
    done("week", "add", WEEK, "--day", "2026-11-23", "--start", "05:35", "--minutes", "5",
         cwd=sample)  # fmt: skip
    try:
        export(sample)
    except FoundError as error:
        collide_error = error
    assert collide_error is not None
    told = preview(sample).blockers
    assert tuple(blocker.problem for blocker in told) == collide_error.problems
    assert told[-1].mend == "week"


def test_a_week_without_a_file_is_to_be_filled_first(rendered: Path) -> None:
    told = preview(rendered, week=WeekId(2026, 50))
    assert [blocker.mend for blocker in told.blockers] == ["fill"]


def test_what_is_wrong_with_the_folder_is_told_of_an_unready_week_too(sample: Path) -> None:
    (sample.parent / "usb").write_text("x")
    told = preview(sample)
    assert told.trouble is not None
    assert len(told.blockers) == 6


def test_a_full_stick_is_told_with_what_is_needed(
    rendered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "free_bytes", lambda folder: 1000)
    told = preview(rendered)
    assert told.trouble is not None
    assert "chỉ còn trống 1,0 KB" in told.trouble.happened
    assert told.files == ()


def test_two_previews_of_the_same_are_equal_troubles_too(sample: Path) -> None:
    (sample.parent / "usb").write_text("x")
    assert preview(sample) == preview(sample)
    before = preview(sample)
    (sample.parent / "usb").unlink()
    assert preview(sample) != before
