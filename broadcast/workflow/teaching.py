"""Teaching the station how a word is said: abbreviations, names, foreign words."""

from __future__ import annotations

from broadcast.errors import InputError
from broadcast.store.files import read_text, revision, write_whole
from broadcast.store.lexicon_file import with_entry
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import nfc
from broadcast.vietnamese.lexicon import product_lexicon
from broadcast.vietnamese.spoken import read_aloud

LONGEST_WRITTEN = 60
"""Letters of a written form; what is longer is a sentence, not a word."""


def lesson(written: str, said: str) -> tuple[str, str]:
    """What is to be taught, as it is kept: NFC, without needless spaces."""
    return " ".join(nfc(written).split()), " ".join(nfc(said).split())


def wrong_lesson(written: str, said: str) -> dict[str, str]:
    """What is wrong with a lesson, by field ("written", "said"); nothing if it can be taught.

    An empty `said` is none: it takes back what the station taught.
    """
    written, said = lesson(written, said)
    wrong: dict[str, str] = {}
    if not any(c.isalnum() for c in written):
        wrong["written"] = "Ghi chữ cần dạy cách đọc, ví dụ NVH"
    elif len(written) > LONGEST_WRITTEN:
        wrong["written"] = f"Dài quá {LONGEST_WRITTEN} chữ cái; chỉ ghi chữ viết tắt hoặc tên riêng"
    unknown = read_aloud(said, product_lexicon()).unknown
    if unknown:
        wrong["said"] = f"Viết đủ chữ: máy cũng chưa biết đọc «{unknown[0].text}»"
    return wrong


def taught(workspace: Workspace, written: str) -> str:
    """How the station says it, "" where it taught nothing of its own."""
    return workspace.load_lexicon().get(lesson(written, "")[0], "")


def teach(workspace: Workspace, written: str, said: str) -> str:
    """Keep in scripts/lexicon.yaml how a word is said; an empty `said` takes that back.

    Returns:
        What was done, for the officer.

    Raises:
        InputError: it cannot be taught so, or the file cannot be read.
        StorageError: it cannot be written.
    """
    wrong = wrong_lesson(written, said)
    if wrong:
        raise InputError("Chưa dạy được cách đọc", "; ".join(wrong.values()))
    written, said = lesson(written, said)
    path = workspace.lexicon_path
    with workspace.lock("dạy cách đọc"):
        seen = revision(path)
        before = workspace.load_lexicon().get(written)
        if before == (said or None):
            return f"«{written}» vẫn như trước"
        old = read_text(path) if path.exists() else ""
        write_whole(path, with_entry(old, written, said or None), expected_revision=seen)
    if not said:
        return f"Đã bỏ cách đọc riêng của «{written}»"
    return f"Đã nhớ: «{written}» đọc là «{said}»" + (f" (trước: «{before}»)" if before else "")
