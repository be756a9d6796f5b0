"""Contract of the table `ranges`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Ranges(Spans):
    """One row a range of two numerals that a preposition opens: `between 40 and 50`, `from 2027-2031`."""

    opener: Series[str] = pa.Field(isin=["between", "from"], description="The preposition")
    joined_by: Series[str] = pa.Field(isin=["a word", "a hyphen"], description="What stands between the two numerals")
    in_words: Series[str] = pa.Field(description="The range with the word that its preposition asks for")
    mended: Series[str] = pa.Field(
        nullable=True, description="The same, where a hyphen stands there and these are the article’s own words"
    )
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
