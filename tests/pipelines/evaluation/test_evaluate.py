"""Faults are found where the audit sees them, one at a time, and the same for the same seed."""

import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from expectations.catalogue import catalogue
from pipelines.cli import cli
from pipelines.evaluation import report
from pipelines.evaluation.evaluate import Evaluation, Kind, Trial, evaluate, plant
from pipelines.evaluation.planters import PLANTERS
from pipelines.evaluation.variants import findings
from pipelines.reading import Rejected
from tests.pipelines.evaluation.clean import FOLDER, SHEET, corpus, desk

GOLDEN = Path(__file__).parent / "golden"
# One rule on an article's own words, one on what is missing, one on facts of one article, one on facts of several.
RULES = ("weekday-mismatch", "metadata-missing", "acronym-conflict", "valuation-conflict")
BY_NAME = {planter.name: planter for planter in PLANTERS}


def evaluated(*names: str, faults: int = 2, seed: int = 0) -> Evaluation:
    rules = {name: catalogue()[name] for name in names}
    return evaluate(corpus(), rules, faults=faults, seed=seed)


def test_what_is_planted_is_found() -> None:
    trials = evaluated(*RULES).trials
    assert {trial.rule for trial in trials} == set(RULES)
    assert [trial for trial in trials if trial.found_by != trial.rule] == []
    assert {rule for trial in trials for rule in trial.also} == set()


def test_what_the_fact_sheet_has_otherwise_is_found() -> None:
    trials = evaluate(corpus(), {"fact-conflict": catalogue()["fact-conflict"]}, facts=SHEET, faults=8, seed=0).trials
    assert len(trials) > len(corpus().articles)
    assert [trial for trial in trials if trial.found_by is None] == []


def test_what_no_rule_sees_is_not_found() -> None:
    blind = {"weekday-mismatch": catalogue()["weekday-mismatch"].model_copy(update={"checks": _never()})}
    trials = evaluate(corpus(), blind, faults=2, seed=0).trials
    assert [trial.found_by for trial in trials] == [None, None]


def _never() -> tuple[object, ...]:
    [check] = catalogue()["weekday-mismatch"].checks
    return (check.model_copy(update={"when": {"weekday_stated": "Doomsday"}}),)


def test_what_else_fires_is_named() -> None:
    trials = evaluated("metadata-missing", "date-unanchored", faults=3).trials
    struck = [trial for trial in trials if trial.fault == "the date is struck"]
    assert {rule for trial in struck for rule in trial.also} <= {"date-unanchored"}
    assert all(trial.found_by == "metadata-missing" for trial in struck)


def test_a_seed_gives_the_same_evaluation_and_another_seed_another() -> None:
    assert evaluated("acronym-conflict", "web-chrome") == evaluated("acronym-conflict", "web-chrome")
    assert evaluated("web-chrome", seed=1).trials != evaluated("web-chrome").trials


def test_what_other_kinds_are_planted_changes_nothing() -> None:
    assert set(evaluated("web-chrome").trials) <= set(evaluated("web-chrome", "acronym-conflict").trials)


def test_faults_are_only_of_the_rules_asked_for() -> None:
    rules = {name: catalogue()[name] for name in RULES}
    outcome = evaluate(corpus(), rules, of=["weekday-mismatch"], faults=1, seed=0)
    assert {trial.rule for trial in outcome.trials} == {"weekday-mismatch"}
    assert [kind.rule for kind in outcome.kinds] == ["weekday-mismatch"]


def test_faults_go_to_as_many_articles_as_can_be() -> None:
    placed, placeless = plant(BY_NAME["a page’s furniture is pasted in"], desk(), 3, Random(0))
    assert len({each.article.id for each in placed}) == 3
    assert placeless == 0


def test_articles_without_a_place_are_counted() -> None:
    placed, placeless = plant(BY_NAME["the foot credits another agency"], desk(), 5, Random(0))
    assert ({each.article.id for each in placed}, placeless) == ({"2026-02-17-patrols"}, 3)


def test_a_variant_without_a_fault_says_what_the_audit_says() -> None:
    rules = {name: catalogue()[name] for name in RULES}
    assert findings([desk().variant(article) for article in corpus().articles], rules, jobs=1) == [()] * 4


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing() -> None:
    variants = [desk().variant(article) for article in corpus().articles] * 12
    rules = {name: catalogue()[name] for name in RULES}
    assert findings(variants, rules, jobs=2) == findings(variants, rules, jobs=1)


OUTCOME = Evaluation(
    version="0.1.0",
    seed=7,
    articles=2,
    rejected=(Rejected("desk/blank.txt", "the file is empty"),),
    kinds=(
        Kind("a weekday is wrong", "weekday-mismatch", 0),
        Kind("the date is struck", "metadata-missing", 1),
        Kind("a name is misspelt", "name-variant", 2),
    ),
    trials=(
        Trial(
            *("a weekday is wrong", "weekday-mismatch", "desk/a.txt", 3, 14, 40, 54),
            *("Monday, 2 March", "Friday, 2 March", "weekday-mismatch", ()),
        ),
        Trial(
            *("a weekday is wrong", "weekday-mismatch", "desk/b\x1b.txt", 5, 1, 60, 60),
            *("", "\n\nOn Sunday\x1b[31m", None, ("date-unanchored", "date-unanchored")),
        ),
        Trial(
            *("the date is struck", "metadata-missing", "desk/a.txt", 1, 8, 7, 17),
            *("2026-03-02", "", "metadata-missing", ("date-unanchored",)),
        ),
    ),
)


def test_the_report_in_the_terminal() -> None:
    assert report.text(OUTCOME, colour=False) == (GOLDEN / "evaluation.txt").read_text(encoding="utf-8")


def test_the_report_as_json() -> None:
    assert report.as_json(OUTCOME) == (GOLDEN / "evaluation.json").read_text(encoding="utf-8")


def corrigenda(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["evaluate", *map(str, arguments)])


def test_the_command_prints_a_table_and_leaves_the_articles_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    before = {path: path.read_bytes() for path in FOLDER.iterdir()}
    result = corrigenda(".", "--rule", "weekday-mismatch", "--faults", "1")
    assert result.exit_code == 0
    assert "a weekday is wrong" in result.stdout
    assert "4 articles, 1 fault planted" in result.stdout
    assert {path: path.read_bytes() for path in FOLDER.iterdir()} == before


def test_the_command_writes_json(tmp_path: Path) -> None:
    file = tmp_path / "out" / "evaluation.json"
    result = corrigenda(FOLDER, "--rule", "web-chrome", "--format", "json", "--output", file)
    assert (result.exit_code, result.stdout) == (0, "")
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["schema"] == "corrigenda.evaluation/1"
    assert [kind["rule"] for kind in document["kinds"]] == ["web-chrome"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nothing to audit"),
        (["--rule", "weekday-mismach"], "did you mean 'weekday-mismatch'"),
        (["--faults", "0"], "--faults"),
        (["--format", "html"], "--format"),
    ],
)
def test_bad_usage_is_said_and_exits_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = corrigenda(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
