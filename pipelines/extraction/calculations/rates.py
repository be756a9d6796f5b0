"""Rates and measures: by the day, each, at a price, in another scale or currency."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.extraction.amounts import Amount
from pipelines.extraction.calculations.checks import NEAR, Checked, comes_near, word_at, words_of
from pipelines.language.tokens import Token

# How many of a period make up a longer one, and how far off rounding and leap years leave that.
_PERIODS = {("month", "year"): 12.0, ("quarter", "year"): 4.0, ("week", "year"): 52.0, ("week", "month"): 4.33}
_PERIODS |= {("day", "week"): 7.0, ("minute", "hour"): 60.0, ("hour", "day"): 24.0}
_LOOSE = 0.04
# Words between a sum and the same sum in other words; scales that only some of the world counts in.
_SAID_AGAIN = ([",", "or"], ["or"], ["("], [",", "equivalent", "to"], [",", "equal", "to"], [",", "i", ".", "e", "."])
_INDIAN = frozenset({"lakh", "lakhs", "crore", "crores"})


def check_converted(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`620 million reais, or $113 million at a rate of 5.5 reais to the dollar`."""
    for left, right, rate in zip(read, read[1:], read[2:], strict=False):
        joint = {token.norm for token in tokens[left.after : right.first]}
        link = [token.norm for token in tokens[right.after : rate.first]]
        sums = left.money and right.money and left.unit != right.unit and min(left.low, right.low, rate.low) > 0
        if not sums or not joint <= {",", "or", "(", "about", "some"} or len(link) > NEAR or "rate" not in link:
            continue
        ratios = [(left.low / right.high, left.high / right.low), (right.low / left.high, right.high / left.low)]
        fits = any(low <= rate.high * 1.01 and high >= rate.low / 1.01 for low, high in ratios)
        likely = min((left.value / right.value, right.value / left.value), key=lambda ratio: abs(ratio - rate.value))
        yield Checked("scale", left.first, rate.after, words_of(tokens, rate), f"a rate of {likely:.4g}", fits)


def check_by_the_period(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`£1,200 a month, or £14,400 a year`: one rate for two periods."""
    for left, right in pairwise(read):
        short, long = _period_of(tokens, left), _period_of(tokens, right)
        joint = [token.norm for token in tokens[left.after : right.first]]
        if short is None or long is None or left.unit != right.unit or joint[-1:] != ["or"] or left.value <= 0:
            continue
        if (factor := _PERIODS.get((short, long))) is None or len(joint) > NEAR / 2:
            continue
        low, high = factor * left.low, factor * right.high / right.value * left.high if right.value else 0.0
        yield Checked(
            "each",
            left.first,
            right.after,
            words_of(tokens, right),
            f"{factor * left.value:,.6g}",
            comes_near(right, low * (1 - _LOOSE), high * (1 + _LOOSE)),
        )


def _period_of(tokens: Sequence[Token], amount: Amount) -> str | None:
    """The period for which an amount is told: `£14 a week`, `£14 per week`."""
    return word_at(tokens, amount.after + 1) if word_at(tokens, amount.after) in {"a", "per", "each"} else None


def check_multiplied(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`12 buses at £300,000 each, or £3.6 million`: so many at so much, and what they come to."""
    for count, each, total in zip(read, read[1:], read[2:], strict=False):
        told = word_at(tokens, each.after) in {"each", "apiece"}
        link = [token.norm for token in tokens[count.after : each.first]]
        joint = [token.norm for token in tokens[each.after + 1 : total.first]]
        summed = joint[-1:] == ["or"] or joint[-2:] == ["total", "of"]
        if not (
            told and each.money and each.unit == total.unit and not count.money and not count.percent and count.unit
        ):
            continue
        if not summed or len(joint) > NEAR or link not in (["at"], ["for"], ["costing"], ["worth"], [",", "at"]):
            continue
        low, high = count.low * each.low, count.high * each.high
        if not low / 3 < total.value < 3 * high:
            continue
        yield Checked(
            "total",
            count.first,
            total.after,
            words_of(tokens, total),
            f"{count.value * each.value:,.6g}",
            comes_near(total, low, high),
        )


def check_each(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`$1.1 million to 190 farms, or $5,789 each`."""
    for whole, count, part in zip(read, read[1:], read[2:], strict=False):
        following = tokens[part.after].norm if part.after < len(tokens) else ""
        if (
            following not in {"each", "apiece"}
            or not part.unit
            or part.unit != whole.unit
            or count.unit in {"", part.unit, "percent"}
        ):
            continue
        joint = [token.norm for token in tokens[count.after : part.first]]
        link = {token.norm for token in tokens[whole.after : count.first]}
        if (
            joint[-1:] != ["or"]
            or len(joint) > 2
            or not link & {"to", "for", "among", "between", "by"}
            or count.value <= 0
        ):
            continue
        low, high = whole.low / count.high, whole.high / count.low
        yield Checked(
            "each",
            whole.first,
            part.after,
            words_of(tokens, part),
            f"{whole.value / count.value:,.4g}",
            comes_near(part, low, high),
        )


def check_rescaled(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`£3,469,800, or £3.47bn`: one sum said twice, a thousand times apart; `₹400 crore, or ₹40 billion`: any power of
    ten apart."""
    for left, right in pairwise(read):
        joint = [token.norm for token in tokens[left.after : right.first]]
        if not left.value or not right.value or joint not in _SAID_AGAIN:
            continue
        indian = [any(token.norm in _INDIAN for token in tokens[a.first : a.after + 1]) for a in (left, right)]
        turned = indian[0] != indian[1] and left.unit == right.unit and left.unit not in {"", "percent"}
        if not turned and not (left.money and right.money):
            continue
        ratio = max(left.value, right.value) / min(left.value, right.value)
        powers = [10.0**power for power in range(1, 7)] if turned else [1e3, 1e6]
        slipped = any(abs(ratio / power - 1) < 0.02 for power in powers)
        if word_at(tokens, right.after) in {"a", "an", "per", "each", "more", "less"} and not turned:
            continue
        yield Checked("scale", left.first, right.after, words_of(tokens, right), words_of(tokens, left), not slipped)
