"""People under a second rank or spelling, and people whom nobody introduces."""

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from random import Random

from pipelines.evaluation.faults import Copy, Fault, Planter, instead, new_paragraph
from pipelines.extraction.document import Row
from pipelines.language.lexicons import table

# Ladders on which a person stands on one rung at a time.
LADDERS = ("forces", "police", "head", "court", "minister")
_UNTOLD = re.compile(r" (?!(?:is|was|are|were|has been|of|from|at|who)\b)")  # no word on who it is
FAMILIES = ("Lund", "Moreau", "Pereira", "Okoye", "Tanaka", "Novak", "Castell", "Ibrahim")
_VOWELS = {"a": "e", "e": "a", "i": "y", "o": "u", "u": "o", "y": "i"}


def other_rank(copy: Copy, random: Random) -> Iterator[Fault]:
    """A later paragraph gives a person a rank that cannot be the same."""
    for person, rows in _people(copy).items():
        titled = [row for row in rows if row["title"]]
        ladders = {row["track"] for row in titled}
        if len(ladders) != 1 or not ladders & set(LADDERS) or any(r["role"] != "holds" or r["changed"] for r in titled):
            continue
        rungs = {rung for row in titled for rung in row["rungs"].split("|")}
        title, later = another_title(ladders, rungs, random), copy.later_paragraph(titled[0]["end"], random)
        if title and later:
            yield new_paragraph(later, f"{title} {person} said that the work would go on.")


def respelled(copy: Copy, random: Random) -> Iterator[Fault]:
    """A vowel or double letter is changed in one mention of a name that stands three times or more."""
    for person, rows in _people(copy).items():
        family = person.split()[-1]
        named = [row for row in rows if row["name"].endswith(family)]
        if len(named) > 2 and len(family) > 4 and family.isalpha():
            yield instead(random.choice(named[1:]), family, _misspelt(family, random))


def strangers(copy: Copy, random: Random) -> Iterator[Fault]:
    """A family name that the article has not named before, and nothing beside it that tells who that is."""
    names = [name for name in FAMILIES if name not in copy.article.text]
    for block in copy.paragraphs if names else ():
        name = random.choice(names)
        yield new_paragraph(
            block, random.choice((f"Mr {name} refused to answer.", f"{name}, who came late, did not take a seat."))
        )


def shortened(copy: Copy, _random: Random) -> Iterator[Fault]:
    """The first mention of a person, with nothing beside it but the name, is cut to the family name."""
    mentions: dict[str, list[Row]] = defaultdict(list)
    for row in copy.unquoted("mentions"):
        if row["person"] and row["person_key"]:
            mentions[row["person_key"]].append(row)
    for rows in mentions.values():
        first, family = rows[0], rows[0]["name"].split()[-1]
        bare = first["full"] and not first["description"] and _UNTOLD.match(copy.article.text, first["end"])
        if bare and any(row["name"] == family for row in rows[1:]):
            yield Fault(first["start"], first["end"], family)


def another_title(tracks: Set[str], rungs: Set[str], random: Random) -> str | None:
    """A title of these ladders, on none of these rungs; None where there is none."""
    others = [
        entry["title"]
        for entry in table("titles")
        if entry["track"] in tracks and not rungs & set(entry["rungs"].split())
    ]
    return random.choice(others).title().replace(" Of ", " of ").replace(" The ", " the ") if others else None


def _people(copy: Copy) -> dict[str, list[Row]]:
    """Mentions outside quotations, by the fullest name, where that is two words or more."""
    people: dict[str, list[Row]] = defaultdict(list)
    for row in copy.unquoted("people"):
        if " " in row["person"]:
            people[row["person"]].append(row)
    return people


def _misspelt(name: str, random: Random) -> str:
    doubled = [at for at in range(2, len(name)) if name[at] == name[at - 1]]
    if doubled:
        return name[: doubled[0]] + name[doubled[0] + 1 :]
    vowels = [at for at in range(1, len(name)) if name[at] in _VOWELS]
    if not vowels:
        return name + name[-1]
    at = random.choice(vowels)
    return name[:at] + _VOWELS[name[at]] + name[at + 1 :]


PLANTERS = (
    Planter("a person is given another rank", ("rank-title-conflict",), other_rank),
    Planter("a name is misspelt", ("name-variant",), respelled),
    Planter("a stranger is named", ("person-unintroduced",), strangers),
    Planter("a first mention is cut to the family name", ("person-unintroduced",), shortened),
)
