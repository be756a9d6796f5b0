"""The findings document as JSON, schema `corrigenda.findings/1`: the same bytes for the same findings."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from audits.findings import (
    SCHEMA,
    AuditedArticle,
    Change,
    Edit,
    Finding,
    Findings,
    PastFinding,
    Rejection,
    Span,
    Verdict,
    WaiverOutcome,
)


def render(document: Findings) -> str:
    """The document as JSON with a final newline."""
    return json.dumps(as_data(document), ensure_ascii=False, indent=1) + "\n"


def as_data(document: Findings) -> dict[str, object]:
    """The document as plain data, keys in the order of the schema."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "corrigenda", "version": document.version},
        "articles": [asdict(article) for article in document.articles],
        "rejected": [asdict(rejection) for rejection in document.rejected],
        "findings": [asdict(finding) for finding in document.findings],
        "waivers": [asdict(waiver) for waiver in document.waivers],
        "change": asdict(document.change) if document.change else None,
    } | ({"verdict": asdict(document.verdict)} if document.verdict else {})


def parse(text: str) -> Findings:
    """The findings document that `render` wrote.

    Raises ValueError for another schema.
    """
    data = json.loads(text)
    if data.get("schema") != SCHEMA:
        raise ValueError(f"not a findings document of {SCHEMA}: {data.get('schema')!r}")
    return Findings(
        version=data["tool"]["version"],
        articles=tuple(AuditedArticle(**article) for article in data["articles"]),
        rejected=tuple(Rejection(**rejection) for rejection in data["rejected"]),
        findings=tuple(
            Finding(
                **{
                    **finding,
                    "spans": tuple(Span(**span) for span in finding["spans"]),
                    "edits": tuple(Edit(**edit) for edit in finding.get("edits", [])),
                    "counterparts": tuple(finding.get("counterparts", [])),
                }
            )
            for finding in data["findings"]
        ),
        waivers=tuple(
            WaiverOutcome(**{**waiver, "findings": tuple(waiver["findings"])}) for waiver in data.get("waivers", [])
        ),
        change=_change(data["change"]) if data.get("change") else None,
        verdict=_verdict(data["verdict"]) if data.get("verdict") else None,
    )


def _change(data: Mapping[str, Any]) -> Change:
    return Change(
        since=data["since"],
        new=tuple(data["new"]),
        known=tuple(data["known"]),
        fixed=tuple(PastFinding(**past) for past in data["fixed"]),
    )


def _verdict(data: Mapping[str, Any]) -> Verdict:
    lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
    return Verdict(**{**data, **lists, "fixed": tuple(PastFinding(**past) for past in data["fixed"])})
