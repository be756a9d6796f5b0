"""Valuations: what one thing is said to cost, to be worth or to have raised, in two or more places.

Sums are compared where thing, measure, currency, phase and time are the same; never one currency against another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product

from expectations.contracts import rows_of
from pipelines.comparison.facts import Age, Comparison, Row, Statement, Tables, sequence, state, together
from pipelines.comparison.rounding import agreeing, span
from pipelines.comparison.sums import at_odds
from pipelines.language.lexicons import words
from pipelines.language.nations import national_words
from pipelines.language.phrases import alike, group_of, things

MEASURES = ("proceeds", "purchase", "sale", "street value", "value", "worth")
# What one pays another gets; but what was bought for one sum can be sold for another.
_TRADES = frozenset({"purchase", "sale"})
# Sums that change from day to day, or that others than the thing's own measure are: no fact to hold the text to.
_PASSING = frozenset({"paid", "former"})
# Nouns of plans that can be said of what is built.
_PLANS = frozenset({"project", "development", "expansion", "initiative", "plan", "programme", "venture"})
# Things without names whose sums are further apart than this are two things.
_NEAR, _NEAR_WITHIN = 2.0, 3.0
# After so long, what a thing is said to cost may have changed without a word.
_STANDING = timedelta(days=731)
# A name in the text of more articles than this, and than this share of them, says little of what an article is about.
_FEW, _SHARE = 5, 0.01


@dataclass(frozen=True)
class Thing:
    """A thing of one article. `name` its own name's words, `about` the names in an article that gives it none; `sole` =
    the article values no other work or plan."""

    article: str
    key: str
    kind: str | None
    name: tuple[str, ...]
    about: frozenset[str]
    sole: bool
    high: float


def compare(tables: Tables) -> Comparison:
    """Rows of `valuations` with their witnesses."""
    rows = _sums(tables)
    order, days = sequence(tables), _days(tables)
    made = _things(rows, _expansions(tables))
    label = _one_each(list(made.values()), order)
    facts: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    former: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        place = row["article_id"], row["subject_key"]
        measure = _measure(row, made[place])
        if measure is None:
            continue
        about = (label[place], measure, row["currency"] or row["denomination"])
        if row["phase"] == "former":
            former[about].append(row)
        if row["phase"] not in _PASSING:
            facts[*about, row["phase"] or "", row["as_of"] or ""].append(row)
    found: list[Comparison] = []
    for key, stated in sorted(facts.items()):
        current = _recent([row for row in stated if not _told(row, former[key[:3]])], days)
        if len(current) > 1 and _of_one_thing(current, made) and not _sold_on(current):
            found.extend(_fact(key, current, order))
    return together([*found, *_by_noun(tables, found, order)])


def _by_noun(tables: Tables, found: Sequence[Comparison], order: Mapping[str, Age]) -> Iterator[Comparison]:
    """Facts on the sums of one article that are called by one noun, or that its headline gives; those of which nothing
    has been said."""
    said = {(w["article_id"], w["start"]) for comparison in found for w in comparison.witnesses}
    for told in at_odds(_of_table(tables)):
        places = [(row["article_id"], row["start"]) for row in told]
        if said.isdisjoint(places):
            said.update(places)
            called = told[-1]["called"] or told[0]["called"] or "sum"
            key = f"{called}/{told[0]['currency'] or told[0]['denomination']}"
            yield _stated(key, f"the {called}", "value", told, order, of="@".join(map(str, places[0])))


def _of_table(tables: Tables) -> Sequence[Row]:
    """All sums of money, as rows."""
    figures = tables["figures"]
    return rows_of(figures[(figures["kind"] == "money") & (figures["high"] > 0)])


def _sums(tables: Tables) -> Sequence[Row]:
    """The sums among the figures that say what a thing is worth, costs or has raised, as a total, outside
    quotations."""
    figures = tables["figures"]
    chosen = figures[
        (figures["kind"] == "money")
        & figures["measure"].isin(MEASURES)
        & figures["subject_key"].notna()
        & figures["unit"].isna()
        & ~figures["quoted"]
        & (figures["high"] > 0)
    ]
    return rows_of(chosen)


def _measure(row: Row, thing: Thing) -> str | None:
    """Under which measure a sum is compared, if at all: a thing without a name must be of a known kind, and what a bare
    name is worth counts only where the name is that of a work or the like."""
    group = group_of(thing.kind)
    if group == "part" or not (group or thing.name) or (group == "firm" and row["measure"] not in _TRADES):
        return None
    if row["measure"] in _TRADES:
        return "sale"
    if row["measure"] == "worth":
        return "value" if group else None
    return str(row["measure"])


def _days(tables: Tables) -> dict[str, date | None]:
    articles = tables["articles"]
    published = articles["published_at"].astype(object).where(articles["published_at"].notna(), None)
    return {
        article: date.fromisoformat(day) if day else None
        for article, day in zip(articles["article_id"], published, strict=True)
    }


def _recent(rows: Sequence[Row], days: Mapping[str, date | None]) -> list[Row]:
    """The rows without those of articles so much older than the newest that the sum may have changed since."""
    known = [day for row in rows if (day := days[row["article_id"]])]
    newest = max(known, default=None)
    return [row for row in rows if newest is None or (days[row["article_id"]] or newest) >= newest - _STANDING]


def _of_one_thing(rows: Sequence[Row], made: Mapping[tuple[str, str], Thing]) -> bool:
    """Whether the sums can be of one thing: a grant or a deal without a name is known by its sum, so that two sums far
    apart are two grants; further apart where one article takes it up again."""
    thing = made[rows[0]["article_id"], rows[0]["subject_key"]]
    if thing.name or group_of(thing.kind) not in {"sum", "agreement"}:
        return True
    highs: list[float] = [row["high"] for row in rows]
    alone = len({row["article_id"] for row in rows}) == 1
    return max(highs) <= (_NEAR_WITHIN if alone else _NEAR) * min(highs)


def _sold_on(rows: Sequence[Row]) -> bool:
    """Whether an article tells for how much the thing was bought and for how much it was sold."""
    told: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        told[row["article_id"]].add(row["measure"])
    return any(measures >= _TRADES for measures in told.values())


def _fact(key: tuple[str, ...], rows: Sequence[Row], order: Mapping[str, Age]) -> Iterator[Comparison]:
    """The fact that the rows state, unless it is only that different speakers differ."""
    if not _by_different_speakers(rows, agreeing([span(row) for row in rows])):
        fullest = max((str(row["subject"]) for row in rows), key=lambda words: (len(words), words))
        yield _stated("/".join(part for part in key if part), fullest, key[1], rows, order)


def _stated(
    key: str, subject: str, measure: str, rows: Sequence[Row], order: Mapping[str, Age], of: str = ""
) -> Comparison:
    """The fact that the rows state of a subject."""
    statements = [
        Statement(
            row["article_id"],
            int(row["start"]),
            int(row["end"]),
            " ".join(row["text"].split()),
            group,
            (row["low"] + row["high"]) / 2,
        )
        for row, group in zip(rows, agreeing([span(row) for row in rows]), strict=True)
    ]
    sums = [(row["low"] + row["high"]) / 2 for row in rows]
    apart = round(1 - min(sums) / max(sums), 6)
    return state("valuation", key, subject, statements, order, of=of, measure=measure, apart=apart)


def _told(row: Row, former: Iterable[Row]) -> bool:
    """Whether the sum is told, elsewhere, to be a former one."""
    low, high = span(row)
    return any(low <= other[1] and other[0] <= high for other in map(span, former))


def _by_different_speakers(rows: Sequence[Row], groups: Sequence[int]) -> bool:
    """Whether every value has speakers of its own: they differ, the articles do not."""
    values: dict[str, set[int]] = defaultdict(set)
    for row, group in zip(rows, groups, strict=True):
        if not row["speaker"]:
            return False
        values[row["speaker"]].add(group)
    return all(len(own) == 1 for own in values.values()) and len(set(groups)) > 1


def _expansions(tables: Tables) -> dict[str, str]:
    """Acronyms that the corpus expands in one way, case folded, with their expansion as a name."""
    acronyms = tables["acronyms"]
    defined = acronyms[acronyms["kind"] == "definition"]
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for acronym, key, expansion in zip(defined["acronym"], defined["expansion_key"], defined["expansion"], strict=True):
        found[acronym.casefold()].setdefault(key, expansion)
    return {
        acronym: " ".join(expansion.casefold().replace("-", " ").split())
        for acronym, expansions in found.items()
        if len(expansions) == 1
        for expansion in expansions.values()
    }


def _things(rows: Iterable[Row], expansions: Mapping[str, str]) -> dict[tuple[str, str], Thing]:
    """The things that the rows speak of, by article and key."""
    first: dict[tuple[str, str], Row] = {}
    undertakings: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        first.setdefault((row["article_id"], row["subject_key"]), row)
        if group_of(row["thing"]) in {"work", "plan"}:
            undertakings[row["article_id"]].add(row["subject_key"])
    made = {}
    for (article, key), row in first.items():
        name = expansions.get(row["named"] or "", row["named"] or "")
        parts = tuple(word for word in name.split() if word not in words("closed_class"))
        kind = row["thing"] or next((word for word in reversed(parts) if word in things()), None)
        about = frozenset((row["about"] or "").split("; ")) - {""}
        made[article, key] = Thing(article, key, kind, parts, about, undertakings[article] == {key}, row["high"])
    return made


def _one_each(made: Sequence[Thing], order: Mapping[str, Age]) -> dict[tuple[str, str], str]:
    """For every thing of an article the label of the one thing that it is in the corpus."""
    leader = list(range(len(made)))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for left, right in _pairs(made, len(order)):
        leader[find(left)] = find(right)
    members: dict[int, list[int]] = defaultdict(list)
    for place in range(len(made)):
        members[find(place)].append(place)
    labels: dict[tuple[str, str], str] = {}
    taken: dict[str, int] = defaultdict(int)
    oldest = sorted(members.values(), key=lambda places: min((order[made[p].article], made[p].key) for p in places))
    for places in oldest:
        label = min((not made[p].name, " ".join(made[p].name) or made[p].key) for p in places)[1]
        taken[label] += 1
        unique = label if taken[label] == 1 else f"{label} {taken[label]}"
        labels |= {(made[p].article, made[p].key): unique for p in places}
    return labels


def _pairs(made: Sequence[Thing], articles: int) -> Iterator[tuple[int, int]]:
    """Pairs of things that are one."""
    yield from _pairs_by_name(made)
    yield from _pairs_by_matter(made, articles)


def _pairs_by_name(made: Sequence[Thing]) -> Iterator[tuple[int, int]]:
    """Things with names, of which one is the other or a part of it (`Sandy Bay`, `the Sandy Bay port`), unless that
    part belongs to two that are not each other's."""
    called: dict[tuple[tuple[str, ...], str | None], int] = {}
    for place, thing in enumerate(made):
        if thing.name:
            yield place, called.setdefault((thing.name, thing.kind), place)
    holders: dict[str, list[int]] = defaultdict(list)
    for place in called.values():
        for word in dict.fromkeys(made[place].name):
            holders[word].append(place)
    for place in called.values():
        thing, own = made[place], _distinctive(made[place])
        rarest = min((holders[word] for word in thing.name), key=len)
        near = [p for p in rarest if p != place and own <= set(made[p].name) and _one_kind(thing, made[p])]
        longest = max((set(made[p].name) for p in near), key=lambda name: (len(name), sorted(name)), default=set())
        if all(set(made[p].name) <= longest for p in near):
            yield from ((place, p) for p in near)


def _distinctive(thing: Thing) -> set[str]:
    """The words of a name that tell it from others of its kind; all of them, where none does."""
    told = {word for word in thing.name if word not in things()}
    return told if told - national_words() else set(thing.name)


def _one_kind(left: Thing, right: Thing) -> bool:
    """Whether things of one name are of one kind: alike; or a work and what is called a project by the same name of two
    words at least; or called by one name, and once by a noun in it (`the Bay Link`, `the line`)."""
    if left.kind == right.kind or alike(left.kind, right.kind):
        return True
    kinds, told = {left.kind, right.kind}, _distinctive(left)
    if not {group_of(kind) for kind in kinds} <= {"work", "plan"}:
        return False
    project = "project" in kinds and told == _distinctive(right) and len(told) > 1
    return project or (left.name == right.name and bool(kinds & {*left.name}))


def _pairs_by_matter(made: Sequence[Thing], articles: int) -> Iterator[tuple[int, int]]:
    """Things of which one at least has no name, in two articles on the same matter."""
    unnamed: dict[str, list[int]] = defaultdict(list)
    about: dict[str, frozenset[str]] = {}
    for place, thing in enumerate(made):
        if thing.about and group_of(thing.kind):
            unnamed[thing.article].append(place)
            about[thing.article] = thing.about
    spoken: dict[str, list[str]] = defaultdict(list)
    for article, names in about.items():
        for name in names:
            spoken[name].append(article)
    few = max(_FEW, int(_SHARE * articles))
    rare = {name: speaking for name, speaking in spoken.items() if len(speaking) <= few}
    near = {pair for name, speaking in rare.items() if " " in name for pair in combinations(speaking, 2)}
    for left, right in sorted(near):
        shared = about[left] & about[right]
        matter = _shared_matter(name for name in shared if name in rare or _national(name))
        yield from (
            (one, other)
            for one, other in product(unnamed[left], unnamed[right])
            if _near(made[one], made[other]) and _one_noun_or_plan(made[one], made[other], matter)
        )
    for place, thing in enumerate(made):
        for article in rare.get(" ".join(thing.name), ()) if len(thing.name) == 2 else ():
            yield from (
                (place, other)
                for other in unnamed[article]
                if article != thing.article and _near(thing, made[other]) and alike(thing.kind, made[other].kind)
            )


def _near(left: Thing, right: Thing) -> bool:
    return max(left.high, right.high) <= _NEAR * min(left.high, right.high)


def _one_noun_or_plan(left: Thing, right: Thing, matter: tuple[int, int]) -> bool:
    """Whether two things without names in articles that share so much (`_shared_matter`) are one: by their nouns; or,
    where they share more, as a plan and what is built, each the only one that its article values."""
    names, pairs = matter
    if pairs < 1 or names < 2:
        return False
    if left.kind != "project" and alike(left.kind, right.kind):
        return True
    built = {group_of(left.kind), group_of(right.kind)} <= {"work", "plan"} and {left.kind, right.kind} & _PLANS
    return pairs > 1 and bool(built) and left.sole and right.sole


def _shared_matter(shared: Iterable[str]) -> tuple[int, int]:
    """How many names with no word in common two articles share, and how many of those have two words. Nations count as
    one name, however many, and as no pair."""
    counted: set[str] = set()
    names = pairs = nations = 0
    for name in sorted(shared, key=lambda name: (" " not in name, name)):
        parts = set(name.split())
        if parts & counted:
            continue
        counted |= parts
        if _national(name):
            nations = 1
        else:
            names, pairs = names + 1, pairs + (len(parts) > 1)
    return names + nations, pairs


def _national(name: str) -> bool:
    return all(word in national_words() for word in name.split())
