"""Contract of the table `valuations`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Valuations(Facts):
    """One row a thing whose worth, cost or other sum two or more statements give."""

    measure: Series[str] = pa.Field(description="What of the thing is stated: value, cost, loan, …")
    apart: Series[float] = pa.Field(ge=0, description="How far apart the values are, as a share of the larger")
