"""Datelines: where a paragraph's words begin."""

import pytest

from pipelines.language.datelines import LONGEST, after_dateline
from pipelines.language.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ACCRA, 3 May (Wire) – The ship sank.", "The"),
        ("ACCRA, 3 May. The ship sank.", "The"),
        ("ACCRA The ship sank.", "The"),
        ("Lagos, Nigeria — The ship sank.", "The"),
        ("Accra, 3 May 2025 – “We swam,” she said.", "“"),
        ("FILE - A ship in port.", "A"),
    ],
)
def test_the_words_begin_after_a_dateline(text: str, words: str) -> None:
    tokens = tokenise(text)
    assert tokens[after_dateline(tokens)].text == words


@pytest.mark.parametrize(
    "text",
    ["The ship sank.", "Ana Reis swam – and lived.", "the ship – The end", "", "Accra", "Well-known ships sank."],
)
def test_no_dateline_opens_it(text: str) -> None:
    assert after_dateline(tokenise(text)) == 0


def test_a_dateline_is_short() -> None:
    assert after_dateline(tokenise("Accra, " * LONGEST + "– The ship sank.")) == 0
