"""Contract of the table `repairs`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Repairs(Spans):
    """One row a run of characters that can be mended without asking: a mark speaks for all of its paragraph, or of the
    article, and has a row here for each."""

    kind: Series[str] = pa.Field(
        isin=["damage", "invisible", "markup"], description="The kind of the mark that speaks for it"
    )
    mark_start: Series[int] = pa.Field(ge=0, description="Where that mark begins")
    replacement: Series[str] = pa.Field(description="What to write for it; empty: nothing")
