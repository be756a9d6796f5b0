"""Contract of the table `claims`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Claims(Spans):
    """One row a statement that a place is the capital of another, or that something is officially called so.

    `text` is the capital, or the official name, as written. What was so once, or will be, is no row.
    """

    property: Series[str] = pa.Field(isin=["capital", "name"])
    subject: Series[str] = pa.Field(description="What it is the capital or the name of, as written")
    subject_key: Series[str] = pa.Field(description="The same, normalised: ISO 3166-1, or the name case folded")
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
