"""Three clean articles on one story that offer a place for every kind of fault."""

from functools import cache
from pathlib import Path

from expectations.catalogue import catalogue, select
from pipelines.audit import audit
from pipelines.evaluation.desk import Desk
from pipelines.evaluation.faults import Copy
from pipelines.reading import Corpus, read_corpus

FOLDER = Path(__file__).with_name("desk")


@cache
def corpus() -> Corpus:
    return read_corpus([FOLDER], FOLDER)


@cache
def desk() -> Desk:
    return Desk(corpus(), audit(corpus(), select(catalogue())))


def copies() -> list[Copy]:
    return [desk().copy(article) for article in desk().articles]
