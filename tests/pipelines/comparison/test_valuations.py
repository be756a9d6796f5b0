"""Valuations: which statements agree, and which things are one."""

import pytest

from pipelines.comparison.rounding import agreeing
from tests.audits_of import audit_of


@pytest.mark.parametrize(
    ("spans", "groups"),
    [
        ([], []),
        ([(1, 2), (1.5, 3)], [0, 0]),
        ([(1, 2), (3, 4)], [0, 1]),
        ([(3, 4), (1, 2)], [1, 0]),
        ([(0, 1), (0.9, 2), (1.9, 3)], [0, 0, 1]),  # agreement of neighbours is not transitive
        ([(0, float("inf")), (1, 2)], [0, 0]),
    ],
)
def test_the_fewest_values_that_bear_out_all_statements(spans: list[tuple[float, float]], groups: list[int]) -> None:
    assert agreeing(spans) == groups


def test_one_fact_with_every_statement_as_a_witness() -> None:
    tables = audit_of(
        {
            "first.txt": "Dam\n\n2 May 2025\n\nThe $2.4bn Kell Barrage opens. The Kell Barrage cost almost $2.5bn.\n",
            "second.txt": "Barrage\n\n3 May 2025\n\nThe $2.9bn Kell Barrage is open.\n",
        },
        rules=(),
    ).tables
    (fact,) = tables["valuations"].to_dict("records")
    assert (fact["fact_id"], fact["measure"]) == ("valuation:kell barrage/value/USD", "value")
    assert (fact["text"], fact["values"], fact["statements"], fact["favoured_by"]) == ("$2.9bn", 2, 3, 2)
    assert list(tables["witnesses"]["text"]) == ["$2.4bn", "almost $2.5bn", "$2.9bn"]


def test_two_things_of_one_label_keep_facts_of_their_own() -> None:
    story = "{head}\n\n2 May 2025\n\n{names} The $3 million bridge is open. The bridge cost $4 million.\n"
    tables = audit_of(
        {
            "first.txt": story.format(head="Bridge in Aston", names="Ida Brandt came to Lower Aston."),
            "second.txt": story.format(head="Bridge in Barley", names="Tove Lind came to Upper Barley."),
        },
        rules=(),
    ).tables
    assert sorted(tables["valuations"]["fact_id"]) == ["valuation:bridge 2/value/USD", "valuation:bridge/value/USD"]
