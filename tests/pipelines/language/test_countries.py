"""Countries are found in every form that news copy gives them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language.countries import find_countries, name_of
from pipelines.language.lexicons import table
from pipelines.language.tokens import tokenise


def found(text: str) -> list[tuple[str, str, str]]:
    tokens = tokenise(text)
    return [(text[tokens[m.first].start : tokens[m.last - 1].end], m.code, m.form) for m in find_countries(tokens)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile’s copper", [("Chile’s", "CL", "name")]),
        ("the U.S. and the UK", [("U.S.", "US", "name"), ("UK", "GB", "name")]),
        ("they told us", []),
        ("a turkey and some china", []),
        ("PERU WINS", [("PERU", "PE", "name")]),
        ("Trinidad and Tobago", [("Trinidad and Tobago", "TT", "name")]),
        ("the Democratic Republic of the Congo", [("Democratic Republic of the Congo", "CD", "name")]),
        ("South Sudanese and Sudanese", [("South Sudanese", "SS", "adjective"), ("Sudanese", "SD", "adjective")]),
        ("Guinea-Bissau, Guinea", [("Guinea-Bissau", "GW", "name"), ("Guinea", "GN", "name")]),
        ("Côte d'Ivoire or Ivory Coast", [("Côte d'Ivoire", "CI", "name"), ("Ivory Coast", "CI", "name")]),
        ("Türkiye, or Turkey", [("Türkiye", "TR", "name"), ("Turkey", "TR", "name")]),
        ("from Addis Ababa to N’Djamena", [("Addis Ababa", "ET", "capital"), ("N’Djamena", "TD", "capital")]),
        ("in Mombasa and Istanbul", [("Mombasa", "KE", "place"), ("Istanbul", "TR", "place")]),
        (
            "Poles, Danes and Swiss",
            [("Poles", "PL", "adjective"), ("Danes", "DK", "adjective"), ("Swiss", "CH", "adjective")],
        ),
    ],
)
def test_finds(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("code", [row["code"] for row in table("countries")])
def test_every_country_is_found_by_its_short_name(code: str) -> None:
    if code in {"CD", "CG"}:  # CLDR tells the two by their capitals, in a form that no newspaper prints
        return
    assert (code, "name") in {(found_code, form) for _, found_code, form in found(name_of(code))}


@given(st.text(alphabet="UPeru.S’s -and Chile\n", max_size=200))
def test_mentions_are_in_order_and_apart(text: str) -> None:
    tokens = tokenise(text)
    mentions = find_countries(tokens)
    assert all(0 <= m.first < m.last <= len(tokens) for m in mentions)
    assert all(left.last <= right.first for left, right in pairwise(mentions))
