"""Word documents, `.docx`: their words, and of their properties what the words do not say."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

from docx.document import Document

from audits import word
from audits.word import Passage, WordFileError
from pipelines.reading import kept
from pipelines.reading.article import UnreadableArticleError

# What programs write where nobody has said who the author is, and when: no person, and no day of the article's.
_NOBODY = frozenset(
    {"python-docx", "microsoft office user", "office user", "windows user", "user", "author", "admin", "administrator"}
    | {"unknown", "un-named", "apache poi", "openpyxl", "docx4j", "google docs", "libreoffice", "microsoft word"}
)
_TEMPLATES = frozenset({datetime(2013, 12, 23, 23, 15, tzinfo=UTC)})


def extract(data: bytes) -> str:
    """The kept extraction of the document.

    Raises UnreadableArticleError where it is no Word document that can be read.
    """
    try:
        document = word.load(data)
        parts = list(_parts(word.passages(document)))
    except WordFileError as error:
        raise UnreadableArticleError(str(error)) from None
    said = kept.read(kept.compose({}, parts), id="", path="a.docx", sha256="")
    there = {"title": said.headline, "author": said.byline or said.source, "date": said.published}
    return kept.compose({key: words for key, words in _properties(document).items() if not there[key]}, parts)


def _parts(passages: Sequence[Passage]) -> Iterator[str]:
    """The parts of the extraction: a row of a table whose cells are a paragraph each is one line."""
    lift = 1 if any(passage.kind == "heading" and passage.level == 0 for passage in passages) else 0
    for row, group in groupby(passages, key=lambda passage: passage.row):
        together = list(group)
        cells = {id(passage.cell) for passage in together}
        if row is not None and 1 < len(cells) == len(together):
            yield kept.paragraph(" | ".join(passage.text.strip() for passage in together))
        else:
            yield from (_part(passage, lift) for passage in together)


def _part(passage: Passage, lift: int) -> str:
    if passage.kind == "heading":
        return kept.heading(passage.level + lift, passage.text)
    return kept.item(passage.text) if passage.kind == "item" else kept.paragraph(passage.text)


def _properties(document: Document) -> dict[str, str]:
    """Title, author and day (the last on which the document was made or saved) of its properties."""
    said = document.core_properties
    author = said.author if said.author.casefold().strip() not in _NOBODY else ""
    days = [day for day in (said.created, said.modified) if day and day not in _TEMPLATES]
    return {"title": said.title, "author": author, "date": max(days).date().isoformat() if days else ""}
