"""One number as a share of another, in words or per cent."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.extraction.amounts import Amount
from pipelines.extraction.calculations.checks import (
    COARSE,
    NEAR,
    Checked,
    comes_near,
    fraction_at,
    unlike,
    word_before,
    words_of,
)
from pipelines.language.lexicons import mapping
from pipelines.language.numbers import read_number, starts_number
from pipelines.language.tokens import HYPHENS, Token


def check_share_in_words(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`230 of the camp’s 920 tents, or a third of them`; `230 of 920 tents (one in four)`."""
    for part, whole in pairwise(read):
        link = [token.norm for token in tokens[part.after : whole.first]]
        if link[:1] != ["of"] or len(link) > 4 or part.percent or whole.percent or not 0 < part.value < whole.value:
            continue
        joint = next(
            (at for at in range(whole.after, min(len(tokens), whole.after + 4)) if tokens[at].norm in {"or", "("}), None
        )
        if joint is None:
            continue
        hedge, said = 0, None
        while said is None and hedge < 3:
            hedge += 1
            said = _stated_share(tokens, joint + hedge)
        if said is None:
            continue
        share, after = said
        loose = COARSE if hedge == 1 else 1.25 * COARSE
        low, high = part.low / whole.high, part.high / whole.low
        yield Checked(
            "share",
            part.first,
            after,
            " ".join(token.text for token in tokens[joint + hedge : after]),
            f"{100 * part.value / whole.value:.3g} per cent",
            low <= share * (1 + loose) and high >= share * (1 - loose),
        )


def _stated_share(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """The share in words at a place, and one past it: `a third`, `one in four`."""
    ratio = [token.norm for token in tokens[at : at + 3]]
    if len(ratio) == 3 and ratio[1] in {"in", "of"} and starts_number(tokens[at]) and starts_number(tokens[at + 2]):
        low, high = read_number(tokens, at), read_number(tokens, at + 2)
        if low and high and low.after == at + 1 and 0 < low.low < high.low <= 20:
            return low.low / high.low, high.after
    return fraction_at(tokens, at)


def check_share(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`512 of the 640 families, or 80 per cent`; `of the 640 families, 512, or 80 per cent`."""
    for left, right, share in zip(read, read[1:], read[2:], strict=False):
        if not share.percent or left.percent or right.percent:
            continue
        link = [token.norm for token in tokens[left.after : right.first]]
        owned = len(link) > 1 and tokens[right.first - 1].possessive and len(link) <= 5
        if "of" in link and (owned or (link[-1] in {"of", "the", "its", "their", "all"} and len(link) <= 3)):
            part, whole = left, right
        elif (
            word_before(tokens, left.first) in {"the", "of", "its", "their"}
            and "of" in _lead(tokens, left)
            and left.value > right.value
        ):
            part, whole = right, left
        else:
            continue
        joint = [token.norm for token in tokens[right.after : share.first]]
        if not joint or joint[-1] not in {"or", "("} or len(joint) > 5:
            continue
        if not part.value < whole.value or (part.unit and whole.unit and unlike(part, whole)):
            continue
        low, high = 100 * part.low / whole.high, 100 * part.high / whole.low if whole.low > 0 else 100.0
        yield Checked(
            "share",
            left.first,
            share.after,
            words_of(tokens, share),
            f"{100 * part.value / whole.value:.3g} per cent",
            comes_near(share, low, high),
        )


def _lead(tokens: Sequence[Token], amount: Amount) -> list[str]:
    return [token.norm for token in tokens[max(0, amount.first - 3) : amount.first]]


def check_ratio(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`one in four voters, or 30 per cent`; `two-thirds (75 per cent)`."""
    for share in read:
        start = max(0, share.first - NEAR)
        joint = share.first - 1
        if not share.percent or share.hedge or joint < 1 or tokens[joint].norm not in {"or", "("}:
            continue
        told = next((told for at in range(start, joint) if (told := _proportion(tokens, at, joint))), None)
        if told is None:
            continue
        first, part = told
        low, high = 100 * part * (1 - COARSE / 2), 100 * part * (1 + COARSE / 2)
        stated = words_of(tokens, share)
        yield Checked("share", first, share.after, stated, f"{100 * part:.3g} per cent", comes_near(share, low, high))


def _proportion(tokens: Sequence[Token], at: int, joint: int) -> tuple[int, float] | None:
    """A proportion in words at a place, with few words up to a joint: `three in five (nurses)`, `a third`; the place
    with it."""
    if at and (tokens[at - 1].norm in mapping("hedges") or tokens[at - 1].norm in {"than", "least", "to", "under"}):
        return None
    ratio = [token.norm for token in tokens[at : at + 3]]
    if len(ratio) == 3 and ratio[1] == "in" and starts_number(tokens[at]) and starts_number(tokens[at + 2]):
        low, high = read_number(tokens, at), read_number(tokens, at + 2)
        part = low.low / high.low if low and high and low.after == at + 1 and 0 < low.low < high.low <= 20 else None
        after = high.after if high else at
    elif (fraction := fraction_at(tokens, at)) is not None and (not at or tokens[at - 1].text not in HYPHENS):
        part, after = fraction
    else:
        return None
    between = [token.norm for token in tokens[after:joint]]
    plain = not any(token.kind == "number" for token in tokens[after:joint]) and "and" not in between
    return (at, part) if part and plain and len(between) <= 5 else None
