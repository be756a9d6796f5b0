"""Contract of the table `acronyms`."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Acronyms(Spans):
    """One row an acronym as used, or as defined beside its expansion (then `text` is the acronym, and `expansion` is set)."""

    acronym: Series[str] = pa.Field(description="Without full stops, plural or possessive")
    kind: Series[str] = pa.Field(
        isin=["definition", "first use", "later use", "everyday"],
        description="`first use` is of an acronym not on the everyday list",
    )
    expansion: Series[str] = pa.Field(nullable=True, description="What the article says that it stands for, anywhere")
    expansion_key: Series[str] = pa.Field(nullable=True, description="The same, normalised for comparison")
    expansion_start: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Where this definition's expansion starts"
    )
    expansion_end: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="One past its last code point")
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
