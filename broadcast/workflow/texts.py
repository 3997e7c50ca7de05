"""What a programme's items say: ready pieces, a plan's own sentences, what the officer typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from broadcast.domain.piece import Piece
from broadcast.domain.plan import Topic
from broadcast.domain.script import Speaker
from broadcast.errors import InputError
from broadcast.vietnamese.characters import nfc, sentences
from broadcast.vietnamese.listener import short_title
from broadcast.workflow.hearing import NEEDS_EDITING

SENTENCES_A_TURN = 2
"""After so many sentences the other voice goes on; listeners stay awake."""

_LAST_LINES = 3
_WHERE_TO_ASK = re.compile(
    r"\b(?:gọi|hỏi|mời|điện thoại|số của)\b[^.]*\b(?:trung tâm|công an|số (?:là )?\d)",
    re.IGNORECASE,
)
"""A place to ask or a number to ring."""

_OPTIONAL = re.compile(r"\{([^{}|?\n]+)\?\}")
_DEFAULT = re.compile(r"\{([^{}|?\n]+)\|([^{}\n]*)\}")
_NEEDED = re.compile(r"\{([^{}|?\n]+)\}")
_OTHER: dict[str, Speaker] = {"NỮ": "NAM", "NAM": "NỮ"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What the officer typed: a headline and the sentences."""

    title: str
    sentences: tuple[str, ...]


def unconfirmed(piece: Piece, details: Mapping[str, str]) -> dict[str, str]:
    """The piece's numbers that the station has not confirmed, as its sources have them."""
    return {name: said for name, said in piece.numbers.items() if not details.get(name)}


def topic_text(topic: Topic) -> str:
    """What the topic says, with the content field of an activity card."""
    return " ".join(part for part in (topic.text, topic.fields.get("content", "")) if part)


def typed(text: str, what: str) -> Typed:
    """The officer's own text; of several lines the first is its headline.

    Args:
        what: what it is, for the refusal: "tin".

    Raises:
        InputError: there is nothing to read.
    """
    rows = [row.strip() for row in nfc(text).splitlines() if any(c.isalnum() for c in row)]
    if not rows:
        raise InputError("Không soạn được kịch bản", f"{what} không có chữ nào", f"viết {what} ra")
    title = rows.pop(0).rstrip(" .:;") if len(rows) > 1 else ""
    said = sentences(" ".join(row if row[-1] in ".!?…:;," else f"{row}." for row in rows))
    return Typed(title or short_title(said[0]), said)


def turns(said: Sequence[str], first: Speaker) -> list[str]:
    """Sentences as lines of two voices in turn."""
    lines, speaker = [], first
    for at in range(0, len(said), SENTENCES_A_TURN):
        lines.append(f"{speaker}: {' '.join(said[at : at + SENTENCES_A_TURN])}")
        speaker = _OTHER[speaker]
    return lines


def after(previous: str | None, lines: Sequence[str]) -> list[str]:
    """The lines with their voices changed over, if the voice that spoke last would go on.

    Args:
        previous: who spoke last, None if nobody did.
    """
    first = next((who for line in lines if (who := speaker_of(line))), None)
    if first is None or first != previous:
        return list(lines)
    return [
        f"{_OTHER[who]}{line.removeprefix(who)}" if (who := speaker_of(line)) else line
        for line in lines
    ]


def speaker_of(line: str) -> Speaker | None:
    """Who speaks an assembled line, None for a cue or a comment."""
    name = line.partition(":")[0]
    return _OTHER[_OTHER[name]] if name in _OTHER else None


def last_speaker(lines: Iterable[str]) -> Speaker | None:
    """Who spoke last."""
    last: Speaker | None = None
    for line in lines:
        last = speaker_of(line) or last
    return last


def names_where_to_ask(lines: Sequence[str]) -> bool:
    """Whether one of the last spoken lines tells whom to ask, so that a closing need not."""
    spoken = [line for line in lines if not line.startswith(("[", "<!--"))]
    return any(_WHERE_TO_ASK.search(line) for line in spoken[-_LAST_LINES:])


def piece_lines(piece: Piece, details: Mapping[str, str]) -> tuple[list[str], tuple[str, ...]]:
    """A ready piece's lines with local details filled in, and the sentences left out for want of
    one."""
    lines: list[str] = []
    left_out: list[str] = []
    for line in piece.lines:
        raw = line.raw.strip()
        if line.kind != "speech":
            lines += [raw] if raw else []
            continue
        text, missing = fill_details(line.text, details)
        left_out += missing
        if text:
            lines.append(f"{line.speaker}: {text}")
    return lines, tuple(left_out)


def fill_details(text: str, details: Mapping[str, str]) -> tuple[str, list[str]]:
    """Fill {name}, {name|default} and {name?}; a sentence whose {name?} is unknown is left out.

    A {name} nobody knows stays, so that it is seen and must be filled before airing.
    """
    kept, left_out = [], []
    # The question mark of a {name?} ends no sentence.
    for masked in sentences(_OPTIONAL.sub("{\\1\0}", text)):
        sentence = masked.replace("\0", "?")
        if any(not details.get(name.strip()) for name in _OPTIONAL.findall(sentence)):
            left_out.append(sentence)
            continue
        filled = _OPTIONAL.sub(lambda m: details[m[1].strip()], sentence)
        filled = _DEFAULT.sub(lambda m: details.get(m[1].strip()) or m[2].strip(), filled)
        kept.append(_NEEDED.sub(lambda m: details.get(m[1].strip()) or m[0], filled))
    return " ".join(kept), left_out


def marked(told: Sequence[str], path: str) -> list[str]:
    """Sentences out of a plan's topic for two voices in turn, with the note that they need
    editing."""
    note = f"<!-- {NEEDS_EDITING}: câu chữ lấy từ kế hoạch, mục {path} -->"
    return [note, *turns(told, "NAM")]
