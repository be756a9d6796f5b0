"""A workspace in the editor: its settings, its published articles, and what the gate says of the one being written."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pandas as pd

from audits import baseline, waivers
from audits.baseline import BaselineError, Entry
from audits.findings import Finding, Findings
from audits.waivers import Waiver, WaiverError
from expectations.catalogue import Rule, catalogue
from expectations.facts import SHEET, Fact
from pipelines import configuration
from pipelines.audit import texts_of
from pipelines.configuration import ConfigurationError, Settings
from pipelines.gate import Settled
from pipelines.gate.judging import Brief, alone, compared, judge
from pipelines.gate.verdict import reach
from pipelines.lsp.library import Library, Look
from pipelines.reading import display_path
from pipelines.reading.hashes import Hashes
from pipelines.store import Store

# Paths that are the workspace's own where nothing else is said.
PLACES = ("store", "waivers", "baseline")
GATE = "gate"

Kept = TypeVar("Kept")


class UnusableError(ValueError):
    """Settings or files beside the articles that cannot be used, or what was asked for cannot be done: the message says
    why, and what to do."""


class OutdatedError(Exception):
    """What is being judged is not what is in the editor any more."""


@dataclass(frozen=True)
class Judgement:
    """What the gate says of an article as it stood in the editor.

    `findings` are open ones; `texts` and `files` are those of the articles that they speak of, by id. `unread` is why
    the article could not be read, where it could not. `brief` and `found` are what can be settled anew.
    """

    path: str
    findings: tuple[Finding, ...]
    texts: Mapping[str, str]
    files: Mapping[str, Path]
    unread: str | None = None
    brief: Brief | None = None
    found: Findings | None = None


class Newsroom:
    """Judges one article at a time, and remembers between them what has not changed. For one thread.

    `took` is how many seconds of the thread the last judgement took, but for loading what is published.
    """

    def __init__(self, root: Path, today: Callable[[], date] = date.today) -> None:
        self.took = 0.0
        self._root, self._today = root, today
        self._files = Hashes()
        self._read: dict[Path, tuple[str, object]] = {}
        self._settings: Settings | None = None
        self._rules: Mapping[str, Rule] = {}
        self._library: Library | None = None
        self._compared: tuple[Look, tuple[Fact, ...], Mapping[str, pd.DataFrame]] | None = None

    def judge(self, file: Path, opened: Mapping[Path, str], outdated: Callable[[], bool] = lambda: False) -> Judgement:
        """What the gate says of the article in `file`, which is `opened`, as all of these with the editor's text.

        Raises UnusableError, OutdatedError as soon as it is `outdated`, and BrokenContractError or BrokenRuleError
        where the fault is ours.
        """
        settings, library = self._current()
        settled = self._settled(settings)  # first: what cannot be used is said at once
        facts = self._kept(settings.facts or SHEET, lambda _: settings.sheet())
        loaded, started = library.loaded, time.thread_time()
        look = library.look(opened)
        path = display_path(file, self._root)
        if path not in look.ids:
            blank = not opened[file].strip("\ufeff \t\r\n")  # it has only just been begun
            return Judgement(path, (), {}, {}, None if blank else look.rejected.get(path, "it is no article"))
        _check(outdated)
        tables = self._tables(look, facts)
        _check(outdated)
        brief = alone(path, look.ids, tables)
        _check(outdated)
        found, _ = judge(brief, self._rules)
        if loaded:
            self.took = time.thread_time() - started
        said = (finding for finding in found.findings if finding.anchor.path == path)
        spoken = {look.ids[path]}.union(span.article for finding in said for span in finding.spans)
        return self._reached(
            Judgement(
                path=path,
                findings=(),
                texts={article: text for article, text in texts_of(brief.after).items() if article in spoken},
                files={look.ids[at]: file for at, file in look.files.items() if look.ids.get(at) in spoken},
                brief=replace(brief, after={}),
                found=found,
            ),
            settled,
        )

    def settle(self, judgement: Judgement) -> Judgement:
        """The judgement as the waivers and the baseline have it now. Raises UnusableError."""
        settings, _ = self._current()
        return self._reached(judgement, self._settled(settings))

    def accept(self, finding: Finding, reason: str) -> None:
        """Write a waiver of the finding. Raises UnusableError."""
        settings, _ = self._current()
        file = settings.waivers
        try:
            accepted = waivers.read(file, catalogue()).waivers
            past = [waiver for waiver in accepted if waiver.finding == finding.id and waiver.expired(self._today())]
            waivers.add(file, waivers.of(finding, reason), instead_of=past)
        except WaiverError as error:
            raise UnusableError(str(error)) from None
        except OSError as error:
            raise UnusableError(f"{error.filename or file}: cannot be written: {error.strerror}") from None

    def _current(self) -> tuple[Settings, Library]:
        """The settings as they are in their file now; all that depends on them is made anew where they have changed."""
        try:
            found = configuration.find(self._root)
        except ConfigurationError as error:
            raise UnusableError(str(error)) from None
        home = found.file.parent if found.file else self._root
        placed: dict[str, object] = {name: home / getattr(found.settings, name) for name in PLACES}
        articles = tuple(home / path for path in found.settings.articles)
        if "articles" in (found.lines or {}) and not any(path.exists() for path in articles):
            here = " or ".join(map(str, articles))
            raise UnusableError(f"{found.file}:{(found.lines or {})['articles']}: articles: there is no folder {here}")
        settings = found.settings.model_copy(update={**placed, "articles": articles})
        if self._library is None or settings != self._settings:
            self._settings, self._rules = settings, settings.rules()
            stores = (Store(settings.store),)
            index = Store(settings.store.with_name(GATE))
            self._library = Library(articles, self._root, settings.house, index, stores)
        return settings, self._library

    def _settled(self, settings: Settings) -> Settled:
        accepted: Sequence[Waiver] = self._kept(settings.waivers, lambda file: waivers.read(file, catalogue()).waivers)
        entries: Sequence[Entry] = self._kept(settings.baseline, baseline.read)
        return Settled(settings.gate.policy, accepted, entries)

    def _kept(self, file: Path, read: Callable[[Path], Kept]) -> Kept:
        """What is in the file, read again where it has changed. Raises UnusableError."""
        sha256 = self._files.of(file)
        known = self._read.get(file)
        if known is None or known[0] != sha256:
            try:
                known = sha256, read(file)
            except (ConfigurationError, WaiverError, BaselineError) as error:
                raise UnusableError(str(error)) from None
            except OSError as error:
                raise UnusableError(f"{file}: cannot be read: {error.strerror}") from None
            self._read[file] = known
        return known[1]  # type: ignore[return-value]  # a file is always read by the same reader

    def _tables(self, look: Look, facts: tuple[Fact, ...]) -> Mapping[str, pd.DataFrame]:
        """All tables, compared once for as long as no article changes."""
        if self._compared is None or self._compared[0].tables is not look.tables or self._compared[1] != facts:
            self._compared = look, facts, compared(look.tables, facts)
        return self._compared[2]

    def _reached(self, judgement: Judgement, settled: Settled) -> Judgement:
        if judgement.brief is None or judgement.found is None:
            return judgement
        document = reach(judgement.brief, judgement.found, None, settled, self._rules.keys(), self._today(), None)
        return replace(judgement, findings=tuple(f for f in document.findings if f.status == "open"))


def _check(outdated: Callable[[], bool]) -> None:
    if outdated():
        raise OutdatedError
