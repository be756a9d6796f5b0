"""What every reading of a calculation shares: what is checked, how near it must come, the words around a number."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import inf
from typing import NamedTuple

from pipelines.extraction.amounts import Amount
from pipelines.language.lexicons import mapping, members
from pipelines.language.tokens import HYPHENS, Token, touches

NEAR = 8  # tokens between a change and its share
MOST_PARTS = 8
_HEDGED = 0.1
_FRACTIONS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
COARSE = 0.2  # how far a fraction or a ratio in words may be off, of its size: `a third` of 38 per cent
SLIP = 1.2  # parts that exceed their whole by more have been counted twice


class Checked(NamedTuple):
    """A calculation at the places `first` to `after`: what is stated, what its numbers give, whether they agree."""

    kind: str
    first: int
    after: int
    stated: str
    reckoned: str
    holds: bool


def comes_near(stated: Amount, low: float, high: float, digits: float = 1.0) -> bool:
    """Whether a stated value agrees with a reckoned span: within so many of its last digit (half is rounding, one is
    cutting off as well), and what its hedge leaves open."""
    rounding = min(stated.number.step, 2 * (stated.high - stated.value)) if digits < 1 else stated.number.step
    slack = rounding * digits + (abs(stated.value) * _HEDGED if stated.hedge else 0.0)
    least = 0.0 if stated.hedge in {"under", "up to"} else stated.number.low - slack
    most = inf if stated.hedge == "at least" else stated.number.high + slack * (3 if stated.hedge == "over" else 1)
    return low <= most and high >= least


def one_kind(tokens: Sequence[Token], old: Amount, new: Amount, stated: Amount) -> bool:
    """Whether a difference can be that of the two: money of money, points or per cent of per cent."""
    if old.percent or new.percent:
        joined = [token.norm for token in tokens[stated.after : stated.after + 2]]
        return stated.unit in {"percentage point", "point", "percent"} or joined[1:] == ["point"]
    if stated.percent or stated.unit == "percentage point":
        return False
    units = {unit for unit in (old.unit, new.unit) if unit}
    return stated.unit in units or (not (old.money or new.money or stated.money) and not (units and stated.unit))


def how_far_apart(old: Amount, new: Amount) -> tuple[float, float]:
    """The least and the greatest that two amounts can be apart."""
    ends = [n - o for n in (new.low, new.high) for o in (old.low, old.high)]
    least = 0.0 if min(ends) <= 0 <= max(ends) else min(map(abs, ends))
    return least, max(map(abs, ends))


def fraction_at(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """The fraction in words at a place, and one past it: `half`, `a third`, `two-thirds`, `three quarters`."""
    counts = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
    count = counts.get(tokens[at].norm) if at < len(tokens) else None
    place = at + 1 if count else at
    if count and place < len(tokens) and tokens[place].text in HYPHENS:
        place += 1
    part = _FRACTIONS.get(tokens[place].norm.removesuffix("s")) if place < len(tokens) else None
    if part is None or not (count or part == 1 / 2) or (count or 1) * part >= 1:
        return None
    return (count or 1) * part, place + 1


def is_count(amount: Amount) -> bool:
    """Whether an amount is a plain count: no sum, share, measure or estimate."""
    measured = amount.money or amount.percent or amount.unit in mapping("units").values()
    return not measured and amount.hedge is None and amount.number.low == amount.number.high


def word_at(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if at < len(tokens) else ""


def unlike(left: Amount, right: Amount) -> bool:
    """Whether one is money and the other is not, or their currencies differ."""
    return left.money != right.money or (left.money and left.unit != right.unit)


def is_open(tokens: Sequence[Token], first: int, after: int) -> bool:
    return any(token.norm in members("change_words", "open") for token in tokens[first:after])


@cache
def ways() -> frozenset[str]:
    return members("change_words", "up") | members("change_words", "down")


def word_before(tokens: Sequence[Token], at: int) -> str:
    return tokens[at - 1].norm if at else ""


def words_of(tokens: Sequence[Token], amount: Amount) -> str:
    """The amount's words, spaced as they are written."""
    own = tokens[amount.first : amount.after]
    spaces = ["", *("" if touches(left, right) else " " for left, right in pairwise(own))]
    return "".join(space + token.text for space, token in zip(spaces, own, strict=True))
