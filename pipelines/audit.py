"""The whole audit as plain functions: what the command line calls at once, and Dagster asset by asset."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version

import pandas as pd

from audits import findings as audited
from audits.findings import Findings
from expectations import contracts
from expectations.catalogue import Rule
from expectations.validate import validate
from pipelines.comparison import compare
from pipelines.extraction import Records, extract, gather
from pipelines.language.tokens import tokenise
from pipelines.reading import Corpus
from pipelines.reading.article import PROSE, Article

OPENING_CHARACTERS = 60

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Audit:
    """An audit's outcome: every table (reading, records, comparisons) and the findings."""

    tables: Tables
    findings: Findings


def audit(corpus: Corpus, rules: Mapping[str, Rule]) -> Audit:
    """Read articles to findings.

    Raises BrokenContractError and BrokenRuleError where the fault is ours.
    """
    tables = read_tables(corpus.articles)
    tables |= record_tables(gather(extract(article) for article in corpus.articles), tables)
    tables |= comparison_tables(tables)
    return Audit(tables, find(tables, rules, corpus))


def read_tables(articles: Iterable[Article]) -> dict[str, pd.DataFrame]:
    """The tables of reading: `articles`, `texts`, `blocks`, held to their contracts."""
    articles = tuple(articles)
    ordered = sorted(articles, key=_age)
    sequence = {article.id: place for place, article in enumerate(ordered)}
    rows = {
        "articles": [_article_row(article, sequence[article.id]) for article in articles],
        "texts": [{"article_id": article.id, "text": article.text} for article in articles],
        "blocks": [
            {"article_id": a.id, "start": b.start, "end": b.end, "text": a.text[b.start : b.end], "kind": b.kind}
            for a in articles
            for b in a.blocks
        ],
    }
    return _held(rows, {article.id: article.text for article in articles})


def record_tables(records: Records, tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables of records, held to their contracts."""
    return _held(records, texts_of(tables))


def comparison_tables(tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables of comparisons, held to their contracts."""
    return _held(compare(tables), texts_of(tables))


def find(tables: Tables, rules: Mapping[str, Rule], corpus: Corpus) -> Findings:
    """What the rules find in the tables: the findings document."""
    articles = tables["articles"].astype(object).where(tables["articles"].notna(), None).to_dict("records")
    found = audited.build(
        validate(tables, rules.values()),
        audited.Corpus(articles, texts_of(tables)),
        tables["witnesses"].to_dict("records"),
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
        rejected=tuple(audited.Rejection(rejected.path, rejected.reason) for rejected in corpus.rejected),
        findings=found,
    )


def texts_of(tables: Tables) -> dict[str, str]:
    """The articles' texts by id."""
    return dict(zip(tables["texts"]["article_id"], tables["texts"]["text"], strict=True))


def _held(rows: Mapping[str, list[dict[str, object]]], texts: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    return {table: contracts.hold(table, contracts.frame(table, made), texts) for table, made in rows.items()}


def _age(article: Article) -> tuple[str, str, str]:
    """By date, then headline or opening: the path decides only between articles that begin alike."""
    day = article.published.day if article.published else None
    headline = article.headline.value if article.headline else article.text[slice(*_opening(article))]
    return day or "", headline, article.path


def _article_row(article: Article, sequence: int) -> dict[str, object]:
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
        "sequence": sequence,
        "format": article.format,
        "language": article.language,
        "words": sum(t.kind == "word" for b in prose for t in tokenise(article.text, b.start, b.end)),
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
    start = next(
        (at for at, character in enumerate(article.text) if not character.isspace() and character != "\ufeff"), 0
    )
    line_end = min(
        (at for at in (article.text.find(mark, start) for mark in "\r\n") if at >= 0), default=len(article.text)
    )
    if line_end - start <= OPENING_CHARACTERS:
        return start, start + len(article.text[start:line_end].rstrip())
    cut = article.text.rfind(" ", start, start + OPENING_CHARACTERS)
    return start, cut if cut > start else start + OPENING_CHARACTERS
