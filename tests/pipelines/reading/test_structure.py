"""The structure of plain text: by cases (structure.yaml), and what holds for any text."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.reading import structure

CASES = yaml.safe_load((Path(__file__).parent / "structure.yaml").read_text(encoding="utf-8"))
PARAGRAPH = (
    "The first boat left the new quay at dawn with eleven lorries aboard, and some two hundred people from both shores "
    "of the strait had come to see it sail."
)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_kinds(case: dict[str, Any], newline: str) -> None:
    lines = [PARAGRAPH if line == "P" else line for line in case["text"].splitlines()]
    assert [block.kind for block in structure.blocks(newline.join(lines))] == case["kinds"]


def test_a_byte_order_mark_is_no_part_of_the_headline() -> None:
    text = f"\ufeffFerry service resumes\n\n{PARAGRAPH}"
    headline = structure.blocks(text)[0]
    assert text[headline.start : headline.end] == "Ferry service resumes"


def test_a_wrapped_paragraph_is_one_block() -> None:
    text = next(case["text"] for case in CASES if case["name"].startswith("hard-wrapped"))
    paragraph = structure.blocks(text)[1]
    assert text[paragraph.start : paragraph.end].endswith("the storm of January.")


PIECES = st.sampled_from(
    [
        "By Ana Reis",
        "4 March 2025",
        "Source: AFP",
        "Home › News",
        "A | B | C",
        "(",
        "“",
        "\ufeff",
        "\u2028",
        "\x0b",
        "\t",
    ]
)
TEXTS = st.lists(st.one_of(st.text(), PIECES, st.sampled_from(["\n", "\r\n", "\r", "\n\n", " ", PARAGRAPH]))).map(
    "".join
)


@given(TEXTS)
@example("\ufeff")
@example("\ufeff\ufeffA")
def test_blocks_are_disjoint_ordered_stripped_and_cover_the_text(text: str) -> None:
    covered = 1 if text.startswith("\ufeff") else 0
    for block in structure.blocks(text):
        assert covered <= block.start < block.end
        assert not text[covered : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        covered = block.end
    assert not text[covered:].strip()


@pytest.mark.parametrize("unit", ["word ", "a|", "(", "_", "4 March 2025 ", "By Ana, ", "\n", "a\n", "  x"])
def test_megabytes_are_cut_in_order(unit: str) -> None:
    text = unit * ((2**17 if "\n" in unit else 2**21) // len(unit))
    edges = [edge for block in structure.blocks(text) for edge in (block.start, block.end)]
    assert edges == sorted(edges)
    assert edges[-1] <= len(text) if text.strip() else not edges
