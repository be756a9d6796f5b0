"""Contract of the table `passages`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Passages(Facts):
    """One row a passage that stands in two or more articles, word for word or nearly; the anchor is the latest."""

    sentences: Series[int] = pa.Field(ge=1, description="How many sentences it has in the anchor's article")
    earliest: Series[str] = pa.Field(description="The id of the first article that has it")
