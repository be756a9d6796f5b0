"""Counted things: a number and the noun that it counts, where neither verb nor title says what became of them.

Three ways of counting can be held against each other: what something is said to have in all (`has 214 branches`, `in
all 56 counties`), what an article takes up again (`the 13 pieces`) though nothing before it gave that number, and what
a headline counts though the text does not give its number.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from pipelines.extraction.amounts import Amount
from pipelines.language.lexicons import mapping, members, words
from pipelines.language.phrases import Phrase, described, phrase_before, singular, verb_like
from pipelines.language.tokens import Token

_FEWEST = 3  # `the two men` are any two
_MOST = 80  # numbers of an article: with more, any is the sum of two
_HAVING = members("holding_words", "has")
_WHOLE = frozenset({"all", "each", "every"})
_ANYBODY = frozenset({"people", "person"})
_OWN = frozenset({"its", "whose"})
_DEFINITE = frozenset({"the", "these", "those"})


class Counted(NamedTuple):
    """What is counted: its noun, singular, with the words that tell it from others (`operating theatre`); how it is
    referred to (`held`, `again`, `described`, `new`); what is said to have it, as a common noun and by name."""

    noun: str
    modifiers: tuple[str, ...]
    reference: str
    holder: str | None
    named: str | None


def counted(tokens: Sequence[Token], amount: Amount) -> Counted | None:
    """The things that an amount counts, if they can be told apart one by one."""
    if not _countable(amount):
        return None
    inside = tokens[amount.number.after : amount.after - 1]
    modifiers = tuple(token.norm for token in inside if token.kind == "word" and not _plain(token.norm))
    reference, verb = _reference(tokens, amount)
    if reference == "again":
        modifiers = tuple(word for word in modifiers if not _befallen(word))
    holder = _holder(tokens, verb) if verb else None
    noun = amount.unit
    if noun in _ANYBODY and holder and holder.modifiers:
        noun = singular(holder.modifiers[-1])  # `the hostage deal covers 50 people`: 50 hostages
    return Counted(noun, modifiers, reference, holder.head if holder else None, holder.name if holder else None)


def _countable(amount: Amount) -> bool:
    unit, number = amount.unit, amount.number
    measured = unit in set(mapping("units").values()) or amount.money or amount.percent or unit == "percentage point"
    measured = measured or unit in mapping("currency_words")
    scored = unit in words("scoring_words") or f"{unit}s" in words("scoring_words") or unit in mapping("tally_words")
    return bool(unit) and not measured and not scored and number.low == number.high >= _FEWEST


def _plain(word: str) -> bool:
    return word in words("plain_adjectives")


def _befallen(word: str) -> bool:
    """Whether a modifier is a participle that only recalls what was told: `the 13 stolen pieces`."""
    return word.endswith("ed") or word in mapping("irregular_verbs")


def _reference(tokens: Sequence[Token], amount: Amount) -> tuple[str, int | None]:
    """How the words before an amount refer to what it counts, and the place of the verb of having."""
    before = amount.first - 1
    word = tokens[before].norm if before >= 0 else ""
    if word in _OWN | _WHOLE:
        return "held", None
    if word == "the" and _of_whole(tokens, before):
        return "held", None
    if word in _HAVING:
        partly = any(token.norm in {"not", "only", "to"} for token in tokens[max(0, before - 2) : before])
        return ("new", None) if partly else ("held", before)
    if word == "with" and before and tokens[before - 1].kind == "word" and not verb_like(tokens[before - 1]):
        return "held", before
    if word == "with" and before > 1 and tokens[before - 1].text == ",":
        return "held", before - 1
    if word not in _DEFINITE:
        return "new", None
    return ("described" if described(tokens, amount.after) else "again"), None


def _of_whole(tokens: Sequence[Token], at: int) -> bool:
    """`all the`, `each of the`, `every one of the`, whose article stands at a place."""
    said = [token.norm for token in tokens[max(0, at - 3) : at]]
    return bool(said) and (said[-1] in _WHOLE or (said[-1] == "of" and bool(_WHOLE & {*said[:-1]})))


def _holder(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """What has the things: what stands before the verb, or before `, which` and the verb."""
    end = verb
    while end > 0 and tokens[end - 1].norm in {"which", "that", "also", "now", "currently", "still"}:
        end -= 1
    if end > 1 and tokens[end - 1].text == ",":
        end -= 1
    return phrase_before(tokens, end)


def made_of(amount: Amount, others: Sequence[Amount]) -> bool:
    """Whether a number is one of others, or the sum or difference of two that count the same or nothing named; with
    very many others, any is."""
    value = amount.number.high
    if len(others) > _MOST or any(value == other.number.high for other in others):
        return True
    alike = dict.fromkeys(other.number.high for other in others if other.unit in {amount.unit, ""})
    return any(value in (low + high, abs(low - high)) for low, high in combinations(alike, 2))
