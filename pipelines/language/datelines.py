"""Datelines: the place, day and agency that open a story before its words begin."""

from calendar import month_abbr, month_name
from collections.abc import Sequence

from pipelines.language.lexicons import words
from pipelines.language.tokens import DASHES, HYPHENS, Token, once, touches

# A dateline has no more tokens: `SAN JUAN, Puerto Rico, Sept. 3, 2024 (Wire) —`.
LONGEST = 30
_MONTHS = frozenset(name.casefold() for name in (*month_name, *month_abbr))
_BARS = DASHES | frozenset("|•·▪")
_MARKUP = frozenset("*_#([")
_OPENING = frozenset("“\"‘'«")
_INSIDE = frozenset(",.()/’'*_")


@once
def after_dateline(tokens: Sequence[Token]) -> int:
    """Where a paragraph’s words begin after a dateline or a label; 0 where none opens it.

    `ACCRA, 3 May (Wire) – The …`, `ACCRA, 3 May. The …`, `ACCRA The …`, `Lagos, Nigeria — The …`, `FILE - A …`. Where
    it does not begin in capitals it holds no word in lower case, ends with a dash, and a capital or quotation follows.
    """
    first = next((at for at, token in enumerate(tokens[:3]) if token.text not in _MARKUP), 0)
    if first >= len(tokens) or not tokens[first].capitalised:
        return 0
    shouted = len(tokens[first].text) > 1 and tokens[first].text.isupper()
    for at in range(first + 1, min(len(tokens) - 1, LONGEST)):
        before, mark, following = tokens[at - 1], tokens[at], tokens[at + 1]
        begins = following.capitalised or following.text in _OPENING
        if mark.text in _BARS or (mark.text in HYPHENS and not touches(before, mark)):
            return at + 1 if shouted or begins else 0
        plain = mark.capitalised or mark.kind == "number" or mark.text in _INSIDE
        if shouted and mark.text == ":":
            return at + 1
        if shouted and plain and _closes(before, mark, following):
            return at if mark.kind == "word" else at + 1
        if not shouted and not plain:
            return 0
    return 0


def _closes(before: Token, mark: Token, following: Token) -> bool:
    """Whether a place in capitals ends without a dash: `ACCRA (Wire) The …`, `ACCRA, 3 May. The …`, `ACCRA The …`."""
    if mark.text == ")" or (mark.text == "." and (before.kind == "number" or before.norm in _MONTHS)):
        return following.capitalised and following.norm in words("closed_class")
    grammar = mark.capitalised and not mark.text.isupper() and mark.norm in words("closed_class")
    return grammar and before.kind == "word" and before.text.isupper()
