"""Date styles: in how many ways one article, or the corpus, writes the days of the calendar."""

from collections import Counter
from itertools import groupby

from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together

HOUSE = 0.75  # share of the articles that makes an order of day and month the house's


def compare(tables: Tables) -> Comparison:
    """Rows of `date_styles` with their witnesses: an article that mixes styles, and the corpus whose articles each keep
    to one order of day and month, most but not all of them to the same. Quoted words are not the writer's choice."""
    dates = tables["dates"]
    chosen = dates[dates["style"].notna() & ~dates["quoted"]].sort_values(["article_id", "start"])
    order = sequence(tables)
    facts, kept = [], []
    for article, rows in groupby(chosen.to_dict("records"), key=lambda row: row["article_id"]):
        statements = [
            Statement(article, int(row["start"]), int(row["end"]), row["stated"], row["style"]) for row in rows
        ]
        if len({statement.group for statement in statements}) > 1:
            facts.append(state("date style", "days", "dates", statements, order, of=article))
        else:
            first = statements[0]
            kept.append(Statement(article, first.start, first.end, first.value, _order(str(first.group))))
    orders = Counter(statement.group for statement in kept)
    if len(orders) > 1 and max(orders.values()) >= HOUSE * len(kept):
        facts.append(state("date style", "articles", "dates", kept, order))
    return together(facts)


def _order(style: str) -> str:
    """A style without regard to ordinals: `day month` or `month day`."""
    return style.removesuffix(", ordinal")
