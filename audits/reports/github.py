"""The open findings as workflow commands of GitHub Actions, which become annotations, and for the job's summary.

GitHub keeps ten annotations of each kind a step; the others are for the summary. What an article says begins no
command: every line begins with ours, and in it whatever ends a command, a property or a line is escaped, as the runner
reads it.
"""

from collections.abc import Iterator, Mapping

from audits.findings import Finding, Findings, Rejection, Span
from audits.positions import Positions, positions_in
from audits.reports import markdown
from audits.reports.telling import kept, quoted, told, unsettled, whereabouts
from audits.reports.text import counted, place, visible
from expectations.catalogue import SEVERITIES, Severity

COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
MOST = 10  # annotations of each kind a step
WITNESSES = 5  # told in an annotation
SUMMARY_BYTES = 1024 * 1024  # of a step; GitHub shows nothing of a summary that is longer
CUT = "\n… and more: the summary of a step holds 1 MiB.\n"

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(document: Findings, texts: Mapping[str, str]) -> str:
    """A command a line: files that could not be read, then the first findings of each severity, in order of place; and
    how many are left to the summary. `texts` are the articles' by id."""
    positions = positions_in(texts)
    extracted = kept(document, texts)
    lines: list[str] = []
    left: list[str] = []
    for severity in SEVERITIES:
        unread = document.rejected if severity == "error" else ()
        findings = [finding for finding in unsettled(document) if finding.severity == severity]
        lines += [_unread(file) for file in unread[:MOST]]
        for finding in findings[: max(0, MOST - len(unread))]:
            article = finding.anchor.article
            lines.append(_annotation(finding, None if article in extracted else positions(article)))
        if (more := len(unread) + len(findings) - MOST) > 0:
            left.append(counted(more, severity))
    if left:
        lines.append(f"{', '.join(left)} more: see the summary of the job.")
    return "".join(f"{line}\n" for line in lines)


def summary(document: Findings, most: int = SUMMARY_BYTES) -> str:
    """The whole as Markdown for $GITHUB_STEP_SUMMARY, cut between lines to at most so many bytes of UTF-8."""
    whole = markdown.render(document)
    if len(whole.encode("utf-8")) <= most:
        return whole
    room = most - len(CUT.encode("utf-8"))
    return "".join(_fitting(whole, room)) + CUT if room > 0 else ""


def command(name: str, properties: Mapping[str, str | int], message: str) -> str:
    """A workflow command: one line, whatever the properties and the message hold."""
    named = ",".join(f"{key}={str(value).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {named}::{message.translate(_DATA)}"


def _unread(file: Rejection) -> str:
    return command("error", {"file": file.path, "title": "Corrigenda: not read"}, visible(file.reason))


def _annotation(finding: Finding, positions: Positions | None) -> str:
    """`positions` are None where the article's text is not the file: no line of it can be named."""
    anchor = finding.anchor
    where = _where(anchor, positions) if positions else {"file": anchor.path}
    said = told(finding) if positions else f"{told(finding)} {whereabouts(anchor)}"
    witnesses = [f"{place(witness)}: {quoted(witness)}" for witness in finding.spans[1:]]
    if len(witnesses) > WITNESSES:
        witnesses = [*witnesses[:WITNESSES], f"and {len(witnesses) - WITNESSES} more"]
    title = f"Corrigenda: {finding.rule}"
    return command(COMMANDS[finding.severity], {**where, "title": title}, "\n".join((said, *witnesses)))


def _where(span: Span, positions: Positions) -> dict[str, str | int]:
    last = positions.line(span.end)
    lines: dict[str, str | int] = {"file": span.path, "line": span.line, "endLine": last}
    if last > span.line:  # GitHub takes columns for one line only
        return lines
    return lines | {"col": span.column, "endColumn": positions.column(span.end)}


def _fitting(text: str, most: int) -> Iterator[str]:
    """The first lines that together have at most so many bytes."""
    for line in text.splitlines(keepends=True):
        most -= len(line.encode("utf-8"))
        if most < 0:
            return
        yield line
