"""Contract of the table `entities`."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Entities(Spans):
    """One row a mention of a country, in any form, or of anything else by its name (a firm, a town, a person).

    A party of a bond (`the trust between the club and Peru`) is one row, its noun phrase, whatever it is called by.
    """

    name: Series[str] = pa.Field(description="The country, for its adjective as for its capital; else as written")
    key: Series[str] = pa.Field(
        description="What mentions of one entity share: ISO 3166-1, or the name or noun, case folded"
    )
    kind: Series[str] = pa.Field(
        isin=["country", "name", "common"], description="Common: a party of a bond that a common noun stands for"
    )
    form: Series[str] = pa.Field(
        isin=["name", "adjective", "capital", "place"],
        description="How it is mentioned; a place is a region or city of a country",
    )
    mentions: Series[int] = pa.Field(
        ge=1,
        description="How often the article mentions it in any form; of a name, its most frequent word that no "
        "other institution shares",
    )
    sentence: Series[int] = pa.Field(ge=0, description="The sentence’s place in the article, from 0")
    part: Series[str] = pa.Field(
        isin=["opening", "middle", "closing"],
        description="Opening: all up to the first paragraph; closing: the last third of the sentences",
    )
    pair: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        description="Which of the article’s pairs it is one of, from 0: `A and B`, `A-B`, `the trust between A and B`",
    )
    opener: Series[str] = pa.Field(
        nullable=True,
        description="The word before the pair, where the pair opens its sentence: `as`, `for`; empty where none does; "
        "`between` where a bond of the pair is said to grow",
    )
    closer: Series[str] = pa.Field(
        nullable=True,
        description="The word before the pair, where the pair closes a sentence that sums up (`rests with A and B`) or "
        "is the subject of its last clause (`whether A and B can …`); `comment` where it declines to comment",
    )
    quoted: Series[bool] = pa.Field(description="Whether it stands inside quotation marks")
