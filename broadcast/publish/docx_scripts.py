"""Scripts as an official paper, for the chairman's signature: those of a week, or one."""

from __future__ import annotations

from collections.abc import Iterator

from broadcast.domain.script import Line
from broadcast.domain.wording import clock, day_text, length_text, weekday, weekday_title
from broadcast.publish.docx_marks import boxed
from broadcast.publish.docx_official import OfficialPaper, Span
from broadcast.publish.script_items import Aired, Issued, ScriptOnPaper, WeekOnPaper
from broadcast.publish.words import clean_line

DRAFT = "NHÁP – chưa duyệt"
"""What stands over the text of a script that nobody answers for yet."""

KIND_WEEK, KIND_SCRIPT = "TẬP KỊCH BẢN PHÁT THANH", "KỊCH BẢN PHÁT THANH"

_HEAD = ("Ngày", "Giờ", "Cụm loa", "Chương trình", "Thời lượng", "Kịch bản")
_WIDTHS = (27, 14, 32, 50, 24, 18)
"""Columns of a week's airings, in mm."""


def week_paper(week: WeekOnPaper, issued: Issued) -> bytes:
    """The scripts of a week as .docx: a table of its airings, then every script."""
    first, *_, last = week.week.days()
    days = f"từ ngày {day_text(first)} đến ngày {day_text(last)}"
    about = f"Tuần {week.week.number} năm {week.week.year} ({days})"
    paper = _begun(f"Kịch bản phát thanh {about[0].lower()}{about[1:]}", issued)
    paper.title(KIND_WEEK, about)
    paper.prose(_summary(week, issued))
    paper.section("I. LỊCH PHÁT")
    paper.table(_WIDTHS, _HEAD, map(_row, week.aired))
    if week.scripts:
        paper.section("II. NỘI DUNG KỊCH BẢN")
    for number, script in enumerate(week.scripts, 1):
        paper.heading(f"{number}. {clean_line(script.title)}")
        _script(paper, script)
    return _ended(paper, issued)


def script_paper(script: ScriptOnPaper, issued: Issued) -> bytes:
    """One script as .docx."""
    paper = _begun(clean_line(script.title), issued)
    paper.title(KIND_SCRIPT, clean_line(script.title))
    _script(paper, script)
    return _ended(paper, issued)


def _begun(title: str, issued: Issued) -> OfficialPaper:
    paper = OfficialPaper(title, issued.station, issued.made)
    paper.head(issued.letterhead, issued.made.year)
    return paper


def _ended(paper: OfficialPaper, issued: Issued) -> bytes:
    paper.signature(issued.letterhead, (issued.station,))
    return paper.data()


def _summary(week: WeekOnPaper, issued: Issued) -> str:
    seconds = sum(one.seconds or 0 for one in week.aired)
    drafts = sum(script.draft for script in week.scripts)
    without = sum(one.number is None for one in week.aired)
    whose = f"Tập kịch bản của {clean_line(issued.station)}"
    counts = f"{len(week.aired)} lượt phát, {len(week.scripts)} kịch bản"
    text = f"{whose} trong tuần gồm {counts}, tổng thời lượng khoảng {length_text(seconds)}."
    if drafts:
        text += f" Có {drafts} kịch bản chưa duyệt, được ghi rõ là nháp."
    if without:
        text += f" Có {without} lượt phát chưa có kịch bản."
    return text


def _row(one: Aired) -> tuple[str, ...]:
    title = one.title or "(chưa có tên)"
    if one.airing.level != "thông thường":
        title = f"{one.airing.level.upper()}: {title}"
    return (
        f"{weekday_title(one.airing.day)} {day_text(one.airing.day)}",
        clock(one.airing.start),
        one.zones[:1].upper() + one.zones[1:],
        title,
        "chưa rõ" if one.seconds is None else length_text(one.seconds),
        "chưa có" if one.number is None else f"Số {one.number}",
    )


def _script(paper: OfficialPaper, script: ScriptOnPaper) -> None:
    """A script below its title: its state, what is known of it, its text, its sources."""
    if script.draft:
        boxed(paper.line("Nháp", Span(DRAFT)))
    for label, value in _facts(script):
        paper.line("Thông tin bài", Span(f"{label}: ", bold=True), Span(value))
    for line in script.lines:
        _line(paper, line)
    if script.sources:
        told = "; ".join(clean_line(one) for one in script.sources)
        paper.line("Nguồn", Span("Nguồn: ", bold=True), Span(f"{told}."))


def _facts(script: ScriptOnPaper) -> Iterator[tuple[str, str]]:
    about = "" if script.measured else "khoảng "
    yield "Thời lượng", f"{about}{length_text(script.seconds)}"
    if script.topic:
        yield "Nội dung", clean_line(script.topic)
    if script.airings:
        yield "Phát", "; ".join(_when(one) for one in script.airings)
    if script.by:
        yield script.state.capitalize(), _by(script)


def _when(one: Aired) -> str:
    airing = one.airing
    zones = f" ({one.zones})" if one.zones else ""
    return f"{clock(airing.start)} {weekday(airing.day)} {day_text(airing.day)}{zones}"


def _by(script: ScriptOnPaper) -> str:
    """Who approved it, handed it in or sent it back, when, why, with which paper."""
    who = clean_line(script.by)
    if script.at:
        who += f", {clock(script.at)} ngày {day_text(script.at.date())}"
    signed = f"văn bản {clean_line(script.signed)}" if script.signed else ""
    return "; ".join(filter(None, (who, clean_line(script.note), signed)))


def _line(paper: OfficialPaper, line: Line) -> None:
    """A line as it is spoken, its speaker before it; cues in italics and their brackets."""
    if line.kind == "speech":
        paper.line("Lời đọc", Span(f"{line.speaker}:", bold=True, tab=True), Span(line.text))
    elif line.kind in {"cue", "wrong"}:
        paper.line("Hiệu lệnh", Span(line.text))
