"""From an article to records: one extractor a table, pure, named as the table's contract is."""

from collections.abc import Callable, Iterable, Mapping

from pipelines.extraction import (
    acronyms,
    clauses,
    conventions,
    dates,
    doublings,
    entities,
    figures,
    marks,
    people,
    quotations,
    sentences,
    sources,
    spellings,
)
from pipelines.extraction.document import Document, Row
from pipelines.reading.article import Article

EXTRACTORS: Mapping[str, Callable[[Document], list[Row]]] = {
    "sentences": sentences.extract,
    "clauses": clauses.extract,
    "figures": figures.extract,
    "dates": dates.extract,
    "people": people.extract,
    "acronyms": acronyms.extract,
    "entities": entities.extract,
    "sources": sources.extract,
    "quotations": quotations.extract,
    "marks": marks.extract,
    "spellings": spellings.extract,
    "doublings": doublings.extract,
    "conventions": conventions.extract,
}

Records = dict[str, list[Row]]


def extract(article: Article) -> Records:
    """The article's records, by table."""
    document = Document(article)
    return {table: extractor(document) for table, extractor in EXTRACTORS.items()}


def gather(extracted: Iterable[Records]) -> Records:
    """The records of many articles as one set of tables, in the order given."""
    tables: Records = {table: [] for table in EXTRACTORS}
    for records in extracted:
        for table, rows in records.items():
            tables[table].extend(rows)
    return tables
