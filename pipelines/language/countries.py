"""Countries as English names them: short and official names, adjectives, the people, capitals, regions, chief cities.

Names come from CLDR (babel) and ISO 3166-1, regions from ISO 3166-2 (pycountry), cities from the IANA time zones that
CLDR assigns to a country; capitals, adjectives and further names from `lexicons/countries.tsv`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import pycountry
from babel import Locale
from babel.core import get_global

from pipelines.language.lexicons import table
from pipelines.language.tokens import Token, once, tokenise

Form = Literal["name", "adjective", "capital", "place"]


class CountryMention(NamedTuple):
    """A country in a run of tokens, at `first:last` (one past the last); `code` is ISO 3166-1 alpha-2."""

    first: int
    last: int
    code: str
    form: Form


class _Entry(NamedTuple):
    words: tuple[str, ...]
    initials: bool  # `US` is a country, `us` is not
    code: str
    form: Form


@once
def find_countries(tokens: Sequence[Token]) -> Sequence[CountryMention]:
    """The countries that `tokens` mention, in order, none inside another: of several readings the longest."""
    entries = _entries()
    found: list[CountryMention] = []
    for at, token in enumerate(tokens):
        if token.norm in entries and token.text[0].isupper() and (not found or at >= found[-1].last):
            entry = next((entry for entry in entries[token.norm] if _stands(entry, tokens, at)), None)
            if entry:
                found.append(CountryMention(at, at + len(entry.words), entry.code, entry.form))
    return found


@lru_cache(maxsize=65536)
def key_of(phrase: str) -> str:
    """What names of one thing share: the country's code, where the phrase names or says (`Peruvian`) a country and
    nothing else, or the phrase itself, case folded, without a leading article, hyphens and possessive ending."""
    tokens = [token for token in tokenise(phrase) if token.kind != "mark"]
    tokens = tokens[1:] if tokens and tokens[0].norm in {"the", "a", "an"} else tokens
    country = next(iter(find_countries(tokens)), None)
    if country and country.form in {"name", "adjective"} and (country.first, country.last) == (0, len(tokens)):
        return country.code
    return " ".join(token.norm for token in tokens)


def name_of(code: str) -> str:
    """The country's short name in English, as CLDR has it; the code itself where there is none."""
    return str(Locale("en").territories.get(code, code)).split(" (")[0]


def _stands(entry: _Entry, tokens: Sequence[Token], at: int) -> bool:
    there = tokens[at : at + len(entry.words)]
    if tuple(token.norm for token in there) != entry.words:
        return False
    return not entry.initials or all(token.text.upper() == token.text or token.possessive for token in there)


@cache
def _entries() -> dict[str, tuple[_Entry, ...]]:
    """The entries by their first word, longest first; a phrase that was given before is not given again."""
    by_words: dict[tuple[str, ...], _Entry] = {}
    for phrase, code, form in _phrases():
        words = tuple(token.norm for token in tokenise(phrase))
        if words:
            by_words.setdefault(words, _Entry(words, phrase.isupper(), code, form))
    by_first: dict[str, list[_Entry]] = defaultdict(list)
    for entry in by_words.values():
        by_first[entry.words[0]].append(entry)
    return {first: tuple(sorted(group, key=lambda e: -len(e.words))) for first, group in by_first.items()}


def _phrases() -> Iterator[tuple[str, str, Form]]:
    """Every phrase with its country and form, those that decide first."""
    rows = table("countries")
    for row in rows:
        for name in (name_of(row["code"]), *_several(row["names"])):
            yield from ((variant, row["code"], "name") for variant in dict.fromkeys((name, name.replace("&", "and"))))
    for country in pycountry.countries:
        names = (name_of(country.alpha_2), country.name, getattr(country, "official_name", ""))
        yield from ((name, country.alpha_2, "name") for name in names if "," not in name)
    for row in rows:
        yield from ((word, row["code"], "adjective") for word in _several(row["demonyms"]))
    for row in rows:
        yield from ((city, row["code"], "capital") for city in _several(row["capitals"]))
    yield from _places()


def _places() -> Iterator[tuple[str, str, Form]]:
    """Regions and chief cities that one country alone has."""
    places: dict[str, set[str]] = defaultdict(set)
    for region in pycountry.subdivisions:
        places[region.name].add(region.country_code)
    for code, zones in get_global("territory_zones").items():
        for zone in zones:
            places[zone.rpartition("/")[2].replace("_", " ")].add(code)
    for name, codes in places.items():
        if len(codes) == 1 and name[:1].isupper():
            yield name, min(codes), "place"


def _several(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]
