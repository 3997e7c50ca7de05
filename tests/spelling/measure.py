"""How well the proofreader finds slips: of our list, put into our clean plans, of real plans."""

from __future__ import annotations

import csv
import random
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from broadcast.vietnamese.characters import nfc
from broadcast.vietnamese.running import NAME, runs
from broadcast.vietnamese.spelling import spelling
from broadcast.vietnamese.suggestion import Suggestion

HERE = Path(__file__).parent
PLANS = HERE.parent / "plans"
KINDS = ("ocr", "typo", "dup", "drop", "space")
"""Kinds of the shared plans' defects that are slips of spelling."""


class Slip(NamedTuple):
    """A known error: a suggestion that touches `start` to `end` near `line` finds it."""

    kind: str
    line: int
    start: int
    end: int
    written: str
    right: str


class Score(NamedTuple):
    """`suggested`: found, and the suggestion makes the text right; `others`: alarms besides."""

    slips: int
    found: int
    suggested: int
    others: int
    syllables: int


class Sample(NamedTuple):
    """A text and what is wrong with it; `also`: lines where an alarm is no false one."""

    name: str
    lines: tuple[str, ...]
    slips: tuple[Slip, ...]
    also: tuple[Slip, ...] = ()


def score(sample: Sample, kinds: Iterable[str] | None = None) -> tuple[Score, list[Suggestion]]:
    """The score of a sample, and the alarms that touch nothing known to be wrong."""
    said = spelling(sample.lines)
    slips = [slip for slip in sample.slips if kinds is None or slip.kind in kinds]
    found = [[one for one in said if _touches(one, slip)] for slip in slips]
    right = sum(
        any(_is_right(sample.lines, one, slip) for one in ones)
        for ones, slip in zip(found, slips, strict=True)
    )
    others = [one for one in said if not any(_touches(one, s) for s in sample.slips + sample.also)]
    syllables = sum(token.word != NAME for run in runs(sample.lines) for token in run)
    return Score(len(slips), sum(map(bool, found)), right, len(others), syllables), others


def _touches(one: Suggestion, slip: Slip) -> bool:
    if one.line != slip.line:
        return False
    return one.start <= slip.end and slip.start <= one.end


def _is_right(lines: Sequence[str], one: Suggestion, slip: Slip) -> bool:
    line = lines[one.line - 1]
    mended = line[: one.start] + one.better + line[one.end :]
    if not slip.right:
        return True
    first = max(0, slip.start - 25)
    return slip.right.lower() in mended[first : slip.end + 40].lower()


def written_slips(name: str = "slips.tsv") -> list[Sample]:
    """The sentences of a list of ours, each a document of its own."""
    with (HERE / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    samples = []
    for row in rows:
        line = nfc(row["line"])
        start = line.rfind(row["found"]) if row["kind"] == "style" else line.find(row["found"])
        end = start + len(row["found"])
        slip = Slip(row["kind"], 1, start, end, row["found"], row["right"])
        samples.append(Sample(row["kind"], (line,), (slip,)))
    return samples


def clean_plans() -> list[Sample]:
    """Our own plans as they are."""
    return [
        Sample(path.stem, tuple(nfc(path.read_text("utf-8")).split("\n")), ())
        for path in sorted(PLANS.iterdir())
        if path.suffix in {".txt", ".md"}
    ]


def spoilt_plans(seed: int = 1, share: float = 0.025) -> list[Sample]:
    """Our own plans with a slip in `share` of their words, the same for the same seed."""
    # Chance that can be repeated, nothing secret.
    chances = [(one, random.Random(f"{seed}{one.name}")) for one in clean_plans()]  # noqa: S311
    return [spoil(one, chance, share) for one, chance in chances]


def spoil(sample: Sample, chance: random.Random, share: float) -> Sample:
    """Put slips into a text, each in a run of at least three words."""
    places = [
        (run, at)
        for run in runs(sample.lines)
        if len(run) > 2
        for at, token in enumerate(run)
        if token.plain and len(token.text) > 1
    ]
    chosen = sorted(chance.sample(range(len(places)), round(len(places) * share)), reverse=True)
    lines = list(sample.lines)
    slips: list[Slip] = []
    for which in chosen:
        run, at = places[which]
        token = run[at]
        kind = chance.choices(list(_MAKERS), weights=[3, 2, 2, 2, 1, 2, 1, 1])[0]
        wrong = _MAKERS[kind](token.text, chance)
        if wrong is None or (slips and slips[-1].line == token.line):
            continue
        line = lines[token.line - 1]
        end = token.end
        if wrong == "" and line[end : end + 1] == " ":
            end += 1
        lines[token.line - 1] = line[: token.start] + wrong + line[end:]
        stop = token.start + len(wrong)
        # What is gone is found where the words beside the place are pointed at.
        start = token.start if wrong else max(0, token.start - 1)
        slips.append(Slip(kind, token.line, start, stop, wrong, token.text))
    return Sample(sample.name, tuple(lines), tuple(slips))


def _tone(word: str, chance: random.Random) -> str | None:
    """Another tone, or none, on the vowel that has one."""
    apart = unicodedata.normalize("NFD", word)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    at = next((at for at, sign in enumerate(apart) if sign in tones), None)
    if at is None:
        return None
    other = chance.choice(["", *(tone for tone in tones if tone != apart[at])])
    rest = apart[at + 1 :]
    marks = len(rest) - len(rest.lstrip("\u0302\u0306\u031b"))
    return nfc(apart[:at] + rest[:marks] + other + rest[marks:])


def _mark(word: str, chance: random.Random) -> str | None:
    """A circumflex, breve or horn lost, or the bar of đ."""
    apart = unicodedata.normalize("NFD", word)
    places = [at for at, sign in enumerate(apart) if sign in "\u0302\u0306\u031bđ"]
    if not places:
        return None
    at = chance.choice(places)
    return nfc(apart[:at] + ("d" if apart[at] == "đ" else "") + apart[at + 1 :])


def _sound(word: str, chance: random.Random) -> str | None:
    """A sound that people mix up."""
    starts = {"s": "x", "x": "s", "tr": "ch", "ch": "tr", "l": "n", "n": "l", "gi": "d", "d": "gi"}
    ends = {"n": "ng", "ng": "n", "t": "c", "c": "t"}
    made = [
        new + word[len(old) :]
        for old, new in starts.items()
        if word.startswith(old)
        and not word.startswith(("ng", "nh", "gi") if old in {"n", "gi"} else ("@",))
    ]
    made += [
        word[: -len(old)] + new
        for old, new in ends.items()
        if word.endswith(old) and len(word) > len(old) + 1
    ]
    return chance.choice(made) if made else None


def _lost(word: str, chance: random.Random) -> str | None:
    """A letter lost."""
    if len(word) < 3:
        return None
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _swapped(word: str, chance: random.Random) -> str | None:
    """Two letters in each other's place."""
    if len(word) < 3:
        return None
    at = chance.randrange(len(word) - 1)
    new = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return new if new != word else None


def _dropped(word: str, chance: random.Random) -> str:
    return ""


def _twice(word: str, chance: random.Random) -> str:
    return f"{word} {word}"


def _spaced(word: str, chance: random.Random) -> str | None:
    """A space within the word."""
    if len(word) < 4:
        return None
    at = chance.randrange(1, len(word) - 1)
    return f"{word[:at]} {word[at:]}"


_MAKERS: dict[str, Callable[[str, random.Random], str | None]] = {
    "tone": _tone, "mark": _mark, "sound": _sound, "letter lost": _lost,
    "letters swapped": _swapped, "word dropped": _dropped, "word doubled": _twice,
    "space within": _spaced,
}  # fmt: skip


def real_plans(folder: Path) -> list[Sample]:
    """The shared plans with the rows of their list of defects; none where they are not."""
    table = folder / "facts" / "plan_defects.tsv"
    if not table.exists():
        return []
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    samples = []
    for path in sorted((folder / "plans" / "text").glob("*.txt")):
        lines = tuple(nfc(path.read_text("utf-8")).split("\n"))
        slips = [_row(lines, row) for row in rows if path.name.startswith(row["seed"])]
        wanted = tuple(slip for slip in slips if slip.kind in KINDS)
        samples.append(Sample(path.stem, lines, wanted, tuple(s for s in slips if s not in wanted)))
    return samples


def _row(lines: Sequence[str], row: dict[str, str]) -> Slip:
    """A row's place: its words, which may stand a line beside the one that the row names."""
    said, right = nfc(row["found"]), nfc(row["likely"])
    number = int(row["line"])
    for line in (number, number - 1, number + 1):
        at = lines[line - 1].find(said) if 0 < line <= len(lines) else -1
        if at >= 0:
            return Slip(row["kind"], line, at, at + len(said), said, right)
    return Slip(row["kind"], number, 0, len(lines[number - 1]), said, right)
