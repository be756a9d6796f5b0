"""The open findings as GitLab's code quality report: the part of Code Climate's issues that GitLab reads."""

import json
from collections import Counter
from collections.abc import Mapping

from audits.findings import Finding, Findings
from audits.positions import positions_in
from audits.reports.telling import kept, told, unsettled, whereabouts
from expectations.catalogue import Severity

SEVERITIES: Mapping[Severity, str] = {"error": "major", "warning": "minor", "note": "info"}


def render(document: Findings, texts: Mapping[str, str]) -> str:
    """The report with a final newline; `texts` are the articles' by id."""
    positions = positions_in(texts)
    extracted = kept(document, texts)
    seen: Counter[str] = Counter()

    def issue(finding: Finding) -> dict[str, object]:
        anchor, description = finding.anchor, told(finding)
        lines = {"begin": anchor.line, "end": positions(anchor.article).line(anchor.end)}
        if anchor.article in extracted:
            description, lines = f"{description} {whereabouts(anchor)}", {"begin": 1}
        seen[finding.id] += 1
        nth = f"-{seen[finding.id]}" if seen[finding.id] > 1 else ""  # GitLab keeps one issue a fingerprint
        return {
            "description": description,
            "check_name": finding.rule,
            "fingerprint": f"{finding.id}{nth}",
            "severity": SEVERITIES[finding.severity],
            "location": {"path": anchor.path, "lines": lines},
        }

    return json.dumps([issue(finding) for finding in unsettled(document)], ensure_ascii=False, indent=1) + "\n"
