"""The desk as a web application: what is read from requests, and the pages that answer them."""

import asyncio
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import parse_qsl

from babel.dates import format_datetime
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from audits.reports import html
from audits.reports.drawing import FOLDER, environment
from audits.reports.drawing import TEMPLATES as REPORT_TEMPLATES
from pipelines.desk.guard import Gate, Guard
from pipelines.desk.settling import Desk, Notice, RefusedError, Typed, View, compared, mended

# The report's templates, with the desk's own over them; those go on calling the report's by `report/…`.
TEMPLATES = ChoiceLoader(
    [PackageLoader("pipelines.desk"), REPORT_TEMPLATES, PrefixLoader({"report": REPORT_TEMPLATES})]
)
ASSETS = {name: FOLDER / name for name in html.ASSETS} | {
    name: Path(__file__).parent / "templates" / name for name in ("desk.css", "desk.js")
}
MEDIA_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

PATIENCE = 4.0  # seconds that readers wait for an audit before they are shown the one before
LARGEST_FORM = 64 * 1024
MOST_NOTICES = 200


@dataclass(frozen=True)
class Panel:
    """What the desk's own parts of a page show. `busy` is what an audit that goes on is about."""

    form: str
    view: View
    at: str
    busy: str | None
    fault: str | None
    notice: Notice | None
    typed: Typed | None


class Pages:
    """Answers requests, each from the audit and the waivers as they are then."""

    def __init__(self, desk: Desk, gate: Gate) -> None:
        self._desk, self._gate = desk, gate
        self._notices: OrderedDict[str, Notice] = OrderedDict()
        self._environment = environment(TEMPLATES)

    async def page(self, request: Request) -> Response:
        """A page of the report, of the articles as they are now or, while they are audited, as they were."""
        busy = await self._caught_up()
        view = await run_in_threadpool(self._desk.view)
        if view is None:
            return self._waiting()
        notice = self._notices.get(request.query_params.get("notice", ""))
        return await self._shown(view, _name(request), notice, busy=busy)

    async def settle(self, request: Request) -> Response:
        """What an editor does on a page: shown there, or refused with the reason and with what was typed."""
        given = await _form(request)
        if not self._gate.sent_by_us(given.get("form")):
            raise HTTPException(403, "This form is not from this desk as it runs now. Open the page again.")
        name = _name(request)
        view = await run_in_threadpool(self._desk.view)
        if view is None:
            return self._waiting()
        if name not in view.drafts:
            raise HTTPException(404)
        typed = Typed(*(given.get(field, "") for field in ("finding", "reason", "owner", "until")))
        try:
            notice = await self._done(given.get("do", ""), view, typed, given.get("seen", ""))
        except RefusedError as refused:
            view = await run_in_threadpool(self._desk.view) or view
            kept = typed if given.get("do") == "accept" else None
            finding = typed.finding if typed.finding in view.findings else None
            notice = Notice(str(refused), finding, refused=True)
            return await self._shown(view, name, notice, kept, status=409)
        view = await run_in_threadpool(self._desk.view) or view
        return self._led_on(notice, name if name in view.drafts else html.INDEX)

    async def state(self, _request: Request) -> Response:
        """What the pages are made of now, as a line that changes with it."""
        busy = await self._caught_up()
        view = await run_in_threadpool(self._desk.view)
        return PlainTextResponse(view.state if view and not busy else "")

    async def asset(self, request: Request) -> Response:
        path = ASSETS[request.url.path.removeprefix("/")]
        return Response(await run_in_threadpool(path.read_bytes), media_type=MEDIA_TYPES[path.suffix])

    async def not_answered(self, _request: Request, error: Exception) -> Response:
        """An error as a page: what cannot be answered, and why."""
        status, why = (
            (error.status_code, error.detail)
            if isinstance(error, HTTPException)
            else (500, f"A defect in Corrigenda, not in your articles: {type(error).__name__}: {error}")
        )
        heading = "There is no such page" if status == 404 else "This was not done"
        told = "The article may be gone, or be called otherwise now." if status == 404 else why
        return HTMLResponse(self._message(heading, told), status)

    async def _caught_up(self) -> str | None:
        """Have the articles looked at, and wait a little: what is being done still, if anything is."""
        looked = self._desk.catch_up()
        patience = max(0.0, PATIENCE - self._desk.auditing_for) if self._desk.audited else 0.0
        await asyncio.wait([asyncio.wrap_future(looked)], timeout=patience)
        return None if looked.done() else self._desk.doing

    async def _done(self, what: str, view: View, typed: Typed, seen: str) -> Notice:
        if what == "accept":
            return await run_in_threadpool(self._desk.accept, view, typed)
        if what == "undo":
            return await run_in_threadpool(self._desk.undo, view, typed.finding, seen)
        if what not in {"fixed", "audit"}:
            raise HTTPException(400, "The desk does not know what to do with this form.")
        await asyncio.wrap_future(self._desk.catch_up())
        after = await run_in_threadpool(self._desk.view) or view
        if self._desk.fault:
            raise RefusedError(f"The audit failed: {self._desk.fault}")
        if what == "audit":
            unchanged = after.edition is view.edition
            said = "Nothing has changed since." if unchanged else compared(view.document, after.document)
            return Notice(said)
        finding = view.findings.get(typed.finding)
        if finding is None:
            return Notice("Mended: the finding is gone.")
        return mended(finding, view.document, after.document)

    async def _shown(
        self,
        view: View,
        name: str,
        notice: Notice | None,
        typed: Typed | None = None,
        *,
        busy: str | None = None,
        status: int = 200,
    ) -> Response:
        if name not in view.drafts:
            raise HTTPException(404)
        at = format_datetime(view.edition.at, "d MMMM y, HH:mm:ss", locale="en")
        panel = Panel(self._gate.form, view, at, busy, self._desk.fault, notice, typed)
        drawn = await run_in_threadpool(view.drafts[name], desk=panel)
        return Response(drawn, status, media_type=MEDIA_TYPES[Path(name).suffix])

    def _led_on(self, notice: Notice, name: str) -> Response:
        """To the page again, so that reading it again does nothing again."""
        key = secrets.token_urlsafe(8)
        self._notices[key] = notice
        while len(self._notices) > MOST_NOTICES:
            self._notices.popitem(last=False)
        place = f"#f-{notice.finding}" if notice.finding else ""
        return RedirectResponse(f"/{name}?notice={key}{place}", 303)

    def _waiting(self) -> Response:
        if self._desk.fault:
            return HTMLResponse(self._message("There is nothing to show", self._desk.fault), 500)
        page = self._message("The articles are being audited", f"{self._desk.doing} …")
        return HTMLResponse(page, 503, {"Refresh": "1", "Retry-After": "1"})

    def _message(self, heading: str, told: str) -> str:
        template = self._environment.get_template("message.html")
        return template.render(
            root="/", version=version("corrigenda"), disputed={}, heading=heading, told=told, desk=None
        )


def application(desk: Desk, gate: Gate, cookie: str) -> ASGIApp:
    """The desk behind its gate; `cookie` is the name under which browsers keep the token."""
    pages = Pages(desk, gate)
    inside = Starlette(
        routes=[
            Route("/state", pages.state, methods=["GET"]),
            Route("/favicon.ico", lambda _request: Response(status_code=204)),  # browsers ask unasked
            *(Route(f"/{name}", pages.asset, methods=["GET"]) for name in ASSETS),
            Route("/{name:path}", pages.page, methods=["GET"]),
            Route("/{name:path}", pages.settle, methods=["POST"]),
        ],
        exception_handlers={HTTPException: pages.not_answered, Exception: pages.not_answered},
        max_body_size=LARGEST_FORM,
    )
    return Guard(inside, gate, cookie)


def _name(request: Request) -> str:
    """The page asked for: only ever looked up among those that there are."""
    return str(request.path_params["name"]) or html.INDEX


async def _form(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415, "The desk reads plain forms only.")
    try:
        return dict(parse_qsl((await request.body()).decode("utf-8"), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        raise HTTPException(400, "The form cannot be read.") from None
