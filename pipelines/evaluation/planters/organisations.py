"""Acronyms and actors that are not the article's own."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from pipelines.evaluation.faults import Copy, Fault, Planter, new_paragraph
from pipelines.extraction.document import Row
from pipelines.language.countries import name_of
from pipelines.language.lexicons import entries, table

# Countries of every continent; whichever of them the article names is not used.
COUNTRIES = ("NO", "CL", "KE", "PT", "VN", "CA", "NZ", "MA", "PE", "FI")
OWN = 3  # an actor named as often as this is the article's own


def other_expansion(copy: Copy, random: Random) -> Iterator[Fault]:
    """A later paragraph expands an acronym with another word of the same initial."""
    for row in _definitions(copy):
        words = row["expansion"].split()
        institutions = [at for at, word in enumerate(words) if word.casefold() in entries("institution_words")]
        for at in institutions[-1:]:
            others = [
                w
                for w in entries("institution_words")
                if w[0] == words[at][0].casefold() and w not in words[at].casefold()
            ]
            later = copy.later_paragraph(row["definition_end"], random)
            if others and later:
                other = [*words[:at], random.choice(others).capitalize(), *words[at + 1 :]]
                name = f"{' '.join(other)} ({row['acronym']})"
                yield new_paragraph(later, f"The {name} did not reply to questions.")


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
)
