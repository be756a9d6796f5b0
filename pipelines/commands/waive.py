"""`corrigenda waive`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.common import GATE, UnusableError, config_option, configured, last_audit

if TYPE_CHECKING:
    from audits.findings import Finding


@click.command()
@click.argument("finding", metavar="FINDING")
@click.option("--reason", required=True, help="Why it is accepted; stands in the report.")
@click.option("--owner", help="Who answers for it.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The last day on which it holds."
)
@config_option
def waive(finding: str, reason: str, owner: str | None, until: datetime | None, config: Path | None) -> None:
    """Accept a finding of the last audit or gate, with a reason: it is written to audits/waivers.yaml.

    FINDING is its id, or as much of it as tells it from the others; the gate, the report and
    'corrigenda audit --format text' show ids. The next audit keeps the finding, folded, with its reason. A waiver
    holds while its words stand, wherever they move to.
    """
    from audits import waivers

    settings = configured(config, Path.cwd()).settings
    found = _finding(settings.store, finding)
    try:
        waivers.add(settings.waivers, waivers.of(found, reason, owner, until.date() if until else None))
    except waivers.WaiverError as error:
        raise UnusableError(str(error)) from None
    click.echo(f"Waived {found.rule} in {found.anchor.path}:{found.anchor.line}; see {settings.waivers}.")


def _finding(store: Path, identifier: str) -> "Finding":
    """The finding of the last audit, or else of the last gate, whose id begins so."""
    kept = [folder for folder in (store, store.with_name(GATE)) if folder.exists()] or [store]
    documents = [last_audit(folder)[0] for folder in kept]
    for document in documents:
        found = [finding for finding in document.findings if finding.id.startswith(identifier.removeprefix("#"))]
        if len(found) > 1:
            raise UnusableError(f"{identifier}: {len(found)} findings have ids that begin so; give more of it")
        if found:
            return found[0]
    raise UnusableError(f"{identifier}: no finding has this id")
