"""Ranks: what the corpus says that one person is, on one ladder of ranks or offices."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together
from pipelines.language.lexicons import words
from pipelines.language.persons import Persons

# Longer apart than this, two reports are of two times, and an office may have changed hands between them.
SAME_TIME = timedelta(days=183)


class Post(NamedTuple):
    """A post as it is compared: the rungs that the title can mean, and the fields that narrow it (none: any)."""

    rungs: frozenset[str]
    fields: frozenset[str]


class Said(NamedTuple):
    """One mention that gives a person a title on the ladder in question."""

    article_id: str
    day: str
    start: int
    end: int
    title: str
    post: Post
    role: str
    changed: bool
    changed_at: str


def compare(tables: Tables) -> Comparison:
    """Rows of `ranks` with their witnesses: the titles that a person holds on one track.

    Titles agree where one can be short for the other. Titles that cannot both hold disagree, unless the text tells of the
    change from one to the other, or the reports stand more than `SAME_TIME` apart. Titles in quotations are the speaker's.
    """
    order = sequence(tables)
    seen: Counter[str] = Counter()
    facts = []
    for (person, track, _), rows in _by_person(tables):
        said = [_said(row) for row in rows]
        for body in _by_body(said) if track == "body" else [said]:
            held = [one for one in body if one.role == "holds"]
            if len(held) < 2:
                continue
            groups = _disagreeing(held, said)
            key = f"{person}/{track}"
            seen[key] += 1
            statements = [
                Statement(one.article_id, one.start, one.end, one.title, groups[one.post])
                for one in held
                if one.post in groups
            ]
            if len(statements) > 1:
                numbered = key if seen[key] == 1 else f"{key}/{seen[key]}"
                facts.append(state("rank", numbered, rows[0]["person"], statements, order, track=track))
    return together(facts)


def _by_person(tables: Tables) -> Iterator[tuple[tuple[str, str, str], list[dict[str, Any]]]]:
    """The titled mentions of each person on each track. A full name is one person throughout the corpus, and a family name
    alone is one only within its article."""
    people = tables["people"]
    titled = people[people["track"].notna() & people["rungs"].notna() & people["role"].notna() & ~people["quoted"]]
    persons = Persons(tuple(key.split()) for key in sorted(set(titled["person_key"])))
    articles = tables["articles"]
    days = dict(zip(articles["article_id"], articles["published_at"].fillna(""), strict=True))
    order = sequence(tables)
    mentions: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    rows = titled.astype(object).where(titled.notna(), "").to_dict("records")
    for row in sorted(rows, key=lambda row: (order[row["article_id"]], row["start"])):
        name = tuple(row["person_key"].split())
        fullest = persons.person(name) if len(name) > 1 else name
        within = "" if len(name) > 1 else row["article_id"]
        mentions[" ".join(fullest or name), row["track"], within].append({**row, "day": days[row["article_id"]]})
    yield from mentions.items()


def _said(row: Mapping[str, Any]) -> Said:
    return Said(
        article_id=row["article_id"],
        day=row["day"],
        start=int(row["start"]),
        end=int(row["end"]),
        title=" ".join(row["title"].split()),
        post=Post(frozenset(row["rungs"].split("|")), frozenset(row["fields"].split("|")) - {""}),
        role=row["role"],
        changed=bool(row["changed"]),
        changed_at=row["changed_at"],
    )


def _agree(one: Post, other: Post) -> bool:
    """Whether the two can be one post."""
    return bool(one.rungs & other.rungs) and _meet(one.fields, other.fields)


def _meet(some: frozenset[str], others: frozenset[str]) -> bool:
    return not some or not others or bool(some & others)


def _by_body(said: Sequence[Said]) -> list[list[Said]]:
    """The statements of each body that a person has posts in: posts of two bodies can be held together.

    A statement that names no body is of the only one that is named, unless that is of a kind in which people hold posts
    besides their work.
    """
    bodies: list[tuple[set[str], list[Said]]] = []
    for one in said:
        if one.post.fields:
            joined = [body for body in bodies if body[0] & one.post.fields]
            merged = set(one.post.fields).union(*(body[0] for body in joined))
            bodies = [body for body in bodies if body not in joined]
            bodies.append((merged, [*(other for body in joined for other in body[1]), one]))
    unnamed = [one for one in said if not one.post.fields]
    if len(bodies) == 1 and not bodies[0][0] & words("separate_bodies"):
        return [[*unnamed, *bodies[0][1]]]
    return [unnamed, *(members for _, members in bodies)]


def _disagreeing(held: Sequence[Said], said: Sequence[Said]) -> dict[Post, int]:
    """Every post by the number of its group: groups that cannot both hold where one contradicts another, else a single one."""
    groups = _groups(held)
    if any(one.role == "joint" for one in said):
        return dict.fromkeys(groups, 0)
    members: dict[int, list[Said]] = defaultdict(list)
    for one in held:
        members[groups[one.post]].append(one)
    changes = [one for one in said if one.changed or one.role != "holds"]
    at_odds = {
        group
        for pair in combinations(sorted(members), 2)
        if _contradict(members[pair[0]], members[pair[1]], changes)
        for group in pair
    }
    return {post: group for post, group in groups.items() if group in at_odds} or dict.fromkeys(groups, 0)


def _groups(held: Iterable[Said]) -> dict[Post, int]:
    """Each post's group. Exact titles make the groups, short forms join the one that is most often meant."""
    counted = Counter(one.post for one in held)
    narrow = sorted(counted, key=lambda p: (len(p.rungs), not p.fields, -counted[p], sorted(p.rungs), sorted(p.fields)))
    groups: list[Post] = []
    chosen: dict[Post, int] = {}
    for post in narrow:
        fitting = [number for number, group in enumerate(groups) if _agree(group, post)]
        if fitting:
            number = max(fitting, key=lambda n: sum(counted[p] for p, group in chosen.items() if group == n))
            common = groups[number].fields & post.fields or groups[number].fields | post.fields
            groups[number] = Post(groups[number].rungs & post.rungs, common)
        else:
            number = len(groups)
            groups.append(post)
        chosen[post] = number
    return chosen


def _contradict(some: Sequence[Said], others: Sequence[Said], changes: Sequence[Said]) -> bool:
    """Whether a statement of the one group and one of the other speak of the same time, and no change between is told."""
    told_in = {one.article_id for one in changes}
    both = {one.article_id for one in some} & {one.article_id for one in others}
    if both - told_in:
        return True
    undated = [one for one in (*some, *others) if not one.day]
    if undated and not changes:
        return True
    dated = sorted((one.day, side) for side, group in enumerate((some, others)) for one in group if one.day)
    switches = [(first[0], second[0], second[1]) for first, second in pairwise(dated) if first[1] != second[1]]
    days = sorted((one.changed_at or one.day, place) for place, one in enumerate(changes))
    return any(
        date.fromisoformat(later) - date.fromisoformat(earlier) <= SAME_TIME
        and not _told(earlier, later, (some, others)[side][0].post, changes, days)
        for earlier, later, side in switches
    )


def _told(earlier: str, later: str, newer: Post, changes: Sequence[Said], days: Sequence[tuple[str, int]]) -> bool:
    """Whether a change told of between the two days leads to the newer post (or its article does not say to which)."""
    first = bisect_left(days, (earlier[:4],))
    last = bisect_right(days, (later + "~",))
    for day, place in days[first:last]:
        one = changes[place]
        if not (day == "" or earlier[: len(day)] <= day <= later):
            continue
        now = [c.post for c in changes if c.article_id == one.article_id and c.role == "becomes"] or [
            c.post for c in changes if c.article_id == one.article_id and c.role == "holds"
        ]
        if not now or any(_agree(post, newer) for post in now):
            return True
    return False
