"""Contract of the table `assertions`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Assertions(Spans):
    """One row a sentence, or a quotation of its own, that somebody must answer for."""

    kind: Series[str] = pa.Field(
        isin=["authority", "statistic", "quotation"],
        description="What experts or studies are said to know; a figure for how a population lives; words in quotation "
        "marks that no sentence introduces",
    )
    authority: Series[str] = pa.Field(nullable=True, description="Who is said to know it, as written")
    sourced: Series[bool] = pa.Field(description="Whether the words around it tell who says or counted it")
