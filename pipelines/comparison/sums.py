"""Sums of an article that should be one: called by one noun, or given by the headline and nowhere in the text.

A sum is taken up (`the £3m fee`) under a value that nothing before gives, where one other sum of its kind was told; a
headline's sum is held against the first one of the text, and against what the text takes up.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from pipelines.comparison.facts import Row
from pipelines.comparison.rounding import agreeing, span
from pipelines.comparison.slips import slipped, transposed
from pipelines.language.lexicons import table

_NEAR, _NEAR_HEADLINE = 3.0, 1.5  # sums further apart are other sums, unless a slip makes one of the other
_MOST = 40  # sums of an article: one with more is a table
# States in which a sum is another than the one that the article is about.
_OTHER = frozenset({"former", "revised"})


def at_odds(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Of the sums of all articles those of one article that cannot both hold, the headline's or the earlier first."""
    for told in _by_article(rows):
        yield from _taken_up(told)
        yield from _of_headline(told)


def unsupported(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Of the figures of one unit of all articles those of a headline that its text does not give, each with the figure
    that the text gives for it."""
    for told in _by_article(rows):
        yield from _of_headline(told)


def _by_article(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The figures of every article in one currency, in order of place; tables are left out."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article_id"], row["currency"] or row["denomination"] or ""].append(row)
    for _, own in sorted(found.items()):
        if len(own) <= _MOST:
            yield sorted(own, key=lambda row: row["start"])


def _taken_up(told: Sequence[Row]) -> Iterator[list[Row]]:
    """Sums taken up under another value than the one that was told of their kind."""
    for at, row in enumerate(told):
        if not (row["taken_up"] and _stands(row)) or _given(row, told[:at]):
            continue
        same = [other for other in told[:at] if other["called"] == row["called"] and _fits(row, other)]
        same = same or [other for other in told[:at] if _unnamed(other) and _fits(row, other)][:1]
        same = same or [other for other in told[:at] if _bought(row, other) and _fits(row, other)]
        if same and not any(agreeing([span(other) for other in same])) and _one_sum(row, same[0]):
            yield [*same, row]


def _unnamed(row: Row) -> bool:
    """Whether the article opens with a sum that no noun of its own names."""
    return row["called"] is None and (row["opening"] or row["headline"])


def _bought(row: Row, other: Row) -> bool:
    """Whether a contract or deal can be the purchase that was told before it: the digits of the two are the same, in
    another order."""
    agreed = row["called"] in {"contract", "deal"} and other["measure"] == "purchase"
    return agreed and other["called"] is None and transposed(row["high"], other["high"])


def _of_headline(told: Sequence[Row]) -> Iterator[list[Row]]:
    """The headline's sum that the text does not give, and what the text gives for it."""
    headline = [row for row in told if row["headline"] and row["start"] < _first_of_text(told)]
    text = [row for row in told if not row["headline"]]
    if len(headline) != 1 or not _stands(headline[0]) or _given(headline[0], text):
        return
    lead = [row for row in text if row["opening"]]
    stated = lead if len(lead) == 1 else [] if lead else [row for row in text if row["taken_up"]][:1]
    for row in stated:
        known = row["called"] is None or headline[0]["called"] in {None, row["called"]}
        if _stands(row) and known and _close(headline[0]["high"], row["high"], _NEAR_HEADLINE):
            yield [headline[0], row]


def _first_of_text(told: Sequence[Row]) -> float:
    return min((row["start"] for row in told if not row["headline"]), default=float("inf"))


def _stands(row: Row) -> bool:
    """Whether a sum is a total that the writer states as it stands."""
    return not (row["quoted"] or row["unit"] or row["phase"] in _OTHER)


def _fits(row: Row, other: Row) -> bool:
    """Whether no word, owner or year tells two sums of a kind apart."""
    own, first = ({*(r["modifiers"] or "").split()} for r in (row, other))
    owners = {r["owner"] for r in (row, other) if r["owner"]}
    years = {r["as_of"] for r in (row, other) if r["as_of"]}
    return _stands(other) and own <= first and len(owners) < 2 and len(years) < 2


def _one_sum(row: Row, other: Row) -> bool:
    """Whether two sums of a kind can be meant for one: not far apart, or one slipped; of what moves, only slipped."""
    steady = row["called"] == other["called"] and row["called"] not in _moving()
    return _close(row["high"], other["high"], _NEAR if steady else 1.0)


@cache
def _moving() -> frozenset[str]:
    """Kinds of sums that change from one count to the next: debts, profits."""
    return frozenset(row["kind"] for row in table("sum_nouns") if row["role"] == "moving")


def _close(left: float, right: float, near: float) -> bool:
    return max(left, right) <= near * min(left, right) or slipped(left, right)


def _given(row: Row, others: Sequence[Row]) -> bool:
    """Whether others give a sum: one of them, or two that make it up or leave it over."""
    low, high = span(row)
    spans = [span(other) for other in others]
    if any(least <= high and low <= most for least, most in spans):
        return True
    values = [other["high"] for other in others]
    return any(low <= value <= high for one, two in combinations(values, 2) for value in (one + two, abs(one - two)))
