"""One tokenisation for all that reads words: words, numbers and marks, each with its place.

A word is a run of letters with inner apostrophes (`don’t`, `O’Brien`, `Pakistan’s`); a number is digits with inner
commas and points (`1,200.5`); everything else that is not white space is a mark of one character. Hyphens are marks:
`JF-17` is a word, a mark and a number that touch.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"(?P<word>[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*)|(?P<number>\d+(?:[.,]\d+)*)|(?P<mark>[^\w\s]|_)")

HYPHENS = frozenset("-‐‑")
DASHES = frozenset("–—―")


class Token(NamedTuple):
    """`norm` is the word case folded, without a possessive ending; for a number or mark the text itself."""

    kind: str
    start: int
    end: int
    text: str
    norm: str

    @property
    def capitalised(self) -> bool:
        return self.kind == "word" and self.text[0].isupper()

    @property
    def possessive(self) -> bool:
        return self.kind == "word" and self.text[-2:] in _POSSESSIVE


_POSSESSIVE = frozenset({"’s", "'s", "ʼs"})


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets into `text`."""
    end = len(text) if end is None else end
    return [
        Token(kind := match.lastgroup or "mark", match.start(), match.end(), words := match[0], norm(words, kind))
        for match in _TOKEN.finditer(text, start, end)
    ]


@lru_cache(maxsize=65536)
def norm(text: str, kind: str = "word") -> str:
    """A word as it is looked up: case folded, straight apostrophes, no possessive ending."""
    if kind != "word":
        return text
    folded = text.casefold().replace("’", "'").replace("ʼ", "'")
    return folded.removesuffix("'s")


def touches(left: Token, right: Token) -> bool:
    """Whether nothing stands between the two."""
    return left.end == right.start
