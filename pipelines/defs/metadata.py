"""What the Dagster UI shows beside an asset or a check."""

from collections import Counter
from collections.abc import Mapping

import dagster as dg
import pandas as pd

from audits.findings import Finding, Findings
from expectations.catalogue import Rule
from expectations.contracts.base import Rows

SAMPLE = 20
CONTEXT = 60  # code points of the article on either side of an excerpt

SEVERITY = {
    "error": dg.AssetCheckSeverity.ERROR,
    "warning": dg.AssetCheckSeverity.WARN,
    "note": dg.AssetCheckSeverity.WARN,
}


def column_schema(model: type[Rows]) -> dg.TableSchema:
    """The columns of a contract: name, type, description, constraints."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=name,
                type=str(column.dtype),
                description=column.description,
                constraints=dg.TableColumnConstraints(
                    nullable=column.nullable, unique=column.unique, other=[str(check.error) for check in column.checks]
                ),
            )
            for name, column in model.to_schema().columns.items()
        ]
    )


def sample(frame: pd.DataFrame) -> dg.TableMetadataValue:
    """The first rows of a table."""
    rows = frame.head(SAMPLE).astype(object).where(frame.head(SAMPLE).notna(), None).to_dict("records")
    return _table([{str(name): value for name, value in row.items()} for row in rows], [str(n) for n in frame.columns])


def of_rule(rule: Rule) -> dict[str, str]:
    """What is known of a rule before it runs."""
    return {"severity": rule.severity, "scope": " and ".join(rule.scopes), "family": rule.family}


def of_findings(document: Findings) -> dict[str, dg.MetadataValue | int]:
    """Counts of the open findings: plotted over time, and a table by rule."""
    found = [finding for finding in document.findings if finding.status == "open"]
    by_severity = Counter(finding.severity for finding in found)
    by_rule = Counter((finding.rule, finding.severity) for finding in found)
    rows = [{"rule": rule, "severity": severity, "findings": n} for (rule, severity), n in sorted(by_rule.items())]
    return {
        "findings": len(found),
        "errors": by_severity["error"],
        "warnings": by_severity["warning"],
        "notes": by_severity["note"],
        "waived": len(document.findings) - len(found),
        "articles": len(document.articles),
        "rejected": len(document.rejected),
        "by rule": _table(rows, ["rule", "severity", "findings"]),
    }


def check_result(rule: Rule, document: Findings, texts: Mapping[str, str], *, run: bool) -> dg.AssetCheckResult:
    """What a rule finds: passed where nothing is open, how many, and the first of them with the words around."""
    found = [finding for finding in document.findings if finding.rule == rule.name and finding.status == "open"]
    articles = len({finding.anchor.article for finding in found})
    worst = min((finding.severity for finding in found), key=["error", "warning", "note"].index, default=rule.severity)
    said = f"{len(found)} in {articles} of {len(document.articles)} articles" if found else "nothing found"
    rows = [_row(finding, texts) for finding in found[:SAMPLE]]
    return dg.AssetCheckResult(
        asset_key="findings",
        check_name=rule.check_name,
        passed=not found,
        severity=SEVERITY[worst],
        description=f"{rule.title}: {said}." if run else f"{rule.title}: not selected, not run.",
        metadata={
            "findings": len(found),
            **({"sample": _table(rows, list(rows[0]))} if rows else {}),
        },
    )


def _row(finding: Finding, texts: Mapping[str, str]) -> dict[str, str | int]:
    span = finding.anchor
    text = texts[span.article]
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return {
        "excerpt": " ".join(f"…{before}[{span.text}]{after}…".split()),
        "place": f"{span.path}:{span.line}:{span.column}",
        "message": finding.message,
        "suggestion": finding.suggestion,
        "witnesses": "; ".join(f"{s.article}:{s.line}: {s.text}" for s in finding.spans[1:]),
    }


def _table(rows: list[dict[str, object]] | list[dict[str, str | int]], columns: list[str]) -> dg.TableMetadataValue:
    def cell(value: object) -> str | int | float | bool | None:
        return value if isinstance(value, str | int | float | bool | None) else str(value)

    records = [dg.TableRecord({name: cell(value) for name, value in row.items()}) for row in rows]
    kinds = {name: type(rows[0][name]).__name__ if rows else "str" for name in columns}
    names = {"str": "string", "int": "int", "float": "float", "bool": "bool"}
    return dg.MetadataValue.table(
        records=records,
        schema=dg.TableSchema(columns=[dg.TableColumn(name, names.get(kinds[name], "string")) for name in columns]),
    )
