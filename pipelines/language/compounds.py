"""Compounds of two words, and the part that they play in a sentence, read without a parser.

A compound stands hyphenated (`count-down`), solid (`countdown`) or open (`count down`). An open form can be compared
only with one that plays the same part: a noun is rightly open where the modifier before another noun takes a hyphen.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines.language.lexicons import entries, words
from pipelines.language.tokens import HYPHENS, Token, touches

NOUN, MODIFIER, PREFIXED = "noun", "modifier", "prefixed"

_OBJECTS = frozenset({"him", "her", "it", "them", "us", "me", "you", "to", "whether", "how"})
_JOINERS = HYPHENS | frozenset("/_@\\")
_OPENING_MARKS = 3
_LONGEST_PHRASE = 2  # words that may stand between a determiner and the compound
_ENDINGS = (
    "isms",
    "ists",
    "ions",
    "ives",
    "ings",
    "ism",
    "ist",
    "ion",
    "ive",
    "ing",
    "ors",
    "ed",
    "es",
    "or",
    "s",
    "e",
)
_SHORTEST_STEM = 5
_SHORTEST_PART = 3


class Place(NamedTuple):
    """Where a form of the compound `key` stands among the tokens of its sentence, `last` included."""

    first: int
    last: int
    key: str


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A case-folded word without the ending that its forms differ in: `cooperated` and `cooperation` have one stem."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word if ending == "s" and word.endswith("ss") else word[: -len(ending)]
    return word


@cache
def known() -> frozenset[str]:
    """The keys of compounds that houses are known to write in more than one form."""
    return _keys("compounds") - _keys("distinct_compounds")


def hyphenated(tokens: Sequence[Token]) -> Iterator[Place]:
    """Two plain words that a hyphen joins. Chains of three, numbers and names are none; nor is a word that means
    something else without its hyphen."""
    for at in range(1, len(tokens) - 1):
        if tokens[at].text in HYPHENS and _joined(tokens, at - 1, at + 1):
            left, right = tokens[at - 1], tokens[at + 1]
            key = stem(left.norm + right.norm)
            place = Place(at - 1, at + 1, key)
            plain = _plain(tokens, at - 1) and _plain(tokens, at + 1)
            if plain and not _another_word(left, key) and not _another_verb(tokens, place):
                yield place


def solid(tokens: Sequence[Token], keys: frozenset[str]) -> Iterator[Place]:
    """Plain words that are the compounds `keys`."""
    for at, token in enumerate(tokens):
        key = stem(token.norm)
        if key in keys and _plain(tokens, at) and not (_hyphen(tokens, at - 1, at) or _hyphen(tokens, at + 1, at)):
            place = Place(at, at, key)
            if not _another_verb(tokens, place):
                yield place


def side_by_side(tokens: Sequence[Token], keys: frozenset[str], vocabulary: frozenset[str]) -> Iterator[Place]:
    """Two plain words with a space between that are the compounds `keys`, or together a word of `vocabulary`."""
    closed = words("closed_class")
    for at in range(len(tokens) - 1):
        left, right = tokens[at], tokens[at + 1]
        if left.kind != "word" or right.kind != "word" or left.norm in closed or right.norm in closed:
            continue
        both = left.norm + right.norm
        key = stem(both)
        if (key in keys or (both in vocabulary and _may_be_one(left, right))) and _open(tokens, at):
            yield Place(at, at + 1, key)


def part(tokens: Sequence[Token], place: Place) -> str | None:
    """What the compound is in its sentence: `prefixed` (a prefix that is no word, whatever follows), `noun`, `modifier`
    of the word that follows, or None where that cannot be told."""
    if place.last > place.first and tokens[place.first].norm in words("bound_prefixes"):
        return PREFIXED
    if not _nominal_before(tokens, place.first):
        return None
    following = tokens[place.last + 1] if place.last + 1 < len(tokens) else None
    if following is None or following.kind == "mark" or following.norm in words("closed_class"):
        return NOUN
    if following.kind != "word":
        return None
    return NOUN if _verb(tokens, place.last + 1) else MODIFIER


def head(tokens: Sequence[Token], place: Place) -> str:
    """What a modifier modifies: the stem of the word after it."""
    return stem(tokens[place.last + 1].norm)


def starts_sentence(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing but a few marks stands before the token."""
    return at <= _OPENING_MARKS and all(before.kind == "mark" for before in tokens[:at])


@cache
def _keys(lexicon: str) -> frozenset[str]:
    return frozenset(stem(entry.replace("-", "")) for entry in entries(lexicon))


def _another_word(left: Token, key: str) -> bool:
    return left.norm in words("numerals") or key in _keys("distinct_compounds")


def _another_verb(tokens: Sequence[Token], place: Place) -> bool:
    return place.key in _keys("distinct_verbs") and not _nominal_before(tokens, place.first)


def _may_be_one(left: Token, right: Token) -> bool:
    """Whether two words that spell a third may be it, and not so by chance or with another meaning."""
    return min(len(left.norm), len(right.norm)) >= _SHORTEST_PART and left.norm not in words("compounding_adjectives")


def _open(tokens: Sequence[Token], at: int) -> bool:
    left, right = tokens[at], tokens[at + 1]
    return (
        right.start == left.end + 1
        and _plain(tokens, at)
        and _plain(tokens, at + 1)
        and not left.possessive
        and not _another_word(left, stem(left.norm + right.norm))
        and right.norm not in words("particles")  # `walk out` is a verb first
        and not _hyphen(tokens, at - 1, at)
        and not _hyphen(tokens, at + 2, at + 1)
    )


def _nominal_before(tokens: Sequence[Token], first: int) -> bool:
    """Whether what stands before opens a noun phrase: a determiner or preposition, with two words at most between, or
    a pause."""
    for at in range(first - 1, first - 2 - _LONGEST_PHRASE, -1):
        nearest = at == first - 1
        if at < 0:
            return nearest
        token = tokens[at]
        if (
            token.norm in words("determiners")
            or token.norm in words("prepositions")
            or token.possessive
            or token.kind == "number"
        ):
            return True
        if token.kind == "mark" or token.norm in words("closed_class"):
            return nearest and token.kind == "mark" and token.text not in _JOINERS
    return False


def _verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word after a compound reads as the verb of which it is the subject."""
    word = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if word.capitalised or _hyphen(tokens, at + 1, at):
        return False
    if word.norm.endswith("ed"):
        return following is None or following.kind == "mark" or following.norm in words("closed_class")
    if word.norm.endswith("s"):
        return following is not None and following.norm in words("determiners") | _OBJECTS
    return word.norm in words("irregular_pasts")


def _plain(tokens: Sequence[Token], at: int) -> bool:
    """A word in lower case, or one in capitals only because the sentence starts with it."""
    token = tokens[at]
    if token.kind != "word" or "'" in token.norm:
        return False
    return token.text.islower() or (starts_sentence(tokens, at) and token.text[1:].islower())


def _joined(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the two words touch the mark between them, and no other mark joins either to more."""
    return (
        touches(tokens[first], tokens[first + 1])
        and touches(tokens[last - 1], tokens[last])
        and not (first and touches(tokens[first - 1], tokens[first]) and tokens[first - 1].text in _JOINERS)
        and not (
            last + 1 < len(tokens) and touches(tokens[last], tokens[last + 1]) and tokens[last + 1].text in _JOINERS
        )
    )


def _hyphen(tokens: Sequence[Token], at: int, beside: int) -> bool:
    """Whether the token at `at` is a hyphen that touches the one at `beside`."""
    if not 0 <= at < len(tokens) or tokens[at].text not in HYPHENS:
        return False
    return touches(tokens[min(at, beside)], tokens[max(at, beside)])
