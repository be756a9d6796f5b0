"""Word documents that tests make: words, and the parts of a file that hold none."""

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

from tests.pipelines.reading.test_structure import PARAGRAPH


def saved(document: Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def story(*paragraphs: str, title: str = "Ferry service resumes in the strait") -> Document:
    """A title and paragraphs, by Ana Reis, of 4 March 2025."""
    document = docx.Document()
    document.core_properties.author = "Ana Reis"
    document.core_properties.created = datetime(2025, 3, 4, 8, tzinfo=UTC)
    document.add_heading(title, 0)
    for paragraph in paragraphs or (PARAGRAPH,):
        document.add_paragraph(paragraph)
    return document


def add(paragraph: Paragraph, xml: str) -> None:
    """Add what `xml` says, in which `w:` stands for WordprocessingML, to the paragraph."""
    name, rest = xml[1:].split(maxsplit=1) if " " in xml.split(">")[0] else (xml[1:].split(">")[0], "")
    opening = f"<{name} {nsdecls('w', 'r')}"
    paragraph._p.append(parse_xml(f"{opening} {rest}" if rest else opening + xml[1 + len(name) :]))


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """The archive with these parts instead of, or beside, its own."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def with_footnote(document: Document, words: str) -> bytes:
    """The document with a footnote at the end of its last paragraph."""
    add(document.paragraphs[-1], '<w:r><w:footnoteReference w:id="2"/></w:r>')
    data = saved(document)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml").decode()
        rels = archive.read("word/_rels/document.xml.rels").decode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    note = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
    return with_parts(
        data,
        {
            "[Content_Types].xml": types.replace(
                "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
            ),
            "word/_rels/document.xml.rels": rels.replace(
                "</Relationships>",
                f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/></Relationships>',
            ),
            "word/footnotes.xml": f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>",
        },
    )
