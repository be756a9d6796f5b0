"""Dagster over the same audit: definitions load, every asset materialises, every rule is a check."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from expectations.catalogue import catalogue
from expectations.contracts import CONTRACTS
from pipelines import configuration
from pipelines.definitions import defs
from pipelines.defs.resources import Desk
from pipelines.store import Store
from tests.pipelines.orchestrated import TEXTS, project
from tests.pipelines.reading.documents import saved, story
from tests.pipelines.reading.test_page import LINKED, linked, source
from tests.pipelines.reading.test_wire import OLD

ROOT = Path(__file__).parents[2]


IN_STORE = {"corpus", *CONTRACTS} - {"articles"}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A project of five articles of its own."""
    return project(tmp_path)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def materialize(
    desk: Path, instance: dg.DagsterInstance | None = None, job: str = "audit_corpus", **given: Any
) -> dg.ExecuteInProcessResult:
    resources = {"desk": Desk(root=str(desk))}
    made = defs.resolve_job_def(job)
    return made.execute_in_process(resources=resources, instance=instance, raise_on_error=False, **given)


def document(desk: Path) -> dict[str, Any]:
    return dict(json.loads(Store(desk / ".corrigenda" / "store").document("findings.json")))


def reasons(result: dg.ExecuteInProcessResult) -> str:
    """Why the steps of a run failed."""
    return "\n".join(str(event.event_specific_data) for event in result.all_events if event.is_step_failure)


def test_every_asset_materialises_and_every_rule_and_contract_is_a_check(desk: Path) -> None:
    result = materialize(desk)
    assert result.success
    materialized = {event.asset_key.to_user_string() for event in result.get_asset_materialization_events()}
    assert materialized == {*IN_STORE, "findings", "report"}
    evaluated = result.get_asset_check_evaluations()
    checks = {check.check_name: check for check in evaluated if check.asset_key == dg.AssetKey("findings")}
    run = {name: rule for name, rule in catalogue().items() if rule.default}
    assert set(checks) == {rule.check_name for rule in run.values()}, "a rule that is not run has no result"
    contracts = {check.asset_key.to_user_string(): check for check in evaluated if check.check_name == "contract"}
    assert set(contracts) == IN_STORE
    assert all(check.passed and check.blocking for check in contracts.values())
    found = document(desk)["findings"]
    for name, rule in run.items():
        check = checks[rule.check_name]
        count = sum(finding["rule"] == name for finding in found)
        assert check.metadata["findings"].value == count
        assert check.passed == (count == 0)
        assert ("sample" in check.metadata) == (count > 0)
    assert (desk / "audits" / "report" / "index.html").is_file()


def test_the_assets_tell_the_story() -> None:
    specs = {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}
    assert {spec.group_name for spec in specs.values()} == {"reading", "extraction", "comparison", "audit"}
    for name, spec in specs.items():
        assert spec.kinds, name
        assert spec.owners, name
        assert spec.description, name
        assert spec.tags["over"] == ("partition" if name in {"articles", "records"} else "corpus")
    columns = {column.name: column for column in specs["dates"].metadata["dagster/column_schema"].columns}
    assert columns.keys() >= {"weekday_stated", "value"}
    assert columns["article_id"].description
    graph = defs.resolve_asset_graph()
    upstream = {key.to_user_string() for key in graph.get(dg.AssetKey("notations")).parent_keys}
    assert upstream == {"corpus", "figures"}, "an asset for each kind of fact, made from what it is made from"


def test_columns_come_from_columns_that_are_there(scratch: Path) -> None:
    result = materialize(scratch)
    known = {name: set(CONTRACTS[name].to_schema().columns) for name in CONTRACTS}
    known |= {"corpus": known["articles"], "records": {"article_id", "start", "end", "text"}}
    for event in result.get_asset_materialization_events():
        lineage = event.materialization.metadata.get("dagster/column_lineage")
        assert (lineage is None) == (event.asset_key.to_user_string() == "report")
        for deps in (lineage.value.deps_by_column if lineage else {}).values():
            assert deps
            for dep in deps:
                assert dep.column_name in known[dep.asset_key.to_user_string()]


def test_the_checks_explain_the_rules() -> None:
    checks = {key.name for key in defs.resolve_asset_graph().asset_check_keys}
    assert checks == {rule.check_name for rule in catalogue().values()} | {"contract"}
    specs = {spec.name: spec for definition in defs.assets for spec in definition.check_specs}
    for rule in catalogue().values():
        assert specs[rule.check_name].description == rule.document


def test_a_failed_check_shows_the_words_and_where_they_stand(scratch: Path) -> None:
    checks = {check.check_name: check for check in materialize(scratch).get_asset_check_evaluations()}
    failed = checks["placeholder_unresolved"]
    assert not failed.passed
    assert failed.severity is dg.AssetCheckSeverity.ERROR
    [row] = failed.metadata["sample"].records
    assert "[Name]" in row.data["excerpt"]
    assert row.data["place"] == "seeds/mill.txt:3:42"


def test_it_finds_what_the_command_line_finds(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from pipelines.cli import cli

    (desk / "seeds" / "quay.docx").write_bytes(saved(story()))
    (desk / "seeds" / "page.html").write_text(source(linked(LINKED)), encoding="utf-8")
    (desk / "seeds" / "wire.json").write_text(json.dumps(OLD), encoding="utf-8")
    assert materialize(desk).success
    by_dagster = document(desk)
    monkeypatch.chdir(desk)
    by_hand = CliRunner().invoke(cli, ["audit", "--no-report", "--format", "json"])
    assert json.loads(by_hand.stdout) == by_dagster


def test_rejected_files_are_reported(desk: Path) -> None:
    (desk / "seeds" / "broken.txt").write_bytes(b"\xff\xff\xff")
    assert materialize(desk).success
    assert [rejected["path"] for rejected in document(desk)["rejected"]] == ["seeds/broken.txt"]


def test_no_article_at_all_fails_the_run_with_a_message(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    result = materialize(tmp_path)
    assert not result.success
    assert "no readable article" in reasons(result)


def test_a_partition_is_read_by_itself_and_its_page_shows_the_rules_it_breaks(
    scratch: Path, instance: dg.DagsterInstance
) -> None:
    instance.add_dynamic_partitions("articles", ["mill", "quay"])
    for key in ("mill", "quay"):
        assert materialize(scratch, instance, "audit_changed", partition_key=key).success
    assert set(Store(scratch / ".corrigenda" / "store").read("articles")["article_id"]) == {"mill", "quay"}
    result = materialize(scratch, instance)
    seen = {event.asset_observation_data.asset_observation.partition: event for event in observed(result)}
    assert set(seen) == {"mill", "quay"}
    mill = seen["mill"].asset_observation_data.asset_observation.metadata
    assert mill["findings"].value >= 1
    assert "placeholder-unresolved" in {row.data["rule"] for row in mill["rules broken"].records}
    assert str(mill["report"].value).endswith("articles/mill.html")
    assert not observed(materialize(scratch, instance)), "said once, until it changes"
    (scratch / "seeds" / "mill.txt").write_text(TEXTS["mill"].replace("[Name]", "Ada Holm"), encoding="utf-8")
    [event] = observed(materialize(scratch, instance))
    assert event.asset_observation_data.asset_observation.partition == "mill"


def observed(result: dg.ExecuteInProcessResult) -> list[dg.DagsterEvent]:
    return [event for event in result.all_events if event.event_type_value == "ASSET_OBSERVATION"]


def test_a_poisoned_article_fails_its_own_partition_and_the_report_says_what_is_missing(
    scratch: Path, instance: dg.DagsterInstance
) -> None:
    (scratch / "seeds" / "mill.txt").write_bytes(b"Mill reopens\n\n\xff\xff\n")
    instance.add_dynamic_partitions("articles", list(TEXTS))
    tags = {"dagster/asset_partition_range_start": "ferry", "dagster/asset_partition_range_end": "pier"}
    result = materialize(scratch, instance, "audit_changed", tags=tags)
    assert not result.success
    assert "seeds/mill.txt: line 3: byte 0xff is not UTF-8" in reasons(result)
    for asset in ("articles", "records"):
        assert set(instance.get_materialized_partitions(dg.AssetKey(asset))) == set(TEXTS) - {"mill"}
    assert materialize(scratch, instance).success
    assert {article["id"] for article in document(scratch)["articles"]} == set(TEXTS) - {"mill"}
    assert [rejected["path"] for rejected in document(scratch)["rejected"]] == ["seeds/mill.txt"]
    assert "not UTF-8" in (scratch / "audits" / "report" / "index.html").read_text(encoding="utf-8")


def test_a_contract_that_is_broken_stops_what_is_made_from_the_table(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert materialize(scratch).success
    before = document(scratch)
    store = Store(scratch / ".corrigenda" / "store")
    figures = store.read("figures")
    store.write({"figures": figures.assign(end=figures["end"] + 1)})  # as an extractor with a defect would
    result = materialize(scratch)
    assert not result.success
    [broken] = [check for check in result.get_asset_check_evaluations() if not check.passed]
    assert (broken.asset_key.to_user_string(), broken.check_name) == ("figures", "contract")
    assert "figures: row 0" in (broken.description or "")
    assert document(scratch) == before


def test_a_rule_that_cannot_be_run_is_an_error_and_no_pass(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = catalogue()["weekday-mismatch"]
    faulty = rule.checks[0].model_copy(update={"arguments": {"column_A": "no_such_column", "column_B": "value"}})
    broken = {**catalogue(), rule.name: rule.model_copy(update={"checks": (faulty, *rule.checks[1:])})}
    monkeypatch.setattr(configuration, "catalogue", lambda: broken)
    result = materialize(scratch)
    assert not result.success
    checks = {c.check_name: c for c in result.get_asset_check_evaluations() if c.check_name != "contract"}
    assert list(checks) == ["weekday_mismatch"]
    assert not checks["weekday_mismatch"].passed
    assert checks["weekday_mismatch"].severity is dg.AssetCheckSeverity.ERROR
    assert "could not be run" in (checks["weekday_mismatch"].description or "")


def test_chosen_rules_are_run_alone(scratch: Path) -> None:
    def chosen(*rules: str) -> dg.ExecuteInProcessResult:
        return materialize(scratch, run_config={"ops": {"findings": {"config": {"rules": list(rules)}}}})

    checks = chosen("placeholder-unresolved").get_asset_check_evaluations()
    assert [c.check_name for c in checks if c.check_name != "contract"] == ["placeholder_unresolved"]
    assert "There is no rule 'placeholder' (did you mean" in reasons(chosen("placeholder"))


def test_chosen_articles_are_read_again(scratch: Path) -> None:
    def chosen(*articles: str) -> dg.ExecuteInProcessResult:
        return materialize(scratch, run_config={"ops": {"corpus": {"config": {"articles": list(articles)}}}})

    def read(result: dg.ExecuteInProcessResult) -> object:
        [event] = result.asset_materializations_for_node("corpus")
        return event.metadata["read now"].value

    assert read(materialize(scratch)) == 5
    assert read(materialize(scratch)) == 0
    assert read(chosen("mill", "seeds/quay.txt")) == 2
    assert "there is no article 'mlil' (did you mean 'mill'?)" in reasons(chosen("mlil"))
