"""Contract of the table `figures`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Figures(Spans):
    """One row a figure: a sum, a share, a count or a measured quantity, with what it measures."""

    kind: Series[str] = pa.Field(isin=["money", "percent", "count", "quantity"])
    low: Series[float] = pa.Field(description="The value, or the lower end of a range; in units of one")
    high: Series[float] = pa.Field(description="The value, or the upper end of a range")
    step: Series[float] = pa.Field(
        ge=0,
        description="Worth of the last digit shown: 0.1 billion in `3.5 billion`; at least the share of the value that "
        "the house lets pass",
    )
    unit: Series[str] = pa.Field(
        nullable=True,
        description="What is counted or measured: `kilometre`, `car`; of a sum, what it is for one of: `per year`",
    )
    currency: Series[str] = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$", description="ISO 4217")
    denomination: Series[str] = pa.Field(
        nullable=True,
        description="How a sum’s currency is called, where it is not known which country’s is meant: `peso`",
    )
    qualifier: Series[str] = pa.Field(
        nullable=True, isin=["about", "over", "under", "at least", "up to", "nearly"], description="The hedge"
    )
    subject: Series[str] = pa.Field(nullable=True, description="The thing that it is a figure of, as written")
    subject_key: Series[str] = pa.Field(nullable=True, description="The same, normalised for comparison")
    thing: Series[str] = pa.Field(
        nullable=True, description="What kind of thing the subject is: a common noun, singular, synonyms made one"
    )
    named: Series[str] = pa.Field(nullable=True, description="The subject’s own name, case folded, where it has one")
    about: Series[str] = pa.Field(
        nullable=True,
        description="For a subject without a name: the names that its article speaks of, by which another article on "
        "the same matter can be recognised; parted by semicolons",
    )
    called: Series[str] = pa.Field(
        nullable=True, description="Of a sum: what kind of sum its own noun or verb makes it: `fee`, `budget`, `fine`"
    )
    taken_up: Series[bool] = pa.Field(description="Whether that noun takes the sum for known: `the £3m fee`")
    modifiers: Series[str] = pa.Field(nullable=True, description="The words that tell that noun from others")
    owner: Series[str] = pa.Field(nullable=True, description="Whose the sum is, where a possessive says so")
    measure: Series[str] = pa.Field(
        nullable=True, description="What of the thing: value (its cost, price or worth), proceeds, revenue, part, …"
    )
    phase: Series[str] = pa.Field(
        nullable=True,
        isin=["announced", "pledged", "approved", "budgeted", "expected", "paid", "revised", "former"],
        description="In which state of affairs the sum holds; null: as it stands",
    )
    as_of: Series[str] = pa.Field(
        nullable=True, description="The year or period that the figure is of: `2024`, `first year`"
    )
    speaker: Series[str] = pa.Field(nullable=True, description="Who states it")
    notation: Series[str] = pa.Field(
        nullable=True,
        description="How a share or sum is written: `%`, `per cent`, `percent`; `$`, `USD`; null: in words, or both",
    )
    headline: Series[bool] = pa.Field(description="Whether it stands in the headline or a heading")
    opening: Series[bool] = pa.Field(description="Whether it stands in the first sentence of the text")
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
