"""Tallies: what a number is of, and text that is made to be slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction import tallies
from tests.pipelines.extraction.documents import document
from tests.pipelines.extraction.hostile import grows_with_the_text


def told(sentence: str) -> list[tuple[str, str, float]]:
    """Of each tally: its measure, whom or what it counts, its value."""
    rows = tallies.extract(document(f"Harbour news\n\n2 May 2025\n\n{sentence}\n"))
    return [(row["measure"], row["of"], row["low"]) for row in rows]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Fourteen people were killed when the wall fell.", [("dead", "person", 14)]),
        ("The wall fell and killed 14 people on the quay.", [("dead", "person", 14)]),
        ("The death toll stands at 14 after the wall fell.", [("dead", "person", 14)]),
        ("The storm killed 14 people and injured 29.", [("dead", "person", 14), ("injured", "person", 29)]),
        ("Ten divers were rescued from the wreck.", [("rescued", "diver", 10)]),
    ],
)
def test_what_a_number_is_of(sentence: str, expected: list[tuple[str, str, float]]) -> None:
    assert told(sentence) == expected


@given(st.integers(2, 900))
def test_a_count_is_read_as_it_stands(count: int) -> None:
    assert told(f"The storm killed {count} people on the quay.") == [("dead", "person", count)]


_PIECES = [
    "killed ",
    "14 ",
    "people ",
    "were ",
    "injured ",
    "death toll ",
    "of ",
    "and ",
    "in ",
    "Aston ",
    "jobs ",
    ". ",
]
_PIECES += ["at least ", "satellite ", "kilograms ", "-", "225", "megawatt ", "plant ", "“", "”", "\n", ", ", "the "]


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_text_has_tallies_that_are_its_own_words(text: str) -> None:
    if not text.strip():
        return
    for row in tallies.extract(document(text)):
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["low"] <= row["high"]


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "killed 14 ",
            "killed ",
            "14 people ",
            "14 people were killed and ",
            "death toll ",
            "14-",
            "in Aston 14 dead, ",
        ),
        *("a satellite of 640 kilograms ", "the ", "225-megawatt plant ", "on Monday 14 were injured. ", "more than "),
    ],
)
def test_hostile_text_takes_time_in_proportion(unit: str) -> None:
    assert grows_with_the_text(tallies.extract, unit)


def test_a_sentence_may_end_with_the_number_of_a_whole() -> None:
    assert [row["text"] for row in tallies.extract(document("Storm killed six of the 58"))] == ["six of the 58"]
