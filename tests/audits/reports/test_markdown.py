"""The Markdown summary: its text, and that nothing an article says is markup in it."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from audits.findings import Findings, PastFinding, Verdict
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


def test_at_the_gate_the_verdict_stands_first_and_what_counts_follows(document: Findings) -> None:
    mended = PastFinding("f1", "repeated-word", "warning", "open", "road", "news/road.txt", "*the* the")
    verdict = Verdict(
        "main",
        ("news/bridge.txt",),
        blocked=True,
        blocking=("00000000000000a1",),
        tolerated=0,
        fixed=(mended,),
        gone=(7,),
    )
    rendered = markdown.render(replace(document, verdict=verdict))
    first, _, baseline, *_ = rendered.splitlines()
    assert first.startswith("## Corrigenda: Blocked: 1 article against main: 1 error, 1 warning")
    assert "line 7" in baseline
    assert "weekday-mismatch" in rendered
    assert "placeholder-unresolved" not in rendered
    assert "- `news/road.txt` `repeated-word`: “\\*the\\* the”" in rendered


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
