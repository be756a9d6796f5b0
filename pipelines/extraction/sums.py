"""What a sum itself is called: `the £3m fee`, `a budget of £3m`, `£3m in compensation`, `was fined £3m`.

The thing that a sum is of is read elsewhere (`measures`); an article that speaks of one fee need not say of what it is.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.language.lexicons import members, table, words
from pipelines.language.phrases import described, is_determiner, verb_like
from pipelines.language.tokens import HYPHENS, Token

_NEAR = 8  # tokens around a sum whose words can set it apart
_LONGEST = 4  # tokens between a sum and its noun, or a noun and its determiner
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her", "these", "those"})
_LINKS = frozenset(
    {"is", "was", "are", "were", "be", "been", "at", "to", "stands", "stood", "will", "has", "had", "have"}
)
_LINKS |= {"come", "comes", "came", "amounts", "amounted", "totals", "totalled", "totaled", "put", "set", "fixed"}
_LINKS |= {
    "announced",
    "capped",
    "estimated",
    "valued",
    "agreed",
    "now",
    "currently",
    "reported",
    "said",
    "as",
    "worth",
}
_TIMES = frozenset({"year", "season", "month", "week", "quarter", "today", "decade"})
# What follows a sum and says how or when it is paid, not which sum it is.
_HOW = frozenset({"out", "within", "by", "before", "after", "back"})
_UNSURE = frozenset({"could", "would", "might", "may", "when"})
_STOPS = frozenset('.;:“”"') | {"and", "but", "while", "which", "that", "who"}


class Called(NamedTuple):
    """A sum by its own noun: the `kind` of sum; `taken_up`: the words take it for known; the words that tell it from
    others of its kind; whose it is said to be."""

    kind: str
    taken_up: bool
    modifiers: tuple[str, ...]
    owner: str | None


def called(tokens: Sequence[Token], first: int, after: int) -> Called | None:
    """What the sum at the places `first` to `after` (hedge and currency with it) is called, unless its words set it
    apart from the article's own: another time's, a second one, one only asked for."""
    found = _modifying(tokens, first, after) or _of_noun(tokens, first) or _in_noun(tokens, first, after)
    found = found or _told_of(tokens, first) or _by_verb(tokens, first)
    return None if found is None or _apart(tokens, first, after, found) else found


def _modifying(tokens: Sequence[Token], first: int, after: int) -> Called | None:
    """`the £3m transfer fee`, `its £3m debt`."""
    start = after + 1 if after < len(tokens) and tokens[after].text in HYPHENS else after
    for place in range(start, min(start + _LONGEST, len(tokens))):
        token = tokens[place]
        if token.kind != "word" or token.norm in words("closed_class"):
            return None
        kind, end = _noun(tokens, place)
        following = tokens[end] if end < len(tokens) else None
        if kind is None or (following is not None and following.kind == "word" and _noun_like(following)):
            continue
        again, owner, between = _determined(tokens, first)
        names = tuple(token.norm for token in tokens[start:place] if token.text not in HYPHENS)
        return Called(kind, again and not described(tokens, end), _telling((*between, *names)), owner)
    return None


def _of_noun(tokens: Sequence[Token], first: int) -> Called | None:
    """`a fee of £3m`, `the transfer fee of £3m`."""
    return _noun_before(tokens, first - 1) if first > 1 and tokens[first - 1].norm in {"of", ","} else None


def _in_noun(tokens: Sequence[Token], first: int, after: int) -> Called | None:
    """`£3m in compensation`, `the £3m in prize money`."""
    if after + 1 >= len(tokens) or tokens[after].norm != "in":
        return None
    kind, end = _noun(tokens, after + 1)
    if kind is None:
        return None
    again, owner, between = _determined(tokens, first)
    ends = end >= len(tokens) or tokens[end].kind == "mark"
    taken_up = again and (ends or tokens[end].norm in _HOW | members("phrase_words", "finite"))
    return Called(kind, taken_up, _telling(between) if taken_up else (), owner if taken_up else None)


def _told_of(tokens: Sequence[Token], first: int) -> Called | None:
    """`the fee is £3m`, `the bill will come to £3m`, `the fund, set up in May, was announced at £3m`."""
    place = first
    while place > 0 and tokens[place - 1].norm in _LINKS:
        place -= 1
    if place == first or first - place > 2 * _LONGEST:
        return None
    if tokens[place - 1].text == ",":
        return _opening(tokens, place)
    return _noun_before(tokens, place)


def _opening(tokens: Sequence[Token], end: int) -> Called | None:
    """The noun that a sentence opens with, before insertions: `The fund for widows, which …, was announced at £3m`."""
    if not is_determiner(tokens[0]):
        return None
    for place in range(1, min(1 + _LONGEST, end)):
        kind, after = _noun(tokens, place)
        if kind and not _noun_like(tokens[after]):
            return Called(kind, tokens[0].norm in _DEFINITE, _telling(t.norm for t in tokens[1:place]), None)
    return None


def _by_verb(tokens: Sequence[Token], first: int) -> Called | None:
    """`appealed for £3m`, `owes £3m`, `was fined £3m`."""
    place = first - 2 if first > 1 and tokens[first - 1].norm == "for" else first - 1
    verbs = _words("verb")
    return Called(verbs[tokens[place].norm], False, (), None) if place >= 0 and tokens[place].norm in verbs else None


def _noun_before(tokens: Sequence[Token], end: int) -> Called | None:
    """The noun of a sum that ends before a place, with its determiner."""
    for size in (2, 1):
        place = end - size
        if place < 0 or _noun(tokens, place) == (None, place + 1) or _noun(tokens, place)[1] != end:
            continue
        kind = _noun(tokens, place)[0]
        again, owner, between = _determined(tokens, place)
        return Called(kind, again, _telling(between), owner) if kind else None
    return None


def _determined(tokens: Sequence[Token], first: int) -> tuple[bool, str | None, tuple[str, ...]]:
    """Whether the words before a place take what follows for known, who owns it, and the words between."""
    between: list[str] = []
    for place in range(first - 1, max(-1, first - 1 - _LONGEST), -1):
        token = tokens[place]
        if token.possessive:
            return True, None if token.norm in _TIMES else token.norm, tuple(between[::-1])
        if is_determiner(token):
            return token.norm in _DEFINITE, None, tuple(between[::-1])
        if token.kind != "word" or token.norm in words("closed_class"):
            if token.norm == "to" and between:
                between.pop()  # `to pay costs of £3m`
            break
        between.append(token.norm)
    return False, None, tuple(between[::-1])


def _noun(tokens: Sequence[Token], place: int) -> tuple[str | None, int]:
    """The kind of sum that the noun at a place names, and one past the noun."""
    nouns = _words("fixed") | _words("moving")
    two = " ".join(token.norm for token in tokens[place : place + 2])
    if two in nouns:
        return nouns[two], place + 2
    if tokens[place].capitalised and place and tokens[place - 1].capitalised:
        return None, place + 1
    return nouns.get(tokens[place].norm), place + 1


def _noun_like(token: Token) -> bool:
    """Whether a word may go on a compound noun."""
    function = token.norm in words("closed_class") | members("phrase_words", "finite")
    return token.kind == "word" and not function and not verb_like(token)


def _telling(said: Iterable[str]) -> tuple[str, ...]:
    """The words that tell a sum from others of its kind."""
    return tuple(word for word in said if word not in words("plain_adjectives"))


def _apart(tokens: Sequence[Token], first: int, after: int, found: Called) -> bool:
    """Whether the words around a sum say that it is another's, another time's, or only asked for."""
    start, end = first, after
    while start > 0 and first - start < _NEAR and tokens[start - 1].text not in _STOPS:
        start -= 1
    far = 0 if found.taken_up else _NEAR
    while end < len(tokens) and end - after < far and tokens[end].text not in _STOPS | {","}:
        end += 1
    clause = {token.norm for token in tokens[start:end]}
    if members("sum_words", "asks") & {token.norm for token in tokens[start:first]} and found.kind != "appeal":
        return True
    known = {"year"} | _UNSURE if found.taken_up else {"year"}
    return bool(clause & members("apart_words", "other") - known) or any(
        len(word) == 4 and word.isdigit() and word[:2] in {"18", "19", "20"} for word in clause
    )


@cache
def _words(role: str) -> dict[str, str]:
    return {row["word"]: row["kind"] for row in table("sum_nouns") if row["role"] == role}
