"""`corrigenda evaluate`."""

import os
from pathlib import Path

import click

from pipelines.commands.common import (
    DOCUMENTS,
    config_option,
    fact_sheet,
    in_colour,
    located,
    progress,
    read_articles,
    rule_named,
    rule_names,
    write_file,
)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(DOCUMENTS), default="text", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; without it, standard output."
)
@click.option("--rule", "of", multiple=True, metavar="RULE", callback=rule_names, help="Only faults for these rules.")
@click.option("--faults", type=click.IntRange(1), default=3, show_default=True, help="How many of each kind.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed plants at other places.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes to work with.")
@config_option
def evaluate(
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    of: tuple[str, ...],
    faults: int,
    seed: int,
    jobs: int,
    config: Path | None,
) -> None:
    """Plant faults into articles and show which of them an audit finds. Without PATH: the folder ./seeds.

    Every fault – a changed sum, a wrong weekday, a repeated sentence, an open slot – is planted by itself into an
    article that is then audited beside the others it shares facts with; the files are left as they are. Best on copy
    that is clean: the table says, for each kind of fault, how many were planted and found, and what else the audit
    said that it had not said before. The same articles and seed give the same faults. Exit status as for audit.
    """
    chosen, root, settings = located(paths, config)
    facts = fact_sheet(settings)
    with progress() as tell:
        tell("reading", 0, 0)
        corpus = read_articles(chosen, root, settings.house)
        from pipelines.evaluation import report
        from pipelines.evaluation.evaluate import evaluate as run

        rules = settings.rules() | {name: rule_named(name) for name in of}
        outcome = run(corpus, rules, of=of, facts=facts, faults=faults, seed=seed, jobs=jobs, tell=tell)
    colour = output is None and in_colour()
    data = (report.as_json(outcome) if form == "json" else report.text(outcome, colour=colour)).encode("utf-8")
    if output is None:
        click.echo(data, nl=False)
    else:
        write_file(output, data)
