"""Passages: runs of sentences that stand in two or more articles, word for word or nearly.

Clauses that are equal in two articles lead to pairs of sentences, and pairs that follow each other in both articles to
passages. A clause leads from the first article that holds it to each later one, never to all pairs, and one that many
articles hold leads nowhere: work is linear in the number of clauses.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import shorten
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from pipelines.comparison.facts import Age, Comparison, Statement, Tables, sequence, state, together

# Words of a clause that two articles do not share by chance.
TELLING = 6
# Articles that hold it; more, and it is what all of them carry.
COMMON = 12
# Words of the shorter sentence that the longer has in the same order: the same sentence from here on.
ALIKE = 0.8
# A passage: so many sentences that are not all quotation, and so many words.
LEAST_SENTENCES, LEAST_WORDS = 2, 20
# A shorter one that closes both articles is what the paper prints below them.
FOOTER_SENTENCES = 3
DISPLAYED = 100


class Unit(NamedTuple):
    """A sentence of running text; `clauses` are the words of its unquoted clauses that may lead to another article."""

    start: int
    end: int
    words: tuple[str, ...]
    quoted: bool
    clauses: tuple[str, ...]


class Passage(NamedTuple):
    """Sentences of an earlier article, and those of a later one that say the same; last ones included."""

    earlier: str
    later: str
    of_earlier: tuple[int, int]
    of_later: tuple[int, int]


def compare(tables: Tables) -> Comparison:
    """Rows of `passages` with their witnesses: a fact a passage, with every article that has it."""
    order = sequence(tables)
    articles = _units(tables, order)
    texts = dict(zip(tables["texts"]["article_id"], tables["texts"]["text"], strict=True))
    of_source: dict[tuple[str, int], list[Passage]] = defaultdict(list)
    for passage in _passages(articles):
        of_source[passage.earlier, passage.of_earlier[0]].append(passage)
    return together(
        [_fact(source, first, passages, articles, texts, order) for (source, first), passages in of_source.items()]
    )


def _fact(
    source: str,
    first: int,
    passages: Sequence[Passage],
    articles: Mapping[str, Sequence[Unit]],
    texts: Mapping[str, str],
    order: Mapping[str, Age],
) -> Comparison:
    longest = max(passages, key=lambda passage: passage.of_earlier[1])
    places = [(source, longest.of_earlier), *((passage.later, passage.of_later) for passage in passages)]
    statements = []
    for article, (begin, last) in places:
        start, end = articles[article][begin].start, articles[article][last].end
        shown = shorten(texts[article][start:end], DISPLAYED, placeholder=" …")
        statements.append(Statement(article, start, end, shown, "the same"))
    latest = max(passages, key=lambda passage: order[passage.later].place)
    return state(
        "passage",
        " ".join(articles[source][first].words),
        statements[0].value,
        statements,
        order,
        of=source,
        sentences=latest.of_later[1] - latest.of_later[0] + 1,
        earliest=source,
    )


def _units(tables: Tables, order: Mapping[str, Age]) -> dict[str, list[Unit]]:
    """The sentences of every article, the articles in order of age."""
    columns = ["article_id", "sentence", "start", "end", "quoted", "depth", "words", "words_key"]
    rows = zip(*(tables["clauses"][column].tolist() for column in columns), strict=True)
    found: dict[str, list[Unit]] = defaultdict(list)
    for (article, _), group in groupby(rows, key=lambda row: row[:2]):
        of_sentence = list(group)
        _, _, start, end, quoted, _, _, key = of_sentence[0]
        clauses = tuple(row[7] for row in of_sentence if row[6] >= TELLING and not row[4])
        found[article].append(Unit(start, end, tuple(key.split()), quoted, clauses))
    return {article: found[article] for article in sorted(found, key=lambda article: order[article].place)}


def _passages(articles: Mapping[str, Sequence[Unit]]) -> Iterator[Passage]:
    for (earlier, later), pairs in _alike(articles).items():
        left, right = articles[earlier], articles[later]
        for run in _runs(pairs):
            of_earlier, of_later = (run[0][0], run[-1][0]), (run[0][1], run[-1][1])
            if _is_passage(right, of_later) and not _is_footer(left, of_earlier, right, of_later):
                yield Passage(earlier, later, of_earlier, of_later)


def _alike(articles: Mapping[str, Sequence[Unit]]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """By pair of articles, the places of the sentences that both have, in order of the later one's."""
    holders: dict[str, dict[str, int]] = defaultdict(dict)
    for article, units in articles.items():
        for place, unit in enumerate(units):
            for clause in unit.clauses:
                holders[clause].setdefault(article, place)
    pairs: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for held in holders.values():
        if not 1 < len(held) <= COMMON:
            continue
        (first, at), *others = held.items()
        for later, place in others:
            if place not in pairs[first, later] and _same(articles[first][at], articles[later][place]):
                pairs[first, later][place] = at
    return {of: sorted((at, place) for place, at in found.items()) for of, found in pairs.items()}


def _same(left: Unit, right: Unit) -> bool:
    shorter = min(len(left.words), len(right.words))
    return LCSseq.similarity(left.words, right.words) >= ALIKE * shorter


def _runs(pairs: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Pairs that follow each other in both articles; one sentence may have been put in, taken out or rewritten."""
    run: list[tuple[int, int]] = []
    for pair in pairs:
        if run and not (pair[0] - run[-1][0] <= 2 and 0 < pair[1] - run[-1][1] <= 2):
            yield run
            run = []
        run.append(pair)
    if run:
        yield run


def _is_passage(units: Sequence[Unit], places: tuple[int, int]) -> bool:
    told = [unit for unit in units[places[0] : places[1] + 1] if not unit.quoted]
    return len(told) >= LEAST_SENTENCES and sum(len(unit.words) for unit in told) >= LEAST_WORDS


def _is_footer(
    left: Sequence[Unit], of_left: tuple[int, int], right: Sequence[Unit], of_right: tuple[int, int]
) -> bool:
    """Whether it closes both articles and is short: how to subscribe, what the paper is a member of."""
    closes = of_left[1] == len(left) - 1 and of_right[1] == len(right) - 1
    return closes and of_right[0] > 0 and of_right[1] - of_right[0] < FOOTER_SENTENCES
