"""Findings that the desk accepts: a YAML file in the corpus's repository, written by people and by `corrigenda waive`.

    # Agreed with the standards editor, 3 March.
    - rule: valuation-conflict
      article: harbour-bridge
      words: USD 65 million
      reason: Includes the approach roads; the piece says so below.
      owner: A. Subeditor
      until: 2027-03-31
      finding: 0123456789abcdef

A waiver is about words, never about lines: text may move around them, the file may be renamed, and it still holds;
once the words change it is stale. `finding`, which `corrigenda waive` writes, names one finding where the words stand
several times; `owner` and `until` (the last day on which it holds) are optional, and so is `article`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode

from audits import files
from audits.findings import Finding, Findings, WaiverOutcome, WaiverState, normalise
from expectations.nearest import nearest

HEADER = "Findings that the desk accepts, each with its reason. Waivers hold by the words, not by lines."
LOCK_SECONDS = 10


class WaiverError(ValueError):
    """A waivers file that cannot be used as it stands: the message names file, line, and what to do."""


class WaiverConflictError(WaiverError):
    """Somebody else has changed the waivers file since it was read; nothing was written."""


class Waiver(BaseModel):
    """One accepted finding. `line` is where it stands in the file, 1-based; 0 for one that is not in a file yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    words: str = Field(min_length=1)
    reason: str
    article: str | None = None
    field: str | None = None
    owner: str | None = None
    until: date | str | None = None
    finding: str | None = None
    line: int = Field(default=0, exclude=True)

    @field_validator("reason")
    @classmethod
    def _with_a_reason(cls, reason: str) -> str:
        if not reason.strip():
            raise ValueError("a waiver needs a reason")
        return reason.strip()

    @field_validator("until", mode="before")
    @classmethod
    def _last_day(cls, until: object) -> object:
        """A day in quotation marks is a day, and a time of day does not matter."""
        if isinstance(until, datetime):
            return until.date()
        if isinstance(until, str):
            with suppress(ValueError):
                return date.fromisoformat(until)
        return until

    def expired(self, today: date) -> bool:
        """Whether `today` is past its last day; a last day that is no date is past."""
        return self.until is not None and (not isinstance(self.until, date) or today > self.until)


@dataclass(frozen=True, slots=True)
class WaiversFile:
    """A waivers file as read: `version` is a hash of its bytes, which `change` compares before it writes."""

    path: Path
    version: str
    waivers: tuple[Waiver, ...]


def read(path: Path, rules: Collection[str]) -> WaiversFile:
    """The waivers of the file at `path`, none where there is no file.

    Raises WaiverError naming file and line for what is no waiver: not YAML, an unknown key or rule, no reason.
    """
    data = _bytes(path)
    waivers = tuple(
        _waiver(path, _line(entries, position), entry, rules)
        for entries in [_entries(path, data)]
        for position, entry in enumerate(entries)
    )
    return WaiversFile(path, _version(data), waivers)


def settle(document: Findings, waivers: Sequence[Waiver], rules: Collection[str], today: date) -> Findings:
    """The document with what the waivers accept marked `waived`, and with what became of each waiver, in their order.

    `rules` are those that the audit ran: a waiver of another rule is neither held nor stale.
    """
    audited = {name for article in document.articles for name in _names(article.id, article.path)}
    reasons: dict[str, str] = {}
    outcomes = []
    for waiver, found in zip(waivers, _matched(waivers, document.findings, audited), strict=True):
        in_question = waiver.rule in rules and waiver.article in {None, *audited}
        state = _state(waiver, today, found=bool(found), in_question=in_question)
        if state == "holds":
            reasons |= dict.fromkeys(found, waiver.reason)
        outcomes.append(_outcome(waiver, state, found))
    findings = tuple(
        replace(finding, status="waived", waiver=reasons[finding.id]) if finding.id in reasons else finding
        for finding in document.findings
    )
    return replace(document, findings=findings, waivers=tuple(outcomes))


def of(finding: Finding, reason: str, owner: str | None = None, until: date | None = None) -> Waiver:
    """The waiver that accepts `finding`. Raises WaiverError without a reason."""
    if not reason.strip():
        raise WaiverError("a waiver needs a reason: say why this finding is accepted")
    return Waiver(
        rule=finding.rule,
        article=finding.anchor.article,
        words=" ".join(finding.anchor.text.split()),
        field=finding.field,
        reason=reason,
        owner=owner,
        until=until,
        finding=finding.id,
    )


def add(path: Path, waiver: Waiver, version: str | None = None, instead_of: Sequence[Waiver] = ()) -> None:
    """Write `waiver` at the end of the file, comments and order kept, and take out those that it stands `instead_of`;
    `version` is what the writer has read, if known.

    Raises WaiverError where the finding is waived already or the file cannot be used, WaiverConflictError where the
    file is not the `version` any more or those to go are not in it as they were read, OSError where it cannot be
    written.
    """

    def appended(entries: CommentedSeq) -> None:
        _take_out(path, entries, instead_of)
        for position, entry in enumerate(entries):
            if waiver.finding is not None and _about(entry) == (waiver.finding, waiver.article):
                raise WaiverError(f"{path}:{_line(entries, position)}: this finding is waived already")
        entries.append(CommentedMap(waiver.model_dump(exclude_none=True)))

    _change(path, appended, version)


def withdraw(path: Path, *withdrawn: Waiver) -> None:
    """Take these waivers out of the file: all of them, or none.

    Raises WaiverConflictError where one is not in it as it was read, otherwise as `add` does.
    """
    _change(path, lambda entries: _take_out(path, entries, withdrawn), None)


def version(path: Path) -> str:
    """What `read` would give as the file's version. Raises OSError where it cannot be read."""
    return _version(_bytes(path))


def _take_out(path: Path, entries: CommentedSeq, gone: Sequence[Waiver]) -> None:
    for waiver in gone:
        position = next((at for at, entry in enumerate(entries) if _says(entry, waiver)), None)
        if position is None:
            raise WaiverConflictError(f"{path}: somebody else has changed or withdrawn this waiver; look at it again")
        del entries[position]


def _about(entry: object) -> tuple[object, object]:
    return (entry.get("finding"), entry.get("article")) if isinstance(entry, Mapping) else (None, None)


def _says(entry: object, waiver: Waiver) -> bool:
    """Whether the entry is the waiver, wherever in the file it stands."""
    try:
        return isinstance(entry, Mapping) and Waiver(**{**entry, "line": waiver.line}) == waiver
    except ValidationError:
        return False


def _matched(waivers: Sequence[Waiver], findings: Sequence[Finding], audited: Collection[str]) -> list[list[str]]:
    """The ids of the findings that each waiver accepts.

    A waiver of one finding takes that one. Where an equal was added or mended elsewhere, which moves the ordinals in
    ids, it takes the next of the same words in its article. One without a finding takes all of its words.
    """
    by_id = {finding.id: finding for finding in findings}
    by_words: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_words[finding.rule, normalise(finding.anchor.text)].append(finding)
    matched: list[list[str]] = [[] for _ in waivers]
    taken: set[str] = set()
    for place, waiver in enumerate(waivers):
        named = by_id.get(waiver.finding or "")
        # the words of an article do not become another's by being alike
        if named and named.rule == waiver.rule and (waiver.article not in audited or _stands_in(named, waiver.article)):
            matched[place].append(named.id)
            taken.add(named.id)
    for place, waiver in enumerate(waivers):
        alike = [
            finding
            for finding in by_words[waiver.rule, normalise(waiver.words)]
            if waiver.field in {None, finding.field}
            and waiver.article in {None, *_names(finding.anchor.article, finding.anchor.path)}
        ]
        if waiver.finding is None:
            matched[place] = [finding.id for finding in alike]
        elif not matched[place] and waiver.article is not None:
            free = [finding.id for finding in alike if finding.fact is None and finding.id not in taken]
            matched[place] = free[:1]
            taken.update(free[:1])
    return matched


def _state(waiver: Waiver, today: date, *, found: bool, in_question: bool) -> WaiverState:
    if found:
        return "expired" if waiver.expired(today) else "holds"
    return "stale" if in_question else "elsewhere"


def _outcome(waiver: Waiver, state: WaiverState, findings: Iterable[str]) -> WaiverOutcome:
    return WaiverOutcome(
        line=waiver.line,
        rule=waiver.rule,
        article=waiver.article,
        words=waiver.words,
        reason=waiver.reason,
        owner=waiver.owner,
        until=None if waiver.until is None else str(waiver.until),
        state=state,
        findings=tuple(findings),
    )


def _stands_in(finding: Finding, article: str | None) -> bool:
    """Whether any of the finding's words are in the article: a fact's anchor can pass to another of its witnesses."""
    return any(article in _names(span.article, span.path) for span in finding.spans)


def _names(article: str, path: str) -> tuple[str, ...]:
    """What a waiver may call an article: its id, its path, or its file's name without the ending."""
    return article, path, PurePosixPath(path).stem


def _change(path: Path, change: Callable[[CommentedSeq], None], version: str | None) -> None:
    """Read, change and write the file as one step, alone among all writers that keep to its lock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), LOCK_SECONDS):
            data = _bytes(path)
            if version is not None and version != _version(data):
                raise WaiverConflictError(f"{path}: changed by somebody else since it was read; look at it again")
            entries = _entries(path, data)
            change(entries)
            files.replace(path, _dumped(entries))
    except Timeout:
        raise WaiverConflictError(f"{path}: somebody else is writing it; try again") from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class _Constructor(RoundTripConstructor):
    """Keeps a day that no calendar has, such as 2026-02-30, as the words that it is: its waiver has expired."""

    def construct_yaml_timestamp(self, node: ScalarNode, values: Any = None) -> Any:
        try:
            return super().construct_yaml_timestamp(node, values)
        except ValueError:
            return str(node.value)


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_yaml_timestamp)


def _yaml() -> YAML:
    yaml = YAML()  # round trip: comments and order are kept
    yaml.Constructor = _Constructor
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=2, offset=0)
    return yaml


def _entries(path: Path, data: bytes) -> CommentedSeq:
    try:
        loaded = _yaml().load(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise WaiverError(f"{path}: is not UTF-8 (byte {error.start + 1})") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise WaiverError(f"{path}:{line}: is not YAML: {error.problem or error.context}") from None
    except YAMLError as error:
        raise WaiverError(f"{path}: is not YAML: {str(error).splitlines()[0]}") from None
    if loaded is None:
        loaded = CommentedSeq()
        loaded.yaml_set_start_comment(HEADER)
    if not isinstance(loaded, CommentedSeq):
        raise WaiverError(f"{path}:1: must be a list: each waiver starts with '- rule: …'")
    return loaded


def _line(entries: CommentedSeq, position: int) -> int:
    return int(entries.lc.item(position)[0]) + 1


def _waiver(path: Path, line: int, entry: object, rules: Collection[str]) -> Waiver:
    if not isinstance(entry, Mapping):
        raise WaiverError(f"{path}:{line}: a waiver is a mapping: rule, words, reason")
    given = {str(key): value for key, value in entry.items()}
    try:
        waiver = Waiver(**{**given, "line": line})
    except ValidationError as error:
        first = error.errors()[0]
        raise WaiverError(f"{path}:{line}: {_complaint(first['type'], first['loc'], first['msg'])}") from None
    if waiver.rule not in rules:
        raise WaiverError(f"{path}:{line}: no rule {waiver.rule!r}{nearest(waiver.rule, rules)}")
    return waiver


def _complaint(kind: str, where: tuple[int | str, ...], message: str) -> str:
    key = str(where[0]) if where else ""
    if kind == "missing":
        return f"the waiver lacks {key!r}"
    if kind == "extra_forbidden":
        return f"a waiver has no {key!r}{nearest(key, Waiver.model_fields)}"
    if kind == "string_type":
        return f"{key}: must be text; put it in quotation marks"
    return f"{key}: {message.removeprefix('Value error, ')}"


def _dumped(entries: CommentedSeq) -> bytes:
    stream = StringIO()
    _yaml().dump(entries, stream)
    return stream.getvalue().encode("utf-8")
