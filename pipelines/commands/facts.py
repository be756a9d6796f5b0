"""`corrigenda facts`."""

from pathlib import Path

import click

from expectations.nearest import nearest
from pipelines.commands.common import DOCUMENTS, UnusableError, config_option, configured, in_colour, last_audit


@click.command()
@click.argument("subject", required=False, metavar="[SUBJECT]")
@click.option("--disputed", is_flag=True, help="Only those on which the articles do not agree.")
@click.option("--format", "form", type=click.Choice(DOCUMENTS), default="text", show_default=True)
@config_option
def facts(subject: str | None, disputed: bool, form: str, config: Path | None) -> None:
    """Show what the articles of the last audit say of SUBJECT, value by value: a person, a project, an acronym.

    Sums, counts, titles, dates, places, spellings, expansions and quotations that two or more places state. Without
    SUBJECT: every fact.
    """
    from audits.facts import about
    from audits.reports import facts as shown
    from pipelines import audit

    document, tables = last_audit(configured(config, Path.cwd()).settings.store, audit.FACT_TABLES)
    stated = audit.facts_of(tables, document)
    chosen = [fact for fact in stated if fact.disputed or not disputed]
    if subject is not None:
        chosen = list(about(chosen, subject, audit.names_of(tables)))
    if subject is not None and not chosen:
        known = sorted({name for fact in stated for name in (fact.subject, *fact.subject.split())})
        raise UnusableError(f"no two places state a fact of {subject!r}{nearest(subject, known)}")
    texts = audit.texts_of(tables)
    click.echo(shown.as_json(chosen) if form == "json" else shown.render(chosen, texts, colour=in_colour()), nl=False)
