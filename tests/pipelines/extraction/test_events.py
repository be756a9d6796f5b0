import pytest
from hypothesis import given, settings

from expectations import contracts
from pipelines.extraction.events import extract
from tests.pipelines.extraction.documents import document
from tests.pipelines.language.texts import ANY, HOSTILE


@pytest.mark.parametrize(
    ("sentence", "event", "nouns"),
    [
        ("The lease was signed on 4 May in the barn.", "signing", "lease"),
        ("The trial of Jonas Wirth opened on 3 June 2025.", "opening", "trial"),
        ("Nobody knows what caused the 8 August collapse.", "collapse", None),
        ("On 4 May, the bridge was opened by a band.", "opening", "bridge"),
        ("Monday, July 14, 2025. Trial opens.", "opening", "trial"),
        ("The talks were held on 5 May in Riga.", "meeting", None),
        ("The quake struck on 6 May.", "earthquake", None),
    ],
)
def test_an_event_is_read_with_what_it_happened_to(sentence: str, event: str, nouns: str | None) -> None:
    rows = extract(document(f"A day in the valley\n\n{sentence}\n"))
    assert [(row["event"], row["nouns"]) for row in rows] == [(event, nouns)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Police investigated the crash on 4 May.",
        "The flood victims went home on 4 May.",
        "The choir sang on 4 May.",
        "“The lease was signed on 4 May,” he said.",
    ],
)
def test_no_event_where_it_is_open_what_is_dated(sentence: str) -> None:
    assert extract(document(f"A day in the valley\n\n{sentence}\n")) == []


@settings(deadline=None)
@given(ANY)
def test_any_text_keeps_the_contract(text: str) -> None:
    article = document(f"x {text}")
    rows = contracts.frame("events", extract(article))
    contracts.hold("events", rows, {"article": article.text})


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    assert len(extract(document(HOSTILE[name]))) <= len(HOSTILE[name])
