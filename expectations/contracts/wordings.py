"""Contract of the table `wordings`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Wordings(Facts):
    """One row a quotation or set phrase that stands two or more times."""

    form: Series[str] = pa.Field(isin=["speech", "phrase"], description="A clause of speech, or a set phrase")
