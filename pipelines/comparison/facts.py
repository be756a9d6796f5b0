"""Facts: statements that must agree, side by side, with the one that an editor should look at first."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

Row = Mapping[str, Any]
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a fact: where, and what it says. Statements with the same `group` agree.

    `amount` is the value as a number, where it is one.
    """

    article_id: str
    start: int
    end: int
    value: str
    group: Hashable
    amount: float | None = None


@dataclass(frozen=True)
class Comparison:
    """Rows of a table of facts, and those of `witnesses` that belong to them; `compare` adds the words (`text`)."""

    facts: list[dict[str, Any]]
    witnesses: list[dict[str, Any]]


class Age(NamedTuple):
    """When an article is of: its day (empty where unknown, before all others), and its place in the corpus."""

    day: str
    place: int


def sequence(tables: Tables) -> dict[str, Age]:
    """Every article's age, by id."""
    articles = tables["articles"]
    days = articles["published_at"].fillna("")
    return {
        article: Age(day, int(place))
        for article, day, place in zip(articles["article_id"], days, articles["sequence"], strict=True)
    }


def state(
    kind: str,
    key: str,
    subject: str,
    statements: Sequence[Statement],
    order: Mapping[str, Age],
    *,
    of: str = "",
    right: Hashable = None,
    **columns: Any,
) -> Comparison:
    """One fact of two or more statements: its row, anchored at the value that fewest give, and its witnesses.

    A value is weighed by the articles that give it, then by statements. On a tie the anchor is the value of the article
    that is of a later day; where the days agree too, the one further down in a single article, and across articles the
    one that sorts last: neither a file's name nor text put in above decides. `order` is `sequence(tables)`. `of` tells
    apart facts of one key that are an article's own (its id and, where it needs one, the place); findings take their
    identity from `key`, without it. `right` is the group that is known to be right, however few are in it: it is
    favoured, and the anchor is of another.
    """
    placed = sorted(statements, key=lambda s: (order[s.article_id].place, s.start, s.end))
    across = len({s.article_id for s in placed}) > 1
    groups: dict[Hashable, list[Statement]] = defaultdict(list)
    for statement in placed:
        groups[statement.group].append(statement)

    def weight(group: Hashable) -> tuple[int, int]:
        return len({s.article_id for s in groups[group]}), len(groups[group])

    def late(group: Hashable) -> tuple[str, int, str]:
        day = max(order[s.article_id].day for s in groups[group])
        return day, 0 if across else groups[group][-1].start, min(s.value for s in groups[group])

    others = [group for group in groups if group != right] or list(groups)
    lightest, heaviest = min(map(weight, others)), max(map(weight, groups))
    least = max((group for group in others if weight(group) == lightest), key=late)
    heavy = min((group for group in groups if weight(group) == heaviest), key=late)
    favoured = right if right in groups else heavy
    anchor = groups[least][-1]
    fact_id = f"{kind}:{key}@{of}" if of else f"{kind}:{key}"
    fact = {
        "article_id": anchor.article_id,
        "start": anchor.start,
        "end": anchor.end,
        "fact_id": fact_id,
        "key": key,
        "scope": "cross" if across else "within",
        "subject": subject,
        "value": anchor.value,
        "favoured": groups[favoured][0].value,
        "favoured_by": len(groups[favoured]),
        "statements": len(placed),
        "values": len(groups),
        "sheet": None,
        **columns,
    }
    sides = {group: side for side, group in enumerate(groups)}
    witnesses = [
        {
            "article_id": s.article_id,
            "start": s.start,
            "end": s.end,
            "fact_id": fact_id,
            "value": s.value,
            "side": sides[s.group],
            "amount": s.amount,
            "role": "anchor" if s is anchor else "witness",
        }
        for s in placed
    ]
    return Comparison([fact], witnesses)


def together(comparisons: Sequence[Comparison]) -> Comparison:
    """Many comparisons as one, in order of fact."""
    ordered = sorted(comparisons, key=lambda c: c.facts[0]["fact_id"])
    return Comparison([f for c in ordered for f in c.facts], [w for c in ordered for w in c.witnesses])
