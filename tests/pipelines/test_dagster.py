"""Dagster over the same audit: definitions load, every asset materialises, every rule is a check."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from expectations.catalogue import catalogue
from expectations.contracts import CONTRACTS
from pipelines.definitions import defs
from pipelines.defs.resources import Desk
from pipelines.store import Store
from tests.pipelines.reading.documents import saved, story
from tests.pipelines.reading.test_page import LINKED, linked, source
from tests.pipelines.reading.test_wire import OLD

ROOT = Path(__file__).parents[2]
PATIENCE = 240.0  # seconds for a server on a busy machine


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def materialize(desk: Path) -> dg.ExecuteInProcessResult:
    job = defs.resolve_job_def("audit_corpus")
    return job.execute_in_process(resources={"desk": Desk(root=str(desk))}, raise_on_error=False)


def test_every_asset_materialises_and_every_rule_is_a_check(desk: Path) -> None:
    result = materialize(desk)
    assert result.success
    materialized = {event.asset_key.to_user_string() for event in result.get_asset_materialization_events()}
    assert materialized == {*CONTRACTS, "findings", "report"}
    checks = {check.check_name: check for check in result.get_asset_check_evaluations()}
    assert set(checks) == {rule.check_name for rule in catalogue().values()}
    found = json.loads(Store(desk / ".corrigenda" / "store").document("findings.json"))["findings"]
    for name, rule in catalogue().items():
        check = checks[rule.check_name]
        count = sum(finding["rule"] == name for finding in found)
        assert check.metadata["findings"].value == count
        assert check.passed == (count == 0)
        assert ("sample" in check.metadata) == (count > 0)
    assert (desk / "audits" / "report" / "index.html").is_file()


def test_the_checks_explain_the_rules() -> None:
    [spec] = [s for s in defs.resolve_all_asset_specs() if s.key.to_user_string() == "dates"]
    assert {column.name for column in spec.metadata["dagster/column_schema"].columns} >= {"weekday_stated", "value"}
    checks = {key.name for key in defs.resolve_asset_graph().asset_check_keys}
    assert checks == {rule.check_name for rule in catalogue().values()}


def test_it_finds_what_the_command_line_finds(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from pipelines.cli import cli

    (desk / "seeds" / "quay.docx").write_bytes(saved(story()))
    (desk / "seeds" / "page.html").write_text(source(linked(LINKED)), encoding="utf-8")
    (desk / "seeds" / "wire.json").write_text(json.dumps(OLD), encoding="utf-8")
    assert materialize(desk).success
    by_dagster = Store(desk / ".corrigenda" / "store").document("findings.json")
    monkeypatch.chdir(desk)
    by_hand = CliRunner().invoke(cli, ["audit", "--no-report", "--format", "json"])
    assert json.loads(by_hand.stdout) == json.loads(by_dagster)


def test_rejected_files_are_reported(desk: Path) -> None:
    (desk / "seeds" / "broken.txt").write_bytes(b"\xff\xff\xff")
    assert materialize(desk).success
    document = json.loads(Store(desk / ".corrigenda" / "store").document("findings.json"))
    assert [rejected["path"] for rejected in document["rejected"]] == ["seeds/broken.txt"]


def test_no_article_at_all_fails_the_run_with_a_message(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    result = materialize(tmp_path)
    assert not result.success
    assert any("no readable article" in str(event.event_specific_data) for event in result.all_events)


@pytest.fixture
def server(desk: Path) -> Iterator[str]:
    """A real `dagster dev` in a folder of its own; its GraphQL address."""
    shutil.copy(ROOT / "dagster.yaml", desk)
    shutil.copy(ROOT / "pyproject.toml", desk)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DAGSTER")}
    with (desk / "dagster.log").open("wb") as log:
        command = [str(Path(sys.executable).with_name("dagster")), "dev", "--host", "127.0.0.1", "--port", str(port)]
        dev = subprocess.Popen(command, cwd=desk, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            address = f"http://127.0.0.1:{port}/graphql"
            _wait(lambda: _answers(address), dev, desk)
            yield address
        finally:
            os.killpg(dev.pid, signal.SIGINT)
            try:
                dev.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(dev.pid, signal.SIGKILL)


def _wait(done: Any, dev: "subprocess.Popen[bytes]", desk: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert dev.poll() is None, (desk / "dagster.log").read_text()[-2000:]
        assert time.monotonic() < end, (desk / "dagster.log").read_text()[-2000:]
        time.sleep(0.5)


def _answers(address: str) -> bool:
    try:
        return bool(ask(address, "{version}"))
    except OSError:
        return False


def ask(address: str, query: str, **variables: Any) -> dict[str, Any]:
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        answer: dict[str, Any] = json.load(response)
    assert "errors" not in answer, answer["errors"]
    return dict(answer["data"])


@pytest.mark.slow
def test_dagster_dev_materialises_the_graph(server: str, desk: Path) -> None:
    launched = ask(
        server,
        "mutation($e: ExecutionParams!) { launchPipelineExecution(executionParams: $e) "
        "{ __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }",
        e={
            "selector": {
                "repositoryName": "__repository__",
                "repositoryLocationName": "corrigenda",
                "pipelineName": "audit_corpus",
            },
            "mode": "default",
            "runConfigData": {},
        },
    )["launchPipelineExecution"]
    assert launched["__typename"] == "LaunchRunSuccess", launched
    run = launched["run"]["runId"]

    def status() -> str:
        return str(
            ask(server, "query($r: ID!) { runOrError(runId: $r) { ... on Run { status } } }", r=run)["runOrError"][
                "status"
            ]
        )

    end = time.monotonic() + PATIENCE
    while status() not in {"SUCCESS", "FAILURE", "CANCELED"}:
        assert time.monotonic() < end
        time.sleep(1)
    assert status() == "SUCCESS"

    checks = ask(
        server,
        "query($k: AssetKeyInput!) { assetNodeOrError(assetKey: $k) { ... on AssetNode { assetChecksOrError "
        "{ ... on AssetChecks { checks { name executionForLatestMaterialization { evaluation { success } } } } } } } }",
        k={"path": ["findings"]},
    )["assetNodeOrError"]["assetChecksOrError"]["checks"]
    assert {check["name"] for check in checks} == {rule.check_name for rule in catalogue().values()}
    assert all(check["executionForLatestMaterialization"]["evaluation"] is not None for check in checks)
    assert (desk / "audits" / "report" / "index.html").is_file()
    assert (desk / ".dagster_home").is_dir()
