"""Acronyms of an article: which are rows, of what kind, and what explains them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.acronyms import extract
from pipelines.extraction.document import Document, Row
from pipelines.reading import read_bytes

HEAD = (
    "A day on the lake\n\nThe boats went out at dawn and came home before the storm broke over the eastern shore.\n\n"
)


def rows(text: str) -> list[Row]:
    return extract(Document(read_bytes((HEAD + text).encode(), "article.txt")))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The LPF said so, and the LPF was right.", ["first use", "later use"]),
        ("The Lake Police Force (LPF) said so. The LPF was right.", ["definition", "later use"]),
        ("The UN said so.", ["everyday"]),
        ("“The LPF is late,” she said of the LPF.", ["quoted", "first use"]),
        ("A JF-17 and an ATR 72 flew 40 NVM to the LQK-PF camp of QTM Lines.", []),
        ("It is written #LPF, at LPF.org, in LPF/QTM, as [LPF] and as LPF_3.", []),
        ("In 2019 LPF crews went out.", ["first use"]),
        ("The OTTERS were seen by an LPF crew; otters are rare.", ["first use"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [row["kind"] for row in rows(text)] == kinds


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("The LPF said so.", False),
        ("The Lake Police Force sailed. The LPF said so.", True),
        ("The force of the lake (LPX) sailed. The LPX said so.", True),
        ("On the lake LPF, a rescue service, said so.", True),
        ("Boats came from the rescue service, LPF.", True),
        ("The rescue service LPF said so.", False),
    ],
)
def test_explained(text: str, explained: bool) -> None:
    assert {row["explained"] for row in rows(text)} == {explained}


@settings(max_examples=50)
@given(st.text(alphabet="ABCabc (),.“”-17’s\n", max_size=300))
def test_words_stand_where_the_row_says(text: str) -> None:
    article = read_bytes((HEAD + text).encode(), "article.txt")
    for row in extract(Document(article)):
        assert article.text[row["start"] : row["end"]] == row["text"]
        if row["kind"] == "definition":
            assert row["definition_start"] <= row["start"] < row["end"] <= row["definition_end"]


@pytest.mark.parametrize(
    "unit", ["(ABC ", "ABC (", "of the ABC, ", "ABC or ", "Lake Police ABC ", "known as ABC, ", "A. B. (LPF) "]
)
def test_hostile_sizes_take_linear_time(unit: str) -> None:
    document = Document(read_bytes((HEAD + "The " + unit * 10_000 + "end.").encode(), "article.txt"))
    assert document.sentences
    begun = time.process_time()
    extract(document)
    assert time.process_time() - begun < 5
