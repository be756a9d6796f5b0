"""Articles with a fault in them, each audited in its own corpus, all of them in one run of the rules."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any

from audits import findings as audited
from audits.findings import Finding
from expectations import contracts
from expectations.catalogue import Rule
from expectations.facts import Fact
from expectations.validate import Failure, validate
from pipelines.audit import Rows, reading_rows
from pipelines.comparison import compare
from pipelines.extraction import extract
from pipelines.language.house import House
from pipelines.reading.article import Article

# Below this many variants a process costs more to start than it saves.
WORTH_SHARING = 32
CHUNK = 8


@dataclass(frozen=True, slots=True)
class Variant:
    """An article, as it is or changed; its place in the corpus; the rows of reading and records of every other one; the
    house that they are of, and its facts."""

    article: Article
    sequence: int
    others: tuple[Rows, ...]
    house: House
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class _Tables:
    """What the rules look at of a variant (its own rows, and the facts that it states), and what findings need."""

    rows: Rows
    articles: Sequence[Mapping[str, Any]]
    texts: Mapping[str, str]


def findings(variants: Sequence[Variant], rules: Mapping[str, Rule], jobs: int) -> list[tuple[Finding, ...]]:
    """What the rules find in each variant: of its article alone, and of facts that it and others state.

    The rules run once: an expectation costs milliseconds a run, whatever it is given.
    Raises BrokenContractError and BrokenRuleError where the fault is ours.
    """
    made = _made(variants, jobs)
    texts = {_labelled(number, key): text for number, of in enumerate(made) for key, text in of.texts.items()}
    stacked = {
        table: contracts.frame(table, (_apart(number, row) for number, of in enumerate(made) for row in of.rows[table]))
        for table in contracts.CONTRACTS
    }
    for table, frame in stacked.items():
        if table not in contracts.READING:  # an article stands there as often as it has variants
            contracts.hold(table, frame, texts)
    failures: dict[int, list[Failure]] = defaultdict(list)
    for failure in validate(stacked, rules.values()):
        number, row = _together(failure.row)
        failures[number].append(replace(failure, row=row))
    return [
        audited.build(failures[number], audited.Corpus(of.articles, of.texts), of.rows["witnesses"])
        for number, of in enumerate(made)
    ]


def placed(article: Article, sequence: int) -> Rows:
    """The rows of reading of one article that has this place in the corpus."""
    rows = reading_rows([article])
    return {**rows, "articles": [{**row, "sequence": sequence} for row in rows["articles"]]}


def _made(variants: Sequence[Variant], jobs: int) -> list[_Tables]:
    if jobs < 2 or len(variants) < WORTH_SHARING:
        return list(map(_tables, variants))
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_tables, variants, chunksize=CHUNK))


def _tables(variant: Variant) -> _Tables:
    own = variant.article.id
    parts = [{**placed(variant.article, variant.sequence), **extract(variant.article, variant.house)}, *variant.others]
    names = (*contracts.READING, *contracts.RECORDS)
    everything = {table: [row for rows in parts for row in rows[table]] for table in names}
    frames = {table: contracts.frame(table, rows) for table, rows in everything.items()}
    compared = compare(frames, variant.facts)
    facts = {row["fact_id"] for row in compared["witnesses"] if row["article_id"] == own}
    return _Tables(
        {
            table: [row for row in rows if row["article_id"] == own or row.get("fact_id") in facts]
            for table, rows in (everything | compared).items()
        },
        everything["articles"],
        {row["article_id"]: row["text"] for row in everything["texts"]},
    )


def _labelled(number: int, key: str) -> str:
    return f"{number}:{key}"


def _apart(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row under names that no other variant has."""
    return {**row, **{name: _labelled(number, row[name]) for name in ("article_id", "fact_id") if name in row}}


def _together(row: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """The number of the variant, and the row as it was."""
    number = int(row["article_id"].partition(":")[0])
    names = [name for name in ("article_id", "fact_id") if name in row]
    return number, {**row, **{name: row[name].partition(":")[2] for name in names}}
