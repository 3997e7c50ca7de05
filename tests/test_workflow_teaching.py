"""What the officer teaches is read so from then on, and her lexicon file stays hers."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from broadcast.errors import InputError
from broadcast.store.lexicon_file import with_entry
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import nfc
from broadcast.workflow.desk import Desk
from broadcast.workflow.teaching import taught, teach, wrong_lesson

from .helpers import done, edit, run, script_file

FILE = """\
# Của đài
NVH: nhà văn hóa   # ở mỗi bản

# tên riêng
Pa Hốc: "Pá Hốc"
"""


def test_a_new_entry_is_put_below_and_the_rest_stays_to_the_letter() -> None:
    assert with_entry(FILE, "QWRT", "quê ta") == f"{FILE}QWRT: quê ta\n"


def test_an_entry_is_exchanged_where_it_stands() -> None:
    changed = with_entry(FILE, "NVH", "nhà văn hóa bản")
    assert changed == FILE.replace("NVH: nhà văn hóa   # ở mỗi bản", "NVH: nhà văn hóa bản")


def test_an_entry_goes_and_leaves_the_comments_of_the_next() -> None:
    assert with_entry(FILE, "NVH", None) == '# Của đài\n\n# tên riêng\nPa Hốc: "Pá Hốc"\n'


@pytest.mark.parametrize(
    "text", ["", "# chưa có gì\n", "{}", "{NVH: nhà văn hóa}", "NVH: >\n  a\n  b\n"]
)
def test_any_lexicon_takes_an_entry(text: str) -> None:
    before = yaml.safe_load(text) or {}
    after = yaml.safe_load(with_entry(text, "CLB", "câu lạc bộ"))
    assert after == {**before, "CLB": "câu lạc bộ"}


def test_windows_line_ends_stay() -> None:
    assert with_entry("NVH: a\r\n", "CLB", "b") == "NVH: a\r\nCLB: b\r\n"


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=9)


@given(st.dictionaries(WORDS, WORDS, max_size=4), WORDS, WORDS | st.none())
def test_whatever_the_words_the_file_says_what_was_taught(
    known: dict[str, str], written: str, said: str | None
) -> None:
    words = {nfc(w).strip() or "x": nfc(s).strip() or "y" for w, s in known.items()}
    written, text = nfc(written).strip() or "z", ""
    for word, reading in words.items():
        text = with_entry(text, word, reading)
    assert (yaml.safe_load(text) or {}) == words
    said = said and (nfc(said).strip() or "y")
    wanted = {word: reading for word, reading in words.items() if word != written}
    if said is not None:
        wanted[written] = said
    assert (yaml.safe_load(with_entry(text, written, said)) or {}) == wanted


def test_what_was_taught_is_heard_at_once(sample: Path) -> None:
    desk = Desk(Workspace(sample))
    teach(desk.workspace, "QWRT", "quê ta")
    assert desk.listener().lexicon.beginning("QWRT")[0].said == "quê ta"
    assert done("spoken", "Hỏi QWRT nhé", cwd=sample).out.strip() == "Hỏi quê ta nhé"


def test_teaching_again_tells_what_was_before_and_nothing_takes_it_back(sample: Path) -> None:
    workspace = Workspace(sample)
    assert teach(workspace, "QWRT", "quê ta") == "Đã nhớ: «QWRT» đọc là «quê ta»"
    assert teach(workspace, "QWRT", "quê tôi").endswith("(trước: «quê ta»)")
    assert teach(workspace, "QWRT", "quê tôi") == "«QWRT» vẫn như trước"
    assert teach(workspace, "QWRT", "") == "Đã bỏ cách đọc riêng của «QWRT»"
    assert taught(workspace, "QWRT") == ""


@pytest.mark.parametrize(
    ("written", "said", "field"),
    [("", "nhà", "written"), ("...", "nhà", "written"), ("A" * 61, "nhà", "written"),
     ("QWRT", "trạm ZXCV", "said"), ("QWRT", "QWRT", "said")],
)  # fmt: skip
def test_what_cannot_be_taught_is_told_at_its_field(
    sample: Path, written: str, said: str, field: str
) -> None:
    assert list(wrong_lesson(written, said)) == [field]
    before = (sample / "scripts/lexicon.yaml").read_bytes()
    with pytest.raises(InputError):
        teach(Workspace(sample), written, said)
    assert (sample / "scripts/lexicon.yaml").read_bytes() == before


def test_the_lexicon_is_kept_by_commands(sample: Path) -> None:
    done("lexicon", "add", "QWRT", "quê ta", cwd=sample)
    assert done("lexicon", "list", "--json", cwd=sample).json()["QWRT"] == "quê ta"
    done("lexicon", "remove", "QWRT", cwd=sample)
    gone = run("lexicon", "remove", "QWRT", cwd=sample)
    assert (gone.status, "đài chưa dạy cách đọc «QWRT»" in gone.err) == (1, True)
    assert run("lexicon", "add", "QWRT", "", cwd=sample).status == 2


def test_a_broken_lexicon_is_told_with_its_line_and_stays(sample: Path) -> None:
    file = sample / "scripts/lexicon.yaml"
    file.write_text("NVH: nhà\n  sai: [\n", encoding="utf-8")
    told = run("lexicon", "add", "QWRT", "quê ta", cwd=sample)
    assert (told.status, "lexicon.yaml:" in told.err) == (1, True)
    assert file.read_text("utf-8") == "NVH: nhà\n  sai: [\n"


def test_the_finding_of_a_script_names_the_way_to_teach(approved: Path) -> None:
    script = next(iter(Workspace(approved).script_ids()))
    edit(script_file(approved, script), "Kính thưa", "QWRT kính thưa")
    found = done("script", "show", script, "--json", cwd=approved).json()["findings"]
    assert [f["rule"] for f in found if "lexicon add QWRT" in f["mend"]] == ["abbreviation"]
