"""The command line as people use it: what it prints, what it writes, how it ends."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from audits.reports import diff
from expectations.catalogue import catalogue
from pipelines.cli import cli

ARTICLE = """Ferry service resumes in the strait

By Ana Reis, 4 March 2025

The first boat left on Tuesday, March 3, 2025, with eleven lorries aboard. The Strait Ferry Board (SFB) said so.
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one article in `seeds`."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def corrigenda(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def findings(result: Result) -> list[dict[str, object]]:
    return list(json.loads(result.stdout)["findings"])


def test_audits_the_seeds_and_writes_report_and_store(desk: Path) -> None:
    result = corrigenda("audit")
    assert result.exit_code == 0
    assert "1 article" in result.stdout
    assert (desk / "audits" / "report" / "index.html").is_file()
    assert (desk / ".corrigenda" / "store" / "manifest.json").is_file()


def test_json_is_the_findings_document(desk: Path) -> None:
    result = corrigenda("audit", "--no-report", "--format", "json")
    document = json.loads(result.stdout)
    assert list(document) == ["schema", "tool", "articles", "rejected", "findings", "waivers", "change"]
    assert document["schema"] == "corrigenda.findings/1"
    assert document["tool"]["name"] == "corrigenda"
    [article] = document["articles"]
    assert list(article) == ["id", "path", "sha256", "headline", "published_at", "words"]
    assert article["path"] == "seeds/ferry.txt"
    assert article["published_at"] == "2025-03-04"
    [finding] = [finding for finding in document["findings"] if finding["rule"] == "weekday-mismatch"]
    assert " ".join(finding) == (
        "id rule severity scope field fact status message suggestion fixable waiver spans novelty edits "
        "fingerprint counterparts"
    )
    [span] = finding["spans"]
    assert list(span) == ["article", "path", "start", "end", "text", "line", "column", "role"]
    assert ARTICLE[span["start"] : span["end"]] == span["text"] == "Tuesday, March 3, 2025"
    assert (span["line"], span["column"], span["role"]) == (5, 24, "anchor")
    assert not (desk / "audits").exists()


def test_formats_go_to_files_and_standard_output(desk: Path) -> None:
    result = corrigenda("audit", "--no-report", "--format", "json=out/findings.json", "--format", "text")
    assert result.exit_code == 0
    assert "weekday-mismatch" in result.stdout
    assert json.loads((desk / "out" / "findings.json").read_text(encoding="utf-8"))["findings"]


def test_output_is_for_a_single_format(desk: Path) -> None:
    assert corrigenda("audit", "--no-report", "--format", "json", "--output", "a.json").exit_code == 0
    assert (desk / "a.json").is_file()
    wrong = corrigenda("audit", "--format", "json", "--format", "text", "--output", "a.json")
    assert wrong.exit_code == 2
    assert "--format NAME=FILE" in wrong.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", "--format", "jason"], "did you mean 'json'"),
        (["audit", "--format", "json", "--format", "text"], "only one format"),
        (["audit", "--select", "weekday-mismach"], "did you mean 'weekday-mismatch'"),
        (["audit", "--select", "weekday-mismatch", "--ignore", "weekday-mismatch"], "no rule is left"),
        (["audit", "--jobs", "0"], "--jobs"),
        (["audit", "nowhere"], "nothing to audit"),
        (["explain", "weekday"], "no rule 'weekday'"),
        (["records", "--table", "date"], "did you mean 'dates'"),
        (["records"], "--table"),
        (["audit", "--report", "seeds/ferry.txt"], "seeds/ferry.txt"),
        (["audit", "--report", "seeds"], "holds other files than a report"),
        (["audit", "--store", "seeds"], "holds 'ferry.txt' and no store"),
        (["audit", "--select", ""], "no rule ''"),
        (["audit", "--format", "json="], "a file name is missing"),
        (["audit", "--format", "docx"], "--format docx=FOLDER"),
        (["audit", "--format", "docx", "--output", "out"], "--format docx=FOLDER"),
        (["audit", "--format", "docx=seeds"], "holds other files than a report"),
        (["audit", "--format", "docx=out/a", "--report", "out"], "out/a: is to be replaced with out"),
        (["text", "nowhere"], "nothing to audit"),
        (["audit", "--format", "json=o", "--format", "text=o"], "two formats cannot go to one file"),
    ],
)
def test_bad_usage_is_said_and_exits_2(desk: Path, arguments: list[str], said: str) -> None:
    result = corrigenda(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def word_document(path: Path) -> None:
    document = docx.Document()
    document.core_properties.author = "Ana Reis"
    for line in ARTICLE.split("\n\n"):
        document.add_paragraph(line.strip())
    document.save(str(path))


def test_a_word_document_goes_back_with_comments(desk: Path) -> None:
    word_document(desk / "seeds" / "quay.docx")
    arguments = ["audit", "--no-report", "--select", "weekday-mismatch", "--format", "docx=out", "--format", "json"]
    found = findings(corrigenda(*arguments))
    spans = {span["path"]: span for finding in found for span in finding["spans"]}  # type: ignore[attr-defined]
    kept = corrigenda("text", "seeds/quay.docx").stdout
    span = spans["seeds/quay.docx"]
    assert kept[span["start"] : span["end"]] == span["text"] == "Tuesday, March 3, 2025"
    assert sorted(path.name for path in (desk / "out").glob("*.docx")) == ["ferry.docx", "quay.docx"]
    [comment] = docx.Document(str(desk / "out" / "quay.docx")).comments
    assert "weekday-mismatch" in comment.text
    before = {path.name: path.read_bytes() for path in (desk / "out").iterdir()}
    corrigenda(*arguments)
    assert {path.name: path.read_bytes() for path in (desk / "out").iterdir()} == before


def test_what_is_no_text_itself_is_never_mended(desk: Path) -> None:
    word_document(desk / "seeds" / "quay.docx")
    before = (desk / "seeds" / "quay.docx").read_bytes()
    mended = corrigenda("fix", "--apply")
    assert "seeds/quay.docx" not in mended.stdout
    assert (desk / "seeds" / "quay.docx").read_bytes() == before
    assert (desk / "seeds" / "ferry.txt").read_text(encoding="utf-8") != ARTICLE


def test_output_of_ours_is_not_read_as_articles(desk: Path) -> None:
    corrigenda("audit", "--report", "seeds/report", "--format", "docx=seeds/comments")
    again = json.loads(corrigenda("audit", "--no-report", "--format", "json").stdout)
    assert [article["path"] for article in again["articles"]] == ["seeds/ferry.txt"]


def test_the_report_shows_what_was_read_of_a_page(desk: Path) -> None:
    words = ARTICLE.rpartition("\n\n")[2]
    page = f"<html><body><nav>Home</nav><article><h1>Ferries</h1><p>{words}</p><p>{words} Again.</p></article></html>"
    (desk / "seeds" / "page.html").write_text(page, encoding="utf-8")
    assert corrigenda("audit").exit_code == 0
    shown = (desk / "audits" / "report" / "articles" / "page.html").read_text(encoding="utf-8")
    assert "Tuesday, March 3, 2025" in shown
    assert "Home" not in shown


def test_text_prints_or_keeps_what_offsets_go_into(desk: Path) -> None:
    word_document(desk / "seeds" / "quay.docx")
    (desk / "seeds" / "cut.json").write_text("{", encoding="utf-8")
    assert corrigenda("text", "seeds/ferry.txt").stdout == ARTICLE
    both = corrigenda("text", "seeds")
    assert both.stdout.startswith(f"==> seeds/ferry.txt <==\n{ARTICLE}==> seeds/quay.docx <==\nFerry service")
    assert "rejected: seeds/cut.json" in both.stderr
    assert corrigenda("text", "seeds", "--output", "kept").stdout == ""
    assert (desk / "kept" / "seeds" / "ferry.txt").read_text(encoding="utf-8") == ARTICLE
    kept = (desk / "kept" / "seeds" / "quay.docx.md").read_text(encoding="utf-8")
    assert kept == corrigenda("text", "seeds/quay.docx").stdout


@pytest.mark.slow
def test_an_audit_of_text_imports_no_reader_of_other_formats(desk: Path) -> None:
    script = (
        "import sys; from pipelines import cli\n"
        "sys.argv = ['corrigenda', 'audit', '--jobs', '1', '--format', 'json']\n"
        "try: cli.main()\n"
        "finally: print(sorted({'lxml', 'docx', 'trafilatura'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=desk)
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1] == "[]"


def test_without_seeds_it_asks_for_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = corrigenda("audit")
    assert result.exit_code == 2
    assert "name the files or folders" in result.stderr


def test_rules_are_selected_and_ignored(desk: Path) -> None:
    only = corrigenda("audit", "--no-report", "--format", "json", "--select", "weekday-mismatch")
    assert {finding["rule"] for finding in findings(only)} == {"weekday-mismatch"}
    without = corrigenda("audit", "--no-report", "--format", "json", "--ignore", "weekday-mismatch,acronym-conflict")
    assert "weekday-mismatch" not in {finding["rule"] for finding in findings(without)}


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b"\xef\xbb\xbf \r\n\n", "empty"),
    "binary.txt": (bytes(range(256)), "binary"),
    "latin.txt": ("Caf\u00e9 closed\n\nThe caf\u00e9 closed.".encode("latin-1"), "line 1: byte 0xe9 is not UTF-8"),
    "utf16.txt": ("The caf\u00e9 closed.".encode("utf-16"), "not UTF-8"),
    "large.txt": (b"word " * 2_000_000, "9.5 MB"),
    "open.md": (b"---\ntitle: x\n\nNo end.", "never closed"),
    "matter.md": (b"---\ntitle: [x\n---\n\nText.", "line 3: the front matter is not YAML"),
    "list.md": (b"---\n- x\n---\n\nText.", "front matter"),
    "cut.docx": (b"PK\x03\x04", "no Word document at all"),
    "menu.html": (b"<html><body><a href='/'>Home</a></body></html>", "no article in the page"),
    "cut.json": (b'{"headline":', "line 1: not JSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_rejected_and_the_others_are_audited(desk: Path, name: str) -> None:
    data, said = BAD[name]
    (desk / "seeds" / name).write_bytes(data)
    result = corrigenda("audit", "--no-report", "--format", "json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    [rejected] = document["rejected"]
    assert rejected["path"] == f"seeds/{name}"
    assert said in rejected["reason"]
    assert [article["id"] for article in document["articles"]] == ["ferry"]
    assert document["findings"]
    summary = corrigenda("audit", "--no-report")
    assert f"seeds/{name}" in summary.stdout


@pytest.mark.parametrize("name", BAD)
def test_nothing_but_unreadable_files_exits_2(desk: Path, name: str) -> None:
    data, said = BAD[name]
    (desk / name).write_bytes(data)
    result = corrigenda("audit", name)
    assert result.exit_code == 2
    assert name in result.stderr
    assert said in result.stderr


def test_an_unreadable_folder_is_rejected(desk: Path) -> None:
    locked = desk / "seeds" / "locked"
    locked.mkdir()
    locked.chmod(0)
    if os.access(locked, os.R_OK):
        pytest.skip("no folder is locked to this user")
    try:
        document = json.loads(corrigenda("audit", "--no-report", "--format", "json").stdout)
    finally:
        locked.chmod(0o700)
    assert [rejected["path"] for rejected in document["rejected"]] == ["seeds/locked"]


def test_a_folder_without_articles_exits_2(desk: Path) -> None:
    (desk / "empty").mkdir()
    result = corrigenda("audit", "empty")
    assert result.exit_code == 2
    assert "nothing to audit" in result.stderr


def test_the_order_of_paths_and_the_jobs_do_not_matter(desk: Path) -> None:
    (desk / "seeds" / "other.txt").write_text(ARTICLE.replace("Ferry Board", "Ferries Board"), encoding="utf-8")
    both = ["seeds/ferry.txt", "seeds/other.txt"]
    outputs = {
        corrigenda("audit", "--no-report", "--format", "json", *paths).stdout_bytes
        for paths in (both, both[::-1], ["seeds"], ["seeds", "seeds/ferry.txt"])
    }
    assert len(outputs) == 1


def test_files_outside_the_working_folder(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "one").mkdir()
    (elsewhere / "one" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    document = json.loads(corrigenda("audit", "--no-report", "--format", "json", elsewhere).stdout)
    assert [article["path"] for article in document["articles"]] == ["one/a.txt"]


def test_one_file_named_in_two_ways_is_one_article(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk / "seeds")
    document = json.loads(
        corrigenda("audit", "--no-report", "--format", "json", "ferry.txt", "../seeds/ferry.txt").stdout
    )
    assert [article["path"] for article in document["articles"]] == ["ferry.txt"]


def test_a_path_with_dots_is_relative_to_its_own_root(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "work").mkdir()
    monkeypatch.chdir(desk / "work")
    document = json.loads(corrigenda("audit", "--no-report", "--format", "json", "../seeds").stdout)
    assert [article["path"] for article in document["articles"]] == ["ferry.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="names that are not UTF-8")
def test_names_that_are_not_utf8(desk: Path) -> None:
    for name in (b"caf\xe9.txt", b"caf\xe8.txt", b"two\nlines.txt"):
        (Path(os.fsdecode(os.fsencode(desk / "seeds") + b"/" + name))).write_text(ARTICLE, encoding="utf-8")
    result = corrigenda("audit", "--no-report", "--format", "json")
    assert result.exit_code == 0
    paths = [article["path"] for article in json.loads(result.stdout)["articles"]]
    assert paths == ["seeds/caf\\xe8.txt", "seeds/caf\\xe9.txt", "seeds/ferry.txt", "seeds/two\nlines.txt"]
    assert "two\nlines" not in corrigenda("audit", "--no-report").stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_what_is_no_file_is_rejected_at_once(desk: Path) -> None:
    os.mkfifo(desk / "seeds" / "pipe.txt")
    document = json.loads(corrigenda("audit", "--no-report", "--format", "json").stdout)
    assert [rejected["path"] for rejected in document["rejected"]] == ["seeds/pipe.txt"]


def test_articles_of_one_stem_take_their_paths(desk: Path) -> None:
    (desk / "seeds" / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    document = json.loads(corrigenda("audit", "--no-report", "--format", "json").stdout)
    assert [article["id"] for article in document["articles"]] == ["seeds/ferry.md", "seeds/ferry.txt"]


def test_records_in_every_format(desk: Path) -> None:
    lines = corrigenda("records", "--table", "acronyms").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["acronym"] for row in rows] == ["SFB"]
    table = list(csv.DictReader(io.StringIO(corrigenda("records", "--table", "acronyms", "--format", "csv").stdout)))
    assert [row["acronym"] for row in table] == ["SFB"]
    assert corrigenda("records", "--table", "acronyms", "--format", "parquet", "--output", "a.parquet").exit_code == 0
    assert pd.read_parquet(desk / "a.parquet")["acronym"].tolist() == ["SFB"]


def test_lists_and_explains_every_rule() -> None:
    listed = corrigenda("rules").stdout
    for name, rule in catalogue().items():
        assert f"{name} " in listed
        assert corrigenda("explain", name).stdout.strip() == rule.document


def test_help_is_for_newcomers() -> None:
    for command in ("audit", "fix", "records", "rules", "explain"):
        assert command in corrigenda("--help").stdout
        assert corrigenda(command, "--help").exit_code == 0
    assert corrigenda("--version").stdout.startswith("corrigenda ")


def process(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pipelines.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, encoding="utf-8")


@pytest.mark.slow
def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from pipelines.cli import cli\n"
        "for a in (['--help'], ['rules'], ['explain', 'weekday-mismatch']):\n"
        "    cli.main(a, standalone_mode=False)\n"
        "heavy = {'pandas', 'pandera', 'great_expectations', 'dagster', 'numpy', 'pyarrow'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a shell's pipe")
def test_a_reader_that_goes_is_no_fault() -> None:
    command = f"{sys.executable} -m pipelines.cli rules | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stderr) in {(141, ""), (0, "")}


@pytest.mark.slow
def test_the_hash_seed_does_not_matter(desk: Path) -> None:
    (desk / "seeds" / "other.txt").write_text(ARTICLE.replace("Ferry Board", "Ferries Board"), encoding="utf-8")
    runs = [process("audit", "--no-report", "--format", "json", PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert [run.returncode for run in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout


@pytest.mark.slow
def test_the_number_of_processes_does_not_matter(desk: Path) -> None:
    runs = [process("audit", "--no-report", "--format", "json", "--jobs", jobs) for jobs in ("1", "2")]
    assert [run.returncode for run in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout


@pytest.mark.slow
def test_a_defect_of_ours_is_said_without_a_traceback(desk: Path) -> None:
    script = (
        "import sys; from pipelines import cli, audit\n"
        "audit.compare = lambda tables: 1 / 0\n"
        "sys.argv = ['corrigenda', 'audit', '--jobs', '1']\n"
        "cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=desk)
    assert done.returncode == 3
    assert "a defect in Corrigenda" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_in_a_file_hold_and_options_win(desk: Path) -> None:
    Path("corrigenda.toml").write_text('ignore = ["weekday-mismatch"]\nreport = "out"\nstore = "kept"\n')
    assert "weekday-mismatch" not in {found["rule"] for found in findings(corrigenda("audit", "--format", "json"))}
    assert (desk / "out" / "index.html").is_file()
    assert json.loads((desk / "kept" / "manifest.json").read_text())["house"]["acronyms"] == []
    given = corrigenda("audit", "--select", "weekday-mismatch", "--report", "other", "--format", "json")
    assert len(findings(given)) == 1
    assert (desk / "other" / "index.html").is_file()


def test_config_names_another_file(desk: Path) -> None:
    Path("other.toml").write_text('acronyms = ["SFB"]\n[severity]\nweekday-mismatch = "note"\n')
    result = corrigenda("audit", "--config", "other.toml", "--no-report", "--format", "json")
    assert [f["severity"] for f in findings(result) if f["rule"] == "weekday-mismatch"] == ["note"]
    shown = corrigenda("config", "--config", "other.toml")
    assert 'acronyms = ["SFB"]  # line 1' in shown.stdout


@pytest.mark.parametrize("command", [["audit"], ["records", "--table", "dates"], ["config"]])
def test_settings_that_cannot_be_used_exit_2(desk: Path, command: list[str]) -> None:
    Path("corrigenda.toml").write_text('spelling = "UK"\nacronims = []\n')
    result = corrigenda(*command)
    assert result.exit_code == 2
    assert "corrigenda.toml:2: there is no setting 'acronims' (did you mean 'acronyms'?)" in result.stderr


def test_a_waived_finding_is_asked_about_once(desk: Path) -> None:
    [finding] = findings(corrigenda("audit", "--select", "weekday-mismatch", "--no-report", "--format", "json"))
    identifier = str(finding["id"])
    done = corrigenda("waive", f"#{identifier[:8]}", "--reason", "The board moved the day.", "--until", "2999-01-31")
    assert done.exit_code == 0
    assert "audits/waivers.yaml" in done.stdout
    [waived] = findings(corrigenda("audit", "--select", "weekday-mismatch", "--no-report", "--format", "json"))
    assert (waived["id"], waived["status"], waived["waiver"]) == (identifier, "waived", "The board moved the day.")
    assert "1 article, 0 findings; 1 waived" in corrigenda("audit", "--select", "weekday-mismatch").stdout
    assert "The board moved the day." in (desk / "audits" / "report" / "articles" / "ferry.html").read_text("utf-8")


def test_tells_what_is_new_since_the_last_audit(desk: Path) -> None:
    arguments = ("audit", "--no-report", "--select", "weekday-mismatch,repeated-word")
    assert "since" not in corrigenda(*arguments).stdout
    ferry = desk / "seeds" / "ferry.txt"
    ferry.write_text(ARTICLE.replace("Tuesday,", "Monday,").replace("with", "with with"), encoding="utf-8")
    for _ in range(2):  # an audit repeated says the same
        assert "1 new, 1 fixed, 0 still open since " in corrigenda(*arguments).stdout
        document = json.loads(corrigenda(*arguments, "--format", "json").stdout)
        assert [(f["rule"], f["novelty"]) for f in document["findings"]] == [("repeated-word", "new")]
        [fixed] = document["change"]["fixed"]
        assert (fixed["rule"], fixed["article"], fixed["text"]) == (
            "weekday-mismatch",
            "ferry",
            "Tuesday, March 3, 2025",
        )
    assert len((desk / ".corrigenda" / "history.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_history_that_cannot_be_written_exits_2(desk: Path) -> None:
    result = corrigenda("audit", "--no-report", "--history", "seeds/ferry.txt/history.jsonl")
    assert result.exit_code == 2
    assert "seeds/ferry.txt" in result.stderr


def test_a_file_that_is_no_history_exits_2_before_anything_is_written(desk: Path) -> None:
    Path("corrigenda.toml").write_text('history = "diary.txt"\n')
    Path("diary.txt").write_text("Monday: nothing new.\n")
    result = corrigenda("audit")
    assert result.exit_code == 2
    assert "diary.txt:1: no entry of a history of audits" in result.stderr
    assert not (desk / ".corrigenda").exists()
    assert Path("diary.txt").read_text() == "Monday: nothing new.\n"


FAULTY = ARTICLE.replace("with eleven", "with\xa0with eleven\x1b[31m").replace("\n", "\r\n")


@pytest.fixture
def faulty(desk: Path) -> Path:
    file = desk / "seeds" / "ferry.txt"
    file.write_bytes(FAULTY.encode())
    return file


def test_what_can_be_mended_is_shown_and_nothing_is_written(faulty: Path) -> None:
    result = corrigenda("fix")
    assert result.exit_code == 1
    assert result.stdout.startswith("--- a/seeds/ferry.txt\n+++ b/seeds/ferry.txt\n@@ ")
    assert "-The first boat left on Tuesday, March 3, 2025, with\\xa0with eleven\\x1b[31m lorries" in result.stdout
    assert "+The first boat left on Monday, March 3, 2025, with eleven\\x1b[31m lorries" in result.stdout
    assert result.stdout.endswith("in 1 article can be mended; --apply writes it.\n")
    assert faulty.read_bytes() == FAULTY.encode()
    assert sorted(path.name for path in Path().iterdir()) == ["seeds"]


def test_what_can_be_mended_is_written_once(faulty: Path) -> None:
    result = corrigenda("fix", "--apply")
    assert result.exit_code == 0
    assert "+The first boat left on Monday" in result.stdout
    assert "Mended 3 findings in 1 article." in result.stdout
    assert faulty.read_bytes() == FAULTY.replace("Tuesday", "Monday").replace("with\xa0with", "with").encode()
    again = corrigenda("fix", "--apply")
    assert (again.exit_code, again.stdout) == (0, "Nothing to mend.\n")


def test_only_what_is_chosen_is_mended(faulty: Path) -> None:
    assert corrigenda("fix", "--apply", "--select", "weekday-mismatch").exit_code == 0
    assert faulty.read_bytes() == FAULTY.replace("Tuesday", "Monday").encode()
    assert corrigenda("fix", "--ignore", "repeated-word,encoding-damage").exit_code == 0
    wrong = corrigenda("fix", "--select", "repeated-word", "--ignore", "repeated-word")
    assert (wrong.exit_code, "no rule is left" in wrong.stderr) == (2, True)


def test_a_waived_finding_is_left_as_it_is(faulty: Path) -> None:
    (Path("audits")).mkdir()
    Path("audits/waivers.yaml").write_text(
        "- rule: weekday-mismatch\n  words: Tuesday, March 3, 2025\n  reason: As the tickets have it.\n",
        encoding="utf-8",
    )
    corrigenda("fix", "--apply")
    assert faulty.read_bytes() == FAULTY.replace("with\xa0with", "with").encode()


def test_a_file_that_cannot_be_written_is_said_and_the_others_are(
    faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = faulty.with_name("boat.txt")
    other.write_text(ARTICLE.replace("Ferry", "Boat"), encoding="utf-8")
    written = diff.render

    def meanwhile(*arguments: Any, **options: Any) -> str:
        """Somebody saves the file while the diff is shown."""
        other.write_text("Rewritten.", encoding="utf-8")
        return written(*arguments, **options)

    monkeypatch.setattr(diff, "render", meanwhile)
    result = corrigenda("fix", "--apply")
    assert result.exit_code == 2
    assert "boat.txt: changed since it was read; nothing was written to it" in result.stderr
    assert other.read_text(encoding="utf-8") == "Rewritten."
    assert "Monday" in faulty.read_text(encoding="utf-8")


def test_a_lapsed_waiver_is_said(desk: Path) -> None:
    (desk / "audits").mkdir()
    (desk / "audits" / "waivers.yaml").write_text(
        "- rule: weekday-mismatch\n  words: Tuesday, March 3, 2025\n  reason: Agreed.\n  until: 2025-03-31\n"
        "- rule: weekday-mismatch\n  words: Friday, March 3, 2025\n  reason: Agreed.\n",
        encoding="utf-8",
    )
    summary = corrigenda("audit", "--select", "weekday-mismatch").stdout
    assert "line 1: its last day has passed: weekday-mismatch: Tuesday, March 3, 2025" in summary
    assert "line 5: its words are gone: weekday-mismatch: Friday, March 3, 2025" in summary
    assert "Waivers that no longer hold" in (desk / "audits" / "report" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("identifier", "reason", "said"),
    [("ffffffff", "Agreed.", "no finding has this id"), ("", " ", "a waiver needs a reason")],
)
def test_a_waiver_that_cannot_be_written(desk: Path, identifier: str, reason: str, said: str) -> None:
    assert "run 'corrigenda audit' first" in corrigenda("waive", "ab", "--reason", "Agreed.").stderr
    corrigenda("audit", "--select", "weekday-mismatch", "--no-report")
    result = corrigenda("waive", identifier, "--reason", reason)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (desk / "audits" / "waivers.yaml").exists()


def test_a_waivers_file_that_cannot_be_read_exits_2(desk: Path) -> None:
    (desk / "audits").mkdir()
    (desk / "audits" / "waivers.yaml").write_text("- rule: weekday-mismatch\n  words: Tuesday\n", encoding="utf-8")
    result = corrigenda("audit", "--select", "weekday-mismatch", "--no-report")
    assert result.exit_code == 2
    assert "waivers.yaml:1: the waiver lacks 'reason'" in result.stderr


def bridge(desk: Path) -> None:
    """An audit of two articles that agree on a rank, and not on a sum."""
    for day, cost in ((4, 40), (9, 44)):
        words = f"The Tarn Ferry Bridge will cost £{cost} million, Colonel Ida Rask said on the quay in the rain."
        (desk / "seeds" / f"bridge-{day}.txt").write_text(
            f"The bridge\n\n{day} March 2025\n\n{words}\n", encoding="utf-8"
        )
    corrigenda("audit", "--no-report")


def test_facts_are_shown_by_subject(desk: Path) -> None:
    bridge(desk)
    shown = corrigenda("facts", "Tarn Ferry Bridge").output
    assert "Tarn Ferry Bridge: value  disputed" in shown
    assert "»£44 million«" in shown
    assert "Rask" not in shown.replace("Rask said", "")
    document = json.loads(corrigenda("facts", "--disputed", "--format", "json").output)
    assert document["schema"] == "corrigenda.facts/1"
    assert [fact["title"] for fact in document["facts"]] == ["Tarn Ferry Bridge: value"]


def test_facts_of_an_unknown_subject_name_the_nearest_known(desk: Path) -> None:
    bridge(desk)
    result = corrigenda("facts", "Rusk")
    assert (result.exit_code, "did you mean 'Rask'" in result.output) == (2, True)


def test_facts_need_an_audit(desk: Path) -> None:
    result = corrigenda("facts")
    assert (result.exit_code, "run 'corrigenda audit' first" in result.output) == (2, True)


def test_a_fact_sheet_is_held_to_and_a_broken_one_exits_2(desk: Path) -> None:
    Path("corrigenda.toml").write_text('facts = "facts.yaml"\n')
    Path("facts.yaml").write_text(
        "- {subject: SFB, property: expansion, value: Strait Ferry Bureau, source: founding act}\n"
    )
    arguments = ("audit", "--no-report", "--select", "fact-conflict", "--format", "json")
    [finding] = findings(corrigenda(*arguments))
    assert finding["suggestion"] == (
        "Write “Strait Ferry Bureau”, or mend the fact sheet, which has it from founding act"
    )
    Path("facts.yaml").write_text("- {subject: SFB, property: expansion, valu: x, source: y}\n")
    broken = corrigenda(*arguments)
    assert broken.exit_code == 2
    assert "facts.yaml:1: there is no key 'valu'" in broken.stderr
