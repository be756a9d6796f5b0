"""From an article to records: one extractor a table, pure, named as the table's contract is."""

from collections.abc import Callable, Iterable, Mapping

from pipelines.extraction import (
    acronyms,
    assertions,
    calculations,
    claims,
    clauses,
    conventions,
    datelines,
    dates,
    doublings,
    entities,
    events,
    figures,
    lists,
    marks,
    mentions,
    people,
    quotations,
    ranges,
    repairs,
    sentences,
    sources,
    spellings,
    tallies,
    timings,
    venues,
)
from pipelines.extraction.document import Document, Row
from pipelines.language.house import ANY, House
from pipelines.reading.article import Article

EXTRACTORS: Mapping[str, Callable[[Document], list[Row]]] = {
    "sentences": sentences.extract,
    "clauses": clauses.extract,
    "figures": figures.extract,
    "ranges": ranges.extract,
    "tallies": tallies.extract,
    "lists": lists.extract,
    "calculations": calculations.extract,
    "dates": dates.extract,
    "people": people.extract,
    "mentions": mentions.extract,
    "acronyms": acronyms.extract,
    "entities": entities.extract,
    "events": events.extract,
    "venues": venues.extract,
    "datelines": datelines.extract,
    "timings": timings.extract,
    "sources": sources.extract,
    "quotations": quotations.extract,
    "assertions": assertions.extract,
    "marks": marks.extract,
    "repairs": repairs.extract,
    "claims": claims.extract,
    "spellings": spellings.extract,
    "doublings": doublings.extract,
    "conventions": conventions.extract,
}

Records = dict[str, list[Row]]


def extract(article: Article, house: House = ANY) -> Records:
    """The article's records, by table, as its house reads it."""
    document = Document(article, house)
    return {table: extractor(document) for table, extractor in EXTRACTORS.items()}


def gather(extracted: Iterable[Records]) -> Records:
    """The records of many articles as one set of tables, in the order given."""
    tables: Records = {table: [] for table in EXTRACTORS}
    for records in extracted:
        for table, rows in records.items():
            tables[table].extend(rows)
    return tables
