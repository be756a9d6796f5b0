"""The report in a browser, from disk: what only a layout and a running script can show."""

import json
import shutil
import subprocess
from collections.abc import Callable
from html import unescape
from itertools import pairwise
from pathlib import Path
from re import search
from typing import Any

import pytest

from audits.reports.html import write
from tests.audits.reports.harbour import At, report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--virtual-time-budget=4000",
)
# A page asks the report, in a frame of the width wanted: windows are never narrower than 500 pixels.
FRAME = """<!doctype html><title>frame</title>
<script>addEventListener("message", (event) => { document.documentElement.dataset.answer = event.data; });</script>
<iframe src="report/PAGE" width="WIDTH" height="900" style="border: 0"></iframe>
"""
PROBE = """
const refused = [];
addEventListener("securitypolicyviolation", (event) => refused.push(event.blockedURI));
const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
const all = (selector) => [...document.querySelectorAll(selector)];
const box = (element) => element.getBoundingClientRect().toJSON();
const line = (note) => {
  const [{ top, bottom }] = document.getElementById(note.dataset.place).getClientRects();
  return (top + bottom) / 2;
};
const answer = () => { QUESTION };
addEventListener("load", () => setTimeout(() => parent.postMessage(JSON.stringify(answer()), "*"), 500));
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

Ask = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """What a script that is run in a page of the report returns."""

    def ask(page: str, question: str, *, width: int = 1440, switches: tuple[str, ...] = (), made: Any = None) -> Any:
        folder = write(*(made or report()), tmp_path / "report").parent
        with (folder / "report.js").open("a", encoding="utf-8") as script:
            script.write(PROBE.replace("QUESTION", question))
        frame = tmp_path / "frame.html"
        frame.write_text(FRAME.replace("PAGE", page).replace("WIDTH", str(width)), encoding="utf-8")
        command = [str(CHROMIUM), *SWITCHES, *switches, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
        done = subprocess.run([*command, frame.as_uri()], capture_output=True, text=True, timeout=120)
        answer = search(r'data-answer="([^"]*)"', done.stdout)
        assert answer is not None, f"the page did not answer:\n{done.stdout}\n{done.stderr}"
        return json.loads(unescape(answer[1]))

    return ask


STORM_PAGE = "articles/2026-02-27-breakwater.html"
NOTES = """
const notes = all(".remark").map((note) => ({ ...box(note), line: line(note), chosen: note.matches(".chosen") }));
return { notes, text: box(document.querySelector(".passage.paragraph .text")), refused,
         ground: getComputedStyle(document.documentElement).backgroundColor,
         overflow: document.documentElement.scrollWidth - innerWidth };
"""


def test_notes_stand_beside_their_lines_and_never_overlap(ask: Ask) -> None:
    seen = ask(STORM_PAGE, NOTES)
    notes = seen["notes"]
    assert seen["refused"] == []
    assert seen["overflow"] <= 0
    assert len(notes) == 17
    assert all(note["left"] > seen["text"]["right"] for note in notes)
    assert all(above["bottom"] <= below["top"] for above, below in pairwise(notes))
    assert notes[0]["top"] <= notes[0]["line"] <= notes[0]["top"] + 20
    assert all(note["top"] >= note["line"] - 20 for note in notes)


def test_the_chosen_note_stands_at_its_line(ask: Ask) -> None:
    seen = ask(STORM_PAGE, """for (let i = 0; i < 6; i++) press("j"); press("k");""" + NOTES)
    notes = seen["notes"]
    (chosen,) = [note for note in notes if note["chosen"]]
    assert chosen["top"] <= chosen["line"] <= chosen["top"] + 20
    assert all(above["bottom"] <= below["top"] for above, below in pairwise(notes))


def test_j_and_k_walk_through_the_findings_and_escape_lets_go(ask: Ask) -> None:
    chosen = """const chosen = () => document.querySelector(".remark.chosen .label")?.textContent ?? null;"""
    walk = """return ["j", "j", "j", "k", "Escape"].map((key) => { press(key); return chosen(); });"""
    assert ask(STORM_PAGE, chosen + walk) == ["W1", "E2", "N3", "E2", None]


@pytest.mark.parametrize("page", ["index.html", "rules.html", STORM_PAGE, "articles/2026-03-09-ferry.html"])
def test_a_telephone_shows_everything_without_scrolling_sideways(ask: Ask, page: str) -> None:
    beyond = "const { scrollWidth, clientWidth } = document.documentElement; return scrollWidth - clientWidth;"
    assert ask(page, beyond, width=360) == 0


def test_on_a_narrow_screen_notes_stand_below_the_words(ask: Ask) -> None:
    below = """
    return all(".passage").filter((passage) => passage.querySelector(".remark")).map((passage) =>
      box(passage.querySelector(".text")).bottom <= box(passage.querySelector(".remark")).top);
    """
    assert set(ask(STORM_PAGE, below, width=360)) == {True}


def test_a_link_to_a_witness_lands_on_its_words(ask: Ask) -> None:
    text = report().texts["2026-02-27-breakwater"]
    start = text.index("NOK 310 million")
    landed = """
    const words = all("mark.target");
    const { top } = box(words[0]);
    return { words: words.map((word) => word.textContent).join(""), seen: top > 0 && top < innerHeight };
    """
    page = f"{STORM_PAGE}#w-{start}-{start + len('NOK 310 million')}"
    assert ask(page, landed) == {"words": "NOK 310 million", "seen": True}


def test_tables_can_be_sorted(ask: Ask) -> None:
    click = """
    const table = document.querySelector(".by-article");
    const words = () => [...table.tBodies[0].rows].map((row) => row.cells[2].textContent);
    const sort = (place) => { table.querySelectorAll("thead button")[place].click(); return words(); };
    return [sort(2), sort(2), sort(1)];
    """
    assert ask("index.html", click) == [
        ["231", "134", "132", "92"],
        ["92", "132", "134", "231"],
        ["231", "134", "132", "92"],
    ]


def test_the_page_is_dark_where_the_reader_s_system_is(ask: Ask) -> None:
    light = ask(STORM_PAGE, NOTES, switches=("--blink-settings=preferredColorScheme=1",))
    dark = ask(STORM_PAGE, NOTES, switches=("--blink-settings=preferredColorScheme=0",))
    assert light["ground"] == "rgb(252, 251, 248)"
    assert dark["ground"] == "rgb(25, 25, 23)"


def test_what_an_article_says_is_never_run(ask: Ask) -> None:
    attack = """<img src=x onerror="document.title='taken'"><script>document.title='taken'</script>"""
    text = f"{attack}\n\nThe harbour master said {attack} and the owners of the boats went home to wait for the tide.\n"
    given = [("web-chrome", "error", At("attack.txt", "onerror", 1), [], attack, attack, {})]
    made = report({"attack.txt": text}, given, [(attack, attack)])
    for page in ("index.html", "articles/attack.html"):
        seen = ask(page, "return { title: document.title, images: document.images.length, refused };", made=made)
        assert "taken" not in seen["title"].split("·")[-1]
        assert seen["images"] == 0
        assert seen["refused"] == []
        assert seen["title"].endswith("· Corrigenda")
