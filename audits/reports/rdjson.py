"""The open findings as reviewdog's diagnostics (Reviewdog Diagnostic Format, `DiagnosticResult`).

Columns are bytes of UTF-8, from 1; the end is exclusive. Words of an article whose text is an extraction from its file
have no range.
"""

import json
from collections.abc import Mapping
from typing import Any

from audits.findings import Edit, Finding, Findings, Span
from audits.positions import Positions, positions_in
from audits.reports.telling import kept, quoted, told, unsettled, whereabouts
from expectations.catalogue import Severity

SEVERITIES: Mapping[Severity, str] = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}

Json = dict[str, Any]


def render(document: Findings, texts: Mapping[str, str]) -> str:
    """The result with a final newline; `texts` are the articles' by id."""
    positions = positions_in(texts)
    extracted = kept(document, texts)

    def location(span: Span) -> Json:
        if span.article in extracted:
            return {"path": span.path}
        return {"path": span.path, "range": _range(positions(span.article), span)}

    def diagnostic(finding: Finding) -> Json:
        article = finding.anchor.article
        lines = [f" {whereabouts(finding.anchor)}"] if article in extracted else []
        edits = () if article in extracted else finding.edits
        suggestions = [{"range": _range(positions(article), edit), "text": edit.text} for edit in edits]
        related = [{"message": quoted(witness), "location": location(witness)} for witness in finding.spans[1:]]
        return {
            "message": "".join((told(finding), *lines)),
            "location": location(finding.anchor),
            "severity": SEVERITIES[finding.severity],
            "code": {"value": finding.rule},
            **({"suggestions": suggestions} if suggestions else {}),
            **({"related_locations": related} if related else {}),
        }

    result = {"source": {"name": "corrigenda"}, "diagnostics": [diagnostic(finding) for finding in unsettled(document)]}
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _range(positions: Positions, words: Span | Edit) -> Json:
    return {
        name: {"line": positions.line(offset), "column": positions.utf8(offset)}
        for name, offset in (("start", words.start), ("end", words.end))
    }
