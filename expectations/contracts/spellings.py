"""Contract of the table `spellings`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Spellings(Spans):
    """One row a word whose spelling, or a compound whose hyphenation, is a choice."""

    kind: Series[str] = pa.Field(isin=["spelling", "hyphenation"])
    lemma: Series[str] = pa.Field(
        description="What the forms have in common: one of the spellings, the letters of a compound"
    )
    form: Series[str] = pa.Field(
        isin=["UK", "US", "-ise", "-ize", "open", "hyphenated", "solid"], description="The choice that it shows"
    )
    house: Series[str] = pa.Field(
        nullable=True, isin=["UK", "US"], description="The side that the house spells on, where it has settled one"
    )
    other: Series[str] = pa.Field(nullable=True, description="The word as the other side spells it")
    role: Series[str] = pa.Field(
        nullable=True,
        isin=["noun", "modifier", "prefixed"],
        description="The part of a compound in its sentence, where that can be told",
    )
    proper: Series[bool] = pa.Field(description="Whether it is, or may be, part of a name")
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
