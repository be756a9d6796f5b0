"""Contract of the table `citations`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Citations(Facts):
    """One row a source that one citation list, or one claim, names two or more times."""

    claim: Series[str] = pa.Field(isin=["one list", "one claim"], description="What it is named for more than once")
