"""What editors do with findings, and what has become of them: an audit beside the waivers that accept some of it."""

import hashlib
import os
import threading
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from jinja2 import BaseLoader

from audits import waivers
from audits.findings import Finding, Findings, normalise
from audits.reports import html
from audits.reports.slugs import slugs
from audits.reports.views import ARTICLES
from audits.waivers import Waiver, WaiverError, WaiversFile
from expectations.catalogue import catalogue
from pipelines.desk.auditing import Auditor, Edition, NothingToAuditError
from pipelines.desk.worker import Worker

BEGINNING = "beginning"
MOST_QUOTED = 80  # code points of a finding's words in a message


class RefusedError(Exception):
    """What an editor asked for was not done: the message says why, and what has changed where something has."""


@dataclass(frozen=True)
class Typed:
    """What an editor gives to accept a finding, as it was typed."""

    finding: str
    reason: str
    owner: str = ""
    until: str = ""


@dataclass(frozen=True)
class Notice:
    """What is said of the last thing done. `finding` is where to go on, `undo` what can be taken back."""

    text: str
    finding: str | None = None
    undo: str | None = None
    refused: bool = False


@dataclass(frozen=True)
class View:
    """An audit as the waivers settle it. `problem` is why the waivers file cannot be used, where it cannot."""

    edition: Edition
    document: Findings
    holding: Mapping[str, tuple[Waiver, ...]]
    expired: Mapping[str, tuple[Waiver, ...]]
    drafts: Mapping[str, html.Draft]
    state: str
    problem: str | None

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """Every finding, by its id."""
        return {finding.id: finding for finding in self.document.findings}

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The page of each article, by its id."""
        ids = [article.id for article in self.document.articles]
        return {article: f"{ARTICLES}/{slug}.html" for article, slug in zip(ids, slugs(ids), strict=True)}

    def seen(self, finding: str) -> str:
        """What stands for the waivers that hold the finding as this view shows them."""
        held = [waiver.model_dump_json() for waiver in self.holding.get(finding, ())]
        return hashlib.sha256("\0".join(held).encode()).hexdigest()[:16]


class Desk:
    """The audit at hand and the waivers file, as any number of editors read and settle them, from any thread."""

    def __init__(self, auditor: Auditor, file: Path, templates: BaseLoader, today: Callable[[], date] = date.today):
        self._auditor, self._file, self._templates, self._today = auditor, file, templates, today
        self._edition: Edition | None = None
        self._view: tuple[object, View] | None = None
        self._viewing = threading.Lock()
        self._worker = Worker(self._audit)
        self._since: float | None = None
        self.doing = BEGINNING
        self.fault: str | None = None

    @property
    def audited(self) -> bool:
        """Whether there is anything to show yet."""
        return self._edition is not None

    @property
    def auditing_for(self) -> float:
        """For how many seconds an audit has been going on; 0 where none is."""
        since = self._since
        return time.monotonic() - since if since is not None else 0.0

    def catch_up(self) -> "Future[None]":
        """Audit again if an article has changed; the future is done when what is there then has been looked at."""
        return self._worker.ask()

    def view(self) -> View | None:
        """What there is to show, the waivers as they stand in the file now; None before the first audit."""
        with self._viewing:
            edition = self._edition
            if edition is None:
                return None
            version = _version(self._file)
            made_of = (edition, version, self._today())
            if self._view is None or self._view[0] != made_of:
                self._view = made_of, self._viewed(edition, version)
            return self._view[1]

    def accept(self, view: View, typed: Typed) -> Notice:
        """Write a waiver of a finding. Raises RefusedError."""
        finding = self._settleable(view, typed.finding)
        if typed.finding in view.holding:
            raise RefusedError(_accepted_meanwhile(view.holding[typed.finding]))
        until = _day(typed.until)
        if until is not None and until < self._today():
            raise RefusedError(f"{until:%Y-%m-%d} has passed: give a day to come, or none.")
        outdated = [waiver for waiver in view.expired.get(finding.id, ()) if waiver.finding == finding.id]
        try:
            waiver = waivers.of(finding, typed.reason, typed.owner.strip() or None, until)
            waivers.add(self._file, waiver, instead_of=outdated)
        except (ValueError, OSError) as error:
            raise self._refused(finding.id, error) from None
        return Notice(f"Accepted: {_named(finding)}.", finding.id, undo=finding.id)

    def undo(self, view: View, identifier: str, seen: str) -> Notice:
        """Withdraw what accepts a finding, if it still is what the editor has seen. Raises RefusedError."""
        finding = self._settleable(view, identifier)
        held = view.holding.get(identifier, ())
        if not held:
            raise RefusedError("It is open already: what accepted it has been withdrawn meanwhile.")
        if seen != view.seen(identifier):
            raise RefusedError(f"The waiver has changed meanwhile, and stays: {_told(held)}.")
        try:
            waivers.withdraw(self._file, *held)
        except (ValueError, OSError) as error:
            raise self._refused(identifier, error) from None
        others = {other for waiver in held for other, by in view.holding.items() if waiver in by} - {identifier}
        also = (
            f" So {'is' if len(others) == 1 else 'are'} {len(others)} more that the waiver accepted." if others else ""
        )
        return Notice(f"Open again: {_named(finding)}.{also}", identifier)

    def _settleable(self, view: View, identifier: str) -> Finding:
        if view.problem:
            raise RefusedError(view.problem)
        finding = view.findings.get(identifier)
        if finding is None:
            raise RefusedError("The finding is gone: the words, or those that it stood against, have changed.")
        return finding

    def _refused(self, finding: str, error: Exception) -> RefusedError:
        """Why the waivers file was not written: what somebody else did first, or what is wrong with it."""
        now = self.view()
        if isinstance(error, WaiverError) and now is not None and finding in now.holding:
            return RefusedError(_accepted_meanwhile(now.holding[finding]))
        if isinstance(error, OSError):
            return RefusedError(f"{error.filename or self._file}: cannot be written: {error.strerror}")
        return RefusedError(str(error))

    def _audit(self) -> None:
        try:
            content = self._auditor.content()
            if self._edition is not None and self._edition.content == content and self.fault is None:
                return
            self.doing, self._since = BEGINNING, time.monotonic()
            self._edition, self.fault = self._auditor.audit(self._tell), None
        except (NothingToAuditError, OSError) as error:
            self.fault = str(error)
        except Exception as error:  # a contract or a rule of ours is broken: what was audited before stays
            self.fault = f"a defect in Corrigenda, not in your articles: {type(error).__name__}: {error}"
            if os.environ.get("CORRIGENDA_DEBUG"):
                traceback.print_exc()
        finally:
            self._since = None

    def _tell(self, stage: str, done: int, total: int) -> None:
        self.doing = f"{stage} {done} of {total}" if total else stage

    def _viewed(self, edition: Edition, version: str) -> View:
        problem = None
        try:
            file = waivers.read(self._file, catalogue())
        except (WaiverError, OSError) as error:
            file, problem = WaiversFile(self._file, version, ()), str(error)
        document = waivers.settle(edition.findings, file.waivers, self._auditor.rules, self._today())
        by_state: dict[str, dict[str, list[Waiver]]] = defaultdict(lambda: defaultdict(list))
        for waiver, outcome in zip(file.waivers, document.waivers, strict=True):
            for finding in outcome.findings:
                by_state[outcome.state][finding].append(waiver)
        return View(
            edition=edition,
            document=document,
            holding={finding: tuple(held) for finding, held in by_state["holds"].items()},
            expired={finding: tuple(past) for finding, past in by_state["expired"].items()},
            drafts=dict(
                html.drafts(
                    document,
                    edition.texts,
                    edition.blocks,
                    self._auditor.rules,
                    edition.facts,
                    templates=self._templates,
                )
            ),
            state=f"{edition.content[:16]}-{version[:16]}",
            problem=problem,
        )


def mended(finding: Finding, before: Findings, after: Findings) -> Notice:
    """What an audit says of a finding that an editor calls mended, beside the audit before.

    Ids count equal words through the corpus, so an id can pass to others of them: what tells is whether the article
    has fewer of the words than it had.
    """
    was, still = _alike(finding, before), _alike(finding, after)
    if still and len(still) >= len(was):
        stands = next((other for other in still if other.id == finding.id), still[0])
        return Notice(
            f"Not mended yet: {_named(stands)} still stands in line {stands.anchor.line} of {stands.anchor.path}.",
            stands.id,
            refused=True,
        )
    return Notice(f"Mended: {_named(finding)} is gone.", _following(finding, after))


def compared(before: Findings, after: Findings) -> str:
    """How two audits differ, in a sentence."""
    was, now = ({finding.id for finding in document.findings} for document in (before, after))
    gone, new = len(was - now), len(now - was)
    if not gone and not new:
        return "Audited again: the findings are the same."
    told = [f"{gone} {'is' if gone == 1 else 'are'} gone"] * bool(gone) + [f"{new} new"] * bool(new)
    return f"Audited again: {', '.join(told)}."


def _alike(finding: Finding, document: Findings) -> list[Finding]:
    """The findings of one rule on equal words of one article."""
    words = finding.rule, finding.field, finding.anchor.article, normalise(finding.anchor.text)
    return [
        other
        for other in document.findings
        if (other.rule, other.field, other.anchor.article, normalise(other.anchor.text)) == words
    ]


def _following(finding: Finding, document: Findings) -> str | None:
    """The id of the open finding that a reader meets next in the article, or of its last."""
    left = [other for other in document.findings if other.anchor.article == finding.anchor.article]
    left = sorted((other for other in left if other.status == "open"), key=lambda other: other.anchor.start)
    below = (other for other in left if other.anchor.start >= finding.anchor.start)
    found = next(below, left[-1] if left else None)
    return found.id if found else None


def _named(finding: Finding) -> str:
    words = " ".join(finding.anchor.text.split())
    return f"{finding.rule}, “{words if len(words) <= MOST_QUOTED else words[: MOST_QUOTED - 1] + '…'}”"


def _accepted_meanwhile(held: Sequence[Waiver]) -> str:
    return f"It has been accepted meanwhile: {_told(held)}. Nothing was written."


def _told(held: Sequence[Waiver]) -> str:
    return "; ".join(f"“{waiver.reason}”" + (f" ({waiver.owner})" if waiver.owner else "") for waiver in held)


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    with suppress(ValueError):
        return date.fromisoformat(typed.strip())
    raise RefusedError(f"“{typed.strip()}” is no day: write it as 2027-03-31.")


def _version(file: Path) -> str:
    try:
        return waivers.version(file)
    except OSError as error:
        return f"unreadable: {error.strerror}"
