"""The findings document as JSON: its bytes, and that it can be read back."""

from pathlib import Path

import pytest

from audits.findings import Findings
from audits.reports import json

GOLDEN = Path(__file__).parent / "golden"


def test_report(document: Findings) -> None:
    assert json.render(document) == (GOLDEN / "findings.json").read_text(encoding="utf-8")


def test_reads_back_what_it_wrote(document: Findings) -> None:
    assert json.parse(json.render(document)) == document


def test_refuses_another_schema() -> None:
    with pytest.raises(ValueError, match="not a findings document"):
        json.parse('{"schema": "another/1"}')
