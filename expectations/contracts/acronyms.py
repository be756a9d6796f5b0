"""Contract of the table `acronyms`."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Acronyms(Spans):
    """One row an acronym in running text, or one defined beside its expansion; `text` is the acronym as written.

    Models, units, codes, tags, and acronyms that are part of a longer name are no rows.
    """

    acronym: Series[str] = pa.Field(description="Without plural or possessive")
    kind: Series[str] = pa.Field(
        isin=["definition", "first use", "later use", "everyday", "quoted"],
        description="Everyday acronyms and outlets need no expansion; a first use is the first that is no quotation’s",
    )
    explained: Series[bool] = pa.Field(description="Whether the article says anywhere what it stands for")
    order: Series[str] = pa.Field(
        nullable=True,
        isin=["first", "again", "late"],
        description="For a definition in running text: the first, one that follows another, or one that follows a use",
    )
    later_uses: Series[int] = pa.Field(ge=0, description="How often the article has the acronym after this place")
    expansion: Series[str] = pa.Field(nullable=True, description="What it stands for, where that can be read")
    expansion_key: Series[str] = pa.Field(nullable=True, description="The same, normalised for comparison")
    definition_start: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Where this definition starts: expansion and acronym, brackets included"
    )
    definition_end: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="One past its last code point")
