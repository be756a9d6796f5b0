"""Names: one person, spelled in several ways."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, starmap
from typing import Any, NamedTuple

import pandas as pd
from rapidfuzz.distance import OSA

from expectations.contracts import rows_of
from pipelines.comparison.candidates import Groups
from pipelines.comparison.facts import Age, Comparison, Statement, Tables, sequence, state, together
from pipelines.language.names import PARTICLES
from pipelines.language.persons import Name
from pipelines.language.romanisation import sounds

# Letters of a family name in which one may be wrong; in shorter ones it makes another name.
LONG = 5
# Letters of a given name that is the same without one of its vowels; of shorter ones each is a name (`Mara`, `Maria`).
LONG_GIVEN = 7
# Letters of a name that can sound as another does; shorter ones are other names (`Wei`, `Wai`).
SOUNDED = 4
# Code points between two names that one sentence sets side by side.
BESIDE = 25
# Names that begin alike, and articles of one name, that are looked at.
LIKE, ARTICLES = 200, 20
_VOWELS = frozenset("aeiou")
_ENDINGS = frozenset("aeiouys")

Row = Mapping[str, Any]


class _Person(NamedTuple):
    """One whom an article names, in one spelling: the mentions, and what each says of the person (stems)."""

    article: str
    name: Name
    rows: tuple[Row, ...]

    @property
    def descriptions(self) -> list[frozenset[str]]:
        return [frozenset(row["description"].split()) for row in self.rows if row["description"]]


def compare(tables: Tables) -> Comparison:
    """Rows of `names` with their witnesses: names that sound alike, or differ in a letter, and can be one person's.

    Within an article, unless both are introduced as different persons, or stand side by side; across articles only
    where the articles say the same of both, or name somebody else in common.
    """
    order = sequence(tables)
    persons = _persons(tables["mentions"])
    named: dict[str, set[Name]] = defaultdict(set)
    for person in persons:
        if len(person.name) > 1:
            named[person.article].add(person.name)
    groups, inside = Groups(len(persons)), []
    by_name: dict[Name, list[int]] = defaultdict(list)
    for place, person in enumerate(persons):
        by_name[person.name].append(place)
    for one, other in _alike_names(list(by_name)):
        for left in by_name[one][:ARTICLES]:
            for right in by_name[other][:ARTICLES]:
                if _one_person(persons[left], persons[right], named):
                    groups.join(left, right)
                    if persons[left].article == persons[right].article:
                        inside.append(left)
    within = {groups.root(place) for place in inside}
    members: dict[int, list[_Person]] = defaultdict(list)
    for place, person in enumerate(persons):
        members[groups.root(place)].append(person)
    return together(
        [
            _fact(same, order, inside=root in within)
            for root, same in members.items()
            if len({person.name for person in same}) > 1
        ]
    )


def _persons(mentions: pd.DataFrame) -> list[_Person]:
    """Everyone whom an article names, without those in quotations and those whose name two persons share."""
    rows: dict[tuple[str, Name], list[Row]] = defaultdict(list)
    for row in rows_of(mentions[~mentions["quoted"] & mentions["person_key"].notna()]):
        rows[row["article_id"], tuple(row["person_key"].split())].append(row)
    return [_Person(article, name, tuple(found)) for (article, name), found in rows.items()]


def _alike_names(names: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """Pairs of names that one person can have in two spellings."""
    buckets: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in names:
        whole = _bare(name)
        if len(whole) > 1:
            buckets[sounds(whole[0])[:2], sounds(whole[-1])[:1]].append(name)
        buckets["", sounds("".join(whole))[:2]].append(name)
        buckets["", sounds(whole[-1])[:2]].append(name)
    pairs: dict[tuple[Name, Name], None] = {}
    for bucket in buckets.values():
        if len(bucket) <= LIKE:
            pairs |= {pair: None for pair in combinations(dict.fromkeys(bucket), 2) if _alike(*pair)}
    yield from pairs


def _alike(left: Name, right: Name) -> bool:
    """Whether the names differ, and in spelling alone."""
    shorter, longer = sorted((_bare(left), _bare(right)), key=len)
    if len(shorter) == len(longer):
        *given, family = zip(shorter, longer, strict=True)
        return shorter != longer and all(starmap(_same_given, given)) and _misspelled(*family)
    if len(shorter) > 1:
        return False
    one, other = shorter[0], longer[-1]
    return (one != other and (_misspelled(one, other) or _slipped(one, other))) or (
        len(longer) == 2 and len("".join(longer)) > LONG and OSA.distance(shorter[0], "".join(longer)) <= 1
    )


def _slipped(one: str, other: str) -> bool:
    """Whether a letter is wrong in whatever part of a family name, but for the ending of another gender or family."""
    return (
        min(len(one), len(other)) >= SOUNDED
        and one[:2] == other[:2]
        and OSA.distance(one, other, score_cutoff=1) <= 1
        and {one + "a", one + "s"}.isdisjoint({other})
        and {other + "a", other + "s"}.isdisjoint({one})
    )


@lru_cache(maxsize=65536)
def _same_given(one: str, other: str) -> bool:
    """Whether two given names can be one in two spellings."""
    return _same_sound(one, other) or _lost_vowel(one, other)


def _same_sound(one: str, other: str) -> bool:
    """Whether they are spoken alike, but for a vowel inside."""
    if one == other:
        return True
    left, right = sounds(one), sounds(other)
    if min(len(one), len(other)) < SOUNDED or left == right:
        return left == right and len(left) >= SOUNDED - 1
    inner = [pair for pair in zip(left[1:-1], right[1:-1], strict=False) if pair[0] != pair[1]]
    ends = len(left) == len(right) >= LONG and (left[0], left[-1]) == (right[0], right[-1])
    return ends and len(inner) == 1 and set(inner[0]) <= _VOWELS


def _lost_vowel(one: str, other: str) -> bool:
    """Whether a long given name lacks a vowel inside: `Cathrine`, `Catherine`."""
    short, long = sorted((one, other), key=len)
    if len(short) < LONG_GIVEN or len(long) != len(short) + 1:
        return False
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    return 0 < at < len(short) and long[at] in _VOWELS and short[at:] == long[at + 1 :]


def _misspelled(one: str, other: str) -> bool:
    """Whether a letter is wrong in a family name; an ending may be another gender’s, or another family’s."""
    if _same_sound(one, other):
        return True
    if (
        min(len(one), len(other)) < LONG
        or sounds(one)[0] != sounds(other)[0]
        or OSA.distance(one, other, score_cutoff=1) > 1
    ):
        return False
    return (
        one[:-1] != other[:-1]
        and not (one[-1] in _ENDINGS and one[:-1] == other)
        and not (other[-1] in _ENDINGS and other[:-1] == one)
    )


@lru_cache(maxsize=65536)
def _bare(name: Name) -> Name:
    return tuple(word for word in name if word not in PARTICLES and len(word) > 1) or name


def _one_person(left: _Person, right: _Person, named: Mapping[str, set[Name]]) -> bool:
    """Whether two names that are alike are told of one."""
    here = left.article == right.article
    if not any(row["person"] for row in (*left.rows, *right.rows)):
        return False
    if not here and (len(left.name) < 2 or len(right.name) < 2):
        return False
    if here and len(left.name) == len(right.name) == 1:
        return False
    alone = min(left, right, key=lambda person: len(person.name))
    if len(alone.name) == 1 and not _surely_alike(left.name, right.name):
        return all(row["courtesy"] for row in alone.rows)
    if left.descriptions and right.descriptions:
        return any(one <= other or other <= one for one in left.descriptions for other in right.descriptions)
    if here:
        return not any(
            one["start"] - other["end"] in range(BESIDE) or other["start"] - one["end"] in range(BESIDE)
            for one in left.rows
            for other in right.rows
        )
    return not {left.name, right.name}.issuperset(named[left.article] & named[right.article])


def _surely_alike(left: Name, right: Name) -> bool:
    """Whether a family name by itself is so like the other that it needs no form of address to be a person’s."""
    one, other = _bare(left)[-1], _bare(right)[-1]
    return _misspelled(one, other) or not _slipped(one, other)


def _fact(same: Sequence[_Person], order: Mapping[str, Age], *, inside: bool) -> Comparison:
    statements = [
        Statement(row["article_id"], row["start"], row["end"], row["name"], person.name)
        for person in same
        for row in person.rows
    ]
    key = "/".join(sorted({" ".join(person.name) for person in same}))
    return state("name", key, statements[0].value, statements, order, inside=inside)
