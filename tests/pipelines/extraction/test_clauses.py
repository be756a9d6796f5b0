"""Clauses: where sentences are cut, at three depths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.clauses import extract
from pipelines.extraction.document import Document
from pipelines.reading import read_bytes

HOSTILE = {
    "one word a clause": "a, " * 50_000,
    "brackets": "(" * 50_000 + "a" + ")" * 50_000,
    "quotation marks": "“a b c d e f” " * 10_000,
    "dashes": " – a" * 50_000,
    "addresses": "https://a.b/c " * 20_000,
    "attribute lists": "{:" * 50_000,
}


def rows(text: str) -> list[dict[str, object]]:
    return extract(Document(read_bytes(text.encode(), "article.txt")))


# What makes a short sentence a paragraph: a headline above it, and a longer paragraph, of one clause, below.
ARTICLE = """Bread runs short

{sentence}

Nobody in the lower town has eaten white bread on a working day in the long cold winter of the great flood.
"""


def rows_of(sentence: str) -> list[dict[str, object]]:
    """The rows of one short sentence that stands in an article."""
    return rows(ARTICLE.format(sentence=sentence))[:-1]


def units(sentence: str, depth: str) -> list[object]:
    return [row["text"] for row in rows_of(sentence) if row["depth"] == depth]


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("The bakers left; the millers stayed behind.", ["The bakers left", "the millers stayed behind"]),
        ("The bakers left – nobody knows why – in May.", ["The bakers left", "nobody knows why", "in May"]),
        ("The bakers left (on foot), and the millers rode.", ["The bakers left", "on foot", "the millers rode"]),
        ("The bakers left, with the millers riding behind.", ["The bakers left", "with the millers riding behind"]),
        ("“We leave before the snow comes,” the bakers said.", ["We leave before the snow comes", "the bakers said"]),
        ("The bakers called it “a bad year” and left.", []),
        ("The flour-mill stands.", []),
    ],
)
def test_parts(sentence: str, parts: list[str]) -> None:
    assert units(sentence, "part") == parts


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("The bakers said the ovens were cold.", ["The bakers said", "the ovens were cold"]),
        ("The bakers said that the ovens were cold.", ["The bakers said that", "the ovens were cold"]),
        ("The ovens were cold while the bakers slept.", ["The ovens were cold", "while the bakers slept"]),
        ("In May, the bakers, who slept, left.", ["In May", "the bakers", "who slept", "left"]),
    ],
)
def test_clauses(sentence: str, clauses: list[str]) -> None:
    assert units(sentence, "clause") == clauses


def test_addresses_are_no_words() -> None:
    sentence = rows_of("See https://news.example/why-the-ovens-are-cold for the long story of the bakers.")[0]
    assert sentence["content"] == "see long story baker"


@given(
    st.lists(
        st.sampled_from([*"abZ,;:().“”\"'-–[]{}|>#\n ", "said ", "and ", "which ", "https://a.b ", "12 "]), max_size=80
    )
)
def test_offsets_and_order(pieces: list[str]) -> None:
    text = "".join(pieces) or "a"
    if not text.strip():
        return
    found = rows(text)
    assert all(text[row["start"] : row["end"]] == row["text"] and row["text"] for row in found)  # type: ignore[misc]
    places = [(row["start"], -row["end"]) for row in found]  # type: ignore[operator]
    assert places == sorted(places)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_its_time_but_no_more(name: str) -> None:
    assert isinstance(rows(HOSTILE[name] + "."), list)
