"""The findings as Markdown, for a pull request or a mail: what is open, by article, the worst first.

What an article says is never markup here, and calls nobody: `@name` and `#12` are broken up, for a page that turns them
into mentions and links.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from audits.findings import AuditedArticle, Finding, Findings, Span
from audits.reports.telling import reason, unsettled
from audits.reports.text import LAPSED, closing, judgement, visible
from expectations.catalogue import SEVERITIES

LONGEST = 160  # characters of an article that are quoted at once
WITNESSES = 3  # quoted of a finding's
MARKS = {"error": "🔴", "warning": "🟡", "note": "🔵"}  # beside the word: colour alone tells nobody

_MARKUP = re.compile(r"([\\`*_\[\]<~&])")  # what is markup inside a line
_CALLS = re.compile(r"([@#])(?=\w)")


def render(document: Findings) -> str:
    """The document with a final newline; an article's findings are in order of place. At the gate, those that are
    settled are left out, and what the change has mended is told."""
    parts = (_head(document), _articles(document), _fixed(document), _lapsed(document), _rejected(document))
    return "\n".join(line for part in parts for line in part)


def plain(text: str) -> str:
    """The text so that Markdown shows it as it is, on one line."""
    return _CALLS.sub(r"\1<!-- -->", _MARKUP.sub(r"\\\1", visible(text)))


def _head(document: Findings) -> Iterator[str]:
    if document.verdict:
        *asides, verdict = judgement(document, document.verdict)
        yield from (f"## Corrigenda: {plain(verdict)}", "", *map(plain, asides))
    else:
        yield f"## Corrigenda: {closing(document, unsettled(document))}"
    yield ""


def _articles(document: Findings) -> Iterator[str]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in unsettled(document) if document.verdict else document.findings:
        found[finding.anchor.path].append(finding)
    articles = {article.path: article for article in document.articles}
    for path in sorted(found, key=lambda path: (_weight(found[path]), path)):
        yield f"### {_titled(articles[path])}"
        yield ""
        for finding in found[path]:
            yield from _finding(finding)
        yield ""


def _weight(findings: list[Finding]) -> list[int]:
    return [-sum(f.severity == severity and f.status == "open" for f in findings) for severity in SEVERITIES]


def _titled(article: AuditedArticle) -> str:
    return f"{plain(_cut(article.headline))} · {_code(article.path)}" if article.headline else _code(article.path)


def _finding(finding: Finding) -> Iterator[str]:
    settled = "" if finding.status == "open" else f" ({finding.status}: {plain(reason(finding))})"
    line = (
        f"{MARKS[finding.severity]} **{finding.severity}** {_code(finding.rule)} line {finding.anchor.line}{settled}:"
    )
    yield f"- {line} {plain(finding.message)}"
    yield f"  {_quoted(finding.anchor)}"
    if finding.suggestion:
        yield f"  → {plain(finding.suggestion)}"
    witnesses = finding.spans[1:]
    for witness in witnesses[:WITNESSES]:
        yield f"  - {_code(f'{witness.path}:{witness.line}')} {_quoted(witness)}"
    if len(witnesses) > WITNESSES:
        yield f"  - and {len(witnesses) - WITNESSES} more"


def _quoted(span: Span) -> str:
    return f"“{plain(_cut(span.text))}”"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _code(text: str) -> str:
    """A code span that no backtick ends, in which nothing is markup."""
    shown = visible(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    return f"{fence} {shown} {fence}" if "`" in shown else f"`{shown}`"


def _fixed(document: Findings) -> Iterator[str]:
    if document.verdict and document.verdict.fixed:
        yield "### Fixed"
        yield ""
        yield from (f"- {_code(f.path)} {_code(f.rule)}: “{plain(_cut(f.text))}”" for f in document.verdict.fixed)
        yield ""


def _lapsed(document: Findings) -> Iterator[str]:
    lapsed = [waiver for waiver in document.waivers if waiver.state in LAPSED]
    if lapsed:
        yield "### Waivers that no longer hold"
        yield ""
        yield from (f"- line {w.line}, {_code(w.rule)}: {LAPSED[w.state]}: “{plain(_cut(w.words))}”" for w in lapsed)
        yield ""


def _rejected(document: Findings) -> Iterator[str]:
    if document.rejected:
        yield "### Not read"
        yield ""
        yield from (f"- {_code(file.path)}: {plain(file.reason)}" for file in document.rejected)
        yield ""
