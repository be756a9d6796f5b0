"""Fates: what became of those whom a number counts (`killed 14 people`, `the 14 who died`, `14 lives were lost`).

Read from the words beside the number: the noun itself, the verb or the action before it, the predicate or the relative
clause after it, the title of the count (`the death toll stands at 14`).
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipelines.extraction.amounts import Amount
from pipelines.language.lexicons import mapping, members, table, words
from pipelines.language.numbers import read_ordinal
from pipelines.language.phrases import singular
from pipelines.language.tokens import Token

_REACH = 12  # tokens before a number in which its title stands
_LONGEST = 4  # words of a predicate
_MOST = 80  # numbers of an article: with more, any is the sum of two
PEOPLE = frozenset(
    {"people", "person", "individual", "victim", "", "dead", "death", "fatality", "survivor", "job", "injury"}
)
PEOPLE |= {"member", "arrest", "worker", "employee", "missing"}
_HELPERS = frozenset(
    {"is", "are", "was", "were", "be", "been", "being", "have", "has", "had", "also", "reported", "left"}
)
_HELPERS |= {"shot", "stabbed", "confirmed", "all", "later", "found", "still", "now", "already", "known", "reportedly"}
_RELATIVE = frozenset({"who", "that", "which"})
_DEFINITE = frozenset({"the", "these", "those", "all", "its", "their"})
# Posts that are filled or cut, and nouns that copy uses for one another.
_POSTS = frozenset({"job", "post", "position", "worker", "employee", "people", "staff", "role"})
_SAME = {"home": "house", "resident": "person", "villager": "person", "inhabitant": "person"}
_MAKING = frozenset({"create", "creating", "created", "creates", "bring", "bringing", "promised", "promises", "offer"})
_TOTAL = ("a", "total", "of")
# Of those counted, the ones that may yet be found among the dead.
_OPEN = frozenset({"dead", "missing"})
_COUNTING_ON = frozenset({"more", "others", "other", "further", "additional", "were", "was", "are", "have", "had"})
_BODIES = frozenset({"body", "coffin"})


class Fate(NamedTuple):
    """What became of those counted (`measure`), and whom or what the number counts; `some`: they are brought in by it
    (`14 people who were hurt`), and may be part of those of whom it has been told."""

    measure: str
    of: str
    some: bool = False


def fate(tokens: Sequence[Token], amount: Amount) -> Fate | None:
    """The fate of those whom an amount counts, where its sentence tells one."""
    last = tokens[amount.after - 1].norm
    unit = singular(amount.unit)
    if last == "lives":
        return Fate("dead", "person") if _taken(tokens, amount) else None
    if unit in _BODIES:
        return Fate("dead", "body")
    if unit == "victim":
        return Fate("victims", "person") if taken_up(tokens, amount) else None
    if last in _words("noun"):
        return None if last == "jobs" and not _made(tokens, amount) else Fate(mapping("tally_words")[last], "person")
    if last in _words("after") | _words("verb"):
        return Fate(mapping("tally_words")[last], "person")
    predicate, relative = _predicate(tokens, amount.after)
    if measure := _befell(tokens, predicate):
        active = tokens[predicate].norm in _words("verb") and predicate == amount.after + relative
        if active and not _bare(tokens, predicate + 1):
            return None
        return Fate(measure, whom(unit), some=bool(relative) and not taken_up(tokens, amount))
    inside = [token.norm for token in tokens[amount.number.after : amount.after - 1]]
    if inside and inside[0] in _words("after") | _words("verb") and not inside[0].endswith("ing"):
        return Fate(mapping("tally_words")[inside[0]], whom(unit))  # `the 12 missing climbers`
    return _befallen(tokens, amount, unit) or _titled(tokens, amount)


class Counting:
    """How many people of which fate an article has told of so far, and which one more it has told of (`a tenth
    died`)."""

    def __init__(self) -> None:
        self._told: dict[float, set[str | None]] = {}
        self._ordinals: set[int] = set()

    def hear(self, tokens: Sequence[Token]) -> None:
        """Take in the ordinals of a sentence."""
        self._ordinals.update(
            n for at in range(len(tokens) - 1) if (n := read_ordinal(tokens, at)) and _one(tokens, at)
        )

    def tell(self, tokens: Sequence[Token], amount: Amount, measure: str | None) -> None:
        """Take in an amount of a sentence, and the fate that it tells of."""
        if measure or _of_people(tokens, amount):
            self._told.setdefault(amount.number.high, set()).add(measure)

    def knows(self, measure: str) -> bool:
        """Whether a number of that fate has been told."""
        return any(measure in measures for measures in self._told.values())

    def leads_to(self, value: float, measure: str) -> bool:
        """Whether a number is the sum or the difference of two that have been told (three more died, two were found),
        or that of a group told of before."""
        if len(self._told) > _MOST or value in self._ordinals or None in self._told.get(value, ()):
            return True
        fitting = {other for other, measures in self._told.items() if measures & {measure, None, *_OPEN}}
        added = any(value - other in fitting and value - other != other for other in fitting if other < value)
        return added or any(whole - value in self._told for whole in fitting if whole > value)


def _one(tokens: Sequence[Token], at: int) -> bool:
    """Whether the ordinal at a place tells of one person more: `a tenth died`, `the 21st victim`."""
    place = at + 2 if tokens[at].kind == "number" else at + 1
    word = tokens[place].norm if place < len(tokens) else ""
    return word in PEOPLE | _BODIES - {""} or word in words("people_words") or _befell(tokens, place) is not None


def _of_people(tokens: Sequence[Token], amount: Amount) -> bool:
    if amount.unit:
        unit = singular(amount.unit)
        return unit in PEOPLE | _BODIES or unit in words("people_words")
    return amount.after < len(tokens) and tokens[amount.after].norm in _COUNTING_ON


def whom(unit: str) -> str:
    """Those counted as they are compared: `person` for people whom the noun does not tell apart."""
    if unit in PEOPLE or unit in mapping("tally_words"):
        return "person"
    return _SAME.get(unit, unit.removeprefix("school") or unit)


def taken_up(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether a number is that of people whom the text takes for known: `the 14`, `all 14`."""
    return amount.first > 0 and tokens[amount.first - 1].norm in _DEFINITE


def _predicate(tokens: Sequence[Token], after: int) -> tuple[int, int]:
    """Where the verb of those counted stands, past its helpers, and whether a relative clause holds it."""
    relative = int(after < len(tokens) and tokens[after].norm in _RELATIVE)
    place = after + relative
    end = min(len(tokens), place + 5)
    while place < end and (
        tokens[place].norm in _HELPERS
        or (tokens[place].norm == "to" and tokens[place - 1].norm in {"known", "confirmed", "reported"})
    ):
        place += 1
    return place, relative


def _befell(tokens: Sequence[Token], at: int) -> str | None:
    """The measure of the predicate at a place: `died`, `lost their lives`, `not been heard from`."""
    for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
        form = " ".join(token.norm for token in tokens[at : at + size])
        if form in _words("after") | _words("verb"):
            return mapping("tally_words")[form]
    return None


def _befallen(tokens: Sequence[Token], amount: Amount, unit: str) -> Fate | None:
    """`killed 14 people`, `killed a total of 14`, `the deaths of 14 miners`, `took the lives of 14 miners`, `cleared of
    six charges`."""
    before = amount.first - 1
    if tuple(token.norm for token in tokens[max(0, before - 2) : before + 1]) == _TOTAL:
        before -= len(_TOTAL)
    elif before > 0 and tokens[before].norm in _DEFINITE:
        before -= 1
    if before > 1 and tokens[before].norm == "of" and tokens[before - 1].norm == "lives":
        taken = any(token.norm in _words("takes") for token in tokens[max(0, before - 4) : before - 1])
        return Fate("dead", whom(unit)) if taken else None
    linked = before > 0 and tokens[before].norm == "of"
    while before > 0 and tokens[before].norm in {"on", "of"} and tokens[before - 1].norm in mapping("tally_words"):
        before -= 1
    if before < 0:
        return None
    word = tokens[before].norm
    if linked and word in _words("action"):
        return Fate(mapping("tally_words")[word], whom(unit)) if amount.unit else None
    if word not in _words("verb") | _words("active"):
        return None
    measure = mapping("tally_words")[word]
    sized = measure == "weight" and amount.unit in set(mapping("units").values())
    charged = measure in {"acquitted", "convicted"}
    counted = measure != "weight" and (bool(amount.unit) or charged or _bare(tokens, amount.after))
    if word == "guilty" and before and tokens[before - 1].norm == "not":
        measure = "acquitted"
    of = "charge" if charged else whom(unit)
    if measure in {"jobs", "job cuts"}:
        if unit not in _POSTS:
            return None
        of = "person"
    return Fate(measure, of if counted else amount.unit) if sized or counted else None


def _taken(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether lives are said to be lost: `claimed nine lives`, `nine lives were lost`, `the loss of nine lives`."""
    before = {token.norm for token in tokens[max(0, amount.first - 3) : amount.first]}
    behind = {token.norm for token in tokens[amount.after : amount.after + 4]}
    return bool(_words("takes") & before) or "lost" in behind or {"loss", "of"} <= before


def _bare(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing that could be an object stands at a place: `14 soldiers killed on Monday`, not `killed two`."""
    return (
        at >= len(tokens)
        or tokens[at].kind == "mark"
        or tokens[at].norm in words("prepositions") | {"and", "when", "as"}
        or tokens[at].norm in members("phrase_words", "finite")
    )


def _made(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether jobs are said to be made, and not kept, cut or counted elsewhere."""
    return any(token.norm in _MAKING for token in tokens[max(0, amount.first - 4) : amount.first])


def _titled(tokens: Sequence[Token], amount: Amount) -> Fate | None:
    """`the death toll [in X] stands at 14`, `the number of dead is 14`."""
    if amount.unit and singular(amount.unit) not in PEOPLE:
        return None
    link = tokens[amount.first - 1].norm if amount.first else ""
    if link not in {"at", "to", "of", "is", "was", "reached", "hit", "reaches", "hits"}:
        return None
    for place in range(amount.first - 2, max(-1, amount.first - _REACH), -1):
        if tokens[place].text in {".", ";", ":"} or tokens[place].kind == "number":
            return None
        word = tokens[place].norm
        if word in _words("title"):
            return Fate(mapping("tally_words")[word], "person")
        if word == "number" and place + 2 < len(tokens) and tokens[place + 1].norm == "of":
            counted = next((t.norm for t in tokens[place + 2 : place + 5] if t.norm in mapping("tally_words")), None)
            return Fate(mapping("tally_words")[counted], "person") if counted else None
    return None


@cache
def _words(role: str) -> frozenset[str]:
    return frozenset(row["word"] for row in table("tally_words") if row["role"] == role)
