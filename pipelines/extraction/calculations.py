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

from pipelines.extraction.amounts import Amount, amounts
from pipelines.extraction.document import Document, Row
from pipelines.language.lexicons import mapping, members, table, words
from pipelines.language.numbers import Number, read_number, starts_number
from pipelines.language.phrases import is_determiner, singular
from pipelines.language.tokens import DASHES, HYPHENS, Token, touches

_NEAR = 8  # tokens between a change and its share
_MOST_PARTS = 8
_LATER = 4  # sentences from votes to the margin between them
_MOST_AMOUNTS = 40  # in a sentence: one with more is a table
_HEDGED = 0.1
_RANKED = frozenset(
    {"rank", "ranking", "rankings", "place", "position", "spot", "seed", "no", "table", "standings", "age"}
)
_MULTIPLES = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadr": 4.0, "halv": 0.5, "twofold": 2.0, "threefold": 3.0}
_MULTIPLES |= {"fourfold": 4.0, "fivefold": 5.0, "sixfold": 6.0, "tenfold": 10.0}
_FRACTIONS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_COARSE = 0.2  # how far a fraction or a ratio in words may be off, of its size: `a third` of 38 per cent
_SLIP = 1.2  # parts that exceed their whole by more have been counted twice
# How many of a period make up a longer one, and how far off rounding and leap years leave that.
_PERIODS = {("month", "year"): 12.0, ("quarter", "year"): 4.0, ("week", "year"): 52.0, ("week", "month"): 4.33}
_PERIODS |= {("day", "week"): 7.0, ("minute", "hour"): 60.0, ("hour", "day"): 24.0}
_LOOSE = 0.04
_TIMES = frozenset({"in", "over", "within", "since", "during", "between", "by"})
# After a difference, another base: `up 5 on last year`.
_BASES = frozenset({"on", "since", "than", "compared", "over", "versus", "against"})
_RATES = frozenset({"a", "an", "per", "each", "every"})
_LEADS = frozenset({"margin", "majority", "lead", "gap", "difference", "advantage", "victory", "win"})
# A lead over more than what stands beside it: `an overall majority`, `on aggregate`.
_OVERALL = frozenset({"seat", "seats", "overall", "absolute", "working", "aggregate", "leg", "previous", "earlier"})
_PREMIUMS = frozenset({"premium", "discount", "mark-up", "markup"})
_PLAINLY = frozenset(
    {"", "a", "an", "the", "or", "by", "with", "giving", "for", "just", "only", "narrow", "comfortable"}
)
_SOME = frozenset({"one", "half", "third", "quarter", "some", "several", "both", "many", "most", "few", "none", "each"})
_OF_THEM = frozenset({"whom", "which", "them", "these", "those"})
_WHOLE_VERBS = frozenset(
    {"is", "are", "was", "were", "comes", "come", "came", "goes", "go", "went", "owns", "holds", "held"}
)
_HOLDING = frozenset({"own", "owned", "control", "controls", "controlled"})
# Words between a sum and the same sum in other words; scales that only some of the world counts in.
_SAID_AGAIN = ([",", "or"], ["or"], ["("], [",", "equivalent", "to"], [",", "equal", "to"], [",", "i", ".", "e", "."])
_INDIAN = frozenset({"lakh", "lakhs", "crore", "crores"})
_VOTES = frozenset({"vote", "ballot"})
_POLLED = frozenset({"votes", "ballots", "margin", "majority"})
_STEPS = frozenset({"step", "phase", "stage", "instalment", "installment", "tranche"})


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
    last: Sequence[Token] = ()
    told: list[list[Amount]] = []
    for sentence in document.prose:
        tokens = sentence.tokens
        before, last = last, tokens
        numbers = sum(starts_number(token) for token in tokens)
        several = numbers > 1 or (numbers and any(token.norm in _POLLED for token in tokens))
        read = amounts(tokens, document.text) if several else []
        cast, told = [votes for some in told for votes in some], [*told[1 - _LATER :], _votes_told(tokens, read)]
        if not 1 <= len(read) <= _MOST_AMOUNTS:
            continue
        found: list[tuple[Sequence[Token], Checked]]
        found = [(tokens, checked) for checked in _margin_again(tokens, read, cast)]
        if len(read) > 1:
            found += [(tokens, checked) for reading in _READINGS for checked in reading(tokens, read)]
            if _word(tokens, 0) == "of" and _word(tokens, 1) in _OF_THEM:
                found += _of_sentence_before(tokens, read, before, amounts(before, document.text))
        if not found:
            continue
        own, chosen = min(found, key=lambda pair: pair[1].holds)
        start, end = own[chosen.first].start, own[chosen.after - 1].end
        rows.append(
            document.row(
                start,
                end,
                kind=chosen.kind,
                stated=chosen.stated,
                reckoned=chosen.reckoned,
                holds=chosen.holds,
                quoted=document.quoted(start, start + 1) or document.quoted(end - 1, end),
            )
        )
    return rows


def _of_sentence_before(
    tokens: Sequence[Token], read: Sequence[Amount], before: Sequence[Token], counted: Sequence[Amount]
) -> list[tuple[Sequence[Token], Checked]]:
    """Parts of a whole that the sentence before counts, each with the tokens of both: `It heard 40 claims. Of these, 20
    were upheld and 25 rejected.`"""
    wholes = [amount for amount in counted if amount.unit and _counts(amount)]
    if not wholes or len(counted) > _MOST_AMOUNTS:
        return []
    whole = wholes[-1]
    if any(amount.value >= sum(part.value for part in read) for amount in wholes[:-1]):
        return []
    own = before[whole.first : whole.after]
    joined = [*own, *tokens]
    here = [_moved(whole, -whole.first), *(_moved(part, len(own)) for part in read)]
    return [(joined, checked) for reading in (_decided, _exceeded) for checked in reading(joined, here)]


def _moved(amount: Amount, by: int) -> Amount:
    return amount._replace(first=amount.first + by, after=amount.after + by)


def _votes_told(tokens: Sequence[Token], read: Sequence[Amount]) -> list[Amount]:
    """The votes that a sentence gives to one or more: `had 5,310 votes against 4,905 for the mayor`."""
    votes = [a for a in read if a.unit in _VOTES or (not a.unit and _before(tokens, a.first) in {"to", "against"})]
    exact = all(map(_counts, votes)) and not any(token.norm in _LEADS for token in tokens)
    return votes if votes and exact and votes[0].unit in _VOTES else []


def _margin_again(tokens: Sequence[Token], read: Sequence[Amount], cast: Sequence[Amount]) -> Iterator[Checked]:
    """`The margin of 504 votes …`, soon after the votes of both: near to what parts two of them, and not it."""
    if not 2 <= len(cast) <= _MOST_PARTS or any(token.norm in _OVERALL for token in tokens):
        return
    for stated in read:
        lead = [token.norm for token in tokens[max(0, stated.first - 4) : stated.first]]
        noun = next((at for at, word in enumerate(lead) if word in _LEADS), None)
        owned = noun is not None and lead[noun] in {"majority", "margin"}
        if noun is None or not _counts(stated) or not (stated.unit in _VOTES or (owned and not stated.unit)):
            continue
        if lead[:noun][-1:] not in (["the"], ["her"], ["his"], ["their"], ["that"], ["this"]):
            continue
        if _word(tokens, stated.after) in {"that", "which", "at", "in", "from", "over"}:
            continue
        first = stated.first - len(lead) + noun - 1
        if first or not lead[noun + 1 :] or not set(lead[noun + 1 :]) <= {"of", "was", "is", ","}:
            continue  # `in Barley the margin of 504 votes`
        apart = [abs(one.value - two.value) for one, two in combinations(cast, 2)]
        slip = sorted(f"{stated.value:.0f}") == sorted(f"{apart[0]:.0f}")  # two digits changed places
        fits = stated.value in apart or not (slip or abs(apart[0] - stated.value) <= (_SLIP - 1) * apart[0])
        yield Checked("change", first, stated.after, _words(tokens, stated), f"{apart[0]:,.6g}", fits)


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
    yield from _difference(tokens, read, old, new)
    yield from _by_fraction(tokens, old, new)
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
        any(_rounds(share, low, likely, high) for low, likely, high in reckoned),
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


def _difference(tokens: Sequence[Token], read: Sequence[Amount], old: Amount, new: Amount) -> Iterator[Checked]:
    """`from 345 to 230, a drop of 115`; `up 15 points from 45 per cent to 60 per cent`."""
    left, right = sorted((old, new))
    told = [a for a in read if a not in {left, right} and _beside(a, left, right) and _by_how_much(tokens, a)]
    told = [
        a for a in told if not any(token.norm in {"and", "after", "while"} for token in tokens[right.after : a.first])
    ]
    if len(told) != 1 or not _one_kind(tokens, old, new, stated := told[0]):
        return
    spans = [_apart(start, new) for start in _scaled(old, new)]
    if stated.percent and old.value > 0:
        least, _, most = _change(old, new)
        spans.append((least, most))
    yield Checked(
        "change",
        min(left.first - 1, stated.first),
        max(right.after, stated.after),
        _words(tokens, stated),
        f"{abs(new.value - _scaled(old, new)[0].value):,.6g}",
        any(_fits(stated, low, high, 0.5) for low, high in spans),
    )


def _one_kind(tokens: Sequence[Token], old: Amount, new: Amount, stated: Amount) -> bool:
    """Whether a difference can be that of the two: money of money, points or per cent of per cent."""
    if old.percent or new.percent:
        joined = [token.norm for token in tokens[stated.after : stated.after + 2]]
        return stated.unit in {"percentage point", "point", "percent"} or joined[1:] == ["point"]
    if stated.percent or stated.unit == "percentage point":
        return False
    units = {unit for unit in (old.unit, new.unit) if unit}
    return stated.unit in units or (not (old.money or new.money or stated.money) and not (units and stated.unit))


def _by_how_much(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether an amount is how much something changed: `up 15`, `fell by 15`, `a drop of 15`, `a 15-point drop`."""
    before = [token.norm for token in tokens[max(0, amount.first - 2) : amount.first]]
    following = [token.norm for token in tokens[amount.after : amount.after + 4]]
    if _BASES & set(following[:2]) or _RATES & set(following[:2]):
        return False
    change = _ways() | {"difference", "change", "swing", "loss"}
    told = before[0] in (change if before[-1] == "of" else _ways() if before[-1] == "by" else ()) if before else False
    ahead = before[-1:] in (["a"], ["an"]) and bool(change & set(following)) and not _uncounted() & set(following)
    return told or ahead or (bool(before) and before[-1] in _ways())


def _apart(old: Amount, new: Amount) -> tuple[float, float]:
    """The least and the greatest that two amounts can be apart."""
    ends = [n - o for n in (new.low, new.high) for o in (old.low, old.high)]
    least = 0.0 if min(ends) <= 0 <= max(ends) else min(map(abs, ends))
    return least, max(map(abs, ends))


def _by_fraction(tokens: Sequence[Token], old: Amount, new: Amount) -> Iterator[Checked]:
    """`from 40 to 60, a rise of a third`; `fell by half, from 40 to 30`."""
    left, right = sorted((old, new))
    if old.percent or new.percent or old.value <= 0:
        return
    for at in range(max(1, left.first - _NEAR), min(len(tokens) - 1, right.after + _NEAR)):
        joint = tokens[at].norm in {"by", "of"} and tokens[at - 1].norm in _ways()
        fraction = _fraction(tokens, at + 1) if joint else None
        if fraction is None:
            continue
        part, after = fraction
        low, likely, high = _change(_scaled(old, new)[0], new)
        fits = low <= 100 * part * (1 + _COARSE) and high >= 100 * part * (1 - _COARSE)
        stated = " ".join(token.text for token in tokens[at + 1 : after])
        yield Checked(
            "change", min(left.first - 1, at - 1), max(right.after, after), stated, f"{likely:.3g} per cent", fits
        )


def _fraction(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """The fraction in words at a place, and one past it: `half`, `a third`, `two-thirds`, `three quarters`."""
    counts = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
    count = counts.get(tokens[at].norm) if at < len(tokens) else None
    place = at + 1 if count else at
    if count and place < len(tokens) and tokens[place].text in HYPHENS:
        place += 1
    part = _FRACTIONS.get(tokens[place].norm.removesuffix("s")) if place < len(tokens) else None
    if part is None or not (count or part == 1 / 2) or (count or 1) * part >= 1:
        return None
    return (count or 1) * part, place + 1


def _multiple(tokens: Sequence[Token], old: Amount, new: Amount, first: int) -> Iterator[Checked]:
    """`doubled from 40 to 60`; `from 40 to 60, doubling in a year`; `from 40 to 60, a threefold rise`."""
    verb = next((at for at in range(max(0, first - 5), first) if tokens[at].norm in _multiples()), None)
    if verb is None:
        verb = _multiple_behind(tokens, max(old.after, new.after))
    if verb is None or old.value <= 0:
        return
    times = next(times for stem, times in _MULTIPLES.items() if tokens[verb].norm.startswith(stem))
    hedges = {token.norm for token in tokens[max(0, verb - 2) : verb]}
    open_up = 1.5 if {"than", "over"} & hedges else 1.1
    if tokens[verb].norm.endswith("fold"):  # `a threefold increase` may be three times or three times more
        open_up *= (times + 1) / times
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
        min(verb, old.first - 1, new.first - 1),
        max(old.after, new.after, verb + 1),
        tokens[verb].text,
        f"{new.value / _scaled(old, new)[0].value:.3g} times as many",
        fits,
    )


def _multiple_behind(tokens: Sequence[Token], after: int) -> int | None:
    """The multiple told after a change, in a participle without an object or in a noun: `, doubling in a year`,
    `, a doubling`."""
    for at in range(after, min(len(tokens), after + _NEAR)):
        if tokens[at].norm not in _multiples():
            continue
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        before = {token.norm for token in tokens[max(after, at - 3) : at]}
        spread = {"some", "many", "places", "parts"} & {token.norm for token in tokens[at + 1 : at + 3]}
        alone = following is None or following.kind == "mark" or (following.norm in _TIMES and not spread)
        fold = tokens[at].norm.endswith("fold") and following is not None and following.norm in _ways()
        told = tokens[at].norm.endswith("ing") and before & {",", "a", "–", "—", "("} and alone
        return at if told or (fold and before & {"a"}) else None
    return None


def _up_by(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`66,000 visitors, up 6,000 from 60,000`."""
    for new, more, old in zip(read, read[1:], read[2:], strict=False):
        link = [token.norm for token in tokens[more.after : old.first]]
        way = mapping("change_words").get(_before(tokens, more.first))
        if link not in (["from"], ["on"]) or way not in {"up", "down"} or more.first - new.after > 3:
            continue
        if more.percent or not new.unit or old.unit not in {"", new.unit} or more.unit not in {"", new.unit}:
            continue
        low, high = (
            (new.low - old.high, new.high - old.low) if way == "up" else (old.low - new.high, old.high - new.low)
        )
        reckoned = f"{abs(new.value - old.value):,.6g}"
        yield Checked("change", new.first, old.after, _words(tokens, more), reckoned, _fits(more, low, high, 0.5))


def _compared(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`$940, up 6 percent from $890`, `1.2 million litres, 20 per cent more than the 1.0 million litres`, `$12 a
    share, a premium of 20 per cent to the last price of $10`."""
    for new, share, old in zip(read, read[1:], read[2:], strict=False):
        if not share.percent or new.percent or old.percent or not new.unit or new.unit != old.unit or old.value <= 0:
            continue
        if not _based(tokens, share, old) or not _said_of(tokens, new, share):
            continue
        if _word(tokens, old.after) == "and" and any(amount.first == old.after + 1 for amount in read):
            continue  # `up 6 percent from $890 and $75`, each of two
        low, likely, high = _change(old, new)
        stated, reckoned = _words(tokens, share), f"{likely:.3g} per cent"
        yield Checked("change", new.first, old.after, stated, reckoned, _rounds(share, low, likely, high))


def _based(tokens: Sequence[Token], share: Amount, old: Amount) -> bool:
    """Whether an amount is what a share is measured against: `up 6 percent from $890`, `6 percent above the asking
    price of $890`, `a premium of 6 percent to the close of $890`."""
    link = [token.norm for token in tokens[share.after : old.first]]
    before = [token.norm for token in tokens[max(0, share.first - 2) : share.first]]
    if link and link[0] in _mores():
        base = link[2:] if link[1:2] == ["than"] else link[1:] if link[0] in {"above", "below"} else None
    elif link and (link[0] in _PREMIUMS or (before[-1:] == ["of"] and before[0] in _PREMIUMS)):
        link = link[link[0] in _PREMIUMS :]
        base = link[1:] if link and link[0] in {"to", "over", "on", "from", "above", "below", "against"} else None
    else:
        base = link[1:] if link[:1] == ["from"] and before[-1:] and before[-1] in _ways() else None
    if base is None or len(base) > _NEAR:
        return False
    plain = not any(token.kind == "mark" for token in tokens[old.first - len(base) : old.first])
    return len(base) < 2 or (plain and base[-1] in {"of", "at"} and not {"and", "to", "by", "for", "with"} & set(base))


def _said_of(tokens: Sequence[Token], new: Amount, share: Amount) -> bool:
    """Whether a share is said of the amount before it: right behind it, or behind a comma, dash or `is`."""
    between = [token.norm for token in tokens[new.after : share.first]]
    if len(between) <= 3:
        return True
    breaks = [at for at, word in enumerate(between) if word in DASHES | {",", "(", "is", "was"}]
    apart = {"and", "but", "while", "from", "to", "for", ";", ":", "after", "as", "when", "with"}
    return len(between) <= _NEAR and len(breaks) == 1 and breaks[0] >= len(between) - 4 and not apart & set(between)


def _rounds(share: Amount, low: float, likely: float, high: float) -> bool:
    """Whether a share is right once rounded or cut off; a change of 5 per cent is not one of 4."""
    if share.hedge or share.number.low != share.number.high:
        return _fits(share, low, high)
    half = share.number.step / 2
    return (low <= share.value + half and high >= share.value - half) or abs(likely - share.value) < 1.98 * half


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


def _totals_of_kinds(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`18 forwards and 14 backs, 32 players in all`; `nine gold medals, 12 silver and 14 bronze, 35 in all`."""
    for at, total in enumerate(read):
        if at < 2 or not _counts(total) or not _is_total(tokens, total) or _open(tokens, read[0].first, total.after):
            continue
        if _word(tokens, total.after + 2) in {"with", "counting", "if", "when"}:
            continue
        parts = _run_before(tokens, read[:at], total)
        if not 1 < len(parts) <= _MOST_PARTS or any(part.unit and part.unit == total.unit for part in parts):
            continue
        reckoned = sum(part.value for part in parts)
        # `three albums and two singles, 42 songs in all` counts something else
        near = reckoned / total.value if total.value else inf
        if not 1 / (most := _SLIP if total.unit else 1.5) <= near <= most:
            continue
        fits = any(_fits(total, low, low, 0.5) for low in (sum(a.value for a in some) for some in _subsets(parts)))
        yield Checked("total", parts[0].first, total.after, _words(tokens, total), f"{reckoned:,.6g}", fits)


def _counts(amount: Amount) -> bool:
    """Whether an amount is a plain count: no sum, share, measure or estimate."""
    measured = amount.money or amount.percent or amount.unit in mapping("units").values()
    return not measured and amount.hedge is None and amount.number.low == amount.number.high


def _run_before(tokens: Sequence[Token], read: Sequence[Amount], total: Amount) -> list[Amount]:
    """The counts right before a total, joined by commas and one `and`; none where something uncounted is among them."""
    between = tokens[read[-1].after : total.first]
    breaks = [at for at, token in enumerate(between) if token.text in DASHES | {",", "("} or token.norm == "or"]
    if not breaks or breaks[0] > 3 or len(between) - breaks[0] > 5 or not _plain(between[: breaks[0]]):
        return []
    parts = [read[-1]]
    for part in reversed(read[:-1]):
        gap = tokens[part.after : parts[0].first]
        joint = next((at for at, token in enumerate(gap) if token.text == "," or token.norm == "and"), None)
        if joint is None or joint > 2 or not _plain(gap[:joint]):
            break
        if {token.norm for token in gap[joint:]} - {",", "and"}:
            break
        parts.insert(0, part)
    joined = (
        any(token.norm == "and" for token in tokens[parts[-2].after : parts[-1].first]) if len(parts) > 1 else False
    )
    led = _before(tokens, parts[0].first)
    return parts if joined and led not in {",", "and"} and all(map(_counts, parts)) else []


def _plain(words_between: Sequence[Token]) -> bool:
    """Whether words only say what is counted: `(14) gold`."""
    return all(token.kind == "word" and token.norm not in words("closed_class") for token in words_between)


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
    place = _introduced(tokens)
    if place is None:
        return
    colon, end = place
    whole = [a for a in read if a.after <= colon and (a.unit or _one_body(tokens, a))]
    listed = [a for a in read if colon < a.first < end]
    counts = [a for a in whole if tokens[a.after - 1].norm.rstrip("s") in _STEPS]
    whole = [a for a in whole if a not in counts]
    if len(whole) != 1 or len(listed) > _MOST_PARTS or _open(tokens, 0, end):
        return
    total = whole[0]
    entries = [
        at for at in range(colon, end) if at == colon or tokens[at].text in {":", ",", ";"} or tokens[at].norm == "and"
    ]
    leads = {at + 1 for at in entries} | {
        at + 2 for at in entries if at + 1 < len(tokens) and tokens[at + 1].norm == "and"
    }
    single = [] if total.money or total.percent else _singles(tokens, sorted(leads), end)
    listed = sorted([*listed, *single])
    if len(listed) < 2 or any(a.first not in leads for a in listed):
        return
    if len(listed) < len([at for at in entries if tokens[at].text != ","]):
        return
    if total.unit == "percent" or total.money:
        alike = all(a.unit in {"", total.unit} for a in listed)
    else:
        alike = all(a.unit != "percent" and a.number.scale == listed[0].number.scale for a in listed)
        near = colon - total.after <= 2 and tokens[colon].kind == "mark"
        # `31 goals for the club this year: 14 in the league, nine in cups and six abroad`
        told = tokens[colon].text == ":" and len(listed) > 2 and all(a.unit in {"", total.unit} for a in listed)
        alike = alike and (near or told or bool(counts) or _one_body(tokens, total))
    joined = any(token.norm == "and" for token in tokens[listed[-2].after : listed[-1].first])
    if not alike or not joined or any(a.value >= total.value for a in listed):
        return
    named = listed if tokens[colon].text == ":" else _first_to_fit(listed, total)
    low, high = sum(a.low for a in named), sum(a.high for a in named)
    low -= sum(tokens[a.first].norm != "one" for a in single)  # `a suburb` may belong to the entry before
    compound = 100 * (prod(1 + a.value / 100 for a in listed) - 1)
    fits = _fits(total, low, high, 0.5) or (total.percent and _fits(total, compound, compound, 0.5))
    yield Checked(
        "parts", total.first, listed[-1].after, _words(tokens, total), f"{sum(a.value for a in listed):,.6g}", fits
    )


def _first_to_fit(listed: Sequence[Amount], total: Amount) -> Sequence[Amount]:
    """Where no colon says that all that follows are parts, those that make up the whole: `made up of seven men and
    five women, and two deputies`."""
    ends = (end for end in range(2, len(listed)) if sum(a.value for a in listed[:end]) == total.value)
    return listed[: next(ends, len(listed))]


def _introduced(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The last token that introduces the parts of a whole and one past their end: the one colon, one or two spaced
    dashes, or `made up of` after the number of one body (`a 12-member panel`, `a crew of 12`)."""
    colons = [at for at, token in enumerate(tokens) if token.text == ":"]
    if colons:
        return (colons[0], len(tokens)) if len(colons) == 1 else None
    dashes = [
        at for at in range(1, len(tokens) - 1) if tokens[at].text in DASHES and not touches(*tokens[at - 1 : at + 1])
    ]
    if len(dashes) in {1, 2}:
        return dashes[0], dashes[1] if len(dashes) == 2 else len(tokens)
    for at in range(1, len(tokens)):
        if tokens[at].norm in {"comprising", "namely"}:
            return at, len(tokens)
        if tokens[at].norm == "of" and tokens[at - 1].norm in {"up", "composed", "consisting", "consists"}:
            return at, len(tokens)
    return None


def _one_body(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether a number says how many make up one body: `a 12-member panel`, `a crew of 12`."""
    hyphened = amount.after < len(tokens) and tokens[amount.after].text in HYPHENS
    lead = [token.norm for token in tokens[max(0, amount.first - 4) : amount.first]]
    return bool({"a", "an", "the", "its", "their", "this"} & set(lead)) and (hyphened or lead[-1] == "of")


def _singles(tokens: Sequence[Token], leads: Sequence[int], end: int) -> list[Amount]:
    """`one cup`, `a cup` where an entry starts."""
    places = [at for at in leads if at + 1 < end and tokens[at].norm in {"one", "a", "an"}]
    return [Amount(at, at + 1, Number(at, at + 1, 1.0, 1.0, 1.0, 1.0), "", None) for at in places]


def _decided(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`of nine charges, cleared of six and found guilty of four`: parts that cannot overlap, and exceed the
    whole."""
    if len(read) < 3:
        return
    whole, *parts = read
    lead = [token.norm for token in tokens[max(0, whole.first - 2) : whole.first]]
    led = lead[-2:] in (["of", "the"], ["of", "its"], ["of", "their"]) or lead[-1:] == ["of"]
    if whole.percent or not (led or _of_whole(tokens, whole, parts[0])):
        return
    if len(parts) > 4 or any(a.unit and a.percent for a in parts) or _open(tokens, whole.first, parts[-1].after):
        return
    sides = [_outcomes(tokens, a, before, after) for a, before, after in _spaces(tokens, whole, parts)]
    if not _exclude_each_other(sides):
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
    inside = [token.norm for token in tokens[part.first : part.after]]
    around = [token.norm for token in tokens[before:after]]
    return sorted({word for word in (*around, *inside) if word in _matters()})


def _exclude_each_other(sides: Sequence[Sequence[str]]) -> bool:
    """Whether the outcomes of several parts are each another, of one matter: nobody can be in two parts."""
    matters = [{matter for word in side for matter in _matters()[word]} for side in sides]
    return bool(matters) and bool(set.intersection(*matters)) and len({frozenset(side) for side in sides}) == len(sides)


def _shares(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`60 percent was rye, 30 percent oats and 20 percent barley`: shares of one whole, the verb said once."""
    shares = [a for a in read if a.percent]
    if not 2 <= len(shares) <= _MOST_PARTS:
        return
    start, part = _fraction_held(tokens, shares[0].first) or (shares[0].first, 0.0)
    if len(shares) + bool(part) < 3 or _open(tokens, start, shares[-1].after):
        return
    span = tokens[start : shares[-1].after]
    between = [token.norm for token in span]
    verbs = [word for word in between if word in _WHOLE_VERBS]
    lead = [token.norm for token in tokens[max(0, start - 3) : start]]
    led = any(word in _WHOLE_VERBS for word in lead) or _held(tokens, start, shares[0])
    last = tokens[shares[-2].after : shares[-1].first]
    gapped = (len(verbs) + led == 1) and any(token.norm == "and" for token in last)
    compares = {"from", "to", "than", "against", "compared", "by", "while", "but", "who", "which"} | _ways()
    if not gapped or compares & set(between) or any(a.hedge for a in shares):
        return
    low = sum(a.low for a in shares) + part * 100
    yield Checked(
        "shares",
        start,
        shares[-1].after,
        "shares of one whole",
        f"{sum(a.value for a in shares) + part * 100:.4g} per cent",
        low <= 100,
    )


def _fraction_held(tokens: Sequence[Token], end: int) -> tuple[int, float] | None:
    """`(own) a fifth of the stock` before a place: where the fraction starts, and how much it is."""
    for at in range(max(1, end - 2 * _NEAR), end):
        fraction = _fraction(tokens, at) if tokens[at - 1].norm in _HOLDING | _WHOLE_VERBS else None
        if fraction and _word(tokens, fraction[1]) == "of":
            return at, fraction[0]
    return None


def _held(tokens: Sequence[Token], start: int, first: Amount) -> bool:
    """Whether what starts at a place is what somebody owns, or what something makes up of one mass: `own 30 per cent`,
    `accounts for 30 per cent of the power`, and not `of the members`."""
    verb = [token.norm for token in tokens[max(0, start - 2) : start]]
    if verb[-1:] and verb[-1] in _HOLDING:
        return True
    filling = (verb[-1:] == ["for"] and verb[0].startswith("account")) or verb in (["make", "up"], ["makes", "up"])
    mass = [token for token in tokens[first.after : first.after + 4] if token.norm not in {"of", "the", "its", "all"}]
    noun = mass[0].norm if mass else ""
    return filling and _word(tokens, first.after) == "of" and singular(noun) == noun


def _shares_decided(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`won 60 per cent of their games, drawn 25 per cent and lost 25 per cent`; `52 per cent for and 51 per cent
    against`: shares that exclude each other, and exceed the whole."""
    shares = [a for a in read if a.percent]
    compares = {"from", "to", "than", "compared", "last", "while", "but", "respectively"} | _ways()
    if not 2 <= len(shares) <= _MOST_PARTS or any(a.hedge for a in shares):
        return
    first, after = shares[0].first, shares[-1].after
    if compares & {token.norm for token in tokens[first:after]} or _open(tokens, first, after):
        return
    edges = [_joint_between(tokens, left, right) for left, right in pairwise(shares)]
    starts = [max(0, first - 4), *edges]
    ends = [*edges, min(len(tokens), after + _NEAR)]
    sides = [_outcomes(tokens, a, start, end) for a, start, end in zip(shares, starts, ends, strict=True)]
    if all(sides) and _exclude_each_other(sides):
        yield Checked(
            "shares",
            first,
            after,
            "shares of one whole",
            f"{sum(a.value for a in shares):.4g} per cent",
            sum(a.low for a in shares) <= 100,
        )


def _joint_between(tokens: Sequence[Token], left: Amount, right: Amount) -> int:
    """Where the words about one part give way to those about the next."""
    joints = (
        at
        for at in range(right.first - 1, left.after - 1, -1)
        if tokens[at].text in {",", ";"} or tokens[at].norm == "and"
    )
    return next(joints, left.after)


def _split(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`the five jurors split three for one film and one for another`, `the nine judges split 5-3`: votes that do not
    make up those who vote; `the five judges voted 4-2`: more votes than voters."""
    for whole in read:
        verb = _word(tokens, whole.after)
        if whole.hedge or verb not in {"split", "divided", "voted", "ruled"}:
            continue
        votes, after = _votes(tokens, whole.after + 1)
        if len(votes) < 2 or len(votes) > _MOST_PARTS or _open(tokens, whole.first, after):
            continue
        exact = verb in {"split", "divided"}
        fits = sum(votes) == whole.value if exact else sum(votes) <= whole.value
        yield Checked("parts", whole.first, after, _words(tokens, whole), f"{sum(votes):,.6g}", fits)


def _votes(tokens: Sequence[Token], at: int) -> tuple[list[float], int]:
    """The votes from a place on, and one past them: `5-3`, `five to three`, `four for one, two against`."""
    first = read_number(tokens, at) if at < len(tokens) else None
    if first is None or first.low != first.high:
        return [], at
    joint = tokens[first.after] if first.after < len(tokens) else None
    if joint is not None and (joint.norm == "to" or joint.text in HYPHENS | DASHES):
        second = read_number(tokens, first.after + 1) if first.after + 1 < len(tokens) else None
        return ([first.low, second.low], second.after) if second else ([], at)
    votes, after = [], at
    while at < len(tokens):
        number = read_number(tokens, at) if starts_number(tokens[at]) or tokens[at].norm == "one" else None
        if number and _word(tokens, number.after) in {"for", "against"}:
            votes.append(number.low)
            after = number.after
        elif number or tokens[at].norm in {"abstained", "abstaining", "abstention"}:
            return [], at
        at = number.after if number else at + 1
    return votes, after


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if at < len(tokens) else ""


def _converted(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`620 million reais, or $113 million at a rate of 5.5 reais to the dollar`."""
    for left, right, rate in zip(read, read[1:], read[2:], strict=False):
        joint = {token.norm for token in tokens[left.after : right.first]}
        link = [token.norm for token in tokens[right.after : rate.first]]
        sums = left.money and right.money and left.unit != right.unit and min(left.low, right.low, rate.low) > 0
        if not sums or not joint <= {",", "or", "(", "about", "some"} or len(link) > _NEAR or "rate" not in link:
            continue
        ratios = [(left.low / right.high, left.high / right.low), (right.low / left.high, right.high / left.low)]
        fits = any(low <= rate.high * 1.01 and high >= rate.low / 1.01 for low, high in ratios)
        likely = min((left.value / right.value, right.value / left.value), key=lambda ratio: abs(ratio - rate.value))
        yield Checked("scale", left.first, rate.after, _words(tokens, rate), f"a rate of {likely:.4g}", fits)


def _by_the_period(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`£1,200 a month, or £14,400 a year`: one rate for two periods."""
    for left, right in pairwise(read):
        short, long = _period_of(tokens, left), _period_of(tokens, right)
        joint = [token.norm for token in tokens[left.after : right.first]]
        if short is None or long is None or left.unit != right.unit or joint[-1:] != ["or"] or left.value <= 0:
            continue
        if (factor := _PERIODS.get((short, long))) is None or len(joint) > _NEAR / 2:
            continue
        low, high = factor * left.low, factor * right.high / right.value * left.high if right.value else 0.0
        yield Checked(
            "each",
            left.first,
            right.after,
            _words(tokens, right),
            f"{factor * left.value:,.6g}",
            _fits(right, low * (1 - _LOOSE), high * (1 + _LOOSE)),
        )


def _period_of(tokens: Sequence[Token], amount: Amount) -> str | None:
    """The period for which an amount is told: `£14 a week`, `£14 per week`."""
    return _word(tokens, amount.after + 1) if _word(tokens, amount.after) in {"a", "per", "each"} else None


def _multiplied(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`12 buses at £300,000 each, or £3.6 million`: so many at so much, and what they come to."""
    for count, each, total in zip(read, read[1:], read[2:], strict=False):
        told = _word(tokens, each.after) in {"each", "apiece"}
        link = [token.norm for token in tokens[count.after : each.first]]
        joint = [token.norm for token in tokens[each.after + 1 : total.first]]
        summed = joint[-1:] == ["or"] or joint[-2:] == ["total", "of"]
        if not (
            told and each.money and each.unit == total.unit and not count.money and not count.percent and count.unit
        ):
            continue
        if not summed or len(joint) > _NEAR or link not in (["at"], ["for"], ["costing"], ["worth"], [",", "at"]):
            continue
        low, high = count.low * each.low, count.high * each.high
        if not low / 3 < total.value < 3 * high:
            continue
        yield Checked(
            "total",
            count.first,
            total.after,
            _words(tokens, total),
            f"{count.value * each.value:,.6g}",
            _fits(total, low, high),
        )


def _share_in_words(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`230 of the camp’s 920 tents, or a third of them`; `230 of 920 tents (one in four)`."""
    for part, whole in pairwise(read):
        link = [token.norm for token in tokens[part.after : whole.first]]
        if link[:1] != ["of"] or len(link) > 4 or part.percent or whole.percent or not 0 < part.value < whole.value:
            continue
        joint = next(
            (at for at in range(whole.after, min(len(tokens), whole.after + 4)) if tokens[at].norm in {"or", "("}), None
        )
        if joint is None:
            continue
        hedge, said = 0, None
        while said is None and hedge < 3:
            hedge += 1
            said = _stated_share(tokens, joint + hedge)
        if said is None:
            continue
        share, after = said
        loose = _COARSE if hedge == 1 else 1.25 * _COARSE
        low, high = part.low / whole.high, part.high / whole.low
        yield Checked(
            "share",
            part.first,
            after,
            " ".join(token.text for token in tokens[joint + hedge : after]),
            f"{100 * part.value / whole.value:.3g} per cent",
            low <= share * (1 + loose) and high >= share * (1 - loose),
        )


def _stated_share(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """The share in words at a place, and one past it: `a third`, `one in four`."""
    ratio = [token.norm for token in tokens[at : at + 3]]
    if len(ratio) == 3 and ratio[1] in {"in", "of"} and starts_number(tokens[at]) and starts_number(tokens[at + 2]):
        low, high = read_number(tokens, at), read_number(tokens, at + 2)
        if low and high and low.after == at + 1 and 0 < low.low < high.low <= 20:
            return low.low / high.low, high.after
    return _fraction(tokens, at)


def _share(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`512 of the 640 families, or 80 per cent`; `of the 640 families, 512, or 80 per cent`."""
    for left, right, share in zip(read, read[1:], read[2:], strict=False):
        if not share.percent or left.percent or right.percent:
            continue
        link = [token.norm for token in tokens[left.after : right.first]]
        owned = len(link) > 1 and tokens[right.first - 1].possessive and len(link) <= 5
        if "of" in link and (owned or (link[-1] in {"of", "the", "its", "their", "all"} and len(link) <= 3)):
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


def _margin(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`5,310 votes to 4,900 for the mayor, a majority of 410`."""
    for left, right, stated in zip(read, read[1:], read[2:], strict=False):
        link = [token.norm for token in tokens[left.after : right.first]]
        facing = link[-1:] in (["to"], ["against"]) or ("and" in link and left.unit in {"vote", "ballot", "point"})
        if not facing or len(link) > 6 or _before(tokens, left.first) == "from" or not _led(tokens, right, stated):
            continue
        if not _one_kind(tokens, left, right, stated) or any(token.norm in _OVERALL for token in tokens):
            continue
        low, high = _apart(left, right)
        yield Checked(
            "change",
            left.first,
            stated.after,
            _words(tokens, stated),
            f"{abs(left.value - right.value):,.6g}",
            _fits(stated, low, high, 0.5),
        )


def _led(tokens: Sequence[Token], right: Amount, stated: Amount) -> bool:
    """Whether an amount is told as the lead of the two before it: `…, a majority of 410`."""
    between = [token.norm for token in tokens[right.after : stated.first]]
    marks = [at for at, word in enumerate(between) if word in DASHES | {",", "("}]
    if not marks or len(between) > 2 * _NEAR or {";", ":"} & set(between):
        return False
    *words, lead, of = ["", "", *between[marks[-1] + 1 :]]
    needed = {token.norm for token in tokens[stated.after : stated.after + 3]} & {"needed", "required", "necessary"}
    return of == "of" and lead in _LEADS and not needed and _PLAINLY.issuperset(words)


def _exceeded(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`80 pupils, 50 of whom came by bus and 40 by train`: parts that exclude each other, and exceed the whole."""
    for at, (whole, first, second) in enumerate(zip(read, read[1:], read[2:], strict=False)):
        if whole.percent or not _of_whole(tokens, whole, first) or _open(tokens, whole.first, second.after):
            continue
        parts = [first, second, *read[at + 3 : at + 5]]
        edges = [_joint(tokens, left, right) for left, right in pairwise(parts)]
        parts = parts[: 1 + (len(edges) if None not in edges else edges.index(None))]
        told = [_told(tokens, part) for part in parts]
        if len(parts) < 2 or any(_unlike(whole, part) or part.percent for part in parts):
            continue
        if any(part.value >= whole.value for part in parts) or not all(_excludes(told[0], other) for other in told[1:]):
            continue
        yield Checked(
            "parts",
            whole.first,
            parts[-1].after,
            _words(tokens, whole),
            f"{sum(a.value for a in parts):,.6g}",
            not whole.high < sum(a.low for a in parts) <= whole.high * _SLIP,
        )


def _of_whole(tokens: Sequence[Token], whole: Amount, part: Amount) -> bool:
    """Whether one amount is part of the one before: `, 50 of whom`, `, of which 50`, `of the 80 pupils, 50`."""
    link = [token.norm for token in tokens[whole.after : part.first]]
    behind = [token.norm for token in tokens[part.after : part.after + 2]]
    if len(link) > _NEAR:
        return False
    relative = behind[:1] == ["of"] and behind[1:] and behind[1] in _OF_THEM
    plain = [word for word in link if word != ","]
    led = plain[-2:-1] == ["of"] and plain[-1] in _OF_THEM
    lead = [token.norm for token in tokens[max(0, whole.first - 2) : whole.first]]
    return bool(relative or led or (lead[:1] == ["of"] and lead[-1] in {"the", "its", "their"} and "," in link))


def _joint(tokens: Sequence[Token], left: Amount, right: Amount) -> int | None:
    """Where the words about one part end and the next begins; None where they are not put side by side."""
    last = right.first - 1
    return last if last >= left.after and (tokens[last].norm == "and" or tokens[last].text in {",", ";"}) else None


def _told(tokens: Sequence[Token], part: Amount) -> list[Token]:
    """The words about a part, up to the next joint or mark."""
    told: list[Token] = []
    for token in tokens[part.after : part.after + 2 * _NEAR]:
        if token.norm == "and" or (token.kind == "mark" and token.text not in HYPHENS):
            break
        told.append(token)
    return told


def _excludes(first: Sequence[Token], second: Sequence[Token]) -> bool:
    """Whether nobody can be counted twice: one was given this and one that, went here and there, is in two places; the
    verb said once."""
    if not second:
        return False
    opener = second[0]
    if opener.norm == "by" and not (_one_agent(first) and _one_agent(second)):
        return False
    made = opener.norm == "by" and any(token.norm in members("change_words", "made") for token in first)
    given = any(token.norm in members("change_words", "given") for token in first)
    if made or (given and (is_determiner(opener) or any(token.norm == opener.norm for token in first))):
        return True
    places = [at for at, token in enumerate(first) if token.norm == opener.norm and at + 1 < len(first)]
    if opener.norm not in {"in", "at", "from"} or len(second) < 2 or not places:
        return False
    here, there = first[places[-1] + 1], second[1]
    return here.capitalised and there.capitalised and here.norm != there.norm


def _one_agent(told: Sequence[Token]) -> bool:
    """Whether what stands after `by` names one agent or means: `by the council`, `by bus`, and not `by women`."""
    place = next((at for at in range(len(told) - 1, -1, -1) if told[at].norm == "by"), None)
    if place is None or place + 1 >= len(told):
        return False
    agent = told[place + 1]
    plural = agent.norm in members("count_words", "plural") or singular(agent.norm) != agent.norm
    return is_determiner(agent) or not plural


def _placed(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`40 wells in a year, 15 in Aston, 20 in Barley and 12 in Corran`: more in several places than there are."""
    for at in range(1, len(read)):
        if _before(tokens, read[at].first) != "," or (here := _place(tokens, read[at])) is None:
            continue
        parts, places = [read[at]], [here]
        for part in read[at + 1 : at + _MOST_PARTS]:
            there = _place(tokens, part)
            gap = tokens[parts[-1].after + 1 : part.first]
            joints = [token.norm for token in gap if token.text == "," or token.norm == "and"]
            named = all(token.capitalised or token.norm in {",", "and", "of", "the"} for token in gap)
            if there is None or there[0] != here[0] or not named or joints not in ([","], ["and"], [",", "and"]):
                break
            parts.append(part)
            places.append(there)
        joined = any(token.norm == "and" for token in tokens[parts[-1].first - 1 : parts[-1].first])
        wholes = [a for a in read[:at] if a.unit and _counts(a)]
        if len(parts) < 2 or not joined or not wholes or len({name for _, name in places}) < len(places):
            continue
        whole = max(wholes, key=lambda a: a.value)
        reckoned = sum(part.value for part in parts)
        if parts[0].first - whole.after > 2 * _NEAR or _open(tokens, whole.first, parts[-1].after):
            continue
        fits = not whole.value < reckoned <= whole.value * _SLIP or any(a.hedge for a in read[: at + len(parts)])
        yield Checked("parts", whole.first, parts[-1].after, _words(tokens, whole), f"{reckoned:,.6g}", fits)
        return


def _place(tokens: Sequence[Token], part: Amount) -> tuple[str, str] | None:
    """The preposition and the name behind a bare number: `15 in Aston`."""
    preposition, name = _word(tokens, part.after), tokens[part.after + 1] if part.after + 1 < len(tokens) else None
    if part.unit or preposition not in {"in", "at", "from", "for", "to"} or name is None or not name.capitalised:
        return None
    return preposition, name.norm


def _remainder(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`of the 60 boats, 20 were lost and the other 30 saved`; `55 per cent is debt and the remaining 40 per cent
    equity`: parts of which the last is all that the others leave."""
    if not 2 <= len(read) <= _MOST_PARTS or any(a.hedge for a in read):
        return
    *others, last = read
    lead = [token.norm for token in tokens[max(0, last.first - 2) : last.first]]
    rest = lead in (["the", "remaining"], ["the", "other"])
    if not rest or any(token.norm in _SOME for token in tokens[others[0].first : last.after]):
        return
    if last.percent and all(a.percent for a in others):
        parts, most = others, 100.0
        whole = None
    elif len(others) > 1 and _of_whole(tokens, others[0], others[1]):
        whole, *parts = others
        most = whole.value
        if whole.percent or any(a.percent or _unlike(whole, a) for a in (*parts, last)):
            return
    else:
        return
    if any(a.value >= most for a in (*parts, last)):
        return
    stated = whole or last
    sums = [(sum(a.low for a in some) + last.low, sum(a.high for a in some) + last.high) for some in _some(parts)]
    fits = any(_fits(whole, low, high, 0.5) if whole else low <= most <= high for low, high in sums)
    if not whole:  # `bought 30 per cent and will buy the remaining 20 per cent`; `the other 30 per cent of the old`
        near = abs(sum(a.value for a in read) - most) <= most * _SLIP - most
        fits = fits or not near or (last.after < len(tokens) and tokens[last.after].norm == "of")
    yield Checked(
        "parts",
        others[0].first,
        last.after,
        _words(tokens, stated) if whole else "the rest of 100 per cent",
        f"{sum(a.value for a in parts) + last.value:,.6g}",
        fits,
    )


def _some(parts: Sequence[Amount]) -> Iterator[tuple[Amount, ...]]:
    """Any one or more of the parts: one may be part of another."""
    return (some for size in range(1, len(parts) + 1) for some in combinations(parts, size))


def _ratio(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`one in four voters, or 30 per cent`; `two-thirds (75 per cent)`."""
    for share in read:
        start = max(0, share.first - _NEAR)
        joint = share.first - 1
        if not share.percent or share.hedge or joint < 1 or tokens[joint].norm not in {"or", "("}:
            continue
        told = next((told for at in range(start, joint) if (told := _proportion(tokens, at, joint))), None)
        if told is None:
            continue
        first, part = told
        low, high = 100 * part * (1 - _COARSE / 2), 100 * part * (1 + _COARSE / 2)
        stated = _words(tokens, share)
        yield Checked("share", first, share.after, stated, f"{100 * part:.3g} per cent", _fits(share, low, high))


def _proportion(tokens: Sequence[Token], at: int, joint: int) -> tuple[int, float] | None:
    """A proportion in words at a place, with few words up to a joint: `three in five (nurses)`, `a third`; the place
    with it."""
    if at and (tokens[at - 1].norm in mapping("hedges") or tokens[at - 1].norm in {"than", "least", "to", "under"}):
        return None
    ratio = [token.norm for token in tokens[at : at + 3]]
    if len(ratio) == 3 and ratio[1] == "in" and starts_number(tokens[at]) and starts_number(tokens[at + 2]):
        low, high = read_number(tokens, at), read_number(tokens, at + 2)
        part = low.low / high.low if low and high and low.after == at + 1 and 0 < low.low < high.low <= 20 else None
        after = high.after if high else at
    elif (fraction := _fraction(tokens, at)) is not None and (not at or tokens[at - 1].text not in HYPHENS):
        part, after = fraction
    else:
        return None
    between = [token.norm for token in tokens[after:joint]]
    plain = not any(token.kind == "number" for token in tokens[after:joint]) and "and" not in between
    return (at, part) if part and plain and len(between) <= 5 else None


def _rescaled(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`£3,469,800, or £3.47bn`: one sum said twice, a thousand times apart; `₹400 crore, or ₹40 billion`: any power of
    ten apart."""
    for left, right in pairwise(read):
        joint = [token.norm for token in tokens[left.after : right.first]]
        if not left.value or not right.value or joint not in _SAID_AGAIN:
            continue
        indian = [any(token.norm in _INDIAN for token in tokens[a.first : a.after + 1]) for a in (left, right)]
        turned = indian[0] != indian[1] and left.unit == right.unit and left.unit not in {"", "percent"}
        if not turned and not (left.money and right.money):
            continue
        ratio = max(left.value, right.value) / min(left.value, right.value)
        powers = [10.0**power for power in range(1, 7)] if turned else [1e3, 1e6]
        slipped = any(abs(ratio / power - 1) < 0.02 for power in powers)
        if _word(tokens, right.after) in {"a", "an", "per", "each", "more", "less"} and not turned:
            continue
        yield Checked("scale", left.first, right.after, _words(tokens, right), _words(tokens, left), not slipped)


_READINGS = (
    *(
        _changed,
        _compared,
        _up_by,
        _margin,
        _totals,
        _totals_of_kinds,
        _parts,
        _decided,
        _exceeded,
        _placed,
        _remainder,
    ),
    *(_shares, _shares_decided, _share, _share_in_words, _ratio, _each, _rescaled),
    *(_split, _converted, _by_the_period, _multiplied),
)


def _open(tokens: Sequence[Token], first: int, after: int) -> bool:
    return any(token.norm in members("change_words", "open") for token in tokens[first:after])


@cache
def _matters() -> dict[str, frozenset[str]]:
    """For every outcome the matters that it decides."""
    rows = table("outcomes")
    return {
        word: frozenset(r["matter"] for r in rows if r["word"] == word)
        for word in dict.fromkeys(r["word"] for r in rows)
    }


@cache
def _ways() -> frozenset[str]:
    return members("change_words", "up") | members("change_words", "down")


@cache
def _mores() -> frozenset[str]:
    return members("change_words", "more") | members("change_words", "less")


@cache
def _uncounted() -> frozenset[str]:
    return members("count_words", "uncounted")


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
