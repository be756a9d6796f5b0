import pytest
from hypothesis import given, settings

from expectations import contracts
from pipelines.extraction.datelines import extract
from tests.pipelines.extraction.documents import document
from tests.pipelines.language.texts import ANY, HOSTILE


@pytest.mark.parametrize(
    ("paragraph", "scene"),
    [
        ("OSLO, 4 May 2025 (Fjord Press) – Ministers signed in a hotel on the Lisbon quay.", "Lisbon"),
        ("OSLO (Fjord Press) – Ministers signed in a hotel on the Oslo quay.", None),
        ("Oslo: Ministers will sign in a hotel in Lisbon.", None),
        ("Lima, Peru: Crews at Chile’s launch site cheered.", "Chile"),
    ],
)
def test_a_dateline_is_held_against_the_scene(paragraph: str, scene: str | None) -> None:
    rows = extract(document(f"Pact on cod at last\n\n{paragraph}\n"))
    assert [row["scene"] for row in rows] == [scene]


@settings(deadline=None)
@given(ANY)
def test_any_text_keeps_the_contract(text: str) -> None:
    article = document(f"x {text}")
    rows = contracts.frame("datelines", extract(article))
    contracts.hold("datelines", rows, {"article": article.text})


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    assert len(extract(document(HOSTILE[name]))) <= len(HOSTILE[name])
