"""One instance for several: the profile for PostgreSQL, on a server that the test starts."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import defs
from pipelines.defs.resources import Desk
from tests.pipelines.orchestrated import ROOT, project

pytest.importorskip("dagster_postgres", reason="the extra `postgres` is not installed")

# Debian keeps the server's programs out of the way.
PLACES = os.pathsep.join(
    [*map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), os.environ["PATH"]]
)
INITDB, POSTGRES, READY = (shutil.which(name, path=PLACES) for name in ("initdb", "postgres", "pg_isready"))
# The server refuses to be root.
USER = {"user": "postgres", "group": "postgres"} if hasattr(os, "geteuid") and os.geteuid() == 0 else {}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(None in (INITDB, POSTGRES, READY), reason="no PostgreSQL on this machine"),
]


@pytest.fixture
def database() -> Iterator[str]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # pytest's own is closed to other users
        yield from served(Path(folder))


def served(folder: Path) -> Iterator[str]:
    data = folder / "data"
    data.mkdir()
    if USER:
        shutil.chown(data, USER["user"], USER["group"])
        folder.chmod(0o755)
    subprocess.run(
        [str(INITDB), "--pgdata", data, "--username", "desk", "--auth", "trust", "--no-sync", "--encoding", "UTF8"],
        check=True,
        capture_output=True,
        cwd=data,
        **USER,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    options = ["-D", str(data), "-p", port, "-h", "127.0.0.1", "-k", str(data), "-c", "fsync=off"]
    server = subprocess.Popen([str(POSTGRES), *options], cwd=data, stderr=subprocess.PIPE, **USER)
    try:
        while subprocess.run([str(READY), "-q", "-h", "127.0.0.1", "-p", port]).returncode:
            assert server.poll() is None, server.communicate()[1].decode()
        yield f"postgresql+psycopg2://desk@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.communicate(timeout=60)


def instance_in(folder: Path) -> dg.DagsterInstance:
    folder.mkdir()
    shutil.copy(ROOT / "deploy" / "dagster.yaml", folder)
    return dg.DagsterInstance.from_config(str(folder))


def test_two_machines_share_one_instance(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORRIGENDA_POSTGRES_URL", database)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "desk").mkdir()
    desk = {"desk": Desk(root=str(project(tmp_path / "desk")))}
    with instance_in(tmp_path / "one") as one, instance_in(tmp_path / "other") as other:
        one.add_dynamic_partitions("articles", ["mill", "quay"])
        changed = defs.resolve_job_def("audit_changed")
        assert changed.execute_in_process(resources=desk, instance=one, partition_key="mill").success
        assert changed.execute_in_process(resources=desk, instance=other, partition_key="quay").success
        assert defs.resolve_job_def("audit_corpus").execute_in_process(resources=desk, instance=other).success
        assert one.get_materialized_partitions(dg.AssetKey("articles")) == {"mill", "quay"}
        assert {run.job_name for run in one.get_runs()} == {"audit_changed", "audit_corpus"}
        assert "Postgres" in type(one.run_storage).__name__
    assert not list(tmp_path.glob("**/*.db"))
