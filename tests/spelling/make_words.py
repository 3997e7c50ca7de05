"""Make broadcast/vietnamese/data/words.bin, what the proofreader knows of words and phrases.

    python -m tests.spelling.make_words FOLDER

FOLDER holds, unpacked, the packages named in broadcast/vietnamese/data/NOTICE.md: the wheels
`pyvi`, `underthesea`, `wordfreq` (needs msgpack to read) and the Debian packages
`libreoffice-help-vi`, `manpages-vi`, `maint-guide-vi`. Our own phrases are in
phrases/ beside this file, and the sample station's pieces count too. No plan does: neither those
that the benchmark measures nor any other document of an office.
"""

from __future__ import annotations

import gzip
import html
import importlib
import math
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from broadcast.vietnamese.characters import nfc
from broadcast.vietnamese.running import common, runs
from broadcast.vietnamese.syllables import is_syllable
from broadcast.vietnamese.wordbook import DATA, FIRST, LAST

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_OWN, _COMMON_WORD, _WORD, _LONG = 4, 5, 2, 2
"""What one use in our own phrases, and an entry of a dictionary, count for."""
_RARE = 700
_MARKED = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
_ALONE = "aàáạảoôơuưyýỷôốổồộờớởờơợ"
"""Vowels that are words or first syllables; other letters alone are names of points."""
_CHECKED = frozenset("cpt")

Grams = dict[int, Counter[tuple[str, ...]]]


def main(folder: Path) -> None:
    """Read the packages, write the data."""
    grams: Grams = {1: Counter(), 2: Counter(), 3: Counter()}
    known = {FIRST, LAST}
    _dictionaries(folder, grams, known)
    foreign: Grams = {1: Counter(), 2: Counter(), 3: Counter()}
    _count(_help(folder), foreign, 1, known)
    for size, least in ((2, 2), (3, 3)):
        for gram, count in foreign[size].items():
            # A word twice in a row is a slip even in a handbook.
            if count >= least and gram[-1] != gram[-2]:
                grams[size][gram] += round(4 * math.log2(count))
    _count(_ours(), grams, _OWN, known)
    frequency = _frequencies(folder, known)
    data = zlib.compress(_table(frequency, grams).encode(), 9)
    DATA.parent.mkdir(exist_ok=True)
    DATA.write_bytes(data)
    print(f"{len(frequency)} words, {len(grams[2])} pairs, {len(grams[3])} triples, {len(data)} B")


def _dictionaries(folder: Path, grams: Grams, known: set[str]) -> None:
    """Compounds of the two word lists, their syllables."""
    common_words = set(_entries(_one(folder, "pyvi/models/words.txt")))
    others = set(_entries(_one(folder, "underthesea/corpus/data/Viet74K.txt")))
    for entry in sorted(common_words | others):
        syllables = entry.split()
        known.update(syllables)
        weight = _COMMON_WORD if entry in common_words else _WORD
        if len(syllables) > 2:
            weight = _LONG
        for size in (2, 3):
            for at in range(len(syllables) - size + 1):
                grams[size][tuple(syllables[at : at + size])] += weight


def _entries(path: Path) -> Iterator[str]:
    """Entries all of whose syllables are Vietnamese."""
    for line in path.read_text("utf-8").splitlines():
        syllables = [common(part) for part in re.split(r"[\s-]+", nfc(line.strip())) if part]
        if syllables and all(_is_proper(syllable) for syllable in syllables):
            yield " ".join(syllables)


def _is_proper(syllable: str) -> bool:
    """Whether it is a syllable whose stopped end has one of the two tones that go with it."""
    if not is_syllable(syllable) or (len(syllable) == 1 and syllable not in _ALONE):
        return False
    stopped = syllable[-1] in _CHECKED or syllable.endswith("ch")
    return not stopped or not re.search("[àằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹ]", syllable)


def _help(folder: Path) -> Iterator[str]:
    """Paragraphs of handbooks and help texts."""
    for path in sorted(folder.glob("**/help/vi/**/*.html")):
        text = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", "", path.read_text("utf-8"))
        text = re.sub(r"</(p|h\d|td|li|div)>", "\n", text)
        yield from html.unescape(re.sub(r"<[^>]+>", "", text)).splitlines()
    for path in sorted(folder.glob("**/man/vi/**/*.gz")):
        text = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        yield from re.sub(r"(?m)^\.\S+|\\f.|\\-", " ", text).split("\n")
    for path in sorted(folder.glob("**/maint-guide.vi.txt.gz")):
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
        yield from (" ".join(part.split()) for part in text.split("\n\n"))


def _ours() -> Iterator[str]:
    for path in [*sorted((HERE / "phrases").glob("*.txt")), *sorted(ROOT.glob("scripts/**/*.md"))]:
        yield from path.read_text("utf-8").splitlines()


def _count(paragraphs: Iterable[str], grams: Grams, weight: int, known: set[str]) -> None:
    """Count runs of words; a paragraph said twice counts once, as do those in other languages."""
    for paragraph in sorted({nfc(" ".join(part.split())) for part in paragraphs}):
        if len(_MARKED.findall(paragraph.lower())) * 12 < len(paragraph):
            continue
        for run in runs([paragraph]):
            words = [FIRST, *(token.word for token in run), LAST]
            for size in (1, 2, 3):
                for at in range(len(words) - size + 1):
                    gram = tuple(words[at : at + size])
                    if all(word in known or (weight > 1 and _is_proper(word)) for word in gram):
                        grams[size][gram] += weight


def _frequencies(folder: Path, known: set[str]) -> dict[str, int]:
    """Each known syllable's centibels below certainty; those that the list lacks are rare."""
    msgpack = importlib.import_module("msgpack")
    packed = _one(folder, "wordfreq/data/small_vi.msgpack.gz").read_bytes()
    bins = msgpack.unpackb(gzip.decompress(packed), raw=False)[1:]
    listed = {
        common(nfc(word)): rank for rank, words in reversed([*enumerate(bins)]) for word in words
    }
    listed |= {FIRST: _RARE, LAST: 80}
    return {word: listed.get(word, _RARE) for word in sorted(known)}


def _table(frequency: dict[str, int], grams: Grams) -> str:
    """Two tables: words with what follows them, then pairs with what follows them."""
    after: dict[str, list[str]] = defaultdict(list)
    for size in (2, 3):
        for gram, count in sorted(grams[size].items()):
            after[" ".join(gram[:-1])].append(f"{gram[-1]} {min(count, 999)}")
    words = [f"{word}\t{rank}\t{' '.join(after.get(word, ()))}" for word, rank in frequency.items()]
    pairs = [f"{key}\t{' '.join(rest)}" for key, rest in sorted(after.items()) if " " in key]
    return "\n".join(words) + "\n\n" + "\n".join(pairs)


def _one(folder: Path, tail: str) -> Path:
    found = sorted(path for path in folder.rglob("*") if str(path).endswith(tail))
    if not found:
        raise SystemExit(f"{tail} is not below {folder}")
    return found[0]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
