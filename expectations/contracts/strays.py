"""Contract of the table `strays`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Strays(Spans):
    """One row a pair of actors that a late sentence is about, `As A and B …`, `would deepen the trust between A and B`.

    Its words are the one mentioned less.
    """

    name: Series[str] = pa.Field(description="The actor mentioned less")
    partner: Series[str] = pa.Field(description="The actor that it is paired with, as written")
    in_place_of: Series[str] = pa.Field(
        description="Of whom the article speaks elsewhere: `A and B`, or the partner alone"
    )
    elsewhere: Series[int] = pa.Field(ge=0, description="How often the article mentions it elsewhere, in any form")
