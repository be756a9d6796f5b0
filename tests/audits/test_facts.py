"""What the corpus says of each thing: gathered from an audit, found by name, shown in the terminal and as JSON."""

import json
from collections.abc import Mapping
from datetime import date

import pytest

from audits.facts import CorpusFact, about
from audits.reports import facts as shown
from expectations.facts import Fact
from pipelines.audit import facts_of, names_of, texts_of
from tests.audits_of import audit_of

BRIDGE = {
    "march.txt": """Bridge at Tarn Ferry wins backing

4 March 2025

The Tarn Ferry Bridge Authority (TFBA) said on Tuesday that the Tarn Ferry Bridge will cost £40 million. Its engineer,
Colonel Ida Rask, said that work begins in May.
""",
    "april.txt": """Work on the bridge is near

9 April 2025

The Tarn Ferry Bridge will cost £40 million, the Tarn Ferry Bridge Authority (TFBA) said. Colonel Ida Rask will lead it.
""",
    "may.txt": """First pile driven at Tarn Ferry

20 May 2025

The Tarn Ferry Bridge will cost £44 million, the Tarn Ferry Bridge Authority (TFBA) said as the first pile was driven.

Colonel Ida Rask gave the sign on Tuesday.
""",
}


def gathered(sheet: tuple[Fact, ...] = ()) -> tuple[tuple[CorpusFact, ...], Mapping[str, str], dict[str, list[str]]]:
    audit = audit_of(BRIDGE, facts=sheet)
    return facts_of(audit.tables, audit.findings), texts_of(audit.tables), names_of(audit.tables)


@pytest.fixture(scope="module")
def facts() -> tuple[CorpusFact, ...]:
    return gathered()[0]


def of(facts: tuple[CorpusFact, ...], kind: str) -> CorpusFact:
    (only,) = [fact for fact in facts if fact.kind == kind]
    return only


def test_a_disputed_fact_has_its_values_by_the_articles_that_give_them(facts: tuple[CorpusFact, ...]) -> None:
    cost = of(facts, "valuations")
    assert (cost.disputed, cost.decided, cost.articles) == (True, True, 3)
    assert [(side.value, side.favoured, side.articles) for side in cost.sides] == [
        ("£40 million", True, 2),
        ("£44 million", False, 1),
    ]
    first, second = cost.sides[0].statements
    assert (first.day, second.day) == ("2025-03-04", "2025-04-09")
    assert {statement.amount for statement in cost.statements} == {40e6, 44e6}
    assert all(BRIDGE[s.span.path][s.span.start : s.span.end] == s.span.text for s in cost.statements)


def test_what_all_agree_on_is_a_fact_too(facts: tuple[CorpusFact, ...]) -> None:
    rank = of(facts, "ranks")
    assert (rank.disputed, rank.title, len(rank.sides), rank.articles) == (False, "Ida Rask: title", 1, 3)


def test_facts_are_found_by_name_part_of_a_name_or_acronym() -> None:
    facts, _, names = gathered()
    assert [fact.kind for fact in about(facts, "rask", names)] == ["ranks"]
    assert [fact.kind for fact in about(facts, "Tarn Ferry Bridge", names)] == ["valuations"]
    assert "expansions" in {fact.kind for fact in about(facts, "TFBA", names)}
    assert list(about(facts, "Ferry Tarn", names)) == []
    assert list(about(facts, "", names)) == []


def test_the_sheet_says_which_side_is_right() -> None:
    sheet = Fact.model_validate(
        {
            "subject": "Tarn Ferry Bridge",
            "property": "value",
            "value": "GBP 44 million",
            "source": "Tarn Ferry Bridge Act",
            "from": date(2025, 1, 1),
        }
    )
    cost = of(gathered((sheet,))[0], "valuations")
    assert cost.sheet == "The fact sheet says GBP 44 million (Tarn Ferry Bridge Act)."
    assert (cost.sides[0].value, cost.sides[0].favoured, cost.decided) == ("£44 million", True, True)


def test_the_terminal_shows_each_value_with_its_places() -> None:
    facts, texts, _ = gathered()
    lines = shown.render([of(facts, "valuations")], texts, colour=False).splitlines()
    assert lines[0] == "Tarn Ferry Bridge: value  disputed"
    assert lines[1] == "  £40 million  2 articles, favoured"
    assert lines[2].startswith("    2025-03-04  march.txt:5:")
    assert "»£40 million«" in lines[2]
    assert lines[4] == "  £44 million  1 article"


def test_json_has_every_statement() -> None:
    facts, _, _ = gathered()
    data = json.loads(shown.as_json(facts))
    assert data["schema"] == shown.SCHEMA
    (cost,) = [fact for fact in data["facts"] if fact["kind"] == "valuations"]
    assert [len(side["statements"]) for side in cost["sides"]] == [2, 1]
