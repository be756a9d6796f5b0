"""The findings as a spreadsheet: a row a finding to sort, filter and hand out, and a sheet of the articles.

Cells hold text and numbers only: what an article says is never a formula nor a link.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from audits.findings import Finding, Findings, Span
from audits.reports.telling import reason
from audits.reports.text import visible
from expectations.catalogue import SEVERITIES

# Column and its width, in characters.
FINDINGS = (
    *(("severity", 10), ("rule", 24), ("status", 9), ("article", 28), ("line", 6), ("words", 40), ("message", 60)),
    *(("what to do", 40), ("evidence", 60), ("reason", 30), ("id", 18)),
)
ARTICLES = (("article", 28), ("headline", 60), ("published", 12), ("words", 8), *((f"{s}s", 9) for s in SEVERITIES))
CELL = 32_767  # characters, the most that a cell may hold
SAME_DAY = datetime(1980, 1, 1)  # for the same bytes from the same findings

Row = Sequence[str | int]


def render(document: Findings) -> bytes:
    """The workbook."""
    stream = BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with Workbook(stream, safe) as book:
        book.set_properties({"title": "Corrigenda findings", "created": SAME_DAY})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        _sheet(book, "Findings", FINDINGS, map(_finding, document.findings), bold, wrapped)
        _sheet(book, "Articles", ARTICLES, _articles(document), bold, wrapped)
    return stream.getvalue()


def _sheet(
    book: Workbook, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Row], bold: Format, wrapped: Format
) -> None:
    sheet = book.add_worksheet(name)
    for at, (column, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, column, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(last, at, value, wrapped)
            else:
                sheet.write_string(last, at, visible(value)[:CELL], wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _finding(finding: Finding) -> Row:
    anchor = finding.anchor
    evidence = "; ".join(f"{_place(witness)}: {witness.text}" for witness in finding.spans[1:])
    return (
        *(finding.severity, finding.rule, finding.status, anchor.path, anchor.line, anchor.text, finding.message),
        *(finding.suggestion, evidence, reason(finding), finding.id),
    )


def _place(span: Span) -> str:
    return f"{span.path}:{span.line}"


def _articles(document: Findings) -> Iterator[Row]:
    open_: Counter[tuple[str, str]] = Counter(
        (f.anchor.article, f.severity) for f in document.findings if f.status == "open"
    )
    for article in document.articles:
        counts = (open_[article.id, severity] for severity in SEVERITIES)
        yield article.path, article.headline or "", article.published_at or "", article.words, *counts
