"""Contract of the table `strays`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Strays(Spans):
    """One row a place of the article that belongs to its own actors and that another actor takes; its words are that actor."""

    name: Series[str] = pa.Field(description="The actor that stands there")
    in_place_of: Series[str] = pa.Field(description="The article's own actor that is expected there")
    elsewhere: Series[int] = pa.Field(ge=0, description="How often the article mentions the actor elsewhere")
