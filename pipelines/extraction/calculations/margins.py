"""Margins between votes, scores and counts, and the votes that stand sentences before."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from pipelines.extraction.amounts import Amount
from pipelines.extraction.calculations.checks import (
    MOST_PARTS,
    NEAR,
    SLIP,
    Checked,
    comes_near,
    how_far_apart,
    is_count,
    one_kind,
    word_at,
    word_before,
    words_of,
)
from pipelines.language.tokens import DASHES, Token

_LEADS = frozenset({"margin", "majority", "lead", "gap", "difference", "advantage", "victory", "win"})
# A lead over more than what stands beside it: `an overall majority`, `on aggregate`.
_OVERALL = frozenset({"seat", "seats", "overall", "absolute", "working", "aggregate", "leg", "previous", "earlier"})
_PLAINLY = frozenset(
    {"", "a", "an", "the", "or", "by", "with", "giving", "for", "just", "only", "narrow", "comfortable"}
)
_VOTES = frozenset({"vote", "ballot"})


def votes_told(tokens: Sequence[Token], read: Sequence[Amount]) -> list[Amount]:
    """The votes that a sentence gives to one or more: `had 5,310 votes against 4,905 for the mayor`."""
    votes = [a for a in read if a.unit in _VOTES or (not a.unit and word_before(tokens, a.first) in {"to", "against"})]
    if not votes:
        return []
    exact = all(map(is_count, votes)) and not any(token.norm in _LEADS for token in tokens)
    return votes if exact and votes[0].unit in _VOTES else []


def check_margin_again(tokens: Sequence[Token], read: Sequence[Amount], cast: Sequence[Amount]) -> Iterator[Checked]:
    """`The margin of 504 votes …`, soon after the votes of both: near to what parts two of them, and not it."""
    if not 2 <= len(cast) <= MOST_PARTS or any(token.norm in _OVERALL for token in tokens):
        return
    for stated in read:
        lead = [token.norm for token in tokens[max(0, stated.first - 4) : stated.first]]
        noun = next((at for at, word in enumerate(lead) if word in _LEADS), None)
        owned = noun is not None and lead[noun] in {"majority", "margin"}
        if noun is None or not is_count(stated) or not (stated.unit in _VOTES or (owned and not stated.unit)):
            continue
        if lead[:noun][-1:] not in (["the"], ["her"], ["his"], ["their"], ["that"], ["this"]):
            continue
        if word_at(tokens, stated.after) in {"that", "which", "at", "in", "from", "over"}:
            continue
        first = stated.first - len(lead) + noun - 1
        if first or not lead[noun + 1 :] or not set(lead[noun + 1 :]) <= {"of", "was", "is", ","}:
            continue  # `in Barley the margin of 504 votes`
        apart = [abs(one.value - two.value) for one, two in combinations(cast, 2)]
        slip = sorted(f"{stated.value:.0f}") == sorted(f"{apart[0]:.0f}")  # two digits changed places
        fits = stated.value in apart or not (slip or abs(apart[0] - stated.value) <= (SLIP - 1) * apart[0])
        yield Checked("change", first, stated.after, words_of(tokens, stated), f"{apart[0]:,.6g}", fits)


def check_margin(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`5,310 votes to 4,900 for the mayor, a majority of 410`."""
    for left, right, stated in zip(read, read[1:], read[2:], strict=False):
        link = [token.norm for token in tokens[left.after : right.first]]
        facing = link[-1:] in (["to"], ["against"]) or ("and" in link and left.unit in {"vote", "ballot", "point"})
        if not facing or len(link) > 6 or word_before(tokens, left.first) == "from" or not _led(tokens, right, stated):
            continue
        if not one_kind(tokens, left, right, stated) or any(token.norm in _OVERALL for token in tokens):
            continue
        low, high = how_far_apart(left, right)
        yield Checked(
            "change",
            left.first,
            stated.after,
            words_of(tokens, stated),
            f"{abs(left.value - right.value):,.6g}",
            comes_near(stated, low, high, 0.5),
        )


def _led(tokens: Sequence[Token], right: Amount, stated: Amount) -> bool:
    """Whether an amount is told as the lead of the two before it: `…, a majority of 410`."""
    between = [token.norm for token in tokens[right.after : stated.first]]
    marks = [at for at, word in enumerate(between) if word in DASHES | {",", "("}]
    if not marks or len(between) > 2 * NEAR or {";", ":"} & set(between):
        return False
    *words, lead, of = ["", "", *between[marks[-1] + 1 :]]
    needed = {token.norm for token in tokens[stated.after : stated.after + 3]} & {"needed", "required", "necessary"}
    return of == "of" and lead in _LEADS and not needed and _PLAINLY.issuperset(words)
