"""What the pages of a report show, ready to be drawn: articles, their findings, evidence, what has changed."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from babel.dates import format_date

from audits.facts import CorpusFact, Side, Statement
from audits.findings import AuditedArticle, Finding, Findings, PastFinding, Span
from audits.reports.passages import Block, Mark, Quote, quote, shorten
from audits.reports.slugs import slugs
from expectations.catalogue import SEVERITIES, Rule

ARTICLES = "articles"

# So many articles are listed on a page, in rows of so many characters altogether: no page is larger than 2 MB.
ARTICLES_LISTED, CHARACTERS_LISTED = 2_000, 1_200_000
ROW_CHARACTERS = 300  # of markup, of a row
# So many articles, those with the most findings, are set against the families of rules.
MATRIX_ROWS = 20
# So many articles are named on the page of rules for each, so many findings that are new or fixed, so many facts.
FOUND_NAMED, CHANGES_NAMED, FACTS_LISTED = 100, 100, 2_000
TITLE_CHARACTERS, WORDS_CHARACTERS = 110, 60
# Of a fact's witnesses, so many are quoted at once, and so many more are folded.
WITNESSES_SHOWN, WITNESSES_FOLDED = 3, 60
# Of a disputed fact, so many values are listed with others, and so many statements of each are quoted on its own page.
VALUES_SHOWN, STATEMENTS_QUOTED = 4, 200


@dataclass(frozen=True, slots=True)
class Tally:
    """Open findings by severity, and the waived ones, which count nowhere else."""

    error: int
    warning: int
    note: int
    waived: int

    @property
    def open(self) -> int:
        return self.error + self.warning + self.note

    @property
    def present(self) -> list[tuple[str, int]]:
        """The severities that findings have, with how many."""
        return [(severity, count) for severity in SEVERITIES if (count := getattr(self, severity))]


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as a reader meets it, on the page `file` of the article `title`.

    Its `label` is `E3`: the severity, and its number in the article.
    """

    finding: Finding
    rule: Rule
    label: str
    file: str
    title: str

    @property
    def waived(self) -> bool:
        return self.finding.status == "waived"

    @property
    def manner(self) -> str:
        """How it is set: as its severity is, or as what is waived."""
        return "waived" if self.waived else self.finding.severity

    @property
    def note(self) -> str:
        """The id of its note."""
        return f"f-{self.finding.id}"


@dataclass(frozen=True, slots=True)
class Page:
    """An article and its page; `named` is false where it has no headline and its opening words stand in."""

    article: AuditedArticle
    file: str
    title: str
    named: bool
    entries: tuple[Entry, ...]

    @property
    def tally(self) -> Tally:
        return tally(self.entries)

    @property
    def rules(self) -> list[str]:
        """The names of the rules that have open findings here."""
        return sorted({entry.rule.name for entry in self.entries if not entry.waived})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a witness says: `link` leads to the words, `source` says where they are."""

    quote: Quote
    link: str
    source: str


@dataclass(frozen=True, slots=True)
class Anchored:
    """Words that a finding of this page is about.

    `place` is their id, `notes` are the ids of the notes that speak of them, `manner` is how they are set.
    """

    entry: Entry
    evidence: tuple[Evidence, ...]
    place: str
    notes: str
    manner: str
    speaks: bool = True


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of this page that are evidence, for its own findings or for those of other pages, `elsewhere`.

    They have a note of their own where they `speak`: for other pages. The page's own findings quote them already.
    """

    words: str
    elsewhere: tuple[Entry, ...]
    place: str
    notes: str
    speaks: bool
    manner: str = "witness"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disputed fact and its page `file`; `plot` is the file of its picture, None where time tells nothing.

    `sides` are the fact's sides, each with statements of it as they stand in their articles.
    """

    fact: CorpusFact
    file: str
    plot: str | None
    entries: tuple[Entry, ...]
    sides: tuple[tuple[Side, tuple[Evidence, ...]], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What is otherwise than at the audit of the day `since` (ISO 8601); `known` counts what is open still."""

    since: str
    new: Sequence[Entry]
    known: int
    fixed: Sequence[PastFinding]


def tally(entries: Iterable[Entry]) -> Tally:
    """How many of the findings are open, by severity, and how many are waived."""
    counts = Counter("waived" if entry.waived else entry.finding.severity for entry in entries)
    return Tally(counts["error"], counts["warning"], counts["note"], counts["waived"])


def structure_of(text: str, blocks: Sequence[tuple[str, int, int]]) -> tuple[Block, ...]:
    """The article's blocks; a text in which reading saw none is one paragraph."""
    return tuple(Block(*block) for block in blocks) or (Block("paragraph", 0, len(text)),)


def files_of(document: Findings) -> dict[str, str]:
    """The file of each article's page, in the folder ARTICLES of the report, by the article's id."""
    ids = [article.id for article in document.articles]
    return {article: f"{slug}.html" for article, slug in zip(ids, slugs(ids), strict=True)}


def pages_of(
    document: Findings, texts: Mapping[str, str], structure: Mapping[str, Sequence[Block]], rules: Mapping[str, Rule]
) -> dict[str, Page]:
    """A page an article, by its id, in the document's order."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in document.findings:
        found[finding.anchor.article].append(finding)
    pages = {}
    files = files_of(document)
    for article in document.articles:
        file = files[article.id]
        title = shorten(article.headline or _opening(texts[article.id], structure[article.id]), TITLE_CHARACTERS)
        in_order = sorted(found[article.id], key=lambda finding: finding.anchor.start)
        entries = tuple(
            Entry(finding, rules[finding.rule], f"{finding.severity[0].upper()}{number}", file, title)
            for number, finding in enumerate(in_order, 1)
        )
        pages[article.id] = Page(article, file, title, bool(article.headline), entries)
    return pages


def _opening(text: str, blocks: Sequence[Block]) -> str:
    prose = next((block for block in blocks if block.kind in {"headline", "paragraph"}), blocks[0])
    return text[prose.start : prose.end]


def shares(pages: Sequence[Page]) -> list[list[Page]]:
    """The articles as they are listed, page by page; one page where there are none."""
    shares: list[list[Page]] = [[]]
    size = 0
    for page in pages:
        row = ROW_CHARACTERS + 2 * (len(page.title) + len(page.article.path)) + len(page.file)
        if shares[-1] and (len(shares[-1]) == ARTICLES_LISTED or size + row > CHARACTERS_LISTED):
            shares.append([])
            size = 0
        shares[-1].append(page)
        size += row
    return shares


def by_rule(entries: Iterable[Entry]) -> list[tuple[Rule, Tally, int]]:
    """Each rule that found something, how much, in how many articles; the most severe first, then the most frequent."""
    rows = [(found[0].rule, tally(found), len({entry.file for entry in found})) for found in _grouped(entries).values()]
    return sorted(rows, key=lambda row: (SEVERITIES.index(row[0].severity), -row[1].open, row[0].name))


def found_by_rule(entries: Iterable[Entry]) -> dict[str, tuple[Tally, list[list[Entry]]]]:
    """What each rule found: how much, and where, in lists of one article each."""
    return {
        name: (tally(found), [list(group) for _, group in groupby(found, key=lambda entry: entry.file)])
        for name, found in _grouped(entries).items()
    }


def _grouped(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The findings by the name of their rule, each rule's in the report's order."""
    by_rule: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_rule[entry.rule.name].append(entry)
    return by_rule


def matrix(pages: Iterable[Page]) -> list[tuple[Page, Counter[str]]]:
    """The open findings by family of rules, of the articles that have the most."""
    rows = [(page, Counter(entry.rule.family for entry in page.entries if not entry.waived)) for page in pages]
    worst = sorted((row for row in rows if row[1]), key=lambda row: (-row[0].tally.error, -row[0].tally.open))
    return worst[:MATRIX_ROWS]


def changed(document: Findings, entries: Iterable[Entry]) -> Changed | None:
    if document.change is None:
        return None
    new = frozenset(document.change.new)
    return Changed(
        datetime.fromisoformat(document.change.since).date().isoformat(),
        [entry for entry in entries if entry.finding.id in new],
        len(document.change.known),
        document.change.fixed,
    )


def named_facts(facts: Sequence[CorpusFact]) -> dict[str, CorpusFact]:
    """The facts by the file of their page."""
    return {f"{slug}.html": fact for slug, fact in zip(slugs([fact.title for fact in facts]), facts, strict=True)}


def stated(
    statement: Statement,
    anchors: Mapping[tuple[str, int, int], Entry],
    pages: Mapping[str, Page],
    texts: Mapping[str, str],
    structure: Mapping[str, Sequence[Block]],
) -> Evidence:
    article, start, end = statement.span.article, statement.span.start, statement.span.end
    entry = anchors.get((article, start, end))
    place = f"a-{entry.finding.id}" if entry else _place(start, end)
    day = in_words(statement.day) if statement.day else "no date"
    words = quote(texts[article], _block_at(structure[article], start), start, end)
    return Evidence(words, f"../{ARTICLES}/{pages[article].file}#{place}", f"{pages[article].title}, {day}")


def citing_of(entries: Iterable[Entry]) -> dict[str, dict[tuple[int, int], list[Entry]]]:
    """The findings that each span is a witness of, by article and place."""
    citing: dict[str, dict[tuple[int, int], list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        for span in entry.finding.spans[1:]:
            citing[span.article][span.start, span.end].append(entry)
    return citing


def anchors(
    page: Page, pages: Mapping[str, Page], texts: Mapping[str, str], structure: Mapping[str, Sequence[Block]]
) -> Iterator[Mark[Anchored | Cited]]:
    def evidence(anchor: Span, witness: Span) -> Evidence:
        text, block = texts[witness.article], _block_at(structure[witness.article], witness.start)
        other = pages[witness.article]
        if other is page:
            link, source = "", f"{'Earlier' if witness.start < anchor.start else 'Further on'} in this article"
        else:
            link, source = other.file, other.title
        place = _place(witness.start, witness.end)
        return Evidence(quote(text, block, witness.start, witness.end), f"{link}#{place}", source)

    for entry in page.entries:
        anchor, *witnesses = entry.finding.spans
        quoted = tuple(evidence(anchor, witness) for witness in witnesses[: WITNESSES_SHOWN + WITNESSES_FOLDED])
        said = Anchored(entry, quoted, f"a-{entry.finding.id}", entry.note, entry.manner)
        yield Mark(anchor.start, anchor.end, said)


def witnesses(
    page: Page, text: str, citing: Mapping[tuple[int, int], Sequence[Entry]]
) -> Iterator[Mark[Anchored | Cited]]:
    for start, end in sorted(citing):
        entries = citing[start, end]
        place = _place(start, end)
        elsewhere = tuple(entry for entry in entries if entry.file != page.file and not entry.waived)
        notes = [entry.note for entry in entries if entry.file == page.file] + [f"n{place}"] * bool(elsewhere)
        words = shorten(text[start : min(end, start + 3 * WORDS_CHARACTERS)], WORDS_CHARACTERS)
        yield Mark(start, end, Cited(words, elsewhere, place, " ".join(notes), bool(elsewhere)))


def _place(start: int, end: int) -> str:
    """The id of words that are evidence."""
    return f"w-{start}-{end}"


def _block_at(blocks: Sequence[Block], offset: int) -> Block:
    return blocks[min(bisect_right(blocks, offset, key=lambda block: block.end), len(blocks) - 1)]


def in_words(iso: str) -> str:
    """`2026-01-10` as `10 January 2026`."""
    return format_date(date.fromisoformat(iso), "d MMMM y", locale="en")
