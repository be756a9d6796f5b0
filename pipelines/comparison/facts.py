"""Facts: statements that must agree, side by side, with the one that an editor should look at first."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

Row = Mapping[str, Any]
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a fact: where, and what it says. Statements with the same `group` agree."""

    article_id: str
    start: int
    end: int
    value: str
    group: Hashable


@dataclass(frozen=True)
class Comparison:
    """Rows of a table of facts, and the rows of `witnesses` that belong to them; the words (`text`) are added by `compare`."""

    facts: list[dict[str, Any]]
    witnesses: list[dict[str, Any]]


def sequence(tables: Tables) -> dict[str, int]:
    """Every article's place in the corpus by date and headline."""
    articles = tables["articles"]
    return dict(zip(articles["article_id"], articles["sequence"], strict=True))


def state(
    kind: str,
    key: str,
    subject: str,
    statements: Sequence[Statement],
    order: Mapping[str, int],
    *,
    article: str = "",
    **columns: Any,
) -> Comparison:
    """One fact of two or more statements: its row, anchored at the value that fewest give, and its witnesses.

    A value is weighed by the articles that give it, then by statements; on a tie the anchor is the later article's,
    then the later in its article. `order` is `sequence(tables)`. `article` is given where each article has such a fact
    of its own: it tells the facts apart, and is no part of the key, which identifies the finding.
    """
    placed = sorted(statements, key=lambda s: (order[s.article_id], s.start, s.end))
    groups: dict[Hashable, list[Statement]] = defaultdict(list)
    for statement in placed:
        groups[statement.group].append(statement)

    def weight(group: Hashable) -> tuple[int, int]:
        return len({s.article_id for s in groups[group]}), len(groups[group])

    def latest(group: Hashable) -> tuple[int, int]:
        return order[groups[group][-1].article_id], groups[group][-1].start

    least = min(groups, key=lambda g: (weight(g), tuple(-place for place in latest(g))))
    favoured = max(groups, key=lambda g: (weight(g), tuple(-place for place in latest(g))))
    anchor = groups[least][-1]
    fact_id = f"{kind}:{key}@{article}" if article else f"{kind}:{key}"
    fact = {
        "article_id": anchor.article_id,
        "start": anchor.start,
        "end": anchor.end,
        "fact_id": fact_id,
        "key": key,
        "scope": "cross" if len({s.article_id for s in placed}) > 1 else "within",
        "subject": subject,
        "value": anchor.value,
        "favoured": groups[favoured][0].value,
        "favoured_by": len(groups[favoured]),
        "statements": len(placed),
        "values": len(groups),
        **columns,
    }
    witnesses = [
        {
            "article_id": s.article_id,
            "start": s.start,
            "end": s.end,
            "fact_id": fact_id,
            "value": s.value,
            "role": "anchor" if s is anchor else "witness",
        }
        for s in placed
    ]
    return Comparison([fact], witnesses)


def together(comparisons: Sequence[Comparison]) -> Comparison:
    """Many comparisons as one, in order of fact."""
    ordered = sorted(comparisons, key=lambda c: c.facts[0]["fact_id"])
    return Comparison([f for c in ordered for f in c.facts], [w for c in ordered for w in c.witnesses])
