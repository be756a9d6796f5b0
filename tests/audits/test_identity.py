"""The identity of findings, of whole audits: it outlives what an editor does elsewhere, and changes with the words."""

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.audits_of import audit_of

pytestmark = pytest.mark.slow  # two whole audits an example

RULES = ("weekday-mismatch", "acronym-conflict", "spelling-mixed", "hyphenation-mixed")
# A wrong weekday, an acronym of two expansions, mixed spelling, mixed hyphens, nothing at all.
PARAGRAPHS = (
    "The ferry sails on Monday, 4 March 2025, the port says.",
    "The ferry sails on Sunday, 9 March 2025, the port says.",
    "The Coastal Rescue Agency (CRA) keeps four boats.",
    "The Coastal Rescue Authority (CRA) keeps two boats.",
    "The harbour is full.",
    "The color of the water is gray.",
    "The look-out saw smoke. The lookout rang a bell.",
    "Fish was sold at the quay.",
)
HARMLESS = "It rained all morning, and nobody came."
CORPORA = st.lists(
    st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=4), min_size=1, max_size=4
)  # an article is a list of paragraphs
few = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def article(number: int, paragraphs: list[str]) -> str:
    return "\n\n".join((f"Story number {number}", f"{number + 1} April 2025", *paragraphs)) + "\n"


def corpus(bodies: list[list[str]]) -> dict[str, str]:
    return {f"story-{number}.txt": article(number, body) for number, body in enumerate(bodies)}


def ids(texts: Mapping[str, str]) -> list[str]:
    return sorted(finding.id for finding in audit_of(texts, RULES).findings.findings)


@few
@given(CORPORA)
def test_ids_are_unique(bodies: list[list[str]]) -> None:
    found = ids(corpus(bodies))
    assert len(found) == len(set(found))


@few
@given(CORPORA, st.data())
def test_text_inserted_above_changes_no_id(bodies: list[list[str]], data: st.DataObject) -> None:
    edited = [list(body) for body in bodies]
    body = data.draw(st.sampled_from(edited))
    body.insert(data.draw(st.integers(0, len(body))), HARMLESS)
    assert ids(corpus(edited)) == ids(corpus(bodies))


@few
@given(CORPORA, st.randoms())
def test_files_renamed_and_so_reordered_change_no_id(bodies: list[list[str]], random: Random) -> None:
    texts = list(corpus(bodies).values())
    names = [f"{letter}/renamed.txt" for letter in "abcdefg"[: len(texts)]]
    random.shuffle(names)
    assert ids(dict(zip(names, texts, strict=True))) == ids(corpus(bodies))


@few
@given(CORPORA)
def test_a_later_article_that_says_nothing_new_changes_no_id(bodies: list[list[str]]) -> None:
    assert ids(corpus([*bodies, [HARMLESS]])) == ids(corpus(bodies))


@few
@given(CORPORA)
def test_a_later_article_with_the_same_defect_adds_its_own(bodies: list[list[str]]) -> None:
    before = ids(corpus(bodies))
    after = ids(corpus([*bodies, [PARAGRAPHS[0]]]))
    assert set(before) < set(after)
    assert len(after) == len(before) + 1


@few
@given(CORPORA)
def test_changing_the_words_changes_the_id(bodies: list[list[str]]) -> None:
    before = ids(corpus([[PARAGRAPHS[0]], *bodies]))
    after = ids(corpus([[PARAGRAPHS[0].replace("4 March", "6 March")], *bodies]))
    assert len(after) == len(before)
    assert after != before
