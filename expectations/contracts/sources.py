"""Contract of the table `sources`."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Sources(Spans):
    """One row a source named: an attribution in the text, a credit for the story, an entry of a citation list."""

    kind: Series[str] = pa.Field(isin=["attribution", "credit", "citation"])
    place: Series[str] = pa.Field(isin=["opening", "body", "foot"], description="Where in the article it stands")
    outlet: Series[str] = pa.Field(nullable=True, description="Canonical name of the news outlet, if it is one")
    name: Series[str] = pa.Field(description="The source as written")
    name_key: Series[str] = pa.Field(description="The same, normalised for comparison")
    story: Series[bool] = pa.Field(description="Whether it is credited for the story as a whole, not for one claim")
    role: Series[str] = pa.Field(
        nullable=True,
        isin=["attribution", "imprint", "agency", "whole", "part", "origin", "signature"],
        description="How it is credited for the story: told in the opening; in the article’s head; in its dateline; "
        "at the foot as the source of all, of part, as where it appeared first; as the agency that signs it",
    )
    citation: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Where the citation list that it stands in starts"
    )
    dated: Series[str] = pa.Field(nullable=True, description="The date that the source is given, as ISO 8601")
    claim: Series[str] = pa.Field(
        nullable=True,
        description="Content words, sorted, of the claim of an attribution that is dated or one of two in a sentence",
    )
