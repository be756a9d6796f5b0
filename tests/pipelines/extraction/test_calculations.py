"""Calculations: what is stated, what the numbers give, and text that is made to be slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction import calculations
from tests.pipelines.extraction.documents import document
from tests.pipelines.extraction.hostile import grows_with_the_text


def reckoned(sentence: str) -> list[tuple[str, str, str, bool]]:
    """Of each calculation: its kind, what is stated, what its numbers give, whether they agree."""
    rows = calculations.extract(document(f"Harbour news\n\n2 May 2025\n\n{sentence}\n"))
    return [(row["kind"], row["stated"], row["reckoned"], row["holds"]) for row in rows]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Crossings rose from 40 to 50, a rise of 20 per cent.", ("change", "20 per cent", "25 per cent", False)),
        ("Crossings rose from 40 to 50, a rise of 25 per cent.", ("change", "25 per cent", "25 per cent", True)),
        ("Crossings fell from 345 to 230, a drop of 155.", ("change", "155", "115", False)),
        ("The pool doubled from 400 to 620 in a year.", ("multiple", "doubled", "1.55 times as many", False)),
        ("The fleet grew from 58 boats to 41 boats.", ("direction", "grew", "the other way", False)),
        ("The bill passed by 312 to 270, a majority of 42.", ("change", "42", "42", True)),
        ("It carried 310 cars and 290 cars, or 700 cars in all.", ("total", "700 cars", "600", False)),
        ("It sank 14 boats: nine tugs, three yawls and one raft.", ("parts", "14 boats", "13", False)),
        ("Of the 60 boats, 20 sank and the other 40 sailed.", ("parts", "60 boats", "60", True)),
        ("One in four voters, or 40 per cent, stayed away.", ("share", "40 per cent", "25 per cent", False)),
        ("The pier cost £3,469,800, or £3.47bn.", ("scale", "£3.47bn", "£3,469,800", False)),
    ],
)
def test_what_is_stated_against_what_its_numbers_give(sentence: str, expected: tuple[str, str, str, bool]) -> None:
    assert reckoned(sentence) == [expected]


@given(st.integers(2, 5000), st.integers(2, 5000))
def test_a_difference_that_is_right_holds(old: int, new: int) -> None:
    way = "fell" if new < old else "rose"
    noun = "drop" if new < old else "rise"
    assert all(holds for *_, holds in reckoned(f"Crossings {way} from {old} to {new}, a {noun} of {abs(new - old)}."))


@given(st.lists(st.integers(2, 900), min_size=2, max_size=6))
def test_a_total_that_is_right_holds(parts: list[int]) -> None:
    listed = ", ".join(f"{part} boats" for part in parts[:-1]) + f" and {parts[-1]} boats"
    assert all(holds for *_, holds in reckoned(f"It held {listed}, a total of {sum(parts)} boats."))


_PIECES = [
    "from ",
    "to ",
    "40 ",
    "50 ",
    "per cent ",
    ", ",
    "and ",
    "of ",
    "whom ",
    "the ",
    "other ",
    "or ",
    "in ",
    ": ",
]
_PIECES += [
    "a ",
    "drop ",
    "half ",
    "one ",
    "$",
    "million ",
    "votes ",
    "margin ",
    "– ",
    "-",
    ". ",
    "(",
    "\n",
    "each ",
    "0 ",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_text_has_calculations_that_are_its_own_words(text: str) -> None:
    if not text.strip():
        return
    for row in calculations.extract(document(text)):
        assert text[row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "from 40 to 50 ",
            "from ",
            "40 ",
            "40 and 50, ",
            "one in four ",
            "a third of ",
            "30 per cent or ",
            "4 boats: ",
        ),
        *(
            "made up of ",
            "– 4 ",
            "4 of whom 5 and ",
            "$4 each ",
            "the other 4 ",
            "by half ",
            "to 4, a margin of ",
            "9" * 50,
        ),
    ],
)
def test_hostile_text_takes_time_in_proportion(unit: str) -> None:
    assert grows_with_the_text(calculations.extract, unit)
