"""Contract of the table `lists`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Lists(Spans):
    """One row a list whose length the sentence announces: `three ministers: A, B and C`."""

    announced: Series[int] = pa.Field(ge=2, description="How many the sentence announces")
    named: Series[int] = pa.Field(ge=2, description="How many it names: the reading closest to what is announced")
    counted: Series[str] = pa.Field(description="What is counted, as written: `three ministers`")
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
