"""Acronyms, actors and places that are not the article's own."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from random import Random

from pipelines.evaluation.faults import Copy, Fault, Planter, new_paragraph
from pipelines.extraction.document import Row
from pipelines.language.countries import name_of
from pipelines.language.lexicons import entries, table

# Countries of every continent; whichever of them the article names is not used.
COUNTRIES = ("NO", "CL", "KE", "PT", "VN", "CA", "NZ", "MA", "PE", "FI")
# Towns that are no capitals, and bodies; those that the article names are not used.
TOWNS = ("Ghent", "Porto", "Malmo", "Tampere", "Graz", "Split", "Bruges", "Aarhus")
CAPITALS = ("Lisbon", "Nairobi", "Santiago", "Ottawa", "Hanoi", "Wellington", "Rabat", "Lima")
BODIES = (
    ("Coastal Rescue Agency", "CRA"),
    ("Rural Transport Board", "RTB"),
    ("Public Housing Trust", "PHT"),
    ("Seed Growers Union", "SGU"),
)
OWN = 3  # an actor named as often as this is the article's own


def other_expansion(copy: Copy, random: Random) -> Iterator[Fault]:
    """A later paragraph expands an acronym with another word of the same initial."""
    for row in _definitions(copy):
        other, later = another_name(row["expansion"], random), copy.later_paragraph(row["definition_end"], random)
        if other and later:
            yield new_paragraph(later, f"The {other} ({row['acronym']}) did not reply to questions.")


def redefined(copy: Copy, random: Random) -> Iterator[Fault]:
    for row in _definitions(copy):
        later = copy.later_paragraph(row["definition_end"], random)
        if later:
            words = f"The {row['expansion']} ({row['acronym']}) did not reply to questions."
            yield new_paragraph(later, words)


def unexplained(copy: Copy, _random: Random) -> Iterator[Fault]:
    """The one definition of an acronym is struck; the acronym stays, and nothing beside it says what it is."""
    known = {*entries("everyday_acronyms"), *(row["alias"] for row in table("outlets"))}
    for row in _definitions(copy):
        glossed = copy.article.text[row["definition_end"]] == ","
        if not glossed and row["acronym"] not in known:
            yield Fault(row["definition_start"], row["definition_end"], row["acronym"])


def stray(copy: Copy, random: Random) -> Iterator[Fault]:
    """In a late pair of two of the article's own countries, one becomes a country that it never names."""
    rows = [row for row in copy.unquoted("entities") if row["kind"] == "country"]
    named = {row["key"] for row in copy.records["entities"]}
    strangers = [name_of(code) for code in COUNTRIES if code not in named]
    paired = Counter(row["pair"] for row in rows if row["pair"] is not None and row["mentions"] >= OWN)
    for row in rows:
        own_pair = paired[row["pair"]] == 2
        if own_pair and row["part"] == "closing" and row["form"] == "name" and strangers:
            yield Fault(row["start"], row["end"], random.choice(strangers))


def unused(copy: Copy, random: Random) -> Iterator[Fault]:
    """A body that the article does not speak of is given an acronym, and none of it follows."""
    text = copy.article.text
    bodies = [(name, acronym) for name, acronym in BODIES if name not in text and acronym not in text]
    for block in copy.paragraphs if bodies else ():
        name, acronym = random.choice(bodies)
        yield new_paragraph(block, f"The {name} ({acronym}) did not reply to questions.")


def elsewhere(copy: Copy, random: Random) -> Iterator[Fault]:
    """A later paragraph puts what was held in one town in another."""
    towns = [town for town in (*TOWNS, *CAPITALS) if town not in copy.article.text]
    places: dict[str, list[Row]] = defaultdict(list)
    for row in copy.records["venues"]:
        places[row["event"]].append(row)
    for event, rows in places.items() if towns else ():
        later = copy.later_paragraph(rows[-1]["end"], random)
        held = len({row["place"] for row in rows}) == 1 and all(row["phase"] != "planned" for row in rows)
        if held and later:
            yield new_paragraph(later, f"The {event}, held in {random.choice(towns)}, was followed closely abroad.")


def other_dateline(copy: Copy, random: Random) -> Iterator[Fault]:
    """The dateline names a town abroad, over a text whose opening tells what is in the town that stood there."""
    text = copy.article.text
    towns = [town for town in CAPITALS if town not in text]
    for row in copy.records["datelines"] if towns else ():
        first = next((block for block in copy.paragraphs if block.start <= row["start"] < block.end), None)
        place = row["text"].split(",")[0]
        scene = rf"\b(?:in|at|near|outside) {re.escape(place)}\b"
        if first and not row["caption"] and re.search(scene, text[row["end"] : first.end], re.IGNORECASE):
            town = random.choice(towns)
            yield Fault(row["start"], row["end"], town.upper() if place.isupper() else town)


def another_name(name: str, random: Random) -> str | None:
    """The name of an institution with another word for what it is, of the same initial; None where there is none."""
    words = name.split()
    at = max((at for at, word in enumerate(words) if word.casefold() in entries("institution_words")), default=None)
    if at is None:
        return None
    others = [
        word
        for word in entries("institution_words")
        if word[0] == words[at][0].casefold() and word not in words[at].casefold()
    ]
    return " ".join([*words[:at], random.choice(others).capitalize(), *words[at + 1 :]]) if others else None


def _definitions(copy: Copy) -> Iterator[Row]:
    """Acronyms that the article defines once, in running text."""
    rows = [row for row in copy.records["acronyms"] if row["kind"] == "definition"]
    times = Counter(row["acronym"] for row in rows)
    for row in rows:
        span = {"start": row["definition_start"], "end": row["definition_end"]}
        if times[row["acronym"]] == 1 and row["expansion"] and copy.in_paragraphs(span):
            yield row


PLANTERS = (
    Planter("an acronym is given another expansion", ("acronym-conflict",), other_expansion),
    Planter("an acronym is defined again", ("acronym-redefined",), redefined),
    Planter("an acronym loses its expansion", ("acronym-unexpanded",), unexplained),
    Planter("another country takes an actor’s place", ("stray-entity",), stray),
    Planter("an acronym is introduced for nothing", ("acronym-unused",), unused),
    Planter("an event is put in another town", ("location-conflict",), elsewhere),
    Planter("the dateline is of a town abroad", ("location-conflict",), other_dateline),
)
