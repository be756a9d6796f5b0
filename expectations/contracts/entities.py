"""Contract of the table `entities`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Entities(Spans):
    """One row a mention of a country, organisation or place."""

    name: Series[str] = pa.Field(description="Canonical name: the country for its demonym or capital")
    kind: Series[str] = pa.Field(isin=["country", "organisation", "place"])
    form: Series[str] = pa.Field(isin=["name", "adjective", "capital"], description="How it is mentioned")
    mentions: Series[int] = pa.Field(ge=1, description="How often the article mentions the same entity, in any form")
    role: Series[str] = pa.Field(
        nullable=True, isin=["pair", "list", "alone"], description="`X and Y`, a longer list, or by itself"
    )
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
