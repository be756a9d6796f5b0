"""Entities of an article, how often each is mentioned, and the pairs that open a sentence."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.document import Document, Row
from pipelines.extraction.entities import extract
from pipelines.reading import read_bytes

HEAD = (
    "A day on the lake\n\nThe boats went out at dawn and came home before the storm broke over the eastern shore.\n\n"
)


def rows(text: str) -> list[Row]:
    return extract(Document(read_bytes((HEAD + text).encode(), "article.txt")))


@pytest.mark.parametrize(
    ("text", "opener"),
    [
        ("As Peru and Chile sign, boats wait.", "as"),
        ("In the end, for Peru and Chile, boats wait.", "for"),
        ("And now that Peru and Chile sign, boats wait.", "that"),
        ("Peru and Chile sign a pact.", ""),
        ("For the boatmen of Lima and the bakers of Oslo, rain is late.", "for"),
        ("For Brekke and Norvolt, rain is late.", "for"),
    ],
)
def test_pairs_that_open_a_sentence(text: str, opener: str) -> None:
    assert [row["opener"] for row in rows(text) if row["pair"] is not None] == [opener, opener]


@pytest.mark.parametrize(
    "text",
    [
        "The pact between Peru and Chile is signed.",
        "As Peru and Chile did, others wait.",
        "As Peru and Chile signed in 1999, boats waited.",
        "For Peru and Chile, for example, it is late.",
    ],
)
def test_pairs_that_do_not(text: str) -> None:
    assert {row["opener"] for row in rows(text) if row["pair"] is not None} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "For Peru, Chile and Fiji, rain is late.",
        "As Peru and Chile, Fiji or Oman sign.",
        "For Peru and Chile Copper Works.",
    ],
)
def test_lists_and_longer_names_are_no_pairs(text: str) -> None:
    assert all(row["pair"] is None for row in rows(text) if row["kind"] == "country")


def test_a_country_is_counted_in_every_form() -> None:
    found = rows("Peruvian boats left Lima for Arequipa, and Peru’s navy watched.")
    assert {row["mentions"] for row in found if row["key"] == "PE"} == {4}
    assert [row["form"] for row in found if row["key"] == "PE"] == ["adjective", "capital", "place", "name"]
    assert {row["name"] for row in found if row["key"] == "PE"} == {"Peru"}


PIECES = st.sampled_from(["Peru", "Chile", " and ", "As ", "Oslo", ", ", ". ", "’s", "-", "\n\n", "x "])


@settings(max_examples=50)
@given(st.lists(PIECES, min_size=1, max_size=60).map("".join))
def test_words_stand_where_the_row_says(text: str) -> None:
    article = read_bytes((HEAD + text).encode(), "article.txt")
    for row in extract(Document(article)):
        assert article.text[row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize(
    "unit", ["Peru and Chile ", "Peru, ", "the men of Peru and the men of Chile x ", "Peru-", "Lake "]
)
def test_hostile_sizes_take_linear_time(unit: str) -> None:
    document = Document(read_bytes((HEAD + "As " + unit * 10_000 + "end.").encode(), "article.txt"))
    assert document.sentences
    begun = time.process_time()
    extract(document)
    assert time.process_time() - begun < 5
