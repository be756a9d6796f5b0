"""Counts: how many were killed, hired or rescued, and how large one thing is, in two or more places.

Statements are compared where measure, whom they count, place and day are the same, or not told. Across articles only
those on one story are compared; what a toll had not yet reached on an earlier day is no conflict.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from expectations.contracts import rows_of
from pipelines.comparison.candidates import Groups
from pipelines.comparison.facts import Age, Comparison, Row, Statement, Tables, sequence, state, together
from pipelines.comparison.rounding import agreeing, span
from pipelines.comparison.slips import transposed
from pipelines.comparison.sums import unsupported
from pipelines.language.lexicons import mapping, words

# Counts that grow while they are counted.
_TOLLS = frozenset(
    {"dead", "injured", "missing", "rescued", "arrested", "evacuated", "displaced", "hospitalised", "infected"}
    | {"trapped", "destroyed", "damaged", "survivors"}
)
# Counts that fall as people are found, freed or healed.
_SHRINKING = frozenset({"missing", "trapped", "hostages", "hospitalised", "stranded", "displaced", "without power"})
# Those to whom something else was done than to the dead are victims too.
_HARM = frozenset({"injured", "hospitalised", "poisoned", "kidnapped", "hostages", "infected", "burned", "missing"})
# What the names that articles on one story share must weigh (one of several words weighs 2, a country 1), their names
# alone, and the articles that one of them may stand in.
_STORY, _NAMED, _FEW = 3, 2, 12
# Values of one measure in an article: one that gives more is a table.
_MOST = 30
_NEAR = 2.0  # things without a verb that are further apart are other things
_FEW_DIGITS = 100  # two digits change places by chance more often than three
_FAR = 5.0  # counts further apart than this are of two events


def compare(tables: Tables) -> Comparison:
    """Rows of `counts` with their witnesses."""
    rows = _tallies(tables)
    order = sequence(tables)
    kept: dict[tuple[str, ...], dict[str, list[Row]]] = defaultdict(dict)
    torn: dict[tuple[str, ...], set[str]] = defaultdict(set)
    found: list[Comparison] = []
    things = [
        _count(("number", str(one[-1]["of"]), ""), one, order, str(one[0]["article_id"]))
        for one in _under_two_nouns(_of_table(tables))
    ]
    for (article, *measured), own in _with_parts(_by_article(rows)).items():
        key = tuple(measured)
        if key[0] == "number":
            if odd := _odd(own) or _misread(own):
                things.append(_count(key, odd, order, article))
            for told, held in _held(own).items():
                kept[key[0], told, ""][article] = held
            continue
        stated = _one_crowd(_comparable(own), own)
        values = len(set(_groups(stated)))
        if values > 1 and key[0] == "capacity":
            continue  # of two places
        if values > 1 and not _explained(stated, own) and _near(stated):
            torn[key].add(article)
        if values == 1 or article in torn[key]:
            kept[key][article] = stated
    things.extend(
        _count(("share", "percent", ""), odd, order, odd[0]["article_id"]) for odd in _headline_shares(tables)
    )
    stories = _stories(tables, {article for own in kept.values() for article in own})
    for key, by_article in sorted(kept.items()):
        by_story: dict[int, dict[str, list[Row]]] = defaultdict(dict)
        for article, own in by_article.items():
            by_story[stories[article]][article] = own
        for told_by in by_story.values():
            found.extend(_of_story(key, told_by, torn[key], order))
    return together([*found, *_untold(things, found)])


def _headline_shares(tables: Tables) -> Iterator[list[Row]]:
    """Per cents of a headline that the text does not give, each with the one that the text opens with."""
    figures = tables["figures"]
    shares = figures[(figures["unit"] == "percent") & (figures["high"] > 0)]
    yield from unsupported([{**row, "unit": None} for row in rows_of(shares)])


def _untold(things: Sequence[Comparison], found: Sequence[Comparison]) -> list[Comparison]:
    """The facts on things whose words no other fact is anchored at: the missing are not counted again as miners."""
    told = {(fact["article_id"], fact["start"]) for comparison in found for fact in comparison.facts}
    return [
        comparison
        for comparison in things
        if not any((fact["article_id"], fact["start"]) in told for fact in comparison.facts)
    ]


def _of_story(
    key: Sequence[str], by_article: Mapping[str, Sequence[Row]], torn: set[str], order: Mapping[str, Age]
) -> list[Comparison]:
    """What the articles on one story disagree on, the `torn` ones with themselves: those are held against others that
    tell of the same place, and stand alone where there are none."""
    at_odds = [article for article in by_article if article in torn]
    if not at_odds:
        return list(_across(key, list(by_article.values()), order))
    places = {row["place"] for article in at_odds for row in by_article[article]}
    told = [own for own in by_article.values() if {row["place"] for row in own} <= places]
    if key[0] in _SHRINKING:
        days = {order[article].day for article in at_odds}
        told = [own for own in told if order[own[0]["article_id"]].day in days]
    across = list(_across(key, told, order))
    return across or [_count(key, by_article[article], order, article) for article in at_odds]


def _tallies(tables: Tables) -> Sequence[Row]:
    """Tallies that can be compared: the writer's own, of the article's own events."""
    tallies = tables["tallies"]
    return rows_of(tallies[~tallies["quoted"] & ~tallies["apart"]])


def _of_table(tables: Tables) -> list[Row]:
    """The writer's own tallies, in order of place, those set apart with them."""
    tallies = tables["tallies"]
    return sorted(rows_of(tallies[~tallies["quoted"]]), key=lambda row: (row["article_id"], row["start"]))


def _by_article(rows: Sequence[Row]) -> dict[tuple[str, ...], list[Row]]:
    """Statements by article, measure, whom or what they count, and the thing that has a size."""
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article_id"], row["measure"], row["of"], row["subject"] or ""].append(row)
    return found


def _with_parts(found: Mapping[tuple[str, ...], list[Row]]) -> dict[tuple[str, ...], list[Row]]:
    """The statements, with those on one group of people (`the 12 passengers who died`) among those on all people of
    the same fate, where they give more than these: a part is no larger than the whole. Fewer only where a first
    statement on the group (`killed 12 passengers`) is later taken up as all (`the 14 dead`)."""
    joined = {key: list(own) for key, own in found.items()}
    harmed = {key[0] for key in found if key[1] in _HARM}
    for (article, measure, of, subject), own in found.items():
        dead = found.get((article, "dead", "person", subject))
        if measure == "victims" and dead and article not in harmed:
            joined[article, "dead", "person", subject] = sorted([*dead, *own], key=lambda row: row["start"])
            joined[article, measure, of, subject] = []
    for (article, measure, of, subject), own in found.items():
        whole = found.get((article, measure, "person", subject), [])
        if not whole or measure == "number" or of not in words("people_words") | {"body"}:
            continue
        most = max(_possible(row)[1] for row in whole)
        alone = [key[2] for key in found if key[:2] == (article, measure)] in ([of, "person"], ["person", of])
        held = [
            row
            for row in own
            if (row["low"] > most and _of_the_same(row, whole))
            or (alone and of != "body" and row["reference"] != "again" and _taken_up_later(row, whole))
        ]
        told = joined[article, measure, "person", subject]
        joined[article, measure, "person", subject] = sorted([*told, *held], key=lambda row: row["start"])
        joined[article, measure, of, subject] = [row for row in own if row not in held]
    return {key: own for key, own in joined.items() if own and key[2] != "body"}


def _taken_up_later(part: Row, whole: Sequence[Row]) -> bool:
    return all(row["reference"] == "again" and row["start"] > part["start"] for row in whole)


def _of_the_same(part: Row, whole: Sequence[Row]) -> bool:
    """Whether a count of some can be held against those of all: one takes up what the other tells, or both open the
    article."""
    again = any(row["reference"] == "again" for row in (part, *whole))
    return again or (part["opening"] and any(row["opening"] for row in whole))


def _superseded(rows: Sequence[Row]) -> list[Row]:
    """The statements without those that a later one has overtaken: fewer are missing by evening."""
    if not rows or rows[0]["measure"] not in _SHRINKING:
        return list(rows)
    kept: list[Row] = []
    for row in rows:
        if kept and row["high"] < kept[-1]["high"] and not row["opening"] and row["reference"] != "again":
            kept = []
        kept.append(row)
    return kept


def _comparable(rows: Sequence[Row]) -> list[Row]:
    """The statements of one article that are of one event: at no two places, on no two days; what opens the article is
    of its main event wherever that is."""
    if any(row["phase"] == "changed" for row in rows):
        rows = [row for row in rows if row["phase"] == "changed"][-1:]
    rows = _superseded([row for row in rows if row["phase"] != "former"])
    if rows and rows[0]["subject"]:
        return list(rows)  # a size does not change with the day
    places = {row["place"] for row in rows if row["place"]}
    days = {row["day"] for row in rows if row["day"]}
    dated = {row["high"] for row in rows if row["day"]}  # one number on two days is that of one event
    if len(places) > 1 or (len(days) > 1 and len(dated) > 1):
        rows = [row for row in rows if row["opening"]]
    elif places:
        rows = [row for row in rows if row["opening"] or row["place"] or row["reference"] == "again"]
    return list(rows)


def _odd(rows: Sequence[Row]) -> list[Row]:
    """Of an article's counts of one kind of thing the one that does not fit, with those that it should agree with: the
    headline's, and the first paragraph's; or things taken up again, and those that the article opens with or that
    something has."""
    for row in rows:
        if row["reference"] == "headline":
            others = [other for other in rows if other["opening"] and other["reference"] != "headline"]
        elif row["reference"] == "again":
            others = [other for other in rows if other["start"] < row["start"] and other["reference"] != "again"]
            others = others if any(other["opening"] or other["reference"] == "held" for other in others) else []
        else:
            continue
        told = [row, *others]
        if others and not any(_groups(others)) and len(set(_groups(told))) > 1:
            fitting = _fits(row, others) and max(r["high"] for r in told) <= _NEAR * min(r["high"] for r in told)
            if fitting and not any(r["phase"] for r in told):
                return sorted(told, key=lambda r: r["start"])
    return []


def _misread(rows: Sequence[Row]) -> list[Row]:
    """Of an article's counts of one kind of thing two of which the second takes up the first with its digits in another
    order: that is a slip, whatever else is said of the things."""
    for at, row in enumerate(rows):
        earlier = [other for other in rows[:at] if other["high"] != row["high"]]
        again = row["reference"] in {"again", "described"} or (row["reference"] == "held" and not row["holder"])
        weak = row["reference"] == "described" and row["high"] < _FEW_DIGITS
        if not again or weak or len(earlier) < at or row["phase"]:
            continue
        for other in earlier:
            own, first = ({*(r["modifiers"] or "").split()} for r in (row, other))
            same_place = len({r["place"] for r in (row, other) if r["place"]}) < 2
            if same_place and transposed(row["high"], other["high"]) and own <= first:
                return [other, row]
    return []


def _under_two_nouns(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Counts of people that an article takes up under another noun (`240 patients`, `the 420 participants`) with their
    digits in another order, each with the first one."""
    classes = mapping("count_classes")
    told: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        again = row["reference"] == "again" and row["of"] in classes and row["high"] >= _FEW_DIGITS
        if again and row["measure"] == "number" and not row["phase"] and not row["apart"]:
            first = [
                other
                for other in told[row["article_id"]]
                if classes.get(other["of"], "people") in {"people", classes[row["of"]]}
                and other["of"] != row["of"]
                and transposed(other["high"], row["high"])
                and not row["modifiers"]
            ]
            if len(first) == 1:
                yield [*first, row]
        if row["measure"] in {"number", "enrolled", "jobs", "aboard"} and not row["phase"]:
            people = row["of"] in {"people", "person"} | classes.keys()
            told[row["article_id"]].extend([row] if people else [])


def _one_crowd(rows: Sequence[Row], own: Sequence[Row]) -> list[Row]:
    """The counts; those of who came to watch only where the article tells of one event: a number, and one that takes it
    up."""
    if not rows or rows[0]["measure"] != "attendance":
        return list(rows)
    values = {row["high"] for row in own}
    again = rows[-1]["reference"] == "again" and not rows[-1]["place"]
    single = len(values) < 3 and all(row["qualifier"] is None for row in rows)
    return list(rows) if single and again and max(values) <= _NEAR * min(values) else []


def _fits(row: Row, others: Sequence[Row]) -> bool:
    """Whether no word tells the things from the others; one that only one side has must be in the first mention."""
    own = set((row["modifiers"] or "").split())
    first = set((others[0]["modifiers"] or "").split())
    return own <= first if row["reference"] == "again" else own <= first or first <= own


def _held(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """What the article's subject has of one kind of thing, by noun and modifiers; where it gives no other number of
    them."""
    held: dict[str, list[Row]] = defaultdict(list)
    if len({row["high"] for row in rows}) > 1:
        return held
    for row in rows:
        if row["reference"] in {"held", "described", "again"} and not row["phase"]:
            held[" ".join(part for part in (row["modifiers"], row["of"]) if part)].append(row)
    return held


def _explained(stated: Sequence[Row], own: Sequence[Row]) -> bool:
    """Whether one count is the sum of two others, a whole and its parts; or there are too many to tell."""
    values = sorted({row["high"] for row in own})
    if len(values) > _MOST:
        return True
    return any(low + more in values for low, more in combinations(values, 2)) and len(stated) > 2


def _possible(row: Row) -> tuple[float, float]:
    """The values that a statement leaves possible; what is counted one by one is not rounded."""
    exact = row["step"] == 1 and row["qualifier"] is None
    return (row["low"], row["high"]) if exact else span(row)


def _near(rows: Sequence[Row]) -> bool:
    values = [row["high"] for row in rows]
    return bool(0 < max(values) <= _FAR * min(values))


def _across(key: Sequence[str], articles: Sequence[Sequence[Row]], order: Mapping[str, Age]) -> Iterator[Comparison]:
    """The fact that articles on one story disagree on, unless time or place tells them apart."""
    rows = [row for own in articles for row in own]
    if len({row["holder"] for row in rows if row["holder"]}) > 1:
        return
    values = [row["high"] for row in rows]
    if key[0] in {"number", "capacity"} and max(values) > _NEAR * min(values):
        return
    taken_up = key[0] == "number" and any(row["reference"] != "held" for row in rows)
    if taken_up and not (len(set(values)) == 2 and transposed(min(values), max(values))):
        return
    if len(articles) < 2 or len({row["place"] for row in rows if row["place"]}) > 1 or not _near(rows):
        return
    if len(set(_groups(rows))) < 2 or (key[0] in _TOLLS and _growing(rows, order)):
        return
    yield _count(key, rows, order, "")


def _growing(rows: Sequence[Row], order: Mapping[str, Age]) -> bool:
    """Whether every article has a date and none gives less than an earlier day's: a toll that grew."""
    by_day: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        by_day[order[row["article_id"]].day].append(row["high"])
    days = [by_day[day] for day in sorted(by_day)]
    level = all(max(values) == min(values) for values in days)
    return "" not in by_day and (level and all(max(a) <= min(b) for a, b in pairwise(days)))


def _stories(tables: Tables, articles: set[str]) -> dict[str, int]:
    """Which story each article is of: those that share rare names enough, and countries beside them, are of one."""
    entities = tables["entities"]
    entities = entities[entities["article_id"].isin(sorted(articles))]
    names, countries = (entities[entities["kind"] == kind] for kind in ("name", "country"))
    shared = _shared(names["text"].str.casefold(), names["article_id"])
    abroad = _shared(countries["key"], countries["article_id"])
    ordered = sorted(articles)
    place = {article: at for at, article in enumerate(ordered)}
    groups = Groups(len(ordered))
    for pair, common in sorted(shared.items()):
        named = _weight(common)
        if named >= _NAMED and named + len(abroad.get(pair, ())) >= _STORY:
            groups.join(place[pair[0]], place[pair[1]])
    return {article: groups.root(at) for article, at in place.items()}


def _shared(names: Iterable[str], articles: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """The names that two articles share, of those that few articles have."""
    standing: dict[str, list[str]] = defaultdict(list)
    for name, article in sorted(set(zip(names, articles, strict=True))):
        standing[name].append(article)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, own in standing.items():
        for pair in combinations(own, 2) if len(own) <= _FEW else ():
            shared[pair].append(name)
    return shared


def _weight(names: Sequence[str]) -> int:
    """What shared names weigh as a sign of one story; of names that share a word only the longest counts."""
    counted: set[str] = set()
    weight = 0
    for name in sorted(names, key=lambda name: (-name.count(" "), name)):
        parts = set(name.split())
        if counted.isdisjoint(parts):
            weight += 2 if len(parts) > 1 else 1
            counted |= parts
    return weight


def _groups(rows: Sequence[Row]) -> list[int]:
    """For each statement the number of the group that it agrees with."""
    return agreeing([_possible(row) for row in rows])


def _count(key: Sequence[str], rows: Sequence[Row], order: Mapping[str, Age], article: str) -> Comparison:
    measure, of, subject = key
    statements = [
        Statement(
            row["article_id"],
            int(row["start"]),
            int(row["end"]),
            " ".join(row["text"].split()),
            group,
            (row["low"] + row["high"]) / 2,
        )
        for row, group in zip(rows, _groups(rows), strict=True)
    ]
    called = f"the {measure} of the {subject}" if subject else "count" if measure == "number" else measure
    name = "/".join(part for part in (measure, of, subject) if part)
    first = min(rows, key=lambda row: (order[row["article_id"]].place, row["start"]))["article_id"]
    return state("count", name, called, statements, order, of=article or f"{first}+", measure=measure)
