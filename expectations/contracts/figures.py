"""Contract of the table `figures`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Figures(Spans):
    """One row a figure: a sum, a share, a count or a measured quantity, with what it measures."""

    kind: Series[str] = pa.Field(isin=["money", "percent", "count", "quantity"])
    low: Series[float] = pa.Field(description="The value, or the lower end of a range; in units of one")
    high: Series[float] = pa.Field(description="The value, or the upper end of a range")
    step: Series[float] = pa.Field(ge=0, description="Worth of the last digit shown: 0.1 billion in `3.5 billion`")
    unit: Series[str] = pa.Field(nullable=True, description="What is counted or measured: `km`, `people`, …")
    currency: Series[str] = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$", description="ISO 4217")
    qualifier: Series[str] = pa.Field(
        nullable=True, isin=["about", "over", "under", "at least", "up to", "nearly"], description="The hedge"
    )
    subject: Series[str] = pa.Field(nullable=True, description="The thing that it is a figure of, as written")
    subject_key: Series[str] = pa.Field(nullable=True, description="The same, normalised for comparison")
    measure: Series[str] = pa.Field(nullable=True, description="What of the thing: value, cost, loan, toll, share, …")
    phase: Series[str] = pa.Field(
        nullable=True,
        description="announced, approved, signed, disbursed, revised, former, planned …; null: as it stands",
    )
    as_of: Series[str] = pa.Field(nullable=True, description="The year or date that the figure is of, as ISO 8601")
    speaker: Series[str] = pa.Field(nullable=True, description="Who states it")
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
