"""Spellings of the article."""

from pipelines.extraction.document import Document, Row


def extract(document: Document) -> list[Row]:
    """Rows of the table `spellings`, in order of place."""
    return []
