"""Rounding and hedges: the values that a statement leaves possible, and which statements one value would bear out."""

from collections.abc import Sequence
from math import inf

from pipelines.comparison.facts import Row

# What a hedge leaves open below and above the number, as shares of it.
_OPEN = {
    "about": (0.1, 0.1),
    "nearly": (0.1, 0.0),
    "over": (0.0, 0.25),
    "at least": (0.0, inf),
    "under": (1.0, 0.0),
    "up to": (1.0, 0.0),
}


def agreeing(spans: Sequence[tuple[float, float]]) -> list[int]:
    """For every span of possible values the number of the group that it belongs to: the fewest groups such that the
    spans of each have a value in common, so that one value would bear out all its statements.

    Spans are taken by their upper ends; each group's value is the upper end of its first span, which is the best choice
    (interval stabbing). Agreement of two spans alone would not do: it is not transitive.
    """
    groups = [0] * len(spans)
    value, group = -inf, -1
    for place in sorted(range(len(spans)), key=lambda p: (spans[p][1], spans[p][0])):
        low, high = spans[place]
        if low > value:
            value, group = high, group + 1
        groups[place] = group
    return groups


def span(row: Row) -> tuple[float, float]:
    """The values that a statement leaves possible: half of its last digit either way, and what its hedge leaves
    open."""
    below, above = _OPEN.get(row["qualifier"] or "", (0.0, 0.0))
    half = row["step"] / 2
    high = inf if above == inf else row["high"] * (1 + above) + half
    return row["low"] * (1 - below) - half, high
