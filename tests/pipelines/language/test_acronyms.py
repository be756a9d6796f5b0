"""Definitions of acronyms are read in the forms that news copy uses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language.acronyms import bare, expansion_key, find_definitions, is_acronym
from pipelines.language.tokens import tokenise


def definitions(text: str) -> list[tuple[str, str, str]]:
    return [
        (d.acronym.text, text[d.expansion[0].start : d.expansion[-1].end], text[d.start : d.end])
        for d in find_definitions(tokenise(text))
    ]


@pytest.mark.parametrize(
    ("text", "expansion", "whole"),
    [
        ("The Lake Police Force (LPF) said", "Lake Police Force", "Lake Police Force (LPF)"),
        ("the lake and the Lake Guard Front (LPF) said", "Lake Guard Front", "Lake Guard Front (LPF)"),
        ("the State’s Office of Lake Affairs (OLA)", "Office of Lake Affairs", "Office of Lake Affairs (OLA)"),
        ("the Women’s Rowing League (WRL)", "Women’s Rowing League", "Women’s Rowing League (WRL)"),
        ("a certificate of seaworthiness (COS)", "certificate of seaworthiness", "certificate of seaworthiness (COS)"),
        ("the Bay-Lake Electric Corridor (BLEC)", "Bay-Lake Electric Corridor", "Bay-Lake Electric Corridor (BLEC)"),
        (
            "Lake Electric Supply Company (LAKESCO)",
            "Lake Electric Supply Company",
            "Lake Electric Supply Company (LAKESCO)",
        ),
        ("the Lake Police Force (the “LPF”)", "Lake Police Force", "Lake Police Force (the “LPF”)"),
        ("the LPF (Lake Police Force) said", "Lake Police Force", "LPF (Lake Police Force)"),
        ("the Lake Police Force, or LPF, said", "Lake Police Force", "Lake Police Force, or LPF"),
        ("the Lake Police Force, known as LPF, said", "Lake Police Force", "Lake Police Force, known as LPF"),
        ("the Lake Police Force, LPF, said", "Lake Police Force", "Lake Police Force, LPF"),
        (
            "the Lake Force, known by its own initials as FDL, said",
            "Lake Force",
            "Lake Force, known by its own initials as FDL",
        ),
    ],
)
def test_reads(text: str, expansion: str, whole: str) -> None:
    assert [found[1:] for found in definitions(text)] == [(expansion, whole)]


@pytest.mark.parametrize(
    "text",
    ["the lake (LPF) is calm", "LPF (see page 3)", "boats, LPF, nets", "the Lake Police Force and the LPF", "(LPF)"],
)
def test_reads_no_definition(text: str) -> None:
    assert definitions(text) == []


@pytest.mark.parametrize(("text", "acronym"), [("NGOs", "NGO"), ("BLA’s", "BLA"), ("GAS", "GAS"), ("OS", "OS")])
def test_bare(text: str, acronym: str) -> None:
    assert bare(text) == acronym
    assert is_acronym(tokenise(text)[0])


def test_expansions_are_compared_without_article_plural_and_hyphen() -> None:
    assert expansion_key("The Anti-Fraud Offices") == expansion_key("anti fraud office")


@given(st.text(alphabet="ABC (),.of the’s“”-", max_size=200))
def test_definitions_lie_in_the_text(text: str) -> None:
    for found in find_definitions(tokenise(text)):
        assert found.start <= found.acronym.start < found.acronym.end <= found.end <= len(text)
        assert found.start <= found.expansion[0].start < found.expansion[-1].end <= found.end
