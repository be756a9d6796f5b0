"""The Markdown summary: its text, and that nothing an article says is markup in it."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from audits.findings import Findings
from audits.reports import markdown

GOLDEN = Path(__file__).parent / "golden"


def test_report(document: Findings) -> None:
    assert markdown.render(document) == (GOLDEN / "findings.md").read_text(encoding="utf-8")


def test_the_worst_article_comes_first(document: Findings) -> None:
    rendered = markdown.render(document)
    first = next(line for line in rendered.splitlines() if line.startswith("### "))
    assert "bridge.txt" in first


def test_a_waived_finding_says_why(document: Findings) -> None:
    waived = replace(document.findings[0], status="waived", waiver="Agreed.")
    assert "(waived: Agreed.)" in markdown.render(replace(document, findings=(waived,)))


def test_what_the_baseline_holds_is_said_to_be(document: Findings) -> None:
    known = replace(document.findings[0], status="known")
    assert "(known: Held by the baseline.)" in markdown.render(replace(document, findings=(known,)))


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40))
def test_whatever_an_article_says_is_shown_as_it_is(words: str) -> None:
    [paragraph] = [
        t for t in MarkdownIt("commonmark", {"html": False}).parse(f"x {markdown.plain(words)}") if t.children
    ]
    shown = "".join(child.content for child in paragraph.children or ())
    assert shown.replace("<!-- -->", "") == f"x {words}"


def test_nobody_is_called() -> None:
    assert markdown.plain("@editor sees #12") == "@<!-- -->editor sees #<!-- -->12"
