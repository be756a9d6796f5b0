"""Numbers of English news copy, read from tokens: numerals, number words, scales and ranges.

`1,200.5`, `12,34,567`, `3.4bn`, `two and a half million`, `half a million`, `7 to 7.5 million`. Grouping by threes
and the Indian grouping are read; anything that could be an address, a version or a list (`1.2.3`, `22,24`) is no
number.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from pipelines.language.tokens import DASHES, HYPHENS, Token, Tokens, touches

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: float(value) for value, word in enumerate(_UNITS)}
_SMALL |= {word: 10.0 * place for place, word in enumerate(_TENS, start=2)}
_FRACTIONS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}
_ORDINALS = {f"{word}th": value for value, word in enumerate(_UNITS)} | {
    f"{word[:-1]}ieth": 10 * place for place, word in enumerate(_TENS, start=2)
}
_ORDINALS |= {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_STARTS = frozenset({*_SMALL, "half", "quarter", "a", "an"})
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "lakhs": 1e5,
    "million": 1e6,
    "millions": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "crore": 1e7,
    "crores": 1e7,
    "billion": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "trn": 1e12,
}
# Letters that are a scale only where they touch the numeral; in other places, and for lengths, `m` is a metre.
_LETTERS = {"k": 1e3}
_MONEY_LETTERS = {"k": 1e3, "m": 1e6, "mm": 1e6, "b": 1e9, "t": 1e12}
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?")
# More digits than any figure of the news has; `float` of a long run of digits would be infinite.
_MOST_DIGITS = 24


class Number(NamedTuple):
    """A number in a run of tokens, from place `first` to one past the last, `after`.

    `step` is the worth of the last digit shown: half of it either way is rounding. Trailing zeros of a plain numeral
    from a thousand up are not shown digits (`412,000` is worth 1,000 at its last). `scale` is that of the words
    beside it, or 1.
    """

    first: int
    after: int
    low: float
    high: float
    step: float
    scale: float


def read_number(tokens: Sequence[Token], at: int, money: bool = False) -> Number | None:
    """The number that starts at place `at`; `money` reads the letters m, b and t after a numeral as scales."""
    token = tokens[at]
    if token.kind == "number":
        return _numeral(tokens, at, money)
    return _in_words(tokens, at) if token.kind == "word" else None


def read_range(tokens: Sequence[Token], low: Number, money: bool = False) -> Number:
    """`low` with the upper end that follows it (`1.2-1.5 billion`, `seven to 7.5 million`), or `low` as it stands."""
    join = low.after
    if join + 1 >= len(tokens) or not (tokens[join].text in DASHES | HYPHENS or tokens[join].norm == "to"):
        return low
    high = read_number(tokens, join + 1, money)
    return between(low, high) if high else low


def between(low: Number, high: Number) -> Number:
    """One number of the two ends of a range; a scale that only the upper end has holds for both.

    Gives `low` as it stands where the two make no range (the second is the smaller).
    """
    start, step = low.low, low.step
    if low.scale == 1:
        start, step = start * high.scale, step * high.scale
    if start >= high.high:
        return low
    return Number(low.first, high.after, start, high.high, max(step, high.step), high.scale)


def read_ordinal(tokens: Sequence[Token], at: int) -> int | None:
    """The ordinal at place `at`: `ninth`, `21st`; in words only up to twenty, and the tens."""
    token = tokens[at]
    if token.kind != "number":
        return _ORDINALS.get(token.norm)
    ending = at + 1 < len(tokens) and touches(token, tokens[at + 1]) and tokens[at + 1].norm in _ORDINAL_ENDINGS
    return int(token.text) if ending and token.text.isdecimal() and len(token.text) < _MOST_DIGITS else None


def starts_number(token: Token) -> bool:
    """Whether a number can start with the token: a cheap first look."""
    return token.kind == "number" or token.norm in _STARTS


def holds_number(tokens: Tokens) -> bool:
    """Whether a number can start anywhere in a sentence."""
    return "number" in tokens.kinds or not _STARTS.isdisjoint(tokens.norms)


def _numeral(tokens: Sequence[Token], at: int, money: bool) -> Number | None:
    text = tokens[at].text
    if len(text) > _MOST_DIGITS or not _GROUPED.fullmatch(text) or not text.isascii():
        return None
    digits = text.replace(",", "")
    after, scale = _scales(tokens, at, money)
    value = float(Decimal(digits) * int(scale))
    decimals = len(digits.partition(".")[2])
    step = scale * 10.0**-decimals if decimals or after > at + 1 else _last_shown(digits)
    return Number(at, after, value, value, step, scale)


def _scales(tokens: Sequence[Token], at: int, money: bool) -> tuple[int, float]:
    """One past the scale words after the numeral at `at` (`million`, `-billion`, `bn`), and what they multiply it
    by."""
    after, scale = at + 1, 1.0
    letters = _MONEY_LETTERS if money else _LETTERS
    if after < len(tokens) and touches(tokens[at], tokens[after]) and tokens[after].norm in letters:
        return after + 1, letters[tokens[after].norm]
    while after < len(tokens):
        place = after + 1 if tokens[after].text in HYPHENS and after + 1 < len(tokens) else after
        if tokens[place].norm not in SCALES:
            break
        after, scale = place + 1, scale * SCALES[tokens[place].norm]
    return after, scale


def _last_shown(digits: str) -> float:
    """Worth of the last digit of a plain whole numeral; below a thousand every digit counts."""
    zeros = len(digits) - len(digits.rstrip("0"))
    return 10.0 ** min(zeros, len(digits) - 1) if len(digits) > 3 else 1.0


def _in_words(tokens: Sequence[Token], at: int) -> Number | None:
    """A number in words: `seven`, `twenty-five thousand`, `two and a half million`, `a million`, `half a million`."""
    place = at
    total = current = 0.0
    step, scale, found = 1.0, 1.0, False
    if (fraction := _fraction_of_scale(tokens, at)) is not None:
        return fraction
    while place < len(tokens):
        word = tokens[place].norm
        if word in _SMALL and (not current or current % 100 >= 20 or (current % 100 == 0 and current >= 100)):
            if current and current % 10:
                break
            current, step = current + _SMALL[word], 1.0
        elif word in {"a", "an"} and not found and _is_scale(tokens, place + 1):
            current = 1.0
        elif word in SCALES and found:
            scale = SCALES[word]
            if scale == 1e2:
                current *= scale
            else:
                total, current = total + current * scale, 0.0
            step = scale
        elif found and _joins(tokens, place):
            place += 1
            continue
        elif found and (half := _and_a_half(tokens, place)):
            current, step = current + half, 0.1
            place += 3
            if _is_scale(tokens, place):
                scale = SCALES[tokens[place].norm]
                return Number(at, place + 1, current * scale, current * scale, scale * 0.1, scale)
            break
        else:
            break
        found, place = True, place + 1
    if not found:
        return None
    value = total + current
    return Number(at, place, value, value, step, scale)


def _is_scale(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].norm in SCALES


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """A hyphen or `and` inside a number: `twenty-five`, `two hundred and six`, `312-million`."""
    if place + 1 >= len(tokens):
        return False
    if tokens[place].text in HYPHENS:
        return tokens[place + 1].norm in SCALES or (
            tokens[place - 1].norm in _TENS and tokens[place + 1].norm in _UNITS[1:10]
        )
    return tokens[place].norm == "and" and tokens[place - 1].norm == "hundred" and tokens[place + 1].norm in _SMALL


def _and_a_half(tokens: Sequence[Token], place: int) -> float:
    words = [token.norm for token in tokens[place : place + 3]]
    return _FRACTIONS.get(words[2], 0.0) if len(words) == 3 and words[0] == "and" and words[1] in {"a", "one"} else 0.0


def _fraction_of_scale(tokens: Sequence[Token], at: int) -> Number | None:
    """`half a million`, `half million`, `a quarter of a million`."""
    place = at + 1 if tokens[at].norm in {"a", "an"} and at + 1 < len(tokens) else at
    part = _FRACTIONS.get(tokens[place].norm)
    if part is None:
        return None
    place += 1
    while place < len(tokens) and tokens[place].norm in {"a", "of"} and place < at + 4:
        place += 1
    if not _is_scale(tokens, place):
        return None
    scale = SCALES[tokens[place].norm]
    return Number(at, place + 1, part * scale, part * scale, scale * 0.1, scale)
