"""Figures of an article: what they are, and what they are of."""

from typing import Any

import pytest

from pipelines.extraction.document import Document
from pipelines.extraction.figures import extract
from pipelines.reading import read_bytes, with_ids

HEAD = "A line above the story\n\n3 May 2025\n\n"


def figures(text: str, kind: str | None = None) -> list[dict[str, Any]]:
    (article,) = with_ids([read_bytes((HEAD + text + "\n").encode(), "article.txt")])
    return [row for row in extract(Document(article)) if kind in {None, row["kind"]}]


@pytest.mark.parametrize(
    ("text", "words", "kind", "low", "high", "unit"),
    [
        ("It cost more than $62 billion.", "more than $62 billion", "money", 62e9, 62e9, None),
        ("It cost between $3m and $4m.", "between $3m and $4m", "money", 3e6, 4e6, None),
        ("It pays $1.2-1.5 billion a year.", "$1.2-1.5 billion", "money", 1.2e9, 1.5e9, "per year"),
        ("It cost 3 dollars 50 cents.", "3 dollars 50 cents", "money", 3.5, 3.5, None),
        ("It cost naira 20 million.", "naira 20 million", "money", 2e7, 2e7, None),
        ("It cost 15 dollars 5 million times.", "15 dollars", "money", 15, 15, None),
        ("It rose 8 per cent.", "8 per cent", "percent", 8, 8, "percent"),
        ("It rose two percentage points.", "two percentage points", "percent", 2, 2, "percentage point"),
        ("It fell to -5 °C.", "-5 °C", "quantity", -5, -5, "degree Celsius"),
        ("A 225-megawatt unit.", "225-megawatt", "quantity", 225, 225, "megawatt"),
        ("It runs about 310 kilometres.", "about 310 kilometres", "quantity", 310, 310, "kilometre"),
        ("It recalled 412,000 cars.", "412,000 cars", "count", 412000, 412000, "car"),
        ("He met three foreign ministers.", "three foreign ministers", "count", 3, 3, "minister"),
        ("At least 14 killed in fire.", "At least 14 killed", "count", 14, 14, "killed"),
    ],
)
def test_kinds(text: str, words: str, kind: str, low: float, high: float, unit: str | None) -> None:
    (row,) = figures(text)
    assert (row["text"], row["kind"], row["unit"]) == (words, kind, unit)
    assert (row["low"], row["high"]) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "text",
    [
        "He was born on 14 March 1962.",
        "It began in 2019.",
        "She is 58 years old.",
        "The match ended 3-2.",
        "Call 555-0142.",
        "Flight 302 passengers waited.",
        "The JF-17 jets flew.",
        "Under section 12 of the act.",
        "It left at 14:52.",
        "Two thirds of them agree.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "key", "measure"),
    [
        ("The $62 billion Northern Coast Corridor (NCC) is late.", "northern coast corridor", "value"),
        ("They work on the Harwick Barrage, a $2.6bn scheme.", "harwick barrage", "value"),
        ("The Harwick Barrage is a $2.6bn scheme.", "harwick barrage", "value"),
        ("The Harwick Barrage will cost $2.6bn.", "harwick barrage", "value"),
        ("Construction of the Harwick Barrage will cost $2.6bn.", "harwick barrage", "value"),
        ("The ministry puts the cost of the Harwick Barrage at $2.6bn.", "harwick barrage", "value"),
        ("The Harwick Barrage, which is expected to cost $2.6bn, is late.", "harwick barrage", "value"),
        ("At $2.6bn, the barrage is the costliest work yet.", "barrage", "value"),
        ("The barrage’s $2.6bn price is high.", "barrage", "value"),
        ("The barrage has a price tag of $2.6bn.", "barrage", "value"),
        ("It will cost $2.6bn to build the barrage.", "barrage", "value"),
        ("The barrage cost the state $2.6bn.", "barrage", "value"),
        ("A contract worth $3 million was signed.", "contract", "value"),
        ("The bank gave a loan of $3 million.", "loan", "value"),
        ("An auction raised $3 million.", "sale", "proceeds"),
        ("Ruritania raises $3 million in its first auction.", "sale", "proceeds"),
        ("The port at Sandy Bay will cost $3 million.", "sandy bay port", "value"),
        ("Norvik bought Halden Foods for $3 million.", "halden foods acquisition", "value"),
    ],
)
def test_what_a_sum_is_of(text: str, key: str, measure: str) -> None:
    (row,) = figures(text, "money")
    assert (row["subject_key"], row["measure"]) == (key, measure)


@pytest.mark.parametrize(
    "text",
    [
        "Two bridges will cost $14 million.",
        "The tower and the bridge cost $14 million.",
        "The state pays $14 million.",
        "Another bridge will cost $14 million.",
        "A road from Aston to Barley, which cost $14 million, is open.",
    ],
)
def test_where_no_one_thing_is_meant(text: str) -> None:
    (row,) = figures(text, "money")
    assert row["subject_key"] is None


@pytest.mark.parametrize(
    ("text", "phase", "as_of"),
    [
        ("The dam was announced in 2018 at $3 billion.", "announced", "2018"),
        ("The dam was originally expected to cost $3 billion.", "former", None),
        ("The cost of the dam was raised to $3 billion.", "revised", None),
        ("The dam cost $3 billion in 2024.", None, "2024"),
        ("The subsidy cost $3 billion last year.", None, "2024"),
        ("The deal will cost $3 billion in its first year.", None, "first year"),
    ],
)
def test_circumstances(text: str, phase: str | None, as_of: str | None) -> None:
    (row,) = figures(text, "money")
    assert (row["phase"], row["as_of"]) == (phase, as_of)


def test_a_common_noun_is_the_one_thing_that_the_article_names() -> None:
    text = "The Bay Link, a gas pipeline, is late. The line will cost $3 billion."
    assert [row["subject_key"] for row in figures(text)] == ["bay link"]


def test_a_common_noun_is_open_where_two_things_fit() -> None:
    text = "The Aston dam and the Barley dam are late. The dam will cost $3 billion."
    assert [row["subject_key"] for row in figures(text)] == [None]


def test_the_project_is_the_one_undertaking_that_the_article_values() -> None:
    text = "The $3 billion port will open in May. The total cost of the project, $4 billion, is high."
    assert [row["subject_key"] for row in figures(text)] == ["port", "port"]


def test_a_shared_currency_name_without_a_country() -> None:
    (row,) = figures("The road cost 5 million kroner.")
    assert (row["currency"], row["denomination"]) == (None, "kroner")
