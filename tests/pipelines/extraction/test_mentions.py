"""Names of persons: offsets hold whatever the text, and long lines stay linear."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.document import Document
from pipelines.extraction.mentions import extract
from pipelines.reading import read_bytes
from tests.audits_of import records_of

LEAD = "Mast falls in gale\n\nHalifax, 9 May 2025 – "
PIECES = st.sampled_from(
    ["Ana", "Reis", "Mr", "said", "told", ",", ".", "(", ")", "34", "the", "nurse", "who", "She", "’s", "“", "”", "–"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_offsets_hold_whatever_the_text(pieces: list[str]) -> None:
    article = read_bytes((LEAD + " ".join(pieces)).encode(), "article.txt")
    for row in extract(Document(article)):
        assert row["text"] == article.text[row["start"] : row["end"]]
        assert row["name_key"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ana Reis, 34, wept.", [("Ana Reis", True, True)]),
        ("A nurse, Ana Reis, wept. She left.", [("Ana Reis", True, True)]),
        ("Mr Lund left.", [("Lund", True, False)]),
        ("Ivo Lund left. Mr Lund was tired.", [("Ivo Lund", True, True), ("Lund", True, True)]),
        ("Lund, who keeps bees, left.", [("Lund", True, True)]),
        ("The Harbour Authority said it knew. Norway said so too.", []),
    ],
)
def test_tells_persons(text: str, told: list[tuple[str, bool, bool]]) -> None:
    rows = records_of({"article.txt": LEAD + text})["mentions"]
    assert list(zip(rows["text"], rows["person"], rows["introduced"], strict=True)) == told


def test_long_lines_stay_linear() -> None:
    def seconds(times: int) -> float:
        article = read_bytes((LEAD + "Ana Reis said, " * times).encode(), "article.txt")
        start = time.process_time()
        extract(Document(article))
        return time.process_time() - start

    seconds(100)
    assert seconds(16_000) < 16 * max(seconds(2_000), 0.02)
