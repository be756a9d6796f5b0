"""Calculations: what a sentence states with the numbers that it comes from, checked against them.

`from 40 to 50, a rise of 25 per cent`; `60 boats: 10 tugs, 20 yawls and 30 rafts`; `512 of the 640, or 80 per cent`.
Every number stands for all that it can have been rounded from, and a hedge leaves a tenth open; a statement holds where
any of that fits. Where a sentence can be read in more ways than one, any reading that fits is enough.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise
from math import inf, prod
from typing import NamedTuple

from pipelines.extraction.document import Document, Row
from pipelines.extraction.figures import Found, find
from pipelines.language.lexicons import mapping, members
from pipelines.language.numbers import Number, read_number, starts_number
from pipelines.language.tokens import Token, touches

_NEAR = 8  # tokens between a change and its share
_MOST_PARTS = 8
_MOST_AMOUNTS = 40  # in a sentence: one with more is a table
_HEDGED = 0.1
_ROUND = 0.005
_RANKED = frozenset(
    {"rank", "ranking", "rankings", "place", "position", "spot", "seed", "no", "table", "standings", "age"}
)
_MULTIPLES = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadr": 4.0, "halv": 0.5, "halve": 0.5}
_WHOLE_VERBS = frozenset(
    {"is", "are", "was", "were", "comes", "come", "came", "goes", "go", "went", "owns", "holds", "held"}
)
_STEPS = frozenset({"step", "phase", "stage", "instalment", "installment", "tranche"})


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


class Checked(NamedTuple):
    """A calculation at the places `first` to `after`: what is stated, what its numbers give, whether they agree."""

    kind: str
    first: int
    after: int
    stated: str
    reckoned: str
    holds: bool


def extract(document: Document) -> list[Row]:
    """Rows of the table `calculations`, in order of place, one a sentence: one that does not hold, if any."""
    rows = []
    for sentence in document.prose:
        tokens = sentence.tokens
        if sum(starts_number(token) for token in tokens) < 2:
            continue
        read = amounts(tokens, document.text)
        if not 2 <= len(read) <= _MOST_AMOUNTS:
            continue
        found = [checked for reading in _READINGS for checked in reading(tokens, read)]
        chosen = min(found, key=lambda checked: checked.holds, default=None)
        if chosen is None:
            continue
        start, end = tokens[chosen.first].start, tokens[chosen.after - 1].end
        rows.append(
            document.row(
                start,
                end,
                kind=chosen.kind,
                stated=chosen.stated,
                reckoned=chosen.reckoned,
                holds=chosen.holds,
                quoted=document.quoted.overlaps(start, end),
            )
        )
    return rows


def amounts(tokens: Sequence[Token], text: str) -> list[Amount]:
    """The numbers of a sentence, years, ordinals and parts of names left out, in order."""
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


def _changed(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`from A to B`, `to B from A`, with its share, direction or multiple; one of them in the sentence."""
    pairs = [pair for pair in pairwise(read) if _from_to(tokens, *pair)]
    if len(pairs) != 1:
        return
    left, right = pairs[0]
    old, new = (left, right) if _before(tokens, left.first) == "from" else (right, left)
    shares = [amount for amount in read if amount.percent and amount not in {left, right}]
    if len(shares) == 1 and _beside(shares[0], left, right):
        yield from _change_stated(tokens, old, new, shares[0])
    yield from _direction(tokens, old, new, left.first)
    yield from _multiple(tokens, old, new, left.first)


def _from_to(tokens: Sequence[Token], left: Amount, right: Amount) -> bool:
    leads = _before(tokens, left.first), _before(tokens, right.first)
    alike = left.unit == right.unit or not (left.unit and right.unit)
    return alike and leads in {("from", "to"), ("to", "from")} and right.first - left.after <= _NEAR


def _beside(amount: Amount, left: Amount, right: Amount) -> bool:
    return 0 <= left.first - amount.after <= _NEAR or 0 <= amount.first - right.after <= _NEAR


def _change_stated(tokens: Sequence[Token], old: Amount, new: Amount, share: Amount) -> Iterator[Checked]:
    """The share of a change from one amount to another, where words of change stand with it."""
    if old.percent or new.percent or old.unit == "percentage point" or old.value <= 0 or not _of_change(tokens, share):
        return
    reckoned = [_change(start, new) for start in _scaled(old, new)]
    yield Checked(
        "change",
        min(old.first - 1, new.first - 1, share.first),
        max(old.after, new.after, share.after),
        _words(tokens, share),
        f"{reckoned[0][1]:.3g} per cent",
        any(_fits(share, low, high) for low, _, high in reckoned),
    )


def _of_change(tokens: Sequence[Token], share: Amount) -> bool:
    """Whether a share is that of a change: `up 20%`, `a rise of 20%`, `a 20% increase`, `, or 20%`, `by 20%`."""
    before = {token.norm for token in tokens[max(0, share.first - 3) : share.first]}
    following = {token.norm for token in tokens[share.after : share.after + 2]}
    return bool(before & (_ways() | {"or", "by"}) or following & (_ways() | _mores()))


def _scaled(old: Amount, new: Amount) -> list[Amount]:
    """The old amount, and as it is if the new one's scale holds for it: `from 7 to 7.5 million`."""
    scale = new.number.scale
    if old.number.scale != 1 or scale == 1:
        return [old]
    number = old.number
    scaled = number._replace(low=number.low * scale, high=number.high * scale, step=number.step * scale)
    return [old._replace(number=scaled), old]


def _change(old: Amount, new: Amount) -> tuple[float, float, float]:
    """The least, likeliest and greatest size of a change, in per cent."""
    ends = [100 * (n / o - 1) for n in (new.low, new.high) for o in (old.low, old.high) if o > 0]
    least, most = min(ends, default=0.0), max(ends, default=0.0)
    sizes = (0.0 if least <= 0 <= most else min(abs(least), abs(most))), max(abs(least), abs(most))
    return sizes[0], abs(100 * (new.value / old.value - 1)), sizes[1]


def _fits(stated: Amount, low: float, high: float, digits: float = 1.0) -> bool:
    """Whether a stated value agrees with a reckoned span: within so many of its last digit (half is rounding, one is
    cutting off as well), and what its hedge leaves open."""
    rounding = min(stated.number.step, 2 * (stated.high - stated.value)) if digits < 1 else stated.number.step
    slack = rounding * digits + (abs(stated.value) * _HEDGED if stated.hedge else 0.0)
    least = 0.0 if stated.hedge in {"under", "up to"} else stated.number.low - slack
    most = inf if stated.hedge == "at least" else stated.number.high + slack * (3 if stated.hedge == "over" else 1)
    return low <= most and high >= least


def _direction(tokens: Sequence[Token], old: Amount, new: Amount, first: int) -> Iterator[Checked]:
    """`rose from 50 people to 40`: the verb goes one way, the numbers the other."""
    verb = next(
        (at for at in range(first - 2, max(-1, first - 5), -1) if tokens[at].norm in mapping("change_words")), None
    )
    way = mapping("change_words")[tokens[verb].norm] if verb is not None else None
    ranked = any(token.norm in _RANKED for token in tokens)
    if verb is None or way not in {"up", "down"} or ranked or not (old.unit and new.unit):
        return
    if tokens[verb].norm in {"up", "down", "cut", "raised"} or min(old.number.low, new.number.low) < 0:
        return
    went = all((new.high < start.low) if way == "up" else (new.low > start.high) for start in _scaled(old, new))
    yield Checked("direction", verb, max(old.after, new.after), tokens[verb].text, "the other way", not went)


def _multiple(tokens: Sequence[Token], old: Amount, new: Amount, first: int) -> Iterator[Checked]:
    """`doubled from 40 to 60`."""
    verb = next((at for at in range(max(0, first - 5), first) if tokens[at].norm in _multiples()), None)
    if verb is None or old.value <= 0:
        return
    times = next(times for stem, times in _MULTIPLES.items() if tokens[verb].norm.startswith(stem))
    hedges = {token.norm for token in tokens[max(0, verb - 2) : verb]}
    open_up = 1.5 if {"than", "over"} & hedges else 1.1
    fits = False
    for start in _scaled(old, new):
        ratio = new.value / start.value
        fits = (
            fits
            or (times / 1.12 <= ratio <= times * open_up)
            or (times < 1 and times / open_up <= ratio <= times * 1.12)
        )
    yield Checked(
        "multiple",
        verb,
        max(old.after, new.after),
        tokens[verb].text,
        f"{new.value / _scaled(old, new)[0].value:.3g} times as many",
        fits,
    )


def _compared(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`$24,300, down 3 percent from $25,050`, `3.1 million tonnes, 44 per cent less than the 5.5 million tonnes`."""
    for new, share, old in zip(read, read[1:], read[2:], strict=False):
        if not share.percent or new.percent or old.percent or not new.unit or new.unit != old.unit:
            continue
        link = [token.norm for token in tokens[share.after : old.first]]
        against = link[:1] == ["from"] and len(link) <= 2 and _before(tokens, share.first) in _ways()
        than = len(link) in {2, 3} and link[0] in _mores() and link[1] == "than"
        if not (against or than) or share.first - new.after > 3 or old.value <= 0:
            continue
        low, likely, high = _change(old, new)
        yield Checked(
            "change", new.first, old.after, _words(tokens, share), f"{likely:.3g} per cent", _fits(share, low, high)
        )


def _totals(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`A, B and C, a total of T`; `A and B, or T in all`; `four 50-bed wards with a combined 200 beds`."""
    for total in read:
        if not total.unit or not _is_total(tokens, total):
            continue
        parts = [a for a in read if a is not total and a.after <= total.first and (a.unit == total.unit)]
        counts = [a for a in read if a is not total and a.unit != total.unit and not a.percent]
        sized = [a for a in parts if any(_adjacent(tokens, count, a) for count in counts)]
        if not 1 < len(parts) <= _MOST_PARTS and not sized:
            continue
        if _open(tokens, parts[0].first, total.after):
            continue
        sums = [(sum(a.low for a in some), sum(a.high for a in some)) for some in _subsets(parts)]
        products = [(c.value * a.low, c.value * a.high) for c in counts for a in parts]
        paired = sum(count * size for count, size in _paired(tokens, counts, parts))
        sides = [(paired, paired)] if paired else []
        fits = any(_fits(total, low, high, 0.5) for low, high in sums + products + sides)
        if len(parts) > 1:
            reckoned = sum(a.value for a in parts)
        else:
            reckoned = next(c.value * parts[0].value for c in counts if _adjacent(tokens, c, parts[0]))
        yield Checked("total", parts[0].first, total.after, _words(tokens, total), f"{reckoned:,.6g}", fits)


def _is_total(tokens: Sequence[Token], amount: Amount) -> bool:
    before = [token.norm for token in tokens[max(0, amount.first - 3) : amount.first]]
    following = [token.norm for token in tokens[amount.after : amount.after + 3]]
    ahead = before[-2:] == ["total", "of"] or before[-1:] in (["totalling"], ["totaling"], ["combined"], ["total"])
    capacity = before[-3:-1] == ["combined", "capacity"] or before[-3:-1] == ["total", "capacity"]
    running = before[-2:] == ["total", "to"]
    behind = following[:2] in (["in", "all"], ["in", "total"]) or following[:1] in (["altogether"], ["together"])
    return not running and (ahead or capacity or behind)


def _adjacent(tokens: Sequence[Token], count: Amount, size: Amount) -> bool:
    """`eight 225-megawatt units`, `six payments of $500`."""
    between = tokens[count.after : size.first]
    return count.after <= size.first and len(between) <= 1 and all(token.norm == "of" for token in between)


def _paired(tokens: Sequence[Token], counts: Sequence[Amount], parts: Sequence[Amount]) -> list[tuple[float, float]]:
    """Counts with the size of each, where every part has one: `two 50-bed wards and three 40-bed wards`."""
    pairs = [(c.value, a.value) for a in parts for c in counts if _adjacent(tokens, c, a)]
    return pairs if len(pairs) == len(parts) else []


def _subsets(parts: Sequence[Amount]) -> Iterator[tuple[Amount, ...]]:
    """Any two or more of the parts: one may be said in passing."""
    return (some for size in range(2, len(parts) + 1) for some in combinations(parts, size))


def _parts(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`14 people: nine drivers, three guards and four walkers`; `8 per cent, in two steps: 5 in May and 3 in July`."""
    colon = next((at for at, token in enumerate(tokens) if token.text == ":"), None)
    if colon is None or sum(token.text == ":" for token in tokens) > 1:
        return
    whole = [a for a in read if a.after <= colon and a.unit]
    listed = [a for a in read if a.first > colon]
    counts = [a for a in whole if tokens[a.after - 1].norm.rstrip("s") in _STEPS]
    whole = [a for a in whole if a not in counts]
    if len(whole) != 1 or not 2 <= len(listed) <= _MOST_PARTS or _open(tokens, 0, len(tokens)):
        return
    total = whole[0]
    entries = [at for at in range(colon, len(tokens)) if tokens[at].text in {":", ",", ";"} or tokens[at].norm == "and"]
    leads = {at + 1 for at in entries} | {
        at + 2 for at in entries if at + 1 < len(tokens) and tokens[at + 1].norm == "and"
    }
    if any(a.first not in leads for a in listed) or len(listed) < len([at for at in entries if tokens[at].text != ","]):
        return
    if total.unit == "percent" or total.money:
        alike = all(a.unit in {"", total.unit} for a in listed)
    else:
        alike = all(a.unit != "percent" and a.number.scale == listed[0].number.scale for a in listed)
        alike = alike and (colon - total.after <= 2 or bool(counts))
    joined = any(token.norm == "and" for token in tokens[listed[-2].after : listed[-1].first])
    if not alike or not joined or any(a.value >= total.value for a in listed):
        return
    low, high = sum(a.low for a in listed), sum(a.high for a in listed)
    compound = 100 * (prod(1 + a.value / 100 for a in listed) - 1)
    fits = _fits(total, low, high, 0.5) or (total.percent and _fits(total, compound, compound, 0.5))
    yield Checked(
        "parts", total.first, listed[-1].after, _words(tokens, total), f"{sum(a.value for a in listed):,.6g}", fits
    )


def _decided(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`of the seven counts, convicted on five and acquitted on three`: parts that cannot overlap, and exceed the
    whole."""
    if len(read) < 3:
        return
    whole, *parts = read
    lead = [token.norm for token in tokens[max(0, whole.first - 2) : whole.first]]
    if whole.percent or not (lead[-2:] in (["of", "the"], ["of", "its"], ["of", "their"]) or lead[-1:] == ["of"]):
        return
    if len(parts) > 4 or any(a.unit and a.percent for a in parts) or _open(tokens, whole.first, parts[-1].after):
        return
    sides = [_outcomes(tokens, a, before, after) for a, before, after in _spaces(tokens, whole, parts)]
    matters = [{mapping("outcomes")[word] for word in side} for side in sides]
    shared = set.intersection(*matters) if matters else set()
    told = [frozenset(side) for side in sides]
    if not shared or len(set(told)) != len(told):
        return
    low = sum(a.low for a in parts)
    yield Checked(
        "parts",
        whole.first,
        parts[-1].after,
        _words(tokens, whole),
        f"{sum(a.value for a in parts):,.6g}",
        low <= whole.high,
    )


def _spaces(tokens: Sequence[Token], whole: Amount, parts: Sequence[Amount]) -> Iterator[tuple[Amount, int, int]]:
    """Every part with the places between which the words about it stand: up to the joint with the next."""
    edges = [whole.after]
    for left, right in pairwise(parts):
        joints = [
            at for at in range(left.after, right.first) if tokens[at].text in {",", ";"} or tokens[at].norm == "and"
        ]
        edges.append(joints[0] if joints else left.after)
    edges.append(min(len(tokens), parts[-1].after + 4))
    return ((part, before, after) for part, before, after in zip(parts, edges, edges[1:], strict=False))


def _outcomes(tokens: Sequence[Token], part: Amount, before: int, after: int) -> list[str]:
    outcomes = mapping("outcomes")
    inside = [token.norm for token in tokens[part.first : part.after]]
    around = [token.norm for token in tokens[before:after]]
    return sorted({word for word in (*around, *inside) if word in outcomes})


def _shares(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`70 percent is debt, 25 percent equity and 15 percent grants`: shares of one whole, the verb said once."""
    shares = [a for a in read if a.percent]
    if not 3 <= len(shares) <= _MOST_PARTS or _open(tokens, shares[0].first, shares[-1].after):
        return
    span = tokens[shares[0].first : shares[-1].after]
    between = [token.norm for token in span]
    verbs = [word for word in between if word in _WHOLE_VERBS]
    lead = [token.norm for token in tokens[max(0, shares[0].first - 3) : shares[0].first]]
    led = any(word in _WHOLE_VERBS for word in lead)
    last = tokens[shares[-2].after : shares[-1].first]
    gapped = (len(verbs) + led == 1) and any(token.norm == "and" for token in last)
    compares = {"from", "to", "than", "against", "compared", "by", "while", "but", "who", "which"} | _ways()
    if not gapped or compares & set(between) or any(a.hedge for a in shares):
        return
    low = sum(a.low for a in shares)
    yield Checked(
        "shares",
        shares[0].first,
        shares[-1].after,
        "shares of one whole",
        f"{sum(a.value for a in shares):.4g} per cent",
        low <= 100,
    )


def _share(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`512 of the 640 families, or 80 per cent`; `of the 640 families, 512, or 80 per cent`."""
    for left, right, share in zip(read, read[1:], read[2:], strict=False):
        if not share.percent or left.percent or right.percent:
            continue
        link = [token.norm for token in tokens[left.after : right.first]]
        if "of" in link and link[-1] in {"of", "the", "its", "their", "all"} and len(link) <= 3:
            part, whole = left, right
        elif (
            _before(tokens, left.first) in {"the", "of", "its", "their"}
            and "of" in _lead(tokens, left)
            and left.value > right.value
        ):
            part, whole = right, left
        else:
            continue
        joint = [token.norm for token in tokens[right.after : share.first]]
        if not joint or joint[-1] not in {"or", "("} or len(joint) > 5:
            continue
        if not part.value < whole.value or (part.unit and whole.unit and _unlike(part, whole)):
            continue
        low, high = 100 * part.low / whole.high, 100 * part.high / whole.low if whole.low > 0 else 100.0
        yield Checked(
            "share",
            left.first,
            share.after,
            _words(tokens, share),
            f"{100 * part.value / whole.value:.3g} per cent",
            _fits(share, low, high),
        )


def _unlike(left: Amount, right: Amount) -> bool:
    """Whether one is money and the other is not, or their currencies differ."""
    return left.money != right.money or (left.money and left.unit != right.unit)


def _lead(tokens: Sequence[Token], amount: Amount) -> list[str]:
    return [token.norm for token in tokens[max(0, amount.first - 3) : amount.first]]


def _each(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`$1.1 million to 190 farms, or $5,789 each`."""
    for whole, count, part in zip(read, read[1:], read[2:], strict=False):
        following = tokens[part.after].norm if part.after < len(tokens) else ""
        if (
            following not in {"each", "apiece"}
            or not part.unit
            or part.unit != whole.unit
            or count.unit in {"", part.unit, "percent"}
        ):
            continue
        joint = [token.norm for token in tokens[count.after : part.first]]
        link = {token.norm for token in tokens[whole.after : count.first]}
        if (
            joint[-1:] != ["or"]
            or len(joint) > 2
            or not link & {"to", "for", "among", "between", "by"}
            or count.value <= 0
        ):
            continue
        low, high = whole.low / count.high, whole.high / count.low
        yield Checked(
            "each",
            whole.first,
            part.after,
            _words(tokens, part),
            f"{whole.value / count.value:,.4g}",
            _fits(part, low, high),
        )


def _rescaled(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`$3,469,800, or £3.47bn`: one sum said twice, a thousand times apart."""
    for left, right in pairwise(read):
        joint = [token.norm for token in tokens[left.after : right.first]]
        if not (left.money and right.money) or not left.value:
            continue
        if joint not in (
            [",", "or"],
            ["or"],
            ["("],
            [",", "equivalent", "to"],
            [",", "equal", "to"],
            [",", "i", ".", "e", "."],
        ):
            continue
        ratio = max(left.value, right.value) / min(left.value, right.value)
        slipped = any(abs(ratio / power - 1) < 0.02 for power in (1e3, 1e6))
        rate = right.after < len(tokens) and tokens[right.after].norm in {"a", "an", "per", "each", "more", "less"}
        if rate:
            continue
        yield Checked("scale", left.first, right.after, _words(tokens, right), _words(tokens, left), not slipped)


_READINGS = (_changed, _compared, _totals, _parts, _decided, _shares, _share, _each, _rescaled)


def _open(tokens: Sequence[Token], first: int, after: int) -> bool:
    return any(token.norm in members("change_words", "open") for token in tokens[first:after])


@cache
def _ways() -> frozenset[str]:
    return members("change_words", "up") | members("change_words", "down")


@cache
def _mores() -> frozenset[str]:
    return members("change_words", "more") | members("change_words", "less")


@cache
def _multiples() -> frozenset[str]:
    return members("change_words", "multiple")


def _before(tokens: Sequence[Token], at: int) -> str:
    return tokens[at - 1].norm if at else ""


def _words(tokens: Sequence[Token], amount: Amount) -> str:
    """The amount's words, spaced as they are written."""
    own = tokens[amount.first : amount.after]
    spaces = ["", *("" if touches(left, right) else " " for left, right in pairwise(own))]
    return "".join(space + token.text for space, token in zip(spaces, own, strict=True))
