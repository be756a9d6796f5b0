"""The gate where others run it: the workflow's script, the workflow itself, the hook of pre-commit."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.pipelines.gate.conftest import DRAFT, MENDED, PUBLISHED, Repository

ROOT = Path(__file__).parents[3]
WORKFLOW = ROOT / ".github" / "workflows" / "gate.yml"
SCRIPT = ".github/gate.sh"
HOOKS = ".pre-commit-hooks.yaml"
TOOLS = Path(sys.executable).parent  # of this environment, `corrigenda` and `pre-commit` among them

pytestmark = pytest.mark.slow  # whole processes


def run(command: list[str | Path], **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(TOOLS), os.environ["PATH"]))
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, "PATH": path, **environment}
    )


def test_the_workflows_script_blocks_annotates_and_writes_sarif(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"painted.txt": DRAFT})
    summary = tmp_path / "summary.md"
    done = run([ROOT / SCRIPT], BASE="main", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("::error file=seeds/painted.txt,") == 3
    assert "placeholder-unresolved" in summary.read_text(encoding="utf-8")
    sarif = json.loads((tmp_path / "corrigenda.sarif").read_text(encoding="utf-8"))
    assert len(sarif["runs"][0]["results"]) == 3
    repository.commit({"painted.txt": MENDED})
    assert run([ROOT / SCRIPT], BASE="main").returncode == 0


def test_the_workflow_is_one_and_runs_the_script() -> None:
    done = run([TOOLS / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", WORKFLOW])
    assert done.returncode == 0, done.stdout
    steps = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["gate"]["steps"]
    [judging] = [step for step in steps if SCRIPT in step.get("run", "")]
    assert judging == {"run": SCRIPT, "env": {"BASE": "origin/${{ github.base_ref }}"}}
    assert not any("${{" in step.get("run", "") for step in steps), "no name of a branch is ever part of a command"
    [checkout] = [step for step in steps if step.get("uses", "").startswith("actions/checkout")]
    assert checkout["with"]["fetch-depth"] == 0


@pytest.fixture
def hooked(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Repository:
    """The repository, with the hook installed from one that offers it. It runs the `corrigenda` of this environment."""
    offered = tmp_path_factory.mktemp("corrigenda")
    shutil.copy(ROOT / HOOKS, offered)
    made = Repository(offered)
    revision = made.commit()
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path_factory.mktemp("home")))
    hook = {"id": "corrigenda-gate", "language": "system"}
    settings = {"repos": [{"repo": str(offered), "rev": revision, "hooks": [hook]}]}
    (repository.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    repository.commit()
    installed = run([TOOLS / "pre-commit", "install"])
    assert installed.returncode == 0, installed.stderr
    return repository


def commit(repository: Repository) -> subprocess.CompletedProcess[str]:
    return run(["git", "-c", "user.name=Desk", "-c", "user.email=desk@example.org", "commit", "--message", "Publish"])


def test_the_hook_lets_nothing_faulty_be_committed(hooked: Repository) -> None:
    head = hooked.git("rev-parse", "HEAD")
    hooked.write({"painted.txt": DRAFT})
    hooked.git("add", "--all")
    refused = commit(hooked)
    assert refused.returncode == 1
    assert "seeds/painted.txt" in refused.stdout + refused.stderr
    assert hooked.git("rev-parse", "HEAD") == head
    hooked.write({"painted.txt": MENDED})
    hooked.git("add", "--all")
    hooked.write({"stray.txt": DRAFT, "rain.txt": PUBLISHED["rain.txt"] + "\nIt was Monday, 11 March 2025.\n"})
    done = commit(hooked)
    assert done.returncode == 0, "what is not staged is not judged" + done.stdout + done.stderr
    assert "stray.txt" in hooked.git("status", "--short")


def test_the_hook_passes_where_no_article_is_committed(hooked: Repository) -> None:
    (hooked.folder / "notes.csv").write_text("a,b\n", encoding="utf-8")
    hooked.git("add", "--all")
    done = commit(hooked)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Skipped" in done.stdout + done.stderr


def test_the_first_commit_of_a_repository_is_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path)
    made.write({"painted.txt": DRAFT})
    made.git("add", "--all")
    done = run([TOOLS / "corrigenda", "gate", "--base", "HEAD", "--tracked"])
    assert done.returncode == 1, done.stderr
    assert "Blocked: 1 article against HEAD" in done.stdout


def test_pre_commit_knows_the_manifest() -> None:
    done = run([TOOLS / "pre-commit", "validate-manifest", ROOT / HOOKS])
    assert done.returncode == 0, done.stdout + done.stderr
