from time import perf_counter

import pytest
from hypothesis import given, settings

from expectations import contracts
from pipelines.extraction.venues import extract
from tests.pipelines.extraction.documents import document
from tests.pipelines.language.texts import ANY, HOSTILE


@pytest.mark.parametrize(
    ("sentence", "event", "place"),
    [
        ("The boards met in Aldenham on Monday.", "meeting", "aldenham"),
        ("The hearing, which was held in Brackwell Green, was short.", "hearing", "brackwell green"),
        ("Nobody spoke at the signing in Corley town hall.", "signing", "corley"),
        ("The auction will take place in Aldenham.", "auction", "aldenham"),
    ],
)
def test_a_town_is_read_with_what_is_held_there(sentence: str, event: str, place: str) -> None:
    rows = extract(document(f"A day in the valley\n\n{sentence}\n"))
    assert [(row["event"], row["place"]) for row in rows] == [(event, place)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The boards met in May.",
        "The boards met in Aldenham County.",
        "A fire in Aldenham is out.",
        "They met in Chile.",
    ],
)
def test_what_is_no_town_is_none(sentence: str) -> None:
    assert extract(document(f"A day in the valley\n\n{sentence}\n")) == []


@settings(deadline=None)
@given(ANY)
def test_any_text_keeps_the_contract(text: str) -> None:
    article = document(f"x {text}")
    rows = contracts.frame("venues", extract(article))
    contracts.hold("venues", rows, {"article": article.text})


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    assert len(extract(document(HOSTILE[name]))) <= len(HOSTILE[name])


def test_a_long_line_takes_time_in_step_with_its_length() -> None:
    def seconds(count: int) -> float:
        article = document("x\n\n" + "Met in Aldenham, the signing in Corley held in " * count)
        started = perf_counter()
        extract(article)
        return perf_counter() - started

    assert seconds(2000) < 12 * max(seconds(500), 0.05)
