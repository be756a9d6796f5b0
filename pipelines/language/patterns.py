"""Regular expressions that stay linear on hostile text: RE2, which has no backtracking (and no look-around).

`\\b`, `\\w` and `\\s` are ASCII in RE2: write `\\pL` for letters, and mind word edges beside letters with accents.
A no-break space reads as a space (`$5 million` and `5 May` are often set with one), so `\\s` matches it.
Source: https://github.com/google/re2/wiki/Syntax
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import re2


class Match:
    """A match; offsets are code points into the text that was searched, groups go by number or name."""

    __slots__ = ("_groups", "_match", "_shift")

    def __init__(self, match: Any, groups: Mapping[str, int], shift: int) -> None:
        self._match, self._groups, self._shift = match, groups, shift

    def start(self, group: int | str = 0) -> int:
        """Where the group starts; less than 0 where it took no part."""
        at: int = self._match.start(self._number(group))
        return at + self._shift if at >= 0 else -1

    def end(self, group: int | str = 0) -> int:
        at: int = self._match.end(self._number(group))
        return at + self._shift if at >= 0 else -1

    def __getitem__(self, group: int | str) -> str:
        """The group's text; empty where it took no part."""
        return self._match.group(self._number(group)) or ""

    def _number(self, group: int | str) -> int:
        return self._groups[group] if isinstance(group, str) else group


class Pattern:
    """A compiled expression. `start:end` is cut out before it is searched: nothing outside is seen.

    Offsets are those of the whole text.
    """

    def __init__(self, compiled: Any) -> None:
        self._compiled = compiled
        self._groups: Mapping[str, int] = dict(compiled.groupindex)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        for match in self._compiled.finditer(_cut(text, start, end)):
            yield Match(match, self._groups, start)

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        return self._one(self._compiled.search(_cut(text, start, end)), start)

    def match(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        return self._one(self._compiled.match(_cut(text, start, end)), start)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        return self._one(self._compiled.fullmatch(_cut(text, start, end)), start)

    def _one(self, match: Any, shift: int) -> Match | None:
        return None if match is None else Match(match, self._groups, shift)


def _cut(text: str, start: int, end: int | None) -> str:
    """The text between, a code point for a code point, its no-break spaces made plain ones."""
    piece = text[start:end]
    return piece if piece.isascii() else piece.replace("\xa0", " ").replace("\u202f", " ")


@cache
def pattern(expression: str, *, ignore_case: bool = False) -> Pattern:
    """The compiled expression. RE2 has no verbose mode: join the parts of a long one."""
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not ignore_case
    return Pattern(re2.compile(expression, options))


def any_of(words: Iterable[str]) -> str:
    """An alternation of literal words, longest first, as an expression."""
    return "(?:" + "|".join(re2.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) + ")"
