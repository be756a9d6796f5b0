"""Currencies in running text: signs and codes before a sum, names and codes after it.

Names, symbols and the countries that use them are CLDR's (by Babel, read on first use); what news copy writes beside
them is the lexicon `currency_words`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from babel.localedata import exists
from babel.numbers import get_currency_name, get_currency_symbol

from pipelines.language.lexicons import table
from pipelines.language.nations import national_words, places_of, tender
from pipelines.language.numbers import Number
from pipelines.language.tokens import HYPHENS, Token, norm, tokenise, touches

# What a name or sign that several countries share means where no country is near: international usage.
_CUSTOMARY = frozenset({"USD", "GBP", "EUR", "JPY", "CNY", "KRW"})
# Names that are everyday words or weights as well: they are money only beside a scale, or a country's adjective.
_DOUBTFUL = frozenset(
    {"won", "real", "reals", "pound", "pounds", "sol", "mark", "marks", "som", "lev", "crowns", "cent"}
)
# Codes that are words in capitals: `TOP 10`.
_WORDS = frozenset({"ALL", "BAM", "BOB", "CUP", "GEL", "MAD", "PEN", "SOS", "TOP", "TRY"})
_LONGEST = 4  # tokens of a sign, and of a name


class Currency(NamedTuple):
    """Currencies that words at the places `first` to `after` can mean, and what one of what they name is worth in
    them."""

    first: int
    after: int
    codes: tuple[str, ...]
    worth: float = 1.0


def sign_before(tokens: Sequence[Token], at: int, number: Number) -> Currency | None:
    """The sign, code or name that ends right before the number at place `at`: `$`, `A$`, `USD`, `Rs`, `GH₵`, `rupees`
    before a scale."""
    signed = at > 0 and tokens[at - 1].text in _sign_endings()
    for first in range(max(0, at - _LONGEST), at) if signed else ():
        run = tokens[first:at]
        if not all(touches(left, right) for left, right in pairwise(run)):
            continue
        written = "".join(token.text for token in run)
        found = _signs().get(written)
        if found and _is_sign(written, run[-1], tokens[at], number):
            return Currency(first, at, *found)
    return _name_before(tokens, at, number)


def _name_before(tokens: Sequence[Token], at: int, number: Number) -> Currency | None:
    """`rupees 500 crore`, `euros 4 million`, unless the name belongs to a number of its own."""
    name = tokens[at - 1].text if at else ""  # in small letters: `the Bucks 5 million fans`
    found = _names().get(name) if number.scale >= 1000 and name not in _DOUBTFUL else None
    own = at > 1 and tokens[at - 2].kind == "number"
    return Currency(at - 1, at, *found) if found and found[1] == 1 and not own else None


def name_after(tokens: Sequence[Token], number: Number) -> Currency | None:
    """The name or code that follows a number: `euros`, `Kenyan shillings`, `-peso`, `USD`, `€`."""
    at = number.after
    if at < len(tokens) and tokens[at].text in HYPHENS and touches(tokens[at - 1], tokens[at]):
        at += 1
    if at < len(tokens) and tokens[at].text == "U" and _american(tokens, at):
        at += 4
    if at >= len(tokens) or not (tokens[at].norm in _name_openings() or tokens[at].text in _signs()):
        return None
    for after in range(min(len(tokens), at + _LONGEST), at, -1):
        run = tokens[at:after]
        found = _names().get(" ".join(token.norm for token in run))
        if found is None and after == at + 1:
            found = _code_after(tokens, at)
        if found is None and after == at + 2 and run[0].norm in national_words():
            found = _names().get(run[1].norm)  # `Dutch guilders`
        if found and not (run[0].norm in _DOUBTFUL and after == at + 1 and not _sum_like(number)):
            return Currency(at, after, *found)
    return None


@lru_cache(maxsize=256)
def settle(codes: tuple[str, ...], text: str) -> str | None:
    """Which of several currencies is meant in `text`: that whose country it names most; None where that is not
    clear."""
    if len(codes) == 1:
        return codes[0]
    folded = text.casefold()
    named = {code: sum(folded.count(word) for word in _countries().get(code, ())) for code in codes}
    most = max(named.values())
    chosen = [code for code in codes if named[code] == most]
    if most and len(chosen) == 1:
        return chosen[0]
    customary = [code for code in chosen if code in _CUSTOMARY]
    return customary[0] if len(customary) == 1 and not most else None


def _american(tokens: Sequence[Token], at: int) -> bool:
    """`U.S.`"""
    return [token.text for token in tokens[at : at + 4]] == ["U", ".", "S", "."]


def _is_sign(written: str, last: Token, following: Token, number: Number) -> bool:
    """A single capital is a sign only where it touches a sum that no model or gate has: `P312 million`, `R4,500`."""
    if len(written) == 1 and written.isalpha():
        return touches(last, following) and _sum_like(number)
    return written not in _WORDS or _sum_like(number)


def _sum_like(number: Number) -> bool:
    return number.scale >= 1000 or number.high >= 10_000


def _code_after(tokens: Sequence[Token], at: int) -> tuple[tuple[str, ...], float] | None:
    """A code or symbol after a number, unless it stands before another: `5 €`, `115USD`."""
    token, following = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if token.text.isascii() and len(token.text) < 3 and token.kind == "word":
        return None
    if token.kind == "mark" and following is not None and following.kind == "number" and touches(token, following):
        return None
    return _signs().get(token.text)


@cache
def _signs() -> Mapping[str, tuple[tuple[str, ...], float]]:
    """Signs and codes as written, with what they can mean."""
    meanings: dict[str, list[str]] = defaultdict(list)
    for code, territories in tender().items():
        local = (f"en_{territory}" for territory in territories if exists(f"en_{territory}"))
        for locale in ("en", *local):
            symbol = get_currency_symbol(code, locale=locale).strip(".")
            if len(symbol) > 1 or not symbol.isalpha():  # single letters: those that news copy uses are in the lexicon
                meanings[symbol].append(code)
        meanings[code].append(code)
    signs = {sign: (tuple(dict.fromkeys(codes)), 1.0) for sign, codes in meanings.items()}
    signs["$"] = ("USD",), 1.0
    signs["£"] = ("GBP",), 1.0
    signs["R"] = ("ZAR",), 1.0
    return signs | _from_lexicon(folded=False)


@cache
def _names() -> Mapping[str, tuple[tuple[str, ...], float]]:
    """Names as they are looked up, full (`kenyan shillings`) and short (`shillings`), with what they can mean."""
    meanings: dict[str, list[str]] = defaultdict(list)
    for code in tender():
        for count in (1, 2):
            full = _folded(get_currency_name(code, count=count, locale="en"))
            meanings[full].append(code)
            meanings[full.rpartition(" ")[2]].append(code)
    meanings.pop("gold", None)
    names = {name: (tuple(dict.fromkeys(codes)), 1.0) for name, codes in meanings.items()}
    names["us cents"] = names["us cent"] = ("USD",), 0.01
    return names | _from_lexicon(folded=True)


@cache
def _sign_endings() -> frozenset[str]:
    """The last token of every sign and code."""
    return frozenset(tokenise(sign)[-1].text for sign in _signs() if sign)


@cache
def _name_openings() -> frozenset[str]:
    """The first word of every name, and every word that may stand before one."""
    return frozenset(name.split(" ")[0] for name in _names()) | national_words()


def _from_lexicon(folded: bool) -> dict[str, tuple[tuple[str, ...], float]]:
    return {
        _folded(row["word"]) if folded else row["word"]: (tuple(row["currencies"].split(",")), float(row["worth"]))
        for row in table("currency_words")
        if len(row["word"]) > 2 or not folded
    }


def _folded(name: str) -> str:
    return " ".join(norm(word) for word in name.split())


@cache
def _countries() -> Mapping[str, tuple[str, ...]]:
    """By currency: the adjective of its name (`kenyan`), the countries that use it and their chief cities, case
    folded."""
    return {
        code: tuple(
            word
            for word in (
                get_currency_name(code, count=1, locale="en").rpartition(" ")[0].casefold(),
                *(place for territory in territories for place in places_of(territory)),
            )
            if word
        )
        for code, territories in tender().items()
    }
