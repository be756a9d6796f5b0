"""Contract of the table `events`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import ISO_DATE, Spans


class Events(Spans):
    """One row a day that the text gives an event; its words are those of the date, as in `dates`."""

    event: Series[str] = pa.Field(description="What happened: `signing`, `crash`, `opening`, …")
    nouns: Series[str] = pa.Field(nullable=True, description="Kinds of the things it happened to, joined by `;`")
    names: Series[str] = pa.Field(nullable=True, description="Names of who took part, case folded, joined by `;`")
    place: Series[str] = pa.Field(nullable=True, description="Where, by name, case folded")
    definite: Series[bool] = pa.Field(description="Whether it is referred to as known: `the signing`")
    phase: Series[str] = pa.Field(
        nullable=True, isin=["done", "planned"], description="How it is told; none where a noun tells it"
    )
    apart: Series[bool] = pa.Field(
        description="Whether the sentence sets it apart from others of its kind: `the second`, `postponed`"
    )
    alone: Series[bool] = pa.Field(description="Whether the word alone says what happened, without its noun")
    kind: Series[str] = pa.Field(
        isin=["befalls", "once", "other"],
        description="Whether it befalls, is staged a single time, or is one of which a story can hold many",
    )
    acts: Series[bool] = pa.Field(
        description="Whether the day is that of what it did (`the storm killed nine on Monday`), which may take days"
    )
    month_day: Series[str] = pa.Field(nullable=True, description="Month and day as `--MM-DD`, where no year is known")
    counted: Series[str] = pa.Field(
        nullable=True,
        str_matches=ISO_DATE,
        description="The day of a weekday past, counted from the article's own date",
    )
    weekday: Series[str] = pa.Field(
        nullable=True, description="The weekday that is stated, of an event that a story holds once"
    )
