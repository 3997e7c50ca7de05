"""The main job by commands: plan document to folder handed out, and every step again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from icalendar import Calendar

from .conftest import shared
from .helpers import (
    BY,
    PLAN,
    PLAN_DOCUMENT,
    WEEK,
    airings,
    done,
    edit,
    make_approved,
    make_brief,
    make_sample,
    run,
    script_file,
    tree,
)

AIRING_KEYS = {
    "id", "day", "start", "minutes", "seconds", "slot", "zones", "title", "plan", "topic",
    "script", "state", "level", "audio",
}  # fmt: skip
FINDING_KEYS = {"rule", "airing", "message", "mend"}
NOTES_BEYOND_DESIGN = {"why", "line", "recordings", "source", "change"}
"""Why an airing is where it is, where in the file a finding is, whose rule, what mends it, and
recordings in other languages; added to the design's keys."""


def rules(root: Path) -> set[str]:
    """The rules that `week check` finds broken."""
    found = run("week", "check", WEEK, "--json", cwd=root).json()["findings"]
    return {one["rule"] for one in found}


def exported(root: Path, *options: object) -> Path:
    """The week, exported into a folder beside the workspace."""
    target = root.parent / "usb"
    done("export", WEEK, "--to", target, *options, cwd=root)
    return target


def entries(playlist: Path) -> list[str]:
    """The files a playlist names."""
    lines = playlist.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.long
def test_the_whole_way_from_a_new_folder_to_a_folder_handed_out(tmp_path: Path) -> None:
    root = tmp_path / "đài của tôi"
    done("init", root, "--commune", "xã Suối Hoa", cwd=tmp_path)
    edit(root / "schedules/station.yaml", "engine: espeak", "engine: tone")

    assert done("plan", "import", PLAN_DOCUMENT, cwd=root).out == f"{PLAN}\n"
    filled = done("week", "fill", WEEK, cwd=root).lines
    assert filled == [one["id"] for one in airings(root)] != []
    made = done("script", "assemble", "--week", WEEK, cwd=root).lines
    assert sorted(made) == sorted({one["script"] for one in airings(root)})
    assert "unapproved" in rules(root)
    approved = done("script", "approve", "--week", WEEK, "--by", BY, cwd=root).lines
    assert sorted(approved) == sorted(made)
    files = done("render", WEEK, cwd=root).lines
    assert {root / one for one in files} == set((root / "out/audio").glob("*.mp3"))
    assert {one["state"] for one in airings(root)} == {"đã có audio"}
    target = exported(root)

    count = len(filled)
    assert len(list(target.rglob("*.mp3"))) == count
    assert [(target / one).is_file() for one in entries(target / f"{WEEK}.m3u8")] == [True] * count
    events = Calendar.from_ical((target / f"{WEEK}.ics").read_bytes()).walk("VEVENT")
    assert len(events) == count
    assert done("verify", target, cwd=root).status == 0
    assert done("week", "check", WEEK, cwd=root).status == 0


REAL_PLANS = ("002_hamtan", "003_duongquan", "004_chiengson")


def from_document_to_approved_scripts(document: Path, root: Path) -> str:
    """A real plan in a new station; returns the plan's id."""
    plan_id = done("plan", "import", document, cwd=root).out.strip()
    done("week", "fill", WEEK, cwd=root)
    make_approved(root)
    return plan_id


@pytest.mark.parametrize("name", REAL_PLANS)
@pytest.mark.parametrize("form", ["text/{}.txt", "documents/{}.pdf"])
def test_each_real_plan_goes_from_document_to_approved_scripts(
    form: str, name: str, station: Path
) -> None:
    document = shared("plans", *form.format(name).split("/"))
    plan_id = from_document_to_approved_scripts(document, station)

    week = airings(station)
    assert len(week) == 5
    assert {(one["plan"], one["state"]) for one in week} == {(plan_id, "đã duyệt")}
    assert len({one["topic"] for one in week}) > 1


@pytest.mark.parametrize("name", REAL_PLANS)
def test_each_real_plan_is_handed_out_in_full(name: str, station: Path) -> None:
    from_document_to_approved_scripts(shared("plans", "documents", f"{name}.docx"), station)
    make_brief(station)
    done("render", WEEK, cwd=station)
    target = exported(station)

    checked = done("verify", target, "--json", cwd=station).json()
    lists = {f"{WEEK}.{ending}" for ending in ("docx", "ics", "m3u8", "txt")}
    assert [one["problems"] for one in checked] == [[]] * (len(airings(station)) + len(lists))
    assert {one["state"] for one in checked} == {"đang dùng"}


def test_week_show_as_json_has_the_keys_of_the_design(rendered: Path) -> None:
    shown = done("week", "show", WEEK, "--json", cwd=rendered).json()
    found = run("week", "check", WEEK, "--json", cwd=rendered).json()

    assert set(shown) == {"week", "airings", "findings", "days", "reminders"}
    assert shown["week"] == found["week"] == WEEK
    assert [set(one) - NOTES_BEYOND_DESIGN for one in shown["airings"]] == [AIRING_KEYS] * len(
        shown["airings"]
    )
    edit(rendered / f"schedules/{WEEK}.yaml", "slot: sang", "slot: khong-co")
    shown = done("week", "show", WEEK, "--json", cwd=rendered).json()
    assert shown["findings"]
    assert {frozenset(set(one) - NOTES_BEYOND_DESIGN) for one in shown["findings"]} == {
        frozenset(FINDING_KEYS)
    }


def test_an_airing_in_json_says_what_the_file_says(rendered: Path) -> None:
    (first, *_) = airings(rendered)
    written = yaml.safe_load((rendered / f"schedules/{WEEK}.yaml").read_text("utf-8"))["airings"]
    (same,) = [one for one in written if one["id"] == first["id"]]

    assert (first["day"], first["start"]) == (str(same["day"]), str(same["start"]))
    assert first["minutes"] == 15
    assert first["level"] == "thông thường"
    assert first["zones"] == same["zones"]
    assert (rendered / first["audio"]).is_file()
    assert 30 < first["seconds"] < 15 * 60


def test_an_unapproved_week_is_checked_and_not_handed_out(sample: Path) -> None:
    done("script", "assemble", "--week", WEEK, cwd=sample)
    checked = run("week", "check", WEEK, cwd=sample)
    refused = run("export", WEEK, "--to", sample.parent / "usb", cwd=sample)

    assert (checked.status, refused.status) == (3, 3)
    assert "chưa được duyệt" in checked.out
    assert refused.err.count("script approve") == len(airings(sample))
    assert not (sample.parent / "usb").exists()


def test_who_approves_is_told_what_is_still_to_be_seen_to(sample: Path) -> None:
    done("script", "assemble", "--week", WEEK, cwd=sample)
    first = script_file(sample, airings(sample)[0]["script"])
    first.write_text(f"{first.read_text('utf-8')}<!-- cần biên tập -->\n", encoding="utf-8")
    told = done("script", "approve", first.stem, "--by", BY, cwd=sample)

    assert told.out == f"{first.stem}\n"
    assert "cần biên tập cho dễ nghe" in told.err


def test_approved_but_unread_scripts_are_not_handed_out(approved: Path) -> None:
    refused = run("export", WEEK, "--to", approved.parent / "usb", cwd=approved)

    assert refused.status == 3
    assert f"broadcast render {WEEK}" in refused.err
    assert "đã duyệt, chưa đọc thành MP3" in refused.err
    assert not (approved.parent / "usb").exists()


def test_every_airing_has_its_place_in_calendar_playlist_and_folders(rendered: Path) -> None:
    target = exported(rendered)
    week = airings(rendered)

    listed = entries(target / f"{WEEK}.m3u8")
    assert listed == sorted(listed)
    assert [one.split("/")[0][:10] for one in listed] == [one["day"] for one in week]
    assert {p.relative_to(target).as_posix() for p in target.rglob("*.mp3")} == set(listed)
    events = Calendar.from_ical((target / f"{WEEK}.ics").read_bytes()).walk("VEVENT")
    starts = sorted(event.decoded("DTSTART") for event in events)
    assert [f"{one:%Y-%m-%d %H:%M %z}" for one in starts] == [
        f"{one['day']} {one['start']} +0700" for one in week
    ]
    assert len({str(event["UID"]) for event in events}) == len(week)


def test_exporting_again_writes_nothing(rendered: Path) -> None:
    target = exported(rendered)
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*") if path.is_file()}
    again = done("export", WEEK, "--to", target, cwd=rendered)

    assert again.out == ""
    assert "0 tệp ghi mới" in again.err
    assert {p: p.stat().st_mtime_ns for p in target.rglob("*") if p.is_file()} == before


def test_a_removed_airing_goes_from_the_export_and_other_files_stay(rendered: Path) -> None:
    target = exported(rendered)
    (target / "của-người-khác.txt").write_text("đừng xóa", encoding="utf-8")
    listed = entries(target / f"{WEEK}.m3u8")
    done("week", "remove", WEEK, airings(rendered)[-1]["id"], cwd=rendered)
    again = done("export", WEEK, "--to", target, cwd=rendered)

    assert not (target / listed[-1]).exists()
    assert f"bỏ: {listed[-1]}" in again.err
    assert entries(target / f"{WEEK}.m3u8") == listed[:-1]
    assert (target / "của-người-khác.txt").read_text(encoding="utf-8") == "đừng xóa"


def test_a_zone_gets_only_what_it_hears(rendered: Path) -> None:
    target = exported(rendered, "--zone", "ban-pa-hoc")
    heard = [one for one in airings(rendered) if "ban-pa-hoc" in one["zones"]]

    assert 0 < len(heard) < len(airings(rendered))
    assert len(list(target.rglob("*.mp3"))) == len(heard)


def test_several_zones_get_what_any_of_them_hears(rendered: Path) -> None:
    target = exported(rendered, "--zone", "ban-pa-hoc", "--zone", "ban-lan")

    sheet = (target / f"{WEEK}.txt").read_text(encoding="utf-8-sig")
    assert len(list(target.rglob("*.mp3"))) == len(airings(rendered))
    assert "Cụm loa: Bản Lạn, Bản Pa Hốc" in sheet
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["weeks"][WEEK]["zones"] == ["ban-lan", "ban-pa-hoc"]


def test_a_later_edit_voids_the_approval_and_stops_the_export(rendered: Path) -> None:
    airing = airings(rendered)[0]
    file = script_file(rendered, airing["script"])
    edit(file, "Kính thưa bà con", "Kính thưa toàn thể bà con")
    shown = done("script", "show", airing["script"], cwd=rendered)
    refused = run("export", WEEK, "--to", rendered.parent / "usb", cwd=rendered)

    assert airings(rendered)[0]["state"] == "nháp"
    assert "không còn hiệu lực" in shown.out
    assert refused.status == 3
    assert airing["script"] in refused.err
    assert not (rendered.parent / "usb").exists()
    edit(file, "Kính thưa toàn thể bà con", "Kính thưa bà con")
    assert airings(rendered)[0]["state"] == "đã có audio"


def test_every_step_again_changes_nothing(rendered: Path) -> None:
    before = tree(rendered)
    again = [
        done("plan", "import", PLAN_DOCUMENT, cwd=rendered),
        done("week", "fill", WEEK, cwd=rendered),
        done("script", "assemble", "--week", WEEK, cwd=rendered),
        done("script", "approve", "--week", WEEK, "--by", "Người Khác", cwd=rendered),
        done("render", WEEK, cwd=rendered),
    ]

    assert tree(rendered) == before
    assert [one.out for one in again[1:3]] == ["", ""]
    assert [line for line in again[4].err.splitlines() if line.startswith("  mới")] == []


def test_two_workspaces_hold_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    other = make_sample(tmp_path / "một chỗ khác" / "dai")
    for root in (sample, other):
        done("script", "assemble", "--week", WEEK, cwd=root)

    assert tree(other) == tree(sample)


def test_two_weeks_tell_different_things(sample: Path) -> None:
    first = {one["topic"] for one in airings(sample)}
    done("week", "fill", "2026-W49", cwd=sample)
    shown = done("week", "show", "2026-W49", "--json", cwd=sample).json()["airings"]

    assert len(first) == len(airings(sample))
    assert len(first | {one["topic"] for one in shown}) > len(first)


def test_a_week_is_changed_by_hand_and_says_so(sample: Path) -> None:
    one = airings(sample)[0]
    done("week", "move", WEEK, one["id"], "--day", "29/11/2026", "--start", "16:00", cwd=sample)
    moved = next(a for a in airings(sample) if a["id"] == one["id"])
    assert (moved["day"], moved["start"]) == ("2026-11-29", "16:00")

    added = done(
        "week", "add", WEEK, "--day", "2026-11-28", "--start", "19:00", "--minutes", "10",
        "--zone", "ban-lan", "--title", "Họp bản", cwd=sample,
    ).out.strip()  # fmt: skip
    new = next(a for a in airings(sample) if a["id"] == added)
    assert (new["day"], new["zones"], new["title"], new["state"]) == (
        "2026-11-28", ["ban-lan"], "Họp bản", "trống",
    )  # fmt: skip

    count = len(airings(sample))
    done("week", "remove", WEEK, added, cwd=sample)
    assert len(airings(sample)) == count - 1
    done("week", "copy", WEEK, "2026-W50", cwd=sample)
    copied = done("week", "show", "2026-W50", "--json", cwd=sample).json()["airings"]
    assert len(copied) == count - 1
    assert {a["id"] for a in copied}.isdisjoint({a["id"] for a in airings(sample)})


def test_an_airing_that_no_plan_speaks_of_is_not_sent_to_the_assembler(sample: Path) -> None:
    make_approved(sample)
    added = done("week", "add", WEEK, "--day", "2026-11-28", "--start", "19:00", "--minutes", "5",
                 cwd=sample).out.strip()  # fmt: skip
    again = done("script", "assemble", "--week", WEEK, cwd=sample)
    checked = run("week", "check", WEEK, "--json", cwd=sample).json()["findings"]
    refused = run("export", WEEK, "--to", sample.parent / "usb", cwd=sample)

    assert again.out == ""
    (found,) = [one for one in checked if one["airing"] == added]
    assert (found["rule"], "script assemble" in found["mend"]) == ("no-script", False)
    assert f"mục script của lượt phát {added}" in refused.err

    done("script", "new", "Lời chúc", cwd=sample)
    edit(
        sample / f"schedules/{WEEK}.yaml", f"id: {added}\n", f"id: {added}\n    script: loi-chuc\n"
    )
    edit(script_file(sample, "loi-chuc"), "NỮ: ", "NỮ: Chúc bà con một tuần khỏe.")
    done("script", "approve", "loi-chuc", "--by", BY, cwd=sample)
    assert run("week", "check", WEEK, cwd=sample).status == 0


def test_two_airings_at_one_time_are_found_also_across_midnight(sample: Path) -> None:
    for day, start in (("2026-11-24", "23:50"), ("2026-11-25", "00:05")):
        done("week", "add", WEEK, "--day", day, "--start", start, "--minutes", "30",
             "--zone", "ban-lan", cwd=sample)  # fmt: skip

    found = run("week", "check", WEEK, "--json", cwd=sample).json()["findings"]
    assert [one["rule"] for one in found].count("overlap") == 1
    assert "overlap" in rules(sample)


def test_the_workspace_may_move_with_its_audio(rendered: Path, tmp_path: Path) -> None:
    moved = tmp_path / "máy khác"
    shutil.copytree(rendered, moved)
    shutil.rmtree(rendered)

    assert {one["state"] for one in airings(moved)} == {"đã có audio"}
    assert done("export", WEEK, "--to", tmp_path / "usb", cwd=moved).status == 0


def test_the_output_folder_may_be_thrown_away(rendered: Path) -> None:
    shutil.rmtree(rendered / "out")

    assert {one["state"] for one in airings(rendered)} == {"đã duyệt"}
    assert run("export", WEEK, "--to", rendered.parent / "usb", cwd=rendered).status == 3
