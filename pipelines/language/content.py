"""Content words, lightly stemmed: what a passage says when its grammar is put aside."""

from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import fuzz

from pipelines.language.lexicons import mapping, words
from pipelines.language.tokens import Token

# How alike two stems must be, of 100, to be one word spelled or built differently: `organis`, `organiz`.
ALIKE = 85
LONG_ENOUGH = 5
NEGATIONS = frozenset({"not", "no", "never", "without", "neither", "nor", "none", "nobody", "nothing", "cannot"})
# Light words that fill a frame (`is going to`, `the whole of`) and say nothing that the frame does not.
_LIGHT = frozenset({"going", "whole", "own", "twice", "currently", "simultaneously"})


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without the endings of number, tense and participle: `covers`, `covered`, `covering` are `cover`.

    Takes a token's `norm`. The first steps of Porter's stemmer (An algorithm for suffix stripping, 1980) and no more:
    derived words stay apart. Past forms of irregular verbs are looked up, and nouns of action that no ending builds.
    """
    word = mapping("irregular_verbs").get(word, word)
    word = mapping("verbal_nouns").get(word) or mapping("verbal_nouns").get(word.removesuffix("s"), word)
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _without_double(word[: -len(ending)] + replacement)
    return word


_ENDINGS = (
    ("sses", "ss"),
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ss", "ss"),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("e", ""),
)


def _without_double(word: str) -> str:
    """`stopp` is `stop`; `pass` and `fall` keep theirs."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def content_stem(token: Token) -> str | None:
    """The token's stem where it says something by itself: a number, or a word neither of grammar nor of speech."""
    return _content_stem(token.norm, token.kind)


@lru_cache(maxsize=65536)
def _content_stem(norm: str, kind: str) -> str | None:
    if kind == "number":
        return norm
    grammar = norm in words("closed_class") or norm in words("speech_verbs") or norm in _LIGHT or "'" in norm
    return None if kind == "mark" or grammar else stem(norm)


@lru_cache(maxsize=65536)
def sense(stemmed: str) -> str:
    """What stands for a stem and its synonyms."""
    return _senses().get(stemmed, stemmed)


@cache
def _senses() -> dict[str, str]:
    return {stem(word): stem(meant) for word, meant in mapping("synonyms").items()}


def opposed(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether words of one side have another of their kind on the other: `north` and `south`, `won` and `lost`."""
    kinds = mapping("opposites")
    ours = {kinds[word] for word in left if word in kinds}
    return any(kinds[word] in ours for word in right if word in kinds)


def negated(norms: Iterable[str]) -> int:
    """How many words deny."""
    return sum(norm in NEGATIONS or norm.endswith("n't") for norm in norms)


def alike(left: str, right: str) -> bool:
    """Whether two stems are one word, but for its spelling. Numbers are what they are."""
    if left == right:
        return True
    return (
        min(len(left), len(right)) >= LONG_ENOUGH
        and left.isalpha()
        and right.isalpha()
        and left[:3] == right[:3]
        and fuzz.ratio(left, right) >= ALIKE
    )


def unmatched(left: Iterable[str], right: Iterable[str]) -> tuple[list[str], list[str]]:
    """The stems of each side that the other lacks, each in order and once."""
    left, right = list(dict.fromkeys(left)), list(dict.fromkeys(right))
    ours, theirs = set(left), set(right)
    only_left = [word for word in left if word not in theirs]
    only_right = [word for word in right if word not in ours]
    for word in tuple(only_left):
        twin = next((other for other in only_right if alike(word, other)), None)
        if twin is not None:
            only_left.remove(word)
            only_right.remove(twin)
    return only_left, only_right
