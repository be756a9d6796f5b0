"""Notations: per cents, or sums of one currency, that one article or the corpus writes in two ways."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipelines.comparison.facts import Age, Comparison, Row, Statement, Tables, sequence, state, together


def compare(tables: Tables) -> Comparison:
    """Rows of `notations` with their witnesses. Headlines, which abbreviate, and quoted words do not count.

    An article that mixes has its own row; of the others, which each keep to one way, one row a currency says that they
    do not all keep to the same.
    """
    return together(list(_mixed(tables)))


def _mixed(tables: Tables) -> Iterator[Comparison]:
    figures = tables["figures"]
    chosen = figures[figures["notation"].notna() & ~figures["quoted"] & ~figures["headline"]]
    order = sequence(tables)
    of: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for record in chosen.sort_values(["article_id", "start"]).to_dict("records"):
        row = {str(name): value for name, value in record.items()}
        of[row["article_id"], "percent" if row["kind"] == "percent" else row["currency"]].append(row)
    kept: dict[str, list[Row]] = defaultdict(list)
    for (article, key), rows in of.items():
        if len({row["notation"] for row in rows}) > 1:
            yield _notation(key, rows, order, article)
        elif key != "percent":
            kept[key].append(rows[0])
    for key, rows in kept.items():
        if len({row["notation"] for row in rows}) > 1:
            yield _notation(key, rows, order, "")


def _notation(key: str, rows: Sequence[Row], order: Mapping[str, Age], article: str) -> Comparison:
    statements = [
        Statement(row["article_id"], int(row["start"]), int(row["end"]), row["notation"], row["notation"])
        for row in rows
    ]
    kind = "percent" if key == "percent" else "currency"
    made = state("notation", key, key, statements, order, of=article)
    fact = made.facts[0]
    return Comparison([fact | {"kind": kind, "form": fact["value"], "favoured_form": fact["favoured"]}], made.witnesses)
