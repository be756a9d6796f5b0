"""Contract of the table `counts`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Counts(Facts):
    """One row a count or size that two or more statements give."""

    measure: Series[str] = pa.Field(description="What is counted or measured")
