"""Every rule document fits its table; a rule that cannot run is an error, never a pass."""

import string
from typing import Any

import pandas as pd
import pytest

from expectations import contracts
from expectations.catalogue import Check, Rule, catalogue
from expectations.validate import BrokenRuleError, expectation, validate

CHECKS = [(rule, position) for rule in catalogue().values() for position in range(len(rule.checks))]


def a_rule(**check: Any) -> Rule:
    given = {
        "scope": "within",
        "severity": "error",
        "table": "lamps",
        "expectation": "expect_column_values_to_not_be_null",
        "arguments": {"column": "light"},
        "message": "",
        "suggestion": "",
    }
    sections = dict.fromkeys(("What it checks", "Why it matters", "Fires on", "Stays silent on", "Limits"), "…")
    return Rule(
        name="lamp-broken",
        family="lights",
        title="…",
        checks=(Check(**(given | check)),),
        sections=sections,
        document="",
    )


LAMPS = pd.DataFrame({"article_id": ["a", "b", "c"], "light": ["on", None, None], "room": ["hall", "hall", "attic"]})


@pytest.mark.parametrize(("rule", "position"), CHECKS, ids=lambda value: getattr(value, "name", value))
def test_a_document_names_what_exists(rule: Rule, position: int) -> None:
    check = rule.checks[position]
    assert check.table in contracts.CONTRACTS
    columns = set(contracts.columns(check.table))
    assert expectation(rule, position).severity.value in {"critical", "warning", "info"}
    for argument, value in check.arguments.items():
        if argument.startswith("column"):
            assert {value} if isinstance(value, str) else set(value) <= columns
    assert set(check.when) <= columns
    assert not check.repaired or {"kind"} <= columns
    for words in (check.message, check.suggestion, check.replacement or ""):
        assert {name for _, name, _, _ in string.Formatter().parse(words) if name} <= columns


def test_points_at_the_failing_rows() -> None:
    failures = validate({"lamps": LAMPS}, [a_rule()])
    assert [failure.row["article_id"] for failure in failures] == ["b", "c"]
    assert failures[0].row["light"] is None


def test_only_rows_that_a_check_is_about() -> None:
    assert [f.row["article_id"] for f in validate({"lamps": LAMPS}, [a_rule(when={"room": "attic"})])] == ["c"]


def test_two_conditions_both_hold() -> None:
    rule = a_rule(when={"room": "hall", "article_id": "b"})
    assert [f.row["article_id"] for f in validate({"lamps": LAMPS}, [rule])] == ["b"]


def test_nothing_fails_in_an_empty_table() -> None:
    assert validate({"lamps": LAMPS.head(0)}, [a_rule()]) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"table": "candles"},
        {"arguments": {"column": "warmth"}},
        {"arguments": {"colum": "light"}},
        {"expectation": "expect_the_spanish_inquisition"},
        {"when": {"warmth": "none"}},
    ],
)
def test_a_rule_that_cannot_run_is_an_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(BrokenRuleError, match="lamp-broken"):
        validate({"lamps": LAMPS}, [a_rule(**wrong)])


def test_a_frame_with_labels_of_its_own_is_refused() -> None:
    with pytest.raises(BrokenRuleError, match="RangeIndex"):
        validate({"lamps": LAMPS.set_index("article_id")}, [a_rule()])
