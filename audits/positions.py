"""From code points to what a format counts in, and back. Converting happens here, once, for every renderer."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from functools import cache, cached_property

LINE_BREAK = re.compile(r"\r\n|\r|\n")
BYTE_ORDER_MARK = "\ufeff"
# Code points of more than one byte in UTF-8, of more than two, of more than three (and of two units in UTF-16).
_WIDER = tuple(re.compile(f"[{lowest}-\U0010ffff]") for lowest in ("\x80", "\u0800", "\U00010000"))


class Positions:
    """Lines and columns of one text, both 1-based; `\\r\\n`, `\\r` and `\\n` end a line.

    `column` counts code points, `utf16` UTF-16 code units (LSP), `utf8` bytes of UTF-8 (reviewdog). An offset between
    `\\r` and `\\n` is still on the line that they end. A byte order mark counts, as it does in the file.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts, in code points."""
        return [0, *(match.end() for match in LINE_BREAK.finditer(self.text))]

    def line(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def start(self, offset: int) -> int:
        """Where the offset's line starts."""
        return self.starts[self.line(offset) - 1]

    def column(self, offset: int) -> int:
        return offset - self.start(offset) + 1

    def utf16(self, offset: int) -> int:
        return self.column(offset) + self._wide(self._wider[-1], self.start(offset), offset)

    def utf8(self, offset: int) -> int:
        start = self.start(offset)
        return self.column(offset) + sum(self._wide(wider, start, offset) for wider in self._wider)

    def offset(self, line: int, utf16: int) -> int:
        """The offset of a line and a column in UTF-16 code units; what lies outside of the text or of the line is drawn
        in, the middle of a code point is its beginning."""
        if line < 1:
            return 0
        if line > len(self.starts):
            return len(self.text)
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        offsets = range(start, end + 1)
        return offsets[max(0, bisect_right(offsets, utf16, key=self.utf16) - 1)]

    @cached_property
    def _wider(self) -> tuple["array[int]", ...]:
        """Where the code points stand that take one more byte each, and one more, and one more."""
        return tuple(array("I", (match.start() for match in wide.finditer(self.text))) for wide in _WIDER)

    @staticmethod
    def _wide(places: "array[int]", start: int, end: int) -> int:
        return bisect_left(places, end) - bisect_left(places, start)


def positions_in(texts: Mapping[str, str]) -> Callable[[str], Positions]:
    """Positions by article id, made once each when they are asked for."""
    return cache(lambda article: Positions(texts[article]))
