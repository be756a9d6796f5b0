"""Contract of the table `quotations`."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Quotations(Spans):
    """One row a quotation; `text` runs from its first word to its last, over an attribution that splits it.

    A comma or full stop that closes it belongs to the sentence around it; `?`, `!` and `…` are its own.
    """

    words: Series[int] = pa.Field(ge=1, description="How many words and numbers it has, without the attribution")
    words_key: Series[str] = pa.Field(
        description="Its words and numbers, case folded, no marks but `…` and the brackets of inserted words"
    )
    content: Series[str] = pa.Field(description="The stems of its content words, each once, in order")
    names: Series[str] = pa.Field(description="The stems of its names and numbers, which no other wording may change")
    kind: Series[str] = pa.Field(isin=["speech", "phrase"], description="A clause of speech, or a set phrase")
    speaker: Series[str] = pa.Field(nullable=True, description="Who says it, as written")
    speaker_end: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="One past the last code point of that name"
    )
    borrowed: Series[bool] = pa.Field(
        description="Whether the words around it say that it is said after another, by several, or by anybody"
    )
    subject: Series[str] = pa.Field(nullable=True, description="The name nearest before a set phrase, in its sentence")
