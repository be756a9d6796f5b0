"""One tokenisation for all that reads words: words, numbers and marks, each with its place.

A word is a run of letters with inner apostrophes (`don’t`, `O’Brien`, `Pakistan’s`); a number is digits with inner
commas and points (`1,200.5`); everything else that is not white space is a mark of one character. Hyphens are marks:
`JF-17` is a word, a mark and a number that touch.
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache, partial, update_wrapper
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

Rest = ParamSpec("Rest")
Made = TypeVar("Made")

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*")
_TOKEN = re.compile(rf"{_WORD.pattern}|\d+(?:[.,]\d+)*|[^\w\s]|_")
_MARK = re.compile(r"[^\w\s]|_")

HYPHENS = frozenset("-‐‑")
DASHES = frozenset("–—―")


class Token(NamedTuple):
    """`norm` is the word case folded, without a possessive ending; for a number or mark the text itself.

    `capitalised` and `possessive` are false for numbers and marks.
    """

    kind: str
    start: int
    end: int
    text: str
    norm: str
    capitalised: bool = False
    possessive: bool = False


_POSSESSIVE = frozenset({"’s", "'s", "ʼs"})


class Tokens(tuple[Token, ...]):
    """The tokens of a sentence, with what is read in them, so that several readers need not read it again."""

    @cached_property
    def norms(self) -> frozenset[str]:
        """Every `norm` in it: a reader that looks for certain words asks here first."""
        return frozenset(token.norm for token in self)

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(token.kind for token in self)

    @cached_property
    def readings(self) -> dict[tuple[Any, ...], Any]:
        """What the functions marked `once` have made of it, by function and further arguments."""
        return {}


def once(
    read: Callable[Concatenate[Sequence[Token], Rest], Made],
) -> Callable[Concatenate[Sequence[Token], Rest], Made]:
    """Reads the tokens of a sentence (`Tokens`) once, whoever asks; what it makes of them must not be changed."""

    def reading(tokens: Sequence[Token], /, *rest: Rest.args, **named: Rest.kwargs) -> Made:
        if named or not isinstance(tokens, Tokens):
            return read(tokens, *rest, **named)
        asked = (read, *rest)
        if asked not in tokens.readings:
            tokens.readings[asked] = read(tokens, *rest, **named)
        made: Made = tokens.readings[asked]
        return made

    return update_wrapper(reading, read)


# Past the constructor in Python, which takes longer than all else.
_token = partial(tuple.__new__, Token)


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets into `text`."""
    made: list[Token] = []
    at = start
    for words in _TOKEN.findall(text, start, len(text) if end is None else end):
        first = text.find(words, at)  # what stands between two tokens is white space alone
        at = first + len(words)
        kind, folded, capitalised, possessive = _shape(words)
        made.append(_token((kind, first, at, words, folded, capitalised, possessive)))
    return made


def count_words(text: str, start: int, end: int) -> int:
    """How many of the tokens of `text[start:end]` are words."""
    return len(_WORD.findall(text, start, end))


@lru_cache(maxsize=65536)
def _shape(text: str) -> tuple[str, str, bool, bool]:
    """What a token is by its text alone: kind, norm, capitalised, possessive."""
    kind = "number" if text[0].isdecimal() else "mark" if _MARK.fullmatch(text) else "word"
    return kind, norm(text, kind), kind == "word" and text[0].isupper(), kind == "word" and text[-2:] in _POSSESSIVE


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
