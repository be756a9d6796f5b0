"""Contract of the table `spellings`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Spellings(Spans):
    """One row a word whose spelling or hyphenation is a choice."""

    kind: Series[str] = pa.Field(isin=["spelling", "hyphenation"])
    lemma: Series[str] = pa.Field(
        description="What the forms have in common: the US spelling, or the letters without hyphen"
    )
    form: Series[str] = pa.Field(description="`UK` or `US`; `open`, `hyphenated` or `solid`")
    role: Series[str] = pa.Field(nullable=True, isin=["noun", "modifier", "verb"], description="How a compound stands")
    proper: Series[bool] = pa.Field(description="Whether it is part of a name")
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
