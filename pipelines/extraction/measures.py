"""What a sum is of: the thing, what of it is measured, and in which state of affairs.

Read from the words around the amount, by the constructions in which news copy puts a thing and a sum together: the
amount as a modifier (`the $3 billion plant`), predicates (`will cost`, `is worth`, `was put at`), nouns of measure
(`the cost of the plant, $3 billion,`), and verbs that raise or pay money. Where no construction fits, the sum has no
thing.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.language.lexicons import mapping, members, words
from pipelines.language.numbers import read_number
from pipelines.language.phrases import (
    REACH,
    Phrase,
    group_of,
    is_determiner,
    phrase_around,
    phrase_at,
    phrase_before,
    stake_in,
    things,
)
from pipelines.language.tokens import DASHES, HYPHENS, Token, touches


class Measured(NamedTuple):
    """`of` is the thing, None where the words leave it open; `main` says that they mean the article's own main thing
    (`the total cost`); `stated` that the sentence states the sum, where a modifier (`the $3 billion plant`) takes it as
    known."""

    of: Phrase | None
    measure: str | None
    main: bool = False
    stated: bool = True


class Circumstances(NamedTuple):
    """In which state of affairs a sum holds: `phase` (announced, paid, revised …), `as_of` (a year or period), `rate`
    (what it is for one of: `a year`, `per share`)."""

    phase: str | None
    as_of: str | None
    rate: str | None


_BE = frozenset({"is", "was", "are", "were", "be", "been", "being"})
_AUXILIARIES = _BE | members("sum_words", "auxiliary")
_VALUED = members("sum_words", "values")
_COST = members("sum_words", "costs")
_RAISED = members("sum_words", "raises")
_SOLD = members("sum_words", "sells")
_BUILT = members("sum_words", "builds")
_PAYING = members("sum_words", "pays")
_SPENDING = members("sum_words", "spends")
_UNSURE = members("sum_words", "hopes")
_STAKES = members("sum_words", "stakes")
_TRADED = _SOLD | members("sum_words", "buys")
_PERCENT = frozenset({"%", "percent", "per"})
_AMOUNTING = _BE | members("sum_words", "amounts")
_BEARING = members("sum_words", "bears")
_MAKING = members("sum_words", "makes")
# Activities whose cost is that of the thing: `construction of the plant`.
_ACTIVITIES = frozenset({"construction", "building", "work", "completion"})
_REPORTING = members("sum_words", "says")
_CLAUSE = frozenset(
    {"that", "which", "who", "whose", "where", "when", "but", "while", "although", "though", "because"}
    | {"whether", "if", "whereas", "since", "as"}
)
_MARKS = frozenset(';:“”"()') | DASHES
_LEADING = frozenset(
    {"in", "on", "at", "for", "by", "after", "before", "according", "under", "with", "during", "since", "of"}
)
_TOTAL = frozenset({"total", "overall", "full", "final", "project", "construction", "estimated"})
_FORMER = members("sum_words", "former")
_CHANGED = members("sum_words", "changes")
# States in which a sum is that the verb before a whole phrase (`approved the $3 billion plan`) does not put its sum in.
_OF_VERBS = frozenset({"announced", "pledged", "approved", "budgeted", "paid"})
_PART_OF = frozenset({"of", "more", "extra", "worth", "less", "short", "shy"})
_MORE = frozenset({"extra", "additional", "further", "another", "remaining", "first", "initial"})
_YEARLY = frozenset({"annual", "annually", "yearly"})
_NEAR_TIMES = frozenset({"last", "this", "next"})
_PERIODS = frozenset({"year", "quarter", "half", "month", "week", "decade"})
_EACH = frozenset({"a", "an", "per", "each", "every", "apiece"})
_PUTTING = frozenset(
    {"put", "puts", "putting", "inject", "injects", "injected", "injecting", "pump", "pumped", "pumping"}
)
_PUBLIC = frozenset({"government", "state", "treasury", "ministry", "central", "taxpayers", "parliament", "cabinet"})
# Offers that are not the last.
_EARLY = frozenset({"first", "initial", "original", "opening", "earlier", "previous", "rejected", "preliminary"})
_CHANGES = frozenset({"acquisition", "purchase", "sale"})
_ON_TOP = frozenset(
    {"fees", "premium", "commission", "tax", "taxes", "vat", "add-ons", "including", "excluding", "plus"}
)
# Participles that open an aside about the noun before it.
_PARTICIPLES = frozenset(
    {"estimated", "expected", "forecast", "projected", "reported", "said", "set", "thought", "likely"}
)
_COMING = frozenset({"come", "comes", "came", "coming"})
# After a verb of trade: its particle (`snapped up`), or what says how and to whom, and not what.
_PARTICLES = frozenset({"up", "off", "down", "hands"})
_ADVERBIALS = frozenset({"at", "by", "in", "on", "to", "under", "last", "this"})


def measured(tokens: Sequence[Token], first: int, after: int) -> Measured:
    """What the amount at the places `first` to `after` (hedge and currency with it) is of, in its sentence's tokens."""
    if goods := _amount_of(tokens, after):
        return Measured(goods, "value")
    if (after < len(tokens) and tokens[after].norm in _PART_OF) or (first and tokens[first - 1].norm in _MORE):
        return Measured(None, "part")
    for reading in _READINGS:
        found = reading(tokens, first, after)
        if found is not None:
            part = found.of and found.of.thing and found.of.thing.group == "part"
            return found._replace(measure="part") if part else found
    return Measured(None, None)


def circumstances(tokens: Sequence[Token], first: int, after: int, of: Measured) -> Circumstances:
    """The phase, the time and the rate of the same amount; `of` as `measured` gives it."""
    phase = _phase(tokens, first, after, near=6 if of.stated else 2)
    if of.of and group_of(of.of.kind) == "agreement" and not _EARLY.isdisjoint(of.of.modifiers):
        phase = "former"
    if phase in _OF_VERBS and (not of.stated or of.measure == "purchase"):
        phase = None
    if phase is None and of.stated and _hoped(tokens, first, of.measure):
        phase = "expected"
    return Circumstances(phase, _as_of(tokens, first, after), _rate(tokens, first, after))


def _modifying(tokens: Sequence[Token], first: int, after: int) -> Measured | None:
    """`the $3 billion plant`, `the plant’s $3 billion price`, `the $3 billion cost of the plant`, `the $3 million
    raised`."""
    if after >= len(tokens):
        return None
    if tokens[after].norm in {"raised", "fetched", "generated"} and first and is_determiner(tokens[first - 1]):
        return Measured(None, "proceeds", main=True, stated=False)
    noun, end = _measure_noun(tokens, after)
    if noun:
        holder = _possessor(tokens, first) or _after(tokens, end, {"of", "for"})
        begin = _determiner_before(tokens, first)
        if holder:
            return Measured(holder, noun, stated=False)
        return _bearing(tokens, begin, noun) if begin else None
    phrase = phrase_around(tokens, first, _past_sizes(tokens, after))
    if phrase is None:
        return None
    apposed = _apposed_to(tokens, first)
    if apposed and (apposed.name or apposed.reference == "definite"):
        phrase = apposed._replace(head=apposed.head or _head_of(phrase), reference="definite")
    elif called := _called(tokens, phrase.after):
        phrase = phrase._replace(name=called)
    return _sale_of(tokens, phrase) or Measured(phrase, "value", stated=False)


def _sale_of(tokens: Sequence[Token], deal: Phrase) -> Measured | None:
    """What changes hands in `the $3 million sale of the club`, where it has no name of its own."""
    if deal.kind not in _CHANGES or deal.name:
        return None
    sold = _after(tokens, deal.after, {"of"})
    measure = "sale" if deal.kind == "sale" else "purchase"
    return Measured(sold, measure, stated=False) if sold and sold.thing and not sold.plural else None


def _sale_for(tokens: Sequence[Token], end: int) -> Measured | None:
    """`the sale of the club` before `for $3 million`."""
    deal = next((at for at in range(end - 1, max(-1, end - 12), -1) if tokens[at].norm == "of"), 0)
    kind = things().get(tokens[deal - 1].norm) if deal else None
    if kind is None or kind.kind not in _CHANGES:
        return None
    sold = phrase_at(tokens, deal + 1)
    measure = "sale" if kind.kind == "sale" else "purchase"
    return Measured(sold, measure) if sold and sold.after == end and sold.thing and not sold.plural else None


def _worth(tokens: Sequence[Token], first: int, after: int) -> Measured | None:
    """`a contract worth $3 million`, `the plant is now worth $3 million`, but not `worth $3 million to the town`."""
    if not first or tokens[first - 1].norm != "worth" or (after < len(tokens) and tokens[after].norm == "to"):
        return None
    return _as_worth(Measured(_predicated(tokens, first - 1), "value"))


def _valued(tokens: Sequence[Token], first: int, after: int) -> Measured | None:
    """`valued at`, `was announced in 2018 at`, `puts the cost of the plant at`, `prices the plant at`."""
    if not first or tokens[first - 1].norm != "at":
        return None
    if first < 2 and after < len(tokens) and tokens[after].text == ",":
        return Measured(phrase_at(tokens, after + 1), "value")  # `At $3 billion, the plant is …`
    verb = _back_to(tokens, first - 1, _VALUED)
    if verb is None:
        return None
    if verb + 1 < first - 1 and tokens[verb + 1].norm not in {"in", "on", "by", "last", "this", "earlier"}:
        held = _held_by(tokens, verb + 1, first - 1)
        return _as_worth(held) if held else None
    return _as_worth(_of_measure(_predicated(tokens, verb), tokens))


def _as_worth(found: Measured) -> Measured:
    """What a bare name is worth or valued at: if it is a company’s, that changes from day to day."""
    return found._replace(measure="worth") if found.of and found.of.head is None and found.measure == "value" else found


def _costing(tokens: Sequence[Token], first: int, after: int) -> Measured | None:
    """`the plant will cost $3 billion`, `a road that cost the state $3 million`."""
    verb = first - 1
    if verb >= 0 and tokens[verb].norm not in _COST:
        verb = _over_recipient(tokens, first, _COST)
    if verb < 0 or tokens[verb].norm not in _COST:
        return None
    aim = [token.norm for token in tokens[after : after + 2]]
    if len(aim) == 2 and aim[0] == "to" and (made := _undertaken(tokens, after + 1)):
        return Measured(made, "value")  # `It will cost $3 billion to build the plant`
    if verb and tokens[verb - 1].norm == "up" and verb > 1:
        verb -= 2  # `ended up costing`
    return _of_measure(_predicated(tokens, verb), tokens)


def _raising(tokens: Sequence[Token], first: int, after: int) -> Measured | None:
    """`an auction that raised $3 million`, `Ruritania raises $3 million in its first sale of bonds`."""
    verb = first - 1
    if verb > 0 and tokens[verb].norm == "in":
        verb -= 1
    if verb < 0 or tokens[verb].norm not in _RAISED:
        verb = _over_recipient(tokens, first, _RAISED)
    if verb < 0:
        return None
    source = _after(tokens, after, {"in", "from", "at", "through"}, bare=True)
    seller = _predicated(tokens, verb)
    fetched = tokens[verb].norm in {"fetch", "fetched", "fetches"}
    if fetched and seller and group_of(seller.kind) in {"possession", "work"} and not _with_fees(tokens, after):
        return Measured(seller, "sale")
    for phrase in (source, seller):
        if phrase and phrase.thing and phrase.thing.group == "sale":
            return Measured(phrase._replace(reference="definite"), "proceeds")
    return Measured(None, "proceeds")


def _trading(tokens: Sequence[Token], first: int, after: int) -> Measured | None:
    """`was sold for $3 million`, `bought the plant for $3 million`, `built for $3 million`."""
    if not first or tokens[first - 1].norm != "for" or _with_fees(tokens, after):
        return None
    verb = _back_to(tokens, first - 1, _TRADED | _BUILT)
    if verb is None:
        return _sale_for(tokens, first - 1)
    word = tokens[verb].norm
    measure = "value" if word in _BUILT else "sale" if word in _SOLD else "purchase"
    place = verb + 2 if tokens[verb + 1].norm in _PARTICLES else verb + 1
    if place >= first - 1 or tokens[place].norm in _ADVERBIALS:
        stake = _stake(tokens, _clause_start(tokens, verb))
        return Measured(stake or _predicated(tokens, verb), measure)
    traded = _stake(tokens, place) or phrase_at(tokens, place)
    if traded is None or traded.after != first - 1:
        return None
    if measure == "purchase" and not traded.head:
        return Measured(traded._replace(head="acquisition"), "value")
    return Measured(traded, measure)


def _with_fees(tokens: Sequence[Token], after: int) -> bool:
    """Whether a price is said to be with or without what comes on top of it: `$3 million including fees`."""
    return any(token.norm in _ON_TOP for token in tokens[after : after + 6])


def _paying(tokens: Sequence[Token], first: int, after: int) -> Measured | None:
    """`paid $3 million for the painting`, `will pay $3 million for 40% of the club`, `paid $3 million to settle the
    claim`. What is built is left out: many pay for a bridge."""
    if not first or tokens[first - 1].norm not in _PAYING or after + 1 >= len(tokens):
        return None
    if tokens[after].norm == "to":
        if tokens[after + 1].norm == "settle":
            return Measured(_called_for("settlement", after + 1), "value")
        start = after + 2 if tokens[after + 1].norm in _TRADED else len(tokens)
    else:
        start = after + 1 if tokens[after].norm == "for" else len(tokens)
    bought = _stake(tokens, start) or phrase_at(tokens, start)
    if bought and bought.name and not bought.head and tokens[start].capitalised:
        return Measured(bought._replace(head="acquisition"), "value")  # `agreed to pay $3 billion for Kerr Foods`
    if bought is None or group_of(bought.head) not in {"firm", "goods", "possession", "stake"}:
        return None
    return Measured(bought, "purchase")


def _stake(tokens: Sequence[Token], at: int) -> Phrase | None:
    """`70 per cent of the club`, `a 70% stake in Kerr Motors`, as a phrase of its own."""
    start = at + 1 if at < len(tokens) and is_determiner(tokens[at]) else at
    number = read_number(tokens, start) if start < len(tokens) else None
    if number is None or number.after + 2 >= len(tokens) or tokens[number.after].norm not in _PERCENT:
        return None
    place = number.after + (2 if tokens[number.after].norm == "per" else 1)
    place += tokens[place].norm in _STAKES
    held = _after(tokens, place, {"of", "in"}, bare=True)
    return held._replace(first=start, head=stake_in(number.low), plural=False) if held else None


def _giving(tokens: Sequence[Token], first: int, _: int) -> Measured | None:
    """`will lend the city $3 million`, `was fined $3 million`: the loan, the fine."""
    given = mapping("sum_verbs")
    verb = first - 1 if first and tokens[first - 1].norm in given else _over_recipient(tokens, first, frozenset(given))
    if verb < 0:
        return None
    giver = _predicated(tokens, verb)
    lent = given[tokens[verb].norm] == "loan"
    return Measured(
        _called_for(given[tokens[verb].norm], verb)._replace(owner=giver.name if giver and lent else None), "value"
    )


def _injecting(tokens: Sequence[Token], first: int, after: int) -> Measured | None:
    """`the government put $3 million into the bank`: what the state puts into a firm is its rescue."""
    if not first or tokens[first - 1].norm not in _PUTTING:
        return None
    into = next((at for at in range(after, min(after + 6, len(tokens))) if tokens[at].norm == "into"), None)
    public = any(token.norm in _PUBLIC for token in tokens[max(0, first - REACH) : first])
    return Measured(_called_for("rescue", first - 1), "value") if into and public else None


def _insuring(tokens: Sequence[Token], first: int, _: int) -> Measured | None:
    """`gold insured for $3 million`, `an insured value of $3 million`: what is insured goes by many names, its cover by
    one."""
    lead = [token.norm for token in tokens[max(0, first - 4) : first]]
    covered = lead[-2:] == ["insured", "for"] or lead[-3:] == ["insured", "value", "of"]
    return Measured(_called_for("insurance", first - 1)._replace(reference="definite"), "value") if covered else None


def _spending(tokens: Sequence[Token], first: int, after: int) -> Measured | None:
    """`will spend $3 million to modernise the port`, `plans to spend $3 million on a new port`: what is still to be
    spent, where no other number says that it is not all."""
    if not first or tokens[first - 1].norm not in _SPENDING or after + 1 >= len(tokens):
        return None
    if any(token.kind == "number" or token.norm == "year" for token in (*tokens[:first], *tokens[after:])):
        return None
    place = after + 1 if tokens[after].norm in {"to", "on", "in"} else after
    made = _undertaken(tokens, place)
    if made is None and tokens[after].norm in {"on", "in"}:
        bought = phrase_at(tokens, after + 1)
        made = bought if bought and bought.reference == "indefinite" and bought.thing else None
    return Measured(made, "value") if made else None


def _setting_back(tokens: Sequence[Token], first: int, _: int) -> Measured | None:
    """`will set taxpayers back $3 million`."""
    if first < 2 or tokens[first - 1].norm != "back":
        return None
    verb = _back_to(tokens, first - 1, frozenset({"set", "sets"}))
    return Measured(_predicated(tokens, verb), "value") if verb is not None else None


def _being(tokens: Sequence[Token], first: int, _: int) -> Measured | None:
    """`the cost of the plant is $3 billion`, `the bill comes to $3 billion`."""
    at = first - 1
    while at > 0 and tokens[at].norm in {"to", "at", "now", "currently"}:
        at -= 1
    if at < 1 or tokens[at].norm not in _AMOUNTING:
        return None
    start = _clause_start(tokens, at)
    return _held_by(tokens, start, at)


def _of_noun(tokens: Sequence[Token], first: int, _: int) -> Measured | None:
    """`a loan of $3 million`, `with a price tag of $3 million`, `at a cost of $3 million`."""
    if first < 2 or tokens[first - 1].norm != "of":
        return None
    start = max(0, first - 6)
    for place in range(start, first - 1):
        noun, end = _measure_noun(tokens, place)
        if noun and end == first - 1:
            return _bearing(tokens, place, noun)
    phrase = phrase_before(tokens, first - 1)
    if phrase is None or phrase.thing is None:
        return None
    return Measured(phrase, "value", stated=False)


def _apposed(tokens: Sequence[Token], first: int, _: int) -> Measured | None:
    """`the total cost of the plant, $3 billion,`, `the cost of the plant ($3 billion)`."""
    if not first or tokens[first - 1].text not in {",", "(", ":"}:
        return None
    for place in range(first - 2, max(-1, first - 16), -1):
        if tokens[place].text in {",", ";", ":"}:
            return None
        if _measure_noun(tokens, place)[0]:
            begin = place
            while begin > 0 and tokens[begin - 1].kind == "word" and not is_determiner(tokens[begin - 1]):
                begin -= 1
            return _held_by(tokens, max(0, begin - 1), first - 1)
    return None


_READINGS: tuple[Callable[[Sequence[Token], int, int], Measured | None], ...] = (
    _modifying,
    _insuring,
    _worth,
    _valued,
    _costing,
    _raising,
    _trading,
    _paying,
    _giving,
    _injecting,
    _spending,
    _setting_back,
    _of_noun,
    _apposed,
    _being,
)


def _held_by(tokens: Sequence[Token], start: int, end: int) -> Measured | None:
    """The measure and its thing that stand between two places: `the cost of the plant`, `the plant’s cost`."""
    for place in range(start, min(end, start + 12)):
        noun, after = _measure_noun(tokens, place)
        if not noun:
            continue
        thing = _after(tokens, after, {"of", "for"}) or _possessor(tokens, place)
        if thing:
            return Measured(thing, noun)
        total = any(token.norm in _TOTAL for token in tokens[start:place])
        return Measured(None, noun, main=total and noun == "value" and after == end)
    phrase = phrase_at(tokens, start)
    whole = phrase and phrase.after == end and (phrase.reference == "definite" or phrase.name)
    return Measured(phrase, "value") if whole else None


def _of_measure(phrase: Phrase | None, tokens: Sequence[Token]) -> Measured:
    """The subject of a verb that values: where it is a measure or the making of a thing (`the cost of the plant was
    put at`, `construction of the plant will cost`), what that is of."""
    noun = (phrase.head or phrase.name) if phrase else None
    if phrase and (made := _undertaken(tokens, phrase.first)):
        return Measured(made, "value")
    if phrase and noun in _ACTIVITIES:
        made = _after(tokens, phrase.after, {"of", "on"})
        return Measured(made or phrase, "value")
    if phrase and noun in mapping("measures"):
        noun = next((two for two in (f"{m} {noun}" for m in phrase.modifiers[-1:]) if two in mapping("measures")), noun)
        return Measured(_after(tokens, phrase.after, {"of", "for"}), mapping("measures")[noun])
    return Measured(phrase, "value")


def _bearing(tokens: Sequence[Token], noun_at: int, noun: str) -> Measured | None:
    """Whose measure a noun before `of $3 million` is: `the dam, with a price tag of`, `was built at a cost of`."""
    if holder := _possessor(tokens, noun_at):
        return Measured(holder, noun)
    place = noun_at - 1
    while place > 0 and tokens[place].kind == "word" and tokens[place].norm not in _BEARING:
        place -= 1
    if place < 1:
        return None
    word = tokens[place].norm
    if word == "with":
        if tokens[place - 1].norm in _COMING:
            return Measured(_predicated(tokens, place - 1), noun)
        end = place - 1 if tokens[place - 1].text == "," else place
        return Measured(_noun_before(tokens, end), noun)
    if word == "at" and (made := _undertaken(tokens, place - 1)):
        return Measured(made, noun)
    if word not in _BEARING:
        return None
    if word == "at" and tokens[place - 1].text == ",":
        return Measured(_noun_before(tokens, place - 1), noun)  # `construction of the dam, at a cost of $3 billion, …`
    relative = tokens[place - 1].norm in {"that", "which"}
    return Measured(_predicated(tokens, place) if relative else _subject(tokens, place), noun)


def _predicated(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """The subject of the verb at a place: the antecedent of `that` or `which`, the noun that a participle follows, or
    the phrase that the clause starts with."""
    place, finite = verb, tokens[verb].norm in _COST - {"costing"}
    while place > 0 and (tokens[place - 1].norm in _AUXILIARIES or tokens[place - 1].norm.endswith("ly")):
        place -= 1
        finite = True
    if not place:
        return None
    before = tokens[place - 1]
    if before.text == "," and tokens[place].norm in _PARTICIPLES:
        return _noun_before(tokens, place - 1)  # `the dam, estimated to cost $3 billion, …`
    if before.norm in {"that", "which"}:
        end = place - 2 if place > 1 and tokens[place - 2].text == "," else place - 1
        return _noun_before(tokens, end)
    if finite or tokens[verb].norm in _RAISED | _TRADED:
        return _subject(tokens, place)
    end = place - 1 if before.text == "," else place
    return _noun_before(tokens, end)


def _noun_before(tokens: Sequence[Token], end: int) -> Phrase | None:
    """The phrase that ends before a place; of `the roof of the chapel`, the roof, but of its `construction`, the
    chapel."""
    phrase = phrase_before(tokens, end)
    start = phrase.first - is_determiner(tokens[phrase.first - 1]) if phrase and phrase.first else 0
    if start > 1 and tokens[start - 2].norm in _ACTIVITIES:
        return phrase
    return phrase_before(tokens, start - 1) if start > 1 and tokens[start - 1].norm == "of" else phrase


def _subject(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """The phrase that the verb's clause starts with, unless it joins several things."""
    if verb and tokens[verb - 1].text == ",":
        return _before_insertion(tokens, verb - 1)
    start = _clause_start(tokens, verb)
    phrase = phrase_at(tokens, start)
    if phrase is None or phrase.after > verb:
        return None
    following = tokens[phrase.after]
    plural = following.norm.endswith("s") and following.norm not in words("closed_class")
    if phrase.after < verb and (following.norm in {"and", "or"} or plural):
        return None
    return phrase


def _before_insertion(tokens: Sequence[Token], end: int) -> Phrase | None:
    """The subject before an insertion that a comma ends: `the painting, estimated at $3 million, sold for …`."""
    opening = next((at for at in range(end - 1, max(-1, end - REACH), -1) if tokens[at].text == ","), 0)
    phrase = phrase_before(tokens, opening) if opening else None
    start = phrase.first - is_determiner(tokens[phrase.first - 1]) if phrase else 0
    leads = phrase and (not start or tokens[start - 1].text in _MARKS | {","} or tokens[start - 1].norm in _CLAUSE)
    return phrase if leads else None


def _clause_start(tokens: Sequence[Token], verb: int) -> int:
    """Where the verb's clause starts: after a conjunction, a mark or a verb of saying, past an adverbial in front."""
    start = max(0, verb - REACH)
    for place in range(verb - 1, start - 1, -1):
        token = tokens[place]
        if token.text in _MARKS or token.norm in _CLAUSE or token.norm in _REPORTING:
            start = place + 1
            break
        if token.norm == "and" and place and tokens[place - 1].text == ",":
            start = place + 1
            break
    if start + 1 < verb and tokens[start].norm in _NEAR_TIMES and tokens[start + 1].norm in _PERIODS:
        start += 3 if tokens[start + 2].text == "," else 2
    if start < verb and tokens[start].norm in _LEADING:
        comma = next((place for place in range(start, verb) if tokens[place].text == ","), None)
        start = comma + 1 if comma is not None else start
    return start


def _over_recipient(tokens: Sequence[Token], first: int, verbs: frozenset[str]) -> int:
    """The place of the verb before one who pays or gets: `cost Ruritania $3 billion`, `brought the state $3
    billion`."""
    for place in range(first - 2, max(-1, first - 5), -1):
        if tokens[place].norm in verbs:
            between = tokens[place + 1 : first]
            plural = len(between) == 1 and between[0].norm.endswith("s") and between[0].norm not in _AUXILIARIES
            known = plural or is_determiner(between[0]) or all(token.capitalised for token in between)
            return place if known and all(token.kind == "word" for token in between) else -1
    return -1


def _back_to(tokens: Sequence[Token], end: int, verbs: frozenset[str]) -> int | None:
    """The nearest verb of `verbs` before `end`, in the same clause."""
    for place in range(end - 1, max(-1, end - 16), -1):
        if tokens[place].norm in verbs:
            return place
        if tokens[place].text in _MARKS or tokens[place].text == ",":
            return None
    return None


def _measure_noun(tokens: Sequence[Token], place: int) -> tuple[str | None, int]:
    """The measure that the noun at a place names, and one past the noun."""
    nouns = mapping("measures")
    two = " ".join(token.norm for token in tokens[place : place + 2])
    if two in nouns:
        return nouns[two], place + 2
    return nouns.get(tokens[place].norm), place + 1


def _possessor(tokens: Sequence[Token], place: int) -> Phrase | None:
    """The possessor in `the plant’s [total] …` before a place."""
    for at in range(place - 1, max(-1, place - 4), -1):
        if tokens[at].possessive:
            return phrase_before(tokens, at + 1)
        if tokens[at].kind != "word":
            return None
    return None


def _after(tokens: Sequence[Token], place: int, prepositions: set[str], bare: bool = False) -> Phrase | None:
    """The phrase that one of the prepositions at a place brings in; `bare` takes one without determiner or name."""
    if place >= len(tokens) or tokens[place].norm not in prepositions:
        return None
    phrase = _undertaken(tokens, place + 1) or phrase_at(tokens, place + 1)
    if phrase is None or (not bare and phrase.reference == "bare" and not phrase.name):
        return None
    return phrase


def _undertaken(tokens: Sequence[Token], at: int) -> Phrase | None:
    """The undertaking that the verb at a place names: `building the port` is the port, `to restore the port` and
    `restoring the port` its restoration."""
    if at >= len(tokens):
        return None
    thing = phrase_at(tokens, at + 1)
    if tokens[at].norm in _MAKING:
        return thing
    noun = mapping("undertakings").get(tokens[at].norm)
    return _called_for(noun, at)._replace(name=thing.name if thing else None) if noun else None


def _called_for(noun: str, at: int) -> Phrase:
    """A phrase with a head that a verb at a place only implies."""
    return Phrase(at, at + 1, noun, None, None, (), "indefinite", plural=False, other=False)


def _amount_of(tokens: Sequence[Token], after: int) -> Phrase | None:
    """The goods in `$3 million worth of jewellery`, `$3 million in cash`."""
    at = after + 1 if after < len(tokens) and tokens[after].norm == "worth" else after
    phrase = _after(tokens, at, {"of", "in"}, bare=True)
    if phrase is None or phrase.reference != "bare":
        return None
    return phrase if group_of(phrase.kind) == "goods" or phrase.kind == "damage" else None


def _hoped(tokens: Sequence[Token], first: int, measure: str | None) -> bool:
    """Whether what is to be sold or raised is told before the event: `hopes to raise`, `could fetch`."""
    if measure not in {"sale", "purchase", "proceeds"}:
        return False
    words_before = [token.norm for token in tokens[max(0, first - 8) : first]]
    breaks = (n for n, word in enumerate(words_before) if word in {",", ";", "and", "but"})
    near = words_before[max(breaks, default=-1) + 1 :]
    return any(word in _UNSURE for word in near) or (measure == "proceeds" and bool({"will", "to"} & set(near)))


def _determiner_before(tokens: Sequence[Token], first: int) -> int | None:
    """The place of the determiner of a phrase that an amount stands in: `a £3 million`, `an estimated £3 million`."""
    return next((at for at in range(first - 1, max(-1, first - 4), -1) if is_determiner(tokens[at])), None)


def _past_sizes(tokens: Sequence[Token], after: int) -> int:
    """One past `, 600-megawatt` in `the $2 billion, 600-megawatt dam`, or `after`."""
    size = tokens[after : after + 4]
    sized = len(size) == 4 and size[0].text == "," and size[2].text in HYPHENS and touches(size[1], size[2])
    return after + 4 if sized else after


def _apposed_to(tokens: Sequence[Token], first: int) -> Phrase | None:
    """What stands before `, a $3 billion plant`, or is said to be one (`is a $3 billion plant`)."""
    place = first - 1
    while place > 0 and tokens[place].kind == "word" and not is_determiner(tokens[place]) and first - place < 4:
        place -= 1
    if place < 1 or tokens[place].norm not in {"a", "an", "the"}:
        return None
    if tokens[place - 1].text == ",":
        return phrase_before(tokens, place - 1)
    return _subject(tokens, place - 1) if tokens[place - 1].norm in _BE else None


def _called(tokens: Sequence[Token], at: int) -> str | None:
    """The name in `a $3 billion plant called …`."""
    called = [token.norm for token in tokens[at : at + 2]]
    known = called == ["known", "as"]
    if not known and (not called or called[0] not in {"called", "named", "dubbed"}):
        return None
    phrase = phrase_at(tokens, at + 2 if known else at + 1)
    return phrase.name if phrase else None


def _head_of(phrase: Phrase) -> str | None:
    return phrase.head if phrase.thing and phrase.thing.group in {"work", "plan"} else None


def _phase(tokens: Sequence[Token], first: int, after: int, near: int) -> str | None:
    """The phase that the `near` words before the amount, or those after it, give; a change that is told among them."""
    before = [token.norm for token in tokens[max(0, first - near) : first]]
    if before and before[-1] in _FORMER:
        return "former"
    following = [token.norm for token in tokens[after : after + 6]]
    if {"originally", "initially"} & {*following} or {"ago", "earlier"} & {*following[:4]}:
        return "former"
    if following[:2] in (["so", "far"], ["to", "date"]):
        return "paid"
    if any(pair in (("to", "have"), ("would", "have"), ("had", "been")) for pair in pairwise(before)):
        return "former"
    if before and before[-1] in {"to", "at"} and any(word in _CHANGED for word in before[:-1]):
        return "revised"
    for token in reversed(before):
        if token in mapping("phases"):
            return mapping("phases")[token]
        if token in {",", ";", "and", "but"}:
            break
    return None


def _as_of(tokens: Sequence[Token], first: int, after: int) -> str | None:
    """The year or period that stands beside the amount, or opens its sentence: `in 2024`, `in its first year`, `For
    2025,`."""
    for place in (after, first - 3, first - 2, 0):
        if 0 <= place < len(tokens) - 1 and (period := _period(tokens, place)):
            return period
    return None


def _period(tokens: Sequence[Token], place: int) -> str | None:
    said = [token.norm for token in tokens[place : place + 4]]
    if said[0] == "today":
        return "today"
    if said[0] in _NEAR_TIMES and said[1] in _PERIODS:
        return " ".join(said[:2])
    if said[0] not in {"in", "for", "during", "by", "through", "until", "since"}:
        return None
    rest = said[2:] if said[1] in {"the", "its", "their", "fiscal"} else said[1:]
    if rest and len(rest[0]) == 4 and rest[0].isdigit() and rest[0][:2] in {"18", "19", "20", "21"}:
        return rest[0]
    if len(rest) > 1 and rest[1] in _PERIODS and rest[0] not in things():
        return " ".join(rest[:2])
    return None


def _rate(tokens: Sequence[Token], first: int, after: int) -> str | None:
    """`a year`, `per share`, `each`: what a sum is for one of."""
    if any(token.norm in _YEARLY for token in tokens[max(0, first - 3) : after + 2]):
        return "per year"
    place = after + 1 if after < len(tokens) and tokens[after].norm in {"-", "/", "to", "for"} else after
    if place != after and tokens[after].kind == "word" and place < len(tokens) and tokens[place].norm != "each":
        return None
    if place >= len(tokens) or tokens[place].norm not in _EACH:
        return "each" if after < len(tokens) and tokens[after].text == "/" else None
    if tokens[place].norm in {"each", "apiece"} or place + 1 >= len(tokens):
        return "each"
    counted = place + 2 if tokens[place + 1].text == "-" and place + 2 < len(tokens) else place + 1
    if counted + 1 < len(tokens) and tokens[counted + 1].norm in {"ago", "earlier", "before", "later"}:
        return None
    return f"per {tokens[counted].norm}" if tokens[counted].kind == "word" else None
