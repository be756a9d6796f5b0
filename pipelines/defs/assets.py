"""The assets: reading → extraction → comparison → audit. Each step reads the store and writes the store."""

# no `from __future__ import annotations`: Dagster inspects the annotations of assets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import dagster as dg
import pandas as pd
from pydantic import Field

from audits import history, waivers
from audits.reports import html
from audits.reports import json as findings_json
from expectations.catalogue import Rule, catalogue
from expectations.contracts import COMPARISONS, CONTRACTS, READING, RECORDS
from expectations.nearest import nearest
from expectations.validate import BrokenRuleError
from pipelines import audit, upkeep, verdicts
from pipelines.defs import metadata
from pipelines.defs.resources import Desk
from pipelines.partitions import UnknownArticleError, paths_named
from pipelines.reading import display_path

PARTS_A_RUN = 100
ARTICLES = dg.DynamicPartitionsDefinition(name="articles")
OWNERS = ["team:desk"]
# The tables over the corpus that are made article by article; `corpus` stands for the table of articles.
STANDING = [table for table in (*READING, *RECORDS) if table != "articles"]
GROUPS = {**dict.fromkeys(READING, "reading"), **dict.fromkeys(RECORDS, "extraction")} | dict.fromkeys(
    COMPARISONS, "comparison"
)
CONTRACT = "contract"
# Which tables each comparison is made from.
SOURCES = audit.compared_from()

Results = Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]


class Articles(dg.Config):
    """Articles to be read again, whatever the store has of them."""

    articles: list[str] = Field(
        default=[], description="Partition keys, paths, or names of files without their ending; none: what has changed"
    )


class Rules(dg.Config):
    """The rules that are run: findings and report are then of these alone, until the next audit."""

    rules: list[str] = Field(default=[], description="Names of rules; none: as the settings say")


def _contract(asset: str, table: str) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        CONTRACT,
        asset=asset,
        blocking=True,
        description=f"Every row of the table `{table}` keeps its contract. A contract that is broken is a defect of "
        "Corrigenda, never of an article; nothing is made from such a table.",
    )


def _table(table: str, deps: Sequence[str]) -> dg.AssetSpec:
    return dg.AssetSpec(
        table,
        deps=list(deps),
        group_name=GROUPS[table],
        kinds={"pandas", "parquet"},
        owners=OWNERS,
        tags={"over": "corpus"},
        description=CONTRACTS[table].__doc__,
        metadata=metadata.schema(table),
    )


@dg.multi_asset(
    name="intake",
    partitions_def=ARTICLES,
    backfill_policy=dg.BackfillPolicy.multi_run(max_partitions_per_run=PARTS_A_RUN),
    specs=[
        dg.AssetSpec(
            "articles",
            group_name="reading",
            kinds={"file", "parquet"},
            owners=OWNERS,
            tags={"over": "partition"},
            description="The articles of a partition as read: text, structure, metadata. The page of a partition shows "
            "which rules its articles break, as of the last audit in which that changed.",
            metadata=metadata.schema("articles"),
        ),
        dg.AssetSpec(
            "records",
            deps=["articles"],
            group_name="extraction",
            kinds={"pandas", "parquet"},
            owners=OWNERS,
            tags={"over": "partition"},
            description="What the articles of a partition state, as tables of records.",
            metadata=metadata.schema_of_records(),
        ),
    ],
)
def intake(context: dg.AssetExecutionContext, desk: Desk) -> Iterator[dg.MaterializeResult[None]]:
    """The articles of some partitions, read and extracted, put into the store in place of what it has of them."""
    parts = desk.parts()
    keys = {key: parts.get(key, []) for key in context.partition_keys}
    files = [file for key in keys for file in keys[key]]
    taken = upkeep.take(desk.tables, files, desk.corpus_root, desk.settings.house)
    faults = {key: reasons for key in keys if (reasons := _faults(key, keys[key], taken, desk.corpus_root))}
    about = {
        key: metadata.of_part([display_path(file, desk.corpus_root) for file in files], taken)
        for key, files in keys.items()
        if key not in faults
    }
    if faults:  # a run fails or succeeds as a whole: what is good is told before it fails
        for key in about:
            for asset in ("articles", "records"):
                context.log_event(dg.AssetMaterialization(asset, partition=key, metadata=about[key][asset]))
        raise dg.Failure("\n".join(reason for reasons in faults.values() for reason in reasons), allow_retries=False)
    for asset in ("articles", "records"):
        for key in about:
            context.add_asset_metadata(about[key][asset], asset_key=asset, partition_key=key)
        yield dg.MaterializeResult(asset_key=asset)


def _faults(key: str, files: Sequence[Path], taken: upkeep.Taken, root: Path) -> list[str]:
    """Why a partition cannot be had."""
    if not files:
        return [f"{key}: no file of it is left in the folder; the partition is retired when the folder is looked at"]
    paths = {display_path(file, root) for file in files}
    return [f"{file.path}: {file.reason}" for file in taken.rejected if file.path in paths]


@dg.asset(
    deps=["articles"],
    group_name="reading",
    kinds={"pandas", "parquet"},
    owners=OWNERS,
    tags={"over": "corpus"},
    metadata=metadata.schema("articles"),
    check_specs=[_contract("corpus", "articles")],
)
def corpus(context: dg.AssetExecutionContext, config: Articles, desk: Desk) -> Results:
    """Every article that stands in the folder: what is gone is taken out of the store, what was missed is read now, and
    what cannot be read is named. One row an article, in order of age."""
    try:
        again = paths_named(config.articles, desk.parts(), desk.corpus_root)
    except UnknownArticleError as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    taken = upkeep.follow(desk.tables, desk.articles_folder, desk.corpus_root, desk.settings.house, again)
    for rejected in taken.rejected:
        context.log.warning(f"rejected: {rejected.path}: {rejected.reason}")
    tables, _ = upkeep.snapshot(desk.tables, ["texts"])
    if tables["articles"].empty:
        raise dg.Failure(f"Nothing to audit: no readable article in {desk.articles_folder}", allow_retries=False)
    yield dg.MaterializeResult(metadata=metadata.of_corpus(tables["articles"], taken))
    yield _held("corpus", "articles", tables)


@dg.multi_asset(
    specs=[_table(table, ["corpus", "records"] if table in RECORDS else ["corpus"]) for table in STANDING],
    check_specs=[_contract(table, table) for table in STANDING],
)
def tables(desk: Desk) -> Results:
    """The tables of the whole corpus, held to their contracts before anything is made from them."""
    stored, _ = upkeep.snapshot(desk.tables, [*READING, *RECORDS])
    for table in STANDING:
        yield dg.MaterializeResult(asset_key=table, metadata=metadata.of_rows(stored[table], table))
        yield _held(table, table, stored)


@dg.multi_asset(
    specs=[
        _table(table, ["corpus" if source == "articles" else source for source in sources])
        for table, sources in SOURCES.items()
    ],
    check_specs=[_contract(table, table) for table in COMPARISONS],
)
def comparisons(desk: Desk) -> Results:
    """Records that must agree, side by side."""
    stored, state = upkeep.snapshot(desk.tables, [*READING, *RECORDS])
    made = audit.compared_tables(stored, desk.settings.sheet())
    checks = [_held(table, table, {**made, "texts": stored["texts"]}) for table in made]
    if all(check.passed for check in checks):
        desk.tables.write(made, house=desk.settings.house, state=state)
    for table, frame in made.items():
        yield dg.MaterializeResult(asset_key=table, metadata=metadata.of_rows(frame, table, SOURCES[table]))
    yield from checks


@dg.multi_asset(
    name="findings",
    specs=[
        dg.AssetSpec(
            "findings",
            deps=["corpus", *STANDING, *COMPARISONS],
            group_name="audit",
            kinds={"greatexpectations"},
            owners=OWNERS,
            tags={"over": "corpus"},
            description="What the rules find in the articles: the findings document, and a check a rule.",
            metadata=metadata.schema_of_findings(),
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(rule.check_name, asset="findings", description=rule.document, metadata=metadata.of_rule(rule))
        for rule in catalogue().values()
    ],
    can_subset=True,
)
def findings(context: dg.AssetExecutionContext, config: Rules, desk: Desk) -> Results:
    """What the rules find in the articles: the findings document, and a check a rule."""
    stored, state = upkeep.snapshot(desk.tables, [*CONTRACTS])
    rejected = audit.rejected_in(desk.tables.document(audit.REJECTED))
    rules = _rules(config, desk)
    checked = {rule.check_name: rule for rule in rules.values()}
    chosen = {key.name for key in context.selected_asset_check_keys}
    accepted = waivers.read(desk.corpus_root / desk.settings.waivers, catalogue()).waivers
    try:
        found = audit.find(stored, rules, rejected)
    except BrokenRuleError as error:
        for name, rule in checked.items():
            if name in chosen and str(error).startswith(f"{rule.name}:"):
                yield metadata.could_not_run(rule, str(error))
        raise dg.Failure(f"A rule could not be run: {error}", allow_retries=False) from None
    document = waivers.settle(found, accepted, rules, date.today())
    past = desk.corpus_root / desk.settings.history
    names = audit.corpus_name([desk.articles_folder], past)
    now = history.entry(document, rules, names, datetime.now().astimezone())
    document = history.settle(document, history.read(past), now)
    if context.selected_asset_keys:
        told, verdict_on = verdicts.before(desk.tables), verdicts.verdicts(document, desk.parts(), desk.corpus_root)
        documents = {audit.FINDINGS: findings_json.render(document), verdicts.DOCUMENT: verdicts.rendered(verdict_on)}
        desk.tables.write({}, documents, desk.settings.house, state)
        history.add(past, now)
        yield dg.MaterializeResult(asset_key="findings", metadata=metadata.of_findings(document, rules.values()))
        for key in context.instance.get_dynamic_partitions(str(ARTICLES.name)):
            if key in verdict_on and told.get(key) != verdict_on[key].digest:
                context.log_event(metadata.observed(key, verdict_on[key], document, desk))
    texts = audit.texts_of(stored)
    for name, rule in checked.items():
        if name in chosen:
            yield metadata.check_result(rule, document, texts)


@dg.asset(deps=[findings], group_name="audit", kinds={"html"}, owners=OWNERS, tags={"over": "corpus"})
def report(desk: Desk) -> dg.MaterializeResult[None]:
    """The HTML report that editors read."""
    stored, _ = upkeep.snapshot(desk.tables, [*audit.FACT_TABLES, "blocks"])
    document = findings_json.parse(desk.tables.document(audit.FINDINGS))
    facts = audit.facts_of(stored, document)
    texts, blocks = audit.texts_of(stored), audit.blocks_of(stored)
    index = html.write(document, texts, blocks, catalogue(), facts, desk.report_folder)
    return dg.MaterializeResult(metadata=metadata.of_report(index, document, desk))


def _held(asset: str, table: str, tables: Mapping[str, pd.DataFrame]) -> dg.AssetCheckResult:
    broken = audit.broken({table: tables[table]}, audit.texts_of(tables))
    return metadata.contract_result(asset, CONTRACT, tables[table], broken.get(table))


def _rules(config: Rules, desk: Desk) -> Mapping[str, Rule]:
    settings = desk.settings
    if not config.rules:
        return settings.rules()
    try:
        return settings.model_copy(update={"select": tuple(config.rules), "ignore": ()}).rules()
    except KeyError as error:
        raise dg.Failure(
            f"There is no rule {error.args[0]!r}{nearest(error.args[0], catalogue())}", allow_retries=False
        ) from None
