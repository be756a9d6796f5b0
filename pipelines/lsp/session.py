"""A session with an editor: the documents that are open, what the gate says of them, and when it is asked.

One thread talks to the editor and waits for nothing; another judges, one document after the other, what was asked for
last before what was asked for first. A judgement of what is not in the editor any more is dropped.
"""

import asyncio
import os
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter

from audits.findings import Finding
from expectations.validate import warm
from pipelines.lsp.hand import Hand
from pipelines.lsp.newsroom import Judgement, Newsroom, OutdatedError, UnusableError
from pipelines.lsp.places import path_of
from pipelines.lsp.telling import OWN_TEXT, Client, Told

# Seconds without a keystroke, at the least, before what is being written is judged.
PAUSE = 0.7
# Where a judgement takes longer than this (in seconds of its thread), documents are judged when they are opened and
# saved only.
QUICK = 3.0

Made = TypeVar("Made")


@dataclass(frozen=True, eq=False)
class Document:
    """A document as it stands in the editor; after a change it is another."""

    uri: str
    file: Path
    version: int | None
    text: str


class Protocol(LanguageServerProtocol):
    """Answers errors without the traceback that pygls sends along."""

    def _send_data(self, data: Any) -> None:
        if isinstance(data, types.ResponseErrorMessage) and data.error is not None:
            data.error.data = None
        super()._send_data(data)


class Session(LanguageServer):
    """Judges the documents that are open, and tells the editor."""

    def __init__(self) -> None:
        # Whole texts: articles are short, and pygls ends lines where the protocol does not (U+2028).
        full = types.TextDocumentSyncKind.Full
        super().__init__(
            "corrigenda", version("corrigenda"), full, protocol_cls=Protocol, converter_factory=default_converter
        )
        self.asked_to_end = False
        self._hand = Hand()
        self._hand.do(warm)
        self._open: dict[Path, Document] = {}
        self._told: dict[Path, tuple[Document, Told]] = {}
        self._rooms: dict[Path, Newsroom] = {}
        self._due: dict[Path, None] = {}  # the last one is next
        self._asked = asyncio.Event()
        self._pauses: dict[str, asyncio.TimerHandle] = {}
        self._complaints: dict[Path, str] = {}
        self._judging: asyncio.Task[None] | None = None

    def report_server_error(self, error: Exception, source: object) -> None:  # noqa: ARG002  as pygls calls it
        """What pygls could not do, in the editor's log."""
        _debug(error)
        message = f"not understood, or a defect in Corrigenda: {type(error).__name__}: {error}"
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def begin(self) -> None:
        """Judge what is asked for, from now on."""
        self._judging = asyncio.get_running_loop().create_task(self._judge_what_is_due())

    def take(self, uri: str) -> bool:
        """Take the document as it now stands in the editor; False where it is no text that could be an article."""
        file = path_of(uri)
        if file is None or file.suffix.lower() not in OWN_TEXT or self._passed_over(file):
            return False
        document = self.workspace.get_text_document(uri)
        text = document.source.encode("utf-8", "replace").decode()  # half a surrogate pair is no character
        self._open[file] = Document(uri, file, document.version, text)
        return True

    def leave(self, uri: str) -> None:
        """The document is closed: nothing is said of it any more."""
        file = path_of(uri)
        document = self._open.pop(file, None) if file else None
        if document is not None:
            self._told.pop(document.file, None)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(document.uri, []))

    def ask(self, uri: str) -> None:
        """Have the document judged next, if it is open."""
        file = path_of(uri)
        if file in self._open:
            self._due.pop(file, None)
            self._due[file] = None
            self._asked.set()

    def ask_all(self) -> None:
        """Have all open documents judged, after those that are due before."""
        self._due = {file: None for file in self._open if file not in self._due} | self._due
        self._asked.set()

    def ask_after_a_pause(self, uri: str) -> None:
        """Have the document judged when nothing was typed for a while, where that is quick enough."""
        if (typing := self._pauses.pop(uri, None)) is not None:
            typing.cancel()
        file = path_of(uri)
        took = self._room(self._root(file)).took if file else 0.0
        if took <= QUICK:
            self._pauses[uri] = asyncio.get_running_loop().call_later(max(PAUSE, took), self.ask, uri)

    def changed(self, uris: Iterable[str]) -> None:
        """These files are otherwise than they were, on disk."""
        files = [file for uri in uris if (file := path_of(uri)) is not None]
        if not all(self._passed_over(file) for file in files):
            self.ask_all()

    def told(self, uri: str) -> Told | None:
        """What was told of the document, if it is still as it was then."""
        file = path_of(uri)
        document, told = self._told.get(file, (None, None)) if file else (None, None)
        return told if document is not None and self._open.get(document.file) is document else None

    async def accept(self, told: Told, finding: Finding, reason: str) -> None:
        """Write a waiver, and tell every document anew. Raises UnusableError."""
        file = path_of(told.uri) or Path()
        room = self._room(self._root(file))
        await self._by_hand(lambda: room.accept(finding, reason))
        for document, earlier in list(self._told.values()):
            other = self._room(self._root(document.file))
            judgement = await self._by_hand(_settling(other, earlier.judgement))
            self._tell(document, judgement)

    def say(self, message: str) -> None:
        """Show the user what could not be done."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))

    async def _judge_what_is_due(self) -> None:
        while True:
            while not self._due:
                self._asked.clear()
                await self._asked.wait()
            file, _ = self._due.popitem()
            document = self._open.get(file)
            if document is not None:
                with suppress(OutdatedError):
                    await self._judge(document)

    async def _judge(self, document: Document) -> None:
        """Judge the document and tell what is found; what cannot be used is said once, and what was told stays.

        Raises OutdatedError where it is another by then.
        """
        root = self._root(document.file)
        opened = {file: other.text for file, other in self._open.items() if self._root(file) == root}
        room = self._room(root)

        def outdated() -> bool:
            return self._open.get(document.file) is not document

        try:
            self._tell(document, await self._by_hand(lambda: room.judge(document.file, opened, outdated)))
        except OutdatedError:
            raise
        except UnusableError as error:
            self._complain(root, str(error))
        except Exception as error:  # ours
            _debug(error)
            self._complain(root, f"a defect in Corrigenda, not in your articles: {type(error).__name__}: {error}")
        else:
            self._complaints.pop(root, None)

    def _tell(self, document: Document, judgement: Judgement) -> None:
        if self._open.get(document.file) is not document:
            return
        opened = {file: other.uri for file, other in self._open.items()}
        told = Told(judgement, document.uri, document.version, opened, self._client())
        self._told[document.file] = document, told
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(document.uri, told.diagnostics, document.version)
        )

    def _complain(self, root: Path, message: str) -> None:
        if self._complaints.get(root) != message:
            self._complaints[root] = message
            self.say(message)

    def _client(self) -> Client:
        text = self.client_capabilities.text_document
        shown = text.publish_diagnostics if text else None
        hover = text.hover if text else None
        workspace = self.client_capabilities.workspace
        edits = workspace.workspace_edit if workspace else None
        return Client(
            encoding=self.workspace.position_encoding,
            related=bool(shown and shown.related_information),
            versioned=bool(edits and edits.document_changes),
            markdown=bool(hover and types.MarkupKind.Markdown in (hover.content_format or ())),
        )

    def _by_hand(self, work: Callable[[], Made]) -> "asyncio.Future[Made]":
        return asyncio.wrap_future(self._hand.do(work))

    def _room(self, root: Path) -> Newsroom:
        if root not in self._rooms:
            self._rooms[root] = Newsroom(root)
        return self._rooms[root]

    def _root(self, file: Path) -> Path:
        """The innermost folder of the workspace that holds the file; of a file outside of them, its repository or
        folder."""
        uris = [folder.uri for folder in self.workspace.folders.values()] or [self.workspace.root_uri or ""]
        roots = [root for uri in uris if (root := path_of(uri)) is not None and file.is_relative_to(root)]
        if roots:
            return max(roots, key=lambda root: len(root.parts))
        return next((folder for folder in file.parents if (folder / ".git").exists()), file.parent)

    def _passed_over(self, file: Path) -> bool:
        """Whether the file is hidden, or in a folder that is: no folder of articles has it."""
        return any(part.startswith(".") for part in file.relative_to(self._root(file)).parts)


def _settling(room: Newsroom, judgement: Judgement) -> Callable[[], Judgement]:
    return lambda: room.settle(judgement)


def _debug(error: Exception) -> None:
    if os.environ.get("CORRIGENDA_DEBUG"):
        traceback.print_exception(error)
