"""Any file the officer may pick -> its paragraphs, or one clear reason why not."""

from __future__ import annotations

import hashlib
from pathlib import Path

from broadcast.errors import InputError
from broadcast.intake.document import Document, Paragraph
from broadcast.intake.page_numbers import without_page_numbers
from broadcast.intake.text_files import decode, is_binary, is_old_font, read_lines
from broadcast.storage import storage_error

LARGEST = 50 * 1024 * 1024
"""Bytes. A plan is some hundred kilobytes; a larger file is something else."""

_FORMS = "văn bản (.txt), Markdown (.md), Word (.docx) hoặc PDF có chữ (.pdf)"
_TEXT_SUFFIXES = {".txt", ".md", ".markdown", ".text"}
_SUFFIXES = _TEXT_SUFFIXES | {".docx", ".pdf"}
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_TITLE = "Không đọc được tệp kế hoạch"


def read_document(path: Path) -> Document:
    """Read a plan document; what the file holds decides its form, then its suffix.

    Raises:
        InputError: the file is missing, a folder, empty, too large, of another form, broken,
            encrypted, a scan without text, in an encoding other than UTF-8 and UTF-16, or typed
            in a font of before Unicode.
    """
    data = _bytes(path)
    paragraphs = _paragraphs(path, data)
    if not paragraphs:
        raise _refusal(path, "tệp không có chữ nào", "chọn đúng tệp kế hoạch có nội dung")
    if is_old_font(" ".join(paragraph.text for paragraph in paragraphs)):
        mend = "chuyển chữ sang Unicode (bằng Unikey hoặc Word), lưu lại rồi nhập tệp mới"
        raise _refusal(path, "chữ gõ theo phông cũ (TCVN3, VNI), không phải Unicode", mend)
    return Document(path.name, hashlib.sha256(data).hexdigest(), paragraphs)


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise _refusal(path, "đây là thư mục, không phải tệp", f"chọn một tệp {_FORMS}")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            shown = f"{size / 1024 / 1024:.0f} MB".replace(".", ",")
            mend = "kiểm tra lại tên tệp; tệp kế hoạch chỉ được lớn tới 50 MB"
            raise _refusal(path, f"tệp quá lớn ({shown})", mend)
        data = path.read_bytes()
    except FileNotFoundError:
        mend = "kiểm tra lại tên tệp và thư mục"
        raise _refusal(path, "không có tệp này", mend) from None
    except OSError as error:
        told = storage_error(error, path)
        raise InputError(_TITLE, told.happened, told.mend) from error
    except ValueError as error:
        raise _refusal(path, "tên tệp không hợp lệ", "kiểm tra lại tên tệp") from error
    if not data.strip():
        raise _refusal(path, "tệp trống", "chọn đúng tệp kế hoạch có nội dung")
    return data


def _paragraphs(path: Path, data: bytes) -> tuple[Paragraph, ...]:
    suffix = path.suffix.lower()
    if b"%PDF-" in data[:1024]:
        return _pdf(path)
    if data.startswith(_ZIP):
        return _word(path)
    if data.startswith(_OLD_WORD):
        raise _old_word(path)
    if data.startswith(b"{\\rtf"):
        mend = "mở tệp bằng Word hoặc LibreOffice, lưu lại dạng .docx rồi nhập tệp mới"
        raise _refusal(path, "tệp dạng RTF chưa đọc được", mend)
    if suffix in {".docx", ".pdf"}:
        mend = "mở thử tệp bằng Word hoặc trình xem PDF; xin lại bản khác nếu không mở được"
        raise _refusal(path, f"tệp hỏng hoặc không phải {suffix}", mend)
    if suffix and suffix not in _SUFFIXES:
        raise _refusal(path, f"không biết đọc tệp {suffix}", f"dùng tệp {_FORMS}")
    return _text(path, data, suffix)


def _text(path: Path, data: bytes, suffix: str) -> tuple[Paragraph, ...]:
    if is_binary(data):
        raise _refusal(path, "đây không phải tệp văn bản", f"dùng tệp {_FORMS}")
    text = decode(data)
    if text is None:
        mend = "mở tệp bằng Word hoặc Notepad, lưu lại với bảng mã UTF-8 rồi nhập lại"
        raise _refusal(path, "bảng mã của tệp không phải UTF-8 hoặc UTF-16", mend)
    lines = tuple(read_lines(text, markdown=suffix in {".md", ".markdown"}))
    return tuple(without_page_numbers(lines))


def _word(path: Path) -> tuple[Paragraph, ...]:
    from broadcast.intake.word_files import read_word  # noqa: PLC0415 (lxml is slow to load)

    paragraphs = read_word(path)
    if paragraphs is None:
        mend = "mở tệp bằng Word, lưu lại dạng .docx (không nén, không mật khẩu) rồi nhập lại"
        raise _refusal(path, "tệp hỏng hoặc không phải tệp Word .docx", mend)
    return paragraphs


def _pdf(path: Path) -> tuple[Paragraph, ...]:
    from broadcast.intake.pdf_files import PdfTrouble, read_pdf  # noqa: PLC0415 (loads pdfium)

    lines = read_pdf(path)
    if not isinstance(lines, PdfTrouble):
        return lines
    happened, mend = {
        PdfTrouble.BROKEN: (
            "tệp PDF hỏng",
            "mở thử bằng trình xem PDF; xin lại bản khác nếu không mở được",
        ),
        PdfTrouble.LOCKED: (
            "tệp PDF đặt mật khẩu",
            "xin bản không đặt mật khẩu, hoặc mở bằng mật khẩu rồi in lại ra PDF",
        ),
        PdfTrouble.NO_TEXT: (
            "PDF chỉ có ảnh chụp, không có chữ (bản quét)",
            "xin bản .docx hoặc bản PDF xuất từ Word",
        ),
    }[lines]
    raise _refusal(path, happened, mend)


def _old_word(path: Path) -> InputError:
    suffix = path.suffix.lower()
    if suffix == ".docx":
        mend = "mở bằng Word, bỏ mật khẩu rồi lưu lại dạng .docx"
        return _refusal(path, "tệp Word đặt mật khẩu hoặc thực ra là tệp .doc đời cũ", mend)
    mend = "mở bằng Word hoặc LibreOffice, chọn Lưu thành (Save As) dạng .docx rồi nhập tệp mới"
    return _refusal(path, "tệp Office đời cũ (.doc) chưa đọc được", mend)


def _refusal(path: Path, happened: str, mend: str) -> InputError:
    return InputError(_TITLE, f"{path}: {happened}", mend)
