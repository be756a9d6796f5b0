"""The findings as comments in the margin of Word documents, one an article: what is sent back to the writer.

A Word document is handed back as it came, with comments added: runs are cut where a comment begins or ends, nothing is
rewritten. Of any other article a document is made from its blocks. The same findings make the same bytes.
"""

import re
import zipfile
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from io import BytesIO
from itertools import accumulate
from pathlib import Path

import docx
from docx.comments import Comment
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.text.run import Run

from audits import word
from audits.files import MARKER
from audits.findings import AuditedArticle, Finding, Findings, Span
from audits.folders import replacing
from audits.reports.passages import shorten
from audits.reports.slugs import slugs
from audits.reports.text import visible
from audits.word import Element, Passage

AUTHOR, INITIALS = "Corrigenda", "C"
STYLES = {"headline": "Title", "heading": "Heading 1", "caption": "Caption"}
# Of a fact's witnesses so many are quoted, in so many characters each.
WITNESSES, WORDS = 12, 300
SAME_DAY = (1980, 1, 1, 0, 0, 0)  # for the same bytes from the same findings
# What XML 1.0 cannot hold; replaced one for one.
_UNSTORABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Original = Callable[[AuditedArticle], bytes | None]
Blocks = Sequence[tuple[str, int, int]]


def write(
    document: Findings,
    texts: Mapping[str, str],
    blocks: Mapping[str, Blocks],
    original: Original,
    folder: Path,
) -> None:
    """Write the documents to `folder`, in place of those that are there.

    `texts` and `blocks` are by article id, blocks as kind, start, end, in order; `original` gives the bytes of an
    article that is a Word document, None for any other. The folder appears whole or not at all.

    Raises ReportFolderError where the folder holds anything but a report, OSError where it cannot be written.
    """
    with replacing(folder) as fresh:
        (fresh / MARKER).touch()
        for name, data in render(document, texts, blocks, original):
            (fresh / name).write_bytes(data)


def render(
    document: Findings, texts: Mapping[str, str], blocks: Mapping[str, Blocks], original: Original
) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of a document for every article that has open findings."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in document.findings:
        if finding.status == "open":
            found[finding.anchor.article].append(finding)
    headlines = {article.id: article.headline for article in document.articles}
    names = slugs([article.id for article in document.articles])
    for article, name in zip(document.articles, names, strict=True):
        if findings := found.get(article.id):
            text = _UNSTORABLE.sub("\ufffd", texts[article.id])
            data = original(article)
            made = word.load(data) if data else _made(article, text, blocks.get(article.id, ()))
            start = _body(blocks.get(article.id, ())) if data else 0
            _annotate(made, text, start, findings, headlines)
            yield f"{name}.docx", _saved(made)


def _body(blocks: Blocks) -> int:
    """Where the words of a Word document begin: after what its properties say."""
    return blocks[0][2] if blocks and blocks[0][0] == "matter" else 0


def _made(article: AuditedArticle, text: str, blocks: Blocks) -> Document:
    """A document of the article's blocks."""
    made = docx.Document()
    about = made.core_properties
    about.title = _UNSTORABLE.sub("\ufffd", article.headline or "")[:255]
    about.author = about.comments = ""
    for kind, start, end in blocks or [("paragraph", 0, len(text))]:
        made.add_paragraph(text[start:end], STYLES.get(kind))
    return made


def _annotate(
    document: Document, text: str, start: int, findings: Sequence[Finding], headlines: Mapping[str, str | None]
) -> None:
    """Add a comment for each finding, at its words; where the words stand in the properties, at the first ones."""
    words = _Words(word.passages(document), text, start)
    for finding in sorted(findings, key=lambda one: (one.anchor.start, one.anchor.end)):
        first, last = words.runs(finding.anchor.start, finding.anchor.end)
        comment = document.add_comment([Run(run, document) for run in (first, last)], "", AUTHOR, INITIALS)
        _fill(comment, finding, headlines)


def _fill(comment: Comment, finding: Finding, headlines: Mapping[str, str | None]) -> None:
    """What the finding says: severity and rule, the message, what to do, the evidence."""
    date = qn("w:date")  # set to the present by the library
    comment._comment_elm.attrib.pop(date, None)
    comment.paragraphs[0].add_run(f"{finding.severity.capitalize()} · {finding.rule}").bold = True
    evidence = finding.spans[1:]
    told = [finding.message, finding.suggestion, *(_witness(span, headlines) for span in evidence[:WITNESSES])]
    if len(evidence) > WITNESSES:
        told.append(f"… and {len(evidence) - WITNESSES} more")
    for line in told:
        if line:
            comment.add_paragraph(visible(line))


def _witness(span: Span, headlines: Mapping[str, str | None]) -> str:
    headline = headlines.get(span.article)
    place = f"{span.path}:{span.line}"
    return f"{f'{headline} ({place})' if headline else place}: “{shorten(span.text, WORDS)}”"


class _Words:
    """The words of a document, and where each of their characters stands in the article's text."""

    def __init__(self, passages: Sequence[Passage], text: str, start: int) -> None:
        pieces = [piece for passage in passages for piece in passage.pieces]
        self._nodes = [piece.node for piece in pieces]
        self._starts = list(accumulate((len(piece.text) for piece in pieces), initial=0))[:-1]
        self._places = list(_places(passages, text, start))

    def runs(self, start: int, end: int) -> tuple[Element, Element]:
        """The first and the last of the runs that hold `text[start:end]` and nothing else; where the document has none
        of these words, the run that comes next."""
        count = len(self._places)
        first, after = (bisect_left(self._places, offset) for offset in (start, end))
        if first < after:
            for at in (first, after):
                if at < count:
                    self._cut(at)
        else:
            first = after = min(first, count - 1)
        return self._run(first), self._run(max(first, after - 1))

    def _run(self, at: int) -> Element:
        return self._nodes[self._piece(at)].getparent()

    def _piece(self, at: int) -> int:
        """Which piece the character `at` is in."""
        return bisect_right(self._starts, at) - 1

    def _cut(self, at: int) -> None:
        """Let a run begin with the character `at`; a footnote is not cut."""
        piece = self._piece(at)
        node, begun = self._nodes[piece], at - self._starts[piece]
        if begun and node.tag != qn("w:t"):
            return
        if begun:
            piece, node = piece + 1, _cut_text(node, begun)
            self._nodes.insert(piece, node)
            self._starts.insert(piece, at)
        if any(before.getparent() is node.getparent() for before in self._nodes[max(0, piece - 1) : piece]):
            _cut_run(node)


def _places(passages: Sequence[Passage], text: str, start: int) -> Iterator[int]:
    """For each character of the passages its place in the text; for white space that reading dropped, the next one's.

    The text holds the passages' words in order, with marks of its own between them.
    """
    at = start
    for passage in passages:
        at = text.index(passage.text.strip().partition("\n")[0], at)
        for character in passage.text:
            if character.isspace() and not (at < len(text) and text[at].isspace()):
                yield at
                continue
            while text[at] != character and not (character.isspace() and text[at].isspace()):
                at += 1
            yield at
            at += 1


def _cut_text(node: Element, at: int) -> Element:
    rest = deepcopy(node)
    words = node.text
    for part, text in ((node, words[:at]), (rest, words[at:])):
        part.text = text
        part.set(qn("xml:space"), "preserve")
    node.addnext(rest)
    return rest


def _cut_run(node: Element) -> None:
    """Move the node, and what follows it in its run, to a run of its own that is set alike."""
    run = node.getparent()
    rest = OxmlElement("w:r")
    rest.attrib.update(run.attrib)
    if run.rPr is not None:
        rest.append(deepcopy(run.rPr))
    for moved in [node, *node.itersiblings()]:
        rest.append(moved)
    run.addnext(rest)


def _saved(document: Document) -> bytes:
    """The document's bytes, without the time at which they were written."""
    stream, dated = BytesIO(), BytesIO()
    document.save(dated)
    with zipfile.ZipFile(dated) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, SAME_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return stream.getvalue()
