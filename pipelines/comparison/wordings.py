"""Wordings: one quotation, or one set phrase, that is given in several ways."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from textwrap import shorten
from typing import Any

import pandas as pd
from rapidfuzz.distance import Indel, Opcode

from pipelines.comparison.candidates import gathered
from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together
from pipelines.language.content import negated, stem, unmatched
from pipelines.language.lexicons import mapping
from pipelines.language.tokens import tokenise

ELLIPSIS = "…"
LEAST_CONTENT = 3
# Share of the content words of the one with fewer that the other must have.
SHARE = 0.75
# Share of all words that both have, in order.
SIMILAR = 0.7
DISPLAYED = 160


@dataclass(frozen=True)
class Wording:
    """One wording of a quotation and where it stands: rows of `quotations` with the same words."""

    words: tuple[str, ...]
    content: tuple[str, ...]
    names: frozenset[str]
    kind: str
    speakers: frozenset[str]
    statements: tuple[Statement, ...]

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """The words, those of bracketed insertions among them."""
        return tuple(word.strip("[]") for word in self.words)

    @cached_property
    def senses(self) -> tuple[str, ...]:
        return tuple(_sense(stem(word)) for word in self.bare)


def compare(tables: Tables) -> Comparison:
    """Rows of `wordings` with their witnesses: a fact a quotation that two or more wordings give."""
    order = sequence(tables)
    quoted = gathered(_wordings(tables["quotations"]), lambda wording: wording.content, SHARE, differ)
    return together(
        [
            state(
                "wording",
                min(" ".join(wording.words) for wording in variants),
                variants[0].statements[0].value,
                [statement for wording in variants for statement in wording.statements],
                order,
                form=variants[0].kind,
            )
            for variants in quoted
            if len(variants) > 1
        ]
    )


def differ(left: Wording, right: Wording) -> bool:
    """Whether the two are one quotation in different words.

    Not where an ellipsis or an insertion in brackets explains the difference, where one is cut from the other, or where
    what differs may be another thing said: a name, a number, a denial, another speaker.
    """
    if ELLIPSIS in left.words or ELLIPSIS in right.words or left.kind != right.kind:
        return False
    only_left, only_right = unmatched(left.content, right.content)
    common = min(len(left.content) - len(only_left), len(right.content) - len(only_right))
    if common < LEAST_CONTENT or common < SHARE * max(len(left.content), len(right.content)):
        return False
    if left.names.symmetric_difference(right.names).intersection(only_left + only_right):
        return False
    if negated(left.bare) != negated(right.bare) or _other_speakers(left, right):
        return False
    return Indel.normalized_similarity(left.senses, right.senses) >= SIMILAR and _changed_inside(left, right)


def _changed_inside(left: Wording, right: Wording) -> bool:
    """Whether words differ between words that agree; what differs at the edges is where the quotation was cut."""
    steps = list(Indel.opcodes(left.senses, right.senses))
    agreed = [place for place, step in enumerate(steps) if step.tag == "equal"]
    if any(_inflected(steps[place], left, right) for place in agreed):
        return True
    return any(
        not any(word.startswith("[") for step in change for word in _touched(step, left, right))
        for first, last in pairwise(agreed)
        if (change := steps[first + 1 : last])
    )


def _inflected(step: Opcode, left: Wording, right: Wording) -> bool:
    """Whether words of one sense have other endings, or are others."""
    return left.bare[step.src_start : step.src_end] != right.bare[step.dest_start : step.dest_end]


def _touched(step: Opcode, left: Wording, right: Wording) -> tuple[str, ...]:
    return left.words[step.src_start : step.src_end] + right.words[step.dest_start : step.dest_end]


def _other_speakers(left: Wording, right: Wording) -> bool:
    return bool(left.speakers and right.speakers and not left.speakers & right.speakers)


def _wordings(quotations: pd.DataFrame) -> list[Wording]:
    """The wordings of three content words and more, each once, in order of their first place."""
    columns = ["words_key", "content", "names", "kind", "speaker", "article_id", "start", "end", "text"]
    given: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in zip(*(quotations[column].tolist() for column in columns), strict=True):
        if row[1].count(" ") + 1 >= LEAST_CONTENT:
            given[row[0]].append(row)
    return [
        Wording(
            words=tuple(key.split()),
            content=tuple(dict.fromkeys(map(_sense, rows[0][1].split()))),
            names=frozenset(rows[0][2].split()),
            kind=rows[0][3],
            speakers=frozenset(_family_name(row[4]) for row in rows if isinstance(row[4], str)),
            statements=tuple(
                Statement(article, start, end, shorten(text, DISPLAYED, placeholder=" …"), key)
                for *_, article, start, end, text in rows
            ),
        )
        for key, rows in given.items()
    ]


def _sense(word: str) -> str:
    """What stands for a stem and its synonyms."""
    return _senses().get(word, word)


@cache
def _senses() -> dict[str, str]:
    return {stem(word): stem(sense) for word, sense in mapping("synonyms").items()}


def _family_name(speaker: str) -> str:
    """The last word, by which a person is named again."""
    return next(token.norm for token in reversed(tokenise(speaker)) if token.kind == "word")
