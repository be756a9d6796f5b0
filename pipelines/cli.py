"""The command line. Nothing heavy is imported before it is needed: help, `rules` and `explain` answer at once."""

import os
import sys
from typing import Any

import click

from pipelines.commands.audit import audit
from pipelines.commands.baseline import baseline
from pipelines.commands.catalogue import config, explain, rules
from pipelines.commands.common import INTERRUPTED, STOPPED, UnusableError
from pipelines.commands.desk import desk
from pipelines.commands.evaluate import evaluate
from pipelines.commands.facts import facts
from pipelines.commands.fix import fix
from pipelines.commands.gate import gate
from pipelines.commands.records import records, text
from pipelines.commands.waive import waive

BROKEN_PIPE = 141  # as a shell reports a process that a closed pipe ended


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


for command in (audit, gate, baseline, records, evaluate, fix, text, waive, facts, desk, rules, explain, config):
    cli.add_command(command)


if __name__ == "__main__":
    main()
