"""Contract of the table `names`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Names(Facts):
    """One row a person whose name is spelled in two or more ways."""

    inside: Series[bool] = pa.Field(description="Whether one article has two of the spellings")
