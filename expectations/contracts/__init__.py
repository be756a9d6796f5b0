"""One pandera model a table: the names and types of columns come from here.

A contract that fails means that we are wrong; it stops the audit.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa

from expectations.contracts.acronyms import Acronyms
from expectations.contracts.articles import Articles, Blocks, Texts
from expectations.contracts.assertions import Assertions
from expectations.contracts.base import Facts, Rows, Spans, Witnesses
from expectations.contracts.calculations import Calculations
from expectations.contracts.citations import Citations
from expectations.contracts.claims import Claims
from expectations.contracts.clauses import Clauses
from expectations.contracts.conventions import Conventions
from expectations.contracts.counts import Counts
from expectations.contracts.credits import Credits
from expectations.contracts.date_styles import DateStyles
from expectations.contracts.datelines import Datelines
from expectations.contracts.dates import Dates
from expectations.contracts.doublings import Doublings
from expectations.contracts.entities import Entities
from expectations.contracts.events import Events
from expectations.contracts.expansions import Expansions
from expectations.contracts.figures import Figures
from expectations.contracts.lists import Lists
from expectations.contracts.marks import Marks
from expectations.contracts.mentions import Mentions
from expectations.contracts.names import Names
from expectations.contracts.notations import Notations
from expectations.contracts.occasions import Occasions
from expectations.contracts.passages import Passages
from expectations.contracts.people import People
from expectations.contracts.quotations import Quotations
from expectations.contracts.ranges import Ranges
from expectations.contracts.ranks import Ranks
from expectations.contracts.repairs import Repairs
from expectations.contracts.repeats import Repeats
from expectations.contracts.sentences import Sentences
from expectations.contracts.sheet import Sheet
from expectations.contracts.sites import Sites
from expectations.contracts.sources import Sources
from expectations.contracts.speakers import Speakers
from expectations.contracts.spellings import Spellings
from expectations.contracts.strays import Strays
from expectations.contracts.tallies import Tallies
from expectations.contracts.timings import Timings
from expectations.contracts.valuations import Valuations
from expectations.contracts.variants import Variants
from expectations.contracts.venues import Venues
from expectations.contracts.wordings import Wordings

READING: Mapping[str, type[Rows]] = {"articles": Articles, "texts": Texts, "blocks": Blocks}
RECORDS: Mapping[str, type[Rows]] = {
    "sentences": Sentences,
    "clauses": Clauses,
    "figures": Figures,
    "ranges": Ranges,
    "tallies": Tallies,
    "lists": Lists,
    "calculations": Calculations,
    "dates": Dates,
    "people": People,
    "mentions": Mentions,
    "acronyms": Acronyms,
    "entities": Entities,
    "events": Events,
    "venues": Venues,
    "datelines": Datelines,
    "timings": Timings,
    "sources": Sources,
    "quotations": Quotations,
    "assertions": Assertions,
    "marks": Marks,
    "repairs": Repairs,
    "claims": Claims,
    "spellings": Spellings,
    "doublings": Doublings,
    "conventions": Conventions,
}
COMPARISONS: Mapping[str, type[Rows]] = {
    "valuations": Valuations,
    "counts": Counts,
    "notations": Notations,
    "occasions": Occasions,
    "sites": Sites,
    "ranks": Ranks,
    "names": Names,
    "expansions": Expansions,
    "credits": Credits,
    "date_styles": DateStyles,
    "wordings": Wordings,
    "speakers": Speakers,
    "variants": Variants,
    "citations": Citations,
    "repeats": Repeats,
    "passages": Passages,
    "strays": Strays,
    "sheet": Sheet,
    "witnesses": Witnesses,
}
CONTRACTS: Mapping[str, type[Rows]] = {**READING, **RECORDS, **COMPARISONS}

__all__ = [
    "COMPARISONS",
    "CONTRACTS",
    "READING",
    "RECORDS",
    "BrokenContractError",
    "Facts",
    "Spans",
    "frame",
    "hold",
    "rows_of",
]


class BrokenContractError(RuntimeError):
    """Rows that break their table's contract: a defect of ours, never of an article."""


def columns(table: str) -> list[str]:
    """The names of the table's columns, in order."""
    return list(CONTRACTS[table].to_schema().columns)


def frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A frame of the table's columns and types, unnamed RangeIndex; a key that is no column, or one that lacks, raises.

    Raises BrokenContractError naming the table and the column.
    """
    rows, names = list(rows), _empty(table).columns
    if not rows:
        return _empty(table).copy()
    wanted = set(names)
    for row in rows:
        if row.keys() != wanted:
            wrong = sorted(row.keys() ^ wanted)
            raise BrokenContractError(f"{table}: a row has, or lacks, the column(s) {', '.join(wrong)}")
    made = pd.DataFrame({name: [row[name] for row in rows] for name in names}, columns=names)
    return made.astype(_empty(table).dtypes.to_dict())


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows as `frame` was given them, None where a value is missing."""
    names = [str(name) for name in frame.columns]
    columns = [_values(frame[name]) for name in frame.columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _values(column: "pd.Series[Any]") -> list[Any]:
    values, missing = column.tolist(), column.isna()
    if not missing.any():
        return values
    return [None if gone else value for value, gone in zip(values, missing.tolist(), strict=True)]


@cache
def _empty(table: str) -> pd.DataFrame:
    """The table without a row: its columns and their types."""
    schema = CONTRACTS[table].to_schema()
    bare = pd.DataFrame(columns=list(schema.columns))
    return bare.astype({name: column.dtype.type for name, column in schema.columns.items()})


@cache
def _values_alone(table: str) -> pa.DataFrameSchema:
    """The contract without the types of columns, for a frame that has them: pandera looks at each string once more."""
    schema = CONTRACTS[table].to_schema()
    return schema.update_columns({name: {"dtype": None} for name in schema.columns})


def hold(table: str, rows: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """The frame itself, where it keeps the table's contract; `texts` are the articles' texts by id, for the spans.

    Raises BrokenContractError naming table, column, check and the first failing rows.
    """
    if rows.empty:  # no value can break it, and pandera takes a millisecond a column to say so
        if list(rows.columns) != columns(table):
            raise BrokenContractError(f"{table}: the columns are {list(rows.columns)}, not {columns(table)}")
        return rows
    typed = rows.dtypes.equals(_empty(table).dtypes)
    try:
        (_values_alone(table) if typed else CONTRACTS[table].to_schema()).validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.sort_values("index", kind="stable").head(5)
        listed = "; ".join(
            f"row {case['index']}: {case['column']}: {case['check']}: {case['failure_case']!r}"
            for case in cases.to_dict("records")
        )
        raise BrokenContractError(
            f"{table}: {len(error.failure_cases)} value(s) break the contract: {listed}"
        ) from None
    if issubclass(CONTRACTS[table], Spans):
        _spans_hold(table, rows, texts)
    return rows


def _spans_hold(table: str, rows: pd.DataFrame, texts: Mapping[str, str]) -> None:
    spans = zip(*(rows[name].tolist() for name in ("article_id", "start", "end", "text")), strict=True)
    for row, (article, start, end, text) in enumerate(spans):
        if texts[article][start:end] != text:
            raise BrokenContractError(
                f"{table}: row {row}: {article}[{start}:{end}] is {texts[article][start:end]!r}, not {text!r}"
            )
