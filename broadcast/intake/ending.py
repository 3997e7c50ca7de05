"""What stands below the last section: recipients and signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadcast.domain.plan import Passage, Signatory
from broadcast.intake.lines import Block, is_capitals
from broadcast.intake.marks import UPPER

_LABEL = re.compile(r"nơi nhận\s*:?\s*", re.IGNORECASE)
_POSITION_WORD = (
    r"(?:PHÓ\s+|Q\.\s?|QUYỀN\s+)?(?:CHỦ TỊCH|BÍ THƯ|TRƯỞNG|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|TỔNG|CHỦ NHIỆM"
    r"|HIỆU TRƯỞNG|ĐỘI TRƯỞNG|TRƯỞNG PHÒNG|TRƯỞNG BAN)"
)
_POSITION = re.compile(rf"{_POSITION_WORD}[^\d]*$")
_BEHALF = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T)\s?\.?\s?[^\W\d_]")
_COLUMNS = re.compile(
    rf"\s{{3,}}|\t+|\s+(?=(?:TM|KT|TL|TUQ)\.\s*[{UPPER}]{{2}})|(?<=[;.:])(?<!KT\.)(?<!TM\.)(?<!TL\.)(?<!Q\.)\s+(?={_POSITION_WORD}\s*$)"
)
_BULLET = re.compile(r"[-–—+*•]\s*")
_NAME = re.compile(
    rf"(?:[{UPPER}][^\W\d_]{{0,6}}\.\s?)?[{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*){{1,5}}"
)


_LAST_AND_NAME = re.compile(rf"(?<=[.;])\s+(?={_NAME.pattern}$)")
"""Between the last recipient and the signer's name, where a PDF lost the columns."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Recipients in order, who signed, and the rest of the text there."""

    recipients: tuple[str, ...]
    signatory: Signatory
    passages: tuple[Passage, ...]


def read_ending(tail: Sequence[Block]) -> Ending:
    """Read recipients and signature, side by side or one after the other."""
    recipients: list[str] = []
    passages: list[Passage] = []
    position, name = "", ""
    listing = False
    for piece, line in _pieces(tail):
        if _LABEL.match(piece):
            listing = True
            rest = _LABEL.sub("", piece, count=1)
            recipients += [part.strip(" .-–") for part in rest.split(";") if part.strip(" .-–")]
        elif _BULLET.match(piece):
            recipients.append(_BULLET.sub("", piece, count=1).rstrip(" ;.,"))
        elif _POSITION.match(piece):
            if position:
                passages.append(Passage("ký", position, line))
            position = piece
            listing = False
        elif _BEHALF.match(piece):
            passages.append(Passage("ký", piece, line))
            listing = False
        elif _NAME.fullmatch(piece) and not listing and not name:
            name = piece
        elif listing and not is_capitals(piece):
            recipients.append(piece.rstrip(" ;.,"))
        else:
            passages.append(Passage("ký", piece, line))
    return Ending(tuple(recipients), Signatory(position, name), tuple(passages))


def _pieces(tail: Sequence[Block]) -> Iterator[tuple[str, int]]:
    """Lines of the ending, columns apart; a paragraph in one column stays whole."""
    for block in tail:
        apart = any(_COLUMNS.search(raw.strip()) for raw in block.raw)
        for text in block.raw if apart else (block.text,):
            for piece in _COLUMNS.split(text.strip()):
                last = re.match(r"[-–+*•]?\s*Lưu\b", piece)
                for part in _LAST_AND_NAME.split(piece) if last else (piece,):
                    if part.strip():
                        yield " ".join(part.split()), block.line
