"""News outlets in running text: names of the lexicon, and names that say by their own words that they are one."""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines.language.lexicons import table
from pipelines.language.names import CONNECTIVES, name_spans
from pipelines.language.tokens import Token, tokenise

# What ends the name of an outlet in English, and hardly ever that of anything else.
PRESS_NOUNS = frozenset(
    {
        "chronicle",
        "courier",
        "dispatch",
        "examiner",
        "gazette",
        "herald",
        "inquirer",
        "mail",
        "newspaper",
        "news",
        "newswire",
        "newswires",
        "observer",
        "post",
        "press",
        "radio",
        "sentinel",
        "telegraph",
        "television",
        "times",
        "tribune",
        "tv",
        "wire",
        "weekly",
    }
)
# What says, before a name, that an outlet is meant: `the newspaper …`, `state broadcaster …`.
OUTLET_KINDS = frozenset({"agency", "broadcaster", "channel", "daily", "magazine", "newspaper", "outlet", "weekly"})
# What may follow an outlet's name and belong to it, or to its work.
WORKS = frozenset({"article", "coverage", "dispatch", "dispatches", "report", "reporting", "reports", "story"})
_TAIL = WORKS | {"agency", "news"}
_JOINED = CONNECTIVES - {"and"}


class Named(NamedTuple):
    """A source named at `tokens[first:last]`; `outlet` is its canonical name where it is, or reads as, one."""

    first: int
    last: int
    outlet: str | None


def named(tokens: Sequence[Token]) -> list[Named]:
    """Every proper name among the tokens of one sentence, in order and disjoint; known outlets before others."""
    spans = dict(name_spans(tokens, _JOINED))
    written = [_word(token) for token in tokens]
    found: list[Named] = []
    at = 0
    while at < len(tokens):
        starts = at in spans or written[at] == "The" or not _inside_name(tokens, at)
        known = _known(tokens, written, at) if starts else None
        if known:
            found.append(known)
        elif at in spans:
            found.append(Named(at, spans[at], _reads_as_outlet(tokens, at, spans[at])))
        at = found[-1].last if found and found[-1].last > at else at + 1
    return found


def source_key(name: str) -> str:
    """A source as it is compared: without a leading article, a possessive ending, accents or case."""
    parts = _plain(name).casefold().removesuffix("'s").split()
    return " ".join(parts[1:] if len(parts) > 1 and parts[0] == "the" else parts)


def same_source(left: str, right: str) -> bool:
    """Whether two keys name one source: equal, one longer than the other, or one the initials of the other."""
    a, b = sorted((left.split(), right.split()), key=len)
    return b[: len(a)] == a or "".join(a) == "".join(word[0] for word in b)


def _known(tokens: Sequence[Token], written: Sequence[str], at: int) -> Named | None:
    """The longest name of the lexicon that starts here and ends where the name in the text does."""
    for words, outlet in _by_start().get(_start(written[at : at + 2]), ()):
        last = at + len(words)
        if tuple(written[at:last]) == words:
            while last < len(tokens) and tokens[last].capitalised and tokens[last].norm in _TAIL - WORKS:
                last += 1
            follows = tokens[last] if last < len(tokens) else None
            whole = follows is None or not follows.capitalised or follows.norm in _TAIL
            if whole or tokens[last - 1].possessive:
                return Named(at, last, outlet)
    return None


def _inside_name(tokens: Sequence[Token], at: int) -> bool:
    return not tokens[at].capitalised or (at > 0 and tokens[at - 1].capitalised)


def _reads_as_outlet(tokens: Sequence[Token], first: int, last: int) -> str | None:
    """The name itself where its last word, or the word before it, says that it is an outlet's."""
    words = [token for token in tokens[first:last] if token.kind == "word"]
    while len(words) > 1 and words[-1].norm in WORKS:
        words.pop()
    kind = first > 0 and tokens[first - 1].norm in OUTLET_KINDS
    agency = len(words) > 2 and [word.norm for word in words[-2:]] in (["news", "agency"], ["press", "agency"])
    if kind or agency or (len(words) > 1 and words[-1].norm in PRESS_NOUNS):
        return " ".join(word.text for word in words)
    return None


@cache
def _by_start() -> dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]]:
    """The lexicon's names as words, by how they start, the longest first."""
    names: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
    for row in table("outlets"):
        words = tuple(_word(token) for token in tokenise(row["alias"]))
        names.setdefault(_start(words), []).append((words, row["outlet"]))
    return {start: sorted(rows, key=lambda row: -len(row[0])) for start, rows in names.items()}


def _start(words: Sequence[str]) -> tuple[str, ...]:
    """What a name is looked up by: its first word, and the second after `The`."""
    return tuple(words[: 2 if words[0] == "The" else 1])


def _word(token: Token) -> str:
    plain = _plain(token.text)
    return "The" if plain == "the" else plain.removesuffix("'s")


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    """Without accents, apostrophes straight."""
    decomposed = unicodedata.normalize("NFD", text.replace("’", "'"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
