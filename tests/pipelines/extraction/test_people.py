"""The table `people`: who is mentioned, and as what."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.document import Document, Row
from pipelines.extraction.people import extract
from pipelines.reading import read_bytes, with_ids

LEAD = "Rain falls on the plain\n\n12 May 2025\n\n"


def people(text: str) -> list[Row]:
    [article] = with_ids([read_bytes((LEAD + text + "\n").encode(), "article.txt")])
    return extract(Document(article))


FORMS = [
    ("Field Marshal Ana Reis spoke.", "Field Marshal Ana Reis", "Ana Reis", "field marshal", "holds"),
    ("Lt. Gen. Ana Reis spoke.", "Lt. Gen. Ana Reis", "Ana Reis", "lieutenant general", "holds"),
    ("Wing Commander (retd) Ana Reis spoke.", "Wing Commander (retd) Ana Reis", "Ana Reis", "wing commander", "holds"),
    ("The army chief, General Ana Reis, spoke.", "General Ana Reis", "Ana Reis", "general", "holds"),
    ("President al-Hadi spoke.", "President al-Hadi", "al-Hadi", "president", "holds"),
    (
        "Ana Reis, Romania’s energy minister, spoke.",
        "Ana Reis, Romania’s energy minister",
        "Ana Reis",
        "energy minister",
        "holds",
    ),
    (
        "The minister of mines, Ana Reis, spoke.",
        "minister of mines, Ana Reis",
        "Ana Reis",
        "minister of mines",
        "holds",
    ),
    ("“No,” said Ana Reis, 45, mayor of Lisbon.", "Ana Reis, 45, mayor of Lisbon", "Ana Reis", "mayor", "holds"),
    ("Its chief executive is Ana Reis.", "chief executive is Ana Reis", "Ana Reis", "chief executive", "holds"),
    ("Ana Reis was sworn in as mayor.", "Ana Reis was sworn in as mayor", "Ana Reis", "mayor", "becomes"),
    ("Former Justice Minister Ana Reis spoke.", "Justice Minister Ana Reis", "Ana Reis", "justice minister", "former"),
    ("The acting mayor, Ana Reis, spoke.", "mayor, Ana Reis", "Ana Reis", "mayor", "acting"),
    ("Ana Reis, who was mayor until 2019, spoke.", "Ana Reis, who was mayor", "Ana Reis", "mayor", "former"),
    ("In 2014, Mayor Ana Reis dug a hole.", "Mayor Ana Reis", "Ana Reis", "mayor", "former"),
    ("Ana Reis, chair and chief executive, spoke.", "Ana Reis, chair", "Ana Reis", "chair", "joint"),
    (
        "Deputy Energy and Mines Minister Ana Reis spoke.",
        "Deputy Energy and Mines Minister Ana Reis",
        "Ana Reis",
        "deputy energy and mines minister",
        "holds",
    ),
]


@pytest.mark.parametrize(("text", "words", "name", "title", "role"), FORMS, ids=[form[0] for form in FORMS])
def test_a_title_beside_a_name(text: str, words: str, name: str, title: str, role: str) -> None:
    [row] = [row for row in people(text) if row["track"]]
    assert (row["text"], row["name"], row["title_key"], row["role"]) == (words, name, title, role)


SILENT = [
    "The General Assembly and General Motors met the Justice Department.",
    "After talks in New York, the foreign minister said no.",
    "In general Europe is dry.",
    "The finance minister’s deputy, Ana Reis, spoke.",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_gives_nobody_a_title(text: str) -> None:
    assert [row["text"] for row in people(text) if row["track"]] == []


SAME = [
    ("General Ana Maria Reis spoke. Reis left.", ["Ana Maria Reis"] * 2),
    ("Foreign Minister Zhou Lan spoke. Zhou left.", ["Zhou Lan"] * 2),
    ("Ana Reis is a miner’s daughter. Mayor Reis spoke.", ["Ana Reis"] * 2),
    ("General Ana Reis met Major Ivo Reis. Colonel Kern left.", ["Ana Reis", "Ivo Reis", "Kern"]),
]


@pytest.mark.parametrize(("text", "persons"), SAME)
def test_mentions_of_one_person(text: str, persons: list[str]) -> None:
    assert [row["person"] for row in people(text)] == persons


def test_a_family_name_of_two_people_is_nobodys() -> None:
    rows = people("General Ana Reis met Major Ivo Reis. Colonel Reis left.")
    assert [row["role"] for row in rows] == ["holds", "holds", None]


PIECES = st.sampled_from(
    ["General", "Lt.", "Gen.", "Ana", "Reis", "al-Hadi", ",", ".", "the", "minister", "of", "energy", "Deputy", "is",
     "who", "was", "and", "’s", "(", "retd", ")", "-", "“", "”", "2014", "45", "chair",
     "Prime Minister", "\n\n", "É", "😀"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_offsets_hold_whatever_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    [article] = with_ids([read_bytes((LEAD + text).encode(), "article.txt")])
    rows = extract(Document(article))
    for row in rows:
        assert row["text"] == article.text[row["start"] : row["end"]]
        assert row["text"].strip() == row["text"] != ""
        assert row["name"]
        assert row["person_key"]
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


@pytest.mark.parametrize(
    "unit", ["Word ", "General ", "General Ana Reis ", "the minister, ", "chair of ", "deputy ", "Finance and "]
)
def test_long_lines_stay_linear(unit: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        people(unit * times)
        return time.process_time() - start

    seconds(100)
    assert seconds(20_000) < 16 * max(seconds(2_500), 0.02)
