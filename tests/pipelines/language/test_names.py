import pytest
from hypothesis import given

from pipelines.language.names import CONNECTIVES, PARTICLES, name_spans
from pipelines.language.tokens import tokenise
from tests.pipelines.language.texts import ANY, HOSTILE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The mayor met Ana Reis.", ["Ana Reis"]),
        ("In Oslo it rained.", ["Oslo"]),
        ("Ludwig van der Meer spoke.", ["Ludwig van der Meer"]),
        ("Khalid al-Harbi left.", ["Khalid al-Harbi"]),
        ("J. P. Arden and Mary-Ann Vos", ["J. P. Arden", "Mary-Ann Vos"]),
        ("Chile’s Andes Copper grew.", ["Chile’s", "Andes Copper"]),
        ("nothing here", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    tokens = tokenise(text)
    assert [text[tokens[first].start : tokens[last - 1].end] for first, last in name_spans(tokens)] == names


def test_connectives_join_the_parts_of_an_institution() -> None:
    tokens = tokenise("the Ministry of Roads and Bridges paid")
    assert [last - first for first, last in name_spans(tokens, CONNECTIVES)] == [5]


@given(ANY)
def test_names_are_ordered_disjoint_and_start_with_a_capital(text: str) -> None:
    tokens = tokenise(text)
    for joined in (PARTICLES, CONNECTIVES):
        spans = list(name_spans(tokens, joined))
        places = [0, *(place for span in spans for place in span), len(tokens)]
        assert places == sorted(places)
        assert all(tokens[first].capitalised for first, _ in spans)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    tokens = tokenise(HOSTILE[name])
    assert sum(1 for _ in name_spans(tokens)) <= len(tokens)
