"""What planters speak in: a fault, the clean article that it goes into, and the places that an article offers."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from expectations.facts import Fact
from pipelines.extraction.document import Row
from pipelines.language.house import House
from pipelines.reading.article import Article, Block

# A sentence or paragraph shorter than this (in characters) is seldom running text.
SHORTEST = 60
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MARKS = frozenset('“”„«»"‘’()[]')


@dataclass(frozen=True, slots=True)
class Fault:
    """`text[start:end]` of a clean article becomes `words`; nothing else changes.

    `field` is what is missing then, for a fault that leaves no words to point at.
    """

    start: int
    end: int
    words: str
    field: str | None = None

    def applied(self, text: str) -> str:
        """The text with the fault in it."""
        return text[: self.start] + self.words + text[self.end :]

    @property
    def planted_end(self) -> int:
        """One past the last code point of the fault, in the text with the fault in it."""
        return self.start + len(self.words)


@dataclass(frozen=True, slots=True)
class Statement:
    """The words of a statement of a fact, where all of the corpus's statements of it agree."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Copy:
    """A clean article as planters see it: its records by table, its statements of facts by table of facts, the
    articles that it is compared with, and what the newsroom's sheet holds true on its day."""

    article: Article
    house: House
    records: Mapping[str, Sequence[Row]]
    statements: Mapping[str, Sequence[Statement]]
    neighbours: Sequence[Article]
    facts: Sequence[Fact]

    @cached_property
    def paragraphs(self) -> tuple[Block, ...]:
        """Paragraphs of running text, without the last, which is often a credit or a tagline."""
        long = [b for b in self.article.blocks if b.kind == "paragraph" and b.end - b.start >= SHORTEST]
        return tuple(long[:-1])

    @cached_property
    def plain(self) -> tuple[Row, ...]:
        """Sentences of these paragraphs, at some length, ended by a full stop, without quotation marks and brackets."""
        return tuple(
            row
            for row in self.records["sentences"]
            if row["kind"] == "paragraph"
            and len(row["text"]) >= SHORTEST
            and row["text"].endswith(".")
            and not _MARKS & set(row["text"])
            and self.in_paragraphs(row)
        )

    def unquoted(self, table: str) -> Iterator[Row]:
        """The table's rows in running text and outside quotation marks."""
        return (row for row in self.records[table] if not row.get("quoted") and self.in_paragraphs(row))

    def in_paragraphs(self, row: Mapping[str, Any]) -> bool:
        at = bisect_right(self._starts, row["start"]) - 1
        return at >= 0 and bool(row["end"] <= self.paragraphs[at].end)

    def later_paragraph(self, end: int, random: Random) -> Block | None:
        """Any of the paragraphs that start after `end`."""
        first = bisect_right(self._starts, end)
        return self.paragraphs[random.randrange(first, len(self._starts))] if first < len(self._starts) else None

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.paragraphs]


Plant = Callable[[Copy, Random], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Planter:
    """One kind of fault: what is done, the rules that may speak of it (the first is the one expected), the places."""

    name: str
    rules: tuple[str, ...]
    plant: Plant


def instead(row: Mapping[str, Any], old: str, new: str) -> Fault:
    """The first `old` among the row's words becomes `new`, the fault being all of the row's words."""
    return Fault(row["start"], row["end"], row["text"].replace(old, new, 1))


def before_full_stop(sentence: Row, words: str) -> Fault:
    """`words` before the full stop that ends the sentence."""
    return Fault(sentence["end"] - 1, sentence["end"] - 1, words)


def new_paragraph(after: Block, words: str) -> Fault:
    """`words` as a paragraph of their own."""
    return Fault(after.end, after.end, f"\n\n{words}")


def other_number(words: str, random: Random) -> str | None:
    """The words with their first number raised by a third to a whole, as many digits shown; None where none is."""
    match = _NUMBER.search(words)
    if match is None:
        return None
    digits = match[0].rstrip(",")
    value, decimals = float(digits.replace(",", "")), len(digits.partition(".")[2])
    made = value + max(random.choice((0.35, 0.5, 0.8)) * value, 3 / 10**decimals)
    shown = f"{made:,.{decimals}f}" if "," in digits else f"{made:.{decimals}f}"
    return words[: match.start()] + shown + words[match.start() + len(digits) :]
