"""`corrigenda lsp`."""

import click


@click.command()
@click.option("--stdio", is_flag=True, help="What some editors ask for; it is so anyway.")
def lsp(stdio: bool) -> None:  # noqa: ARG001
    """Serve an editor: check an article while it is written, against all that is published.

    A language server (LSP 3.17) over standard input and output; an editor starts it, see "In the editor" in the README.
    The published articles are the setting 'articles' of each folder that is open in the editor; .txt and .md files are
    checked as they stand there, as 'corrigenda gate' would check them, when they are opened and saved, and in pauses of
    writing where that is quick. Waivers and the baseline hold.

    Exit status: 0 = the editor has shut it down; 1 = the editor was gone before; 130 = ended by Ctrl-C.
    """
    from pipelines.lsp.server import serve

    serve()
