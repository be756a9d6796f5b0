"""Words that British and American English spell apart."""

from functools import cache
from typing import NamedTuple

from pipelines.language.lexicons import table

# -ize is American and, as Oxford spells, British: beside -our it proves nothing, beside -ise it is the other choice.
ISE, IZE, UK, US = "-ise", "-ize", "UK", "US"
NOTHING = "-"


class Spelling(NamedTuple):
    """The choice that a word shows (`UK`, `US`, `-ise`, `-ize`), the word as the other side spells it, and the words of
    an article that allow another meaning of it, which is no choice."""

    form: str
    other: str
    unless: frozenset[str]


@cache
def spellings() -> dict[str, Spelling]:
    """Every inflected word, case folded, whose spelling is a choice."""
    families: dict[str, list[tuple[str, str]]] = {}
    for row in table("spelling_endings"):
        families.setdefault(row["family"], []).append((_ending(row["uk"]), _ending(row["us"])))
    senses = {row["word"]: row["beside"].split() for row in table("spelling_senses")}
    found: dict[str, Spelling] = {}
    for row in table("spelling_stems"):
        for ending in row["endings"].split():
            forms = (ISE, IZE) if ending == "ise" else (UK, US)
            for uk_ending, us_ending in families.get(ending) or [_literal(ending)]:
                uk, us = row["uk"] + uk_ending, row["us"] + us_ending
                for form, word, other in ((forms[0], uk, us), (forms[1], us, uk)):
                    beside = senses.get(word, [])
                    if uk != us and "*" not in beside:
                        found[word] = Spelling(form, other, frozenset(beside))
    return found


def _literal(ending: str) -> tuple[str, str]:
    uk, _, us = ending.partition("/")
    return _ending(uk), _ending(us or uk)


def _ending(cell: str) -> str:
    return "" if cell == NOTHING else cell
