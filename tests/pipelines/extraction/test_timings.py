import pytest
from hypothesis import given, settings

from expectations import contracts
from pipelines.extraction.timings import extract
from tests.pipelines.extraction.documents import document
from tests.pipelines.language.texts import ANY, HOSTILE


@pytest.mark.parametrize(
    ("sentence", "kind", "fits"),
    [
        ("It has stood since 2005, that is, for 20 years.", "span", True),
        ("It has stood since 2005, that is, for 30 years.", "span", False),
        ("It has stood for more than 10 years, since 1990.", "span", True),
        ("She was there ten years ago, in 2009.", "span", False),
        ("Mr Holm, 61, was born in 1980.", "age", False),
        ("Mr Holm, 44, was born in 1980.", "age", True),
        ("It will open in May 2019.", "promise", False),
        ("It will open in May 2029.", "promise", True),
        ("It was signed on 4 May 2027.", "ahead", False),
        ("It sank on 5 March, the Gazette reported on 3 March.", "report", False),
    ],
)
def test_what_is_said_of_time_is_held_against_the_dates(sentence: str, kind: str, fits: bool) -> None:
    rows = extract(document(f"A day in the valley\n\n14 March 2025\n\n{sentence}\n"))
    assert [(row["kind"], row["fits"]) for row in rows] == [(kind, fits)]


@settings(deadline=None)
@given(ANY)
def test_any_text_keeps_the_contract(text: str) -> None:
    article = document(f"x {text}")
    rows = contracts.frame("timings", extract(article))
    contracts.hold("timings", rows, {"article": article.text})


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    assert len(extract(document(HOSTILE[name]))) <= len(HOSTILE[name])
