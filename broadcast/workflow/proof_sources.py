"""What of plans and scripts is proofread, and where a suggestion about it can be carried out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from broadcast.domain.plan import Plan, Topic
from broadcast.domain.plan_edit import Entry, entries, set_field, set_text
from broadcast.domain.script import Script
from broadcast.errors import BroadcastError, InputError
from broadcast.store.files import revision
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.decisions import Decisions, Open, Rejected, carried, undecided
from broadcast.vietnamese.proofread import proofread
from broadcast.vietnamese.suggestion import Suggestion
from broadcast.workflow.script_text import text_of, with_text

_KNOWN = 64
"""Texts whose suggestions are remembered."""
_FRESH = "s"
"""Begins the ids of suggestions for texts that are not the document's."""
_GAP = r"[\W_]*?"


# Scripts


def in_script(script: Script, decisions: Decisions, air_date: date) -> tuple[Open, ...]:
    """Suggestions for what is spoken, counted in lines and characters of the script's file."""
    spoken, suggestions = _spoken(script, air_date)
    found = undecided(spoken, suggestions, decisions)
    return tuple(one._replace(suggestion=_in_file(script, one.suggestion)) for one in found)


def carried_over(
    before: Script, after: Script, decisions: Decisions, air_date: date
) -> tuple[Rejected, ...]:
    """Places of a script that were decided, by the words now around them."""
    return carried(_spoken(before, air_date), _spoken(after, air_date), decisions)


def _spoken(script: Script, air_date: date) -> tuple[tuple[str, ...], tuple[Suggestion, ...]]:
    """What is spoken, with an empty line for each that is not, and what is suggested for it."""
    lines = tuple(line.text if line.kind == "speech" else "" for line in script.lines)
    return lines, _proofread(lines, air_date)


def _in_file(script: Script, found: Suggestion) -> Suggestion:
    line = script.lines[found.line - 1]
    column = line.raw.rfind(line.text)
    return found._replace(line=line.number, start=found.start + column, end=found.end + column)


def accepted_in_script(script: Script, accepted: Iterable[Open]) -> Script:
    """The script with what was suggested in place of what was written.

    Raises:
        InputError: there is nothing to put in the place of one.
    """
    rows = text_of(script).split("\n")
    first = script.lines[0].number if script.lines else 1
    for _, found, _ in sorted(accepted, key=lambda one: one.suggestion, reverse=True):
        require_better(found)
        row = rows[found.line - first]
        rows[found.line - first] = row[: found.start] + found.better + row[found.end :]
    return with_text(script, "\n".join(rows))


def require_better(found: Suggestion) -> None:
    """Refuse to carry out a suggestion that has nothing to put in the place of what is written.

    Raises:
        InputError: so it is.
    """
    if not found.better:
        happened = f"dòng {found.line}: chưa có chữ để thay «{found.written}» ({found.reason})"
        raise InputError("Không sửa được", happened, "tự sửa chỗ ấy, hoặc để nguyên")


# Plans


class _Said(NamedTuple):
    """A text of a plan that can be corrected: an entry's own, or a field of an activity card."""

    entry: Entry
    field: str
    text: str

    @property
    def line(self) -> int:
        """The line of the document it begins on, 0 if unknown."""
        return self.entry.line or 0


def _said(plan: Plan) -> Iterator[_Said]:
    for entry in entries(plan):
        yield _Said(entry, "", entry.text)
        if isinstance(entry, Topic):
            yield from (_Said(entry, name, text) for name, text in entry.fields.items())


def in_plan(
    workspace: Workspace, plan: Plan, decisions: Decisions, air_date: date
) -> tuple[Open, ...]:
    """Suggestions for a plan by the lines of its document.

    What the officer corrected in the plan is not asked about again, although it stands in the
    document; what he wrote there himself is asked about too.
    """
    source = _source(workspace, plan)
    if source is None:
        return _in_texts(list(_said(plan)), plan, decisions, air_date)
    lines, imported = source
    found = undecided(lines, _proofread(lines, air_date, plan.date, plan.number), decisions)
    said = list(_said(plan))
    now = [one.text for one in said]
    gone = imported.difference(now)
    fresh = [one for one in said if one.text not in imported]
    left = [one for one in found if not _is_mended(one.spot, gone, now) and not _told(one, plan)]
    seen = {(one.spot.rule, one.spot.written) for one in left}
    more = _in_texts(fresh, plan, decisions, air_date) if fresh else ()
    new = (one for one in more if (one.spot.rule, one.spot.written) not in seen)
    left += [one._replace(id=f"{_FRESH}{one.id}") for one in new]
    return tuple(sorted(left, key=lambda one: one.suggestion))


def _in_texts(
    texts: Sequence[_Said], plan: Plan, decisions: Decisions, air_date: date
) -> tuple[Open, ...]:
    lines = tuple(one.text for one in texts)
    found = undecided(lines, _proofread(lines, air_date, plan.date, plan.number), decisions)
    places = (texts[one.suggestion.line - 1].line for one in found)
    return tuple(
        one._replace(suggestion=one.suggestion._replace(line=line))
        for one, line in zip(found, places, strict=True)
    )


def _is_mended(spot: Rejected, gone: Collection[str], texts: Collection[str]) -> bool:
    """Whether the place was in a text that the officer changed, and is nowhere any more."""
    for pattern in (*_by_words(spot), _pattern("", spot.written, "")):
        if any(map(pattern.search, gone)):
            return not any(map(pattern.search, texts))
    return False


def _by_words(spot: Rejected) -> Iterator[re.Pattern[str]]:
    """The place by the words around it, by fewer and fewer.

    Words that go before a text's first or follow its last stand in another text of the plan.
    """
    for before, after in ((spot.before, spot.after), ("", spot.after), (spot.before, "")):
        if before or after:
            yield _pattern(before, spot.written, after)


def _told(one: Open, plan: Plan) -> bool:
    """Whether importing told the same already; it is in the plan's own list of problems."""
    bare = re.compile(r" \(dòng \d+\)")
    reason = bare.sub("", one.suggestion.reason)
    return any(reason.startswith(bare.sub("", problem.message)) for problem in plan.problems)


def _source(workspace: Workspace, plan: Plan) -> tuple[tuple[str, ...], frozenset[str]] | None:
    """The lines of a plan's document and the texts read from it; None if it was not kept."""
    path = workspace.plan_source(plan.id)
    if path is None:
        return None
    try:
        return _read_source(path, revision(path) or "")
    except BroadcastError:
        return None


@lru_cache(maxsize=8)
def _read_source(path: Path, digest: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """As `_source`; `digest` is what tells one state of the document from another."""
    from broadcast.intake.plan_parser import parse_plan  # noqa: PLC0415 - readers are heavy
    from broadcast.intake.readers import read_document  # noqa: PLC0415

    document = read_document(path)
    lines = [""] * max(paragraph.line for paragraph in document.paragraphs)
    for paragraph in document.paragraphs:
        lines[paragraph.line - 1] = paragraph.text
    return tuple(lines), frozenset(one.text for one in _said(parse_plan(document, "-")))


def accepted_in_plan(plan: Plan, accepted: Iterable[Open]) -> Plan:
    """The plan with what was suggested in place of what was written.

    Raises:
        InputError: there is nothing to put in the place of one, or it is in no text of the plan
            that can be corrected.
    """
    for one in accepted:
        require_better(one.suggestion)
        _require_difference(one.suggestion)
        place = _located(plan, one)
        if place is None:
            happened = f"«{one.suggestion.written}» không nằm trong nội dung nào của kế hoạch"
            mend = "sửa trong văn bản gốc rồi nhập lại, hoặc để nguyên"
            raise InputError("Không sửa được", happened, mend)
        said, match = place
        text = said.text[: match.start("written")] + one.suggestion.better
        plan = _with_text(plan, said, text + said.text[match.end("written") :])
    return plan


def _with_text(plan: Plan, said: _Said, text: str) -> Plan:
    if said.field and isinstance(said.entry, Topic):
        return set_field(plan, said.entry, said.field, text)
    return set_text(plan, said.entry, text)


def _require_difference(found: Suggestion) -> None:
    """White space is folded when a document is read; only the document itself has it wrong."""
    if found.better.split() == found.written.split():
        happened = f"dòng {found.line}: khoảng trắng này chỉ sai trong văn bản gốc"
        raise InputError("Không cần sửa", happened, "kế hoạch đã nhập không sai; để nguyên chỗ ấy")


def _located(plan: Plan, one: Open) -> tuple[_Said, re.Match[str]] | None:
    """Where in the plan's texts a suggestion is about, by the words around it."""
    for pattern in _by_words(one.spot):
        if found := list(_matches(plan, pattern)):
            return min(found, key=lambda place: _distance(place[0], one.suggestion.line))
    found = list(_matches(plan, _pattern("", one.spot.written, "")))
    return found[0] if len(found) == 1 else None


def _matches(plan: Plan, pattern: re.Pattern[str]) -> Iterator[tuple[_Said, re.Match[str]]]:
    for said in _said(plan):
        if match := pattern.search(said.text):
            yield said, match


def _distance(said: _Said, line: int) -> int:
    """How far above the line the text begins; what begins below it comes last."""
    return line - said.line if said.line <= line else 1_000_000 + said.line


def _pattern(before: str, written: str, after: str) -> re.Pattern[str]:
    """The words of a place with whatever marks stand between them."""
    parts = [r"[\W_]+".join(map(re.escape, words.split())) for words in (before, after)]
    middle = r"\s*".join(map(re.escape, written.split()))
    left = rf"(?<!\w){parts[0]}{_GAP}" if before else ""
    right = rf"{_GAP}{parts[1]}(?!\w)" if after else ""
    return re.compile(f"{left}(?P<written>{_bounded(middle, written)}){right}")


def _bounded(pattern: str, written: str) -> str:
    """Whole words only, where the place begins or ends with a word."""
    begins = r"(?<!\w)" if written[:1].isalnum() else ""
    ends = r"(?!\w)" if written[-1:].isalnum() else ""
    return f"{begins}{pattern}{ends}"


@lru_cache(maxsize=_KNOWN)
def _proofread(
    lines: tuple[str, ...],
    air_date: date,
    own_date: date | None = None,
    own_number: str | None = None,
) -> tuple[Suggestion, ...]:
    return proofread(lines, air_date=air_date, own_date=own_date, own_number=own_number)
