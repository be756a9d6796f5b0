"""Contract of the table `quotations`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Quotations(Spans):
    """One row a quotation; `text` is the words between the marks."""

    words: Series[int] = pa.Field(ge=1, description="How many words it has")
    words_key: Series[str] = pa.Field(description="The words normalised, ellipses and bracketed insertions marked")
    kind: Series[str] = pa.Field(
        isin=["speech", "phrase"], description="A sentence or clause of speech, or a set phrase"
    )
    speaker: Series[str] = pa.Field(nullable=True, description="Who says it, as written")
    subject: Series[str] = pa.Field(nullable=True, description="What a set phrase is said of")
