"""The desk as editors use it: a real browser, by mouse, by keyboard alone, and without a script."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audits import waivers
from expectations.catalogue import catalogue
from tests.pipelines.desk.running import ARTICLE, DAY, SLOT, Running, corpus, running

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

ATTACK = "<script>document.title='taken';alert(1)</script>"
IMAGE = "<img src=x onerror=document.title='taken'>"
HOSTILE = f"""---
title: "{ATTACK} {IMAGE} opens"
author: "{ATTACK} Quill"
source: "{ATTACK} Times"
date: 2026-03-04
---

Captain [Name] said that {ATTACK} the {IMAGE} the the boats were back. "{ATTACK}" [Rank "x' onclick=alert(1)] waved.

The quay cost USD 65 million{ATTACK}, he said. The quay cost USD 56 million, he said. Tuesday, March 3, 2025 {IMAGE}.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if ROOT else [])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hostile = {f"{IMAGE}{ATTACK.replace('/', '')}.md": HOSTILE}
    return corpus(tmp_path_factory.mktemp("desk"), {"ferry.txt": ARTICLE, **hostile})


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[Running]:
    with running(folder) as desk:
        desk.audited()
        yield desk


@pytest.fixture
def restored(folder: Path, desk: Running) -> Iterator[Path]:
    """The folder, which is as it was for the next test, and has been audited so."""
    yield folder
    (folder / "seeds" / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "audits" / "waivers.yaml").unlink(missing_ok=True)
    desk.looked()


class Seen:
    """A page, with all that a page of ours never does."""

    def __init__(self, context: Any, desk: Running) -> None:
        self.page = context.new_page()
        self.wrong: list[str] = []
        self.page.on("dialog", lambda dialog: (self.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("console", self._told)
        self.page.on(
            "request", lambda request: request.url.startswith(desk.url) or self.wrong.append(f"request: {request.url}")
        )

    def _told(self, said: Any) -> None:
        if said.type in {"error", "warning"}:
            self.wrong.append(f"console: {said.text} {said.location['url']}")


@pytest.fixture
def seen(browser: Any, desk: Running) -> Iterator[Seen]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    seen = Seen(context, desk)
    yield seen
    context.close()
    # a refusal is an answer with an error's status, which the console tells
    assert [wrong for wrong in seen.wrong if "409" not in wrong] == []


def chosen(page: Any) -> str | None:
    """The rule of the chosen finding."""
    return page.evaluate("document.querySelector('.remark.chosen .rule')?.textContent ?? null")


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.name || document.activeElement.id || document.activeElement.tagName")


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def choose(page: Any, rule: str) -> None:
    """By the keyboard alone: from finding to finding, until it is this rule's."""
    for _ in range(20):
        if chosen(page) == rule:
            return
        press(page, "j")
    raise AssertionError(f"{rule} is not reached")


def spoken(page: Any) -> str:
    page.locator(".spoken:not(:empty)").wait_for(state="attached")
    return str(page.text_content(".spoken"))


def accepted(folder: Path) -> list[tuple[str, str, str | None]]:
    return [(w.rule, w.reason, w.owner) for w in waivers.read(folder / "audits" / "waivers.yaml", catalogue()).waivers]


def test_by_keyboard_alone(seen: Seen, desk: Running, restored: Path) -> None:
    page = seen.page
    page.goto(f"{desk.url}articles/ferry.html")
    press(page, "f")
    assert "No open finding is chosen" in spoken(page)

    # accepted: what is typed, j and u and f among it, is no key of the page
    choose(page, SLOT)
    press(page, "a")
    assert focused(page) == "reason"
    page.keyboard.type("just for us: a full quay")
    press(page, "Tab")
    page.keyboard.type("A. Reis")
    with page.expect_navigation():
        press(page, "Enter")
    assert accepted(restored) == [(SLOT, "just for us: a full quay", "A. Reis")]
    assert spoken(page) == f"Accepted: {SLOT}, “[Name]”."
    note = page.locator(".remark.waived", has_text=SLOT)
    assert focused(page) == note.get_attribute("id")
    assert page.url.partition("?")[0].partition("#")[0] == f"{desk.url}articles/ferry.html"
    assert "notice" not in page.url

    # taken back
    with page.expect_navigation():
        press(page, "u")
    assert accepted(restored) == []
    assert spoken(page) == f"Open again: {SLOT}, “[Name]”."
    assert chosen(page) == SLOT

    # folded away again, and the owner remembered
    press(page, "a")
    playwright.expect(page.locator(".remark.chosen [name=owner]")).to_have_value("A. Reis")  # a moment later
    press(page, "Escape")
    assert focused(page) == "SUMMARY"
    assert page.locator(".accept[open]").count() == 0
    assert chosen(page) == SLOT

    # marked fixed before it is, and once it is
    with page.expect_navigation():
        press(page, "f")
    assert spoken(page).startswith(f"Not mended yet: {SLOT}, “[Name]” still stands in line 5")
    article = restored / "seeds" / "ferry.txt"
    article.write_text(ARTICLE.replace("[Name]", "Ruth Dole"), encoding="utf-8")
    with page.expect_navigation():
        press(page, "f")
    assert spoken(page) == f"Mended: {SLOT}, “[Name]” is gone."
    assert page.locator(".remark", has_text=SLOT).count() == 0
    assert "Ruth Dole" in page.inner_text(".sheet")
    assert chosen(page) is not None

    # the notice goes, and with the next Escape the finding is let go
    press(page, "Escape")
    assert page.locator(".notice").count() == 0
    assert chosen(page) is None


def test_after_an_acceptance_j_goes_on_from_there(seen: Seen, desk: Running, restored: Path) -> None:
    page = seen.page
    page.goto(f"{desk.url}articles/ferry.html")
    press(page, "j")
    order = [chosen(page)]
    for _ in range(2):
        press(page, "j")
        order.append(chosen(page))
    press(page, "k", "a")
    page.keyboard.type("Ours.")
    with page.expect_navigation():
        press(page, "Enter")
    press(page, "j")
    assert chosen(page) == order[2]
    press(page, "k")
    assert chosen(page) == order[0]


def test_what_an_editor_has_chosen_to_see_stays_chosen(seen: Seen, desk: Running, restored: Path) -> None:
    page = seen.page
    page.goto(f"{desk.url}articles/ferry.html")
    every = page.locator(".remark:visible").count()
    page.select_option(".filter select", SLOT)
    assert page.locator(".remark:visible").count() < every
    page.locator(".remark:visible").first.click()
    press(page, "a")
    page.keyboard.type("Ours.")
    with page.expect_navigation():
        press(page, "Enter")
    with page.expect_navigation():
        press(page, "u")
    assert page.locator(".filter select").input_value() == SLOT
    assert page.locator(".remark:visible").count() < every
    page.select_option(".filter select", "")
    assert page.locator(".remark:visible").count() == every


def test_an_edited_article_is_shown_when_the_editor_comes_back(seen: Seen, desk: Running, restored: Path) -> None:
    page = seen.page
    page.goto(f"{desk.url}articles/ferry.html")
    page.locator(".remark", has_text=DAY).first.wait_for()
    article = restored / "seeds" / "ferry.txt"
    article.write_text(ARTICLE.replace("Tuesday", "Monday"), encoding="utf-8")
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new Event('focus'))")
    assert page.locator(".remark", has_text=DAY).count() == 0
    # by the button
    article.write_text(ARTICLE, encoding="utf-8")
    page.click("text=Audit again")
    page.locator(".remark", has_text=DAY).first.wait_for()
    assert spoken(page) == "Audited again: 1 new."


def test_what_an_editor_types_is_not_lost_to_another_s_change(seen: Seen, desk: Running, restored: Path) -> None:
    page = seen.page
    page.goto(f"{desk.url}articles/ferry.html")
    choose(page, SLOT)
    press(page, "a")
    page.keyboard.type("Typed here")
    finding = page.locator(".remark.chosen").get_attribute("id").removeprefix("f-")
    assert desk.settle("/articles/ferry.html", do="accept", finding=finding, reason="First.").status == 303
    page.evaluate("dispatchEvent(new Event('focus'))")
    assert "have changed since this page was shown" in spoken(page)
    assert page.locator(".remark.chosen [name=reason]").input_value() == "Typed here"
    with page.expect_navigation():
        press(page, "Enter")
    assert spoken(page) == "It has been accepted meanwhile: “First.”. Nothing was written."
    assert accepted(restored) == [(SLOT, "First.", None)]


def test_without_a_script(browser: Any, desk: Running, restored: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk.url}articles/ferry.html")
    note = page.locator(".remark", has_text=SLOT).first
    note.locator("summary", has_text="Accept…").click()
    note.locator("[name=reason]").fill("By mouse.")
    note.locator("[name=until]").fill("2999-01-31")
    note.get_by_role("button", name="Accept").click()
    assert "Accepted: " in page.inner_text(".notice")
    assert accepted(restored) == [(SLOT, "By mouse.", None)]
    page.locator(".notice").get_by_role("button", name="Undo").click()
    assert accepted(restored) == []
    page.locator(".remark", has_text=SLOT).first.get_by_role("button", name="Mark fixed").click()
    assert "Not mended yet" in page.inner_text(".notice")
    page.get_by_text("Close", exact=True).click()
    assert page.locator(".notice").count() == 0
    context.close()


def test_what_an_article_says_is_shown_and_never_run(seen: Seen, desk: Running, restored: Path) -> None:
    page = seen.page
    page.goto(desk.url)
    assert page.locator(".by-article tbody tr").count() == 2
    page.locator(".by-article a", has_text="opens").click()
    page.wait_for_load_state()
    shown = page.inner_text("body")
    assert shown.count(ATTACK) >= 3
    choose(page, SLOT)
    press(page, "a")
    page.keyboard.type(f'{ATTACK} " onfocus=alert(1) {IMAGE}')
    press(page, "Tab")
    page.keyboard.type(f"{ATTACK}'\"")
    with page.expect_navigation():
        press(page, "Enter")
    page.locator(".remark.waived summary").first.click()
    assert f'{ATTACK} " onfocus=alert(1) {IMAGE}' in page.inner_text(".remark.waived .waiver")
    assert page.inner_text(".remark.waived .by") == f"{ATTACK}'\""
    for place in ("index.html", "rules.html"):
        page.goto(desk.url + place)
    page.goto(f"{desk.url}{ATTACK}")
    assert page.locator("h1").inner_text() == "There is no such page"
    seen.wrong = [wrong for wrong in seen.wrong if "404" not in wrong]
    assert page.evaluate("document.images.length + document.querySelectorAll('script:not([src])').length") == 0
    assert "taken" not in page.title()


@pytest.mark.parametrize("width", [1440, 360])
def test_everybody_can_use_it(browser: Any, desk: Running, restored: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{desk.url}articles/ferry.html")
    choose(page, SLOT)
    press(page, "a")
    assert axe.Axe().run(page).response["violations"] == []
    page.keyboard.type("Ours.")
    with page.expect_navigation():
        press(page, "Enter")
    assert axe.Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    context.close()
