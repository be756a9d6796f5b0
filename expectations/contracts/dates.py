"""Contract of the table `dates`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import ISO_DATE, Spans


class Dates(Spans):
    """One row a date as stated, absolute or relative to the day of publication."""

    stated: Series[str] = pa.Field(description="The date's own words, spaces made one, without a weekday")
    value: Series[str] = pa.Field(
        nullable=True,
        str_matches=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        description="ISO 8601, as precise as it can be resolved",
    )
    precision: Series[str] = pa.Field(
        isin=["day", "month", "year", "weekday", "relative", "time"],
        description="What it names; a clock time has a row only where no clock shows it",
    )
    fault: Series[str] = pa.Field(nullable=True, description="Why there is no such day or time, as a clause")
    style: Series[str] = pa.Field(
        nullable=True,
        isin=["day month", "day month, ordinal", "month day", "month day, ordinal"],
        description="How a day is written in words; none for numbers and names (`the 4 May movement`)",
    )
    readings: Series[int] = pa.Field(
        ge=0, description="How many days a numeric date can mean after all that settles it"
    )
    read_as: Series[str] = pa.Field(nullable=True, description="The days that it can still mean, in words")
    settled_by: Series[str] = pa.Field(nullable=True, description="What decides between day and month, where two read")
    weekday_stated: Series[str] = pa.Field(nullable=True, description="Monday … Sunday, as the text has it")
    weekday_of_date: Series[str] = pa.Field(
        nullable=True, description="The weekday that the date falls on, or both of two readings"
    )
    mended: Series[str] = pa.Field(
        nullable=True, description="The words with that weekday, where another is stated and no other reading is likely"
    )
    needs_anchor: Series[bool] = pa.Field(description="Whether it means a day only beside the article's own date")
    anchor: Series[str] = pa.Field(
        nullable=True,
        str_matches=ISO_DATE,
        description="The article's date, where that is known: what resolves the rest",
    )
    anchor_from: Series[str] = pa.Field(
        nullable=True,
        isin=["front matter", "header", "dateline", "footer"],
        description="Where the article states a date of its own, even one that can mean two days",
    )
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
