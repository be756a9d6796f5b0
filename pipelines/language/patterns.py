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
    """A match; offsets are code points into the text that was searched, groups go by number or name.

    RE2 counts bytes of `data`, UTF-8: byte `byte` is code point `point` of the text, and no match starts before it.
    """

    __slots__ = ("_byte", "_data", "_groups", "_match", "_point")

    def __init__(self, match: Any, groups: Mapping[str, int], data: bytes, byte: int, point: int) -> None:
        self._match, self._groups, self._data, self._byte, self._point = match, groups, data, byte, point

    def start(self, group: int | str = 0) -> int:
        """Where the group starts; less than 0 where it took no part."""
        return self._place(self._match.start(self._number(group)))

    def end(self, group: int | str = 0) -> int:
        return self._place(self._match.end(self._number(group)))

    def __getitem__(self, group: int | str) -> str:
        """The group's text; empty where it took no part."""
        found: bytes | None = self._match[self._number(group)]
        return found.decode() if found else ""

    def _number(self, group: int | str) -> int:
        return self._groups[group] if isinstance(group, str) else group

    def _place(self, byte: int) -> int:
        return self._point + len(self._data[self._byte : byte].decode()) if byte >= 0 else -1


class Pattern:
    """A compiled expression. `start:end` is cut out before it is searched: nothing outside is seen.

    Offsets are those of the whole text.
    """

    def __init__(self, compiled: Any) -> None:
        self._compiled = compiled
        self._groups: Mapping[str, int] = dict(compiled.groupindex)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        data = _cut(text, start, end)
        byte, point = 0, start
        for found in self._compiled.finditer(data):
            at = found.start()
            if at < len(data) and data[at] & 0xC0 == 0x80:
                continue  # nothing, found inside a character
            byte, point = at, point + len(data[byte:at].decode())
            yield Match(found, self._groups, data, byte, point)

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        data = _cut(text, start, end)
        return self._one(self._compiled.search(data), data, start)

    def match(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        data = _cut(text, start, end)
        return self._one(self._compiled.match(data), data, start)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        data = _cut(text, start, end)
        return self._one(self._compiled.fullmatch(data), data, start)

    def _one(self, match: Any, data: bytes, start: int) -> Match | None:
        return None if match is None else Match(match, self._groups, data, 0, start)


def _cut(text: str, start: int, end: int | None) -> bytes:
    """The text between in UTF-8, its no-break spaces made plain ones."""
    piece = text[start:end]
    if not piece.isascii():
        piece = piece.replace("\xa0", " ").replace("\u202f", " ")
    return piece.encode()


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
