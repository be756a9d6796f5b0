"""Contract of the table `marks`."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import Spans


class Marks(Spans):
    """One row a piece of the text that is not prose, or may not be: brackets and blanks, citation chips, addresses,
    parentheses."""

    kind: Series[str] = pa.Field(
        isin=["slot", "chip", "address", "parenthetical", "remark", "markup", "damage", "invisible", "delimiter"],
        description="slot: words in brackets, or that hold a place; chip: a citation of the machine or page that the "
        "copy came from; address: of the web; parenthetical: any other words in parentheses; remark: what a chat "
        "assistant said to the writer, or a code of its interface; markup: of HTML, Markdown or a content system; "
        "damage: characters that were misread or lost; invisible: characters that nobody sees; delimiter: a bracket or "
        "quotation mark without its partner",
    )
    fault: Series[str] = pa.Field(
        nullable=True, description="What is wrong with it, in words for the editor; null: nothing"
    )
