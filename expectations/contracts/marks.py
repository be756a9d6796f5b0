"""Contract of the table `marks`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Marks(Spans):
    """One row a piece of the text that is not prose: an open slot, a citation chip, an address, a stray parenthesis."""

    kind: Series[str] = pa.Field(isin=["slot", "chip", "address", "parenthetical"])
    fault: Series[str] = pa.Field(
        nullable=True, description="What is wrong with it, in words for the editor; null: nothing"
    )
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
