"""The findings document for the terminal: what is wrong and where, a path that can be clicked, the words underlined.

Words of articles are data here: never markup, and what a terminal would obey or hide (control characters, direction
marks, odd spaces) is shown as an escape. Nor do they begin a line, or hold what a build's log would obey (`##[error]`).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import StringIO
from itertools import groupby

from babel.dates import format_date
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from audits.findings import Change, Finding, Findings, Span, Verdict
from expectations.catalogue import SEVERITIES

STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
CONTEXT_CHARACTERS = 40
LONGEST_WORDS = 80  # characters of the words in question; of more, the beginning and the end are shown
LEAST_CONTEXT = 10
SHOWN_CELLS = 110  # of the line around them, as far as the words themselves leave room
GUTTER = "    | "
UNDERLINES = {"anchor": "^", "witness": "~"}
MARKS = ("»", "«")  # around the words in question; colour alone would be lost in a file
TEXTUAL = frozenset({"severity", "rule", "also fired"})  # columns
_BREAK = re.compile(r"\r\n|[\r\n\t]")
_BREAKS = re.compile(r"\r\n|[\r\n]")
_ORDERS = re.compile(r"##(?=(?:vso)?\[)")  # what Azure's and GitHub's runners take for a command anywhere in a line
LISTED = 25  # articles in the summary: a screen of them
ID_CHARACTERS = 8  # enough to tell a finding by
LAPSED = {"expired": "its last day has passed", "stale": "its words are gone"}
WIDTH = 120  # of the tables, whatever the terminal: the same bytes for the same findings


def render(document: Findings, *, colour: bool, texts: Mapping[str, str] | None = None) -> str:
    """Every finding with its witnesses, by article, then the summary.

    `texts` are the articles' texts by id; where they are given, the words stand in a little context.
    """
    headlines = {article.path: article.headline for article in document.articles}
    lines: list[Text] = []
    shown = [f for f in document.findings if f.status == "open"] if document.verdict else document.findings
    for path, findings in groupby(shown, key=lambda finding: finding.anchor.path):
        lines += [_heading(path, headlines.get(path)), Text()]
        lines += [line for finding in findings for line in _finding(finding, texts or {})]
    return printed(lines, colour=colour) + summary(document, colour=colour)


def summary(document: Findings, *, colour: bool) -> str:
    """Counts of open findings by article and by rule, files that could not be read, lapsed waivers, and to close, how
    many findings there are, and how many are new; at the gate, the verdict."""
    parts: list[RenderableType] = []
    findings = [finding for finding in document.findings if finding.status == "open"]
    if findings and not document.verdict:
        parts += [*_by_article(findings), Text(), _by_rule(findings), Text()]
    if document.rejected:
        parts.append(Text("Not read:"))
        parts += [Text(f"  {named(file.path)}: {visible(file.reason)}") for file in document.rejected]
        parts.append(Text())
    if waivers := [waiver for waiver in document.waivers if waiver.state in LAPSED]:
        parts.append(Text("Waivers that no longer hold:"))
        parts += [Text(f"  line {w.line}: {LAPSED[w.state]}: {w.rule}: {visible(w.words)}") for w in waivers]
        parts.append(Text())
    if document.verdict:
        parts += map(Text, judgement(document, document.verdict))
        return printed(parts, colour=colour)
    parts.append(Text(closing(document, findings)))
    if document.change:
        parts.append(Text(changed(document.change)))
    return printed(parts, colour=colour)


def visible(text: str) -> str:
    """The text on one line; a character that a terminal would obey or not show is an escape (`\\x1b`, `\\u200b`)."""
    line = _BREAK.sub(" ", text)
    return line if line.isprintable() else "".join(map(_shown, line))


def _shown(character: str) -> str:
    odd = unicodedata.category(character)[0] in "CZ" and character != " "
    return character.encode("unicode_escape").decode("ascii") if odd else character


def _heading(path: str, headline: str | None) -> Text:
    return Text.assemble((named(path), "underline"), f"  {visible(headline)}" if headline else "")


def _finding(finding: Finding, texts: Mapping[str, str]) -> Iterator[Text]:
    status = () if finding.status == "open" else (f"({visible(finding.status)}) ",)
    yield Text.assemble(
        (f"{place(finding.anchor)}:", "bold"),
        " ",
        (finding.severity, STYLES[finding.severity]),
        f" {finding.rule} ",
        *status,
        visible(finding.message),
        (f"  #{finding.id[:ID_CHARACTERS]}", "dim"),
    )
    yield from underlined(finding.anchor, texts, Text(GUTTER, "dim"), STYLES[finding.severity])
    if finding.suggestion:
        yield Text.assemble("    → ", (visible(finding.suggestion), "green"))
    for witness in finding.spans[1:]:
        yield from underlined(witness, texts, Text(f"    {place(witness)}: ", "dim"), "dim")
    yield Text()


def place(span: Span) -> str:
    return f"{named(span.path)}:{span.line}:{span.column}"


def named(path: str) -> str:
    """The path on one line; one that begins like an option or a command of a build's log is led by `./`."""
    shown = visible(path)
    return f"./{shown}" if shown.startswith(("-", "::")) else shown


def underlined(span: Span, texts: Mapping[str, str], lead: Text, style: str) -> Iterator[Text]:
    """The words after `lead`, with what stands around them on their line, and below it a line that underlines them."""
    inside = _cut(_harmless(visible(span.text)))
    room = (SHOWN_CELLS - lead.cell_len - cell_len(inside)) // 2
    left, right = _around(span, texts, max(LEAST_CONTEXT, min(CONTEXT_CHARACTERS, room)))
    yield Text.assemble(lead, left, (inside, "bold"), right)
    below = GUTTER if lead.plain == GUTTER else " " * lead.cell_len
    line = UNDERLINES.get(span.role, "^") * max(1, cell_len(inside))
    yield Text.assemble((below, "dim"), " " * cell_len(left), (line, style))


def _harmless(shown: str) -> str:
    return _ORDERS.sub(r"#\\x23", shown)


def _cut(shown: str) -> str:
    half = LONGEST_WORDS // 2
    return shown if len(shown) <= LONGEST_WORDS else f"{shown[:half].rstrip()} … {shown[-half:].lstrip()}"


def _around(span: Span, texts: Mapping[str, str], room: int) -> tuple[str, str]:
    """What stands before and after the words on their line, so many characters of it at most."""
    text = texts.get(span.article, "")
    before, after = text[max(0, span.start - room) : span.start], text[span.end : span.end + room]
    left, right = _BREAKS.split(before)[-1], _BREAKS.split(after)[0]
    left = "…" + left if left and len(left) == room else left
    right = right + "…" if right and len(right) == room else right
    return _harmless(visible(left)), _harmless(visible(right))


def words(span: Span, texts: Mapping[str, str]) -> Text:
    """The words in question, marked, with what stands around them on their line where the article's text is known."""
    left, right = _around(span, texts, CONTEXT_CHARACTERS)
    opening, closing = MARKS
    return Text.assemble(left, (f"{opening}{visible(span.text)}{closing}", "bold"), right)


def _by_article(findings: Sequence[Finding]) -> Iterator[RenderableType]:
    """The worst articles first, and how many more there are."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for finding in findings:
        counts[finding.anchor.path][finding.severity] += 1
    worst = sorted(counts, key=lambda path: ([-counts[path][severity] for severity in SEVERITIES], path))
    rows = table("article", *(f"{severity}s" for severity in SEVERITIES))
    for path in worst[:LISTED]:
        rows.add_row(Text(named(path)), *(str(counts[path][severity] or "") for severity in SEVERITIES))
    yield rows
    if len(worst) > LISTED:
        yield Text(f"and {len(worst) - LISTED:,} more")


def _by_rule(findings: Sequence[Finding]) -> Table:
    articles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for finding in findings:
        articles[finding.severity, finding.rule].append(finding.anchor.path)
    rows = table("rule", "severity", "findings", "articles")
    for severity, rule in sorted(articles, key=lambda pair: (SEVERITIES.index(pair[0]), pair[1])):
        paths = articles[severity, rule]
        rows.add_row(rule, Text(severity, style=STYLES[severity]), str(len(paths)), str(len(set(paths))))
    return rows


def table(first: str, *others: str) -> Table:
    """A table as every report in the terminal has it; numbers stand to the right."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    made.add_column(first, overflow="fold")
    for name in others:
        made.add_column(name, justify="left" if name in TEXTUAL else "right")
    return made


def closing(document: Findings, findings: Sequence[Finding]) -> str:
    """How many articles and, of those given, findings, by severity; how many are settled."""
    counts: Counter[str] = Counter(finding.severity for finding in findings)
    listed = ", ".join(counted(counts[severity], severity) for severity in SEVERITIES if counts[severity])
    line = f"{counted(len(document.articles), 'article')}, {counted(len(findings), 'finding')}"
    settled = Counter(visible(finding.status) for finding in document.findings if finding.status != "open")
    aside = "".join(f"; {number:,} {status}" for status, number in sorted(settled.items()))
    return f"{line}: {listed}{aside}" if listed else f"{line}{aside}"


def judgement(document: Findings, verdict: Verdict) -> Iterator[str]:
    """Whether the articles may land and why, in a line; before it, lines of the baseline that hold nothing."""
    if verdict.gone:
        lines = ", ".join(map(str, verdict.gone[:LISTED])) + (" …" if len(verdict.gone) > LISTED else "")
        yield f"The baseline holds what is there no more (line {lines}): 'corrigenda baseline --prune' takes it out."
    against = visible(verdict.base) if verdict.base else "what is published"
    if not verdict.judged and not verdict.fixed:
        yield f"May land: no article is new or changed since {against}."
        return
    open_ = [finding for finding in document.findings if finding.status == "open"]
    counts: Counter[str] = Counter(finding.severity for finding in open_)
    found = ", ".join(counted(counts[severity], severity) for severity in SEVERITIES if counts[severity])
    settled = Counter(visible(finding.status) for finding in document.findings if finding.status != "open")
    asides = [f"{number:,} {status}" for status, number in sorted(settled.items())]
    asides += [f"{len(verdict.fixed):,} fixed"] if verdict.fixed else []
    asides += [f"{len(verdict.unread):,} not read"] if verdict.unread else []
    told = "; ".join([found or "nothing found", *asides])
    state = "Blocked" if verdict.blocked else "May land"
    yield f"{state}: {counted(len(verdict.judged), 'article')} against {against}: {told}"


def changed(change: Change) -> str:
    """How many findings are new, fixed and still open since the audit before, and when that was."""
    day = format_date(datetime.fromisoformat(change.since), "d MMMM y", locale="en")
    return f"{len(change.new):,} new, {len(change.fixed):,} fixed, {len(change.known):,} still open since {day}"


def counted(number: int, noun: str) -> str:
    """The number with its noun, in the plural where it is not one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def printed(parts: Sequence[RenderableType], *, colour: bool) -> str:
    """What rich prints of the parts, one a line, without looking at the terminal or the environment."""
    console = Console(
        file=StringIO(),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        width=WIDTH,
        _environ={},
    )
    shown = []
    for part in parts:
        if isinstance(part, Text) and not colour:
            shown.append(f"{part.plain}\n")
            continue
        with console.capture() as capture:
            console.print(part, soft_wrap=isinstance(part, Text))
        shown.append(capture.get())
    lines = _harmless("".join(shown)).split("\n")
    return "\n".join(line.rstrip() for line in lines)
