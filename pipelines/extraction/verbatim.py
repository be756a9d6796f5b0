"""Which words are somebody else's, or may be: what a machine never changes, however sure it is."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.language.patterns import pattern
from pipelines.language.quotes import Quoted
from pipelines.reading.article import Block

# Quotation marks in the code of HTML, or read by the wrong table: nobody knows where the quotation begins and ends.
_UNREAD = pattern(
    r"&(?:amp;)*(?:quot|[lr][sd]quo|[lr]aquo|[bs]dquo|sbquo|apos|#0*(?:34|39|171|187|82(?:1[6-9]|2\d)));|â€|‚Ä|вЂ|[\x{80}-\x{9F}]"
)
# As a single quotation mark opens, and as one closes; it may be an apostrophe.
_OPENS = re.compile(r"(?<![^\s(\[—–-])['‘](?=\S)")
_CLOSES = re.compile(r"(?<=\S)['’](?![^\s.,;:!?)\]—–-])")
_CITATION = re.compile(r"<(?P<close>/?)blockquote\b", re.IGNORECASE)


class Reach(NamedTuple):
    """What of a block may be quoted: `first` to `last` stands between single marks; all of it where it is `cited`, or
    its marks cannot be read."""

    end: int
    first: int
    last: int
    cited: bool
    unread: bool


class Verbatim:
    """Whether a place stands, or may stand, in a quotation; blocks in order and disjoint."""

    def __init__(self, text: str, blocks: Sequence[Block], quoted: Quoted) -> None:
        self._starts = [block.start for block in blocks]
        self._reaches = [_reach(text, block, cited) for block, cited in zip(blocks, _cited(text, blocks), strict=True)]
        self._quoted = quoted

    def __call__(self, start: int, end: int) -> bool:
        """Whether it does, or may because the paragraph's marks cannot be read."""
        reach = self._reach(start)
        return (reach is not None and reach.unread) or self.marked(start, end)

    def marked(self, start: int, end: int) -> bool:
        """Whether it does by marks that can be read: between quotation marks of any kind, or in a block quotation."""
        reach = self._reach(start)
        single = reach is not None and (reach.cited or (reach.first < end and start <= reach.last))
        return single or self._quoted.overlaps(start, end)

    def _reach(self, at: int) -> Reach | None:
        place = bisect_right(self._starts, at) - 1
        return self._reaches[place] if place >= 0 and at < self._reaches[place].end else None


def _reach(text: str, block: Block, cited: bool) -> Reach:
    opening = _OPENS.search(text, block.start, block.end)
    first = opening.start() if opening else block.end
    last = max((match.start() for match in _CLOSES.finditer(text, first, block.end)), default=-1)
    return Reach(
        block.end,
        first if last > first else block.end,
        last,
        cited=cited or text[block.start] == ">",
        unread=_is_unread(text[block.start : block.end]),
    )


def _is_unread(words: str) -> bool:
    """Whether they hold quotation marks that cannot be read."""
    return ("&" in words or not words.isascii()) and _UNREAD.search(words) is not None


def _cited(text: str, blocks: Sequence[Block]) -> Iterator[bool]:
    """Of each block, whether it begins within `<blockquote>`."""
    tags = [(match.start(), not match["close"]) for match in _CITATION.finditer(text)]
    starts = [start for start, _ in tags]
    for block in blocks:
        before = bisect_right(starts, block.start) - 1
        yield before >= 0 and tags[before][1]
