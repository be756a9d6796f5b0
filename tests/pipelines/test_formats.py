"""`--format` through the command line: every format at once, each where it belongs."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree

from expectations.catalogue import catalogue
from pipelines.commands.formats import FORMATS
from tests.pipelines.test_cli import corrigenda

SCHEMAS = Path(__file__).parents[1] / "audits" / "reports" / "schemas"
ARTICLE = (
    "\ufeff😀 The pier\r\n\r\nPublished on 4 March 2025.\r\n\r\n"
    "It opened on Tuesday, March 3, 2025, the the harbour said.\r\n\r\n::error::The fee is [Name] %0A::error::x.\r\n"
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one article in `seeds`, whose name is no plain one, and a file that cannot be read."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a b#1%,2.txt").write_bytes(ARTICLE.encode())
    (tmp_path / "seeds" / "photo.txt").write_bytes(b"\xff\xfe\x00")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return tmp_path


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return loaded


def audited(*formats: str) -> str:
    result = corrigenda("audit", "--no-report", *(word for given in formats for word in ("--format", given)))
    assert result.exit_code == 0
    return result.stdout


def test_every_format_is_written_at_once(desk: Path) -> None:
    names = [name for name in FORMATS if name not in {"docx", "text"}]
    assert "weekday-mismatch" in audited("text", "docx=out/docx", *(f"{name}=out/{name}" for name in names))
    assert {file.name for file in (desk / "out").iterdir()} == {"docx", *names}
    log = json.loads((desk / "out" / "sarif").read_text(encoding="utf-8"))
    assert list(Draft4Validator(schema("sarif-2.1.0.json")).iter_errors(log)) == []
    for name in ("rdjson", "gitlab"):
        written = json.loads((desk / "out" / name).read_text(encoding="utf-8"))
        assert list(Draft202012Validator(schema(f"{name}.json")).iter_errors(written)) == []
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(etree.parse(desk / "out" / "junit"))
    assert (desk / "out" / "csv").read_bytes().endswith(b"\r\n")


def test_sarif_declares_the_whole_catalogue_as_severe_as_the_newsroom_has_it(desk: Path) -> None:
    (desk / "corrigenda.toml").write_text('[severity]\nrepeated-word = "note"\n', encoding="utf-8")
    [run] = json.loads(audited("sarif"))["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert list(rules) == list(catalogue())
    assert rules["repeated-word"]["defaultConfiguration"]["level"] == "note"
    [repeated] = [result for result in run["results"] if result["ruleId"] == "repeated-word"]
    assert repeated["level"] == "note"
    [place] = repeated["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "seeds/a%20b%231%25%2C2.txt"
    [replacement] = repeated["fixes"][0]["artifactChanges"][0]["replacements"]
    region = replacement["deletedRegion"]
    text = ARTICLE.removeprefix("\ufeff")
    start, end = region["charOffset"], region["charOffset"] + region["charLength"]
    mended = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    assert "Tuesday, March 3, 2025, the harbour said" in mended


def test_github_gets_annotations_and_the_summary_of_the_job(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = desk / "summary.md"
    summary.write_text("# Before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    lines = audited("github").splitlines()
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in lines)
    assert summary.read_text(encoding="utf-8").startswith("# Before\n## Corrigenda: 1 article")


def test_other_formats_leave_the_summary_of_the_job_alone(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(desk / "summary.md"))
    audited("text", "github=out.txt")
    assert not (desk / "summary.md").exists()


def test_a_summary_that_cannot_be_written_is_said(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(desk / "seeds"))
    result = corrigenda("audit", "--no-report", "--format", "github")
    assert result.exit_code == 2
    assert "GITHUB_STEP_SUMMARY" in result.stderr


def test_a_full_summary_is_left_as_it_is(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = desk / "summary.md"
    summary.write_bytes(b"x" * (1024 * 1024 - 10))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    audited("github")
    assert summary.stat().st_size == 1024 * 1024 - 10


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
@pytest.mark.parametrize("name", [b"-n.txt", b"::error::\n.txt", b"\xe9.txt", b"\"'`$(x)`.txt", b"a\\b.txt"])
def test_a_file_may_have_any_name(desk: Path, name: bytes) -> None:
    (desk / "seeds" / "a b#1%,2.txt").unlink()
    file = os.fsencode(desk / "seeds") + b"/" + name
    try:
        Path(os.fsdecode(file)).write_bytes(ARTICLE.encode())
    except OSError:
        pytest.skip("the file system refuses the name")
    names = [name for name in FORMATS if name not in {"docx", "text"}]
    audited("text", *(f"{name}=out/{name}" for name in names))
    log = json.loads((desk / "out" / "sarif").read_text(encoding="utf-8"))
    assert list(Draft4Validator(schema("sarif-2.1.0.json")).iter_errors(log)) == []
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(etree.parse(desk / "out" / "junit"))
    assert all(line.startswith("::") for line in (desk / "out" / "github").read_text(encoding="utf-8").splitlines())
