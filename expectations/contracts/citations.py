"""Contract of the table `citations`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Citations(Facts):
    """One row a source that one citation list, or one claim, names two or more times."""

    claim: Series[str] = pa.Field(isin=["in one list", "for one claim"], description="Where it is named more than once")
