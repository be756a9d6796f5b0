"""Which records are worth comparing: those that share one of their rarest words. Never all pairs."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from math import ceil
from typing import TypeVar

Item = TypeVar("Item")

# A word that more records have than this leads to none of them.
COMMON = 30


def candidates(records: Sequence[Sequence[str]], share: float) -> Iterator[tuple[int, int]]:
    """Pairs of places in `records` (words, each once a record) that may share `share` of the smaller one's words.

    The smaller record comes first in a pair, on a tie the earlier. The prefix filter of set similarity joins
    (Chaudhuri, Ganti and Kaushik, A Primitive Operator for Similarity Joins in Data Cleaning, ICDE 2006): of its n
    words, one of the n - ceil(share * n) + 1 rarest must be shared. Work is linear in the number of words.
    """
    counts = Counter(word for record in records for word in record)
    holders: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for word in record:
            if 1 < counts[word] <= COMMON:
                holders[word].append(place)
    for place, record in enumerate(records):
        size = (len(record), place)
        others = dict.fromkeys(other for word in _prefix(record, counts, share) for other in holders.get(word, ()))
        yield from ((place, other) for other in others if (len(records[other]), other) > size)


def _prefix(record: Sequence[str], counts: Counter[str], share: float) -> list[str]:
    """The record's rarest words; common ones lead nowhere."""
    length = len(record) - ceil(share * len(record)) + 1
    return sorted(record, key=lambda word: (counts[word], word))[:length]


def gathered(
    items: Sequence[Item], words: Callable[[Item], Sequence[str]], share: float, alike: Callable[[Item, Item], bool]
) -> list[list[Item]]:
    """The items in groups, each like another of its group, in the order of their first items; one may stand alone.

    `words` are what `candidates` chooses by.
    """
    groups = Groups(len(items))
    for left, right in candidates([words(item) for item in items], share):
        if alike(items[left], items[right]):
            groups.join(left, right)
    members: dict[int, list[Item]] = defaultdict(list)
    for place, item in enumerate(items):
        members[groups.root(place)].append(item)
    return list(members.values())


class Groups:
    """Places that belong together, directly or through others (union-find with path halving)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def join(self, left: int, right: int) -> None:
        first, second = sorted((self.root(left), self.root(right)))
        self._parent[second] = first

    def root(self, place: int) -> int:
        """The first place of the group."""
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place
