"""People under a second rank or spelling."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from pipelines.evaluation.faults import Copy, Fault, Planter, instead, new_paragraph
from pipelines.extraction.document import Row
from pipelines.language.lexicons import table

# Ladders on which a person stands on one rung at a time.
LADDERS = ("forces", "police", "head", "court", "minister")
_VOWELS = {"a": "e", "e": "a", "i": "y", "o": "u", "u": "o", "y": "i"}


def other_rank(copy: Copy, random: Random) -> Iterator[Fault]:
    """A later paragraph gives a person a rank that cannot be the same."""
    for person, rows in _people(copy).items():
        titled = [row for row in rows if row["title"]]
        ladders = {row["track"] for row in titled}
        if len(ladders) != 1 or not ladders & set(LADDERS) or any(r["role"] != "holds" or r["changed"] for r in titled):
            continue
        rungs = {rung for row in titled for rung in row["rungs"].split("|")}
        others = [
            entry["title"]
            for entry in table("titles")
            if entry["track"] in ladders and not rungs & set(entry["rungs"].split())
        ]
        later = copy.later_paragraph(titled[0]["end"], random)
        if others and later:
            title = random.choice(others).title().replace(" Of ", " of ").replace(" The ", " the ")
            yield new_paragraph(later, f"{title} {person} said that the work would go on.")


def respelled(copy: Copy, random: Random) -> Iterator[Fault]:
    """A vowel or double letter is changed in one mention of a name that stands three times or more."""
    for person, rows in _people(copy).items():
        family = person.split()[-1]
        named = [row for row in rows if row["name"].endswith(family)]
        if len(named) > 2 and len(family) > 4 and family.isalpha():
            yield instead(random.choice(named[1:]), family, _misspelt(family, random))


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
)
