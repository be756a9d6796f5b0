"""Lists: how many are announced and how many named, and text that is made to be slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction import lists
from tests.pipelines.extraction.documents import document
from tests.pipelines.extraction.hostile import grows_with_the_text

_NAMES = ["Aston", "Barley", "Corran", "Dunmore", "Elling", "Farrow"]
_WORDS = ["two", "three", "four", "five", "six"]


def counted(sentence: str) -> list[tuple[str, int, int]]:
    """Of each list: what is counted, how many are announced, how many named."""
    rows = lists.extract(document(f"Harbour news\n\n2 May 2025\n\n{sentence}\n"))
    return [(row["counted"], row["announced"], row["named"]) for row in rows]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It stops in three towns: Aston, Barley and Corran.", ("three towns", 3, 3)),
        ("It stops in three towns – Aston, Barley, Corran and Elling.", ("three towns", 3, 4)),
        ("Three towns – Aston, Barley, Corran and Elling – will lose it.", ("Three towns", 3, 4)),
        ("Three towns (Aston, Barley, Corran and Elling) will lose it.", ("Three towns", 3, 4)),
        ("Three towns, Aston, Barley, Corran and Elling, will lose it.", ("Three towns", 3, 4)),
        ("The four towns are Aston, Barley and Corran.", ("four towns", 4, 3)),
        ("Two crews, from Aston, Barley and Corran, have asked for it.", ("Two crews", 2, 3)),
    ],
)
def test_announced_and_named(sentence: str, expected: tuple[str, int, int]) -> None:
    assert counted(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nine crews, from Aston, Barley and Corran, have asked for it.",
        "The four were tall: Ana, who sails, and Tom, and others.",
        "It sank 14 boats: nine tugs, three yawls and one raft.",
        "It stops in at least three towns: Aston, Barley, Corran and Elling.",
    ],
)
def test_no_list(sentence: str) -> None:
    assert counted(sentence) == []


@given(
    st.integers(3, 6), st.sampled_from([(": ", "."), (" – ", "."), (" (", ") are small."), (" – ", " – are small.")])
)
def test_as_many_named_as_announced(length: int, marks: tuple[str, str]) -> None:
    names = ", ".join(_NAMES[: length - 1]) + " and " + _NAMES[length - 1]
    announced = f"The map of the county shows {_WORDS[length - 2]} towns"
    assert [(row[1], row[2]) for row in counted(announced + names.join(marks))] == [(length, length)]


_PIECES = [
    "two ",
    "towns",
    ": ",
    ", ",
    "and ",
    "Aston ",
    "Corran",
    "– ",
    "(",
    ")",
    "; ",
    "are ",
    "from ",
    "who ",
    ". ",
    "\n",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_text_has_lists_that_are_its_own_words(text: str) -> None:
    if not text.strip():
        return
    for row in lists.extract(document(text)):
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["text"].startswith(row["counted"])


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "two towns: ",
            "two towns, ",
            "Two Towns, ",
            "two towns (A ",
            "two towns, A and ",
            "two towns, from A, ",
            "A, ",
        ),
        *("two towns – ", "– ", ": ", "A and ", "(", "two ", "two towns are A, ", "two men; ", "Two Towns are "),
    ],
)
def test_hostile_text_takes_time_in_proportion(unit: str) -> None:
    assert grows_with_the_text(lists.extract, unit)
