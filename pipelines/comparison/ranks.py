"""Ranks: what the corpus says that one person is, on one ladder of ranks or offices."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together
from pipelines.language.lexicons import words
from pipelines.language.persons import GENERATIONS, Name, Persons, is_full
from pipelines.language.titles import BODY, MINISTER, OF_BODIES, PRESIDENTS

# Longer apart than this, two reports are of two times, and an office may have changed hands between them.
SAME_TIME = timedelta(days=183)

# One person can hold two ministries, or two posts in one body; two ranks, or two seats on a bench, never.
HELD_TOGETHER = frozenset({MINISTER, BODY})

PRESENT = frozenset({"holds", "joint", "beside"})

Row = Mapping[str, Any]


class Post(NamedTuple):
    """A post as it is compared: the rungs that the title can mean (or, `joint`, has all of), and the fields that narrow
    it (none: any)."""

    rungs: frozenset[str]
    fields: frozenset[str]
    joint: bool = False


class Said(NamedTuple):
    """One mention that gives a person a title on the ladder in question."""

    article_id: str
    day: str
    start: int
    end: int
    title: str
    tracks: frozenset[str]
    post: Post
    role: str
    changed: bool
    changed_at: str


def compare(tables: Tables) -> Comparison:
    """Rows of `ranks` with their witnesses: the titles that a person holds on one track.

    Titles agree where one can be short for the other, or the text joins them. Titles that cannot both hold disagree,
    unless the text tells of the change from one to the other, or the reports stand more than `SAME_TIME` apart. Titles
    in quotations are the speaker's, and left out.
    """
    order = sequence(tables)
    seen: Counter[str] = Counter()
    facts = []
    for person, track, rows in _by_person(tables):
        said = [_said(row) for row in rows]
        for body in _by_body(said) if track in OF_BODIES else [said]:
            held = [one for one in body if one.role in {"holds", "joint"}]
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


def _by_person(tables: Tables) -> Iterator[tuple[str, str, list[Row]]]:
    """The titled mentions of each person on each track. A full name is one person throughout the corpus; a family name
    alone is one only within its article."""
    people = tables["people"]
    titled = people[people["track"].notna() & people["rungs"].notna() & ~people["quoted"]]
    order = sequence(tables)
    articles = tables["articles"]
    days = dict(zip(articles["article_id"], articles["published_at"].fillna(""), strict=True))
    rows: list[dict[str, Any]] = titled.astype(object).where(titled.notna(), "").to_dict("records")  # type: ignore[assignment]
    persons = Persons(sorted({_name(row) for row in rows}))
    mentions: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (order[row["article_id"]], row["start"])):
        name = _name(row)
        fullest = (persons.person(name) if is_full(name) else name) or name
        born = row["person_key"].split()[len(name) :]
        within = "" if is_full(name) else row["article_id"]
        mentions[" ".join((*fullest, *born)), within].append({**row, "day": days[row["article_id"]]})
    leaders: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["track"] == "head":
            leaders[row["article_id"]].add(row["person_key"])
    for (person, _), told in mentions.items():
        for one in _by_country(_without_namesakes(_with_presidents_of_bodies(told, leaders))):
            for track, same in _by_track(one).items():
                yield person, track, same


def _name(row: Row) -> Name:
    """The person's name without the generation that `person_key` may end in."""
    name: Name = tuple(row["person_key"].split())
    return name[:-1] if len(name) > 1 and name[-1] in GENERATIONS else name


def _without_namesakes(rows: Sequence[Row]) -> list[Row]:
    """The rows whose person is settled, but for those that can be the post of one whom an article sets apart."""
    apart = dict.fromkeys((_tracks(row), _said(row).post) for row in rows if not row["role"])
    return [
        row
        for row in rows
        if row["role"] and not any(tracks & _tracks(row) and _agree(post, _said(row).post) for tracks, post in apart)
    ]


def _with_presidents_of_bodies(rows: Sequence[Row], leaders: Mapping[str, set[str]]) -> list[Row]:
    """The rows; those of a president or deputy of nothing as posts in a body, where the article elsewhere says that the
    person presides over the body at hand, and speaks of no other head of a state or government (`leaders`)."""
    presiding: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        named = set(row["fields"].split("|")) - {""} - words("separate_bodies") - words("institution_words")
        if row["track"] == BODY and row["title_key"] in PRESIDENTS and not named:
            presiding[row["article_id"]].append(row)
    return [
        {**row, "track": BODY, "rungs": "|".join(sorted(PRESIDENTS[row["title_key"]]))}
        if row["title_key"] in PRESIDENTS
        and row["track"] == "head"
        and not row["country"]
        and len(leaders[row["article_id"]]) == 1
        and any(row["end"] < one["start"] or one["end"] < row["start"] for one in presiding[row["article_id"]])
        else row
        for row in rows
    ]


def _by_country(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows of each country where the corpus has the name in several; rows of an article that tells none, or two
    without telling which, are then nobody's."""
    stated: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["country"]:
            stated[row["article_id"]].add(row["country"])
    if len({country for countries in stated.values() for country in countries}) < 2:
        yield list(rows)
        return
    apart: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        told = stated.get(row["article_id"], set())
        country = row["country"] or ("".join(told) if len(told) == 1 else "")
        if country:
            apart[country].append(row)
    yield from apart.values()


def _by_track(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows by ladder; a title of several ladders is on the one that the person's other titles are on."""
    settled = {row["track"] for row in rows if "|" not in row["track"]}
    tracks: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        possible = row["track"].split("|")
        tracks[next((track for track in possible if track in settled), possible[0])].append(row)
    return tracks


def _tracks(row: Row) -> frozenset[str]:
    return frozenset(row["track"].split("|"))


def _said(row: Row) -> Said:
    return Said(
        article_id=row["article_id"],
        day=row["day"],
        start=int(row["start"]),
        end=int(row["end"]),
        title=" ".join(row["title"].split()),
        tracks=_tracks(row),
        post=Post(
            frozenset(row["rungs"].split("|")), frozenset(row["fields"].split("|")) - {""}, row["role"] == "joint"
        ),
        role=row["role"],
        changed=bool(row["changed"]),
        changed_at=row["changed_at"],
    )


def _agree(one: Post, other: Post) -> bool:
    """Whether the two can be one post."""
    return bool(one.rungs & other.rungs) and _meet(one.fields, other.fields)


def _meet(some: frozenset[str], others: frozenset[str]) -> bool:
    return not some or not others or bool(some & others)


class Body:
    """A body or place that posts are of, known by the words of its names and by what kind it is called."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.kinds: set[str] = set()
        self.said: list[Said] = []

    def add(self, one: Said, names: frozenset[str], kinds: frozenset[str]) -> None:
        """Another statement of it."""
        self.names |= names
        self.kinds |= kinds
        self.said.append(one._replace(post=one.post._replace(fields=frozenset())))


def _by_body(said: Sequence[Said]) -> list[list[Said]]:
    """The statements of each body that a person has posts in: posts of two bodies can be held together.

    Bodies whose names share a word are one, unless they are of two kinds (`Kisumu Port Authority`, `Kisumu College`). A
    statement that names none (`the college’s`) is of the only one of its kind; where it tells no kind either, of the
    only one at all, unless that is of a kind in which people hold posts besides their work.
    """
    kinds = words("separate_bodies") | words("institution_words")
    bodies: list[Body] = []
    by_name: dict[str, list[Body]] = defaultdict(list)
    nameless: dict[frozenset[str], list[Said]] = defaultdict(list)
    for one in said:
        kind = one.post.fields & kinds
        names = one.post.fields - kinds
        if not names:
            nameless[kind].append(one)
            continue
        fitting = [b for name in sorted(names) for b in by_name[name] if not kind or not b.kinds or kind & b.kinds]
        body = fitting[0] if fitting else Body()
        if not fitting:
            bodies.append(body)
        for name in sorted(names - body.names):
            by_name[name].append(body)
        body.add(one, names, kind)
    for kind in sorted(nameless, key=lambda kind: (not kind, sorted(kind))):
        meant = _of_kind(kind, bodies) or Body()
        if not meant.said:
            bodies.append(meant)
        for one in nameless[kind]:
            meant.add(one, frozenset(), kind)
    return [body.said for body in bodies]


def _of_kind(kind: frozenset[str], bodies: Sequence[Body]) -> Body | None:
    """The one body that words for its kind alone can mean, if there is just one."""
    separate = words("separate_bodies")
    fitting = [body for body in bodies if kind & body.kinds or not kind]
    if not fitting and separate.isdisjoint(kind):
        fitting = [body for body in bodies if not body.kinds]
    if len(fitting) != 1 or (not kind and not separate.isdisjoint(fitting[0].kinds)):
        return None
    return fitting[0]


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
    """Whether the text gives the person a post beside another, or several articles give each of two that one can hold:
    no slip."""
    if any(one.role == "beside" for one in said):
        return True
    ranks = some[0].tracks.isdisjoint(HELD_TOGETHER) or (
        MINISTER in some[0].tracks and some[0].post.rungs.isdisjoint(others[0].post.rungs)
    )
    return not ranks and all(len({one.article_id for one in group}) > 1 for group in (some, others))


def _groups(held: Iterable[Said]) -> dict[Post, int]:
    """Each post's group. Exact titles make the groups, short forms join the one that is most often meant; posts that
    the text joins make one of all those that they are."""
    counted = Counter(one.post for one in held if not one.post.joint)
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
    for joint in dict.fromkeys(one.post for one in held if one.post.joint):
        fitting = sorted({chosen[post] for post in chosen if _agree(joint, post)})
        number = min(fitting, default=max(chosen.values(), default=-1) + 1)
        chosen = {post: number if group in fitting else group for post, group in chosen.items()} | {joint: number}
    return chosen


class Changes:
    """What the corpus tells of a person's changes of post, by the day it tells them of."""

    def __init__(self, said: Sequence[Said]) -> None:
        told = [one for one in said if one.changed or one.role not in PRESENT]
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
