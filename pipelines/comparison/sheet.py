"""The fact sheet beside what the articles say: where they are wrong, and which side of a conflict is right.

A statement is held to a fact only in an article of a day on which the fact holds; of an undated article, only to what
holds always. Quoted words, and a person's titles in an article that tells of a change of them, are held to none.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from expectations.contracts import rows_of
from expectations.facts import Fact, read_sum
from pipelines.comparison.facts import Age, Comparison, Row, Statement, Tables, sequence, state, together
from pipelines.comparison.ranks import HELD_TOGETHER
from pipelines.comparison.rounding import span
from pipelines.language.acronyms import expansion_key
from pipelines.language.countries import key_of
from pipelines.language.lexicons import words
from pipelines.language.persons import Name, name_key
from pipelines.language.titles import Post, find_posts
from pipelines.language.tokens import tokenise

# Tables whose conflicts are about facts that a sheet holds; their rows stand for the same words as the statements here.
DECIDED = ("valuations", "ranks", "expansions")
# An expansion or a name is another thing's where it has less of the fact's words than this (of the shorter).
_ALIKE = 0.5
_RIGHT = "as the sheet has it"
_PLACE = attrgetter("article_id", "start", "end")

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement of a fact: where, what it says, and whether that is what the sheet says."""

    place: Place
    value: str
    right: bool


def decide(comparisons: Mapping[str, Comparison], tables: Tables, facts: Sequence[Fact]) -> dict[str, Comparison]:
    """The comparisons, those that the sheet decides anchored at what it says is wrong; and the table `sheet`."""
    order = sequence(tables)
    judged = _consistent([(fact, _judged(fact, tables, order)) for fact in facts])
    by_place = {one.place: (fact, one) for fact, found in judged for one in found}
    decided = {
        table: _decided(comparison, by_place, order) if table in DECIDED and by_place else comparison
        for table, comparison in comparisons.items()
    }
    conflicts = _Conflicts(decided[table] for table in DECIDED)
    return decided | {"sheet": together([row for fact, found in judged for row in _row(fact, found, conflicts, order)])}


# ---- what the articles say of a fact


def _consistent(judged: Iterable[tuple[Fact, list[Judged]]]) -> list[tuple[Fact, list[Judged]]]:
    """The facts that are stated, without what is wrong by one fact and right by another: of two offices, say."""
    judged = list(judged)
    right = {one.place for _, found in judged for one in found if one.right}
    kept = [(fact, [one for one in found if one.right or one.place not in right]) for fact, found in judged]
    return [(fact, found) for fact, found in kept if found]


def _judged(fact: Fact, tables: Tables, order: Mapping[str, Age]) -> list[Judged]:
    """The statements of a fact, in order of article and place."""
    held = [one for one in _STATEMENTS[fact.kind](fact, tables) if fact.holds(order[one.place[0]].day or None)]
    return sorted(held, key=lambda one: (order[one.place[0]].place, one.place[1:]))


def _values(fact: Fact, tables: Tables) -> Iterator[Judged]:
    """What its subject is said to cost or to be worth, as it stands and as a whole."""
    sums = [read_sum(value) for value in fact.values]
    keys = {key_of(name) for name in fact.names}
    figures = tables["figures"]
    chosen = figures[
        figures["measure"].isin(["value", "worth"])
        & figures["named"].isin(_names_in(figures["named"], keys))
        & figures["phase"].isna()
        & figures["as_of"].isna()
        & figures["unit"].isna()
        & ~figures["quoted"]
    ]
    for row in rows_of(chosen):
        told = [total for total in sums if total.currency == row["currency"]]
        if told:
            low, high = span(row)
            right = any(
                low <= total.amount + total.step / 2 and total.amount - total.step / 2 <= high for total in told
            )
            yield _said(row, right=right)


def _names_in(column: Iterable[str], keys: set[str]) -> list[str]:
    """The names of a column whose key is one of these."""
    return [name for name in dict.fromkeys(column) if isinstance(name, str) and key_of(name) in keys]


def _titles(fact: Fact, tables: Tables) -> Iterator[Judged]:
    """The titles of its subject on the ladder of the fact's, in articles that tell of no change."""
    posts = [post for value in fact.values for post in find_posts(tokenise(value))[:1]]
    names = [name_key(name) for name in fact.names]
    people = tables["people"]
    keys = [key for key in dict.fromkeys(people["person_key"]) if _is_of(tuple(key.split()), names)]
    rows = rows_of(people[people["person_key"].isin(keys)])
    changing = {row["article_id"] for row in rows if row["changed"] or row["role"] not in {"holds", "joint", None}}
    for row in rows:
        if row["article_id"] in changing or row["role"] != "holds" or not row["track"] or row["quoted"]:
            continue
        post = _post(row)
        own = [of_fact for of_fact in posts if of_fact.tracks & post.tracks]
        right = any(of_fact.fits(post) for of_fact in own)
        if right or (own and not (fact.kind == "office" and post.tracks & HELD_TOGETHER)):
            yield _said(row, right=right, value=row["title"])


def _is_of(name: Name, names: Iterable[Name]) -> bool:
    """Whether it is one of the names, or one of them with more before or inside it."""
    return any(
        name == one or (len(one) > 1 and (name[-len(one) :] == one or (name[:1], name[-1:]) == (one[:1], one[-1:])))
        for one in names
    )


def _post(row: Row) -> Post:
    rungs, fields = (frozenset((row[column] or "").split("|")) - {""} for column in ("rungs", "fields"))
    return Post(0, 0, row["title_key"] or "", row["track"], rungs, fields)


def _claims(fact: Fact, tables: Tables) -> Iterator[Judged]:
    """What is said to be its capital, or its official name; a name of quite other words is another thing's."""
    keys = {key_of(name) for name in fact.names}
    own = [_words_of(value) for value in fact.values]
    claims = tables["claims"]
    stated = claims[(claims["property"] == fact.kind) & claims["subject_key"].isin(keys) & ~claims["quoted"]]
    for row in rows_of(stated):
        said = _words_of(row["text"])
        right = any(said == value or (fact.kind == "capital" and said[: len(value)] == value) for value in own)
        if right or fact.kind == "capital" or any(_alike(said, value) for value in own):
            yield _said(row, right=right)


def _expansions(fact: Fact, tables: Tables) -> Iterator[Judged]:
    """What an acronym is said to stand for; an expansion of quite other words is a homonym's."""
    own = [expansion_key(value) for value in fact.values]
    acronyms = tables["acronyms"]
    for row in rows_of(acronyms[(acronyms["kind"] == "definition") & acronyms["acronym"].isin(fact.names)]):
        right = any(row["expansion_key"] == value or row["expansion_key"].endswith(f" {value}") for value in own)
        if right or any(_alike(row["expansion_key"].split(), value.split()) for value in own):
            place = row["article_id"], int(row["definition_start"]), int(row["definition_end"])
            yield Judged(place, row["expansion"], right)


def _words_of(phrase: str) -> list[str]:
    return [token.norm for token in tokenise(phrase) if token.kind != "mark" and token.norm != "the"]


def _alike(said: Sequence[str], value: Sequence[str]) -> bool:
    one, other = (frozenset(phrase) - words("closed_class") for phrase in (said, value))
    return len(one & other) >= _ALIKE * min(len(one), len(other)) and bool(one & other)


_STATEMENTS: Mapping[str, Callable[[Fact, Tables], Iterator[Judged]]] = {
    "value": _values,
    "rank": _titles,
    "office": _titles,
    "capital": _claims,
    "name": _claims,
    "expansion": _expansions,
}


def _said(row: Row, *, right: bool, value: str | None = None) -> Judged:
    return Judged(
        (row["article_id"], int(row["start"]), int(row["end"])), " ".join((value or row["text"]).split()), right
    )


# ---- conflicts that the sheet decides


def _decided(
    comparison: Comparison, judged: Mapping[Place, tuple[Fact, Judged]], order: Mapping[str, Age]
) -> Comparison:
    """The comparison, every conflict about a fact of the sheet with what that says, and anchored at what is wrong."""
    witnesses: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in comparison.witnesses:
        witnesses[row["fact_id"]].append(row)
    facts = [_with_sheet(row, witnesses[row["fact_id"]], judged, order) for row in comparison.facts]
    anchors = {row["fact_id"]: _place(row) for row in facts}
    roles = [
        {**row, "role": "anchor" if _place(row) == anchors[row["fact_id"]] else "witness"}
        for row in comparison.witnesses
    ]
    return Comparison(facts, roles)


def _with_sheet(
    row: dict[str, Any],
    witnesses: Sequence[Row],
    judged: Mapping[Place, tuple[Fact, Judged]],
    order: Mapping[str, Age],
) -> dict[str, Any]:
    known = {place: judged[place] for place in map(_place, witnesses) if place in judged}
    if row["values"] < 2 or not known:
        return row
    fact = next(iter(known.values()))[0]
    statements = [
        Statement(*_place(w), w["value"], _RIGHT if (p := _place(w)) in known and known[p][1].right else w["value"])
        for w in witnesses
    ]
    anchored = state("", row["key"], row["subject"], statements, order, right=_likely_right(statements, known)).facts[0]
    moved = ("article_id", "start", "end", "value", "favoured", "favoured_by")
    return row | {column: anchored[column] for column in moved} | {"sheet": _cited(fact)}


def _likely_right(statements: Sequence[Statement], known: Mapping[Place, tuple[Fact, Judged]]) -> Hashable:
    """What the sheet says; where nobody says that for certain, what most of those say that it does not refute."""
    groups = [s.group for s in statements if _PLACE(s) not in known or known[_PLACE(s)][1].right]
    if _RIGHT in groups:
        return _RIGHT
    return min(groups, key=lambda group: (-groups.count(group), str(group)), default=None)


def _place(row: Row) -> Place:
    return row["article_id"], int(row["start"]), int(row["end"])


def _cited(fact: Fact) -> str:
    return f"The fact sheet says {fact.value} ({fact.source})."


# ---- facts that articles give otherwise than the sheet


class _Conflicts:
    """Where conflicts that are findings by themselves stand: their anchors, and all that they are about."""

    def __init__(self, comparisons: Iterable[Comparison]) -> None:
        self.anchors: set[Place] = set()
        self.about: set[Place] = set()
        for comparison in comparisons:
            at_odds = {row["fact_id"] for row in comparison.facts if row["values"] > 1}
            self.anchors |= {_place(row) for row in comparison.facts if row["fact_id"] in at_odds}
            self.about |= {_place(row) for row in comparison.witnesses if row["fact_id"] in at_odds}


def _row(fact: Fact, judged: Sequence[Judged], conflicts: _Conflicts, order: Mapping[str, Age]) -> Iterator[Comparison]:
    """The fact, anchored at what is wrong if anything is. What a conflict is about is left to it: where its anchor is
    wrong, that is the anchor here too, so that one finding stands there."""
    wrong = [one for one in judged if not one.right]
    shared = [one for one in wrong if one.place in conflicts.anchors]
    if not shared:
        wrong = [one for one in wrong if one.place not in conflicts.about]
    told = shared or wrong or list(judged)
    statements = [Statement(*one.place, one.value, one.value.casefold()) for one in (told if wrong else judged)]
    key = f"{fact.kind}/{key_of(fact.subject)}"
    held = f"{fact.value}/{fact.since or ''}/{fact.until or ''}"
    made = state("sheet", key, fact.subject, statements, order, of=held)
    row = made.facts[0] | {
        "favoured": fact.value,
        "favoured_by": 1,
        "statements": len(statements) + 1,
        "values": 2 if wrong else 1,
        "sheet": _cited(fact),
        "property": fact.kind,
        "source": fact.source,
    }
    yield Comparison([row], made.witnesses)
