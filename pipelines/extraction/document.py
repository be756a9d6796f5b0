"""One article, read as language once, for every extractor: sentences with their tokens, quotations, rows."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipelines.extraction.posts import Reading
from pipelines.extraction.verbatim import Verbatim
from pipelines.language.datelines import LONGEST, after_dateline
from pipelines.language.dates import DateMention, find_dates
from pipelines.language.house import ANY, House
from pipelines.language.quotes import Quote, Quoted, quote_spans
from pipelines.language.sentences import sentence_spans
from pipelines.language.tokens import Tokens, tokenise
from pipelines.reading.article import PROSE, Article, Block, BlockKind

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `text[start:end]` of the article, its block's place and kind, its tokens."""

    start: int
    end: int
    block: int
    kind: BlockKind
    tokens: Tokens

    def place(self, offset: int) -> int:
        """The place in `tokens` of the first that starts at `offset` or later."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)


class Document:
    """An article with what several extractors need, each computed once, on first use."""

    def __init__(self, article: Article, house: House = ANY) -> None:
        self.article = article
        self.house = house
        self.text = article.text

    def row(self, start: int, end: int, **columns: Any) -> Row:
        """A record of the words at `start:end` with the table's other columns."""
        return {"article_id": self.article.id, "start": start, "end": end, "text": self.text[start:end], **columns}

    def blocks(self, *kinds: BlockKind) -> Iterator[tuple[int, Block]]:
        """The blocks of these kinds, each with its place in the article."""
        return ((place, block) for place, block in enumerate(self.article.blocks) if block.kind in kinds)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of prose, dateline and credit blocks, in order; furniture and front matter hold none."""
        return tuple(
            Sentence(start, end, place, block.kind, Tokens(tokenise(self.text, start, end)))
            for place, block in self.blocks(*PROSE, "dateline", "credit")
            for start, end in sentence_spans(self.text, block.start, block.end)
        )

    @cached_property
    def prose(self) -> tuple[Sentence, ...]:
        """The sentences of headline, headings, paragraphs and captions."""
        return tuple(sentence for sentence in self.sentences if sentence.kind in PROSE)

    @cached_property
    def lead(self) -> int:
        """Where the first paragraph starts; -1 where there is none."""
        return next((sentence.start for sentence in self.prose if sentence.kind == "paragraph"), -1)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The posts and names of every sentence of `prose`."""
        return tuple(Reading(sentence.tokens) for sentence in self.prose)

    def begins(self, sentence: Sentence) -> int:
        """Which of the sentence's tokens is the first after the dateline that opens its block."""
        at = bisect_right(self._sentence_starts, sentence.start) - 1
        opening = [other for other in self.sentences[max(0, at - 2) : at + 3] if other.block == sentence.block]
        if at > 2 and self.sentences[at - 3].block == sentence.block:
            return 0  # far from its beginning
        tokens = [token for other in opening for token in other.tokens[:LONGEST]]
        lead = after_dateline(tokens)
        words = tokens[lead].start if lead and lead < len(tokens) else 0
        return bisect_left(sentence.tokens, words, key=lambda token: token.start)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quotation of the prose, in order."""
        return tuple(
            quote for _, block in self.blocks(*PROSE) for quote in quote_spans(self.text, block.start, block.end)
        )

    @cached_property
    def quoted(self) -> Quoted:
        """Asks whether a place stands inside quotation marks."""
        return Quoted(list(self.quotes))

    @cached_property
    def verbatim(self) -> Verbatim:
        """Asks whether a place stands, or may stand, in a quotation, and is not ours to change."""
        return Verbatim(self.text, self.article.blocks, self.quoted)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Every date phrase of prose, dateline and credit blocks, in order."""
        return tuple(
            mention
            for _, block in self.blocks(*PROSE, "dateline", "credit")
            for mention in find_dates(self.text, block.start, block.end)
        )

    def days_in(self, sentence: Sentence) -> list[DateMention]:
        """The days of the calendar and of the week that the sentence names, but for those inside quotation marks."""
        first, after = (bisect_left(self._date_starts, offset) for offset in (sentence.start, sentence.end))
        return [
            mention
            for mention in self.dates[first:after]
            if mention.precision in {"day", "weekday"} and not self.quoted(mention.start, mention.end)
        ]

    @cached_property
    def _date_starts(self) -> list[int]:
        return [mention.start for mention in self.dates]

    def sentence_place(self, offset: int) -> int | None:
        """Which of `sentences` holds the code point at `offset`."""
        at = bisect_right(self._sentence_starts, offset) - 1
        return at if at >= 0 and offset < self.sentences[at].end else None

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]
