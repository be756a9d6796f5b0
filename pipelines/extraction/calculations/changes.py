"""Changes from one number to another: by how much, by what share, how many times."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from pipelines.extraction.amounts import Amount
from pipelines.extraction.calculations.checks import (
    COARSE,
    NEAR,
    Checked,
    comes_near,
    fraction_at,
    how_far_apart,
    one_kind,
    ways,
    word_at,
    word_before,
    words_of,
)
from pipelines.language.lexicons import mapping, members
from pipelines.language.tokens import DASHES, Token

_RANKED = frozenset(
    {"rank", "ranking", "rankings", "place", "position", "spot", "seed", "no", "table", "standings", "age"}
)
_MULTIPLES = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadr": 4.0, "halv": 0.5, "twofold": 2.0, "threefold": 3.0}
_MULTIPLES |= {"fourfold": 4.0, "fivefold": 5.0, "sixfold": 6.0, "tenfold": 10.0}
_TIMES = frozenset({"in", "over", "within", "since", "during", "between", "by"})
# After a difference, another base: `up 5 on last year`.
_BASES = frozenset({"on", "since", "than", "compared", "over", "versus", "against"})
_RATES = frozenset({"a", "an", "per", "each", "every"})
_PREMIUMS = frozenset({"premium", "discount", "mark-up", "markup"})


def check_changed(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`from A to B`, `to B from A`, with its share, direction or multiple; one of them in the sentence."""
    pairs = [pair for pair in pairwise(read) if _from_to(tokens, *pair)]
    if len(pairs) != 1:
        return
    left, right = pairs[0]
    old, new = (left, right) if word_before(tokens, left.first) == "from" else (right, left)
    shares = [amount for amount in read if amount.percent and amount not in {left, right}]
    if len(shares) == 1 and _beside(shares[0], left, right):
        yield from _change_stated(tokens, old, new, shares[0])
    yield from _difference(tokens, read, old, new)
    yield from _by_fraction(tokens, old, new)
    yield from _direction(tokens, old, new, left.first)
    yield from _multiple(tokens, old, new, left.first)


def _from_to(tokens: Sequence[Token], left: Amount, right: Amount) -> bool:
    leads = word_before(tokens, left.first), word_before(tokens, right.first)
    alike = left.unit == right.unit or not (left.unit and right.unit)
    return alike and leads in {("from", "to"), ("to", "from")} and right.first - left.after <= NEAR


def _beside(amount: Amount, left: Amount, right: Amount) -> bool:
    return 0 <= left.first - amount.after <= NEAR or 0 <= amount.first - right.after <= NEAR


def _change_stated(tokens: Sequence[Token], old: Amount, new: Amount, share: Amount) -> Iterator[Checked]:
    """The share of a change from one amount to another, where words of change stand with it."""
    if old.percent or new.percent or old.unit == "percentage point" or old.value <= 0 or not _of_change(tokens, share):
        return
    reckoned = [_change(start, new) for start in _scaled(old, new)]
    yield Checked(
        "change",
        min(old.first - 1, new.first - 1, share.first),
        max(old.after, new.after, share.after),
        words_of(tokens, share),
        f"{reckoned[0][1]:.3g} per cent",
        any(_rounds(share, low, likely, high) for low, likely, high in reckoned),
    )


def _of_change(tokens: Sequence[Token], share: Amount) -> bool:
    """Whether a share is that of a change: `up 20%`, `a rise of 20%`, `a 20% increase`, `, or 20%`, `by 20%`."""
    before = {token.norm for token in tokens[max(0, share.first - 3) : share.first]}
    following = {token.norm for token in tokens[share.after : share.after + 2]}
    return bool(before & (ways() | {"or", "by"}) or following & (ways() | _mores()))


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
    if len(told) != 1 or not one_kind(tokens, old, new, stated := told[0]):
        return
    spans = [how_far_apart(start, new) for start in _scaled(old, new)]
    if stated.percent and old.value > 0:
        least, _, most = _change(old, new)
        spans.append((least, most))
    yield Checked(
        "change",
        min(left.first - 1, stated.first),
        max(right.after, stated.after),
        words_of(tokens, stated),
        f"{abs(new.value - _scaled(old, new)[0].value):,.6g}",
        any(comes_near(stated, low, high, 0.5) for low, high in spans),
    )


def _by_how_much(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether an amount is how much something changed: `up 15`, `fell by 15`, `a drop of 15`, `a 15-point drop`."""
    before = [token.norm for token in tokens[max(0, amount.first - 2) : amount.first]]
    following = [token.norm for token in tokens[amount.after : amount.after + 4]]
    if _BASES & set(following[:2]) or _RATES & set(following[:2]):
        return False
    change = ways() | {"difference", "change", "swing", "loss"}
    told = before[0] in (change if before[-1] == "of" else ways() if before[-1] == "by" else ()) if before else False
    ahead = before[-1:] in (["a"], ["an"]) and bool(change & set(following)) and not _uncounted() & set(following)
    return told or ahead or (bool(before) and before[-1] in ways())


def _by_fraction(tokens: Sequence[Token], old: Amount, new: Amount) -> Iterator[Checked]:
    """`from 40 to 60, a rise of a third`; `fell by half, from 40 to 30`."""
    left, right = sorted((old, new))
    if old.percent or new.percent or old.value <= 0:
        return
    for at in range(max(1, left.first - NEAR), min(len(tokens) - 1, right.after + NEAR)):
        joint = tokens[at].norm in {"by", "of"} and tokens[at - 1].norm in ways()
        fraction = fraction_at(tokens, at + 1) if joint else None
        if fraction is None:
            continue
        part, after = fraction
        low, likely, high = _change(_scaled(old, new)[0], new)
        fits = low <= 100 * part * (1 + COARSE) and high >= 100 * part * (1 - COARSE)
        stated = " ".join(token.text for token in tokens[at + 1 : after])
        yield Checked(
            "change", min(left.first - 1, at - 1), max(right.after, after), stated, f"{likely:.3g} per cent", fits
        )


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
    for at in range(after, min(len(tokens), after + NEAR)):
        if tokens[at].norm not in _multiples():
            continue
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        before = {token.norm for token in tokens[max(after, at - 3) : at]}
        spread = {"some", "many", "places", "parts"} & {token.norm for token in tokens[at + 1 : at + 3]}
        alone = following is None or following.kind == "mark" or (following.norm in _TIMES and not spread)
        fold = tokens[at].norm.endswith("fold") and following is not None and following.norm in ways()
        told = tokens[at].norm.endswith("ing") and before & {",", "a", "–", "—", "("} and alone
        return at if told or (fold and before & {"a"}) else None
    return None


def check_up_by(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`66,000 visitors, up 6,000 from 60,000`."""
    for new, more, old in zip(read, read[1:], read[2:], strict=False):
        link = [token.norm for token in tokens[more.after : old.first]]
        way = mapping("change_words").get(word_before(tokens, more.first))
        if link not in (["from"], ["on"]) or way not in {"up", "down"} or more.first - new.after > 3:
            continue
        if more.percent or not new.unit or old.unit not in {"", new.unit} or more.unit not in {"", new.unit}:
            continue
        low, high = (
            (new.low - old.high, new.high - old.low) if way == "up" else (old.low - new.high, old.high - new.low)
        )
        reckoned = f"{abs(new.value - old.value):,.6g}"
        yield Checked(
            "change", new.first, old.after, words_of(tokens, more), reckoned, comes_near(more, low, high, 0.5)
        )


def check_compared(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`$940, up 6 percent from $890`, `1.2 million litres, 20 per cent more than the 1.0 million litres`, `$12 a
    share, a premium of 20 per cent to the last price of $10`."""
    for new, share, old in zip(read, read[1:], read[2:], strict=False):
        if not share.percent or new.percent or old.percent or not new.unit or new.unit != old.unit or old.value <= 0:
            continue
        if not _based(tokens, share, old) or not _said_of(tokens, new, share):
            continue
        if word_at(tokens, old.after) == "and" and any(amount.first == old.after + 1 for amount in read):
            continue  # `up 6 percent from $890 and $75`, each of two
        low, likely, high = _change(old, new)
        stated, reckoned = words_of(tokens, share), f"{likely:.3g} per cent"
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
        base = link[1:] if link[:1] == ["from"] and before[-1:] and before[-1] in ways() else None
    if base is None or len(base) > NEAR:
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
    return len(between) <= NEAR and len(breaks) == 1 and breaks[0] >= len(between) - 4 and not apart & set(between)


def _rounds(share: Amount, low: float, likely: float, high: float) -> bool:
    """Whether a share is right once rounded or cut off; a change of 5 per cent is not one of 4."""
    if share.hedge or share.number.low != share.number.high:
        return comes_near(share, low, high)
    half = share.number.step / 2
    return (low <= share.value + half and high >= share.value - half) or abs(likely - share.value) < 1.98 * half


@cache
def _mores() -> frozenset[str]:
    return members("change_words", "more") | members("change_words", "less")


@cache
def _uncounted() -> frozenset[str]:
    return members("count_words", "uncounted")


@cache
def _multiples() -> frozenset[str]:
    return members("change_words", "multiple")
