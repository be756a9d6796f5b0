"""A Dagster of a project of its own, as people start it: processes, asked by GraphQL."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 180.0  # seconds for a server on a busy machine
TEXTS = {
    "ferry": "Ferry sails again\n\nThe ferry carried 120 passengers to Skerry Isle on Tuesday.\n",
    "mill": "Mill reopens\n\nThe mill employs 45 people, said manager [Name] on Friday.\n",
    "quay": "A new quay\n\nThe quay is 300 metres long, the port authority said.\n",
    "lamp": "The lamp is lit\n\nThe lighthouse was opened by the harbour master.\n",
    "pier": "Pier repaired\n\nWork on the pier cost USD 3 million.\n",
}
DONE = {"SUCCESS", "FAILURE", "CANCELED"}


def project(folder: Path) -> Path:
    """Five articles in the folder `seeds`, with a slot left open in one of them."""
    (folder / "seeds").mkdir()
    for name, text in TEXTS.items():
        (folder / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@dataclass
class Orchestrated:
    """Processes that run in `folder`; `address` is where the web server is."""

    folder: Path
    address: str
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.address}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as response:
            answer: dict[str, Any] = json.load(response)
        assert "errors" not in answer, answer["errors"]
        return dict(answer["data"])

    def wait(self, what: str, done: Callable[[], Any]) -> Any:
        """What `done` returns, once that is true."""
        end = time.monotonic() + PATIENCE
        while not (found := done()):
            for process in self.processes.values():
                assert process.poll() is None, f"a process has ended before {what}:\n{self.log()}"
            assert time.monotonic() < end, f"waited in vain for {what}:\n{self.log()}"
            time.sleep(0.25)
        return found

    def log(self) -> str:
        return "\n".join(path.read_text(errors="replace")[-3000:] for path in sorted(self.folder.glob("*.log")))

    def answers(self) -> bool:
        try:
            return bool(self.ask("{version}"))
        except OSError:
            return False

    def runs(self) -> list[dict[str, Any]]:
        """Every run, the first first: `runId`, `jobName`, `status`, `tags` by key."""
        found = self.ask(
            "{runsOrError { ... on Runs { results { runId jobName status creationTime tags { key value } } } } }"
        )["runsOrError"]["results"]
        tagged = [{**run, "tags": {tag["key"]: tag["value"] for tag in run["tags"]}} for run in found]
        return sorted(tagged, key=lambda run: float(run["creationTime"]))

    def settled(self, job: str, number: int) -> dict[str, Any] | None:
        """The run of that number, from 1, of a job, once it is over."""
        of_job = [run for run in self.runs() if run["jobName"] == job]
        return of_job[number - 1] if len(of_job) >= number and of_job[number - 1]["status"] in DONE else None

    def workers(self, run: str) -> list[int]:
        """The processes that a run has said it runs in."""
        query = """query($r: ID!) { logsForRun(runId: $r) { ... on EventConnection { events
            { ... on EngineEvent { message } } } } }"""
        events = self.ask(query, r=run)["logsForRun"].get("events", [])
        said = (re.search(r"\(pid: (\d+)\)", event.get("message") or "") for event in events)
        return [int(found[1]) for found in said if found]

    def launch(self, job: str, tags: dict[str, str] | None = None, config: dict[str, Any] | None = None) -> str:
        launched = self.ask(
            "mutation($e: ExecutionParams!) { launchPipelineExecution(executionParams: $e) "
            "{ __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }",
            e={
                "selector": {
                    "repositoryName": "__repository__",
                    "repositoryLocationName": "corrigenda",
                    "pipelineName": job,
                },
                "mode": "default",
                "runConfigData": config or {},
                "executionMetadata": {"tags": [{"key": k, "value": v} for k, v in (tags or {}).items()]},
            },
        )["launchPipelineExecution"]
        assert launched["__typename"] == "LaunchRunSuccess", launched
        return str(launched["run"]["runId"])

    def partitions(self, asset: str = "articles") -> dict[str, set[str]]:
        """The keys of an asset's partitions that are materialised, that failed, and that are neither."""
        found = self.ask(
            "query($k: AssetKeyInput!) { assetNodeOrError(assetKey: $k) { ... on AssetNode { assetPartitionStatuses "
            "{ ... on DefaultPartitionStatuses { materializedPartitions failedPartitions unmaterializedPartitions "
            "} } } } }",
            k={"path": [asset]},
        )["assetNodeOrError"]["assetPartitionStatuses"]
        return {name.removesuffix("Partitions"): set(keys) for name, keys in found.items()}

    def checks(self) -> dict[str, dict[str, Any]]:
        """The last execution of each check of `findings`: `status`, `evaluation`, by name."""
        found = self.ask(
            "query($k: AssetKeyInput!) { assetNodeOrError(assetKey: $k) { ... on AssetNode { assetChecksOrError "
            "{ ... on AssetChecks { checks { name executionForLatestMaterialization { status evaluation { success "
            "severity description } } } } } } } }",
            k={"path": ["findings"]},
        )["assetNodeOrError"]["assetChecksOrError"]["checks"]
        return {check["name"]: check["executionForLatestMaterialization"] for check in found}


MEMORY = Path("/dev/shm")
WORKSPACE = "-w", str(ROOT / "deploy" / "workspace.yaml")
SERVER, DAEMON = "dagster-webserver", "dagster-daemon"


def start(desk: Orchestrated, program: str, *arguments: str) -> None:
    """Start one of Dagster's processes, in a group of its own with what it starts itself."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DAGSTER")}
    clean |= {"CORRIGENDA_WATCH_SECONDS": "2", "DAGSTER_HOME": str(desk.folder), "PYTHONPATH": str(ROOT)}
    with (desk.folder / f"{program}.log").open("ab") as log:
        command = [str(Path(sys.executable).with_name(program)), *arguments]
        desk.processes[program] = subprocess.Popen(
            command, cwd=desk.folder, env=clean, stdout=log, stderr=log, start_new_session=True
        )


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a process and what it has started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def running(folder: Path) -> Iterator[Orchestrated]:
    """A web server and a daemon in `folder`, with the project's instance."""
    settings = (ROOT / "dagster.yaml").read_text(encoding="utf-8")
    (folder / "dagster.yaml").write_text(settings.replace("poll_interval_seconds: 30", "poll_interval_seconds: 2"))
    if MEMORY.is_dir():  # SQLite waits for the disk at every event
        (folder / ".dagster_home").symlink_to(tempfile.mkdtemp(dir=MEMORY))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    desk = Orchestrated(folder, f"http://127.0.0.1:{port}")
    try:
        start(desk, SERVER, *WORKSPACE, "--host", "127.0.0.1", "--port", str(port))
        desk.wait("an answer", desk.answers)  # first, for they would both set up the instance
        start(desk, DAEMON, "run", *WORKSPACE)
        yield desk
    finally:
        for process in desk.processes.values():
            stop(process)
        shutil.rmtree((folder / ".dagster_home").resolve(), ignore_errors=True)
