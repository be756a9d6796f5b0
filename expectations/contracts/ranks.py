"""Contract of the table `ranks`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Ranks(Facts):
    """One row a person to whom two or more mentions give a rank or office on one track."""

    track: Series[str] = pa.Field(description="The ladder that the ranks are rungs of")
