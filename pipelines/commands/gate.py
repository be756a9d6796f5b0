"""`corrigenda gate`."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from expectations.catalogue import SEVERITIES
from pipelines.commands.common import (
    GATE,
    UnusableError,
    accepted_waivers,
    baseline_entries,
    chosen_paths,
    config_option,
    fact_sheet,
    in_colour,
    located,
    overridden,
    progress,
    rule_names,
    write_file,
)
from pipelines.commands.formats import HELP, outputs, rendered, summarise

if TYPE_CHECKING:
    from pipelines.configuration import Settings
    from pipelines.gate import Case
    from pipelines.gate.repository import Former

BLOCKED = 1


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--base", metavar="REF", help="Judge what is new or changed since this revision of the git repository.")
@click.option(
    "--corpus",
    multiple=True,
    type=click.Path(path_type=Path),
    show_default="the setting 'articles', seeds",
    help="The published articles: a folder or file; may be given several times.",
)
@click.option("--tracked", is_flag=True, help="With --base: leave out files that git does not track.")
@click.option("--block", type=click.Choice(SEVERITIES), help="Findings that weigh as much as this, or more, block.")
@click.option("--format", "formats", multiple=True, metavar="NAME[=FILE]", help=HELP)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The file for a single --format.")
@click.option("--select", multiple=True, metavar="RULE", callback=rule_names, help="Run only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE", callback=rule_names, help="Run all rules but these.")
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes for reading large corpora."
)
@click.option("--store", type=click.Path(path_type=Path, file_okay=False), help="The folder for the record tables.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day on which waivers are to hold; without it, the day that it is.",
)
@config_option
def gate(
    files: tuple[Path, ...],
    base: str | None,
    corpus: tuple[Path, ...],
    tracked: bool,
    block: str | None,
    formats: tuple[str, ...],
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    jobs: int,
    store: Path | None,
    today: datetime | None,
    config: Path | None,
) -> None:
    """Judge new articles before they land: by themselves, and against all that is published.

    \b
    corrigenda gate --base main              what is new or changed on this branch, or not committed yet
    corrigenda gate draft.md --corpus news/  an article that stands in no repository

    What stood there before never blocks: neither the faults of published articles, nor what the baseline holds
    (see 'corrigenda baseline') or the desk accepts. Which findings block is policy: [gate] in the settings.

    Exit status: 0 = the articles may land; 1 = blocked; 2 = bad usage, or a repository that cannot be asked; 3 = a
    defect in Corrigenda itself; 130 = stopped by Ctrl-C.
    """
    from audits.reports import text
    from audits.reports.json import render
    from expectations.catalogue import catalogue, graded
    from pipelines.audit import FINDINGS
    from pipelines.gate import Settled
    from pipelines.gate import gate as run
    from pipelines.store import StoreError

    if bool(base) == bool(files):
        raise UnusableError("name either a revision to compare with (--base REF) or the new articles; see --help")
    wanted = outputs(formats or ("text",), output)
    if any(name == "docx" for name, _ in wanted):
        raise UnusableError("the gate writes no Word documents; 'corrigenda audit --format docx=FOLDER' does")
    corpora, root, settings = located(corpus, config)
    settings = overridden(settings, select=select, ignore=ignore, store=store)
    rules = settings.rules()
    if not rules:
        raise UnusableError("no rule is left to run; see --select and --ignore")
    policy = settings.gate.model_copy(update={"block": block} if block else {}).policy
    settled = Settled(policy, accepted_waivers(settings.waivers), baseline_entries(settings.baseline))
    with progress() as tell:
        tell("looking for what has changed", 0, 0)
        if base:
            case = _since(base, corpora, root, settings, jobs, tracked=tracked)
        else:
            case = _named(files, corpora, settings, jobs)
        try:
            judged = run(case, rules, settled, today.date() if today else date.today(), base, tell)
            # 'corrigenda waive' knows the findings by it
            case.index.write({}, {FINDINGS: render(judged.findings)}, case.house)
        except StoreError as error:
            raise UnusableError(str(error)) from None
        declared = graded(catalogue(), settings.severity)
        for name, file in wanted:
            if file is not None:
                write_file(file, rendered(name, judged.findings, declared, judged.texts, colour=False))
        summarise(wanted, judged.findings)
    shown = next((name for name, file in wanted if file is None), None)
    if shown:
        click.echo(rendered(shown, judged.findings, declared, judged.texts, colour=in_colour()), nl=False)
    else:
        click.echo(text.summary(judged.findings, colour=in_colour()), nl=False)
    if judged.findings.verdict and judged.findings.verdict.blocked:
        sys.exit(BLOCKED)


def _since(base: str, corpora: Sequence[Path], root: Path, settings: "Settings", jobs: int, *, tracked: bool) -> "Case":
    """What the working tree has otherwise than the revision."""
    from pipelines.gate.repository import RepositoryError, changed
    from pipelines.reading import listed

    try:
        changes = changed(corpora, base, tracked=tracked)
    except RepositoryError as error:
        raise UnusableError(str(error)) from None
    there, _ = listed(corpora, root)
    files = [file for file in there if file not in changes.untracked]
    now = {change.file: change.former for change in changes.changes if change.file in {*files}}
    gone = [change.former for change in changes.changes if change.former and change.file not in now]
    return _case(root, files, now, gone, settings, jobs)


def _named(files: Sequence[Path], corpora: Sequence[Path], settings: "Settings", jobs: int) -> "Case":
    """The files, as new ones."""
    from pipelines.reading import listed

    missing = next((file for file in files if not file.exists()), None)
    if missing is not None:
        raise UnusableError(f"{missing}: there is no such file")
    chosen, root = chosen_paths([*corpora, *files])
    new, _ = listed(chosen[len(corpora) :], root)
    there, _ = listed(corpora, root)
    return _case(root, sorted({*there, *new}), dict.fromkeys(new), (), settings, jobs)


def _case(
    root: Path,
    files: Sequence[Path],
    judged: "Mapping[Path, Former | None]",
    deleted: "Sequence[Former]",
    settings: "Settings",
    jobs: int,
) -> "Case":
    from pipelines.gate import Case
    from pipelines.store import Store

    return Case(
        root=root,
        files=tuple(files),
        judged=judged,
        deleted=tuple(deleted),
        house=settings.house,
        facts=fact_sheet(settings),
        index=Store(settings.store.with_name(GATE)),
        stores=(Store(settings.store),),
        jobs=jobs,
    )
