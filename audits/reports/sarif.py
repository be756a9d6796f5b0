"""The findings as SARIF 2.1.0 (OASIS, with errata 01), for code scanning and editors.

Columns and offsets are code points, without a byte order mark (§3.30.2). Articles are named relative to `%SRCROOT%`,
which the consumer knows; the log holds no path of the machine that wrote it. Words of an article whose text is an
extraction from its file are located by the file alone.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from audits.findings import AuditedArticle, Edit, Finding, Findings, Rejection, Span
from audits.positions import BYTE_ORDER_MARK, Positions, positions_in
from audits.reports.telling import kept, numbered, quoted, reason, told, whereabouts
from audits.reports.text import visible
from expectations.catalogue import Rule, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "note"}
GITHUB_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "recommendation"}
FINGERPRINT = "corrigendaWords/v1"
# The one key that GitHub follows an alert by; without it, GitHub puts a hash of the line there.
GITHUB_FINGERPRINT = "primaryLocationLineHash"
LINKED = 12  # witnesses that the message links to; all are related locations

Json = dict[str, Any]


def render(document: Findings, rules: Mapping[str, Rule], texts: Mapping[str, str]) -> str:
    """The log with a final newline. `rules` has every rule that a finding names; `texts` are the articles' by id."""
    positions = positions_in(texts)
    places = {article.path: number for number, article in enumerate(document.articles)}
    order = {name: number for number, name in enumerate(rules)}
    extracted = kept(document, texts)

    def location(span: Span) -> Json:
        artifact = {"artifactLocation": _artifact(span.path, places)}
        if span.article in extracted:
            return {"physicalLocation": artifact, "message": {"text": plain(whereabouts(span))}}
        return {"physicalLocation": {**artifact, "region": region(positions(span.article), span)}}

    results = [
        _result(finding, ordinal, order, location)
        | (
            _fixes(finding, positions(finding.anchor.article), places)
            if finding.anchor.article not in extracted
            else {}
        )
        for finding, ordinal in numbered(document.findings)
    ]
    run = {
        "tool": {
            "driver": {
                "name": "Corrigenda",
                "version": document.version,
                "rules": [_rule(rule) for rule in rules.values()],
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_rejected(file) for file in document.rejected],
            }
        ],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that paths of articles are relative to."}}},
        "artifacts": [_article(article) for article in document.articles],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def uri(path: str) -> str:
    """The path as a relative reference of RFC 3986; a byte that is not UTF-8 stays the `\\xff` that it is shown as."""
    return quote(path, safe="/", errors="backslashreplace")


def plain(text: str) -> str:
    """The text as a SARIF message that has no placeholder (§3.11.5: braces are doubled) and no link (§3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def region(positions: Positions, words: Span | Edit) -> Json:
    """Where `text[start:end]` stands (§3.30), the end column exclusive."""
    marked = positions.text.startswith(BYTE_ORDER_MARK)

    def column(offset: int) -> int:
        drawn_in = marked and positions.line(offset) == 1 and offset > 0
        return positions.column(offset) - drawn_in

    start, end = (max(0, offset - marked) for offset in (words.start, words.end))
    found = {
        "startLine": positions.line(words.start),
        "startColumn": column(words.start),
        "endLine": positions.line(words.end),
        "endColumn": column(words.end),
        "charOffset": start,
        "charLength": end - start,
    }
    return found | {"snippet": {"text": words.text}} if isinstance(words, Span) else found


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.name,
        "name": rule.name.title().replace("-", ""),
        "shortDescription": {"text": plain(rule.title)},
        "fullDescription": {"text": plain(rule.sections["What it checks"])},
        "help": {"text": plain(rule.document), "markdown": _doubled(rule.document)},
        "defaultConfiguration": {"enabled": rule.default, "level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family, *rule.scopes], "problem.severity": GITHUB_LEVELS[rule.severity]},
    }


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _article(article: AuditedArticle) -> Json:
    return {
        "location": {"uri": uri(article.path), "uriBaseId": ROOT},
        "roles": ["analysisTarget"],
        "hashes": {"sha-256": article.sha256},
    }


def _artifact(path: str, places: Mapping[str, int]) -> Json:
    named: Json = {"uri": uri(path), "uriBaseId": ROOT}
    return named | {"index": places[path]} if path in places else named


def _rejected(file: Rejection) -> Json:
    return {
        "level": "error",
        "message": {"text": plain(f"Not read: {visible(file.reason)}")},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(file.path, {})}}],
    }


def _result(finding: Finding, ordinal: int, order: Mapping[str, int], location: Callable[[Span], Json]) -> Json:
    witnesses = finding.spans[1:]
    words = f"{finding.fingerprint or finding.id}:{ordinal + 1}"
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": order[finding.rule],
        "level": LEVELS[finding.severity],
        "message": {"text": plain(told(finding)) + _links(witnesses)},
        "locations": [location(finding.anchor)],
        "partialFingerprints": {FINGERPRINT: words, GITHUB_FINGERPRINT: words},
        "suppressions": _suppressions(finding),
        "properties": {"id": finding.id, "scope": finding.scope},
    }
    if witnesses:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": plain(quoted(witness))}, **location(witness)}
            for number, witness in enumerate(witnesses, 1)
        ]
    state = {"new": "new", "known": "unchanged"}.get(finding.novelty or finding.status)
    return result | {"baselineState": state} if state else result


def _links(witnesses: Sequence[Span]) -> str:
    """The witnesses as links of the message to the related locations, which GitHub shows only so."""
    links = (f"[{_linked(f'{w.path}:{w.line}')}]({number})" for number, w in enumerate(witnesses[:LINKED], 1))
    return f" See {', '.join(links)}." if witnesses else ""


def _linked(text: str) -> str:
    """The text of a link: brackets and backslashes are escaped (§3.11.6)."""
    shown = visible(text)
    for character in "\\[]":
        shown = shown.replace(character, f"\\{character}")
    return _doubled(shown)


def _suppressions(finding: Finding) -> list[Json]:
    """Empty where the finding counts: a run says this of all of its results or of none (§3.27.23)."""
    if finding.status == "open":
        return []
    return [{"kind": "external", "status": "accepted", "justification": reason(finding)}]


def _fixes(finding: Finding, positions: Positions, places: Mapping[str, int]) -> Json:
    if not finding.edits:
        return {}
    replacements = [
        {"deletedRegion": region(positions, edit), "insertedContent": {"text": edit.text}} for edit in finding.edits
    ]
    change = {"artifactLocation": _artifact(finding.anchor.path, places), "replacements": replacements}
    described = {"description": {"text": plain(visible(finding.suggestion))}} if finding.suggestion else {}
    return {"fixes": [{**described, "artifactChanges": [change]}]}
