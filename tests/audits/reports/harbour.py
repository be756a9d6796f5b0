"""A small corpus with findings of every kind, made by hand: what the report's pages are tested on."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from audits.facts import CorpusFact, Side, Statement
from audits.findings import AuditedArticle, Finding, Findings, Rejection, Span
from audits.positions import Positions
from expectations.catalogue import Rule, parse
from pipelines.reading import read_bytes, with_ids

FAMILIES = {
    "completeness": ["metadata-missing", "placeholder-unresolved"],
    "residue": ["citation-residue", "encoding-damage", "web-chrome"],
    "duplication": ["duplicate-text", "repeated-word"],
    "figures": ["arithmetic-mismatch", "figure-conflict", "number-style", "valuation-conflict"],
    "dates": ["date-style-mixed", "weekday-mismatch"],
    "people": ["name-variant", "rank-title-conflict"],
    "organisations": ["acronym-conflict", "acronym-unexpanded"],
    "sources": ["quote-variant"],
    "style": ["hyphenation-mixed", "spelling-mixed"],
}
TITLES = {
    "metadata-missing": "The article lacks a headline, a date or a source",
    "placeholder-unresolved": "A slot that nobody filled",
    "citation-residue": "Left-over citations",
    "encoding-damage": "Damaged characters",
    "web-chrome": "Words of the web page, not of the article",
    "duplicate-text": "The same thing said twice",
    "repeated-word": "A word set twice",
    "arithmetic-mismatch": "The sum does not come out",
    "figure-conflict": "One count, two figures",
    "number-style": "Numbers set in two ways",
    "valuation-conflict": "One thing, two values",
    "date-style-mixed": "Dates set in two ways",
    "weekday-mismatch": "The weekday does not fit the date",
    "name-variant": "One person, two spellings",
    "rank-title-conflict": "One person, two ranks",
    "acronym-conflict": "One acronym, two expansions",
    "acronym-unexpanded": "An acronym that is never spelled out",
    "quote-variant": "One quotation, two wordings",
    "hyphenation-mixed": "Hyphenated here, not there",
    "spelling-mixed": "British and American spelling",
}

FILES = {path.name: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "harbour").iterdir())}
STORM, INQUIRY, FERRY, OPINION = FILES


class At(NamedTuple):
    """Words of a file: the occurrence `nth`, from 0."""

    file: str
    words: str
    nth: int = 0


# Rule, severity, anchor, witnesses, message, suggestion, and what else of the finding is not as usual.
Given = tuple[str, str, At, list[At], str, str, dict[str, object]]

GIVEN: list[Given] = [
    (
        "weekday-mismatch",
        "error",
        At(STORM, "Thursday, February 27, 2026"),
        [],
        "“Thursday, February 27, 2026”: 27 February 2026 was a Friday.",
        "Write Friday, or correct the date.",
        {"fixable": True},
    ),
    (
        "date-style-mixed",
        "note",
        At(STORM, "February 27, 2026"),
        [At(STORM, "27 February 2026"), At(STORM, "March 12th")],
        "Dates are set in three ways in this article.",
        "Use one of them throughout: 27 February 2026.",
        {},
    ),
    ("web-chrome", "warning", At(STORM, "4 mins read"), [], "“4 mins read” belongs to the web page.", "Delete it.", {}),
    ("repeated-word", "warning", At(STORM, "was was"), [], "“was” stands twice.", "Delete one.", {"fixable": True}),
    (
        "rank-title-conflict",
        "error",
        At(INQUIRY, "Commander Aud Lien"),
        [At(STORM, "Captain Aud Lien"), At(OPINION, "Captain Lien")],
        "Aud Lien is Commander here, and Captain in two other articles; nobody tells of a promotion.",
        "Check the rank at the date of the story; 2 of 3 say “Captain”.",
        {"scope": "cross", "fact": "rank:aud lien/navy"},
    ),
    (
        "valuation-conflict",
        "error",
        At(INQUIRY, "NOK 285 million"),
        [At(STORM, "NOK 310 million"), At(FERRY, "NOK 310 million"), At(OPINION, "310 million kroner")],
        "The breakwater is valued at NOK 285 million here and at NOK 310 million elsewhere in the corpus.",
        "Settle the value with the source; 3 of 4 say NOK 310 million.",
        {"scope": "cross", "fact": "valuation:breakwater/value/NOK"},
    ),
    (
        "arithmetic-mismatch",
        "error",
        At(STORM, "NOK 40 million, 25 per cent of the NOK 120 million"),
        [],
        "NOK 40 million is 33.3 per cent of NOK 120 million, not 25 per cent.",
        "Correct the share or one of the sums.",
        {},
    ),
    (
        "number-style",
        "note",
        At(STORM, "25 per cent"),
        [At(FERRY, "10%")],
        "“per cent” here, “%” in another article.",
        "Use the house style: per cent.",
        {"scope": "cross"},
    ),
    (
        "acronym-conflict",
        "warning",
        At(INQUIRY, "Coastal Waterways Agency (CWA)"),
        [At(STORM, "Coastal Works Agency (CWA)"), At(OPINION, "Coastal Works Agency")],
        "CWA is expanded here as “Coastal Waterways Agency” and elsewhere in the corpus as “Coastal Works Agency”.",
        "Use one expansion throughout; 2 of 3 statements say “Coastal Works Agency”.",
        {"scope": "cross"},
    ),
    (
        "duplicate-text",
        "error",
        At(STORM, "the sea broke over the quay again at half past five"),
        [At(STORM, "The sea broke over the quay at half past four in the morning")],
        "Nearly the same clause stands a few words before.",
        "Say it once: “at half past four and again at half past five”.",
        {},
    ),
    (
        "figure-conflict",
        "error",
        At(INQUIRY, "Fifteen boats were damaged"),
        [At(STORM, "11 were damaged")],
        "Fifteen boats were damaged in the inner basin here, 11 elsewhere in the corpus.",
        "Ask the harbour master.",
        {"scope": "cross"},
    ),
    (
        "citation-residue",
        "error",
        At(STORM, "(Harbour Gazette +2; Coast Radio +1)"),
        [],
        "“(Harbour Gazette +2; Coast Radio +1)” is a left-over of a citation tool.",
        "Delete it, or say which of them reported what.",
        {},
    ),
    (
        "placeholder-unresolved",
        "error",
        At(STORM, "[Name]"),
        [],
        "“[Name]” is a slot that nobody filled.",
        "Fill it, or leave the person out.",
        {},
    ),
    (
        "rank-title-conflict",
        "error",
        At(STORM, "General Manager [Name]"),
        [],
        "A title without a person.",
        "Name the person.",
        {"status": "waived", "waiver": "The manager asked not to be named; desk, 1 March."},
    ),
    (
        "hyphenation-mixed",
        "warning",
        At(STORM, "Re-building"),
        [At(STORM, "rebuilding")],
        "“Re-building” here, “rebuilding” further on.",
        "Write “rebuilding”.",
        {"fixable": True},
    ),
    (
        "quote-variant",
        "warning",
        At(INQUIRY, "“We built it for the seas we knew,”"),
        [At(STORM, "“We built it for the sea that we knew,”")],
        "One quotation in two wordings.",
        "Check the recording.",
        {"scope": "cross"},
    ),
    (
        "name-variant",
        "note",
        At(INQUIRY, "Thor Halvorsen"),
        [At(STORM, "Tor Halvorsen")],
        "“Thor Halvorsen” here, “Tor Halvorsen” in another article.",
        "Check the spelling.",
        {"scope": "cross"},
    ),
    (
        "spelling-mixed",
        "warning",
        At(INQUIRY, "organized"),
        [At(INQUIRY, "colour")],
        "“organized” is American or Oxford spelling, “colour” British.",
        "Write “organised”.",
        {"fixable": True},
    ),
    (
        "acronym-unexpanded",
        "warning",
        At(FERRY, "HSK"),
        [],
        "HSK is never spelled out.",
        "Spell it out at its first mention.",
        {},
    ),
    (
        "metadata-missing",
        "error",
        At(OPINION, "It is easy to blame the sea."),
        [],
        "The article has no headline.",
        "Give it a headline.",
        {"field": "headline"},
    ),
    (
        "metadata-missing",
        "error",
        At(OPINION, "It is easy to blame the sea."),
        [],
        "The article has no date.",
        "Date it.",
        {"field": "date"},
    ),
    (
        "metadata-missing",
        "warning",
        At(OPINION, "It is easy to blame the sea."),
        [],
        "The article has neither byline nor source.",
        "Say who answers for it.",
        {"field": "byline"},
    ),
]


class Report(NamedTuple):
    """What the report is written from."""

    document: Findings
    texts: dict[str, str]
    blocks: dict[str, Sequence[tuple[str, int, int]]]
    rules: dict[str, Rule]
    facts: tuple[CorpusFact, ...]


# Fact → its kind and title, and of each value, the favoured one first, as it is shown, its amount, and who states it.
Sides = list[tuple[str, float | None, list[str]]]
FACTS: dict[str, tuple[str, str, Sides]] = {
    "valuation:breakwater/value/NOK": (
        "valuations",
        "Breakwater: value",
        [("NOK 310 million", 310e6, [STORM, FERRY, OPINION]), ("NOK 285 million", 285e6, [INQUIRY])],
    ),
    "rank:aud lien/navy": (
        "ranks",
        "Aud Lien: title",
        [("Captain", None, [STORM, OPINION]), ("Commander", None, [INQUIRY])],
    ),
}


def facts(document: Findings) -> tuple[CorpusFact, ...]:
    """The facts that the findings are about."""
    days = {article.path: article.published_at for article in document.articles}
    return tuple(
        CorpusFact(
            id=name,
            kind=kind,
            subject=title.partition(":")[0],
            title=title,
            sheet=None,
            sides=tuple(
                Side(
                    value,
                    at == 0,
                    tuple(
                        Statement(span, days[span.path], value, amount) for span in finding.spans if span.path in files
                    ),
                )
                for at, (value, amount, files) in enumerate(sides)
            ),
            findings=(finding.id,),
        )
        for name, (kind, title, sides) in FACTS.items()
        for finding in document.findings
        if finding.fact == name
    )


def report(
    files: Mapping[str, str] = FILES,
    given: Sequence[Given] = tuple(GIVEN),
    rejected: Sequence[tuple[str, str]] = (
        ("2026-03-10-tide.txt", "line 3: byte 0xe5 is not UTF-8; save the file as UTF-8"),
    ),
) -> Report:
    """The findings `given` of the articles in `files` (name → text), and what the pages need beside them."""
    articles = {
        article.path: article for article in with_ids(read_bytes(text.encode(), name) for name, text in files.items())
    }

    def span(at: At, role: str) -> Span:
        article = articles[at.file]
        start = -1
        for _ in range(at.nth + 1):
            start = article.text.index(at.words, start + 1)
        positions = Positions(article.text)
        end = start + len(at.words)
        return Span(
            article.id, at.file, start, end, at.words, positions.line(start), positions.column(start), role
        )  # fmt: skip

    findings = []
    for number, (rule, severity, anchor, witnesses, message, suggestion, more) in enumerate(given):
        settings: dict[str, object] = {
            "scope": "within", "field": None, "fact": None, "status": "open", "fixable": False, "waiver": None,
        } | more  # fmt: skip
        findings.append(
            Finding(
                id=hashlib.sha256(str(number).encode()).hexdigest()[:16],
                rule=rule,
                severity=severity,  # type: ignore[arg-type]
                message=message,
                suggestion=suggestion,
                spans=(span(anchor, "anchor"), *(span(witness, "witness") for witness in witnesses)),
                **settings,  # type: ignore[arg-type]
            )
        )
    document = Findings(
        version="1.2.3",
        articles=tuple(
            AuditedArticle(
                id=article.id,
                path=article.path,
                sha256=article.sha256,
                headline=article.headline.value if article.headline else None,
                published_at=article.published.day if article.published else None,
                words=len(article.text.split()),
            )
            for article in sorted(articles.values(), key=lambda article: article.path)
        ),
        rejected=tuple(Rejection(*rejection) for rejection in rejected),
        findings=tuple(sorted(findings, key=lambda f: (f.anchor.path, f.anchor.start, f.rule))),
    )
    return Report(
        document,
        {article.id: article.text for article in articles.values()},
        {article.id: [(b.kind, b.start, b.end) for b in article.blocks] for article in articles.values()},
        rules(),
        facts(document),
    )


def rules() -> dict[str, Rule]:
    """A rule document for every name in FAMILIES."""
    return {name: rule(family, name) for family, names in FAMILIES.items() for name in names}


def rule(family: str, name: str) -> Rule:
    return parse(
        Path(family, f"{name}.md"),
        f"""---
name: {name}
checks:
  - scope: within
    severity: {next((severity for given, severity, *_ in GIVEN if given == name), "note")}
    table: marks
    expectation: expect_column_values_to_be_null
    arguments: {{column: kind}}
    message: "{{text}}"
    suggestion: "Mend it."
---
# {TITLES[name]}

## What it checks

What the article says of one thing, against what it says of the same thing elsewhere. Only what is *stated* counts.

## Why it matters

A reader who meets both believes neither.

## Fires on

- `11 boats` and, further down, `15 boats`
- the same in two articles

## Stays silent on

- quotations, which are the speaker's
- what the article itself explains

## Limits

It does not know which of the two is right.
""",
    )
