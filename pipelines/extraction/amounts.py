"""Amounts: the numbers of a sentence with what they count, and what each can have been rounded from."""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from pipelines.extraction.figures import Found, find
from pipelines.language.numbers import Number, holds_number, read_number, starts_number
from pipelines.language.tokens import Token, Tokens, once, touches

_ROUND = 0.005


class Amount(NamedTuple):
    """A number of a sentence: its places, the values that it leaves possible, and what it counts (`unit`; empty for a
    bare number)."""

    first: int
    after: int
    number: Number
    unit: str
    hedge: str | None

    @property
    def value(self) -> float:
        return (self.number.low + self.number.high) / 2

    @property
    def percent(self) -> bool:
        return self.unit == "percent"

    @property
    def money(self) -> bool:
        return len(self.unit) == 3 and self.unit.isupper()

    @property
    def low(self) -> float:
        return self.number.low - self._rounding

    @property
    def high(self) -> float:
        return self.number.high + self._rounding

    @property
    def _rounding(self) -> float:
        """How far off the number may be by rounding: things counted one by one are counted, and round thousands in
        full are seldom rounded as far as their zeros."""
        plain = self.number.scale == 1 and self.hedge is None
        if plain and self.number.step == 1 and not (self.money or self.percent):
            return 0.0
        return min(self.number.step / 2, abs(self.number.low) * _ROUND if plain else inf)


@once
def amounts(tokens: Sequence[Token], text: str) -> Sequence[Amount]:
    """The numbers of a sentence, years, ordinals and parts of names left out, in order."""
    if isinstance(tokens, Tokens) and not holds_number(tokens):
        return ()
    figures = {figure.number.first: figure for figure in find(tokens, text)}
    read: list[Amount] = []
    at = 0
    while at < len(tokens):
        figure = figures.get(at)
        number = None if figure or not starts_number(tokens[at]) else read_number(tokens, at)
        if figure:
            read.append(Amount(figure.first, figure.after, figure.number, _unit(figure), figure.qualifier))
            at = figure.after
        elif number and not _no_amount(tokens, number):
            read.append(Amount(number.first, number.after, number, "", None))
            at = number.after
        else:
            at += 1
    return read


def _unit(figure: Found) -> str:
    return figure.currency or figure.denomination or figure.unit or ""


def _no_amount(tokens: Sequence[Token], number: Number) -> bool:
    """Whether a number is a year, an ordinal, one, or part of a name or an address."""
    text = tokens[number.first].text
    year = (
        len(text) == 4 and text.isdigit() and text[:2] in {"18", "19", "20", "21"} and number.after == number.first + 1
    )
    following = tokens[number.after] if number.after < len(tokens) else None
    joined = following is not None and touches(tokens[number.after - 1], following) and following.kind == "word"
    before = tokens[number.first - 1] if number.first else None
    named = before is not None and (touches(before, tokens[number.first]) and before.text not in "(“‘\"'")
    return year or joined or named or number.low in {0, 1}
