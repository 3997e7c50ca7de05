"""A body that is being edited, as it will be heard: row by row, with what is found in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from broadcast.domain.freshness import unanswered
from broadcast.domain.script import LineKind, Script, Speaker, State
from broadcast.domain.week import Finding
from broadcast.store.script_files import first_body_line, with_body
from broadcast.vietnamese.spoken import Change
from broadcast.workflow.hearing import Hearing, Listener


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the body, `number` from 0: what it is, who speaks it and how it is said.

    `changes` tell what was changed for reading, each `at` its place in `spoken`; `unknown` are the
    abbreviations nobody taught.
    """

    number: int
    kind: LineKind
    speaker: Speaker
    spoken: str = ""
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and the row (from 0) it is about, None if it is about the whole script."""

    row: int | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Preview:
    """A body as it will be heard: a row for every row of the text, the last one after its end too.

    `findings` are in the order of the rows, those about the whole script first.
    """

    rows: tuple[Row, ...]
    hearing: Hearing
    findings: tuple[Found, ...]

    @property
    def seconds(self) -> float:
        """An estimate of the programme's length."""
        return self.hearing.seconds

    @property
    def state(self) -> State:
        """Where the script stands with this body."""
        return self.hearing.state

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """Findings that keep the script from being read or approved."""
        return self.hearing.blockers


def preview(listener: Listener, script: Script, text: str) -> Preview:
    """How the script would be heard with that body.

    Args:
        text: see `script_text.plain`.
    """
    edited = with_body(script, text)
    hearing = listener.hear(edited)
    first = first_body_line(edited)
    found = [Found(f.line - first if f.line else None, f) for f in hearing.findings]
    found.sort(key=lambda one: -1 if one.row is None else one.row)
    by_row: dict[int, list[Finding]] = {}
    for one in found:
        if one.row is not None:
            by_row.setdefault(one.row, []).append(one.finding)
    readings = {heard.line.number - first: heard.reading for heard in hearing.lines}
    rows = []
    speaker: Speaker = "NỮ"
    for number, line in enumerate(edited.lines):
        speaker = line.speaker
        findings = tuple(by_row.get(number, ()))
        reading = readings.get(number)
        if reading is None:
            rows.append(Row(number, line.kind, speaker, findings=findings))
        else:
            said = reading.spoken, reading.changes, findings, reading.unknown
            rows.append(Row(number, line.kind, speaker, *said))
    if not text or text.endswith("\n"):
        rows.append(Row(len(rows), "blank", speaker))
    return Preview(tuple(rows), hearing, tuple(found))


def with_stale(preview: Preview, stale: Iterable[Finding]) -> Preview:
    """The preview with what does not hold when the script airs and nobody answers for."""
    approval = preview.hearing.script.approval if preview.state == "đã duyệt" else None
    found = tuple(Found(None, finding) for finding in unanswered(stale, approval))
    return replace(preview, findings=(*found, *preview.findings)) if found else preview
