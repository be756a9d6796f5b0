"""Citations: one source, named twice in one list of sources or for one claim."""

from collections import defaultdict
from collections.abc import Hashable
from itertools import pairwise
from typing import Any

from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together

# Two claims are one where they share this many content words, and this share of the shorter one's.
SHARED_WORDS = 3
SHARED_PART = 0.4

Row = dict[Hashable, Any]


def compare(tables: Tables) -> Comparison:
    """Rows of `citations` with their witnesses: sources that stand twice or more in one list, or for one claim."""
    order = sequence(tables)
    facts = [
        state(
            "citation",
            rows[0]["name_key"],
            rows[0]["name"],
            [_statement(row) for row in rows],
            order,
            of=f"{rows[0]['article_id']}/{rows[0]['start']}",
            claim=claim,
        )
        for claim, cited in (("in one list", _in_lists(tables)), ("for one claim", _for_claims(tables)))
        for rows in cited
    ]
    return together(facts)


def _in_lists(tables: Tables) -> list[list[Row]]:
    """The entries of one list that name one source."""
    sources = tables["sources"]
    entries: dict[Hashable, list[Row]] = defaultdict(list)
    for row in sources[sources["kind"] == "citation"].to_dict("records"):
        entries[row["article_id"], row["citation"], row["name_key"]].append(row)
    return [rows for rows in entries.values() if len(rows) > 1]


def _for_claims(tables: Tables) -> list[list[Row]]:
    """The attributions to one source, or to its report of one day, for claims that are one."""
    sources = tables["sources"]
    reports: dict[Hashable, list[Row]] = defaultdict(list)
    for row in sources[sources["claim"].notna()].fillna({"dated": ""}).to_dict("records"):
        reports[row["article_id"], row["name_key"], row["dated"]].append(row)
    return [
        [one, other]
        for rows in reports.values()
        for one, other in pairwise(rows)
        if _one_claim(one["claim"], other["claim"])
    ]


def _one_claim(left: str, right: str) -> bool:
    if left == right:
        return left != ""
    ours, theirs = set(left.split()), set(right.split())
    shared = len(ours & theirs)
    return shared >= SHARED_WORDS and shared >= SHARED_PART * min(len(ours), len(theirs))


def _statement(row: Row) -> Statement:
    return Statement(row["article_id"], int(row["start"]), int(row["end"]), row["name"], group=row["name_key"])
