"""The words of an article: cut wherever something said of them begins or ends, and quoted in their sentence."""

import heapq
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Generic, NamedTuple, TypeVar

# What covers one word at once is shown up to this depth; more is told by the notes alone.
DEEPEST = 4
# Code points of a quotation: on either side of the words, and of the words themselves.
AROUND = 160
LONGEST = 320

Said = TypeVar("Said")


class Block(NamedTuple):
    """A run of an article's words: `text[start:end]`, and what it is (`headline`, `paragraph`, …)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Mark(Generic[Said]):
    """Something said of `text[start:end]`; where both agree, of the place between two words."""

    start: int
    end: int
    said: Said


@dataclass(frozen=True, slots=True)
class Layer(Generic[Said]):
    """One of the marks over a segment. Marks that overlap have different lanes, from 0, the same all along."""

    said: Said
    lane: int
    first: bool


@dataclass(frozen=True, slots=True)
class Segment(Generic[Said]):
    """Words of which the same things are said throughout.

    `layers` has the marks over them, the one that began first outermost; `hidden` those that begin here too deep to
    be shown; `ended` those that end here.
    """

    start: int
    end: int
    layers: tuple[Layer[Said], ...]
    hidden: tuple[Said, ...]
    ended: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Passage(Generic[Said]):
    """A block in its segments, and the marks that begin in it."""

    block: Block
    segments: tuple[Segment[Said], ...]
    begun: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as they stand, in their sentence."""

    before: str
    words: str
    after: str


def cut(blocks: Sequence[Block], marks: Iterable[Mark[Said]]) -> list[Passage[Said]]:
    """The blocks, each cut at every boundary of the marks.

    `blocks` are in order, none empty, and do not overlap. A mark that begins or ends between blocks is drawn in to the
    nearest words.
    """
    starts, ends = [block.start for block in blocks], [block.end for block in blocks]
    begin: dict[int, list[Mark[Said]]] = defaultdict(list)
    end: dict[int, list[Mark[Said]]] = defaultdict(list)
    for mark in marks:
        inside = _drawn_in(mark, starts, ends)
        begin[inside.start].append(inside)
        end[inside.end].append(inside)
    stops = sorted({*begin, *end, *starts, *ends})
    sweep = _Sweep[Said]()
    passages = []
    for block in blocks:
        within = stops[bisect_left(stops, block.start) : bisect_right(stops, block.end)]
        begun = tuple(mark.said for stop in within for mark in begin.get(stop, ()))
        segments = tuple(_segments(within, begin, end, sweep))
        passages.append(Passage(block, segments, begun))
    return passages


def quote(text: str, block: Block, start: int, end: int) -> Quote:
    """`text[start:end]` with the rest of its sentence, as far as it stands in the block and is not too long."""
    tail = AROUND // 2
    if end - start <= LONGEST:
        words = text[start:end]
    else:
        words = f"{text[start : start + LONGEST - tail].rstrip()} … {text[end - tail : end].lstrip()}"
    return Quote(_before(text, block.start, start), words, _after(text, end, block.end))


def shorten(text: str, most: int) -> str:
    """The text on one line, cut at a space where it has more than `most` code points."""
    line = " ".join(text[: 2 * most].split())
    if len(line) <= most and len(text) <= 2 * most:
        return line
    kept = line[:most]
    return kept[: kept.rfind(" ") if " " in kept[most // 2 :] else most].rstrip(" ,;:–—-") + "…"


class _Sweep(Generic[Said]):
    """What covers the words at hand, as a reader goes from the first word to the last."""

    def __init__(self) -> None:
        self._over: dict[Mark[Said], int] = {}
        self._free: list[int] = []

    def enter(self, marks: Iterable[Mark[Said]]) -> tuple[Said, ...]:
        """Begins the marks; gives those among them that are too deep to be shown."""
        hidden = []
        for mark in marks:
            if len(self._over) >= DEEPEST:
                hidden.append(mark.said)
            self._over[mark] = heapq.heappop(self._free) if self._free else len(self._over)
        return tuple(hidden)

    def leave(self, marks: Iterable[Mark[Said]]) -> tuple[Said, ...]:
        """Ends the marks."""
        for mark in marks:
            heapq.heappush(self._free, self._over.pop(mark))
        return tuple(mark.said for mark in marks)

    def layers(self, at: int) -> tuple[Layer[Said], ...]:
        return tuple(Layer(mark.said, lane, mark.start == at) for mark, lane in islice(self._over.items(), DEEPEST))


def _segments(
    stops: Sequence[int],
    begin: dict[int, list[Mark[Said]]],
    end: dict[int, list[Mark[Said]]],
    sweep: _Sweep[Said],
) -> Iterator[Segment[Said]]:
    for at, following in pairwise((*stops, stops[-1])):
        points = [mark for mark in begin.get(at, ()) if mark.end == at]
        if points:
            hidden = sweep.enter(points)
            layers = sweep.layers(at)
            yield Segment(at, at, layers, hidden, sweep.leave(points))
        if following > at:
            hidden = sweep.enter(mark for mark in begin.get(at, ()) if mark.end > at)
            layers = sweep.layers(at)
            ended = sweep.leave([mark for mark in end.get(following, ()) if mark.start < following])
            yield Segment(at, following, layers, hidden, ended)


def _drawn_in(mark: Mark[Said], starts: Sequence[int], ends: Sequence[int]) -> Mark[Said]:
    """The mark with its start in the first block that has words of it, its end in the last."""
    first, last = bisect_right(ends, mark.start), bisect_left(starts, mark.end) - 1
    start = max(mark.start, starts[first]) if first < len(starts) else ends[-1]
    end = min(mark.end, ends[last]) if last >= 0 else start
    return Mark(start, max(start, end), mark.said)


# An end of a sentence, with the word before it; what follows must look like a beginning.
_SENTENCE_END = re.compile(r"""(\w*)[.!?…]+[”’"')\]]*(?=\s+[“‘"'(\[]*[A-Z0-9])""")


def _before(text: str, low: int, start: int) -> str:
    window = max(low, start - AROUND)
    ends = [match.end() for match in _sentence_ends(text, window, start + 1) if match.end() < start]
    if ends:
        return text[ends[-1] : start].lstrip()
    if window == low:
        return text[low:start]
    return "…" + text[text.find(" ", window, start) + 1 or window : start]


def _after(text: str, end: int, high: int) -> str:
    if text[end - 1 : end] in {".", "!", "?"}:
        return ""
    window = min(high, end + AROUND)
    first = next(_sentence_ends(text, end, window), None)
    if first is not None:
        return text[end : first.end()]
    if window == high:
        return text[end:high]
    space = text.rfind(" ", end, window)
    return text[end : space if space > end else window] + "…"


def _sentence_ends(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return (match for match in _SENTENCE_END.finditer(text, start, end) if not _abbreviated(match[1]))


def _abbreviated(word: str) -> bool:
    """Whether a full stop after the word need not end a sentence: `Gen.`, `Mr.`, `U.S.`"""
    return 0 < len(word) <= 4 and word[0].isupper()
