"""Dagster at work: a web server and a daemon, an article edited, processes killed, and what a browser shows of it."""

import os
import shutil
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from pipelines.store import Store
from tests.pipelines.orchestrated import DAEMON, DONE, TEXTS, WORKSPACE, Orchestrated, project, running, start

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
SLOT = "placeholder_unresolved"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orchestrated]:
    with running(project(tmp_path_factory.mktemp("desk"))) as desk:
        yield desk


@pytest.fixture(scope="module")
def audited(desk: Orchestrated) -> Orchestrated:
    """The desk, once what was in its folder from the start has been audited without anybody asking."""
    desk.wait("the first audit", lambda: desk.settled("audit_corpus", 1))
    return desk


def follow(desk: Orchestrated, seen: int) -> list[dict[str, Any]]:
    """The runs after the first `seen`, once all are over, and articles have been read and the corpus audited."""

    def over() -> list[dict[str, Any]] | None:
        runs = desk.runs()[seen:]
        succeeded = {run["jobName"] for run in runs if run["status"] == "SUCCESS"}
        done = all(run["status"] in DONE for run in runs)
        return runs if done and succeeded == {"audit_changed", "audit_corpus"} else None

    found: list[dict[str, Any]] = desk.wait("an audit to follow", over)
    return found


def ids(desk: Orchestrated) -> list[str]:
    return sorted(Store(desk.folder / ".corrigenda" / "store").read("articles")["article_id"])


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_browser_shows_lineage_a_partition_and_a_failed_check_without_an_error(audited: Orchestrated) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    errors: list[str] = []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if IS_ROOT else [])
        page = browser.new_page(viewport={"width": 1500, "height": 1000})
        page.set_default_timeout(60_000)
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{audited.address}/asset-groups")
        for group in ("reading", "extraction", "comparison", "audit"):
            page.get_by_text(group, exact=True).first.wait_for()
        page.goto(f"{audited.address}/assets/articles?partition=mill&view=partitions")
        page.get_by_text("rules broken").first.wait_for()
        page.goto(f"{audited.address}/assets/findings?view=checks&checkDetail={SLOT}")
        page.get_by_text("A placeholder was left in the copy: 1 in 1 of 5 articles.").first.wait_for()
        page.get_by_text("…Mill reopens The mill employs 45 people, said manager [[Name]] on Friday").first.wait_for()
        browser.close()
    assert not errors


def test_the_folder_is_watched_and_an_edit_reruns_that_article_alone(audited: Orchestrated) -> None:
    assert [(run["jobName"], run["status"]) for run in audited.runs()] == [
        ("audit_changed", "SUCCESS"),
        ("audit_corpus", "SUCCESS"),
    ]
    assert audited.partitions() == {"materialized": set(TEXTS), "failed": set(), "unmaterialized": set()}
    assert audited.checks()[SLOT]["status"] == "FAILED"
    assert (audited.folder / "audits" / "report" / "index.html").is_file()

    article = audited.folder / "seeds" / "mill.txt"
    article.write_text(TEXTS["mill"].replace("[Name]", "Ada Holm"), encoding="utf-8")
    changed, corpus = follow(audited, 2)
    assert (changed["jobName"], changed["tags"]["dagster/partition"]) == ("audit_changed", "mill")
    assert (corpus["jobName"], corpus["status"]) == ("audit_corpus", "SUCCESS")
    assert audited.checks()[SLOT]["status"] == "SUCCEEDED"


def test_what_was_killed_is_marked_as_failed_and_done_again(audited: Orchestrated) -> None:
    """First the process of a run, then the daemon with all that it has started."""
    for killed, name in enumerate(("dock", "weir")):
        seen, before = len(audited.runs()), ids(audited)
        (audited.folder / "seeds" / f"{name}.txt").write_text(f"The {name}\n\nThe {name} is 40 metres long.\n")

        def at_work(seen: int = seen) -> str | None:
            runs = audited.runs()[seen:]
            return runs[0]["runId"] if runs and runs[0]["status"] == "STARTED" else None

        run = audited.wait("the run to be at work", at_work)
        if killed == 0:
            os.kill(audited.wait("its process", lambda run=run: audited.workers(run))[0], signal.SIGKILL)
        else:
            os.killpg(audited.processes[DAEMON].pid, signal.SIGKILL)
            audited.processes.pop(DAEMON).wait()
            assert ids(audited) in (before, sorted([*before, name]))
            start(audited, DAEMON, "run", *WORKSPACE)
        first, *later = follow(audited, seen)
        assert (first["runId"], first["status"]) == (run, "FAILURE")
        [again] = [run for run in later if run["jobName"] == "audit_changed"]
        assert (again["status"], again["tags"]["dagster/partition"]) == ("SUCCESS", name)
        assert ids(audited) == sorted([*before, name])
        assert name in audited.partitions()["materialized"]
