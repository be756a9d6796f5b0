"""Records that must agree, side by side: one table a kind of fact, with its witnesses."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from expectations.facts import Fact
from pipelines.comparison import (
    citations,
    counts,
    credits,  # noqa: A004  the credits of a story
    date_styles,
    expansions,
    names,
    notations,
    occasions,
    passages,
    ranks,
    repeats,
    sheet,
    sites,
    speakers,
    strays,
    valuations,
    variants,
    wordings,
)
from pipelines.comparison.facts import Comparison, Tables

COMPARERS: Mapping[str, Callable[[Tables], Comparison]] = {
    "valuations": valuations.compare,
    "counts": counts.compare,
    "notations": notations.compare,
    "ranks": ranks.compare,
    "occasions": occasions.compare,
    "sites": sites.compare,
    "names": names.compare,
    "expansions": expansions.compare,
    "credits": credits.compare,
    "date_styles": date_styles.compare,
    "wordings": wordings.compare,
    "speakers": speakers.compare,
    "variants": variants.compare,
    "citations": citations.compare,
    "repeats": repeats.compare,
    "passages": passages.compare,
    "strays": strays.compare,
}


def compare(tables: Tables, facts: Sequence[Fact] = ()) -> dict[str, list[dict[str, Any]]]:
    """The comparison tables, `witnesses` among them, of the records in `tables`; what they say of a fact of the
    newsroom's sheet, the sheet decides."""
    texts = dict(zip(tables["texts"]["article_id"], tables["texts"]["text"], strict=True))
    compared: dict[str, list[dict[str, Any]]] = {"witnesses": []}
    made = sheet.decide({table: comparer(tables) for table, comparer in COMPARERS.items()}, tables, facts)
    for table, comparison in made.items():
        compared[table] = [_with_words(row, texts) for row in comparison.facts]
        compared["witnesses"].extend(_with_words(row, texts) for row in comparison.witnesses)
    return compared


def sources_of(tables: Tables, facts: Sequence[Fact]) -> dict[str, tuple[str, ...]]:
    """Which of the tables each comparison, and `witnesses`, is made from; empty tables do."""
    read = {name: _Noting(tables) for name in (*COMPARERS, "sheet")}
    made = {name: comparer(read[name]) for name, comparer in COMPARERS.items()}
    sheet.decide(made, read["sheet"], facts)
    sources = {name: tuple(table for table in tables if table in noting.read) for name, noting in read.items()}
    every = {table for found in sources.values() for table in found}
    return {**sources, "witnesses": tuple(table for table in tables if table in every)}


class _Noting(Mapping[str, pd.DataFrame]):
    """Tables that note which of them are looked at."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.read: set[str] = set()

    def __getitem__(self, table: str) -> pd.DataFrame:
        self.read.add(table)
        return self._tables[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def _with_words(row: dict[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    return {**row, "text": texts[row["article_id"]][row["start"] : row["end"]]}
