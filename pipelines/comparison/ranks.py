"""Ranks: what the corpus says that one person is, on one ladder of ranks or offices."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together
from pipelines.language.lexicons import words
from pipelines.language.persons import Persons, is_full
from pipelines.language.titles import MINISTER

# Longer apart than this, two reports are of two times, and an office may have changed hands between them.
SAME_TIME = timedelta(days=183)


# One person can hold two ministries, or two posts in one body; two ranks, or two seats on a bench, never.
HELD_TOGETHER = frozenset({MINISTER, "body"})


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
    track: str
    post: Post
    role: str
    changed: bool
    changed_at: str


def compare(tables: Tables) -> Comparison:
    """Rows of `ranks` with their witnesses: the titles that a person holds on one track.

    Titles agree where one can be short for the other. Titles that cannot both hold disagree, unless the text tells of
    the change from one to the other, or the reports stand more than `SAME_TIME` apart. Titles in quotations are the
    speaker's, and left out.
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
    """The titled mentions of each person on each track. A full name is one person throughout the corpus; a family name
    alone is one only within its article."""
    people = tables["people"]
    titled = people[people["track"].notna() & people["rungs"].notna() & people["role"].notna() & ~people["quoted"]]
    persons = Persons(tuple(key.split()) for key in sorted(set(titled["person_key"])))
    articles = tables["articles"]
    days = dict(zip(articles["article_id"], articles["published_at"].fillna(""), strict=True))
    order = sequence(tables)
    mentions: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    rows: list[dict[str, Any]] = titled.astype(object).where(titled.notna(), "").to_dict("records")  # type: ignore[assignment]
    for row in sorted(rows, key=lambda row: (order[row["article_id"]], row["start"])):
        name = tuple(row["person_key"].split())
        fullest = persons.person(name) if is_full(name) else name
        within = "" if is_full(name) else row["article_id"]
        mentions[" ".join(fullest or name), row["track"], within].append({**row, "day": days[row["article_id"]]})
    yield from mentions.items()


def _said(row: Mapping[str, Any]) -> Said:
    return Said(
        article_id=row["article_id"],
        day=row["day"],
        start=int(row["start"]),
        end=int(row["end"]),
        title=" ".join(row["title"].split()),
        track=row["track"],
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

    Bodies whose names share a word are one. A statement that names no body is of the only one that is named, unless
    that is of a kind in which people hold posts besides their work.
    """
    leader: dict[str, str] = {}

    def find(word: str) -> str:
        while leader.setdefault(word, word) != word:
            leader[word] = word = leader[leader[word]]
        return word

    for one in said:
        first, *more = sorted(one.post.fields) or [""]
        for word in more:
            leader[find(word)] = find(first)
    bodies: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        body = find(min(one.post.fields, default=""))
        bodies[body].append(one._replace(post=one.post._replace(fields=frozenset())))
    if len(bodies) == 2 and "" in bodies and words("separate_bodies").isdisjoint(leader):
        return [[one for body in bodies.values() for one in body]]
    return list(bodies.values())


def _disagreeing(held: Sequence[Said], said: Sequence[Said]) -> dict[Post, int]:
    """Every post by the number of its group: of groups that contradict one another, or one for all where none does."""
    groups = _groups(held)
    members: dict[int, list[Said]] = defaultdict(list)
    for one in held:
        members[groups[one.post]].append(one)
    changes = Changes(said)
    at_odds = {
        group
        for pair in combinations(sorted(members), 2)
        if not _held_together(members[pair[0]], members[pair[1]], said)
        and _contradict(members[pair[0]], members[pair[1]], changes)
        for group in pair
    }
    return {post: group for post, group in groups.items() if group in at_odds} or dict.fromkeys(groups, 0)


def _held_together(some: Sequence[Said], others: Sequence[Said], said: Sequence[Said]) -> bool:
    """Whether the text joins posts of the person, or several articles give each of two that one can hold: no slip."""
    if any(one.role == "joint" for one in said):
        return True
    ranks = some[0].track not in HELD_TOGETHER or (
        some[0].track == MINISTER and some[0].post.rungs.isdisjoint(others[0].post.rungs)
    )
    return not ranks and all(len({one.article_id for one in group}) > 1 for group in (some, others))


def _groups(held: Iterable[Said]) -> dict[Post, int]:
    """Each post's group. Exact titles make the groups, short forms join the one that is most often meant."""
    counted = Counter(one.post for one in held)
    narrow = sorted(counted, key=lambda p: (len(p.rungs), not p.fields, -counted[p], sorted(p.rungs), sorted(p.fields)))
    groups: list[Post] = []
    tally: list[int] = []
    chosen: dict[Post, int] = {}
    for post in narrow:
        fitting = [number for number, group in enumerate(groups) if _agree(group, post)]
        number = max(fitting, key=lambda n: tally[n], default=len(groups))
        if number == len(groups):
            groups.append(post)
            tally.append(0)
        else:
            group = groups[number]
            groups[number] = Post(group.rungs & post.rungs, group.fields & post.fields or group.fields | post.fields)
        tally[number] += counted[post]
        chosen[post] = number
    return chosen


class Changes:
    """What the corpus tells of a person's changes of post, by the day it tells them of."""

    def __init__(self, said: Sequence[Said]) -> None:
        told = [one for one in said if one.changed or one.role != "holds"]
        self.articles = frozenset(one.article_id for one in told)
        self._days = sorted((one.changed_at or one.day, one.article_id) for one in told)
        self._led_to: dict[str, dict[str, list[Post]]] = defaultdict(lambda: defaultdict(list))
        for one in told:
            self._led_to[one.article_id][one.role].append(one.post)

    def between(self, earlier: str, later: str, newer: Sequence[Post]) -> bool:
        """Whether a change told of between two days leads to one of the newer posts, or to one that is not said."""
        undated = bisect_left(self._days, ("0", ""))
        first = bisect_left(self._days, (earlier[:4], ""))
        last = bisect_right(self._days, (later, "\U0010ffff"))
        for day, article in (*self._days[:undated], *self._days[first:last]):
            if earlier[: len(day)] <= day:
                led_to = self._led_to[article]["becomes"] or self._led_to[article]["holds"]
                if not led_to or any(_agree(post, new) for post in led_to for new in newer):
                    return True
        return False


def _contradict(some: Sequence[Said], others: Sequence[Said], changes: Changes) -> bool:
    """Whether statements of the two groups speak of the same time, and no change between them is told."""
    both = {one.article_id for one in some} & {one.article_id for one in others}
    if both - changes.articles:
        return True
    if not changes.articles and any(not one.day for one in (*some, *others)):
        return True
    dated = sorted(
        (one.day, one.article_id, side) for side, group in enumerate((some, others)) for one in group if one.day
    )
    for (earlier, article, old), (later, other, new) in pairwise(dated):
        if article == other or old == new or date.fromisoformat(later) - date.fromisoformat(earlier) > SAME_TIME:
            continue
        newer = [(some, others)[new][0].post] + ([(some, others)[old][0].post] if earlier == later else [])
        if not changes.between(earlier, later, newer):
            return True
    return False
