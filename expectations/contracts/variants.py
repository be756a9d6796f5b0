"""Contract of the table `variants`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Variants(Facts):
    """One row an article, or the corpus, in which a spelling or hyphenation was chosen two or more times."""

    kind: Series[str] = pa.Field(isin=["spelling", "hyphenation"])
