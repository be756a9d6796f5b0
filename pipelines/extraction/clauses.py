"""Clauses of the article."""

from pipelines.extraction.document import Document, Row


def extract(document: Document) -> list[Row]:
    """Rows of the table `clauses`, in order of place."""
    return []
