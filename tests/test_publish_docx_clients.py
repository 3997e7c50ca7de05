"""Papers as LibreOffice lays them out: pages, page numbers, lines that stay whole, the signature.

All papers go through one LibreOffice, which takes longer to start than to lay them out.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path

import pypdfium2
import pytest

from broadcast.publish.docx_official import COUNTRY, MOTTO
from broadcast.publish.docx_scripts import DRAFT, script_paper, week_paper
from broadcast.publish.docx_sheet import sheet_paper
from broadcast.publish.docx_translation import translation_sheet
from broadcast.publish.names import programmes
from broadcast.publish.sheet import week_on_sheet

from .conftest import need
from .paper_examples import APPROVED, HEAD, ISSUED, aired, script, week
from .publish_examples import MONDAY, handout, item

pytestmark = [pytest.mark.clients, pytest.mark.long]

MM = 72 / 25.4
"""Points of a millimetre."""

LONG = "Tuyên truyền việc thực hiện thủ tục hành chính trên môi trường điện tử tại xã " * 4
UNBROKEN = "W" * 300
MANY = "".join(f"{'NỮ' if n % 2 else 'NAM'}: Câu thứ {n} của bài rất dài này.\n"
               for n in range(1, 201))  # fmt: skip
HARD = "Ông A & bà <B> [/] {x} 😀 &amp;"


def fourteen() -> bytes:
    """A week of fourteen airings, drafts among them, with long names everywhere."""
    titles = [LONG, UNBROKEN, *(f"Bài số {n} {HARD}" for n in range(3, 15))]
    scripts = [script(title=title, **(APPROVED if n % 2 else {})) for n, title in enumerate(titles)]
    rows = tuple(aired(n + 1, n, title=one.title, zones="Khu trung tâm xã, Bản Lạn, Bản Phiêng")
                 for n, one in enumerate(scripts))  # fmt: skip
    return week_paper(week(*scripts, airings=rows), ISSUED)


def operators() -> bytes:
    """The sheet of fourteen programmes with long names."""
    titles = [LONG, UNBROKEN, HARD]
    items = [
        item(f"{day}-{name}", day, start, titles[n % 3], source="x")
        for n, day in enumerate(MONDAY + timedelta(days=n) for n in range(7))
        for name, start in (("sang", time(5, 30)), ("chieu", time(17)))
    ]
    return sheet_paper(week_on_sheet(handout(*items), programmes(items)))


PAPERS: Mapping[str, Callable[[], bytes]] = {
    "tuan": fourteen,
    "ngan": lambda: script_paper(script("NỮ: Kính thưa bà con.\n", **APPROVED), ISSUED),
    "dai": lambda: script_paper(script(MANY, title=LONG), ISSUED),
    "xa-dai": lambda: script_paper(
        script(),
        replace(ISSUED, letterhead=replace(HEAD, body=("ỦY BAN NHÂN DÂN",
                                                       "PHƯỜNG PHAN RANG - THÁP CHÀM"))),
    ),
    "phieu": operators,
    "dich": lambda: translation_sheet(script(MANY), ISSUED, ("Tiếng Thái",)),
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A page as it is printed: its lines, and where each word stands (mm from the top left)."""

    text: str
    width: float
    height: float
    numbers: tuple[tuple[str, float, float], ...]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """Every paper, laid out."""
    folder = tmp_path_factory.mktemp("papers")
    for name, make in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(make())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [need("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    files = sorted(folder.glob("*.docx"))
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    return {name: _pages(folder / f"{name}.pdf") for name in PAPERS}


def _pages(path: Path) -> list[Page]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [_page(page) for page in document]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    said = text.get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "-")
    found = []
    for n in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(n)
        word = text.get_text_bounded(left, bottom, right, top).strip()
        if word.isdigit():
            found.append((word, (left + right) / 2 / MM, (height - top) / MM))
    return Page(said, width / MM, height / MM, tuple(found))


def whole(pages: list[Page]) -> str:
    """The text of all pages on one line, as lines break where they must."""
    return " ".join(" ".join(page.text.split()) for page in pages)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("tuan", 6, 8), ("ngan", 1, 1), ("dai", 6, 8), ("xa-dai", 1, 1), ("dich", 9, 12)],
)
def test_a_paper_has_as_many_pages_as_its_text_takes(
    printed: dict[str, list[Page]], name: str, least: int, most: int
) -> None:
    assert least <= len(printed[name]) <= most


def test_every_page_is_an_upright_a4(printed: dict[str, list[Page]]) -> None:
    sizes = {(round(p.width), round(p.height)) for pages in printed.values() for p in pages}
    assert sizes == {(210, 297)}


def test_pages_are_numbered_in_the_top_margin_from_the_second_on(
    printed: dict[str, list[Page]],
) -> None:
    pages = printed["dai"]
    in_margin = [[one for one in page.numbers if one[2] < 20] for page in pages]
    assert [[word for word, _, _ in found] for found in in_margin] == [
        [],
        *([str(n)] for n in range(2, len(pages) + 1)),
    ]
    # Middle of the text: 30 mm and half of 165.
    assert all(abs(found[0][1] - 112.5) < 2 for found in in_margin[1:])


@pytest.mark.parametrize("name", ["tuan", "ngan", "dai", "xa-dai"])
def test_the_names_of_the_state_and_its_motto_stay_on_one_line_each(
    printed: dict[str, list[Page]], name: str
) -> None:
    text = printed[name][0].text
    assert COUNTRY in text
    assert MOTTO in text


def test_every_line_of_a_long_script_is_there_in_order(printed: dict[str, list[Page]]) -> None:
    found = re.findall(r"(NỮ|NAM): Câu thứ (\d+) của bài rất dài này\.", whole(printed["dai"]))
    assert found == [("NỮ" if n % 2 else "NAM", str(n)) for n in range(1, 201)]


def test_every_line_to_translate_is_there(printed: dict[str, list[Page]]) -> None:
    found = re.findall(r"Câu thứ (\d+) của bài rất dài này\.", whole(printed["dich"]))
    assert found == [str(n) for n in range(1, 201)]


def test_every_programme_has_its_box_and_code_on_the_operators_sheet(
    printed: dict[str, list[Page]],
) -> None:
    text = whole(printed["phieu"])
    assert (text.count("[ ]"), text.count("mã sang"), text.count("mã chieu")) == (14, 7, 7)
    assert len(printed["phieu"]) <= 5


def test_the_head_of_a_table_comes_again_on_every_page(printed: dict[str, list[Page]]) -> None:
    assert all("Lời tiếng Việt" in page.text for page in printed["dich"])


def test_every_script_of_a_full_week_is_there_with_its_mark(
    printed: dict[str, list[Page]],
) -> None:
    text = whole(printed["tuan"])
    assert text.count("Kính thưa bà con.") == 14
    assert text.count(DRAFT) == 7
    assert text.count("Đã duyệt: Trần Thị Mẫu") == 7
    assert all(f"{n}. Bài số {n} Ông A & bà <B>" in text for n in range(3, 15))
    assert UNBROKEN in text.replace(" ", "")


@pytest.mark.parametrize("name", ["tuan", "ngan", "dai", "xa-dai"])
def test_the_signature_is_whole_and_on_no_page_alone(
    printed: dict[str, list[Page]], name: str
) -> None:
    last = printed[name][-1].text
    assert "TM. ỦY BAN NHÂN DÂN" in last
    assert "- Lưu: VT." in last
    assert any(word in last for word in ("Kính thưa", "Câu thứ 200", "Số nhà 5 & 6."))
