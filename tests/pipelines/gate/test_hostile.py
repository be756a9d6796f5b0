"""Repositories that nobody means well with: names, links, sizes, and articles that change while they are read."""

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.pipelines.gate.conftest import DRAFT, MENDED, PUBLISHED, Repository
from tests.pipelines.gate.test_gate import ERRORS, brought, gate, judged

NAMES = (
    "two words.txt",
    "it's “quoted” \".txt",
    "-rf.txt",
    "--base.txt",
    "tab\tand\nnewline.txt",
    ":(top)glob*?.txt",
    "{a,b}.txt",
    "::error file=x::.txt",
    "пример.txt",
    "back\\slash.txt",
)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_a_name(repository: Repository, name: str) -> None:
    repository.write({name: DRAFT})
    untracked = judged()
    assert untracked["verdict"]["judged"] == [f"seeds/{name}"]
    assert brought(untracked) == ERRORS
    repository.commit()
    committed = judged()
    assert brought(committed) == ERRORS
    told = gate("--base", "main", "--format", "github").stdout
    commands = [line for line in told.splitlines() if line.startswith("::")]
    assert len(commands) == len(ERRORS), "no name begins a line of its own"
    repository.git("mv", "--", f"seeds/{name}", "seeds/plain.txt")
    repository.commit()
    repository.git("branch", "--force", "main", "HEAD~1")
    assert brought(judged()) == set(), "a renamed one is what it was"


@pytest.mark.skipif(sys.platform != "linux", reason="file names are Unicode here")
def test_a_name_that_is_no_utf_8_is_a_name(repository: Repository) -> None:
    file = os.fsencode(repository.folder / "seeds") + b"/caf\xe9.txt"
    with open(file, "w", encoding="utf-8") as stream:  # noqa: PTH123  a path of bytes
        stream.write(DRAFT)
    for _ in range(2):
        document = judged()
        assert document["verdict"]["judged"] == ["seeds/caf\\xe9.txt"]
        assert brought(document) == ERRORS
        repository.commit()


def test_links_out_of_the_folder_are_not_followed(repository: Repository) -> None:
    outside = repository.folder / "outside.txt"
    outside.write_text(DRAFT, encoding="utf-8")
    folder = repository.folder / "elsewhere"
    folder.mkdir()
    (folder / "draft.txt").write_text(DRAFT, encoding="utf-8")
    (repository.folder / "seeds" / "link.txt").symlink_to(outside)
    (repository.folder / "seeds" / "news").symlink_to(folder)
    (repository.folder / "seeds" / "dangling.txt").symlink_to("nowhere")
    for _ in range(2):
        assert brought(judged()) == set()
        repository.commit()


def test_an_article_that_becomes_a_link_is_deleted(repository: Repository) -> None:
    file = repository.folder / "seeds" / "quay.txt"
    file.unlink()
    (repository.folder / "quay.txt").write_text("Quay\n", encoding="utf-8")
    file.symlink_to("../quay.txt")
    repository.commit()
    assert [past["rule"] for past in judged()["verdict"]["fixed"]] == ["weekday-mismatch"]


def test_a_huge_file_is_refused_unread(repository: Repository) -> None:
    with (repository.folder / "seeds" / "dump.txt").open("wb") as stream:
        stream.truncate(200 * 2**20)
    result = gate("--base", "main")
    assert result.exit_code == 1
    assert "seeds/dump.txt: 200.0 MB; an article is at most" in result.stdout


@pytest.mark.parametrize("line", ["::error file=a.txt::x", "%0A::error::x", "::stop-commands::t", "##[error]x"])
def test_words_of_an_article_command_no_one(repository: Repository, line: str) -> None:
    said = f"On Monday, 11 March 2025 {line} was read.\r{line}\n{line}\n"
    repository.commit({"painted.txt": MENDED.replace("Work began", f"{line} General [Name] {line}") + "\n" + said})
    told = gate("--base", "main", "--format", "github").stdout
    own = [one for one in told.splitlines() if one.startswith(("::", "##["))]
    assert own
    assert all(
        one.startswith(("::error file=seeds/painted.txt,", "::warning file=seeds/painted.txt,", "::notice "))
        for one in own
    )


@contextmanager
def writing(repository: Repository) -> Iterator[None]:
    """Somebody rewrites articles all the while, in pieces and by renaming over them."""
    stop = threading.Event()

    def write() -> None:
        folder = repository.folder / "seeds"
        while not stop.is_set():
            for name, text in PUBLISHED.items():
                with (folder / name).open("w", encoding="utf-8") as stream:
                    stream.write(text[: len(text) // 2])
                    stream.flush()
                    stream.write(text[len(text) // 2 :])
                (folder / "coming").write_text(text, encoding="utf-8")
                (folder / "coming").replace(folder / f"new-{name}")
                (folder / f"new-{name}").unlink()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_articles_written_while_they_are_read_are_judged_as_read(repository: Repository) -> None:
    repository.commit({"painted.txt": DRAFT})
    with writing(repository):
        for _ in range(3):
            result = gate("--base", "main", "--format", "json")
            assert result.exit_code == 1, result.output
            found = brought(json.loads(result.stdout))
            assert {("weekday-mismatch", "Monday, 11 March 2025"), ("placeholder-unresolved", "[Name]")} <= found
    assert brought(judged()) == ERRORS, "nothing of the half-written ones is kept"


def test_the_indexs_own_lock_is_left_alone(repository: Repository) -> None:
    before = (repository.folder / ".git" / "index").read_bytes()
    repository.write({"painted.txt": DRAFT})
    (repository.folder / ".git" / "index.lock").touch()
    assert brought(judged()) == ERRORS
    assert (repository.folder / ".git" / "index").read_bytes() == before


def test_a_repository_without_a_commit_in_common_is_compared_with_the_revision(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--orphan", "apart")
    repository.commit({"painted.txt": DRAFT})
    assert brought(judged()) == ERRORS


def test_what_main_has_gone_on_to_is_no_change_of_the_branch(repository: Repository) -> None:
    repository.commit({"painted.txt": MENDED})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"quay.txt": PUBLISHED["quay.txt"].replace("Tuesday", "Wednesday"), "late.txt": DRAFT})
    repository.git("checkout", "--quiet", "draft")
    document = judged()
    assert document["verdict"]["judged"] == ["seeds/painted.txt"]
    assert document["findings"] == []
