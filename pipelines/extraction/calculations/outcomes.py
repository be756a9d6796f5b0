"""What became of the parts of a whole, and the shares of it: no part counts twice."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise

from pipelines.extraction.amounts import Amount
from pipelines.extraction.calculations.checks import (
    MOST_PARTS,
    NEAR,
    SLIP,
    Checked,
    comes_near,
    fraction_at,
    is_count,
    is_open,
    unlike,
    ways,
    word_at,
    words_of,
)
from pipelines.language.lexicons import members, table
from pipelines.language.numbers import read_number, starts_number
from pipelines.language.phrases import is_determiner, singular
from pipelines.language.tokens import DASHES, HYPHENS, Token

MOST_AMOUNTS = 40  # in a sentence: one with more is a table
_SOME = frozenset({"one", "half", "third", "quarter", "some", "several", "both", "many", "most", "few", "none", "each"})
OF_THEM = frozenset({"whom", "which", "them", "these", "those"})
_WHOLE_VERBS = frozenset(
    {"is", "are", "was", "were", "comes", "come", "came", "goes", "go", "went", "owns", "holds", "held"}
)
_HOLDING = frozenset({"own", "owned", "control", "controls", "controlled"})


def of_sentence_before(
    tokens: Sequence[Token], read: Sequence[Amount], before: Sequence[Token], counted: Sequence[Amount]
) -> list[tuple[Sequence[Token], Checked]]:
    """Parts of a whole that the sentence before counts, each with the tokens of both: `It heard 40 claims. Of these, 20
    were upheld and 25 rejected.`"""
    wholes = [amount for amount in counted if amount.unit and is_count(amount)]
    if not wholes or len(counted) > MOST_AMOUNTS:
        return []
    whole = wholes[-1]
    if any(amount.value >= sum(part.value for part in read) for amount in wholes[:-1]):
        return []
    own = before[whole.first : whole.after]
    joined = [*own, *tokens]
    here = [_moved(whole, -whole.first), *(_moved(part, len(own)) for part in read)]
    return [(joined, checked) for reading in (check_decided, check_exceeded) for checked in reading(joined, here)]


def _moved(amount: Amount, by: int) -> Amount:
    return amount._replace(first=amount.first + by, after=amount.after + by)


def check_decided(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`of nine charges, cleared of six and found guilty of four`: parts that cannot overlap, and exceed the
    whole."""
    if len(read) < 3:
        return
    whole, *parts = read
    lead = [token.norm for token in tokens[max(0, whole.first - 2) : whole.first]]
    led = lead[-2:] in (["of", "the"], ["of", "its"], ["of", "their"]) or lead[-1:] == ["of"]
    if whole.percent or not (led or _of_whole(tokens, whole, parts[0])):
        return
    if len(parts) > 4 or any(a.unit and a.percent for a in parts) or is_open(tokens, whole.first, parts[-1].after):
        return
    sides = [_outcomes(tokens, a, before, after) for a, before, after in _spaces(tokens, whole, parts)]
    if not _exclude_each_other(sides):
        return
    low = sum(a.low for a in parts)
    yield Checked(
        "parts",
        whole.first,
        parts[-1].after,
        words_of(tokens, whole),
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


def check_shares(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`60 percent was rye, 30 percent oats and 20 percent barley`: shares of one whole, the verb said once."""
    shares = [a for a in read if a.percent]
    if not 2 <= len(shares) <= MOST_PARTS:
        return
    start, part = _fraction_held(tokens, shares[0].first) or (shares[0].first, 0.0)
    if len(shares) + bool(part) < 3 or is_open(tokens, start, shares[-1].after):
        return
    span = tokens[start : shares[-1].after]
    between = [token.norm for token in span]
    verbs = [word for word in between if word in _WHOLE_VERBS]
    lead = [token.norm for token in tokens[max(0, start - 3) : start]]
    led = any(word in _WHOLE_VERBS for word in lead) or _held(tokens, start, shares[0])
    last = tokens[shares[-2].after : shares[-1].first]
    gapped = (len(verbs) + led == 1) and any(token.norm == "and" for token in last)
    compares = {"from", "to", "than", "against", "compared", "by", "while", "but", "who", "which"} | ways()
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
    for at in range(max(1, end - 2 * NEAR), end):
        fraction = fraction_at(tokens, at) if tokens[at - 1].norm in _HOLDING | _WHOLE_VERBS else None
        if fraction and word_at(tokens, fraction[1]) == "of":
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
    return filling and word_at(tokens, first.after) == "of" and singular(noun) == noun


def check_shares_decided(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`won 60 per cent of their games, drawn 25 per cent and lost 25 per cent`; `52 per cent for and 51 per cent
    against`: shares that exclude each other, and exceed the whole."""
    shares = [a for a in read if a.percent]
    compares = {"from", "to", "than", "compared", "last", "while", "but", "respectively"} | ways()
    if not 2 <= len(shares) <= MOST_PARTS or any(a.hedge for a in shares):
        return
    first, after = shares[0].first, shares[-1].after
    if compares & {token.norm for token in tokens[first:after]} or is_open(tokens, first, after):
        return
    edges = [_joint_between(tokens, left, right) for left, right in pairwise(shares)]
    starts = [max(0, first - 4), *edges]
    ends = [*edges, min(len(tokens), after + NEAR)]
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


def check_split(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`the five jurors split three for one film and one for another`, `the nine judges split 5-3`: votes that do not
    make up those who vote; `the five judges voted 4-2`: more votes than voters."""
    for whole in read:
        verb = word_at(tokens, whole.after)
        if whole.hedge or verb not in {"split", "divided", "voted", "ruled"}:
            continue
        votes, after = _votes(tokens, whole.after + 1)
        if len(votes) < 2 or len(votes) > MOST_PARTS or is_open(tokens, whole.first, after):
            continue
        exact = verb in {"split", "divided"}
        fits = sum(votes) == whole.value if exact else sum(votes) <= whole.value
        yield Checked("parts", whole.first, after, words_of(tokens, whole), f"{sum(votes):,.6g}", fits)


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
        if number and word_at(tokens, number.after) in {"for", "against"}:
            votes.append(number.low)
            after = number.after
        elif number or tokens[at].norm in {"abstained", "abstaining", "abstention"}:
            return [], at
        at = number.after if number else at + 1
    return votes, after


def check_exceeded(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`80 pupils, 50 of whom came by bus and 40 by train`: parts that exclude each other, and exceed the whole."""
    for at, (whole, first, second) in enumerate(zip(read, read[1:], read[2:], strict=False)):
        if whole.percent or not _of_whole(tokens, whole, first) or is_open(tokens, whole.first, second.after):
            continue
        parts = [first, second, *read[at + 3 : at + 5]]
        edges = [_joint(tokens, left, right) for left, right in pairwise(parts)]
        parts = parts[: 1 + (len(edges) if None not in edges else edges.index(None))]
        told = [_told(tokens, part) for part in parts]
        if len(parts) < 2 or any(unlike(whole, part) or part.percent for part in parts):
            continue
        if any(part.value >= whole.value for part in parts) or not all(_excludes(told[0], other) for other in told[1:]):
            continue
        yield Checked(
            "parts",
            whole.first,
            parts[-1].after,
            words_of(tokens, whole),
            f"{sum(a.value for a in parts):,.6g}",
            not whole.high < sum(a.low for a in parts) <= whole.high * SLIP,
        )


def _of_whole(tokens: Sequence[Token], whole: Amount, part: Amount) -> bool:
    """Whether one amount is part of the one before: `, 50 of whom`, `, of which 50`, `of the 80 pupils, 50`."""
    link = [token.norm for token in tokens[whole.after : part.first]]
    behind = [token.norm for token in tokens[part.after : part.after + 2]]
    if len(link) > NEAR:
        return False
    relative = behind[:1] == ["of"] and behind[1:] and behind[1] in OF_THEM
    plain = [word for word in link if word != ","]
    led = plain[-2:-1] == ["of"] and plain[-1] in OF_THEM
    lead = [token.norm for token in tokens[max(0, whole.first - 2) : whole.first]]
    return bool(relative or led or (lead[:1] == ["of"] and lead[-1] in {"the", "its", "their"} and "," in link))


def _joint(tokens: Sequence[Token], left: Amount, right: Amount) -> int | None:
    """Where the words about one part end and the next begins; None where they are not put side by side."""
    last = right.first - 1
    return last if last >= left.after and (tokens[last].norm == "and" or tokens[last].text in {",", ";"}) else None


def _told(tokens: Sequence[Token], part: Amount) -> list[Token]:
    """The words about a part, up to the next joint or mark."""
    told: list[Token] = []
    for token in tokens[part.after : part.after + 2 * NEAR]:
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


def check_remainder(tokens: Sequence[Token], read: Sequence[Amount]) -> Iterator[Checked]:
    """`of the 60 boats, 20 were lost and the other 30 saved`; `55 per cent is debt and the remaining 40 per cent
    equity`: parts of which the last is all that the others leave."""
    if not 2 <= len(read) <= MOST_PARTS or any(a.hedge for a in read):
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
        if whole.percent or any(a.percent or unlike(whole, a) for a in (*parts, last)):
            return
    else:
        return
    if any(a.value >= most for a in (*parts, last)):
        return
    stated = whole or last
    sums = [(sum(a.low for a in some) + last.low, sum(a.high for a in some) + last.high) for some in _some(parts)]
    fits = any(comes_near(whole, low, high, 0.5) if whole else low <= most <= high for low, high in sums)
    if not whole:  # `bought 30 per cent and will buy the remaining 20 per cent`; `the other 30 per cent of the old`
        near = abs(sum(a.value for a in read) - most) <= most * SLIP - most
        fits = fits or not near or (last.after < len(tokens) and tokens[last.after].norm == "of")
    yield Checked(
        "parts",
        others[0].first,
        last.after,
        words_of(tokens, stated) if whole else "the rest of 100 per cent",
        f"{sum(a.value for a in parts) + last.value:,.6g}",
        fits,
    )


def _some(parts: Sequence[Amount]) -> Iterator[tuple[Amount, ...]]:
    """Any one or more of the parts: one may be part of another."""
    return (some for size in range(1, len(parts) + 1) for some in combinations(parts, size))


@cache
def _matters() -> dict[str, frozenset[str]]:
    """For every outcome the matters that it decides."""
    rows = table("outcomes")
    return {
        word: frozenset(r["matter"] for r in rows if r["word"] == word)
        for word in dict.fromkeys(r["word"] for r in rows)
    }
