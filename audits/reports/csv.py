"""The findings as CSV (RFC 4180, UTF-8): a row a finding, settled ones too, with their status.

What an article says is never a formula: a cell that a spreadsheet would compute begins with an apostrophe.
"""

import csv
from collections.abc import Mapping
from io import StringIO

from audits.findings import Finding, Findings
from audits.positions import positions_in
from audits.reports.telling import reason
from audits.reports.text import place, visible

COLUMNS = (
    *("severity", "rule", "status", "novelty", "path", "line", "column", "end_line", "end_column"),
    *("words", "message", "suggestion", "evidence", "reason", "scope", "id", "fingerprint"),
)
# What a formula begins with, in full width too (OWASP, “CSV Injection”); spaces before it do not always help.
_FORMULA = tuple("=+-@＝＋－＠")


def render(document: Findings, texts: Mapping[str, str]) -> str:
    """The table, its columns named in the first row, lines ended by `\\r\\n`; `texts` are the articles' by id."""
    positions = positions_in(texts)
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for finding in document.findings:
        at, anchor = positions(finding.anchor.article), finding.anchor
        writer.writerow(map(_cell, _row(finding, at.line(anchor.end), at.column(anchor.end))))
    return stream.getvalue()


def _row(finding: Finding, end_line: int, end_column: int) -> tuple[str | int, ...]:
    anchor = finding.anchor
    evidence = "; ".join(f"{place(witness)}: {witness.text}" for witness in finding.spans[1:])
    return (
        *(finding.severity, finding.rule, finding.status, finding.novelty or ""),
        *(anchor.path, anchor.line, anchor.column, end_line, end_column),
        *(anchor.text, finding.message, finding.suggestion, evidence, reason(finding)),
        *(finding.scope, finding.id, finding.fingerprint),
    )


def _cell(value: str | int) -> str | int:
    """A number as it is; a text on one line, and no formula."""
    if isinstance(value, int):
        return value
    shown = visible(value)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
