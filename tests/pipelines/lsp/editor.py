"""An editor as a language server sees one: a client over standard input and output, with documents of its own."""

import asyncio
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Union
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.exceptions import JsonRpcMethodNotFound
from pygls.lsp.client import LanguageClient
from pygls.protocol import default_converter

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "pipelines.cli", "lsp"]
PATIENCE = 120.0
ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
UNITS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "CORRIGENDA_DEBUG"}
    return {**kept, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]), **more}


def converter() -> Any:
    """pygls's, but for code actions with a command, which lsprotocol takes for commands."""
    made = default_converter()

    def structured(given: Any, _: type) -> types.Command | types.CodeAction:
        return made.structure(given, types.Command if isinstance(given.get("command"), str) else types.CodeAction)

    made.register_structure_hook(Union[types.Command, types.CodeAction], structured)  # noqa: UP007  as lsprotocol does
    return made


class Editor:
    """One that speaks to a server of its own; its thread is the client's."""

    def __init__(self, *folders: Path, encodings: Sequence[str] | None = None, watches: bool = True) -> None:
        self.diagnostics: dict[str, list[types.PublishDiagnosticsParams]] = {}
        self.messages: list[str] = []
        self.log: list[str] = []
        self.questions: list[types.ShowMessageRequestParams] = []
        self.choice: int | None = None  # what the user chooses when asked; None closes the question
        self.asks = True  # whether it can show questions at all
        self.watched: list[str] = []
        self.texts: dict[str, tuple[int, str]] = {}
        self._said = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.client = LanguageClient("editor", "1", converter_factory=converter)
        self._listen()
        self.encoding = "utf-16"
        self._do(self.client.start_io(*COMMAND, env=environment(), cwd=folders[0] if folders else None))
        self.server = self.client._server
        self._initialize(folders, encodings, watches)

    def _listen(self) -> None:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _published(params: types.PublishDiagnosticsParams) -> None:
            with self._said:
                self.diagnostics.setdefault(params.uri, []).append(params)
                self._said.notify_all()

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def _shown(params: types.ShowMessageParams) -> None:
            with self._said:
                self.messages.append(params.message)
                self._said.notify_all()

        @self.client.feature(types.WINDOW_LOG_MESSAGE)
        def _logged(params: types.LogMessageParams) -> None:
            with self._said:
                self.log.append(params.message)
                self._said.notify_all()

        @self.client.feature(types.WINDOW_SHOW_MESSAGE_REQUEST)
        def _asked(params: types.ShowMessageRequestParams) -> types.MessageActionItem | None:
            if not self.asks:
                raise JsonRpcMethodNotFound.of(types.WINDOW_SHOW_MESSAGE_REQUEST)
            with self._said:
                self.questions.append(params)
                self._said.notify_all()
            return None if self.choice is None else (params.actions or [])[self.choice]

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def _registered(params: types.RegistrationParams) -> None:
            with self._said:
                self.watched += [registration.method for registration in params.registrations]
                self._said.notify_all()

    def _initialize(self, folders: Sequence[Path], encodings: Sequence[str] | None, watches: bool) -> None:
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=encodings) if encodings else None,
            text_document=types.TextDocumentClientCapabilities(
                hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
                publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
                    related_information=True, data_support=True
                ),
            ),
            workspace=types.WorkspaceClientCapabilities(
                workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
                did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=watches),
            ),
        )
        self.initialized = self._do(
            self.client.initialize_async(
                types.InitializeParams(
                    capabilities,
                    process_id=os.getpid(),
                    workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders],
                )
            )
        )
        chosen = self.initialized.capabilities.position_encoding or types.PositionEncodingKind.Utf16
        self.encoding = types.PositionEncodingKind(chosen).value
        self._call(lambda: self.client.initialized(types.InitializedParams()))

    def open(self, file: Path, text: str | None = None, uri: str | None = None, language: str = "markdown") -> str:
        """The URI of the document, once the server has been told of it."""
        uri = uri or file.as_uri()
        self.texts[uri] = 1, file.read_bytes().decode() if text is None else text
        self._call(
            lambda: self.client.text_document_did_open(
                types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, *self.texts[uri]))
            )
        )
        return uri

    def change(self, uri: str, text: str) -> int:
        """Type a new text; the version that it is."""
        version = self.texts[uri][0] + 1
        self.texts[uri] = version, text
        self._call(
            lambda: self.client.text_document_did_change(
                types.DidChangeTextDocumentParams(
                    types.VersionedTextDocumentIdentifier(uri=uri, version=version),
                    [types.TextDocumentContentChangeWholeDocument(text)],
                )
            )
        )
        return version

    def save(self, uri: str) -> None:
        file = Path(unquote(urlsplit(uri).path))
        file.write_bytes(self.texts[uri][1].encode())
        self._call(
            lambda: self.client.text_document_did_save(
                types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri))
            )
        )

    def close(self, uri: str) -> None:
        del self.texts[uri]
        self._call(
            lambda: self.client.text_document_did_close(
                types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
            )
        )

    def notice(self, *files: Path) -> None:
        """Tell the server of changes that the editor has seen on disk."""
        changes = [types.FileEvent(file.as_uri(), types.FileChangeType.Changed) for file in files]
        self._call(lambda: self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes)))

    def found(
        self, uri: str, holds: Callable[[Sequence[types.Diagnostic]], bool] = lambda _: True
    ) -> Sequence[types.Diagnostic]:
        """The diagnostics of the document as it is now, once they hold what is waited for."""

        def told() -> list[Sequence[types.Diagnostic]]:
            last = self.diagnostics.get(uri, [])[-1:]
            return [p.diagnostics for p in last if p.version == self.texts[uri][0] and holds(p.diagnostics)]

        (diagnostics,) = self.wait(told)
        return diagnostics

    def wait(self, told: Callable[[], Any]) -> Any:
        """What it gives, as soon as that is anything."""
        with self._said:
            result = self._said.wait_for(told, PATIENCE)
            assert result, (self.messages, self.log, self.diagnostics)
        return result

    def hover(self, uri: str, at: types.Position) -> types.Hover | None:
        return self._do(self.client.text_document_hover_async(types.HoverParams(types.TextDocumentIdentifier(uri), at)))

    def actions(
        self, uri: str, at: types.Range, only: Sequence[str] | None = None
    ) -> Sequence[types.CodeAction | types.Command]:
        context = types.CodeActionContext([], only=only)
        asked = types.CodeActionParams(types.TextDocumentIdentifier(uri), at, context)
        return self._do(self.client.text_document_code_action_async(asked)) or []

    def run(self, command: str, *arguments: Any) -> Any:
        return self._do(
            self.client.workspace_execute_command_async(types.ExecuteCommandParams(command, arguments=[*arguments]))
        )

    def apply(self, edit: types.WorkspaceEdit) -> None:
        """Make the edit in the documents that it is about, if they are of its versions, and type it."""
        for change in edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            uri = change.text_document.uri
            version, text = self.texts[uri]
            assert change.text_document.version == version
            for one in sorted(change.edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
                start, end = (self.offset(text, place) for place in (one.range.start, one.range.end))
                text = text[:start] + one.new_text + text[end:]
            self.change(uri, text)

    def words(self, text: str, range_: types.Range) -> str:
        """What stands in the range, as the editor counts."""
        return text[self.offset(text, range_.start) : self.offset(text, range_.end)]

    def offset(self, text: str, position: types.Position) -> int:
        starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
        line = text[starts[position.line] :]
        units = line.encode(ENCODINGS[self.encoding])[: position.character * UNITS[self.encoding]]
        return starts[position.line] + len(units.decode(ENCODINGS[self.encoding]))

    def stop(self) -> None:
        """End the server, whatever it does, and the thread."""
        assert self.server is not None
        if self.server.returncode is None:
            self._call(self.server.kill)
            self._do(self.server.wait())
        self._do(self.client.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)

    def _do(self, work: Coroutine[Any, Any, Any] | Any) -> Any:
        async def waited() -> Any:
            return await work

        return asyncio.run_coroutine_threadsafe(waited(), self._loop).result(PATIENCE)

    def _call(self, work: Callable[[], Any]) -> Any:
        async def called() -> Any:
            return work()

        return asyncio.run_coroutine_threadsafe(called(), self._loop).result(PATIENCE)


@contextmanager
def editor(*folders: Path, **given: Any) -> Iterator[Editor]:
    made = Editor(*folders, **given)
    try:
        yield made
    finally:
        made.stop()


class Raw:
    """A server that is spoken to word by word."""

    def __init__(self, *options: str) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [*COMMAND, *options], stdin=pipe, stdout=pipe, stderr=pipe, env=environment(), start_new_session=True
        )

    def send(self, method: str, params: Any = None, number: int | None = None) -> None:
        message = {"jsonrpc": "2.0", "method": method} | ({"params": params} if params is not None else {})
        self.write(json.dumps(message | ({"id": number} if number is not None else {})).encode())

    def write(self, body: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def answer(self, number: int) -> dict[str, Any]:
        """The answer to the request of this number; nothing but messages may come before it."""
        assert self.process.stdout
        while True:
            length = 0
            while (line := self.process.stdout.readline()) != b"\r\n":
                name, _, value = line.partition(b": ")
                assert name in {b"Content-Length", b"Content-Type"}, line
                length = int(value) if name == b"Content-Length" else length
            message: dict[str, Any] = json.loads(self.process.stdout.read(length))
            if message.get("id") == number:
                return message

    def initialize(self) -> dict[str, Any]:
        self.send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
        answer = self.answer(1)
        self.send("initialized", {})
        return answer

    def ended(self) -> tuple[int, bytes]:
        """Its exit code, and what it has said on standard error."""
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


@contextmanager
def raw(*options: str) -> Iterator[Raw]:
    """A server that nobody has spoken to yet."""
    made = Raw(*options)
    try:
        yield made
    finally:
        made.process.kill()
        made.process.communicate()
