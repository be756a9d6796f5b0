"""Claims: which place is said to be whose capital, and what is called what officially."""

import pytest
from hypothesis import given

from expectations import contracts
from pipelines.extraction.claims import extract
from pipelines.extraction.document import Document
from pipelines.reading import read_bytes
from tests.pipelines.extraction.documents import document
from tests.pipelines.language.texts import ANY, HOSTILE


def claims(sentence: str) -> list[tuple[str, str, str]]:
    read = Document(read_bytes(f"Talks open\n\n{sentence} So it was told to those who had come.".encode(), "a.txt"))
    return [(row["property"], row["subject_key"], row["text"]) for row in extract(read)]


@pytest.mark.parametrize(
    "sentence",
    [
        "They met in Lima, the capital of Peru, on Friday.",
        "They met in Lima, capital of Peru, on Friday.",
        "They met in Lima (the capital of Peru) on Friday.",
        "Lima is the capital of Peru.",
        "The capital of Peru is Lima.",
        "In the capital of Peru, Lima, they met.",
        "They met in the Peruvian capital Lima.",
        "They met in the Peruvian capital, Lima, on Friday.",
        "They met in the Peruvian capital of Lima.",
        "They met in Peru’s capital, Lima.",
        "Peru's capital city is Lima.",
        "They met in Lima, Peru’s capital, on Friday.",
        "They met in Lima, the political capital of Peru.",
    ],
)
def test_reads_capitals(sentence: str) -> None:
    assert claims(sentence) == [("capital", "PE", "Lima")]


@pytest.mark.parametrize(
    "sentence",
    [
        "They met in Cusco, the old capital of Peru.",
        "They met in Cusco, once the capital of Peru.",
        "Cusco was the capital of Peru.",
        "Cusco is not the capital of Peru.",
        "They met in Arequipa, Peru’s commercial capital.",
        "In Cusco, Peru’s capital was blamed.",
        "In the Peruvian capital, Dina Torres, an engineer, spoke.",
        "In the Peruvian capital, Cusco officials spoke.",
        "They met in the Peruvian capital Friday.",
        "Peruvian capital markets fell in Lima.",
        "It is Peru’s capital Congress that counts.".replace("capital Congress", "Capital Congress"),
        "They met in the Peruvian regional capital Cusco.",
        "Peru is capital of hope.",
    ],
)
def test_leaves_the_rest(sentence: str) -> None:
    assert claims(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "key", "name"),
    [
        ("Nauru, officially the Republic of Nauru, votes.", "NR", "Republic of Nauru"),
        ("Laos (officially the Lao People’s Democratic Republic) votes.", "LA", "Lao People’s Democratic Republic"),
        ("The official name of Nauru is the Republic of Nauru.", "NR", "Republic of Nauru"),
        ("Eswatini, officially known as the Kingdom of Eswatini, votes.", "SZ", "Kingdom of Eswatini"),
        ("The Sandy Bay Line is officially called the Queen Ida Line.", "sandy bay line", "Queen Ida Line"),
    ],
)
def test_reads_official_names(sentence: str, key: str, name: str) -> None:
    assert claims(sentence) == [("name", key, name)]


def test_no_name_without_one() -> None:
    assert claims("Zambia is officially Christian, and the bridge officially opens in May.") == []


@given(ANY)
def test_any_text_keeps_the_contract(text: str) -> None:
    article = document(f"x {text}")
    rows = contracts.frame("claims", extract(article))
    contracts.hold("claims", rows, {"article": article.text})


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    assert len(extract(document(HOSTILE[name]))) <= len(HOSTILE[name])


def test_owners_in_a_row_are_read() -> None:
    assert not claims("They met in Lima, the capital of " + "Peru’s " * 20_000 + "friends.")
