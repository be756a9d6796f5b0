"""Notices: what they say, and that they arrive at a webhook and by mail."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from audits.findings import Finding, Span
from pipelines.notices import LISTED, Notice, NotToldError, channels, of_errors, of_failure, tell

NOTICE = Notice("Corrigenda: 1 new error", "seeds/mill.txt:3: placeholder-unresolved: <!channel> & “[Name]”")


def error(number: int, message: str = "“[Name]” is unresolved.") -> Finding:
    span = Span("mill", "seeds/mill.txt", 0, 4, "Mill", number, 1, "anchor")
    return Finding(
        id=f"{number:016}",
        rule="placeholder-unresolved",
        severity="error",
        scope="within",
        field=None,
        fact=None,
        status="open",
        message=message,
        suggestion="",
        fixable=False,
        waiver=None,
        spans=(span,),
    )


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[int]:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


def test_errors_are_listed_with_their_places() -> None:
    notice = of_errors([error(3)])
    assert notice.subject == "Corrigenda: 1 new error"
    assert notice.body == "seeds/mill.txt:3: placeholder-unresolved: “[Name]” is unresolved."


def test_a_flood_is_cut_and_what_an_article_says_steers_nothing() -> None:
    notice = of_errors([error(n, "a\r\nBcc: x\x1b[31m" + "y" * 999) for n in range(1, LISTED + 6)])
    lines = notice.body.splitlines()
    assert lines[-1] == "… and 5 more; the report has them all."
    assert len(lines) == LISTED + 1
    assert "\x1b" not in notice.body
    assert max(map(len, lines)) < 400


def test_a_failed_run_says_why() -> None:
    assert of_failure("audit_changed", "0123456789ab", "not\nUTF-8").body == "Run 01234567: not UTF-8"


def test_nobody_is_told_unless_the_environment_says_so() -> None:
    assert channels({}) == []


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"CORRIGENDA_SLACK_WEBHOOK": "hooks.slack.com/x"}, "CORRIGENDA_SLACK_WEBHOOK: not a web address"),
        ({"CORRIGENDA_SMTP": "mail.example.org"}, "CORRIGENDA_SMTP: not like smtp://"),
        ({"CORRIGENDA_SMTP": "smtp://mail.example.org"}, "CORRIGENDA_MAIL_TO and CORRIGENDA_MAIL_FROM must be too"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(NotToldError, match=named):
        channels(environment)


def test_slack_gets_the_notice_and_nothing_in_it_is_a_command() -> None:
    got: list[dict[str, str]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with served(HTTPServer(("127.0.0.1", 0), Hook)) as port:
        tell(NOTICE, channels({"CORRIGENDA_SLACK_WEBHOOK": f"http://127.0.0.1:{port}/services/x"}))
    [message] = got
    assert "placeholder-unresolved: &lt;!channel&gt; &amp; “[Name]”" in message["text"]


def test_mail_arrives() -> None:
    got: list[str] = []

    class Mail(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 ready\r\n")
            while line := self.rfile.readline():
                if line.strip().upper() == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    while (line := self.rfile.readline()) != b".\r\n":
                        got.append(line.decode())
                self.wfile.write(b"250 ok\r\n" if line.strip().upper() != b"QUIT" else b"221 bye\r\n")

    with served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail)) as port:
        environment = {
            "CORRIGENDA_SMTP": f"smtp://127.0.0.1:{port}",
            "CORRIGENDA_MAIL_TO": "desk@example.org, night@example.org",
            "CORRIGENDA_MAIL_FROM": "audit@example.org",
        }
        tell(NOTICE, channels(environment))
    assert "Subject: Corrigenda: 1 new error\r\n" in got
    assert "To: desk@example.org, night@example.org\r\n" in got


def test_what_does_not_get_through_is_an_error_that_says_where_to() -> None:
    with served(HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)) as port:
        closed = port
    with pytest.raises(NotToldError, match=r"Slack: .*refused"):
        tell(NOTICE, channels({"CORRIGENDA_SLACK_WEBHOOK": f"http://127.0.0.1:{closed}/"}))
