"""Contract of the table `sentences`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Sentences(Spans):
    """One row a sentence, within its block."""

    block: Series[int] = pa.Field(ge=0, description="The block's place in the article, from 0")
    kind: Series[str] = pa.Field(description="The block's kind")
    quoted: Series[bool] = pa.Field(description="Whether all of it stands inside quotation marks")
