"""Contract of the table `venues`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Venues(Spans):
    """One row a town that the text gives a meeting, a signing or another event that is held; its words are both."""

    event: Series[str] = pa.Field(description="What was held: `meeting`, `signing`, …")
    nouns: Series[str] = pa.Field(nullable=True, description="Kinds of the things it happened to, joined by `;`")
    names: Series[str] = pa.Field(nullable=True, description="Names of who took part, case folded, joined by `;`")
    place: Series[str] = pa.Field(description="The town, by name, case folded")
    settled: Series[bool] = pa.Field(description="Whether the article shows that it is a town, not a part of one")
    metropolis: Series[bool] = pa.Field(description="Whether it is a capital or chief city, with parts of many names")
    within: Series[str] = pa.Field(nullable=True, description="Names that the article puts beside it, joined by `;`")
    definite: Series[bool] = pa.Field(description="Whether the event is referred to as known: `the meeting`")
    phase: Series[str] = pa.Field(nullable=True, isin=["done", "planned"], description="How it is told, as in `events`")
    by_place: Series[bool] = pa.Field(
        description="Whether the place stands right behind the noun, where it may tell one from another"
    )
    ordinals: Series[str] = pa.Field(
        nullable=True, description="Words of the sentence that tell which of several it is (`first`), joined by `;`"
    )
    day: Series[str] = pa.Field(nullable=True, description="The days that the sentence names, as written")
