"""A findings document of articles that mean ill: what they and their files are called must stay words everywhere."""

from dataclasses import replace
from hashlib import sha256

from audits.findings import AuditedArticle, Edit, Finding, Findings, Rejection, Span
from audits.positions import Positions
from expectations.catalogue import SECTIONS, Check, Rule, Scope, Severity

TEXTS = {
    "quay": (
        "\ufeff😀 Quay\r\n\r\nOn Friday, 5 March 2025, 😀 the quay opened.\r\n"
        "::error::gone %0A::warning::\u202eסוף\u2069 <script>alert(1)</script>\r"
        'It cost =cmd()|"/C calc"!A0 at first.\n'
    ),
    "dock": (
        "Dock\n\nThe dock {0} [cost](javascript:x) $9 million\x1b[31m.\n##[error]The dock cost, 'so', $7 million.\n"
    ),
    "pier": "-1 piers\n\n@SUM(1) went.\nSo did @SUM(1). cafe\u0301 TBC\n",
    "calm": "Calm\n",
}
PATHS = {
    "quay": "news/a b#%,::error::\n'quay'.txt",
    "dock": "-dock\\xff.txt",
    "pier": "=pier&\"<i>'.txt",
    "calm": "calm.txt",
}


def rule(name: str, severity: Severity, title: str) -> Rule:
    check = Check(
        scope="within", severity=severity, table="marks", expectation="e", arguments={}, message="", suggestion=""
    )
    sections = dict.fromkeys(SECTIONS, "Slots such as `{name}` and `[link](there)`.")
    document = f"# {title}\n\n## What it checks\n\nSlots such as `{{name}}`."
    return Rule(name=name, family="dates", title=title, checks=(check,), sections=sections, document=document)


RULES = {
    made.name: made
    for made in (
        rule("number-style", "note", "A number's style"),
        rule("valuation-conflict", "error", "Two sums [of] {one} thing"),
        rule("weekday-mismatch", "error", "The weekday does not fit"),
        rule("spelling-mixed", "warning", "Mixed spellings"),
    )
}


def span(article: str, words: str, role: str = "anchor", after: int = 0) -> Span:
    text = TEXTS[article]
    start = text.index(words, after)
    positions = Positions(text)
    place = (positions.line(start), positions.column(start))
    return Span(article, PATHS[article], start, start + len(words), words, *place, role)


def finding(number: int, named: str, severity: Severity, *spans: Span, scope: Scope = "within") -> Finding:
    return Finding(
        id=f"{number:016x}",
        rule=named,
        severity=severity,
        scope=scope,
        field=None,
        fact=None,
        status="open",
        message=f"“{spans[0].text}” is wrong, 100%0A.",
        suggestion="Mend it.",
        fixable=False,
        waiver=None,
        spans=spans,
        fingerprint=f"f{number % 4:015x}",
    )


def document() -> Findings:
    friday = span("quay", "Friday")
    conflict = finding(
        2, "valuation-conflict", "error", span("dock", "$9 million\x1b[31m"), span("dock", "$7 million", "witness")
    )
    at = span("pier", "@SUM(1)")
    found = (
        replace(conflict, spans=(*conflict.spans, span("quay", "=cmd()", "witness")), scope="cross", novelty="known"),
        replace(finding(5, "number-style", "note", span("pier", "-1")), status="known"),
        finding(6, "number-style", "note", at),
        finding(10, "number-style", "note", span("pier", "@SUM(1)", after=at.end)),
        replace(
            finding(1, "weekday-mismatch", "error", friday),
            edits=(Edit(friday.start, friday.end, "Wednesday"),),
            fixable=True,
            novelty="new",
        ),
        finding(3, "spelling-mixed", "warning", span("quay", "::error::gone %0A::warning::\u202eסוף")),
        replace(
            finding(4, "spelling-mixed", "warning", span("quay", "<script>alert(1)</script>\rIt")),
            status="waived",
            waiver="Agreed: {so} [be](it)\x00.",
        ),
    )
    return Findings(
        version="1.2.3",
        articles=tuple(
            AuditedArticle(name, PATHS[name], sha256(text.encode()).hexdigest(), "H", None, 1)
            for name, text in TEXTS.items()
        ),
        rejected=(Rejection("\\xff\n::error::.txt", "not UTF-8\n::error::at byte 0"),),
        findings=found,
    )
