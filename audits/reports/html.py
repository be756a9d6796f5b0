"""The findings as pages: an overview, a page an article with its findings beside the words, the rules as help.

Nothing in a page comes from elsewhere than its own folder, and nothing in it is of the moment: the same findings make
the same bytes. Whatever an article says, in its text or its name, is shown and never obeyed.
"""

import errno
import re
import secrets
import shutil
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from itertools import groupby
from pathlib import Path

from babel.dates import format_date
from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from audits import history
from audits.facts import CorpusFact, Side, Statement
from audits.files import MARKER
from audits.findings import AuditedArticle, Finding, Findings, PastFinding, Span
from audits.reports import plots
from audits.reports.passages import Block, Mark, Quote, cut, quote, shorten
from expectations.catalogue import SEVERITIES, Rule

INDEX, RULES, ARTICLES, ASSETS = "index.html", "rules.html", "articles", ("report.css", "report.js")
FACTS, FACT_PAGES = "facts.html", "facts"
TREND = "trend.svg"
# So many articles are listed on a page, in rows of so many characters altogether: no page is larger than 2 MB.
ARTICLES_LISTED, CHARACTERS_LISTED = 2_000, 1_200_000
ROW_CHARACTERS = 300  # of markup, of a row
# So many articles, those with the most findings, are set against the families of rules.
MATRIX_ROWS = 20
# So many articles are named on the page of rules for each, so many findings that are new or fixed, so many facts.
FOUND_NAMED, CHANGES_NAMED, FACTS_LISTED = 100, 100, 2_000

TITLE_CHARACTERS, WORDS_CHARACTERS = 110, 60
FILE_NAME_CHARACTERS = 60
# Of a fact's witnesses, so many are quoted at once, and so many more are folded.
WITNESSES_SHOWN, WITNESSES_FOLDED = 3, 60
# Of a disputed fact, so many values are listed with others, and so many statements of each are quoted on its own page.
VALUES_SHOWN, STATEMENTS_QUOTED = 4, 200

TEMPLATES = PackageLoader("audits.reports")
FOLDER = Path(__file__).parent / "templates"
# Names that Windows keeps for devices, whatever the ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")
# Characters that no reader sees and that change what is seen: controls, direction marks, zero-width and tag characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


Draft = Callable[..., str]


class ReportFolderError(FileExistsError):
    """The folder that the report should go to holds something else; `strerror` says what to do."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(errno.EEXIST, problem, str(folder))


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


def check(folder: Path) -> None:
    """Raise ReportFolderError where `write` would refuse the folder: it is none, or holds anything but a report."""
    if folder.exists() and not folder.is_dir():
        raise ReportFolderError(folder, "a file; name a folder for the report")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise ReportFolderError(folder, "holds other files than a report; name a new or empty folder")


def write(
    document: Findings,
    texts: Mapping[str, str],
    blocks: Mapping[str, Sequence[tuple[str, int, int]]],
    rules: Mapping[str, Rule],
    facts: Iterable[CorpusFact],
    folder: Path,
    course: Sequence[history.Entry] = (),
) -> Path:
    """Write the report to `folder`, in place of the report that is there, and return its first page.

    `texts` and `blocks` are by article id, blocks as kind, start, end, in order; `rules` holds at least every rule that
    found something; `facts` are the corpus's, of which those that are disputed have pages; `course` are the outcomes of
    the corpus's audits, this one the last. The folder appears whole or not at all.

    Raises ReportFolderError where the folder holds anything but a report, OSError where it cannot be written.
    """
    with replacing(folder) as fresh:
        (fresh / ARTICLES).mkdir()
        (fresh / FACT_PAGES).mkdir()
        for name, page in render(document, texts, blocks, rules, facts, course):
            (fresh / name).write_text(page, encoding="utf-8", newline="\n")
        for asset in ASSETS:
            shutil.copyfile(FOLDER / asset, fresh / asset)
        (fresh / MARKER).touch()
    return folder / INDEX


def render(
    document: Findings,
    texts: Mapping[str, str],
    blocks: Mapping[str, Sequence[tuple[str, int, int]]],
    rules: Mapping[str, Rule],
    facts: Iterable[CorpusFact],
    course: Sequence[history.Entry] = (),
) -> Iterator[tuple[str, str]]:
    """Every page and picture: its path in the report, and its HTML or SVG."""
    for name, draw in drafts(document, texts, blocks, rules, facts, course):
        yield name, draw()


def drafts(
    document: Findings,
    texts: Mapping[str, str],
    blocks: Mapping[str, Sequence[tuple[str, int, int]]],
    rules: Mapping[str, Rule],
    facts: Iterable[CorpusFact] = (),
    course: Sequence[history.Entry] = (),
    templates: BaseLoader = TEMPLATES,
) -> Iterator[tuple[str, Draft]]:
    """Every page and picture: its path in the report, and what draws it when it is wanted.

    `templates` may hold others in place of the report's own; what else they speak of is given to the draft by name.
    """
    structure = {article.id: _structure(texts[article.id], blocks.get(article.id, ())) for article in document.articles}
    pages = _pages(document, texts, structure, rules)
    entries = [entry for page in pages.values() for entry in page.entries]
    named = _named([fact for fact in facts if fact.disputed])
    common = {"version": document.version, "disputed": {fact.id: file for file, fact in named.items()}}
    drawing = environment(templates)
    shares = _shares(list(pages.values()))
    lists = [INDEX, *(f"articles-{number}.html" for number in range(2, len(shares) + 1))]
    overview = partial(
        drawing.get_template(INDEX).render,
        common,
        root="",
        lists=lists,
        articles=len(pages),
        rejected=document.rejected,
        lapsed=[waiver for waiver in document.waivers if waiver.state in {"expired", "stale"}],
        tally=tally(entries),
        by_rule=_by_rule(entry for entry in entries if not entry.waived),
        families=list(dict.fromkeys(rule.family for rule in rules.values())),
        matrix=_matrix(pages.values()),
        change=_changed(document, entries),
        trend=TREND if len(course) > 1 else None,
    )
    for at, (name, share) in enumerate(zip(lists, shares, strict=True)):
        yield name, partial(overview, pages=share, at=at)
    if len(course) > 1:
        yield TREND, partial(_trend, course)
    yield (
        RULES,
        partial(
            drawing.get_template(RULES).render,
            common,
            root="",
            families=[(name, list(group)) for name, group in groupby(rules.values(), key=lambda rule: rule.family)],
            found=_found(entries),
        ),
    )
    yield from _fact_pages(drawing, common, named, entries, pages, texts, structure)
    citing = _citing(entries)
    ordered = list(pages.values())
    template = drawing.get_template("article.html")

    def article(at: int, **more: object) -> str:
        page = ordered[at]
        text, blocks = texts[page.article.id], structure[page.article.id]
        marks = [
            *_anchors(page, pages, texts, structure),
            *_witnesses(page, text, citing.get(page.article.id, {})),
        ]
        passages = cut(blocks, sorted(marks, key=lambda mark: (mark.start, -mark.end)))
        return template.render(
            common,
            root="../",
            page=page,
            text=text,
            passages=passages,
            headed=any(passage.block.kind == "headline" for passage in passages),
            position=at + 1,
            count=len(ordered),
            previous=ordered[at - 1] if at else None,
            following=ordered[at + 1] if at + 1 < len(ordered) else None,
            **more,
        )

    for at, page in enumerate(ordered):
        yield f"{ARTICLES}/{page.file}", partial(article, at)


def _fact_pages(
    drawing: Environment,
    common: Mapping[str, object],
    named: Mapping[str, CorpusFact],
    entries: Iterable[Entry],
    pages: Mapping[str, Page],
    texts: Mapping[str, str],
    structure: Mapping[str, Sequence[Block]],
) -> Iterator[tuple[str, Draft]]:
    """The list of disputed facts, and a page and a picture of each; nothing where there are none."""
    said: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        said[entry.finding.fact or ""].append(entry)
    disputes = []
    template = drawing.get_template("fact.html")
    for file, fact in named.items():
        plot = f"{Path(file).stem}.svg" if plots.is_told_by_time(fact) else None
        anchors = {(e.finding.anchor.article, e.finding.anchor.start, e.finding.anchor.end): e for e in said[fact.id]}
        sides = tuple(
            (
                side,
                tuple(
                    _stated(statement, anchors, pages, texts, structure)
                    for statement in side.statements[:STATEMENTS_QUOTED]
                ),
            )
            for side in fact.sides
        )
        dispute = Dispute(fact, file, plot, tuple(said[fact.id]), sides)
        disputes.append(dispute)
        if plot:
            yield f"{FACT_PAGES}/{plot}", partial(_picture, fact)
        yield f"{FACT_PAGES}/{file}", partial(template.render, common, root="../", dispute=dispute)
    if disputes:
        yield FACTS, partial(drawing.get_template(FACTS).render, common, root="", disputes=disputes)


def _trend(course: Sequence[history.Entry], **_more: object) -> str:
    return plots.trend(course)


def _shares(pages: Sequence[Page]) -> list[list[Page]]:
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


def _changed(document: Findings, entries: Iterable[Entry]) -> Changed | None:
    if document.change is None:
        return None
    new = frozenset(document.change.new)
    return Changed(
        datetime.fromisoformat(document.change.since).date().isoformat(),
        [entry for entry in entries if entry.finding.id in new],
        len(document.change.known),
        document.change.fixed,
    )


def _picture(fact: CorpusFact, **_more: object) -> str:
    return plots.over_time(fact)


def _named(facts: Sequence[CorpusFact]) -> dict[str, CorpusFact]:
    """The facts by the file of their page."""
    return {f"{slug}.html": fact for slug, fact in zip(slugs([fact.title for fact in facts]), facts, strict=True)}


def _stated(
    statement: Statement,
    anchors: Mapping[tuple[str, int, int], Entry],
    pages: Mapping[str, Page],
    texts: Mapping[str, str],
    structure: Mapping[str, Sequence[Block]],
) -> Evidence:
    article, start, end = statement.span.article, statement.span.start, statement.span.end
    entry = anchors.get((article, start, end))
    place = f"a-{entry.finding.id}" if entry else _place(start, end)
    day = _day(statement.day) if statement.day else "no date"
    words = quote(texts[article], _block_at(structure[article], start), start, end)
    return Evidence(words, f"../{ARTICLES}/{pages[article].file}#{place}", f"{pages[article].title}, {day}")


def tally(entries: Iterable[Entry]) -> Tally:
    """How many of the findings are open, by severity, and how many are waived."""
    counts = Counter("waived" if entry.waived else entry.finding.severity for entry in entries)
    return Tally(counts["error"], counts["warning"], counts["note"], counts["waived"])


def slugs(ids: Sequence[str]) -> list[str]:
    """A file name's stem for each id, different for each, safe on any file system: `a-z`, `0-9`, `-` and `_`."""
    taken: set[str] = set()
    following: Counter[str] = Counter()
    names = []
    for identifier in ids:
        stem = name = _slug(identifier)
        while name in taken:
            following[stem] += 1
            name = f"{stem}-{following[stem] + 1}"
        taken.add(name)
        names.append(name)
    return names


def _slug(identifier: str) -> str:
    plain = unicodedata.normalize("NFKD", identifier).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-")[:FILE_NAME_CHARACTERS].strip("-") or "article"
    return f"article-{name}" if _DEVICES.fullmatch(name) else name


def _structure(text: str, blocks: Sequence[tuple[str, int, int]]) -> tuple[Block, ...]:
    """The article's blocks; a text in which reading saw none is one paragraph."""
    return tuple(Block(*block) for block in blocks) or (Block("paragraph", 0, len(text)),)


def _pages(
    document: Findings, texts: Mapping[str, str], structure: Mapping[str, Sequence[Block]], rules: Mapping[str, Rule]
) -> dict[str, Page]:
    """A page an article, by its id, in the document's order."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in document.findings:
        found[finding.anchor.article].append(finding)
    pages = {}
    for article, slug in zip(document.articles, slugs([article.id for article in document.articles]), strict=True):
        file = f"{slug}.html"
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


def _by_rule(entries: Iterable[Entry]) -> list[tuple[Rule, Tally, int]]:
    """Each rule that found something, how much, in how many articles; the most severe first, then the most frequent."""
    rows = [(found[0].rule, tally(found), len({entry.file for entry in found})) for found in _grouped(entries).values()]
    return sorted(rows, key=lambda row: (SEVERITIES.index(row[0].severity), -row[1].open, row[0].name))


def _found(entries: Iterable[Entry]) -> dict[str, tuple[Tally, list[list[Entry]]]]:
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


def _matrix(pages: Iterable[Page]) -> list[tuple[Page, Counter[str]]]:
    """The open findings by family of rules, of the articles that have the most."""
    rows = [(page, Counter(entry.rule.family for entry in page.entries if not entry.waived)) for page in pages]
    worst = sorted((row for row in rows if row[1]), key=lambda row: (-row[0].tally.error, -row[0].tally.open))
    return worst[:MATRIX_ROWS]


def _citing(entries: Iterable[Entry]) -> dict[str, dict[tuple[int, int], list[Entry]]]:
    """The findings that each span is a witness of, by article and place."""
    citing: dict[str, dict[tuple[int, int], list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        for span in entry.finding.spans[1:]:
            citing[span.article][span.start, span.end].append(entry)
    return citing


def _anchors(
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


def _witnesses(
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


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, which takes its place once all is well and is gone otherwise.

    Raises ReportFolderError where `folder` is no folder, or holds anything but a report.
    """
    check(folder)
    folder = folder.resolve()  # a link stays, and what it leads to is replaced
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, former = (folder.with_name(f".{folder.name}-{secrets.token_hex(4)}") for _ in range(2))
    fresh.mkdir()
    try:
        yield fresh
        if not folder.exists():
            fresh.rename(folder)
            return
        folder.rename(former)
        try:
            fresh.rename(folder)
        except BaseException:
            former.rename(folder)
            raise
        shutil.rmtree(former)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


@cache
def environment(templates: BaseLoader = TEMPLATES) -> Environment:
    environment = Environment(
        loader=templates,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # html is off: what is not Markdown is escaped
    prose = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("smartquotes")
    environment.filters |= {
        "clip": shorten,
        "counted": _counted,
        "day": _day,
        "prose": lambda markdown: Markup(prose.render(markdown)),  # noqa: S704
        "unseen": _unseen,
    }
    environment.globals |= {
        "severities": SEVERITIES,
        "shown": WITNESSES_SHOWN,
        "values_shown": VALUES_SHOWN,
        "named": CHANGES_NAMED,
        "found_named": FOUND_NAMED,
        "facts_listed": FACTS_LISTED,
        "matrix_rows": MATRIX_ROWS,
    }
    environment.tests |= {"anchored": lambda said: isinstance(said, Anchored)}
    return environment


def _seen(value: object) -> object:
    """What a template puts out: characters that cannot be seen are named, in every place, attributes too."""
    return _UNSEEN.sub(lambda match: _name(match[0]), value) if type(value) is str else value


def _unseen(words: str) -> Markup:
    """The words of an article, its unseen characters set apart as what they are."""
    return Markup(  # noqa: S704  escaped here
        _UNSEEN.sub(lambda match: f'<span class="unseen">{_name(match[0])}</span>', str(escape(words)))
    )


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


def _counted(count: int, noun: str) -> str:
    """`1 article`, `1,204 articles`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _day(iso: str) -> str:
    """`2026-01-10` as `10 January 2026`."""
    return format_date(date.fromisoformat(iso), "d MMMM y", locale="en")
