"""Scripts made from topics: which text, with which local details, in whose voices."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from broadcast.store.workspace import Workspace
from broadcast.vietnamese.listener import retell
from broadcast.workflow.order import part_of_day
from broadcast.workflow.texts import fill_details, marked

from .helpers import PLAN, WEEK, airings, done, edit, run, script_file

SPRING = (
    "Giữ gìn nguồn nước suối của bản. Không thả rác xuống suối và không rửa bình thuốc sâu. "
    "Mỗi gia đình cử một người dọn đường nước vào chủ nhật. Nhà nào cũng có phần trong đó."
)
"""A topic that no ready piece speaks of."""

DETAILS = {"số điện thoại": "0200.300.0118", "trống": ""}


@pytest.mark.parametrize(
    ("text", "filled", "left_out"),
    [
        ("Gọi {số điện thoại}.", "Gọi 0200.300.0118.", []),
        ("Gọi { số điện thoại }.", "Gọi 0200.300.0118.", []),
        ("Gọi {số khác}.", "Gọi {số khác}.", []),
        ("Chào bà con. Gọi {số điện thoại?}.", "Chào bà con. Gọi 0200.300.0118.", []),
        ("Chào bà con. Gọi {số khác?}.", "Chào bà con.", ["Gọi {số khác?}."]),
        ("Gọi {số khác?} để hỏi. Chào.", "Chào.", ["Gọi {số khác?} để hỏi."]),
        ("Chào bà con. Gọi {trống?}.", "Chào bà con.", ["Gọi {trống?}."]),
        ("Đến {nơi|trụ sở xã}.", "Đến trụ sở xã.", []),
        ("Đến {trống|trụ sở xã}.", "Đến trụ sở xã.", []),
        ("Gọi {số điện thoại|113}.", "Gọi 0200.300.0118.", []),
        ("Đến {nơi|trụ sở} hoặc gọi {số khác?}.", "", ["Đến {nơi|trụ sở} hoặc gọi {số khác?}."]),
    ],
)
def test_placeholders_take_local_details(text: str, filled: str, left_out: list[str]) -> None:
    assert fill_details(text, DETAILS) == (filled, left_out)


@pytest.mark.parametrize(
    ("start", "named"),
    [
        (time(5, 30), "buổi sáng"),
        (time(10, 59), "buổi sáng"),
        (time(11), "buổi trưa"),
        (time(13), "buổi chiều"),
        (time(17, 59), "buổi chiều"),
        (time(18), "buổi tối"),
    ],
)
def test_a_greeting_knows_the_part_of_the_day(start: time, named: str) -> None:
    assert part_of_day(start) == named


def test_the_plans_own_content_is_marked_for_editing_and_shared_by_two_voices() -> None:
    told = marked(retell(SPRING), "II.3")

    assert told[0].startswith("<!-- cần biên tập")
    assert "II.3" in told[0]
    assert [line.partition(":")[0] for line in told[1:3]] == ["NAM", "NỮ"]


def text_of(root: Path, topic: str) -> str:
    made = done("script", "assemble", f"{PLAN}:{topic}", cwd=root).out.strip()
    return script_file(root, made).read_text(encoding="utf-8")


def test_a_script_has_opening_piece_and_closing(sample: Path) -> None:
    text = text_of(sample, "II.2/c")

    assert f"plan: {PLAN}\n" in text
    assert "topic: II.2/c\n" in text
    assert "pieces: [trung-tam-hanh-chinh-cong]\n" in text
    body = text.split("---\n")[2]
    assert body.startswith(
        "[nhạc hiệu]\nNỮ: Kính thưa bà con, đây là Đài truyền thanh xã Suối Hoa."
    )
    assert body.endswith("xin hẹn gặp lại trong chương trình sau.\n[nhạc hiệu]\n")
    assert "NAM: " in body
    assert "{" not in body


def test_a_missing_detail_takes_its_sentence_away_and_says_so(sample: Path) -> None:
    whole = text_of(sample, "II.2/c")
    edit(sample / "schedules/station.yaml", "  số điện thoại: 0200.300.0118\n", "")
    made = done("script", "assemble", f"{PLAN}:II.2/c", cwd=sample)
    text = script_file(sample, made.out.strip()).read_text(encoding="utf-8")

    assert "0200.300.0118" in whole
    assert "0200.300.0118" not in text
    assert "{" not in text.split("---\n")[2]
    assert run("script", "check", made.out.strip(), cwd=sample).status == 0


def about_the_spring(root: Path) -> None:
    """Let the topic II.2/c be about something no ready piece speaks of."""
    make_topic(root, SPRING)


def make_topic(root: Path, text: str) -> None:
    """Let the topic II.2/c say this."""
    workspace = Workspace(root)
    plan = workspace.load_plan(PLAN)
    topics = tuple(replace(t, text=text) if t.path == "II.2/c" else t for t in plan.topics)
    workspace.save_plan(replace(plan, topics=topics), ...)


def test_a_script_says_which_words_of_the_topic_chose_its_piece(sample: Path) -> None:
    make_topic(sample, "Tiếp nhận PAKN, trả lời qua đường dây nóng")
    made = done("script", "assemble", f"{PLAN}:II.2/c", cwd=sample)

    assert "vì có các từ «Tiếp nhận PAKN», «đường dây nóng»" in made.err


def test_a_number_is_left_out_until_the_station_confirms_it(sample: Path) -> None:
    make_topic(sample, "Chế độ trợ cấp hưu trí xã hội")
    told = "  mức hưu trí xã hội: năm trăm bốn mươi nghìn đồng\n"
    confirmed = done("script", "assemble", f"{PLAN}:II.2/c", cwd=sample)
    edit(sample / "schedules/station.yaml", told, "")
    made = done("script", "assemble", f"{PLAN}:II.2/c", cwd=sample)

    assert "bốn mươi nghìn" in script_file(sample, confirmed.out.strip()).read_text("utf-8")
    assert "cần xác nhận" not in confirmed.err
    assert "bốn mươi nghìn" not in script_file(sample, made.out.strip()).read_text("utf-8")
    assert (
        "cần xác nhận mức hưu trí xã hội: nguồn của bài nói «năm trăm bốn mươi nghìn đồng»"
        in made.err
    )


def test_a_topic_without_a_piece_is_retold_and_has_to_be_edited(sample: Path) -> None:
    about_the_spring(sample)
    made = done("script", "assemble", f"{PLAN}:II.2/c", cwd=sample)
    checked = run("script", "check", made.out.strip(), cwd=sample)

    assert "không có bài soạn sẵn" in made.err
    assert checked.status == 3
    assert "cần biên tập" in checked.out
    assert "nguồn nước suối" in script_file(sample, made.out.strip()).read_text("utf-8")


def piece(root: Path, name: str, words: str) -> None:
    """A ready piece of the station's own about the spring."""
    folder = root / "scripts/pieces"
    folder.mkdir(exist_ok=True)
    front = f"---\nid: {name}\ntitle: {words}\nsubjects:\n  - nguồn nước suối\n---\n"
    (folder / f"{name}.md").write_text(f"{front}NỮ: {words}.\n", encoding="utf-8")


def test_equal_pieces_take_turns(sample: Path) -> None:
    about_the_spring(sample)
    piece(sample, "bai-a", "Bài một")
    piece(sample, "bai-b", "Bài hai")
    titles = []
    for _ in range(4):
        made = done("script", "assemble", f"{PLAN}:II.2/c", cwd=sample).out.strip()
        titles.append(Workspace(sample).load_script(made).pieces[0])

    assert titles == ["bai-a", "bai-b", "bai-a", "bai-b"]


def test_the_stations_own_piece_and_template_win(sample: Path) -> None:
    own = sample / "scripts/pieces/trung-tam-hanh-chinh-cong.md"
    own.parent.mkdir()
    own.write_text(
        "---\nid: trung-tam-hanh-chinh-cong\ntitle: Bài của xã\n"
        "subjects: [Trung tâm Phục vụ hành chính công]\n---\nNỮ: Lời của xã ta.\n",
        encoding="utf-8",
    )
    (sample / "scripts/templates").mkdir()
    (sample / "scripts/templates/closing.md").write_text(
        "NỮ: Chào từ {{ station.commune }}.\n", encoding="utf-8"
    )
    text = text_of(sample, "II.2/c")

    assert "NỮ: Lời của xã ta." in text
    assert text.endswith("NỮ: Chào từ xã Suối Hoa.\n")


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("NỮ: Chào.\n{% if day %}\nNỮ: Hết.\n", 3),
        ("NỮ: {{ station.khong_co.ten }}\n", 1),
        ("NỮ: Chào.\nNỮ: {{ 1 / 0 }}\n", 2),
        ("{% for n in range(10 ** 9) %}x{% endfor %}", 1),
    ],
)
def test_a_broken_template_is_told_with_its_file(template: str, line: int, sample: Path) -> None:
    (sample / "scripts/templates").mkdir()
    (sample / "scripts/templates/opening.md").write_text(template, encoding="utf-8")
    result = run("script", "assemble", "--week", WEEK, cwd=sample)

    assert result.status == 1
    assert f"scripts/templates/opening.md:{line}: " in result.err
    assert "Cách xử lý" in result.err
    assert list((sample / "scripts").glob("*.md")) == []


def test_no_piece_is_heard_twice_in_one_week(sample: Path) -> None:
    done("script", "assemble", "--week", WEEK, cwd=sample)
    workspace = Workspace(sample)
    pieces = [p for one in airings(sample) for p in workspace.load_script(one["script"]).pieces]

    assert len(pieces) == len(set(pieces)) > 2


def test_a_script_for_one_airing_names_its_day(sample: Path) -> None:
    done("script", "assemble", "--week", WEEK, cwd=sample)
    monday = airings(sample)[0]

    text = script_file(sample, monday["script"]).read_text(encoding="utf-8")
    assert "Chào buổi sáng thứ Hai, ngày 23 tháng 11" in text
    assert "Chào buổi" not in text_of(sample, "II.2/c")


def test_an_airing_takes_its_scripts_title(sample: Path) -> None:
    done("script", "assemble", "--week", WEEK, cwd=sample)
    workspace = Workspace(sample)

    for one in airings(sample):
        assert one["title"] == workspace.load_script(one["script"]).title


def test_only_airings_without_a_script_get_one(sample: Path) -> None:
    done("script", "new", "Lời chúc", cwd=sample)
    edit(
        sample / f"schedules/{WEEK}.yaml",
        "topic: II.2/b\n",
        "topic: II.2/b\n    script: loi-chuc\n",
    )
    done("script", "assemble", "--week", WEEK, cwd=sample)
    scripts = [one["script"] for one in airings(sample)]

    assert scripts.count("loi-chuc") == 1
    assert None not in scripts
