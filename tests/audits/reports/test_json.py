"""The findings document as JSON: its bytes, and that it can be read back."""

from dataclasses import replace
from pathlib import Path

import pytest

from audits.findings import Change, Edit, Findings, PastFinding
from audits.reports import json

GOLDEN = Path(__file__).parent / "golden"


def test_report(document: Findings) -> None:
    assert json.render(document) == (GOLDEN / "findings.json").read_text(encoding="utf-8")


def test_reads_back_what_it_wrote(document: Findings) -> None:
    assert json.parse(json.render(document)) == document


def test_what_has_changed_and_what_to_write_read_back_too(document: Findings) -> None:
    fixed = PastFinding("d4", "repeated-word", "warning", "open", "road", "news/road.txt", "a a")
    change = Change("2026-11-21T12:00:00+00:00", new=("00000000000000a1",), known=("00000000000000c3",), fixed=(fixed,))
    found = [replace(finding, novelty="new", edits=(Edit(0, 2, "Two"),)) for finding in document.findings]
    changed = replace(document, change=change, findings=tuple(found))
    assert json.parse(json.render(changed)) == changed


def test_refuses_another_schema() -> None:
    with pytest.raises(ValueError, match="not a findings document"):
        json.parse('{"schema": "another/1"}')
