"""Spellings: every word whose spelling or hyphenation is a choice."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.language import compounds
from pipelines.language.patterns import pattern
from pipelines.language.spellings import spellings
from pipelines.language.tokens import HYPHENS, Tokens
from pipelines.reading.article import PROSE

# Addresses, handles, tags and Markdown links: their words are not the writer's to spell.
_ADDRESS = pattern(
    r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+|\[[^\]\n]*\]\([^)\n]*\)|\S+\.[a-z]{2,6}/\S*"
    r"|\w+\.(?:com|org|net|gov|edu|int|info|co\.[a-z]{2})\b"
)
_TITLES = frozenset({"headline", "heading"})


def extract(document: Document) -> list[Row]:
    """Rows of the table `spellings`, in order of place."""
    rows = [*_spelled(document), *_compounded(document)]
    return sorted(_outside_addresses(document, rows), key=lambda row: (row["start"], row["kind"]))


def _spelled(document: Document) -> Iterator[Row]:
    choices = spellings()
    found = [
        (sentence, at)
        for sentence in document.prose
        if not choices.keys().isdisjoint(sentence.tokens.norms)
        for at, token in enumerate(sentence.tokens)
        if token.norm in choices
    ]
    if not found:
        return
    vocabulary = {norm for sentence in document.prose for norm in sentence.tokens.norms}
    names = {token.norm for sentence in document.prose for token in sentence.tokens[1:] if token.capitalised}
    for sentence, at in found:
        token = sentence.tokens[at]
        choice = choices[token.norm]
        if choice.unless.isdisjoint(vocabulary):
            yield document.row(
                token.start,
                token.end,
                kind="spelling",
                lemma=min(token.norm, choice.other),
                form=choice.form,
                house=document.house.spelling,
                other=choice.other,
                role=None,
                proper=_proper(sentence, at, names),
                quoted=document.quoted(token.start, token.end),
            )


def _proper(sentence: Sentence, at: int, names: set[str]) -> bool:
    """Whether a word is, or may be, part of a name: it has a capital, and not only because the sentence starts with it.

    `names` are the words that stand in capitals elsewhere in the article.
    """
    token = sentence.tokens[at]
    if not token.capitalised:
        return False
    if token.text.isupper() or sentence.kind in _TITLES or not compounds.starts_sentence(sentence.tokens, at):
        return True
    following = sentence.tokens[at + 1] if at + 1 < len(sentence.tokens) else None
    return following is None or following.capitalised or token.norm in names


def _compounded(document: Document) -> Iterator[Row]:
    """Hyphenated compounds, and the solid and open forms of those that stand in another form in the article or that
    houses are known to write in more than one. Titles drop the words that tell which part a compound plays."""
    sentences = [sentence.tokens for sentence in document.prose if sentence.kind not in _TITLES]
    vocabulary = frozenset(token.norm for tokens in sentences for token in tokens if token.kind == "word")
    hyphenated = [(tokens, place) for tokens in sentences for place in _hyphenated(tokens)]
    keys = _with(compounds.known(), hyphenated)
    pairs = [(tokens, place) for tokens in sentences for place in compounds.side_by_side(tokens, keys, vocabulary)]
    keys = _with(keys, pairs)
    solid = [(tokens, place) for tokens in sentences for place in compounds.solid(tokens, keys)]
    modified: set[tuple[str, str]] = set()
    for form, found in (("hyphenated", hyphenated), ("solid", solid), ("open", pairs)):
        for tokens, place in found:
            part = compounds.part(tokens, place)
            if part == compounds.MODIFIER:
                both = (place.key, compounds.head(tokens, place))
                if form == "open" and both not in modified:
                    part = None  # in `a b c`, only `a-b c` elsewhere tells that a and b belong together
                modified.add(both)
            if form == "open" and part is None:
                continue
            start, end = tokens[place.first].start, tokens[place.last].end
            yield document.row(
                start,
                end,
                kind="hyphenation",
                lemma=place.key,
                form=form,
                house=None,
                other=None,
                role=part,
                proper=False,
                quoted=document.quoted(start, end),
            )


def _with(keys: frozenset[str], found: Iterable[tuple[Tokens, compounds.Place]]) -> frozenset[str]:
    """The keys and those of the compounds found; the same set where they hold no other."""
    others = {place.key for _, place in found} - keys
    return keys | others if others else keys


def _hyphenated(tokens: Tokens) -> Iterator[compounds.Place]:
    return iter(()) if tokens.norms.isdisjoint(HYPHENS) else compounds.hyphenated(tokens)


def _outside_addresses(document: Document, rows: list[Row]) -> list[Row]:
    if not rows:
        return rows
    spans = [
        (match.start(), match.end())
        for _, block in document.blocks(*PROSE)
        for match in _ADDRESS.finditer(document.text, block.start, block.end)
    ]
    starts = [start for start, _ in spans]

    def inside(offset: int) -> bool:
        at = bisect_right(starts, offset) - 1
        return at >= 0 and offset < spans[at][1]

    return [row for row in rows if not inside(row["start"])]
