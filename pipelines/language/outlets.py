"""News outlets in running text: names of the lexicon, and names that say by their own words that they are one."""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines.language.lexicons import mapping, table, words
from pipelines.language.names import CONNECTIVES, name_spans
from pipelines.language.nations import national_words
from pipelines.language.tokens import HYPHENS, Token, once, tokenise

# Of the lexicon's nouns, everyday words that name an outlet only behind an article: `the Ledger`, no `Lin Sun`.
_WITH_ARTICLE = frozenset(
    {"argus", "banner", "beacon", "bee", "bulletin", "clarion", "courant", "digest", "echo", "enquirer", "gleaner"}
    | {"globe", "guardian", "independent", "journal", "ledger", "mercury", "messenger", "mirror", "monitor", "monthly"}
    | {"quarterly", "spectator", "standard", "star", "statesman", "sun", "tidings", "vanguard"}
)
# Those that other bodies, offices and works are named by as well: `the Public Advocate`, `the Land Register`.
_SHARED = frozenset(
    {"advertiser", "advocate", "agence", "agencia", "agency", "agenzia", "broadcaster", "citizen", "desk", "express"}
    | {"insider", "leader", "media", "network", "online", "reader", "record", "recorder", "register", "reporter"}
    | {"review", "revue", "voice"}
)
# What says beside a name that an outlet is meant: `the newspaper …`, `state broadcaster …`.
OUTLET_KINDS = frozenset(
    {"broadcaster", "broadsheet", "daily", "magazine", "newspaper", "newswire", "paper", "tabloid", "weekly"}
)
# What says so behind one of the words of the press: `news agency`, `radio station`, but no `space agency`.
PRESS_WORDS = frozenset({"broadcast", "media", "news", "press", "radio", "television", "tv", "wire"})
OUTLET_FORMS = frozenset({"agency", "channel", "network", "outlet", "portal", "service", "site", "station", "website"})
# What may follow such a word after a name: `X, a newspaper published in …`.
_PUBLISHED = frozenset({"based", "owned", "printed", "published", "run"})
# What may follow an outlet's name and belong to it, or to its work.
WORKS = frozenset({"article", "coverage", "dispatch", "dispatches", "report", "reporting", "reports", "story"})
_TAIL = WORKS | {"agency", "news"}
_OPENERS = frozenset('*_[“‘"')
_INSIDE = HYPHENS | {"’", "'"}
_JOINED = CONNECTIVES - {"and"}


class Named(NamedTuple):
    """A source named at `tokens[first:last]`; `outlet` is its canonical name where it is, or reads as, one."""

    first: int
    last: int
    outlet: str | None


@once
def named(tokens: Sequence[Token]) -> Sequence[Named]:
    """Every proper name among the tokens of one sentence, in order and disjoint; known outlets before others."""
    spans = dict(name_spans(tokens, _JOINED))
    written = [_written(token.text) for token in tokens]
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


def press_name(name: Sequence[str], *, article: bool = False, credited: bool = False) -> bool:
    """Whether a name (its words, case folded) says by its first or last one that it is an outlet's.

    Behind an `article`, and where a line credits it for a story (`credited`), more words say so.
    """
    if len(name) < 2:
        return False
    barred = (frozenset() if credited else _SHARED) | (frozenset() if article or credited else _WITH_ARTICLE)
    nouns = mapping("outlet_nouns")
    service = _of_the_press(name[-2], name[-1])
    first = nouns.get(name[0]) == "first or last" and name[0] not in barred | _WITH_ARTICLE
    return service or first or (name[-1] in nouns and name[-1] not in barred)


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
    for alias, outlet in _by_start().get(_start(written[at : at + 2]), ()):
        last = at + len(alias)
        if tuple(written[at:last]) == alias:
            while last < len(tokens) and tokens[last].capitalised and tokens[last].norm in _TAIL - WORKS:
                last += 1
            follows = tokens[last] if last < len(tokens) else None
            whole = follows is None or not follows.capitalised or follows.norm in _TAIL
            longer = last + 1 < len(tokens) and tokens[last].norm == "of" and tokens[last + 1].capitalised
            if (whole and not longer) or tokens[last - 1].possessive:
                return Named(at, last, outlet)
    return None


def _inside_name(tokens: Sequence[Token], at: int) -> bool:
    return not tokens[at].capitalised or (at > 0 and tokens[at - 1].capitalised)


def _reads_as_outlet(tokens: Sequence[Token], first: int, last: int) -> str | None:
    """The name itself where its own words, or those beside it, say that it is an outlet's."""
    parts = [token for token in tokens[first:last] if token.kind == "word"]
    while len(parts) > 1 and parts[-1].norm in WORKS:
        parts.pop()
    before = first - 1
    while before >= 0 and tokens[before].text in _OPENERS:
        before -= 1
    said = (before >= 0 and _says_outlet(tokens, before)) or _kind_after(tokens, first, last) or _glossed(tokens, last)
    article = before >= 0 and tokens[before].norm == "the"
    if said or press_name([part.norm for part in parts], article=article):
        return " ".join(part.text for part in parts)
    return None


def _says_outlet(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word there says what an outlet is: `newspaper`, `news agency`."""
    word = tokens[at].norm
    return word in OUTLET_KINDS or (at > 0 and _of_the_press(tokens[at - 1].norm, word))


def _of_the_press(word: str, form: str) -> bool:
    """`news agency`, `radio station`; a `press service` is an office."""
    return form in OUTLET_FORMS and word in PRESS_WORDS and (word, form) != ("press", "service")


def _kind_after(tokens: Sequence[Token], first: int, last: int) -> bool:
    """`the Yedioth newspaper`, `the Fars news agency`; not `a Berlin newspaper` nor `German newspaper reports`."""
    indefinite = first > 0 and tokens[first - 1].norm in {"a", "an", "one", "another"}
    if indefinite or tokens[last - 1].norm in national_words():
        return False
    at = last + 1 if last < len(tokens) and tokens[last].norm in PRESS_WORDS else last
    if at >= len(tokens) or not (
        tokens[at].norm in {"newspaper", "magazine"} or (at > last and _says_outlet(tokens, at))
    ):
        return False
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    return follows is None or not (follows.capitalised or follows.norm in WORKS - {"report", "reports"})


def _glossed(tokens: Sequence[Token], last: int) -> bool:
    """`X, a newspaper in Y`, `X, the city’s daily`; not `X, a newspaper editor`."""
    if last + 1 >= len(tokens) or tokens[last].text != ",":
        return False
    if not (tokens[last + 1].norm in words("determiners") or tokens[last + 1].possessive):
        return False
    for at in range(last + 2, min(last + 9, len(tokens))):
        if tokens[at].kind == "mark" and tokens[at].text not in _INSIDE:
            return False
        if tokens[at].norm in words("prepositions"):
            return False
        follows = tokens[at + 1] if at + 1 < len(tokens) else None
        ends = follows is None or follows.kind == "mark" or follows.norm in words("closed_class") | _PUBLISHED
        if ends and _says_outlet(tokens, at):
            return not (tokens[at].norm == "broadcaster" and tokens[last + 1].norm in {"a", "an"})
    return False


@cache
def _by_start() -> dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]]:
    """The lexicon's names as words, by how they start, the longest first."""
    names: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
    for row in table("outlets"):
        alias = tuple(_written(token.text) for token in tokenise(row["alias"]))
        names.setdefault(_start(alias), []).append((alias, row["outlet"]))
    return {start: sorted(rows, key=lambda row: -len(row[0])) for start, rows in names.items()}


def _start(written: Sequence[str]) -> tuple[str, ...]:
    """What a name is looked up by: its first word, and the second after `The`."""
    return tuple(written[: 2 if written[0] == "The" else 1])


@lru_cache(maxsize=65536)
def _written(word: str) -> str:
    """A word as outlets' names are compared."""
    plain = _plain(word)
    return "The" if plain == "the" else plain.removesuffix("'s")


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    """Without accents, apostrophes straight."""
    decomposed = unicodedata.normalize("NFD", text.replace("’", "'"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
