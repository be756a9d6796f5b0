"""`corrigenda desk`."""

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.common import (
    INTERRUPTED,
    STOPPED,
    UnusableError,
    accepted_waivers,
    as_named,
    config_option,
    fact_sheet,
    located,
)

if TYPE_CHECKING:
    import socket

    from pipelines.desk.guard import Gate

DESK_PORT = 8420


@click.command()
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
@config_option
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
    chosen, root, settings = located(paths, config)
    facts = fact_sheet(settings)
    accepted_waivers(settings.waivers)
    from pipelines.reading import READERS, listed

    if not any(file.is_file() for file in listed(chosen, root)[0]):
        raise UnusableError(f"nothing to audit: no file ({' or '.join(READERS)}) in {', '.join(map(as_named, chosen))}")
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
