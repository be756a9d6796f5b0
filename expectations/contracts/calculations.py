"""Contract of the table `calculations`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Calculations(Spans):
    """One row a change, sum, share or ratio that its sentence states with the numbers that it comes from."""

    kind: Series[str] = pa.Field(
        isin=["change", "direction", "multiple", "total", "parts", "shares", "share", "each", "scale"],
        description="What is stated: a change in per cent, its direction, a multiple; the total of what stands beside "
        "it, the parts of a whole; shares of one whole, one share; a part each; one sum twice",
    )
    stated: Series[str] = pa.Field(description="The result as the sentence states it")
    reckoned: Series[str] = pa.Field(description="The result that its own numbers give, for display")
    holds: Series[bool] = pa.Field(description="Whether the two agree, rounding and hedges allowed for")
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
