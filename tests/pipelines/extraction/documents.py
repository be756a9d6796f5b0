"""Documents of texts given in tests."""

from pipelines.extraction.document import Document
from pipelines.reading import read_bytes


def document(text: str, path: str = "article.txt") -> Document:
    return Document(read_bytes(text.encode(), path))
