"""Who may ask the desk for what. A desk is open to the pages that it serves, and to nobody else's.

Other sites' pages run in the same browser: they can send requests here, and by a name of theirs that they point at this
machine (DNS rebinding) they could read the answers. So the name asked for must be ours, and what changes anything must
come from a page of ours. On another address than this machine's own, a token shows who may read at all.
"""

import re
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
TOKEN = "token"  # noqa: S105  the name of the parameter
SHORTEST_TOKEN = 16
SAFE = frozenset({"GET", "HEAD"})
YEAR = 365 * 24 * 3600

# No script and no style but our own files, no frame around the desk, nothing kept by a cache or told to a site.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?", re.IGNORECASE)


@dataclass(frozen=True)
class Refusal:
    """Why a request is not answered, and the status that says so."""

    status: int
    reason: str


@dataclass(frozen=True)
class Gate:
    """What a desk on `address` asks of every request. `form` is in every form of its pages, and nowhere else."""

    address: str
    token: str | None = None
    form: str = field(default_factory=secrets.token_urlsafe)

    def refusal(self, method: str, headers: Mapping[str, str]) -> Refusal | None:
        """Why the request is none for this desk, or comes from another site's page; None where all is well."""
        host = headers.get("host", "")
        if not self._ours(host):
            return Refusal(421, "This desk does not go by that name. Open it at the address that it was started on.")
        if method in SAFE:
            return None
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return Refusal(403, "This came from another site's page, and was not done.")
        if headers.get("origin", f"http://{host}") != f"http://{host}":
            return Refusal(403, "This came from another site's page, and was not done.")
        return None

    def knows(self, given: str | None) -> bool:
        """Whether it is the token, where one is asked for."""
        return self.token is None or _same(given, self.token)

    def sent_by_us(self, given: str | None) -> bool:
        """Whether a form is one of ours."""
        return _same(given, self.form)

    def _ours(self, host: str) -> bool:
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = (match[1] or match[2]).lower()
        if is_loopback(self.address):
            return name in {*LOOPBACK, self.address}
        # an address cannot be made to mean another machine, as a name can
        return name in {"localhost", self.address.lower(), socket.gethostname().lower()} or _is_address(name)


class Guard:
    """Lets through what the gate does, and gives every answer the headers that keep a browser to this desk."""

    def __init__(self, app: ASGIApp, gate: Gate, cookie: str) -> None:
        self._app, self._gate, self._cookie = app, gate, cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._answer(scope) or self._app
        await answer(scope, receive, guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """The answer to a request that goes no further."""
        headers = Headers(scope=scope)
        refusal = self._gate.refusal(scope["method"], headers)
        if refusal is not None:
            return PlainTextResponse(refusal.reason, refusal.status)
        if self._gate.token is None or self._gate.knows(cookie_parser(headers.get("cookie", "")).get(self._cookie)):
            return None
        given = QueryParams(scope["query_string"]).get(TOKEN)
        if scope["method"] not in SAFE or not self._gate.knows(given):
            return PlainTextResponse("This desk asks for a token: open the link that was printed at its start.", 403)
        # from here on the browser has it, and it stands in no address that could be passed on
        entered = RedirectResponse("/", 303)
        entered.set_cookie(self._cookie, self._gate.token, YEAR, httponly=True, samesite="lax")
        return entered


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach the address."""
    return address in LOOPBACK or (_is_address(address) and ip_address(address).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _same(given: str | None, secret: str) -> bool:
    """Compared in a time that tells nothing."""
    return given is not None and secrets.compare_digest(given.encode(), secret.encode())


def new_token() -> str:
    """One that nobody guesses."""
    return secrets.token_urlsafe(24)
