"""Clean articles that between them offer a place for every kind of fault: four on one coast, and one of no date."""

from datetime import date
from functools import cache
from pathlib import Path

from expectations.catalogue import catalogue, select
from expectations.facts import Fact
from pipelines.audit import audit
from pipelines.evaluation.desk import Desk
from pipelines.evaluation.faults import Copy
from pipelines.reading import Corpus, read_corpus

FOLDER = Path(__file__).with_name("desk")
UNDATED = Path(__file__).with_name("undated")
SHEET = tuple(
    Fact.model_validate({"subject": subject, "property": kind, "value": value, "source": "the harbour office"} | limits)
    for subject, kind, value, limits in (
        ("Skarvey Lighthouse", "value", "EUR 45 million", {}),
        ("Maren Holt", "rank", "Captain", {"from": date(2025, 6, 1)}),
        ("Iceland", "capital", "Reykjavik", {}),
        ("NLA", "expansion", "Northern Lights Agency", {}),
        ("Henrik Solvang", "rank", "Colonel", {"from": date(2026, 3, 1)}),
    )
)


@cache
def corpus() -> Corpus:
    return read_corpus([FOLDER], FOLDER)


@cache
def desk() -> Desk:
    return _desk(corpus())


@cache
def undated() -> Desk:
    return _desk(read_corpus([UNDATED], UNDATED))


def copies() -> list[Copy]:
    return [each.copy(article) for each in (desk(), undated()) for article in each.articles]


def _desk(of: Corpus) -> Desk:
    return Desk(of, audit(of, select(catalogue()), facts=SHEET), SHEET)
