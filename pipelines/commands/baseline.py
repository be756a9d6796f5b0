"""`corrigenda baseline`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.common import (
    UnusableError,
    accepted_waivers,
    as_named,
    baseline_entries,
    config_option,
    fact_sheet,
    located,
    progress,
    read_articles,
    say_rejected,
    settled,
)

if TYPE_CHECKING:
    from audits.baseline import Entry


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--prune", is_flag=True, help="Only take out what the articles do not say any more; add nothing.")
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes for reading large corpora."
)
@config_option
def baseline(paths: tuple[Path, ...], prune: bool, jobs: int, config: Path | None) -> None:
    """Record the findings that are there now, so that the gate does not block on them.

    They are written to audits/baseline.jsonl (the setting 'baseline'), a line for equal words of an article, to be
    committed and reviewed like any other change. What the desk accepts is left out, for its waiver holds it. All
    articles of the corpus should be audited at once: what is not found is not recorded.
    """
    from audits import baseline as kept
    from audits.reports.text import counted
    from pipelines.audit import audit as run

    chosen, root, settings = located(paths, config)
    rules = settings.rules()
    if not rules:
        raise UnusableError("no rule is left to run; see 'select' and 'ignore' in the settings")
    file, facts, accepted = settings.baseline, fact_sheet(settings), accepted_waivers(settings.waivers)
    before = baseline_entries(file) if prune else _held_before(file)
    with progress() as tell:
        tell("reading", 0, 0)
        corpus = read_articles(chosen, root, settings.house)
        outcome = settled(run(corpus, rules, facts=facts, jobs=jobs, tell=tell), accepted, rules)
    say_rejected(corpus)
    document = outcome.findings
    after = (
        kept.pruned(before, document.findings, {article.path for article in document.articles})
        if prune
        else kept.record(document.findings)
    )
    try:
        kept.write(file, after)
    except OSError as error:
        raise UnusableError(f"{file}: cannot be written: {error.strerror}") from None
    click.echo(
        f"{as_named(file.absolute())}: {counted(_held(after), 'finding')} in "
        f"{counted(len({entry.article for entry in after}), 'article')}; it held {_held(before):,} before."
    )


def _held_before(file: Path) -> "tuple[Entry, ...]":
    """The entries that are to be replaced; a file that cannot be used is replaced too."""
    try:
        return baseline_entries(file)
    except UnusableError:
        return ()


def _held(entries: "tuple[Entry, ...]") -> int:
    return sum(entry.count for entry in entries)
