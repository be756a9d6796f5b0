"""The spreadsheet: what its cells hold, and that they hold nothing else than words and numbers."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from audits.findings import Findings
from audits.reports import xlsx


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_row_a_finding_and_a_row_an_article(document: Findings) -> None:
    book = parts(xlsx.render(document))
    assert book["xl/worksheets/sheet1.xml"].count("<row ") == len(document.findings) + 1
    assert book["xl/worksheets/sheet2.xml"].count("<row ") == len(document.articles) + 1
    assert "weekday-mismatch" in book["xl/sharedStrings.xml"]


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "https://example.org", "+44", "a\x00b\x1b[31m", "x" * 40_000])
def test_words_are_words(document: Findings, words: str) -> None:
    odd = replace(document.findings[0], message=words)
    sheet = parts(xlsx.render(replace(document, findings=(odd,))))
    assert "<f>" not in sheet["xl/worksheets/sheet1.xml"]
    assert "hyperlink" not in sheet["xl/worksheets/sheet1.xml"]
    assert words[:4].split("\x00")[0] in sheet["xl/sharedStrings.xml"]


def test_the_same_findings_are_the_same_bytes(document: Findings) -> None:
    assert xlsx.render(document) == xlsx.render(document)
