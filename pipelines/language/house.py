"""The house: what one newsroom has settled for itself, beyond what is general English."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipelines.language.patterns import Pattern, pattern


@dataclass(frozen=True, slots=True)
class House:
    """A newsroom's style, as far as it bears on what is read out of an article; the same for every article of an audit.

    `spelling`: the side that it spells on, where it has one. `tolerance`: the share by which two figures of one thing
    may differ and agree. `acronyms`: those that its readers know. `placeholders`: what its writers put for what is to
    come. `furniture`: lines of its pages that are no part of an article; `*` stands for any words.
    """

    spelling: Literal["UK", "US"] | None = None
    tolerance: float = 0.0
    acronyms: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()

    def is_furniture(self, line: str) -> bool:
        """Whether the line is one of the house's own, whatever its case."""
        return bool(self.furniture) and _lines(self.furniture).fullmatch(line) is not None

    @property
    def placeholder(self) -> Pattern | None:
        """Finds the house's own placeholders as written, as whole words; None where it has none."""
        return _phrases(self.placeholders) if self.placeholders else None


ANY = House()


@lru_cache
def _lines(lines: Sequence[str]) -> Pattern:
    return pattern("|".join(".*".join(map(_spaced, line.split("*"))) for line in lines), ignore_case=True)


@lru_cache
def _phrases(phrases: Sequence[str]) -> Pattern:
    return pattern("|".join(_bounded(phrase) for phrase in sorted(phrases, key=len, reverse=True)))


def _bounded(phrase: str) -> str:
    """The phrase, at the edges of words where it has words at its own."""
    before, after = (r"\b" if edge.isascii() and edge.isalnum() else "" for edge in (phrase[0], phrase[-1]))
    return f"{before}{_spaced(phrase)}{after}"


def _spaced(phrase: str) -> str:
    return r"\s+".join(map(re.escape, phrase.split(" ")))
