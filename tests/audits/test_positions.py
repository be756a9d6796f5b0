"""Lines and columns, from code points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.positions import Positions

TEXTS = st.text(alphabet=st.sampled_from("a é😀\n\r\t\u2028"), max_size=40)


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("one\ntwo", 0, 1, 1),
        ("one\ntwo", 3, 1, 4),
        ("one\ntwo", 4, 2, 1),
        ("one\r\ntwo", 5, 2, 1),
        ("one\rtwo", 4, 2, 1),
        ("😀 two", 2, 1, 3),
        ("one\n\n", 5, 3, 1),
        ("one\u2028two", 4, 1, 5),
    ],
)
def test_line_and_column(text: str, offset: int, line: int, column: int) -> None:
    positions = Positions(text)
    assert (positions.line(offset), positions.column(offset)) == (line, column)


@given(TEXTS)
def test_line_and_column_lead_back_to_the_offset(text: str) -> None:
    positions = Positions(text)
    for offset in range(len(text) + 1):
        assert positions.starts[positions.line(offset) - 1] + positions.column(offset) - 1 == offset


@given(TEXTS)
def test_lines_never_run_backwards_and_columns_start_at_one(text: str) -> None:
    positions = Positions(text)
    lines = [positions.line(offset) for offset in range(len(text) + 1)]
    assert lines == sorted(lines)
    assert all(positions.column(offset) >= 1 for offset in range(len(text) + 1))
