"""`corrigenda records` and `corrigenda text`: what is read out of articles."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from expectations.nearest import nearest
from pipelines.commands.common import (
    UnusableError,
    config_option,
    fact_sheet,
    located,
    read_articles,
    say_rejected,
    write_file,
)

if TYPE_CHECKING:
    import pandas as pd

RECORD_FORMATS = ("jsonl", "csv", "parquet")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--table", required=True, metavar="NAME", help="Which table; an unknown NAME lists them.")
@click.option("--format", "form", type=click.Choice(RECORD_FORMATS), default="jsonl", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; without it, standard output."
)
@config_option
def records(paths: tuple[Path, ...], table: str, form: str, output: Path | None, config: Path | None) -> None:
    """Print what is extracted from articles, or compared across them: one table, a row a record."""
    from expectations.contracts import CONTRACTS

    if table not in CONTRACTS:
        raise UnusableError(f"no table {table!r}{nearest(table, CONTRACTS)}; the tables are: {', '.join(CONTRACTS)}")
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise UnusableError("Parquet is binary; give --output FILE or pipe it")
    chosen, root, settings = located(paths, config)
    facts = fact_sheet(settings)
    corpus = read_articles(chosen, root, settings.house)
    say_rejected(corpus)
    from pipelines.audit import tables

    data = _encoded(tables(corpus, facts)[table], form)
    if output is None:
        click.echo(data, nl=False)
    else:
        write_file(output, data)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder to keep the texts in, a file an article; without it, they are printed.",
)
def text(paths: tuple[Path, ...], output: Path | None) -> None:
    """Print the text of articles that findings are counted in: what lines, columns and offsets go into.

    Of .txt and .md files it is the file itself. Of Word documents, web pages and JSON it is their words, as the audit
    reads and keeps them: what the file states of title, date and author as front matter, headings marked with #.
    """
    from audits.reports.text import visible
    from pipelines.language.house import ANY

    chosen, root, _ = located(paths, None)
    corpus = read_articles(chosen, root, ANY)
    say_rejected(corpus)
    for article in corpus.articles:
        data = article.text.encode("utf-8")
        if output is not None:
            own = article.format in {"text", "markdown"}
            write_file(output / (article.path if own else f"{article.path}.md"), data)
            continue
        if len(corpus.articles) > 1:
            click.echo(f"==> {visible(article.path)} <==")
        click.echo(data, nl=False)


def _encoded(frame: "pd.DataFrame", form: str) -> bytes:
    if form == "parquet":
        return frame.to_parquet(index=False)
    if form == "csv":
        return frame.to_csv(index=False, lineterminator="\n").encode("utf-8")
    return frame.to_json(orient="records", lines=True, force_ascii=False).encode("utf-8")
