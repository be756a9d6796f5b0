"""Contract of the table `notations`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Notations(Facts):
    """One row an article, or the corpus, that writes per cents, or sums of one currency, in two ways."""

    kind: Series[str] = pa.Field(isin=["percent", "currency"])
    form: Series[str] = pa.Field(description="How the anchor writes it: `%`, `per cent`, `percent`; `$`, `USD`")
    favoured_form: Series[str] = pa.Field(description="How most statements write it")
