"""Findings that were there before there was a gate: a file of JSON lines in the corpus's repository.

The first line names the layout; every other one is an entry, in order of article, rule and words, so that a review
sees in the diff what was added and what is gone. What an entry holds never blocks. It is known by its fingerprint, the
words of the finding wherever they stand, and by the article: the words of an old article excuse no new one. About a
fact it is known by its values, all of which the entry holds, whichever article states them.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from audits import files
from audits.findings import Finding, remembered

LAYOUT = {"schema": "corrigenda.baseline/1"}
# The article of words whose own is there no more: its file may have been renamed.
MOVED = ""

Place = tuple[str, str]  # path and fingerprint


class BaselineError(ValueError):
    """A baseline that cannot be used as it stands: the message names file, line, and what to do."""


class Entry(BaseModel):
    """So many findings of equal words in one article, or one about a fact, whose other values are `also` known.

    `line` is where it stands in the file, 1-based; 0 for one that is in none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: str
    rule: str
    words: str
    fingerprint: str
    count: int = Field(default=1, ge=1)
    also: tuple[str, ...] | None = None
    line: int = Field(default=0, exclude=True)

    @property
    def of_fact(self) -> bool:
        return self.also is not None

    @property
    def values(self) -> frozenset[str]:
        return frozenset((self.fingerprint, *(self.also or ())))


@dataclass(frozen=True, slots=True)
class Held:
    """The findings, those that the baseline holds `known`; and the entries whose words stand nowhere any more."""

    findings: tuple[Finding, ...]
    gone: tuple[Entry, ...]


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of the baseline at `path`, none where there is no file. Raises BaselineError, or OSError."""
    try:
        lines = path.read_bytes().split(b"\n")
    except (FileNotFoundError, NotADirectoryError):
        return ()
    if _layout(lines[0]) != LAYOUT:
        raise BaselineError(f"{path}:1: must be {json.dumps(LAYOUT)}; 'corrigenda baseline' writes the file anew")
    return tuple(_entry(path, number, line) for number, line in enumerate(lines[1:], start=2) if line.strip())


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Replace the baseline. Raises OSError."""
    lines = [json.dumps(LAYOUT), *(entry.model_dump_json(exclude_none=True) for entry in sorted(entries, key=_order))]
    path.parent.mkdir(parents=True, exist_ok=True)
    files.replace(path, "".join(f"{line}\n" for line in lines).encode("utf-8"))


def record(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """The entries that hold these findings, but for those that are waived."""
    entries: dict[Place, Entry] = {}
    for finding in findings:
        if finding.status == "waived":
            continue
        place = finding.anchor.path, finding.fingerprint
        if place not in entries:
            entries[place] = _of(finding)
        elif not _of_fact(finding):
            entries[place] = entries[place].model_copy(update={"count": entries[place].count + 1})
    return tuple(sorted(entries.values(), key=_order))


def pruned(entries: Sequence[Entry], findings: Sequence[Finding], paths: Collection[str]) -> tuple[Entry, ...]:
    """The entries that still hold something of an audit's findings, each for as many as there are.

    `paths` are the articles audited: the words of one that is not among them hold where they stand now.
    """
    standing = Counter((finding.anchor.path, finding.fingerprint) for finding in findings if not _of_fact(finding))
    stated = {value for finding in findings if _of_fact(finding) for value in _values(finding)}
    kept = [entry for entry in entries if entry.of_fact and entry.values & stated]
    for entry in sorted((e for e in entries if not e.of_fact), key=lambda e: e.article not in paths):
        places = [place for place in standing if place[1] == entry.fingerprint] if entry.article not in paths else []
        wanted = entry.count
        for place in [(entry.article, entry.fingerprint), *sorted(places)]:
            count = min(wanted, standing[place])
            if count:
                standing[place] -= count
                wanted -= count
                kept.append(entry.model_copy(update={"article": place[0], "count": count}))
    return tuple(sorted(kept, key=_order))


def hold(
    entries: Sequence[Entry],
    findings: Sequence[Finding],
    judged: Mapping[str, str | None],
    paths: Collection[str],
    deleted: Collection[str] = (),
) -> Held:
    """The findings in `judged` articles, those that the baseline holds `known` where they were open.

    `judged` has the path that each had before, where it had one; `paths` are those of all articles. `findings` are all
    of the judged articles, and all about facts that these state, or that they or the `deleted` ones stated before.
    """
    former = {path for path in judged.values() if path is not None}
    there = {*paths, *former}

    def home(entry: Entry) -> str:
        return entry.article if entry.article in there else MOVED

    left: Counter[Place] = Counter()
    for entry in entries:
        if not entry.of_fact:
            left[home(entry), entry.fingerprint] += entry.count
    facts = {value for entry in entries if entry.of_fact for value in entry.values}
    marked = []
    for finding in findings:
        path = finding.anchor.path
        if path not in judged:
            continue
        homes = [(article, finding.fingerprint) for article in (path, judged[path], MOVED) if article is not None]
        place = next((place for place in homes if left[place]), None)
        if place is not None:
            left[place] -= 1
        held = finding.fingerprint in facts if _of_fact(finding) else place is not None
        marked.append(replace(finding, status="known") if held and finding.status == "open" else finding)
    stated = {value for finding in findings if _of_fact(finding) for value in _values(finding)}
    looked_at = {*judged, *former, MOVED}
    gone = (
        entry.article in {*former, *deleted} and not entry.values & stated
        if entry.of_fact
        else home(entry) in looked_at and left[home(entry), entry.fingerprint] > 0
        for entry in entries
    )
    return Held(tuple(marked), tuple(entry for entry, is_gone in zip(entries, gone, strict=True) if is_gone))


def _of_fact(finding: Finding) -> bool:
    """Whether it is about what several articles say: which of them is its article then says little."""
    return finding.fact is not None and finding.scope == "cross"


def _values(finding: Finding) -> tuple[str, ...]:
    return finding.fingerprint, *finding.counterparts


def _of(finding: Finding) -> Entry:
    past = remembered(finding)
    return Entry(
        article=past.path,
        rule=past.rule,
        words=" ".join(past.text.split()),
        fingerprint=finding.fingerprint,
        also=finding.counterparts if _of_fact(finding) else None,
    )


def _order(entry: Entry) -> tuple[str, str, str, str]:
    return entry.article, entry.rule, entry.words, entry.fingerprint


def _layout(line: bytes) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _entry(path: Path, number: int, line: bytes) -> Entry:
    try:
        return Entry.model_validate_json(line).model_copy(update={"line": number})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise BaselineError(
            f"{path}:{number}: no entry of a baseline ({f'{where}: ' if where else ''}{first['msg']}); "
            "mend the line, or write the file anew with 'corrigenda baseline'"
        ) from None
