"""How the language server starts and ends, and what it makes of messages that are none."""

import signal
from pathlib import Path

import pytest

from tests.pipelines.lsp.editor import editor, raw
from tests.pipelines.lsp.test_server import FAULTY

pytestmark = pytest.mark.slow


def test_it_exits_with_0_where_it_was_shut_down_before() -> None:
    with raw("--stdio") as server:
        server.initialize()
        server.send("shutdown", number=2)
        assert server.answer(2)["result"] is None
        server.send("exit")
        assert server.ended() == (0, b"")


def test_it_exits_with_1_where_it_was_not() -> None:
    with raw() as server:
        server.initialize()
        server.send("exit")
        assert server.ended() == (1, b"")


@pytest.mark.parametrize("spoken", [False, True], ids=["at once", "after a while"])
def test_it_ends_with_its_standard_input(spoken: bool) -> None:
    with raw() as server:
        if spoken:
            server.initialize()
        assert server.ended() == (1, b"")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Ctrl-C is another thing on Windows")
def test_ctrl_c_ends_it() -> None:
    with raw() as server:
        server.initialize()
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(60) == 130


def test_messages_that_are_none_end_nothing_and_no_traceback_is_told() -> None:
    with raw() as server:
        server.write(b"{")
        server.write(b"[]")
        server.write(b'{"jsonrpc": "2.0"}')
        server.write(b"\xff\xfe")
        server.write(b"[" * 100_000)
        server.initialize()
        unopened = {"uri": "file:///tmp/never-opened.md", "version": 3}
        server.send("textDocument/didChange", {"textDocument": unopened, "contentChanges": [{"text": "x"}]})
        server.send("textDocument/didOpen", {"textDocument": 4})
        server.send("workspace/executeCommand", {"command": "corrigenda.unknown", "arguments": []}, 2)
        server.send("no/such/method", {}, 3)
        answers = [server.answer(number) for number in (2, 3)]
        assert all("data" not in answer["error"] or answer["error"]["data"] is None for answer in answers)
        assert "Traceback" not in str(answers)
        assert ".py" not in str(answers)
        server.send("shutdown", number=4)
        server.answer(4)
        server.send("exit")
        assert server.ended() == (0, b"")


def test_columns_count_what_the_editor_asks_for_and_settings_are_those_above_a_lone_document(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "corrigenda.toml").write_text('select = ["weekday-mismatch"]\n')
    with editor(encodings=["utf-8", "utf-16"], watches=False) as opened:
        assert (opened.encoding, opened.watched) == ("utf-8", [])
        text = f"Port 🚢🚢\n\n🚢 é {FAULTY.splitlines()[6]}\n"
        uri = opened.open(tmp_path / "news" / "draft.txt", text)
        (found,) = opened.found(uri)
        assert opened.words(text, found.range) == "Monday, March 11, 2025"
