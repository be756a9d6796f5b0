"""Contract of the table `people`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class People(Spans):
    """One row a mention of a person with a name; `text` is title and name as written."""

    name: Series[str] = pa.Field(description="The name as written, without title")
    person: Series[str] = pa.Field(description="The fullest name in the article that this mention is of")
    person_key: Series[str] = pa.Field(description="The same, normalised: what mentions are compared by")
    title: Series[str] = pa.Field(nullable=True, description="Rank or title before the name, or post in apposition")
    title_key: Series[str] = pa.Field(nullable=True, description="The same, normalised (`Gen.` and `General` are one)")
    track: Series[str] = pa.Field(
        nullable=True, description="The ladder that the title is a rung of: army, police, court, `minister`, …"
    )
    role: Series[str] = pa.Field(
        nullable=True, isin=["holds", "former", "acting", "becomes"], description="How the text says it is held"
    )
    organisation: Series[str] = pa.Field(nullable=True, description="What the post is of: a ministry, a firm, …")
    country: Series[str] = pa.Field(
        nullable=True, str_matches=r"^[A-Z]{2}$", description="ISO 3166, where the text says"
    )
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
