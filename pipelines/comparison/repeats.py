"""Repeats: clauses and sentences that stand again in their article, nearly word for word or lightly reworded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from textwrap import shorten
from typing import Literal, NamedTuple

import pandas as pd
from rapidfuzz.distance import LCSseq

from pipelines.comparison.candidates import Groups, candidates
from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together
from pipelines.language.content import content_stem, negated, sense, unmatched
from pipelines.language.lexicons import words
from pipelines.language.tokens import tokenise

Wording = Literal["verbatim", "reworded"]

# The shorter one's words that stand in the longer in the same order, of all its words: word for word from here on.
VERBATIM = 0.9
# The shorter one's content words that the longer has, of all of them: reworded from here on.
REWORDED = 0.8
# … in a long clause: so far alike that it is no other sentence, wherever it stands.
IN_ORDER = 0.8
# The content words in common, of the longer one's: what says twice as much is no repeat.
BALANCE = 0.6
# As many must be equal to the letter for spelling to be looked at.
ROUGHLY = 0.6
# In sentences: how far a reworded repeat, and a short one, may stand; farther on an article takes up its thread again.
NEAR, BESIDE = 4, 1
# Words with which a remark opens, if it is one that stands twice.
TURN_WORDS = 3
LEAST_CONTENT = 2
# Words of a clause that nobody writes twice by chance, whatever they say.
TO_THE_LETTER = 10
DISPLAYED = 100
# Words; a longer one is no sentence that anybody wrote.
LONGEST_SENTENCE = 200

_SUBORDINATORS = frozenset(
    {"if", "when", "as", "while", "because", "since", "after", "before", "unless", "until", "although"}
    | {"who", "which", "to"}
)
_AUXILIARIES = frozenset(
    {"am", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "to", "do", "does", "did"}
    | {"can", "could", "may", "might", "must", "shall", "should", "will", "would"}
)
_FINITE = _AUXILIARIES - {"be", "been", "being", "to"}
# Before a noun: `the building`, `of training`.
_DETERMINERS = frozenset(
    {"a", "an", "the", "this", "that", "its", "their", "his", "her", "our", "of", "no", "any", "every"}
)
# Words that tell a thing from its like.
_TELLING_APART = frozenset(
    {
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "last",
        "next",
        "another",
        "other",
        "more",
        "less",
    }
)
# One may be left out or put in other words; in the place of another of its kind, it says another thing.
_OPPOSED = tuple(
    map(
        frozenset,
        (
            {"before", "after"},
            {"above", "below"},
            {"over", "under"},
            {"inside", "outside"},
            {"up", "down"},
            {"in", "out"},
            {"on", "off"},
            {"to", "from"},
            {"for", "against"},
            {"most", "least"},
        ),
    )
)
_ECHOES = frozenset(
    {"repeated", "repeats", "repeating", "echoed", "echoes", "echoing", "quoted", "quotes", "quoting", "again"}
)


@dataclass(frozen=True)
class Unit:
    """A row of `clauses`. `sentence` counts the sentences of the article, `around` are the words of this one's."""

    start: int
    end: int
    text: str
    depth: str
    quoted: bool
    words: tuple[str, ...]
    content: tuple[str, ...]
    sentence: int
    around: tuple[str, ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(self.content)

    @cached_property
    def predicates(self) -> dict[str, bool]:
        """The sense of every content word, and whether its ending, or an auxiliary before it, makes it a verb."""
        found: dict[str, bool] = {}
        before = ""
        for at, token in enumerate(tokenise(self.text)):
            word = content_stem(token)
            if word is not None:
                name = token.capitalised and at > 0
                formed = token.norm.endswith(("ing", "ed")) and before not in _DETERMINERS
                meant = sense(word)
                found[meant] = found.get(meant, False) or (not name and (formed or before in _AUXILIARIES))
            before = token.norm
        return found

    @cached_property
    def plain(self) -> int:
        """How many of its content words are neither names nor numbers."""
        return sum(
            token.kind == "word" and content_stem(token) is not None and not (token.capitalised and at > 0)
            for at, token in enumerate(tokenise(self.text))
        )

    @cached_property
    def finite(self) -> bool:
        """Whether a verb with its tense makes it a clause: a name or a source, however long, is none."""
        if not _FINITE.isdisjoint(self.words):
            return True
        past = (word for word in self.words if word in words("irregular_pasts"))
        formed = (
            token.norm
            for before, token in pairwise(tokenise(self.text))
            if token.norm.endswith("ed") and token.text.islower() and before.norm not in _DETERMINERS
        )
        return any(word not in words("speech_verbs") and not word.endswith("eed") for word in (*past, *formed))

    @cached_property
    def attributes(self) -> bool:
        """Whether it only says whose words the rest of its sentence is: `according to the report`, `the mayor said`."""
        if self.depth == "sentence" or "," in self.text:
            return False
        return self.words[:2] == ("according", "to") or self.words[-1] in words("speech_verbs")

    @cached_property
    def subordinate(self) -> bool:
        return bool(self.words) and self.words[0] in _SUBORDINATORS

    def overlaps(self, other: "Unit") -> bool:
        return self.start < other.end and other.start < self.end


class Likeness(NamedTuple):
    """How two units say the same; `similarity` is the share of the shorter one's words in the longer, in order."""

    wording: Wording
    similarity: float


class Passage(NamedTuple):
    """A passage that stands in two or more places of an article, in order."""

    places: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...] | None  # of each place, where all are whole sentences
    likeness: Likeness


def compare(tables: Tables) -> Comparison:
    """Rows of `repeats` with their witnesses: a fact a passage that stands two or more times in one article."""
    order = sequence(tables)
    texts = dict(zip(tables["texts"]["article_id"], tables["texts"]["text"], strict=True))
    facts = []
    for article, units in _by_article(tables["clauses"]):
        text = texts[article]
        for passage in _runs(_passages(units)):
            statements = [
                Statement(article, start, end, shorten(text[start:end], DISPLAYED, placeholder=" …"), "repeated")
                for start, end in passage.places
            ]
            start, end = passage.places[0]
            facts.append(
                state(
                    "repeat",
                    " ".join(token.norm for token in tokenise(text, start, end) if token.kind != "mark"),
                    statements[0].value,
                    statements,
                    order,
                    of=f"{article}:{start}",
                    wording=passage.likeness.wording,
                    similarity=passage.likeness.similarity,
                )
            )
    return together(facts)


def likeness(left: Unit, right: Unit) -> Likeness | None:
    """How the two say the same; None where they do not, or where saying it twice is no fault."""
    if left.overlaps(right) or left.quoted != right.quoted:
        return None
    short, long = sorted((left, right), key=lambda unit: (len(unit.content), len(unit.words)))
    if len(short.stems & long.stems) < ROUGHLY * len(short.stems):
        return None
    only_short, only_long = unmatched(short.content, long.content)
    common = len(short.content) - len(only_short)
    if common < REWORDED * len(short.content):
        return None
    if negated(short.words) != negated(long.words):
        return None
    differing = set(short.words) ^ set(long.words)
    if _TELLING_APART & differing or _opposed(short, long):
        return None
    apart = abs(left.sentence - right.sentence)
    fewer = min(len(short.words), len(long.words))
    similarity = LCSseq.similarity(short.words, long.words) / fewer if fewer else 0.0
    if common < BALANCE * len(long.content):
        return Likeness("reworded", similarity) if not only_short and _same_turn(short, long, apart) else None
    if short.quoted and similarity < 1:
        return None  # another wording of the same words
    if similarity >= VERBATIM and not only_short:
        return Likeness("verbatim", similarity) if _worth_telling(short, long, apart) else None
    in_order = fewer >= TO_THE_LETTER and similarity >= IN_ORDER
    if short.quoted or not _reworded(short, long, only_short, only_long, apart, in_order=in_order):
        return None
    return Likeness("reworded", similarity)


def _opposed(left: Unit, right: Unit) -> bool:
    """Whether one, or its sentence where the two sentences are alike, has a word where the other has its opposite."""
    if _has_opposite(left.words, right.words):
        return True
    if max(len(left.around), len(right.around)) > LONGEST_SENTENCE:
        return False
    fewer = min(len(left.around), len(right.around))
    return _has_opposite(left.around, right.around) and LCSseq.similarity(left.around, right.around) >= REWORDED * fewer


def _has_opposite(left: Sequence[str], right: Sequence[str]) -> bool:
    for kind in _OPPOSED:
        ours, theirs = ([word for word in side if word in kind] for side in (left, right))
        if len(ours) == len(theirs) and ours != theirs:
            return True
    return False


def _worth_telling(short: Unit, long: Unit, apart: int) -> bool:
    """Whether words that stand twice are enough of a statement to be a fault."""
    if short.quoted:
        return apart > 0 and len(short.words) >= 8 and len(short.content) >= 4 and _reported(short) and _reported(long)
    if short.depth == long.depth == "sentence":
        return len(short.words) >= 5 and len(short.content) >= 2
    if short.attributes or long.attributes or not (short.finite or any(short.predicates.values())):
        return False
    if short.plain >= 3 and len(short.words) >= 10 and len(short.content) >= 6:
        return True
    if short.plain >= 3 and len(short.words) >= TO_THE_LETTER and short.words == long.words:
        return True
    beside = apart <= BESIDE and len(short.words) >= 5 and short.plain >= 2
    return beside and short.finite and not short.subordinate


def _reworded(
    short: Unit, long: Unit, only_short: list[str], only_long: list[str], apart: int, *, in_order: bool
) -> bool:
    """Whether what differs is wording alone: no name, number or thing of one is replaced by another."""
    common = len(short.content) - len(only_short)
    if short.plain < 3 or common < (5 if apart <= NEAR else 6 if in_order else 7):
        return False
    if apart > NEAR and common < REWORDED * len(long.content):
        return False
    # One verb shows its form, `was closed`; what stands in its place need not, `shut`.
    replaced = len(only_short) == len(only_long) and all(long.predicates[word] for word in only_long)
    return replaced or all(short.predicates[word] for word in only_short)


def _same_turn(short: Unit, long: Unit, apart: int) -> bool:
    """Whether two neighbouring sentences append one remark, `in line with the plan agreed on` and the like."""
    return (
        apart == BESIDE
        and "sentence" not in (short.depth, long.depth)
        and not short.quoted
        and short.words[:TURN_WORDS] == long.words[:TURN_WORDS]
        and short.plain >= 3
        and any(short.predicates.values())
    )


def _reported(unit: Unit) -> bool:
    """Whether the sentence says that somebody says it (a pull quote does not), and not that it is said again."""
    return not words("speech_verbs").isdisjoint(unit.around) and _ECHOES.isdisjoint(unit.around)


def _by_article(clauses: pd.DataFrame) -> Iterator[tuple[str, list[Unit]]]:
    """The units of each article that say enough to be compared, in order of place, the longer first."""
    columns = ["article_id", "sentence", "start", "end", "text", "depth", "quoted", "words_key", "content"]
    rows = zip(*(clauses[column].tolist() for column in columns), strict=True)
    for article, of_article in groupby(rows, key=lambda row: row[0]):
        units: list[Unit] = []
        for place, (_, of_sentence) in enumerate(groupby(of_article, key=lambda row: row[1])):
            around: tuple[str, ...] = ()
            for _, _, start, end, text, depth, quoted, words_key, content in of_sentence:
                spoken = tuple(words_key.split())
                around = around or spoken
                if content.count(" ") + 1 < LEAST_CONTENT:
                    continue
                units.append(
                    Unit(
                        start,
                        end,
                        text,
                        depth,
                        quoted,
                        spoken,
                        tuple(dict.fromkeys(map(sense, content.split()))),
                        place,
                        around,
                    )
                )
        yield article, units


def _passages(units: Sequence[Unit]) -> list[Passage]:
    """The passages that stand two or more times, in order of their first place; each as long as it can be."""
    alike = {
        (left, right): found
        for left, right in _pairs(units)
        if (found := likeness(units[left], units[right])) is not None
    }
    matched = sorted({place for pair in alike for place in pair})
    nested = dict(_nested(units, matched))
    groups = Groups(len(units))
    for left, right in (*alike, *nested.items()):
        groups.join(left, right)
    members: dict[int, list[int]] = defaultdict(list)
    for place in matched:
        if place not in nested:
            members[groups.root(place)].append(place)
    told: dict[int, list[tuple[bool, Likeness]]] = defaultdict(list)
    for (left, right), found in alike.items():
        outermost = left not in nested and right not in nested
        told[groups.root(left)].append((outermost, found))
    return [
        _passage(
            [units[place] for place in places],
            max(told[root], key=lambda found: (found[0], _closeness(found[1])))[1],
        )
        for root, places in members.items()
    ]


def _passage(units: Sequence[Unit], likeness: Likeness) -> Passage:
    return Passage(
        places=tuple((unit.start, unit.end) for unit in units),
        sentences=tuple(unit.sentence for unit in units) if all(unit.depth == "sentence" for unit in units) else None,
        likeness=likeness,
    )


def _closeness(likeness: Likeness) -> tuple[bool, float]:
    return likeness.wording == "verbatim", likeness.similarity


def _runs(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Passages whose sentences follow each other in every place, as one: a paragraph pasted twice is one repeat."""
    by_sentences = {passage.sentences: passage for passage in passages if passage.sentences}
    followers = {sentences: tuple(place + 1 for place in sentences) for sentences in by_sentences if sentences}
    inside = {following for following in followers.values() if following in by_sentences}
    for passage in passages:
        if passage.sentences is None:
            yield passage
        elif passage.sentences not in inside:
            run = [passage]
            while (following := by_sentences.get(followers[run[-1].sentences or ()])) is not None:
                run.append(following)
            yield Passage(
                places=tuple((first[0], last[1]) for first, last in zip(run[0].places, run[-1].places, strict=True)),
                sentences=passage.sentences,
                likeness=max((part.likeness for part in run), key=_closeness),
            )


def _pairs(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Places of units that may say the same: equal words, each with the next that has them, or rare words in common."""
    equal: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, unit in enumerate(units):
        equal[unit.words].append(place)
    for places in equal.values():
        yield from pairwise(places)
    yield from candidates([unit.content for unit in units], REWORDED)


def _nested(units: Sequence[Unit], places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Of places in order: each unit that stands inside another of them, and the outermost that holds it."""
    outer: int | None = None
    for place in places:
        if outer is not None and units[place].end <= units[outer].end:
            yield place, outer
        else:
            outer = place
