"""A fact: which statement is the anchor, and what does not decide it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.comparison.facts import Age, Comparison, Statement, state, together

ORDER = {
    "old": Age("2025-01-01", 1),
    "new": Age("2025-06-01", 2),
    "undated": Age("", 0),
    "same day": Age("2025-06-01", 3),
}


def said(article: str, start: int, value: str) -> Statement:
    return Statement(article, start, start + 2, value, value)


def fact(*statements: Statement) -> dict[str, object]:
    return state("sum", "bridge", "the bridge", statements, ORDER).facts[0]


@pytest.mark.parametrize(
    ("statements", "anchor"),
    [
        ([("old", 0, "5"), ("new", 0, "7")], ("new", 0)),
        ([("old", 0, "5"), ("undated", 9, "7")], ("old", 0)),
        ([("old", 0, "5"), ("new", 0, "7"), ("undated", 0, "7")], ("old", 0)),
        ([("old", 3, "5"), ("old", 8, "7")], ("old", 8)),
        ([("old", 3, "5"), ("old", 8, "7"), ("old", 20, "7")], ("old", 3)),
        ([("new", 0, "7"), ("same day", 0, "5")], ("new", 0)),
        ([("new", 0, "5"), ("same day", 0, "7")], ("same day", 0)),
        ([("old", 0, "5"), ("old", 4, "5"), ("new", 0, "7")], ("new", 0)),
    ],
    ids=[
        "later article",
        "undated is oldest",
        "minority",
        "later place",
        "minority within",
        "value",
        "value too",
        "articles first",
    ],
)
def test_the_anchor(statements: list[tuple[str, int, str]], anchor: tuple[str, int]) -> None:
    found = fact(*(said(*statement) for statement in statements))
    assert (found["article_id"], found["start"]) == anchor


def test_counts_and_the_favoured_value() -> None:
    found = fact(said("old", 0, "5"), said("new", 0, "5"), said("new", 9, "7"), said("undated", 0, "7.0"))
    assert (found["values"], found["statements"], found["favoured"], found["favoured_by"]) == (3, 4, "5", 2)
    assert found["scope"] == "cross"


def test_agreeing_statements_are_one_value() -> None:
    assert fact(said("old", 0, "5"), said("new", 0, "5"))["values"] == 1


STATEMENTS = st.lists(
    st.builds(said, st.sampled_from(list(ORDER)), st.integers(0, 50), st.sampled_from(["5", "6", "7"])),
    min_size=2,
    max_size=6,
    unique_by=lambda s: (s.article_id, s.start),
)


@given(STATEMENTS)
def test_the_order_of_statements_does_not_matter(statements: list[Statement]) -> None:
    facts = [fact(*order) for order in itertools.islice(itertools.permutations(statements), 24)]
    assert all(found == facts[0] for found in facts)


@given(STATEMENTS, st.permutations([1, 2, 3, 4]))
def test_the_place_in_the_corpus_does_not_move_the_value(statements: list[Statement], places: list[int]) -> None:
    shuffled = {article: Age(age.day, place) for (article, age), place in zip(ORDER.items(), places, strict=True)}
    assert state("sum", "bridge", "it", statements, shuffled).facts[0]["value"] == fact(*statements)["value"]


def test_together_is_in_order_of_fact() -> None:
    facts = [state("sum", key, key, [said("old", 0, "5"), said("new", 0, "7")], ORDER) for key in ("tower", "bridge")]
    assert [row["key"] for row in together(facts).facts] == ["bridge", "tower"]
    assert together([]) == Comparison([], [])
