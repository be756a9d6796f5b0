"""Speakers: whose one quotation is said to be."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from textwrap import shorten
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from pipelines.comparison.candidates import Groups, gathered
from pipelines.comparison.facts import Age, Comparison, Statement, Tables, sequence, state, together
from pipelines.language.content import negated, stem
from pipelines.language.persons import Name

# Fewer words, or words that say something, may be anybody's: `We need more time.`
LEAST_WORDS, LEAST_CONTENT = 6, 3
# Share of the shorter one's words that the longer has, in order.
SAME = 0.9
# … and of its content words that both have.
SHARE = 0.75
# How alike two names must be, of 100, to be one name in two spellings.
ALIKE = 80
DISPLAYED = 160


class _Said(NamedTuple):
    """A quotation, and the person whom its article names as the speaker."""

    words: tuple[str, ...]
    content: tuple[str, ...]
    person: Name
    speaker: str
    text: str
    place: tuple[str, int, int]


def compare(tables: Tables) -> Comparison:
    """Rows of `speakers` with their witnesses: quotations of the same words, by the persons who are said to say them.

    A quotation counts where its article names the speaker, and nothing beside it tells that the words are another's as
    well. Short names, and names that differ in spelling alone, are one person's.
    """
    order = sequence(tables)
    quoted = gathered(_said(tables), lambda one: one.content, SHARE, _same_words)
    return together([_fact(same, order) for same in quoted if len({one.person for one in same}) > 1])


def _fact(same: Sequence[_Said], order: Mapping[str, Age]) -> Comparison:
    """The statements of one quotation, grouped by person."""
    persons = list(dict.fromkeys(one.person for one in same))
    groups = Groups(len(persons))
    for left, right in combinations(range(len(persons)), 2):
        if _one_person(persons[left], persons[right]):
            groups.join(left, right)
    statements = [
        Statement(*one.place, value=one.speaker, group=groups.root(persons.index(one.person))) for one in same
    ]
    return state("speaker", min(" ".join(one.words) for one in same), same[0].text, statements, order)


def _same_words(left: _Said, right: _Said) -> bool:
    """Whether one is the other, whole or cut, but for a word."""
    shorter = min(len(left.words), len(right.words))
    return negated(left.words) == negated(right.words) and LCSseq.similarity(left.words, right.words) >= SAME * shorter


def _one_person(left: Name, right: Name) -> bool:
    """Whether the names can be one person's: one is short for the other, or they are spelled alike."""
    shorter, longer = sorted((left, right), key=len)
    if set(shorter) <= set(longer) or fuzz.ratio(" ".join(left), " ".join(right)) >= ALIKE:
        return True
    initials = shorter[-1] == longer[-1] and shorter[0][0] == longer[0][0]
    return initials and min(len(shorter[0]), len(longer[0])) == 1


def _said(tables: Tables) -> list[_Said]:
    """The quotations that are long enough, of speech, and said by a person whose name stands beside them."""
    mentions = tables["mentions"]
    people = mentions[mentions["person"] & mentions["person_key"].notna()]
    persons = dict(zip(zip(people["article_id"], people["end"], strict=True), people["person_key"], strict=True))
    quotations = tables["quotations"]
    spoken = quotations[quotations["speaker_end"].notna() & ~quotations["borrowed"]]
    said = []
    for row in spoken[spoken["words"] >= LEAST_WORDS].to_dict("records"):
        content = tuple(row["content"].split())
        who = persons.get((row["article_id"], row["speaker_end"]))
        if who is not None and len(content) >= LEAST_CONTENT:
            said.append(
                _Said(
                    tuple(stem(word.strip("[]")) for word in row["words_key"].split()),
                    content,
                    tuple(who.split()),
                    row["speaker"],
                    shorten(row["text"], DISPLAYED, placeholder=" …"),
                    (row["article_id"], row["start"], row["end"]),
                )
            )
    return said
