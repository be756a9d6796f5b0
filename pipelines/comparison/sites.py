"""Sites: one event that one article puts in two towns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from expectations.contracts import rows_of
from pipelines.comparison.facts import Age, Comparison, Statement, Tables, sequence, state, together
from pipelines.language.phrases import alike

MOST = 12  # statements of one kind of event in an article: more are a series of them

# Of which a season, a tour or a campaign holds many: they are one where both say when, or one takes up the other.
_SERIAL = frozenset({"match", "concert", "rally", "parade", "screening", "debate"})

Venue = Mapping[str, Any]


def compare(tables: Tables) -> Comparison:
    """Rows of `sites` with their witnesses: statements of an article on one event and on two towns, none in the other.

    They are of one event by its thing (`the results were announced`), or because one speaks of it as known (`the
    meeting`).
    """
    by_event: dict[tuple[str, str], list[Venue]] = defaultdict(list)
    venues = tables["venues"]
    for row in rows_of(venues):
        by_event[row["article_id"], row["event"]].append(row)
    order = sequence(tables)
    return together([_fact(rows, order) for rows in by_event.values() if _conflicting(rows)])


def _fact(rows: Sequence[Venue], order: Mapping[str, Age]) -> Comparison:
    statements = [Statement(row["article_id"], row["start"], row["end"], row["text"], row["place"]) for row in rows]
    event, first = rows[0]["event"], min(row["place"] for row in rows)
    return state("site", f"{event}/{first}", event, statements, order, of=rows[0]["article_id"])


def _conflicting(rows: Sequence[Venue]) -> bool:
    if len(rows) > MOST or len({row["place"] for row in rows}) != 2:
        return False
    return any(_of_one(one, other) and _apart(one, other) for one, other in combinations(rows, 2))


def _of_one(one: Venue, other: Venue) -> bool:
    """Whether two statements can be of one event, and nothing tells it from another."""
    if one["phase"] and other["phase"] and one["phase"] != other["phase"]:
        return False
    if one["day"] and other["day"] and one["day"] != other["day"]:
        return False
    if one["ordinals"] != other["ordinals"]:
        return False
    told_when = one["ordinals"] or (one["day"] and other["day"])
    if not told_when and one["event"] in _SERIAL and not _taken_up(one, other):
        return False
    if not told_when and one["by_place"] and other["by_place"]:
        return False
    ours, theirs = _parts(one["names"]), _parts(other["names"])
    if ours and theirs and not set(ours) & set(theirs):
        return False
    if one["nouns"] and other["nouns"]:
        return any(alike(a, b) for a in _parts(one["nouns"]) for b in _parts(other["nouns"]))
    return bool(one["definite"] or other["definite"])


def _taken_up(one: Venue, other: Venue) -> bool:
    """Whether the second speaks of what the first brings in: `at a rally in Ghent … the rally, held in Bruges`."""
    first, second = sorted((one, other), key=lambda row: int(row["start"]))
    return bool(first["by_place"] and not first["definite"] and second["definite"] and not second["by_place"])


def _apart(one: Venue, other: Venue) -> bool:
    """Whether neither of two towns can lie in the other."""
    ours, theirs = set(one["place"].split()), set(other["place"].split())
    if ours <= theirs or theirs <= ours or other["place"] in _parts(one["within"]):
        return False
    return all(row["settled"] or row["metropolis"] for row in (one, other)) or not (
        one["metropolis"] or other["metropolis"]
    )


def _parts(cell: str | None) -> Sequence[str]:
    return cell.split(";") if cell else ()
