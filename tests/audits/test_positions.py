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


@pytest.mark.parametrize(
    ("text", "offset", "utf16", "utf8"),
    [
        ("e\u0301a 😀b", 2, 3, 4),  # a combining acute
        ("e\u0301a 😀b", 5, 7, 10),
        ("👩‍👩‍👧!", 5, 9, 19),  # a family joined to one sign
        ("שלום!", 4, 5, 9),
        ("\ufeffA", 1, 2, 4),
        ("a\u200fb", 2, 3, 5),
        ("😀\r\né😀x", 5, 4, 7),
        ("😀\ré😀x", 4, 4, 7),
    ],
)
def test_columns_in_utf16_units_and_utf8_bytes(text: str, offset: int, utf16: int, utf8: int) -> None:
    positions = Positions(text)
    assert (positions.utf16(offset), positions.utf8(offset)) == (utf16, utf8)


WIDE = st.text(
    alphabet=st.one_of(st.sampled_from("a é😀\u0301\u200d\u202e\ufeffשע文\n\r\t"), st.characters(codec="utf-8")),
    max_size=40,
)


@given(WIDE)
def test_columns_are_what_encoding_the_line_says(text: str) -> None:
    positions = Positions(text)
    for offset in range(len(text) + 1):
        before = text[positions.start(offset) : offset]
        assert positions.utf16(offset) - 1 == len(before.encode("utf-16-le")) // 2
        assert positions.utf8(offset) - 1 == len(before.encode("utf-8"))


@given(WIDE)
def test_a_column_in_utf16_units_leads_back_to_the_offset(text: str) -> None:
    positions = Positions(text)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":
            assert positions.offset(positions.line(offset), positions.utf16(offset)) == offset


@given(WIDE, st.integers(-2, 50), st.integers(-2, 99))
def test_a_position_outside_of_the_text_is_drawn_in(text: str, line: int, column: int) -> None:
    positions = Positions(text)
    offset = positions.offset(line, column)
    assert 0 <= offset <= len(text)
    if 1 <= line <= len(positions.starts):
        assert positions.line(offset) == line


def test_the_middle_of_a_code_point_is_its_beginning() -> None:
    assert [Positions("a😀b").offset(1, column) for column in range(1, 6)] == [0, 1, 1, 2, 3]
