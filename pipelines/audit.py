"""The whole audit as plain functions: what the command line calls at once, and Dagster asset by asset."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from audits import facts as facts_of_corpus
from audits import findings as audited
from audits.facts import CorpusFact
from audits.findings import Findings
from expectations import contracts
from expectations.catalogue import Rule
from expectations.contracts import rows_of
from expectations.facts import SHEET, Fact
from expectations.facts import read as read_facts
from expectations.validate import is_warm, validate, warm
from pipelines.comparison import compare, sources_of
from pipelines.engines import local
from pipelines.extraction import Records
from pipelines.language.house import House
from pipelines.language.tokens import count_words
from pipelines.reading import Corpus, Rejected, display_path
from pipelines.reading.article import PROSE, Article
from pipelines.reading.kept import KEPT

OPENING_CHARACTERS = 60
# Tables whose rows are an article's own, whatever else the corpus holds.
OWN = (*contracts.READING, *contracts.RECORDS)
# What the facts of a corpus are gathered from.
FACT_TABLES = ("articles", "texts", "acronyms", "witnesses", *facts_of_corpus.TITLES)
# The documents of an audit in the store, beside its tables.
FINDINGS = "findings.json"
REJECTED = "rejected.json"

Tables = Mapping[str, pd.DataFrame]
Rows = Mapping[str, list[dict[str, Any]]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Audit:
    """An audit's outcome: every table (reading, records, comparisons), the findings, and what could not be read."""

    tables: Tables
    findings: Findings
    rejected: tuple[Rejected, ...]


def silent(stage: str, done: int, total: int) -> None:
    """Tells nobody how far the audit is."""


def audit(
    corpus: Corpus,
    rules: Mapping[str, Rule],
    *,
    facts: Sequence[Fact] = (),
    jobs: int = 1,
    tell: Progress = silent,
) -> Audit:
    """From articles to findings; `facts` are the newsroom's sheet.

    `tell(stage, done, total)` is called as the audit gets on; a total of 0 is unknown.
    Raises BrokenContractError and BrokenRuleError where the fault is ours.
    """
    if jobs > 1 and len(corpus.articles) < local.WORTH_SHARING and not is_warm():
        tell("extracting and comparing", 0, 0)
        made = local.beside(partial(tables, facts=facts), corpus, warm)
    else:
        tell("preparing", 0, 0)
        told = partial(tell, "extracting")
        records = local.records(corpus.articles, jobs, told, warm, corpus.house)
        tell("comparing", 0, 0)
        made = _tables(corpus.articles, records, facts)
    tell(f"checking {len(rules)} rules", 0, 0)
    return Audit(made, find(made, rules, corpus.rejected), corpus.rejected)


def tables(corpus: Corpus, facts: Sequence[Fact] = ()) -> dict[str, pd.DataFrame]:
    """Every table of the articles, without judging them."""
    made = own_tables(corpus.articles, corpus.house)
    return made | comparison_tables(made, facts)


def own_tables(articles: Sequence[Article], house: House, jobs: int = 1) -> dict[str, pd.DataFrame]:
    """The tables of OWN of these articles."""
    records = local.records(articles, jobs, lambda _done, _total: None, lambda: None, house)
    made = read_tables(articles)
    return made | record_tables(records, made)


def read_tables(articles: Iterable[Article]) -> dict[str, pd.DataFrame]:
    """The tables of reading: `articles`, `texts`, `blocks`, held to their contracts."""
    articles = tuple(articles)
    return _held(reading_rows(articles), {article.id: article.text for article in articles})


def reading_rows(articles: Sequence[Article]) -> Rows:
    """The rows of the tables of reading."""
    return {
        "articles": in_sequence([_article_row(article) for article in articles]),
        "texts": [{"article_id": article.id, "text": article.text} for article in articles],
        "blocks": [
            {"article_id": a.id, "start": b.start, "end": b.end, "text": a.text[b.start : b.end], "kind": b.kind}
            for a in articles
            for b in a.blocks
        ],
    }


def in_sequence(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of `articles`, each with its place in the corpus: by date, then headline or opening; the path decides
    only between articles that begin alike."""
    aged = sorted(rows, key=lambda row: (row["published_at"] or "", row["headline"] or row["text"], row["path"]))
    places = {row["article_id"]: place for place, row in enumerate(aged)}
    return [{**row, "sequence": places[row["article_id"]]} for row in rows]


def numbered(articles: pd.DataFrame) -> pd.DataFrame:
    """The table `articles` of a corpus whose articles were read apart: each with its place in the whole."""
    return contracts.frame("articles", in_sequence(rows_of(articles)))


def record_tables(records: Records, tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables of records, held to their contracts."""
    return _held(records, texts_of(tables))


def comparison_tables(tables: Tables, facts: Sequence[Fact] = ()) -> dict[str, pd.DataFrame]:
    """The tables of comparisons, held to their contracts."""
    return _held(compare(tables, facts), texts_of(tables))


def compared_tables(tables: Tables, facts: Sequence[Fact] = ()) -> dict[str, pd.DataFrame]:
    """The tables of comparisons, not held to their contracts yet; see `broken`."""
    return {table: contracts.frame(table, rows) for table, rows in compare(tables, facts).items()}


def broken(tables: Tables, texts: Mapping[str, str]) -> dict[str, str]:
    """Which of the tables break their contracts, and how."""
    found = {}
    for table, frame in tables.items():
        try:
            contracts.hold(table, frame, texts)
        except contracts.BrokenContractError as error:
            found[table] = str(error)
    return found


def compared_from() -> dict[str, tuple[str, ...]]:
    """Which tables each table of comparisons is made from."""
    none = {table: contracts.frame(table, ()) for table in OWN}
    return sources_of(none, read_facts(SHEET))


def find(tables: Tables, rules: Mapping[str, Rule], rejected: Iterable[Rejected]) -> Findings:
    """What the rules find in the tables: the findings document."""
    articles = rows_of(tables["articles"])
    found = audited.build(
        validate(tables, rules.values()),
        audited.Corpus(articles, texts_of(tables)),
        rows_of(tables["witnesses"]),
        rows_of(tables["repairs"]),
    )
    return Findings(
        version=version("corrigenda"),
        articles=tuple(
            audited.AuditedArticle(
                id=row["article_id"],
                path=row["path"],
                sha256=row["sha256"],
                headline=row["headline"],
                published_at=row["published_at"],
                words=int(row["words"]),
            )
            for row in sorted(articles, key=lambda row: row["path"])
        ),
        rejected=tuple(audited.Rejection(file.path, file.reason) for file in rejected),
        findings=found,
    )


def facts_of(tables: Tables, findings: Findings) -> tuple[CorpusFact, ...]:
    """What the articles say of each thing of which two or more statements stand in the tables."""
    compared = {kind: rows_of(tables[kind]) for kind in facts_of_corpus.TITLES}
    corpus = audited.Corpus(rows_of(tables["articles"]), texts_of(tables))
    return facts_of_corpus.gather(compared, rows_of(tables["witnesses"]), corpus, findings)


def names_of(tables: Tables) -> dict[str, list[str]]:
    """What the articles call by each acronym."""
    names: dict[str, list[str]] = {}
    for row in rows_of(tables["acronyms"]):
        if row["kind"] == "definition":
            names.setdefault(row["acronym"], []).append(row["expansion"])
    return names


def rejected_document(rejected: Iterable[Rejected]) -> str:
    """The files that were rejected, as the store keeps them."""
    return json.dumps([asdict(file) for file in rejected])


def rejected_in(document: str) -> list[Rejected]:
    """The files that `rejected_document` was given."""
    return [Rejected(**file) for file in json.loads(document)]


def corpus_name(paths: Iterable[Path], history: Path) -> list[str]:
    """What the history calls a corpus: its files and folders (absolute), as found from the history's folder."""
    folder = history.absolute().parent
    return [display_path(path, folder if path.drive == folder.drive else Path(path.anchor)) for path in paths]


def blocks_of(tables: Tables) -> dict[str, list[tuple[str, int, int]]]:
    """Every article's blocks by its id: kind, start and end, in order."""
    of_article: dict[str, list[tuple[str, int, int]]] = {article: [] for article in tables["articles"]["article_id"]}
    for row in rows_of(tables["blocks"]):
        of_article[row["article_id"]].append((row["kind"], row["start"], row["end"]))
    return of_article


def texts_of(tables: Tables) -> dict[str, str]:
    """The articles' texts by id."""
    return dict(zip(tables["texts"]["article_id"], tables["texts"]["text"], strict=True))


def _tables(articles: Sequence[Article], records: Records, facts: Sequence[Fact]) -> dict[str, pd.DataFrame]:
    made = read_tables(articles)
    made |= record_tables(records, made)
    return made | comparison_tables(made, facts)


def _held(rows: Rows, texts: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    return {table: contracts.hold(table, contracts.frame(table, made), texts) for table, made in rows.items()}


def _article_row(article: Article) -> dict[str, Any]:
    start, end = _opening(article)
    published = article.published
    byline = article.byline.value if article.byline else None
    source = article.source.value if article.source else None
    prose = (block for block in article.blocks if block.kind in PROSE)
    return {
        "article_id": article.id,
        "start": start,
        "end": end,
        "text": article.text[start:end],
        "path": article.path,
        "sha256": article.sha256,
        "sequence": 0,
        "format": article.format,
        "language": article.language,
        "words": sum(count_words(article.text, block.start, block.end) for block in prose),
        "headline": article.headline.value if article.headline else None,
        "published_stated": published.stated.value if published else None,
        "published_at": published.day if published else None,
        "published_from": published.stated.place if published else None,
        "byline": byline,
        "source": source,
        "credit": byline or source,
    }


def _opening(article: Article) -> tuple[int, int]:
    """The opening words, cut at a space: where a finding about something missing points."""
    kept = article.format in KEPT and article.blocks[0].kind == "matter"
    begun = article.blocks[0].end if kept else 0  # in a kept extraction front matter is none of the writer's words
    start = next(
        (
            at
            for at in range(begun, len(article.text))
            if not (article.text[at].isspace() or article.text[at] == "\ufeff")
        ),
        0,
    )
    line_end = min(
        (at for at in (article.text.find(mark, start) for mark in "\r\n") if at >= 0), default=len(article.text)
    )
    if line_end - start <= OPENING_CHARACTERS:
        return start, start + len(article.text[start:line_end].rstrip())
    cut = article.text.rfind(" ", start, start + OPENING_CHARACTERS)
    return start, cut if cut > start else start + OPENING_CHARACTERS
