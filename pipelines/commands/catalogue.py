"""`corrigenda rules`, `corrigenda explain` and `corrigenda config`: what holds here."""

import sys
from pathlib import Path

import click

from pipelines.commands.common import config_option, configured, rule_named


@click.command()
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


@click.command()
@click.argument("rule", metavar="RULE")
def explain(rule: str) -> None:
    """Explain a rule: what it checks, why it matters, what it fires on and stays silent on, its limits."""
    found = rule_named(rule)
    if not sys.stdout.isatty():
        click.echo(found.document)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(width=min(100, Console().width))
    console.print(Markdown(found.document))
    console.print(f"\n{found.name} · {found.family} · {found.severity} · {', '.join(found.scopes)}", style="dim")


@click.command()
@config_option
def config(config: Path | None) -> None:
    """Show the settings that hold here, and where each comes from: a corrigenda.toml to start from."""
    click.echo(configured(config, Path.cwd()).shown(), nl=False)
