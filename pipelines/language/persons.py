"""Who a personal name is: names of one person, written more or less in full, brought together.

A name is a tuple of its normalised words. A shorter name is a longer one's where it ends it (`Maria Costa Lima`,
`Costa Lima`), or shares its first and last word (`John R. Hale`, `John Hale`); one word alone is the family name, last
or (`Wang Yi`) first. Two longer names that fit leave the shorter one unsettled.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pipelines.language.names import PARTICLES

Name = tuple[str, ...]
GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_LONGEST = 6


@lru_cache(maxsize=65536)
def name_key(text: str) -> Name:
    """A name's words without case, accents, points and generation: `José R. Lima Jr.` → `("jose", "r", "lima")`."""
    words = _words(text)
    kept = tuple(word for word in words if word and word not in GENERATIONS)
    return kept or words


@lru_cache(maxsize=65536)
def generation(text: str) -> str:
    """What tells a parent from a child of one name: `José R. Lima Jr.` → `jr`; empty where the name does not."""
    return next((GENERATIONS[word] for word in _words(text)[1:] if word in GENERATIONS), "")


def _words(text: str) -> Name:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return tuple(word.strip(".'’") for word in plain.replace("-", " ").replace("‑", " ").split())


def is_full(name: Name) -> bool:
    """Whether it is more than a family name with its particles (`al-Hadi`, `de la Cruz`)."""
    given = next((at for at, word in enumerate(name) if word not in PARTICLES), len(name))
    return len(name) - given > 1


class Persons:
    """The persons that a set of full names stands for; built in time linear in the names."""

    def __init__(self, names: Iterable[Name]) -> None:
        full = list(dict.fromkeys(name for name in names if len(name) > 1))
        self._known = frozenset(full)
        self._longer: dict[Name, set[Name]] = {}
        for name in full:
            for shorter in _shorter(name):
                self._longer.setdefault(shorter, set()).add(name)
        self._families: dict[str, set[Name]] = {}
        self._firsts: dict[str, set[Name]] = {}
        for name in full:
            person = self._fullest(name)
            self._families.setdefault(name[-1], set()).add(person)
            self._firsts.setdefault(name[0], set()).add(person)

    def person(self, name: Name) -> Name | None:
        """The fullest name of the person; the name itself where it is all there is; None where two fit."""
        if len(name) > 1:
            return self._fullest(name)
        for index in (self._families, self._firsts):
            if fitting := index.get(name[0]):
                return next(iter(fitting)) if len(fitting) == 1 else None
        return name

    def knows(self, name: Name) -> bool:
        """Whether it is one of the full names, or a family name of one."""
        return name in self._known or (len(name) == 1 and (name[0] in self._families or name[0] in self._firsts))

    def _fullest(self, name: Name) -> Name:
        longer = self._longer.get(name, ())
        return next(iter(longer)) if len(longer) == 1 else name


def _shorter(name: Name) -> Iterable[Name]:
    """The shorter forms of two words or more that the name can take."""
    forms = dict.fromkeys(name[-size:] for size in range(2, min(len(name), _LONGEST)))
    if len(name) > 2:
        forms[name[0], name[-1]] = None
    return forms
