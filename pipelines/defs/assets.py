"""The assets: reading → extraction → comparison → audit. Each step reads the store and writes the store."""

# no `from __future__ import annotations`: Dagster inspects the annotations of assets
from collections.abc import Iterator, Mapping
from datetime import date, datetime

import dagster as dg
import pandas as pd

from audits import history, waivers
from audits.reports import html
from audits.reports import json as findings_json
from expectations.catalogue import catalogue
from expectations.contracts import COMPARISONS, READING, RECORDS
from expectations.contracts.base import Rows
from pipelines import audit
from pipelines.defs import metadata
from pipelines.defs.resources import Desk
from pipelines.engines import local
from pipelines.reading import read_corpus, reread

Materialized = Iterator[dg.MaterializeResult[None]]


def _specs(tables: Mapping[str, type[Rows]], group: str, deps: Mapping[str, type[Rows]]) -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            table,
            deps=list(deps),
            group_name=group,
            kinds={"pandas", "parquet"},
            description=model.__doc__,
            metadata={"dagster/column_schema": metadata.column_schema(model)},
        )
        for table, model in tables.items()
    ]


def _materialized(tables: Mapping[str, pd.DataFrame]) -> Materialized:
    for table, frame in tables.items():
        yield dg.MaterializeResult(
            asset_key=table, metadata={"dagster/row_count": len(frame), "sample": metadata.sample(frame)}
        )


@dg.multi_asset(specs=_specs(READING, "reading", {}))
def reading(context: dg.AssetExecutionContext, desk: Desk) -> Materialized:
    """Every article of the desk's folder: text, structure, metadata. What cannot be read is recorded as rejected."""
    corpus = read_corpus([desk.articles_folder], desk.corpus_root, desk.settings.house)
    if not corpus.articles:
        raise dg.Failure(f"Nothing to audit: no readable article in {desk.articles_folder}")
    for rejected in corpus.rejected:
        context.log.warning(f"rejected: {rejected.path}: {rejected.reason}")
    tables = audit.read_tables(corpus.articles)
    desk.tables.write(tables, {audit.REJECTED: audit.rejected_document(corpus.rejected)}, corpus.house)
    yield from _materialized(tables)


@dg.multi_asset(specs=_specs(RECORDS, "extraction", READING))
def records(desk: Desk) -> Materialized:
    """What each article states, as tables of records."""
    read = _stored(desk, READING)
    paths = dict(zip(read["articles"]["article_id"], read["articles"]["path"], strict=True))
    house = desk.settings.house
    articles = [reread(text, article, paths[article], house) for article, text in audit.texts_of(read).items()]
    extracted = local.records(articles, 1, lambda _done, _total: None, lambda: None, house)
    tables = audit.record_tables(extracted, read)
    desk.tables.write(tables, house=house)
    yield from _materialized(tables)


@dg.multi_asset(specs=_specs(COMPARISONS, "comparison", RECORDS))
def comparisons(desk: Desk) -> Materialized:
    """Records that must agree, side by side."""
    tables = audit.comparison_tables(_stored(desk, {**READING, **RECORDS}), desk.settings.sheet())
    desk.tables.write(tables, house=desk.settings.house)
    yield from _materialized(tables)


@dg.asset(
    deps=[*COMPARISONS],
    group_name="audit",
    kinds={"greatexpectations"},
    check_specs=[
        dg.AssetCheckSpec(rule.check_name, asset="findings", description=rule.document, metadata=metadata.of_rule(rule))
        for rule in catalogue().values()
    ],
)
def findings(desk: Desk) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """What the rules find in the articles: the findings document, and a check a rule."""
    tables = _stored(desk, {**READING, **RECORDS, **COMPARISONS})
    rejected = audit.rejected_in(desk.tables.document(audit.REJECTED))
    rules = desk.settings.rules()
    accepted = waivers.read(desk.corpus_root / desk.settings.waivers, catalogue()).waivers
    document = waivers.settle(audit.find(tables, rules, rejected), accepted, rules, date.today())
    past = desk.corpus_root / desk.settings.history
    names = audit.corpus_name([desk.articles_folder], past)
    now = history.entry(document, rules, names, datetime.now().astimezone())
    document = history.settle(document, history.read(past), now)
    desk.tables.write({}, {audit.FINDINGS: findings_json.render(document)}, desk.settings.house)
    history.add(past, now)
    yield dg.MaterializeResult(metadata=metadata.of_findings(document))
    texts = audit.texts_of(tables)
    for rule in catalogue().values():
        yield metadata.check_result(rule, document, texts, run=rule.name in rules)


@dg.asset(deps=[findings], group_name="audit", kinds={"html"})
def report(desk: Desk) -> dg.MaterializeResult[None]:
    """The HTML report that editors read."""
    tables = {table: desk.tables.read(table) for table in (*audit.FACT_TABLES, "blocks")}
    document = findings_json.parse(desk.tables.document(audit.FINDINGS))
    facts = audit.facts_of(tables, document)
    texts, blocks = audit.texts_of(tables), audit.blocks_of(tables)
    index = html.write(document, texts, blocks, catalogue(), facts, desk.report_folder)
    return dg.MaterializeResult(metadata={"report": dg.MetadataValue.path(index), "articles": len(document.articles)})


def _stored(desk: Desk, tables: Mapping[str, type[Rows]]) -> dict[str, pd.DataFrame]:
    return {table: desk.tables.read(table) for table in tables}
