"""`corrigenda fix`."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.common import (
    UnusableError,
    accepted_waivers,
    config_option,
    fact_sheet,
    in_colour,
    located,
    overridden,
    progress,
    read_articles,
    rule_names,
)

if TYPE_CHECKING:
    from pipelines.fixing import Fixed


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="Write the change to the files.")
@click.option("--select", multiple=True, metavar="RULE", callback=rule_names, help="Mend only what these rules find.")
@click.option("--ignore", multiple=True, metavar="RULE", callback=rule_names, help="Mend all but what these find.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes to work with.")
@config_option
def fix(
    paths: tuple[Path, ...],
    apply: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    jobs: int,
    config: Path | None,
) -> None:
    """Mend what can be mended without asking, and show the change as a diff. Without PATH: the folder ./seeds.

    Weekdays that do not fit their date, doubled words, misread and invisible characters, codes of HTML, lines of the
    web page: as far as the rule is sure, never inside a quotation, and only where it brings up no other error or
    warning. A waived finding is left. Files are written with --apply alone.

    Exit status: 0 = nothing to mend, or, with --apply, all of it is written; 1 = there is something to mend; 2 = bad
    usage, nothing to audit, or a file that cannot be written or has changed meanwhile; 3 and 130 as for audit.
    """
    chosen, root, settings = located(paths, config)
    facts = fact_sheet(settings)
    accepted = accepted_waivers(settings.waivers)
    with progress() as tell:
        tell("reading", 0, 0)
        corpus = read_articles(chosen, root, settings.house)
        from audits.waivers import settle
        from pipelines.fixing import fix as run

        mending = overridden(settings, select=select, ignore=ignore).rules()
        if not mending:
            raise UnusableError("no rule is left to run; see --select and --ignore")
        rules = settings.rules() | mending
        settled = partial(settle, waivers=accepted, rules=rules, today=date.today())
        found = run(corpus, rules, mending, settled, facts=facts, jobs=jobs, tell=tell)
    from audits.reports import diff

    changes = [(fixed.article.path, fixed.article.text, fixed.text) for fixed in found.articles]
    click.echo(diff.render(changes, colour=in_colour()), nl=False)
    if apply:
        _mend(root, found.articles)
    click.echo(diff.closing(len(changes), found.settled, found.left, applied=apply), nl=False)
    if changes and not apply:
        sys.exit(1)


def _mend(root: Path, articles: "Sequence[Fixed]") -> None:
    """Write every article that can be written, then say which could not."""
    from audits import fixes

    failed = []
    for fixed in articles:
        file = root / fixed.article.path
        try:
            fixes.write(file, fixed.article.sha256, fixed.text)
        except fixes.ChangedFileError as error:
            failed.append(str(error))
        except OSError as error:
            failed.append(f"{file}: cannot be written: {error.strerror}")
    if failed:
        raise UnusableError("\n".join(failed))
