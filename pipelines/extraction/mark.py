"""A mark: a piece of the article that is not prose, or should not be; what every finder of marks gives."""

from typing import NamedTuple


class Mark(NamedTuple):
    """`text[start:end]` of the article, what it is, and what is wrong with it, if anything."""

    start: int
    end: int
    kind: str
    fault: str | None
