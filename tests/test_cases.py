"""Every rule fires on, and stays silent on, the texts of its case file: `tests/cases/<family>/<rule-name>.yaml`.

`fires` and `silent` are lists of cases. A case has a `name` and an `article`, or `articles` (file name → text), and may
have a fact `sheet`. A
firing case lists in `finds` the anchors' words of all findings of the rule, in order of file and place, and may give
the `severity` of all of them, the `field`s, and the `witnesses`' words of all of them together. A silent case may say
`why`.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from expectations.catalogue import catalogue
from expectations.facts import Fact
from tests.audits_of import findings_of

FOLDER = Path(__file__).parent / "cases"
LEAST = 5
KEYS = {"name", "article", "articles", "sheet", "finds", "severity", "fields", "witnesses", "why"}


def case_file(rule: str) -> Path:
    return FOLDER / catalogue()[rule].family / f"{rule}.yaml"


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(rule, case, id=f"{rule}-{case['name']}".replace(" ", "-"))
        for rule in catalogue()
        if case_file(rule).exists()
        for case in yaml.safe_load(case_file(rule).read_text(encoding="utf-8"))[kind]
    ]


def texts(case: dict[str, Any]) -> dict[str, str]:
    assert set(case) <= KEYS, f"unknown keys: {set(case) - KEYS}"
    return dict(case.get("articles") or {"article.txt": case["article"]})


def sheet(case: dict[str, Any]) -> list[Fact]:
    return [Fact.model_validate(entry) for entry in case.get("sheet", [])]


@pytest.mark.parametrize(("rule", "case"), cases("fires"))
def test_fires(rule: str, case: dict[str, Any]) -> None:
    found = findings_of(texts(case), rule, sheet(case))
    assert [finding.anchor.text for finding in found] == case["finds"]
    if "severity" in case:
        assert {finding.severity for finding in found} == {case["severity"]}
    if "fields" in case:
        assert [finding.field for finding in found] == case["fields"]
    if "witnesses" in case:
        assert sorted(span.text for finding in found for span in finding.spans[1:]) == sorted(case["witnesses"])


@pytest.mark.parametrize(("rule", "case"), cases("silent"))
def test_stays_silent(rule: str, case: dict[str, Any]) -> None:
    assert [finding.anchor.text for finding in findings_of(texts(case), rule, sheet(case))] == []


@pytest.mark.parametrize("rule", list(catalogue()))
def test_has_a_case_file_with_enough_cases(rule: str) -> None:
    assert case_file(rule).exists(), f"{rule} has no case file; write {case_file(rule).relative_to(FOLDER.parent)}"
    given = yaml.safe_load(case_file(rule).read_text(encoding="utf-8"))
    assert set(given) == {"fires", "silent"}
    for kind in ("fires", "silent"):
        names = [case["name"] for case in given[kind]]
        assert len(names) == len(set(names)), f"{rule}: two {kind} cases of one name"
        assert len(names) >= LEAST, f"{rule}: {len(names)} {kind} cases; at least {LEAST}"
    assert all(case["finds"] for case in given["fires"])


def test_every_case_file_belongs_to_a_rule() -> None:
    files = {(path.parent.name, path.stem) for path in FOLDER.glob("*/*.yaml")}
    assert files == {(rule.family, rule.name) for rule in catalogue().values()}
