"""What can be mended without asking: the edits of findings put into the text, the change as a diff, and the file.

Which edits are safe the rules' documents say (`findings.py`); words of somebody else have none. Here they are put
together, and left out where an audit of the changed text shows that they bring up what was not there.
"""

import difflib
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from audits import files
from audits.findings import Edit, Finding, Findings

Edits = Mapping[str, Sequence[Edit]]  # by article, in order of place, disjoint
GRAVE = frozenset({"error", "warning"})
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NO_NEWLINE = "\\ No newline at end of file\n"


class ChangedFileError(ValueError):
    """The file holds other bytes than those that were audited; nothing was written."""


def edits(findings: Iterable[Finding], texts: Mapping[str, str]) -> dict[str, list[Edit]]:
    """What to write into each article to mend the findings, in order of place; `texts` are the articles' texts by id.

    Of two that overlap, the first has its way. What is cut takes its line along where nothing else is on it.
    """
    wanted: dict[str, list[Edit]] = defaultdict(list)
    for finding in findings:
        text = texts[finding.anchor.article]
        wanted[finding.anchor.article] += [_whole_line(text, edit) for edit in finding.edits]
    disjoint = {article: _disjoint(texts[article], found) for article, found in wanted.items()}
    return {article: found for article, found in disjoint.items() if found}


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made, which are in order of place and disjoint."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*parts, text[at:]))


def without_harm(before: Findings, after: Findings, texts: Mapping[str, str], made: Edits) -> dict[str, list[Edit]]:
    """Those of the edits `made` between two audits that brought up no error or warning; all, where none came up.

    Those are left out that stand on the line of such a finding; where none does, all of its article; where none is in
    its article, all of the articles that it speaks of, or else all. `texts` are the articles' texts before.
    """
    kept = {article: list(found) for article, found in made.items()}
    for finding in _brought_up(before, after, made):
        anchor = finding.anchor
        at = _origin(made.get(anchor.article, ()), anchor.start)
        start, end = _line(texts[anchor.article], at)
        elsewhere = [edit for edit in kept.get(anchor.article, ()) if edit.end <= start or edit.start >= end]
        if len(elsewhere) < len(made.get(anchor.article, ())):
            kept[anchor.article] = elsewhere
        else:
            involved = {span.article for span in finding.spans} & made.keys() or made.keys()
            kept |= {article: [] for article in involved}
    return {article: found for article, found in kept.items() if found}


def diff(path: str, before: str, after: str) -> Iterator[str]:
    """The lines of a unified diff, each with its newline, as `git apply` takes them."""
    old, new = ([match[0] for match in _LINE.finditer(text)] for text in (before, after))
    for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
        if line[-1] in "\r\n":
            yield line
        else:
            yield from (f"{line}\n", _NO_NEWLINE)


def write(file: Path, sha256: str, text: str) -> None:
    """Replace the file, whose bytes had this hash when it was read, in one step.

    Raises ChangedFileError where they have another now, OSError where it cannot be read or written.
    """
    with file.open("r+b") as opened:  # as for writing: a file that is protected stays as it is
        data = opened.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ChangedFileError(f"{file}: changed since it was read; nothing was written to it")
    files.replace(file, text.encode("utf-8"))


def is_own_text(text: str, sha256: str) -> bool:
    """Whether the text is the file itself, whose bytes have this hash, and not an extraction from it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest() == sha256


def _whole_line(text: str, edit: Edit) -> Edit:
    """A cut that leaves nothing but white space on its lines, with these lines."""
    if edit.text:
        return edit
    start, end = _line(text, edit.start)[0], _line(text, edit.end - 1)[1]
    alone = not text[start : edit.start].strip() and not text[edit.end : end].strip()
    return Edit(start, end, "") if alone else edit


def _line(text: str, at: int) -> tuple[int, int]:
    """Where the line begins and ends that the code point at `at` stands on, its newline included; a byte order mark is
    no part of it."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    ends = [place for place in (text.find("\n", at), text.find("\r", at)) if place >= 0]
    end = min(ends, default=len(text) - 1) + 1
    end += text.startswith("\r\n", end - 1)
    return start + text.startswith("\ufeff", 0, 1) * (start == 0), end


def _disjoint(text: str, wanted: Iterable[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(wanted, key=lambda edit: (edit.start, edit.end, edit.text)):
        free = not kept or edit.start >= kept[-1].end
        if free and text[edit.start : edit.end] != edit.text:
            kept.append(edit)
    return kept


def _brought_up(before: Findings, after: Findings, made: Edits) -> Iterator[Finding]:
    """The open errors and warnings that were not there before: neither they, nor what their rule said of these words as
    they were."""
    known = {finding.id for finding in before.findings if finding.status == "open"}
    places: dict[tuple[str, str | None, str], list[tuple[int, int]]] = defaultdict(list)
    for finding in before.findings:
        if finding.status == "open":
            anchor = finding.anchor
            places[finding.rule, finding.field, anchor.article].append((anchor.start, anchor.end))
    for finding in after.findings:
        if finding.status != "open" or finding.severity not in GRAVE or finding.id in known:
            continue
        anchor = finding.anchor
        start, end = (_origin(made.get(anchor.article, ()), at) for at in (anchor.start, anchor.end))
        said = places.get((finding.rule, finding.field, anchor.article), ())
        if not any(first < max(end, start + 1) and start < last for first, last in said):
            yield finding


def _origin(made: Sequence[Edit], at: int) -> int:
    """Where the code point at `at` was before the edits; within one, where that begins."""
    shift = 0
    for edit in made:
        if at < edit.start + shift:
            break
        if at < edit.start + shift + len(edit.text):
            return edit.start
        shift += len(edit.text) - (edit.end - edit.start)
    return at - shift
