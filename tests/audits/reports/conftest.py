"""A small findings document, made by hand, that every renderer is shown."""

import pytest

from audits.findings import AuditedArticle, Finding, Findings, Rejection, Span

TEXTS = {
    "ferry": "Ferry sails again\n\nThe harbour was full.\nThe [bold]harbor[/bold] office\x1b[31m had closed.\n",
    "bridge": "Bridge\n\nOn Tuesday, 5 March 2025, it opened. The toll, TBC, is low.\n",
    "road": "Road\n\nA road.\n",
}
PATHS = {name: f"news/{name}.txt" for name in TEXTS}


def span(article: str, words: str, role: str = "anchor") -> Span:
    text = TEXTS[article]
    start = text.index(words)
    before = text[:start].split("\n")
    return Span(
        article=article,
        path=PATHS[article],
        start=start,
        end=start + len(words),
        text=words,
        line=len(before),
        column=len(before[-1]) + 1,
        role=role,
    )


@pytest.fixture
def texts() -> dict[str, str]:
    return dict(TEXTS)


@pytest.fixture
def document() -> Findings:
    return Findings(
        version="1.2.3",
        articles=tuple(
            AuditedArticle(name, PATHS[name], "0" * 64, headline, "2025-03-06", 9)
            for name, headline in (("bridge", "Bridge"), ("ferry", "Ferry sails\u202e again"), ("road", None))
        ),
        rejected=(Rejection("news/photo.txt", "not UTF-8 at byte 0"),),
        findings=(
            Finding(
                id="00000000000000a1",
                rule="weekday-mismatch",
                severity="error",
                scope="within",
                field=None,
                fact=None,
                status="open",
                message="“Tuesday, 5 March 2025”: 5 March 2025 was a Wednesday.",
                suggestion="Write Wednesday, or correct the date.",
                fixable=True,
                waiver=None,
                spans=(span("bridge", "Tuesday, 5 March 2025"),),
            ),
            Finding(
                id="00000000000000b2",
                rule="placeholder-unresolved",
                severity="error",
                scope="within",
                field=None,
                fact=None,
                status="waived",
                message="“TBC” is unresolved.",
                suggestion="",
                fixable=False,
                waiver="w-1",
                spans=(span("bridge", "TBC"),),
            ),
            Finding(
                id="00000000000000c3",
                rule="spelling-mixed",
                severity="warning",
                scope="within",
                field=None,
                fact="spelling:words@ferry",
                status="open",
                message="The article mixes US and UK spelling: “[bold]harbor[/bold]” beside “harbour”.",
                suggestion="Write “harbour”.",
                fixable=False,
                waiver=None,
                spans=(span("ferry", "[bold]harbor[/bold] office\x1b[31m"), span("ferry", "harbour", "witness")),
            ),
        ),
    )
