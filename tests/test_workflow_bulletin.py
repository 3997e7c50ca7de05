"""Bulletins of several items, to a length, and priority notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from broadcast.domain.beds import beds
from broadcast.domain.rotation import QUIET_DAYS
from broadcast.domain.week import WeekId
from broadcast.errors import InputError, NotFoundError
from broadcast.store.workspace import Workspace
from broadcast.workflow.assemble import Assembled, preview_order
from broadcast.workflow.assemble_week import assemble_week, preview_week
from broadcast.workflow.desk import Desk
from broadcast.workflow.hearing import BED_SECONDS, IDENT_SECONDS
from broadcast.workflow.order import OWN_SENTENCES, Ask, Order, When
from broadcast.workflow.week_fill import fill_week

from .helpers import PLAN, WEEK, airings, done, edit, run, script_file
from .helpers import tree as files_of

ONLINE = Ask("topic", topic=(PLAN, "II.2/đ"))
SIX = Ask("topic", topic=(PLAN, "II.2/a/-1"), piece=OWN_SENTENCES)
NEWS = Ask("news", text="Dọn đường nước\nSáng thứ bảy, bản Lạn dọn đường nước. Mỗi nhà một người.")
NOTICE = Ask("notice", text="Từ 7 giờ đến 11 giờ ngày mai, bản Phiêng cắt điện.")
WEATHER = Ask("weather", text="Ngày mai trời nắng.")


def made(root: Path, *asks: Ask, order: Order | None = None) -> Assembled:
    return preview_order(Desk(Workspace(root)), replace(order or Order(()), asks=asks))


def spoken(one: Assembled) -> list[str]:
    return [f"{line.speaker}: {line.text}" for line in one.script.spoken_lines()]


def rules(one: Assembled) -> list[str]:
    return [finding.rule for finding in one.findings]


def test_one_item_has_no_headlines(sample: Path) -> None:
    assert not any("Trong chương trình" in line for line in spoken(made(sample, ONLINE)))


def test_a_bulletin_begins_with_its_headlines_in_two_voices(sample: Path) -> None:
    lines = spoken(made(sample, ONLINE, NEWS, NOTICE, WEATHER))
    at = next(n for n, line in enumerate(lines) if "Trong chương trình hôm nay có: " in line)
    assert [line.partition(":")[0] for line in lines[at : at + 3]] == ["NỮ", "NAM", "NỮ"]
    assert "Nội dung hôm nay" not in " ".join(lines)
    assert lines[at + 1] == "NAM: Dọn đường nước."


def test_only_the_headlines_lie_over_music_and_that_takes_its_time(sample: Path) -> None:
    one = made(sample, ONLINE, NEWS, NOTICE)
    (bed,) = beds(one.script.lines)
    said = [line for line in one.script.spoken_lines() if bed.first <= line.number <= bed.last]
    assert ["hôm nay có" in line.text for line in said] == [True, False, False]
    assert "bed" not in rules(one)
    (headlines,) = [part for part in one.budget.parts if part.name == "điểm tin"]
    alone = Desk(Workspace(sample)).listener().length(said)
    assert headlines.seconds - alone == pytest.approx(sum(BED_SECONDS.values()) + IDENT_SECONDS)


def test_a_notice_is_always_among_the_headlines(sample: Path) -> None:
    one = made(sample, ONLINE, NEWS, NEWS, NEWS, NOTICE)
    lines = spoken(one)
    at = next(n for n, line in enumerate(lines) if "Trong chương trình" in line)
    assert "bản Phiêng cắt điện" in lines[at + 2]


def test_items_follow_each_other_in_other_voices_with_a_cue_between(sample: Path) -> None:
    one = made(sample, NEWS, NEWS, NOTICE)
    raw = [line.raw.strip() for line in one.script.lines]
    breaks = [n for n, line in enumerate(raw) if line == "[nghỉ 1.5s]"]
    assert len(breaks) == 2
    for at in breaks:
        assert raw[at - 1].partition(":")[0] != raw[at + 1].partition(":")[0]


def test_notices_and_weather_are_announced(sample: Path) -> None:
    text = " ".join(spoken(made(sample, NEWS, NOTICE, WEATHER)))
    assert "Mời bà con nghe thông báo của xã Suối Hoa." in text
    assert "Sau đây là tin thời tiết." in text


def test_a_script_of_several_items_remembers_what_it_told(sample: Path) -> None:
    script = made(sample, ONLINE, SIX, Ask("piece", piece="chong-lua-dao"), NEWS).script
    assert script.pieces == ("cong-dich-vu-cong", "chong-lua-dao")
    assert script.retold == (f"{PLAN}:II.2/a/-1",)
    assert (script.plan, script.topic) == (PLAN, "II.2/đ")


def test_the_title_names_the_first_item_unless_there_is_one(sample: Path) -> None:
    assert made(sample, NEWS, NOTICE).script.title == "Dọn đường nước và 1 nội dung khác"
    order = Order((), title="Bản tin chủ nhật")
    assert made(sample, NEWS, NOTICE, order=order).script.id == "ban-tin-chu-nhat"


def test_a_piece_is_not_told_twice_in_one_bulletin(sample: Path) -> None:
    other = Ask("topic", topic=(PLAN, "II.2/e/-1"))
    one = made(sample, Ask("piece", piece="dinh-danh-vneid"), other)
    assert [item.text for item in one.items].count("dinh-danh-vneid") == 1


def test_a_preview_writes_nothing_and_lists_what_could_stand_instead(sample: Path) -> None:
    before = files_of(sample)
    (item,) = made(sample, ONLINE).items
    assert "cong-dich-vu-cong" in [option.piece for option in item.options]
    assert files_of(sample) == before


def test_a_piece_is_replaced_by_another_or_by_the_plans_own_sentences(sample: Path) -> None:
    order = Order((ONLINE,))
    desk = Desk(Workspace(sample))
    other = preview_order(desk, order.with_piece(0, "chong-lua-dao"))
    own = preview_order(desk, order.with_piece(0, OWN_SENTENCES))
    assert other.script.pieces == ("chong-lua-dao",)
    assert (own.script.pieces, own.items[0].text) == ((), f"{PLAN}:II.2/đ")
    assert "edit" in [finding.rule for finding in own.hearing.findings]
    with pytest.raises(NotFoundError, match="Không soạn được"):
        preview_order(desk, order.with_piece(0, "khong-co"))


def test_details_of_the_order_go_before_the_stations_own(sample: Path) -> None:
    order = Order((), details={"số điện thoại": "0200.300.9999"})
    text = " ".join(spoken(made(sample, ONLINE, order=order)))
    assert "0200.300.9999" in text
    assert "0200.300.0118" not in text


def test_nothing_asked_for_is_refused(sample: Path) -> None:
    with pytest.raises(InputError):
        made(sample)
    with pytest.raises(InputError, match="Không soạn được") as refused:
        made(sample, Ask("news", text=" \n... "))
    assert "tin không có chữ nào" in refused.value.happened


# Length


def test_the_budget_adds_up_to_about_what_is_heard(sample: Path) -> None:
    one = made(sample, ONLINE, NEWS, NOTICE, order=Order((), minutes=5))
    parts = sum(part.seconds for part in one.budget.parts)
    assert one.budget.seconds == one.hearing.seconds
    assert parts == pytest.approx(one.budget.seconds, abs=6)
    assert one.budget.left == 300 - one.budget.seconds


def test_the_plans_own_sentences_are_cut_to_the_time_there_is(sample: Path) -> None:
    whole = made(sample, SIX)
    short = made(sample, SIX, order=Order((), minutes=1))
    assert whole.cut == ()
    assert short.cut
    assert short.budget.left >= 0
    told = [*short.items[0].told, *short.items[0].cut]
    assert tuple(told) == whole.items[0].told


def test_pieces_are_never_cut_but_said_to_be_too_long(sample: Path) -> None:
    one = made(sample, ONLINE, NEWS, order=Order((), minutes=1))
    assert (rules(one), one.cut) == (["too-long"], ())
    assert made(sample, ONLINE).hearing.seconds < one.hearing.seconds


def test_time_left_over_is_told_with_pieces_that_would_fill_it(sample: Path) -> None:
    one = made(sample, ONLINE, order=Order((), minutes=15))
    (finding,) = one.findings
    assert finding.rule == "too-short"
    assert "--piece" in finding.mend
    assert "cong-dich-vu-cong" not in finding.mend
    assert len(one.items) == 1


def test_time_left_over_is_filled_when_that_is_asked_for(sample: Path) -> None:
    one = made(sample, ONLINE, order=Order((), minutes=8, fill=True))
    assert len(one.items) > 2
    assert 0 <= one.budget.left < 180
    assert len({item.text for item in one.items}) == len(one.items)


# Priority notices


@pytest.mark.parametrize(
    ("level", "said", "ends"),
    [
        ("ưu tiên", "thông báo ưu tiên của Ủy ban nhân dân xã Suối Hoa", "Cảm ơn bà con"),
        ("khẩn cấp", "thông báo khẩn của Ủy ban nhân dân xã Suối Hoa", "Hết thông báo khẩn"),
    ],
)
def test_a_priority_notice_is_short_and_says_everything_twice(
    level: str, said: str, ends: str, sample: Path
) -> None:
    order = Order((), level=level, effective="từ 18 giờ hôm nay", call="0200.300.0114")  # type: ignore[arg-type]
    one = made(sample, NOTICE, order=order)
    lines = spoken(one)
    text = " ".join(lines)
    assert said in lines[0]
    assert text.count("bản Phiêng cắt điện") == text.count("từ 18 giờ hôm nay") == 2
    assert "0200.300.0114" in text
    assert ends in lines[-1]
    assert "Trong chương trình" not in text
    assert one.hearing.blockers == ()


def test_a_notice_that_does_not_say_when_and_whom_to_call_cannot_be_approved(sample: Path) -> None:
    edit(sample / "schedules/station.yaml", "  số điện thoại: 0200.300.0118\n", "")
    one = made(sample, NOTICE, order=Order((), level="khẩn cấp"))
    assert {blank.name for blank in one.blanks} == {"thời gian áp dụng", "số điện thoại trực"}
    assert {finding.rule for finding in one.hearing.blockers} == {"blank"}


def test_a_station_may_write_its_notices_and_programmes_itself(sample: Path) -> None:
    own = sample / "scripts/templates"
    own.mkdir()
    (own / "urgent.md").write_text("NỮ: KHẨN.\n{{ text }}\n", encoding="utf-8")
    (own / "opening-cuoi-tuan.md").write_text("NỮ: Phiên chợ.\n", encoding="utf-8")
    (own / "opening-buoi-toi.md").write_text("NỮ: Buổi tối.\n", encoding="utf-8")
    evening = When(date(2026, 11, 23), time(19))
    urgent = made(sample, NOTICE, order=Order((), level="khẩn cấp"))
    assert spoken(urgent)[0] == "NỮ: KHẨN."
    market = made(sample, ONLINE, order=Order((), programme="cuoi-tuan", when=evening))
    assert spoken(market)[0] == "NỮ: Phiên chợ."
    assert spoken(made(sample, ONLINE, order=Order((), when=evening)))[0] == "NỮ: Buổi tối."


def test_an_airings_level_and_minutes_go_into_its_script(sample: Path) -> None:
    file = sample / f"schedules/{WEEK}.yaml"
    edit(file, "topic: II.2/b\n", "topic: II.2/b\n    level: khẩn cấp\n")
    edit(file, "minutes: 15\n", "minutes: 1\n")
    first, *_ = preview_week(Desk(Workspace(sample)), WeekId.parse(WEEK, date.min))
    urgent = [one for one in preview_week(Desk(Workspace(sample)), WeekId(2026, 48))
              if one.order.level == "khẩn cấp"]  # fmt: skip
    assert first.budget.minutes == 1
    assert len(urgent) == 1
    assert "thông báo khẩn" in spoken(urgent[0])[0]


# Weeks after one another


def heard_days(workspace: Workspace) -> dict[tuple[str, str], list[date]]:
    """The days each piece is on air in each zone, by the files alone."""
    found: dict[tuple[str, str], list[date]] = {}
    for week_id in workspace.week_ids():
        for airing in workspace.load_week(week_id).in_order():
            pieces = workspace.load_script(airing.script).pieces if airing.script else ()
            for piece in pieces:
                for zone in airing.zones:
                    found.setdefault((piece, zone), []).append(airing.day)
    return found


def test_two_months_of_weeks_repeat_no_piece_within_four_weeks(sample: Path) -> None:
    workspace = Workspace(sample)
    week = WeekId(2026, 48)
    for _ in range(9):
        fill_week(workspace, week)
        assemble_week(workspace, week)
        week = week.after()
    days = heard_days(workspace)
    gaps = [b - a for one in days.values() for a, b in pairwise(one)]
    assert len({piece for piece, _ in days}) > 4
    assert gaps
    assert min(gaps) >= timedelta(QUIET_DAYS)


def test_a_week_assembled_in_between_looks_at_the_weeks_after_it(sample: Path) -> None:
    workspace = Workspace(sample)
    for week in (WeekId(2026, 50), WeekId(2026, 48)):
        fill_week(workspace, week)
        assemble_week(workspace, week)
    days = heard_days(workspace)
    assert all(len(one) == len(set(one)) == 1 for one in days.values())


def test_airings_of_one_text_for_other_listeners_share_their_script(sample: Path) -> None:
    file = sample / f"schedules/{WEEK}.yaml"
    week = Workspace(sample).load_week(WeekId(2026, 48))
    one, other = week.airings[:2]
    twins = (replace(one, zones=("trung-tam",)),
             replace(other, plan=one.plan, topic=one.topic, zones=("ban-lan",)))  # fmt: skip
    Workspace(sample).save_week(replace(week, airings=twins), ...)
    assert file.is_file()
    (shared,) = assemble_week(Workspace(sample), WeekId(2026, 48))
    assert {a["script"] for a in airings(sample)} == {shared.script.id}
    assert "Chào buổi" not in " ".join(spoken(shared))


def test_a_topic_twice_a_week_is_told_in_two_ways_and_a_third_time_says_so(sample: Path) -> None:
    week = Workspace(sample).load_week(WeekId(2026, 48))
    same = tuple(replace(a, plan=PLAN, topic="II.2/đ") for a in week.airings[:3])
    Workspace(sample).save_week(replace(week, airings=same), ...)
    scripts = assemble_week(Workspace(sample), WeekId(2026, 48))
    texts = [one.items[0].text for one in scripts]
    assert len(texts) == len(set(texts)) == 2
    assert [("repeat" in rules(one)) for one in scripts].count(True) == 1
    assert len({a["script"] for a in airings(sample)}) == 2


# Commands


def test_the_command_takes_topics_pieces_news_and_notices(sample: Path) -> None:
    (sample / "tin.txt").write_text("Họp bản\nTối mai, bản Lạn họp.\n", encoding="utf-8")
    result = run(
        "script", "assemble", f"{PLAN}:II.2/đ", f"{PLAN}:II.2/c", "--piece", "chong-lua-dao",
        "--news", f"@{sample / 'tin.txt'}", "--notice", "-", "--weather", "Trời nắng.",
        "--minutes", "10", "--title", "Bản tin", cwd=sample, stdin="Bản Phiêng cắt điện.\n",
    )  # fmt: skip
    text = script_file(sample, result.out.strip()).read_text("utf-8")
    assert result.out.strip() == "ban-tin"
    for said in ("Tối mai, bản Lạn họp.", "Bản Phiêng cắt điện.", "Trời nắng."):
        assert said in text
    assert "«Họp bản»" in result.err


def test_a_preview_as_json_says_which_pieces_and_why(sample: Path) -> None:
    before = files_of(sample)
    (told,) = done(
        "script", "assemble", f"{PLAN}:II.2/đ", "--minutes", "15", "--preview", "--json", cwd=sample
    ).json()
    assert told["items"][0]["text"] == "cong-dich-vu-cong"
    assert "vì có các từ" in told["items"][0]["why"]
    assert [finding["rule"] for finding in told["findings"]] == ["too-short"]
    assert files_of(sample) == before
    whole = done("script", "assemble", "--week", WEEK, "--preview", "--json", cwd=sample).json()
    assert len(whole) == 6
    assert files_of(sample) == before


def test_an_urgent_notice_is_made_filled_and_put_on_air_by_commands(sample: Path) -> None:
    made_id = done(
        "script", "assemble", "--level", "khan cap", "--notice", "Nước suối lên nhanh.", cwd=sample
    ).out.strip()  # fmt: skip
    assert run("script", "submit", made_id, "--by", "Lan", cwd=sample).status == 1
    filled = done("script", "fill", made_id, "thời gian áp dụng=từ bây giờ", cwd=sample)
    assert "Không còn chỗ trống" in filled.err
    done("script", "submit", made_id, "--by", "Lan", cwd=sample)
    done(
        "week", "add", WEEK, "--day", "2026-11-28", "--start", "09:00", "--minutes", "5",
        "--script", made_id, "--level", "khẩn cấp", cwd=sample,
    )  # fmt: skip
    assert [a["level"] for a in airings(sample) if a["script"] == made_id] == ["khẩn cấp"]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("--news", "@khong-co.txt"), 1, "khong-co.txt"),
        (("--news", " "), 1, "tin không có chữ nào"),
        (("--piece", "khong-co"), 1, "chong-lua-dao"),
        (("--minutes", "5"), 2, "--week"),
        (("--week", WEEK, "--news", "Tin."), 2, "--week"),
        (("--news", "Tin.", "--level", "gấp"), 2, "khẩn cấp"),
        (("--news", "Tin.", "--detail", "số"), 2, "số điện thoại="),
        (("--news", "Tin.", "--json"), 2, "--preview"),
    ],
)
def test_what_cannot_be_assembled_is_told_plainly(
    arguments: tuple[str, ...], status: int, told: str, sample: Path
) -> None:
    before = files_of(sample)
    result = run("script", "assemble", *arguments, cwd=sample)
    assert (result.status, told in result.err) == (status, True), result.err
    assert files_of(sample) == before


def test_only_placeholders_that_are_there_can_be_filled(sample: Path) -> None:
    made_id = done("script", "assemble", f"{PLAN}:II.2/c", cwd=sample).out.strip()
    result = run("script", "fill", made_id, "số điện thoại=1", cwd=sample)
    assert (result.status, "số điện thoại" in result.err) == (1, True)


def test_one_voice_for_both_parts_is_told_when_scripts_are_made_and_read(sample: Path) -> None:
    command = ("script", "assemble", f"{PLAN}:II.2/c")
    two = done(*command, cwd=sample)
    edit(sample / "schedules/station.yaml", 'women: ""', "women: trầm")
    edit(sample / "schedules/station.yaml", 'men: ""', "men: trầm")
    one = done(*command, cwd=sample)
    script_file(sample, "ngan").write_text("---\nid: ngan\ntitle: Ngắn\n---\nNỮ: Một.\n", "utf-8")
    read = done("render", "ngan", cwd=sample)
    told = "Bộ đọc tone dùng một giọng (trầm): giọng ấy đọc cả lời NỮ lẫn lời NAM."
    assert [told in result.err for result in (two, one, read)] == [False, True, True]
