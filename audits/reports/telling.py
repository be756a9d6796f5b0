"""What the formats for machines have in common: which findings count, and how one is told in a line."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from audits.findings import Finding, Findings, Span
from audits.fixes import is_own_text
from audits.reports.passages import shorten
from audits.reports.text import visible

QUOTED = 160  # characters of an article that are quoted at once
OWN_TEXT = (".txt", ".md")  # files that are their own text, where an article is only a witness
BASELINE = "Held by the baseline."


def unsettled(document: Findings) -> list[Finding]:
    """The findings that are neither waived nor held by the baseline."""
    return [finding for finding in document.findings if finding.status == "open"]


def told(finding: Finding) -> str:
    """What is wrong and what to do, on one line."""
    return visible(f"{finding.message} {finding.suggestion}".strip())


def quoted(span: Span) -> str:
    """The words of a span, cut where they are many."""
    return f"“{visible(shorten(span.text, QUOTED))}”"


def reason(finding: Finding) -> str:
    """Why a finding that is not open does not count; nothing of one that does."""
    return visible(finding.waiver or (BASELINE if finding.status == "known" else ""))


def numbered(findings: Iterable[Finding]) -> Iterator[tuple[Finding, int]]:
    """Each finding with its ordinal, from 0, among those of the same words in the same article."""
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        key = finding.anchor.article, finding.fingerprint or finding.id
        yield finding, seen[key]
        seen[key] += 1


def kept(document: Findings, texts: Mapping[str, str]) -> frozenset[str]:
    """The articles that findings are about, by id, whose text is an extraction from the file (of Word, HTML, JSON):
    lines and columns in it are none of the file, and nothing can be written there."""
    hashes = {article.id: article.sha256 for article in document.articles}
    spans = {span.article: span for finding in document.findings for span in finding.spans}

    def own(span: Span) -> bool:
        if span.article in hashes:
            return is_own_text(texts[span.article], hashes[span.article])
        return span.path.lower().endswith(OWN_TEXT)

    return frozenset(article for article, span in spans.items() if not own(span))


def whereabouts(span: Span) -> str:
    """Where the words stand in a text that is not the file."""
    return f"Line {span.line} of its text: {quoted(span)}."
