"""Counts: how many were killed, hired or rescued, and how large one thing is, in two or more places.

Statements are compared where measure, whom they count, place and day are the same, or not told. Across articles only
those on one story are compared; what a toll had not yet reached on an earlier day is no conflict.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from pipelines.comparison.candidates import Groups
from pipelines.comparison.facts import Age, Comparison, Row, Statement, Tables, sequence, state, together
from pipelines.comparison.valuations import agreeing, span

# Counts that grow while they are counted.
_TOLLS = frozenset(
    {"dead", "injured", "missing", "rescued", "arrested", "evacuated", "displaced", "hospitalised", "infected"}
    | {"trapped", "destroyed", "damaged", "survivors"}
)
# What the names that articles on one story share must weigh (one of several words weighs 2), and the articles that one
# of them may stand in.
_STORY, _FEW = 4, 12
# Values of one measure in an article: one that gives more is a table.
_MOST = 30
_NEAR = 2.0  # things without a verb that are further apart are other things
_FAR = 5.0  # counts further apart than this are of two events


def compare(tables: Tables) -> Comparison:
    """Rows of `counts` with their witnesses."""
    rows = _tallies(tables)
    order = sequence(tables)
    kept: dict[tuple[str, ...], dict[str, list[Row]]] = defaultdict(dict)
    found: list[Comparison] = []
    for (article, *measured), own in _by_article(rows).items():
        key = tuple(measured)
        if key[0] == "number":
            if odd := _odd(own):
                found.append(_count(key, odd, agreeing([_possible(row) for row in odd]), order, article))
            for told, held in _held(own).items():
                kept[key[0], told, ""][article] = held
            continue
        stated = _comparable(own)
        groups = agreeing([_possible(row) for row in stated])
        if len(set(groups)) > 1 and not _explained(stated, own) and _near(stated):
            found.append(_count(key, stated, groups, order, article))
            favoured, times = Counter(groups).most_common(1)[0]
            if times > 1:
                kept[key][article] = [r for r, group in zip(stated, groups, strict=True) if group == favoured]
        elif stated and len(set(groups)) == 1:
            kept[key][article] = stated
    stories = _stories(tables, {article for own in kept.values() for article in own})
    for key, by_article in sorted(kept.items()):
        by_story: dict[int, list[str]] = defaultdict(list)
        for article in by_article:
            by_story[stories[article]].append(article)
        for articles in by_story.values():
            found.extend(_across(key, [by_article[article] for article in articles], order))
    return together(found)


def _tallies(tables: Tables) -> list[Row]:
    """Tallies that can be compared: the writer's own, of the article's own events."""
    tallies = tables["tallies"]
    chosen = tallies[~tallies["quoted"] & ~tallies["apart"]]
    records = chosen.astype(object).where(chosen.notna(), None).to_dict("records")
    return [{str(name): value for name, value in record.items()} for record in records]


def _by_article(rows: Sequence[Row]) -> dict[tuple[str, ...], list[Row]]:
    """Statements by article, measure, whom or what they count, and the thing that has a size."""
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article_id"], row["measure"], row["of"], row["subject"] or ""].append(row)
    return found


def _comparable(rows: Sequence[Row]) -> list[Row]:
    """The statements of one article that are of one event: at no two places, on no two days; what opens the article is
    of its main event wherever that is."""
    if any(row["phase"] == "changed" for row in rows):
        rows = [row for row in rows if row["phase"] == "changed"][-1:]
    rows = [row for row in rows if row["phase"] != "former"]
    if rows and rows[0]["subject"]:
        return list(rows)  # a size does not change with the day
    places = {row["place"] for row in rows if row["place"]}
    days = {row["day"] for row in rows if row["day"]}
    if len(places) > 1 or len(days) > 1:
        rows = [row for row in rows if row["opening"]]
    elif places:
        rows = [row for row in rows if row["opening"] or row["place"]]
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
        apart = agreeing([_possible(other) for other in others])
        if others and not any(apart) and len(set(agreeing([_possible(r) for r in told]))) > 1:
            fitting = _fits(row, others) and max(r["high"] for r in told) <= _NEAR * min(r["high"] for r in told)
            if fitting and not any(r["phase"] for r in told):
                return sorted(told, key=lambda r: r["start"])
    return []


def _fits(row: Row, others: Sequence[Row]) -> bool:
    """Whether no word tells the things from the others; one that only one side has must be in the first mention."""
    own = set((row["modifiers"] or "").split())
    first = set((others[0]["modifiers"] or "").split())
    return own <= first if row["reference"] == "again" else own <= first or first <= own


def _held(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """What the article's subject has of one kind of thing, by noun and modifiers; where it gives one number of them."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["reference"] == "held" and not row["phase"]:
            held[" ".join(part for part in (row["modifiers"], row["of"]) if part)].append(row)
    return {told: own for told, own in held.items() if len({row["high"] for row in own}) == 1}


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
    if key[0] == "number" and max(row["high"] for row in rows) > _NEAR * min(row["high"] for row in rows):
        return
    if len(articles) < 2 or len({row["place"] for row in rows if row["place"]}) > 1 or not _near(rows):
        return
    groups = agreeing([_possible(row) for row in rows])
    if len(set(groups)) < 2 or (key[0] in _TOLLS and _growing(rows, order)):
        return
    yield _count(key, rows, groups, order, "")


def _growing(rows: Sequence[Row], order: Mapping[str, Age]) -> bool:
    """Whether every article has a date and none gives less than an earlier day's: a toll that grew."""
    by_day: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        by_day[order[row["article_id"]].day].append(row["high"])
    days = [by_day[day] for day in sorted(by_day)]
    level = all(max(values) == min(values) for values in days)
    return "" not in by_day and (level and all(max(a) <= min(b) for a, b in pairwise(days)))


def _stories(tables: Tables, articles: set[str]) -> dict[str, int]:
    """Which story each article is of: those that share two rare names of several words, or as much in single ones,
    are of one."""
    entities = tables["entities"]
    named = entities[(entities["kind"] == "name") & entities["article_id"].isin(sorted(articles))]
    speaking: dict[str, list[str]] = defaultdict(list)
    for name, article in sorted(set(zip(named["text"].str.casefold(), named["article_id"], strict=True))):
        speaking[name].append(article)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, own in speaking.items():
        for pair in combinations(own, 2) if len(own) <= _FEW else ():
            shared[pair].append(name)
    ordered = sorted(articles)
    place = {article: at for at, article in enumerate(ordered)}
    groups = Groups(len(ordered))
    for (left, right), names in sorted(shared.items()):
        if _one_story(names):
            groups.join(place[left], place[right])
    return {article: groups.root(at) for article, at in place.items()}


def _one_story(names: Sequence[str]) -> bool:
    """Whether the names that two articles share make one story; of names that share a word only the longest counts."""
    counted: set[str] = set()
    weight = 0
    for name in sorted(names, key=lambda name: (-name.count(" "), name)):
        parts = set(name.split())
        if counted.isdisjoint(parts):
            weight += 2 if len(parts) > 1 else 1
            counted |= parts
    return weight >= _STORY


def _count(
    key: Sequence[str], rows: Sequence[Row], groups: Sequence[int], order: Mapping[str, Age], article: str
) -> Comparison:
    measure, of, subject = key
    statements = [
        Statement(row["article_id"], int(row["start"]), int(row["end"]), " ".join(row["text"].split()), group)
        for row, group in zip(rows, groups, strict=True)
    ]
    called = f"the {measure} of the {subject}" if subject else "count" if measure == "number" else measure
    name = "/".join(part for part in (measure, of, subject) if part)
    first = min(rows, key=lambda row: (order[row["article_id"]].place, row["start"]))["article_id"]
    return state("count", name, called, statements, order, of=article or f"{first}+", measure=measure)
