"""What the Dagster UI shows beside an asset, a partition or a check."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Formatter

import dagster as dg
import pandas as pd

from audits.findings import Finding, Findings
from audits.reports.views import ARTICLES, files_of
from expectations.catalogue import SEVERITIES, Rule
from expectations.contracts import COMPARISONS, CONTRACTS, RECORDS, Spans, rows_of
from expectations.contracts.base import Rows
from pipelines.defs.resources import Desk
from pipelines.upkeep import Taken
from pipelines.verdicts import Verdict

SAMPLE = 20
CONTEXT = 60  # code points of the article on either side of an excerpt
CELL = 500  # characters of a value that is shown

SEVERITY = {
    "error": dg.AssetCheckSeverity.ERROR,
    "warning": dg.AssetCheckSeverity.WARN,
    "note": dg.AssetCheckSeverity.WARN,
}
FINDING_COLUMNS = ("rule", "severity", "article", "words", "message", "suggestion")

Value = str | int | float | bool | None
Metadata = dict[str, dg.MetadataValue | dg.TableSchema | dg.TableColumnLineage | str | int]


# ---- tables


def schema(table: str) -> Metadata:
    """The columns of a table."""
    return {"dagster/column_schema": column_schema(CONTRACTS[table])}


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


def schema_of_records() -> Metadata:
    """The columns that stand for the words of a record, whichever table it is in, and the tables."""
    listed = "\n".join(f"- `{table}`: {' '.join((model.__doc__ or '').split())}" for table, model in RECORDS.items())
    return {"dagster/column_schema": column_schema(Spans), "tables": dg.MetadataValue.md(listed)}


def schema_of_findings() -> Metadata:
    """The columns of a finding."""
    return {"dagster/column_schema": dg.TableSchema([dg.TableColumn(name, "string") for name in FINDING_COLUMNS])}


def lineage(table: str, sources: Sequence[str] = ()) -> Metadata:
    """Where the columns of a table over the corpus come from: of a comparison, the anchor's words, from the rows of its
    `sources`; what else a comparison states is worked out of whole tables."""
    names = list(CONTRACTS[table].to_schema().columns)
    spans = [name for name in names if name in Spans.to_schema().columns]
    if table == "articles":
        deps = {name: [("articles", name)] for name in names}
    elif table == "texts":
        deps = {"article_id": [("corpus", "article_id")], "text": [("articles", "text")]}
    elif table in COMPARISONS:
        deps = {name: [(source, name) for source in sources if source in RECORDS] for name in spans}
    else:
        start = "records" if table in RECORDS else "articles"
        deps = {name: [("corpus", "article_id") if name == "article_id" else (start, name)] for name in spans}
    return _lineage(deps)


def lineage_of_findings(rules: Iterable[Rule]) -> Metadata:
    """Where the words of findings come from: the columns that the rules' messages name."""
    deps: dict[str, list[tuple[str, str]]] = {"words": [], "message": [], "suggestion": [], "article": []}
    for check in (check for rule in rules for check in rule.checks):
        table = "corpus" if check.table == "articles" else check.table
        deps["article"].append((table, "article_id"))
        deps["words"].append((table, "text"))
        for column, words in (("message", check.message), ("suggestion", check.suggestion)):
            deps[column] += [(table, name) for _, name, _, _ in Formatter().parse(words) if name]
    known = {name: [(t, c) for t, c in found if _has(t, c)] for name, found in deps.items()}
    return _lineage(known)


def of_rows(frame: pd.DataFrame, table: str, sources: Sequence[str] = ()) -> Metadata:
    """A table as it is now: rows, where its columns come from, the first rows."""
    return {"dagster/row_count": len(frame), **lineage(table, sources), "sample": sample(frame)}


def sample(frame: pd.DataFrame) -> dg.TableMetadataValue:
    """The first rows of a table."""
    return _table(rows_of(frame.head(SAMPLE)), [str(name) for name in frame.columns])


def contract_result(asset: str, name: str, frame: pd.DataFrame, broken: str | None) -> dg.AssetCheckResult:
    """Whether a table keeps its contract."""
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=name,
        passed=broken is None,
        severity=dg.AssetCheckSeverity.ERROR,
        description=broken or f"{len(frame)} rows keep the contract.",
        metadata={"rows": len(frame)},
    )


# ---- articles and partitions


def of_corpus(articles: pd.DataFrame, taken: Taken) -> Metadata:
    """The corpus as it is now: how many articles, what was read, what is gone, what cannot be read."""
    rejected = [{"path": file.path, "reason": file.reason} for file in taken.rejected]
    return {
        **of_rows(articles, "articles"),
        "words": int(articles["words"].sum()),
        "read now": len(taken.articles),
        "gone": len(taken.gone),
        "rejected": len(rejected),
        **({"cannot be read": _table(rejected[:SAMPLE], ["path", "reason"])} if rejected else {}),
    }


def of_part(paths: Sequence[str], taken: Taken) -> dict[str, Metadata]:
    """What was read of a partition's files, for the asset `articles`, and what they state, for `records`."""
    read = [path for path in paths if path in taken.articles]
    rows: Counter[str] = Counter()
    for path in read:
        rows.update(taken.rows[path])
    listed = [{"path": path, "sha256": taken.articles[path]} for path in read]
    stated = [{"table": table, "rows": rows[table]} for table in RECORDS if rows[table]]
    return {
        "articles": {
            "dagster/partition_row_count": rows["articles"],
            "files": _table(listed[:SAMPLE], ["path", "sha256"]),
            "blocks": rows["blocks"],
        },
        "records": {
            "dagster/partition_row_count": sum(rows[table] for table in RECORDS),
            "by table": _table(stated, ["table", "rows"]),
        },
    }


def observed(key: str, verdict: Verdict, document: Findings, desk: Desk) -> dg.AssetObservation:
    """Which rules the articles of a partition break, as its page shows it."""
    severities = {finding.rule: finding.severity for finding in document.findings if finding.status == "open"}
    rows = [{"rule": rule, "severity": severities[rule], "findings": count} for rule, count in verdict.rules.items()]
    files = files_of(document)
    pages = [f"{ARTICLES}/{files[article]}" for article in verdict.articles]
    return dg.AssetObservation(
        "articles",
        partition=key,
        description="no open finding" if not rows else ", ".join(verdict.rules),
        metadata={
            "findings": sum(verdict.rules.values()),
            "rules broken": _table(rows, ["rule", "severity", "findings"]),
            **({"report": _page(desk, pages[0])} if len(pages) == 1 else {"report": _page(desk, "index.html")}),
        },
    )


# ---- rules and findings


def of_rule(rule: Rule) -> dict[str, str]:
    """What is known of a rule before it runs."""
    return {"severity": rule.severity, "scope": " and ".join(rule.scopes), "family": rule.family}


def of_findings(document: Findings, rules: Iterable[Rule]) -> Metadata:
    """Counts of the open findings: plotted over time, and a table by rule."""
    found = [finding for finding in document.findings if finding.status == "open"]
    by_severity = Counter(finding.severity for finding in found)
    by_rule = Counter((finding.rule, finding.severity) for finding in found)
    rows = [{"rule": rule, "severity": severity, "findings": n} for (rule, severity), n in sorted(by_rule.items())]
    return {
        "dagster/row_count": len(found),
        **lineage_of_findings(rules),
        "findings": len(found),
        "errors": by_severity["error"],
        "warnings": by_severity["warning"],
        "notes": by_severity["note"],
        "new": sum(finding.novelty == "new" for finding in found),
        "waived": len(document.findings) - len(found),
        "articles": len(document.articles),
        "rejected": len(document.rejected),
        "by rule": _table(rows, ["rule", "severity", "findings"]),
    }


def check_result(rule: Rule, document: Findings, texts: Mapping[str, str]) -> dg.AssetCheckResult:
    """What a rule finds: passed where nothing is open, how many, and the first of them with the words around."""
    found = [finding for finding in document.findings if finding.rule == rule.name and finding.status == "open"]
    articles = len({finding.anchor.article for finding in found})
    worst = min((finding.severity for finding in found), key=SEVERITIES.index, default=rule.severity)
    said = f"{len(found)} in {articles} of {len(document.articles)} articles" if found else "nothing found"
    rows = [_row(finding, texts) for finding in found[:SAMPLE]]
    return dg.AssetCheckResult(
        asset_key="findings",
        check_name=rule.check_name,
        passed=not found,
        severity=SEVERITY[worst],
        description=f"{rule.title}: {said}.",
        metadata={"findings": len(found), **({"sample": _table(rows, list(rows[0]))} if rows else {})},
    )


def could_not_run(rule: Rule, reason: str) -> dg.AssetCheckResult:
    """A rule that could not be run."""
    return dg.AssetCheckResult(
        asset_key="findings",
        check_name=rule.check_name,
        passed=False,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"{rule.title}: could not be run: {reason}",
    )


def of_report(index: Path, document: Findings, desk: Desk) -> Metadata:
    """Where the report is."""
    return {
        "report": _page(desk, index.name),
        "folder": dg.MetadataValue.path(index.parent),
        "articles": len(document.articles),
        "missing": len(document.rejected),
    }


def _page(desk: Desk, page: str) -> dg.MetadataValue:
    """A page of the report: where it is served, a link; else its file."""
    if desk.report_url:
        return dg.MetadataValue.url(f"{desk.report_url.rstrip('/')}/{page}")
    return dg.MetadataValue.path(desk.report_folder / page)


def _row(finding: Finding, texts: Mapping[str, str]) -> dict[str, Value]:
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


def _has(asset: str, column: str) -> bool:
    return column in CONTRACTS["articles" if asset == "corpus" else asset].to_schema().columns


def _lineage(deps: Mapping[str, Iterable[tuple[str, str]]]) -> Metadata:
    made = {
        column: [dg.TableColumnDep(asset_key=asset, column_name=name) for asset, name in dict.fromkeys(sources)]
        for column, sources in deps.items()
    }
    return {"dagster/column_lineage": dg.TableColumnLineage(made)}


def _table(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> dg.TableMetadataValue:
    def cell(value: object) -> Value:
        if isinstance(value, int | float | bool | None):
            return value
        text = str(value)
        return text if len(text) <= CELL else text[: CELL - 1] + "…"

    rows = list(rows)
    kinds = {name: type(rows[0][name]).__name__ if rows else "str" for name in columns}
    names = {"str": "string", "int": "int", "float": "float", "bool": "bool"}
    return dg.MetadataValue.table(
        records=[dg.TableRecord({name: cell(value) for name, value in row.items()}) for row in rows],
        schema=dg.TableSchema(columns=[dg.TableColumn(name, names.get(kinds[name], "string")) for name in columns]),
    )
