"""`corrigenda audit`."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import click

from expectations.nearest import nearest
from pipelines.commands.common import (
    UnusableError,
    accepted_waivers,
    as_named,
    config_option,
    fact_sheet,
    in_colour,
    located,
    overridden,
    progress,
    read_articles,
    rule_names,
    settled,
    write_file,
)

if TYPE_CHECKING:
    from audits.findings import AuditedArticle
    from audits.history import Entry
    from expectations.catalogue import Rule
    from pipelines.audit import Audit
    from pipelines.language.house import House

FORMATS = ("text", "json", "md", "xlsx", "docx")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=FILE]",
    help=f"Print the findings, or write them to FILE: {', '.join(FORMATS)}. May be given several times. "
    "docx=FOLDER writes a Word document for each article with findings, with a comment for each.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The file for a single --format.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, file_okay=False),
    show_default="audits/report",
    help="The folder for the HTML report.",
)
@click.option("--no-report", is_flag=True, help="Write no HTML report.")
@click.option("--select", multiple=True, metavar="RULE", callback=rule_names, help="Run only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE", callback=rule_names, help="Run all rules but these.")
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes for reading large corpora."
)
@click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    show_default=".corrigenda/store",
    help="The folder for the record tables.",
)
@click.option(
    "--history",
    type=click.Path(path_type=Path, dir_okay=False),
    show_default=".corrigenda/history.jsonl",
    help="The file of what earlier audits came to.",
)
@config_option
def audit(
    paths: tuple[Path, ...],
    formats: tuple[str, ...],
    output: Path | None,
    report: Path | None,
    no_report: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    jobs: int,
    store: Path | None,
    history: Path | None,
    config: Path | None,
) -> None:
    """Audit articles: files, or folders with text (.txt, .md), Word documents (.docx), web pages (.html) and
    JSON of agencies (.json) in them. Without PATH: the folder ./seeds.

    Prints a summary by article and rule, writes the HTML report and the record tables. Exit status: 0 = at least one
    article was audited, whatever was found; 2 = bad usage, nothing to audit, or a file or folder that cannot be
    written; 3 = a defect in Corrigenda itself; 130 = stopped by Ctrl-C. What is given here wins over the settings in a
    file, which 'corrigenda config' shows; with --select, rules that the file ignores run too.
    """
    outputs = _outputs(formats, output)
    chosen, root, settings = located(paths, config)
    settings = overridden(settings, select=select, ignore=ignore, report=report, store=store, history=history)
    facts = fact_sheet(settings)
    accepted = accepted_waivers(settings.waivers)
    past = _history(settings.history)
    folders = [file for name, file in outputs if name == "docx" and file is not None]
    _check_folders(settings.store, [*folders, *(() if no_report else (settings.report,))])
    with progress() as tell:
        tell("reading", 0, 0)
        corpus = read_articles(chosen, root, settings.house)
        from audits.history import course, entry, settle
        from pipelines.audit import audit as run
        from pipelines.audit import corpus_name

        rules = settings.rules()
        if not rules:
            raise UnusableError("no rule is left to run; see --select and --ignore")
        outcome = settled(run(corpus, rules, facts=facts, jobs=jobs, tell=tell), accepted, rules)
        names = corpus_name(chosen, settings.history)
        now = entry(outcome.findings, rules, names, datetime.now().astimezone())
        outcome = replace(outcome, findings=settle(outcome.findings, past, now))
        tell("writing", 0, 0)
        for name, file in outputs:
            if name == "docx" and file is not None:
                _write_documents(outcome, root, file)
            elif file is not None:
                write_file(file, _rendered(name, outcome, colour=False))
        _keep(settings.store, outcome, settings.house)
        index = None if no_report else _write_report(outcome, rules, settings.report, course(past, now))
        _record(settings.history, now)
    shown = [name for name, file in outputs if file is None]
    click.echo(_rendered(shown[0], outcome, colour=in_colour()) if shown else _summary(outcome), nl=False)
    if index:
        click.echo(f"Report: {index}", err=bool(shown))


def _history(file: Path) -> "list[Entry]":
    from audits import history

    try:
        return history.read(file)
    except history.HistoryError as error:
        raise UnusableError(str(error)) from None


def _record(file: Path, now: "Entry") -> None:
    from audits import history

    try:
        history.add(file, now)
    except history.HistoryError as error:
        raise UnusableError(str(error)) from None
    except OSError as error:
        raise UnusableError(f"{file}: cannot be written: {error.strerror}; --history names another") from None


def _outputs(formats: Sequence[str], output: Path | None) -> list[tuple[str, Path | None]]:
    """Every format with its file; None is standard output, which one format can have."""
    outputs: list[tuple[str, Path | None]] = []
    for given in formats:
        name, equals, file = given.partition("=")
        if name not in FORMATS:
            raise UnusableError(f"no format {name!r}{nearest(name, FORMATS)}; the formats are {', '.join(FORMATS)}")
        if equals and not file:
            raise UnusableError(f"--format {given}: a file name is missing after '='")
        outputs.append((name, Path(file) if file else None))
    if ("docx", None) in outputs:
        raise UnusableError("a Word document is written for each article; give them a folder: --format docx=FOLDER")
    if output is not None:
        if len(outputs) != 1 or outputs[0][1] is not None:
            raise UnusableError("--output goes with a single --format NAME; for several, use --format NAME=FILE")
        outputs = [(outputs[0][0], output)]
    if ("xlsx", None) in outputs and sys.stdout.isatty():
        raise UnusableError("a spreadsheet is binary; give it a file: --format xlsx=FILE")
    if sum(file is None for _, file in outputs) > 1:
        raise UnusableError("only one format can go to standard output; give the others a file: --format NAME=FILE")
    if len({file and file.absolute() for _, file in outputs}) < len(outputs):
        raise UnusableError("two formats cannot go to one file")
    return outputs


def _check_folders(store: Path, reports: Sequence[Path]) -> None:
    """Refuse folders that hold something else, or that would replace each other, before any work is done."""
    from audits import folders
    from pipelines.store import Store, StoreError

    for one, other in permutations(map(Path.absolute, reports), 2):
        if one.is_relative_to(other):
            raise UnusableError(f"{as_named(one)}: is to be replaced with {as_named(other)}; name another folder")
    try:
        Store(store).check()
        for report in reports:
            folders.check(report)
    except StoreError as error:
        raise UnusableError(str(error)) from None
    except OSError as error:
        raise UnusableError(f"{error.filename or reports[0]}: {error.strerror}") from None


def _write_report(outcome: "Audit", rules: "Mapping[str, Rule]", folder: Path, course: "Sequence[Entry]") -> Path:
    from audits.reports import html
    from pipelines.audit import blocks_of, facts_of, texts_of

    tables, found = outcome.tables, outcome.findings
    try:
        return html.write(found, texts_of(tables), blocks_of(tables), rules, facts_of(tables, found), folder, course)
    except OSError as error:
        raise UnusableError(f"the report cannot be written: {error.filename or folder}: {error.strerror}") from None


def _write_documents(outcome: "Audit", root: Path, folder: Path) -> None:
    from audits.reports import docx
    from pipelines.audit import blocks_of, texts_of

    def original(article: "AuditedArticle") -> bytes | None:
        if not article.path.lower().endswith(".docx"):
            return None
        data = (root / article.path).read_bytes()
        if sha256(data).hexdigest() != article.sha256:
            raise UnusableError(f"{article.path}: was changed while it was audited; run the audit again")
        return data

    try:
        docx.write(outcome.findings, texts_of(outcome.tables), blocks_of(outcome.tables), original, folder)
    except OSError as error:
        raise UnusableError(
            f"the Word documents cannot be written: {error.filename or folder}: {error.strerror}"
        ) from None


def _keep(store: Path, outcome: "Audit", house: "House") -> None:
    from audits.reports.json import render
    from pipelines import audit
    from pipelines.store import Store, StoreError

    documents = {
        audit.FINDINGS: render(outcome.findings),
        audit.REJECTED: audit.rejected_document(outcome.rejected),
    }
    try:
        Store(store).write(outcome.tables, documents, house)
    except StoreError as error:
        raise UnusableError(str(error)) from None


def _rendered(name: str, outcome: "Audit", *, colour: bool) -> bytes:
    from audits.reports import json, markdown, text, xlsx
    from pipelines.audit import texts_of

    if name == "json":
        return json.render(outcome.findings).encode("utf-8")
    if name == "md":
        return markdown.render(outcome.findings).encode("utf-8")
    if name == "xlsx":
        return xlsx.render(outcome.findings)
    return text.render(outcome.findings, colour=colour, texts=texts_of(outcome.tables)).encode("utf-8")


def _summary(outcome: "Audit") -> bytes:
    from audits.reports import text

    return text.summary(outcome.findings, colour=in_colour()).encode("utf-8")
