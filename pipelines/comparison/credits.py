"""Credits: what an article's opening and its foot name as the source of the story."""

from collections.abc import Hashable
from typing import Any

from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together
from pipelines.language.outlets import same_source

Row = dict[Hashable, Any]

# Which credits at the opening each credit at the foot cannot stand beside: a paper prints agencies' copy under its own
# head, and adds other agencies' to it.
_EXCLUDES = {
    "whole": ("attribution", "agency", "imprint"),
    "part": ("attribution",),
    "origin": ("agency",),
    "signature": ("agency",),
}


def compare(tables: Tables) -> Comparison:
    """Rows of `credits` with their witnesses: articles that name an outlet for the whole story at both ends.

    The two ends agree where they share one outlet, under whatever name.
    """
    sources = tables["sources"]
    stories = sources[sources["story"] & sources["outlet"].notna()]
    order = sequence(tables)
    facts = []
    for article_id, rows in stories.groupby("article_id", sort=True):
        opening = rows[rows["place"] == "opening"].to_dict("records")
        foot = rows[rows["place"] == "foot"].to_dict("records")
        agree = any(same_source(one["name_key"], other["name_key"]) for one in opening for other in foot)
        opening, foot = _opposed(opening, foot)
        if not opening or not foot:
            continue
        statements = [
            Statement(
                article_id=end[0]["article_id"],
                start=int(end[0]["start"]),
                end=int(end[0]["end"]),
                value=" and ".join(dict.fromkeys(row["outlet"] for row in end)),
                group="the story" if agree else end[0]["place"],
            )
            for end in (opening, foot)
        ]
        key = f"{opening[0]['name_key']}/{foot[0]['name_key']}"
        facts.append(state("credit", key, "the story", statements, order, of=str(article_id)))
    return together(facts)


def _opposed(opening: list[Row], foot: list[Row]) -> tuple[list[Row], list[Row]]:
    """The credits of one role at each end that cannot both hold, the most telling roles first."""
    for last in _EXCLUDES:
        for first in _EXCLUDES[last]:
            ends = [row for row in opening if row["role"] == first], [row for row in foot if row["role"] == last]
            if all(ends):
                return ends
    return [], []
