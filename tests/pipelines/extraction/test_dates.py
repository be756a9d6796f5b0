from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings

from expectations import contracts
from pipelines.extraction.dates import extract
from tests.pipelines.extraction.documents import document
from tests.pipelines.language.texts import ANY, HOSTILE

STORY = (
    "The choir will sing in the old granary, its warden said, and the doors will be open to all who can bring a chair."
)


def dates(body: str, header: str = "14 March 2025") -> dict[str, Mapping[str, Any]]:
    """The rows of an article dated by `header`, by their words."""
    return {row["text"]: row for row in extract(document(f"A choir in the granary\n\n{header}\n\n{body} {STORY}\n"))}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("5 March 2024", "2024-03-05"),
        ("March 2024", "2024-03"),
        ("2 April", "2025-04-02"),
        ("30 December", "2024-12-30"),
        ("20 September", None),
        ("yesterday", "2025-03-13"),
        ("two weeks ago", "2025-02-28"),
        ("next month", None),
        ("Friday", None),
        ("Tuesday next week", "2025-03-18"),
        ("next week on Sunday", "2025-03-23"),
        ("Monday of last week", "2025-03-03"),
        ("Thursday the 6th", "2025-03-06"),
        ("Monday 31st", "2025-03-31"),
        ("Monday the 6th", None),
        ("the 31st of next month", None),
        ("the 28th of last month", "2025-02-28"),
    ],
)
def test_a_date_is_resolved_as_far_as_the_article_allows(words: str, value: str | None) -> None:
    assert dates(f"It was sold on {words} to a baker.")[words]["value"] == value


@pytest.mark.parametrize(
    ("body", "settled_by", "value"),
    [
        ("It opens on 03/04/2025.", None, None),
        ("It opens on 03/04/2025, not 28/03/2025.", "the order of the article’s other dates", "2025-04-03"),
        ("It opens on 03/04/2025, not 03/28/2025.", "the order of the article’s other dates", "2025-03-04"),
        ("It opens on 03/04/2025; tickets are for 3 April only.", "2025-04-03, stated elsewhere", "2025-04-03"),
    ],
)
def test_what_settles_a_numeric_date(body: str, settled_by: str | None, value: str | None) -> None:
    row = dates(body)["03/04/2025"]
    assert (row["readings"], row["settled_by"], row["value"]) == (1 if value else 2, settled_by, value)


def test_its_weekday_settles_a_numeric_date() -> None:
    row = dates("It opens on Thursday, 03/04/2025.")["Thursday, 03/04/2025"]
    assert (row["settled_by"], row["value"], row["weekday_of_date"]) == ("its weekday", "2025-04-03", "Thursday")


def test_both_readings_are_given_in_words() -> None:
    assert dates("It opens on 03/04/2025.")["03/04/2025"]["read_as"] == "3 April 2025 or 4 March 2025"


def test_a_settled_date_of_publication_anchors_the_article() -> None:
    rows = dates("The roof was mended yesterday, and paid for on 28/02/2025.", header="06/03/2025")
    assert (rows["yesterday"]["anchor"], rows["yesterday"]["value"]) == ("2025-03-06", "2025-03-05")


def test_a_date_of_publication_that_reads_two_ways_is_one_all_the_same() -> None:
    row = dates("The roof was mended yesterday.", header="06/03/2025")["yesterday"]
    assert (row["anchor"], row["anchor_from"], row["needs_anchor"]) == (None, "header", True)


@pytest.mark.parametrize(
    ("body", "words", "needed"),
    [
        ("It shut on Friday.", "Friday", True),
        ("It shut on 4 June 2024 and stayed so until Friday.", "Friday", False),
        ("It shut on 26 November.", "26 November", True),
        ("It shut on 3 March 1914. On 5 March it burned.", "5 March", False),
        ("In 1914 it was shut on 26 November.", "26 November", False),
        ("It shuts every 26 November.", "26 November", False),
        ("It shuts on 26 November of each year.", "26 November", False),
    ],
)
def test_what_needs_the_article_s_own_date(body: str, words: str, needed: bool) -> None:
    assert dates(body)[words]["needs_anchor"] is needed


def test_front_matter_is_read_too() -> None:
    rows = extract(document(f"---\ntitle: A choir\ndate: 03/04/2025\n---\n\n{STORY}\n", "choir.md"))
    assert [(row["text"], row["readings"]) for row in rows] == [("03/04/2025", 2)]


@settings(deadline=None)
@given(ANY)
def test_any_text_keeps_the_contract(text: str) -> None:
    article = document(f"x {text}")
    rows = contracts.frame("dates", extract(article))
    contracts.hold("dates", rows, {"article": article.text})


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    assert len(extract(document(HOSTILE[name]))) <= len(HOSTILE[name])
