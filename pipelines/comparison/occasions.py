"""Occasions: one event, dated in two or more places."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cache
from itertools import combinations
from typing import NamedTuple

from expectations.contracts import rows_of
from pipelines.comparison.facts import Age, Comparison, Statement, Tables, sequence, state, together
from pipelines.language.dates import WEEKDAYS
from pipelines.language.lexicons import table, words
from pipelines.language.nations import national_words
from pipelines.language.phrases import GENERIC, alike, group_of
from pipelines.language.tokens import norm

APART = 31  # days: what is further apart is rather two events
STORY = 2  # names of several words that articles on one event share
STORY_WORDS = 3  # words of names that articles on one event share, where its days are at hand
AT_HAND = 3  # days
A_WEEK = 7  # days
SHORT = 3  # letters of a word that tells nothing
COMMON = 50  # dated events that share a name: one that more share tells no story
# Events that a story can hold many of: across articles, a place or a name in the statement tells one from the next.
_REPEATED = frozenset(
    {"ambush", "announcement", "approval", "arrest", "attack", "auction", "bombing", "ceremony", "death", "delivery"}
    | {"earthquake", "explosion", "fire", "flood", "landing", "meeting", "publication", "purchase", "raid", "release"}
    | {"sale", "seizure", "sentencing", "shelling", "shooting", "summit", "visit", "appointment"}
)
# What befalls so seldom that no second one is to be expected within a month.
_SELDOM = frozenset({"assassination", "coup", "derailment", "grounding", "hijacking", "sinking"})


class _Dated(NamedTuple):
    """A statement that an event was on a day."""

    article: str
    start: int
    end: int
    text: str
    event: str
    day: str  # ISO 8601, `--MM-DD` where no year is known, or the weekday where no more is
    nouns: tuple[str, ...]
    names: frozenset[str]
    place: str | None
    definite: bool
    phase: str | None
    apart: bool
    once: bool
    acts: bool
    befalls: bool


def compare(tables: Tables) -> Comparison:
    """Rows of `occasions` with their witnesses: statements that date one event, by its word, its things and its names.

    Within an article they name one thing, or one of them speaks of the event as known (`the signing`). Across articles,
    these also share names, and neither dates another such event to the other's day.
    """
    dated = _dated(tables)
    order = sequence(tables)
    linked = _Linked(len(dated))
    for one, other in (*_within(dated), *_across(dated, tables)):
        linked.join(one, other)
    facts = []
    for places in linked.groups():
        group = [dated[place] for place in places]
        if len(group) > 1:
            facts.append(_fact(group, order))
    return together(facts)


def _fact(group: Sequence[_Dated], order: Mapping[str, Age]) -> Comparison:
    if any(one.day in WEEKDAYS for one in group):
        group = [one._replace(day=_weekday(one.day) or one.day) for one in group]
    elif any(one.day.startswith("--") for one in group):
        group = [one._replace(day=f"-{one.day[4:]}" if one.day[0] != "-" else one.day) for one in group]
    days: dict[str, set[str]] = defaultdict(set)
    for one in group:
        days[one.article].add(one.day)
    inside = next((article for article, said in days.items() if len(said) > 1), "")
    noun = min((noun for one in group for noun in one.nouns), default="")
    first = min(group, key=lambda one: (one.day, one.article, one.start))
    statements = [Statement(one.article, one.start, one.end, one.text, one.day) for one in group]
    return state(
        "occasion",
        f"{first.event}/{noun}/{first.day}",
        first.event,
        statements,
        order,
        of=f"{first.article}:{first.start}",
        scope="within" if inside or len(days) == 1 else "cross",
    )


def _dated(tables: Tables) -> list[_Dated]:
    events, dates = tables["events"], tables["dates"]
    known = {
        (article, start): (value, stated)
        for article, start, value, stated in zip(
            dates["article_id"], dates["start"], dates["value"], dates["stated"], strict=True
        )
    }
    found = []
    for row in rows_of(events):
        resolved = known.get((row["article_id"], row["start"]))
        if resolved is None:
            continue
        day = resolved[0] if isinstance(resolved[0], str) else row["counted"] or row["month_day"] or row["weekday"]
        if day is None:
            continue
        found.append(
            _Dated(
                article=row["article_id"],
                start=row["start"],
                end=row["end"],
                text=resolved[1],
                event=row["event"],
                day=day,
                nouns=tuple(_parts(row["nouns"])),
                names=frozenset(_parts(row["names"])),
                place=row["place"],
                definite=row["definite"],
                phase=row["phase"],
                apart=row["apart"],
                once=row["kind"] != "other",
                acts=row["acts"],
                befalls=row["kind"] == "befalls",
            )
        )
    return found


def _parts(cell: str | None) -> list[str]:
    return cell.split(";") if cell else []


def _within(dated: Sequence[_Dated]) -> Iterator[tuple[int, int]]:
    """Pairs of statements of one article on one event."""
    by_event: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(dated):
        if not one.apart:
            by_event[one.article, one.event].append(place)
    for places in by_event.values():
        for left, right in combinations(places[:COMMON], 2):
            one, other = dated[left], dated[right]
            if not _reconcilable(one, other) or (one.acts and other.acts) or _of_others(one, other):
                continue
            if _of_one_thing(one, other) and not (one.names and other.names and one.names.isdisjoint(other.names)):
                yield left, right
            elif (_known(one) or _known(other) or _of_one_name(one, other)) and not _of_a_season(one, other):
                days = {dated[place].day for place in places}
                if len(days) <= 2:  # otherwise it is open which event is known
                    yield left, right


def _known(one: _Dated) -> bool:
    """Whether it speaks of the event as known, and of nobody and nothing that it happened to: `the signing`."""
    return one.definite and not one.nouns and not one.names


def _of_one_name(one: _Dated, other: _Dated) -> bool:
    """Whether both name one party, and not both a thing: `Ana Reis was appointed`, `Reis’s appointment`."""
    return not _words_of(one).isdisjoint(_words_of(other)) and not (one.nouns and other.nouns)


def _of_a_season(one: _Dated, other: _Dated) -> bool:
    """Whether two disasters are so far apart that they are rather two: `the storm on 1 November … on 8 November`."""
    return one.befalls and one.event not in _SELDOM and _days_between(one.day, other.day) >= A_WEEK


def _of_others(one: _Dated, other: _Dated) -> bool:
    """Whether both name parties, and none in common: `Rovers signed Lund`, `the signing of Kolb`."""
    return bool(one.names and other.names) and _words_of(one).isdisjoint(_words_of(other))


def _words_of(one: _Dated) -> set[str]:
    return {word for name in one.names for word in name.split()}


def _across(dated: Sequence[_Dated], tables: Tables) -> Iterator[tuple[int, int]]:
    """Pairs of statements of two articles on one event."""
    named = _named(tables, {one.article for one in dated})
    days: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in dated:
        days[one.article, one.event].add(one.day)
    for left, right in _of_one_story(dated, named):
        one, other = dated[left], dated[right]
        explained = one.day != other.day and (
            other.day in days[one.article, one.event] or one.day in days[other.article, other.event]
        )
        strange = _strange(one, named[other.article]) or _strange(other, named[one.article])
        if not explained and not strange and _reconcilable(one, other) and _alike_across(one, other):
            yield left, right


def _named(tables: Tables, articles: Set[str]) -> dict[str, frozenset[str]]:
    """What each of these articles calls by a name."""
    entities = tables["entities"]
    chosen = entities[entities["article_id"].isin(sorted(articles)) & (entities["kind"] != "common")]
    found = {article: frozenset(texts) for article, texts in chosen.groupby("article_id", sort=True)["text"]}
    return {article: found.get(article, frozenset()) for article in sorted(articles)}


def _of_one_story(dated: Sequence[_Dated], named: Mapping[str, frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs of statements of one kind of event, in two articles that share telling names.

    Of an event that befalls, or that is staged once, the words of names tell as well where the days are at hand.
    """
    telling = {article: [name for name in sorted(names) if _telling(name)] for article, names in named.items()}
    yield from (pair for pair, names in _sharing(dated, telling).items() if names >= STORY)
    rare = {article: sorted(_name_words(names)) for article, names in named.items()}
    for (left, right), shared in _sharing(dated, rare).items():
        one, other = dated[left], dated[right]
        at_hand = one.once and other.once and _days_between(one.day, other.day) <= AT_HAND
        if shared >= STORY_WORDS and at_hand and one.event not in _REPEATED:
            yield left, right


def _sharing(dated: Sequence[_Dated], names: Mapping[str, Sequence[str]]) -> dict[tuple[int, int], int]:
    """How many names the articles of two statements share, for each pair of one kind of event that share any."""
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(dated):
        for name in names[one.article] if not one.apart else ():
            by_name[one.event, name].append(place)
    shared = Counter(
        (left, right)
        for places in by_name.values()
        if len(places) <= COMMON
        for left, right in combinations(places, 2)
        if dated[left].article != dated[right].article
    )
    return dict(sorted(shared.items()))


def _name_words(names: Set[str]) -> set[str]:
    """The words of names that are no word for an institution, a nation or an office."""
    said = {norm(word) for name in names for word in name.split() if len(word) > SHORT}
    return {word for word in said if word.isalpha()} - words("institution_words") - national_words() - _title_words()


@cache
def _title_words() -> frozenset[str]:
    return frozenset(word for row in table("titles") for word in row["title"].split())


def _alike_across(one: _Dated, other: _Dated) -> bool:
    """Whether two statements of one story are of one event, by its things; where a story has many, by more."""
    if one.nouns and other.nouns and not _of_one_thing(one, other):
        return False
    same_place = one.place is not None and one.place == other.place
    return one.event not in _REPEATED or same_place or bool(one.names & other.names)


def _telling(name: str) -> bool:
    """Whether a name is one of few: of several words, with a number, or an acronym."""
    return " " in name or any(character.isdigit() for character in name) or (name.isupper() and len(name) > 2)


def _strange(one: _Dated, keys: frozenset[str]) -> bool:
    """Whether the names of a statement are none of those that the other article mentions."""
    words = {word for key in keys for word in key.casefold().split()}
    return bool(one.names) and all(words.isdisjoint(name.split()) for name in one.names)


def _reconcilable(one: _Dated, other: _Dated) -> bool:
    """Whether place, phase and days allow that two statements of one kind of event are of one event."""
    if one.place and other.place and one.place != other.place:
        return False
    if one.phase and other.phase and one.phase != other.phase:
        return False
    return _days_between(one.day, other.day) <= APART


def _weekday(day: str) -> str | None:
    """The weekday of a day; None where its year is not known."""
    return day if day in WEEKDAYS else None if day.startswith("--") else WEEKDAYS[date.fromisoformat(day).weekday()]


def _days_between(one: str, other: str) -> int:
    """How far apart two days are at least; those of which a weekday is all that is known are of one week."""
    if one in WEEKDAYS or other in WEEKDAYS:
        named, also = _weekday(one), _weekday(other)
        return int(named != also) if named and also else APART + 1
    if one.startswith("--") or other.startswith("--"):
        year = next((day[:4] for day in (one, other) if not day.startswith("--")), "2000")
        one, other = (f"{year}{day[1:]}" if day.startswith("--") else day for day in (one, other))
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return APART + 1


def _of_one_thing(one: _Dated, other: _Dated) -> bool:
    return any(alike(a, b) or _generic(a, b) or _generic(b, a) for a in one.nouns for b in other.nouns)


def _generic(noun: str, other: str) -> bool:
    """Whether one noun can stand for the other: `the agreement` for a lease."""
    return group_of(other) in GENERIC.get(noun, ())


class _Linked:
    """Places that belong together, by union and find."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def join(self, one: int, other: int) -> None:
        self._parent[self._root(other)] = self._root(one)

    def groups(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self._parent)):
            found[self._root(place)].append(place)
        return list(found.values())

    def _root(self, place: int) -> int:
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place
