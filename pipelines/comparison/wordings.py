"""Wordings: one quotation, or one set phrase, that is given in several ways."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from textwrap import shorten
from typing import Any

import pandas as pd
from rapidfuzz.distance import Indel, Opcode

from pipelines.comparison.candidates import gathered
from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together
from pipelines.language.content import negated, opposed, sense, stem, unmatched
from pipelines.language.tokens import tokenise

ELLIPSIS = "…"
LEAST_CONTENT = 3
# Share of the content words of the one with fewer that the other must have.
SHARE = 0.75
# Share of all words that both have, in order.
SIMILAR = 0.7
# What one person says in as many words is one remark where fewer of them, in closer order, agree.
LONG = 10
LONG_SHARE, LONG_SIMILAR = 0.6, 0.8
# A quotation longer by this much may hold the other among more.
LONGER = 1.3
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
        return tuple(sense(stem(word)) for word in self.bare)


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
    """Whether the two are one quotation in different words, or one is of a part of the other.

    Not where an ellipsis or an insertion in brackets explains the difference, where one is cut from the other, or where
    what differs may be another thing said: a name, a number, a denial, another speaker.
    """
    if ELLIPSIS in left.words or ELLIPSIS in right.words or left.kind != right.kind or _other_speakers(left, right):
        return False
    if _varies(left, right):
        return True
    short, long = sorted((left, right), key=lambda wording: len(wording.words))
    if len(long.words) < LONGER * len(short.words) or not short.speakers & long.speakers:
        return False
    part = _part(short, long)
    return part is not None and _varies(short, part)


def _varies(left: Wording, right: Wording) -> bool:
    """Whether the two say one thing in different words."""
    only_left, only_right = unmatched(left.content, right.content)
    common = min(len(left.content) - len(only_left), len(right.content) - len(only_right))
    remark = min(len(left.words), len(right.words)) >= LONG and _of_one(left, right)
    if common < LEAST_CONTENT or common < (LONG_SHARE if remark else SHARE) * max(
        len(left.content), len(right.content)
    ):
        return False
    if left.names.symmetric_difference(right.names).intersection(only_left + only_right):
        return False
    if negated(left.bare) != negated(right.bare):
        return False
    similar = Indel.normalized_similarity(left.senses, right.senses)
    if common < SHARE * max(len(left.content), len(right.content)):
        replaced = set(left.bare) - set(right.bare), set(right.bare) - set(left.bare)
        return similar >= LONG_SIMILAR and not opposed(*replaced)
    return similar >= SIMILAR and _changed_inside(left, right)


def _of_one(left: Wording, right: Wording) -> bool:
    """Whether one person says both: a name tells it, or one article that names no other."""
    ours, theirs = ({statement.article_id for statement in wording.statements} for wording in (left, right))
    return bool(left.speakers & right.speakers or (ours & theirs and left.speakers | right.speakers))


def _part(short: Wording, long: Wording) -> Wording | None:
    """As much of the longer quotation as stands in the place of the shorter one."""
    runs = [
        step
        for step in Indel.opcodes(short.senses, long.senses)
        if step.tag == "equal" and step.src_end - step.src_start > 1
    ]
    if not runs:
        return None
    first = max(0, runs[0].dest_start - runs[0].src_start)
    last = min(len(long.words), runs[-1].dest_end + len(short.words) - runs[-1].src_end)
    within = set(long.senses[first:last])
    return replace(long, words=long.words[first:last], content=tuple(word for word in long.content if word in within))


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
            content=tuple(dict.fromkeys(map(sense, rows[0][1].split()))),
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


def _family_name(speaker: str) -> str:
    """The last word, by which a person is named again."""
    return next(token.norm for token in reversed(tokenise(speaker)) if token.kind == "word")
