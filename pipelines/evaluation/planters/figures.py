"""Figures that contradict another, themselves or the fact sheet; and what else the sheet has otherwise."""

import re
from collections import defaultdict
from collections.abc import Iterator
from random import Random
from typing import Any

from expectations.facts import Fact
from pipelines.evaluation.faults import Copy, Fault, Planter, new_paragraph, other_number
from pipelines.evaluation.planters.organisations import TOWNS, another_name
from pipelines.evaluation.planters.people import another_title
from pipelines.extraction.document import Row
from pipelines.language.titles import find_posts
from pipelines.language.tokens import tokenise

BY_CHANCE = 10
SCALES = {"million": "billion", "billion": "million", "trillion": "billion", "thousand": "million"}


def changed(copy: Copy, random: Random) -> Iterator[Fault]:
    """One of the statements of a sum that agree is changed."""
    for statement in copy.statements.get("valuations", ()):
        if words := other_number(statement.text, random):
            yield Fault(statement.start, statement.end, words)


def rescaled(copy: Copy, _random: Random) -> Iterator[Fault]:
    """One of the statements of a sum that agree is of another order of magnitude."""
    for statement in copy.statements.get("valuations", ()):
        for scale, other in SCALES.items():
            if scale in statement.text:
                yield Fault(statement.start, statement.end, statement.text.replace(scale, other))


def restated(copy: Copy, random: Random) -> Iterator[Fault]:
    """A later paragraph gives a named thing another worth."""
    for row in copy.unquoted("figures"):
        words, later = other_number(row["text"], random), copy.later_paragraph(row["end"], random)
        if words and later and _is_worth(row):
            yield new_paragraph(later, f"The {row['subject']}, valued at {_bare(words)}, is expected to go ahead.")


def recounted(copy: Copy, random: Random) -> Iterator[Fault]:
    """Of two equal counts of one thing, too large to be met twice by chance, the later is changed."""
    alike: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in copy.unquoted("figures"):
        if row["kind"] in {"count", "quantity"} and row["unit"] and row["low"] > BY_CHANCE:
            alike[row["kind"], row["low"], row["high"], row["unit"]].append(row)
    for rows in alike.values():
        if len(rows) > 1 and (words := other_number(rows[-1]["text"], random)):
            yield Fault(rows[-1]["start"], rows[-1]["end"], words)


def miscalculated(copy: Copy, random: Random) -> Iterator[Fault]:
    for block in copy.paragraphs:
        base = random.randrange(20, 90) * 10
        share = random.choice((10, 20, 50))
        risen, wrong = base + base * share // 100, share + random.choice((15, 25))
        words = random.choice(
            (
                f"Traffic rose from {base} to {risen} vehicles a day, an increase of {wrong} percent.",
                f"Membership fell from {risen} to {base}, a drop of {risen - base + 40}.",
                f"Of the {base} bids, {base // 2} were accepted, {base // 4} refused and {base // 2} withdrawn.",
                f"In the survey, {share + 20} percent agreed, {share + 30} percent disagreed and 50 percent neither.",
            )
        )
        yield new_paragraph(block, words)


def miscounted(copy: Copy, random: Random) -> Iterator[Fault]:
    places = ["Bristol", "Genoa", "Hamburg", "Lisbon", "Gdansk", "Rotterdam"]
    for block in copy.paragraphs:
        first, second, third, fourth = random.sample(places, 4)
        words = random.choice(
            (
                f"Three ports took part: {first}, {second}, {third} and {fourth}.",
                f"The delegation visited four cities: {first}, {second} and {third}.",
                f"Two cities, {first}, {second} and {third}, will host the meeting.",
            )
        )
        yield new_paragraph(block, words)


def against_the_sheet(copy: Copy, random: Random) -> Iterator[Fault]:
    """A later paragraph says of a subject of the newsroom's fact sheet what the sheet has otherwise."""
    promoted = any(row["changed"] for row in copy.records["people"])
    for fact in copy.facts:
        if fact.kind == "rank" and promoted:
            continue
        named = re.search(rf"\b(?:{'|'.join(map(re.escape, fact.names))})\b", copy.article.text)
        later = named and copy.later_paragraph(named.end(), random)
        if named and later and (words := _otherwise(fact, named[0], random)):
            yield new_paragraph(later, words)


def _otherwise(fact: Fact, name: str, random: Random) -> str | None:
    """A sentence that the fact refutes; None for a fact of a kind, or in words, that no sentence is known for."""
    match fact.kind:
        case "value":
            return f"The {name}, valued at {other_number(fact.value, random)}, is expected to go ahead."
        case "rank":
            title = next((another_title(p.tracks, p.rungs, random) for p in find_posts(tokenise(fact.value))), None)
            return title and f"{title} {fact.subject} said that the work would go on."
        case "capital":
            return f"Shops were closed in {random.choice(TOWNS)}, the capital of {name}."
        case "expansion":
            other = another_name(fact.value, random)
            return other and f"The {other} ({fact.subject}) did not reply to questions."
        case _:
            return None


def _is_worth(row: Row) -> bool:
    """Whether the figure is what a thing with a name of its own is worth, now, in millions at least."""
    named = row["named"] and row["subject"] != row["subject"].lower()
    now = row["kind"] == "money" and row["measure"] == "value" and row["phase"] is None
    return bool(named and now and any(scale in row["text"] for scale in SCALES))


def _bare(words: str) -> str:
    """The sum without what hedges it: `nearly $4 billion` → `$4 billion`."""
    return words[next(at for at, character in enumerate(words) if not (character.isalpha() or character == " ")) :]


PLANTERS = (
    Planter("a sum is changed", ("valuation-conflict",), changed),
    Planter("a sum is off by a magnitude", ("valuation-conflict",), rescaled),
    Planter("a thing is given another worth", ("valuation-conflict",), restated),
    Planter("a count is changed", ("figure-conflict",), recounted),
    Planter("a sum does not add up", ("arithmetic-mismatch",), miscalculated),
    Planter("a list is not as long as it says", ("list-count-mismatch",), miscounted),
    Planter(
        "the fact sheet is contradicted",
        ("fact-conflict", "valuation-conflict", "rank-title-conflict", "acronym-conflict"),
        against_the_sheet,
    ),
)
