"""Quotations: words, kinds, speakers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.document import Document
from pipelines.extraction.quotations import extract
from pipelines.reading import read_bytes

HOSTILE = {
    "opened": "“" * 50_000,
    "one sentence": "“a b c,” said Ana, " * 2_000,
    "no verb": "“a b c” " * 4_000,
    "continued": "“a,” he said, “b,” " * 2_000,
    "names": "Ana Reis " * 10_000 + "said “a b c”",
}


def rows(text: str) -> list[dict[str, object]]:
    return extract(Document(read_bytes(text.encode(), "article.txt")))


def only(sentence: str) -> dict[str, object]:
    (row,) = rows(f"{sentence} And that was all that was heard of it in the valley that year.")
    return row


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“The tide is late,” said Ana Reis.", "Ana Reis"),
        ("“The tide is late,” Ana Reis said.", "Ana Reis"),
        ("“The tide is late,” said transport minister Ana Reis, a sailor.", "Ana Reis"),
        ("“The tide is late,” Ana Reis, a sailor, told the Tide Club.", "Ana Reis"),
        ("Ana Reis said: “The tide is late.”", "Ana Reis"),
        ("The tide, according to Ana Reis, “is late again”.", "Ana Reis"),
        ("Ana Reis answered the pilots. “The tide is late,” she said.", "Ana Reis"),
        ("“The tide,” said Ana Reis, “is late.”", "Ana Reis"),
        ("“The tide is late,” said Ana Reis Tuesday.", "Ana Reis"),
        ("Rui Paz said nothing, but Ana Reis said: “The tide is late.”", "Ana Reis"),
        ("“The tide is late,” she said.", None),
        ("Nobody believed in “a late tide”.", None),
    ],
)
def test_speaker(sentence: str, speaker: str | None) -> None:
    assert only(sentence)["speaker"] == speaker


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("“The tide is late,” she said.", "the tide is late"),
        ("“The tide,” she said, “is late.”", "the tide is late"),
        ("“The tide … is late,” she said.", "the tide … is late"),
        ("“The tide ... is late,” she said.", "the tide … … is late"),
        ("“The [spring] tide is late,” she said.", "the [spring] tide is late"),
        ('"The tide is late," she said.', "the tide is late"),
    ],
)
def test_words(sentence: str, key: str) -> None:
    assert only(sentence)["words_key"] == key


def test_two_sentences_of_speech_are_two_quotations() -> None:
    assert [row["text"] for row in rows("“The tide is late,” said Ana Reis. “We wait for it every year.”")] == [
        "The tide is late",
        "We wait for it every year",
    ]


@pytest.mark.parametrize(
    ("sentence", "kind", "subject"),
    [
        ("The pilots of Vigo called it “a late tide”.", "phrase", "Vigo"),
        ("The pilots of Vigo said “it is late”.", "speech", None),
        ("“Tides wait for nobody,” said the pilots.", "speech", None),
    ],
)
def test_kind_and_subject(sentence: str, kind: str, subject: str | None) -> None:
    row = only(sentence)
    assert (row["kind"], row["subject"]) == (kind, subject)


@given(st.lists(st.sampled_from([*"abZ,;:().“”‘’\"'-–[]…\n ", "said ", "according to ", "Ana ", "12 "]), max_size=80))
def test_offsets_and_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    if not text.strip():
        return
    found = rows(text)
    assert all(text[row["start"] : row["end"]] == row["text"] and row["text"] for row in found)  # type: ignore[misc]
    places = [(row["start"], row["end"]) for row in found]
    assert places == sorted(places)  # type: ignore[type-var]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_its_time_but_no_more(name: str) -> None:
    assert isinstance(rows(HOSTILE[name] + "."), list)
