"""Quotations: what stands between quotation marks, who says it, and what a set phrase is said of."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.extraction.document import Document, Row
from pipelines.extraction.speakers import speaker_of, window
from pipelines.language.content import content_stem, stem
from pipelines.language.lexicons import words
from pipelines.language.names import name_spans
from pipelines.language.quotes import Quote
from pipelines.language.tokens import Token, tokenise

# Words of an attribution that splits one quotation: `, the head of the port told reporters on Sunday, `.
ATTRIBUTION_WORDS = 15
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
    speaker = speaker_of(document, parts)
    return document.row(
        start,
        end,
        words=len(spoken),
        words_key=" ".join(word for tokens in pieces for word in _key(tokens)),
        content=" ".join(dict.fromkeys(found for token in spoken if (found := content_stem(token)) is not None)),
        names=" ".join(dict.fromkeys(stem(token.norm) for token in names)),
        kind=kind,
        speaker=" ".join(document.text[speaker[0].start : speaker[-1].end].split()) if speaker else None,
        speaker_end=speaker[-1].end if speaker else None,
        borrowed=_is_borrowed(document, parts),
        subject=_subject(document, parts[0]) if kind == "phrase" else None,
    )


def _is_borrowed(document: Document, parts: Sequence[Quote]) -> bool:
    """Whether the words around it say that it is said after another, by several, or by anybody."""
    first, last = document.sentence_place(parts[0].start), document.sentence_place(parts[-1].end - 1)
    if first is None or last is None:
        return False
    before = window(document, document.sentences[first], parts[0].start)
    after = window(document, document.sentences[last], parts[0].end, forward=True)
    return not words("borrowing_words").isdisjoint(token.norm for token in (*before, *after))


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


def _subject(document: Document, quote: Quote) -> str | None:
    place = document.sentence_place(quote.start)
    if place is None:
        return None
    tokens = window(document, document.sentences[place], quote.start)
    last = max(name_spans(tokens), default=None)
    return None if last is None else document.text[tokens[last[0]].start : tokens[last[1] - 1].end]
