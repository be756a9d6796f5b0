"""A Word document's words, in order, each with the element that holds it: for reading them, and for comments on them.

Words are what a reader of the document sees once its tracked changes are accepted: deleted words, comments, field
codes, hidden text, headers, footers and text boxes are none. Footnotes follow the text.
Source: ECMA-376-1, WordprocessingML (Office Open XML), part 17.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import XMLSyntaxError

# Of all the parts of a document together (in bytes, uncompressed), and how many they may be.
LARGEST = 128 * 2**20
MOST_PARTS = 5_000
CHUNK = 2**20

Element = Any  # of lxml, which has no types
Kind = Literal["heading", "paragraph", "item"]
Styles = Mapping[str, tuple[Kind, int]]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

# What holds paragraphs, or runs, without being one; what was deleted or moved away is not among them.
_AROUND = frozenset(map(qn, ("w:ins", "w:moveTo", "w:sdt", "w:sdtContent", "w:customXml", "w:smartTag")))
_AROUND_RUNS = _AROUND | frozenset(map(qn, ("w:hyperlink", "w:fldSimple", "w:dir", "w:bdo")))
_SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_ONE_LINE = str.maketrans("\r\n", "  ")
_OFF = frozenset({"0", "false", "off"})
_HEADING_STYLE = re.compile(r"heading [1-9]")
BASED_ON = 12  # styles that are based on each other


class WordFileError(ValueError):
    """A file that is no readable Word document; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, and the element in a run of the body that shows them: the text itself, or a footnote's reference."""

    text: str
    node: Element


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph's words. `level` is that of a heading, 0 of a title; `row` and `cell` are those of the innermost
    table that it stands in."""

    kind: Kind
    level: int
    row: Element | None
    cell: Element | None
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def load(data: bytes) -> Document:
    """The document in the bytes of a `.docx` file.

    Raises WordFileError where it is none, is encrypted or damaged, or would grow beyond bounds.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise WordFileError("the document is encrypted; save it without a password")
        raise WordFileError("an old Word document (.doc) by another name; open it in Word and save it as .docx")
    if data.startswith(b"{\\rtf"):
        raise WordFileError("rich text (.rtf) by another name; open it in Word and save it as .docx")
    try:
        return docx.Document(BytesIO(_inflated(data)))
    except WordFileError:
        raise
    except Exception as error:  # whatever its parts lack: the library checks none of them
        raise WordFileError(f"no readable Word document ({_reason(error)}); open it in Word and save it anew") from None


def passages(document: Document) -> list[Passage]:
    """The document's words by paragraph, in order; those without words are left out.

    Raises WordFileError where the footnotes are damaged.
    """
    styles = _styles(document)
    footnotes: dict[str, Element] = {}
    found = [
        passage
        for paragraph, row, cell in _paragraphs(document.element.body)
        if (passage := _passage(paragraph, row, cell, styles, footnotes)).text.strip()
    ]
    return [*found, *_footnotes(document, footnotes)]


def _inflated(data: bytes) -> bytes:
    """The same archive with its parts stored as they are, read no further than the bounds: what a part says of its own
    size is not believed."""
    stored = BytesIO()
    left = LARGEST
    with zipfile.ZipFile(BytesIO(data)) as packed, zipfile.ZipFile(stored, "w") as plain:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS:
            raise WordFileError(f"{len(parts):,} parts; no article has so many")
        for part in parts:
            if part.flag_bits & 1:
                raise WordFileError("the document is encrypted; save it without a password")
            content = bytearray()
            with packed.open(part) as stream:
                while chunk := stream.read(CHUNK):
                    content += chunk
                    left -= len(chunk)
                    if left < 0:
                        raise WordFileError(f"unpacked it is above {LARGEST // 2**20} MB; no article is so large")
            plain.writestr(part.filename, bytes(content))
    return stored.getvalue()


def _reason(error: Exception) -> str:
    if isinstance(error, zipfile.BadZipFile):
        return "the file is damaged, or no Word document at all"
    said = str(error).strip("'\"").splitlines()
    return said[0][:120] if said else type(error).__name__


def _paragraphs(
    container: Element, row: Element | None = None, cell: Element | None = None
) -> Iterator[tuple[Element, Element | None, Element | None]]:
    """Every paragraph below, each with the row and the cell of the innermost table that it is in."""
    for child in container:
        if child.tag == qn("w:p"):
            yield child, row, cell
        elif child.tag == qn("w:tr"):
            yield from _paragraphs(child, child, cell)
        elif child.tag == qn("w:tc"):
            yield from _paragraphs(child, row, child)
        elif child.tag == qn("w:tbl") or child.tag in _AROUND:
            yield from _paragraphs(child, row, cell)


def _passage(
    paragraph: Element,
    row: Element | None,
    cell: Element | None,
    styles: Styles,
    footnotes: dict[str, Element],
) -> Passage:
    """The paragraph's words; the footnotes that it refers to are added to `footnotes`, by their ids."""
    pieces = []
    for run in _runs(paragraph):
        for node in run:
            if node.tag == qn("w:t"):
                pieces.append(Piece((node.text or "").translate(_ONE_LINE), node))
            elif node.tag in _SIGNS:
                pieces.append(Piece(_SIGNS[node.tag], node))
            elif node.tag == qn("w:footnoteReference"):
                footnotes.setdefault(node.get(qn("w:id")), node)
    return Passage(*_kind(paragraph, styles), row, cell, tuple(piece for piece in pieces if piece.text))


def _runs(container: Element) -> Iterator[Element]:
    for child in container:
        if child.tag == qn("w:r"):
            if not _is_hidden(child):
                yield child
        elif child.tag in _AROUND_RUNS:
            yield from _runs(child)


def _is_hidden(run: Element) -> bool:
    vanish = _find(run, "w:rPr/w:vanish")
    return vanish is not None and _value(vanish) not in _OFF


def _find(element: Element, path: str) -> Element | None:
    return element.find("/".join(map(qn, path.split("/"))))


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(qn("w:val"), "")


def _kind(paragraph: Element, styles: Styles) -> tuple[Kind, int]:
    kind = styles.get(_value(_find(paragraph, "w:pPr/w:pStyle")), ("paragraph", 0))
    outline = _value(_find(paragraph, "w:pPr/w:outlineLvl"))
    if outline in set("012345678"):
        return "heading", int(outline) + 1
    return ("item", 0) if kind[0] == "paragraph" and _find(paragraph, "w:pPr/w:numPr") is not None else kind


def _styles(document: Document) -> Styles:
    """Titles, headings and lists by the id of their style: known by itself, or by the style that it is based on."""
    styles = {style.get(qn("w:styleId")): style for style in document.styles.element.findall(qn("w:style"))}
    kinds: dict[str, tuple[Kind, int]] = {}
    for identifier in styles:
        at = identifier
        for _ in range(BASED_ON):
            if at not in styles:
                break
            name = _value(_find(styles[at], "w:name")).casefold()
            if name == "title" or _HEADING_STYLE.fullmatch(name):
                kinds[identifier] = ("heading", 0 if name == "title" else int(name[-1]))
                break
            if _find(styles[at], "w:pPr/w:numPr") is not None:
                kinds[identifier] = ("item", 0)
                break
            at = _value(_find(styles[at], "w:basedOn"))
    return kinds


def _footnotes(document: Document, references: dict[str, Element]) -> Iterator[Passage]:
    """The footnotes that the text refers to, as the text does in order: their words stand at the reference."""
    related = [found for found in document.part.rels.values() if found.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    parts = [found.target_part for found in related if not found.is_external]
    if not parts or not references:
        return
    try:
        notes = {note.get(qn("w:id")): note for note in parse_xml(parts[0].blob)}
    except XMLSyntaxError as error:
        raise WordFileError(f"the footnotes are damaged ({_reason(error)}); open it in Word and save it anew") from None
    for identifier, reference in references.items():
        for paragraph, _, _ in _paragraphs(notes.get(identifier, ())):
            words = _passage(paragraph, None, None, {}, {}).text
            if words.strip():
                yield Passage("paragraph", 0, None, None, (Piece(words, reference),))
