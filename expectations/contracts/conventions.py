"""Contract of the table `conventions`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Conventions(Spans):
    """One row a place where an article leaves a convention that it keeps elsewhere, the first one of each kind."""

    kind: Series[str] = pa.Field(isin=["heading", "dash", "quotation"], description="What the convention is for")
    form: Series[str] = pa.Field(description="How it is done here, in words for the editor")
    kept: Series[str] = pa.Field(description="How the article does it elsewhere, in words for the editor")
