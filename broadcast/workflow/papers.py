"""Scripts on paper: a week's or one for the chairman's signature, one's words to translate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from broadcast.domain.approval import Approval
from broadcast.domain.letterhead import letterhead
from broadcast.domain.piece import Piece, Reference
from broadcast.domain.plan import Plan
from broadcast.domain.script import Script
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, WeekId
from broadcast.domain.wording import day_text
from broadcast.errors import BroadcastError, ConflictError, InputError, NotFoundError, Problem
from broadcast.publish.drives import refuse_missing_drive
from broadcast.publish.script_items import Aired, Issued, ScriptOnPaper, WeekOnPaper
from broadcast.store.files import read_bytes, revision, write_whole
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.render import finished_audio
from broadcast.workflow.script_airings import airings_by_script

ENDING = ".docx"

_OTHER_ENDINGS = frozenset({".doc", ".pdf", ".odt", ".rtf", ".txt", ".md", ".html"})
_MANY = 4
"""Zones; from so many on "all of them" is shorter than their names."""
_WEB = re.compile(r"https?://[^\s;]+")
_VIETNAMESE = "tiếng việt"


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper that was made: its file, how many scripts are in it, how many of them drafts.

    `written` is False where the file said the same already.
    """

    path: Path
    scripts: int
    drafts: int
    written: bool


def papers_folder(workspace: Workspace) -> Path:
    """Where papers go if nobody says."""
    return workspace.out / "paper"


def print_week(desk: Desk, week_id: WeekId, to: Path, *, now: datetime) -> Printed:
    """The scripts of a week as one .docx.

    Args:
        to: a .docx file, or the folder for one of the week's name.
        now: the time in the file, aware; its year stands in the date.

    Raises:
        NotFoundError: the week has no airings.
        InputError: scripts that it airs are missing or cannot be read, with every problem.
        ConflictError, StorageError: see `write_sealed`.
    """
    from broadcast.publish.docx_scripts import week_paper  # noqa: PLC0415 - python-docx

    airings = desk.week(week_id).in_order()
    if not airings:
        mend = f"xếp lịch trước: broadcast week fill {week_id}"
        raise NotFoundError("Chưa in được", f"tuần {week_id} chưa có lượt phát nào", mend)
    gathered = _Gathered.at(desk)
    ids = list(dict.fromkeys(airing.script for airing in airings if airing.script))
    scripts = tuple(gathered.script(hearing) for hearing in _heard(desk, ids))
    places = {script.id: number for number, script in enumerate(scripts, 1)}
    aired = []
    for airing in airings:
        number = places.get(airing.script or "")
        aired.append(gathered.aired(airing, scripts[number - 1] if number else None, number))
    data = week_paper(WeekOnPaper(week_id, tuple(aired), scripts), gathered.issued(now))
    return _printed(to, f"{week_id}-kich-ban{ENDING}", data, scripts)


def print_script(
    desk: Desk, script_id: str, to: Path, *, translate: bool = False, now: datetime
) -> Printed:
    """One script as .docx: for the signature, or with room beside each line to `translate` it.

    Args:
        to: a .docx file, or the folder for one of the script's name.
        now: the time in the file, aware; its year stands in the date.

    Raises:
        NotFoundError: there is no such script.
        InputError: it cannot be read, or nobody says anything in it that could be translated.
        ConflictError, StorageError: see `write_sealed`.
    """
    from broadcast.publish.docx_scripts import script_paper  # noqa: PLC0415 - python-docx
    from broadcast.publish.docx_translation import translation_sheet  # noqa: PLC0415

    hearing = desk.hearing(script_id)
    gathered = _Gathered.at(desk)
    airings = airings_by_script(desk).get(script_id, [])
    script = gathered.script(hearing, airings)
    issued = gathered.issued(now)
    if not translate:
        data = script_paper(script, issued)
        return _printed(to, f"{script_id}{ENDING}", data, (script,))
    if next(hearing.script.spoken_lines(), None) is None:
        mend = "viết ít nhất một dòng NỮ: hoặc NAM:"
        raise InputError("Chưa in được", "kịch bản chưa có lời nào để dịch", mend)
    data = translation_sheet(script, issued, _other_languages(gathered.station, airings))
    return _printed(to, f"{script_id}-loi-de-dich{ENDING}", data, (script,))


def _heard(desk: Desk, script_ids: Iterable[str]) -> list[Hearing]:
    """Every script, or word of all those that cannot be read: a paper lacks none unsaid."""
    hearings, problems = [], list[Problem]()
    for script_id in script_ids:
        try:
            if not desk.has_script(script_id):
                mend = "chọn kịch bản khác cho lượt phát"
                problems.append(Problem("không có tệp này", f"scripts/{script_id}.md", None, mend))
            else:
                hearings.append(desk.hearing(script_id))
        except BroadcastError as error:
            told = Problem(str(error), f"scripts/{script_id}.md")
            problems += error.problems or (told,)
    if problems:
        mend = "sửa những chỗ trên rồi in lại"
        raise InputError("Chưa in được", "có kịch bản không đọc được", mend, problems)
    return hearings


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What a paper says beside the scripts' words."""

    workspace: Workspace
    station: Station
    plans: dict[str, Plan]
    pieces: dict[str, Piece]

    @classmethod
    def at(cls, desk: Desk) -> _Gathered:
        """That of this desk's workspace."""
        pieces = {piece.id: piece for piece in desk.workspace.load_pieces()}
        return cls(desk.workspace, desk.station(), desk.plans(), pieces)

    def issued(self, now: datetime) -> Issued:
        """Who issues it."""
        return Issued(letterhead(self.station), self.station.name, now)

    def script(self, hearing: Hearing, airings: Iterable[Airing] = ()) -> ScriptOnPaper:
        """A script as it stands on paper."""
        script, audio = hearing.script, finished_audio(self.workspace, self.station, hearing)
        approval = script.approval if hearing.state == "đã duyệt" else None
        review = hearing.review
        made = approval or review
        return ScriptOnPaper(
            id=script.id,
            title=script.title,
            lines=script.lines,
            state=hearing.state,
            seconds=audio.seconds if audio else hearing.seconds,
            measured=audio is not None,
            topic=self._topic(script),
            airings=tuple(self.aired(airing) for airing in airings),
            sources=self._sources(script),
            by=made.by if made else "",
            at=made.at if made else None,
            note=review.note if review else "",
            signed=_signed(approval),
        )

    def aired(
        self, airing: Airing, script: ScriptOnPaper | None = None, number: int | None = None
    ) -> Aired:
        """An airing as it stands on paper."""
        title = script.title if script else airing.title
        seconds = script.seconds if script else None
        return Aired(airing, title, self._zones(airing), seconds, number)

    def _zones(self, airing: Airing) -> str:
        there = self.station.zones
        names = [zone.name for zone in there if zone.id in airing.zones]
        # What the station does not know is named all the same.
        names += [one for one in airing.zones if self.station.zone(one) is None]
        if len(names) >= _MANY and len(names) == len(there):
            return "tất cả các cụm loa"
        return ", ".join(names)

    def _topic(self, script: Script) -> str:
        plan = self.plans.get(script.plan or "")
        topic = plan.topic(script.topic) if plan and script.topic else None
        if plan is None or topic is None:
            return ""
        name = plan.title or plan.id
        return f"{topic.text.rstrip('.;, ')} (mục {topic.path}, {name})"

    def _sources(self, script: Script) -> tuple[str, ...]:
        pieces = (self.pieces[one] for one in script.pieces if one in self.pieces)
        found = (_source(one) for piece in pieces for one in piece.sources)
        return tuple(dict.fromkeys(filter(None, found)))


def _signed(approval: Approval | None) -> str:
    """Number and day of the signed paper that stands behind an approval, "" if none does."""
    paper = approval.paper if approval else None
    return f"số {paper.number} ngày {day_text(paper.day)}" if paper else ""


def _source(reference: Reference) -> str:
    """A source in a few words; a web page's address as the site's name, where nothing else is."""
    addresses = _WEB.findall(reference.source)
    parts = (part.strip(" .,") for part in _WEB.sub("", reference.source).split(";"))
    named = [part for part in parts if part]
    sites = [urlsplit(address).netloc.removeprefix("www.") for address in addresses]
    return "; ".join(named or sites)


def _other_languages(station: Station, airings: Iterable[Airing]) -> tuple[str, ...]:
    """Languages beside Vietnamese of the zones that hear it, of all zones while none does."""
    heard = {zone for airing in airings for zone in airing.zones}
    zones = [zone for zone in station.zones if not heard or zone.id in heard]
    spoken = dict.fromkeys(language for zone in zones for language in zone.languages)
    return tuple(one for one in spoken if one.casefold() != _VIETNAMESE)


def _printed(to: Path, name: str, data: bytes, scripts: tuple[ScriptOnPaper, ...]) -> Printed:
    path = _target(to, name)
    written = write_sealed(path, data)
    return Printed(path, len(scripts), sum(script.draft for script in scripts), written)


def _target(to: Path, name: str) -> Path:
    """The file that is meant: `to` itself, or `name` in the folder `to`.

    Raises:
        InputError: it is a file of another kind.
    """
    if to.is_dir():
        return to / name
    ending = to.suffix.lower()
    if ending in _OTHER_ENDINGS:
        mend = f"đặt tên tệp kết thúc bằng {ENDING}, hoặc nêu một thư mục"
        raise InputError("Chưa in được", f"không ghi được tệp {ending}: {to.name}", mend)
    return to if ending == ENDING else to / name


def write_sealed(path: Path, data: bytes) -> bool:
    """Put the paper there, whole; whether the file became another one.

    Raises:
        ConflictError: a file is there that this program did not make, or that was changed since.
        StorageError: the disk refuses.
    """
    from broadcast.publish.docx_seal import seal_of  # noqa: PLC0415 - python-docx

    refuse_missing_drive(path)
    seen = revision(path)
    if seen is not None:
        before = seal_of(read_bytes(path))
        if before is None:
            happened = f"{path} không do chương trình này ghi, hoặc đã có người sửa sau khi in"
            mend = "đổi tên hoặc chuyển tệp ấy đi, hoặc ghi vào tệp khác, rồi in lại"
            raise ConflictError("Không ghi đè", happened, mend)
        if before == seal_of(data):
            return False
    write_whole(path, data, expected_revision=seen)
    return True
