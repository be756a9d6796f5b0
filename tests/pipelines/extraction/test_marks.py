"""Marks: kinds and faults, and time that grows as the text does, whatever the text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction import marks
from pipelines.extraction.document import Document
from pipelines.reading import read_bytes


def rows(text: str) -> list[tuple[str, str, bool]]:
    """Of each mark: its words, its kind, whether it has a fault."""
    document = Document(read_bytes(text.encode(), "article.txt"))
    return [(row["text"], row["kind"], row["fault"] is not None) for row in marks.extract(document)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He saw [sic] it and left.", [("[sic]", "slot", False)]),
        ("He saw [name] there and left.", [("[name]", "slot", True)]),
        ("He said so (Reuters) and left.", [("(Reuters)", "parenthetical", False)]),
        ("He said so (Reuters +2) and left.", [("(Reuters +2)", "chip", True)]),
        ("It is at https://quay.example now.", [("https://quay.example", "address", False)]),
        ("It is so (for example) and so on.", [("(for example)", "parenthetical", True)]),
        (
            "See (https:/quay.example) for it.",
            [("(https:/quay.example)", "parenthetical", False), ("https:/quay.example", "address", True)],
        ),
        ("A slot {with https:/quay.example in it} here.", [
            ("{with https:/quay.example in it}", "slot", True), ("https:/quay.example", "address", True),
        ]),
    ],
)  # fmt: skip
def test_kinds_and_faults(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert rows(text) == expected


@given(st.text(alphabet="[](){}<>_.,/:+ aTKXwhtp\n$%^¶—“”"))
def test_any_text_has_marks_that_are_its_own_words(text: str) -> None:
    if not text.strip():
        return
    document = Document(read_bytes(text.encode(), "article.txt"))
    for row in marks.extract(document):
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["text"]


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "[",
            "(",
            "{",
            "<",
            "【",
            "[a",
            "(a ",
            "_",
            ".",
            ". ",
            "a.b/",
            "www.",
            "http://",
            "http://a ",
            "X ",
            "TK",
            "$",
            "?",
        ),
        *("(Reuters +2", "[1]", "[^a] ", "A ", "For more see ", "() ", "[x](y) ", "{{a}} ", "\n(a\n", "Sources: "),
        *("(Ana Reis +1) ", "(A B +1)\n", "__ a", "XX March ", "[ ] a", "(a.bc, d.ef) ", "([a.bc](x)) ", "a+1 "),
    ],
)
def test_hostile_text_takes_time_in_proportion(unit: str) -> None:
    def seconds(length: int) -> float:
        document = Document(read_bytes((unit * (length // len(unit))).encode(), "article.txt"))
        _ = document.prose, document.quotes
        start = time.process_time()
        marks.extract(document)
        return time.process_time() - start

    assert seconds(200_000) < 30 * seconds(20_000) + 1


def test_an_address_of_a_megabyte() -> None:
    text = "It is at https://quay.example/" + "a" * 2**20 + " now."
    assert [(kind, fault) for _, kind, fault in rows(text)] == [("address", False)]
