"""The gate as people use it, through git: what blocks, what does not, and what is said of it."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipelines.cli import cli
from tests.pipelines.gate.conftest import DRAFT, MENDED, PUBLISHED, Repository


def gate(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, ["gate", "--jobs", "1", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def judged(*arguments: str | Path) -> dict[str, Any]:
    """The findings document of the gate against main, held to its exit status."""
    result = gate("--base", "main", "--format", "json", *arguments)
    document: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == int(document["verdict"]["blocked"])
    return document


def brought(document: dict[str, Any]) -> set[tuple[str, str]]:
    """Rule and words of the open findings."""
    return {(f["rule"], f["spans"][0]["text"]) for f in document["findings"] if f["status"] == "open"}


ERRORS = {
    ("weekday-mismatch", "Monday, 11 March 2025"),
    ("valuation-conflict", "$46 million"),
    ("placeholder-unresolved", "[Name]"),
}


def test_a_faulty_draft_is_blocked_for_what_it_brings_and_passes_once_mended(repository: Repository) -> None:
    repository.commit({"painted.txt": DRAFT})
    document = judged()
    assert document["verdict"]["blocked"]
    assert brought(document) == ERRORS
    assert [article["path"] for article in document["articles"]] == ["seeds/painted.txt"]
    [conflict] = [finding for finding in document["findings"] if finding["rule"] == "valuation-conflict"]
    witnesses = {(span["path"], span["text"]) for span in conflict["spans"][1:]}
    assert witnesses == {("seeds/bridge-opens.txt", "$62 million"), ("seeds/bridge-tolls.txt", "$65 million")}
    repository.commit({"painted.txt": MENDED})
    assert not judged()["verdict"]["blocked"]
    assert judged()["findings"] == []


def test_what_is_not_committed_or_not_even_added_is_judged(repository: Repository) -> None:
    repository.write({"painted.txt": DRAFT})
    assert brought(judged()) == ERRORS
    repository.git("add", "--all")
    assert brought(judged()) == ERRORS


def test_files_that_git_does_not_track_can_be_left_out(repository: Repository) -> None:
    repository.write({"painted.txt": DRAFT})
    document = judged("--tracked")
    assert document["verdict"]["judged"] == []
    repository.commit()
    repository.write({"stray.txt": PUBLISHED["bridge-tolls.txt"].replace("$65", "$99")})
    [conflict] = [f for f in judged("--tracked")["findings"] if f["rule"] == "valuation-conflict"]
    assert "seeds/stray.txt" not in {span["path"] for span in conflict["spans"]}, "nor do they bear witness"


def test_without_a_change_nothing_is_judged(repository: Repository) -> None:
    assert "no article is new or changed since main" in gate("--base", "main").stdout
    repository.commit({"../notes.csv": "a,b\n"})
    assert gate("--base", "main").exit_code == 0


def test_a_conflict_goes_with_the_article_that_it_needed(repository: Repository) -> None:
    (repository.folder / "seeds" / "bridge-tolls.txt").unlink()
    document = judged()
    assert document["findings"] == []
    assert [past["rule"] for past in document["verdict"]["fixed"]] == ["valuation-conflict"]


def test_a_changed_article_is_not_blamed_for_what_it_said_before(repository: Repository) -> None:
    repository.commit({"quay.txt": PUBLISHED["quay.txt"] + "\nIt is open again.\n"})
    document = judged()
    assert not document["verdict"]["blocked"]
    assert {finding["status"] for finding in document["findings"]} == {"known"}
    repository.commit({"quay.txt": PUBLISHED["quay.txt"] + "\nIt opened on Monday, 6 March 2025.\n"})
    assert brought(judged()) == {("weekday-mismatch", "Monday, 6 March 2025")}


def test_one_more_of_what_stood_there_before_is_new(repository: Repository) -> None:
    again = PUBLISHED["quay.txt"] + "\nIce on Tuesday, 5 March 2025 was an inch thick.\n"
    repository.commit({"quay.txt": again})
    document = judged()
    assert [finding["status"] for finding in document["findings"]].count("open") == 1
    assert brought(document) == {("weekday-mismatch", "Tuesday, 5 March 2025")}


def test_what_is_mended_is_counted(repository: Repository) -> None:
    repository.commit({"quay.txt": PUBLISHED["quay.txt"].replace("Tuesday", "Wednesday")})
    assert [past["text"] for past in judged()["verdict"]["fixed"]] == ["Tuesday, 5 March 2025"]
    assert "1 fixed" in gate("--base", "main").stdout


@pytest.mark.parametrize("committed", [True, False])
def test_a_renamed_article_brings_nothing(repository: Repository, committed: bool) -> None:
    folder = repository.folder / "seeds"
    (folder / "quay.txt").rename(folder / "closed-quay.txt")
    if committed:
        repository.commit()
    document = judged()
    assert document["verdict"]["judged"] == ["seeds/closed-quay.txt"]
    assert brought(document) == set()
    assert document["verdict"]["fixed"] == []


def test_a_paragraph_that_moves_brings_nothing_and_words_that_change_do(repository: Repository) -> None:
    text = PUBLISHED["quay.txt"] + "\nNobody was hurt, the port said.\n"
    repository.git("checkout", "--quiet", "main")
    repository.commit({"quay.txt": text})
    repository.git("checkout", "--quiet", "draft")
    repository.git("merge", "--quiet", "main")
    head, _, rest = text.partition("The quay was")
    first, second = ("The quay was" + rest).strip().split("\n\n")
    repository.commit({"quay.txt": f"{head}{second}\n\n{first}\n"})
    assert brought(judged()) == set()
    repository.commit({"quay.txt": text.replace("Tuesday, 5", "Thursday, 5")})
    assert brought(judged()) == {("weekday-mismatch", "Thursday, 5 March 2025")}


def test_a_new_article_may_take_either_side_of_a_dispute_that_was_there(repository: Repository) -> None:
    repository.commit({"painted.txt": MENDED, "lamps.txt": MENDED.replace("painted", "lit").replace("$62", "$65")})
    assert not any(rule == "valuation-conflict" for rule, _ in brought(judged()))


def test_a_conflict_with_the_majority_is_the_new_articles_however_old_it_is(repository: Repository) -> None:
    repository.commit({"bridge-tolls.txt": PUBLISHED["bridge-tolls.txt"].replace("$65", "$62")})
    repository.git("branch", "--force", "agreed")
    old = "Bridge is green\n\n1 March 2025\n\nBy Ana Reis\n\nThe $41 million Saltby Bridge is green.\n"
    repository.commit({"begun.txt": old})
    result = gate("--base", "agreed", "--format", "json")
    [finding] = json.loads(result.stdout)["findings"]
    assert (finding["rule"], finding["spans"][0]["path"]) == ("valuation-conflict", "seeds/begun.txt")


def test_two_new_articles_that_clash_are_told_so(repository: Repository) -> None:
    one = "Tunnel dug\n\n9 March 2025\n\nBy Ana Reis\n\nThe $30 million Corran Tunnel is dug.\n"
    repository.commit(
        {"one.txt": one, "two.txt": one.replace("$30", "$40").replace("dug", "lit").replace("9 M", "8 M")}
    )
    found = judged()
    assert {rule for rule, _ in brought(found)} == {"valuation-conflict"}
    assert len(found["findings"]) == 1


# ---- policy, waivers, baseline


def test_policy_says_what_blocks(repository: Repository) -> None:
    repository.commit({"painted.txt": DRAFT})
    settings = repository.folder / "corrigenda.toml"
    for policy, blocked in {
        "tolerated = 3": False,
        "tolerated = 2": True,
        'rules = ["spelling-mixed"]': False,
        'rules = ["weekday-mismatch"]': True,
    }.items():
        settings.write_text(f"[gate]\n{policy}\n", encoding="utf-8")
        assert judged()["verdict"]["blocked"] == blocked, policy
    settings.write_text("[gate]\nblok = 1\n", encoding="utf-8")
    result = gate("--base", "main")
    assert result.exit_code == 2
    assert "corrigenda.toml:2: there is no setting 'blok' (did you mean 'block'?)" in result.stderr


def test_lesser_findings_block_where_policy_says_so(repository: Repository) -> None:
    repository.commit(
        {"dock.txt": "Dock\n\n9 March 2025\n\nBy Ana Reis\n\nThe color of the harbour is gray and grey.\n"}
    )
    assert gate("--base", "main").exit_code == 0
    assert gate("--base", "main", "--block", "note").exit_code == 1


def test_a_waiver_holds_to_its_last_day(repository: Repository) -> None:
    repository.commit({"painted.txt": MENDED.replace("Tuesday, 11", "Monday, 11")})
    [finding] = judged()["findings"]
    result = CliRunner().invoke(
        cli, ["waive", finding["id"], "--reason", "As the almanac has it", "--until", "2026-05-01"]
    )
    assert result.exit_code == 0, "the gate's findings are known by their ids"
    last = date(2026, 5, 1)
    assert [f["status"] for f in judged("--today", last)["findings"]] == ["waived"]
    late = judged("--today", last + timedelta(days=1))
    assert late["verdict"]["blocked"]
    assert [waiver["state"] for waiver in late["waivers"]] == ["expired"]


def test_what_the_baseline_holds_never_blocks(repository: Repository) -> None:
    assert CliRunner().invoke(cli, ["baseline", "--jobs", "1"]).exit_code == 0
    repository.commit()
    faulty = PUBLISHED["quay.txt"].replace("Quay closed", "Quay shut")
    repository.commit({"quay.txt": faulty})
    result = gate("seeds/quay.txt")
    assert result.exit_code == 0, "named as a file, it has no former self"
    assert "1 known" in result.stdout
    repository.commit({"quay.txt": faulty + "\nAnd on Tuesday, 5 March 2025, too.\n"})
    assert gate("seeds/quay.txt").exit_code == 1, "a second one was not there"
    repository.commit({"other.txt": faulty.replace("Quay", "Pier")})
    assert gate("seeds/other.txt").exit_code == 1, "nor are words of one article another's"


def test_a_known_dispute_takes_new_witnesses(repository: Repository) -> None:
    repository.commit({"paid.txt": MENDED.replace("painted", "paid for")})
    CliRunner().invoke(cli, ["baseline", "--jobs", "1"])
    repository.commit({"lamps.txt": MENDED.replace("painted", "lit").replace("$62", "$65")})
    assert gate("seeds/lamps.txt").exit_code == 0
    repository.commit({"lamps.txt": MENDED.replace("painted", "lit").replace("$62", "$77")})
    assert gate("seeds/lamps.txt").exit_code == 1


def test_stale_lines_of_the_baseline_are_named_and_pruned(repository: Repository) -> None:
    CliRunner().invoke(cli, ["baseline", "--jobs", "1"])
    repository.commit({"quay.txt": PUBLISHED["quay.txt"].replace("Tuesday", "Wednesday")})
    document = judged()
    lines = (repository.folder / "audits" / "baseline.jsonl").read_text(encoding="utf-8").splitlines()
    [line] = document["verdict"]["gone"]
    assert "weekday-mismatch" in lines[line - 1]
    assert f"(line {line})" in gate("--base", "main").stdout
    pruned = CliRunner().invoke(cli, ["baseline", "--jobs", "1", "--prune"])
    assert "1 finding" in pruned.stdout
    assert judged()["verdict"]["gone"] == []


@pytest.mark.parametrize("form", ["sarif", "github", "rdjson", "junit", "gitlab", "csv", "md", "text", "json"])
def test_waivers_and_the_baseline_hold_in_every_format(repository: Repository, form: str) -> None:
    repository.commit({"painted.txt": DRAFT})
    gate("--base", "main")
    CliRunner().invoke(cli, ["baseline", "--jobs", "1"])
    told = gate("seeds/painted.txt", "--format", form)
    assert told.exit_code == 0
    if form in {"github", "rdjson", "gitlab"}:
        assert "weekday-mismatch" not in told.stdout.split("Blocked")[0].split("May land")[0]
    if form == "sarif":
        results = json.loads(told.stdout)["runs"][0]["results"]
        assert all(result["suppressions"] for result in results)
    if form == "junit":
        assert "<failure" not in told.stdout


# ---- what the gate reads


def test_the_published_articles_are_read_from_the_store(repository: Repository) -> None:
    repository.commit({"painted.txt": DRAFT})
    first = judged()
    manifest = repository.folder / ".corrigenda" / "gate" / "manifest.json"
    extracted = json.loads(manifest.read_text(encoding="utf-8"))["tables"]
    assert judged() == first
    assert json.loads(manifest.read_text(encoding="utf-8"))["tables"] == extracted


def test_what_changed_behind_the_stores_back_is_noticed(repository: Repository) -> None:
    repository.commit({"painted.txt": DRAFT})
    judged()
    repository.git("checkout", "--quiet", "main")
    repository.commit({"bridge-opens.txt": PUBLISHED["bridge-opens.txt"].replace("$62", "$64")})
    repository.git("checkout", "--quiet", "draft")
    repository.git("merge", "--quiet", "--no-edit", "main")
    [conflict] = [f for f in judged()["findings"] if f["rule"] == "valuation-conflict"]
    assert "$64 million" in {span["text"] for span in conflict["spans"]}


def test_a_damaged_store_is_passed_over(repository: Repository) -> None:
    repository.commit({"painted.txt": DRAFT})
    first = judged()
    for file in (repository.folder / ".corrigenda" / "gate").rglob("*.parquet"):
        file.write_bytes(b"no parquet")
    assert judged() == first
    (repository.folder / ".corrigenda" / "gate" / "manifest.json").write_text("{", encoding="utf-8")
    assert judged() == first


def test_an_article_of_no_repository_is_judged_against_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    news = tmp_path / "news"
    news.mkdir()
    for name, text in PUBLISHED.items():
        (news / name).write_text(text, encoding="utf-8")
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    result = gate("draft.txt", "--corpus", "news", "--format", "json")
    assert result.exit_code == 1
    assert brought(json.loads(result.stdout)) == ERRORS


def test_an_unchanged_article_named_as_a_file_is_not_its_own_witness(repository: Repository) -> None:
    assert gate("seeds/rain.txt").exit_code == 0


# ---- what cannot be done


def test_says_what_it_needs(repository: Repository) -> None:
    for arguments, said in {
        (): "name either a revision",
        ("--base", "main", "seeds/rain.txt"): "name either a revision",
        ("--base", "nowhere"): "there is no commit 'nowhere'",
        ("--base", "--help-me"): "there is no commit '--help-me'",
        ("seeds/none.txt",): "there is no such file",
        ("--base", "main", "--format", "docx=out"): "the gate writes no Word documents",
        ("--base", "main", "--format", "sarfi"): "did you mean 'sarif'?",
    }.items():
        result = gate(*arguments)
        assert result.exit_code == 2, arguments
        assert said in " ".join(result.stderr.split()), arguments


def test_outside_a_repository_git_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "rain.txt").write_text(PUBLISHED["rain.txt"], encoding="utf-8")
    result = gate("--base", "main")
    assert result.exit_code == 2
    assert "not a git repository" in result.stderr


def test_without_git_the_files_can_be_named(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = gate("--base", "main")
    assert result.exit_code == 2
    assert "there is no git on this machine" in result.stderr
    assert gate("seeds/rain.txt").exit_code == 0


def test_a_new_article_that_cannot_be_read_is_blocked(repository: Repository) -> None:
    (repository.folder / "seeds" / "latin.txt").write_bytes("Caf\xe9\n".encode("latin-1"))
    result = gate("--base", "main")
    assert result.exit_code == 1
    assert "seeds/latin.txt: line 1: byte 0xe9 is not UTF-8" in result.stdout
    repository.commit()
    repository.git("branch", "--force", "main")
    repository.commit({"painted.txt": MENDED})
    assert gate("--base", "main").exit_code == 0, "an old one is no fault of the new"
