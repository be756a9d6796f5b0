"""Contract of the table `timings`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Timings(Spans):
    """One row a statement about time that the article's own dates can check."""

    kind: Series[str] = pa.Field(
        isin=["span", "age", "promise", "ahead", "report"],
        description="A span of years since one; an age beside a year of birth; a day to come, or past, against the day "
        "of publication; a report against the day of what it reports",
    )
    told: Series[str] = pa.Field(description="What the dates give, as a clause")
    fits: Series[bool] = pa.Field(description="Whether the statement agrees with it")
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
