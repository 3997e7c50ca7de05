"""A script's way to approval by commands: handed in, sent back, approved, voided by a change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .helpers import BY, WEEK, airings, done, edit, run, script_file, tree


@pytest.fixture
def script(sample: Path) -> str:
    """A script of the week, not yet handed in."""
    done("script", "assemble", "--week", WEEK, cwd=sample)
    one: str = airings(sample)[0]["script"]
    return one


def shown(root: Path, script_id: str) -> Any:
    return done("script", "show", script_id, "--json", cwd=root).json()


def test_a_script_is_handed_in_sent_back_and_approved(sample: Path, script: str) -> None:
    assert shown(sample, script)["review"] is None
    handed = done("script", "submit", script, "--by", "Lò Văn Soạn", cwd=sample)
    assert handed.out == f"{script}\n"
    assert "chờ duyệt" in handed.err
    view = shown(sample, script)
    assert (view["state"], view["review"]["by"]) == ("chờ duyệt", "Lò Văn Soạn")
    assert (view["review"]["digest"], view["review"]["note"]) == (view["digest"], "")
    assert airings(sample)[0]["state"] == "chờ duyệt"

    done("script", "return", script, "--by", BY, "--reason", "câu cuối  quá dài", cwd=sample)
    view = shown(sample, script)
    assert (view["state"], view["review"]["note"]) == ("trả lại", "câu cuối quá dài")
    assert f"Trả lại: {BY}, " in done("script", "show", script, cwd=sample).out
    assert "câu cuối quá dài" in done("script", "show", script, cwd=sample).out

    done("script", "approve", script, "--by", BY, cwd=sample)
    view = shown(sample, script)
    assert (view["state"], view["review"]) == ("đã duyệt", None)


def test_what_was_handed_in_is_not_handed_in_again(sample: Path, script: str) -> None:
    done("script", "submit", script, "--by", "Lò Văn Soạn", cwd=sample)
    before = tree(sample)
    done("script", "submit", script, "--by", "Người Khác", cwd=sample)
    assert tree(sample) == before


def test_what_is_approved_is_not_handed_in_any_more(approved: Path) -> None:
    before = tree(approved)
    done("script", "submit", "--week", WEEK, "--by", BY, cwd=approved)
    assert tree(approved) == before


@pytest.mark.parametrize("step", ["submit", "return"])
def test_a_change_of_what_is_heard_voids_where_it_stood(
    sample: Path, script: str, step: str
) -> None:
    reason = ("--reason", "ngắn") if step == "return" else ()
    done("script", step, script, "--by", BY, *reason, cwd=sample)
    edit(script_file(sample, script), "Kính thưa", "Thưa")
    view = shown(sample, script)
    assert (view["state"], view["review"]) == ("nháp", None)
    assert BY not in done("script", "show", script, cwd=sample).out


def test_what_is_sent_back_is_approved_no_more(rendered: Path) -> None:
    one = airings(rendered)[0]["script"]
    done("script", "return", one, "--by", BY, "--reason", "sai số điện thoại", cwd=rendered)
    view = shown(rendered, one)
    assert (view["state"], view["approval"]) == ("trả lại", None)
    assert airings(rendered)[0]["state"] == "trả lại"
    refused = run("export", WEEK, "--to", rendered.parent / "usb", cwd=rendered)
    assert refused.status == 3
    assert f"broadcast script submit {one}" in refused.err
    assert not (rendered.parent / "usb").exists()


def test_what_waits_for_approval_is_found_and_not_handed_out(sample: Path, script: str) -> None:
    done("script", "submit", "--week", WEEK, "--by", BY, cwd=sample)
    found = run("week", "check", WEEK, "--json", cwd=sample).json()["findings"]
    waiting = [one["message"] for one in found if one["rule"] == "unapproved"]
    assert len(waiting) == len(airings(sample))
    assert all("(chờ duyệt)" in message for message in waiting)
    (file, *_) = done("render", script, cwd=sample).lines
    assert "drafts" in file
    assert run("export", WEEK, "--to", sample.parent / "usb", cwd=sample).status == 3


def test_the_approved_text_is_kept_in_the_record(sample: Path, script: str) -> None:
    done("script", "approve", script, "--by", BY, cwd=sample)
    kept = sample / "scripts/approved" / f"{script}.md"
    assert kept.read_bytes() == script_file(sample, script).read_bytes()
    edit(script_file(sample, script), "Kính thưa", "Thưa")
    before = kept.read_bytes()
    done("script", "submit", script, "--by", BY, cwd=sample)
    assert kept.read_bytes() == before
    assert script not in [p.stem for p in (sample / "scripts").glob("approved*.md")]
    assert len(done("script", "list", "--json", cwd=sample).json()) == len(
        {a["script"] for a in airings(sample)}
    )
