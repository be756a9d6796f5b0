"""The report as pages: complete, exact, safe with any text, the same bytes each time, whole or not at all."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audits.files import MARKER
from audits.findings import Findings
from audits.folders import ReportFolderError
from audits.reports import html
from audits.reports.drawing import environment
from audits.reports.html import write
from audits.reports.slugs import slugs
from audits.reports.views import WITNESSES_FOLDED, WITNESSES_SHOWN
from expectations.catalogue import catalogue
from tests.audits.reports.harbour import FAMILIES, FERRY, FILES, INQUIRY, OPINION, STORM, At, report
from tests.audits.reports.pages import Element, parse, read
from tests.audits_of import audit_of

HOSTILE = """<script>alert(1)</script> "><img src=x onerror=alert(1)> & &amp;"""
STORM_TITLE = "Storm breaks the north breakwater at Skarvik, three boats lost"
INQUIRY_TITLE = "Inquiry into the Skarvik breakwater opens"
FERRY_TITLE = "The ferry to Lindøya sails from the south quay until further notice"
OPENING = "It is easy to blame the sea. It has no lawyer, and it does not vote."
DIRECTIONS = "\u202egnorw\u202c \u200f \u2066 \u200b \u00ad \ufeff \x01\x07\x1b \x85 \u2028"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(*report(), tmp_path_factory.mktemp("harbour") / "report").parent


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Element]:
    return {path.relative_to(folder).as_posix(): read(path) for path in sorted(folder.rglob("*.html"))}


@pytest.fixture(scope="module")
def storm(pages: dict[str, Element]) -> Element:
    return pages["articles/2026-02-27-breakwater.html"]


@pytest.fixture(scope="module")
def inquiry(pages: dict[str, Element]) -> Element:
    return pages["articles/2026-03-03-inquiry.html"]


def rows(table: Element) -> list[list[str]]:
    return [
        [" ".join(cell.text().split()) for cell in row.walk() if cell.tag in {"th", "td"}]
        for row in table.one("tbody").all("tr")
    ]


def remark(page: Element, label: str) -> Element:
    """The note of a finding of the page's own article."""
    (only,) = [
        note
        for note in page.all("li", "remark")
        if "cited" not in note.classes and note.all(cls="label")[0].text() == label
    ]
    return only


def words_of(page: Element, place: str) -> str:
    """The words that marks of one place cover, in order."""
    return "".join(mark.text(without=("sup",)) for mark in page.all("mark", data_place=place))


def write_one(tmp_path: Path, files: dict[str, str], given: list[Any] | None = None, **more: Any) -> Path:
    return write(*report(files, given or [], **more), tmp_path / "report").parent


# ---- what is there ----


def test_the_first_page_is_returned_and_every_article_has_one(folder: Path) -> None:
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        MARKER,
        "articles/2026-02-27-breakwater.html",
        "articles/2026-03-03-inquiry.html",
        "articles/2026-03-09-ferry.html",
        "articles/opinion.html",
        "facts.html",
        "facts/aud-lien-title.html",
        "facts/aud-lien-title.svg",
        "facts/breakwater-value.html",
        "facts/breakwater-value.svg",
        "index.html",
        "report.css",
        "report.js",
        "rules.html",
    ]


def test_the_summary_counts_open_findings_by_severity(pages: dict[str, Element]) -> None:
    assert pages["index.html"].one("h1").text() == "4 articles, 21 findings: 10 errors, 8 warnings, 3 notes."
    (aside,) = [p.text() for p in pages["index.html"].all("p", "aside")]
    assert aside == "1 more finding is waived. 1 file could not be read."


def test_an_audit_without_findings_says_so(tmp_path: Path) -> None:
    index = read(write(*report(given=(), rejected=()), tmp_path / "report"))
    assert index.one("h1").text() == "4 articles, no findings."
    assert [heading.text() for heading in index.all("h2")] == ["Articles"]


def test_the_articles_table(pages: dict[str, Element]) -> None:
    assert rows(pages["index.html"].one("table", "by-article")) == [
        [f"{STORM_TITLE} {STORM}", "27 February 2026", "231", "5", "3", "2"],
        [f"{INQUIRY_TITLE} {INQUIRY}", "3 March 2026", "134", "3", "3", "1"],
        [f"{FERRY_TITLE} {FERRY}", "9 March 2026", "132", "–", "1", "–"],
        [f"{OPENING} {OPINION}", "no date", "92", "2", "1", "–"],
    ]


def test_the_rules_table_has_the_most_severe_and_frequent_first(pages: dict[str, Element]) -> None:
    table = rows(pages["index.html"].one("table", "by-rule"))
    assert table[0] == ["The article lacks a headline, a date or a source", "metadata-missing", "1", "2", "1", "–"]
    assert table[-1] == ["Numbers set in two ways", "number-style", "1", "–", "–", "1"]
    assert len(table) == 19


def test_the_matrix_has_a_column_a_family_and_a_row_an_article_with_findings(pages: dict[str, Element]) -> None:
    table = pages["index.html"].one("table", "matrix")
    heads = [cell.text().lower() for cell in table.one("thead").all("th")]
    assert heads == ["article", *FAMILIES]
    assert [row[1:] for row in rows(table)] == [
        ["1", "2", "2", "2", "2", "·", "·", "·", "1"],
        ["·", "·", "·", "2", "·", "2", "1", "1", "1"],
        ["3", "·", "·", "·", "·", "·", "·", "·", "·"],
        ["·", "·", "·", "·", "·", "·", "1", "·", "·"],
    ]


def test_rejected_files_are_named_with_the_reason(pages: dict[str, Element]) -> None:
    listed = pages["index.html"].one("dl", "rejected")
    assert listed.one("dt").text() == "2026-03-10-tide.txt"
    assert listed.one("dd").text() == "line 3: byte 0xe5 is not UTF-8; save the file as UTF-8"


# ---- an article ----


@pytest.mark.parametrize("file", FILES)
def test_the_text_stands_as_published(pages: dict[str, Element], file: str) -> None:
    made = report()
    identifier = file.rsplit(".", 1)[0]
    page = pages[f"articles/{identifier}.html"]
    assert [text.text(without=("sup",)) for text in page.all(cls="text")] == [
        made.texts[identifier][start:end] for _, start, end in made.blocks[identifier]
    ]
    assert [passage.attributes["class"].split()[1] for passage in page.all("div", "passage")] == [
        kind for kind, _, _ in made.blocks[identifier]
    ]


def test_the_headline_is_the_only_first_heading(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        assert len(page.all("h1")) == 1, name
    assert pages["articles/opinion.html"].one("h1").text() == OPINION


def test_findings_are_marked_with_a_letter_and_a_kind_of_line(storm: Element) -> None:
    labels = [label.text() for label in storm.one("article", "sheet").all("sup")]
    assert labels == ["W1", "E2", "N3", "W4", "N6", "E5", "E7", "E8", "E9", "E10", "W11"]
    weekday = remark(storm, "E2")
    assert {"error"} == weekday.classes - {"remark"}
    assert words_of(storm, weekday.attributes["data-place"]) == "Thursday, February 27, 2026"


def test_overlapping_findings_each_keep_all_their_words(storm: Element) -> None:
    outer, inner = remark(storm, "E5"), remark(storm, "N6")
    assert words_of(storm, outer.attributes["data-place"]) == "NOK 40 million, 25 per cent of the NOK 120 million"
    assert words_of(storm, inner.attributes["data-place"]) == "25 per cent"
    (within,) = storm.all("mark", data_place=inner.attributes["data-place"])
    assert within.parent is not None
    assert within.parent.attributes["data-place"] == outer.attributes["data-place"]
    assert within.classes == {"note", "lane-1"}
    assert within.parent.classes == {"error", "lane-0"}


def test_a_note_says_what_is_wrong_and_what_to_do(storm: Element) -> None:
    note = remark(storm, "E2")
    assert note.one("p", "message").text() == "“Thursday, February 27, 2026”: 27 February 2026 was a Friday."
    assert note.one("p", "suggestion").text() == "Write Friday, or correct the date."
    assert note.one("a", "rule").attributes["href"] == "../rules.html#weekday-mismatch"
    assert note.one("a", "label").attributes["aria-label"] == "error 2, to the words"


def test_witnesses_are_quoted_in_their_sentence_with_a_link_to_the_words(
    pages: dict[str, Element], inquiry: Element
) -> None:
    evidence = remark(inquiry, "E1").one("ul", "evidence")
    assert [quoted.text() for quoted in evidence.all("blockquote")] == [
        "The breakwater, a NOK 310 million work finished only four years ago, was to stand for a century.",
        "The NOK 310 million breakwater fell in the storm of 26 February.",
        "The breakwater at Skarvik, all 310 million kroner of it, was drawn, paid for and signed off by people.",
    ]
    assert [words.text() for words in evidence.all("b")] == ["NOK 310 million", "NOK 310 million", "310 million kroner"]
    assert [link.text() for link in evidence.all("a")] == [STORM_TITLE, FERRY_TITLE, OPENING]
    for words, link in zip(evidence.all("b"), evidence.all("a"), strict=True):
        file, place = link.attributes["href"].split("#")
        assert words_of(pages[f"articles/{file}"], place) == words.text()


def test_witnesses_in_the_same_article_say_where_they_are(storm: Element) -> None:
    links = remark(storm, "N3").one("ul", "evidence").all("a")
    assert [link.text() for link in links] == ["Earlier in this article", "Further on in this article"]
    assert [words_of(storm, link.attributes["href"][1:]) for link in links] == ["27 February 2026", "March 12th"]


def test_words_that_are_evidence_elsewhere_say_for_what(storm: Element) -> None:
    cited = storm.all("li", "cited")
    assert [(note.one("p", "words").text(), note.one("a").text().removesuffix(INQUIRY_TITLE)) for note in cited] == [
        ("Captain Aud Lien", "E2 "),
        ("NOK 310 million", "E1 "),
        ("“We built it for the sea that we knew,”", "W3 "),
        ("Coastal Works Agency (CWA)", "W5 "),
        ("11 were damaged", "E4 "),
        ("Tor Halvorsen", "N7 "),
    ]


def test_many_witnesses_are_folded(tmp_path: Path) -> None:
    files = {f"{n:03}.txt": f"The quay number {n} is 40 metres long.\n" for n in range(100)}
    conflict = At("000.txt", "40 metres"), [At(f"{n:03}.txt", "40 metres") for n in range(1, 100)]
    page = read(
        write_one(tmp_path, files, [("figure-conflict", "error", *conflict, "A.", "B.", {})]) / "articles/000.html"
    )
    shown, folded = page.all("ul", "evidence")
    assert len(shown.all("li")) == WITNESSES_SHOWN
    assert len(folded.all("li")) == WITNESSES_FOLDED
    assert page.one("summary").text() == "96 more places"
    assert page.one("p", "rest").text() == "and 36 places not quoted here."


def test_waived_findings_are_folded_and_not_counted(storm: Element) -> None:
    note = remark(storm, "E9")
    fold = note.one("details")
    assert "open" not in fold.attributes
    assert " ".join(fold.one("summary").text().split()) == "E9 Waived rank-title-conflict"
    assert fold.one("p", "waiver").text() == "The manager asked not to be named; desk, 1 March."
    assert fold.one("p", "message").text() == "A title without a person."
    about = storm.one("header", "about")
    assert [" ".join(p.text().split()) for p in about.all("p", "facts")][1] == "5 errors, 3 warnings, 2 notes 1 waived"


def test_a_disputed_fact_has_a_page_with_its_values_and_where_they_stand(pages: dict[str, Element]) -> None:
    page = pages["facts/breakwater-value.html"]
    assert page.one("h1").text() == "Breakwater: value"
    sides = {side.one("h2").text(): side.all("li") for side in page.all("section", "side")}
    assert [" ".join(side.split()) for side in sides] == [
        "NOK 310 million 3 articles, favoured",
        "NOK 285 million 1 article",
    ]
    (statement,) = list(sides.values())[1]
    assert statement.one("b").text() == "NOK 285 million"
    assert statement.one("a").text() == f"{INQUIRY_TITLE}, 3 March 2026"
    assert page.one("img").attributes["src"] == "breakwater-value.svg"
    assert page.one("header", "about").all("a")[0].text().endswith("One thing, two values")


def test_facts_are_listed_and_their_findings_lead_to_them(pages: dict[str, Element], inquiry: Element) -> None:
    assert rows(pages["facts.html"].one("table", "by-fact")) == [
        ["Breakwater: value", "NOK 310 million ×3; NOK 285 million", "4"],
        ["Aud Lien: title", "Captain ×2; Commander", "3"],
    ]
    links = [note.all("a")[-1].attributes["href"] for note in inquiry.all("p", "corpus")]
    assert links == ["../facts/breakwater-value.html", "../facts/aud-lien-title.html"]


def test_without_disputed_facts_there_is_no_page_of_facts(tmp_path: Path) -> None:
    made = report()
    index = write(*made._replace(facts=()), tmp_path / "report")
    assert not (index.parent / html.FACTS).exists()
    assert html.FACTS not in index.read_text(encoding="utf-8")


def test_articles_lead_to_their_neighbours(pages: dict[str, Element]) -> None:
    articles = {name.removeprefix("articles/"): page for name, page in pages.items() if name.startswith("articles/")}
    files = list(articles)
    for rel, missing, expected in (("prev", files[0], files[:-1]), ("next", files[-1], files[1:])):
        assert not articles[missing].all("a", rel=rel)
        others = [page for file, page in articles.items() if file != missing]
        assert [{link.attributes["href"] for link in page.all("a", rel=rel)} for page in others] == [
            {e} for e in expected
        ]


# ---- the rules ----


def test_the_rules_have_their_help_and_what_they_found(pages: dict[str, Element]) -> None:
    page = pages["rules.html"]
    assert [rule.attributes["id"] for rule in page.all("article", "rule")] == list(report().rules)
    rule = page.one("article", id="weekday-mismatch")
    assert rule.one("h3").text() == "The weekday does not fit the date"
    assert [heading.text() for heading in rule.all("h4")] == [
        "What it checks", "Why it matters", "Fires on", "Stays silent on", "Limits",
    ]  # fmt: skip
    assert rule.one("em").text() == "stated"
    assert "which are the speaker’s" in rule.text()
    assert rule.one("summary").text() == "Found 1 time"
    assert rule.one("a", "label").attributes["href"].startswith("articles/2026-02-27-breakwater.html#f-")
    assert page.one("article", id="rank-title-conflict").one("summary").text() == "Found 1 time, 1 more waived"
    assert page.one("article", id="encoding-damage").one("p", "found").text() == "Nothing found."


def test_markup_in_a_rule_document_is_shown() -> None:
    prose = environment().filters["prose"]("<b>x</b> [y](javascript:alert(1))")
    assert prose == "<p>&lt;b&gt;x&lt;/b&gt; [y](javascript:alert(1))</p>\n"


# ---- sound pages ----


def test_every_link_leads_to_something(folder: Path, pages: dict[str, Element]) -> None:
    ids = {name: [e.attributes["id"] for e in page.walk() if "id" in e.attributes] for name, page in pages.items()}
    for name, page in pages.items():
        assert len(ids[name]) == len(set(ids[name])), f"{name}: an id stands twice"
        for element in page.walk():
            for attribute in ("href", "src", "aria-labelledby"):
                if attribute not in element.attributes:
                    continue
                target = element.attributes[attribute]
                file, _, place = (f"#{target}" if attribute == "aria-labelledby" else target).partition("#")
                path = (folder / name).parent / file if file else folder / name
                assert path.is_file(), f"{name}: {target}"
                if place:
                    assert place in ids[path.resolve().relative_to(folder.resolve()).as_posix()], f"{name}: {target}"


def test_pages_allow_nothing_but_the_report_s_own_files(folder: Path, pages: dict[str, Element]) -> None:
    for page in pages.values():
        (policy,) = [e for e in page.all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy"]
        assert policy.attributes["content"] == (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            "base-uri 'none'; form-action 'none'"
        )
        assert_tame(page)
    for asset in html.ASSETS:
        assert not re.search(r"https?:|url\(|@import", (folder / asset).read_text())


def assert_tame(page: Element) -> None:
    """No script but the report's, no picture but a plot, no style or handler in place, no address outside."""
    assert all(re.fullmatch(r"[a-z0-9_-]+\.svg", image.attributes["src"]) for image in page.all("img"))
    assert [script.attributes["src"].removeprefix("../") for script in page.all("script")] == ["report.js"]
    assert not {element.tag for element in page.walk()} & {
        "iframe",
        "object",
        "embed",
        "style",
        "form",
        "base",
        "svg",
    }
    for element in page.walk():
        for name, value in element.attributes.items():
            assert not name.startswith("on"), f"{name}={value}"
            assert name != "style"
            if name in {"href", "src"}:
                assert not re.match(r"[a-zA-Z][\w+.-]*:|//", value), value


def test_landmarks_are_there_and_named_apart(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        assert page.one("main").attributes["id"] == "main", name
        assert page.all("a")[0].attributes["href"] == "#main", name
        labels = [nav.attributes["aria-label"] for nav in page.all("nav")]
        assert len(labels) == len(set(labels)), name


def test_the_same_findings_make_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    made = report()
    again = made._replace(texts=dict(reversed(made.texts.items())), blocks=dict(reversed(made.blocks.items())))
    other = write(*again, tmp_path / "report").parent
    for path in folder.rglob("*"):
        if path.is_file():
            assert (other / path.relative_to(folder)).read_bytes() == path.read_bytes(), path


COLOURS = {
    "light": r":root \{(.*?)\}",
    "dark": r"@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}",
}


@pytest.mark.parametrize("scheme", COLOURS)
@pytest.mark.parametrize("colour", ["ink", "soft", "link", "error", "warning", "note"])
@pytest.mark.parametrize("ground", ["paper", "raised"])
def test_text_stands_out_from_its_ground(scheme: str, colour: str, ground: str) -> None:
    """WCAG 2.2, AA: a contrast of 4.5 to 1."""
    css = (Path(html.__file__).parent / "templates/report.css").read_text()
    block = re.search(COLOURS[scheme], css, re.DOTALL)
    assert block is not None
    values = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block[1]))
    lighter, darker = sorted((luminance(values[colour]), luminance(values[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# ---- hostile articles ----


def test_markup_in_an_article_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    name = 'a"><script>alert(1)<_script>.txt'
    text = f"{HOSTILE}\n\nA line that says {HOSTILE} and then says it once more, {HOSTILE}, to be sure of it all.\n"
    script, handler, whole = At(name, "<script>", 1), At(name, "onerror", 2), At(name, HOSTILE, 2)
    given = [
        ("web-chrome", "error", script, [handler], HOSTILE, HOSTILE, {"field": HOSTILE}),
        ("duplicate-text", "note", whole, [], HOSTILE, HOSTILE, {"status": "waived", "waiver": HOSTILE}),
    ]
    made = report({name: text}, given, rejected=[(HOSTILE, HOSTILE)])
    (article,) = made.document.articles
    made = made._replace(document=replace(made.document, articles=(replace(article, headline=HOSTILE),)))
    folder = write(*made, tmp_path / "report").parent
    paths = sorted(folder.rglob("*.html"))
    assert [path.name for path in paths] == ["a-script-alert-1-_script.html", "index.html", "rules.html"]
    for path in paths:
        assert_tame(read(path))
    page = read(paths[0])
    assert [t.text(without=("sup",)) for t in page.all(cls="text")] == [HOSTILE, text.splitlines()[2]]
    assert page.one("p", "waiver").text() == HOSTILE


def test_characters_that_cannot_be_seen_are_named(tmp_path: Path) -> None:
    name, line = "unseen.txt", "and goes on for long enough to be a paragraph, as the lines of an article mostly do."
    given = [("encoding-damage", "note", At(name, "gnorw"), [], DIRECTIONS, "", {})]
    made = report(
        {name: f"A headline {DIRECTIONS}\n\nThis says {DIRECTIONS} {line}\n"}, given, [(DIRECTIONS, DIRECTIONS)]
    )
    folder = write(*made, tmp_path / "report").parent
    unseen = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
    for path in folder.rglob("*.html"):
        assert not unseen.search(path.read_text(encoding="utf-8"))
    page = read(folder / "articles/unseen.html")
    assert "".join(name.text() for name in page.one("p", "text").all("span", "unseen")) == (
        "U+202EU+202CU+200FU+2066U+200BU+00ADU+FEFFU+0001U+0007U+001BU+0085U+2028"
    )


def test_joiners_that_writing_needs_are_left_alone(tmp_path: Path) -> None:
    text = "می\u200cخواهم 👩\u200d🚒"
    page = read(write_one(tmp_path, {"persian.txt": text}) / "articles/persian.html")
    assert page.one(cls="text").text() == text


def test_a_megabyte_on_one_line_with_thousands_of_findings(tmp_path: Path) -> None:
    text = "brackets ( " * 100_000
    made = report({"long.txt": text}, [("web-chrome", "error", At("long.txt", "("), [], "M.", "S.", {})])
    (first,) = made.document.findings
    findings = tuple(
        replace(
            first,
            id=f"{number:016x}",
            spans=(replace(first.anchor, start=at, end=at + 1), replace(first.anchor, start=at, end=len(text) - 1)),
        )
        for number in range(5_000)
        for at in [9 + 11 * number]
    )
    document: Findings = replace(made.document, findings=findings)
    folder = write(*made._replace(document=document), tmp_path / "report").parent
    assert len(parse((folder / "articles/long.html").read_text()).all("li", "remark")) == 5_000


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (["2026_a-b", "Été à Paris", "x/y.txt"], ["2026_a-b", "ete-a-paris", "x-y-txt"]),
        (["..", "東京", ""], ["article", "article-2", "article-3"]),
        (["a b", "A-B", "a-b-2", "a!b"], ["a-b", "a-b-2", "a-b-2-2", "a-b-3"]),
        (["con", "COM1", "console"], ["article-con", "article-com1", "console"]),
        (["x" * 300, "x" * 300], ["x" * 60, "x" * 60 + "-2"]),
    ],
)
def test_file_names_are_safe_and_differ(ids: list[str], names: list[str]) -> None:
    assert slugs(ids) == names


# ---- where it is written ----


def test_a_report_is_replaced_whole(tmp_path: Path) -> None:
    write_one(tmp_path, {"old.txt": "Old words.\n"})
    folder = write_one(tmp_path, {"new.txt": "New words.\n"})
    assert [path.name for path in (folder / "articles").iterdir()] == ["new.html"]
    assert list(tmp_path.iterdir()) == [folder]


def test_an_empty_folder_and_missing_parents_will_do(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    write_one(tmp_path, {"a.txt": "Words.\n"})
    assert write(*report(), tmp_path / "some/where/report") == tmp_path / "some/where/report/index.html"


def test_a_link_to_a_report_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "report").symlink_to(tmp_path / "elsewhere")
    for name in ("old", "new"):
        write_one(tmp_path, {f"{name}.txt": "Words.\n"})
    assert (tmp_path / "report").is_symlink()
    assert [path.name for path in (tmp_path / "elsewhere/articles").iterdir()] == ["new.html"]


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "report"
    mine.mkdir()
    (mine / "index.html").write_text("mine")
    with pytest.raises(ReportFolderError, match="holds other files than a report; name a new or empty folder"):
        write(*report(), mine)
    assert [path.read_text() for path in mine.iterdir()] == ["mine"]
    assert list(tmp_path.iterdir()) == [mine]


def test_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("mine")
    with pytest.raises(ReportFolderError, match="a file; name a folder"):
        write(*report(), tmp_path / "report")


def test_a_report_that_fails_leaves_the_former_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_one(tmp_path, {"old.txt": "Old words.\n"})

    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(html.shutil, "copyfile", fail)
    with pytest.raises(OSError, match="no space left"):
        write_one(tmp_path, {"new.txt": "New words.\n"})
    assert [path.name for path in (folder / "articles").iterdir()] == ["old.html"]
    assert list(tmp_path.iterdir()) == [folder]


# ---- a real audit ----


def test_an_audit_s_findings_make_a_report(tmp_path: Path) -> None:
    line = "The quay at Skarvik closes on Monday, 3 March 2026, the harbour master told the owners of the boats."
    audit = audit_of({"quay.txt": f"The quay closes\n\n{line}\n"}, ["weekday-mismatch"])
    texts = dict(zip(audit.tables["texts"]["article_id"], audit.tables["texts"]["text"], strict=True))
    blocks = {"quay": [(row.kind, row.start, row.end) for row in audit.tables["blocks"].itertuples()]}
    index = write(audit.findings, texts, blocks, catalogue(), (), tmp_path / "report")
    assert read(index).one("h1").text() == "1 article, 1 finding: 1 error."
    page = read(index.parent / "articles/quay.html")
    assert words_of(page, remark(page, "E1").attributes["data-place"]) == "Monday, 3 March 2026"
