"""A failing row → a finding: its words, witnesses, message, and an identity that outlives an edit elsewhere."""

import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from string import Formatter
from typing import Any, Literal

from audits.positions import Positions
from expectations.catalogue import SEVERITIES, Rule, Scope, Severity
from expectations.validate import Failure

SCHEMA = "corrigenda.findings/1"
REMEMBERED_CHARACTERS = 200

Row = Mapping[str, Any]
Words = tuple[str, str, str]  # rule, field, and the fact's value or the words in question
Mark = tuple[str, str, int]  # article, kind, and where it begins


@dataclass(frozen=True, slots=True)
class Span:
    """Words of an article: `text` is `article.text[start:end]`; `role` is `anchor` or `witness`."""

    article: str
    path: str
    start: int
    end: int
    text: str
    line: int
    column: int
    role: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What to write instead of `article.text[start:end]`."""

    start: int
    end: int
    text: str


Novelty = Literal["new", "known"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect, with its evidence. `spans[0]` is the anchor, what the finding points at; witnesses follow.

    `novelty` is for open findings: whether the audit before had it; None where there was none. `edits`, in the
    anchor's article, are what is safe to write, where the finding is `fixable`. `fingerprint` is what findings of the
    same words (of a fact: the same value) share, wherever they stand; `counterparts` are those that a finding about
    the same fact would have at its other values.
    """

    id: str
    rule: str
    severity: Severity
    scope: Scope
    field: str | None
    fact: str | None
    status: str
    message: str
    suggestion: str
    fixable: bool
    waiver: str | None
    spans: tuple[Span, ...]
    novelty: Novelty | None = None
    edits: tuple[Edit, ...] = ()
    fingerprint: str = ""
    counterparts: tuple[str, ...] = ()

    @property
    def anchor(self) -> Span:
        return self.spans[0]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that could not be read as an article, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class AuditedArticle:
    """What a report says of an article."""

    id: str
    path: str
    sha256: str
    headline: str | None
    published_at: str | None
    words: int


WaiverState = Literal["holds", "expired", "stale", "elsewhere"]


@dataclass(frozen=True, slots=True)
class WaiverOutcome:
    """What became of a waiver: it `holds`, has `expired` (its words still stand), is `stale` (they are gone), or is
    about something `elsewhere`, an article or a rule that was no part of this audit. `findings` are ids."""

    line: int
    rule: str
    article: str | None
    words: str
    reason: str
    owner: str | None
    until: str | None
    state: WaiverState
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastFinding:
    """What is kept of a finding of an earlier audit; `text` are its first words."""

    id: str
    rule: str
    severity: Severity
    status: str
    article: str
    path: str
    text: str


def remembered(finding: Finding) -> PastFinding:
    """What is kept of the finding once it is of an earlier audit."""
    anchor = finding.anchor
    return PastFinding(
        id=finding.id,
        rule=finding.rule,
        severity=finding.severity,
        status=finding.status,
        article=anchor.article,
        path=anchor.path,
        text=anchor.text[:REMEMBERED_CHARACTERS],
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise than in an earlier audit of the same articles, at the time `since` (ISO 8601).

    `new` and `known` are ids of open findings; `fixed` were open then, and are gone from articles that are still there.
    """

    since: str
    new: tuple[str, ...]
    known: tuple[str, ...]
    fixed: tuple[PastFinding, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of the articles `judged` (paths): whether they may land.

    `base` is what they were compared with, as it was named; None where nothing stood there before. `blocking` are ids
    of findings, of which `tolerated` may land all the same; `fixed` is what the change has mended; `unread` are the
    articles judged that could not be read. `gone` are lines of the baseline whose words stand nowhere any more.
    """

    base: str | None
    judged: tuple[str, ...]
    blocked: bool
    blocking: tuple[str, ...]
    tolerated: int
    fixed: tuple[PastFinding, ...]
    unread: tuple[str, ...] = ()
    gone: tuple[int, ...] = ()


@dataclass(frozen=True)
class Findings:
    """What an audit has found: the whole of the findings document. Without an earlier audit there is no `change`, and
    a `verdict` only at the gate.

    A finding is `open`; `waived`, where the desk accepts it; or, at the gate, `known`: it was there before.
    """

    version: str
    articles: tuple[AuditedArticle, ...]
    rejected: tuple[Rejection, ...]
    findings: tuple[Finding, ...]
    waivers: tuple[WaiverOutcome, ...] = ()
    change: Change | None = None
    verdict: Verdict | None = None


class MessageError(ValueError):
    """A rule's message or suggestion names a column that its table lacks."""


@dataclass(frozen=True)
class _Candidate:
    """A finding before its identity is settled, with what settles it."""

    finding: Finding
    words: Words
    age: tuple[int, int]  # among equals: the article's place in the corpus, then the place in the article


class Corpus:
    """The articles and their texts, as findings need them."""

    def __init__(self, articles: Iterable[Row], texts: Mapping[str, str]) -> None:
        self.articles = {row["article_id"]: row for row in articles}
        self.texts = texts
        self._positions: dict[str, Positions] = {}

    def span(self, row: Row, role: str) -> Span:
        article, start, end = row["article_id"], int(row["start"]), int(row["end"])
        if article not in self._positions:
            self._positions[article] = Positions(self.texts[article])
        positions = self._positions[article]
        return Span(
            article=article,
            path=self.articles[article]["path"],
            start=start,
            end=end,
            text=self.texts[article][start:end],
            line=positions.line(start),
            column=positions.column(start),
            role=role,
        )

    def sequence(self, article: str) -> int:
        """The article's place in the corpus, which renaming its file does not change."""
        return int(self.articles[article]["sequence"])


def build(
    failures: Sequence[Failure], corpus: Corpus, witnesses: Iterable[Row], repairs: Iterable[Row] = ()
) -> tuple[Finding, ...]:
    """Findings of the failing rows, one a defect, in order of path and place.

    `witnesses` and `repairs` are rows of the tables of these names. Raises MessageError where a rule's words name an
    unknown column.
    """
    by_fact: dict[str, list[Row]] = defaultdict(list)
    for row in witnesses:
        by_fact[row["fact_id"]].append(row)
    by_mark: dict[Mark, list[Edit]] = defaultdict(list)
    for row in repairs:
        mark = row["article_id"], row["kind"], row["mark_start"]
        by_mark[mark].append(Edit(int(row["start"]), int(row["end"]), row["replacement"]))
    rules = {failure.rule.name: failure.rule for failure in failures}
    candidates = [
        _candidate(failure, corpus, by_fact.get(failure.row.get("fact_id") or "", []), by_mark) for failure in failures
    ]
    settled = _number(_one_a_defect(candidates, rules))
    return tuple(sorted(settled, key=_place))


def _place(finding: Finding) -> tuple[str, int, int, str, str, str]:
    """By path, then where the words end: what is said of a part comes before what is said of the whole."""
    anchor = finding.anchor
    return anchor.path, anchor.end, anchor.start, finding.rule, finding.field or "", finding.id


def normalise(text: str) -> str:
    """The words that identify a finding: case, quotation marks and spaces do not count."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES)
    return " ".join(folded.split())


_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "ʼ": "'"})


def _candidate(
    failure: Failure, corpus: Corpus, witnesses: Sequence[Row], repairs: Mapping[Mark, Sequence[Edit]]
) -> _Candidate:
    rule, check, row = failure.rule, failure.check, failure.row
    anchor = corpus.span(row, "anchor")
    others = {_place_of(w): w for w in witnesses}
    own = others.pop(_place_of(row), None)
    edits = _edits(failure, repairs)
    values = _values(witnesses, corpus)

    def words(said: str) -> Words:
        return rule.name, check.field or "", normalise(f"{row['key']}\n{said}" if "fact_id" in row else said)

    stated = row["value"] if "fact_id" in row else anchor.text
    identity = words(values.pop(own["side"]) if own else stated)
    finding = Finding(
        id="",
        rule=rule.name,
        severity=check.severity,
        scope=check.scope,
        field=check.field,
        fact=row.get("fact_id"),
        status="open",
        message=_words(rule, check.message, row),
        suggestion=_words(rule, check.suggestion, row),
        fixable=bool(edits),
        waiver=None,
        spans=(
            anchor,
            *(
                corpus.span(others[place], "witness")
                for place in sorted(others, key=lambda p: (corpus.sequence(p[0]), p[1]))
            ),
        ),
        edits=edits,
        fingerprint=_hash(*identity),
        counterparts=tuple(sorted({_hash(*words(stated)) for stated in values.values()} - {_hash(*identity)})),
    )
    return _Candidate(finding, identity, (corpus.sequence(anchor.article), anchor.start))


def _values(witnesses: Sequence[Row], corpus: Corpus) -> dict[int, str]:
    """What each of a fact's values is called in identities: as it is first stated, or the number where it is one, so
    that one more statement of a known value changes nothing."""
    called: dict[int, str] = {}
    for witness in sorted(witnesses, key=lambda w: (corpus.sequence(w["article_id"]), int(w["start"]))):
        amount = witness["amount"]
        called.setdefault(witness["side"], witness["value"] if amount is None else f"{amount:.6g}")
    return called


def _place_of(row: Row) -> tuple[str, int, int]:
    return row["article_id"], int(row["start"]), int(row["end"])


def _words(rule: Rule, template: str, row: Row) -> str:
    """The rule's words with the row's values; a value that is missing reads as nothing, at the end of them too."""
    try:
        return template.format_map({name: "" if value is None else value for name, value in row.items()}).rstrip()
    except (KeyError, IndexError, ValueError) as error:
        raise MessageError(f"{rule.name}: the words {template!r} name no column of the table: {error}") from None


def _edits(failure: Failure, repairs: Mapping[Mark, Sequence[Edit]]) -> tuple[Edit, ...]:
    """What the rule's document says is safe to write; a replacement that names a missing value is not."""
    check, row = failure.check, failure.row
    if check.repaired:
        return tuple(repairs.get((row["article_id"], row["kind"], row["start"]), ()))
    if check.replacement is None:
        return ()
    named = {name for _, name, _, _ in Formatter().parse(check.replacement) if name}
    if any(row.get(name) is None for name in named & row.keys()):
        return ()
    return (Edit(int(row["start"]), int(row["end"]), _words(failure.rule, check.replacement, row)),)


def _one_a_defect(candidates: Sequence[_Candidate], rules: Mapping[str, Rule]) -> list[_Candidate]:
    """Drops what another rule, that the catalogue puts first, says of the same words; one finding a rule and place.

    A rule speaks once those that it yields to have spoken: what was itself dropped silences nobody.
    """
    first: dict[tuple[str, str, str, int, int], _Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: SEVERITIES.index(c.finding.severity)):
        anchor = candidate.finding.anchor
        place = (candidate.finding.rule, candidate.finding.field or "", anchor.article, anchor.start, anchor.end)
        first.setdefault(place, candidate)
    kept: list[_Candidate] = []
    spoken: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for rule in TopologicalSorter({name: rule.yields_to for name, rule in rules.items()}).static_order():
        speaking = [c for c in first.values() if c.finding.rule == rule and not _covered(c.finding, rules, spoken)]
        for candidate in speaking:
            spoken[rule, candidate.finding.anchor.article].append(candidate.finding.anchor)
        kept += speaking
    return kept


def _covered(finding: Finding, rules: Mapping[str, Rule], spoken: Mapping[tuple[str, str], list[Span]]) -> bool:
    anchor = finding.anchor
    return any(
        other.start < anchor.end and anchor.start < other.end
        for winner in rules[finding.rule].yields_to
        for other in spoken.get((winner, anchor.article), ())
    )


def _number(candidates: Sequence[_Candidate]) -> list[Finding]:
    """Each with its id: a hash of rule, field, words (or fact and value) and an ordinal among equals."""
    seen: Counter[Words] = Counter()
    numbered = []
    for candidate in sorted(candidates, key=lambda c: (c.words, c.age)):
        numbered.append(replace(candidate.finding, id=_hash(*candidate.words, str(seen[candidate.words]))))
        seen[candidate.words] += 1
    return numbered


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
