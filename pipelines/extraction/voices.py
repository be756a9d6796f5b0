"""Voices: whom a sentence names as the source of what it tells, first before its claim and then again after it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.language.lexicons import words
from pipelines.language.outlets import named, source_key
from pipelines.language.tokens import HYPHENS, Token

# The words of a party: `the city’s independent health review`.
PARTY_WORDS = 8
# A claim has at least as many content words, and no more tokens.
CLAIM_WORDS, CLAIM_REACH = 2, 60

_SAID = frozenset({"said", "says", "reported", "reports", "stated", "states", "noted", "notes", "found", "finds"})
# After a comma, they begin another claim: `…, according to X, and …, according to X`.
_TURNS = frozenset(
    {"and", "but", "or", "nor", "yet", "so", "while", "whereas", "although", "though", "after", "before", "as"}
    | {"because", "since", "when", "if", "unless", "until", "which", "who", "whose", "where"}
)
_INSIDE = HYPHENS | {"’", "'", "&"}
_QUOTES = frozenset('“”„"«»')


class Voice(NamedTuple):
    """The tokens `first:last` that name a party as a source; the party's own are `party:end`."""

    first: int
    last: int
    party: int
    end: int
    key: str


def named_twice(tokens: Sequence[Token]) -> tuple[Voice, Voice, str] | None:
    """The two places where a sentence gives one claim to one source, and the content words of the claim."""
    last = _closing(tokens)
    if last is None:
        return None
    for first in _openings(tokens, last.first):
        between = tokens[first.last : last.first]
        claim = between if any(token.kind == "word" for token in between) else tokens[: first.first][-CLAIM_REACH:]
        content = sorted({t.norm for t in claim if t.kind == "word" and t.norm not in words("closed_class")})
        if first.key == last.key and len(content) >= CLAIM_WORDS and _one_claim(claim):
            return first, last, " ".join(content)
    return None


def _one_claim(tokens: Sequence[Token]) -> bool:
    turned = any(left.text == "," and right.norm in _TURNS for left, right in pairwise(tokens))
    return not turned and not any(token.text in _QUOTES | {";", ":"} for token in tokens)


def _closing(tokens: Sequence[Token]) -> Voice | None:
    """`…, according to X.`, `…, X said.`, `…, said X.`, `…, as reported by X.`"""
    end = len(tokens)
    while end and tokens[end - 1].kind == "mark":
        end -= 1
    comma = next((at for at in range(end - 1, max(0, end - PARTY_WORDS - 4), -1) if tokens[at].text == ","), None)
    if comma is None:
        return None
    at = comma + 1
    if begun := _formula(tokens, at):
        return _voice(tokens, at, begun, end, end)
    if tokens[at].norm in _SAID:
        return _voice(tokens, at, at + 1, end, end)
    return _voice(tokens, at, at, end - 1, end) if tokens[end - 1].norm in _SAID else None


def _openings(tokens: Sequence[Token], before: int) -> Iterator[Voice]:
    """`According to X, …`, `…, according to X, …`, and `X said …` where the sentence begins."""
    reached = max(0, before - CLAIM_REACH)
    said = next((at for at in range(min(before, PARTY_WORDS + 2)) if tokens[at].norm in _SAID), None)
    if said and not reached and (voice := _voice(tokens, 0, 0, said, said + 1)):
        yield voice
    for at in range(reached, before):
        begun = _formula(tokens, at)
        comma = begun and next(
            (place for place in range(begun, min(before, begun + PARTY_WORDS + 2)) if tokens[place].text == ","), None
        )
        if begun and comma and (voice := _voice(tokens, at, begun, comma, comma)):
            yield voice


def _formula(tokens: Sequence[Token], at: int) -> int | None:
    """Where the party begins after `according to`, `as reported by`."""
    ahead = [token.norm for token in tokens[at : at + 3]]
    if ahead[:2] == ["according", "to"]:
        return at + 2
    return at + 3 if ahead[:1] == ["as"] and ahead[1:2] and ahead[1] in _SAID and ahead[2:] == ["by"] else None


def _voice(tokens: Sequence[Token], first: int, begin: int, end: int, last: int) -> Voice | None:
    """The voice of the party `begin:end`, unless a pronoun or a clause stands there."""
    if begin < end and tokens[begin].norm in words("determiners"):
        begin += 1
    party = tokens[begin:end]
    if not 0 < len(party) <= PARTY_WORDS or all(token.norm in words("closed_class") for token in party):
        return None
    if any(token.kind != "word" and token.text not in _INSIDE for token in party):
        return None
    names = named(party)
    known = names[0].outlet if len(names) == 1 and names[0].last - names[0].first == len(party) else None
    return Voice(first, last, begin, end, source_key(known or " ".join(token.norm for token in party)))
