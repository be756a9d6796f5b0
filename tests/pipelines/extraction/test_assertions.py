"""Assertions: offsets hold whatever the text, kinds are told apart, and long lines stay linear."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.assertions import extract
from pipelines.extraction.document import Document
from pipelines.reading import read_bytes
from tests.audits_of import records_of

LEAD = "Mast falls in gale\n\nHalifax, 9 May 2025 – The mast fell.\n\n"
PIECES = st.sampled_from(
    ["Experts", "say", "analysts", "according", "to", "One", "in", "three", "pupils", "walk", "every", "year", "40%",
     "of", ",", ".", "“", "”", "Ana Reis", "\n\n", "the", "said"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_offsets_hold_whatever_the_text(pieces: list[str]) -> None:
    article = read_bytes((LEAD + " ".join(pieces)).encode(), "article.txt")
    for row in extract(Document(article)):
        assert row["text"] == article.text[row["start"] : row["end"]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Many experts agree that it rusts.", [("authority", False)]),
        ("Experts at Truro College agree that it rusts.", []),
        ("One in three pupils walks to school.", [("statistic", False)]),
        ("One in three pupils walks to school, a survey found.", [("statistic", True)]),
        ("One in three pupils walked out.", []),
        ("“It will never be put up again in our time.”", [("quotation", False)]),
    ],
)
def test_tells_kinds_and_sources(text: str, told: list[tuple[str, bool]]) -> None:
    rows = records_of({"article.txt": LEAD + text})["assertions"]
    assert list(rows[["kind", "sourced"]].itertuples(index=False, name=None)) == told


@pytest.mark.parametrize(
    "unit",
    ["experts say ", "One in three pupils in ", "analysts, ", "Experts say so.\n\n",
     "One in two pupils walk.\n\n", "“It is so, we say.”\n\n"],
)  # fmt: skip
def test_hostile_sizes_take_linear_time(unit: str) -> None:
    def seconds(times: int) -> float:
        document = Document(read_bytes((LEAD + unit * times).encode(), "article.txt"))
        assert document.sentences
        begun = time.perf_counter()
        extract(document)
        return time.perf_counter() - begun

    seconds(10)
    small, large = seconds(1000), seconds(8000)
    assert large < 40 * small + 0.5
