"""The findings as pages: an overview, a page an article with its findings beside the words, the rules as help.

Nothing in a page comes from elsewhere than its own folder, and nothing in it is of the moment: the same findings make
the same bytes. Whatever an article says, in its text or its name, is shown and never obeyed.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from jinja2 import BaseLoader, Environment

from audits import history
from audits.facts import CorpusFact
from audits.files import MARKER
from audits.findings import Findings
from audits.folders import replacing
from audits.reports import plots
from audits.reports.drawing import FOLDER, TEMPLATES, environment
from audits.reports.passages import Block, cut
from audits.reports.views import (
    ARTICLES,
    STATEMENTS_QUOTED,
    Dispute,
    Entry,
    Page,
    anchors,
    by_rule,
    changed,
    citing_of,
    found_by_rule,
    matrix,
    named_facts,
    pages_of,
    shares,
    stated,
    structure_of,
    tally,
    witnesses,
)
from expectations.catalogue import Rule

INDEX, RULES, ASSETS = "index.html", "rules.html", ("report.css", "report.js")
FACTS, FACT_PAGES = "facts.html", "facts"
TREND = "trend.svg"
Draft = Callable[..., str]


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
    structure = {
        article.id: structure_of(texts[article.id], blocks.get(article.id, ())) for article in document.articles
    }
    pages = pages_of(document, texts, structure, rules)
    entries = [entry for page in pages.values() for entry in page.entries]
    named = named_facts([fact for fact in facts if fact.disputed])
    common = {"version": document.version, "disputed": {fact.id: file for file, fact in named.items()}}
    drawing = environment(templates)
    lists_of_articles = shares(list(pages.values()))
    lists = [INDEX, *(f"articles-{number}.html" for number in range(2, len(lists_of_articles) + 1))]
    overview = partial(
        drawing.get_template(INDEX).render,
        common,
        root="",
        lists=lists,
        articles=len(pages),
        rejected=document.rejected,
        lapsed=[waiver for waiver in document.waivers if waiver.state in {"expired", "stale"}],
        tally=tally(entries),
        by_rule=by_rule(entry for entry in entries if not entry.waived),
        families=list(dict.fromkeys(rule.family for rule in rules.values())),
        matrix=matrix(pages.values()),
        change=changed(document, entries),
        trend=TREND if len(course) > 1 else None,
    )
    for at, (name, share) in enumerate(zip(lists, lists_of_articles, strict=True)):
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
            found=found_by_rule(entries),
        ),
    )
    yield from _fact_pages(drawing, common, named, entries, pages, texts, structure)
    citing = citing_of(entries)
    ordered = list(pages.values())
    template = drawing.get_template("article.html")

    def article(at: int, **more: object) -> str:
        page = ordered[at]
        text, blocks = texts[page.article.id], structure[page.article.id]
        marks = [
            *anchors(page, pages, texts, structure),
            *witnesses(page, text, citing.get(page.article.id, {})),
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
                    stated(statement, anchors, pages, texts, structure)
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


def _picture(fact: CorpusFact, **_more: object) -> str:
    return plots.over_time(fact)
