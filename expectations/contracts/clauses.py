"""Contract of the table `clauses`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Clauses(Spans):
    """One row a clause of a sentence of headline, headings and paragraphs; repeats hide inside one long sentence."""

    sentence: Series[int] = pa.Field(ge=0, description="Where its sentence starts")
    quoted: Series[bool] = pa.Field(description="Whether most of it stands inside quotation marks")
    words: Series[int] = pa.Field(ge=1, description="How many words it has")
