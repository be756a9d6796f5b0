"""What should have been filled in."""

from collections.abc import Iterator
from random import Random

from pipelines.evaluation.faults import Copy, Fault, Planter, instead
from pipelines.reading import reread

NAMES = ("[Name]", "[NAME TK]", "<name>", "[spokesperson]")
FIGURES = ("XX", "[figure]", "TK", "{{amount}}")
DATES = ("[date]", "[insert date]", "[DATE]")


def slots(copy: Copy, random: Random) -> Iterator[Fault]:
    for row in copy.unquoted("people"):
        if row["name"] in row["text"]:
            yield instead(row, row["name"], random.choice(NAMES))
    for row in copy.unquoted("figures"):
        yield Fault(row["start"], row["end"], random.choice(FIGURES))
    for row in copy.unquoted("dates"):
        if row["precision"] == "day":
            yield Fault(row["start"], row["end"], random.choice(DATES))


def undated(copy: Copy, _random: Random) -> Iterator[Fault]:
    """The article's own date is struck, where it has no other."""
    article = copy.article
    if article.published:
        fault = Fault(article.published.stated.start, article.published.stated.end, "", field="date")
        if reread(fault.applied(article.text), article.id, article.path, copy.house).published is None:
            yield fault


PLANTERS = (
    Planter("a slot is left open", ("placeholder-unresolved", "assistant-residue"), slots),
    Planter("the date is struck", ("metadata-missing",), undated),
)
