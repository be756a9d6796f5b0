"""Ranges: what joins their ends, and text that is made to be slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction import ranges
from tests.pipelines.extraction.documents import document
from tests.pipelines.extraction.hostile import grows_with_the_text


def joined(sentence: str) -> list[tuple[str, str, str]]:
    """Of each range: its words, what joins its ends, and how it reads in words."""
    rows = ranges.extract(document(f"Harbour news\n\n2 May 2025\n\n{sentence}\n"))
    return [(row["text"], row["joined_by"], row["in_words"]) for row in rows]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It takes between 40 and 50 cars a day.", ("between 40 and 50", "a word", "between 40 and 50")),
        ("It takes between 40-50 cars a day.", ("between 40-50", "a hyphen", "between 40 and 50")),
        ("A berth costs between $3m–$4m there.", ("between $3m–$4m", "a hyphen", "between $3m and $4m")),
        ("It sailed from 1998-2006 at least.", ("from 1998-2006", "a hyphen", "from 1998 to 2006")),
    ],
)
def test_what_joins_the_ends(sentence: str, expected: tuple[str, str, str]) -> None:
    assert joined(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "It grew between 2019-20 and 2023-24 by a third.",
        "They won from 2-1 down on Saturday night.",
        "It draws on data from 1998-2006 in the archive.",
        "Call the office from 020-7946 in the morning.",
    ],
)
def test_no_range(sentence: str) -> None:
    assert joined(sentence) == []


@given(st.integers(1, 500), st.integers(1, 500))
def test_a_range_and_its_words_have_the_same_ends(low: int, more: int) -> None:
    ((text, joint, words),) = joined(f"It takes between {low}-{low + more} cars a day.")
    assert (text, joint) == (f"between {low}-{low + more}", "a hyphen")
    assert words == f"between {low} and {low + more}"


_PIECES = ["between ", "from ", "40", "2019", "-", "–", " and ", " to ", "$", "%", "m", ",", ".", " ", "\n", "about "]


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_text_has_ranges_that_are_its_own_words(text: str) -> None:
    if not text.strip():
        return
    for row in ranges.extract(document(text)):
        assert text[row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize(
    "unit",
    ["between ", "from ", "between 4", "between 4-", "from 2019-", "between $", "4%%%%", "between 4 and 5-6 and "],
)
def test_hostile_text_takes_time_in_proportion(unit: str) -> None:
    assert grows_with_the_text(ranges.extract, unit)
