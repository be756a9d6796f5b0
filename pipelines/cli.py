"""The command line. Nothing heavy is imported before it is needed: help, `rules` and `explain` answer at once."""

import errno
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from expectations.nearest import nearest

if TYPE_CHECKING:
    import socket

    import pandas as pd

    from audits.findings import AuditedArticle, Finding, Findings
    from audits.history import Entry
    from audits.waivers import Waiver
    from expectations.catalogue import Rule
    from expectations.facts import Fact
    from pipelines.audit import Audit, Progress, Tables
    from pipelines.configuration import Configuration, Settings
    from pipelines.desk.guard import Gate
    from pipelines.fixing import Fixed
    from pipelines.language.house import House
    from pipelines.reading import Corpus

SEEDS = Path("seeds")
FORMATS = ("text", "json", "md", "xlsx", "docx")
DOCUMENTS = ("text", "json")  # of an evaluation
RECORD_FORMATS = ("jsonl", "csv", "parquet")
DESK_PORT = 8420
STOPPED = "Stopped; what had been written before stands."
INTERRUPTED = 130  # as a shell reports a process that Ctrl-C ended
BROKEN_PIPE = 141  # as a shell reports a process that a closed pipe ended


class UnusableError(click.ClickException):
    """Bad usage, or nothing to audit: the message goes to standard error, the exit code is 2."""

    exit_code = 2


class OurFaultError(click.ClickException):
    """A defect of ours that stopped the run."""

    exit_code = 3

    def format_message(self) -> str:
        return f"a defect in Corrigenda, not in your articles: {self.message}\nCORRIGENDA_DEBUG=1 shows where."


class Commands(click.Group):
    """Ends quietly where the reader of its output has gone (`corrigenda rules | head -1`)."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to flush at exit
            sys.exit(BROKEN_PIPE)


def main() -> None:
    """Run the command line; no traceback reaches the user."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(STOPPED, err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        unwritable = UnusableError(f"{error.filename or 'standard output'}: {error.strerror}")
        unwritable.show()
        sys.exit(unwritable.exit_code)
    except Exception as error:
        if os.environ.get("CORRIGENDA_DEBUG"):
            raise
        fault = OurFaultError(f"{type(error).__name__}: {error}")
        fault.show()
        sys.exit(fault.exit_code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="corrigenda", message="corrigenda %(version)s")
def cli() -> None:
    """Audit news articles for what disagrees: figures, ranks, dates, names, quotations and sources that clash,
    inside one article and across articles.

    \b
    corrigenda audit                   audit the articles in ./seeds and write a report
    corrigenda audit drafts/ a.md      audit these instead
    corrigenda explain weekday-mismatch
    """


def _rule_names(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    """Rule names given one by one or joined by commas."""
    names = tuple(name.strip() for group in given for name in group.split(","))
    for name in names:
        _rule(name)
    return names


_config = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of settings; without it, corrigenda.toml or [tool.corrigenda] in pyproject.toml.",
)


@cli.command()
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
@click.option("--select", multiple=True, metavar="RULE", callback=_rule_names, help="Run only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE", callback=_rule_names, help="Run all rules but these.")
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
@_config
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
    chosen, root = _chosen(paths)
    settings = _with(
        _configuration(config, root).settings, select=select, ignore=ignore, report=report, store=store, history=history
    )
    facts = _facts(settings)
    accepted = _waivers(settings.waivers)
    past = _history(settings.history)
    folders = [file for name, file in outputs if name == "docx" and file is not None]
    _check_folders(settings.store, [*folders, *(() if no_report else (settings.report,))])
    with _progress() as tell:
        tell("reading", 0, 0)
        corpus = _read(chosen, root, settings.house)
        from audits.history import course, entry, settle
        from pipelines.audit import audit as run
        from pipelines.audit import corpus_name

        rules = settings.rules()
        if not rules:
            raise UnusableError("no rule is left to run; see --select and --ignore")
        outcome = _settled(run(corpus, rules, facts=facts, jobs=jobs, tell=tell), accepted, rules)
        names = corpus_name(chosen, settings.history)
        now = entry(outcome.findings, rules, names, datetime.now().astimezone())
        outcome = replace(outcome, findings=settle(outcome.findings, past, now))
        tell("writing", 0, 0)
        for name, file in outputs:
            if name == "docx" and file is not None:
                _write_documents(outcome, root, file)
            elif file is not None:
                _write(file, _rendered(name, outcome, colour=False))
        _keep(settings.store, outcome, settings.house)
        index = None if no_report else _write_report(outcome, rules, settings.report, course(past, now))
        _record(settings.history, now)
    shown = [name for name, file in outputs if file is None]
    click.echo(_rendered(shown[0], outcome, colour=_colour()) if shown else _summary(outcome), nl=False)
    if index:
        click.echo(f"Report: {index}", err=bool(shown))


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--table", required=True, metavar="NAME", help="Which table; an unknown NAME lists them.")
@click.option("--format", "form", type=click.Choice(RECORD_FORMATS), default="jsonl", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; without it, standard output."
)
@_config
def records(paths: tuple[Path, ...], table: str, form: str, output: Path | None, config: Path | None) -> None:
    """Print what is extracted from articles, or compared across them: one table, a row a record."""
    from expectations.contracts import CONTRACTS

    if table not in CONTRACTS:
        raise UnusableError(f"no table {table!r}{nearest(table, CONTRACTS)}; the tables are: {', '.join(CONTRACTS)}")
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise UnusableError("Parquet is binary; give --output FILE or pipe it")
    chosen, root = _chosen(paths)
    settings = _configuration(config, root).settings
    facts = _facts(settings)
    corpus = _read(chosen, root, settings.house)
    _say_rejected(corpus)
    from pipelines.audit import tables

    data = _encoded(tables(corpus, facts)[table], form)
    if output is None:
        click.echo(data, nl=False)
    else:
        _write(output, data)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(DOCUMENTS), default="text", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; without it, standard output."
)
@click.option("--rule", "of", multiple=True, metavar="RULE", callback=_rule_names, help="Only faults for these rules.")
@click.option("--faults", type=click.IntRange(1), default=3, show_default=True, help="How many of each kind.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed plants at other places.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes to work with.")
@_config
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
    chosen, root = _chosen(paths)
    settings = _configuration(config, root).settings
    facts = _facts(settings)
    with _progress() as tell:
        tell("reading", 0, 0)
        corpus = _read(chosen, root, settings.house)
        from pipelines.evaluation import report
        from pipelines.evaluation.evaluate import evaluate as run

        rules = settings.rules() | {name: _rule(name) for name in of}
        outcome = run(corpus, rules, of=of, facts=facts, faults=faults, seed=seed, jobs=jobs, tell=tell)
    colour = output is None and _colour()
    data = (report.as_json(outcome) if form == "json" else report.text(outcome, colour=colour)).encode("utf-8")
    if output is None:
        click.echo(data, nl=False)
    else:
        _write(output, data)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="Write the change to the files.")
@click.option("--select", multiple=True, metavar="RULE", callback=_rule_names, help="Mend only what these rules find.")
@click.option("--ignore", multiple=True, metavar="RULE", callback=_rule_names, help="Mend all but what these find.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes to work with.")
@_config
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
    chosen, root = _chosen(paths)
    settings = _configuration(config, root).settings
    facts = _facts(settings)
    accepted = _waivers(settings.waivers)
    with _progress() as tell:
        tell("reading", 0, 0)
        corpus = _read(chosen, root, settings.house)
        from audits.waivers import settle
        from pipelines.fixing import fix as run

        mending = _with(settings, select=select, ignore=ignore).rules()
        if not mending:
            raise UnusableError("no rule is left to run; see --select and --ignore")
        rules = settings.rules() | mending
        settled = partial(settle, waivers=accepted, rules=rules, today=date.today())
        found = run(corpus, rules, mending, settled, facts=facts, jobs=jobs, tell=tell)
    from audits.reports import diff

    changes = [(fixed.article.path, fixed.article.text, fixed.text) for fixed in found.articles]
    click.echo(diff.render(changes, colour=_colour()), nl=False)
    if apply:
        _mend(root, found.articles)
    click.echo(diff.closing(len(changes), found.settled, found.left, applied=apply), nl=False)
    if changes and not apply:
        sys.exit(1)


@cli.command()
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

    chosen, root = _chosen(paths)
    corpus = _read(chosen, root, ANY)
    _say_rejected(corpus)
    for article in corpus.articles:
        data = article.text.encode("utf-8")
        if output is not None:
            own = article.format in {"text", "markdown"}
            _write(output / (article.path if own else f"{article.path}.md"), data)
            continue
        if len(corpus.articles) > 1:
            click.echo(f"==> {visible(article.path)} <==")
        click.echo(data, nl=False)


@cli.command()
@click.argument("finding", metavar="FINDING")
@click.option("--reason", required=True, help="Why it is accepted; stands in the report.")
@click.option("--owner", help="Who answers for it.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The last day on which it holds."
)
@_config
def waive(finding: str, reason: str, owner: str | None, until: datetime | None, config: Path | None) -> None:
    """Accept a finding of the last audit, with a reason: it is written to audits/waivers.yaml.

    FINDING is its id, or as much of it as tells it from the others; 'corrigenda audit --format text' and the report
    show ids. The next audit keeps the finding, folded, with its reason. A waiver holds while its words stand, wherever
    they move to.
    """
    from audits import waivers

    settings = _configuration(config, Path.cwd()).settings
    found = _finding(settings.store, finding)
    try:
        waivers.add(settings.waivers, waivers.of(found, reason, owner, until.date() if until else None))
    except waivers.WaiverError as error:
        raise UnusableError(str(error)) from None
    click.echo(f"Waived {found.rule} in {found.anchor.path}:{found.anchor.line}; see {settings.waivers}.")


@cli.command()
@click.argument("subject", required=False, metavar="[SUBJECT]")
@click.option("--disputed", is_flag=True, help="Only those on which the articles do not agree.")
@click.option("--format", "form", type=click.Choice(DOCUMENTS), default="text", show_default=True)
@_config
def facts(subject: str | None, disputed: bool, form: str, config: Path | None) -> None:
    """Show what the articles of the last audit say of SUBJECT, value by value: a person, a project, an acronym.

    Sums, counts, titles, dates, places, spellings, expansions and quotations that two or more places state. Without
    SUBJECT: every fact.
    """
    from audits.facts import about
    from audits.reports import facts as shown
    from pipelines import audit

    document, tables = _last_audit(_configuration(config, Path.cwd()).settings.store, audit.FACT_TABLES)
    stated = audit.facts_of(tables, document)
    chosen = [fact for fact in stated if fact.disputed or not disputed]
    if subject is not None:
        chosen = list(about(chosen, subject, audit.names_of(tables)))
    if subject is not None and not chosen:
        known = sorted({name for fact in stated for name in (fact.subject, *fact.subject.split())})
        raise UnusableError(f"no two places state a fact of {subject!r}{nearest(subject, known)}")
    texts = audit.texts_of(tables)
    click.echo(shown.as_json(chosen) if form == "json" else shown.render(chosen, texts, colour=_colour()), nl=False)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=DESK_PORT, show_default=True, help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Another address asks everybody for the token.")
@click.option(
    "--token",
    envvar="CORRIGENDA_DESK_TOKEN",
    show_envvar=True,
    help="What opens the desk; made up and printed where --host asks for one.",
)
@click.option("--open", "browse", is_flag=True, help="Open the browser.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes for large corpora.")
@_config
def desk(
    paths: tuple[Path, ...],
    port: int,
    host: str,
    token: str | None,
    browse: bool,
    jobs: int,
    config: Path | None,
) -> None:
    """Serve the report to a browser, where findings are settled by mouse or keyboard, until Ctrl-C.

    A finding is accepted with a reason, which is written to the waivers file; or its words are mended in the article's
    file, and the desk audits again and shows whether it is gone. Any number of people and desks may work on one waivers
    file. Only this machine reaches the desk, unless --host names another address: then the printed link, with a token
    in it, opens it, and what is read and written goes over the network as it is.

    Exit status: 2 = bad usage, nothing to audit, an address or a port that cannot be had; 130 = ended by Ctrl-C.
    """
    chosen, root = _chosen(paths)
    settings = _configuration(config, root).settings
    facts = _facts(settings)
    _waivers(settings.waivers)
    from pipelines.reading import READERS, listed

    if not any(file.is_file() for file in listed(chosen, root)[0]):
        raise UnusableError(f"nothing to audit: no file ({' or '.join(READERS)}) in {', '.join(map(_shown, chosen))}")
    gate, listening = _gate(host, port, token)
    from pipelines.desk.app import TEMPLATES
    from pipelines.desk.auditing import Auditor
    from pipelines.desk.serving import link, serve
    from pipelines.desk.settling import Desk

    auditor = Auditor(chosen, root, settings.house, settings.rules(), facts, jobs)
    click.echo(f"The desk is open at {link(gate, listening)}\nCtrl-C closes it.")
    try:
        serve(Desk(auditor, settings.waivers, TEMPLATES), gate, listening, browse=browse)
    except KeyboardInterrupt:
        click.echo(STOPPED, err=True)
        sys.stdout.flush()
        os._exit(INTERRUPTED)  # an audit that goes on in its thread cannot be taken down piece by piece


def _gate(host: str, port: int, token: str | None) -> "tuple[Gate, socket.socket]":
    """What guards the desk, and the socket that it listens on."""
    from pipelines.desk.guard import SHORTEST_TOKEN, Gate, is_loopback, new_token
    from pipelines.desk.serving import bound

    if token is not None and len(token) < SHORTEST_TOKEN:
        raise UnusableError(f"--token: give at least {SHORTEST_TOKEN} characters, or none to have one made up")
    try:
        listening = bound(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            problem = f"port {port} is taken, perhaps by another desk; give another --port, or --port 0 for a free one"
        else:
            problem = f"{host}:{port}: cannot be listened on: {error.strerror}"
        raise UnusableError(problem) from None
    return Gate(host, token or (None if is_loopback(host) else new_token())), listening


@cli.command()
def rules() -> None:
    """List the rules: name, severity, scope, and what each finds."""
    from expectations.catalogue import catalogue

    family = None
    for rule in catalogue().values():
        if rule.family != family:
            family = rule.family
            click.secho(f"{family}", bold=True)
        click.echo(f"  {rule.name:28} {rule.severity:8} {'+'.join(rule.scopes):13} {rule.title}")
    click.echo("\ncorrigenda explain RULE says what a rule fires on, what it stays silent on, and why it matters.")


@cli.command()
@click.argument("rule", metavar="RULE")
def explain(rule: str) -> None:
    """Explain a rule: what it checks, why it matters, what it fires on and stays silent on, its limits."""
    found = _rule(rule)
    if not sys.stdout.isatty():
        click.echo(found.document)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(width=min(100, Console().width))
    console.print(Markdown(found.document))
    console.print(f"\n{found.name} · {found.family} · {found.severity} · {', '.join(found.scopes)}", style="dim")


@cli.command()
@_config
def config(config: Path | None) -> None:
    """Show the settings that hold here, and where each comes from: a corrigenda.toml to start from."""
    click.echo(_configuration(config, Path.cwd()).shown(), nl=False)


def _configuration(file: Path | None, root: Path) -> "Configuration":
    from pipelines import configuration

    try:
        return configuration.read(file) if file else configuration.find(root)
    except configuration.ConfigurationError as error:
        raise UnusableError(str(error)) from None


def _facts(settings: "Settings") -> "tuple[Fact, ...]":
    from pipelines.configuration import ConfigurationError

    try:
        return settings.sheet()
    except ConfigurationError as error:
        raise UnusableError(str(error)) from None


def _waivers(file: Path) -> "tuple[Waiver, ...]":
    if not file.exists():
        return ()
    from audits import waivers
    from expectations.catalogue import catalogue

    try:
        return waivers.read(file, catalogue()).waivers
    except waivers.WaiverError as error:
        raise UnusableError(str(error)) from None


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


def _settled(outcome: "Audit", accepted: "tuple[Waiver, ...]", rules: "Mapping[str, Rule]") -> "Audit":
    if not accepted:
        return outcome
    from audits.waivers import settle

    return replace(outcome, findings=settle(outcome.findings, accepted, rules, date.today()))


def _last_audit(store: Path, tables: Sequence[str] = ()) -> "tuple[Findings, Tables]":
    """The findings document of the last audit, and the tables asked for."""
    from audits.reports.json import parse
    from pipelines import audit
    from pipelines.store import Store, StoreError

    kept = Store(store)
    try:
        return parse(kept.document(audit.FINDINGS)), {table: kept.read(table) for table in tables}
    except StoreError:
        raise UnusableError(f"no audit is kept in {store}; run 'corrigenda audit' first") from None


def _finding(store: Path, identifier: str) -> "Finding":
    """The finding of the last audit whose id begins so."""
    document, _ = _last_audit(store)
    found = [finding for finding in document.findings if finding.id.startswith(identifier.removeprefix("#"))]
    if len(found) != 1:
        problem = (
            f"{len(found)} findings have ids that begin so; give more of it" if found else "no finding has this id"
        )
        raise UnusableError(f"{identifier}: {problem}")
    return found[0]


def _with(settings: "Settings", **given: object) -> "Settings":
    """The settings, but for those given; rules that are selected are not ignored."""
    if given["select"] and not given["ignore"]:
        settings = settings.model_copy(update={"ignore": ()})
    return settings.model_copy(update={name: value for name, value in given.items() if value})


def _rule(name: str) -> "Rule":
    from expectations.catalogue import catalogue

    if name not in catalogue():
        raise UnusableError(f"no rule {name!r}{nearest(name, catalogue())}; 'corrigenda rules' lists them")
    return catalogue()[name]


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


def _chosen(paths: Sequence[Path]) -> tuple[list[Path], Path]:
    """The paths to audit, and the corpus's root: the working folder, or the folder that holds every path outside of
    it."""
    if not paths and not SEEDS.is_dir():
        raise UnusableError(f"there is no folder {SEEDS} here; name the files or folders to audit")
    chosen = [Path(os.path.normpath(path.absolute())) for path in paths or (SEEDS,)]
    here = Path.cwd()
    if not all(path.is_relative_to(here) for path in chosen):
        here = Path(os.path.commonpath([path if path.is_dir() else path.parent for path in chosen]))
    return chosen, here


def _read(chosen: Sequence[Path], root: Path, house: "House") -> "Corpus":
    from pipelines.reading import READERS, read_corpus

    corpus = read_corpus(chosen, root, house)
    if not corpus.articles:
        from audits.reports.text import visible

        listed = "".join(f"\n  {visible(r.path)}: {visible(r.reason)}" for r in corpus.rejected)
        endings = " or ".join(READERS)
        raise UnusableError(
            f"nothing to audit: no readable article ({endings}) in {', '.join(map(_shown, chosen))}{listed}"
        )
    return corpus


def _say_rejected(corpus: "Corpus") -> None:
    from audits.reports.text import visible

    for rejected in corpus.rejected:
        click.echo(f"rejected: {visible(rejected.path)}: {visible(rejected.reason)}", err=True)


def _shown(path: Path) -> str:
    """As it can be named from here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _check_folders(store: Path, reports: Sequence[Path]) -> None:
    """Refuse folders that hold something else, or that would replace each other, before any work is done."""
    from audits.reports import html
    from pipelines.store import Store, StoreError

    for one, other in permutations(map(Path.absolute, reports), 2):
        if one.is_relative_to(other):
            raise UnusableError(f"{_shown(one)}: is to be replaced with {_shown(other)}; name another folder")
    try:
        Store(store).check()
        for report in reports:
            html.check(report)
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

    return text.summary(outcome.findings, colour=_colour()).encode("utf-8")


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _encoded(frame: "pd.DataFrame", form: str) -> bytes:
    if form == "parquet":
        return frame.to_parquet(index=False)
    if form == "csv":
        return frame.to_csv(index=False, lineterminator="\n").encode("utf-8")
    return frame.to_json(orient="records", lines=True, force_ascii=False).encode("utf-8")


def _write(file: Path, data: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        raise UnusableError(f"{file}: cannot be written: {error.strerror}") from None


@contextmanager
def _progress() -> "Iterator[Progress]":
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


if __name__ == "__main__":
    main()
