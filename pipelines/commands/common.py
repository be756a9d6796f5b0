"""What the commands share: settings, articles, files, and how they say what cannot be done."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from expectations.nearest import nearest

if TYPE_CHECKING:
    from audits.baseline import Entry
    from audits.findings import Findings
    from audits.waivers import Waiver
    from expectations.catalogue import Rule
    from expectations.facts import Fact
    from pipelines.audit import Audit, Progress, Tables
    from pipelines.configuration import Configuration, Settings
    from pipelines.language.house import House
    from pipelines.reading import Corpus

GATE = "gate"  # the gate's own folder of record tables, beside the audit's
DOCUMENTS = ("text", "json")  # of an evaluation
STOPPED = "Stopped; what had been written before stands."
INTERRUPTED = 130  # as a shell reports a process that Ctrl-C ended


class UnusableError(click.ClickException):
    """Bad usage, or nothing to audit: the message goes to standard error, the exit code is 2."""

    exit_code = 2


def rule_names(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    """Rule names given one by one or joined by commas."""
    names = tuple(name.strip() for group in given for name in group.split(","))
    for name in names:
        rule_named(name)
    return names


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of settings; without it, corrigenda.toml or [tool.corrigenda] in pyproject.toml.",
)


def configured(file: Path | None, root: Path) -> "Configuration":
    from pipelines import configuration

    try:
        return configuration.read(file) if file else configuration.find(root)
    except configuration.ConfigurationError as error:
        raise UnusableError(str(error)) from None


def fact_sheet(settings: "Settings") -> "tuple[Fact, ...]":
    from pipelines.configuration import ConfigurationError

    try:
        return settings.sheet()
    except ConfigurationError as error:
        raise UnusableError(str(error)) from None


def accepted_waivers(file: Path) -> "tuple[Waiver, ...]":
    if not file.exists():
        return ()
    from audits import waivers
    from expectations.catalogue import catalogue

    try:
        return waivers.read(file, catalogue()).waivers
    except waivers.WaiverError as error:
        raise UnusableError(str(error)) from None


def baseline_entries(file: Path) -> "tuple[Entry, ...]":
    from audits import baseline

    try:
        return baseline.read(file)
    except baseline.BaselineError as error:
        raise UnusableError(str(error)) from None
    except OSError as error:
        raise UnusableError(f"{file}: cannot be read: {error.strerror}") from None


def settled(outcome: "Audit", accepted: "tuple[Waiver, ...]", rules: "Mapping[str, Rule]") -> "Audit":
    if not accepted:
        return outcome
    from audits.waivers import settle

    return replace(outcome, findings=settle(outcome.findings, accepted, rules, date.today()))


def last_audit(store: Path, tables: Sequence[str] = ()) -> "tuple[Findings, Tables]":
    """The findings document of the last audit, and the tables asked for."""
    from audits.reports.json import parse
    from pipelines import audit
    from pipelines.store import Store, StoreError

    kept = Store(store)
    try:
        return parse(kept.document(audit.FINDINGS)), {table: kept.read(table) for table in tables}
    except StoreError:
        raise UnusableError(f"no audit is kept in {store}; run 'corrigenda audit' first") from None


def overridden(settings: "Settings", **given: object) -> "Settings":
    """The settings, but for those given; rules that are selected are not ignored."""
    if given["select"] and not given["ignore"]:
        settings = settings.model_copy(update={"ignore": ()})
    return settings.model_copy(update={name: value for name, value in given.items() if value})


def rule_named(name: str) -> "Rule":
    from expectations.catalogue import catalogue

    if name not in catalogue():
        raise UnusableError(f"no rule {name!r}{nearest(name, catalogue())}; 'corrigenda rules' lists them")
    return catalogue()[name]


def located(paths: Sequence[Path], config: Path | None) -> "tuple[list[Path], Path, Settings]":
    """The files and folders to audit, the corpus's root, and its settings; where no paths are given, the settings
    name them."""
    if not paths:
        paths = configured(config, Path.cwd()).settings.articles
        if not any(path.exists() for path in paths):
            here = " or ".join(as_named(path) for path in paths)
            raise UnusableError(f"there is no folder {here} here; name the files or folders to audit")
    chosen, root = chosen_paths(paths)
    return chosen, root, configured(config, root).settings


def chosen_paths(paths: Sequence[Path]) -> tuple[list[Path], Path]:
    """The paths, absolute, and the corpus's root: the working folder, or the folder that holds every path outside of
    it."""
    chosen = [Path(os.path.normpath(path.absolute())) for path in paths]
    here = Path.cwd()
    if not all(path.is_relative_to(here) for path in chosen):
        here = Path(os.path.commonpath([path if path.is_dir() else path.parent for path in chosen]))
    return chosen, here


def read_articles(chosen: Sequence[Path], root: Path, house: "House") -> "Corpus":
    from pipelines.reading import READERS, read_corpus

    corpus = read_corpus(chosen, root, house)
    if not corpus.articles:
        from audits.reports.text import visible

        listed = "".join(f"\n  {visible(r.path)}: {visible(r.reason)}" for r in corpus.rejected)
        endings = " or ".join(READERS)
        raise UnusableError(
            f"nothing to audit: no readable article ({endings}) in {', '.join(map(as_named, chosen))}{listed}"
        )
    return corpus


def say_rejected(corpus: "Corpus") -> None:
    from audits.reports.text import visible

    for rejected in corpus.rejected:
        click.echo(f"rejected: {visible(rejected.path)}: {visible(rejected.reason)}", err=True)


def as_named(path: Path) -> str:
    """As it can be named from here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def write_file(file: Path, data: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        raise UnusableError(f"{file}: cannot be written: {error.strerror}") from None


def in_colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


@contextmanager
def progress() -> "Iterator[Progress]":
    """Shows how far the audit is, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("preparing", total=None)

        def tell(stage: str, done: int, total: int) -> None:
            if total:
                bar.update(task, description=f"{stage} {done} of {total}", completed=done, total=total)
            else:
                bar.reset(task, description=stage, total=None)

        yield tell
