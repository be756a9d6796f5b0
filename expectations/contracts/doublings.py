"""Contract of the table `doublings`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Doublings(Spans):
    """One row a word that stands twice in a row, or a preposition with its article that does."""

    word: Series[str] = pa.Field(description="What is doubled, case folded")
    mended: Series[str] = pa.Field(
        nullable=True, description="The word as it stands first, where these are the article’s own words"
    )
    licence: Series[str] = pa.Field(
        nullable=True,
        description="Why it may be: grammar (`had had`), name (`Boutros Boutros-Ghali`), term (`tuk tuk`), quoted; "
        "null: nothing tells why",
    )
