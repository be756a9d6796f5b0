"""The five articles that ship with Corrigenda: what an editor must be told, once each."""

from functools import cache
from pathlib import Path

import pytest

from audits.findings import Finding
from expectations.catalogue import catalogue
from pipelines.audit import Audit, audit
from pipelines.reading import read_corpus

ROOT = Path(__file__).parents[1]


@cache
def audited() -> Audit:
    rules = {name: rule for name, rule in catalogue().items() if rule.default}
    return audit(read_corpus([ROOT / "seeds"], ROOT), rules)


def found(rule: str, article: str, words: str) -> list[Finding]:
    """The findings of a rule in an article whose anchor holds the words."""
    return [
        finding
        for finding in audited().findings.findings
        if finding.rule == rule and finding.anchor.article.startswith(article) and words in finding.anchor.text
    ]


@pytest.mark.parametrize(
    ("rule", "article", "words"),
    [
        ("valuation-conflict", "003", "USD 65 billion"),
        ("duplicate-text", "000", "Islamabad for improved security arrangements"),
        ("stray-entity", "000", "Russia"),
        ("placeholder-unresolved", "004", "[Name]"),
        ("acronym-conflict", "003", "Baloch Liberation Army"),
        ("source-conflict", "001", "Reuters"),
        ("date-ambiguous", "002", "10/01/2026"),
        ("quote-variant", "00", "all-weather strategic"),
        ("citation-residue", "000", "The Guardian +2; Reuters +2"),
        ("citation-residue", "000", "[Sources]"),
        ("citation-residue", "000", "[source: Business Recorder]"),
        ("malformed-url", "000", "En.wikipedia.org/wikipedia/NEWSSECTION=NACTA"),
        ("dangling-parenthetical", "000", "(for example)"),
        ("repeated-citation", "000", "Khyber News"),
        ("web-chrome", "002", "avatar"),
        ("web-chrome", "003", "2 mins read"),
        ("web-chrome", "003", "Leave a Reply"),
        ("date-unanchored", "004", "Friday"),
        ("date-unanchored", "000", "this week"),
        ("spelling-mixed", "000", ""),
    ],
)
def test_finds_once(rule: str, article: str, words: str) -> None:
    assert len(found(rule, article, words)) == 1


def test_the_valuations_stand_side_by_side() -> None:
    [finding] = found("valuation-conflict", "003", "USD 65 billion")
    assert (finding.severity, finding.scope) == ("error", "cross")
    assert [(span.article[:3], span.text, span.role) for span in finding.spans] == [
        ("003", "USD 65 billion", "anchor"),
        ("000", "$62 billion", "witness"),
    ]


def test_the_clause_that_stands_three_times_is_one_finding() -> None:
    [finding] = found("duplicate-text", "000", "Islamabad for improved security arrangements")
    assert len(finding.spans) == 3


def test_the_ranks_clash_across_articles() -> None:
    [finding] = [f for f in audited().findings.findings if f.rule == "rank-title-conflict"]
    assert {span.article[:3] for span in finding.spans} == {"000", "003"}
    assert any("Field Marshal" in span.text for span in finding.spans)
    assert any(span.text.startswith("General") for span in finding.spans)


@pytest.mark.parametrize(
    ("article", "field"),
    [("000", "headline"), ("000", "date"), ("001", "headline"), ("001", "date"), ("004", "headline"), ("004", "date")],
)
def test_missing_metadata(article: str, field: str) -> None:
    assert [f.field for f in found("metadata-missing", article, "") if f.field == field] == [field]


def test_no_defect_is_reported_twice() -> None:
    """No two findings of one anchor, but those that RULES allow to stand together."""
    together = {
        frozenset({"citation-residue", "repeated-citation"}),
        frozenset({"metadata-missing"}),
        frozenset({"number-style", "valuation-conflict"}),  # how a sum is written, and whether it is right
        frozenset({"number-style", "attribution-missing"}),  # and whose statement it stands in
    }
    findings = audited().findings.findings
    for one in findings:
        for other in findings:
            if (
                one is other
                or one.anchor.article != other.anchor.article
                or "metadata-missing" in {one.rule, other.rule}
            ):
                continue
            overlap = one.anchor.start < other.anchor.end and other.anchor.start < one.anchor.end
            assert not overlap or frozenset({one.rule, other.rule}) in together, (one, other)


def test_every_span_is_the_words_of_its_file() -> None:
    for finding in audited().findings.findings:
        for span in finding.spans:
            with (ROOT / span.path).open(encoding="utf-8", newline="") as file:
                text = file.read()
            assert text[span.start : span.end] == span.text
            before = text[: span.start]
            assert span.line == before.count("\n") + 1
            assert span.column == span.start - (before.rfind("\n") + 1) + 1
