"""Bad input: one clear message with file and line, the right status, nothing written or lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .helpers import BY, PLAN, PLAN_DOCUMENT, WEEK, Result, airings, done, edit, run, script_file
from .helpers import tree as files_of

STATION = "schedules/station.yaml"
WEEK_FILE = f"schedules/{WEEK}.yaml"
PLANS_OF = "schedules/plans"
PLAN_FILE = f"{PLANS_OF}/{PLAN}.yaml"
VIETNAMESE = "ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"

Arrange = Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """What is spoilt, which command then runs, how it ends, and what its message has to name."""

    name: str
    spoil: Arrange
    command: str
    status: int
    told: tuple[str, ...]


def replaced(file: str, old: str, new: str) -> Arrange:
    return lambda root: edit(root / file, old, new)


def written(file: str, content: bytes | str) -> Arrange:
    data = content if isinstance(content, bytes) else content.encode()
    return lambda root: (root / file).write_bytes(data)


def nothing(root: Path) -> None:
    """Leave the workspace as it is."""


PLAN_TEXT = PLAN_DOCUMENT.read_text(encoding="utf-8")
NO_CONTENT = "KẾ HOẠCH\nVề việc mua sắm\n\nI. KINH PHÍ\n\nMười triệu đồng.\n"

PLANS = [
    Case("plan missing", nothing, "plan import khong-co.txt", 1, ("khong-co.txt", "không có")),
    Case("plan is a folder", nothing, "plan import schedules", 1, ("schedules", "thư mục")),
    Case("plan empty", written("a.txt", b""), "plan import a.txt", 1, ("a.txt", "trống")),
    Case("plan blank", written("a.txt", b" \r\n\t"), "plan import a.txt", 1, ("a.txt", "trống")),
    Case("plan binary", written("a.txt", bytes(range(256)) * 9), "plan import a.txt", 1,
         ("a.txt", "không phải tệp văn bản")),
    Case("plan latin-1", written("a.txt", "Kế hoạch xã".encode("cp1258", "replace") + b"\xe0\xe9"),
         "plan import a.txt", 1, ("a.txt", "UTF-8")),
    Case("plan UTF-16 without mark", written("a.txt", PLAN_TEXT.encode("utf-16-le")),
         "plan import a.txt", 1, ("a.txt", ".docx")),
    Case("plan a picture named docx", written("a.docx", b"\x89PNG\r\n\x1a\n" + bytes(99)),
         "plan import a.docx", 1, ("a.docx", "hỏng")),
    Case("plan a broken zip", written("a.docx", b"PK\x03\x04" + bytes(99)), "plan import a.docx",
         1, ("a.docx", "hỏng")),
    Case("plan a cut pdf", written("a.pdf", b"%PDF-1.7\n1 0 obj"), "plan import a.pdf", 1,
         ("a.pdf", "hỏng")),
    Case("plan of a strange form", written("a.xlsx", b"x"), "plan import a.xlsx", 1, ("a.xlsx",)),
    Case("plan without contents", written("a.txt", NO_CONTENT), "plan import a.txt", 1,
         ("a.txt", "KINH PHÍ")),
    Case("a shopping list", written("a.txt", "gạo\nmuối\ndầu\n"), "plan import a.txt", 1,
         ("a.txt",)),
    Case("Windows name as plan id", nothing, f"plan import {PLAN_DOCUMENT} --id con", 1,
         ("con", "Windows")),
    Case("device name with number", nothing, f"plan import {PLAN_DOCUMENT} --id com1", 1,
         ("com1", "Windows")),
    Case("plan id FAT refuses", nothing, f"plan import {PLAN_DOCUMENT} --id a:b*?", 1, ("a:b*?",)),
    Case("plan id leads out", nothing, f"plan import {PLAN_DOCUMENT} --id ../x", 1, ("../x",)),
    Case("unknown plan", nothing, "plan show khong-co", 1, ("khong-co", PLAN)),
    Case("plan file a list", written(PLAN_FILE, "- a\n- b\n"), f"plan show {PLAN}", 1,
         (f"{PLAN_FILE}:1", "danh sách")),
    Case("plan file with a bad kind", replaced(PLAN_FILE, "kind: parent", "kind: cha"),
         f"plan show {PLAN}", 1, (f"{PLAN_FILE}:", "cha", "parent")),
    Case("plan file renamed", lambda root: (root / PLAN_FILE).rename(root / PLANS_OF / "b.yaml"),
         "plan show b", 1, ("b.yaml", PLAN)),
    Case("unknown topic", nothing, f"script assemble {PLAN}:IX.9", 1, ("IX.9", "II.2/c")),
]  # fmt: skip

YAML = [
    Case("station empty", written(STATION, ""), f"week show {WEEK}", 1, (STATION,)),
    Case("station only comments", written(STATION, "# đài\n"), f"week show {WEEK}", 1, (STATION,)),
    Case("station a list", written(STATION, "- a\n"), f"week show {WEEK}", 1, (f"{STATION}:1",)),
    Case("station does not parse", replaced(STATION, "name: Đài", "name: [Đài"),
         f"week show {WEEK}", 1, (f"{STATION}:",)),
    Case("tabs", replaced(STATION, "  earliest:", "\tearliest:"), f"week show {WEEK}", 1,
         (f"{STATION}:", "Tab")),
    Case("key given twice", replaced(STATION, "commune: xã", "name: Đài khác\ncommune: xã"),
         f"week show {WEEK}", 1, (f"{STATION}:", "name")),
    Case("unknown key", replaced(STATION, "bitrate: 64", "bitrat: 64"), f"week show {WEEK}", 1,
         (f"{STATION}:", "bitrat", "bitrate")),
    Case("wrong type", replaced(STATION, "minutes: 15", "minutes: mười lăm"),
         f"week show {WEEK}", 1, (f"{STATION}:", "mười lăm")),
    Case("bad time", replaced(STATION, 'start: "05:30"', 'start: "25:30"'), f"week fill {WEEK}", 1,
         (f"{STATION}:", "25:30")),
    Case("unknown zone in a slot", replaced(STATION, "zones: [trung-tam,", "zones: [trung-tan,"),
         f"week show {WEEK}", 1, (f"{STATION}:", "trung-tan", "trung-tam, ban-lan")),
    Case("unknown day", replaced(STATION, "days: [T2,", "days: [T8,"), f"week show {WEEK}", 1,
         (f"{STATION}:", "T8", "T2, T3")),
    Case("station saved as UTF-16",
         lambda root: (root / STATION).write_bytes(
             (root / STATION).read_text("utf-8").encode("utf-16")),
         f"week show {WEEK}", 1, ("station.yaml:1", "UTF-16", "UTF-8")),
    Case("week a list", written(WEEK_FILE, "- a\n"), f"week show {WEEK}", 1, (f"{WEEK_FILE}:1",)),
    Case("week of another name", replaced(WEEK_FILE, f"week: {WEEK}", "week: 2026-W47"),
         f"week show {WEEK}", 1, (WEEK_FILE, "2026-W47")),
    Case("bad time in a week", replaced(WEEK_FILE, 'start: "05:30"', "start: 5h30'"),
         f"week show {WEEK}", 1, (f"{WEEK_FILE}:", "5h30", "05:30")),
    Case("bad day in a week", replaced(WEEK_FILE, "day: 2026-11-23", "day: 2026-11-31"),
         f"week show {WEEK}", 1, (f"{WEEK_FILE}:", "2026-11-31")),
    Case("unknown key in a week", replaced(WEEK_FILE, "slot: sang", "slots: sang"),
         f"week show {WEEK}", 1, (f"{WEEK_FILE}:", "slots", "slot")),
    Case("lexicon a list", written("scripts/lexicon.yaml", "- NVH\n"), "spoken NVH", 1,
         ("scripts/lexicon.yaml:1",)),
    Case("lexicon wrong in a script", written("scripts/lexicon.yaml", "NVH: [a]\n"),
         "script list", 1, ("scripts/lexicon.yaml:1", "NVH")),
    Case("own piece without front matter",
         lambda root: [(root / "scripts/pieces").mkdir(),
                       (root / "scripts/pieces/b.md").write_text("NỮ: Chào.\n", "utf-8")],
         f"script assemble --week {WEEK}", 1, ("scripts/pieces/b.md:1",)),
]  # fmt: skip

WEEKS = [
    Case("no such week", nothing, "week show 2026-W02", 1, ("2026-W02", WEEK)),
    Case("no such week to render", nothing, "render 2026-W02", 1, ("2026-W02", WEEK)),
    Case("no such week to export", nothing, "export 2026-W02 --to usb", 1, ("2026-W02", WEEK)),
    Case("week 60", nothing, "week show 2026-W60", 2, ("2026-W60", WEEK)),
    Case("week 60 to render", nothing, "render 2026-W60", 2, ("2026-W60", WEEK)),
    Case("week 53 of a year of 52", nothing, "week fill 2027-W53", 2, ("2027-W53",)),
    Case("a date for a week", nothing, "week show 23/11/2026", 2, ("23/11/2026", WEEK)),
    Case("unknown zone in a week", replaced(WEEK_FILE, "zones: [trung-tam, ban-lan,",
         "zones: [trung-tam, ban-lam,"), f"week check {WEEK}", 3,
         (f"{WEEK_FILE}:7", "2026-11-23-sang", "ban-lam", "ban-lan")),
    Case("unknown zone is not handed out", replaced(WEEK_FILE, "ban-lan,", "ban-lam,"),
         f"export {WEEK} --to usb", 3, (f"{WEEK_FILE}:7", "ban-lam", "ban-lan")),
    Case("unknown slot in a week", replaced(WEEK_FILE, "slot: sang", "slot: trua"),
         f"week check {WEEK}", 3, (f"{WEEK_FILE}:8", "2026-11-23-sang", "trua", "chieu")),
    Case("unknown zone to export", nothing, f"export {WEEK} --to usb --zone ban-lam", 1,
         ("ban-lam", "ban-lan")),
    Case("unknown zones to export are named together", nothing,
         f"export {WEEK} --to usb --zone ban-lam --zone ban-lan --zone xa", 1,
         ("ban-lam, xa", "trung-tam")),
    Case("a zone without a name to export", nothing, f"export {WEEK} --to usb --zone", 2,
         ("--zone",)),
    Case("unknown zone to add", nothing,
         f"week add {WEEK} --day 2026-11-28 --slot sang --zone ban-lam", 1, ("ban-lam", "ban-lan")),
    Case("unknown slot to add", nothing, f"week add {WEEK} --day 2026-11-28 --slot toi", 1,
         ("toi", "sang")),
    Case("unknown script to add", nothing,
         f"week add {WEEK} --day 2026-11-28 --slot sang --script khong-co", 1, ("khong-co",)),
    Case("a day outside the week", nothing, f"week add {WEEK} --day 2026-12-28 --slot sang", 1,
         ("28/12/2026", WEEK)),
    Case("a day that is none", nothing, f"week add {WEEK} --day 31/02/2026 --slot sang", 2,
         ("31/02/2026",)),
    Case("neither slot nor time", nothing, f"week add {WEEK} --day 2026-11-28", 1,
         ("--slot", "--start")),
    Case("unknown airing", nothing, f"week remove {WEEK} khong-co", 1, ("khong-co", WEEK)),
    Case("a move to nowhere", nothing, f"week move {WEEK} 2026-11-23-sang", 1,
         ("2026-11-23-sang",)),
    Case("a copy over another", nothing, f"week copy {WEEK} {WEEK}", 1, (WEEK,)),
    Case("no plan to fill from", lambda root: (root / PLAN_FILE).unlink(), "week fill 2026-W50", 1,
         ("plan import",)),
    Case("an unknown plan to fill from", nothing, f"week fill {WEEK} --plan khong-co", 1,
         ("khong-co", PLAN)),
    Case("nothing to assemble", written("schedules/2026-W50.yaml", "week: 2026-W50\n"),
         "script assemble --week 2026-W50", 1, ("week fill 2026-W50",)),
    Case("nothing to render", written("schedules/2026-W50.yaml", "week: 2026-W50\n"),
         "render 2026-W50", 1, ("script assemble --week 2026-W50",)),
]  # fmt: skip

SCRIPTS = [
    Case("unknown script", nothing, "script show khong-co", 1, ("khong-co",)),
    Case("unknown script to render", nothing, "render khong-co", 1, ("khong-co",)),
    Case("unknown script to approve", nothing, f'script approve khong-co --by "{BY}"', 1,
         ("khong-co",)),
    Case("Windows name as script id", nothing, 'script new "Chào" --id nul', 1,
         ("nul", "Windows")),
    Case("script id with letters FAT lacks", nothing, 'script new "Chào" --id Chào', 1, ("Chào",)),
    Case("a name of spaces", nothing, 'script new "  "', 1, ("tên",)),
    Case("script without front matter", written("scripts/a.md", "NỮ: Chào bà con.\n"),
         "script show a", 1, ("scripts/a.md:1", "---")),
    Case("front matter not closed", written("scripts/a.md", "---\nid: a\ntitle: A\n"),
         "script show a", 1, ("scripts/a.md:3", "---")),
    Case("script saved in an old code",
         written("scripts/a.md", b"---\nid: a\n---\nN\xdc: Ch\xe0o\n"), "script show a", 1,
         ("a.md:4", "UTF-8")),
    Case("nobody approves", nothing, f'script approve --week {WEEK} --by " "', 1, ("--by",)),
    Case("unknown script to submit", nothing, f'script submit khong-co --by "{BY}"', 1,
         ("khong-co",)),
    Case("nobody submits", nothing, f'script submit --week {WEEK} --by " "', 1, ("--by",)),
    Case("unknown script to return", nothing,
         f'script return khong-co --by "{BY}" --reason "ngắn"', 1, ("khong-co",)),
    Case("nobody returns", nothing, 'script return khong-co --by " " --reason "ngắn"', 1,
         ("--by",)),
    Case("returned for no reason", nothing, f'script return khong-co --by "{BY}" --reason " "', 1,
         ("lý do", "--reason")),
    Case("a state nobody knows",
         written("scripts/a.md", "---\nid: a\ntitle: A\nreview:\n  state: xong\n  by: Lan\n"
                 "  at: 2026-11-23 09:00\n  digest: x\n---\nNỮ: Chào.\n"),
         "script show a", 1, ("scripts/a.md:5", "xong", "chờ duyệt")),
]  # fmt: skip

USAGE = [
    Case("unknown command", nothing, "phat", 2, ("phat", "render")),
    Case("unknown subcommand", nothing, "week phat", 2, ("phat", "fill")),
    Case("unknown option", nothing, "plan list --tat-ca", 2, ("--tat-ca",)),
    Case("a value missing", nothing, f"export {WEEK} --to", 2, ("--to",)),
    Case("no such week for a page", nothing, "page 2026-W02 --to trang", 1, ("2026-W02", WEEK)),
    Case("a page of a week that is not ready", nothing, f"page {WEEK} --to trang", 3,
         ("chưa ghi gì cả",)),
    Case("a page without a folder", nothing, f"page {WEEK}", 2, ("--to",)),
    Case("an option missing", nothing, f"export {WEEK}", 2, ("--to",)),
    Case("an empty folder to export to", nothing, f'export {WEEK} --to ""', 2, ("nơi ghi",)),
    Case("a blank folder for calendars", nothing, 'calendar export 2026 --to " "', 2, ("nơi ghi",)),
    Case("an argument missing", nothing, "plan show", 2, ("MÃ",)),
    Case("an argument too many", nothing, "plan show a b", 2, ("b",)),
    Case("a return without a reason", nothing, "script return a --by Lan", 2, ("--reason",)),
    Case("nothing to submit", nothing, "script submit --by Lan", 2, ("--week",)),
    Case("a choice of two", nothing, f"script assemble {PLAN}:II.2/c --week {WEEK}", 2,
         ("--week",)),
    Case("no colon", nothing, "script assemble II.2", 2, (f"{PLAN}:II.2/đ",)),
    Case("minutes that are none", nothing, f"week add {WEEK} --day 2026-11-28 --minutes ba", 2,
         ("--minutes",)),
    Case("no minutes at all", nothing, f"week add {WEEK} --day 2026-11-28 --minutes 0", 2,
         ("--minutes",)),
    Case("-C to nowhere", nothing, "-C khong/co week list", 1, ("khong/co",)),
    Case("-C to a file", nothing, f"-C {STATION} week list", 1, ("station.yaml",)),
    Case("no file to verify", nothing, "verify khong-co.mp3", 1, ("khong-co.mp3",)),
    Case("nothing to verify in a folder", nothing, "verify schedules", 1, (".mp3",)),
    Case("no sound in an MP3", written("a.mp3", b"ID3 nothing of the kind"), "verify a.mp3", 3,
         ("a.mp3",)),
    Case("init over a station", nothing, "init .", 1, ("thư mục làm việc",)),
    Case("demo over a station", nothing, "demo .", 1, ("demo",)),
]  # fmt: skip


def words(command: str) -> list[str]:
    """A command line as words; double quotes keep words together."""
    parts = command.split('"')
    found = [part.split() if n % 2 == 0 else [part] for n, part in enumerate(parts)]
    return [word for group in found for word in group]


def refused(result: Result, status: int, told: tuple[str, ...]) -> None:
    """It ended as it should, with one message in Vietnamese that names all that it has to."""
    message = result.err + (result.out if status == 3 else "")
    assert result.status == status, message
    assert [one for one in told if one not in message] == [], message
    assert "Traceback" not in message
    assert set(VIETNAMESE) & set(message.casefold())
    if status != 3:
        assert result.out == ""


@pytest.mark.parametrize(
    "case", [*PLANS, *YAML, *WEEKS, *SCRIPTS, *USAGE], ids=lambda case: case.name
)
def test_bad_input_is_refused_and_nothing_changes(case: Case, sample: Path) -> None:
    case.spoil(sample)
    before = files_of(sample)
    result = run(*words(case.command), cwd=sample)

    refused(result, case.status, case.told)
    assert files_of(sample) == before


def test_outside_a_workspace_the_way_in_is_told(tmp_path: Path) -> None:
    result = run("week", "show", "this", cwd=tmp_path)

    refused(result, 1, ("broadcast init", "-C"))
    assert list(tmp_path.iterdir()) == []


def test_all_problems_of_a_file_are_told_together(sample: Path) -> None:
    edit(sample / STATION, "bitrate: 64", "bitrat: 64")
    edit(sample / STATION, 'start: "05:30"', 'start: "25:30"')
    edit(sample / STATION, "days: [T2,", "days: [T8,")
    result = run("week", "show", WEEK, cwd=sample)

    assert result.status == 1
    assert result.err.count(f"  - {STATION}:") == 3


@pytest.fixture
def first_script(approved: Path) -> Path:
    """The file of the first airing's script, approved."""
    return script_file(approved, airings(approved)[0]["script"])


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("[nhạc hiêu]", ("[nhạc hiêu]", "[nhạc hiệu]")),
        ("[nghỉ 90s]", ("[nghỉ 90s]", "[nghỉ 1.5s]")),
        ("[ghi âm recordings/khong-co.wav]", ("recordings/khong-co.wav", "scripts/recordings/")),
        ("[ghi âm ../schedules/station.yaml]", ("../schedules/station.yaml",)),
        ("NỮ: Gọi số {số điện thoại}.", ("{số điện thoại}", "details")),
    ],
)
@pytest.mark.parametrize(
    "command",
    [("render", WEEK), ("script", "approve", "--week", WEEK), ("script", "submit", "--week", WEEK)],
)
def test_what_cannot_be_read_out_is_neither_read_nor_handed_in_nor_approved(
    added: str, told: tuple[str, ...], command: tuple[str, ...], approved: Path, first_script: Path
) -> None:
    with first_script.open("a", encoding="utf-8") as file:
        file.write(f"{added}\n")
    line = len(first_script.read_text(encoding="utf-8").splitlines())
    before = files_of(approved)
    by = ("--by", BY) if command[0] == "script" else ()
    result = run(*command, *by, cwd=approved)

    refused(result, 1, (f"scripts/{first_script.name}:{line}: ", *told))
    assert files_of(approved) == before
    checked = run("script", "check", first_script.stem, cwd=approved)
    refused(checked, 3, (str(line), *told))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("engine: tone", "engine: gtts2", ("gtts2", "espeak")),
        ("rate: 190", "rate: 9000", ("9000", "voices")),
        ('women: ""', "women: lan", ("lan", "cao, trầm")),
        ("region: bắc", "region: tây", ("tây", "bắc, trung, nam")),
    ],
)
def test_a_voice_that_is_not_to_be_had_is_told(
    old: str, new: str, told: tuple[str, ...], approved: Path
) -> None:
    edit(approved / STATION, old, new)
    before = files_of(approved)
    result = run("render", WEEK, cwd=approved)

    refused(result, 1, told)
    assert files_of(approved) == before


def test_a_recording_that_is_no_sound_is_told_and_other_scripts_stay(
    approved: Path, first_script: Path
) -> None:
    (approved / "scripts/recordings").mkdir()
    (approved / "scripts/recordings/hong.wav").write_bytes(b"RIFF nothing of the kind")
    with first_script.open("a", encoding="utf-8") as file:
        file.write("[ghi âm recordings/hong.wav]\n")
    result = run("render", WEEK, cwd=approved)

    refused(result, 1, ("hong.wav",))
    assert not list((approved / "out").rglob(f"{first_script.stem}.mp3"))


def test_one_broken_script_does_not_hide_the_week(sample: Path) -> None:
    done("script", "assemble", "--week", WEEK, cwd=sample)
    broken = script_file(sample, airings(sample)[0]["script"])
    broken.write_text("hỏng", encoding="utf-8")
    shown = done("week", "show", WEEK, "--json", cwd=sample).json()
    listed = run("script", "list", cwd=sample)

    assert [one["rule"] for one in shown["findings"] if broken.stem in one["message"]]
    assert listed.status == 1
    assert f"scripts/{broken.name}:1" in listed.err
    assert len(listed.lines) > len(airings(sample))


def test_one_broken_plan_does_not_hide_the_others(sample: Path) -> None:
    (sample / "schedules/plans/hong.yaml").write_text("- a\n", encoding="utf-8")
    listed = run("plan", "list", cwd=sample)

    assert listed.status == 1
    assert "schedules/plans/hong.yaml:1" in listed.err
    assert PLAN in listed.out


def fails(code: int) -> Callable[..., Any]:
    """A system call that fails as the system does."""

    def fail(*_args: object, **_options: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


WRITERS = [
    ("plan", "import", PLAN_DOCUMENT, "--id", "moi"),
    ("week", "fill", "2026-W49"),
    ("week", "remove", WEEK, "2026-11-23-sang"),
    ("script", "new", "Chào bà con"),
    ("script", "assemble", "--week", WEEK),
    ("script", "assemble", f"{PLAN}:II.2/c"),
    ("init", "moi"),
]


@pytest.mark.parametrize("command", WRITERS, ids=lambda c: " ".join(map(str, c[:2])))
@pytest.mark.parametrize(
    ("code", "told"),
    [(errno.ENOSPC, "đã đầy"), (errno.EROFS, "chỉ đọc"), (errno.EACCES, "không có quyền")],
)
def test_a_full_or_read_only_disk_costs_nothing(
    command: tuple[object, ...], code: int, told: str, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(sample)
    monkeypatch.setattr("broadcast.store.files.os.fsync", fails(code))
    result = run(*command, cwd=sample)

    refused(result, 1, (told, "Cách xử lý"))
    assert files_of(sample) == before


@pytest.mark.parametrize("files", [1, 3, 6])
@pytest.mark.parametrize(
    "end", [OSError(errno.ENOSPC, ""), KeyboardInterrupt()], ids=["full", "^C"]
)
def test_a_week_whose_scripts_cannot_all_be_made_gets_none(
    files: int, end: BaseException, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, left, replace = files_of(sample), [None] * files, Path.replace

    def move(path: Path, target: Path) -> Path:
        if not left:
            raise end
        left.pop()
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", move)
    result = run("script", "assemble", "--week", WEEK, cwd=sample)
    monkeypatch.undo()

    assert (result.status, left) == (1, [])
    assert files_of(sample) == before
    done("script", "assemble", "--week", WEEK, cwd=sample)
    assert [one["script"] for one in airings(sample) if one["script"].endswith("-2")] == []


def test_a_disk_that_fills_while_approving_leaves_whole_scripts(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("script", "assemble", "--week", WEEK, cwd=sample)
    before = files_of(sample)
    monkeypatch.setattr("broadcast.store.files.os.fsync", fails(errno.ENOSPC))
    result = run("script", "approve", "--week", WEEK, "--by", BY, cwd=sample)

    refused(result, 1, ("đã đầy",))
    assert files_of(sample) == before


def test_a_disk_that_fills_while_rendering_leaves_no_half_programme(
    brief: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadcast.store.files.os.fsync", fails(errno.ENOSPC))
    result = run("render", WEEK, cwd=brief)
    monkeypatch.undo()

    refused(result, 1, ("đã đầy",))
    assert list((brief / "out").rglob("*.mp3")) == []
    assert list((brief / "out").rglob("*.tmp")) == []
    done("render", WEEK, cwd=brief)


@pytest.mark.long
def test_a_stick_that_fills_keeps_what_was_on_it(
    rendered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usb = rendered.parent / "usb"
    done("export", WEEK, "--to", usb, cwd=rendered)
    shutil.rmtree(next(usb.glob("2026-11-23*")))
    before = files_of(usb)
    monkeypatch.setattr("os.fsync", fails(errno.ENOSPC))
    result = run("export", WEEK, "--to", usb, cwd=rendered)
    monkeypatch.undo()

    refused(result, 1, ("hết dung lượng", "usb"))
    assert files_of(usb).items() >= before.items()
    done("export", WEEK, "--to", usb, cwd=rendered)
    assert len(list(usb.rglob("*.mp3"))) == len(airings(rendered))


def test_a_folder_that_may_not_be_written_is_named(sample: Path) -> None:
    folder = sample / "schedules"
    before = files_of(sample)
    folder.chmod(0o555)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("root and Windows may write to a read-only folder")
        result = run("week", "fill", "2026-W49", cwd=sample)
    finally:
        folder.chmod(0o755)

    refused(result, 1, ("2026-W49.yaml", "không có quyền"))
    assert files_of(sample) == before


def test_export_to_a_file_is_refused(rendered: Path) -> None:
    (rendered.parent / "usb").write_text("tôi là tệp", encoding="utf-8")
    result = run("export", WEEK, "--to", rendered.parent / "usb", cwd=rendered)

    refused(result, 1, ("usb",))
    assert (rendered.parent / "usb").read_text(encoding="utf-8") == "tôi là tệp"


def test_somebody_elses_file_is_in_nobodys_way(rendered: Path) -> None:
    usb = rendered.parent / "usb"
    usb.mkdir()
    (usb / f"{WEEK}.txt").write_text("của tôi", encoding="utf-8")
    result = run("export", WEEK, "--to", usb, cwd=rendered)

    refused(result, 1, (f"{WEEK}.txt", "không do chương trình này ghi"))
    assert files_of(usb).keys() == {f"{WEEK}.txt"}
