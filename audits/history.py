"""What earlier audits came to: a file of JSON lines, an entry an outcome, the oldest first.

An audit that comes out as the last one of the same articles and rules adds no entry: it can be repeated at will, and
says the same each time, what is new since the audit that came out otherwise. Every entry holds counts, for the trend;
the findings themselves are kept where a later audit may be compared with them.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from audits import files
from audits.findings import Change, Finding, Findings, PastFinding, remembered
from expectations.catalogue import SEVERITIES, Severity

MOST_ENTRIES = 1_000  # the oldest go
COMPARED_WITH = 2  # the last entry, and the one before it, where the last is of the same outcome
LOCK_SECONDS = 60


class HistoryError(ValueError):
    """A history that cannot be used as it stands: the message names file, line, and what to do."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings."""

    open: int
    waived: int


class Entry(BaseModel):
    """What an audit came to. `corpus` are the files and folders that it was asked to audit, `rules` those that it ran.

    `state` is the same for the same articles with the same findings; `findings` is None where they are kept no more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    layout: Literal["corrigenda.history/1"] = Field(default="corrigenda.history/1", alias="schema")
    at: AwareDatetime
    version: str
    corpus: tuple[str, ...]
    articles: int
    severities: dict[Severity, Count]
    rules: dict[str, Count]
    state: str
    findings: tuple[PastFinding, ...] | None


def read(path: Path) -> list[Entry]:
    """The entries of the history at `path`, none where there is no file. Raises HistoryError, or OSError."""
    try:
        lines = path.read_bytes().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [_entry(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def entry(document: Findings, rules: Collection[str], corpus: Iterable[str], at: datetime) -> Entry:
    """The entry for an audit that ran `rules` on `corpus` at the time `at`, which names its zone."""
    found = document.findings
    return Entry(
        at=at.replace(microsecond=0),
        version=document.version,
        corpus=tuple(sorted(set(corpus))),
        articles=len(document.articles),
        severities={severity: _count(f for f in found if f.severity == severity) for severity in SEVERITIES},
        rules={rule: _count(f for f in found if f.rule == rule) for rule in sorted(rules)},
        state=_state(document),
        findings=tuple(map(remembered, found)),
    )


def previous(entries: Sequence[Entry], now: Entry) -> Entry | None:
    """The entry to compare `now` with: the latest of the same corpus, of those that ran the most of its rules.

    Where `now` is a repetition, that is the one before what it repeats.
    """
    repeated = _repeated(entries, now)
    before = [e for e in entries[:repeated] if e.corpus == now.corpus and e.findings is not None]
    return max(reversed(before), key=lambda e: len(e.rules.keys() & now.rules.keys()), default=None)


def compare(earlier: Entry | None, document: Findings, rules: Collection[str]) -> Change | None:
    """What is otherwise in `document`, an audit that ran `rules`, than it was in `earlier`; None where there is none.

    A finding whose article is gone, or whose rule was not run, is not fixed.
    """
    if earlier is None or earlier.findings is None:
        return None
    past = {finding.id for finding in earlier.findings}
    open_ = [finding.id for finding in document.findings if finding.status == "open"]
    present = {finding.id for finding in document.findings}
    audited = {name for article in document.articles for name in (article.path, PurePosixPath(article.path).stem)}
    return Change(
        since=earlier.at.isoformat(),
        new=tuple(name for name in open_ if name not in past),
        known=tuple(name for name in open_ if name in past),
        fixed=tuple(
            finding
            for finding in earlier.findings
            if finding.id not in present
            and finding.status == "open"
            and finding.rule in rules
            and not audited.isdisjoint((finding.path, PurePosixPath(finding.path).stem))
        ),
    )


def settle(document: Findings, entries: Sequence[Entry], now: Entry) -> Findings:
    """The document, whose entry is `now`, with what has changed since the entry before it, if there is one."""
    change = compare(previous(entries, now), document, now.rules)
    if change is None:
        return document
    new = frozenset(change.new)
    findings = tuple(
        replace(finding, novelty="new" if finding.id in new else "known") if finding.status == "open" else finding
        for finding in document.findings
    )
    return replace(document, findings=findings, change=change)


def course(entries: Sequence[Entry], now: Entry) -> list[Entry]:
    """The outcomes of the audits of one corpus by the same rules, the oldest first, `now` the last."""
    alike = [e for e in entries if (e.corpus, e.rules.keys()) == (now.corpus, now.rules.keys())]
    return alike if _repeated(alike, now) is not None else [*alike, now]


def add(path: Path, now: Entry) -> None:
    """Write `now` at the end of the history, unless it repeats the outcome that stands there.

    Raises HistoryError where the file is no history, or another audit has been writing for a minute, and OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), LOCK_SECONDS):
            entries = read(path)
            if _repeated(entries, now) is None:
                files.replace(path, b"".join(map(_line, _kept([*entries, now]))))
    except Timeout:
        raise HistoryError(f"{path}: another audit is writing it; try again when it is done") from None


def _entry(path: Path, number: int, line: bytes) -> Entry:
    try:
        return Entry.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise HistoryError(
            f"{path}:{number}: no entry of a history of audits ({f'{where}: ' if where else ''}{first['msg']}); "
            "move the file away to begin anew, or name another as 'history' in the settings"
        ) from None


def _line(kept: Entry) -> bytes:
    return kept.model_dump_json(by_alias=True).encode("utf-8") + b"\n"


def _repeated(entries: Sequence[Entry], now: Entry) -> int | None:
    """The place of the entry that `now` repeats, if it does."""
    for place in reversed(range(len(entries))):
        if (entries[place].corpus, entries[place].rules.keys()) == (now.corpus, now.rules.keys()):
            return place if entries[place].state == now.state else None
    return None


def _kept(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, without the findings of those that nothing is compared with any more: later ones ran their rules."""
    kept: list[Entry] = []
    for old in reversed(entries[-MOST_ENTRIES:]):
        later = sum(e.corpus == old.corpus and e.rules.keys() >= old.rules.keys() for e in kept)
        kept.append(old if later < COMPARED_WITH else old.model_copy(update={"findings": None}))
    return kept[::-1]


def _count(findings: Iterable[Finding]) -> Count:
    statuses = Counter(finding.status for finding in findings)
    return Count(statuses["open"], statuses["waived"])


def _state(document: Findings) -> str:
    """A hash of the articles' contents, wherever they are, and of the findings."""
    parts = [
        *sorted(article.sha256 for article in document.articles),
        "",
        *sorted(f"{f.id} {f.severity} {f.status}" for f in document.findings),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
