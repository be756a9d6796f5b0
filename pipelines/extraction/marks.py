"""Marks of the article."""

from pipelines.extraction.document import Document, Row


def extract(document: Document) -> list[Row]:
    """Rows of the table `marks`, in order of place."""
    return []
