"""Contract of the table `variants`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Variants(Facts):
    """One row an article, or the corpus, that spells or hyphenates in two ways.

    Spelling: one row an article that mixes (its statements are words), and one of the articles that each keep to a
    side, but not all to one (its statements are the first such word of each). Hyphenation: the same for each compound.
    """

    kind: Series[str] = pa.Field(isin=["spelling", "hyphenation"])
    form: Series[str] = pa.Field(
        description="The anchor's choice: `UK`, `US`, `-ise`, `-ize`; `open`, `hyphenated`, `solid`"
    )
    favoured_form: Series[str] = pa.Field(description="The choice of most statements")
    suggested: Series[str] = pa.Field(description="The anchor's word as most statements would have it")
