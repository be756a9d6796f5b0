"""Quotations of the article."""

from pipelines.extraction.document import Document, Row


def extract(document: Document) -> list[Row]:
    """Rows of the table `quotations`, in order of place."""
    return []
