"""Proper names in running text: runs of capitalised words, read without a parser.

A word in capitals at the start of a sentence counts only where it is no function word; inside a name, closed sets of
particles and connectives may stand in lower case.
"""

from collections.abc import Iterator, Sequence

from pipelines.language.lexicons import words
from pipelines.language.tokens import HYPHENS, Token, once, touches

# Particles of personal names: Chicago Manual of Style, 8.4–8.15.
PARTICLES = frozenset(
    {
        "al",
        "ag",
        "bin",
        "bint",
        "ibn",
        "da",
        "de",
        "del",
        "della",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "ten",
        "ul",
        "van",
        "von",
    }
)
# What may join the parts of an institution's name.
CONNECTIVES = frozenset({"of", "for", "and", "the", "on", "in", "&"}) | PARTICLES


def name_spans(tokens: Sequence[Token], joined_by: frozenset[str] = PARTICLES) -> Iterator[tuple[int, int]]:
    """Places (first, one past the last) in `tokens` of the longest runs that read as one name.

    Capitalised words, touching hyphens between words, initials with their points, and words of `joined_by` where a
    capitalised word follows them. A possessive ending closes a name: `Norway’s Coastal Builders` is two.
    """
    return iter(_spans(tokens, joined_by))


@once
def _spans(tokens: Sequence[Token], joined_by: frozenset[str]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        if not _starts(tokens, at):
            at += 1
            continue
        end = _end(tokens, at, joined_by)
        spans.append((at, end))
        at = end
    return tuple(spans)


def _starts(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return token.capitalised and (
        token.norm not in words("closed_class") or (len(token.text) > 1 and token.text.isupper())
    )


def _end(tokens: Sequence[Token], at: int, joined_by: frozenset[str]) -> int:
    end = at + 1
    while end < len(tokens) and not tokens[end - 1].possessive:
        token = tokens[end]
        if _starts(tokens, end):
            end += 1
        elif (
            token.text == "."
            and len(tokens[end - 1].text) == 1
            and end + 1 < len(tokens)
            and tokens[end + 1].capitalised
        ):
            end += 1  # an initial
        elif (
            token.text in HYPHENS
            and touches(tokens[end - 1], token)
            and end + 1 < len(tokens)
            and touches(token, tokens[end + 1])
        ):
            end += 2
        elif (following := _after_connectives(tokens, end, joined_by)) and _starts(tokens, following):
            end = following + 1
        else:
            break
    return end


def _after_connectives(tokens: Sequence[Token], at: int, joined_by: frozenset[str]) -> int | None:
    """The place after one or two connectives, where something stands there."""
    place = at
    while place < len(tokens) and place < at + 2 and tokens[place].norm in joined_by:
        place += 1
        if place < len(tokens) and tokens[place].text in HYPHENS and touches(tokens[place - 1], tokens[place]):
            place += 1  # `al-Marri`
    return place if at < place < len(tokens) else None
