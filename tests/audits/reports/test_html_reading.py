"""The report as editors read it: a real browser on files from disk, by mouse and keyboard, with axe looking on."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from audits.findings import Change, PastFinding
from audits.reports.html import write
from tests.audits.reports.harbour import report
from tests.audits.reports.test_plots import course

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
STORM, FACT = "articles/2026-02-27-breakwater.html", "facts/breakwater-value.html"
PAGES = ("index.html", "facts.html", "rules.html", STORM, FACT)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of the second audit of a corpus."""
    made = report()
    first, *others = [finding.id for finding in made.document.findings if finding.status == "open"]
    gone = PastFinding("f" * 16, "repeated-word", "warning", "open", "ferry", "ferry.txt", "the the")
    document = replace(
        made.document,
        findings=tuple(
            replace(finding, novelty="new") if finding.id == first else finding for finding in made.document.findings
        ),
        change=Change("2026-03-01T09:30:00+00:00", (first,), tuple(others), (gone,)),
    )
    made = made._replace(document=document)
    return write(*made, tmp_path_factory.mktemp("harbour") / "report", course((4, 9, 2), (3, 9, 2))).parent


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if ROOT else [])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A tab in which nothing may go wrong, and out of which nothing may be asked."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: wrong.append(asked.url) if urlsplit(asked.url).scheme != "file" else None)
    page.on("requestfailed", lambda asked: wrong.append(asked.url))
    yield page
    context.close()
    assert wrong == []


def opened(page: Any, folder: Path, name: str) -> Any:
    page.goto((folder / name).as_uri())
    return page


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1300, "light"), (1300, "dark"), (360, "light")])
def test_axe_finds_nothing(page: Any, folder: Path, name: str, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    found = axe.Axe().run(opened(page, folder, name), options={"preload": False})  # it would ask for the style sheet
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_every_link_lands_on_what_it_names(page: Any, folder: Path, name: str) -> None:
    addresses = opened(page, folder, name).eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    assert addresses
    for address in sorted(set(addresses)):
        page.goto(address)
        place = urlsplit(address).fragment
        if place and place != "main":
            box = page.locator(f'[id="{place}"]').bounding_box()
            assert box is not None, address
            assert box["y"] < 900, address
            assert box["y"] + box["height"] > 0, address


def test_the_overview_leads_with_what_has_changed(page: Any, folder: Path) -> None:
    opened(page, folder, "index.html")
    assert page.locator(".changes").inner_text().split() == ["1", "new", "1", "fixed", "20", "still", "open"]
    assert page.locator("img").evaluate("image => image.naturalWidth > 0")
    page.get_by_text("Fixed", exact=True).click()
    assert page.get_by_text("the the").is_visible()
    page.locator(".changed a").first.click()
    assert page.locator(".remark.chosen .status").inner_text() == "new"


def test_notes_are_narrowed_to_a_severity_and_a_rule(page: Any, folder: Path) -> None:
    opened(page, folder, STORM)
    notes = page.locator(".remark:not(.cited, .waived)")
    everything = notes.count()
    page.get_by_role("checkbox", name="errors").uncheck()
    shown = notes.locator("visible=true")
    assert 0 < shown.count() < everything
    assert set(shown.evaluate_all("notes => notes.map(note => note.dataset.severity)")) == {"warning", "note"}
    assert page.locator("output").inner_text() == f"{shown.count()} of {everything} shown"
    page.get_by_role("checkbox", name="errors").check()
    page.locator(".filter select").select_option("repeated-word")
    assert set(shown.evaluate_all("notes => notes.map(note => note.dataset.rule)")) == {"repeated-word"}
    page.locator("#main").focus()
    page.keyboard.press("j")
    assert page.locator(".remark.chosen").get_attribute("data-rule") == "repeated-word"
    page.locator(".filter select").select_option("")
    assert (shown.count(), page.locator("output").inner_text()) == (everything, "")


def test_words_that_no_note_speaks_of_are_set_as_plain_text(page: Any, folder: Path) -> None:
    opened(page, folder, STORM)
    for choice in page.get_by_role("checkbox").all():
        choice.uncheck()
    lines = page.locator("mark.error, mark.warning, mark.note").evaluate_all(
        "marks => marks.map(mark => getComputedStyle(mark).textDecorationLine)"
    )
    assert set(lines) == {"none"}


def test_the_whole_of_a_page_is_reached_by_keyboard(page: Any, folder: Path) -> None:
    opened(page, folder, STORM)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("j")
    assert page.locator(".remark.chosen").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"


def test_a_fact_is_drawn_and_leads_to_the_words(page: Any, folder: Path) -> None:
    opened(page, folder, FACT)
    assert page.locator("img").evaluate("image => image.naturalWidth > 0")
    page.locator(".side a").last.click()
    assert page.locator("mark.target").first.inner_text() == "NOK 285 million"
