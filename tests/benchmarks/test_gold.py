"""The floor under the scores: what is held to it, and that it only ever rises."""

import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import gold

SHARES = st.floats(0, 1).map(lambda share: round(share, 4))
SCORES = st.dictionaries(
    st.sampled_from(["overall", "weekday-mismatch", "name-variant"]),
    st.dictionaries(st.sampled_from(["precision", "recall"]), SHARES, min_size=1),
)


@given(SCORES, SCORES)
def test_a_floor_only_ever_rises(made: gold.Scores, floor: gold.Scores) -> None:
    higher = gold.raised(made, floor)
    for part, names in floor.items():
        for name, least in names.items():
            assert higher[part][name] == max(least, made.get(part, {}).get(name, 0))
    assert gold.raised(floor, higher) == higher


@given(SCORES)
def test_a_score_holds_the_floor_that_it_has_raised(made: gold.Scores) -> None:
    kept = tomllib.loads(gold.as_toml(gold.raised(made, {})))
    assert gold.below(made, kept) == []


def test_a_lower_score_is_named() -> None:
    assert gold.below({"name-variant": {"recall": 0.5}}, {"name-variant": {"recall": 0.75}}) == [
        "name-variant: recall is 0.5000, below 0.7500"
    ]


def test_a_rule_that_is_gone_is_below_its_floor() -> None:
    assert gold.below({}, {"name-variant": {"recall": 0.75}}) == ["name-variant: recall is 0.0000, below 0.7500"]


def test_the_floor_that_is_kept_can_be_read() -> None:
    floor = tomllib.loads(gold.FLOOR.read_text(encoding="utf-8"))
    assert gold.as_toml(gold.raised({}, floor)) == gold.FLOOR.read_text(encoding="utf-8")


@pytest.fixture
def scored() -> tuple[gold.Record, list[gold.Line]]:
    """One defect found and one missed, one false alarm in a trap."""
    annotated = [
        {"id": "1", "rule": "weekday-mismatch", "expect": "must"},
        {"id": "2", "rule": "weekday-mismatch", "expect": "should"},
    ]
    alarm = {"rule": "weekday-mismatch", "severity": "error"}
    overall = {name: 1.0 for name in gold.OVERALL if name != "traps_passed"}
    overall |= {"findings": 2, "true": 1, "false": 1, "neutral": 0, "traps": 4, "traps_sprung": 1}
    scorer = SimpleNamespace(score=lambda *_: (overall, {"1": [{}], "2": []}, [alarm], [("T", alarm)]))
    return gold.scored(scorer, [], annotated, [{"would_be_rule": ["weekday-mismatch"]}] * 4)


def test_a_line_counts_what_was_found_missed_and_sprung(scored: tuple[gold.Record, list[gold.Line]]) -> None:
    overall, [line] = scored
    assert line == gold.Line("weekday-mismatch", 1, 1, 1, 0, false=1, traps=4, sprung=1)
    assert (line.recall, line.precision) == (0.5, 0.5)
    assert overall["traps_passed"] == 0.75


def test_the_document_says_what_was_found_and_what_is_known_to_be_missed(
    scored: tuple[gold.Record, list[gold.Line]],
) -> None:
    real, known = [{"rule": "spelling-mixed", "severity": "warning"}], {"name-variant": ["x"]}
    written = gold.document(*scored, real, known, "dates  F1 0.9\n")
    assert "| weekday-mismatch | 1 of 1 | 0 of 1 | 0.50 | 1 | 0.50 | 1 of 4 |" in written
    assert "- **name-variant**: x" in written
    assert "- spelling-mixed: 1" in written
    assert "```text\ndates  F1 0.9\n```" in written


def test_precision_above_what_is_wanted_is_no_floor(scored: tuple[gold.Record, list[gold.Line]]) -> None:
    made = gold.scores(*scored)
    assert made["overall"]["precision_error"] == gold.WANTED["precision_error"]
    assert made["weekday-mismatch"] == {"recall": 0.5, "precision": 0.5}
