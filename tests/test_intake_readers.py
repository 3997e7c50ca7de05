"""Any file becomes clean paragraphs, or one clear reason why not."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from broadcast.errors import InputError
from broadcast.intake import readers
from broadcast.intake.document import Document
from broadcast.intake.readers import read_document

TEXT = "KẾ HOẠCH\n\nTuyên truyền\n"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, bytes], Document]:
    """Reads bytes under a file name."""

    def read_bytes(name: str, data: bytes) -> Document:
        path = tmp_path / name
        path.write_bytes(data)
        return read_document(path)

    return read_bytes


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_a_known_encoding_is_read_with_its_lines(read, encoding):
    data = TEXT.encode(encoding)
    document = read("kh.txt", data)
    assert [(p.text, p.line) for p in document.paragraphs] == [("KẾ HOẠCH", 1), ("Tuyên truyền", 3)]
    assert document.file == "kh.txt"
    assert document.digest == hashlib.sha256(data).hexdigest()


def test_big_endian_utf16_with_its_mark_is_read(read):
    assert texts(read("kh.txt", b"\xfe\xff" + TEXT.encode("utf-16-be"))) == [
        "KẾ HOẠCH",
        "Tuyên truyền",
    ]


def test_text_comes_out_in_nfc_without_unseen_characters(read):
    data = "Tuye\u0302\u0301n\u200b truy\u00e8n\u00ad\ufeff\u00a0xã".encode()
    assert texts(read("kh.txt", data)) == ["Tuyến truyèn xã"]


def test_every_kind_of_line_end_counts_a_line(read):
    document = read("kh.txt", "một\r\nhai\rba\x0cbốn\n".encode())
    assert [(p.text, p.line) for p in document.paragraphs] == [
        ("một", 1),
        ("hai", 2),
        ("ba", 3),
        ("bốn", 4),
    ]


def test_markdown_signs_are_no_text(read):
    data = "## **I. MỤC ĐÍCH**\n\n\\- mục *“Xã ta”*  \n- ý hai\n* * *\n> trích\n".encode()
    assert texts(read("kh.md", data)) == ["I. MỤC ĐÍCH", "- mục “Xã ta”", "- ý hai", "trích"]


def test_a_markdown_table_gives_rows_of_cells(read):
    document = read("kh.md", "| TT | Việc | Ai |\n|---|---|---|\n| 1 | *Phát* | Đài |\n".encode())
    assert [p.cells for p in document.paragraphs] == [("TT", "Việc", "Ai"), ("1", "Phát", "Đài")]


def test_stars_of_a_plain_text_stay(read):
    assert texts(read("kh.txt", b"* Muc 2 * 3 = 6\n")) == ["* Muc 2 * 3 = 6"]


def docx_bytes(build: Callable[[object], None]) -> bytes:
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_file_gives_paragraphs_and_table_rows_in_order(read):
    def build(document):
        head = document.add_table(rows=1, cols=2)
        head.cell(0, 0).text = "ỦY BAN NHÂN DÂN"
        head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        document.add_paragraph("KẾ HOẠCH\nTuyên truyền")
        data = document.add_table(rows=1, cols=3)
        for cell, text in zip(data.rows[0].cells, ("1", "Phát loa", "Đài"), strict=True):
            cell.text = text

    document = read("kh.docx", docx_bytes(build))
    assert texts(document) == [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "KẾ HOẠCH",
        "Tuyên truyền",
        "1 | Phát loa | Đài",
    ]
    assert document.paragraphs[-1].cells == ("1", "Phát loa", "Đài")


def add_numbering(document: object, levels: list[tuple[str, str]]) -> Callable[[str, int], None]:
    """A multi-level list in a python-docx document; returns what adds a numbered paragraph."""
    space = nsdecls("w")
    shown = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (form, pattern) in enumerate(levels)
    )
    root = document.part.numbering_part.element  # type: ignore[attr-defined]
    root.insert(
        0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="77">{shown}</w:abstractNum>')
    )
    root.append(parse_xml(f'<w:num {space} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))

    def add(text: str, level: int) -> None:
        paragraph = document.add_paragraph(text)  # type: ignore[attr-defined]
        place = f'<w:ilvl w:val="{level}"/><w:numId w:val="77"/>'
        paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {space}>{place}</w:numPr>"))

    return add


def test_automatic_numbers_of_word_are_printed_as_word_prints_them(read):
    def build(document):
        add = add_numbering(
            document,
            [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-")],
        )
        for text, level in [("MỤC ĐÍCH", 0), ("Một", 1), ("x", 2), ("y", 2), ("gạch", 3)]:
            add(text, level)
        add("Hai", 1)
        add("NỘI DUNG", 0)
        add("Một nữa", 1)

    assert texts(read("kh.docx", docx_bytes(build))) == [
        "I. MỤC ĐÍCH",
        "1. Một",
        "a) x",
        "b) y",
        "- gạch",
        "2. Hai",
        "II. NỘI DUNG",
        "1. Một nữa",
    ]


def test_numbers_that_word_keeps_in_a_style_are_printed(read):
    def build(document):
        document.add_paragraph("Mục đích", style="List Number")
        document.add_paragraph("Yêu cầu", style="List Number")
        document.add_paragraph("ý", style="List Bullet")

    assert texts(read("kh.docx", docx_bytes(build))) == ["1. Mục đích", "2. Yêu cầu", "- ý"]


def pdf_bytes(pages: list[list[str]], password: str | None = None) -> bytes:
    stream = io.BytesIO()
    encrypt = pdfencrypt.StandardEncryption(password) if password else None
    canvas = Canvas(stream, encrypt=encrypt)
    for page in pages:
        for at, line in enumerate(page):
            canvas.drawString(72, 780 - 18 * at, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_page_numbers_of_a_pdf_are_no_text_but_other_numbers_are(read):
    pages = [["Trang mot", "2024", "het"], ["2", "Trang hai"], ["3", "1999", "Trang ba"]]
    assert texts(read("kh.pdf", pdf_bytes(pages))) == [
        "Trang mot",
        "2024",
        "het",
        "Trang hai",
        "1999",
        "Trang ba",
    ]


def test_a_number_at_a_page_edge_that_counts_no_pages_stays(read):
    pages = [["1", "mot", "37"], ["2", "hai"], ["3", "ba"]]
    assert texts(read("kh.pdf", pdf_bytes(pages))) == ["mot", "37", "hai", "ba"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("kh.txt", b"", "tệp trống"),
        ("kh.txt", b"  \n\t ", "tệp trống"),
        ("kh.txt", b"abc\x00\x01def", "không phải tệp văn bản"),
        ("kh.txt", "Kế hoạch".encode("cp1258", "replace") + b"\xec\xe9", "bảng mã"),
        ("kh.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 40, "đời cũ (.doc)"),
        ("kh.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 40, "mật khẩu"),
        ("kh.docx", b"PK\x03\x04 khong phai zip", "hỏng"),
        ("kh.docx", b"chi la chu", "hỏng"),
        ("kh.pdf", b"chi la chu", "hỏng"),
        ("kh.pdf", b"%PDF-1.7\nhong", "tệp PDF hỏng"),
        ("kh.rtf", b"{\\rtf1 x}", "RTF"),
        ("kh.xlsx", b"a,b,c", "không biết đọc tệp .xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(read, name, data, said):
    with pytest.raises(InputError) as refusal:
        read(name, data)
    assert said in refusal.value.happened
    assert refusal.value.mend


def test_a_text_typed_in_an_old_font_is_refused_with_the_reason(read):
    text = "KÕ ho¹ch tuyªn truyÒn c¶i c¸ch hµnh chÝnh nhµ n­íc n¨m 2026 cña x·. " * 6
    with pytest.raises(InputError, match="phông cũ"):
        read("kh.txt", text.encode())


def test_a_text_without_any_marks_is_no_old_font(read):
    text = "Ke hoach tuyen truyen cai cach hanh chinh nam 2026. " * 6
    assert len(texts(read("kh.txt", text.encode()))) == 1


def test_a_zip_that_is_no_word_file_is_refused(read):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("anh.txt", "x")
    with pytest.raises(InputError, match="không phải tệp Word"):
        read("kh.docx", stream.getvalue())


def test_a_pdf_without_text_is_called_a_scan(read):
    with pytest.raises(InputError, match="bản quét"):
        read("kh.pdf", pdf_bytes([[]]))


def test_a_pdf_with_a_password_is_refused(read):
    with pytest.raises(InputError, match="mật khẩu"):
        read("kh.pdf", pdf_bytes([["x"]], password="bi mat"))  # noqa: S106


def test_the_content_decides_not_the_suffix(read):
    assert texts(read("kh.txt", pdf_bytes([["Trong tep PDF"]]))) == ["Trong tep PDF"]


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="không có tệp này"):
        read_document(tmp_path / "khong-co.txt")
    with pytest.raises(InputError, match="thư mục"):
        read_document(tmp_path)


def test_an_overlarge_file_is_refused_unread(read, monkeypatch):
    monkeypatch.setattr(readers, "LARGEST", 10)
    with pytest.raises(InputError, match="quá lớn"):
        read("kh.txt", b"x" * 11)


def test_reading_text_loads_no_heavy_library(tmp_path):
    path = tmp_path / "kh.txt"
    path.write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from broadcast.intake.readers import read_document;"
        "import broadcast.intake.plan_parser;"
        f"read_document(Path({str(path)!r}));"
        "print([m for m in ('lxml', 'docx2python', 'pypdfium2', 'numpy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def pages(*numbers: str) -> str:
    """A text of pages of fifteen lines, each followed by what stands at its end."""
    page = "".join(f"Dòng thứ {line} của trang.\n" for line in range(15))
    return "".join(f"{page}\n      {number}\n" for number in numbers)


@pytest.mark.parametrize(
    "numbers", [("1", "2", "3"), ("2", "3"), ("1", "3"), ("- 2 -", "- 3 -"), ("Trang 1/2",)]
)
def test_page_numbers_of_a_text_are_no_text(read, numbers):
    document = read("kh.txt", pages(*numbers).encode())
    assert all("Dòng" in text for text in texts(document))


@pytest.mark.parametrize("numbers", [("7",), ("2026",)])
def test_a_number_alone_on_a_line_that_counts_no_pages_stays(read, numbers):
    document = read("kh.txt", pages(*numbers).encode())
    assert [text for text in texts(document) if "Dòng" not in text] == list(numbers)


def test_numbers_that_count_the_rows_of_a_list_stay(read):
    document = read("kh.txt", "1\nMột việc\n2\nHai việc\n3\nBa việc\n".encode())
    assert len(document.paragraphs) == 6
