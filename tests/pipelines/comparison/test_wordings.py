"""Wordings: which quotations are one, in other words."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.comparison import wordings
from pipelines.comparison.candidates import candidates
from tests.audits_of import records_of

ONE_IN_TWO_WORDINGS = [
    ("A lamp does not ask who owns the ship", "A lamp never asks who owns the ship"),
    ("The valley has been patient for thirty winters", "The valley was patient for thirty long winters"),
    ("[We] came to save a library, not to found a museum", "We came to rescue a library, not to found a museum"),
]
NOT_ONE = [
    ("A lamp does not ask who owns the ship", "A lamp does ask who owns the ship"),
    ("The valley has been patient for 30 winters", "The valley was patient for 40 winters"),
    ("The valley has been patient for thirty winters", "The valley … patient for thirty long winters"),
    ("The valley has [always] been patient for thirty winters", "The valley has been patient for thirty winters"),
    ("The valley has been patient for thirty winters", "has been patient for thirty"),
    ("We will win the vote", "We will lose the vote"),
]


def facts(left: str, right: str) -> int:
    text = f"Two sayings\n\n“{left},” said Ana Reis on the quay.\n\nIt rained all day. “{right},” said Ana Reis."
    return len(wordings.compare(records_of({"article.txt": text})).facts)


@pytest.mark.parametrize(("left", "right"), ONE_IN_TWO_WORDINGS)
def test_one_quotation_in_two_wordings(left: str, right: str) -> None:
    assert facts(left, right) == facts(right, left) == 1


@pytest.mark.parametrize(("left", "right"), NOT_ONE)
def test_what_is_no_other_wording(left: str, right: str) -> None:
    assert facts(left, right) == facts(right, left) == 0


@given(st.lists(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=6, unique=True), max_size=12))
def test_candidates_miss_no_pair_that_shares_enough(records: list[list[str]]) -> None:
    found = {tuple(sorted(pair)) for pair in candidates(records, 0.75)}
    for left in range(len(records)):
        for right in range(left + 1, len(records)):
            smaller = min(len(records[left]), len(records[right]))
            if len(set(records[left]) & set(records[right])) >= 0.75 * smaller:
                assert (left, right) in found


def test_a_hostile_corpus_takes_its_time_but_no_more() -> None:
    quotations = " ".join(
        f"“The river has waited {n} long winters for its bridge,” said Ana Reis." for n in range(3_000)
    )
    tables = records_of({"article.txt": quotations})
    begun = process_time()
    wordings.compare(tables)
    assert process_time() - begun < 30  # a quadratic way takes minutes
