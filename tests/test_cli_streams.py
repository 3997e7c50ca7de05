"""stdout is data, stderr is talk; with --json stdout is one JSON document."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from .helpers import BY, PLAN, PLAN_DOCUMENT, WEEK, airings, done, run, run_process, run_python

SCRIPT = "<script>"
"""Stands for the first airing's script in a command line."""


def words(command: str, root: Path) -> list[str]:
    return [airings(root)[0]["script"] if w == SCRIPT else w for w in command.split()]


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("plan list", list),
        (f"plan show {PLAN}", dict),
        (f"plan check {PLAN}", list),
        ("week list", list),
        (f"week show {WEEK}", dict),
        (f"week check {WEEK}", dict),
        ("script list", list),
        (f"script show {SCRIPT}", dict),
        (f"script check {SCRIPT}", list),
        ("verify out/audio", list),
    ],
)
def test_json_is_one_document_and_nothing_else(command: str, kind: type, rendered: Path) -> None:
    result = run(*words(command, rendered), "--json", cwd=rendered)

    assert type(json.loads(result.out)) is kind
    assert result.err == ""
    assert result.status == (3 if json.loads(result.out) and "check" in command else 0) or (
        command.startswith("week check") and not json.loads(result.out)["findings"]
    )


@pytest.mark.parametrize("command", ["plan list", "week list", "script list"])
def test_an_empty_workspace_lists_nothing_as_json(command: str, station: Path) -> None:
    result = run(*command.split(), "--json", cwd=station)

    assert (result.status, result.out, result.err) == (0, "[]\n", "")


@pytest.mark.parametrize("command", ["plan list", "week list", "script list"])
def test_an_empty_workspace_tells_the_next_command_on_stderr(command: str, station: Path) -> None:
    result = run(*command.split(), cwd=station)

    assert (result.status, result.out) == (0, "")
    assert "bằng: broadcast " in result.err


@pytest.mark.parametrize("command", [f"week show {WEEK}", f"script show {SCRIPT}", "script list"])
def test_without_a_terminal_there_is_neither_colour_nor_a_bar(command: str, rendered: Path) -> None:
    result = done(*words(command, rendered), cwd=rendered)

    assert "\x1b" not in result.out
    assert "\r" not in result.out + result.err


def test_the_keys_of_plan_show_are_those_of_the_design(sample: Path) -> None:
    shown = done("plan", "show", PLAN, "--json", cwd=sample).json()

    assert {
        "title", "issuing_body", "locality", "level", "year", "audience", "sections", "topics",
        "channels", "duties", "quotas", "reporting", "deadlines", "citations", "signatory",
        "recipients", "problems",
    } <= set(shown)  # fmt: skip
    assert {"path", "text", "kind", "fields", "airable"} <= set(shown["topics"][0])
    assert {"unit", "what", "count", "per", "at_least", "peak"} <= set(shown["quotas"][0])
    assert {"type", "number", "date", "issuer"} <= set(shown["citations"][0])
    assert {"position", "name"} == set(shown["signatory"])
    assert shown["issuing_body"] == "Ủy ban nhân dân xã Suối Hoa"


def test_the_keys_of_script_show_are_those_of_the_design(approved: Path) -> None:
    shown = done(*words(f"script show {SCRIPT} --json", approved), cwd=approved).json()

    assert {"id", "title", "state", "seconds", "spoken", "findings"} <= set(shown)
    assert shown["state"] == "đã duyệt"
    assert shown["approval"]["by"] == BY
    assert shown["approval"]["at"].endswith("+07:00")
    assert shown["approval"]["digest"] == shown["digest"]


def test_ids_on_stdout_feed_the_next_command(sample: Path) -> None:
    made = done("script", "assemble", f"{PLAN}:II.2/c", cwd=sample).lines
    approved = done("script", "approve", *made, "--by", BY, cwd=sample).lines
    (file,) = done("render", *approved, cwd=sample).lines

    assert made == approved
    assert (sample / file).is_file()


def test_spoken_gives_one_line_for_one_line(tmp_path: Path) -> None:
    lines = "Quyết định số 15/QĐ-UBND\n\nUBND xã họp lúc 7h30\n"
    result = run("spoken", cwd=tmp_path, stdin=lines)

    assert result.status == 0
    assert len(result.lines) == 3
    assert result.lines[1] == ""
    assert result.lines[2] == run("spoken", "UBND xã họp lúc 7h30", cwd=tmp_path).out.strip()


def test_spoken_keeps_the_trace_off_stdout(tmp_path: Path) -> None:
    plain = done("spoken", "15/QĐ-UBND", cwd=tmp_path)
    traced = done("spoken", "--trace", "15/QĐ-UBND", cwd=tmp_path)

    assert traced.out == plain.out
    assert plain.err == ""
    assert "QĐ" in traced.err


def test_spoken_uses_the_stations_own_words(station: Path) -> None:
    (station / "scripts/lexicon.yaml").write_text("NVH: nhà văn hóa\n", encoding="utf-8")

    assert "nhà văn hóa" in done("spoken", "Họp ở NVH bản", cwd=station).out
    assert done("-C", station, "spoken", "NVH", cwd=station.parent).out == "Nhà văn hóa\n"


@pytest.mark.parametrize(
    "given", ["", "\x00\x07", "a\u0300\u0323", "🎵🎵", "\u202e15", "x" * 5000, "1" * 400]
)
def test_spoken_survives_any_text(given: str, tmp_path: Path) -> None:
    result = run("spoken", cwd=tmp_path, stdin=given + "\n")

    assert (result.status, len(result.lines), result.err) == (0, 1, "")


def test_vietnamese_comes_through_on_a_console_of_an_old_code_page(sample: Path) -> None:
    old = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    result = run_process("week", "show", WEEK, cwd=sample, env=old)

    assert result.status == 0
    assert "Thứ Hai 23/11" in result.out


def test_a_reader_that_has_seen_enough_is_no_error(sample: Path) -> None:
    code = (
        "import subprocess, sys\n"
        f"p = subprocess.Popen([sys.executable, '-m', 'broadcast', 'plan', 'show', {PLAN!r}, "
        "'--json'], stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        "p.stdout.close()\n"
        "print(p.wait(), p.stderr.read().decode())\n"
    )
    assert run_python("-c", code, cwd=sample).out.strip() == "0"


def test_a_workspace_is_found_from_any_folder_inside(sample: Path) -> None:
    inside = sample / "scripts/recordings"
    inside.mkdir()

    assert done("week", "list", cwd=inside).out == done("week", "list", cwd=sample).out
    assert done("-C", "dai", "week", "list", cwd=sample.parent).out


def test_init_makes_a_station_that_everything_takes(tmp_path: Path) -> None:
    made = done("init", "Đài xã", "--commune", "xã Mường: “Lò” # 1", "--province", "tỉnh 'X'",
                cwd=tmp_path).out.strip()  # fmt: skip
    shown = run("week", "list", cwd=Path(made))

    assert Path(made) == tmp_path / "Đài xã"
    assert shown.status == 0
    assert run("plan", "import", PLAN_DOCUMENT, cwd=Path(made)).status == 0
    assert run("week", "fill", WEEK, cwd=Path(made)).status == 0
    assert "xã Mường: “Lò” # 1" in done("week", "show", WEEK, cwd=Path(made)).out


def test_doctor_sees_a_fit_machine_and_a_sick_workspace(sample: Path) -> None:
    fit = run("doctor", cwd=sample)
    (sample / "scripts/hong.md").write_text("không có phần đầu\n", encoding="utf-8")
    (sample / "schedules/duties.yaml").write_text("done: 5\n", encoding="utf-8")
    log = sample / "schedules/log/2026-11.jsonl"
    log.parent.mkdir()
    log.write_text("{torn", encoding="utf-8")
    sick = run("doctor", cwd=sample)

    assert fit.status == 0, fit.out
    assert sick.status == 3
    for place in ("scripts/hong.md:1", "schedules/duties.yaml:1", "schedules/log/2026-11.jsonl:1"):
        assert place in sick.out


def test_doctor_says_in_vietnamese_that_nothing_can_be_written(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", "x")

    monkeypatch.setattr("broadcast.workflow.setup.write_whole", refuse)
    told = run("doctor", cwd=sample)

    assert told.status == 3
    assert "ổ đĩa chỉ đọc được" in told.out
    assert "Errno" not in told.out


def test_a_command_to_copy_is_quoted_where_the_folder_has_spaces(tmp_path: Path) -> None:
    told = done("init", "Đài xã", "--commune", "xã Mường Lò", cwd=tmp_path)
    assert 'broadcast -C "Đài xã" plan import' in told.err


def test_help_says_how_a_week_is_written(tmp_path: Path) -> None:
    assert "next (tuần sau)" in run("week", "fill", "--help", cwd=tmp_path).out
