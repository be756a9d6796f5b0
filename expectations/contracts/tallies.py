"""Contract of the table `tallies`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Tallies(Spans):
    """One row a count or size that says what became of those counted, or how large one thing is."""

    measure: Series[str] = pa.Field(
        description="What is counted or measured: `dead`, `injured`, `jobs`, `weight`; `number`"
    )
    of: Series[str] = pa.Field(
        description="Whom or what it counts: `person` for people not told apart, a noun; of a size, its unit"
    )
    subject: Series[str] = pa.Field(nullable=True, description="Of a size: the thing that has it, a common noun")
    low: Series[float] = pa.Field(description="The value, or the lower end of a range; in units of one")
    high: Series[float] = pa.Field(description="The value, or the upper end of a range")
    step: Series[float] = pa.Field(ge=0, description="Worth of the last digit shown")
    qualifier: Series[str] = pa.Field(nullable=True, description="The hedge")
    place: Series[str] = pa.Field(nullable=True, description="Where: the name after `in`, `at` or `near`, case folded")
    day: Series[str] = pa.Field(nullable=True, description="The day of the week or the month that its sentence names")
    phase: Series[str] = pa.Field(
        nullable=True, isin=["former", "changed"], description="An earlier count, or one that is told to have moved"
    )
    apart: Series[bool] = pa.Field(
        description="Whether its words set it apart: another event or time, a comparison, a part of those counted"
    )
    opening: Series[bool] = pa.Field(description="Whether it stands in the headline or the first paragraph")
    reference: Series[str] = pa.Field(
        nullable=True,
        isin=["held", "again", "described", "headline", "new"],
        description="Of other counts of things (`number`): all that something has (`held`), things taken up again "
        "under a number that nothing before gives (`again`; `described` where words after it say which), a number of "
        "the headline that the text does not give, or none of these (`new`)",
    )
    modifiers: Series[str] = pa.Field(
        nullable=True, description="Of such a count: the words that tell its noun from others"
    )
    holder: Series[str] = pa.Field(nullable=True, description="Of such a count: the noun for what has the things")
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
