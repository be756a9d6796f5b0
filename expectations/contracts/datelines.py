"""Contract of the table `datelines`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Datelines(Spans):
    """One row a place that the first paragraph, or a caption, is put in: `Oslo, 4 May (Agency) – …`, `Oslo: …`."""

    scene: Series[str] = pa.Field(nullable=True, description="Where the text puts the scene, if elsewhere")
    fits: Series[bool] = pa.Field(description="Whether nothing puts the scene elsewhere")
    caption: Series[bool] = pa.Field(description="Whether it is a caption's")
