"""`corrigenda audit`."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import click

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
from pipelines.commands.formats import HELP, outputs, rendered, summarise, write_documents

if TYPE_CHECKING:
    from audits.history import Entry
    from expectations.catalogue import Rule
    from pipelines.audit import Audit
    from pipelines.language.house import House


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=FILE]",
    help=HELP,
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
    wanted = outputs(formats, output)
    chosen, root, settings = located(paths, config)
    settings = overridden(settings, select=select, ignore=ignore, report=report, store=store, history=history)
    facts = fact_sheet(settings)
    accepted = accepted_waivers(settings.waivers)
    past = _history(settings.history)
    folders = [file for name, file in wanted if name == "docx" and file is not None]
    _check_folders(settings.store, [*folders, *(() if no_report else (settings.report,))])
    with progress() as tell:
        tell("reading", 0, 0)
        corpus = read_articles(chosen, root, settings.house)
        from audits.history import course, entry, settle
        from expectations.catalogue import catalogue, graded
        from pipelines.audit import audit as run
        from pipelines.audit import corpus_name, texts_of

        rules = settings.rules()
        if not rules:
            raise UnusableError("no rule is left to run; see --select and --ignore")
        outcome = settled(run(corpus, rules, facts=facts, jobs=jobs, tell=tell), accepted, rules)
        names = corpus_name(chosen, settings.history)
        now = entry(outcome.findings, rules, names, datetime.now().astimezone())
        outcome = replace(outcome, findings=settle(outcome.findings, past, now))
        tell("writing", 0, 0)
        declared = graded(catalogue(), settings.severity)
        texts = texts_of(outcome.tables)
        for name, file in wanted:
            if name == "docx" and file is not None:
                write_documents(outcome, root, file)
            elif file is not None:
                write_file(file, rendered(name, outcome.findings, declared, texts, colour=False))
        _keep(settings.store, outcome, settings.house)
        index = None if no_report else _write_report(outcome, rules, settings.report, course(past, now))
        _record(settings.history, now)
        summarise(wanted, outcome.findings)
    shown = [name for name, file in wanted if file is None]
    if shown:
        click.echo(rendered(shown[0], outcome.findings, declared, texts, colour=in_colour()), nl=False)
    else:
        click.echo(_summary(outcome), nl=False)
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


def _summary(outcome: "Audit") -> bytes:
    from audits.reports import text

    return text.summary(outcome.findings, colour=in_colour()).encode("utf-8")
