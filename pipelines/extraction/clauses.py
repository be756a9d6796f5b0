"""Clauses: sentences, their parts, and the clauses of these, cut at punctuation and at closed-class words.

Three depths, because a repeat may be a whole sentence, or hide in one: a sentence is cut into parts at strong breaks
(semicolons, dashes, brackets, speech, `, and`, `, with`) and these into clauses at weak ones (commas, subordinators,
verbs of speech). What stands between two marks is a clause too, whatever words it could be cut at. A depth that cuts
nothing adds no rows.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.language.content import content_stem
from pipelines.language.lexicons import words
from pipelines.language.quotes import Quote
from pipelines.language.tokens import DASHES, HYPHENS, Token, touches

# Items of lists, rows of tables, block quotations: what opens such a line in Markdown and in plain text.
_SET_OUT = re.compile(r"[-*+•·▪–—]\s|[|>]|\d{1,3}[.)]\s")
# kramdown's attributes of the block that follows (pull quotes, cut lines): https://kramdown.gettalong.org/syntax.html#block-ials
_ATTRIBUTES = re.compile(r"\{:[^{}]*\}\Z")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)\]>\"”]+")
_COORDINATORS = frozenset({"and", "but", "or", "so", "yet", "nor"})
_SUBORDINATORS = frozenset(
    {"while", "whilst", "whereas", "because", "although", "though", "which", "who", "unless", "until", "whether"}
    | {"after", "before", "when", "since"}
)
_BREAKS = frozenset(";:()[]{}…") | DASHES
# A quotation of fewer words is part of the clause around it.
SPEECH_WORDS = 5


def extract(document: Document) -> list[Row]:
    """Rows of the table `clauses`, in order of place, the longer first."""
    rows = []
    for sentence, speech in _sentences(document):
        tokens = _without_addresses(document, sentence)
        stems = [content_stem(token) for token in tokens]
        for depth, first, last in _units(tokens, speech):
            rows.append(_row(document, sentence, depth, tokens[first:last], stems[first:last]))
    return rows


def _sentences(document: Document) -> Iterator[tuple[Sentence, list[Quote]]]:
    """The sentences of paragraphs that are running text, each with the speech that touches it."""
    set_out = set(_set_out(document))
    speech = [quote for quote in document.quotes if quote.closed and _is_speech(document, quote)]
    first = 0
    for sentence in document.prose:
        while first < len(speech) and speech[first].end <= sentence.start:
            first += 1
        last = first
        while last < len(speech) and speech[last].start < sentence.end:
            last += 1
        if sentence.kind == "paragraph" and sentence.block not in set_out:
            yield sentence, speech[first:last]


def _set_out(document: Document) -> Iterator[int]:
    """Places of the blocks that are no running text."""
    attributed = False
    for place, block in enumerate(document.article.blocks):
        if attributed or _SET_OUT.match(document.text, block.start):
            yield place
        attributed = bool(_ATTRIBUTES.match(document.text, block.start, block.end))


def _is_speech(document: Document, quote: Quote) -> bool:
    return len(document.text[quote.inner_start : quote.inner_end].split(maxsplit=SPEECH_WORDS)) >= SPEECH_WORDS


def _without_addresses(document: Document, sentence: Sentence) -> Sequence[Token]:
    addresses = [match.span() for match in _ADDRESS.finditer(document.text, sentence.start, sentence.end)]
    if not addresses:
        return sentence.tokens
    starts = [start for start, _ in addresses]

    def in_address(token: Token) -> bool:
        at = bisect_right(starts, token.start) - 1
        return at >= 0 and token.start < addresses[at][1]

    return [token for token in sentence.tokens if not in_address(token)]


def _units(tokens: Sequence[Token], speech: Sequence[Quote]) -> Iterator[tuple[str, int, int]]:
    """The sentence, its parts and their clauses, each with its depth and its places in `tokens`; the same words come
    once, at the first."""
    strong, weak = _breaks(tokens, speech)
    commas = {cut for cut in weak if tokens[cut].text == ","}
    units = {
        kept: depth
        for depth, cuts in (
            ("clause", strong | weak),
            ("clause", strong | commas),
            ("part", strong),
            ("sentence", set()),
        )
        for kept in _pieces(tokens, sorted(cuts))
    }
    for first, last in sorted(units, key=lambda unit: (unit[0], -unit[1])):
        yield units[first, last], first, last


def _breaks(tokens: Sequence[Token], speech: Sequence[Quote]) -> tuple[set[int], set[int]]:
    """Places in `tokens` before which a part, or a clause, ends."""
    strong: set[int] = set()
    weak: set[int] = set()
    edges = {edge for quote in speech for edge in (quote.start, quote.end - 1)}
    for at, token in enumerate(tokens):
        following = tokens[at + 1].norm if at + 1 < len(tokens) else ""
        if token.start in edges or token.text in _BREAKS or _is_dash(tokens, at):
            strong.add(at)
        elif token.text == ",":
            (strong if following in _COORDINATORS or following == "with" else weak).add(at)
        elif token.norm in _SUBORDINATORS:
            weak.add(at)
        elif token.norm in words("speech_verbs"):
            weak.add(at + 2 if following == "that" else at + 1)
    return strong, {cut for cut in weak if cut < len(tokens)}


def _is_dash(tokens: Sequence[Token], at: int) -> bool:
    """A hyphen with space on both sides."""
    return (
        tokens[at].text in HYPHENS
        and 0 < at < len(tokens) - 1
        and not touches(tokens[at - 1], tokens[at])
        and not touches(tokens[at], tokens[at + 1])
    )


def _pieces(tokens: Sequence[Token], cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """What stands between the cuts, without the marks and coordinators at its edges."""
    for cut, following in zip((0, *cuts), (*cuts, len(tokens)), strict=True):
        first, last = cut, following
        while first < last and (tokens[first].kind == "mark" or tokens[first].norm in _COORDINATORS):
            first += 1
        while first < last and tokens[last - 1].kind == "mark":
            last -= 1
        if first < last:
            yield first, last


def _row(
    document: Document, sentence: Sentence, depth: str, tokens: Sequence[Token], stems: Sequence[str | None]
) -> Row:
    start, end = (sentence.start, sentence.end) if depth == "sentence" else (tokens[0].start, tokens[-1].end)
    spoken = [token.norm for token in tokens if token.kind != "mark"]
    return document.row(
        start,
        end,
        sentence=sentence.start,
        depth=depth,
        quoted=document.quoted((start + end) // 2, (start + end) // 2 + 1),
        words=len(spoken),
        words_key=" ".join(spoken),
        content=" ".join(dict.fromkeys([stem for stem in stems if stem is not None])),
    )
