"""Reports as LibreOffice opens them: both files, with their charts drawn."""

from __future__ import annotations

import subprocess
from pathlib import Path
from unittest import mock

import pypdfium2
import pytest

from . import quarter
from .conftest import need
from .helpers import run

pytestmark = [pytest.mark.clients, pytest.mark.long]

NAME = "bao-cao-2026-Q4"


@pytest.fixture(scope="module")
def printed(quarter_once: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The pages of paper and workbook, each as its text."""
    folder = tmp_path_factory.mktemp("printed")
    with mock.patch("broadcast.cli.report.now", return_value=quarter.AFTER):
        assert run("report", "2026-Q4", "--to", folder, cwd=quarter_once).status == 0
    files = [_named_by_kind(folder / f"{NAME}.{ending}") for ending in ("docx", "xlsx")]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [need("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    # One LibreOffice for both: it takes longer to start than to print.
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    return {file.stem: _pages(folder / f"{file.stem}.pdf") for file in files}


def _named_by_kind(file: Path) -> Path:
    return file.rename(file.with_stem(file.suffix[1:]))


def _pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def test_the_paper_has_its_charts_with_what_they_count(printed: dict[str, list[str]]) -> None:
    first, _, third, *_ = printed["docx"]
    assert "Số phút loa theo tuần" in first
    assert "Theo kế hoạch Đã phát" in first
    assert "Số lượt loa đã phát theo nội dung" in third


def test_the_signature_comes_before_the_appendix(printed: dict[str, list[str]]) -> None:
    signed = next(n for n, text in enumerate(printed["docx"]) if "TM. ỦY BAN NHÂN DÂN" in text)
    appendix = next(n for n, text in enumerate(printed["docx"]) if text.startswith(f"{n + 1} PHỤ"))
    assert appendix == signed + 1


def test_the_workbook_opens_with_its_charts_on_the_first_page(
    printed: dict[str, list[str]],
) -> None:
    first = printed["xlsx"][0]
    assert "Số phút loa theo tuần" in first
    assert "Số lượt loa đã phát theo nội dung" in first
    assert "quý IV năm 2026" in first
    assert "Err:" not in " ".join(printed["xlsx"])
