"""From code points to what a format counts in. Converting happens here, once, for every renderer."""

import re
from bisect import bisect_right
from functools import cached_property

LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Positions:
    """Lines and columns of one text. `line` and `column` are 1-based, columns count code points."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts, in code points."""
        return [0, *(match.end() for match in LINE_BREAK.finditer(self.text))]

    def line(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def column(self, offset: int) -> int:
        return offset - self.starts[self.line(offset) - 1] + 1
