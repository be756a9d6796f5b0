"""Quotations: what stands between quotation marks, who says it, and what a set phrase is said of."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.language.content import content_stem, stem
from pipelines.language.dates import WEEKDAYS
from pipelines.language.lexicons import words
from pipelines.language.names import name_spans
from pipelines.language.quotes import Quote
from pipelines.language.tokens import Token, tokenise

# Words around a quotation in which its speaker is looked for.
REACH = 30
# Words of an attribution that splits one quotation: `, the head of the port told reporters on Sunday, `.
ATTRIBUTION_WORDS = 15
# Words between `said` and the name in `said transport minister Ana Reis`.
ROLE_WORDS = 4
_PRONOUNS = frozenset({"i", "you", "he", "she", "it", "we", "they"})
# A quotation with one of these is a clause.
_VERBAL = _PRONOUNS | frozenset(
    {"am", "is", "are", "was", "were", "be", "has", "have", "had", "do", "does", "did", "can", "could", "may", "might"}
    | {"must", "shall", "should", "will", "would", "cannot"}
)


def extract(document: Document) -> list[Row]:
    """Rows of the table `quotations`, in order of place."""
    return [row for parts in _joined(document) if (row := _row(document, parts)) is not None]


def _joined(document: Document) -> Iterator[list[Quote]]:
    """The quotations that are closed, those split by an attribution as one."""
    quotes = [quote for quote in document.quotes if quote.closed]
    parts = quotes[:1]
    for left, right in pairwise(quotes):
        if _goes_on(document, left, right):
            parts.append(right)
        else:
            yield parts
            parts = [right]
    if parts:
        yield parts


def _goes_on(document: Document, left: Quote, right: Quote) -> bool:
    """Whether `right` finishes what `left` began: `“A strike is slow,” she said, “but it writes.”`"""
    first, between = document.text[right.inner_start], document.text[left.end : right.start]
    if not first.islower() or not between.rstrip().endswith(",") or "\n" in between:
        return False
    comma = document.text[left.inner_end - 1] in ",—–" or between.lstrip().startswith(",")
    attribution = [token for token in tokenise(between) if token.kind == "word"]
    return (
        comma
        and len(attribution) <= ATTRIBUTION_WORDS
        and any(token.norm in words("speech_verbs") for token in attribution)
    )


def _row(document: Document, parts: Sequence[Quote]) -> Row | None:
    pieces = [tokenise(document.text, part.inner_start, part.inner_end) for part in parts]
    spoken = [token for tokens in pieces for token in tokens if token.kind != "mark"]
    if not spoken:
        return None
    start, end = parts[0].inner_start, _last_word_end(document, parts[-1])
    names = [
        token
        for tokens in pieces
        for before, token in zip((None, *tokens), tokens, strict=False)
        if token.kind == "number" or (before is not None and before.text not in ".!?" and _is_name(token))
    ]
    kind = "speech" if _is_speech(document, parts, spoken) else "phrase"
    return document.row(
        start,
        end,
        words=len(spoken),
        words_key=" ".join(word for tokens in pieces for word in _key(tokens)),
        content=" ".join(dict.fromkeys(found for token in spoken if (found := content_stem(token)) is not None)),
        names=" ".join(dict.fromkeys(stem(token.norm) for token in names)),
        kind=kind,
        speaker=_speaker(document, parts),
        subject=_subject(document, parts[0]) if kind == "phrase" else None,
    )


def _last_word_end(document: Document, quote: Quote) -> int:
    """Where the quotation ends, without the comma or full stop that closes it; an ellipsis is part of it."""
    end = quote.inner_end
    closing = document.text[end - 1] in ",." and document.text[end - 2] not in ",."
    return end - 1 if closing and end - 1 > quote.inner_start else end


def _is_name(token: Token) -> bool:
    return token.capitalised and token.norm not in words("closed_class")


def _key(tokens: Sequence[Token]) -> Iterator[str]:
    """The words as `words_key` has them."""
    inserted = False
    for before, token in zip((None, *tokens), tokens, strict=False):
        if token.text in "[]":
            inserted = token.text == "["
        elif token.text == "…" or (before is not None and token.text == before.text == "."):
            yield "…"
        elif token.kind != "mark":
            yield f"[{token.norm}]" if inserted else token.norm


def _is_speech(document: Document, parts: Sequence[Quote], spoken: Sequence[Token]) -> bool:
    """Whether it reads as a clause: by a pronoun or auxiliary, or because it begins and ends as a sentence does."""
    if len(parts) > 1 or any(token.norm in _VERBAL or token.norm.endswith("n't") for token in spoken):
        return True
    last = document.text[parts[-1].inner_end - 1]
    return len(spoken) > 2 and spoken[0].capitalised and last in ".,!?…"


def _speaker(document: Document, parts: Sequence[Quote]) -> str | None:
    """Who says it, as told between its parts, after it, before it, or in the sentence before; None for a pronoun."""
    first, last = document.sentence_place(parts[0].start), document.sentence_place(parts[-1].end - 1)
    if first is None or last is None:
        return None
    opening, closing = document.sentences[first], document.sentences[last]
    found = _sayers(tokenise(document.text, parts[0].end, parts[1].start)) if len(parts) > 1 else []
    found = found or _sayers(_window(document, closing, parts[-1].end, forward=True))[:1]
    found = found or _sayers(_window(document, opening, parts[0].start))[-1:]
    if not found and first and document.sentences[first - 1].block == opening.block:
        found = _sayers(_window(document, document.sentences[first - 1], opening.start))[-1:]
    return " ".join(document.text[found[0][0].start : found[0][-1].end].split()) if found else None


def _window(document: Document, sentence: Sentence, offset: int, *, forward: bool = False) -> list[Token]:
    """The sentence's tokens next to the offset, before or after it, without those that other quotations hold."""
    at = bisect_left(sentence.tokens, offset, key=lambda token: token.start)
    near = sentence.tokens[at : at + REACH] if forward else sentence.tokens[max(0, at - REACH) : at]
    return [token for token in near if not document.quoted(token.start, token.end)]


def _sayers(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """The names, in order, that are subjects of verbs of speech, or follow `according to`."""
    sayers = []
    names = list(name_spans(tokens))
    for at, token in enumerate(tokens):
        if token.norm == "to" and at and tokens[at - 1].norm == "according":
            name = next(((first, last) for first, last in names if at < first <= at + 2), None)
        elif token.norm in words("speech_verbs"):
            name = _before(tokens, names, at) or _after(tokens, names, at)
        else:
            continue
        if name is not None:
            first, last = name
            sayers.append(tokens[first : last - (tokens[last - 1].text in WEEKDAYS)])  # `said Reis Tuesday`
    return [sayer for sayer in sayers if sayer]


def _before(tokens: Sequence[Token], names: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """`Ana Reis said`, `Ana Reis, the minister, said`."""
    if at and tokens[at - 1].text == ",":
        return next((name for name in names if name[1] < at and tokens[name[1]].text == ","), None)
    return next((name for name in names if name[1] == at), None)


def _after(tokens: Sequence[Token], names: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """`said Ana Reis`, `said transport minister Ana Reis`: where no other subject stands before the verb."""
    if at and tokens[at - 1].kind != "mark":
        return None
    for name in names:
        if name[0] > at:
            role = tokens[at + 1 : name[0]]
            return name if len(role) <= ROLE_WORDS and all(token.kind == "word" for token in role) else None
    return None


def _subject(document: Document, quote: Quote) -> str | None:
    place = document.sentence_place(quote.start)
    if place is None:
        return None
    tokens = _window(document, document.sentences[place], quote.start)
    last = max(name_spans(tokens), default=None)
    return None if last is None else document.text[tokens[last[0]].start : tokens[last[1] - 1].end]
