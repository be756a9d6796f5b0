"""Sentences of the prose."""

from pipelines.extraction.document import Document, Row


def extract(document: Document) -> list[Row]:
    """Rows of the table `sentences`, in order of place."""
    return [
        document.row(
            sentence.start,
            sentence.end,
            block=sentence.block,
            kind=sentence.kind,
            quoted=document.quoted(sentence.start, sentence.end),
        )
        for sentence in document.sentences
    ]
