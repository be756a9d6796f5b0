"""Repeats: one fact a passage, whatever the number of its places."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.comparison import repeats
from pipelines.comparison.facts import Comparison, Tables
from tests.audits_of import records_of

SENTENCES = (
    "The ferry will not sail before Easter.",
    "A grant from the lottery pays for the new slate roof of the chapel.",
    "The new slate roof of the chapel is paid for by a lottery grant.",
    "Snow fell, and the council will pay for the lifts on the cliff.",
    "Nobody knows.",
)
VOCABULARY = ("north", "plant", "bridge", "river", "council", "money", "school", "road", "grain", "tunnel")
HOSTILE = {
    "one sentence again and again": "The ferry will not sail before Easter. " * 4_000,
    "one clause again and again": "the city will pay for the new lifts on the cliff, and " * 4_000,
    "few words": " ".join(
        f"The {VOCABULARY[n % 10]} {VOCABULARY[n // 10 % 10]} {VOCABULARY[n // 100 % 10]} stands at {n}."
        for n in range(4_000)
    ),
    "two by two": " ".join(f"Bridge number {n % 2_000} was closed to heavy lorries in spring." for n in range(4_000)),
}


def tables(text: str) -> Tables:
    return records_of({"article.txt": text})


def compared(text: str) -> Comparison:
    return repeats.compare(tables(text))


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8))
@settings(max_examples=10)
def test_places_are_apart_and_in_order_and_each_in_one_fact(sentences: list[str]) -> None:
    comparison = compared(" ".join(sentences))
    places = sorted((row["start"], row["end"]) for row in comparison.witnesses)
    assert all(left[1] <= right[0] for left, right in pairwise(places))
    for fact in comparison.facts:
        starts = [row["start"] for row in comparison.witnesses if row["fact_id"] == fact["fact_id"]]
        assert len(starts) == fact["statements"] >= 2
        assert fact["start"] == max(starts)


@pytest.mark.parametrize("times", [2, 3, 7])
def test_one_fact_for_all_places(times: int) -> None:
    (fact,) = compared("The ferry will not sail before Easter. The wind blew. " * times).facts
    assert (fact["statements"], fact["wording"], fact["similarity"]) == (times, "verbatim", 1.0)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_its_time_but_no_more(name: str) -> None:
    given_tables = tables(HOSTILE[name])
    begun = process_time()
    repeats.compare(given_tables)
    assert process_time() - begun < 30  # a quadratic way takes minutes
