"""Starting a desk: an address and a port that can be had, something to audit."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipelines.cli import cli
from pipelines.desk.guard import Gate
from pipelines.desk.serving import bound, link
from tests.pipelines.desk.running import corpus


def started(*options: str) -> Result:
    result = CliRunner().invoke(cli, ["desk", *options])
    assert isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_port_that_is_taken_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = started("--port", str(port))
    assert result.exit_code == 2
    assert f"port {port} is taken" in result.stderr
    assert "--port 0" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "192.0.2.7", "--port", "0"], "192.0.2.7:0: cannot be listened on"),
        (["--host", "no such name", "--port", "0"], "no such name:0: cannot be listened on"),
        (["--token", "short"], "--token: give at least 16 characters"),
        (["nowhere"], "nothing to audit: no file (.txt or .md"),
        (["--port", "70000"], "70000"),
    ],
)
def test_what_cannot_be_used_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    monkeypatch.chdir(corpus(tmp_path))
    result = started(*options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_waivers_file_that_cannot_be_used_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus(tmp_path))
    Path("audits").mkdir()
    Path("audits/waivers.yaml").write_text("- rule: [\n", encoding="utf-8")
    result = started("--port", "0")
    assert (result.exit_code, "waivers.yaml:2: is not YAML" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("address", "token", "expected"),
    [
        ("127.0.0.1", None, "http://127.0.0.1:{port}/"),
        ("localhost", "a-token", "http://localhost:{port}/?token=a-token"),
        ("0.0.0.0", "a-token", "http://{here}:{port}/?token=a-token"),
    ],
)
def test_the_link_names_the_desk_as_a_browser_does(address: str, token: str | None, expected: str) -> None:
    with bound(address, 0) as listening:
        port = listening.getsockname()[1]
        assert link(Gate(address, token), listening) == expected.format(port=port, here=socket.gethostname())
