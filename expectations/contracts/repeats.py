"""Contract of the table `repeats`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Repeats(Facts):
    """One row a clause or sentence that stands in the article before, nearly word for word or reworded."""

    wording: Series[str] = pa.Field(isin=["verbatim", "reworded"])
    similarity: Series[float] = pa.Field(ge=0, le=1, description="Share of the words that both have")
