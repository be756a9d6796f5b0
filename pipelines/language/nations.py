"""Words that name nations: countries, their chief cities, their peoples and languages, as CLDR (by Babel) has them."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name

from pipelines.language.tokens import norm


@cache
def national_words() -> frozenset[str]:
    """Single words that say only of which nation something is: of countries (`united`, `kenya`), of peoples by their
    language or currency (`chinese`, `kenyan`)."""
    names = [name for territory, name in _territories().items()]
    names += [name for code, name in Locale("en").languages.items() if len(code) == 2]
    names += [get_currency_name(code, count=1, locale="en").rpartition(" ")[0] for code in tender()]
    return frozenset(norm(word) for name in names for word in name.replace("-", " ").split() if word[0].isupper())


@cache
def tender() -> Mapping[str, tuple[str, ...]]:
    """The currencies that are legal tender today, with the codes of their territories."""
    territories: dict[str, list[str]] = defaultdict(list)
    for territory, periods in sorted(get_global("territory_currencies").items()):
        for code, _, until, legal in periods:
            if legal and until is None:
                territories[code].append(territory)
    return {code: tuple(territories[code]) for code in sorted(territories)}


@cache
def places_of(territory: str) -> tuple[str, ...]:
    """The country's name and those of its chief cities (of the time zones), case folded."""
    name = _territories().get(territory)
    return tuple(place.casefold() for place in (name, *_cities().get(territory, ())) if place)


@cache
def _territories() -> Mapping[str, str]:
    return {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}


@cache
def _cities() -> Mapping[str, tuple[str, ...]]:
    cities: dict[str, list[str]] = defaultdict(list)
    for zone, territory in sorted(get_global("zone_territories").items()):
        area, _, city = zone.rpartition("/")
        if area and area != "Etc":
            cities[territory].append(city.replace("_", " "))
    return {territory: tuple(found) for territory, found in cities.items()}
