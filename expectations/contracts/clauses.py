"""Contract of the table `clauses`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Clauses(Spans):
    """One row a sentence of running text, a part of it, or a clause of that; repeats hide inside one long sentence."""

    sentence: Series[int] = pa.Field(ge=0, description="Where its sentence starts")
    depth: Series[str] = pa.Field(
        isin=["sentence", "part", "clause"], description="Parts end at strong breaks, clauses at weak ones too"
    )
    quoted: Series[bool] = pa.Field(description="Whether its middle stands inside quotation marks")
    words: Series[int] = pa.Field(ge=0, description="How many words and numbers it has")
    words_key: Series[str] = pa.Field(description="Its words and numbers, case folded, without marks")
    content: Series[str] = pa.Field(description="The stems of its content words, each once, in order")
