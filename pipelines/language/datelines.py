"""Datelines: the place, day and agency that open a story before its words begin."""

from collections.abc import Sequence
from itertools import pairwise

from pipelines.language.tokens import DASHES, HYPHENS, Token, touches

# A dateline has no more tokens: `SAN JUAN, Puerto Rico, Sept. 3, 2024 (Wire) —`.
LONGEST = 30
_OPENING = frozenset("“\"‘'«")
_INSIDE = frozenset(",.()/’'")


def after_dateline(tokens: Sequence[Token]) -> int:
    """Where a paragraph’s words begin after a dateline or a label; 0 where none opens it.

    `ACCRA, 3 May (Wire) – The …`, `Lagos, Nigeria — The …`, `BRISTOL: The …`, `FILE - A …`. Where it does not begin in
    capitals it holds no word in lower case, ends with no colon, and a capital or a quotation mark follows.
    """
    if not tokens or not tokens[0].capitalised:
        return 0
    shouted = len(tokens[0].text) > 1 and tokens[0].text.isupper()
    for at, (before, mark) in enumerate(pairwise(tokens[:LONGEST]), start=1):
        if mark.text in DASHES or (mark.text in HYPHENS and not touches(before, mark)):
            goes_on = at + 1 < len(tokens) and (tokens[at + 1].capitalised or tokens[at + 1].text in _OPENING)
            return at + 1 if shouted or goes_on else 0
        if mark.text == ":" and shouted:
            return at + 1
        if not shouted and not (mark.capitalised or mark.kind == "number" or mark.text in _INSIDE):
            return 0
    return 0
