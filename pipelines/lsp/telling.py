"""What the gate says of an article, in the words of the protocol: diagnostics, hovers, code actions.

The words of articles are data: on one line, cut where they are long, and escaped where Markdown is read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lsprotocol import types
from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    Diagnostic,
    DiagnosticSeverity,
    Position,
    PositionEncodingKind,
    Range,
    TextEdit,
)

from audits import fixes
from audits.findings import Finding, Span
from audits.reports.text import visible
from expectations.catalogue import catalogue
from pipelines.lsp.newsroom import Judgement
from pipelines.lsp.places import START, Ranges, holds, meet

SOURCE = "corrigenda"
WAIVE = "corrigenda.waive"
FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.{SOURCE}"
SEVERITIES = {
    "error": DiagnosticSeverity.Error,
    "warning": DiagnosticSeverity.Warning,
    "note": DiagnosticSeverity.Information,
}
REASONS = ("Right as published", "Said so by the source", "House style")
LONGEST = 160  # code points of an article that are quoted at once
# Formats whose offsets are those of the file itself.
OWN_TEXT = frozenset({".txt", ".md"})
# Markup inside a line, and what GitHub's Markdown makes a link of.
_MARKUP = re.compile(r"[\\`*_\[\]<>~&|]|(?<=:)//|(?<=www)\.|@", re.IGNORECASE)


@dataclass(frozen=True)
class Client:
    """What the editor can do with what it is told: show places that belong to a diagnostic, edit one version of a
    document and no other, show Markdown. `encoding` is what its columns count."""

    encoding: PositionEncodingKind | str | None = PositionEncodingKind.Utf16
    related: bool = True
    versioned: bool = True
    markdown: bool = True


@dataclass(frozen=True)
class Told:
    """A judgement of an open document, told: `version` is that of the document's text, `opened` are the files that are
    open, with the URIs that the editor has for them."""

    judgement: Judgement
    uri: str
    version: int | None
    opened: Mapping[Path, str]
    client: Client

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """One a finding, in their order; or that the document cannot be read as an article."""
        if self.judgement.unread is not None:
            reason = f"not checked: {visible(self.judgement.unread)}"
            return (Diagnostic(START, reason, severity=DiagnosticSeverity.Warning, source=SOURCE),)
        return tuple(self._diagnostic(finding) for finding in self.judgement.findings)

    def hover(self, at: Position) -> types.Hover | None:
        """What the rules say whose words stand there, each with what it says of these words."""
        found = [(finding, told.range) for finding, told in self._told() if holds(told.range, at)]
        if not found:
            return None
        said = _said if self.client.markdown else _words
        parts: dict[str, list[str]] = defaultdict(list)
        for finding, _ in found:
            parts[finding.rule].append(said(finding))
        text = "\n\n---\n\n".join("\n\n".join((*words, catalogue()[rule].document)) for rule, words in parts.items())
        kind = types.MarkupKind.Markdown if self.client.markdown else types.MarkupKind.PlainText
        return types.Hover(types.MarkupContent(kind, text), range=found[0][1])

    def actions(self, at: Range, only: Sequence[str] | None) -> Iterator[CodeAction]:
        """What can be done there, of the kinds asked for: mend what is safe to mend, accept what is found."""
        asked = [(finding, told) for finding, told in self._told() if meet(told.range, at)]
        if _wanted(CodeActionKind.QuickFix.value, only):
            for finding, diagnostic in asked:
                if finding.edits:
                    yield CodeAction(
                        _mending(finding),
                        kind=CodeActionKind.QuickFix,
                        diagnostics=[diagnostic],
                        is_preferred=True,
                        edit=self._edit([finding]),
                    )
            for finding, diagnostic in asked:
                title = f"Accept “{_cut(finding.anchor.text, 40)}” with a reason… ({finding.rule})"
                yield CodeAction(
                    title,
                    kind=CodeActionKind.QuickFix,
                    diagnostics=[diagnostic],
                    command=types.Command("Accept with a reason…", WAIVE, arguments=[self.uri, finding.id]),
                )
        safe = [finding for finding in self.judgement.findings if finding.edits]
        if safe and only is not None and _wanted(FIX_ALL, only):
            yield CodeAction("Mend all that is safe to mend", kind=FIX_ALL, edit=self._edit(safe))

    def _told(self) -> list[tuple[Finding, Diagnostic]]:
        if self.judgement.unread is not None:
            return []
        return list(zip(self.judgement.findings, self.diagnostics, strict=True))

    def _diagnostic(self, finding: Finding) -> Diagnostic:
        witnesses = finding.spans[1:]
        words, related = _words(finding), [self._related(witness) for witness in witnesses]
        if not self.client.related:
            words += "".join(f"\n{visible(w.path)}:{w.line}: {_quoted(w)}" for w in witnesses)
        return Diagnostic(
            self._range(finding.anchor),
            words,
            severity=SEVERITIES[finding.severity],
            code=finding.rule,
            source=SOURCE,
            related_information=related if self.client.related else None,
            data={"finding": finding.id, "edits": self._edits([finding])},
        )

    def _related(self, witness: Span) -> types.DiagnosticRelatedInformation:
        file = self.judgement.files[witness.article]
        there = self._range(witness) if file.suffix.lower() in OWN_TEXT else START
        place = types.Location(self.opened.get(file) or file.as_uri(), there)
        return types.DiagnosticRelatedInformation(place, _quoted(witness))

    def _range(self, span: Span) -> Range:
        return self._ranges(span.article).range(span.start, span.end)

    def _ranges(self, article: str) -> Ranges:
        if article not in self._made:
            shown = self.judgement.files[article] in self.opened
            self._made[article] = Ranges(self.judgement.texts[article], self.client.encoding, shown=shown)
        return self._made[article]

    @cached_property
    def _made(self) -> dict[str, Ranges]:
        return {}

    def _edits(self, findings: Iterable[Finding]) -> list[TextEdit]:
        return [
            TextEdit(self._ranges(article).range(edit.start, edit.end), edit.text)
            for article, edits in fixes.edits(findings, self.judgement.texts).items()
            for edit in edits
        ]

    def _edit(self, findings: Iterable[Finding]) -> types.WorkspaceEdit:
        edits = self._edits(findings)
        if not self.client.versioned:
            return types.WorkspaceEdit(changes={self.uri: edits})
        document = types.OptionalVersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [*edits])])


def question(finding: Finding) -> str:
    """What is asked before a finding is accepted."""
    return f"Why is {_quoted(finding.anchor)} right? ({finding.rule}: {visible(finding.message)})"


def _words(finding: Finding) -> str:
    return "\n".join(visible(words) for words in (finding.message, finding.suggestion) if words)


def _said(finding: Finding) -> str:
    said = f"**{_escaped(finding.message)}**"
    return f"{said}  \n→ {_escaped(finding.suggestion)}" if finding.suggestion else said


def _escaped(text: str) -> str:
    """The text as Markdown that shows it as it is, and links to nothing."""
    return _MARKUP.sub(r"\\\g<0>", visible(text))


def _mending(finding: Finding) -> str:
    if all(not edit.text.strip() for edit in finding.edits):
        return f"Take out “{_cut(finding.anchor.text, 40)}”"
    new = " … ".join(_cut(edit.text, 40) for edit in finding.edits)
    return f"Write “{new}”"


def _quoted(span: Span) -> str:
    return f"“{_cut(span.text, LONGEST)}”"


def _cut(text: str, longest: int) -> str:
    shown = visible(text)
    return shown if len(shown) <= longest else f"{shown[: longest - 1].rstrip()}…"


def _wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether the kind is asked for, or one that it belongs to."""
    return only is None or any(not asked or kind == asked or kind.startswith(f"{asked}.") for asked in only)
