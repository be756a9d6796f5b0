"""The protocol (LSP 3.17): what the editor says and asks, and what is done then."""

import logging
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from pipelines.lsp.newsroom import UnusableError
from pipelines.lsp.session import Session
from pipelines.lsp.telling import FIX_ALL, REASONS, WAIVE, question

WATCHED = "**/*.{txt,md,docx,html,htm,json,jsonl,yaml,yml,toml}"
INTERRUPTED = 130  # as a shell reports a process that Ctrl-C ended


def serve() -> None:
    """Talk to an editor over standard input and output until it ends the session, or is gone; ends the process.

    Exit status: 0 where the editor has shut the session down before, else 1.
    """
    debug = bool(os.environ.get("CORRIGENDA_DEBUG"))
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr) if debug else logging.disable()
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    aside = os.open(os.devnull, os.O_WRONLY) if not debug else sys.stderr.fileno()
    os.dup2(aside, sys.stdout.fileno())  # what a library prints is no message
    session = made()
    session.start_io(sys.stdin.buffer, output)
    os._exit(0 if session.asked_to_end else 1)  # a judgement that goes on in its thread cannot be waited for


def made() -> Session:
    """A session that answers."""
    session = Session()
    handlers: dict[str, Callable[..., Any]] = {
        types.INITIALIZE: _initialize,
        types.INITIALIZED: _initialized,
        types.SHUTDOWN: _shutdown,
        types.TEXT_DOCUMENT_DID_OPEN: _did_open,
        types.TEXT_DOCUMENT_DID_CHANGE: _did_change,
        types.TEXT_DOCUMENT_DID_SAVE: _did_save,
        types.TEXT_DOCUMENT_DID_CLOSE: _did_close,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _did_change_files,
        types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: _did_change_folders,
        types.TEXT_DOCUMENT_HOVER: _hover,
    }
    for method, handler in handlers.items():
        session.feature(method)(handler)
    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])
    session.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(_actions)
    session.command(WAIVE)(_waive)
    return session


def _initialize(ls: Session, _params: types.InitializeParams) -> None:
    ls.begin()


def _initialized(ls: Session, _params: types.InitializedParams) -> None:
    workspace = ls.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching and watching.dynamic_registration:
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(WATCHED)])
        watch = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(types.RegistrationParams([watch]))


def _shutdown(ls: Session, _params: None) -> None:
    ls.asked_to_end = True


def _did_open(ls: Session, params: types.DidOpenTextDocumentParams) -> None:
    if ls.take(params.text_document.uri):
        ls.ask_all()
        ls.ask(params.text_document.uri)


def _did_change(ls: Session, params: types.DidChangeTextDocumentParams) -> None:
    if ls.take(params.text_document.uri):
        ls.ask_after_a_pause(params.text_document.uri)


def _did_save(ls: Session, params: types.DidSaveTextDocumentParams) -> None:
    ls.ask_all()
    ls.ask(params.text_document.uri)


def _did_close(ls: Session, params: types.DidCloseTextDocumentParams) -> None:
    ls.leave(params.text_document.uri)
    ls.ask_all()


def _did_change_files(ls: Session, params: types.DidChangeWatchedFilesParams) -> None:
    ls.changed(change.uri for change in params.changes)


def _did_change_folders(ls: Session, _params: types.DidChangeWorkspaceFoldersParams) -> None:
    ls.ask_all()


def _hover(ls: Session, params: types.HoverParams) -> types.Hover | None:
    told = ls.told(params.text_document.uri)
    return told.hover(params.position) if told else None


def _actions(ls: Session, params: types.CodeActionParams) -> list[types.CodeAction]:
    told = ls.told(params.text_document.uri)
    return list(told.actions(params.range, params.context.only)) if told else []


async def _waive(ls: Session, *arguments: Any) -> None:
    """Accept a finding: the document's URI, the finding's id, the reason; the editor is asked for one that is not
    given."""
    uri, identifier, reason = (*arguments, None, None, None)[:3]
    if not isinstance(uri, str) or not isinstance(identifier, str) or not isinstance(reason, str | None):
        ls.say(f"{WAIVE} takes a document's URI, a finding's id, and the reason.")
        return
    told = ls.told(uri)
    finding = next((f for f in told.judgement.findings if f.id == identifier), None) if told else None
    if told is None or finding is None:
        ls.say("The finding is gone, or its text is being checked again; nothing was written.")
        return
    if reason is None:
        choices = [types.MessageActionItem(choice) for choice in REASONS]
        asked = types.ShowMessageRequestParams(types.MessageType.Info, question(finding), choices)
        try:
            chosen = await ls.window_show_message_request_async(asked)
        except JsonRpcException:
            ls.say(f"The editor cannot ask for a reason: give {WAIVE} one, after the finding's id.")
            return
        if chosen is None:
            return
        reason = chosen.title
    try:
        await ls.accept(told, finding, reason)
    except UnusableError as error:
        ls.say(str(error))
