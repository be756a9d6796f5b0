"""Contract of the table `sheet`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Facts


class Sheet(Facts):
    """One row a fact of the newsroom's fact sheet that an article states, rightly or not.

    The sheet is one of the statements, and its value the favoured one; `values` is 2 where an article gives another,
    and the row then stands for those that do.
    """

    property: Series[str] = pa.Field(description="What of the subject: value, rank, office, capital, name, expansion")
    source: Series[str] = pa.Field(description="Where the sheet has it from")
