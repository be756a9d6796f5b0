"""Tallies: how many were killed, hired or rescued, and how heavy, long or strong one thing is.

A number is read with the words beside it: the verb before it (`killed 14 people`), the predicate after it (`14 people
died`), the noun that is counted (`14 deaths`), the title of the count (`the death toll stands at 14`), or the thing
that a size is of (`a satellite of 640 kilograms`, `the 225-megawatt plant`). Other counts of things are read where they
can be held against each other (`counted`).
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipelines.extraction.amounts import Amount, amounts
from pipelines.extraction.counted import Counted, counted, made_of
from pipelines.extraction.document import Document, Row, Sentence
from pipelines.extraction.fates import Counting, fate, taken_up
from pipelines.language.lexicons import mapping, members, words
from pipelines.language.names import name_spans
from pipelines.language.numbers import holds_number
from pipelines.language.phrases import CALENDAR, is_determiner, singular, things
from pipelines.language.tokens import HYPHENS, Token

_MOST = 40  # amounts of a sentence: one with more is a table
_REACH = 12  # tokens to either side that say what a number is of
_PLACING = frozenset({"in", "at", "near", "across", "off", "outside"})
_FEWEST_SEATS = 100  # fewer are those of a council, a car
_SIZES = frozenset({"long", "tall", "wide", "high", "deep"})
_UNITS = frozenset({"seat", "storey", "story", "bed", "room", "berth", "lane"})
# What is brought in is weighed, or measured by volume.
_YIELDS = frozenset({"ton", "tonne", "kilogram", "pound", "bushel", "barrel", "litre"})
# By how much a contest is decided.
_MARGINS = frozenset({"margin", "lead", "majority", "gap", "difference", "advantage", "edge"})
_BEATING = frozenset({"win", "wins", "won", "winning", "lose", "loses", "lost", "losing", "beat", "beats", "beating"})
_BEATING |= {"lead", "leads", "led", "leading", "ahead", "behind", "trails", "trailed", "trailing", "defeated", "edged"}
_BEATING |= {"decided", "separated", "carried"}
_DIVIDING = frozenset({"separate", "separated", "separates", "separating", "decide", "decided", "decides", "ahead"})
_DIVIDING |= {"behind", "between", "apart"}
_UNSURE = frozenset({"if", "could", "would", "might", "may", "when"})
_STOPS = frozenset('.;:“”"') | {"and", "but", "while"}


class Tally(NamedTuple):
    """What a number is of: the measure, whom or what it counts, and the thing that has the size; `some` as a `Fate`
    has it."""

    measure: str
    of: str
    subject: str | None = None
    some: bool = False


def extract(document: Document) -> list[Row]:
    """Rows of the table `tallies`, in order of place."""
    rows = []
    sized: set[Tally] = set()
    told: list[Amount] = []
    people = Counting()
    of_headline: list[tuple[Row, Amount]] = []
    opening = _Opening(document)
    for sentence in document.prose:
        if _cues().isdisjoint(sentence.tokens.norms) and not holds_number(sentence.tokens):
            opening.speaks_of(sentence)
            continue
        told_of = amounts(sentence.tokens, document.text)
        read = _whole_left_out(sentence.tokens, told_of)
        wholes = {whole.after: whole for whole in told_of if _known_whole(sentence.tokens, whole)}
        people.hear(sentence.tokens)
        for amount in read[:_MOST]:
            tally = _tally(sentence.tokens, amount)
            if tally and tally in sized and _brought_in(sentence.tokens, amount):
                continue
            if tally and tally.subject:
                sized.add(tally)
            things = counted(sentence.tokens, amount)
            if tally:
                row = _row(document, sentence, amount, tally, opening.first)
                rows.append(row | _after_what_was_told(row, tally, people))
                rows.extend(_of_its_whole(document, sentence, rows[-1], wholes.get(amount.after), people, opening))
            if sentence.kind != "headline":
                people.tell(sentence.tokens, amount, tally.measure if tally else None)
            if things and (tally is None or things.reference in {"again", "held"}):
                rows.append(_row_of_things(document, sentence, amount, things, opening, told))
                if sentence.kind == "headline":
                    of_headline.append((rows[-1], amount))
        if sentence.kind != "headline":
            told.extend(read)
        opening.speaks_of(sentence)
    for row, amount in of_headline:
        row["reference"] = "new" if made_of(amount, told) else "headline"
    return rows


def _of_its_whole(
    document: Document, sentence: Sentence, part: Row, whole: Amount | None, people: Counting, opening: "_Opening"
) -> list[Row]:
    """The row of the known whole of which a part has been counted, which sets that apart."""
    tally = _tally(sentence.tokens, whole) if whole else None
    if whole is None or tally is None or part["start"] >= sentence.tokens[whole.first].start:
        return []
    part["apart"] = part["apart"] or tally.measure == part["measure"]
    row = _row(document, sentence, whole, tally, opening.first)
    return [row | _after_what_was_told(row, tally, people)]


def _after_what_was_told(row: Row, tally: Tally, people: Counting) -> Row:
    """What the numbers of people that were told before make of a tally: some of them, or a number that they lead to."""
    counted_on = tally.of == "person" or tally.of in words("people_words")
    led_to = counted_on and row["phase"] is None and people.leads_to(row["high"], tally.measure)
    return {
        "apart": row["apart"] or (tally.some and people.knows(tally.measure)),
        "phase": "changed" if led_to else row["phase"],
    }


class _Opening:
    """What an article opens with: where its first paragraph starts, the words of the names up to there, and whether the
    sentence just read began with another name."""

    def __init__(self, document: Document) -> None:
        self.first = document.lead
        lead = [sentence for sentence in document.prose if sentence.start <= self.first]
        self._names = {word for sentence in lead for span in _names(sentence.tokens) for word in span}
        self._turned = False

    def speaks_of(self, sentence: Sentence) -> None:
        first = next(iter(_names(sentence.tokens[:4])), None)
        self._turned = first is not None and not self.knows(first)

    def knows(self, name: Sequence[str]) -> bool:
        """Whether a name has a word in common with those that the article opens with."""
        return bool(self._names.intersection(name))

    def own(self, tokens: Sequence[Token], things: Counted) -> bool:
        """Whether the things are those of the article's subject, as far as can be told, and not of another in it."""
        if things.named:
            return self.knows(things.named.split())
        return not (self._turned and tokens[0].norm in {"it", "its", "the"})


def _names(tokens: Sequence[Token]) -> list[tuple[str, ...]]:
    return [tuple(token.norm for token in tokens[first:after]) for first, after in name_spans(tokens)]


def _row_of_things(
    document: Document,
    sentence: Sentence,
    amount: Amount,
    things: Counted,
    opening: _Opening,
    told: Sequence[Amount],
) -> Row:
    row = _row(document, sentence, amount, Tally("number", things.noun), opening.first)
    reference = things.reference
    if reference in {"again", "described"} and made_of(amount, told):
        reference = "new"
    if reference == "held" and things.named != row["place"] and not opening.own(sentence.tokens, things):
        reference = "new"
    if reference == "again":  # what follows is said of them, and does not say which they are
        row["apart"] = _apart(sentence.tokens, amount, _clause(sentence.tokens, amount, behind=False), row["opening"])
    return row | {"reference": reference, "modifiers": " ".join(things.modifiers) or None, "holder": things.holder}


def _brought_in(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether `a` or `an` brings the thing in: a second one of its kind."""
    return any(token.norm in {"a", "an"} for token in tokens[max(0, amount.first - 3) : amount.first])


def _row(document: Document, sentence: Sentence, amount: Amount, tally: Tally, first: int) -> Row:
    tokens = sentence.tokens
    start, end = tokens[amount.first].start, tokens[amount.after - 1].end
    clause = _clause(tokens, amount)
    if tally.measure == "margin":
        clause = [word for word in clause if word not in _DIVIDING]
    opening = sentence.kind == "headline" or sentence.start == first
    return document.row(
        start,
        end,
        measure=tally.measure,
        of=tally.of,
        subject=tally.subject,
        low=amount.number.low,
        high=amount.number.high,
        step=amount.number.step,
        qualifier=amount.hedge,
        place=_place(tokens, amount),
        day=_day(tokens),
        phase=_phase(tokens, amount),
        apart=_apart(tokens, amount, clause, opening),
        opening=opening,
        reference="again" if not tally.subject and (taken_up(tokens, amount) or _named_crowd(tokens, amount)) else None,
        modifiers=None,
        holder=None,
        quoted=document.quoted.overlaps(start, end),
    )


def _whole_left_out(tokens: Sequence[Token], read: Sequence[Amount]) -> list[Amount]:
    """The amounts; of `61 of the 68 people` only the part, up to the noun of the whole."""
    kept: list[Amount] = []
    for amount in read:
        link = tokens[kept[-1].after : amount.first] if kept else ()
        owned = len(link) <= _REACH and bool(link) and link[-1].possessive  # `three of the city’s five halls`
        of_whole = bool(link) and link[0].norm == "of" and (len(link) <= 2 or owned)
        if of_whole and kept[-1].unit in {"", amount.unit}:
            kept[-1] = kept[-1]._replace(after=amount.after, unit=amount.unit)
        else:
            kept.append(amount)
    return kept


def _known_whole(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether an amount is that of people known by their fate: `six of the 58 injured`, `two of the 14 who died`."""
    before, at = amount.first - 1, amount.after
    if before < 1 or tokens[before].norm != "the" or tokens[before - 1].norm != "of":
        return False
    fates = mapping("tally_words")
    inside = any(token.norm in fates for token in (tokens[at - 1], *tokens[amount.number.after :][:1]))
    return inside or (at < len(tokens) and tokens[at].norm in {"who", "aboard"})


def _tally(tokens: Sequence[Token], amount: Amount) -> Tally | None:
    if amount.money or amount.percent or amount.unit == "percentage point":
        return None
    if found := _margin(tokens, amount) or _thing(tokens, amount):
        return found
    if _capacity(tokens, amount):
        return Tally("capacity", "seat")
    if _attendance(tokens, amount):
        return Tally("attendance", "person")
    befell = fate(tokens, amount)
    return Tally(befell.measure, befell.of, some=befell.some) if befell else None


def _margin(tokens: Sequence[Token], amount: Amount) -> Tally | None:
    """By how many votes a contest is decided: `won by 312 votes`, `a margin of 312`, `a 312-vote lead`, `the 312
    votes that separate them`."""
    found = Tally("margin", "vote")
    first, after = amount.first, amount.after
    lead = [token.norm for token in tokens[max(0, first - _REACH) : first]]
    behind = [token.norm for token in tokens[after : after + 6]]
    if singular(amount.unit) != "vote":
        bare = not amount.unit and lead[-2:-1] and lead[-2] in _MARGINS and lead[-1] in {"of", "is", "was"}
        hyphen = behind[:1] != [] and behind[0] in HYPHENS and behind[1:2] == ["vote"] and _MARGINS & {*behind[2:4]}
        votes = {"votes", "ballots", "recount", "election", "vote"} & {token.norm for token in tokens}
        return found if hyphen or (bare and votes) else None
    if behind[:1] in (["to"], ["against"], ["for"]):
        return None
    by = bool(lead) and lead[-1] == "by" and bool(_BEATING & {*lead[-7:-1]})
    of = len(lead) > 1 and lead[-1] in {"of", "is", "was", "just", "only"} and bool(_MARGINS & {*lead[-4:-1]})
    return found if by or of or _DIVIDING & {*behind[:3]} else None


def _thing(tokens: Sequence[Token], amount: Amount) -> Tally | None:
    """A size and the one thing that has it: `a satellite of 640 kilograms`, `the 225-megawatt plant`, `the 12-storey
    tower`, `the road is 85 kilometres long`."""
    unit, after = singular(amount.unit), amount.after
    joined = [token.norm for token in tokens[after : after + 2]]
    if not unit and len(joined) == 2 and joined[0] in HYPHENS and joined[1] in _UNITS:
        unit, after = joined[1], after + 2
    elif unit not in set(mapping("units").values()):
        return None
    said = [token.norm for token in tokens[max(0, amount.first - _REACH) : amount.first]] if unit in _YIELDS else []
    if brought_in := next((word for word in reversed(said) if word in mapping("yields")), None):
        return Tally(mapping("yields")[brought_in], "tonne" if unit == "ton" else unit)
    hyphen = any(token.text in HYPHENS for token in tokens[amount.first : after])
    if hyphen or (amount.first and is_determiner(tokens[amount.first - 1])):
        return _size_of(tokens, range(after, min(len(tokens), after + 4)), unit)
    if after < len(tokens) and tokens[after].norm in _SIZES:
        found = _size_of(tokens, range(amount.first - 1, max(-1, amount.first - 8), -1), unit)
        long = unit in {"kilometre", "mile"}
        return found if found is None or long else found._replace(measure=tokens[after].norm)
    before = tokens[max(0, amount.first - 2) : amount.first]
    if len(before) == 2 and before[1].norm == "of" and singular(before[0].norm) == before[0].norm:
        noun = before[0]
        if noun.kind == "word" and not noun.capitalised and noun.norm not in words("closed_class") | {"total"}:
            counted = tokens[after + 1].norm if _of(tokens, after) else ""
            return Tally("size", unit, noun.norm if not counted else f"{noun.norm} of {counted}")
    return None


def _capacity(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether an amount is how many find room: `will hold 3,200 people`, `with 3,600 seats`, `a capacity of 1,450`."""
    if amount.number.low < _FEWEST_SEATS:
        return False
    before = [token.norm for token in tokens[max(0, amount.first - 3) : amount.first]]
    if before[-2:] in (["capacity", "of"], ["room", "for"]):
        return True
    if amount.unit == "seat":
        return before[-1:] in (["with"], ["has"], ["have"], ["of"], ["has"])
    verbs = ["seat", "seats", "seating"] if amount.unit != "people" else ["seat", "seats", "seating", "hold", "holds"]
    return bool(before) and before[-1] in verbs and amount.unit in {"", "people", "spectator", "fan"}


def _attendance(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether an amount is how many came to watch: `a crowd of 12,000`, `the attendance was 9,500`, `in front of 12,000
    fans`."""
    if amount.number.low < _FEWEST_SEATS or singular(amount.unit) not in {"", "people"} | _classed("audience"):
        return False
    before = [token.norm for token in tokens[max(0, amount.first - 3) : amount.first]]
    if before[-1:] == ["of"] and before[-2:-1] != ["front"]:
        return before[-2:-1] in (["crowd"], ["attendance"], ["gate"])
    if before[-1:] in (["was"], ["is"]):
        return before[-2:-1] == ["attendance"]
    watching = before[-1:] == ["before"] or before[-3:] == ["in", "front", "of"] or before[-2:] == ["watched", "by"]
    return watching and singular(amount.unit) in _classed("audience")


def _named_crowd(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether the noun before an amount is taken for known: `the attendance of 9,500`."""
    before = [token.norm for token in tokens[max(0, amount.first - 3) : amount.first]]
    return len(before) == 3 and before[0] == "the" and before[1] in {"crowd", "attendance", "gate"}


def _classed(name: str) -> frozenset[str]:
    """The nouns of a class of those counted."""
    return frozenset(noun for noun, own in mapping("count_classes").items() if own == name)


def _size_of(tokens: Sequence[Token], places: range, unit: str) -> Tally | None:
    """The size of the first thing at the places; one with a name of its own may be one of several, and is left out."""
    for place in places:
        word = tokens[place].norm
        if tokens[place].capitalised or (tokens[place].kind == "mark" and tokens[place].text not in HYPHENS):
            return None
        if word in things():
            named = place and tokens[place - 1].capitalised and not is_determiner(tokens[place - 1])
            return None if named else Tally("size", unit, things()[word].kind)
        if singular(word) in things():
            return None
        if word in words("closed_class") and places.step > 0:
            return None
    return None


def _of(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at].norm == "of"


def _clause(tokens: Sequence[Token], amount: Amount, behind: bool = True) -> list[str]:
    """The words of the amount's clause, as far as it reaches to either side, or before it alone."""
    first, after = amount.first, amount.after
    while first > 0 and amount.first - first < _REACH and tokens[first - 1].text not in _STOPS:
        first -= 1
    while behind and after < len(tokens) and after - amount.after < _REACH and tokens[after].text not in _STOPS | {","}:
        after += 1
    around = (*tokens[first : amount.first], *tokens[amount.after : after])
    return [token.norm for token in around if token.text != "May"]


def _apart(tokens: Sequence[Token], amount: Amount, clause: Sequence[str], opening: bool) -> bool:
    """Whether the words around a count set it apart from others of its kind in the article."""
    inside = [token.norm for token in tokens[amount.number.after : amount.after]]
    if _of_each(tokens, amount):
        clause = [word for word in clause if word not in {"each", "every"}]
    if amount.first and tokens[amount.first - 1].norm in {"the", "its", "these", "those"}:
        clause = [word for word in clause if word not in _UNSURE]
    if opening:
        clause = [word for word in clause if word not in {"when", "since"}]
    if members("apart_words", "other") & {*clause, *inside}:
        return True
    if any(len(word) == 4 and word.isdigit() and word[:2] in {"18", "19", "20"} for word in clause):
        return True
    follows = [token.norm for token in tokens[amount.after : amount.after + 2]]
    if follows[:1] == ["of"] and follows[1:] in (["them"], ["whom"], ["those"], ["which"]):
        return True
    events = members("apart_words", "event")
    brought_in = any(left in {"a", "an"} and events & {*clause[at + 1 : at + 5]} for at, left in enumerate(clause))
    return brought_in and not opening


def _of_each(tokens: Sequence[Token], amount: Amount) -> bool:
    """`in each of its 54 counties`, `in every one of the 54`: all of them."""
    said = [token.norm for token in tokens[max(0, amount.first - 4) : amount.first]]
    return "of" in said and said[-1:] != ["of"] and bool({"each", "every"} & {*said})


def _phase(tokens: Sequence[Token], amount: Amount) -> str | None:
    roles = mapping("apart_words")
    near = [roles.get(token.norm) for token in tokens[max(0, amount.first - _REACH) : amount.after + 4]]
    if "changed" in near:
        link = tokens[amount.first - 1].norm if amount.first else ""
        return "former" if link == "from" else "changed"
    return "former" if "former" in near else None


def _place(tokens: Sequence[Token], amount: Amount) -> str | None:
    """The name that a preposition puts closest after the amount, or else before it."""
    spans = [
        (first, after)
        for first, after in name_spans(tokens)
        if first and tokens[first - 1].norm in _PLACING and tokens[first].norm not in CALENDAR
    ]
    comma = next((at for at in range(amount.after, len(tokens)) if tokens[at].text == ","), len(tokens))
    behind = [span for span in spans if amount.after <= span[0] < min(comma, amount.after + _REACH)]
    ahead = [span for span in spans if 0 <= amount.first - span[1] <= _REACH]
    chosen = behind[0] if behind else ahead[-1] if ahead else None
    return " ".join(token.norm for token in tokens[chosen[0] : chosen[1]] if token.kind == "word") if chosen else None


def _day(tokens: Sequence[Token]) -> str | None:
    return next(
        (token.norm for token in tokens if token.capitalised and token.norm in CALENDAR and token.norm != "may"), None
    )


@cache
def _cues() -> frozenset[str]:
    """Words of which a sentence with a tally has one."""
    return (
        frozenset(mapping("tally_words"))
        | _MARGINS
        | frozenset(mapping("units"))
        | _UNITS
        | {f"{unit}s" for unit in _UNITS}
    )
