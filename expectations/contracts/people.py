"""Contract of the table `people`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class People(Spans):
    """One row a mention of a person by name, and one more for each further title that it gives.

    `text` is title and name as written.
    """

    name: Series[str] = pa.Field(description="The name as written, without title")
    person: Series[str] = pa.Field(description="The fullest name in the article that this mention is of")
    person_key: Series[str] = pa.Field(description="The same, normalised: what mentions are compared by")
    title: Series[str] = pa.Field(nullable=True, description="The rank, post or form of address as written")
    title_key: Series[str] = pa.Field(nullable=True, description="The same, normalised (`Gen.` and `General` are one)")
    track: Series[str] = pa.Field(
        nullable=True,
        description="The ladder that the title is on: `forces`, `court`, `minister`, or the several that it may be on, "
        "joined by `|`; none if it excludes none",
    )
    rungs: Series[str] = pa.Field(
        nullable=True,
        description="The rungs of the ladder that the title can mean, joined by `|`: more for a short form",
    )
    fields: Series[str] = pa.Field(
        nullable=True,
        description="What narrows the post, joined by `|`: fields of a ministry, words of an organisation",
    )
    role: Series[str] = pa.Field(
        nullable=True,
        isin=["holds", "joint", "beside", "former", "acting", "becomes"],
        description="How the text says that it is held; `joint`: with others, whose rungs are in `rungs`; `beside`: "
        "with one that is not said; missing if whose it is stays open",
    )
    changed: Series[bool] = pa.Field(description="Whether the words around it tell of a change of post")
    changed_at: Series[str] = pa.Field(
        nullable=True, str_matches=r"^\d{4}(-\d{2}(-\d{2})?)?$", description="… and when, where they say; ISO 8601"
    )
    organisation: Series[str] = pa.Field(
        nullable=True, description="What the post is of, as written: a firm, a union, …"
    )
    country: Series[str] = pa.Field(
        nullable=True, str_matches=r"^[A-Z]{2}$", description="ISO 3166, where the text says"
    )
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
