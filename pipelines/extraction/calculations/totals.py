"""Totals and the parts that they are told in: kinds, places, entries of a list."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import inf, prod

from pipelines.extraction.amounts import Amount
from pipelines.extraction.calculations.checks import (
    MOST_PARTS,
    NEAR,
    SLIP,
    Checked,
    comes_near,
    is_count,
    is_open,
    word_at,
    word_before,
    words_of,
)
from pipelines.language.lexicons import words
from pipelines.language.numbers import Number
from pipelines.language.tokens import DASHES, HYPHENS, Token, touches

_STEPS = frozenset({"step", "phase", "stage", "instalment", "installment", "tranche"})


def check_totals(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`A, B and C, a total of T`; `A and B, or T in all`; `four 50-bed wards with a combined 200 beds`."""
    for total in read:
        if not total.unit or not _is_total(tokens, total):
            continue
        parts = [a for a in read if a is not total and a.after <= total.first and (a.unit == total.unit)]
        counts = [a for a in read if a is not total and a.unit != total.unit and not a.percent]
        sized = [a for a in parts if any(_adjacent(tokens, count, a) for count in counts)]
        if not 1 < len(parts) <= MOST_PARTS and not sized:
            continue
        if is_open(tokens, parts[0].first, total.after):
            continue
        sums = [(sum(a.low for a in some), sum(a.high for a in some)) for some in _subsets(parts)]
        products = [(c.value * a.low, c.value * a.high) for c in counts for a in parts]
        paired = sum(count * size for count, size in _paired(tokens, counts, parts))
        sides = [(paired, paired)] if paired else []
        fits = any(comes_near(total, low, high, 0.5) for low, high in sums + products + sides)
        if len(parts) > 1:
            reckoned = sum(a.value for a in parts)
        else:
            reckoned = next(c.value * parts[0].value for c in counts if _adjacent(tokens, c, parts[0]))
        yield Checked("total", parts[0].first, total.after, words_of(tokens, total), f"{reckoned:,.6g}", fits)


def check_totals_of_kinds(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`18 forwards and 14 backs, 32 players in all`; `nine gold medals, 12 silver and 14 bronze, 35 in all`."""
    for at, total in enumerate(read):
        if at < 2 or not is_count(total) or not _is_total(tokens, total) or is_open(tokens, read[0].first, total.after):
            continue
        if word_at(tokens, total.after + 2) in {"with", "counting", "if", "when"}:
            continue
        parts = _run_before(tokens, read[:at], total)
        if not 1 < len(parts) <= MOST_PARTS or any(part.unit and part.unit == total.unit for part in parts):
            continue
        reckoned = sum(part.value for part in parts)
        # `three albums and two singles, 42 songs in all` counts something else
        near = reckoned / total.value if total.value else inf
        if not 1 / (most := SLIP if total.unit else 1.5) <= near <= most:
            continue
        fits = any(comes_near(total, low, low, 0.5) for low in (sum(a.value for a in some) for some in _subsets(parts)))
        yield Checked("total", parts[0].first, total.after, words_of(tokens, total), f"{reckoned:,.6g}", fits)


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
    led = word_before(tokens, parts[0].first)
    return parts if joined and led not in {",", "and"} and all(map(is_count, parts)) else []


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


def check_parts(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`14 people: nine drivers, three guards and four walkers`; `8 per cent, in two steps: 5 in May and 3 in July`."""
    place = _introduced(tokens)
    if place is None:
        return
    colon, end = place
    whole = [a for a in read if a.after <= colon and (a.unit or _one_body(tokens, a))]
    listed = [a for a in read if colon < a.first < end]
    counts = [a for a in whole if tokens[a.after - 1].norm.rstrip("s") in _STEPS]
    whole = [a for a in whole if a not in counts]
    if len(whole) != 1 or len(listed) > MOST_PARTS or is_open(tokens, 0, end):
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
    fits = comes_near(total, low, high, 0.5) or (total.percent and comes_near(total, compound, compound, 0.5))
    yield Checked(
        "parts", total.first, listed[-1].after, words_of(tokens, total), f"{sum(a.value for a in listed):,.6g}", fits
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


def check_placed(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`40 wells in a year, 15 in Aston, 20 in Barley and 12 in Corran`: more in several places than there are."""
    for at in range(1, len(read)):
        if word_before(tokens, read[at].first) != "," or (here := _place(tokens, read[at])) is None:
            continue
        parts, places = [read[at]], [here]
        for part in read[at + 1 : at + MOST_PARTS]:
            there = _place(tokens, part)
            gap = tokens[parts[-1].after + 1 : part.first]
            joints = [token.norm for token in gap if token.text == "," or token.norm == "and"]
            named = all(token.capitalised or token.norm in {",", "and", "of", "the"} for token in gap)
            if there is None or there[0] != here[0] or not named or joints not in ([","], ["and"], [",", "and"]):
                break
            parts.append(part)
            places.append(there)
        joined = any(token.norm == "and" for token in tokens[parts[-1].first - 1 : parts[-1].first])
        wholes = [a for a in read[:at] if a.unit and is_count(a)]
        if len(parts) < 2 or not joined or not wholes or len({name for _, name in places}) < len(places):
            continue
        whole = max(wholes, key=lambda a: a.value)
        reckoned = sum(part.value for part in parts)
        if parts[0].first - whole.after > 2 * NEAR or is_open(tokens, whole.first, parts[-1].after):
            continue
        fits = not whole.value < reckoned <= whole.value * SLIP or any(a.hedge for a in read[: at + len(parts)])
        yield Checked("parts", whole.first, parts[-1].after, words_of(tokens, whole), f"{reckoned:,.6g}", fits)
        return


def _place(tokens: Sequence[Token], part: Amount) -> tuple[str, str] | None:
    """The preposition and the name behind a bare number: `15 in Aston`."""
    preposition, name = word_at(tokens, part.after), tokens[part.after + 1] if part.after + 1 < len(tokens) else None
    if part.unit or preposition not in {"in", "at", "from", "for", "to"} or name is None or not name.capitalised:
        return None
    return preposition, name.norm
