"""Contract of the table `mentions`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Mentions(Spans):
    """One row a name that can be a person's: every full name, and single words that the article shows to be one's.

    `text` is the name as written, without title.
    """

    name: Series[str] = pa.Field(description="The same, on one line")
    name_key: Series[str] = pa.Field(description="The same, normalised")
    person_key: Series[str] = pa.Field(
        nullable=True, description="The fullest name in the article that it is short for; missing where two fit"
    )
    full: Series[bool] = pa.Field(description="Whether it is more than a family name")
    person: Series[bool] = pa.Field(description="Whether the article tells that it is a person's")
    courtesy: Series[bool] = pa.Field(description="Whether a form of address stands before it (`Mr`)")
    description: Series[str] = pa.Field(description="Who it is, by the words beside it: stems")
    introduced: Series[bool] = pa.Field(description="Whether the reader knows by now who it is: a full name, or a post")
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
